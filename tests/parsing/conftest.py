"""Documents written as text: what the reading room would hand over, without a file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from profilefit.library import Library, load_library
from profilefit.models import Document, Line, Source


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def page() -> Callable[[str], Document]:
    """Text to a document: ``#`` heading style, ``*`` bold, ``-`` bullet, ``|`` between cells, an empty line a gap."""

    def build(text: str) -> Document:
        lines: list[Line] = []
        texts: list[str] = []
        at, gap = 0, 1.0
        for raw in text.strip("\n").split("\n"):
            content = raw.strip()
            if not content:
                gap = 2.0
                continue
            mark = content[0] if content[:2] in ("# ", "* ", "- ") else ""
            content = content[2 if mark else 0 :].replace(" | ", "\t")
            style = {"#": "head", "*": "bold"}.get(mark, "body")
            lines.append(
                Line(
                    at,
                    at + len(content),
                    len(lines) + 1,
                    size=12.0 if mark == "#" else 10.0,
                    style=style,
                    bold=style != "body",
                    indent=float(len(raw) - len(raw.lstrip())),
                    gap=gap,
                    bullet=mark == "-",
                )
            )
            texts.append(content)
            at, gap = at + len(content) + 1, 1.0
        return Document(Source("cv.txt", "text", "cv", "", None, None), "\n".join(texts), tuple(lines))

    return build
