"""What holds for every document, whatever it was read from."""

from __future__ import annotations

from profilefit.models import Document


def consistent(document: Document) -> None:
    """Offsets, words and boxes of any document fit together."""
    at = 0
    for number, line in enumerate(document.lines, 1):
        assert (line.start, line.number) == (at, number)
        assert "\n" not in document.content(line)
        assert document.content(line).strip(" \t") == document.content(line) != ""
        at = line.end + 1
    for word in document.words:
        text = document.text[word.start : word.end]
        assert text
        assert not any(map(str.isspace, text))
        x0, y0, x1, y1 = word.box
        assert x0 <= x1
        assert y0 <= y1
        line = document.line_at(word.start)
        assert line.page == word.page
        assert line.box is not None
        assert line.box[0] - 0.1 <= x0 <= x1 <= line.box[2] + 0.1


def paragraphs(document: Document) -> list[str]:
    return [" ".join(document.content(line) for line in group) for group in document.paragraphs()]
