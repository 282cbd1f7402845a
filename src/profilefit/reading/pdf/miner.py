"""The default engine: pdfminer.six, memory-safe and in Python."""

from __future__ import annotations

import io
import warnings

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.utils import mult_matrix

from profilefit.errors import DocumentTooLarge, EncryptedDocument, UnreadableDocument
from profilefit.quiet import quiet
from profilefit.reading.limits import Limits
from profilefit.reading.pdf.device import Device
from profilefit.reading.pdf.fonts import BoundedFonts
from profilefit.reading.pdf.geometry import as_viewed
from profilefit.reading.pdf.interpreter import Interpreter
from profilefit.reading.pdf.page import Drawing, DrawnPage
from profilefit.reading.pdf.streams import Budget, Cut, File, Parser, TooMuch


def draw(data: bytes, name: str, limits: Limits) -> Drawing:
    """What the pages of a PDF show.

    Raises:
        EncryptedDocument, DocumentTooLarge, UnreadableDocument.
    """
    with warnings.catch_warnings(), quiet("pdfminer"):
        warnings.simplefilter("ignore")
        try:
            return _draw(data, limits)
        except UnreadableDocument:
            raise
        except PDFEncryptionError as error:
            raise EncryptedDocument(name, "the file asks for a password; save a copy without one") from error
        except TooMuch as error:
            raise DocumentTooLarge(name, "it unpacks to far more than a CV holds; print it to a new PDF") from error
        except Exception as error:  # pdfminer raises whatever broken bytes make it raise
            raise UnreadableDocument(name, "the PDF is damaged or cut short; export it again") from error


def _draw(data: bytes, limits: Limits) -> Drawing:
    budget = Budget(limits.unpacked, limits.unpacked_total, limits.tokens)
    document = File(Parser(io.BytesIO(data), budget))
    manager = BoundedFonts(limits, budget)
    device = Device(manager, limits)
    interpreter = Interpreter(manager, device, limits)
    pages: list[DrawnPage] = []
    total = 0
    for page in PDFPage.create_pages(document):
        total += 1
        if total > limits.pages:
            break
        pages.append(_interpret(interpreter, device, page))
        drawn = interpreter.counter
        if drawn.operators > limits.operators or drawn.tokens > limits.tokens or device.seen > limits.glyphs_total:
            break
    return Drawing(pages, max(total, _page_count(document)), _facts(document), device.unmapped)


def _page_count(document: PDFDocument) -> int:
    tree = resolve1(document.catalog.get("Pages"))
    count = resolve1(tree.get("Count", 0)) if isinstance(tree, dict) else 0
    return count if isinstance(count, int) and 0 < count < 1_000_000 else 0


def _interpret(interpreter: Interpreter, device: Device, page: PDFPage) -> DrawnPage:
    """Draw a page, in the coordinates of a viewer."""
    unit = resolve1(page.attrs.get("UserUnit"))
    unit = float(unit) if isinstance(unit, (int, float)) and 0.01 < unit < 1_000 else 1.0
    view, width, height = as_viewed(page.mediabox, page.cropbox, page.rotate)
    ctm = mult_matrix(view, (unit, 0, 0, unit, 0, 0))
    drawn = device.start(width * unit, height * unit)
    drawn.unit = unit
    try:
        interpreter.render_contents(page.resources or {}, page.contents, ctm=ctm)
    except Cut:
        drawn.cut = True
    return drawn


def _facts(document: PDFDocument) -> dict[str, str]:
    """The document information: Producer, Creator, Author …"""
    facts: dict[str, str] = {}
    for info in document.info:
        for key, value in info.items():
            value = resolve1(value)
            if isinstance(value, bytes):
                encoding = "utf-16-be" if value[:2] == b"\xfe\xff" else "latin-1"
                facts[key] = value.decode(encoding, errors="replace").strip("\ufeff\x00 ")
    return facts
