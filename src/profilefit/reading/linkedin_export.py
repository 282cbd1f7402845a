"""LinkedIn's "Get a copy of your data" (a ZIP or the folder it unpacks to) → lines.

Only the tables below are opened and of them only the columns named here are kept: birth date, address, contacts,
messages and what others wrote are never loaded. Names of files and columns are English in every export.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from profilefit.errors import DocumentTooLarge, UnreadableDocument
from profilefit.models import Note
from profilefit.reading.archive import unpack
from profilefit.reading.assemble import Reading
from profilefit.reading.limits import Limits
from profilefit.reading.records import Records, period
from profilefit.reading.sniff import EXPORT_TABLE, decode

_NOTE = Note(
    "linkedin-export",
    "A LinkedIn data export has no fields of study, lists skills without their use and leaves out what others wrote: "
    "what is absent is not shown in this export, not missing. Give a full CV beside it to have all of it assessed.",
)
#: Rows above the header of a table: a remark and an empty line.
_PREAMBLE = 20
#: Bytes that the tables may have for each character that a document may have: most of a larger one is no text of a CV.
_BYTES_A_CHARACTER = 8

_Row = dict[str, str]


def read_export(data: bytes, name: str, limits: Limits) -> Reading:
    """Lines of a ZIP with the tables of a LinkedIn data export, in whatever folder of it they are.

    Raises:
        EncryptedDocument: the archive is protected by a password.
        DocumentTooLarge: the tables unpack to more bytes than ``limits.unpacked`` or than its text could fill, or hold
            too many lines.
        UnreadableDocument: the archive or a table is damaged.
    """
    tables: dict[str, bytes] = {}
    parts = unpack(data, name, _bounds(limits), _MEMBER)
    for member in sorted(parts, key=lambda member: (member.count("/"), member)):
        tables.setdefault(_key(member), parts[member])
    return _reading(tables, name, limits)


def read_folder(folder: Path, name: str, limits: Limits) -> tuple[Reading, str]:
    """Lines of a folder with those tables, and the SHA-256 over the sorted names and the bytes of those read.

    Raises:
        UnreadableDocument: the folder holds no such table; otherwise as ``read_export``.
        OSError: a file cannot be opened.
    """
    tables, sha256 = load_folder(folder, name, limits)
    return _reading(tables, name, limits), sha256


def load_folder(folder: Path, name: str, limits: Limits) -> tuple[dict[str, bytes], str]:
    """The bytes of those tables by name, unread, and the same SHA-256. Raises as ``read_folder``."""
    paths = [path for path in folder.iterdir() if _MEMBER.fullmatch(path.name) and path.is_file()]
    if not any(EXPORT_TABLE.search(path.name) for path in paths):
        raise UnreadableDocument(name, "this is a folder; name a file in it, or take profilefit stats")
    tables: dict[str, bytes] = {}
    digest, total, most = hashlib.sha256(), 0, _bounds(limits).unpacked
    for path in sorted(paths, key=lambda path: path.name):
        with path.open("rb") as file:
            content = file.read(most - total + 1)
        total += len(content)
        if total > most:
            raise DocumentTooLarge(name, f"its tables are over {most / 1e6:.0f} MB; give one person's export")
        digest.update(path.name.encode("utf-8", "surrogateescape") + b"\0" + content)
        tables.setdefault(_key(path.name), content)
    return tables, digest.hexdigest()


def _bounds(limits: Limits) -> Limits:
    return replace(limits, unpacked=min(limits.unpacked, _BYTES_A_CHARACTER * limits.glyphs_total))


def _key(member: str) -> str:
    """The table that a file holds, whatever folder it is in: ``positions`` of ``Export/Positions.csv``."""
    return re.split(r"[/\\]", member)[-1].lower().removesuffix(".csv").replace("_", " ")


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _reading(tables: dict[str, bytes], name: str, limits: Limits) -> Reading:
    lines = Records(name, limits)
    for table, (heading, columns, write) in _TABLES.items():
        if table in tables:
            lines.section(heading)
            for row in _rows(decode(tables[table]), columns, name, limits):
                write(lines, row)
    return Reading(lines.drafts, [_NOTE], kind="linkedin-export")


def _rows(text: str, columns: tuple[str, ...], name: str, limits: Limits) -> Iterator[_Row]:
    """The rows below the header, each with all of ``columns``; those that the table lacks are empty."""
    header: list[str] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text.replace("\0", ""), newline=""))):
            if header:
                row = dict(zip(header, cells, strict=False))
                yield {column: row.get(column, "").strip() for column in columns}
            elif number > _PREAMBLE:
                return
            elif columns[0] in (named := [cell.strip().lower() for cell in cells]):
                header = named
            if number > limits.lines:
                raise DocumentTooLarge(name, f"a table has over {limits.lines:,} rows; give one person's export")
    except csv.Error as error:
        raise UnreadableDocument(name, "a table in it is damaged; download the export again") from error


def _profile(lines: Records, row: _Row) -> None:
    lines.prose(row["headline"])
    lines.section("Summary")
    lines.prose(row["summary"])


def _summary(lines: Records, row: _Row) -> None:
    lines.prose(row["profile summary"])


def _position(lines: Records, row: _Row) -> None:
    lines.record(title=row["title"], organisation=row["company name"], dates=_period(row))
    lines.prose(row["description"])


def _course_of_study(lines: Records, row: _Row) -> None:
    dates = period(row["start date"], row["end date"])
    lines.record(degree=row["degree name"], institution=row["school name"], dates=dates)
    lines.prose(row["notes"])
    lines.prose(row["activities"])


def _volunteering(lines: Records, row: _Row) -> None:
    lines.record(title=row["role"], organisation=row["company name"], dates=_period(row))
    lines.prose(row["description"])


def _project(lines: Records, row: _Row) -> None:
    lines.record(title=row["title"], dates=_period(row))
    lines.prose(row["description"])


def _publication(lines: Records, row: _Row) -> None:
    lines.record(title=row["name"], venue=row["publisher"], dates=row["published on"], url=row["url"])
    lines.prose(row["description"])


def _patent(lines: Records, row: _Row) -> None:
    dates = row["issued on"] or row["filed on"]
    lines.record(title=row["title"], number=row["number"] or row["patent number"], dates=dates)
    lines.prose(row["description"])


def _certification(lines: Records, row: _Row) -> None:
    lines.record(title=row["name"], organisation=row["authority"], dates=row["started on"])


def _honour(lines: Records, row: _Row) -> None:
    lines.record(title=row["title"], dates=row["issued on"])
    lines.prose(row["description"])


def _organisation(lines: Records, row: _Row) -> None:
    lines.record(title=row["position"], organisation=row["name"], dates=_period(row))
    lines.prose(row["description"])


def _item(lines: Records, row: _Row) -> None:
    lines.item(" ".join(filter(None, row.values())))


def _period(row: _Row) -> str:
    return period(row["started on"], row["finished on"])


_Write = Callable[[Records, _Row], None]
_DATES = ("started on", "finished on")
_VOLUNTEERING = ("role", "company name", "description", *_DATES)

#: Table → the heading of its section, the columns that are kept (the first tells the header), and what writes a row.
_TABLES: dict[str, tuple[str, tuple[str, ...], _Write]] = {
    "profile": ("", ("headline", "summary"), _profile),
    "profile summary": ("Summary", ("profile summary",), _summary),
    "positions": ("Positions", ("company name", "title", "description", *_DATES), _position),
    "education": (
        "Education",
        ("school name", "degree name", "start date", "end date", "notes", "activities"),
        _course_of_study,
    ),
    "skills": ("Skills", ("name",), _item),
    "projects": ("Projects", ("title", "description", *_DATES), _project),
    "publications": ("Publications", ("name", "publisher", "published on", "url", "description"), _publication),
    "patents": (
        "Patents",
        ("title", "number", "patent number", "issued on", "filed on", "description"),
        _patent,
    ),
    "certifications": ("Certifications", ("name", "authority", "started on"), _certification),
    "courses": ("Courses", ("name", "number"), _item),
    "honors": ("Honors", ("title", "issued on", "description"), _honour),
    "volunteering": ("Volunteering", _VOLUNTEERING, _volunteering),
    "volunteer experiences": ("Volunteering", _VOLUNTEERING, _volunteering),
    "organizations": ("Organizations", ("name", "position", "description", *_DATES), _organisation),
    "languages": ("Languages", ("name", "proficiency"), _item),
}
_MEMBER = re.compile(rf"(?:.*[/\\])?(?:{'|'.join(_TABLES).replace(' ', '[ _]')})\.csv", re.IGNORECASE)
