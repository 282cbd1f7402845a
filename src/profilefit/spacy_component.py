"""``nlp.add_pipe("profilefit_skills")``: the skills of the lexicon as spans, in anyone's spaCy pipeline.

The factory is an entry point, which spaCy imports with every pipeline of every language; so nothing but spaCy is
imported here before the component is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc


@Language.factory(
    "profilefit_skills", assigns=["doc.spans"], default_config={"skills": None, "spans_key": "profilefit"}
)
def make_skill_spans(
    nlp: Language,  # noqa: ARG001  spaCy hands every factory its pipeline and its name
    name: str,  # noqa: ARG001
    skills: str | None,
    spans_key: str,
) -> SkillSpans:
    """The component of a pipeline.

    Args:
        skills: a skills directory of one's own, laid over the shipped data.
        spans_key: where in ``doc.spans`` the spans are put.
    Raises:
        InvalidSkills: the directory has problems.
    """
    return SkillSpans(skills, spans_key)


class SkillSpans:
    """Puts a span into ``doc.spans`` for each mention of a skill that counts.

    The label of a span is the skill's category and its ``kb_id_`` the skill's id. What is negated, wished for or
    another's is left out, as is an ordinary word that nothing speaks for. A line of the text is read as a sentence of
    a job, since a bare text has no sections; what depends on the trade of a whole CV is not asked.
    """

    def __init__(self, skills: str | None, spans_key: str) -> None:
        from profilefit.library import load_library

        self.skills = skills
        self.spans_key = spans_key
        load_library(skills)  # a problem of the data is told now, not with the first text

    def __call__(self, doc: Doc) -> Doc:
        """The document, with its spans; one that begins or ends inside a token takes the whole of it."""
        spans = {}
        for skill, category, start, end in self._mentions(doc.text):
            span = doc.char_span(start, end, label=category, kb_id=skill, alignment_mode="expand")
            if span is not None:
                spans[span.start, span.end, skill] = span
        doc.spans[self.spans_key] = list(spans.values())
        return doc

    def _mentions(self, text: str) -> list[tuple[str, str, int, int]]:
        from profilefit.library import load_library
        from profilefit.models import worth
        from profilefit.parsing.guards import find_guarded
        from profilefit.parsing.others import find_deeds
        from profilefit.parsing.skills import find_mentions
        from profilefit.parsing.statements import sentences_document

        library = load_library(self.skills)
        document, statements = sentences_document(text.split("\n"))
        guarded = [guard for guard in find_guarded(document.flat, library) if not guard.outsider]
        guarded += find_deeds(document.flat, library.levels.others)
        return [
            (mention.skill, library.skills[mention.skill].category, mention.start, mention.end)
            for mention in find_mentions(document, statements, library, guarded)
            if not mention.rejected and worth(statements, guarded, mention.start, mention.end)[0]
        ]
