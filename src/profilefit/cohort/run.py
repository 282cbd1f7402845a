"""The walk through all rooms: a folder of profiles becomes a ``Cohort``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from profilefit.cohort.aggregates import summarize
from profilefit.cohort.engine import examine_files
from profilefit.cohort.sources import content_hash, find_sources
from profilefit.cohort.store import Store
from profilefit.cohort.summary import Names, Summary
from profilefit.cohort.tables import Tables, build_tables
from profilefit.cohort.worker import Setup
from profilefit.errors import UnreadableDocument
from profilefit.library import find_role_files, load_library

if TYPE_CHECKING:
    from profilefit.reading.pdf import PdfEngine

#: What is told as files are done: how many of how many are read newly, and how many were known.
Progress = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and the reason in one sentence that names the fix."""

    path: str
    reason: str


@dataclass(frozen=True, eq=False)
class Cohort:
    """Many profiles, read.

    Attributes:
        tables: the facts, in pandas.
        names: what the ids in them are called.
        failures: files that could not be read, in the order of their paths.
        copies: files with the content of another one; they count once.
        skipped: files in the folders that are of no kind that CVs come in.
        analyzed: files that were read newly; the others were known from the store.
    """

    tables: Tables
    names: Names
    failures: tuple[Failure, ...]
    copies: int
    skipped: int
    analyzed: int

    def summary(self, min_cell: int = 0) -> Summary:
        """The numbers of the study; counts below ``min_cell``, and those that would tell them, are hidden."""
        return summarize(
            self.tables,
            self.names,
            min_cell=min_cell,
            failed=len(self.failures),
            copies=self.copies,
            skipped=self.skipped,
        )


def analyze_folder(
    folder: str | Path | Sequence[str | Path],
    *,
    listed: Iterable[str] = (),
    roles: Sequence[str | Path] | None = None,
    skills: str | Path | None = None,
    pdf_engine: PdfEngine = "pdfminer",
    jobs: int | None = None,
    store: str | Path | None = None,
    retry_failed: bool = False,
    names: bool = False,
    without: str | Path | None = None,
    time_limit: float = 60.0,
    memory_limit: int = 1_500_000_000,
    progress: Progress | None = None,
    setup: Setup | None = None,
) -> Cohort:
    """Read every profile in a folder.

    Args:
        folder: a folder, searched with all that are in it, a file, or a pattern; or several of them. A folder with the
            tables of a LinkedIn data export is one profile.
        listed: further paths.
        roles, skills, pdf_engine: as ``analyze`` takes them.
        jobs: processes at most; one for each processor by default, fewer for few files.
        store: a file that keeps results: the next run reads only what is new or changed. Nothing is kept by default.
        retry_failed: read files again that could not be read the last time.
        names: the table ``profiles`` gets a column ``file``.
        without: a file in the folder that is left alone, such as an earlier study.
        time_limit: seconds for one file.
        memory_limit: bytes that one file may take (where the system bounds them: Linux).
        progress: called as files are done.
        setup: everything that a worker is told, instead of the arguments above.
    Raises:
        InvalidSkills, UnknownRole: as ``analyze``; a file that cannot be read is no error but a ``Failure``.
        UnusableStore: the store cannot be opened or written.
        BrokenWorker: no process can be started.
    """
    wanted, role_files = find_role_files(roles if roles is not None else ())
    library = load_library(skills, role_files)
    for role in wanted:
        library.role(role)
    setup = setup or Setup(
        roles=None if roles is None else tuple(map(str, wanted)),
        role_files=tuple(map(str, role_files)),
        skills=None if skills is None else str(skills),
        pdf_engine=pdf_engine,
        seconds=time_limit,
        memory=memory_limit,
    )
    options = (library.sha256, pdf_engine, "\n".join(library.role(r).id for r in wanted) if roles is not None else "*")
    sources = find_sources([folder] if isinstance(folder, (str, Path)) else folder, listed, without)
    failures: dict[str, str] = {}
    contents: dict[str, str] = {}  # the first path of each content
    owners: dict[str, list[str]] = {}
    for path in sources.paths:
        try:
            content = content_hash(path)
        except UnreadableDocument as error:
            failures[path] = error.reason
            continue
        contents.setdefault(content, path)
        owners.setdefault(content, []).append(path)
    with Store(Path(store) if store is not None else None, options) as kept:
        known = kept.known()
        new = {path: c for c, path in contents.items() if c not in known or (retry_failed and not known[c])}
        before = len(contents) - len(new)
        if progress:
            progress(0, len(new), before)
        outcomes = examine_files(iter(new), len(new), setup, jobs)
        try:
            for done, outcome in enumerate(outcomes, 1):
                content = new[outcome.path]
                if outcome.record is not None and outcome.record["sha256"] != content:  # written to in the meantime
                    content = outcome.record["sha256"]
                    owners.setdefault(content, []).extend(owners.pop(new[outcome.path]))
                kept.keep(content, outcome.record, outcome.failure)
                if progress:
                    progress(done, len(new), before)
        finally:
            outcomes.close()
        read = [content for content, good in sorted(kept.known().items()) if good and content in owners]
        files = {content: _printable(min(owners[content])) for content in read} if names else None
        tables = build_tables(kept.records(read), files)
        for content in owners.keys() - set(read):
            failures |= dict.fromkeys(owners[content], kept.failure(content) or "it could not be read")
    return Cohort(
        tables=tables,
        names=Names.of(library),
        failures=tuple(Failure(path, failures[path]) for path in sorted(failures)),
        copies=sum(len(owners[content]) - 1 for content in read),
        skipped=sources.skipped,
        analyzed=len(new),
    )


def _printable(path: str) -> str:
    """A path as a table can hold it: bytes of a name that are no text become "?"."""
    return path.encode("utf-8", "replace").decode("utf-8")
