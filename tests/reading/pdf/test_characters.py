"""Letters and words: what fonts, kerning, hyphens and icons do to them."""

from __future__ import annotations

import pytest
from drawing import canvas, codes, draw, lines, mapped, sheets, shown

from profilefit.errors import NoTextLayer


def test_a_first_letter_in_another_colour_font_or_size_stays_with_its_word() -> None:
    def paint(page: canvas.Canvas) -> None:
        for row, (first, rest) in enumerate((("S", "ummary of work"), ("Bo", "ğaziçi"), ("E", "XPERIENCE"))):
            page.setFont("Times-Bold", 14 if row == 2 else 10)
            page.setFillColorRGB(0.8, 0, 0)
            page.drawString(50, 760 - 20 * row, first)
            x = 50 + page.stringWidth(first, "Times-Bold", 14 if row == 2 else 10)
            page.setFont("Helvetica", 10)
            page.setFillColorRGB(0, 0, 0)
            page.drawString(x, 760 - 20 * row, rest.replace("ğ", "g"))

    assert lines(draw(paint)) == ["Summary of work", "Bogaziçi", "EXPERIENCE"]


def test_small_capitals_drawn_in_two_sizes_are_words() -> None:
    def paint(page: canvas.Canvas) -> None:
        x = 50.0
        for size, part in ((14, "W"), (11, "ORK"), (14, " E"), (11, "XPERIENCE"), (14, " & T"), (11, "EACHING")):
            page.setFont("Helvetica-Bold", size)
            page.drawString(x, 780, part)
            x += page.stringWidth(part, "Helvetica-Bold", size)
        page.setFont("Helvetica", 10)
        page.drawString(50, 750, "Taught the course on databases to three hundred students")

    assert lines(draw(paint))[0] == "WORK EXPERIENCE & TEACHING"


def test_headings_in_small_capitals_are_set_alike() -> None:
    """The size is that of the capitals, also where kerning makes small ones the most."""

    def paint(page: canvas.Canvas) -> None:
        for row, heading in enumerate(("Work", "Teaching and service", "Awards and plans")):
            x = 50.0
            for word in heading.split(" "):
                for size, part in ((12, word[0] if word[0].isupper() else ""), (8.2, word[len(word[0]) :] or "")):
                    part = (part if size == 12 or word[0].isupper() else word).upper()
                    page.setFont("Helvetica-Bold", size)
                    page.drawString(x, 780 - 60 * row, part)
                    x += page.stringWidth(part, "Helvetica-Bold", size)
                x += 3
            page.setFont("Helvetica", 10)
            page.drawString(50, 750 - 60 * row, f"Words {row} that stand below the heading and fill a line")

    document = shown(draw(paint))
    assert {line.style for line in document.lines if document.content(line).isupper()} == {document.lines[0].style}
    assert document.lines[0].size == 12


@pytest.mark.parametrize("gap", [145, 165, 185, 205, 333])
def test_words_set_by_kerning_alone(gap: int) -> None:
    """TeX draws no spaces: it moves on by a stretched or shrunk word space, and kerns inside words."""
    words = "[(W)83(e)#(trained)#(T)83(ransformers)#(to)#(answ)28(er)#(questions)]".replace("#", f"{-gap}")
    content = b"BT /F 10 Tf 50 700 Td %s TJ ET" % words.encode()
    assert lines(sheets(content)) == ["We trained Transformers to answer questions"]


def test_words_drawn_one_by_one_at_thin_gaps() -> None:
    def paint(page: canvas.Canvas) -> None:
        for row, share in enumerate((0.15, 0.2, 0.28)):
            page.setFont("Helvetica", 10)
            x = 50.0
            for word in ("Trained", "models", "for", "speech"):
                page.drawString(x, 780 - 20 * row, word)
                x += page.stringWidth(word, "Helvetica", 10) + 10 * share

    assert lines(draw(paint)) == ["Trained models for speech"] * 3


def test_soft_hyphens_as_dashes_and_all_kinds_of_hyphens() -> None:
    pieces = [
        [*"2019\u00a0", "\u00ad", *"\u00a02021"],
        [*"2019", "\u00ad", *"2021"],
        [*"state", "\u00ad", *"of", "\u00ad", *"the", "\u00ad", *"art"],
        [*"end", "-\u00ad\u2010", *"to", "-\u00ad\u2010", *"end"],
        [*"scikit", "\u2011", *"learn\u00a0fine", "\u2010", *"tuned\u00a0p", "\u2212", *"value"],
        [*"May\u00a02019\u00a0–\u00a0Present"],
    ]
    assert lines(mapped(pieces))[1:] == [
        "2019 - 2021",
        "2019-2021",
        "state-of-the-art",
        "end-to-end",
        "scikit-learn fine-tuned p-value",
        "May 2019 – Present",
    ]


def test_ligatures_as_characters_and_as_glyphs_of_several_letters() -> None:
    pieces = [
        [*"e", "ﬃ", *"cient\u00a0work", "ﬂ", *"ow"],
        [*"e", "ffi", *"cient\u00a0work", "fl", *"ow\u00a0classi", "fi", *"cation", "ti", *"me"],
    ]
    assert lines(mapped(pieces))[1:] == ["efficient workflow", "efficient workflow classificationtime"]


def test_styled_letters_and_zero_width_spaces() -> None:
    pieces = [
        [*"𝗠𝗮𝗰𝗵𝗶𝗻𝗲\u00a0𝐋𝐞𝐚𝐫𝐧𝐢𝐧𝐠"],
        [*"Py\u200bTorch\u00a0Ten\ufeffsor\u2060Flow"],
    ]
    assert lines(mapped(pieces))[1:] == ["Machine Learning", "PyTorch TensorFlow"]


def test_glyphs_without_characters_are_noted_or_refused() -> None:
    nameless = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype"
    nameless += b"/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
    words = b"BT /F 10 Tf 50 700 Td (%s) Tj 0 -20 Td /N 10 Tf <%s> Tj ET"
    some = shown(sheets(words % (b"many good words " * 6, b"0102" * 9), fonts={b"N": nameless}))
    assert "cid" not in some.text
    assert "\ufffd" not in some.text
    assert codes(some) == ["unmapped-characters"]
    with pytest.raises(NoTextLayer, match="OCR"):
        shown(sheets(words % (b"few words", b"0102" * 90), fonts={b"N": nameless}))
    replaced = shown(mapped([[*"lost\u00a0", *"\ufffd\ufffd\ufffd", *"\u00a0letters"]]))
    assert replaced.text.splitlines()[1] == "lost letters"
    assert codes(replaced) == ["unmapped-characters"]


@pytest.mark.parametrize("text", ["E D U C AT I O N", "W O R K   E X P E R I E N C E", "P R O J E C T S"])
def test_letter_spaced_headings_drawn_with_spaces(text: str) -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 12)
        page.drawString(50, 780, text)
        page.setFont("Helvetica", 10)
        page.drawString(50, 760, "Some words of the section below its heading")

    assert lines(draw(paint))[0] == " ".join("".join(part.split()) for part in text.split("   "))


def test_letter_spaced_headings_drawn_letter_by_letter_or_by_character_spacing() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        x = 50.0
        for letter in "WORK EXPERIENCE":
            page.drawString(x, 780, letter)
            x += page.stringWidth(letter, "Helvetica", 10) + 3
        heading = page.beginText(50, 750)
        heading.setCharSpace(2.5)
        heading.textLine("VOLUNTEERING")
        heading.setCharSpace(0)
        page.drawText(heading)

    assert lines(draw(paint)) == ["WORK EXPERIENCE", "VOLUNTEERING"]


def test_icons_are_no_text() -> None:
    for name in (b"FontAwesome6Free-Solid", b"Body"):
        pieces = [
            ["\uf0e0", *"\u00a0anna@example.org"],
            ["envelope", *"\u00a0anna@example.org"],
            ["HOUSE-CHIMNEY", *"\u00a0Oslo"],
        ]
        if name == b"Body":
            assert lines(mapped(pieces))[1:] == ["anna@example.org", "anna@example.org", "Oslo"]
        else:  # a font of pictures holds no letters at all
            assert lines(mapped([[part[0]] for part in pieces], name=name)) == ["Plain words open the page"]


def test_icons_by_glyph_name_or_with_spoken_text() -> None:
    named = b"<</Type/Font/Subtype/Type1/BaseFont/Pics/FirstChar 65/LastChar 66/Widths[900 900]"
    named += b"/Encoding<</Differences[65/envelope/phone]>>>>"
    content = b"BT /G 10 Tf 50 700 Td (A) Tj /F 10 Tf ( anna@example.org and more) Tj ET\n"
    content += (
        b"/Span<</ActualText(envelope)>>BDC BT /G 10 Tf 50 680 Td (B) Tj ET EMC BT /F 10 Tf 65 680 Td (Oslo) Tj ET"
    )
    assert lines(sheets(content, fonts={b"G": named})) == ["anna@example.org and more", "Oslo"]


def test_skill_bars_and_dots() -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        for row, (name, share) in enumerate((("Python", 0.9), ("PyTorch", 0.6), ("Go", 0.3))):
            page.drawString(50, 780 - 20 * row, name)
            page.setFillGray(0.8)
            page.rect(120, 780 - 20 * row, 100, 6, stroke=0, fill=1)
            page.setFillColorRGB(0.1, 0.3, 0.6)
            page.rect(120, 780 - 20 * row, 100 * share, 6, stroke=0, fill=1)
            page.setFillGray(0)
            page.drawString(300, 780 - 20 * row, name)
            for dot in range(5):
                page.circle(370 + 9 * dot, 783 - 20 * row, 3, stroke=1, fill=int(dot < 5 * share))

    assert sorted(lines(draw(paint))) == sorted(["Python\tPython", "PyTorch\tPyTorch", "Go\tGo"])
    rated = [[*"Python\u00a0●●●●○"], [*"Rust\u00a0", *"▮▮▯▯▯"], [*"C++\u00a0★★★☆☆"], [*"Go\u00a0█████░░░"]]
    assert lines(mapped(rated))[1:] == ["Python", "Rust", "C++", "Go"]


@pytest.mark.parametrize("times", [2, 4])
def test_fake_bold_is_read_once(times: int) -> None:
    def paint(page: canvas.Canvas) -> None:
        page.setFont("Helvetica", 10)
        for n in range(times):
            page.drawString(50 + 0.3 * (n % 2), 740 + 0.3 * (n // 2), "Doubled words of a heading")
        for n in range(times):
            for column, word in enumerate(("Word", "by", "word")):
                page.drawString(50 + 40 * column + 0.25 * n, 720, word)
        page.drawString(50, 700, "no no no, said the parrot")

    assert lines(draw(paint)) == ["Doubled words of a heading", "Word\tby\tword", "no no no, said the parrot"]
