"""What ``skills/roles/*.toml``, ``groups.toml``, ``areas.toml`` and ``adjacency.toml`` may hold.

A role is a list of requirements. A requirement is shown by mentions of skills, by *patterns* (an action and an
object in one sentence: "deployed … the model") and by *facts* (a paper, a degree). The notation of every word list:

- ``deploy*``       a phrase as :class:`profilefit.phrases.LoosePhrases` compares it;
- ``<deploy>``      all words of a group of ``groups.toml``, ``<venue>`` the names of conferences and journals;
- ``@cloud``        a mention of any skill of a category;
- ``#pytorch``      a mention of one skill.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from profilefit.library.credentials import Kind
from profilefit.library.lexicon import Data, Word
from profilefit.models import Level, PublicationKind, Status, Track

#: The group that holds the names of conferences and journals, without standing in ``groups.toml``.
VENUES = "venue"
#: Groups that verdicts ask for by name: titles of posts about the subject, and of posts that build nothing.
ML_TITLE, OTHER_TRADE = "ml-title", "other-trade"

Words = tuple[Word, ...]
Reach = Literal["sentence", "paragraph", "entry"]
Effort = Literal["S", "M", "L", "XL"]
EvidenceLevel = Annotated[int, Field(ge=1, le=3)]


def group_of(word: str) -> str | None:
    """The group that a word of a list stands for; ``None`` for a word that means itself."""
    return word[1:-1] if word.startswith("<") and word.endswith(">") else None


class Group(Data):
    """Words that several patterns share; ``about`` says what they have in common."""

    id: str
    about: str = ""
    words: Words


class Groups(Data):
    """``groups.toml``."""

    group: tuple[Group, ...]


class Pattern(Data):
    """A way of saying that one has done something.

    Attributes:
        action: what was done; empty when the object says it all ("literature review").
        object: what it was done to or with.
        context: something else that must stand near, so far as ``context_within`` says.
        unless: words that make the sentence say something else.
        level: the highest level of evidence it may give.
        within: how near action and object must stand.
        sections: kinds of sections it is looked for in; all, when empty.
        part: of a requirement with parts, the one it shows.
        yes: sentences that show the requirement (as met; as partial, if ``level`` is 1) as a bullet of a dated job, or
            of an entry of the first of ``sections`` where jobs are none of them.
        no: sentences that must not show it, by this pattern or another.
    """

    id: str
    action: Words = ()
    object: Words
    context: Words = ()
    unless: Words = ()
    level: EvidenceLevel = 3
    within: Literal["sentence", "paragraph"] = "sentence"
    context_within: Reach = "sentence"
    sections: tuple[Kind, ...] = ()
    part: str | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Fact(Data):
    """Publications, degrees or posts that show a requirement.

    Attributes:
        of: what is counted.
        kinds: kinds of publications.
        main_venue: only papers at a venue that ``venues.toml`` calls a main one.
        accepted: only papers that are out or accepted.
        degrees, statuses: levels of degrees and how far they got.
        fields, not_fields: words that the degree, its field or its thesis must and must not hold.
        tracks: tracks of positions.
        words: words in the title of the publication or position.
        about: words that the paragraph of a publication must hold, unless its venue is one of ``venues.toml``.
        unless: words that the paragraph of a publication outside the lists of publications must not hold.
        never: words that its paragraph must not hold anywhere.
        at_least: how many of them it takes.
        level: the level of evidence they give.
        part: of a requirement with parts, the one they show.
    """

    id: str
    of: Literal["publication", "degree", "position"]
    kinds: tuple[PublicationKind, ...] = ()
    main_venue: bool = False
    accepted: bool = False
    degrees: tuple[Level, ...] = ()
    statuses: tuple[Status, ...] = ()
    fields: Words = ()
    not_fields: Words = ()
    tracks: tuple[Track, ...] = ()
    words: Words = ()
    about: Words = ()
    unless: Words = ()
    never: Words = ()
    at_least: Annotated[int, Field(ge=1)] = 1
    level: EvidenceLevel = 2
    part: str | None = None


class Part(Data):
    """One half of a requirement.

    Attributes:
        name: what it asks for, told where it is the one missing.
        alone: it makes the requirement partial without the other.
        suggests: skills that would show it, where it is the one missing.
    """

    id: str
    name: str
    alone: bool = True
    suggests: Words = ()


class Cap(Data):
    """Skills that count for less than their mention says."""

    skills: Words
    level: EvidenceLevel


class Requirement(Data):
    """One thing that a role asks for.

    Attributes:
        skills: ``@category`` or ids of skills whose mentions count at their own level.
        except_skills: ids that do not, although their category does.
        caps: skills that count for less.
        listed_skills: ids (or ``@category``) that count as listed wherever they stand.
        implied: highest level of a skill that only follows from another; 0 when it counts for nothing.
        delivers: what shows it is something delivered: a model in use.
        of_subject: it counts only in a text that is about the role's subject at all.
        of_builder: it counts only for somebody who may have built something: not in posts of trades that sell, buy,
            judge or write about it (``<other-trade>``), nor where all posts are off the paths and no tool is used.
        backed: a skill that is listed counts as used where another one that implies it was used.
        unless: words that make a sentence count for nothing here, mentions of skills included.
        areas: the areas of ``areas.toml`` decide (depth in one of them).
        parts: halves that must all be shown; ``together`` is where they must stand.
        suggests: ids of skills worth naming when missing, core first.
        effort: how long it takes from nothing: S days, M weeks, L months, XL a year or more.
    """

    id: str
    name: str
    statement: str
    weight: Annotated[float, Field(gt=0)] = 1.0
    skills: Words = ()
    except_skills: Words = ()
    caps: tuple[Cap, ...] = ()
    listed_skills: Words = ()
    implied: Annotated[int, Field(ge=0, le=2)] = 2
    delivers: bool = False
    of_subject: bool = False
    of_builder: bool = False
    areas: bool = False
    parts: tuple[Part, ...] = ()
    together: Literal["document", "entry"] = "document"
    backed: bool = False
    unless: Words = ()
    suggests: Words = ()
    effort: Effort = "M"
    patterns: tuple[Pattern, ...] = Field(default=(), alias="pattern")
    facts: tuple[Fact, ...] = Field(default=(), alias="fact")

    @model_validator(mode="after")
    def _parts_exist(self) -> Requirement:
        known = {part.id for part in self.parts}
        named = [(item.id, item.part) for item in self.patterns] + [(item.id, item.part) for item in self.facts]
        for item, part in named:
            if (part is None) == bool(known) or (part is not None and part not in known):
                raise ValueError(f'{self.id}: "{item}" names the part {part!r}; parts are {sorted(known)}')
        return self


class ScopeItem(Data):
    """Something of the bigger picture that the role's people see to."""

    id: str
    statement: str
    skills: Words = ()
    listed_skills: Words = ()
    patterns: tuple[Pattern, ...] = Field(default=(), alias="pattern")


class Share(Data):
    """How the article splits the role's work; shown as a mark, never as a norm."""

    engineering: Annotated[float, Field(ge=0, le=1)]
    research: Annotated[float, Field(ge=0, le=1)]


class DegreeShare(Data):
    """How many in a hundred of some people name a degree as their highest; ``source`` says who asked, and when."""

    among: str
    sample: Annotated[int, Field(gt=0)]
    doctorate: Annotated[float, Field(ge=0, le=100)]
    master: Annotated[float, Field(ge=0, le=100)]
    bachelor: Annotated[float, Field(ge=0, le=100)]
    source: str


class Role(Data):
    """``roles/ID.toml``.

    Attributes:
        usual_degree: the degree that most people on this path hold; context, never part of the fit.
        ads: the path in ``demand.toml`` whose job advertisements speak of this role; empty for none.
        degree_shares: figures behind ``usual_degree``.
        scope_title: what the items of ``scope`` are about.
        unless: words that make any sentence count for nothing here.
        subject: skills without which a text is not about this path at all; ``not_subject`` are some that anybody uses.
        work: what a day of this role's work sounds like; weighed against the other role's for the mix.
        deliverables: what the role's people hand over.
    """

    id: str
    name: str
    usual_degree: Level
    mix: Share
    ads: str = ""
    degree_shares: tuple[DegreeShare, ...] = Field(default=(), alias="degree_share")
    unless: Words = ()
    subject: Words = ()
    not_subject: Words = ()
    requirements: tuple[Requirement, ...] = Field(alias="requirement")
    scope_title: str = "Scope"
    scope: tuple[ScopeItem, ...] = ()
    work: tuple[Pattern, ...] = ()
    deliverables: tuple[Pattern, ...] = Field(default=(), alias="deliverable")

    def skill_lists(self) -> Iterator[tuple[str, Words]]:
        """The lists of skills and categories, each with the entry that it stands in."""
        for item in self.requirements:
            for skills in (
                item.skills,
                item.except_skills,
                item.listed_skills,
                item.suggests,
                *(part.suggests for part in item.parts),
            ):
                yield f"requirement {item.id}", skills
            yield from ((f"requirement {item.id}", cap.skills) for cap in item.caps)
        for part in self.scope:
            yield from ((f"scope {part.id}", skills) for skills in (part.skills, part.listed_skills))
        yield from (("subject", self.subject), ("not_subject", self.not_subject))

    def word_lists(self) -> Iterator[tuple[str, Words]]:
        """The lists of words, each with the entry that it stands in."""
        yield "unless", self.unless
        for item in self.requirements:
            entry = f"requirement {item.id}"
            yield entry, item.unless
            yield from _of_patterns(entry, item.patterns)
            for fact in item.facts:
                for words in (fact.fields, fact.not_fields, fact.words, fact.about, fact.unless, fact.never):
                    yield f"{entry}: fact {fact.id}", words
        for part in self.scope:
            yield from _of_patterns(f"scope {part.id}", part.patterns)
        yield from _of_patterns("work", self.work)
        yield from _of_patterns("deliverable", self.deliverables)


def _of_patterns(entry: str, patterns: tuple[Pattern, ...]) -> Iterator[tuple[str, Words]]:
    for pattern in patterns:
        for words in (pattern.action, pattern.object, pattern.context, pattern.unless):
            yield f"{entry}: pattern {pattern.id}", words


class Area(Data):
    """An area of machine learning.

    Attributes:
        names: words that name the area itself; naming it is no method of it.
        skills: ids of its methods, tasks and tools.
        methods: further words for its methods, which the lexicon does not hold.
    """

    id: str
    names: Words
    skills: Words = ()
    methods: Words = ()


class Areas(Data):
    """``areas.toml``."""

    area: tuple[Area, ...]


class Near(Data):
    """Who has one skill can pick up another: ``both`` tells that the way back is as long."""

    have: str
    want: str
    effort: Effort
    both: bool = False


class Adjacency(Data):
    """``adjacency.toml``."""

    near: tuple[Near, ...]

    @cached_property
    def ways(self) -> tuple[tuple[str, str, Effort], ...]:
        """From a skill to another, with the effort; in both directions where it is the same."""
        there = [(near.have, near.want, near.effort) for near in self.near]
        return (*there, *((near.want, near.have, near.effort) for near in self.near if near.both))
