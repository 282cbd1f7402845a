"""How much of the work shown is engineering and how much is research, and what it has delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from profilefit.library import Library
from profilefit.library.roles import Pattern, Role
from profilefit.matching.evidence import Found, Reading
from profilefit.matching.verdicts import cite
from profilefit.models import Evidence, Mix, Profile, Publication

#: Fewer pieces of evidence than this say nothing about a share.
_FEWEST = 2
#: What the other pieces weigh, in statements: a post on one side, a post on both, a paper, a thing delivered.
_POST, _POST_ON_BOTH, _PAPER, _DELIVERED = 1.0, 2.0, 0.75, 1.0
#: Papers and deliveries after these many change the picture no more.
_MOST_PAPERS, _MOST_DELIVERED = 6, 3
#: Level from which on something was done.
_USED = 2
#: Share of engineering in a post on both sides (a data scientist's).
_BOTH_ENGINEERING = 0.7


def find_software(reading: Reading, library: Library) -> tuple[Evidence, ...]:
    """Products, services, packages and releases that the text shows, one a paragraph."""
    return cite(_search(reading, ((role, role.deliverables) for role in library.roles.values())), reading.profile)


def find_deliveries(reading: Reading, library: Library) -> tuple[Evidence, ...]:
    """Software as above, and models that were put to use without being called a product; one a paragraph."""
    roles = library.roles.values()
    sold = _search(reading, ((role, role.deliverables) for role in roles))
    used = _search(reading, ((role, asked.patterns) for role in roles for asked in role.requirements if asked.delivers))
    return cite((*sold, *used), reading.profile)


def _search(reading: Reading, patterns: Iterable[tuple[Role, Sequence[Pattern]]]) -> Iterator[Found]:
    for role, several in patterns:
        for pattern in several:
            yield from (item for item in reading.search(pattern, role.unless) if item.level >= _USED)


def find_papers(profile: Profile) -> tuple[Publication, ...]:
    """Papers that are out or accepted; patents and theses are none."""
    return tuple(p for p in profile.publications if p.accepted and p.kind not in ("patent", "thesis"))


@dataclass(frozen=True)
class Pieces:
    """Weighted pieces of evidence for either side, and how many there are of them."""

    engineering: float
    research: float
    count: int


def count_pieces(reading: Reading, library: Library) -> Pieces:
    """Statements at work, posts, papers and deliveries, each on its side; a statement of both counts half on each."""
    profile = reading.profile
    engineers, researchers = _sides(library)
    engineering, research = _statements(engineers, reading), _statements(researchers, reading)
    shared = len(engineering & research) / 2
    posts = Counter(position.track for position in profile.positions)
    delivered = len(find_software(reading, library))
    papers = sum(publication.accepted for publication in profile.publications)
    return Pieces(
        engineering=len(engineering)
        - shared
        + _POST * posts["engineer"]
        + _POST_ON_BOTH * _BOTH_ENGINEERING * posts["both"]
        + _DELIVERED * min(delivered, _MOST_DELIVERED),
        research=len(research)
        - shared
        + _POST * posts["researcher"]
        + _POST_ON_BOTH * (1 - _BOTH_ENGINEERING) * posts["both"]
        + _PAPER * min(papers, _MOST_PAPERS),
        count=len(engineering | research) + papers + posts["engineer"] + posts["researcher"] + posts["both"],
    )


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


def share(pieces: Pieces) -> Mix | None:
    """The shares of both sides; ``None`` when too little is known."""
    whole = pieces.engineering + pieces.research
    if pieces.count < _FEWEST or whole <= 0:
        return None
    engineering = round(pieces.engineering / whole, 2)
    return Mix(engineering, round(1 - engineering, 2), pieces.count)
