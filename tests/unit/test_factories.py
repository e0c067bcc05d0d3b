"""The PDFs of ``tests/factories.py`` are what their names say, read back with PDFium."""

import hashlib
import importlib.util
import subprocess
import sys
import tomllib
import unicodedata

import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest

from tests.factories import (
    A4,
    SAMPLE_2022,
    SAMPLE_2023,
    SAMPLES,
    Line,
    Rule,
    Style,
    crop_pages,
    encrypt_pdf,
    make_blank_pdf,
    make_image_only_pdf,
    make_many_pages_pdf,
    make_text_pdf,
    measure_text,
    rotate_pages,
    truncate,
)

#: Every base vowel with every tone, in both cases, and đ: all the letters of Vietnamese.
LETTERS = "".join(
    unicodedata.normalize("NFC", letter)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for letter in (vowel + tone for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"))
) + "đĐ"  # fmt: skip


def read_texts(data: bytes, password: str | None = None) -> list[str]:
    """Return the text of each page as PDFium gives it."""
    with pypdfium2.PdfDocument(data, password=password) as document:
        return [document[index].get_textpage().get_text_range() for index in range(len(document))]


@pytest.mark.parametrize("style", ["regular", "bold", "italic", "bolditalic"])
def test_every_vietnamese_letter_comes_back(style: Style) -> None:
    rows = [LETTERS[start : start + 30] for start in range(0, len(LETTERS), 30)]
    data = make_text_pdf([[Line(40, 800 - 20 * i, row, 12, style) for i, row in enumerate(rows)]])
    assert read_texts(data)[0].split() == rows


def test_text_stands_where_it_was_put() -> None:
    line = Line(85, 700, "Thu thuế 54,37 tỷ đồng", 14)
    with pypdfium2.PdfDocument(make_text_pdf([[line]])) as document:
        textpage = document[0].get_textpage()
        left, bottom, _, _ = textpage.get_charbox(0, loose=True)
        right = textpage.get_charbox(len(line.text) - 1, loose=True)[2]
    assert left == pytest.approx(85, abs=0.1)
    assert bottom < 700 < bottom + 14
    assert right - left == pytest.approx(measure_text(line.text, 14), abs=0.5)


def test_pages_lines_and_rules_keep_their_order() -> None:
    data = make_text_pdf(
        [
            [Line(85, 700, "I. KẾT QUẢ", style="bold"), Line(85, 680, "đạt 52,06%")],
            [],
            [Line(85, 700, "Hết./.")],
        ],
        rules=[[Rule(80, 670, 500, 670)]],
    )
    assert read_texts(data) == ["I. KẾT QUẢ\r\nđạt 52,06%", "", "Hết./."]
    with pypdfium2.PdfDocument(data) as document:
        kinds = [item.type for item in document[0].get_objects()]
    assert kinds.count(pdfium_c.FPDF_PAGEOBJ_PATH) == 1
    assert kinds.count(pdfium_c.FPDF_PAGEOBJ_TEXT) == 2


def test_same_call_gives_same_bytes() -> None:
    assert make_text_pdf([[Line(85, 700, "Số: 215/BC-UBND")]]) == make_text_pdf(
        [[Line(85, 700, "Số: 215/BC-UBND")]]
    )


def test_page_entries_of_a_text_pdf() -> None:
    data = make_text_pdf([[Line(85, 700, "Biểu 1")]], rotate=90, crop=(50, 60, 500, 800), size=(600, 850))
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        assert page.get_rotation() == 90
        assert page.get_cropbox() == (50, 60, 500, 800)
        assert page.get_mediabox() == (0, 0, 600, 850)


def test_text_without_a_unicode_map_is_lost() -> None:
    text = "Tổng thu ngân sách"
    assert text not in read_texts(make_text_pdf([[Line(85, 700, text)]], to_unicode=False))[0]


def test_font_name_can_be_a_legacy_one() -> None:
    data = make_text_pdf([[Line(85, 700, "Uû ban nh©n d©n")]], font_names={"regular": ".VnTime"})
    assert b"/BaseFont /.VnTime" in data
    assert read_texts(data) == ["Uû ban nh©n d©n"]


def test_invisible_text_is_read_but_not_drawn() -> None:
    data = make_text_pdf([[Line(85, 700, "Lớp chữ dưới ảnh quét", 30)]], invisible=True)
    assert read_texts(data) == ["Lớp chữ dưới ảnh quét"]
    with pypdfium2.PdfDocument(data) as document:
        assert set(bytes(document[0].render(grayscale=True).buffer)) == {255}


def test_letter_outside_the_font_is_refused() -> None:
    with pytest.raises(ValueError, match=r"U\+6F22"):
        make_text_pdf([[Line(85, 700, "漢")]])


def test_blank_pages_have_neither_text_nor_image() -> None:
    with pypdfium2.PdfDocument(make_blank_pdf(3)) as document:
        assert [document[i].get_textpage().count_chars() for i in range(len(document))] == [0, 0, 0]
        assert not list(document[0].get_objects())
        assert document[0].get_size() == A4


def test_image_only_pdf_shows_the_page_without_text() -> None:
    data = make_image_only_pdf(dpi=72, pages=2)
    with pypdfium2.PdfDocument(data) as document, pypdfium2.PdfDocument(SAMPLE_2023) as sample:
        assert len(document) == 2
        page = document[0]
        assert page.get_textpage().count_chars() == 0
        assert [item.type for item in page.get_objects()] == [pdfium_c.FPDF_PAGEOBJ_IMAGE]
        assert page.get_size() == pytest.approx(sample[0].get_size(), abs=0.01)
        shown = bytes(page.render(grayscale=True).buffer)
        ink = sum(value < 128 for value in shown) / len(shown)
        assert 0.005 < ink < 0.2


def test_many_pages_repeat_the_sample() -> None:
    texts = read_texts(make_many_pages_pdf(16))
    sample = read_texts(SAMPLE_2023.read_bytes())
    assert len(texts) == 16
    assert texts[: len(sample)] == sample
    assert texts[15] == sample[15 % len(sample)]


def test_many_pages_share_their_fonts() -> None:
    assert len(make_many_pages_pdf(70)) < 5 * SAMPLE_2023.stat().st_size


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_encrypted_pdf_asks_for_its_password(algorithm: str) -> None:
    plain = make_text_pdf([[Line(85, 700, "Mật")]])
    locked = encrypt_pdf(plain, "mo-giup", algorithm="RC4-128" if algorithm == "RC4-128" else "AES-256")
    with pytest.raises(pypdfium2.PdfiumError):
        read_texts(locked)
    assert read_texts(locked, "mo-giup") == ["Mật"]


def test_empty_password_opens_without_asking() -> None:
    assert read_texts(encrypt_pdf(make_text_pdf([[Line(85, 700, "Mở")]]), "")) == ["Mở"]


def test_truncated_pdf_is_shorter() -> None:
    data = SAMPLE_2022.read_bytes()
    assert truncate(data, 0.25) == data[: len(data) // 4]
    assert truncate(data, 0) == b""


def test_rotated_and_cropped_pages() -> None:
    data = crop_pages(rotate_pages(SAMPLE_2022.read_bytes(), 270), (100, 100, 400, 700))
    with pypdfium2.PdfDocument(data) as document:
        assert {document[i].get_rotation() for i in range(len(document))} == {270}
        assert document[0].get_size() == (600, 300)
        assert "BÁO CÁO" in document[0].get_textpage().get_text_range()


def test_samples_are_the_files_that_sources_names() -> None:
    reports = tomllib.loads((SAMPLES / "SOURCES.toml").read_text(encoding="utf-8"))["report"]
    assert [SAMPLES / entry["file"] for entry in reports] == [SAMPLE_2022, SAMPLE_2023]
    for entry in reports:
        data = (SAMPLES / entry["file"]).read_bytes()
        texts = read_texts(data)
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        assert len(texts) == entry["pages"]
        for slip in entry["slips"]:
            assert slip["text"] in " ".join(texts[slip["page"] - 1].split())


@pytest.mark.skipif(importlib.util.find_spec("typst") is None, reason="the typesetter is not installed")
def test_samples_are_built_from_their_sources() -> None:
    result = subprocess.run(
        [sys.executable, SAMPLES / "build.py", "--check"], capture_output=True, text=True, check=False
    )
    if result.returncode == 2:
        pytest.skip(result.stderr.strip())
    assert result.returncode == 0, result.stdout
