"""Pages read from their pictures; skipped where Tesseract with its Vietnamese data is not installed."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

import docanalyze
from docanalyze.cli import main
from docanalyze.core.document import Document
from docanalyze.read import pdf as pdf_module
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import Limits, identify_bytes
from docanalyze.read.tesseract import Engine, _parse_hocr, find_engine
from tests import factories
from tests.benchmarks.layers import put_over_scan, shuffle_unicode
from tests.benchmarks.scans import Wear, draw_scan, make_scan, save_pictures
from tests.factories import Line, Rule

needs_engine = pytest.mark.skipif(find_engine() is None, reason="no tesseract with Vietnamese data")

TEXT = (
    "Trong sáu tháng đầu năm, giá trị sản xuất của huyện ước đạt 3.805,69 tỷ đồng, tăng 8,99% so với cùng kỳ "
    "năm trước. Toàn huyện gieo trồng được 12.450 ha lúa, đạt 98,5% kế hoạch, năng suất đạt 6,15 tấn/ha. "
    "Các xã đã giải ngân 91,38 tỷ đồng vốn đầu tư công, bằng 52,22% dự toán được giao từ đầu năm."
)


def set_text(text: str) -> list[Line]:
    lines: list[Line] = []
    words = text.split()
    while words:
        line = words.pop(0)
        while words and factories.measure_text(f"{line} {words[0]}", 14) < 430:
            line = f"{line} {words.pop(0)}"
        lines.append(Line(85, 700 - 22 * len(lines), line, 14))
    return lines


def read_bytes(data: bytes, **options: object) -> Document:
    return read_pdf(identify_bytes(data, name="x.pdf"), **options)  # type: ignore[arg-type]


def figures(text: str) -> list[str]:
    return re.findall(r"\d[\d.,]*\d|\d", text)


@needs_engine
def test_a_worn_scan_is_read_with_its_places_and_confidences() -> None:
    source = factories.make_text_pdf([set_text(TEXT)])
    analysis = docanalyze.analyze_bytes(make_scan(source, Wear(skew=1.5, stamp=True), seed=3), name="x.pdf")
    assert analysis.status == "ok"
    assert analysis.pages[0].text_source == "ocr"  # type: ignore[index]
    assert analysis.pages[0].grade > 0.9  # type: ignore[index, operator]
    assert "tesseract" in analysis.tool.engines
    assert figures(analysis.text) == figures(TEXT)
    sound = docanalyze.analyze_bytes(source, name="x.pdf")
    for mention in analysis.mentions:  # type: ignore[union-attr]
        if docanalyze.mention_kind(mention) == "period":
            continue
        assert 0 < mention.value.confidence <= 1  # type: ignore[union-attr]
        twin = next(m for m in sound.mentions if m.text == mention.text)  # type: ignore[union-attr]
        assert twin.value.confidence is None  # type: ignore[union-attr]
        # Within the skew of the sheet: 1.5 degrees are 8 pt over half a page.
        assert abs(mention.boxes[0].x0 - twin.boxes[0].x0) < 14
        assert abs(mention.boxes[0].top - twin.boxes[0].top) < 14


@needs_engine
def test_what_an_annotation_shows_on_a_scan_is_a_stamp_and_no_text() -> None:
    scan = make_scan(factories.make_text_pdf([set_text(TEXT)]), Wear(skew=1.0), seed=3)
    signed = "Người ký: Ủy ban nhân dân huyện Mộc Giang"
    stamp = factories.Stamp((60, 760, 330, 790), (signed,), "/Widget")
    document = read_bytes(factories.stamp_pdf(scan, [stamp]))
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "stamp"] == [signed]
    assert document.text.count("Người") == 1
    assert figures(document.text) == figures(TEXT)


@needs_engine
@pytest.mark.parametrize("turn", [1, 2])
def test_a_sheet_laid_wrong_is_turned(turn: int) -> None:
    source = factories.make_text_pdf([set_text(TEXT)])
    document = read_bytes(make_scan(source, Wear(dust=20, turn=turn), seed=1))
    assert figures(document.text) == figures(TEXT)
    width, height = document.pages[0].width, document.pages[0].height
    assert (width > height) == (turn == 1)
    assert all(box.x1 <= width + 1 and box.bottom <= height + 1 for b in document.blocks for box in b.boxes)


@needs_engine
def test_a_ruled_table_in_a_picture_is_a_table() -> None:
    rows = [("TT", "Chỉ tiêu", "Năm 2022", "Năm 2023"), ("1", "Lúa", "12.450", "12.980")]
    rows += [
        ("2", "Ngô", "3.105", "2.964"),
        ("3", "Rau các loại", "1.876", "2.012"),
        ("4", "Đậu", "7,5", "9,2"),
    ]
    edges = [85, 125, 285, 385, 485]
    lines = [
        Line(edges[c] + 8, 682 - 24 * r, text, 11) for r, row in enumerate(rows) for c, text in enumerate(row)
    ]
    rules = [Rule(85, 700 - 24 * r, 485, 700 - 24 * r) for r in range(len(rows) + 1)]
    rules += [Rule(x, 700, x, 700 - 24 * len(rows)) for x in edges]
    source = factories.make_text_pdf([lines], rules=[rules])
    document = read_bytes(make_scan(source, Wear(dpi=300, dust=20), seed=2))
    (table,) = document.tables
    assert [c.text for c in table.cells if c.col == 3] == [row[3] for row in rows]
    assert [c.text for c in table.cells if c.col == 0][1:] == ["1", "2", "3", "4"]


@needs_engine
def test_layers_under_a_scan_are_kept_if_sound_and_read_anew_if_not() -> None:
    damaged = TEXT.replace("ạ", "q").replace("giá", "giã").replace("năm", "nằrn")
    kept = read_bytes(put_over_scan(TEXT, TEXT))
    assert kept.pages[0].text_source == "text-layer"
    anew = read_bytes(put_over_scan(TEXT, damaged))
    assert anew.pages[0].text_source == "ocr"
    assert "kế hoạch" in anew.text


@needs_engine
def test_a_shuffled_layer_is_replaced() -> None:
    import random

    document = read_bytes(shuffle_unicode(TEXT, random.Random(2)))
    assert document.pages[0].text_source == "ocr"
    assert figures(document.text) == figures(TEXT)


@needs_engine
def test_a_blank_scan_is_no_failure() -> None:
    document = read_bytes(save_pictures(draw_scan(factories.make_blank_pdf(), Wear(dust=0, noise=2)), 200))
    assert document.text == ""
    assert document.warnings == ()


@needs_engine
def test_a_page_too_large_to_draw_is_left_out_and_said() -> None:
    data = make_scan(factories.make_text_pdf([set_text(TEXT)]), Wear())
    document = read_bytes(data, limits=Limits(pixels=1_000_000))
    assert [warning.code for warning in document.warnings] == ["page-too-large"]


def test_without_an_engine_the_rest_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "find_engine", lambda: None)
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(factories.make_text_pdf([set_text(TEXT)])))
    writer.append(io.BytesIO(factories.make_image_only_pdf()))
    buffer = io.BytesIO()
    writer.write(buffer)
    analysis = docanalyze.analyze_bytes(buffer.getvalue(), name="x.pdf", language="en")
    assert analysis.status == "partial"
    assert "3.805,69" in analysis.text
    (warning,) = analysis.warnings
    assert (warning.code, warning.page) == ("page-without-text", 2)
    assert "tesseract" in warning.message


def test_force_without_an_engine_is_exit_code_4(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(pdf_module, "find_engine", lambda: None)
    path = tmp_path / "x.pdf"
    path.write_bytes(factories.make_text_pdf([set_text(TEXT)]))
    assert main(["extract", str(path), "--ocr", "force"]) == 4
    err = capsys.readouterr().err
    assert "--ocr force" in err
    assert "tesseract" in err
    assert len(err.strip().splitlines()) == 1
    assert main(["extract", str(path), "--ocr", "never"]) == 0
    assert json.loads(capsys.readouterr().out)["pages"][0]["text_source"] == "text-layer"


@pytest.mark.parametrize("error", [TimeoutError, OSError])
def test_a_failing_engine_costs_the_page_alone(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Engine, "read_picture", fail)
    monkeypatch.setattr(pdf_module, "find_engine", lambda: Engine("tesseract", "0"))
    document = read_bytes(factories.make_image_only_pdf(pages=2))
    code = "page-ocr-late" if error is TimeoutError else "page-ocr-failed"
    assert [warning.code for warning in document.warnings] == [code] * 2


def test_when_the_time_is_over_no_page_is_begun() -> None:
    document = read_bytes(factories.make_many_pages_pdf(300), limits=Limits(seconds=0.05))
    assert len(document.pages) < 300
    assert document.warnings[-1].code == "page-late"
    assert document.warnings[-1].page == len(document.pages) + 1


def test_hocr_is_read_with_entities_and_confidence() -> None:
    hocr = (
        "<span class='ocr_line' id='l' title=\"bbox 1 2 30 9; baseline 0 0\">"
        "<span class='ocrx_word' id='w' title='bbox 1 2 9 9; x_wconf 90'>"
        "<span class='ocrx_cinfo' title='x_bboxes 1 2 4 9; x_conf 99.5'>&lt;</span>"
        "<span class='ocrx_cinfo' title='x_bboxes 5 2 9 9; x_conf 40'>á</span></span></span>"
    )
    ((word,),) = list(_parse_hocr(hocr))
    assert [(c.text, c.x0, c.confidence) for c in word] == [("<", 1, 0.995), ("á", 5, 0.4)]
