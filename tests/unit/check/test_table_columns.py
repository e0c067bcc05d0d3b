"""Columns that follow from others: by the index row, by their heads, by the figures alone."""

import pytest

from docanalyze.check.table_formulas import read_formula
from tests.unit.check.tables import failing, holding, make_table

PLAN = [
    ("Thu ngân sách", "175,00", "98,46", "56,26"),
    ("Chi ngân sách", "640,00", "301,12", "47,05"),
    ("Giải ngân", "358,60", "134,12", "37,40"),
    ("Bán lẻ", "3.350,0", "1.642,8", "49,04"),
    ("Xuất khẩu", "1.260,0", "702,5", "55,75"),
]


def _with(rows: list[tuple[str, ...]], row: int, col: int, text: str) -> list[tuple[str, ...]]:
    changed = [list(each) for each in rows]
    changed[row][col] = text
    return [tuple(each) for each in changed]


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("2/1", "ratio"), ("(2)/(1)*100", "ratio"), ("2:1", "ratio"), ("2*100/1", "ratio"),
        ("2/1-100", "growth"), ("(2-1)/1", "growth"), ("1+2", "sum"), ("2-1", "difference"),
        ("1x2", "product"),
    ],
)  # fmt: skip
def test_formulas_of_the_index_row(formula: str, kind: str) -> None:
    assert next(read_formula(formula, 5, {"1": 3, "2": 4})).kind == kind


def test_a_run_of_columns_in_a_formula() -> None:
    (pattern,) = read_formula("2+…+4", 1, {"2": 2, "3": 3, "4": 4})
    assert pattern.operands == (2, 3, 4)


def test_a_declared_ratio_is_checked_row_by_row() -> None:
    heads = ("Chỉ tiêu", "Kế hoạch", "Thực hiện", "Đạt")
    index = ("A", "1", "2", "3=2/1")
    assert len(holding(make_table(heads, PLAN, index=index), "TAB002")) == 5
    (finding,) = failing(make_table(heads, _with(PLAN, 1, 3, "47,50"), index=index))
    assert finding.code == "TAB002"
    assert finding.arithmetic == "301,12 / 640,00 × 100 = 47,05 ≠ 47,50"
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "47,05"


def test_a_ratio_is_found_without_index_row_or_unit() -> None:
    heads = ("Chỉ tiêu", "Cột một", "Cột hai", "Cột ba")
    assert len(holding(make_table(heads, PLAN), "TAB003")) == 5
    (finding,) = failing(make_table(heads, _with(PLAN, 2, 2, "143,12")))
    assert finding.code == "TAB003"
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "134,12"


def test_the_row_of_an_average_is_told_of_where_a_misprint_explains_it() -> None:
    heads = ("Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Tỷ lệ")
    units = ("tỷ đồng", "tỷ đồng", "tỷ đồng", "tấn")
    rows = [(name, unit, *rest) for unit, (name, *rest) in zip(units, PLAN, strict=False)]
    assert not failing(make_table(heads, [*rows, ("Định mức vật tư", "kg/m2", "1,52", "1,50", "98,68")]))
    (finding,) = failing(make_table(heads, [*rows, ("Định mức vật tư", "kg/m2", "1,52", "1,50", "9,868")]))
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "98,68"
    assert not failing(make_table(heads, [*rows, ("Định mức vật tư", "kg/m2", "1,52", "1,50", "71,20")]))


def test_three_rows_need_a_head_that_names_the_ratio() -> None:
    wrong = _with(PLAN[:3], 1, 3, "74,05")
    assert failing(make_table(("Chỉ tiêu", "Một", "Hai", "Ba"), wrong)) == []
    (finding,) = failing(make_table(("Chỉ tiêu", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"), wrong))
    assert finding.code == "TAB003"


def test_growth_and_difference_columns() -> None:
    heads = ("Chỉ tiêu", "Năm 2022", "Năm 2023", "Tăng, giảm", "Tốc độ (%)")
    rows = [
        ("Thịt heo", "9.120", "9.486", "366", "4,01"),
        ("Thịt bò", "2.745", "2.698", "-47", "-1,71"),
        ("Thịt gà", "4.316", "4.552", "236", "5,47"),
        ("Trứng", "8.014", "8.342", "328", "4,09"),
    ]
    table = make_table(heads, rows, unit="tấn")
    assert failing(table) == []
    forms = {relation.arithmetic[-6:] for relation in holding(table, "TAB003")}
    assert len(holding(table, "TAB003")) == 8, forms
    found = failing(make_table(heads, _with(rows, 1, 3, "-74"), unit="tấn"))
    assert [finding.arithmetic for finding in found] == ["2.698 - 2.745 = -47 ≠ -74"]


def test_a_total_of_a_run_of_columns() -> None:
    heads = ("Chỉ tiêu", "Tổng số", "Tỉnh", "Huyện", "Xã")
    rows = [
        ("Giao thông", "812,4", "401,7", "290,2", "120,5"),
        ("Thủy lợi", "455,9", "201,3", "177,7", "76,9"),
        ("Giáo dục", "640,2", "310,8", "254,1", "75,3"),
        ("Y tế", "233,6", "140,2", "61,7", "31,7"),
        ("Văn hóa", "96,1", "40,6", "35,2", "20,3"),
    ]
    assert len(holding(make_table(heads, rows, unit="tỷ đồng"), "TAB003")) == 5
    (finding,) = failing(make_table(heads, _with(rows, 3, 1, "263,3"), unit="tỷ đồng"))
    assert finding.arithmetic == "140,2 + 61,7 + 31,7 = 233,6 ≠ 263,3"


def test_columns_that_have_nothing_to_do_with_each_other_prove_nothing() -> None:
    heads = ("Chỉ tiêu", "A", "B", "C")
    equal = [(f"Xã {at}", "12", "0", "12") for at in range(1, 7)]
    assert holding(make_table(heads, equal), "TAB003") == []
    small = [
        ("Xã 1", "1", "2", "3"),
        ("Xã 2", "2", "2", "4"),
        ("Xã 3", "1", "1", "2"),
        ("Xã 4", "2", "1", "4"),
    ]
    assert failing(make_table(heads, small)) == []


def test_rows_of_rates_are_no_misprints() -> None:
    heads = ("Chỉ tiêu", "Năm 2022", "Năm 2023", "So sánh (%)")
    rows = [*[(a, b, c, d) for a, b, c, d in PLAN], ("Tỷ lệ hộ nghèo", "4,35", "3,12", "-1,23")]
    assert failing(make_table(heads, rows)) == []


def test_a_wide_table_is_quick() -> None:
    import time

    heads = ("Chỉ tiêu", *(f"Cột {at}" for at in range(10)))
    rows = [
        (f"Dòng {at}", *(f"{1000 + at * 37 + col * 911 + at * at * col}" for col in range(10)))
        for at in range(40)
    ]
    table = make_table(heads, rows)
    failing(table)
    start = time.process_time()
    failing(table)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(("output", "codes"), [("186.782", set()), ("186.872", {"TAB001", "TAB003"})])
def test_yields_and_the_whole_year_of_few_rows(output: str, codes: set[str]) -> None:
    rows = [
        ("Đông xuân", "48.216", "71,3", "343.780"),
        ("Hè thu", "31.874", "58,6", output),
        ("Cả năm", "80.090", "66,2", "530.562"),
    ]
    table = make_table(("Chỉ tiêu", "Diện tích (ha)", "Năng suất (tạ/ha)", "Sản lượng (tấn)"), rows)
    assert {finding.code for finding in failing(table)} <= codes
    assert bool(failing(table)) == bool(codes)


YEARLY_HEADS = (
    "Chỉ tiêu", "Năm 2020", "Năm 2022", "Năm 2024", "Ước năm 2025", "Tăng bình quân 2021-2025 (%)",
)  # fmt: skip
YEARLY_ROWS = [
    ("Lúa", "412,6", "430,1", "455,8", "470,3", "2,65"),
    ("Ngô", "88,4", "90,9", "97,2", "101,5", "2,80"),
    ("Chè", "31,7", "38,2", "44,0", "47,9", "8,61"),
    ("Cam", "12,3", "11,8", "10,4", "9,9", "-4,25"),
]


def test_average_growth_a_year_between_columns_of_years() -> None:
    table = make_table(YEARLY_HEADS, YEARLY_ROWS)
    assert failing(table) == []
    lines = [relation.arithmetic for relation in holding(table, "TAB003")]
    assert "(470,3 / 412,6) ^ (1/5) × 100 - 100 = 2,65" in lines
    wrong = [*YEARLY_ROWS[:2], ("Chè", "31,7", "38,2", "44,0", "47,9", "6,81"), YEARLY_ROWS[3]]
    (finding,) = failing(make_table(YEARLY_HEADS, wrong))
    assert finding.arithmetic == "(47,9 / 31,7) ^ (1/5) × 100 - 100 = 8,61 ≠ 6,81"


def test_a_plan_is_no_growth_of_a_percentage() -> None:
    heads = ("Nội dung", "Dự toán NSNN", "Dự toán NSĐP", "Quyết toán NSNN", "Quyết toán NSĐP",
             "So sánh (%) NSNN", "So sánh (%) NSĐP")  # fmt: skip
    rows = [
        ("Thu nội địa", "3.731.000", "3.483.200", "4.004.476", "3.776.957", "107", "108"),
        ("Thuế tài nguyên", "25.000", "25.000", "29.091", "29.091", "116", "116"),
        ("Doanh nghiệp FDI", "240.000", "240.000", "228.903", "228.903", "95", "95"),
        ("Ngoài quốc doanh", "890.000", "890.000", "1.012.744", "1.012.744", "114", "114"),
        ("Thuế thu nhập", "310.000", "310.000", "342.917", "342.917", "111", "111"),
        ("Trước bạ", "275.000", "275.000", "251.306", "251.306", "91", "91"),
        ("Phí, lệ phí", "98.000", "68.600", "104.552", "73.186", "107", "107"),
    ]
    assert failing(make_table(heads, rows, unit="triệu đồng")) == []
