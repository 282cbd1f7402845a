"""PDF → lines in reading order.

An *engine* draws the pages (``miner``, or ``pdfium`` where that is asked for); ``page`` tells which way is up and what
can be seen; ``words`` → ``lines`` → ``layout`` put the glyphs together as a person's eye does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Literal, get_args

from profilefit.errors import DocumentTooLarge, MissingExtra, NoTextLayer, UnreadableDocument
from profilefit.models import Note, SourceKind
from profilefit.reading.assemble import Reading
from profilefit.reading.limits import Limits
from profilefit.reading.pdf.glyphs import Chunk, PageGlyphs
from profilefit.reading.pdf.lines import lay_out
from profilefit.reading.pdf.page import SMALLEST, Drawing, collect

__all__ = ["PdfEngine", "check_engine", "find_engine", "read_pdf"]

PdfEngine = Literal["pdfminer", "pdfium"]

#: Programs that break words over lines unless told not to.
_HYPHENATING = re.compile(r"tex\b|typst|indesign|xdvi|quark|scribus|framemaker|pages", re.I)
#: A page of which pictures cover more than this share is a picture.
_MOSTLY = 0.4


def read_pdf(data: bytes, name: str, limits: Limits, engine: PdfEngine = "pdfminer") -> Reading:
    """The lines of a PDF in reading order.

    Args:
        engine: what draws the pages; ``pdfium`` needs the extra of that name.

    Raises:
        EncryptedDocument, NoTextLayer, DocumentTooLarge, UnreadableDocument.
        MissingExtra: the engine is not installed.
    """
    drawing = find_engine(engine)(data, name, limits)
    if not drawing.pages:
        raise UnreadableDocument(name, "the PDF has no pages; export it again")
    seen = [collect(drawn, number) for number, drawn in enumerate(drawing.pages, 1)]
    pages = [page for page, _ in seen]
    notes = [*_notes_on_limits(drawing, limits), *_notes_on_text(drawing, seen, name)]
    kind = _kind(drawing.facts, pages)
    if kind == "linkedin-pdf":
        message = (
            "A LinkedIn PDF shows only a few top skills: what is absent is not shown in this export, not missing. "
            "Give a full CV beside it to have all of them assessed."
        )
        notes.append(Note("linkedin-top-skills", message))
    made_by = f"{drawing.facts.get('Producer', '')} {drawing.facts.get('Creator', '')}"
    drafts = lay_out(pages, drawing.count, _HYPHENATING.search(made_by) is not None)
    return Reading(drafts, sorted(notes, key=attrgetter("code")), drawing.count, kind)


def check_engine(name: str) -> None:
    """Refuse a name that is no engine's, before any file is read.

    >>> check_engine("pdfum")
    Traceback (most recent call last):
    ValueError: unknown PDF engine "pdfum"; there are pdfminer and pdfium
    """
    engines = get_args(PdfEngine)
    if name not in engines:
        raise ValueError(f'unknown PDF engine "{name}"; there are {" and ".join(engines)}')


def find_engine(name: PdfEngine) -> Callable[[bytes, str, Limits], Drawing]:
    """The function that draws a document.

    Raises:
        ValueError: there is no such engine.
        MissingExtra: it is not installed.
    """
    check_engine(name)
    if name == "pdfminer":
        from profilefit.reading.pdf.miner import draw as draw_with_pdfminer

        return draw_with_pdfminer
    try:
        from profilefit.reading.pdf.pdfium import draw
    except ImportError as error:
        raise MissingExtra("the PDF engine pdfium", "pdfium") from error
    return draw


def _notes_on_limits(drawing: Drawing, limits: Limits) -> Iterator[Note]:
    cut = [number for number, drawn in enumerate(drawing.pages, 1) if drawn.cut]
    if cut:
        yield Note("page-cut", f"Page {cut[-1]} draws more than a CV does; the rest of it was not read.")
    if drawing.count > limits.pages:
        yield Note("pages-left-out", f"The file has {drawing.count} pages; only the first {limits.pages} were read.")


def _notes_on_text(drawing: Drawing, seen: Sequence[tuple[PageGlyphs, list[Chunk]]], name: str) -> Iterator[Note]:
    """What is to be said of text that cannot be seen or told; text that was recognised on a scan counts as seen.

    Raises:
        NoTextLayer: there is no text worth reading.
    """
    shown = sum(len(chunk.text) for page, _ in seen for chunk in page.chunks)
    unseen = sum(len(chunk.text) for _, chunks in seen for chunk in chunks)
    pictures = any(drawn.image > _MOSTLY for drawn in drawing.pages)
    if unseen > 200 and pictures and shown < 0.1 * unseen:
        for page, chunks in seen:
            page.chunks += [chunk for chunk in chunks if chunk.size >= SMALLEST]
        message = "The pages are pictures with a text layer from character recognition; words may be misread."
        yield Note("recognised-text", message)
    elif unseen:
        yield Note("invisible-text", f"{unseen} characters that cannot be seen on the page were left out.")
    aside = sum(page.aside for page, _ in seen)
    if aside:
        yield Note("turned-text", f"{aside} characters that run across the direction of their page were left out.")
    if not shown and any(drawn.cut for drawn in drawing.pages):
        raise DocumentTooLarge(name, "its pages draw far more than those of a CV; print it to a new PDF")
    if not any(page.chunks for page, _ in seen) or (pictures and shown + unseen < 25):
        raise NoTextLayer(name, "the pages are pictures (a scan); run text recognition (OCR) over it first")
    if drawing.unmapped > 0.5 * max(1, shown):
        raise NoTextLayer(name, "its letters carry no characters; export it again or run text recognition (OCR)")
    if drawing.unmapped > 0.03 * shown:
        message = "Some fonts do not say which characters they show; words may be missing."
        yield Note("unmapped-characters", message)


def _kind(facts: dict[str, str], pages: Sequence[PageGlyphs]) -> SourceKind:
    """A LinkedIn export, told by producer, author and geometry; never by the file's name."""
    page = pages[0]
    fop = facts.get("Producer", "").startswith("Apache FOP")
    author = facts.get("Author", "") == "LinkedIn"
    letter = abs(page.width - 612) < 2 and abs(page.height - 792) < 2
    bar = any(f.x0 <= 3 and 190 <= f.x1 <= 215 and f.y1 - f.y0 > 0.9 * page.height for f in page.fills)
    edges = Counter(round(chunk.x0) for chunk in page.chunks)
    columns = edges[21] + edges[22] >= 2 and edges[223] + edges[224] >= 3
    if sum((fop, author, letter and bar, letter and columns)) >= 2:
        return "linkedin-pdf"
    old = facts.get("Producer", "").startswith("Apache FOP Version 1.") and letter
    return "linkedin-pdf" if old and any("Times" in chunk.style.family for chunk in page.chunks[:20]) else "cv"
