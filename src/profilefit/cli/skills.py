"""``profilefit skills``: looking at the skills data and checking it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from profilefit.cli.app import skills_app
from profilefit.cli.options import SkillsOption
from profilefit.cli.streams import emit
from profilefit.errors import InvalidSkills


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
    emit("The skills data has no problems.\n")


@skills_app.command("list")
def list_skills(skills: SkillsOption = None) -> None:
    """List the skills that are recognised, one a line: category, id, name, and its concept in ESCO if it has one."""
    from profilefit.library import load_library

    entries = sorted(load_library(skills).skills.values(), key=lambda entry: (entry.category, entry.id))
    emit("".join(f"{entry.category}\t{entry.id}\t{entry.name}\t{entry.esco or ''}\n" for entry in entries))
