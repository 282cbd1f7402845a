"""Files that are more than pages of text: annotated, signed, encrypted, marked before, damaged."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from drawing import HELVETICA, stream, written
from pictures import annotations, check_pictures
from test_pictures import ROWS, sheet

from profilefit import UnreadableDocument, analyze, annotate
from profilefit.marking import Marked

pypdf = pytest.importorskip("pypdf")

ENGINEER = Path(__file__).parents[2] / "examples" / "engineer.pdf"


def marked(data: bytes) -> Marked:
    return annotate(analyze(io.BytesIO(data)), data)


def file(page: bytes = b"", catalog: bytes = b"", more: dict[int, bytes] | None = None) -> bytes:
    """A CV of one page with entries of the page and of the catalog."""
    rows = b"".join(b"1 0 0 1 50 %d Tm (%s) Tj\n" % (700 - 24 * n, row) for n, row in enumerate(ROWS))
    return written(
        {
            1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R%s>>"
            % page,
            4: HELVETICA,
            5: stream(b"BT /F 11 Tf " + rows + b"ET"),
            **(more or {}),
        }
    )


def encrypted(permissions: int) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(file()))
    writer.encrypt("", "owner", algorithm="AES-256", permissions_flag=permissions)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_the_notes_of_others_stay_and_the_legend_keeps_clear_of_them() -> None:
    note = b"<</Type/Annot/Subtype/Square/Rect[400 600 600 800]/Contents(Call her)/C[1 0 0]>>"
    for listed in (b"/Annots[7 0 R]", b"/Annots 6 0 R"):
        data = file(listed, more={6: b"[7 0 R]", 7: note})
        (before,), (after,) = annotations(data), annotations(marked(data).data)
        assert after[0] == before[0]
        (legend,) = [each for each in after if each["/Subtype"] == "/Text"]
        assert legend["/Rect"][2] < 400 or legend["/Rect"][3] < 600
        check_pictures(analyze(io.BytesIO(data)), data, marked(data).data)


def test_marks_of_an_earlier_run_are_replaced() -> None:
    once = marked(file(b"/Annots[6 0 R]", more={6: b"<</Type/Annot/Subtype/Square/Rect[9 9 20 20]>>"}))
    again = marked(once.data)
    for key in ("/NM", "/Rect", "/Contents", "/QuadPoints"):
        ((before,), (after,)) = (
            [[str(each.get(key)) for each in page] for page in annotations(d)] for d in (once.data, again.data)
        )
        assert after == before
    assert len(annotations(once.data)[0]) == len(once.marks) + 2


def test_highlights_as_viewers_want_them() -> None:
    result = marked(ENGINEER.read_bytes())
    found = [each for page in annotations(result.data) for each in page if each["/Subtype"] == "/Highlight"]
    for each, mark in zip(found, result.marks, strict=True):
        assert each["/Contents"] == mark.note
        assert len(each["/QuadPoints"]) == 8 * len(mark.boxes)
        x0, y1, x1 = each["/QuadPoints"][:3]
        assert (x0, x1, y1) == pytest.approx((mark.boxes[0][0], mark.boxes[0][2], mark.boxes[0][3]))
        assert each["/Popup"]["/Parent"]["/NM"] == each["/NM"]
        assert each["/Popup"]["/Open"] == pypdf.generic.BooleanObject(False)
        assert not {"/M", "/CreationDate"} & set(each)


def test_the_same_bytes_every_time_and_what_the_file_says_of_itself_stays() -> None:
    data = ENGINEER.read_bytes()
    first, second = marked(data).data, marked(data).data
    assert first == second
    before, after = (pypdf.PdfReader(io.BytesIO(each)) for each in (data, first))
    assert before.metadata.items() <= after.metadata.items()
    assert before.trailer.get("/ID") == after.trailer.get("/ID")


def test_a_signed_file_keeps_its_bytes_and_is_told() -> None:
    data = file(catalog=b"/AcroForm<</SigFlags 3/Fields[]>>")
    result = marked(data)
    assert [note.code for note in result.notes] == ["signed"]
    assert result.data.startswith(data)


def test_an_encrypted_file_is_marked_where_it_allows_notes() -> None:
    data = encrypted(-1)
    report = analyze(io.BytesIO(data))
    result = annotate(report, data)
    assert [note.code for note in result.notes] == ["not-encrypted"]
    assert not pypdf.PdfReader(io.BytesIO(result.data)).is_encrypted
    check_pictures(report, data, result.data)
    with pytest.raises(UnreadableDocument, match="forbids notes"):
        marked(encrypted(-1 - pypdf.constants.UserAccessPermissions.ADD_OR_MODIFY))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: re.sub(rb"startxref\s+\d+", b"startxref\n12", data),
        lambda data: b"HTTP/1.1 200 OK\r\n\r\n" + data,
        lambda data: data + b"<html>error</html>",
        lambda data: data.replace(b"/Contents 5 0 R", b"/Contents 5 0 R/Annots(none)"),
    ],
    ids=["wrong-table", "junk-before", "junk-behind", "annots-that-are-none"],
)
def test_files_that_viewers_forgive(damage: object) -> None:
    data = damage(file())  # type: ignore[operator]
    check_pictures(analyze(io.BytesIO(data)), data, marked(data).data)


def test_files_that_cannot_be_marked_are_told_in_one_line() -> None:
    with pytest.raises(UnreadableDocument, match="too damaged to be marked"):
        marked(file()[: file().rindex(b"startxref")])
    text = b"# Experience\nEngineer, Fjord Credit, 2019 - 2021\n"
    with pytest.raises(UnreadableDocument, match="only a PDF can be marked"):
        annotate(analyze(io.BytesIO(text), name="cv.md"), text)
    with pytest.raises(ValueError, match="another file"):
        annotate(analyze(io.BytesIO(file())), sheet())


def test_a_page_without_an_empty_place_has_no_legend() -> None:
    rows = b"".join(
        b"1 0 0 1 0 %d Tm (%s) Tj\n" % (y, b"Trained rankers in PyTorch on AWS. " * 5) for y in range(0, 800, 11)
    )
    data = file(more={5: stream(b"BT /F 11 Tf " + rows + b"ET")})
    result = marked(data)
    assert [note.code for note in result.notes] == ["no-legend"]
    assert {each["/Subtype"] for each in annotations(result.data)[0]} == {"/Highlight"}
