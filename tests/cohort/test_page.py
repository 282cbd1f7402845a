"""The page of a study, as a browser sees it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from browser import problems_of

from profilefit.cohort.aggregates import list_profiles, summarize
from profilefit.cohort.counts import count
from profilefit.cohort.reporting import render_summary
from profilefit.cohort.summary import Names
from profilefit.cohort.tables import Tables
from profilefit.library import load_library

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_browser_has_nothing_to_complain_of(browser: Browser, many: Tables, tmp_path: Path) -> None:
    page, names = tmp_path / "study.html", Names.of(load_library())
    for text in (
        render_summary(summarize(count(many), names), "html", profiles=list_profiles(many, names)),
        render_summary(summarize(count(many), names, min_cell=5), "html"),
    ):
        page.write_text(text, encoding="utf-8")
        assert problems_of(browser, page) == []
