"""Verdicts, scores, gaps and the mix of small invented profiles."""

from __future__ import annotations

import io
from dataclasses import replace
from io import BytesIO

import pytest

from profilefit import analyze
from profilefit.library import Library, load_library
from profilefit.library.roles import Requirement
from profilefit.matching import assess, count_deliverables, rehearse, weigh_mix
from profilefit.matching.evidence import split_sentences
from profilefit.models import Assessment, Education, Position, Profile, Publication
from profilefit.parsing import parse
from profilefit.reading import read

TRAPS = [
    "Go-to-market plan for cold brew; segmentation of customers by habit on a whiteboard.",
    "Trained 14 baristas; the best model in our photo campaign was the cat.",
    "Deployed new staff to three kiosks on the edge of town.",
    "Point of contact for the cloud-watching festival; word cloud posters.",
    "Scripts carried on a film production, coffee made.",
    "Published a newsletter on old photographs, 300 readers.",
]
WORK = [
    "Deployed the churn model behind FastAPI on AWS, 300 requests a second at p99 of 40 ms.",
    "Fine-tuned BERT in PyTorch for intent classification, F1 0.93 on the test set.",
    "Wrote Python scripts that mine 20 GB of server logs.",
    "Explained the model and its limits to the board each quarter.",
]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def statuses(profile: Profile, library: Library) -> dict[str, str]:
    return {
        result.id: result.status
        for role in library.roles.values()
        for result in assess(profile, role, library).requirements
    }


def engineer(profile: Profile, library: Library) -> Assessment:
    return assess(profile, library.role("ml-engineer"), library)


def test_trap_words_show_nothing(library: Library) -> None:
    profile = rehearse(TRAPS, library)
    assert set(statuses(profile, library).values()) == {"missing"}
    assert weigh_mix(profile, library) is None


def test_words_of_dates_and_employers_are_no_deeds(library: Library) -> None:
    text = b"""# Jane Roe
## Experience
### Machine Learning Engineer, Board Games Ltd, 2021 - present
- Re-implemented a paper on focal loss in PyTorch, F1 0.81.
"""
    results = engineer(analyze(BytesIO(text)).profile, library).requirements
    assert next(result.status for result in results if result.id == "E6") == "partial"


def test_work_is_met_and_half_a_requirement_is_partial(library: Library) -> None:
    found = statuses(rehearse(WORK, library), library)
    met = {key for key, status in found.items() if status == "met"}
    assert met >= {"E1", "E2", "E3", "E5", "E7", "R1"}
    assert found["E6"] == "partial"
    assert found["E4"] == found["R2"] == found["R5"] == "missing"


def test_listed_only_is_partial(library: Library) -> None:
    profile = rehearse(["Python, PyTorch, AWS, TensorFlow Lite, MLflow, SQL"], library)
    listed = replace(
        profile,
        statements=tuple(replace(s, level=1, section="skills", entry=None) for s in profile.statements),
        skills=tuple(
            replace(s, level="listed", evidence=tuple(replace(e, level=1) for e in s.evidence)) for s in profile.skills
        ),
    )
    found = statuses(listed, library)
    assert {key for key, status in found.items() if status == "met"} == set()
    assert {"E1", "E2", "E3", "E4", "E7", "R1"} <= {key for key, status in found.items() if status == "partial"}


def test_evidence_is_the_very_words(library: Library) -> None:
    profile = rehearse(WORK, library)
    for role in library.roles.values():
        assessment = assess(profile, role, library)
        pieces = [e for r in assessment.requirements for e in r.evidence] + [
            e for s in assessment.scope for e in s.evidence
        ]
        assert pieces
        for piece in pieces:
            assert piece.match == profile.document.text[piece.start : piece.end]
            assert piece.match in piece.quote


#: What the evidence in a short CV comes to: level, verdict and score.
OUTCOMES = {
    "": (0, "missing", 0.0),
    "## Skills\nPython, PyTorch": (1, "partial", 0.35),
    "## Experience\nEngineer, Fjord, 2019 – 2020\n- Ported the trainer to PyTorch.": (2, "met", 0.7),
    "## Experience\nEngineer, Fjord, 2019 – 2020\n- Sped up PyTorch training by 40%.": (3, "met", 1.0),
}


@pytest.mark.parametrize(("text", "outcome"), OUTCOMES.items(), ids=["missing", "listed", "used", "demonstrated"])
def test_a_requirement_is_scored_by_its_level_and_weighs_in_the_fit(
    text: str, outcome: tuple[int, str, float], library: Library
) -> None:
    """Of two requirements, one with three times the weight of the other, either may be the one that is shown."""
    profile = parse(read(io.BytesIO(f"# CV\n{text}\n".encode()), name="cv.md"), library)
    for shown, share in ((0, 1 / 4), (1, 3 / 4)):
        skills = ("pytorch", "kubernetes") if shown == 0 else ("kubernetes", "pytorch")
        asked = tuple(
            Requirement(id=skill, name=skill, statement=skill, weight=weight, skills=(skill,))
            for skill, weight in zip(skills, (1, 3), strict=True)
        )
        role = library.role("ml-engineer").model_copy(update={"requirements": asked})
        assessment = assess(profile, role, replace(library, roles={role.id: role}))
        results = [(r.level, r.status, r.score) for r in assessment.requirements]
        assert results[shown] == outcome
        assert results[1 - shown] == OUTCOMES[""]
        assert assessment.fit == pytest.approx(share * outcome[2])
        counts = {"met": assessment.met, "partial": assessment.partial, "missing": assessment.missing}
        assert counts == {status: [r[1] for r in results].count(status) for status in counts}


def test_facts_decide_the_researchers_path(library: Library) -> None:
    profile = rehearse(["A lower bound for bandits with side information."], library)
    cited = (profile.document.cite(0, 13, "publications", 3),)
    paper = Publication("A lower bound for bandits", "ICML", "conference", 2022, cited)
    degree = Education("doctorate", "PhD", "Statistics", "X", "2015", "2019", "completed", cited)
    known = replace(profile, publications=(paper,), education=(degree,))
    found = statuses(known, library)
    assert (found["R2"], found["R4"], found["R5"]) == ("met", "met", "met")
    post = Position("Research Assistant", None, "researcher", None, None, None, "2020", None, True, ())
    unfinished = replace(
        profile,
        positions=(post,),
        publications=(replace(paper, venue=None, kind="workshop"),),
        education=(replace(degree, level="bachelor", degree="BSc"),),
    )
    assert (statuses(unfinished, library)["R2"], statuses(unfinished, library)["R5"]) == ("met", "partial")


def test_gaps_come_best_first_and_name_the_closest_thing(library: Library) -> None:
    assessment = engineer(
        rehearse(["Image classifier in TensorFlow, 94% accuracy, trained in Python."], library), library
    )
    partial_first = [
        next(r.status for r in assessment.requirements if r.id == gap.requirement) == "missing"
        for gap in assessment.gaps
    ]
    assert partial_first == sorted(partial_first)
    edge = next(gap for gap in assessment.gaps if gap.requirement == "E4")
    assert edge.closest is not None
    assert (edge.closest.have, edge.closest.effort) == ("tensorflow", "S")


def test_mix_leans_to_the_side_of_the_work(library: Library) -> None:
    building = rehearse(WORK, library)
    post = Position("Machine Learning Engineer", None, "engineer", None, None, None, "2020", None, True, ())
    engineering = weigh_mix(replace(building, positions=(post,)), library)
    studying = rehearse(
        ["Proved regret bounds for bandits.", "Wrote a paper on offline reinforcement learning."], library
    )
    scientist = replace(post, title="Research Scientist", track="researcher")
    research = weigh_mix(replace(studying, positions=(scientist,)), library)
    assert engineering is not None
    assert research is not None
    assert engineering.engineering > 0.7
    assert research.research > 0.7
    assert count_deliverables(building, library).software >= 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Cut costs by 2.5% vs. last year.", 1),
        ("Worked with Dr. Lee, e.g. on RL. Wrote a paper.", 2),
        ("Built it; Shipped it.", 2),
        ("训练模型。部署上线。", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(split_sentences(text, frozenset({"vs", "dr", "e.g"}))) == count
