"""Posts in short CVs of many languages and layouts: tests/data/careers.txt."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from expectations import complaint

from profilefit import read
from profilefit.library import Library
from profilefit.models import Document
from profilefit.parsing import parse

CAREERS = (Path(__file__).parents[1] / "data" / "careers.txt").read_text(encoding="utf-8").split("@@ ")[1:]


def as_text(body: str) -> str:
    """A career as a text file: headings in capitals between empty lines, cells far apart."""
    lines = []
    for line in body.strip().split("\n"):
        if line.startswith("# "):
            lines += ["", line[2:].upper(), ""]
        else:
            lines.append(line.replace("* ", "- ", 1) if line.startswith("* ") else line.replace("\t", "    "))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("career", CAREERS, ids=lambda career: career.split("\n", 2)[1])
def test_every_post_is_found_and_nothing_else(career: str, library: Library) -> None:
    truth, body = career.split("\n", 1)
    wanted = sorted(tuple(post.strip().split("|")) for post in truth.split(";"))
    profile = parse(read(io.BytesIO(as_text(body).encode()), name="cv.txt"), library)
    found = sorted((post.title, post.start or "") for post in profile.positions)
    assert len(found) == len(wanted), found
    for (title, start), (held, begun) in zip(wanted, found, strict=True):
        assert not complaint(title, held), found
        assert begun == start, found


def test_a_department_in_front_of_an_employer_claims_nothing(page: Callable[[str], Document], library: Library) -> None:
    unit = "Department of Mathematics and Statistics"
    text = f"# Experience\n2020 – 2021 | Research assistant, {unit}, University of Jyvaskyla"
    profile = parse(page(text), library)
    assert profile.positions[0].organisation == "University of Jyvaskyla"
    assert not {"mathematics", "statistics"} & {skill.id for skill in profile.skills}
