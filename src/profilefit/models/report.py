"""A profile beside roles, and the report of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from profilefit.models.document import Evidence, Note
from profilefit.models.names import Level, Verdict
from profilefit.models.profile import Profile


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of engineering and research evidence, adding up to 1, and the number of pieces they rest on."""

    engineering: float
    research: float
    evidence_count: int


@dataclass(frozen=True, slots=True)
class Deliverables:
    """What the document shows as delivered.

    Attributes:
        papers: how many papers are out or accepted; patents and theses are none.
        software: how many products, services, packages and models in use, one a paragraph.
        evidence: the words that ``software`` rests on.
    """

    papers: int
    software: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingSkill:
    """A skill that would show a requirement and was not found."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One requirement of a role, decided: ``level`` 0-3, ``score`` 0-1, the evidence best first.

    Attributes:
        missing_parts: of a requirement that has halves and is partial, the names of those that were not shown.
        quotes: how many pieces of evidence it takes to see why it is met: one a half.
    """

    id: str
    name: str
    statement: str
    status: Verdict
    level: int
    score: float
    evidence: tuple[Evidence, ...]
    missing_skills: tuple[MissingSkill, ...]
    missing_parts: tuple[str, ...] = ()
    quotes: int = 1


@dataclass(frozen=True, slots=True)
class ScopeResult:
    """One of the scope items (a)-(d) of the engineer's path."""

    id: str
    statement: str
    status: Verdict
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DegreeFigure:
    """How many in a hundred of ``sample`` people name a degree as their highest, and who says so."""

    among: str
    sample: int
    doctorate: float
    master: float
    bachelor: float
    source: str


@dataclass(frozen=True, slots=True)
class DegreeResult:
    """The degree usual on a path beside the one held. Context, never part of the fit."""

    usual: Level
    held: Level | None
    status: Literal["at", "above", "below", "unknown"]
    figures: tuple[DegreeFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Salary:
    """What a path paid on average somewhere, for when, and who says so. Context, never part of the fit."""

    place: str
    currency: str
    average: int
    period: str
    source: str


@dataclass(frozen=True, slots=True)
class Closest:
    """The nearest thing the person already has, what it is near to, and the effort from there: S days, M weeks, L
    months, XL a year or more."""

    have: str
    want: str
    effort: str


@dataclass(frozen=True, slots=True)
class Demand:
    """The share (0-1) of ``sample`` job advertisements of a path that name a skill."""

    skill: str
    share: float
    sample: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A requirement that is not met, the skills that would close it, and where to start.

    Attributes:
        listed: skills of the requirement that the document lists without telling where they were used.
        demand: how often job advertisements of the path name ``skills``, the most wanted first.
        learn: books and documentation that teach them.
    """

    requirement: str
    skills: tuple[str, ...]
    closest: Closest | None
    effort: str
    listed: tuple[str, ...] = ()
    demand: tuple[Demand, ...] = ()
    learn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A profile beside one role.

    Attributes:
        fit: the weighted mean of the requirements' scores, 0-1.
        usual_engineering: rough share of engineering (0-1) in the work of the role; the rest is research.
        scope_title: what the items of ``scope`` are about.
    """

    id: str
    name: str
    fit: float
    met: int
    partial: int
    missing: int
    requirements: tuple[RequirementResult, ...]
    degree: DegreeResult
    scope: tuple[ScopeResult, ...]
    gaps: tuple[Gap, ...]
    salaries: tuple[Salary, ...] = ()
    salary_warning: str = ""
    usual_engineering: float = 0.5
    scope_title: str = ""


@dataclass(frozen=True)
class Report:
    """All that is known of one document: what every output format is written from."""

    version: str
    library: str
    profile: Profile
    deliverables: Deliverables
    mix: Mix | None
    roles: tuple[Assessment, ...]
    notes: tuple[Note, ...] = field(default=())

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        import profilefit

        return profilefit.in_notebook(self)
