"""The walk through all rooms: a folder of profiles becomes a ``Cohort``."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from profilefit.cohort.aggregates import summarize
from profilefit.cohort.counts import count
from profilefit.cohort.engine import Outcome, examine_files
from profilefit.cohort.remote import is_url
from profilefit.cohort.sources import Sources, content_hash, find_sources
from profilefit.cohort.store import Store
from profilefit.cohort.summary import Names, Summary
from profilefit.cohort.tables import Tables, build_tables
from profilefit.cohort.worker import Setup
from profilefit.errors import MissingExtra, UnreadableDocument
from profilefit.library import Library, find_role_files, load_library

if TYPE_CHECKING:
    from profilefit.reading.pdf import PdfEngine

#: What is told as files are done: how many of how many are read newly, and how many were known.
Progress = Callable[[int, int, int], None]

_UNKNOWN = "it could not be read"


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
            count(self.tables),
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
    roles: str | Path | Sequence[str | Path] | None = None,
    skills: str | Path | None = None,
    pdf_engine: PdfEngine = "pdfminer",
    jobs: int | None = None,
    dask: str | None = None,
    store: str | Path | None = None,
    retry_failed: bool = False,
    names: bool = False,
    without: str | Path | None = None,
    time_limit: float = 60.0,
    memory_limit: int = 1_500_000_000,
    progress: Progress | None = None,
) -> Cohort:
    """Read every profile in a folder.

    Args:
        folder: a folder, searched with all that are in it, a file, or a pattern; or several of them. A folder with the
            tables of a LinkedIn data export is one profile. URLs (``s3://bucket/cvs``) are for fsspec, extra ``dask``.
        listed: further paths.
        roles, skills, pdf_engine: as ``analyze`` takes them.
        jobs: processes at most; one for each processor by default, fewer for few files.
        dask: the address of a Dask scheduler whose workers do the work (extra ``dask``), or ``"local"`` to try it on
            this machine. They open the same paths: URLs, or files on a disk that all share.
        store: a file that keeps results: the next run reads only what is new or changed. Nothing is kept by default.
        retry_failed: read files again that could not be read the last time.
        names: the table ``profiles`` gets a column ``file``.
        without: a file in the folder that is left alone, such as an earlier study.
        time_limit: seconds for one file.
        memory_limit: bytes that one file may take (where the system bounds them: Linux).
        progress: called as files are done.
    Raises:
        InvalidSkills, UnknownRole: as ``analyze``; a file that cannot be read is no error but a ``Failure``.
        UnusableStore: the store cannot be opened or written.
        BrokenWorker: no process can be started.
        MissingExtra: a URL or ``dask`` without what they need.
        UnreachableStorage, UnreachableCluster: they do not answer.
    """
    setup = Setup.of(roles, skills, pdf_engine, seconds=time_limit, memory=memory_limit)
    wanted, role_files = find_role_files(roles if roles is not None else ())
    library = load_library(skills, role_files)
    return analyze_sources(
        find_sources([folder] if isinstance(folder, (str, Path)) else folder, listed, without),
        setup,
        library,
        [library.role(role).id for role in wanted] if roles is not None else None,
        jobs=jobs,
        dask=dask,
        store=store,
        retry_failed=retry_failed,
        names=names,
        progress=progress,
    )


def analyze_sources(
    sources: Sources,
    setup: Setup,
    library: Library,
    roles: Sequence[str] | None = None,
    *,
    jobs: int | None = None,
    dask: str | None = None,
    store: str | Path | None = None,
    retry_failed: bool = False,
    names: bool = False,
    progress: Progress | None = None,
) -> Cohort:
    """Read the files that were found.

    Args:
        setup: everything that a worker is told.
        library: what it loads for that.
        roles: the ids of the roles that it assesses, ``None`` for all.
        jobs, dask, store, retry_failed, names, progress: as ``analyze_folder`` takes them.
    """
    engine = _engine(dask)
    options = (library.sha256, setup.pdf_engine, "\n".join(roles) if roles is not None else "*")
    places, failures = _by_content(sources)
    with Store(Path(store) if store is not None else None, options) as kept:
        known = kept.known()
        new = {p[0]: key for key, p in places.items() if key not in known or (retry_failed and known[key] is None)}
        told = partial(_tell, progress, len(new), len(places) - len(new))
        told(0)
        with closing(engine(iter(new), len(new), setup, jobs)) as outcomes:
            for done, outcome in enumerate(outcomes, 1):
                failures |= _keep(outcome, new[outcome.path], sources, places, kept)
                told(done)
        good = _read_contents(places, kept)
        owners = {content: [path for key in keys for path in places[key]] for content, keys in good.items()}
        files = {content: _printable(min(paths)) for content, paths in owners.items()} if names else None
        tables = build_tables(kept.records(keys[0] for keys in good.values()), files)
        for key in places.keys() - {key for keys in good.values() for key in keys}:
            failures |= dict.fromkeys(places[key], kept.failure(key) or _UNKNOWN)
    return Cohort(
        tables=tables,
        names=Names.of(library),
        failures=tuple(Failure(path, failures[path]) for path in sorted(failures)),
        copies=sum(len(paths) - 1 for paths in owners.values()),
        skipped=sources.skipped,
        analyzed=len(new),
    )


def _engine(dask: str | None) -> Callable[[Iterable[str], int, Setup, int | None], Generator[Outcome, None, None]]:
    if dask is None:
        return examine_files
    try:
        from profilefit.cohort.cluster import examine_on_cluster
    except ImportError as error:
        raise MissingExtra("Dask", "dask") from error
    return partial(examine_on_cluster, address=dask)


def _tell(progress: Progress | None, total: int, known: int, done: int) -> None:
    if progress:
        progress(done, total, known)


def _by_content(sources: Sources) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The paths of each content by its hash, in their order, and why others cannot be opened. A URL goes by its mark,
    or where it has none by itself."""
    places: dict[str, list[str]] = {}
    failures: dict[str, str] = {}
    for path in sources.paths:
        try:
            key = (sources.marks[path] or path) if path in sources.marks else content_hash(path)
        except UnreadableDocument as error:
            failures[path] = error.reason
            continue
        places.setdefault(key, []).append(path)
    return places, failures


def _keep(outcome: Outcome, key: str, sources: Sources, places: dict[str, list[str]], kept: Store) -> dict[str, str]:
    """Keeps an outcome under its key, or the hash of what was read after all: the file was written to in the meantime,
    or its storage tells no version. A failure that may pass is not kept, but returned for its paths."""
    if outcome.passing or (outcome.record is None and is_url(key)):
        return dict.fromkeys(places.pop(key), outcome.failure or _UNKNOWN)
    content = outcome.record["sha256"] if outcome.record is not None else key
    if content != key and not sources.marks.get(outcome.path):
        places.setdefault(content, []).extend(places.pop(key))
        key = content
    kept.keep(key, outcome.record, outcome.failure)
    return {}


def _read_contents(places: dict[str, list[str]], kept: Store) -> dict[str, list[str]]:
    """The contents that were read, in the order of their hashes, and what each is kept under: of several URLs with the
    same content each has its mark."""
    good: dict[str, list[str]] = {}
    for key, content in sorted(kept.known().items()):
        if content is not None and key in places:
            good.setdefault(content, []).append(key)
    return dict(sorted(good.items()))


def _printable(path: str) -> str:
    """A path as a table can hold it: bytes of a name that are no text become "?"."""
    return path.encode("utf-8", "replace").decode("utf-8")
