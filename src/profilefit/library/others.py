"""The shape of ``others`` in ``levels.toml``: sentences in which somebody else acts."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field

from profilefit.library.credentials import heading_key
from profilefit.library.lexicon import Data, Word
from profilefit.library.words import WordFinder, Words, alternatives

_ASIDE = re.compile(r"\([^()]*\)")


class Employers(Data):
    """Sentences about an employer: its name, then one of the verbs.

    Attributes:
        verbs: of such a sentence, in the third person.
        subjects: what stands for the name, at the start of a clause.
        particles: small words inside a name.
        businesses: what employers are called by their trade; one that opens the first line below a header describes it.
        links: words that go on from there, "maker of"; a comma or the end may, too, but "telco churn" is another thing.
        own: words of the same sentence that say that it is about the person after all.
        yes, no: a header line, " / ", and a sentence below it whose ``[bracketed]`` word must and must not be lowered.
    """

    verbs: tuple[Word, ...] = Field(min_length=1)
    subjects: tuple[Word, ...] = Field(min_length=1)
    businesses: tuple[Word, ...] = Field(min_length=1)
    links: tuple[Word, ...] = Field(min_length=1)
    particles: tuple[Word, ...] = Field(min_length=1)
    own: tuple[Word, ...] = Field(min_length=1)
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def name(self) -> re.Pattern[str]:
        """At the beginning of a sentence the first word of a ``name``, and all that stands before the verb."""
        more = rf"[A-Z&(][\w&.,()'-]*|{alternatives(self.particles)}"
        return re.compile(rf"\(?(?:\w+: )?(?P<name>[A-Z][\w&'-]{{2,}})(?: (?:{more}))*,?\s")

    @cached_property
    def verb(self) -> WordFinder:
        """Any of the verbs, in ``plain`` text."""
        return WordFinder(self.verbs)

    @cached_property
    def subject(self) -> WordFinder:
        """Any of the subjects, in ``plain`` text."""
        return WordFinder(self.subjects)

    @cached_property
    def business(self) -> re.Pattern[str]:
        """At the beginning of a clause, in lower case, a business and no verb in front of it."""
        said = rf"(?:[\w'&-]+ ){{0,3}}(?:{alternatives(self.businesses)})(?=[,.;()]|$| (?:{alternatives(self.links)}) )"
        return re.compile(rf"\(?{said}")

    @cached_property
    def person(self) -> WordFinder:
        """Any of the person's own words, in ``plain`` text."""
        return WordFinder(self.own)


class Agents(Data):
    """Work that somebody else has done: a verb, "by", and who it was, some words between.

    Attributes:
        made: the verbs, as they stand before "by".
        authored: those of them that "by" and a given name make somebody else's: "written by Tomek".
        by: the prepositions.
        doers: nouns for who it was.
        people: further ones, who with ``own`` right behind "by" are the person's own: "by my team".
        be: words before the verb that make a sentence of it: "The port was done by the vendor"; there any verb counts
            but those of ``served``, which tell whom the person's work serves.
        means: words between the verb and "by": "scored with a CNN by the vendor".
        past_ends: ends of further verbs before "by".
        held, at: "The stack belongs to the platform group", "liegt bei den Kollegen".
        origin: behind a form of "to be": "is from the electronics team", "es de un proveedor".
        particles: between the verb and "by": "looked after by".
        products: nouns that "by" and a doer make somebody else's without a verb: "a POC by a vendor".
        yes, no: sentences whose ``[bracketed]`` word must and must not be lowered.
    """

    made: frozenset[Word] = Field(min_length=1)
    authored: frozenset[Word] = Field(min_length=1)
    by: frozenset[Word] = Field(min_length=1)
    doers: frozenset[Word] = Field(min_length=1)
    people: frozenset[Word] = Field(min_length=1)
    be: frozenset[Word] = Field(min_length=1)
    served: frozenset[Word] = Field(min_length=1)
    past_ends: tuple[Word, ...] = Field(min_length=1)
    means: frozenset[Word] = Field(min_length=1)
    own: frozenset[Word] = Field(min_length=1)
    held: frozenset[Word] = Field(min_length=1)
    at: frozenset[Word] = Field(min_length=1)
    origin: frozenset[Word] = Field(min_length=1)
    particles: frozenset[Word] = Field(min_length=1)
    products: frozenset[Word] = Field(min_length=1)
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)


class Doers(Data):
    """Clauses whose subject is somebody else: "Our analysts forecast demand with Prophet".

    Attributes:
        elided: articles and the like that are written together with the next word: "l'étudiant".
        openers: words that a subject may begin with: "our", "half of".
        numbers: further ones, that count: "two".
        others: openers that tell a team from the person's own.
        many: nouns for people, plural; they may do without an opener.
        one: nouns for people, singular.
        alone: singular nouns that stand before no other noun, so that what follows is a verb.
        suffixes: ends of further nouns, singular: "platformteam".
        teams: nouns that mean the person's own people unless a word tells them apart.
        theirs: "their".
        possessive: what with an apostrophe in front of it or behind it tells an owner: "vendor's", "vendors'".
        owners: nouns that make the words behind somebody else's.
        mine: openers that make a team the person's own even where a word tells it apart.
        own: openers that make a team the person's own.
        persons: what stands for people named not far before, only in a CV written in the first person.
        taught: people and works in front of a pronoun: with ``about`` behind it it is a student's topic.
        about: prepositions behind such a pronoun.
        pronouns: what stands for people named not far before.
        whose: words of relative clauses, behind a noun for people.
        owning: those of them that have what is theirs behind them: "whose students built".
        relatives: such words of languages that use them for articles, too; a comma stands before them.
        where: prepositions that begin words on where somebody is, before the verb.
        verbs: finite forms; other words behind a plural count too, but those of ``never``.
        human: past forms that a name alone makes a clause of: "Aoife built the".
        past_ends, present_ends, progressive_ends, adverb_ends: how further words end, of languages that tell it so.
        adverbs: words between a doer and the verb.
        objects: words behind a verb in "-s", beside the openers.
        participles: past forms that are participles too and do not end in "-ed".
        moves: past forms that need nothing done to anybody: "the infra team moved to GCP".
        means: behind a past form they say that something was done to the doer: "students trained in R".
        be: behind a verb it says the same.
        uses: verbs of those whom the person's work serves; theirs is what they use by its name: "they used Minitab".
        whenever: words before a clause about when: "after the infra team moved to GCP".
        is_or_was: forms of "to be": behind them what is going on ("is now rewriting"), or what something of theirs is.
        bare: singular nouns that may begin a sentence without an opener: "Client planned a move".
        kinds: words that may stand before a plural without an opener: "Data scientists trained".
        among: words in front of one topic out of several: "six theses, among them".
        beside: words in front of a team that is called by what it uses: "with the Node.js backend team".
        crews: such teams, beside ``teams``.
        departments: nouns that do so before a verb of ``uses``: "Marketing uses Salesforce".
        topics: words in front of what a student works on: "two interns (topics: …)".
        clitics, auxiliaries: words in front of a verb, and verbs, behind which its doer may stand.
        guiding: what the person did with the students whose topic follows: "supervised a thesis on".
        never: words that are neither a verb nor part of a subject.
        joins: words before a clause.
        when: words that may open a sentence in front of its subject.
        i: words of the person, at which the clause of somebody else ends.
        first: those of them that tell that a CV speaks in the first person ("MA" is a state, too).
        yes, no: sentences whose ``[bracketed]`` word must and must not be lowered.
    """

    elided: tuple[Word, ...] = Field(min_length=1)
    openers: frozenset[Word] = Field(min_length=1)
    numbers: frozenset[Word] = Field(min_length=1)
    others: frozenset[Word] = Field(min_length=1)
    many: frozenset[Word] = Field(min_length=1)
    one: frozenset[Word] = Field(min_length=1)
    alone: frozenset[Word] = Field(min_length=1)
    suffixes: tuple[Word, ...] = Field(min_length=1)
    teams: frozenset[Word] = Field(min_length=1)
    theirs: frozenset[Word] = Field(min_length=1)
    possessive: tuple[Word, ...] = Field(min_length=1)
    owners: frozenset[Word] = Field(min_length=1)
    mine: frozenset[Word] = Field(min_length=1)
    own: frozenset[Word] = Field(min_length=1)
    persons: frozenset[Word] = Field(min_length=1)
    taught: frozenset[Word] = Field(min_length=1)
    about: frozenset[Word] = Field(min_length=1)
    pronouns: frozenset[Word] = Field(min_length=1)
    whose: frozenset[Word] = Field(min_length=1)
    owning: frozenset[Word] = Field(min_length=1)
    relatives: frozenset[Word] = Field(min_length=1)
    where: frozenset[Word] = Field(min_length=1)
    verbs: frozenset[Word] = Field(min_length=1)
    human: frozenset[Word] = Field(min_length=1)
    past_ends: tuple[Word, ...] = Field(min_length=1)
    present_ends: tuple[Word, ...] = Field(min_length=1)
    progressive_ends: tuple[Word, ...] = Field(min_length=1)
    adverb_ends: tuple[Word, ...] = Field(min_length=1)
    adverbs: frozenset[Word] = Field(min_length=1)
    objects: frozenset[Word] = Field(min_length=1)
    participles: frozenset[Word] = Field(min_length=1)
    moves: frozenset[Word] = Field(min_length=1)
    means: frozenset[Word] = Field(min_length=1)
    be: frozenset[Word] = Field(min_length=1)
    uses: frozenset[Word] = Field(min_length=1)
    whenever: frozenset[Word] = Field(min_length=1)
    is_or_was: frozenset[Word] = Field(min_length=1)
    bare: frozenset[Word] = Field(min_length=1)
    kinds: frozenset[Word] = Field(min_length=1)
    among: frozenset[Word] = Field(min_length=1)
    beside: frozenset[Word] = Field(min_length=1)
    crews: frozenset[Word] = Field(min_length=1)
    departments: frozenset[Word] = Field(min_length=1)
    topics: frozenset[Word] = Field(min_length=1)
    clitics: frozenset[Word] = Field(min_length=1)
    auxiliaries: frozenset[Word] = Field(min_length=1)
    guiding: frozenset[Word] = Field(min_length=1)
    never: frozenset[Word] = Field(min_length=1)
    joins: frozenset[Word] = Field(min_length=1)
    when: frozenset[Word] = Field(min_length=1)
    i: frozenset[Word] = Field(min_length=1)
    first: frozenset[Word] = Field(min_length=1)
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def word(self) -> re.Pattern[str]:
        """A word; what is elided stands alone."""
        return re.compile(rf"\b(?:{alternatives(self.elided)})['’](?=\w)|\w+(?:['’.&+-]\w+)*[’']?", re.IGNORECASE)

    def owner(self, word: str) -> str | None:
        """Whom a possessive speaks of: "vendor" of "vendor's", "vendors" of "vendors'"; ``None`` of other words."""
        owner, _, ending = word.replace("’", "'").rpartition("'")
        tells = ending in self.possessive or (not ending and owner.endswith(self.possessive))
        return owner if owner and tells else None

    def is_person(self, word: str) -> bool:
        """Whether a word is a noun for people who are not the person's own team."""
        word = word.removesuffix("'").rpartition("-")[2]
        longer = word.endswith(self.suffixes) and word not in self.teams
        return longer or word in self.many or word in self.one or word in self.alone

    @cached_property
    def all_pronouns(self) -> frozenset[str]:
        """What stands for people in a CV written in the first person."""
        return self.pronouns | self.persons

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Words that begin a sentence and are no name."""
        return self.never | self.adverbs | self.when | self.joins | self.openers | self.persons

    @cached_property
    def no_verbs(self) -> frozenset[str]:
        """Words that are not the verb of a doer."""
        return self.never | self.openers | self.own | self.uses

    @cached_property
    def signs(self) -> frozenset[str]:
        """Words of which a sentence about somebody else holds one, before an apostrophe perhaps, if not a word with one
        of the ``suffixes``."""
        nouns = self.many | self.one | self.alone | self.teams
        return (
            nouns
            | self.persons
            | self.human
            | self.theirs
            | self.relatives
            | self.guiding
            | self.departments
            | self.crews
            | self.owners
            | {pronoun.split()[-1] for pronoun in self.pronouns}
        )


class Students(Data):
    """Headings of lists of what students did."""

    headings: frozenset[Word] = Field(min_length=1)
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)

    def head(self, heading: str) -> bool:
        """Whether such a list stands below a heading: "Doctoral students (first supervisor)"."""
        return heading_key(_ASIDE.sub("", heading)) in self.headings


class Trade(Words):
    """Words of sentences that speak of programs or data, in the CV of another trade.

    Attributes:
        everyday: ids of skills that people of every trade list.
    """

    everyday: frozenset[str]


class Others(Data):
    """Who else acts in a CV. The attributes stand for the tables of the same name."""

    employers: Employers
    agents: Agents
    doers: Doers
    students: Students
    trade: Trade
