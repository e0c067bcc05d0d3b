"""Annotated copies, working papers, SARIF and the HTML shell, without a browser."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import msgspec
import pypdf
import pytest

import docanalyze
from docanalyze.cli import main
from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import EncryptedPdf, MissingPart
from docanalyze.core.span import Box
from docanalyze.output.analysis_xlsx import to_xlsx
from docanalyze.output.annotated_pdf import annotate_pdf, place_box
from docanalyze.output.html_page import build_page
from docanalyze.output.html_review import Reviewed, write_review
from docanalyze.output.sarif import write_sarif
from docanalyze.output.workbook import Formula, Workbook
from docanalyze.output.working_paper import write_working_paper
from tests import factories

EVIL = '=HYPERLINK("http://x","y") <script>alert(1)</script>'
SLIP = "Tiếp công dân 378 lượt, gồm thường xuyên 315 lượt và định kỳ 72 lượt."


@pytest.fixture(scope="module")
def slip() -> Analysis:
    return docanalyze.analyze_bytes(f"{EVIL}: {SLIP}\n".encode(), name="báo cáo.txt")


@pytest.fixture(scope="module")
def sample(samples: Path) -> tuple[bytes, Analysis]:
    path = samples / "bao-cao-6-thang-2023.pdf"
    return path.read_bytes(), docanalyze.analyze_report(path)


def load_book(data: bytes) -> object:
    openpyxl = pytest.importorskip("openpyxl")
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_page_allows_its_own_script_and_nothing_else() -> None:
    page = build_page("<b>", "<p>x</p>", language="vi", script="review.js")
    assert "default-src 'none'" in page
    assert "unsafe-inline" not in page
    assert "<title>&lt;b&gt;</title>" in page
    assert page.count("<script>") == 1


def test_the_review_escapes_what_the_report_says(slip: Analysis) -> None:
    page = write_review([Reviewed(slip, slip.findings or ())])
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "315 + 72 = 387 ≠ 378" in page


def test_the_review_of_a_clean_report_says_so() -> None:
    clean = docanalyze.analyze_bytes("Thu đạt 20 tỷ đồng.\n".encode(), name="x.txt")
    assert "Không có phát hiện nào." in write_review([Reviewed(clean, ())])


def test_the_review_says_what_was_due_in_the_printed_unit() -> None:
    text = "Thu ngân sách đạt 412,6 tỷ đồng, gồm thu nội địa 300,1 tỷ đồng, thu hải quan 121,5 tỷ đồng."
    analysis = docanalyze.analyze_bytes(text.encode(), name="a.txt")
    page = write_review([Reviewed(analysis, analysis.findings or ())])
    assert "421,5 – 421,7" in page


def test_annotations_stand_on_their_figures(sample: tuple[bytes, Analysis]) -> None:
    data, analysis = sample
    findings = analysis.findings or ()
    copy = pypdf.PdfReader(io.BytesIO(annotate_pdf(data, findings, path="x.pdf")))
    boxes = {box for finding in findings for evidence in finding.evidence for box in evidence.boxes}
    notes = [
        (number, annotation.get_object())
        for number, page in enumerate(copy.pages, 1)
        for annotation in page.get("/Annots", ())
        if annotation.get_object()["/Subtype"] == "/Highlight"
    ]
    assert len(notes) == len(boxes)
    read = docanalyze.analyze_bytes(annotate_pdf(data, findings, path="x.pdf"), name="x.pdf")
    assert read.text == analysis.text
    total = next(f for f in findings if f.code == "SUM001")
    mine = [note for _, note in notes if note["/T"] == "docanalyze SUM001"]
    assert all(total.arithmetic in note["/Contents"] for note in mine)
    height = float(copy.pages[0].mediabox.height)
    drawn = sorted(tuple(float(x) for x in note["/Rect"]) for _, note in notes)
    wanted = sorted((b.x0, height - b.bottom, b.x1, height - b.top) for b in boxes)
    assert drawn == [pytest.approx(corners, abs=0.1) for corners in wanted]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_boxes_of_turned_and_cropped_pages_come_back_to_their_ink(degrees: int) -> None:
    line = factories.Line(150, 600, "Thu đạt 58,12% dự toán.", 14)
    data = factories.make_text_pdf([[line]])
    data = factories.rotate_pages(factories.crop_pages(data, (100, 300, 500, 700)), degrees)
    analysis = docanalyze.analyze_bytes(data, name="x.pdf")
    box = next(m for m in analysis.mentions or () if m.text == "58,12%").boxes[0]
    left, bottom, right, top = place_box(box, pypdf.PdfReader(io.BytesIO(data)).pages[0])
    before = 150 + factories.measure_text("Thu đạt ", 14)
    assert left == pytest.approx(before, abs=3)
    assert right == pytest.approx(before + factories.measure_text("58,12%", 14), abs=3)
    assert bottom < 604 < top
    assert top - bottom < 20


def test_an_encrypted_source_needs_its_password(sample: tuple[bytes, Analysis]) -> None:
    data, analysis = sample
    locked = factories.encrypt_pdf(data, "mật khẩu")
    with pytest.raises(EncryptedPdf):
        annotate_pdf(locked, analysis.findings or (), path="x.pdf")
    opened = annotate_pdf(locked, analysis.findings or (), path="x.pdf", password="mật khẩu")
    assert opened.startswith(b"%PDF")


def test_a_signed_source_is_told(sample: tuple[bytes, Analysis]) -> None:
    data, _ = sample
    generic = pypdf.generic
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    signature = {generic.NameObject("/Type"): generic.NameObject("/Sig")}
    value = writer._add_object(generic.DictionaryObject(signature))
    field = generic.DictionaryObject(
        {generic.NameObject("/FT"): generic.NameObject("/Sig"), generic.NameObject("/V"): value}
    )
    form = generic.DictionaryObject(
        {generic.NameObject("/Fields"): generic.ArrayObject([writer._add_object(field)])}
    )
    writer._root_object[generic.NameObject("/AcroForm")] = form
    buffer = io.BytesIO()
    writer.write(buffer)
    copy = pypdf.PdfReader(io.BytesIO(annotate_pdf(buffer.getvalue(), (), path="x.pdf")))
    (note,) = copy.pages[0]["/Annots"]
    assert "chữ ký số" in note.get_object()["/Contents"]


def test_place_box_is_upright_on_a_plain_page() -> None:
    page = pypdf.PdfReader(io.BytesIO(factories.make_blank_pdf(size=(200, 300)))).pages[0]
    assert place_box(Box(1, 10, 20, 60, 32), page) == (10, 268, 60, 280)


def test_formulas_give_what_the_arithmetic_says(sample: tuple[bytes, Analysis]) -> None:
    _, analysis = sample
    book = load_book(write_working_paper([(analysis, analysis.findings or ())]))
    findings, relations, figures = book.worksheets  # type: ignore[attr-defined]
    assert findings.max_row == 1 + len(analysis.findings or ())
    assert relations.max_row == 1 + len(analysis.relations or ())
    live = [row for row in relations.iter_rows(min_row=2, values_only=True) if row[5]]
    arithmetic = [r for r in analysis.relations or () if r.family in ("arithmetic", "repeat")]
    assert len(live) >= 0.8 * len(arithmetic)
    values = {f"$D${row}": figures.cell(row=row, column=4).value for row in range(2, figures.max_row + 1)}
    sheet = f"'{figures.title}'!"
    for row in live:
        printed, computed = (
            eval(_fill(formula, sheet, values), {"__builtins__": {}}) for formula in (row[5], row[6])
        )
        agrees = float(row[8]) - 1e-6 <= printed - computed <= float(row[9]) + 1e-6
        assert agrees == row[4].startswith("khớp"), row


def _fill(formula: str, sheet: str, values: dict[str, object]) -> str:
    for name in sorted(values, key=len, reverse=True):
        value = values[name]
        formula = formula.replace(f"{sheet}{name}", "0" if value is None else f"({float(str(value))})")
    assert formula.startswith("=")
    return formula[1:]


@pytest.mark.parametrize(
    ("text", "code", "condition"),
    [
        ("Xử lý hơn 640 vụ, gồm 544 vụ gian lận và 96 vụ hàng giả.", "SUM001", "AND(H2>=I2-1E-9,H2<J2-1E-9)"),
        ("Xử lý gần 640 vụ, gồm 544 vụ gian lận và 96 vụ hàng giả.", "SUM001", "AND(H2>I2+1E-9,H2<=J2+1E-9)"),
        ("Có 1.200 hộ nghèo, tăng gần 200 hộ so với năm 2022 (1.000 hộ).", "CHG001", "H2>I2+1E-9"),
        ("Có 1.200 hộ nghèo, giảm hơn 200 hộ so với năm 2022 (1.400 hộ).", "CHG001", "H2>I2+1E-9"),
        ("Có 1.200 hộ nghèo, tăng 200 hộ so với năm 2022 (1.000 hộ).", "CHG001", "H2>=I2-1E-9"),
    ],
)
def test_a_figure_that_its_own_hedge_leaves_out_does_not_agree(text: str, code: str, condition: str) -> None:
    analysis = docanalyze.analyze_bytes(text.encode(), name="x.txt")
    (relation,) = [r for r in analysis.relations or () if r.code == code]
    assert (relation.verdict == "holds") == ("tăng 200" in text)
    only = msgspec.structs.replace(analysis, relations=(relation,))
    sheet = load_book(write_working_paper([(only, ())])).worksheets[1]  # type: ignore[attr-defined]
    assert condition in sheet["K2"].value


def test_figures_cut_off_have_no_live_formula_that_denies_their_verdict() -> None:
    text = "Toàn huyện có 228 hộ nghèo, trong đó có 131 hộ dân tộc thiểu số, chiếm 57,45% số hộ nghèo."
    analysis = docanalyze.analyze_bytes(text.encode(), name="x.txt")
    (relation,) = [r for r in analysis.relations or () if r.code == "PCT001"]
    assert relation.verdict == "holds-by-truncation"
    sheet = load_book(write_working_paper([(analysis, ())])).worksheets[1]  # type: ignore[attr-defined]
    assert [row[10] for row in sheet.iter_rows(min_row=2, values_only=True) if row[1] == "PCT001"] == [None]


def test_text_of_a_report_is_never_a_formula(slip: Analysis) -> None:
    book = load_book(write_working_paper([(slip, slip.findings or ())]))
    kinds = {
        (cell.data_type, str(cell.value)[:5])
        for sheet in book.worksheets  # type: ignore[attr-defined]
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert all(value.startswith(("='Số ", "=F", "=IF(", "=100*", "=(")) for _, value in kinds), kinds
    assert any(
        "HYPERLINK" in str(cell.value) and cell.data_type == "s"
        for sheet in book.worksheets  # type: ignore[attr-defined]
        for row in sheet.iter_rows()
        for cell in row
    )


def test_a_workbook_keeps_places_and_leaves_out_what_xml_cannot_hold() -> None:
    book = Workbook()
    book.add_sheet("Số liệu", ["a", "b"], [["=1+1", Decimal("2.50")], ["\x00\x0bx", Formula("=1+1")]])
    sheet = load_book(book.to_bytes()).worksheets[0]  # type: ignore[attr-defined]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["B2"].number_format == "#,##0.00"
    assert sheet["A3"].value == "  x"
    assert sheet["B3"].data_type == "f"


def test_sarif_has_places_fingerprints_and_states(slip: Analysis) -> None:
    (finding,) = slip.findings or ()
    waived = msgspec.structs.replace(finding, state="waived")
    reasons = {finding.id: "đã đính chính"}
    told = write_sarif([waived], version="1", rules={"SUM001": "sum"}, waived=reasons, compared=True)
    run = json.loads(told)["runs"][0]
    (result,) = run["results"]
    assert result["ruleId"] == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "SUM001"
    assert result["partialFingerprints"] == {"docanalyzeFinding/v1": finding.id}
    assert result["suppressions"][0]["justification"] == "đã đính chính"
    assert result["baselineState"] == "unchanged"
    assert result["level"] == "error"
    region = result["locations"][0]["physicalLocation"]["region"]
    start = region["charOffset"]
    assert slip.text[start : start + region["charLength"]] == finding.evidence[0].text
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b%C3%A1o%20c%C3%A1o.txt"


@pytest.mark.parametrize(
    ("suffix", "part", "extra"), [(".pdf", "pypdf", "audit"), (".xlsx", "openpyxl", "tables")]
)
def test_a_missing_part_names_its_command(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    suffix: str, part: str, extra: str,
) -> None:  # fmt: skip
    monkeypatch.setitem(__import__("sys").modules, part, None)
    path = samples / "bao-cao-6-thang-2023.pdf"
    assert main(["check", str(path), "-o", str(tmp_path / f"x{suffix}")]) == 4
    told = capsys.readouterr().err
    assert f"docanalyze[{extra}]" in told
    assert "245" not in told, "the report was read before"
    assert list(tmp_path.iterdir()) == []
    assert MissingPart.exit_code == 4


def test_an_analysis_as_a_workbook(sample: tuple[bytes, Analysis], slip: Analysis) -> None:
    _, analysis = sample
    book = load_book(to_xlsx([analysis, slip]))
    sheets = {sheet.title: sheet for sheet in book.worksheets}  # type: ignore[attr-defined]
    assert sheets["mentions"].max_row == 1 + len(analysis.mentions or ()) + len(slip.mentions or ())
    assert sheets["findings"].max_row == 1 + len(analysis.findings or ()) + len(slip.findings or ())
    kinds = {cell.data_type for sheet in sheets.values() for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
