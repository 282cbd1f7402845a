"""A document as a career: sections, education, positions, publications and skills, every claim with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from profilefit.library import Library
from profilefit.library.words import plain
from profilefit.models import Document, Education, Guarded, Note, Position, Profile, Publication, Section
from profilefit.parsing.doers import ANOTHERS
from profilefit.parsing.education import add_posts, find_education
from profilefit.parsing.entries import find_entries
from profilefit.parsing.guards import find_guarded, guard_sections
from profilefit.parsing.language import find_language
from profilefit.parsing.others import find_others
from profilefit.parsing.personal import set_apart
from profilefit.parsing.positions import find_positions
from profilefit.parsing.publications import find_publications
from profilefit.parsing.sections import find_sections
from profilefit.parsing.skills import find_skills
from profilefit.parsing.statements import find_statements, raise_shown
from profilefit.parsing.trade import in_force
from profilefit.parsing.usage import add_uses

__all__ = ["parse"]


_NO_CV = Note("no-cv", "No heading, post, degree, paper or skill of a CV was found in this text. Is it one?")
#: Characters around a title or degree within which the name of its organisation stands.
_NEAR = 250
#: What a comma parts from a name: "Department of Mathematics, University of Leeds".
_UNIT = re.compile(r"(?:^|[,;|\t\n]\s*)([^,;|\t\n]+),\s*\Z")


def find_names(
    document: Document, education: Iterable[Education], positions: Iterable[Position], library: Library
) -> Iterator[tuple[int, int]]:
    """Where employers and schools are named, a department in front of them, too, as characters ``[start, end)``."""
    named = [(post.organisation, post.evidence) for post in positions]
    named += [(course.institution, course.evidence) for course in education]
    for name, evidence in named:
        for cited in evidence if name else ():
            first = max(0, cited.start - _NEAR)
            at = document.flat.find(name or "", first, cited.end + _NEAR)
            if at >= 0:
                unit = _UNIT.search(document.flat, first, at)
                inside = unit and library.institutions.root["part"].pattern.search(plain(unit[1]))
                yield unit.start(1) if unit and inside else at, at + len(name or "")


def find_venues(document: Document, publications: Iterable[Publication], library: Library) -> Iterator[tuple[int, int]]:
    """Where the papers' conferences and journals are named: "Pattern Recognition" is no skill there."""
    for line in document.lines:
        if line.fields and (venue := document.field(line, "venue")):
            yield venue
    for paper in publications:
        for cited in paper.evidence:
            for mention in library.venues.find(plain(document.flat[cited.start : cited.end])):
                yield cited.start + mention.start, cited.start + mention.end


def parse(document: Document, library: Library) -> Profile:
    """What a document says of a career.

    Name, contact data, age, gender and nationality are not read.
    """
    language = document.source.language or find_language(document.text, library)
    document = replace(document, source=replace(document.source, language=language))
    sections, personal = set_apart(document, find_sections(document, library), library)
    entries = find_entries(document, sections, library)
    publications = find_publications(document, sections, library)
    statements = find_statements(document, sections, entries, library)
    statements = raise_shown(statements, entries, publications, document)
    headed = guard_sections(document, sections, library)
    found = (*find_guarded(document.flat, library), *find_others(document, sections, library), *headed, *personal)
    guarded = tuple(sorted(found, key=lambda g: (g.start, g.end)))
    others = [told for told in guarded if told.reason == ANOTHERS]
    education = find_education(document, sections, others, library)
    positions = find_positions(document, sections, library)
    education = add_posts(education, positions, library)
    guarded = in_force(guarded, document, statements, positions, education, library)
    names = tuple(find_names(document, education, positions, library))
    venues = tuple(find_venues(document, publications, library))
    skills, rejections = find_skills(document, statements, guarded, library, (*names, *venues))
    skills = add_uses(skills, document, statements, entries, publications, library)
    silent = [Guarded(*name, 0, "the name of an employer or school") for name in names]
    silent += [Guarded(e.dates.start_char, e.dates.end_char, 0, "a date") for e in entries if e.dates]
    return Profile(
        document=document,
        sections=sections,
        entries=entries,
        statements=statements,
        education=education,
        positions=positions,
        publications=publications,
        skills=skills,
        guarded=tuple(sorted((*guarded, *silent), key=lambda g: (g.start, g.end))),
        rejections=rejections,
        notes=() if _is_cv(sections, positions, education, publications, skills) else (_NO_CV,),
    )


def _is_cv(sections: Iterable[Section], *found: Sequence[object]) -> bool:
    """Whether a text has anything of a CV: a heading of one, a post, a degree, a paper, a skill."""
    return any(found) or any(section.title and section.kind != "other" for section in sections)
