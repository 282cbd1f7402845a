"""The shape of what a report tells beside its verdicts: what job advertisements ask for, where to learn it, the pay.

``demand.toml``, ``resources.toml`` and ``salaries.toml``. None of it is ever part of a verdict or of a fit.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from profilefit.library.lexicon import Data

Percent = Annotated[float, Field(ge=0, le=100)]


class Demand(Data):
    """``demand.toml``.

    Attributes:
        sample: how many job advertisements of each path.
        percent: by skill and path, how many of them in a hundred name the skill.
    """

    sample: dict[str, Annotated[int, Field(gt=0)]]
    percent: dict[str, dict[str, Percent]]

    @model_validator(mode="after")
    def _paths_are_sampled(self) -> Demand:
        strange = sorted({path for each in self.percent.values() for path in each} - set(self.sample))
        if strange:
            raise ValueError(f"percent: no sample is told for {', '.join(strange)}")
        return self


class Resource(Data):
    """A book, a course or documentation, and the ids of the skills it teaches."""

    name: str
    teaches: tuple[str, ...] = Field(min_length=1)


class Resources(Data):
    """``resources.toml``; earlier ones are named first."""

    resource: tuple[Resource, ...]

    def teaching(self, skill: str) -> str | None:
        """The first resource that teaches a skill."""
        return next((each.name for each in self.resource if skill in each.teaches), None)


class SalaryFigure(Data):
    """What a role paid on average somewhere, by whom it was told and for when."""

    role: str
    place: str
    currency: str
    average: Annotated[int, Field(gt=0)]
    period: str
    source: str


class Salaries(Data):
    """``salaries.toml``."""

    warning: str
    salary: tuple[SalaryFigure, ...] = ()
