"""The whole walk for one document: read → parse → assess."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from profilefit import __version__
from profilefit.library import Library, find_role_files, load_library
from profilefit.matching import assess, count_deliverables, weigh_mix
from profilefit.models import Report
from profilefit.parsing import parse
from profilefit.phrases import tokenizer
from profilefit.reading import Limits, read

if TYPE_CHECKING:
    from profilefit.reading.pdf import PdfEngine


def warm_up() -> None:
    """Import what the first analysis would import, spaCy above all."""
    tokenizer()


def analyze(
    source: str | Path | BinaryIO,
    *,
    roles: str | Path | Sequence[str | Path] | None = None,
    skills: str | Path | None = None,
    library: Library | None = None,
    name: str | None = None,
    limits: Limits | None = None,
    pdf_engine: PdfEngine = "pdfminer",
) -> Report:
    """Read a CV and set it beside the requirement lists of roles.

    Args:
        source: path of a PDF, DOCX, ODT, HTML, Markdown or text file, an open binary file, or ``"-"`` for standard
            input.
        roles: ids of roles, TOML files of roles of one's own or folders of such files, one or several, in the order of
            the report; ``None`` for all of the library. A folder is a ``Path``, or written with a slash.
        skills: a data directory of one's own, laid over the shipped one.
        library: an already loaded library, instead of ``skills``; it must hold the roles of files already.
        name: what the report calls the source, instead of the file's own name.
        limits: bounds on what a file may ask for, instead of the defaults.
        pdf_engine: what draws the pages of a PDF (see ``read``).

    Raises:
        UnreadableDocument: the file cannot be read as a CV.
        InvalidSkills: the data directory has problems.
        UnknownRole: a role that the library does not hold.
        MissingExtra: the engine is not installed.
        ValueError: ``skills`` and ``library`` are both given, or there is no such engine.
        TypeError: ``source`` is text or bytes; ``BytesIO(data)`` is a file.
    """
    if skills is not None and library is not None:
        raise ValueError("give skills or library, not both: a library holds its skills already")
    named, files = find_role_files(roles if roles is not None else ())
    library = library or load_library(skills, files)
    chosen = [library.role(role) for role in (named if roles is not None else library.roles)]
    profile = parse(read(source, name=name, limits=limits, pdf_engine=pdf_engine), library)
    return Report(
        version=__version__,
        library=library.sha256,
        profile=profile,
        deliverables=count_deliverables(profile, library),
        mix=weigh_mix(profile, library),
        roles=tuple(assess(profile, role, library) for role in chosen),
        notes=(*profile.document.notes, *profile.notes),
    )
