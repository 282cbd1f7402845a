"""The whole walk for one document: read → parse → assess."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from profilefit import __version__
from profilefit.library import Library, load_library
from profilefit.matching import assess, count_deliverables, weigh_mix
from profilefit.models import Report
from profilefit.parsing import parse
from profilefit.reading import Limits, read


def analyze(
    source: str | Path | BinaryIO,
    *,
    roles: Sequence[str] | None = None,
    skills: str | Path | None = None,
    library: Library | None = None,
    name: str | None = None,
    limits: Limits | None = None,
) -> Report:
    """Read a CV and set it beside the requirement lists of roles.

    Args:
        source: path of a PDF, DOCX, Markdown or text file, an open binary file, or ``"-"`` for standard input.
        roles: ids of roles, in the order of the report; ``None`` for all of the library.
        skills: a data directory of one's own, laid over the shipped one.
        library: an already loaded library, instead of ``skills``.
        name: what the report calls the source, instead of the file's own name.
        limits: bounds on what a file may ask for, instead of the defaults.

    Raises:
        UnreadableDocument: the file cannot be read as a CV.
        InvalidSkills: the data directory has problems.
        UnknownRole: a role that the library does not hold.
    """
    library = library or load_library(skills)
    chosen = [library.role(role) for role in (roles if roles is not None else library.roles)]
    profile = parse(read(source, name=name, limits=limits), library)
    return Report(
        version=__version__,
        library=library.sha256,
        profile=profile,
        deliverables=count_deliverables(profile, library),
        mix=weigh_mix(profile, library),
        roles=tuple(assess(profile, role, library) for role in chosen),
        notes=(*profile.document.notes, *profile.notes),
    )
