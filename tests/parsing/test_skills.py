"""Skills in awkward spellings, doubtful names, guards, implications and levels."""

from __future__ import annotations

import pytest

from profilefit.library import load_library
from profilefit.models import Skill
from profilefit.parsing.guards import find_guarded
from profilefit.parsing.skills import find_mentions, find_skills
from profilefit.parsing.statements import outcome_offsets, sentences_document

LIBRARY = load_library()


def found(*lines: str) -> dict[str, Skill]:
    document, statements = sentences_document(lines)
    skills, _ = find_skills(document, statements, find_guarded(document.flat, LIBRARY), LIBRARY)
    return {skill.id: skill for skill in skills}


def direct(*lines: str) -> set[str]:
    return {skill.id for skill in found(*lines).values() if not skill.implied_by}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("C/C++", "c cpp"),
        ("C, C++, C#", "c cpp csharp"),
        ("C++17", "cpp"),
        ("C++/CUDA", "cpp cuda"),
        ("C#/.NET", "csharp dotnet"),
        ("AWS/GCP/Azure", "aws google-cloud-platform microsoft-azure"),
        ("PyTorch(Lightning), PyTorch/TensorFlow", "pytorch tensorflow"),
        ("Python3.8", "python"),
        ("Python 3.x", "python"),
        ("HTML5/CSS3", "html css"),
        ("Scikit-Learn/XGBoost", "scikit-learn xgboost"),
        ("CI/CD", "ci-cd"),
        ("Node.js/React.js", "node-js react"),
        ("k8s", "kubernetes"),
        ("R, Python", "r python"),
        ("Python, C and R.", "python c r"),
        ("R/Python", "r python"),
        ("Go(lang)", "go"),
        ("PL/SQL, T-SQL", "sql"),
        ("NoSQL", "nosql"),
        ("YOLOv5", "yolo"),
        ("ResNet-50", "resnet"),
        ("U-Net", "u-net"),
        ("Faster R-CNN", "faster-r-cnn"),
        ("TensorFlow2.0", "tensorflow"),
        ("Keras•PyTorch", "keras pytorch"),
        ("Python·Java·C++", "python java cpp"),
        ("Python|Java;SQL,Go", "python java sql go"),
        ("Weights & Biases", "weights-biases"),
        ("Python(advanced), C(basic)", "python c"),
        ("“Python”, Java(8+)", "python java"),
        ("JavaScript/TypeScript", "javascript typescript"),
    ],
)
def test_awkward_spellings(text: str, ids: str) -> None:
    assert set(ids.split()) <= direct(text)


@pytest.mark.parametrize(
    "text",
    [
        "R&D team",
        "pre-C era",
        "vitamin C-rich",
        "Model R-101",
        "github.com/foo/python-r",
        "jane.go@mail.com",
        "https://go.dev/x",
        "C-suite",
        "R.A. Fisher",
        "C. elegans",
        "J. C. Smith",
        "Go-to-market plan",
        "Scalable systems by hand",
        "SAP R/3 consultant",
        "Made a swift decision",
        "I excel at juggling",
    ],
)
def test_ordinary_words_are_no_languages(text: str) -> None:
    assert not direct(text) & {"r", "c", "go", "python", "java", "scala", "swift", "excel"}


@pytest.mark.parametrize(
    ("text", "ids", "not_ids"),
    [
        ("No experience with Kubernetes", "", "kubernetes"),
        ("Want to learn Rust", "", "rust"),
        ("Interested in Rust, Go and Kubernetes", "", "rust go kubernetes"),
        ("Hiring scientists in CV and NLP", "", "computer-vision natural-language-processing"),
        ("No experience with TensorFlow but strong experience with PyTorch", "pytorch", "tensorflow"),
        ("Not only Python but also Java", "python java", ""),
        ("No-code and Python tools", "python", ""),
        ("Machine learning: Python", "python machine-learning", ""),
        ("Reinforcement learning with Ray", "ray reinforcement-learning", ""),
    ],
)
def test_guards(text: str, ids: str, not_ids: str) -> None:
    claimed = direct(text)
    assert set(ids.split()) <= claimed
    assert not set(not_ids.split()) & claimed


def test_what_a_skill_implies_counts_one_level_lower() -> None:
    skills = found("Cut training time by 35% with PyTorch Lightning.")
    assert skills["pytorch-lightning"].level == "used"  # the sentence is a plain bullet: its level is the statement's
    assert skills["pytorch"].implied_by == ("pytorch-lightning",)
    assert (skills["pytorch"].level, skills["python"].level) == ("listed", "listed")
    assert skills["pytorch"].evidence[0].match == "PyTorch Lightning"


def test_the_longest_name_wins() -> None:
    document, statements = sentences_document(["Served with Triton Inference Server on Amazon SageMaker."])
    mentions = find_mentions(document, statements, LIBRARY)
    texts = {document.text[m.start : m.end] for m in mentions if not m.rejected}
    assert {"Triton Inference Server", "Amazon SageMaker"} <= texts
    assert "SageMaker" not in texts


@pytest.mark.parametrize(
    "text", ["Cut latency from 80 ms to 35 ms", "in production", "1.9M weekly users", "F1 of 0.81"]
)
def test_outcomes(text: str) -> None:
    assert outcome_offsets(text, LIBRARY)
