"""What a text under Education names: degrees, schools and dates, each with its place in the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from profilefit.library.words import phrase_pattern, plain
from profilefit.models import LEVELS, DateRange, Document, Level
from profilefit.parsing.dates import find_dates

if TYPE_CHECKING:
    from profilefit.library import Library


#: A number of people in front of a degree: "4 PhD, 11 MSc".
_COUNTED = re.compile(r"(?<![\d/.,'–-])\b\d{1,2} +$")
#: The end of what leads from a degree to a word of its field, and what parts them.
_ELIDED = re.compile(r"(?:^|\s)[ld]'$")
_PARTED = re.compile(r"[,;:.|\t()]")
#: Where a sentence ends, not behind an abbreviation.
SENTENCE_END = re.compile(r"(?:(?<=\w{4})|(?<=\)))[.;!?]\s+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A degree or a school named at ``[start, end)`` of the document.

    Attributes:
        degree: id of the degree in the library; empty for a school.
        cell: the cell of a table that holds the school and nothing else.
        between: what stands between two spellings of one degree: "Masterstudium Informatik (M.Sc.)".
    """

    start: int
    end: int
    level: Level | None
    rank: int = 0
    provider: bool = False
    degree: str = ""
    between: tuple[int, int] | None = None
    cell: tuple[int, int] | None = None


@dataclass(frozen=True)
class Row:
    """A row of a section: one line with its wrapped lines, or a cell that is an entry by itself.

    ``text`` holds its facts, remarks blanked out; ``whole`` is all of it.
    """

    start: int
    end: int
    text: str
    whole: str
    degrees: tuple[Mention, ...]
    schools: tuple[Mention, ...]
    dates: tuple[DateRange, ...]
    bullet: bool
    detail: bool
    style: str
    indent: float
    gap: float

    @cached_property
    def strong(self) -> tuple[Mention, ...]:
        """Schools that can name an institution by themselves."""
        return tuple(school for school in self.schools if school.rank > 2)

    def cell_of(self, mention: Mention) -> int:
        """The number of the cell, counted from the left, in which a mention stands."""
        return self.whole.count("\t", 0, mention.start - self.start)

    @property
    def begins_with_degree(self) -> bool:
        return bool(self.degrees) and self.degrees[0].start - self.start < 3

    @cached_property
    def dated_last(self) -> bool:
        """The row names something and has its dates in the next cell."""
        named = self.text[: self.dates[0].start_char - self.start].rstrip(" (") if self.dates else ""
        return named.endswith("\t") and len(named.strip()) > 2

    @cached_property
    def dated_first(self) -> bool:
        """The row begins with its date (a date in the margin, or a table by years)."""
        return bool(self.dates) and not self.text[: self.dates[0].start_char - self.start].strip(" (\t")


class Finder:
    """Finds degrees, schools and dates in plain text."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.marks = library.degrees.marks

    def degrees(self, text: str, start: int, *, inside: bool) -> tuple[Mention, ...]:
        """Degrees named in a text that are the person's own, spellings of one degree as one mention."""
        degrees = self.library.degrees
        vetoes = [match.span() for match in self.marks.veto.pattern.finditer(text)]
        found: list[Mention] = []
        for match, name in (degrees.inside if inside else degrees.outside).find_all(text):
            if _is_word(match.group(), text, match.start()) or _vetoed(match.span(), vetoes, text):
                continue
            if _COUNTED.search(text, max(0, match.start() - 8), match.start()):
                continue
            if self._in_a_name(text, *match.span()):
                continue
            mention = Mention(start + match.start(), start + match.end(), degrees.degree[name].level, degree=name)
            between = text[found[-1].end - start : match.start()] if found else ""
            if found and _same(found[-1], mention, between):
                first = min(found[-1], mention, key=lambda m: order(m.level))
                gap = found[-1].between or ((found[-1].end, mention.start) if any(map(str.isalpha, between)) else None)
                found[-1] = replace(found[-1], end=mention.end, level=first.level, degree=first.degree, between=gap)
            elif not (self._is_field(text, match.start()) or (found and self._leads_to_field(between))):
                found.append(mention)
        found = [mention for mention in found if not self._is_state(text, start, mention, found)]
        if inside:
            found = [mention for mention in found if self.told(text, mention.start - start) != "nothing"]
        return tuple(replace(mention, level=self.level(mention, text, None)) for mention in found)

    def told(self, text: str, at: int) -> Literal["listed", "held", "open", "begun", "nothing"]:
        """What the sentence around a degree at that character says of it; ``listed`` where it is no sentence."""
        begin, end = sentence_around(text, at)
        sentence, marks = text[begin:end], self.marks
        if not (self.article.search(text[begin:at]) or marks.spoken.pattern.search(sentence)):
            return "listed"
        if marks.open.pattern.search(sentence):
            return "open"
        if marks.begun.pattern.search(sentence):
            return "begun"
        if marks.held.pattern.search(sentence):
            return "held"
        return "held" if self.dates(sentence, 0) and self._names_school(sentence) else "nothing"

    @cached_property
    def article(self) -> re.Pattern[str]:
        """An article in front of a degree, with a word between them or without."""
        return re.compile(rf"(?:^|[\s(])(?:{_any_of(self.marks.article.words)})\s(?:[\w-]+\s)?$", re.IGNORECASE)

    def level(self, mention: Mention, text: str, end: str | None) -> Level | None:
        """The level of a degree in an entry of that text and end (``YYYY…``), which may say more than its name."""
        degree = self.library.degrees.degree.get(mention.degree)
        if degree is None or mention.level != degree.level or not degree.beside:
            return mention.level
        end = end or max((date.end or "" for date in self.dates(text, 0)), default="")
        for beside in degree.beside:
            if beside.pattern.search(text) or (beside.before and end and end < beside.before):
                return beside.level
        return mention.level

    def _leads_to_field(self, between: str) -> bool:
        """Whether a degree leads over to its field here, so that no second degree follows: "Máster en Ingeniería"."""
        word = between.strip()
        if found := _ELIDED.search(between):  # "Doctorat en sciences de l'ingénieur"
            return not _PARTED.search(between, 0, found.start())
        return bool(word) and "\t" not in between and bool(self.marks.to_field.pattern.fullmatch(word))

    def _is_field(self, text: str, at: int) -> bool:
        """Whether a degree's name is the field of a course without one: "Especialização (lato sensu) em Engenharia"."""
        for course in self.marks.not_degree.pattern.finditer(text[:at]):
            between = re.sub(r"^\s*\([^()]*\)", "", text[course.end() : at]).strip()
            if between and self.marks.to_field.pattern.fullmatch(between):
                return True
        return False

    def _is_state(self, text: str, start: int, mention: Mention, found: Sequence[Mention]) -> bool:
        """Whether two letters behind the name of a town are its state: "Bates College, Lewiston, ME"."""
        at, end = mention.start - start, mention.end - start
        before, after = text[:at], text[end:]
        if not self.marks.state.pattern.fullmatch(text[at:end]) or not re.search(r"[^\W\d_a-z][\w.' -]+,\s$", before):
            return False
        if not re.match(r"\s*(?:$|[\t,;)|·(–—-]|\d{5}|\d{4}\b)", after):
            return False
        town = re.split(r"[,\t|;·(]\s*|\s[–—-]\s", before.rstrip(", "))[-1]
        if self.marks.subject.pattern.search(town):
            return False
        return len(found) > 1 or not self.schools(town, 0)

    def _in_a_name(self, text: str, start: int, end: int) -> bool:
        """Whether a kind of school that also names its diploma is part of a longer name: "Durban High School"."""
        schools = self.library.institutions.root.values()
        if not any(words.level and words.pattern.fullmatch(text[start:end]) for words in schools):
            return False
        before, after = text[:start], text[end:]
        begins = re.search(r"(?:^|[,;:|·(\t\n])\s*$", before)
        ends = re.match(r"\s*(?:$|[,;:|·)(\t\n]|[–—-]\s|\d)", after)
        return not (begins and ends)

    def schools(self, text: str, start: int) -> tuple[Mention, ...]:
        """Words for schools in a text, the longest where they overlap."""
        kinds = self.library.institutions.root
        found = [
            Mention(
                start + match.start(), start + match.end(), kinds[kind].level, kinds[kind].rank, kinds[kind].provider
            )
            for match, kind in self.library.institutions.finder.find_overlapping(text)
        ]
        longest = {s for s in found if not any(_inside(s, other) for other in found)}
        return tuple(sorted(longest, key=lambda school: (school.start, -school.rank, str(school.level))))

    def dates(self, text: str, start: int) -> tuple[DateRange, ...]:
        return tuple(find_dates(text.replace("\n", " "), self.library.calendar, start))

    def facts(self, whole: str) -> str:
        """A row without the labels of a form, and with the remark behind its facts blanked out, up to the next cell.

        A remark is "…, 2016. Thesis: …"; dates that close it in brackets are kept: "… with 8.9 CGPA (2017-2021)".
        """
        whole = self._unlabelled(whole)
        for bracket in re.finditer(r"\([^()]*\d{4}[^()]*\)", whole):
            if self.marks.aside.pattern.search(bracket[0]):
                whole = whole[: bracket.start()] + " " * len(bracket[0]) + whole[bracket.end() :]
        for match in self.marks.detail.pattern.finditer(whole):
            at = match.start()
            behind = at > 12 and re.search(r"(?:[.;)]|\d,?)\s+$", whole[:at])
            if behind and not self.marks.open.pattern.match(whole, at):
                tab = whole.find("\t", at)
                end = tab if tab >= 0 else len(whole)
                if self.marks.grade.pattern.match(whole, at):
                    if self._names_school(whole[at:end]) and not self._names_school(whole[:at]):
                        continue  # "BEng (Mining) Honours IIA, University of …"
                    ranges = [date for date in self.dates(whole[at:end], at) if date.start_char > at]
                    end = ranges[0].start_char if ranges and not self.dates(whole[:at], 0) else end
                return whole[:at] + " " * (end - at) + whole[end:]
        return whole

    def _names_school(self, text: str) -> bool:
        return any(school.rank > 2 for school in self.schools(text, 0))

    def _unlabelled(self, whole: str) -> str:
        """The text with the names of a form's lines blanked out: "Degree: MSc", "Title of qualification awarded"."""
        for cell in re.finditer(r"(?:^|[\t\n;|])[\s•·*-]*", whole):
            label = self.marks.label.pattern.match(whole, cell.end())
            if label is None:
                continue
            after = re.compile(r"\s*[:：]\s*|\s*\t\s*").match(whole, label.end())
            if after or (len(label[0].split()) > 3 and cell.end() == 0):
                end = after.end() if after else label.end()
                whole = whole[: label.start()] + " " * (end - label.start()) + whole[end:]
        return whole


class Reader(Finder):
    """A finder at work in one document."""

    def __init__(self, document: Document, library: Library) -> None:
        super().__init__(library)
        self.document = document
        self.text = plain(document.text)

    def is_subject(self, start: int, end: int) -> bool:
        """Whether the characters ``[start, end)`` hold a word of a field of study."""
        return self.is_subject_text(self.text[start:end])

    def is_subject_text(self, text: str) -> bool:
        return self.marks.subject.pattern.search(plain(text)) is not None

    @cached_property
    def name_run(self) -> re.Pattern[str]:
        """The part of a name in front of its telling word: capitalised words, particles between them."""
        particles = _any_of(self.marks.particle.words)
        return re.compile(rf"(?:(?:[^\W\d_a-z]|\d)[\w.'&-]*\s+(?:(?:{particles})\s+)*)*(?:[^\W\d_a-z][\w.'-]*-)?$")

    @cached_property
    def unfinished_row(self) -> re.Pattern[str]:
        """A word at the end of a line that goes on in the next."""
        return re.compile(rf"\s(?:{_any_of(self.marks.unended.words)})$")

    @cached_property
    def trailing(self) -> re.Pattern[str]:
        """A small word at the end of a piece that leads on to what follows: "University of Leeds in" 2012."""
        return re.compile(rf"\s(?:{_any_of((*self.marks.to_school.words, *self.marks.where.words))})$")

    @cached_property
    def to_place(self) -> re.Pattern[str]:
        """A word that leads over to a school, with the spaces around it: "… an der Universität"."""
        return re.compile(rf"(?<=\w)\s(?:{_any_of(self.marks.where.words)})\s")

    @cached_property
    def to_school(self) -> re.Pattern[str]:
        """A word in front of a school, with the spaces around it."""
        return re.compile(rf"\s(?:{_any_of(self.marks.to_school.words)})\s")

    @cached_property
    def faculty(self) -> re.Pattern[str]:
        """A subject in front of the part of a school where it is studied, written in one word."""
        university, faculty = _any_of(self.marks.university.words), _any_of(self.marks.faculty.words)
        return re.compile(rf"(?P<subject>(?:(?!{university})[^\W\d])+?)(?:{faculty})")

    @cached_property
    def before_start(self) -> re.Pattern[str]:
        """A word in front of the date at which a course began."""
        entered, to_date = _any_of(self.marks.entered.words), _any_of(self.marks.to_date.words)
        return re.compile(rf"(?:{entered})[\s.:(]*(?:(?:{to_date})\s)?$", re.IGNORECASE)

    def begins(self, date: DateRange) -> bool:
        """Whether a point in time is the beginning of a course: "Incoming Fall 2025", "2020年4月 入学"."""
        if date.start != date.end:
            return False
        before = self.text[max(0, date.start_char - 24) : date.start_char]
        if self.before_start.search(before.rsplit("\n")[-1]):
            return True
        words = self.text[date.start_char : date.end_char]
        after = self.text[date.end_char : date.end_char + 60].split("\n")[0]
        entered = self.marks.entered.pattern
        return bool(entered.match(words) or any(ord(m[0][0]) > 0x2E80 for m in entered.finditer(after)))

    @cached_property
    def own_field(self) -> re.Pattern[str]:
        """The field at the end of a degree's own name."""
        return re.compile(rf"(?:(?:{_any_of(self.marks.to_field.words)})\s+|\bd')(\w[^()]+?)[)\s]*$")

    def row(self, start: int, end: int, like: Row | None = None, *, index: int = 0, inside: bool = True) -> Row:
        """The row of the characters ``[start, end)``; ``like`` gives its looks where it is part of another row."""
        line = self.document.lines[index]
        whole = self.text[start:end]
        text = self.facts(whole)
        degrees = self.degrees(text, start, inside=inside)
        schools = tuple(s for s in self.schools(text, start) if not any(d.start <= s.start < d.end for d in degrees))
        dates = self.dates(text, start)
        degrees = tuple(d for d in degrees if not any(date.start_char <= d.start < date.end_char for date in dates))
        known = {date.start_char for date in dates}
        dates += tuple(date for date in self.dates(whole, start) if date.expected and date.start_char not in known)
        lead = re.match(r"[\s(\[\"“*•-]*", text)
        at = lead.end() if lead else 0
        detail = self.marks.detail.pattern.match(text, at)
        is_detail = bool(detail) and not any(m.start <= start + at + 1 for m in (*degrees, *schools))
        if not is_detail and text.startswith("(") and not degrees and not dates:
            is_detail = not any(s.rank > 2 for s in schools)
        if like:
            return replace(like, start=start, end=end, text=text, degrees=degrees, schools=schools, dates=dates,
                           detail=is_detail, whole=whole)  # fmt: skip
        return Row(start, end, text, whole, degrees, schools, dates, line.bullet, is_detail, line.style, line.indent,
                    line.gap)  # fmt: skip


@lru_cache(maxsize=64)
def _any_of(words: tuple[str, ...]) -> str:
    """A regular expression for any of the words, remembered: each document asks for the same."""
    return phrase_pattern(words)


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Characters ``[begin, end)`` of the sentence that holds a character.

    >>> sentence_around("BSc, Leeds, 2014. No doctorate.", 21)
    (18, 31)
    """
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    return max((end for end in ends if end <= at), default=0), min((end for end in ends if end > at), default=len(text))


def _same(one: Mention, two: Mention, between: str) -> bool:
    """Whether two mentions are one degree in two spellings: "Master of Science (M.Sc.)", "BS/MS"."""
    if re.fullmatch(r"[-–—/(,，+&\s]*", between) and "\t" not in between:
        return True
    return one.level == two.level and len(between) < 60 and bool(re.fullmatch(r"[^\t;()\d]*\(\s*", between))


def _inside(one: Mention, two: Mention) -> bool:
    """Whether a mention is part of a longer one."""
    return two.start <= one.start and one.end <= two.end and two.end - two.start > one.end - one.start


def _is_word(surface: str, text: str, at: int) -> bool:
    """Whether a short spelling is more likely an ordinary word: "me", "be", "as"."""
    letters = re.sub(r"[^\w]", "", surface)
    if at and text[at - 1] in "*+":  # grades: "A*A*AA"
        return True
    if len(letters) > 3 or not letters.isascii() or "." in surface:
        return False
    if len(letters) < 3:
        return not letters.isupper()
    return letters.islower() and bool(text[:at].strip())


def _vetoed(span: tuple[int, int], vetoes: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether a veto holds a mention, leads up to it, or follows it at once."""
    for start, end in vetoes:
        if start < span[1] and end > span[0]:
            return True
        between = text[end : span[0]] if end <= span[0] else text[span[1] : start]
        reach = 26 if end <= span[0] else 2
        if len(between) <= reach and not re.search(r"[.;,:()|\t\n·]", between):
            return True
    return False


def order(level: Level | None) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
