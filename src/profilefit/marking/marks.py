"""Which words get a highlight, in which colour, and what its note says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from profilefit.models import Assessment, Box, Document, Report, RequirementResult, around
from profilefit.reporting import wording


@dataclass(frozen=True, slots=True)
class Colour:
    """A light colour for text to be read on, as ``#rrggbb``."""

    name: str
    rgb: str


#: The colours of the paths in the order of the report, and that of words which serve several of them. Each two of the
#: first two and the last, and white, look apart to people who see few colours or none of red, green or blue as well.
PATHS = (
    Colour("blue", "#9fd3ff"),
    Colour("yellow", "#ffdf6b"),
    Colour("green", "#c0ea9c"),
    Colour("violet", "#d0b3f5"),
)
SEVERAL = Colour("pink", "#ffa3b5")

#: Edges of words that differ by no more than this (points) are level.
_LEVEL = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """What words are evidence of, and at which level; ``path`` is an index into the report's roles."""

    path: int
    role: Assessment
    requirement: RequirementResult
    level: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of one page that are evidence of the same things.

    Attributes:
        page: 1-based.
        boxes: around the words, one for each line or cell that they stand on, as in the report.
        claims: one for each requirement, in the order of the report.
    """

    page: int
    boxes: tuple[Box, ...]
    claims: tuple[Claim, ...]

    @property
    def paths(self) -> tuple[int, ...]:
        """Indices of the roles that the words serve."""
        return tuple(dict.fromkeys(claim.path for claim in self.claims))

    @property
    def colour(self) -> Colour:
        return path_colour(self.paths[0]) if len(self.paths) == 1 else SEVERAL

    @property
    def note(self) -> str:
        """The requirements that the words are evidence of, under the names of their paths."""
        rows: list[str] = []
        for path in self.paths:
            claims = [claim for claim in self.claims if claim.path == path]
            rows.append(wording.clean(claims[0].role.name))
            rows += [f"{requirement_name(claim.requirement)}: {wording.LEVELS[claim.level]}" for claim in claims]
        return "\n".join(rows)


def requirement_name(requirement: RequirementResult) -> str:
    return wording.clean(f"{requirement.id} {wording.sentence(requirement.name)}")


def path_colour(path: int) -> Colour:
    """The colour of a path; many paths share the last."""
    return PATHS[min(path, len(PATHS) - 1)]


def find_marks(report: Report) -> tuple[Mark, ...]:
    """The marks in reading order. No word is in two: where evidence overlaps, the words that it shares have a mark of
    their own, which names all that they show."""
    document = report.profile.document
    cited: dict[int, dict[int, Claim]] = {}
    number = 0
    for path, role in enumerate(report.roles):
        for requirement in role.requirements:
            for evidence in requirement.evidence:
                number += 1
                for word in document.word_range(evidence.start, evidence.end):
                    cited.setdefault(word, {})[number] = Claim(path, role, requirement, evidence.level)
    return tuple(
        Mark(document.words[run[0]].page, tuple(_boxes(document, run)), _strongest(cited[run[0]].values()))
        for run in _runs(document, {word: tuple(claims) for word, claims in cited.items()})
    )


def _runs(document: Document, cited: dict[int, tuple[int, ...]]) -> Iterator[list[int]]:
    """Words, by their indices, that follow each other on one page and are cited by the same evidence."""
    run: list[int] = []
    for word in sorted(cited):
        if run and not (
            word == run[-1] + 1
            and cited[word] == cited[run[-1]]
            and document.words[word].page == document.words[run[-1]].page
        ):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _boxes(document: Document, run: Sequence[int]) -> Iterator[Box]:
    """A box for each line, or cell of it, that the words of a run stand on; larger words have one of their own."""
    row = [document.words[run[0]].box]
    for before, after in pairwise(document.words[word] for word in run):
        if document.text[before.end : after.start] != " " or not _aligned(before.box, after.box):
            yield around(row)
            row = []
        row.append(after.box)
    yield around(row)


def _aligned(one: Box, two: Box) -> bool:
    """Whether boxes stand on one line, across the page or up it, and are as high."""
    return any(all(abs(one[edge] - two[edge]) <= _LEVEL for edge in edges) for edges in ((1, 3), (0, 2)))


def _strongest(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """One claim a requirement."""
    best: dict[tuple[int, str], Claim] = {}
    for claim in claims:
        key = claim.path, claim.requirement.id
        if key not in best or claim.level > best[key].level:
            best[key] = claim
    return tuple(best.values())
