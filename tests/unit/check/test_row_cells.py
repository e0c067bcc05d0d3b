"""REP002, REP003, CUM001 where a name, a column's head and a period say which figures are meant."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from msgspec import UNSET

from corpus.tools.source import parse_report
from corpus.tools.typeset import typeset_report
from docanalyze import analyze_bytes

SOURCE = """+++
name = "binh-minh-2024"
series = "binh-minh"
split = "dev"
body = "Ủy ban nhân dân xã Bình Minh"
period = {{ start = "2024-01-01", end = "2024-12-31", grain = "year" }}
cutoff = "2024-12-31"
[letterhead]
style = "state"
issuer = ["ỦY BAN NHÂN DÂN", "XÃ BÌNH MINH"]
number = "15/BC-UBND"
place = "Bình Minh"
date = "2025-01-12"
[layout]
size = 13
paper = "a4"
page_number = "top"
tables = "ruled"
margins = [20, 20, 30, 20]
indent = 10
[closing]
recipients = ["Như trên;"]
authority = ["CHỦ TỊCH"]
office = ["CHỦ TỊCH"]
signer = "Lê Văn Bình"
+++
@title BÁO CÁO

@title Tình hình kinh tế - xã hội năm 2024

@h1 I. KẾT QUẢ THỰC HIỆN

@p
Ủy ban nhân dân xã báo cáo kết quả thực hiện nhiệm vụ trên địa bàn, những việc còn lại và nguyên nhân.

@p
{text}
{table}
{behind}
"""
PRODUCTS = """
@table t1 caption="Bảng số liệu" cells=number
| Chỉ tiêu | Kế hoạch năm 2024 | Thực hiện năm 2023 | Thực hiện năm 2024 | So với năm 2023 (%) |
---
| Xi măng (tấn) | 812,0 | 798,7 | 778,1 | 97,42 |
| Nước ghi thu (nghìn m³) | 45.500 | 43.510 | 46.120 | 106,00 |
| Thuế ngoài quốc doanh (triệu đồng) | 8.200 | 8.104 | 8.934 | 110,24 |
@end-table
"""
LEVELS = """
@table t1 caption="Bảng số liệu" cells=number
| Mức | Tổ chức đảng năm 2023 | Tổ chức đảng năm 2024 | Đảng viên năm 2023 | Đảng viên năm 2024 |
---
| Hoàn thành xuất sắc | 7 | 8 | 1.038 | 1.102 |
| Hoàn thành tốt | 27 | 29 | 5.216 | 5.387 |
| Hoàn thành | 6 | 3 | 498 | 441 |
@end-table
"""
SECTORS = """
@table t1 caption="Bảng số liệu" cells=number
| Lĩnh vực | Đối tượng kiểm tra | Đối tượng có vi phạm |
---
| Giao thông | 2.418 | 486 |
| Xây dựng | 654 | 171 |
| Tổng số | 3.072 | 657 |
@end-table
"""
MONTHS = """
@table t1 caption="Bảng số liệu" cells=number
| Thời gian | Số vụ kiểm tra | Số vụ vi phạm |
---
| Tháng 4/2024 | 5.842 | 4.317 |
| Tháng 5/2024 | 6.915 | 5.248 |
| Tháng 6/2024 | 6.377 | 4.655 |
@end-table
"""
PARTS = """
@table t1 caption="Bảng số liệu" cells=number
| Nội dung | Thực hiện năm 2023 (tỷ đồng) | Thực hiện năm 2024 (tỷ đồng) |
---
| Thu nội địa | 5.102,4 | 5.566,3 |
| Thuế | 982,7 | 1.018,5 |
| Nộp NSNN | 161,9 | 168,2 |
@end-table
"""
TIMES = """
@table t1 caption="Bảng số liệu" cells=number
| Nội dung | Dự toán năm 2024 (tỷ đồng) | Tháng 12 năm 2024 (tỷ đồng) | Năm 2024 (tỷ đồng) |
---
| Chi thường xuyên | 17.850,0 | 1.361,9 | 6.918,7 |
| Chi đầu tư | 6.420,0 | 512,4 | 2.447,3 |
| Cộng | 24.270,0 | 1.874,3 | 9.366,0 |
@end-table
"""
PLANS = """
@table t1 caption="Bảng số liệu" cells=number
| Chỉ tiêu | Dự toán năm 2024 (tỷ đồng) | Thực hiện năm 2024 (tỷ đồng) |
---
| Thu ngân sách trên địa bàn | 168,00 | 91,96 |
| Chi đầu tư | 42,50 | 40,12 |
@end-table
"""
BUDGET = "Năm 2024, thu ngân sách trên địa bàn 91,96 tỷ đồng, đạt 57,48% dự toán tỉnh giao ({} tỷ đồng)."


def _mark(source: str, text: str, table: str, behind: str) -> str:
    head, title, body = source.format(text=text, table=table, behind=behind).partition("@title")
    return head + title + _NUMERAL.sub(r"⟦\g<0>|neg name⟧", body)


_NUMERAL = re.compile(r"(?<![a-z@])(?:\d[\d.,/]*\d%?|\d%?)")


def told(text: str, table: str = "", behind: str = "") -> list[str]:
    """Return the arithmetic of the errors and warnings of a report of a text and a table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "binh-minh-2024.report"
        path.write_text(_mark(SOURCE, text, table, behind), encoding="utf-8")
        analysis = analyze_bytes(typeset_report(parse_report(path)), name="report.pdf")
    assert analysis.findings is not UNSET
    return [each.arithmetic for each in analysis.findings if each.severity != "info"]


@pytest.mark.parametrize(
    ("table", "text", "right", "wrong"),
    [
        # words of a row's name that are Roman numbers, too
        (PRODUCTS, "Năm 2024, sản lượng xi măng bằng {} năm 2023.", "97,4%", "94,7%"),
        # what was done beyond the plan, without its level
        (PRODUCTS, "Năm 2024, nước ghi thu vượt kế hoạch {}.", "620 nghìn m³", "260 nghìn m³"),
        (PRODUCTS, "Thuế ngoài quốc doanh vượt dự toán {}.", "734 triệu đồng", "743 triệu đồng"),
        # of two columns of one year the one of what is counted
        (LEVELS, "Năm 2024, xếp loại hoàn thành tốt {}.", "5.387 đảng viên", "5.307 đảng viên"),
        # a total is named by the head of its column
        (SECTORS, "Qua kiểm tra có {} vi phạm.", "657 đối tượng", "567 đối tượng"),
        # a row that is named by nothing but its month
        (MONTHS, "Tháng 6 năm 2024 có {} vi phạm.", "4.655 vụ", "4.615 vụ"),
        # the same row a year before, over the figure of the text; another change has another base
        (
            PRODUCTS,
            "Năm 2024, nước ghi thu đạt 46.120 nghìn m³, hơn kế hoạch 620 nghìn m³ và hơn năm trước {}.",
            "2.610 nghìn m³",
            "2.160 nghìn m³",
        ),
        # a share of the row that is named
        (PARTS, "Thuế đạt 1.018,5 tỷ đồng, chiếm {} thu nội địa.", "18,3%", "18,7%"),
        # initials in the row
        (PARTS, "Trong năm đã nộp ngân sách nhà nước {}.", "168,2 tỷ đồng", "138,2 tỷ đồng"),
        # of two times in one row the one that is said
        (
            TIMES,
            "Cả năm chi thường xuyên 6.918,7 tỷ đồng; riêng tháng 12 năm 2024 chi thường xuyên {}.",
            "1.361,9 tỷ đồng",
            "136,9 tỷ đồng",
        ),
        # rows that are named together, by what differs, and by their number
        (PARTS, "Thu nội địa và nộp NSNN cộng lại đạt {}.", "5.734,5 tỷ đồng", "7.534,5 tỷ đồng"),
        # the grand total, rounded up
        (TIMES, "Cả năm toàn tỉnh chi gần {}.", "9.366 tỷ đồng", "936,6 tỷ đồng"),
        # a year and its halves
        (
            "",
            "Doanh thu đạt 2.418,6 tỷ đồng; trong đó 6 tháng đầu năm 1.173,2 tỷ đồng, 6 tháng cuối năm {}.",
            "1.245,4 tỷ đồng",
            "1.254,4 tỷ đồng",
        ),
    ],
)  # fmt: skip
def test_the_figure_of_a_name_and_a_period_is_told(table: str, text: str, right: str, wrong: str) -> None:
    assert not told(text.format(right), table)
    assert len(told(text.format(wrong), table)) == 1


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (LEVELS, "Năm 2022, xếp loại hoàn thành tốt 5.307 đảng viên."),  # another year
        (MONTHS, "Tháng 3 năm 2024 có 4.615 vụ vi phạm."),
        (SECTORS, "Riêng xây dựng có 171 đối tượng vi phạm."),
        (SECTORS, "Có 312 đối tượng vi phạm bị xử phạt."),  # no misprint of the total
        (PRODUCTS, "Năm 2024, nước ghi thu vượt kế hoạch hơn 1.150 nghìn m³."),
        (PLANS, BUDGET.format("160")),  # another plan than the table's, as the ratio bears out
        (PRODUCTS, "Năm 2024, thuế ngoài quốc doanh tăng 10,4% so với kế hoạch."),  # no index of 110,24
        ("", "Dư nợ 5.498 tỷ đồng, trong đó 6 tháng đầu năm 5.386 tỷ đồng, 6 tháng cuối năm 5.512 tỷ đồng."),
    ],
)  # fmt: skip
def test_another_period_or_row_is_not_held_against_it(table: str, text: str) -> None:
    assert not told(text, table)


def test_rows_that_are_counted_behind_their_table() -> None:
    text = "\n@p\n02 lĩnh vực nói trên cộng lại kiểm tra {} đối tượng."
    lead, table = "Kết quả kiểm tra như sau.", SECTORS.replace("| Tổng số | 3.072 | 657 |\n", "")
    assert not told(lead, table, text.format("3.072"))
    assert told(lead, table, text.format("3.702")) == ["2.418 + 654 = 3.072 ≠ 3.702"]


def test_a_plan_that_no_ratio_bears_out_is_told() -> None:
    assert told(BUDGET.format("106"), PLANS)


def test_the_bundled_report_without_errors_has_no_finding(samples: Path) -> None:
    path = samples / "bao-cao-6-thang-2022.pdf"
    assert analyze_bytes(path.read_bytes(), name=path.name).findings == ()


COUNTS = (
    "Trong kỳ, toàn huyện xảy ra {} vụ đuối nước, làm 108 người chết, 207 người bị thương.\n\n"
    "Địa bàn\tKỳ báo cáo: Số vụ\tKỳ báo cáo: Số người chết\tKỳ báo cáo: Số người bị thương\tCùng kỳ: Số vụ\n"
    "Xã Bàu Sen\t131\t61\t102\t129\nXã Cồn Lát\t123\t47\t105\t119\nTổng cộng\t254\t108\t207\t248\n"
)
SETTLED = (
    "Tổng thu ngân sách trên địa bàn quyết toán 4.595.703 triệu đồng, đạt {}% dự toán.\n\n"
    "Nội dung\tDự toán: Tổng thu (triệu đồng)\tDự toán: Thu huyện hưởng (triệu đồng)\t"
    "Quyết toán: Tổng thu (triệu đồng)\tQuyết toán: Thu huyện hưởng (triệu đồng)\t"
    "So sánh (%): Tổng thu\tSo sánh (%): Thu huyện hưởng\n"
    "Tổng thu ngân sách trên địa bàn\t4.251.000\t3.483.200\t4.595.703\t3.779.872\t108\t109\n"
    "Thuế tài nguyên\t25.000\t25.000\t29.091\t29.091\t116\t116\n"
    "Thuế thu nhập\t310.000\t217.000\t342.917\t246.042\t111\t113\n"
    "Lệ phí trước bạ\t275.000\t275.000\t251.306\t251.306\t91\t91\n"
)


@pytest.mark.parametrize(
    ("text", "right", "wrong", "arithmetic"),
    [
        (COUNTS, "254", "954", "954 ≠ 254"),
        (COUNTS, "254", "257", "257 ≠ 254"),
        (SETTLED, "108", "178", "178 ≠ 108"),
    ],
)
def test_what_heads_and_formulas_say_of_a_cell(text: str, right: str, wrong: str, arithmetic: str) -> None:
    def tell(figure: str) -> list[str]:
        analysis = analyze_bytes(text.format(figure).encode(), name="bang.txt")
        return [each.arithmetic for each in analysis.findings or () if each.severity != "info"]

    assert tell(right) == []
    assert tell(wrong) == [arithmetic]


def test_figures_of_other_columns_are_no_misprints_of_a_row() -> None:
    for other in ("vụ đuối nước, 331 hộ có rào chắn", "lớp dạy bơi tại 254 vụ"):
        text = COUNTS.replace("{} vụ đuối nước", "254 " + other)
        assert [each for each in analyze_bytes(text.encode(), name="b.txt").findings or ()
                if each.severity != "info"] == []  # fmt: skip
