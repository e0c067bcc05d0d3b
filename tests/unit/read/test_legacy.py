from __future__ import annotations

import shutil
import subprocess
import tomllib
import unicodedata
from pathlib import Path

import pytest

from docanalyze.core.document import Document
from docanalyze.read.legacy import JOINER, decode_page, find_encodings
from docanalyze.read.pdf import read_pdf
from docanalyze.read.pieces import split_pieces
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
# TCVN 5712:1993, VN3, as Windows-1252 shows it; the same order as LETTERS.
TCVN3 = "a¸µ¶·¹ ¨¾»¼½Æ ©ÊÇÈÉË eÐÌÎÏÑ ªÕÒÓÔÖ iÝ×ØÜÞ oãßáâä «èåæçé ¬íêëìî uóïñòô \u00adøõö÷ù yýúûüþ ®".replace(
    " ", ""
)
VNI = [
    "a", "aù", "aø", "aû", "aõ", "aï", "aê", "aé", "aè", "aú", "aü", "aë", "aâ", "aá", "aà", "aå", "aã", "aä",
    "e", "eù", "eø", "eû", "eõ", "eï", "eâ", "eá", "eà", "eå", "eã", "eä", "i", "í", "ì", "æ", "ó", "ò",
    "o", "où", "oø", "oû", "oõ", "oï", "oâ", "oá", "oà", "oå", "oã", "oä", "ô", "ôù", "ôø", "ôû", "ôõ", "ôï",
    "u", "uù", "uø", "uû", "uõ", "uï", "ö", "öù", "öø", "öû", "öõ", "öï", "y", "yù", "yø", "yû", "yõ", "î",
    "ñ",
]  # fmt: skip
SENTENCES = [
    ("Uỷ ban nhân dân huyện đã chỉ đạo các ngành, xã tập trung thu ngân sách nhà nước đạt 91,38 tỷ,",
     "Uû ban nh©n d©n huyÖn ®· chØ ®¹o c¸c ngµnh, x· tËp trung thu ng©n s¸ch nhµ n\u00adíc ®¹t 91,38 tû,"),
    ("bằng 52,22% dự toán năm, tăng so với cùng kỳ; giải ngân vốn đầu tư công đạt khá ở các đơn vị.",
     "b»ng 52,22% dù to¸n n¨m, t¨ng so víi cïng kú; gi¶i ng©n vèn ®Çu t\u00ad c«ng ®¹t kh¸ ë c¸c ®¬n vÞ."),
]  # fmt: skip


FOREIGN = tomllib.loads((Path(__file__).parents[2] / "data/legacy/encoded.toml").read_text(encoding="utf-8"))
PLAIN_LINES = [line["plain"] for line in FOREIGN["lines"]]


def read_lines(lines: list[str], font: str) -> Document:
    page = [Line(85, 700 - 20 * number, line) for number, line in enumerate(lines)]
    data = factories.make_text_pdf([page], font_names={"regular": font})  # type: ignore[dict-item]
    return read_pdf(identify_bytes(data, name="x.pdf"), ocr="never")


@pytest.mark.parametrize(("letter", "code"), list(zip(LETTERS, TCVN3, strict=True)))
def test_every_letter_of_tcvn3(letter: str, code: str) -> None:
    assert find_encodings()["tcvn3"].decode(code) == letter


@pytest.mark.parametrize(("letter", "code"), list(zip(LETTERS, VNI, strict=True)))
def test_every_letter_of_vni_small_and_capital(letter: str, code: str) -> None:
    encoding = find_encodings()["vni"]
    for wanted, raw in ((letter, code), (letter.upper(), code.upper())):
        decoded = encoding.decode(raw)
        assert decoded.replace(JOINER, "") == wanted
        assert len(decoded) == len(raw)


def test_a_page_in_tcvn3_is_decoded_and_says_so() -> None:
    document = read_lines([raw for _, raw in SENTENCES], ".VnTime")
    assert document.text == " ".join(plain for plain, _ in SENTENCES)
    assert document.pages[0].text_source == "legacy-font"
    assert document.pages[0].grade is not None
    assert document.pages[0].grade > 0.9
    assert [warning.code for warning in document.warnings] == ["legacy-font"]
    assert ".VnTime (TCVN3)" in document.warnings[0].message


def test_a_capital_font_shows_capitals() -> None:
    document = read_lines(["b¸o c¸o t×nh h×nh kinh tÕ - x· héi cña huyÖn n¨m 2004"], ".VnTimeH")
    assert document.text == "BÁO CÁO TÌNH HÌNH KINH TẾ - XÃ HỘI CỦA HUYỆN NĂM 2004"


def test_vni_keeps_places() -> None:
    plain = "Uûy ban nhaân daân huyeän ñaõ chæ ñaïo caùc ngaønh thöïc hieän döï toaùn ñöôïc giao, ñaït 52,22%"
    document = read_lines([plain], "VNI-Times")
    assert (
        document.text == "Ủy ban nhân dân huyện đã chỉ đạo các ngành thực hiện dự toán được giao, đạt 52,22%"
    )
    start = document.text.index("52,22")
    assert len(document.places.find_boxes(document.blocks[0].spans)) == 1
    from docanalyze.core.span import Span

    (box,) = document.places.find_boxes([Span(start, start + 5)])
    assert box.x1 - box.x0 == pytest.approx(factories.measure_text("52,22"), abs=1)


def test_a_font_without_a_telling_name_is_known_by_its_words() -> None:
    document = read_lines([raw for _, raw in SENTENCES], "ABCDEF+Font7")
    assert document.text == " ".join(plain for plain, _ in SENTENCES)


def test_unicode_in_a_font_with_an_old_name_stays() -> None:
    plain = "Ủy ban nhân dân huyện đã chỉ đạo các ngành tập trung thu ngân sách nhà nước."
    document = read_lines([plain], ".VnTime")
    assert document.text == plain
    assert document.warnings == ()


def test_a_line_that_ends_in_tcvn3s_u_with_horn_ends_there() -> None:
    text = "®Çu t\ufffecßn chËm, nhÊt lµ ë c¸c x· vïng s©u"
    pieces = [(0, 1), (1, 3), (4, 13)]
    decoded = decode_page(text, pieces, [".VnTime"] * 3)
    assert decoded is not None
    assert decoded.text.startswith("đầu tư")
    assert decoded.line_ends == (6,)
    assert split_pieces([(0, 3), (4, 9)], decoded.line_ends) == [(0, 3), (4, 6), (6, 9)]


def test_damage_is_no_old_encoding() -> None:
    noise = (
        "xqz wvk jfh zzr qqp lmnk tgbv rfvc edcx wsxz qazw plok mijn uhbg ygvt fcdr xsew zaqq vbnm hjkl ©®"
    )
    document = read_lines([noise], "Times")
    assert [warning.code for warning in document.warnings] == ["bad-text-layer"]


@pytest.mark.parametrize("name", ["vni", "tcvn3"])
def test_every_letter_as_another_program_writes_it(name: str) -> None:
    encoding = find_encodings()[name]
    for letter, code in zip(FOREIGN["letters"]["plain"], FOREIGN["letters"][name], strict=True):
        decoded = encoding.decode(code)
        assert decoded.replace(JOINER, "") == letter
        assert len(decoded) == len(code)


@pytest.mark.parametrize(("name", "font"), [("vni", "VNI-Times"), ("tcvn3", ".VnTime"), ("tcvn3", "Font1")])
def test_pages_that_another_program_encoded_are_exact(name: str, font: str) -> None:
    page = [Line(60, 760 - 20 * i, line[name], 10) for i, line in enumerate(FOREIGN["lines"])]
    names = {"regular": font}
    data = factories.make_text_pdf([page], font_names=names)  # type: ignore[arg-type]
    document = read_pdf(identify_bytes(data, name="x.pdf"), ocr="never")
    assert document.text.split() == " ".join(PLAIN_LINES).split()


@pytest.mark.parametrize(("name", "font"), [("vni", "VNI-Times"), ("tcvn3", ".VnTime")])
def test_pages_in_old_and_new_fonts_are_exact(name: str, font: str) -> None:
    page: list[Line] = []
    for i, line in enumerate(FOREIGN["lines"]):
        page.append(
            Line(60, 760 - 20 * i, line[name] if i % 2 else line["plain"], 10, "regular" if i % 2 else "bold")
        )
    # One line in both: the first words in the old font, the rest in Unicode.
    old, new = FOREIGN["lines"][2][name].split(" ", 4), PLAIN_LINES[2].split(" ", 4)
    head = " ".join(old[:4])
    page.append(Line(60, 500, head, 10))
    page.append(Line(60 + factories.measure_text(head + " ", 10), 500, new[4], 10, "bold"))
    names = {"regular": font, "bold": "TimesNewRomanPS-BoldMT"}
    data = factories.make_text_pdf([page], font_names=names)  # type: ignore[arg-type]
    document = read_pdf(identify_bytes(data, name="x.pdf"), ocr="never")
    assert document.text.split() == " ".join([*PLAIN_LINES, PLAIN_LINES[2]]).split()
    assert document.warnings[0].message.count(font) == 1
    assert "TimesNewRoman" not in document.warnings[0].message


@pytest.mark.skipif(shutil.which("iconv") is None, reason="needs iconv")
def test_tcvn3_as_iconv_writes_it() -> None:
    """Small letters and the capitals of VN3; the C library's other capitals are VN1 and in no font."""
    letters = [*LETTERS, *"ĂÂÊÔƠƯĐ"]
    lines = [line for line in PLAIN_LINES if not line.isupper()]
    lines = ["".join(c if not c.isupper() or c in letters else c.lower() for c in line) for line in lines]
    for text in ["".join(letters), *lines]:
        done = subprocess.run(
            ["iconv", "-f", "UTF-8", "-t", "TCVN5712-1"],
            input=text.encode(),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip("this iconv has no TCVN5712-1")
        raw = done.stdout.decode("latin-1")
        assert find_encodings()["tcvn3"].decode(raw) == text


def test_no_letter_is_lost_at_a_line_end() -> None:
    """PDFium takes U+00AD, in TCVN3 an ư, for a hyphen there and swallows the line end."""
    words = ["đầu tư", "như", "hư", "cư", "thư", "tư"]
    codes = [word.translate(str.maketrans("đầư", "®Ç\u00ad")) for word in words]
    filler = "vèn ng©n s¸ch nhµ n\u00adíc huyÖn ®· gi¶i ng©n ®¹t kÕ ho¹ch "
    page = [Line(60, 760 - 20 * i, filler + code, 12) for i, code in enumerate(codes)]
    data = factories.make_text_pdf([page], font_names={"regular": ".VnTime"})  # type: ignore[dict-item]
    document = read_pdf(identify_bytes(data, name="x.pdf"), ocr="never")
    plain = "vốn ngân sách nhà nước huyện đã giải ngân đạt kế hoạch "
    assert document.text.split() == " ".join(plain + word for word in words).split()
