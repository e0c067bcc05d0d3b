"""Comparisons as JSON, CSV, workbook, page and frame."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from docanalyze import Comparison, MissingPart, compare_reports
from docanalyze.core.comparison import ROW_COLUMNS
from docanalyze.output.comparison_csv import comparison_to_csv
from docanalyze.output.comparison_html import comparison_to_html
from docanalyze.output.comparison_json import build_comparison_schema, encode_comparison, load_comparison
from docanalyze.output.comparison_words import draw_sparkline, group_alike, write_period, write_score
from docanalyze.output.comparison_xlsx import comparison_to_xlsx
from tests.browser import open_browser

SAMPLES = Path(__file__).parents[3] / "corpus" / "samples"


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare_reports([SAMPLES / f"bao-cao-6-thang-{year}.pdf" for year in (2022, 2023)])


def test_json_is_valid_and_read_back(comparison: Comparison, tmp_path: Path) -> None:
    data = encode_comparison(comparison, indent=1)
    table = json.loads(data)
    jsonschema.Draft202012Validator(build_comparison_schema()).validate(table)
    wanted = {
        "schema_version",
        "reports",
        "series",
        "restatements",
        "claims",
        "unmatched",
        "references",
        "findings",
    }
    assert table.keys() >= wanted
    point = table["series"][0]["points"][0]
    assert point.keys() >= {"report", "mention", "period", "basis", "value", "page", "boxes", "quote"}
    assert isinstance(point["value"], str)
    change = next(c for s in table["series"] for c in s["changes"])
    assert change.keys() >= {"from", "to", "absolute"}
    path = tmp_path / "c.json"
    path.write_bytes(data)
    assert load_comparison(path) == comparison


def test_csv_has_a_row_a_point_and_no_formulas(comparison: Comparison) -> None:
    series = msgspec.structs.replace(comparison.series[0], indicator="=1+1")
    text = comparison_to_csv(msgspec.structs.replace(comparison, series=(series, *comparison.series[1:])))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == sum(len(s.points) for s in comparison.series)
    assert rows[0]["indicator"] == "'=1+1"
    assert all(row["quote"] and row["page"] and row["x0"] for row in rows)


def test_cells_of_the_workbook_lead_to_their_quotes(comparison: Comparison) -> None:
    openpyxl: Any = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(comparison_to_xlsx(comparison)))
    assert book.sheetnames == ["Chuỗi số liệu", "In lại khác", "Phát hiện", "Trích dẫn"]
    sheet, quotes = book["Chuỗi số liệu"], book["Trích dẫn"]
    linked = 0
    for row in sheet.iter_rows(min_row=2):
        for cell in row[5:]:
            if cell.value is not None:
                place = cell.hyperlink.location or cell.hyperlink.target
                target = quotes[place.rpartition("!")[2]]
                assert quotes.cell(row=target.row, column=5).value
                linked += 1
    assert linked > 200


def test_a_missing_package_is_named(comparison: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPart, match="polars"):
        comparison.to_frame()


@pytest.mark.parametrize("package", ["polars", "pandas"])
def test_a_frame_has_a_row_a_point(
    comparison: Comparison, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip(package)
    if package == "pandas":
        monkeypatch.setitem(sys.modules, "polars", None)
    frame = comparison.to_frame()
    assert type(frame).__module__.startswith(package)
    assert len(frame) == sum(len(s.points) for s in comparison.series)
    assert list(frame.columns) == list(ROW_COLUMNS)
    if package == "polars":  # frames of several comparisons can be put together: an empty column has a type
        assert "Null" not in {str(kind) for kind in frame.dtypes}
        bare = msgspec.structs.replace(comparison, series=comparison.series[:1])
        assert bare.to_frame().schema == frame.schema
        assert frame["value"].to_list() == [float(row["value"]) for row in comparison.iter_rows()]


def test_the_page_escapes_what_it_shows(comparison: Comparison) -> None:
    bad = "<script>alert(1)</script>"
    point = msgspec.structs.replace(comparison.series[0].points[0], quote=bad, text=bad)
    series = msgspec.structs.replace(
        comparison.series[0], indicator=bad, points=(point, *comparison.series[0].points[1:])
    )
    page = comparison_to_html(msgspec.structs.replace(comparison, series=(series,)))
    assert bad not in page
    assert page.count("<script>") == 1
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("start", "end", "vi"),
    [
        ("2023-01-01", "2023-12-31", "2023"),
        ("2024-05-01", "2024-05-31", "T5/2024"),
        ("2025-04-01", "2025-06-30", "Q2/2025"),
        ("2021-01-01", "2025-12-31", "2021–2025"),
    ],
)
def test_periods_are_written_short(start: str, end: str, vi: str) -> None:
    from docanalyze.core.relation import Stretch

    assert write_period(Stretch(start=start, end=end), "vi") == vi


def test_a_line_of_equal_values_is_flat() -> None:
    from decimal import Decimal

    assert draw_sparkline([Decimal(4), Decimal(4)]) == "▄▄"


@pytest.mark.parametrize(
    ("ends", "lines"),
    [
        (("2022-06-30", "2022-12-31", "2023-06-30", "2023-12-31"), [[0, 2], [1, 3]]),
        (("2024-02-29", "2024-03-31", "2024-04-30"), [[0, 1, 2]]),
        (("2022-06-30", "2023-06-30"), [[0, 1]]),
    ],
)
def test_a_line_joins_half_years_with_half_years(
    comparison: Comparison, ends: tuple[str, ...], lines: list[list[int]]
) -> None:
    from docanalyze.core.relation import Stretch

    one = next(p for s in comparison.series if s.form == "cumulative" for p in s.points)
    points = [msgspec.structs.replace(one, period=Stretch(start=f"{end[:4]}-01-01", end=end)) for end in ends]
    assert [[points.index(p) for p in line] for line in group_alike(points)] == lines


def test_a_point_of_a_chart_opens_its_quote_and_page(comparison: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "so sánh.html"
    path.write_text(comparison_to_html(comparison), encoding="utf-8")
    with open_browser() as browser:
        browser.get(path.as_uri())
        series = browser.find_element("css selector", "#s1")
        series.find_element("css selector", "summary").click()
        assert series.find_element("css selector", "svg.chart").is_displayed()
        circle = series.find_element("css selector", "svg.chart a circle")
        browser.execute_script(
            "arguments[0].parentNode.dispatchEvent(new MouseEvent('click', {bubbles: true}))", circle
        )
        browser.get(f"{path.as_uri()}#s1-0")
        row = browser.find_element("css selector", "#s1-0")
        assert row.is_displayed()
        assert comparison.series[0].points[0].text in row.text
        assert f"trang {comparison.series[0].points[0].page}" in row.text
        field = browser.find_element("css selector", "#filter")
        field.send_keys(comparison.series[0].indicator[:12])
        shown = [s for s in browser.find_elements("css selector", ".series") if s.is_displayed()]
        assert 0 < len(shown) < len(comparison.series)
        assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_a_score_has_the_comma_of_its_language() -> None:
    assert (write_score(0.874, "vi"), write_score(0.874, "en")) == ("0,87", "0.87")


def test_an_empty_list_is_not_called_free_of_errors(comparison: Comparison) -> None:
    empty = msgspec.structs.replace(comparison, tasks=(), findings=())
    page = comparison_to_html(empty)
    assert page.count("Không có lỗi hay cảnh báo.") == 1
    assert "<p class=none>Không có.</p>" in page
