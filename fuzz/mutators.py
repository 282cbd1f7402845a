"""Ways of damaging a file: each takes a file and a source of chance, and gives back another file.

``mutate`` draws one to three of them. What is packed is unpacked first (the streams of a PDF, the members of a ZIP
archive), so that the damage reaches what the reader reads, and not only a checksum.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random

#: No mutated file is longer.
LONGEST = 400_000

_STREAM = re.compile(rb"<<((?:(?!endobj).){0,2000}?)>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FILTER = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode(?:\s*\])?")
_LENGTH = re.compile(rb"/Length\s+\d+(?:\s+\d+\s+R)?")
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_TOKEN = re.compile(rb"[A-Za-z/*'\"]+|\S+")
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"2147483648",
    b"99999999999999999999",
    b"1e309",
    b"-0.0",
    b".",
    b"nan",
)
_PIECES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"(", b")", b"<<", b">>", b"[", b"]", b"<", b">", b"</w:p>",
    b"<w:p>", b"&#0;", b"&amp;", b"]]>", b"<!--", b"-->", b"\\", b"**", b"`", b"|", b"\t", b"\r", b"\n\n",
    b"# ", b"- ", b"BT", b"ET", b" Tj ", b" TJ ", b" Do ", b" q ", b" Q ", b"endobj", b"endstream", b"1 0 R",
    b"%%EOF", b"/Kids", b"/Parent", b"{", b"}", b'"', b"null", b"true", "ﬁ".encode(), "\u00ad".encode(),
    "\u202e".encode(), "e\u0301".encode(), "機械学習".encode(), b"2019 - 2021", b"PhD", b"MSc in ", b"Education\n",
    b"Python, ", b"present", b"NeurIPS 2021", b"not ", b"1 0 0 1 0 0 cm ",
)  # fmt: skip

Mutator = Callable[[bytes, Random, Sequence[bytes]], bytes]


@lru_cache(maxsize=256)
def expand(data: bytes) -> bytes:
    """A PDF or ZIP archive with its streams and members stored as they are; any other file unchanged."""
    if data.startswith(b"PK"):
        return _expand_archive(data)
    return _STREAM.sub(_expand_stream, data) if b"%PDF-" in data[:1024] else data


def _expand_archive(data: bytes) -> bytes:
    try:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(target, "w") as copy:
            for member in archive.infolist():
                copy.writestr(zipfile.ZipInfo(member.filename), archive.read(member))
        return target.getvalue()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError):
        return data


def _expand_stream(match: re.Match[bytes]) -> bytes:
    head, body = match[1], match[2]
    if not _FILTER.search(head) or b"FontFile" in head or b"/Length1" in head or b"/Image" in head:
        return match[0]
    try:
        body = zlib.decompressobj().decompress(body, LONGEST)
    except zlib.error:
        return match[0]
    head = _LENGTH.sub(b"/Length %d" % len(body), _FILTER.sub(b"", head))
    return b"<<" + head + b">>\nstream\n" + body + b"\nendstream"


def flip(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """A few bits or bytes changed."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40))):
        at = chance.randrange(len(changed))
        changed[at] = changed[at] ^ (1 << chance.randrange(8)) if chance.random() < 0.5 else chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """A stretch is gone."""
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def repeat(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """A stretch stands there several times."""
    start, end = _stretch(data, chance)
    return data[:start] + data[start:end] * chance.choice((2, 3, 10, 200)) + data[end:]


def insert(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """Something that means something, where it should not be."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_PIECES) * chance.choice((1, 1, 1, 2, 50, 1000)) + data[at:]


def splice(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """The beginning of this file, the end of another."""
    other = chance.choice(others)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def transplant(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """A stretch of another file in the place of one of this file."""
    other = chance.choice(others)
    start, end = _stretch(data, chance)
    first, last = _stretch(other, chance)
    return data[:start] + other[first:last] + data[end:]


def swap(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """Two neighbouring or distant words change places."""
    start = chance.randrange(len(data))
    words = list(_TOKEN.finditer(data, start, min(len(data), start + 2_000)))
    if len(words) < 2:
        return data
    one, two = sorted(chance.sample(range(len(words)), 2))
    a, b = words[one], words[two]
    return data[: a.start()] + b[0] + data[a.end() : b.start()] + a[0] + data[b.end() :]


def renumber(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """A few numbers are others: offsets, sizes, years."""
    for _ in range(chance.choice((1, 1, 3, 10))):
        start = chance.randrange(len(data))
        number = _NUMBER.search(data, start)
        if number:
            data = data[: number.start()] + chance.choice(_NUMBERS) + data[number.end() :]
    return data


def truncate(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """Only the beginning arrived."""
    return data[: chance.randrange(1, len(data) + 1)]


MUTATORS: tuple[Mutator, ...] = (flip, cut, repeat, insert, splice, transplant, swap, renumber, truncate)


def mutate(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """The file, damaged in one to three ways."""
    if chance.random() < 0.5:
        data = expand(data)
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _mutate_member(data, chance, others)
    return _damaged(data, chance, others)


def _damaged(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice(MUTATORS)(data or b" ", chance, others)[:LONGEST]
    return data


def _mutate_member(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """An archive that is whole, with one member damaged."""
    try:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(target, "w") as copy:
            names = sorted(archive.namelist())
            chosen = chance.choice(names)
            for name in names:
                content = archive.read(name)
                copy.writestr(zipfile.ZipInfo(name), _damaged(content, chance, others) if name == chosen else content)
        return target.getvalue()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, IndexError):
        return _damaged(data, chance, others)


def _stretch(data: bytes, chance: Random) -> tuple[int, int]:
    """A part of a file ``[start, end)``: mostly short."""
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(chance.paretovariate(0.6)))
