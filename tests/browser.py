"""Pages in a real browser: what a reader of them would trip over, as sentences.

The browser is Debian's Chromium (or Chrome) and is steered through a pipe, so that no connection is opened.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: A phone, a tablet, a screen: columns of pixels.
WIDTHS = (360, 800, 1400)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Contrast of text that WCAG asks for at level AA.
CONTRAST = 4.5

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: Text and what stands behind it, as the browser paints them: the texts whose contrast is below a bound.
_PALE = """bound => {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const known = new Map();
  const rgba = color => {
    if (!known.has(color)) {
      pixel.clearRect(0, 0, 1, 1); pixel.fillStyle = color; pixel.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
      known.set(color, [r, g, b, a / 255]);
    }
    return known.get(color);
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]));
  const paper = rgba(matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff");
  const behind = e => e ? over(rgba(getComputedStyle(e).backgroundColor), behind(e.parentElement)) : paper;
  const light = color => color.slice(0, 3).map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                              .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const pale = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, element = text.parentElement, words = text.data.trim();
    if (!words || !element.checkVisibility({visibilityProperty: true}) || element.closest("script, style")) continue;
    const back = behind(element), front = over(rgba(getComputedStyle(element).color), back);
    const [high, low] = [light(front), light(back)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < bound) pale.add(`${ratio.toFixed(1)} "${words.slice(0, 40)}" (${element.tagName})`);
  }
  return [...pale];
}"""

#: What goes over the right edge of the page, other than inside a box that scrolls.
_WIDE = """() => {
  const {scrollWidth, clientWidth} = document.documentElement;
  const wide = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide`] : [];
  const held = e => e && (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX) || held(e.parentElement));
  for (const element of document.body.querySelectorAll("*")) {
    const edge = element.getBoundingClientRect().right;
    if (edge > clientWidth + 1 && !held(element.parentElement)) wide.push(`${element.tagName} ends at ${edge}`);
  }
  return wide.slice(0, 5);
}"""


@contextmanager
def start_browser() -> Iterator[Browser]:
    """A browser; the test that asks for it is skipped where there is none."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        pytest.skip(f"no browser is installed ({', '.join(_BROWSERS)})")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield browser
        browser.close()


@contextmanager
def open_page(
    browser: Browser, path: Path, problems: list[str], *, width: int = 800, scheme: str = "light", beside: bool = False
) -> Iterator[Page]:
    """The page of a file, and a problem for each error on its console and each thing it fetches.

    Args:
        problems: what is added to.
        beside: files from the folder of the page, or folders in it, may be fetched.
    """
    home, address = path.resolve().parent.as_uri() + "/", path.resolve().as_uri()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()

    def asked(url: str) -> None:
        if url.partition("#")[0] != address and not url.startswith("data:") and not (beside and url.startswith(home)):
            problems.append(f"{path.name} asks for {url}")

    page.on("request", lambda request: asked(request.url))
    page.on("console", lambda said: said.type in ("error", "warning") and problems.append(f"console: {said.text}"))
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.goto(address)
    yield page
    context.close()


def problems_of(
    browser: Browser, path: Path, *, widths: Sequence[int] = WIDTHS, beside: bool = False, contrast: float = CONTRAST
) -> list[str]:
    """All that is wrong with a page, folded and unfolded, at each width and in light and dark; empty when nothing is.

    Args:
        path: an HTML file.
        beside: files beside the page may be fetched; by default nothing but the page itself.
        contrast: what the contrast of every text must reach.
    """
    problems: list[str] = []
    for scheme in SCHEMES:
        found: list[str] = []
        with open_page(browser, path, found, scheme=scheme, beside=beside) as page:
            for width in widths:
                page.set_viewport_size({"width": width, "height": 900})
                for unfold in ("false", "true"):
                    page.evaluate(f"for (const each of document.querySelectorAll('details')) each.open = {unfold}")
                    found += [f"{width} pixels: {each}" for each in page.evaluate(_WIDE)]
                found += [f"{width} pixels: pale: {each}" for each in page.evaluate(_PALE, contrast)]
        problems += [f"{scheme}: {problem}" for problem in dict.fromkeys(found)]
    return problems


def unfolded_by_keyboard(page: Page) -> bool:
    """Whether each ``<details>`` of the page opens and shuts with the keyboard alone."""
    details = page.locator("details")
    for at in range(details.count()):
        each = details.nth(at)
        each.locator("> summary").focus()
        for key, wanted in (("Enter", True), ("Space", False), ("Space", True)):
            page.keyboard.press(key)
            if each.evaluate("e => e.open") != wanted:
                return False
    return details.count() > 0
