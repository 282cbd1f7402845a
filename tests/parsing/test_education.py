"""Degrees, schools, years and status in invented layouts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from profilefit.library import Library
from profilefit.models import Document
from profilefit.parsing import parse
from profilefit.parsing.education import find_education
from profilefit.parsing.sections import find_sections

Page = Callable[[str], Document]


def read(document: Document, library: Library) -> list[tuple[object, ...]]:
    found = find_education(document, find_sections(document, library), (), library)
    for entry in found:
        for evidence in entry.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.match
    return [(e.level, e.institution, e.start, e.end, e.status) for e in found if e.level]


LAYOUTS = {
    "school and place, then degree and dates": (
        """
        # Education
        * Brightwater University | Mumbai
        B.Tech. in Computer Science | 2015 – 2019
        - Coursework: MS Office for BE students
        * Kestrel College | London
        MSc Statistics | Sep 2019 – Aug 2020
        """,
        [("bachelor", "Brightwater University", "2015", "2019", "completed"),
         ("master", "Kestrel College", "2019-09", "2020-08", "completed")],
    ),
    "schools that no list knows": (
        """
        # Education
        * Ph.D. in Computer Science | 2014 – 2019
        Blorptown
        * M.Sc. in Computer Science | 2012 – 2014
        Vuntiland
        """,
        [("doctorate", "Blorptown", "2014", "2019", "completed"), ("master", "Vuntiland", "2012", "2014", "completed")],
    ),
    "one unknown school among known ones": (
        """
        # Education
        2016 – 2020 | PhD in Statistics, Qorvath
            Thesis: on priors. Supervised by Prof. M. Smith (University of Oxford)
        2014 – 2016 | MSc Mathematics, ETH Zürich
        2011 – 2014 | BSc Mathematics, University of Ghent
        """,
        [("doctorate", "Qorvath", "2016", "2020", "completed"), ("master", "ETH Zürich", "2014", "2016", "completed"),
         ("bachelor", "University of Ghent", "2011", "2014", "completed")],
    ),
    "everything in one line, as a list": (
        """
        # Academic Qualifications
        - Ph.D. (Computer Science), Indian Institute of Technology Bombay, 2018.
        - B.E. (IT), Jadavpur University, 2010.
        - Postdoctoral Fellow, Foo Institute, 2018-2019
        """,
        [("doctorate", "Indian Institute of Technology Bombay", None, "2018", "completed"),
         ("bachelor", "Jadavpur University", None, "2010", "completed")],
    ),
    "a table": (
        """
        # Education
        Degree | Institute | Year | CGPA
        B.Tech (CSE) | Zephyr Engineering Wing | 2015-2019 | 8.9
        Class XII (CBSE) | Delhi Public School, Noida | 2015 | 94%
        """,
        [("bachelor", "Zephyr Engineering Wing", "2015", "2019", "completed"),
         ("secondary", "Delhi Public School", None, "2015", "completed")],
    ),
    "two entries side by side": (
        """
        # Education
        MBA, Kellwyn Business School, 2017–2018 | B.E. Physics, Ravel College of Engineering, 2005–2009
        """,
        [("master", "Kellwyn Business School", "2017", "2018", "completed"),
         ("bachelor", "Ravel College of Engineering", "2005", "2009", "completed")],
    ),
    "two degrees of one school": (
        """
        # Education
        * Johns Example University | Baltimore, MD
        PhD Candidate, Biomedical Engineering | 2021 – Present
        MSE, Biomedical Engineering | 2021
        * Cornell University | Ithaca, NY
        BS, Biology, magna cum laude | May 2017
        """,
        [("doctorate", "Johns Example University", "2021", None, "in-progress"),
         ("master", "Johns Example University", None, "2021", "completed"),
         ("bachelor", "Cornell University", None, "2017-05", "completed")],
    ),
    "degrees as bullets under their school": (
        """
        # Education
        * Tsinghua University, Beijing | Sep. 2018 – Jun. 2021
        - Master of Engineering in Software Engineering
        - Thesis: compressing things
        * Xidian University, Xi'an | Sep. 2014 – Jun. 2018
        - Bachelor of Engineering in Computer Science
        """,
        [("master", "Tsinghua University", "2018-09", "2021-06", "completed"),
         ("bachelor", "Xidian University", "2014-09", "2018-06", "completed")],
    ),
    "German, with a doctorate and a school": (
        """
        # Ausbildung
        10/2015 – 09/2018 | Promotion (Dr. rer. nat.), Physik
        Ludwig-Maximilians-Universität München, summa cum laude
        06/2010 | Abitur, Note 1,2
        Goethe-Gymnasium Dresden
        """,
        [("doctorate", "Ludwig-Maximilians-Universität München", "2015-10", "2018-09", "completed"),
         ("secondary", "Goethe-Gymnasium Dresden", None, "2010-06", "completed")],
    ),
    "French, what leads to no degree left out": (
        """
        # Formation
        2018 - 2021 | Doctorat en informatique, Sorbonne Université, Paris
        2013 - 2015 | Classes préparatoires MPSI, Lycée Arago
        2012 | Semestre d'échange, Universität Bonn
        """,
        [("doctorate", "Sorbonne Université", "2018", "2021", "completed")],
    ),
    "Chinese, degree in brackets": (
        """
        # 教育背景
        浙江大学 | 计算机科学与技术（硕士） | 2015.09 – 2018.03
        东湖大学 | 数学（本科，理学学士） | 2011.09 – 2015.06
        """,
        [("master", "浙江大学", "2015-09", "2018-03", "completed"),
         ("bachelor", "东湖大学", "2011-09", "2015-06", "completed")],
    ),
    "a degree explained in brackets on the next line": (
        """
        # Education
        * Civilingenjör, Teknisk fysik
        (M.Sc. Engineering Physics, 300 ECTS)
        Wits
        2012–2015
        * BSc Mathematics
        Rhodes
        2008–2011
        """,
        [("master", "Wits", "2012", "2015", "completed"), ("bachelor", "Rhodes", "2008", "2011", "completed")],
    ),
    "left, open and expected": (
        """
        # Education
        - PhD studies in Physics, University of Leeds, 2017 – 2020 (left without a degree)
        - MSc Statistics, University of York, expected June 2027
        - Bachelor Arabic, one year, stopped, Universiteit Utrecht
        - BSc Physics, University of Hull, 2012 – 2015
        """,
        [("doctorate", "University of Leeds", "2017", "2020", "unknown"),
         ("master", "University of York", None, "2027-06", "in-progress"),
         ("bachelor", "Universiteit Utrecht", None, None, "unknown"),
         ("bachelor", "University of Hull", "2012", "2015", "completed")],
    ),
    "an end after the newest date elsewhere": (
        """
        # Education
        University of Michigan | Sep 2022 - May 2026
        Bachelor of Science, Computer Science
        # Experience
        Intern, Acme | May 2024 – Aug 2024
        """,
        [("bachelor", "University of Michigan", "2022-09", "2026-05", "in-progress")],
    ),
    "no education section": (
        """
        Jane Roe, PhD
        Scientist with a PhD in Physics from the University of Leeds (2015), advisor of three PhD students.
        # Experience
        Data Scientist | 2016 – 2020
        # Skills
        Python
        """,
        [("doctorate", "University of Leeds", None, "2015", "completed")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str, page: Page, library: Library) -> None:
    text, wanted = LAYOUTS[name]
    assert read(page(text), library) == wanted


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("MSc in Robotics, University of Leeds, 2012", "Robotics"),
        ("Master of Engineering - MEng, Computer Science with AI, University of Leeds", "Computer Science with AI"),
        ("Bachelor of Computer Science, University of Leeds", "Computer Science"),
        ("Master of Science, University of Leeds", None),
        ("Statistics, BSc | University of Leeds | 2012", "Statistics"),
        ("PhD in Physics from the University of Leeds", "Physics"),
    ],
)
def test_fields(line: str, field: str | None, page: Page, library: Library) -> None:
    document = page("# Education\n" + line)
    [entry] = find_education(document, find_sections(document, library), (), library)
    assert entry.field == field


@pytest.mark.parametrize(("subject", "wanted"), [("Doctoral researcher", "doctorate"), ("Research scientist", None)])
def test_a_doctorate_that_only_a_post_tells(subject: str, wanted: str | None, page: Page, library: Library) -> None:
    document = page(f"""
        # Education
        MSc Statistics, Kestrel College, 2018 – 2020
        # Experience
        * {subject}, University of Oslo | 2022 – present
        - Builds a library for priors.
        """)
    degrees = parse(document, library).education
    assert next((d.level for d in degrees if d.status == "in-progress"), None) == wanted
    assert [d.level for d in degrees if d.status == "completed"] == ["master"]


def test_a_degree_of_somebody_else_in_a_sentence(page: Page, library: Library) -> None:
    document = page("""
        # Education
        MSc Statistics, Kestrel College, 2018 – 2020
        My brother holds a PhD in oceanography, so family dinners come with error bars.
        """)
    assert [degree.level for degree in parse(document, library).education] == ["master"]


@pytest.mark.parametrize(
    ("said", "status"),
    [("Computer science graduate looking for a first role.", "completed"), ("Likes ponds.", "in-progress")],
)
def test_who_says_to_have_graduated_has(said: str, status: str, page: Page, library: Library) -> None:
    document = page(f"""
        # Summary
        {said}
        # Education
        BSc Computer Science, University of Leeds | Aug 2021 – May 2025
        # Experience
        Intern, Acme Ltd | May 2024 – Aug 2024
    """)
    assert [entry[-1] for entry in read(document, library)] == [status]
