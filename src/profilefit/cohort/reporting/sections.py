"""The study as headed tables of words, which text and Markdown set in their own ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from profilefit.cohort.summary import ALL, FIT_BINS, ProfileRow, RolePart, SkillCount, Summary
from profilefit.reporting.wording import clean, percent, plural, sentence, shares

HIDDEN = "–"
DEGREES = {
    "doctorate": "Doctorate",
    "master": "Master's",
    "bachelor": "Bachelor's",
    "associate": "Two-year",
    "secondary": "School",
    "none": "None found",
}

#: The same where a terminal has no room.
_SHORT = {
    "doctorate": "Doctor",
    "master": "Master",
    "bachelor": "Bachelor",
    "associate": "2-year",
    "secondary": "School",
    "none": "None",
}

#: Shares, adding up to 1 at most, that a bar is drawn from.
Bar = tuple[float, ...]
Cell = str | Bar


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a remark, a table.

    Attributes:
        columns: names of the columns; a column of bars is for formats that can draw.
        rows: cells as they are shown.
        numbers: columns that stand to the right.
        last: the last row is that of all.
        verdicts: bars are of met, partial and missing.
        narrower: the same for less room, the widest first.
    """

    title: str
    remark: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
    last: bool = False
    verdicts: bool = False
    narrower: tuple[Section, ...] = ()


def headline(summary: Summary) -> str:
    """How many profiles the study rests on, and what it leaves out."""
    parts = [f"{plural(summary.profiles, 'profile')} read"]
    if summary.failed:
        parts.append(f"{plural(summary.failed, 'file')} could not be read")
    if summary.copies:
        parts.append(f"{plural(summary.copies, 'copy', 'copies')} of a file counted once")
    if summary.skipped:
        parts.append(f"{plural(summary.skipped, 'file')} of other kinds left alone")
    return "; ".join(parts)


def remarks(summary: Summary) -> list[str]:
    """What the reader of the numbers should know."""
    lines = [
        "A profile belongs to the title group of its current, else its latest position. Missing means: not found in "
        "the document."
    ]
    if summary.profiles < summary.min_cell:
        return [f"These are fewer than {summary.min_cell} profiles: nothing that is counted over them is shown."]
    if summary.min_cell:
        lines.append(
            f"Counts below {summary.min_cell} are hidden ({HIDDEN}), and others from which they could be computed; "
            "groups smaller than that are counted together."
        )
    return lines


def sections(summary: Summary, profiles: Sequence[ProfileRow]) -> Iterator[Section]:
    """All of them, from top to bottom."""
    if not summary.groups:
        return
    yield degrees_section(summary)
    for role in summary.roles:
        yield _requirements(role, summary.profiles)
        yield _fits(role, summary.profiles)
        if role.gaps:
            yield _gaps(role, summary)
    yield _skills(summary)
    yield _averages(summary)
    if profiles:
        yield _profiles(profiles, summary.roles)


def count(number: int | None, total: int | None) -> str:
    """A count with its share.

    >>> count(3, 12), count(0, 12), count(None, 12)
    ('3 25%', '0', '–')
    """
    if number is None:
        return HIDDEN
    return f"{number} {percent(number / total):>3}" if number and total else str(number)


def ratio(number: int | None, total: int | None) -> float | None:
    """A share, where both numbers are shown."""
    return number / total if number is not None and total else None


def share(part: float | None) -> str:
    """A share as a percentage, or the mark of a hidden one."""
    return HIDDEN if part is None else percent(part)


def degrees_section(summary: Summary) -> Section:
    """The article's own study. Where there is no room for counts and shares, the shares are left."""
    title = "Highest completed degree by title group"

    def section(names: Mapping[str, str], cell: Callable[[int | None, int | None], str], *narrower: Section) -> Section:
        rows: list[tuple[Cell, ...]] = []
        for row in summary.by_degree:
            cells = (cell(number, row.profiles) for number in row.counts)
            rows.append((clean(row.name), _number(row.profiles), *cells, bar(row.counts, row.profiles)))
        columns = ("Title group", "Profiles", *(names[level] for level in summary.degrees), "")
        numbers = frozenset(range(1, len(columns) - 1))
        return Section(title, "", columns, tuple(rows), numbers, last=True, narrower=narrower)

    shares = section(_SHORT, lambda number, total: share(ratio(number, total)) if number else count(number, total))
    return section(DEGREES, count, section(_SHORT, count), shares)


def bar(counts: Sequence[int | None], total: int | None) -> Bar:
    """The shares of a row, where all of them are shown."""
    if not total or None in counts:
        return ()
    return tuple((number or 0) / total for number in counts)


def _number(number: int | None) -> str:
    return HIDDEN if number is None else f"{number:,}"


def _requirements(role: RolePart, total: int) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for each in role.requirements:
        counts = (each.met, each.partial, each.missing)
        rows.append(
            (
                f"{each.id} {sentence(clean(each.name))}",
                *(count(number, total) for number in counts),
                bar(counts, total),
            )
        )
    columns = ("Requirement", "Met", "Partial", "Missing", "")
    return Section(f"{clean(role.name)}: requirements", "", columns, tuple(rows), frozenset({1, 2, 3}), verdicts=True)


def _fits(role: RolePart, total: int) -> Section:
    lower = (0.0, *FIT_BINS[:-1])
    columns = tuple(f"{percent(low)[:-1]} to {percent(high)}" for low, high in zip(lower, FIT_BINS, strict=True))
    cells = tuple(count(number, total) for number in role.fits)
    remark = f"Mean fit {share(role.fit)}"
    numbers = frozenset(range(1, len(columns) + 1))
    return Section(f"{clean(role.name)}: fit", remark, ("Fit", *columns), (("Profiles", *cells),), numbers)


def _gaps(role: RolePart, summary: Summary) -> Section:
    skills = ", ".join(_skill(each, summary.profiles) for each in role.gaps)
    rows = [("Not found most often", skills)]
    pairs = [
        f"{clean(p.first)} with {clean(p.second)} {share(ratio(p.profiles, summary.profiles))}" for p in role.together
    ]
    if pairs:
        rows.append(("Not found together", ", ".join(pairs)))
    return Section(f"{clean(role.name)}: skills that would close a gap", "", ("", "Skills"), tuple(rows))


def _skill(skill: SkillCount, total: int | None) -> str:
    return f"{clean(skill.name)} {share(ratio(skill.profiles, total))}"


def _skills(summary: Summary) -> Section:
    rows = []
    for group in summary.groups:
        if group.group != ALL:
            found = ", ".join(_skill(skill, group.profiles) for skill in group.skills)
            rows.append((f"{clean(group.name)} ({_number(group.profiles)})", found or HIDDEN))
    return Section("Most frequent skills by title group", "", ("Title group", "Skills"), tuple(rows))


def _averages(summary: Summary) -> Section:
    rows = [
        (
            clean(group.name),
            _number(group.profiles),
            mix(group.engineering),
            *(share(group.fits.get(role.id)) for role in summary.roles),
        )
        for group in summary.groups
    ]
    columns = ("Title group", "Profiles", "Engineering / research", *(f"Fit: {clean(r.name)}" for r in summary.roles))
    remark = "Means over the profiles of a group; roughly 70 / 30 is usual for engineers, 30 / 70 for researchers."
    return Section(
        "Mix and fit by title group", remark, columns, tuple(rows), frozenset(range(1, len(columns))), last=True
    )


def mix(engineering: float | None) -> str:
    """The shares of engineering and research, or the mark of a hidden number."""
    return HIDDEN if engineering is None else shares(engineering)


def _profiles(profiles: Sequence[ProfileRow], roles: Sequence[RolePart]) -> Section:
    rows = [
        (
            clean(row.file or row.profile),
            clean(row.group),
            DEGREES[row.degree or "none"],
            mix(row.engineering),
            *(share(row.fits.get(role.id)) for role in roles),
        )
        for row in profiles
    ]
    columns = ("Profile", "Title group", "Degree", "Mix", *(f"Fit: {clean(role.name)}" for role in roles))
    remark = "In the order of their names: this is no ranking."
    return Section("Profiles", remark, columns, tuple(rows), frozenset(range(3, len(columns))))
