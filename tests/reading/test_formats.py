"""Text and Markdown read into the same kind of lines as a PDF."""

from __future__ import annotations

import pytest
from reading_checks import consistent, paragraphs

from profilefit.errors import DocumentTooLarge
from profilefit.reading import Limits, read_bytes


def test_hard_wrapped_text_makes_paragraphs() -> None:
    text = (
        "WORK\n"
        "  2019-2021      Analyst, Fjord Credit, a lender that serves all\n"
        "                 of the small ports along the northern coast.\n"
        "   - Scored the loans of forty thousand fishing boats every\n"
        "     night and told the branches why.\n"
        "   - Wrote it down.\n"
    )
    document = read_bytes(text.encode(), "cv.txt")
    consistent(document)
    assert document.source.format == "text"
    assert paragraphs(document)[-2:] == [
        "Scored the loans of forty thousand fishing boats every night and told the branches why.",
        "Wrote it down.",
    ]
    assert [line.bullet for line in document.lines][-3:] == [True, False, True]


def test_markdown_marks_become_attributes() -> None:
    text = (
        "<!-- draft -->\n# Robin Roe\n\n## Tools\n\n- **Rust** and [a crate](https://x.example)\n\n"
        "| what | when |\n|---|---|\n| `bark` | 2023 |\n"
    )
    document = read_bytes(text.encode(), "cv.md")
    consistent(document)
    assert document.source.format == "markdown"
    assert document.text == "Robin Roe\nTools\nRust and a crate\nwhat\twhen\nbark\t2023\n"
    assert [line.heading for line in document.lines] == [1, 2, 0, 0, 0]


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(DocumentTooLarge):
        read_bytes(b"line\n" * 200, "cv.txt", Limits(lines=100))
