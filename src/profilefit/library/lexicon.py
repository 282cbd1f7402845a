"""The shape of ``skills/lexicon/*.toml``: one table a skill."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


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
        implies: ids of skills that whoever used this one has used as well.
        esco: the concept in the European skills classification (ESCO), where there is one.
        yes, no: lines in which the skill must and must not be found; they run as tests.
    """

    id: str
    category: str
    name: str
    aliases: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    esco: str | None = None
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()

    @property
    def loose(self) -> tuple[str, ...]:
        """All surfaces found in any case, the name among them unless another class holds it."""
        named = () if self.name in self.cased or self.name in self.doubtful else (self.name,)
        return (*named, *self.aliases)
