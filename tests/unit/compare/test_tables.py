"""Annexes of statistics in successive reports: many rows, many revisions."""

from __future__ import annotations

import pytest

from docanalyze import Comparison, compare_reports
from tests.unit.compare.making import make_report
from tests.unit.compare.test_seasons_and_areas import read_entries

ROWS = (
    ("Sản lượng thịt lợn hơi", 20500, 21320), ("Sản lượng thịt bò hơi", 4120, 4260),
    ("Sản lượng sữa tươi", 9240, 9730), ("Sản lượng trứng gà", 15100, 15860),
    ("Sản lượng mật ong", 1310, 1350), ("Sản lượng chè búp", 7650, 7880),
)  # fmt: skip


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def write_annex(year: int, rows: list[tuple[str, str, str]]) -> str:
    lines = [f"Chỉ tiêu\tThực hiện 6 tháng năm {year}\t6 tháng năm {year} so với cùng kỳ năm trước (%)"]
    return "\n".join(["Biểu 1. Sản phẩm chăn nuôi, cây trồng", "ĐVT: tấn", "", *lines, *map("\t".join, rows)])


def compare_annexes(earlier: list[tuple[str, str, str]], later: list[tuple[str, str, str]]) -> Comparison:
    return compare_reports([
        make_report("6 tháng đầu năm 2023", "2023-07-05", write_annex(2023, earlier)),
        make_report("6 tháng đầu năm 2024", "2024-07-05", write_annex(2024, later)),
    ])  # fmt: skip


def told(comparison: Comparison, code: str) -> list[tuple[str, str]]:
    """Return severity and arithmetic of the findings of a code."""
    return [(f.severity, f.arithmetic) for f in comparison.findings if f.code == code]


BEFORE = [(name, dotted(old), "102,1") for name, old, _ in ROWS]
AFTER = [(name, dotted(new), f"{new / old * 100:.1f}".replace(".", ",")) for name, old, new in ROWS]


def test_one_growth_among_many_that_hold_is_told() -> None:
    assert told(compare_annexes(BEFORE, AFTER), "CLM001") == []
    wrong = [*AFTER[:2], (AFTER[2][0], AFTER[2][1], "103,5"), *AFTER[3:]]
    ((severity, arithmetic),) = told(compare_annexes(BEFORE, wrong), "CLM001")
    assert severity in ("error", "warning")
    assert arithmetic == "(9.730 / 9.240 - 1) x 100 = 5,3% ≠ 3,5%"


def test_growths_that_are_mostly_over_revised_bases_are_not_told_aloud() -> None:
    revised = [(name, printed, f"{float(ratio.replace(',', '.')) + 1.4:.1f}".replace(".", ","))
               for name, printed, ratio in AFTER]  # fmt: skip
    found = told(compare_annexes(BEFORE, revised), "CLM001")
    assert len(found) == len(ROWS)
    assert {severity for severity, _ in found} == {"info"}


@pytest.mark.parametrize(("ratio", "severities"), [("103,9", []), ("109,3", ["error"])])
def test_a_growth_is_of_the_column_with_its_own_words(ratio: str, severities: list[str]) -> None:
    head = "Chỉ tiêu\tVụ đông xuân năm {0} vùng cao\tVụ đông xuân năm {0} vùng thấp"
    head += "\tSo với vụ trước (%) vùng cao\tSo với vụ trước (%) vùng thấp"
    reports = [
        make_report(
            f"6 tháng đầu năm {year}",
            f"{year}-07-05",
            "\n".join(["Biểu 1. Vụ đông xuân", "", head.format(year), *rows]),
        )
        for year, rows in (
            (2023, ("Lúa (ha)\t4.120\t7.650\t101,2\t102,4", "Ngô (ha)\t1.310\t924\t99,1\t98,3")),
            (2024, (f"Lúa (ha)\t4.281\t7.880\t{ratio}\t103,0", "Ngô (ha)\t1.350\t973\t103,1\t105,3")),
        )
    ]  # fmt: skip
    found = told(compare_reports(reports), "CLM001")
    assert [severity for severity, _ in found if severity != "info"] == severities


def test_round_figures_of_two_years_are_no_copies() -> None:
    same = [(AFTER[0][0], "20.500", "104,0"), (AFTER[1][0], "4.126", "104,0"), *AFTER[2:]]
    known = [(BEFORE[0][0], "20.500", "102,1"), (BEFORE[1][0], "4.126", "102,1"), *BEFORE[2:]]
    copies = [f for f in compare_annexes(known, same).findings if f.code == "CPY002"]
    assert [finding.evidence[0].text for finding in copies] == ["4.126"]


def test_a_jump_in_a_column_where_all_jump_is_no_slip_of_scale() -> None:
    steady = [*AFTER[:5], (ROWS[5][0], "77.300", "1.010,5")]
    assert len(told(compare_annexes(BEFORE, steady), "SCL001")) == 1
    restless = [
        (name, dotted(old * at), "-") for at, (name, old, _) in zip((3, 6, 4, 5, 10, 7), ROWS, strict=True)
    ]
    assert told(compare_annexes(BEFORE, restless), "SCL001") == []


def test_parts_marked_by_a_dash_are_of_the_row_above() -> None:
    text = (
        "Bảng 1. Chỉ tiêu\n\nTT\tChỉ tiêu\tĐVT\tThực hiện\n1\tTốc độ tăng GRDP\t%\t7,58\n"
        "\t- Dịch vụ\t%\t7,44\n\t- Công nghiệp\t%\t9,72"
    )
    units = {o.mention.text: e.unit for e in read_entries(text) for o in e.observations}
    assert units == {"7,58": "growth:%", "7,44": "growth:%", "9,72": "growth:%"}


def test_rows_under_a_group_are_named_by_both_and_count_what_they_say() -> None:
    text = (
        "Bảng 1. Tai nạn\n\nTT\tLoại\tChỉ tiêu\tThực hiện\n1\tĐường bộ\tSố vụ\t241\n\t\tSố người chết\t86\n"
        "2\tĐường sắt\tSố vụ\t6\n\t\tSố người chết\t5"
    )
    found = {o.mention.text: (o.name.printed, o.unit) for e in read_entries(text) for o in e.observations}
    assert found["86"] == ("người chết đường bộ", "người")
    assert found["6"] == ("vụ đường sắt", "vụ")
