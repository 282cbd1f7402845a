"""The lines that tell who somebody is: name, contact data, address, birth, nationality, gender, family.

They are found to be passed over. "Scala Python" may be somebody's name and "12 Java Road" an address: at the head of a
CV neither claims a skill, dates no job and fills no share of anybody's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from profilefit.library import REMEMBERED, Library
from profilefit.library.words import YEAR, alternatives, plain
from profilefit.models import Document, Guarded, Line, Section
from profilefit.parsing.rows import is_prose
from profilefit.parsing.sections import heading_kind

#: Lines under the top of a page within which somebody says who they are, and words of a name.
_HEAD, _MOST_WORDS = 15, 5
#: Lines of a document above which a name may stand below a heading ("Curriculum vitae").
_HEAD_LINES = 3
#: A name is set larger than the text by this much, where sizes are known.
_LARGER = 1.15
_CONTACT = re.compile(r"\S@\S+\.\w|https?:|www\.|\w\.[a-z]{2,}/\w|(?<![\w.])\+\d[\d ()./-]{6,}\d")
_PHONE = re.compile(r"(?<![\w.])\(?\d[\d ()./-]{7,}\d(?!\w)")
#: What somebody does, in front of where to reach them: some words without a digit, up to a mark between parts.
_HEADLINE = re.compile(r"[^\d\t·•|,:]+ [^\d\t·•|,:]+(?=\t| ?[·•|] )")
_PARTED = re.compile(r"[\t|·•]")
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_POSTCODE = re.compile(rf"\b(?!{YEAR}\b)\d{{4,6}}\b|\b[A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}}\b")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’-])*,?")


def set_apart(
    document: Document, sections: Sequence[Section], library: Library
) -> tuple[tuple[Section, ...], tuple[Guarded, ...]]:
    """The sections, with the personal lines of the head in pieces of kind ``contact`` and no title; and the personal
    part of lines that begin with what somebody does ("LLM inference · Utrecht · robin@example.org")."""
    if any(line.fields for line in document.lines):
        return tuple(sections), ()  # where the format names the parts, nobody's personal data was loaded
    parts: list[Section] = []
    guarded: list[Guarded] = []
    for section, head in _with_heads(sections):
        personal: set[int] = set()
        named = not section.title or section.lines[0] < _HEAD_LINES
        for index in sorted(set(_personal_lines(document, *section.lines, library, named=named))) if head else ():
            line = document.lines[index]
            headline = _HEADLINE.match(document.content(line)) if index > section.lines[0] else None
            if headline and not _CONTACT.search(headline[0]):
                guarded.append(Guarded(line.start + headline.end(), line.end, 0, "personal data"))
            else:
                personal.add(index)
        parts += _cut(section, personal)
    return tuple(parts), tuple(guarded)


def _with_heads(sections: Sequence[Section]) -> Iterator[tuple[Section, bool]]:
    """Each section, and whether it is a head: it comes before all that is known, or has no heading."""
    opening = True
    for section in sections:
        opening = opening and section.kind == "other"
        yield section, section.kind == "other" and (opening or not section.title)


def _cut(section: Section, personal: set[int]) -> Iterator[Section]:
    first, last = section.lines
    if not personal:
        yield section
        return
    start = first
    for index in range(first + 1, last + 1):
        if index == last or (index in personal) != (start in personal):
            own = start in personal
            yield Section("contact" if own else section.kind, "" if own else section.title, (start, index))
            start = index


def _personal_lines(document: Document, first: int, last: int, library: Library, *, named: bool) -> Iterator[int]:
    """Indices of the personal lines among the first of ``[first, last)``; ``named`` where a name may be among them."""
    last = min(last, first + _HEAD)
    if named:
        yield from _name_lines(document, first, last, library)
    texts = {index: document.content(document.lines[index]) for index in range(first, last)}
    terse = [index for index, text in texts.items() if not _runs_on(document, document.lines[index])]
    reached = [index for index in terse if _is_contact(texts[index])]
    yield from reached
    yield from (index for index, text in texts.items() if is_personal(text, library))
    yield from (i for i in terse if _POSTCODE.search(texts[i]) and {i - 1, i + 1} & set(reached))


def _runs_on(document: Document, line: Line) -> bool:
    """Whether a line is part of a sentence, not of a row of data."""
    start, end = document.paragraph_span(line.start)
    return is_prose(document.flat[start:end]) and not _PARTED.search(document.content(line))


def _name_lines(document: Document, first: int, last: int, library: Library) -> Iterator[int]:
    """The largest lines of the head, or the first one where all are of one size, if they read like a name."""
    lines = document.lines
    named = [i for i in range(first, last) if heading_kind(document.content(lines[i]), library.headings) is None]
    largest = max((lines[i].size for i in named), default=0.0)
    usual = sorted(line.size for line in lines)[len(lines) // 2]
    if largest > _LARGER * usual > 0:  # noqa: SIM108
        named = [i for i in named[:4] if lines[i].size == largest]
    else:
        named = named[:1]
    words = [word for i in named for word in document.content(lines[i]).split()]
    if 0 < len(words) <= _MOST_WORDS and all(map(_NAME_WORD.fullmatch, words)) and any(w[0].isupper() for w in words):
        yield from named


def _is_contact(text: str) -> bool:
    """Whether a line holds an e-mail address, a link or a telephone number."""
    phones = [match[0] for match in _PHONE.finditer(text) if not _YEAR.search(match[0])]
    return bool(_CONTACT.search(text)) or any(sum(map(str.isdigit, phone)) >= 8 for phone in phones)


@lru_cache(maxsize=REMEMBERED)
def _labels(library: Library) -> re.Pattern[str]:
    labels = alternatives(library.levels.personal.labels)
    return re.compile(rf"\W*(?:{labels})\s*(?:[:：]|\t|$)", re.IGNORECASE)


def is_personal(text: str, library: Library) -> bool:
    """Whether a line begins with a word for something personal and then tells it.

    >>> from profilefit.library import load_library
    >>> [is_personal(text, load_library()) for text in ("Date of birth: 4 May 1990", "Gender studies: see below")]
    [True, False]
    """
    return _labels(library).match(plain(text)) is not None
