"""The page: all that matters is on it, nothing gets out of a quote, and a browser has nothing to complain of."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import open_page, problems_of, unfolded_by_keyboard

from profilefit import analyze, render
from profilefit.cli import run
from profilefit.models import Report
from profilefit.reporting import render_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLES = Path(__file__).parents[2] / "examples"
HOSTILE = """\
# Experience
Machine Learning Engineer, <script>alert(1)</script> & "Söhne"\t2020 – 2023
- Shipped PyTorch models to AWS</blockquote><script>alert(2)</script> for 3M users, 35 ms <img src=x onerror=alert(3)>
- Wrote Airflow jobs in Python' onmouseover='alert(4) and SQL that mine 3 TB of logs <style>*{color:red}</style>
- نشرت نماذج PyTorch على AWS لثلاثة ملايين مستخدم \u202egnp.exe {{ 7 * 7 }} <a href="javascript:alert(5)">Keras</a>
- Averyveryverylongwordthatneverendsandneverendsandneverendsandneverendsandneverendsandneverends Docker
"""


class Tags(HTMLParser):
    """The elements of a page with their attributes, and which are open at its end."""

    VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "path", "circle", "rect"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def hostile() -> Report:
    return analyze(io.BytesIO(HOSTILE.encode()), name='<b onclick="x">.md')


def test_the_page_tells_what_matters(report: Report) -> None:
    text = re.sub(r"\s+", " ", render(report, "html", explain=True))
    for part in (
        "Master&#39;s degree: MSc Robotics, Universitas Borealis, 2018 to 2020",
        "68%",
        "Met 5 of 7, 1 partial, 1 missing",
        "<mark>AWS EKS</mark>",
        "Page 1, experience · demonstrated",
        "First step: TensorFlow Lite, days from TensorFlow, which this document shows.",
        "70 / 30",
        '<tr class="held">',
        "Text that no reader of the page can see was left out.",
        "part of another word",
        "not the same as lacking",
    ):
        assert part in text
    assert "part of another word" not in render(report, "html")
    assert text.count('<details class="asked"') == 11 + 3  # R5 names no skills, and scope a was not found


def test_nothing_of_a_cv_becomes_markup(hostile: Report, report: Report) -> None:
    for page in (render(hostile, "html", explain=True), render_page([hostile, report], verbose=True, explain=True)):
        tags = Tags(page)
        assert tags.open == []
        assert {tag for tag, _ in tags.found}.isdisjoint({"script", "img", "iframe", "object"})
        assert [tag for tag, _ in tags.found].count("style") == 1
        attributes = [(name, value or "") for _, each in tags.found for name, value in each.items()]
        assert not [name for name, _ in attributes if name.startswith("on") or name in ("style", "src")]
        assert all(value.startswith("#") for name, value in attributes if name == "href")
        ids = [value for name, value in attributes if name == "id"]
        assert len(ids) == len(set(ids))
        assert {value[1:] for name, value in attributes if name == "href"} <= set(ids)
        assert {value for name, value in attributes if name == "aria-labelledby"} <= set(ids)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)
        assert "&lt;script&gt;alert(1)" in page
        assert "{{ 7 * 7 }}" in page


def test_headings_go_down_one_step_at_a_time(report: Report, bare_report: Report) -> None:
    for page in (render(report, "html", explain=True), render_page([report, bare_report], explain=True)):
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_several_files_are_articles_of_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = tmp_path / "gone.pdf"
    files = [EXAMPLES / "engineer.pdf", gone, EXAMPLES / "researcher.md"]
    assert run(["analyze", *map(str, files), "--format", "html"]) == 3
    out, err = capsys.readouterr()
    assert (out.count("<!doctype"), out.count("<article"), out.count("</html>")) == (1, 2, 1)
    assert '<a href="#d2">researcher.md</a>' in out
    assert "1 of 3 files" in err


def test_a_browser_has_nothing_to_complain_of(
    browser: Browser, report: Report, bare_report: Report, hostile: Report, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    for text in (
        render(report, "html", explain=True),
        render_page([hostile, bare_report], verbose=True, explain=True),
        render(replace(report, roles=report.roles[1:]), "html"),
        render(replace(report, roles=()), "html"),
    ):
        page.write_text(text, encoding="utf-8")
        assert problems_of(browser, page) == []


def test_everything_can_be_reached_and_unfolded_by_keyboard(browser: Browser, report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(report, "html"), encoding="utf-8")
    with open_page(browser, path, []) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.locator(".skip").bounding_box()["x"] == 0  # type: ignore[index]
        assert unfolded_by_keyboard(page)


def test_on_paper_everything_is_unfolded(browser: Browser, report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(report, "html"), encoding="utf-8")
    with open_page(browser, path, [], scheme="dark") as page:
        page.emulate_media(media="print")
        quotes = page.locator("details .quote")
        assert quotes.count() > 10
        heights = quotes.evaluate_all("all => all.map(each => each.checkVisibility() && each.offsetHeight)")
        assert all(heights)
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 36, 48)"


def test_a_browser_sees_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text(
        '<!doctype html><title>x</title><p style="width: 900px">wide</p><p style="color: #999">pale</p>'
        '<img src="http://127.0.0.1:9/x.png" alt=""><script>missing()</script>',
        encoding="utf-8",
    )
    problems = "\n".join(problems_of(browser, page, widths=[360]))
    for part in ("the page is", "ends at", 'pale: 2.8 "pale"', "asks for http://127.0.0.1:9/x.png", "missing is not"):
        assert part in problems


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(browser: Browser, report: Report, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>x</title>{report._repr_html_()}", encoding="utf-8")
    problems: list[str] = []
    with open_page(browser, path, problems) as page:
        frame = page.frame_locator("iframe")
        assert frame.locator("h1").inner_text() == "cv.pdf"
        assert frame.locator("body").evaluate("e => getComputedStyle(e).margin") == "0px"
    assert [problem for problem in problems if "about:srcdoc" not in problem] == []
