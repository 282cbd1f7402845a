"""Reports made by hand: a rich one of an invented engineer, and a bare one of a document that shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from profilefit.models import (
    Assessment,
    Closest,
    DegreeResult,
    Deliverables,
    Document,
    Education,
    Evidence,
    Gap,
    Line,
    MissingSkill,
    Mix,
    Note,
    Position,
    Profile,
    Publication,
    Rejection,
    Report,
    RequirementResult,
    ScopeResult,
    Skill,
    Source,
    Verdict,
)

TEXT = """\
Experience
Machine Learning Engineer, Fjordlys Analytics\tMar 2021 – present
Served the ranking model behind FastAPI on AWS EKS; 40M requests a day at a p95 of 35 ms, shown to 3 markets | 2 brands.
Fine-tuned a segmentation network in PyTorch on 12k *hand-labelled* satellite tiles, mIoU up from 0.61 to 0.74, and \
wrote the evaluation suite that the whole team still runs before each release of the product line in all regions.
Wrote Airflow jobs in Python and SQL that mine 3 TB of clickstream logs (JSON) into Snowflake.
Presented an R&D roadmap to 你好世界株式会社 <b>partners</b> \x1b[31mred\x1b[0m.
Education
MSc Robotics, Universitas Borealis, 2018 – 2020
Skills
Python, PyTorch, SQL, Docker, TensorFlow, Gaussian processes
Publications
Segmenting sea ice from few labels. Workshop on Climate AI at NeurIPS 2022.
"""


def _document(text: str, source: Source) -> Document:
    lines, at = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        lines.append(Line(start=at, end=at + len(line), number=number, page=1 if number < 9 else 2))
        at += len(line) + 1
    return Document(source, text, tuple(lines))


@pytest.fixture
def report() -> Report:
    """An engineer with gaps on both paths, and text that tries to break every format."""
    document = _document(TEXT, Source("cv.pdf", "pdf", "cv", "ab" * 32, 2, "en"))

    def cite(match: str, section: str = "experience", level: int = 2) -> Evidence:
        start = document.text.index(match)
        return replace(document.cite(start, start + len(match), section, level), box=(56.71, 700.0, 120.26, 712.5))

    served = cite("Served the ranking model behind FastAPI", level=3)
    studied = (cite("MSc", "education"),)
    published = (cite("NeurIPS 2022", "publications"),)
    profile = Profile(
        document=document,
        sections=(),
        entries=(),
        statements=(),
        education=(
            Education("master", "MSc", "Robotics", "Universitas Borealis", "2018", "2020", "completed", studied),
            Education("doctorate", "PhD", None, None, "2024", None, "in-progress", ()),
        ),
        positions=(
            Position(
                title="Machine Learning Engineer",
                family="ml_engineer",
                track="engineer",
                specialty=None,
                seniority=None,
                organisation="Fjordlys Analytics",
                start="2021-03",
                end=None,
                current=True,
                evidence=(cite("Machine Learning Engineer"),),
            ),
        ),
        publications=(
            Publication(
                "Segmenting sea ice from few labels",
                "NeurIPS",
                "workshop",
                2022,
                published,
            ),
        ),
        skills=(
            Skill("pytorch", "PyTorch", "ml-library", "demonstrated", (), (cite("PyTorch", level=3),)),
            Skill("python", "Python", "language", "used", (), (cite("Python"),)),
            Skill("tensorflow", "TensorFlow", "ml-library", "listed", (), (cite("TensorFlow", "skills", 1),)),
            Skill("numpy", "NumPy", "ml-library", "used", ("pytorch",), (cite("PyTorch"),)),
        ),
        rejections=(Rejection("R", "part of another word", cite("R&D")),),
    )
    engineer = _role(
        "ml-engineer",
        "Machine learning engineer",
        (
            _requirement("E1", "Cloud services", "met", 3, (cite("AWS EKS", level=3),), ("gcp", "Google Cloud")),
            _requirement("E2", "Programming languages", "met", 2, (cite("Python"), cite("SQL"))),
            _requirement("E3", "Models in production", "met", 3, (served,)),
            _requirement(
                "E4", "Models on edge devices", "missing", 0, (), ("tflite", "TensorFlow Lite"), ("coreml", "Core ML")
            ),
            _requirement(
                "E5", "Common ML problems", "met", 3, (cite("Fine-tuned a segmentation network in PyTorch", level=3),)
            ),
            _requirement("E6", "Papers and stakeholders", "partial", 1, (cite("Presented an R&D roadmap", level=1),)),
            _requirement("E7", "Data mining", "met", 2, (cite("mine 3 TB of clickstream logs"),)),
        ),
        DegreeResult("master", "master", "at"),
        (
            ScopeResult("a", "The data format that the model uses", "missing", ()),
            ScopeResult("b", "The data format that comes from the source", "met", (cite("logs (JSON)"),)),
            ScopeResult("c", "Data lakes and databases", "met", (cite("Snowflake"),)),
            ScopeResult("d", "The environment the product runs in", "partial", (cite("p95 of 35 ms"),)),
        ),
        (
            Gap("E6", (), None, "M"),
            Gap("E4", ("tflite", "coreml", "jax"), Closest("tensorflow", "tflite", "S"), "M"),
        ),
    )
    researcher = _role(
        "ml-researcher",
        "Machine learning researcher",
        (
            _requirement("R1", "ML libraries", "met", 3, (cite("PyTorch", level=3),), ("jax", "JAX")),
            _requirement("R2", "Papers and reviews", "met", 2, published),
            _requirement("R3", "A specific area", "partial", 1, (cite("Gaussian processes", "skills", 1),)),
            _requirement("R4", "Fundamentals of ML", "missing", 0, (), ("learning-theory", "Learning theory")),
            _requirement("R5", "Extending the state of the art", "missing", 0, ()),
        ),
        DegreeResult("doctorate", "master", "below"),
        (),
        (Gap("R3", ("jax",), None, "L"), Gap("R4", ("learning-theory",), None, "L"), Gap("R5", (), None, "XL")),
    )
    return Report(
        version="0.1.0",
        library="cd" * 32,
        profile=profile,
        deliverables=Deliverables(1, 3),
        mix=Mix(0.745, 0.255, 14),
        roles=(engineer, researcher),
        notes=(Note("invisible-text", "Text that no reader of the page can see was left out."),),
    )


@pytest.fixture
def bare_report() -> Report:
    """Nothing was found, and the source could not show much."""
    document = _document("Contact\n", Source("profile.pdf", "pdf", "linkedin-pdf", "ef" * 32, 1, None))
    profile = Profile(document, (), (), (), (), (), (), ())
    role = _role(
        "ml-engineer",
        "Machine learning engineer",
        (_requirement("E1", "Cloud services", "missing", 0, ()),),
        DegreeResult("master", None, "unknown"),
        (),
        (Gap("E1", (), None, "M"),),
    )
    note = Note("linkedin-top-skills", "A LinkedIn PDF lists at most a few skills; the data export lists them all.")
    return Report("0.1.0", "cd" * 32, profile, Deliverables(0, 0), None, (role,), (note,))


def _requirement(
    id: str, name: str, status: Verdict, level: int, evidence: tuple[Evidence, ...], *missing: tuple[str, str]
) -> RequirementResult:
    return RequirementResult(
        id=id,
        name=name,
        statement=f"What {name[:1].lower()}{name[1:]} asks for, in a sentence of the role file that says it all.",
        status=status,
        level=level,
        score=(0.0, 0.35, 0.7, 1.0)[level],
        evidence=evidence,
        missing_skills=tuple(MissingSkill(*skill) for skill in missing),
    )


def _role(
    id: str,
    name: str,
    requirements: tuple[RequirementResult, ...],
    degree: DegreeResult,
    scope: tuple[ScopeResult, ...],
    gaps: tuple[Gap, ...],
) -> Assessment:
    count: Callable[[Verdict], int] = [r.status for r in requirements].count
    return Assessment(
        id=id,
        name=name,
        fit=sum(r.score for r in requirements) / len(requirements),
        met=count("met"),
        partial=count("partial"),
        missing=count("missing"),
        requirements=requirements,
        degree=degree,
        scope=scope,
        gaps=gaps,
        usual_engineering=0.7 if id == "ml-engineer" else 0.3,
    )
