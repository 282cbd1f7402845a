"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from profilefit.reading import Limits

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
        help="Only this path: ml-engineer, ml-researcher, or a role of your own as a TOML file or a folder of them, "
        "written with a slash (./roles); may be repeated.",
    ),
]

LimitOption = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=N", help="Another bound on what a file may ask for, e.g. pages=200."),
]


def limits_of(settings: list[str] | None) -> Limits:
    from profilefit.reading import Limits

    try:
        return Limits.of(settings or ())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--limit") from None
