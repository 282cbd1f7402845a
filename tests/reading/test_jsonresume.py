"""JSON Resume: every value is read as what the format calls it, and no file of another shape does harm."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_checks import consistent

from profilefit.errors import DocumentTooLarge, UnreadableDocument
from profilefit.library import load_library
from profilefit.models import Profile
from profilefit.parsing import parse
from profilefit.reading import Limits, read_bytes

#: What a CV of the corpus holds, as a person labelled it: education, skills and all, and no CV.
TRUTH = Path(__file__).parents[1] / "corpus" / "a01.truth.json"
RESUME: dict[str, Any] = {
    "basics": {
        "name": "Tilda Quist",
        "label": "Machine Learning Engineer",
        "email": "tilda@mail.example",
        "phone": "+47 555 01 99",
        "image": "https://quist.example/face.png",
        "summary": "Builds models for small ports.\n\nCurrently learning Rust.",
        "location": {"city": "Hammerfest", "countryCode": "NO"},
        "profiles": [{"network": "GitHub", "username": "tildaq"}],
    },
    "work": [
        {
            "name": "Fjord, Credit & Sons – North",
            "position": "Keeper of the Models, Platform",
            "startDate": "2021-03",
            "highlights": ["Cut latency from 80 ms to 35 ms with TensorRT", 7, None, ["nested"]],
        },
        {"company": "Acme 2020", "position": "Data Engineer", "startDate": 2009, "endDate": "2012-10-28"},
        {"name": "Nordkap Lab", "position": "Research Assistant", "startDate": "2009-10", "endDate": "2011-11"},
        {"name": "Skerry", "position": "Porter", "startDate": "soon", "endDate": "1999-19"},
    ],
    "education": [
        {"institution": "Skills Academy", "area": "Vision, Robotics", "studyType": "PhD", "startDate": "2022-01"},
        {"institution": "Nordkap College", "studyType": "Master of Science", "startDate": "2016", "endDate": "2018"},
        {"institution": "Platvia", "area": "Mathematics", "studyType": "Bachelor"},
        {"institution": "Cookery School", "area": "Soups", "studyType": "Spoon", "endDate": "2012"},
    ],
    "skills": [{"name": "Programming", "level": "Master", "keywords": ["Python", "R", "Go"]}, {"name": "Docker"}],
    "projects": [{"name": "herring", "description": "Counts fish with OpenCV", "startDate": "2020-05"}],
    "publications": [
        {"name": "On the ICML of things", "publisher": "NeurIPS", "releaseDate": "2022-12-01", "summary": "ICLR 2019."},
        {"name": "Herring from few labels"},
    ],
    "awards": [{"title": "Net of the year", "awarder": "KDD", "date": "2021"}],
    "references": [{"name": "Ole Boss", "reference": "Knows Kubernetes."}],
    "interests": [{"name": "Education"}],
}  # fmt: skip


def profile(resume: object) -> Profile:
    document = read_bytes(json.dumps(resume).encode(), "cv.json")
    consistent(document)
    return parse(document, load_library())


def test_every_value_is_what_the_format_calls_it() -> None:
    read = profile(RESUME)
    assert (read.document.source.format, read.document.source.kind) == ("json", "json-resume")
    assert [(p.title, p.organisation, p.start, p.end, p.current) for p in read.positions] == [
        ("Keeper of the Models, Platform", "Fjord, Credit & Sons – North", "2021-03", None, True),
        ("Data Engineer", "Acme 2020", "2009", "2012-10", False),
        ("Research Assistant", "Nordkap Lab", "2009-10", "2011-11", False),
        ("Porter", "Skerry", None, "1999", False),
    ]
    assert [(e.level, e.degree, e.field, e.institution, e.start, e.end, e.status) for e in read.education] == [
        ("doctorate", "PhD", "Vision, Robotics", "Skills Academy", "2022-01", None, "in-progress"),
        ("master", "Master of Science", None, "Nordkap College", "2016", "2018", "completed"),
        ("bachelor", "Bachelor", "Mathematics", "Platvia", None, None, "completed"),
        (None, "Spoon", "Soups", "Cookery School", None, "2012", "unknown"),
    ]
    assert [(p.title, p.venue, p.kind, p.year) for p in read.publications] == [
        ("On the ICML of things", "NeurIPS", "conference", 2022),
        ("Herring from few labels", None, "other", None),
    ]
    levels = {skill.id: skill.level for skill in read.skills if not skill.implied_by}
    assert levels["tensorrt"] == "demonstrated"
    assert levels["opencv"] == "used"
    assert {"python", "r", "go", "docker"} <= set(levels)
    assert not {"rust", "kubernetes"} & {s for s, level in levels.items() if level != "listed"}
    assert [section.kind for section in read.sections] == [
        "other", "summary", "experience", "education", "skills", "projects", "publications", "awards", "interests",
        "references",
    ]  # fmt: skip


def test_who_the_person_is_stays_in_the_file() -> None:
    text = profile(RESUME).document.text
    for private in ("Tilda", "mail.example", "555", "face", "Hammerfest", "NO", "tildaq", "Ole"):
        assert private not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(encoding: str) -> None:
    resume = {"meta": {"note": "x" * 99}, "work": [{"position": "Développeuse", "name": "Ærø"}]}
    data = json.dumps(resume, ensure_ascii=False).encode(encoding)
    assert read_bytes(data, "-").text == "Work\nDéveloppeuse\tÆrø\n"


def test_half_a_character_and_control_characters_are_no_text() -> None:
    data = rb'{"work": [{"position": "Data\ud800\u0007 Engineer\tII\n", "name": "\udc00"}]}'
    assert read_bytes(data, "-").text == "Work\nData Engineer II\n"


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"{}", UnreadableDocument, "no JSON Resume"),
        (b'{"schema": "profilefit-report/1", "profile": {}}', UnreadableDocument, "no JSON Resume"),
        (b'{"work": "none"}', UnreadableDocument, "no JSON Resume"),
        (b'{"languages": ["en", "de"], "skills": {"name": "mill"}}', UnreadableDocument, "no JSON Resume"),
        (TRUTH.read_bytes(), UnreadableDocument, "no JSON Resume"),
        (b'{"job": 1, "pay": 2, "education": [{"area": "Mathematics"}]}', UnreadableDocument, "no JSON Resume"),
        (b'[{"work": []}, {"work": []}]', UnreadableDocument, "give one person's"),
        (b"[[1, 2]]", UnreadableDocument, "no JSON Resume"),
        (b'{"work": [', UnreadableDocument, "damaged in line 1"),
        (b'{"work": [], "x": ' + b"9" * 5000 + b"}", UnreadableDocument, "malformed"),
        (b'{"work": []}', UnreadableDocument, "no text"),
        (b"[" * 300_000, UnreadableDocument, "nested"),
        (b'{"$schema":' + b"[" * 900 + b"]" * 900 + b"}", UnreadableDocument, "JSON Resume"),
        (b'{"work":' + b'{"a":' * 100_000, UnreadableDocument, "nested"),
        (b'{"work":[' + b"{}," * 5_000_000, DocumentTooLarge, "values"),
        (b'{"work": [{"summary": "' + b"word " * 4_000_000 + b'"}]}', DocumentTooLarge, "characters"),
        (json.dumps({"work": [{"position": "a"}] * 21_000}).encode(), DocumentTooLarge, "lines"),
    ],
)
def test_what_is_no_cv_is_told_in_one_line(data: bytes, error: type[UnreadableDocument], says: str) -> None:
    begin = time.process_time()
    with pytest.raises(error, match=says) as caught:
        read_bytes(data, "cv.json")
    assert "\n" not in str(caught.value)
    assert time.process_time() - begin < 3


def test_limits_are_settings() -> None:
    data = json.dumps(RESUME).encode()
    for limits in (Limits(bytes=100), Limits(lines=10), Limits(glyphs_total=100)):
        with pytest.raises(DocumentTooLarge):
            read_bytes(data, "cv.json", limits)


KEYS = sorted({key for value in RESUME.values() for entry in value if isinstance(entry, dict) for key in entry})
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*RESUME, "volunteer", "languages", "certificates"]), VALUES, min_size=1))
def test_values_of_any_type_do_no_harm(resume: dict[str, Any]) -> None:
    try:
        document = read_bytes(json.dumps(resume).encode(), "cv.json")
    except UnreadableDocument:
        return
    consistent(document)
    parse(document, load_library())
