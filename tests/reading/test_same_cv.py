"""One CV in five formats is one CV: the same degrees, positions and papers, the same skills at the same levels."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape
from typing import Any

import making
import pytest

from profilefit import analyze

#: (kind, text); the cells of a row are parted by tabs.
CV = [
    ("name", "Robin Roe"),
    ("text", "Oslo, Norway"),
    ("section", "Summary"),
    ("text", "Engineer who brings models to the people who wait for them."),
    ("section", "Experience"),
    ("row", "Machine Learning Engineer, Fjord Credit AS\tMarch 2020 – present"),
    ("bullet", "Trained a gradient boosting model in XGBoost that cut defaults by 18% for 40,000 customers."),
    ("bullet", "Deployed it with Docker on AWS, behind a REST API in FastAPI."),
    ("row", "Data Scientist, Havn Shipping\tJune 2017 – February 2020"),
    ("bullet", "Forecast the berths of twelve ports with PyTorch and Python."),
    ("section", "Education"),
    ("row", "MSc in Computer Science, University of Oslo\t2015 – 2017"),
    ("text", "Thesis: Ranking ships with graph neural networks."),
    ("row", "BSc in Mathematics, University of Bergen\t2012 – 2015"),
    ("section", "Publications"),
    ("bullet", "R. Roe and A. Vik. Waiting ships as graphs. NeurIPS 2021."),
    ("section", "Skills"),
    ("text", "Languages: Python, C++, SQL"),
    ("text", "Tools: Kubernetes, Terraform, Spark, Git"),
]


def as_text() -> str:
    lines = {"name": "{}", "section": "\n{}\n", "text": "{}", "row": "\n{}", "bullet": "- {}"}
    return "\n".join(lines[kind].format(text.upper() if kind == "section" else text) for kind, text in CV) + "\n"


def as_markdown() -> str:
    lines = {"name": "# {}", "section": "\n## {}\n", "text": "{}  ", "row": "\n**{}** | {}\n", "bullet": "- {}"}
    return "\n".join(lines[kind].format(*text.split("\t")) for kind, text in CV) + "\n"


def as_docx() -> bytes:
    styles = {"name": "Heading1", "section": "Heading2", "bullet": "ListBullet"}
    bold = {"row": "<w:b/>"}
    return making.docx("".join(making.paragraph(text, styles.get(kind, ""), bold.get(kind, "")) for kind, text in CV))


def as_word_table() -> bytes:
    """The same with every row in a table of its own, as many templates have it."""
    styles = {"name": "Heading1", "section": "Heading2", "bullet": "ListBullet"}
    parts = [
        making.table(tuple(making.paragraph(cell, run="<w:b/>") for cell in text.split("\t")))
        if kind == "row"
        else making.paragraph(text, styles.get(kind, ""))
        for kind, text in CV
    ]
    return making.docx("".join(parts))


def as_odt() -> bytes:
    bold = (
        '<style:style style:name="B" style:family="paragraph"><style:text-properties'
        ' fo:font-weight="bold"/></style:style>'
    )
    lines = {
        "name": '<text:h text:outline-level="1">{}</text:h>',
        "section": '<text:h text:outline-level="2">{}</text:h>',
        "text": "<text:p>{}</text:p>",
        "row": '<text:p text:style-name="B">{}</text:p>',
        "bullet": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
    }
    return making.odt(
        "".join(lines[kind].format(text.replace("\t", "<text:tab/>")) for kind, text in CV), automatic=bold
    )


def as_html() -> str:
    lines = {
        "name": "<h1>{}</h1>",
        "section": "<h2>{}</h2>",
        "text": "<p>{}</p>",
        "row": '<div class="row"><span><b>{}</b></span><span>{}</span></div>',
        "bullet": "<ul><li>{}</li></ul>",
    }
    return "<!DOCTYPE html>" + "\n".join(lines[kind].format(*escape(text).split("\t")) for kind, text in CV)


def as_page_of_divs() -> str:
    """The same without a heading or list: boxes, floats and a style sheet."""
    sheet = ".section { font-size: 20px; text-transform: uppercase } .when { float: right } .name { font-size: 2em }"
    lines = {
        "name": '<div class="name">{}</div>',
        "section": '<div class="section"><b>{}</b></div>',
        "text": "<div>{}</div>",
        "row": '<div><b>{}</b><span class="when">{}</span></div>',
        "bullet": "<div>• {}</div>",
    }
    body = "\n".join(lines[kind].format(*escape(text).split("\t")) for kind, text in CV)
    return f"<html><style>{sheet}</style>{body}</html>"


def claims(data: bytes) -> dict[str, Any]:
    report = analyze(io.BytesIO(data), name="cv")
    profile = report.profile
    return {
        "highest": profile.highest_degree,
        "education": [(e.level, e.field, e.institution, e.start, e.end, e.status) for e in profile.education],
        "positions": [(p.title, p.organisation, p.start, p.end, p.current) for p in profile.positions],
        "papers": [(p.title, p.venue, p.year) for p in profile.publications],
        "skills": {skill.id: skill.level for skill in profile.skills},
        "verdicts": [(role.id, r.id, r.status) for role in report.roles for r in role.requirements],
    }


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    return claims(as_text().encode())


def test_the_text_is_understood(plain: dict[str, Any]) -> None:
    assert [(e[0], e[3], e[4]) for e in plain["education"]] == [
        ("master", "2015", "2017"),
        ("bachelor", "2012", "2015"),
    ]
    assert [(p[0], p[2], p[3]) for p in plain["positions"]] == [
        ("Machine Learning Engineer", "2020-03", None),
        ("Data Scientist", "2017-06", "2020-02"),
    ]
    assert plain["papers"] == [("Waiting ships as graphs", "NeurIPS", 2021)]
    levels = plain["skills"]
    assert (levels["xgboost"], levels["pytorch"], levels["terraform"]) == ("demonstrated", "used", "listed")


@pytest.mark.parametrize("make", [as_markdown, as_docx, as_word_table, as_odt, as_html, as_page_of_divs])
def test_the_same_cv_in_another_format(make: Callable[[], str | bytes], plain: dict[str, Any]) -> None:
    made = make()
    assert claims(made if isinstance(made, bytes) else made.encode()) == plain
