"""What the model has names for: levels, kinds, verdicts."""

from __future__ import annotations

from typing import Literal

Box = tuple[float, float, float, float]


Level = Literal["doctorate", "master", "bachelor", "associate", "secondary"]


Track = Literal["engineer", "researcher", "both", "other"]


Status = Literal["completed", "in-progress", "unknown"]


Verdict = Literal["met", "partial", "missing"]


SkillLevel = Literal["listed", "used", "demonstrated"]


PublicationKind = Literal["conference", "journal", "workshop", "preprint", "thesis", "patent", "other"]


SourceKind = Literal["cv", "linkedin-pdf", "linkedin-export", "json-resume"]


#: Completed degrees, highest first.
LEVELS: tuple[Level, ...] = ("doctorate", "master", "bachelor", "associate", "secondary")


#: Names of the levels of evidence 1, 2 and 3; 0 is "missing".
SKILL_LEVELS: tuple[SkillLevel, ...] = ("listed", "used", "demonstrated")
