"""``profilefit annotate``: the evidence highlighted on the CV itself."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated

import typer

from profilefit.cli.app import app
from profilefit.cli.options import LimitOption, PdfEngineOption, RoleOption, SkillsOption, limits_of
from profilefit.cli.streams import complain, is_same_file, uncollected, write_bytes


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
    if is_same_file(target, file):
        raise typer.BadParameter(f"{target} is also the input; the marks would overwrite it.", param_hint="--output")

    with uncollected():
        from profilefit.library import find_role_files, load_library
        from profilefit.marking import annotate as mark
        from profilefit.marking import find_writer
        from profilefit.pipeline import analyze as analyze_source
        from profilefit.pipeline import warm_up
        from profilefit.reading import load
        from profilefit.reporting.wording import plural

        find_writer()  # a missing extra is told before the work
        limits = limits_of(limit)
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
    write_bytes(target, marked.data)
    for note in marked.notes:
        complain(f"{file}: {note.message}")
    if output is None:
        complain(f"{plural(len(marked.marks), 'mark')} written to {target}")


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
