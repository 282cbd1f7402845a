"""Who somebody is makes no difference: profile and roles stay the same, byte for byte, but for places and quotes."""

from __future__ import annotations

import io
import itertools
import json
from dataclasses import replace

import pytest
from evidence_checks import EVERY_CV, Cv
from identity import Person, as_markdown, claims, without_places

from profilefit import analyze, render
from profilefit.models import Report

canvas = pytest.importorskip("reportlab.pdfgen.canvas")

#: Names that are also skills, schools, titles, degrees, towns or firms.
NAMES = (
    "Julia R. Stanford", "Scala Python", "Ruby Go", "Dean Baker", "Phillip Master", "Doctor Engineer", "Tesla Keras",
    "Mary Oxford", "Max Bachelor", "Ada Lovelace Mit", "Professor Swift", "Spark Hadoop", "Maria Torch Intern",
    "Amazon Rose Azure", "ANNA VAN DER BERG", "Kafka, Franz", "Pearl Jenkins", "Li Rust-Docker",
)  # fmt: skip

ONE = Person()
OTHERS = (
    Person(
        phone="(555) 010-2030", address="12 Java Road, Cambridge, MA 02139", born="1999-01-31",
        nationality="Georgian (R)", gender="male", marital_status="married, two children",
        subject="He", possessive="his",
    ),
    Person(
        phone="0049 555 0102030", address="University Avenue 5, 94305 Stanford", born="2001",
        nationality="Swiss, French", gender="non-binary", marital_status="widowed", subject="They", possessive="their",
    ),
)  # fmt: skip


def named(person: Person, name: str) -> Person:
    address = ".".join(part.strip(".,") for part in name.lower().split())
    return replace(person, name=name, mail=f"{address}@example.org")


def test_another_person_with_the_same_cv(cv: Cv) -> None:
    path, report = cv
    number = EVERY_CV.index(path)
    body = as_markdown(report.profile.document)
    wanted = claims(ONE.header() + body)
    assert wanted[0]["skills"] or wanted[0]["positions"]
    for place, person in enumerate(OTHERS):
        other = named(person, NAMES[(2 * number + place) % len(NAMES)])
        assert claims(other.header() + body) == wanted, other


SHORT = """
## Experience

**Machine Learning Engineer**, Acme Ltd, 2020 – present
- {subject} deployed a churn model in PyTorch to production on AWS, and {possessive} manual is read by 300 users.

## Education

MSc Computer Science, University of Leeds, 2018 – 2019
"""


@pytest.mark.parametrize("title", ["", "# "], ids=["plain", "heading"])
def test_any_name(title: str) -> None:
    def told(person: Person) -> object:
        body = SHORT.format(subject=person.subject, possessive=person.possessive)
        return claims(title + person.header() + body)

    wanted = told(ONE)
    for person, name in itertools.product((ONE, *OTHERS), NAMES):
        assert told(named(person, name)) == wanted, name


def test_a_headline_beside_contact_data_counts_and_the_address_does_not() -> None:
    def skills(row: str) -> set[str]:
        report = analyze(io.BytesIO(f"Robin Roe\n{row}\n{SHORT}".encode()), name="cv.md")
        return {skill.id for skill in report.profile.skills if not skill.implied_by}

    plain = skills("robin@example.org")
    assert skills("LLM inference · Utrecht · robin@example.org") > plain
    assert skills("Kubernetes Street 5 · 12345 Spark · robin@example.org") == plain


def test_a_link_in_a_sentence_takes_nothing_from_it() -> None:
    text = "Robin Roe\n\nI write compilers (https://roe.example.org) in Rust and C++ for robots that sort waste,\n"
    text += "and PyTorch models.\n"
    report = analyze(io.BytesIO((text + SHORT).encode()), name="cv.txt")
    assert {"rust", "pytorch"} <= {skill.id for skill in report.profile.skills}


def sheet(name: str, picture: str, *, sidebar: bool) -> bytes:
    """A CV as a PDF, with a photo of that colour, before or behind the text, or none."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    target = io.BytesIO()
    page = canvas.Canvas(target, pagesize=(595, 842), invariant=1)

    def photo() -> None:
        image = ImageReader(
            Image.effect_noise((60, 80), 90) if picture == "noise" else Image.new("RGB", (60, 80), picture)
        )
        page.drawImage(image, 40 if sidebar else 470, 730, 75, 95)

    left, top = (220, 800) if sidebar else (50, 800)
    if picture and sidebar:
        photo()
    if sidebar:
        page.setFont("Helvetica-Bold", 12)
        page.drawString(40, 700, "Contact")
        page.setFont("Helvetica", 9)
        page.drawString(40, 685, "robin@example.org")
        page.setFont("Helvetica-Bold", 12)
        page.drawString(40, 650, "Skills")
        page.setFont("Helvetica", 9)
        for row, words in enumerate(("Python", "PyTorch", "Docker", "Git")):
            page.drawString(40, 635 - 13 * row, words)
    page.setFont("Helvetica-Bold", 22)
    page.drawString(left, top, name)
    page.setFont("Helvetica", 10)
    page.drawString(left, top - 18, "Machine learning engineer")
    y = top - 60
    for heading, rows in (
        (
            "Experience",
            ("Machine Learning Engineer, Acme Ltd, 2020 - 2022", "• Deployed a churn model in PyTorch on AWS."),
        ),
        ("Education", ("MSc Computer Science, University of Leeds, 2018 - 2019",)),
        ("Publications", ("Robin Roe et al.: Sparse attention. NeurIPS 2021.",)),
    ):
        page.setFont("Helvetica-Bold", 12)
        page.drawString(left, y, heading)
        page.setFont("Helvetica", 10)
        for row in rows:
            y -= 14
            page.drawString(left, y, row)
        y -= 30
    if picture and not sidebar:
        photo()
    page.save()
    return target.getvalue()


@pytest.mark.parametrize("sidebar", [False, True], ids=["one column", "sidebar"])
def test_another_photo_or_name_on_the_same_pdf(sidebar: bool) -> None:
    def told(report: Report) -> object:
        data = json.loads(render(report, "json"))
        return without_places([data["profile"], data["roles"], data["notes"]])

    def read(name: str, picture: str) -> object:
        return told(analyze(io.BytesIO(sheet(name, picture, sidebar=sidebar))))

    wanted = read("Robin Roe", "")
    for name, picture in (("Robin Roe", "noise"), ("Robin Roe", "white"), *((name, "black") for name in NAMES)):
        assert read(name, picture) == wanted, (name, picture)
