"""The shape of ``skills/lexicon/*.toml``: one table a skill."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

#: Marks that may be left out of a word, so that they are none by themselves; and a word, a star at its ends perhaps.
_MARK = r"[.'’‐‑-]"
_FULL = rf"\*?{_MARK}*[^\s*.'’‐‑-][^\s*]*\*?"

#: A word or phrase of a list, that there is something to find of; it neither begins nor ends with a space.
Word = Annotated[str, StringConstraints(pattern=rf"^(?:{_MARK}+\s+)*{_FULL}(?:\s+(?:{_MARK}+|{_FULL}))*$")]


class Data(BaseModel):
    """Base of everything read from TOML: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SkillEntry(Data):
    """A skill and the ways people write it.

    Attributes:
        aliases: surfaces found in any case (see ``phrases.LoosePhrases`` for what else makes no difference).
        cased: surfaces accepted in exactly this case.
        doubtful: surfaces in exactly this case that count only with support around them: a skills section, a list
            with other known skills, or a word of ``needs`` in the same paragraph.
        needs: words or phrases that support a doubtful mention.
        unless: phrases that veto. One that contains the mention vetoes that mention; one that does not vetoes
            every mention of the skill in the paragraph.
        forename: the name is a forename as well, so that with a surname behind it ("Julia Ferrand") it is a person.
        implies: ids of skills that whoever used this one has used as well.
        esco: the concept in the European skills classification (ESCO), where there is one.
        yes, no: lines in which the skill must and must not be found; they run as tests.
    """

    id: str
    category: str
    name: Word
    aliases: tuple[Word, ...] = ()
    cased: tuple[Word, ...] = ()
    doubtful: tuple[Word, ...] = ()
    needs: tuple[Word, ...] = ()
    unless: tuple[Word, ...] = ()
    forename: bool = False
    implies: tuple[str, ...] = ()
    esco: str | None = None
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()

    @property
    def loose(self) -> tuple[str, ...]:
        """All surfaces found in any case, the name among them unless another class holds it."""
        named = () if self.name in self.cased or self.name in self.doubtful else (self.name,)
        return (*named, *self.aliases)
