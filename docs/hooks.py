"""What mkdocs is told besides mkdocs.yml: pages that live beside what they tell of, and links that hold there and here.

``skills/README.md`` and ``examples/README.md`` are pages of the site, and the files of ``examples/`` go with them. A
link in a page names a file of the repository, as whoever reads the page there needs it; in the site it leads to the
page made of that file.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]

#: File of the repository → page of the site.
PAGES = {"skills/README.md": "data-files.md", "examples/README.md": "examples.md"}

_LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages and files from outside of ``docs/``."""
    from mkdocs.structure.files import File

    shown = {path.relative_to(ROOT).as_posix() for path in (ROOT / "examples").rglob("*.*") if path.suffix != ".md"}
    for path, uri in {**PAGES, **{path: path for path in sorted(shown)}}.items():
        files.append(File.generated(config, uri, abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Turns links to files of the repository into links to what the site makes of them."""
    sources = {uri: path for path, uri in PAGES.items()}
    home = dirname(sources.get(page.file.src_uri, f"docs/{page.file.src_uri}"))

    def in_site(link: re.Match[str]) -> str:
        path = normpath(f"{home}/{link[1]}")
        return f"]({PAGES.get(path, path.removeprefix('docs/'))}"

    return _LINK.sub(in_site, markdown)
