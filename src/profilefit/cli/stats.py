"""``profilefit stats``: counts over many CVs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from profilefit.cli.app import app
from profilefit.cli.options import PdfEngineOption, SkillsOption
from profilefit.cli.streams import (
    SOME_UNREADABLE,
    STOPPED,
    UNREADABLE,
    USAGE,
    complain,
    emit,
    terminal,
    uncollected,
    write,
)

if TYPE_CHECKING:
    from profilefit.cohort.run import Cohort
    from profilefit.cohort.summary import Summary

#: Formats that are a directory of tables.
_TABLES = ("csv", "parquet")


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
    _check_options(format, output, names=names, min_cell=min_cell, store=store, no_store=no_store, jobs=jobs, dask=dask)
    with uncollected():
        from profilefit.cohort.progress import progress_bar
        from profilefit.cohort.reporting import files
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
        complain(f"stopped{kept}.")
        raise typer.Exit(STOPPED) from None
    summary = cohort.summary(min_cell)
    if summary.profiles:
        if output is not None and format in _TABLES:
            _write_tables(cohort, summary, format, output)
        else:
            _write_study(cohort, summary, format, output, single=names or (format == "json" and not min_cell))
    if cohort.failures:
        _report_failures(cohort, summary)
        raise typer.Exit(SOME_UNREADABLE if summary.profiles else UNREADABLE)
    if not summary.profiles:
        complain(f"{', '.join(folders)}: there is no CV in it; name a folder that holds some.")
        raise typer.Exit(UNREADABLE)


def _check_options(
    format: str,
    output: Path | None,
    *,
    names: bool,
    min_cell: int,
    store: Path | None,
    no_store: bool,
    jobs: int | None,
    dask: str | None,
) -> None:
    """What does not go together is told before any file is read."""
    tables = format in _TABLES
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


def _write_tables(cohort: Cohort, summary: Summary, format: str, output: Path) -> None:
    """The study as a directory of tables."""
    from profilefit.cohort.reporting import files

    try:
        files.write_tables(output, format, cohort.tables, summary)
    except OSError as error:
        complain(f"{output}: cannot be written ({error.strerror or error}).")
        raise typer.Exit(USAGE) from None


def _write_study(cohort: Cohort, summary: Summary, format: str, output: Path | None, *, single: bool) -> None:
    """The study as one text, with single profiles where they are wanted."""
    from profilefit.cohort.aggregates import list_profiles
    from profilefit.cohort.reporting import render_summary

    width, color, ascii_only = terminal() if output is None else (80, False, False)
    text = render_summary(
        summary,
        format,
        profiles=list_profiles(cohort.tables, cohort.names) if single else (),
        width=width,
        color=color,
        ascii_only=ascii_only,
    )
    if output is None:
        emit(text)
    else:
        write(output, text)


def _report_failures(cohort: Cohort, summary: Summary) -> None:
    """The files that could not be read, with how many they are of how many."""
    if summary.profiles or len(cohort.failures) > 1:
        files_read = summary.profiles + summary.copies
        complain(f"{summary.failed} of {summary.failed + files_read} files could not be read:")
    for failure in cohort.failures:
        complain(f"{failure.path}: {failure.reason}")


def _listed() -> list[str]:
    """The paths on standard input, one a line, or with a NUL behind each (``find -print0``)."""
    text = os.fsdecode(sys.stdin.buffer.read())
    return [path for path in (text.split("\0") if "\0" in text else text.splitlines()) if path]
