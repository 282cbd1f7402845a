"""``profilefit analyze``: a report for each CV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from profilefit.cli.app import app
from profilefit.cli.options import LimitOption, PdfEngineOption, RoleOption, SkillsOption, limits_of
from profilefit.cli.streams import (
    SOME_UNREADABLE,
    UNREADABLE,
    complain,
    emit,
    is_same_file,
    terminal,
    uncollected,
    unexpected,
    write,
)
from profilefit.errors import ProfilefitError, UnreadableDocument

if TYPE_CHECKING:
    from profilefit.models import Report


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
    if output is not None and any(is_same_file(output, file) for file in files):
        raise typer.BadParameter(f"{output} is also an input; the report would overwrite it.", param_hint="--output")

    with uncollected():
        from profilefit.library import find_role_files, load_library
        from profilefit.pipeline import analyze as analyze_source
        from profilefit.pipeline import warm_up
        from profilefit.reporting import render, render_page

        limits = limits_of(limit)
        roles, role_files = find_role_files(role or ())
        library = load_library(skills, role_files)
        warm_up()
    for name in roles:
        library.role(name)  # an unknown role is told before any file is read
    width, color, ascii_only = terminal() if output is None else (80, False, False)
    reports: list[str] = []
    on_page: list[Report] = []
    failures: list[str] = []
    for file in files:
        text = ""
        with _going_on(file, failures):
            report = analyze_source(file, library=library, roles=roles or None, limits=limits, pdf_engine=pdf_engine)
            if format == "html":
                on_page.append(report)
            else:
                text = render(
                    report, format, width=width, color=color, ascii_only=ascii_only, verbose=verbose, explain=explain
                )
        if not text:
            continue
        if reports and not format.startswith("json"):
            text = "\n" + text
        reports.append(text)
        if output is None:
            emit(text)
    if on_page:
        reports.append(render_page(on_page, verbose=verbose, explain=explain))
        if output is None:
            emit(reports[0])
    if output is not None and reports:
        write(output, "".join(reports))
    if failures:
        _report_failures(failures, len(files))
        raise typer.Exit(SOME_UNREADABLE if reports else UNREADABLE)


@contextmanager
def _going_on(file: str, failures: list[str]) -> Iterator[None]:
    """What is wrong with one file is kept for the end: it must not cost the reports of the others."""
    try:
        yield
    except UnreadableDocument as error:
        failures.append(str(error))
    except ProfilefitError:
        raise
    except Exception as error:  # a defect of ours
        failures.append(f"{file}: {unexpected(error)}")


def _report_failures(failures: Sequence[str], files: int) -> None:
    """The files that could not be read, with how many they are of how many."""
    if files > 1:
        complain(f"{len(failures)} of {files} files could not be read:")
    for failure in failures:
        complain(failure)
