"""The pages as a site: it builds without a warning, reads well on any screen, and fetches nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import open_page, problems_of

import profilefit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
#: All pages; two of them live beside what they tell of (docs/hooks.py).
NAMES = sorted({path.stem for path in (ROOT / "docs").glob("*.md")} | {"data-files", "examples"})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("material", reason="mkdocs-material is not installed")
    pytest.importorskip("mkdocstrings", reason="mkdocstrings is not installed")
    out = tmp_path_factory.mktemp("site")
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_every_page_is_there(site: Path) -> None:
    assert sorted(path.stem for path in site.glob("*.html") if path.stem != "404") == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_reads_well_and_fetches_nothing(name: str, site: Path, browser: Browser) -> None:
    assert problems_of(browser, site / f"{name}.html", beside=True) == []


def test_what_a_link_names_is_there(site: Path) -> None:
    for name in NAMES:
        for link in re.findall(
            r'(?:href|src)="(?!https?:|#|data:)([^"#]+)', (site / f"{name}.html").read_text("utf-8")
        ):
            assert (site / link).exists(), f"{name}.html: {link}"


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    told = set(re.findall(r'<h\d id="profilefit\.(?:\w+\.)*(\w+)"', (site / "api.html").read_text("utf-8")))
    assert set(profilefit.__all__) - {"__version__"} <= told


def test_the_search_works_from_a_folder(site: Path, browser: Browser) -> None:
    problems: list[str] = []
    with open_page(browser, site / "index.html", problems, width=1400, beside=True) as page:
        page.locator("input.md-search__input").focus()
        page.locator(".md-search-result__meta", has_text="Type to start").wait_for()
        page.keyboard.type("quadratic kappa")
        page.locator(".md-search-result__item", has_text="Accuracy").first.wait_for()
    assert problems == []
