"""Degrees, publications, posts and mentions of skills as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from profilefit.library import REMEMBERED, Library
from profilefit.library.roles import ML_TITLE, OTHER_TRADE, VENUES, Area, Cap, Fact, Requirement, Words
from profilefit.matching.evidence import Found, Reading, expand
from profilefit.models import Education, Evidence, Profile, Publication, Skill
from profilefit.phrases import LoosePhrases, fold, tokenise

#: Distinct methods of one area that show depth in it.
_METHODS_FOR_DEPTH = 2

#: Sections that list publications, where every paragraph is one.
_LISTS = ("publications", "patents")

#: The group of ``groups.toml`` with the titles of posts that are about the subject by themselves.
_TITLES = f"<{ML_TITLE}>"

#: The group with the titles of posts that build nothing.
_TRADES = f"<{OTHER_TRADE}>"

#: Categories of skills that things are built with.
_LIBRARIES, _LANGUAGES = "ml-library", "language"

#: Letters of the shortest name of a conference or journal that says enough in running text.
_SHORTEST_VENUE = 4

#: Skills of the subject that must be used, or named, for a text without a post on either path to be about it.
_FEWEST_USED, _FEWEST_NAMED = 2, 3


@lru_cache(maxsize=REMEMBERED)
def group_words(library: Library) -> Mapping[str, Words]:
    """The groups of ``groups.toml`` by id, and as ``venue`` the names of conferences and journals."""
    venues = (v for v in library.venues.venues.values() if v.kind in ("conference", "journal") and not v.ambiguous)
    names = tuple(name for venue in venues for name in (*venue.cased, *venue.aliases) if len(name) >= _SHORTEST_VENUE)
    return {VENUES: names, **{group.id: group.words for group in library.groups.group}}


@lru_cache(maxsize=REMEMBERED)
def _phrases(library: Library) -> dict[Words, LoosePhrases[str]]:  # noqa: ARG001  it is the key
    """The word lists of a library that have been asked for."""
    return {}


def says(text: str, words: Words, library: Library) -> bool:
    """Whether a short text holds one of the words of a list."""
    if not text or not words:
        return False
    known = _phrases(library)
    if words not in known:
        known[words] = LoosePhrases((word, word) for word in expand(words, group_words(library)))
    return bool(known[words].find(tokenise(text)))


def find_facts(fact: Fact, profile: Profile, library: Library) -> list[Found]:
    """The evidence for a fact; empty when there are fewer than it takes."""
    if fact.of == "publication":
        cited = [p.evidence for p in profile.publications if _is_publication(fact, p, library)]
    elif fact.of == "degree":
        cited = [e.evidence for e in profile.education if _is_degree(fact, e, library)]
    else:
        cited = [
            p.evidence
            for p in profile.positions
            if (not fact.tracks or p.track in fact.tracks) and (not fact.words or says(p.title, fact.words, library))
        ]
    found = [Found(fact.id, fact.level, e[0].start, e[0].end, fact.part, None) for e in cited if e]
    return found if len(found) >= fact.at_least else []


def _is_publication(fact: Fact, publication: Publication, library: Library) -> bool:
    return (
        (not fact.kinds or publication.kind in fact.kinds)
        and (not fact.accepted or publication.accepted)
        and (not fact.main_venue or publication.venue in _main_venues(library))
        and (not fact.words or says(_words_of(publication.title, publication.evidence), fact.words, library))
        and (
            not fact.about
            or publication.venue in library.venues.venues
            or any(says(e.quote, fact.about, library) for e in publication.evidence)
        )
        and not any(says(e.quote, fact.never, library) for e in publication.evidence)
        and not all(e.section not in _LISTS and says(e.quote, fact.unless, library) for e in publication.evidence)
    )


@lru_cache(maxsize=REMEMBERED)
def _main_venues(library: Library) -> frozenset[str]:
    return frozenset(venue.name for venue in library.venues.venues.values() if venue.main)


def _is_degree(fact: Fact, education: Education, library: Library) -> bool:
    if fact.degrees and education.level not in fact.degrees:
        return False
    if fact.statuses and education.status not in fact.statuses:
        return False
    named = f"{education.degree} | {education.field or ''}"
    if fact.not_fields and says(named, fact.not_fields, library):
        return False
    return not fact.fields or says(named, fact.fields, library)


def _words_of(title: str | None, evidence: Iterable[Evidence]) -> str:
    return title or " ".join(e.quote for e in evidence)


def _names(words: Words, skill: Skill) -> bool:
    return bool(words) and (skill.id in words or f"@{skill.category}" in words)


def _cap(caps: Iterable[Cap], skill: Skill) -> int:
    return min((cap.level for cap in caps if _names(cap.skills, skill)), default=3)


def find_skill_mentions(
    requirement: Requirement, profile: Profile, library: Library, part: str | None = None
) -> Iterator[Found]:
    """Mentions of the requirement's own skills, each at the level it counts for."""
    for skill in profile.skills:
        if _names(requirement.except_skills, skill) or (
            skill.implied_by and set(skill.implied_by) <= set(requirement.except_skills)
        ):
            continue
        if _names(requirement.skills, skill):
            highest = min(_cap(requirement.caps, skill), requirement.implied if skill.implied_by else 3)
            if requirement.backed and highest > 1 and not skill.implied_by:
                yield from _backing(skill, profile, library, part)
        elif _names(requirement.listed_skills, skill) and not skill.implied_by:
            highest = 1
        else:
            continue
        for evidence in skill.evidence if highest else ():
            level = max(1, min(highest, evidence.level))
            entry = _entry(profile, evidence.start)
            implied = bool(skill.implied_by)
            yield Found(skill.id, level, evidence.start, evidence.end, part, entry, indirect=implied, named=True)


def _backing(skill: Skill, profile: Profile, library: Library, part: str | None) -> Iterator[Found]:
    """Uses at work of other skills that cannot be used without this one."""
    for other in profile.skills:
        if not other.implied_by and skill.id in library.implied(other.id):
            for evidence in other.evidence:
                if evidence.level >= 2:
                    entry = _entry(profile, evidence.start)
                    yield Found(other.id, 2, evidence.start, evidence.end, part, entry, indirect=True)


def is_about(profile: Profile, library: Library) -> bool:
    """Whether a profile has anything to do with the roles: a post on their path, a main-track paper, or skills.

    A post whose title does not name the subject ("software engineer") takes one of its skills, used, beside it.
    """
    subject = {word for role in library.roles.values() for word in role.subject}
    anybody = {word for role in library.roles.values() for word in role.not_subject}
    skills = [
        skill
        for skill in profile.skills
        if not skill.implied_by and skill.id not in anybody and (f"@{skill.category}" in subject or skill.id in subject)
    ]
    used = [skill for skill in skills if skill.level != "listed"]
    on_path = any(
        position.track != "other" and (used or says(position.title, (_TITLES,), library))
        for position in profile.positions
    )
    main = _main_venues(library)
    published = any(paper.kind == "conference" and paper.venue in main for paper in profile.publications)
    return on_path or published or len(used) >= _FEWEST_USED or len(skills) >= _FEWEST_NAMED


def is_builder(profile: Profile, library: Library) -> bool:
    """Whether somebody may have built what the text names: a post on the paths, none at all, or a tool used."""
    if not profile.positions:
        return True
    if any(position.track != "other" or says(position.title, (_TITLES,), library) for position in profile.positions):
        return True
    return any(
        not skill.implied_by
        and (skill.category == _LIBRARIES or (skill.category == _LANGUAGES and skill.level != "listed"))
        for skill in profile.skills
    )


def entries_of_other_trades(profile: Profile, library: Library) -> frozenset[int]:
    """The entries of posts whose holders sell, buy, judge or write about things that others build."""
    found = set()
    for position in profile.positions:
        if position.track == "other" and position.evidence and says(position.title, (_TRADES,), library):
            entry = _entry(profile, position.evidence[0].start)
            if entry is not None and not says(position.title, (_TITLES,), library):
                found.add(entry)
    return frozenset(found)


def names_a_tool(profile: Profile, offset: int) -> bool:
    """Whether the paragraph at a character names a language or library that was used there."""
    statement = profile.statement_at(offset)
    return statement is not None and any(
        skill.category in (_LIBRARIES, _LANGUAGES)
        and not skill.implied_by
        and any(statement.start <= e.start < statement.end and e.level > 1 for e in skill.evidence)
        for skill in profile.skills
    )


# ── areas of machine learning ────────────────────────────────────────────────────────────────────────────────────


def area_lists(library: Library) -> Iterator[Words]:
    """All word lists of the areas."""
    for area in library.areas.area:
        yield from (area.names, area.methods)


def find_depth(reading: Reading, library: Library, never: Words = ()) -> list[Found]:
    """Evidence of the area the person knows best: two of its methods at work, or one in a thesis or paper."""
    profile = reading.profile
    best: list[Found] = []
    for area in library.areas.area:
        found = _area_evidence(area, reading, profile, never)
        if _rank(found) > _rank(best):
            best = found
    return best


def _rank(found: list[Found]) -> tuple[int, int]:
    levels = [item.level for item in found]
    return max(levels, default=0), sum(levels)


def _area_evidence(area: Area, reading: Reading, profile: Profile, never: Words) -> list[Found]:
    """What shows one area, lowered to "listed" where it is only named or only one method of it was used."""
    methods: dict[str, list[Found]] = {}
    for skill in profile.skills:
        if skill.id in area.skills and not skill.implied_by:
            for e in skill.evidence:
                if not _is_course(profile, e.start) and not reading.says(never, e.start):
                    found = Found(area.id, e.level, e.start, e.end, None, _entry(profile, e.start))
                    methods.setdefault(fold(e.match), []).append(found)
    for sentence in reading.holding(area.methods, area.names):
        for words, is_method in ((area.methods, True), (area.names, False)):
            for start, end in reading.spans(words, sentence):
                level = profile.worth(start, end)[0]
                if level and not _is_course(profile, start) and not reading.says(never, start):
                    key = fold(profile.document.flat[start:end]) if is_method else ""
                    methods.setdefault(key, []).append(Found(area.id, level, start, end, None, _entry(profile, start)))
    _merge_overlaps(methods)
    used = {key for key, found in methods.items() if key and any(item.level >= 2 for item in found)}
    named_at_work = any(item.level >= 2 for item in methods.get("", ()))
    studied = any(item.level >= 2 and _is_research(profile, item) for found in methods.values() for item in found)
    deep = len(used) + named_at_work >= _METHODS_FOR_DEPTH or studied
    every = [item for found in methods.values() for item in found]
    if deep:
        return every
    return [Found(i.by, 1, i.start, i.end, i.part, i.entry) for i in every]


def _entry(profile: Profile, offset: int) -> int | None:
    statement = profile.statement_at(offset)
    return statement.entry if statement else None


def _is_course(profile: Profile, offset: int) -> bool:
    """Whether the words only name what somebody else taught."""
    statement = profile.statement_at(offset)
    return statement is not None and statement.section in ("courses", "certifications")


def _merge_overlaps(methods: dict[str, list[Found]]) -> None:
    """A method found both as a skill and as words of the area counts once: the skill's mention stays."""
    taken: list[tuple[int, int]] = []
    for key in list(methods):
        kept = [f for f in methods[key] if not any(f.start < b and a < f.end for a, b in taken)]
        taken += [(f.start, f.end) for f in kept]
        if kept:
            methods[key] = kept
        else:
            del methods[key]


def _is_research(profile: Profile, found: Found) -> bool:
    """Whether the words stand in a paper, a patent or a thesis of the person."""
    statement = profile.statement_at(found.start)
    return statement is not None and statement.section in ("publications", "patents", "thesis")
