"""A report marked on the CV itself: a PDF and its report become a PDF with a highlight on the words of each evidence.

``marks`` tells which words get which highlight and note, ``legend`` what the first page says of the colours and where,
``pdf`` writes both into the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from profilefit.errors import MissingExtra, UnreadableDocument
from profilefit.marking.legend import legend
from profilefit.marking.marks import Mark, find_marks
from profilefit.models import Note, Report
from profilefit.reading import Limits
from profilefit.reading.pdf import PdfEngine
from profilefit.reading.pdf.ink import first_page

__all__ = ["Mark", "Marked", "annotate", "find_writer"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A PDF with its marks; ``notes`` tell what else the marks changed, and what found no place."""

    data: bytes
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]


def annotate(
    report: Report, data: bytes, *, limits: Limits | None = None, pdf_engine: PdfEngine = "pdfminer"
) -> Marked:
    """Highlight the evidence of a report in the PDF that it was made from.

    Words that show something of one path alone have that path's colour, words that serve several have another. The
    file's own bytes stay as they are and what is new follows them, so that nothing but the marks is added; those of an
    earlier run are replaced. The same report and file give the same bytes.

    Args:
        report: what ``analyze`` returned.
        data: the PDF that it read.
        limits, pdf_engine: as for ``analyze``; the first page is looked at once more, for an empty place.

    Raises:
        UnreadableDocument: the file is no PDF, cannot be written anew, or forbids notes.
        MissingExtra: pypdf is not installed (the extra ``annotate``).
        ValueError: the report is of another file.
    """
    source = report.profile.document.source
    if source.format != "pdf":
        raise UnreadableDocument(source.name, "only a PDF can be marked; save it as PDF first")
    if source.sha256 != hashlib.sha256(data).hexdigest():
        raise ValueError("the report is of another file")
    write_marks = find_writer()
    marks = find_marks(report)
    ink = first_page(data, source.name, pdf_engine, limits)
    written, notes = write_marks(data, source.name, report.version, marks, legend(report, marks), ink)
    return Marked(written, marks, notes)


def find_writer() -> Callable[..., tuple[bytes, tuple[Note, ...]]]:
    """The function that writes marks into a file. Raises ``MissingExtra`` without pypdf."""
    try:
        from profilefit.marking.pdf import write_marks
    except ImportError as error:
        raise MissingExtra("pypdf", "annotate") from error
    return write_marks
