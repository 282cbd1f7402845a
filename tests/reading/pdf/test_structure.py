"""What files are built of: inherited entries, boxes of a page, kinds of fonts and objects, updates."""

from __future__ import annotations

import io

import pytest
from drawing import FLOW, HELLO, canvas, draw, lines, sheets, shown, stream, written

from profilefit import analyze


def test_size_and_resources_are_inherited_through_the_page_tree() -> None:
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 400 800]/Rotate 90/Resources<</Font<</F 6 0 R>>>>>>",
        3: b"<</Type/Pages/Parent 2 0 R/Kids[4 0 R]/Count 1>>",
        4: b"<</Type/Page/Parent 3 0 R/Contents[5 0 R 7 0 R]>>",
        5: stream(b"BT /F 12 Tf 0 1 -1 0 100 200 Tm (In two)"),
        6: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        7: stream(b"Tj ( streams) Tj ET"),
    }
    document = shown(written(objects))
    assert document.text == "In two streams\n"
    box = document.words[0].box
    assert box[0] == pytest.approx(200, abs=1)
    assert box[1] == pytest.approx(400 - 100, abs=6)


def test_a_page_without_width_has_that_of_a_letter() -> None:
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 0 800]/Resources<</Font<</F 5 0 R>>>>>>",
        3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
        4: stream(b"0.9 g 0 0 100 700 re f 0 g BT /F 12 Tf 72 700 Td (In sight) Tj ET"),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    assert shown(written(objects)).text == "In sight\n"


@pytest.mark.parametrize("media", [b"-20 -30 580 770", b"580 770 -20 -30", b"-20 770 580 -30"])
def test_boxes_count_from_the_corner_of_what_a_viewer_shows(media: bytes) -> None:
    page = b"/MediaBox[%s]/CropBox[40 100 520 1000]" % media
    box = shown(sheets(HELLO, page=page)).words[0].box
    assert box[0] == pytest.approx(50 - 40, abs=0.6)
    assert box[1] == pytest.approx(700 - 100, abs=4)


@pytest.mark.parametrize("unit", [1, 10])
def test_user_units_that_are_no_points(unit: int) -> None:
    scaled = b"%f 0 0 %f 0 0 cm\n" % (1 / unit, 1 / unit)
    text = b"BT /F 10 Tf 50 700 Td (Skills) Tj 0 -14 Td (Python, Git) Tj 300 0 Td (A cell) Tj ET"
    tree = b"/MediaBox[0 0 %f %f]" % (600 / unit, 800 / unit)
    document = shown(sheets(scaled + text, page=b"/UserUnit %d" % unit, tree=tree))
    assert document.text == "Skills\nPython, Git\tA cell\n"
    assert document.words[0].box[0] == pytest.approx(50 / unit, abs=0.6)
    assert document.lines[0].size == pytest.approx(10)


def test_type_3_fonts() -> None:
    glyph = stream(b"500 0 0 0 450 700 d1 0 0 450 700 re f")
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 101"
    font += b"/Widths[500 500 500 500 500]/CharProcs<</a 100 0 R/b 100 0 R/c 100 0 R/d 100 0 R/e 100 0 R>>"
    font += b"/Encoding<</Differences[97/a/b/c/d/e]>>>>"
    text = b"BT /G 12 Tf 50 700 Td (bead) Tj ( ) Tj 9 0 Td (  ) Tj ET BT /G 12 Tf 100 700 Td (cab) Tj ET"
    data = sheets(HELLO.replace(b"700", b"740") + text, fonts={b"G": font}, more={100: glyph})
    assert lines(data)[1].split() == ["bead", "cab"]


def test_object_streams_and_cross_reference_streams() -> None:
    packed = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>",
        3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont"
        b"/Helvetica>>>>>>>>",
    }
    head, body = b"", b""
    for number, text in packed.items():
        head += b"%d %d " % (number, len(body))
        body += text + b" "
    out = bytearray(b"%PDF-1.5\n")
    places = {}
    parts = {4: stream(HELLO), 5: stream(head + body, b"/Type/ObjStm/N 3/First %d" % len(head))}
    for number, text in parts.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(out)
    rows = [(0, 0, 255), *((2, 5, n) for n in range(3)), *((1, places[n], 0) for n in (4, 5)), (1, start, 0)]
    table = b"".join(bytes((kind, *place.to_bytes(3, "big"), index)) for kind, place, index in rows)
    out += b"6 0 obj\n%s\nendobj\n" % stream(table, b"/Type/XRef/Size 7/W[1 3 1]/Root 1 0 R")
    assert lines(bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)) == ["A line that is read"]


def test_the_last_of_several_versions_counts() -> None:
    old = sheets(HELLO)
    start = len(old)
    update = b"11 0 obj\n%s\nendobj\n" % stream(b"BT /F 12 Tf 50 700 Td (A line that was put right) Tj ET")
    table = b"xref\n11 1\n%010d 00000 n \n" % start
    before = old.rindex(b"xref\n", 0, old.rindex(b"startxref"))
    end = b"trailer<</Size 12/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, start + len(update))
    assert lines(old + update + table + end) == ["A line that was put right"]


def test_page_labels_change_no_page_number() -> None:
    data = sheets(HELLO, HELLO)
    labelled = data.replace(b"/Pages 2 0 R>>", b"/Pages 2 0 R/PageLabels<</Nums[0<</S/r/St 7>>]>>>>")
    document = shown(labelled)
    assert [line.page for line in document.lines] == [1, 2]


def test_drawings_inside_drawings_are_read_where_they_stand() -> None:
    form = stream(
        HELLO, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 0 -50]/Resources<</Font<</F 101 0 R>>>>"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    content = b"q 1 0 0 1 30 0 cm /X Do Q " + HELLO.replace(b"A line", b"Another line")
    document = shown(sheets(content, resources=b"/XObject<</X 100 0 R>>", more={100: form, 101: font}))
    assert document.text == "Another line that is read\nA line that is read\n"
    assert document.lines[1].box is not None
    assert document.lines[1].box[0] == pytest.approx(80, abs=1)


def test_evidence_on_page_two_says_so_with_its_box() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 14)
        page.drawString(50, 800, "Experience")
        page.setFont("Helvetica", 10)
        page.drawString(50, 780, "Machine Learning Engineer, Fjord Credit, 2019 - 2021")
        for row, words in enumerate(FLOW):
            page.drawString(50, 760 - 13 * row, words)
        page.showPage()
        page.setFont("Helvetica", 10)
        page.drawString(50, 300, "Data Engineer, Havn Data, 2017 - 2019")
        page.drawString(50, 287, "• Moved the nightly jobs to Kubernetes.")

    profile = analyze(io.BytesIO(draw(paint))).profile
    (kubernetes,) = (skill for skill in profile.skills if skill.id == "kubernetes")
    (cited,) = kubernetes.evidence
    assert cited.page == 2
    assert cited.box is not None
    assert cited.box[0] == pytest.approx(50 + 110, abs=15)
    assert cited.box[1] == pytest.approx(285, abs=1)
    assert [post.evidence[0].page for post in profile.positions] == [1, 2]
