"""Archives and XML made to harm: each ends in one line that names the fix, soon and without much memory."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import time
import warnings
import zipfile

import pytest
from making import archive, docx, odt, paragraph
from reading_checks import consistent

from profilefit.errors import DocumentTooLarge, EncryptedDocument, UnreadableDocument
from profilefit.reading import Limits, read_bytes


def refused(data: bytes, error: type[UnreadableDocument] = UnreadableDocument, limits: Limits | None = None) -> str:
    began = time.process_time()
    with pytest.raises(error) as caught:
        read_bytes(data, "cv", limits)
    assert time.process_time() - began < 3
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("tag", ["w:p", "w:tbl", "w:sdt", "w:r"])
def test_deep_nesting(tag: str) -> None:
    for depth in (250, 100_000):
        assert "nested" in refused(docx(f"<{tag}>" * depth + f"</{tag}>" * depth))
    fits = read_bytes(docx(f"<{tag}>" * 190 + f"</{tag}>" * 190 + paragraph("Hi")), "cv")
    assert fits.text == "Hi\n"


@pytest.mark.parametrize("unit", ["table:table", "text:span", "draw:frame", "text:section", "text:list"])
def test_deep_nesting_in_opendocument(unit: str) -> None:
    assert "nested" in refused(odt(f"<{unit}>" * 100_000 + f"</{unit}>" * 100_000))
    deep = f"<text:p><{unit}>" * 95 + f"</{unit}></text:p>" * 95
    assert read_bytes(odt(f"{deep}<text:p>Hi</text:p>"), "cv").text == "Hi\n"


def test_entities_and_document_types() -> None:
    for prolog in ('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>', "<!DOCTYPE x>"):
        assert "document type" in refused(docx(paragraph("&a;"), prolog=prolog))
    wide = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")
    assert "document type" in refused(archive({"word/document.xml": wide}))
    refused(docx(paragraph("&undefined;")))
    refused(archive({"word/document.xml": b'<?xml version="1.0" encoding="rot13"?><x/>'}))


def test_bombs_are_counted_while_they_unpack() -> None:
    refused(docx(paragraph("x" * 500_000)), DocumentTooLarge, Limits(unpacked=100_000))
    refused(docx(paragraph("x " * 5_000_000)), DocumentTooLarge)
    refused(docx("<w:p/>" * 2_000_000), DocumentTooLarge)
    refused(docx(paragraph("one more line") * 21_000), DocumentTooLarge)
    lying = bytearray(docx(paragraph("x" * 500_000)))
    at = lying.rindex(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 10)
    refused(bytes(lying))
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as file:
        for number in range(6_000):
            file.writestr(f"word/header{number}.xml", "")
    refused(many.getvalue(), DocumentTooLarge)


def test_locked_doubled_and_odd_members() -> None:
    locked = bytearray(docx(paragraph("x")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + offset] |= 1
    refused(bytes(locked), EncryptedDocument)
    assert "password" in refused(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), EncryptedDocument)
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in ("one", "two"):
            file.writestr("word/document.xml", text)
    assert "one name" in refused(twice.getvalue())
    squeezed = io.BytesIO()
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("word/document.xml", "x" * 10_000_000)
    assert "unusual" in refused(squeezed.getvalue())


@pytest.mark.parametrize(
    "whole", [docx(paragraph("Robin Roe")), odt("<text:p>Robin Roe</text:p>")], ids=["docx", "odt"]
)
def test_damaged_files_give_a_typed_error_or_text(whole: bytes) -> None:
    chance = random.Random(7)
    for _ in range(400):
        data = bytearray(whole[: chance.randrange(30, len(whole) + 1)] if chance.random() < 0.2 else whole)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(UnreadableDocument):
            consistent(read_bytes(bytes(data), "cv"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (archive({"xl/workbook.xml": ""}), "spreadsheet"),
        (archive({"ppt/presentation.xml": ""}), "presentation"),
        (archive({"META-INF/container.xml": ""}), "e-book"),
        (archive({"Index/Document.iwa": ""}), "Pages"),
        (archive({"photo.png": ""}), "no document"),
        (b"{\\rtf1 hello}", "rich text"),
        (b'<?xml version="1.0"?><note><to>x</to></note>', "XML"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>', "XML"),
        (b"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "web archive"),
    ],
)
def test_other_files_are_named(data: bytes, says: str) -> None:
    assert says in refused(data)
