"""LinkedIn's older PDF (2016-17): one column of Times, "Title at Company" lines, "Page 1" at the bottom right."""

from __future__ import annotations

import io

import pytest
from reading_checks import consistent

from profilefit.library import load_library
from profilefit.parsing import parse
from profilefit.reading import read_bytes

canvas = pytest.importorskip("reportlab.pdfgen.canvas")

STYLES = {
    "name": ("Times-Roman", 26), "head": ("Times-Roman", 18), "title": ("Times-Bold", 12), "dates": ("Times-Roman", 9),
    "text": ("Times-Roman", 10.5),
}  # fmt: skip
PAGE = """
name  Tilda Quist
text  Machine Learning Engineer at Fjord Credit
text  tilda@mail.example
head  Summary
text  I build models that answer within a few milliseconds, and I like boats.
head  Experience
title Machine Learning Engineer at Fjord Credit
dates March 2014 - Present (2 years 8 months)
text  Ported the loan scoring to scikit-learn and cut its latency from 80 ms to 35 ms. Wrote the nightly
text  jobs in Python and SQL.
title Keeper of Numbers at Harbour Statistics Ltd
dates January 2012 - February 2014 (2 years 2 months)
text  Counted herring with R.
title Research Assistant at University of Nordkap
dates September 2010 - December 2011 (1 year 4 months)
head  Skills & Expertise
title Python
title R
title Machine Learning
title Docker
head  Languages
title English
text  (Native or bilingual proficiency)
head  Publications
title Counting herring from few labels
text  NIPS 2013
head  Education
title University of Nordkap
text  Master of Science (MSc), Statistics, 2008 - 2010
text  Activities and Societies: Chess club
title Platvia Polytechnic
text  Bachelor's degree, Mathematics, 2005 - 2008
head  Interests
text  boats, chess
"""


def old_export(producer: str = "Apache FOP Version 1.1") -> bytes:
    target = io.BytesIO()
    page = canvas.Canvas(target, pagesize=(612, 792), invariant=1)
    page.setProducer(producer)
    at, number = 740.0, 1

    def foot() -> None:
        page.setFont("Times-Roman", 9)
        page.drawRightString(580, 25, f"Page {number}")
        page.showPage()

    for row in PAGE.strip().split("\n"):
        style, text = row[:6].strip(), row[6:]
        font, size = STYLES[style]
        if at < 80:
            foot()
            at, number = 740.0, number + 1
        at -= size * (1.9 if style in ("head", "title") else 1.25)
        page.setFont(font, size)
        page.drawString(50, at, text)
    foot()
    page.save()
    return target.getvalue()


def test_the_older_export_is_read_as_one() -> None:
    document = read_bytes(old_export(), "cv.pdf")
    consistent(document)
    assert document.source.kind == "linkedin-pdf"
    assert document.source.pages == 2
    assert "Page" not in document.text
    profile = parse(document, load_library())
    assert [(p.title, p.organisation, p.start, p.end) for p in profile.positions] == [
        ("Machine Learning Engineer", "Fjord Credit", "2014-03", None),
        ("Keeper of Numbers", "Harbour Statistics Ltd", "2012-01", "2014-02"),
        ("Research Assistant", "University of Nordkap", "2010-09", "2011-12"),
    ]
    assert [(e.level, e.field, e.institution, e.start, e.end) for e in profile.education] == [
        ("master", "Statistics", "University of Nordkap", "2008", "2010"),
        ("bachelor", "Mathematics", "Platvia Polytechnic", "2005", "2008"),
    ]
    assert [(p.title, p.venue, p.year) for p in profile.publications] == [
        ("Counting herring from few labels", "NeurIPS", 2013)
    ]
    levels = {skill.id: skill.level for skill in profile.skills}
    assert (levels["docker"], levels["r"], levels["scikit-learn"]) == ("listed", "used", "demonstrated")


def test_another_producer_makes_another_kind() -> None:
    assert read_bytes(old_export("a word processor"), "linkedin.pdf").source.kind == "cv"
