"""A document as a career: sections, education, positions, publications and skills, every claim with its evidence."""

from __future__ import annotations

from dataclasses import replace

from profilefit.library import Library
from profilefit.models import Document, Profile
from profilefit.parsing.education import find_education
from profilefit.parsing.language import find_language
from profilefit.parsing.positions import find_entries, find_positions
from profilefit.parsing.publications import find_publications
from profilefit.parsing.sections import find_sections
from profilefit.parsing.skills import find_skills
from profilefit.parsing.statements import find_guarded, find_statements

__all__ = ["parse"]


def parse(document: Document, library: Library) -> Profile:
    """What a document says of a career.

    Name, contact data, age, gender and nationality are not read.
    """
    language = document.source.language or find_language(document.text, library)
    document = replace(document, source=replace(document.source, language=language))
    sections = find_sections(document, library)
    entries = find_entries(document, sections, library)
    statements = find_statements(document, sections, entries, library)
    guarded = find_guarded(document.flat, library)
    skills, rejections = find_skills(document, statements, guarded, library)
    return Profile(
        document=document,
        sections=sections,
        entries=entries,
        statements=statements,
        education=find_education(document, sections, library),
        positions=find_positions(document, sections, library),
        publications=find_publications(document, sections, library),
        skills=skills,
        guarded=guarded,
        rejections=rejections,
    )
