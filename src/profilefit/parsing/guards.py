"""Guards: phrases that lower what is said around them, negated, wished for, another's, only taken in a course."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from profilefit.library import REMEMBERED, Library
from profilefit.library.levels import Guard
from profilefit.models import Document, Guarded, Section
from profilefit.phrases import LoosePhrases, tokenise

_ITEM_END = re.compile(r"[,;.·•|/(—\n\t，、；。（]|\s[–-]\s")
_OPENS_ITEM = re.compile(r"[,;:.·•|/(—\n\t，、；：。（–-]$")
#: Words that may stand between the opener of a sentence and what a guard looks for.
_OPENING_WORDS = 5
#: Words that may stand before a phrase that takes up the sentence in front.
_TAKEN_UP = 3
#: A sentence of more items than this lists them.
_LISTED = 2
#: What follows a phrase that says no more: "Did not code." but not "Did not code the front end."
_CLOSED = re.compile(r"\s*(?:[.,;!?)\n。；，]|$)")
#: What ends a label: its row or line goes on, or the next line holds what it labels.
_LABEL_END = re.compile(r"[\t\n:]")
#: Words of a label at most, and characters on either side of the phrase that makes it one.
_LABEL_WORDS, _LONGEST_LABEL = 7, 80
#: What may stand around the words of a label.
_ASIDE = re.compile(r"\([^()]*\)")
_DECORATION = " -–—•·*=#|()[]"
_WORD = re.compile(r"\w+")
#: Characters within which the mark is looked for that a stretch of text begins behind.
_NEAR, _FAR = 120, 600
#: The words of a name, in front of the last of them.
_NAME = re.compile(r"(?:[A-Z][\w&+#.'’-]* ){1,4}$")


@dataclass(frozen=True)
class _Tables:
    phrases: LoosePhrases[tuple[str, str]]
    by_id: dict[str, Guard]


@lru_cache(maxsize=REMEMBERED)
def _tables(library: Library) -> _Tables:
    levels = library.levels
    return _Tables(
        phrases=LoosePhrases(
            [((guard.id, "phrase"), phrase) for guard in levels.guard for phrase in guard.phrases]
            + [((guard.id, "except"), phrase) for guard in levels.guard for phrase in guard.exceptions]
            + [((guard.id, "needs"), phrase) for guard in levels.guard for phrase in guard.needs]
            + [(("", "end"), word) for word in levels.clauses.ends]
        ),
        by_id={guard.id: guard for guard in levels.guard},
    )


def find_guarded(flat: str, library: Library) -> tuple[Guarded, ...]:
    """The stretches of text whose mentions are negated, wished for, another's work, or only taken in a course."""
    tables = _tables(library)
    text = tokenise(flat)
    found = tables.phrases.find(text)
    hits = [hit for hit in found if hit.label[1] != "end"]
    if not hits:
        return ()
    sentence_end = library.levels.clauses.sentence_end
    breaks = [hit.start for hit in found if hit.label[1] == "end"]
    ends = sorted([*(m.start() for m in sentence_end.finditer(flat)), *breaks])
    beside: dict[tuple[str, str], list[int]] = defaultdict(list)
    for hit in hits:
        beside[hit.label].append(hit.start)
    guarded = []
    for hit in hits:
        guard = tables.by_id[hit.label[0]]
        if hit.label[1] != "phrase" or (guard.reach == "back" and not _CLOSED.match(flat, hit.end)):
            continue
        first, last = _reach(guard, flat, hit.start, hit.end, ends, sentence_end)
        if first >= last:
            continue
        begin, stop = _between(flat, hit.start, hit.end, sentence_end)
        if flat[hit.end : hit.end + 1] == "-" or not _opens(guard, flat[begin : hit.start]):
            continue
        excepted = _any_between(beside[guard.id, "except"], begin, stop)
        needed = not guard.needs or _any_between(beside[guard.id, "needs"], begin, stop)
        if needed and not excepted:
            guarded.append(Guarded(first, last, guard.level, guard.reason, guard.outsiders))
    return tuple(sorted(guarded, key=lambda g: (g.start, g.end)))


def _any_between(places: Sequence[int], begin: int, stop: int) -> bool:
    """Whether one of the places, which are in order, lies in ``[begin, stop)``."""
    at = bisect_left(places, begin)
    return at < len(places) and places[at] < stop


def guard_sections(document: Document, sections: Iterable[Section], library: Library) -> tuple[Guarded, ...]:
    """The sections whose heading is itself a guard: "Not my field", "What I want to learn"."""
    tables = _tables(library)
    guarded = []
    for section in sections:
        first, last = section.lines
        if not section.title or first >= last or section.kind not in library.levels.sections.leisure:
            continue
        for hit in tables.phrases.find(tokenise(section.title)):
            guard = tables.by_id.get(hit.label[0])
            if guard is not None and hit.label[1] == "phrase" and guard.reach == "after" and not guard.level:
                start, end = document.lines[first].start, document.lines[last - 1].end
                guarded.append(Guarded(start, end, guard.level, guard.reason))
                break
    return tuple(guarded)


def _between(flat: str, start: int, end: int, marks: re.Pattern[str]) -> tuple[int, int]:
    """The stretch around ``[start, end)`` without any of the marks."""
    before: list[int] = []
    for far in (_NEAR, _FAR):  # most are near
        before = before or [m.end() for m in marks.finditer(flat, max(0, start - far), start)]
    after = marks.search(flat, end)
    return (before[-1] if before else max(0, start - _FAR)), (after.start() if after else len(flat))


def _opens(guard: Guard, before: str) -> bool:
    """Whether a phrase stands where its guard wants it: near the opening of its sentence, after one of the openers."""
    if guard.first and before.strip() and not _OPENS_ITEM.search(before.rstrip()):
        return False
    if not guard.openers:
        return True
    words = before.lower().split()
    return bool(words) and words[0] in guard.openers and len(words) <= _OPENING_WORDS


def _reach(
    guard: Guard, flat: str, start: int, end: int, clause_ends: Sequence[int], sentence_end: re.Pattern[str]
) -> tuple[int, int]:
    if guard.reach == "label":
        labelled = _labelled(flat, start, end, whole=" " not in flat[start:end])
        return labelled or (end, end)
    if guard.reach == "name":
        name = _NAME.search(flat, max(0, start - 80), start) if flat[start].isupper() else None
        return name.start() if name else start, start
    if guard.reach in ("after", "next"):
        at = bisect_left(clause_ends, end)
        clause = clause_ends[at] if at < len(clause_ends) else len(flat)
        if not flat[end:clause].strip(" :") and (labelled := _labelled(flat, start, end)) is not None:
            return labelled
        item = _ITEM_END.search(flat, end) if guard.reach == "next" else None
        stop = min(clause, item.start()) if item else clause
        words = _WORD.finditer(flat, end, stop) if guard.until else ()
        return end, next((word.start() for word in words if word[0].lower() in guard.until), stop)
    if guard.reach == "back":
        begin = _between(flat, start, end, sentence_end)[0]
        if len(flat[begin:start].split()) <= _TAKEN_UP and begin and flat[begin - 1] not in "\n\t":
            begin = _between(flat, begin - 1, begin, sentence_end)[0]
        if flat[begin - 1 : begin] == "\t" and not flat[begin:start].strip():  # a cell that says it of the one in front
            return flat.rfind("\n", 0, begin) + 1, start
        items = [m.end() for m in _ITEM_END.finditer(flat, begin, start)]
        return (items[-2] if len(items) > _LISTED else begin), start  # in a list it is about the last item only
    if guard.reach == "before":
        begin = _between(flat, start, end, _ITEM_END)[0]
        if not flat[begin:start].strip() and flat[begin - 1 : begin] == ",":  # "…, exam booked"
            begin = _between(flat, begin - 1, begin, _ITEM_END)[0]
        return begin, start
    if guard.reach == "sentence":
        return _between(flat, start, end, sentence_end)
    line_end = flat.find("\n", end)
    return flat.rfind("\n", 0, start) + 1, line_end if line_end >= 0 else len(flat)


def _labelled(flat: str, start: int, end: int, *, whole: bool = False) -> tuple[int, int] | None:
    """What the phrase ``[start, end)`` labels: the rest of its row, or the next line; ``None`` where it labels nothing.

    A label is the first cell of a row, words before a colon, or a short line in front of another.

    Args:
        whole: the phrase must be all of the label, in the same line as what it labels.
    """
    begin = flat.rfind("\n", max(0, start - _LONGEST_LABEL), start) + 1
    mark = _LABEL_END.search(flat, end, end + _LONGEST_LABEL)
    if mark is None or (not begin and start > _LONGEST_LABEL) or _LABEL_END.search(flat, begin, start):
        return None
    if len(flat[begin : mark.start()].split()) > _LABEL_WORDS:
        return None
    around = _ASIDE.sub("", flat[begin:start] + flat[end : mark.start()])
    if whole and (mark[0] == "\n" or around.strip(_DECORATION)):
        return None
    row = flat.find("\n", mark.start())
    if row < 0:
        return mark.end(), len(flat)
    if flat[mark.start() : row].strip(" :"):
        return mark.end(), row
    if mark[0] == "\n" and flat[end:row].strip(" :"):
        return None
    below = flat.find("\n", row + 1)
    return row, below if below >= 0 else len(flat)
