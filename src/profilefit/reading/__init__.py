"""Reading: a file becomes a ``Document``, its text clean and in the order in which a person would read it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from profilefit.errors import DocumentTooLarge, UnreadableDocument
from profilefit.models import Document, Source
from profilefit.reading.assemble import Reading, assemble
from profilefit.reading.limits import Limits
from profilefit.reading.sniff import Format, sniff

if TYPE_CHECKING:
    from profilefit.reading.pdf import PdfEngine

__all__ = ["Limits", "load", "read", "read_bytes", "telling"]

#: The module and function that read each format, imported on first use: (bytes, name, limits) → Reading.
_READERS: dict[Format, tuple[str, str]] = {
    "pdf": ("pdf", "read_pdf"),
    "docx": ("docx", "read_docx"),
    "odt": ("odt", "read_odt"),
    "html": ("html", "read_html"),
    "markdown": ("text", "read_markdown"),
    "text": ("text", "read_text"),
    "json": ("jsonresume", "read_jsonresume"),
    "csv": ("linkedin_export", "read_export"),
}


#: Where a shell puts the pipe of ``<(command)``: somebody writes into it.
_PIPES = (("/", "dev"), ("/", "proc"))


def read(
    source: str | Path | BinaryIO,
    *,
    name: str | None = None,
    limits: Limits | None = None,
    pdf_engine: PdfEngine = "pdfminer",
) -> Document:
    """Read a CV from a path, an open binary file, or standard input (``"-"``).

    Args:
        source: what to read; a folder only where it holds a LinkedIn data export. The format is told by the bytes,
            never by the name.
        name: what to call the source; by default the file's base name, ``-`` for standard input.
        limits: bounds on what a file may ask for.
        pdf_engine: what draws the pages of a PDF: ``pdfminer``, or ``pdfium``, which is faster, less safe and an extra.

    Raises:
        UnreadableDocument: missing, empty, damaged or of an unsupported kind; its subclasses say encrypted
            (``EncryptedDocument``), a scan (``NoTextLayer``) or too large (``DocumentTooLarge``).
        TypeError: no path and no file of bytes.
    """
    limits = limits or Limits()
    if not isinstance(source, (str, Path)):
        label = name or Path(str(getattr(source, "name", "-"))).name
        data = source.read(limits.bytes + 1) if hasattr(source, "read") else None
        if not isinstance(data, bytes):
            raise TypeError("give a path or a file opened in binary mode; BytesIO(data) makes one of bytes")
        return read_bytes(data, label, limits, pdf_engine)
    if not str(source):
        raise UnreadableDocument('""', "this is no path; name a file")
    label = name or Path(source).name or str(source)
    with telling(source):
        if str(source) != "-" and Path(source).is_dir():
            from profilefit.reading.linkedin_export import read_folder

            result, sha256 = read_folder(Path(source), str(source), limits)
            return _document(result, label, "csv", sha256, limits)
    return read_bytes(load(source, limits), label, limits, pdf_engine)


def load(source: str | Path, limits: Limits | None = None) -> bytes:
    """The bytes of a file, or of standard input (``"-"``); of one that is too large no more than tell it.

    Raises:
        UnreadableDocument: there is no such file, or it cannot be opened.
    """
    most = (limits or Limits()).bytes + 1
    if str(source) == "-":
        return sys.stdin.buffer.read(most)
    path = Path(source)
    with telling(source):
        if path.is_dir():
            raise UnreadableDocument(str(source), "this is a folder; name the file")
        if path.is_fifo() and path.parts[:2] not in _PIPES:
            raise UnreadableDocument(str(source), "this is a named pipe; use - to read from a pipe")
        with path.open("rb") as file:
            return file.read(most)


@contextmanager
def telling(source: str | Path) -> Iterator[None]:
    """What goes wrong with a file, as what a user is told."""
    try:
        yield
    except FileNotFoundError as error:
        raise UnreadableDocument(str(source), "no such file; check the path") from error
    except PermissionError as error:
        raise UnreadableDocument(str(source), "no permission to read it; check who owns the file") from error
    except (OSError, ValueError) as error:
        raise UnreadableDocument(str(source), "the file cannot be opened; check the path") from error


def read_bytes(
    data: bytes, name: str = "-", limits: Limits | None = None, pdf_engine: PdfEngine = "pdfminer"
) -> Document:
    """Read a CV that is in memory already. Raises as ``read`` does."""
    limits = limits or Limits()
    if len(data) > limits.bytes:
        raise DocumentTooLarge(name, f"the file is over {limits.bytes / 1e6:.0f} MB; remove pictures or print it anew")
    kind = sniff(data, name)
    module, function = _READERS[kind]
    reader = getattr(import_module(f"{__name__}.{module}"), function)
    options = (pdf_engine,) if kind == "pdf" else ()
    result: Reading = reader(data, name, limits, *options)
    return _document(result, name, kind, hashlib.sha256(data).hexdigest(), limits)


def _document(result: Reading, name: str, format: Format, sha256: str, limits: Limits) -> Document:
    source = Source(
        name=name,
        format=format,
        kind=result.kind,
        sha256=sha256,
        pages=result.pages,
        language=None,  # parsing tells the language: it knows words, reading does not
    )
    document = assemble(source, result.drafts, result.notes, limits)
    if not document.lines:
        raise UnreadableDocument(name, "there is no text in it; give a file that holds a CV")
    return document
