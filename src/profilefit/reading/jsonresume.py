"""JSON Resume → lines: a section a key, a record an entry. Who the person is (``basics``) is never loaded.

Of ``basics`` only ``label`` and ``summary`` are read, of a reference only its words. A value of another type than the
schema's counts as absent; numbers stand for their figures.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import get_args

from profilefit.errors import DocumentTooLarge, UnreadableDocument
from profilefit.models import LEVELS, PublicationKind, Status
from profilefit.reading.assemble import Reading
from profilefit.reading.limits import Limits
from profilefit.reading.records import Records, period
from profilefit.reading.sniff import decode

#: What a CV holds at least one of; languages or skills alone are those of anything.
_CORE = frozenset({"basics", "work", "volunteer", "education", "publications", "projects"})
_KEYS = _CORE | {"$schema", "meta", "awards", "certificates", "skills", "languages", "interests", "references"}
#: Here profilefit itself notes the level and status of a degree, the kind of a publication, and that a skill's name is
#: only a category (``reporting.jsonresume``).
_OWN = "x-profilefit"
#: Values for each line that a document may have: those that the largest file has room for would take gigabytes.
_VALUES_A_LINE = 20

_Entry = dict[str, object]


def read_jsonresume(data: bytes, name: str, limits: Limits) -> Reading:
    """Lines of a JSON Resume.

    Raises:
        UnreadableDocument: it is no JSON, JSON of another kind, or holds several people.
        DocumentTooLarge: over ``limits.lines`` lines or ``limits.glyphs_total`` characters.
    """
    value = _parsed(data, name, limits)
    if isinstance(value, list):
        if any(isinstance(each, dict) and _is_resume(each) for each in value):
            raise UnreadableDocument(name, "this JSON is a list of CVs; give one person's, each in a file of its own")
        value = None
    if not isinstance(value, dict) or not _is_resume(value):
        raise UnreadableDocument(name, "this JSON is no JSON Resume (no basics, work, education …); see jsonresume.org")
    lines = Records(name, limits)
    basics = value.get("basics")
    if isinstance(basics, dict):
        lines.prose(_text(basics, "label"))
        lines.section("Summary")
        lines.prose(_text(basics, "summary"))
    for key, write in _SECTIONS.items():
        lines.section(key.capitalize())
        for entry in _entries(value, key):
            write(lines, entry)
    return Reading(lines.drafts, kind="json-resume")


def _parsed(data: bytes, name: str, limits: Limits) -> object:
    text = decode(data)
    if sum(map(text.count, ",[{")) > _VALUES_A_LINE * limits.lines:
        raise DocumentTooLarge(name, f"it holds over {_VALUES_A_LINE * limits.lines:,} values; give one person's CV")
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableDocument(name, f"the JSON is damaged in line {error.lineno}; export it again") from error
    except (RecursionError, ValueError) as error:
        raise UnreadableDocument(name, "this JSON is no JSON Resume; it is nested too deep or malformed") from error
    return value


def _is_resume(value: _Entry) -> bool:
    """Whether it says so itself, or has a part of a CV and most of its keys are those of the format: other JSON may
    have an "education", too."""
    if "jsonresume" in _string(value.get("$schema")):
        return True
    return any(isinstance(value.get(key), (list, dict)) for key in _CORE) and 2 * len(_KEYS & value.keys()) > len(value)


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _entries(value: _Entry, key: str) -> list[_Entry]:
    """The entries under a key; a plain string in their place is an entry that has nothing but a name."""
    found = value.get(key)
    listed = found if isinstance(found, list) else [found]
    named = ({"name": each} if isinstance(each, str) else each for each in listed)
    return [each for each in named if isinstance(each, dict)]


def _string(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)[:40] if not isinstance(value, int) or value.bit_length() < 128 else ""
    return ""


def _text(entry: _Entry, *keys: str) -> str:
    """The value of the first of the keys that has one: the schema's own and those of its older versions."""
    return next((text for key in keys if (text := _string(entry.get(key))).strip()), "")


def _texts(entry: _Entry, key: str) -> list[str]:
    found = entry.get(key)
    return [_string(each) for each in (found if isinstance(found, list) else [found])]


def _period(entry: _Entry) -> str:
    return period(_text(entry, "startDate"), _text(entry, "endDate"))


def _own(entry: _Entry) -> _Entry:
    own = entry.get(_OWN)
    return own if isinstance(own, dict) else {}


def _status(entry: _Entry) -> str:
    status = _text(_own(entry), "status")
    return status if status in get_args(Status) else ""


def _level(entry: _Entry) -> str:
    """The level that profilefit itself noted; ``none`` where it knows that a course leads to no degree."""
    own = _own(entry)
    if "level" not in own:
        return ""
    level = _text(own, "level")
    return level if level in LEVELS else "none"


def _kind(entry: _Entry) -> str:
    own = _own(entry)
    kind = _text(own, "kind")
    if kind not in get_args(PublicationKind):
        return ""
    return f"{kind} unaccepted" if own.get("accepted") is False else kind


# ── sections ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _body(lines: Records, entry: _Entry) -> None:
    lines.prose(_text(entry, "description"))
    lines.prose(_text(entry, "summary"))
    for highlight in _texts(entry, "highlights"):
        lines.item(highlight)


def _job(lines: Records, entry: _Entry) -> None:
    employer = _text(entry, "name", "company", "organization")
    lines.record(title=_text(entry, "position"), organisation=employer, dates=_period(entry))
    _body(lines, entry)


def _course(lines: Records, entry: _Entry) -> None:
    lines.record(
        degree=_text(entry, "studyType"),
        field=_text(entry, "area"),
        institution=_text(entry, "institution", "name"),
        dates=_period(entry),
        status=_status(entry),
        level=_level(entry),
    )
    lines.prose(_text(entry, "summary"))
    for course in _texts(entry, "courses"):
        lines.item(course)


def _project(lines: Records, entry: _Entry) -> None:
    lines.record(title=_text(entry, "name"), organisation=_text(entry, "entity"), dates=_period(entry))
    _body(lines, entry)
    lines.item(", ".join(filter(None, _texts(entry, "keywords"))))


def _paper(lines: Records, entry: _Entry) -> None:
    date = _text(entry, "releaseDate")
    lines.record(
        title=_text(entry, "name"),
        venue=_text(entry, "publisher"),
        dates=date,
        url=_text(entry, "url"),
        kind=_kind(entry),
    )
    lines.prose(_text(entry, "summary"))


def _award(lines: Records, entry: _Entry) -> None:
    lines.record(title=_text(entry, "title", "name"), organisation=_text(entry, "awarder"), dates=_text(entry, "date"))
    lines.prose(_text(entry, "summary"))


def _certificate(lines: Records, entry: _Entry) -> None:
    lines.record(title=_text(entry, "name"), organisation=_text(entry, "issuer"), dates=_text(entry, "date"))


def _group(lines: Records, entry: _Entry) -> None:
    """A skill or an interest: its name, its level in brackets, and its keywords."""
    keywords = ", ".join(filter(None, _texts(entry, "keywords")))
    if _OWN in entry:
        lines.item(keywords)
        return
    level = _text(entry, "level")
    name = _text(entry, "name") + (f" ({level})" if level else "")
    lines.item(f"{name}: {keywords}" if name and keywords else name or keywords)


def _language(lines: Records, entry: _Entry) -> None:
    lines.item(" ".join(filter(None, (_text(entry, "language", "name"), _text(entry, "fluency")))))


def _reference(lines: Records, entry: _Entry) -> None:
    lines.prose(_text(entry, "reference"))


_SECTIONS: dict[str, Callable[[Records, _Entry], None]] = {
    "work": _job,
    "education": _course,
    "skills": _group,
    "projects": _project,
    "publications": _paper,
    "certificates": _certificate,
    "awards": _award,
    "volunteer": _job,
    "languages": _language,
    "interests": _group,
    "references": _reference,
}
