"""One table as CSV and XLSX."""

from __future__ import annotations

import builtins
import csv
import io
from pathlib import Path
from typing import Any

import pytest

from docanalyze import Cell, MissingPart, Table, analyze_report
from docanalyze.output.table_files import table_to_csv, table_to_xlsx


def make_table(*texts: str) -> Table:
    cells = tuple(Cell(row=i, col=0, text=text, start=0, end=len(text)) for i, text in enumerate(texts))
    return Table(id="t1", cells=cells)


def test_cells_stand_where_they_stood(samples: Path) -> None:
    table = analyze_report(samples / "bao-cao-6-thang-2023.pdf").tables[0]
    rows = list(csv.reader(io.StringIO(table_to_csv(table))))
    assert rows[0] == [
        "TT",
        "Chỉ tiêu",
        "Kế hoạch năm 2023",
        "Thực hiện 6 tháng đầu năm",
        "",
        "So sánh (%)",
        "",
    ]
    assert rows[1][:4] == ["", "", "", "Năm 2022"]
    assert rows[3] == ["I", "Tổng giá trị sản xuất", "7.310,00", "3.491,90", "3.805,69", "52,06", "108,99"]


def test_formulas_are_text_and_figures_stay() -> None:
    table = make_table("=1+1", "@lệnh", "- Thu phí", "-1,5", "+2", "-", "(12)")
    assert [row[0] for row in csv.reader(io.StringIO(table_to_csv(table)))] == [
        "'=1+1", "'@lệnh", "'- Thu phí", "-1,5", "+2", "-", "(12)",
    ]  # fmt: skip


def test_a_workbook_holds_numbers_and_merged_cells(samples: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    analysis = analyze_report(samples / "bao-cao-6-thang-2023.pdf")
    sheet = openpyxl.load_workbook(io.BytesIO(table_to_xlsx(analysis, analysis.tables[0]))).active
    assert sheet["C4"].value == 7310
    assert sheet["C4"].number_format == "#,##0.00"
    assert sheet["G3"].value == "5=3/2"
    assert {str(cells) for cells in sheet.merged_cells.ranges} >= {"D1:E1", "A1:A2"}


def test_no_cell_of_a_workbook_is_a_formula(samples: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    analysis = analyze_report(samples / "bao-cao-6-thang-2023.pdf")
    data = table_to_xlsx(analysis, make_table('=HYPERLINK("x")'))
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A1"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("x")')


def test_without_openpyxl_the_command_to_install_it(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    analysis = analyze_report(samples / "bao-cao-6-thang-2023.pdf", until="read")
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingPart, match=r"docanalyze\[tables\]"):
        table_to_xlsx(analysis, analysis.tables[0])
