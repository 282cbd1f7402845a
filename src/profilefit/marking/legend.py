"""What the first page says of the colours, and an empty place on that page for the note that says it."""

from __future__ import annotations

from collections.abc import Sequence

from profilefit.marking.marks import SEVERAL, Mark, path_colour, requirement_name
from profilefit.models import Box, Report
from profilefit.reporting import wording

#: The note's icon and the white space around it, as shares of the page's narrow side: 18 and 3 points on A4.
_SIZE, _AIR = 0.03, 0.005
#: Tries across the narrow side of the page.
_STEPS = 60


def legend(report: Report, marks: Sequence[Mark]) -> str:
    """The colours with the fit of each path and the number of its marks, and what could not be marked."""
    rows = [f"profilefit {report.version}: evidence in this document"]
    for path, role in enumerate(report.roles):
        own = sum(mark.paths == (path,) for mark in marks)
        rows.append(
            f"{wording.sentence(path_colour(path).name)}: {wording.clean(role.name)}, {wording.percent(role.fit)}, "
            f"{wording.counts_line(role)}; {wording.plural(own, 'mark')}"
        )
    if len(report.roles) > 1:
        shared = sum(len(mark.paths) > 1 for mark in marks)
        several = "both paths" if len(report.roles) == 2 else "several paths"
        rows.append(f"{wording.sentence(SEVERAL.name)}: {several}; {wording.plural(shared, 'mark')}")
    rows.append("The note of a mark names the requirements that its words show, and how well.")
    missing = [
        requirement_name(requirement)
        for role in report.roles
        for requirement in role.requirements
        if not requirement.evidence
    ]
    if missing:
        rows.append(f"{wording.sentence(wording.NOT_FOUND)}: {', '.join(missing)}.")
    rows += [wording.clean(note.message) for note in report.notes]
    return "\n".join(rows)


def find_place(width: float, height: float, taken: Sequence[Box], across: int = 1, down: int = 1) -> Box | None:
    """A square for the note where nothing stands, as near to the upper right corner as there is one.

    Args:
        width, height: of the page as a viewer shows it.
        taken: boxes that the note must not touch.
        across, down: how many such squares must be free to the right and below, the note's own among them.
    """
    narrow = min(width, height)
    size, air, step = _SIZE * narrow, _AIR * narrow, narrow / _STEPS
    wide, high = across * size, down * size
    places = (
        (width - 2 * air - wide - column * step, height - 2 * air - high - row * step)
        for row in range(int((height - 4 * air - high) / step) + 1)
        for column in range(int((width - 4 * air - wide) / step) + 1)
    )
    for x, y in sorted(places, key=lambda place: (place[0] - width) ** 2 + (place[1] - height) ** 2):
        left, low, right, top = x - air, y - air, x + wide + air, y + high + air
        if not any(b[0] < right and left < b[2] and b[1] < top and low < b[3] for b in taken):
            return x, y + high - size, x + size, y + high
    return None
