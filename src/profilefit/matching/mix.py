"""How much of the work shown is engineering and how much is research, and what it has delivered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from profilefit.library import Library
from profilefit.library.roles import Role
from profilefit.matching.evidence import Found, Reading
from profilefit.matching.verdicts import cite
from profilefit.models import Evidence, Mix, Position, Profile, Publication

#: Fewer pieces of evidence than this say nothing about a share.
_FEWEST = 2
#: A post whose title names its side weighs as much as this many statements.
_POSITION_WEIGHT = 3.0
#: A paper or patent weighs as much as this many statements.
_PAPER_WEIGHT = 0.7
#: Papers after this many change the picture no more.
_MOST_PAPERS = 8


def find_software(reading: Reading, library: Library) -> tuple[Evidence, ...]:
    """Products, services, packages and releases that the text shows, one a paragraph."""
    found: list[Found] = []
    for role in library.roles.values():
        for pattern in role.deliverables:
            found += [item for item in reading.search(pattern, role.unless) if item.level >= 2]
    return cite(found, reading.profile)


def find_papers(profile: Profile) -> tuple[Publication, ...]:
    """Papers, theses and patents that are out or accepted."""
    return tuple(publication for publication in profile.publications if publication.accepted)


@dataclass(frozen=True)
class Pieces:
    """Weighted pieces of evidence for either side, and how many there are of them."""

    engineering: float
    research: float
    count: int


def count_pieces(reading: Reading, library: Library) -> Pieces:
    """Statements at work, papers and titles, each on its side; a statement that is both counts half on each."""
    engineers, researchers = _sides(library)
    engineering = _statements(engineers, reading)
    research = _statements(researchers, reading)
    both = engineering & research
    weights = [len(engineering) - len(both) / 2, len(research) - len(both) / 2]
    papers = min(len(find_papers(reading.profile)), _MOST_PAPERS)
    weights[1] += _PAPER_WEIGHT * papers
    posts = [position for position in reading.profile.positions if position.track in ("engineer", "researcher", "both")]
    for position in posts:
        for side, share_of in enumerate(_shares(position)):
            weights[side] += _POSITION_WEIGHT * share_of
    return Pieces(weights[0], weights[1], len(engineering | research) + papers + len(posts))


def _sides(library: Library) -> tuple[list[Role], list[Role]]:
    roles = list(library.roles.values())
    engineers = [role for role in roles if role.mix.engineering > role.mix.research]
    return engineers, [role for role in roles if role not in engineers]


def _statements(roles: Iterable[Role], reading: Reading) -> set[int]:
    """Offsets of the statements at work in which one of the roles' day is heard."""
    found = set()
    for role in roles:
        for pattern in role.work:
            for item in reading.search(pattern):
                statement = reading.profile.statement_at(item.start)
                if item.level >= 2 and statement is not None:
                    found.add(statement.start)
    return found


def _shares(position: Position) -> tuple[float, float]:
    return {"engineer": (1.0, 0.0), "researcher": (0.0, 1.0)}.get(position.track, (0.5, 0.5))


def share(pieces: Pieces) -> Mix | None:
    """The shares of both sides; ``None`` when too little is known."""
    whole = pieces.engineering + pieces.research
    if pieces.count < _FEWEST or whole <= 0:
        return None
    engineering = round(pieces.engineering / whole, 2)
    return Mix(engineering, round(1 - engineering, 2), pieces.count)
