"""The command line: arguments, streams and exit codes.

Exit codes: 0 a report was written (gaps are no failure), 1 the input could not be read, 2 usage or invalid skills
data, 3 some of many files could not be read, 130 stopped by Ctrl-C. The report goes to standard output, everything else
to standard error. Nothing heavy is imported before a command needs it, so that ``--help`` and ``--version`` answer at
once.
"""

from __future__ import annotations

import gc
import io
import os
import shutil
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from profilefit import __version__
from profilefit.errors import InvalidSkills, ProfilefitError, UnreadableDocument

if TYPE_CHECKING:
    from profilefit.models import Report
    from profilefit.reading import Limits

UNREADABLE, USAGE, SOME_UNREADABLE, STOPPED = 1, 2, 3, 130

#: Set to anything to see the traceback of an unexpected error.
DEBUG = "PROFILEFIT_DEBUG"

#: Columns of a terminal report: below it no table is readable, above it no line is.
NARROWEST, WIDEST = 40, 200

app = typer.Typer(
    name="profilefit",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: rich takes longer to load than all else that answers --help
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Reads a CV or LinkedIn profile and shows how it fits the machine learning engineer's and the machine "
    "learning researcher's path, what is missing, and the words each verdict rests on.",
)
skills_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Look at and check the skills data: skills, degrees, roles."
)
app.add_typer(skills_app, name="skills")

SkillsOption = Annotated[
    Path | None, typer.Option("--skills", metavar="DIR", help="Skills data of your own, laid over the built-in data.")
]

PdfEngineOption = Annotated[
    Literal["pdfminer", "pdfium"],
    typer.Option("--pdf-engine", help="What draws PDF pages; pdfium is faster and an extra."),
]

RoleOption = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        metavar="ID|FILE",
        help="Only this path: ml-engineer, ml-researcher, or a role of your own as a TOML file or a folder of them; "
        "may be repeated.",
    ),
]

LimitOption = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=N", help="Another bound on what a file may ask for, e.g. pages=200."),
]


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line and returns its exit code; no exception and no traceback leaves it.

    Args:
        arguments: without the program's name; those of the process by default.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # other packages' deprecations are no news for a user
    try:
        app(args=list(arguments) if arguments is not None else None, prog_name="profilefit")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except UnreadableDocument as error:
        _complain(str(error))
        return UNREADABLE
    except ProfilefitError as error:
        _complain(str(error))
        return USAGE
    except Exception as error:
        _complain(_unexpected(error))
        return UNREADABLE
    return 0


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"profilefit {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Options that stand before a command."""


@app.command()
def analyze(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="CVs: PDF, Word (.docx), OpenDocument (.odt), HTML, Markdown, plain text, JSON Resume, a LinkedIn "
            "data export (ZIP or folder); - is standard input.",
        ),
    ],
    role: RoleOption = None,
    format: Annotated[
        Literal["text", "markdown", "json", "jsonresume", "html"],
        typer.Option(
            "--format",
            "-f",
            help="How the report is written; jsonresume holds the profile alone, html is one page for all files.",
        ),
    ] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report to this file.")
    ] = None,
    skills: SkillsOption = None,
    pdf_engine: PdfEngineOption = "pdfminer",
    limit: LimitOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also what was considered and rejected, and why.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="All evidence, not only the best line of each claim.")
    ] = False,
) -> None:
    """Report how a CV fits the paths, requirement by requirement, with the lines that show it."""
    if output is not None and any(_is_same_file(output, file) for file in files):
        raise typer.BadParameter(f"{output} is also an input; the report would overwrite it.", param_hint="--output")

    with _uncollected():
        from profilefit.library import find_role_files, load_library
        from profilefit.pipeline import analyze as analyze_source
        from profilefit.pipeline import warm_up
        from profilefit.reporting import render, render_page

        limits = _limits(limit)
        roles, role_files = find_role_files(role or ())
        library = load_library(skills, role_files)
        warm_up()
    for name in roles:
        library.role(name)  # an unknown role is told before any file is read
    width, color, ascii_only = _terminal() if output is None else (80, False, False)
    reports: list[str] = []
    on_page: list[Report] = []
    failures: list[str] = []
    for file in files:
        try:
            report = analyze_source(file, library=library, roles=roles or None, limits=limits, pdf_engine=pdf_engine)
            if format == "html":
                on_page.append(report)
                continue
            text = render(
                report, format, width=width, color=color, ascii_only=ascii_only, verbose=verbose, explain=explain
            )
        except UnreadableDocument as error:
            failures.append(str(error))
            continue
        except ProfilefitError:
            raise
        except Exception as error:  # a defect of ours in one file must not cost the reports of the others
            failures.append(f"{file}: {_unexpected(error)}")
            continue
        if reports and not format.startswith("json"):
            text = "\n" + text
        reports.append(text)
        if output is None:
            _emit(text)
    if on_page:
        reports.append(render_page(on_page, verbose=verbose, explain=explain))
        if output is None:
            _emit(reports[0])
    if output is not None and reports:
        _write(output, "".join(reports))
    if failures:
        if len(files) > 1:
            _complain(f"{len(failures)} of {len(files)} files could not be read:")
        for failure in failures:
            _complain(failure)
        raise typer.Exit(SOME_UNREADABLE if reports else UNREADABLE)


@app.command()
def annotate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A CV as PDF; - is standard input.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the marked PDF to this file; NAME.marked.pdf beside the CV by default.",
        ),
    ] = None,
    role: RoleOption = None,
    skills: SkillsOption = None,
    pdf_engine: PdfEngineOption = "pdfminer",
    limit: LimitOption = None,
) -> None:
    """Highlight on a PDF the words that each verdict rests on, one colour a path, with notes of what they show."""
    target = output or _marked_beside(file)
    if _is_same_file(target, file):
        raise typer.BadParameter(f"{target} is also the input; the marks would overwrite it.", param_hint="--output")

    with _uncollected():
        from profilefit.library import find_role_files, load_library
        from profilefit.marking import annotate as mark
        from profilefit.marking import find_writer
        from profilefit.pipeline import analyze as analyze_source
        from profilefit.pipeline import warm_up
        from profilefit.reading import load
        from profilefit.reporting.wording import plural

        find_writer()  # a missing extra is told before the work
        limits = _limits(limit)
        roles, role_files = find_role_files(role or ())
        library = load_library(skills, role_files)
        warm_up()
    data = load(file, limits)
    report = analyze_source(
        io.BytesIO(data),
        name=Path(file).name,
        library=library,
        roles=roles or None,
        limits=limits,
        pdf_engine=pdf_engine,
    )
    marked = mark(report, data, limits=limits, pdf_engine=pdf_engine)
    _write_bytes(target, marked.data)
    for note in marked.notes:
        _complain(f"{file}: {note.message}")
    if output is None:
        _complain(f"{plural(len(marked.marks), 'mark')} written to {target}")


def _marked_beside(file: str) -> Path:
    """Where a marked CV goes of which the user does not say where: never over a file that is there."""
    if file == "-":
        raise typer.BadParameter("standard input has no name; say where to write.", param_hint="--output")
    path = Path(file)
    target = path.parent / f"{path.stem if path.suffix.lower() == '.pdf' else path.name}.marked.pdf"
    if target.exists():
        raise typer.BadParameter(
            f"{target} is there already; name it here to replace it, or name another.", param_hint="--output"
        )
    return target


def _limits(settings: list[str] | None) -> Limits:
    from profilefit.reading import Limits

    try:
        return Limits.of(settings or ())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--limit") from None


@app.command()
def stats(
    folders: Annotated[
        list[str],
        typer.Argument(
            metavar="FOLDER...",
            help="Folders, searched with all that is in them; files; patterns in quotes; URLs such as s3://bucket/cvs; "
            "- for a list of paths on standard input.",
        ),
    ],
    role: Annotated[list[str] | None, typer.Option(metavar="ID|FILE", help="Only this path; as for analyze.")] = None,
    format: Annotated[
        Literal["text", "markdown", "csv", "json", "html", "parquet"],
        typer.Option("--format", "-f", help="How the study is written; csv and parquet make a directory of tables."),
    ] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT", help="Write to this file, or directory for tables.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes; by default one for each processor.")
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Work on the Dask cluster with this scheduler (tcp://host:8786); local to try it here.",
        ),
    ] = None,
    skills: SkillsOption = None,
    pdf_engine: PdfEngineOption = "pdfminer",
    min_cell: Annotated[
        int,
        typer.Option(
            "--min-cell", min=0, help="Hide counts below this, and others that would tell them; for publishing."
        ),
    ] = 0,
    names: Annotated[bool, typer.Option("--names", help="Also list single profiles, with the names of files.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Read files again that could not be read the last time.")
    ] = False,
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="FILE", help="Keep results in this file instead of the user's cache."),
    ] = None,
    no_store: Annotated[bool, typer.Option("--no-store", help="Keep no results for the next run.")] = False,
) -> None:
    """Count degrees, requirements and skills over a folder of CVs, by title."""
    tables = format in ("csv", "parquet")
    if tables and output is None:
        raise typer.BadParameter(f"{format} needs a directory to write to.", param_hint="--output")
    if output is not None and output.exists() and output.is_dir() != tables:
        wanted = "a file is needed" if output.is_dir() else "a directory is needed"
        raise typer.BadParameter(f"{output}: {wanted} for {format}.", param_hint="--output")
    if names and min_cell:
        raise typer.BadParameter("single profiles tell what --min-cell hides.", param_hint="--names")
    if store is not None and no_store:
        raise typer.BadParameter("either a file or none.", param_hint="--store")
    if jobs and dask not in (None, "local"):
        raise typer.BadParameter("a cluster has the workers that it has.", param_hint="--jobs")

    with _uncollected():
        from profilefit.cohort.aggregates import list_profiles
        from profilefit.cohort.progress import progress_bar
        from profilefit.cohort.reporting import files, render_summary
        from profilefit.cohort.run import analyze_folder
        from profilefit.cohort.store import default_store
    if format == "parquet":
        files.require_parquet()  # told before an hour's work, not after it
    listed = _listed() if "-" in folders else []
    try:
        with progress_bar() as progress:
            cohort = analyze_folder(
                [folder for folder in folders if folder != "-"],
                listed=listed,
                roles=role or None,
                skills=skills,
                pdf_engine=pdf_engine,
                jobs=jobs,
                dask=dask,
                store=None if no_store else store or default_store(),
                retry_failed=retry_failed,
                names=names,
                without=output,
                progress=progress,
            )
    except KeyboardInterrupt:
        kept = "" if no_store else "; what is done is kept, and the same command goes on from there"
        _complain(f"stopped{kept}.")
        raise typer.Exit(STOPPED) from None
    summary = cohort.summary(min_cell)
    if summary.profiles:
        if tables and output is not None:
            try:
                files.write_tables(output, format, cohort.tables, summary)
            except OSError as error:
                _complain(f"{output}: cannot be written ({error.strerror or error}).")
                raise typer.Exit(USAGE) from None
        else:
            single = names or (format == "json" and not min_cell)
            width, color, ascii_only = _terminal() if output is None else (80, False, False)
            text = render_summary(
                summary,
                format,
                profiles=list_profiles(cohort.tables, cohort.names) if single else (),
                width=width,
                color=color,
                ascii_only=ascii_only,
            )
            if output is None:
                _emit(text)
            else:
                _write(output, text)
    if cohort.failures:
        if summary.profiles or len(cohort.failures) > 1:
            files_read = summary.profiles + summary.copies
            _complain(f"{summary.failed} of {summary.failed + files_read} files could not be read:")
        for failure in cohort.failures:
            _complain(f"{failure.path}: {failure.reason}")
        raise typer.Exit(SOME_UNREADABLE if summary.profiles else UNREADABLE)
    if not summary.profiles:
        _complain(f"{', '.join(folders)}: there is no CV in it; name a folder that holds some.")
        raise typer.Exit(UNREADABLE)


def _listed() -> list[str]:
    """The paths on standard input, one a line, or with a NUL behind each (``find -print0``)."""
    text = os.fsdecode(sys.stdin.buffer.read())
    return [path for path in (text.split("\0") if "\0" in text else text.splitlines()) if path]


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection while modules and data are loaded: it would walk again and again through half a million
    objects that stay to the end, a sixth of the time of a whole run."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


@skills_app.command("check")
def check_skills(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A skills directory; the built-in one by default.")
    ] = None,
) -> None:
    """Check skills data: its form, its references, and every example sentence in it."""
    from profilefit.check import check

    problems = check(directory)
    if problems:
        raise InvalidSkills(problems)
    _emit("The skills data has no problems.\n")


@skills_app.command("list")
def list_skills(skills: SkillsOption = None) -> None:
    """List the skills that are recognised: category, id and name, one a line."""
    from profilefit.library import load_library

    entries = sorted(load_library(skills).skills.values(), key=lambda entry: (entry.category, entry.id))
    _emit("".join(f"{entry.category}\t{entry.id}\t{entry.name}\n" for entry in entries))


def _is_same_file(output: Path, file: str) -> bool:
    try:
        return file != "-" and output.samefile(file)
    except OSError:
        return False


def _terminal() -> tuple[int, bool, bool]:
    """Width, colour and "ASCII only" for a text report on standard output.

    A pipe gets 80 columns without colour, so that its bytes do not depend on the window, unless ``COLUMNS`` or
    ``FORCE_COLOR`` ask for more.
    """
    terminal = sys.stdout.isatty()
    columns = shutil.get_terminal_size((80, 24)).columns if terminal or os.environ.get("COLUMNS") else 80
    color = bool(os.environ.get("FORCE_COLOR")) or (terminal and os.environ.get("TERM") != "dumb")
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "").replace("_", "")
    return (
        max(NARROWEST, min(columns, WIDEST)),
        color and not os.environ.get("NO_COLOR"),
        not encoding.startswith("utf"),
    )


def _emit(text: str) -> None:
    """Writes to standard output; ends quietly where nobody reads on (``| head``)."""
    try:
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter flushes once more as it ends
        raise typer.Exit from None


def _write(path: Path, text: str) -> None:
    _write_bytes(path, text.encode("utf-8", "replace"))


def _write_bytes(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: beside its place first, then moved over it."""
    try:
        if path.exists() and not path.is_file():  # /dev/stdout, a named pipe
            path.write_bytes(data)
            return
        target = path.resolve()
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".profilefit-") as scratch:
            draft = Path(scratch, target.name)
            draft.write_bytes(data)
            draft.replace(target)
    except OSError as error:
        _complain(f"{path}: cannot be written ({error.strerror or error}).")
        raise typer.Exit(USAGE) from None


def _complain(message: str) -> None:
    """One message on standard error; control characters, which a file name may hold, are shown as "?"."""
    for line in message.splitlines():
        typer.echo("profilefit: " + "".join(c if c.isprintable() else "?" for c in line), err=True)


def _unexpected(error: Exception) -> str:
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    return f"unexpected error ({type(error).__name__}: {error}). Please report it; {DEBUG}=1 shows the traceback."
