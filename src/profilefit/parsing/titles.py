"""Titles of posts: the family of work, the track, the specialty and the seniority that their words name."""

from __future__ import annotations

from profilefit.library import Library
from profilefit.library.titles import Titles
from profilefit.library.words import plain
from profilefit.models import DateRange, Document, Position, Section, Track

#: Words of a title, at most.
LONGEST_TITLE = 12
#: What stands around the parts of a header.
LOOSE_EDGE = " \t,;:|·•–—-~*_`"


def classify_title(title: str, library: Library) -> tuple[str | None, Track, str | None, str | None]:
    """Family, track, specialty and seniority of a title.

    >>> from profilefit.library import load_library
    >>> classify_title("Senior Perception Engineer", load_library())
    ('cv_engineer', 'engineer', 'vision', 'senior')
    """
    titles = library.titles
    flat = plain(title)
    family = _family(flat, titles)
    specialties = [
        (match.start(), name)
        for name, subject in titles.subjects.items()
        if not subject.general and (match := subject.find(flat))
    ]
    seniority = next((str(name) for name, worded in titles.seniority.items() if worded.find(flat)), None)
    track = titles.families[family].track if family else _role_track(flat, titles)
    return family, track, min(specialties)[1] if specialties else None, seniority


def _family(flat: str, titles: Titles) -> str | None:
    order = {name: place for place, name in enumerate(titles.families)}
    found = [(match.start() - match.end(), order[name], name) for match, name in titles.family.find_overlapping(flat)]
    hidden = {name for _, _, name in found if titles.families[name].veto.search(flat)}
    best = min((key for key in found if key[2] not in hidden), default=None)
    roles = {role for _, role in titles.role.find_all(flat)}
    subjects = {name for name, subject in titles.subjects.items() if subject.find(flat)} if roles else set()
    for name, family in titles.families.items():
        # A subject makes the plain families ("research scientist", "software engineer") more exact.
        plain_family = best is None or titles.families[best[2]].plain
        if plain_family and roles & set(family.roles) and subjects & set(family.subjects):
            return name
    return best[2] if best else None


def _role_track(flat: str, titles: Titles) -> Track:
    tracks = (titles.roles[role].track for _, role in titles.role.find_all(flat))
    return next((track for track in tracks if track != "other"), "other")


def make_position(
    document: Document,
    section: Section,
    span: tuple[int, int],
    employer: str | None,
    dates: DateRange | None,
    library: Library,
) -> Position:
    """The post whose title stands at ``span``."""
    start, end = _without_open_bracket(document.text, *span)
    title = " ".join(document.text[start:end].split())
    family, track, specialty, seniority = classify_title(title, library)
    if family is None and library.titles.schooling.find(plain(f"{title}, {employer or ''}")):
        track = "other"
    return Position(
        title=title,
        family=family,
        track=track,
        specialty=specialty,
        seniority=seniority,
        organisation=employer,
        start=dates.start if dates else None,
        end=None if not dates or dates.current else dates.end,
        current=bool(dates and dates.current),
        evidence=(document.cite(start, end, section.kind, 2),),
    )


def _without_open_bracket(text: str, start: int, end: int) -> tuple[int, int]:
    """A title whose dates were cut out behind a bracket, "Engineer (senior since 2021)", ends before the bracket."""
    if text.count("(", start, end) <= text.count(")", start, end):
        return start, end
    opened = text.rindex("(", start, end)
    if any(c.isalpha() for c in text[start:opened]):
        return start, opened
    return (opened + 1, end) if text[opened + 1 : end].strip() else (start, end)
