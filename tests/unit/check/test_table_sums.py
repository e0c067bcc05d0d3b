"""Rows that add up: numbering, total rows, runs, lists that need not be complete."""

import pytest

from tests.unit.check.tables import failing, holding, make_table

HEADS = ("TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện", "Cùng kỳ")
NUMBERED = [
    ("A", "Tổng chi", "8.124,6", "5.338,6", "5.011,3"),
    ("I", "Chi đầu tư", "3.102,4", "1.864,9", "1.702,2"),
    ("1", "Vốn tập trung", "1.852,4", "1.018,6", "990,1"),
    ("2", "Vốn xổ số", "1.250,0", "846,3", "712,1"),
    ("II", "Chi thường xuyên", "4.855,8", "3.428,9", "3.271,3"),
    ("III", "Dự phòng", "166,4", "44,8", "37,8"),
]


def _with(rows: list[tuple[str, ...]], row: int, col: int, text: str) -> list[tuple[str, ...]]:
    changed = [list(each) for each in rows]
    changed[row][col] = text
    return [tuple(each) for each in changed]


def test_numbered_rows_add_up_in_every_column() -> None:
    table = make_table(HEADS, NUMBERED, unit="tỷ đồng")
    assert failing(table) == []
    assert len(holding(table, "TAB001")) == 6


def test_one_wrong_part_is_told_with_what_it_should_be() -> None:
    table = make_table(HEADS, _with(NUMBERED, 3, 3, "864,3"), unit="tỷ đồng")
    (finding,) = failing(table)
    assert (finding.code, finding.severity) == ("TAB001", "error")
    assert finding.arithmetic == "1.018,6 + 864,3 = 1.882,9 ≠ 1.864,9"
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "846,3"


def test_rounded_figures_need_not_add_up_exactly() -> None:
    rows = _with(NUMBERED, 0, 2, "8.124,7")
    assert failing(make_table(HEADS, rows, unit="tỷ đồng")) == []


def test_a_total_at_the_end_and_an_average_beside_it() -> None:
    heads = ("Chỉ tiêu", "Diện tích", "Sản lượng", "Cân nặng")
    rows = [
        ("Lúa", "62.480", "406.120", "65"),
        ("Ngô", "1.348", "6.740", "50"),
        ("Mía", "611", "42.770", "700"),
        ("Tổng cộng", "64.439", "455.630", "71"),
    ]
    table = make_table(heads, rows)
    assert failing(table) == []
    assert len(holding(table, "TAB001")) == 2


def test_a_column_of_rates_is_left_out() -> None:
    heads = ("Chỉ tiêu", "Số vụ", "Số tiền", "Tỷ lệ xử lý (%)")
    rows = [
        ("Tổng số", "1.345", "12.733", "91,2"),
        ("Khu vực Bắc", "731", "8.412", "93,4"),
        ("Khu vực Nam", "614", "4.321", "88,1"),
    ]
    assert failing(make_table(heads, rows)) == []


def test_a_run_of_rows_without_numbers_is_found() -> None:
    heads = ("Chỉ tiêu", "Năm 2022", "Kế hoạch", "Năm 2023")
    rows = [
        ("Giá trị sản xuất", "4.245,23", "9.020", "4.552,59"),
        ("Khu vực I", "1.624,35", "3.310", "1.683,90"),
        ("Khu vực II", "1.218,70", "2.640", "1.327,44"),
        ("Khu vực III", "1.402,18", "3.070", "1.541,25"),
        ("Thu ngân sách", "98,46", "196", "91,35"),
    ]
    assert len(holding(make_table(heads, rows, unit="tỷ đồng"), "TAB001")) == 3
    (finding,) = failing(make_table(heads, _with(rows, 2, 3, "1.372,44"), unit="tỷ đồng"))
    assert finding.arithmetic == "1.683,90 + 1.372,44 + 1.541,25 = 4.597,59 ≠ 4.552,59"


def test_rows_of_which_some_are_listed_are_skipped_and_do_not_exceed() -> None:
    heads = ("Chỉ tiêu", "Quý I", "Quý II", "Cùng kỳ")
    rows = [
        ("Tổng số", "58.244", "104.510", "107.229"),
        ("Nuôi trồng", "41.226", "71.870", "74.946"),
        ("Trong đó: Tôm", "19.840", "31.127", "32.951"),
        ("Cá tra", "6.915", "12.480", "12.736"),
        ("Khai thác", "17.018", "32.640", "32.283"),
    ]
    table = make_table(heads, rows, unit="tấn")
    assert failing(table) == []
    assert len(holding(table, "TAB001")) == 6
    (finding,) = failing(make_table(heads, _with(rows, 2, 1, "91.840"), unit="tấn"))
    assert "> 41.226" in finding.arithmetic


def test_dashes_are_zeros_and_blanks_prove_nothing() -> None:
    heads = ("Chỉ tiêu", "Bộ", "Tỉnh", "Huyện")
    rows = [
        ("Tổng số", "1.532", "2.871", "964"),
        ("Đường bộ", "1.532", "1.640", ""),
        ("Đường thủy", "-", "1.231", "391"),
    ]
    assert failing(make_table(heads, rows)) == []


def test_different_units_are_not_added() -> None:
    heads = ("TT", "Chỉ tiêu", "ĐVT", "Năm 2022", "Năm 2023")
    rows = [
        ("I", "Lao động", "người", "1.284", "1.352"),
        ("1", "Việc làm mới", "người", "802", "911"),
        ("2", "Kinh phí", "triệu đồng", "455", "519"),
    ]
    assert failing(make_table(heads, rows)) == []


def test_counts_rounded_in_an_unknown_unit_are_no_errors() -> None:
    heads = ("Chỉ tiêu", "Quý I", "Quý II", "Quý III", "Quý IV")
    rows = [
        ("Tổng số", "2.297", "2.445", "2.102", "2.614"),
        ("Nông nghiệp", "268", "268", "251", "281"),
        ("Công nghiệp", "1.816", "1.920", "1.600", "2.010"),
        ("Dịch vụ", "212", "258", "251", "322"),
    ]
    assert failing(make_table(heads, rows)) == []


def test_subtotals_that_are_parts_of_later_ones() -> None:
    heads = ("Chỉ tiêu", "Quý 3/2023", "Quý 3/2024", "9 tháng 2023", "9 tháng 2024")
    rows = [
        ("Doanh thu thuần", "648,21", "771,48", "1.702,74", "1.946,93"),
        ("Giá vốn hàng bán", "(605,88)", "(689,26)", "(1.556,31)", "(1.740,12)"),
        ("Lợi nhuận gộp", "42,33", "82,22", "146,43", "206,81"),
        ("Doanh thu tài chính", "9,31", "14,20", "31,48", "36,95"),
        ("Chi phí tài chính", "(28,64)", "(22,51)", "(79,91)", "(66,40)"),
        ("Chi phí bán hàng và quản lý", "(15,12)", "(40,87)", "(84,26)", "(117,69)"),
        ("Lợi nhuận trước thuế", "7,88", "33,04", "13,74", "59,67"),
        ("Thuế thu nhập doanh nghiệp", "(1,64)", "(6,62)", "(2,75)", "(11,94)"),
        ("Lợi nhuận sau thuế", "6,24", "26,42", "10,99", "47,73"),
    ]
    sums = [relation.arithmetic for relation in holding(make_table(heads, rows, unit="tỷ đồng"), "TAB001")]
    assert "42,33 + 9,31 - 28,64 - 15,12 = 7,88" in sums
    assert "33,04 - 6,62 = 26,42" in sums
    wrong = [*rows[:4], ("Chi phí tài chính", "(28,64)", "(25,21)", "(79,91)", "(66,40)"), *rows[5:]]
    (finding,) = failing(make_table(heads, wrong, unit="tỷ đồng"))
    assert finding.suggestion is not None
    assert (finding.code, finding.suggestion.replacement) == ("TAB001", "22,51")


def test_a_column_of_one_year_is_like_that_of_another() -> None:
    heads = ("Chỉ tiêu", "Thực hiện 2021", "Thực hiện 2022", "Thực hiện 2023")
    rows = [
        ("Giá trị sản xuất", "2.431", "2.615", "2.902"),
        ("- Nông nghiệp", "1.120", "1.164", "1.210"),
        ("- Công nghiệp", "804", "903", "4.104"),
        ("- Dịch vụ", "507", "548", "588"),
    ]
    (finding,) = failing(make_table(heads, rows))
    assert finding.arithmetic == "1.210 + 4.104 + 588 = 5.902 ≠ 2.902"


DIVIDED = [
    ("Tổng số", "23", "613,4"),
    ("Phân theo ngành", "", ""),
    ("Công nghiệp", "12", "402,1"),
    ("Xây dựng", "4", "96,0"),
    ("Dịch vụ", "7", "115,3"),
    ("Phân theo nước", "", ""),
    ("Nhật Bản", "9", "251,9"),
    ("Hàn Quốc", "8", "188,8"),
    ("Nước khác", "6", "172,7"),
]
DIVIDED_HEADS = ("Chỉ tiêu", "Số dự án", "Vốn đăng ký")


def test_every_division_of_a_row_makes_the_whole_of_it() -> None:
    table = make_table(DIVIDED_HEADS, DIVIDED)
    assert failing(table) == []
    assert len(holding(table, "TAB001")) == 4
    (finding,) = failing(make_table(DIVIDED_HEADS, _with(DIVIDED, 3, 1, "6")))
    assert finding.arithmetic == "12 + 6 + 7 = 25 ≠ 23"


def test_divisions_after_another_total_are_of_that_one() -> None:
    second = [
        ("Tổng số vốn cấp mới", "31", "704,5"),
        ("Phân theo ngành", "", ""),
        ("Công nghiệp", "18", "511,2"),
        ("Dịch vụ", "13", "193,3"),
    ]
    table = make_table(DIVIDED_HEADS, DIVIDED + second)
    assert failing(table) == []
    assert len(holding(table, "TAB001")) == 6
    (finding,) = failing(make_table(DIVIDED_HEADS, _with(DIVIDED + second, 7, 2, "881,8")))
    assert finding.arithmetic == "251,9 + 881,8 + 172,7 = 1.306,4 ≠ 613,4"


def test_the_last_division_ends_where_it_has_made_the_whole() -> None:
    rows = [
        ("Dân số trung bình (Nghìn người)", "812,6", "820,1", "829,4"),
        ("Chia theo giới tính", "", "", ""),
        ("Nam", "403,1", "407,2", "412,3"),
        ("Nữ", "409,5", "412,9", "417,1"),
        ("Diện tích (Km²)", "3.124,5", "3.124,5", "3.124,5"),
    ]
    heads = ("Chỉ tiêu", "2021", "2022", "2023")
    assert len(holding(make_table(heads, rows), "TAB001")) == 3
    assert failing(make_table(heads, rows)) == []
    (finding,) = failing(make_table(heads, _with(rows, 2, 2, "470,2")))
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "407,2"


def test_contributions_to_growth_add_up() -> None:
    heads = ("Chỉ tiêu", "Giá trị năm trước", "Giá trị năm nay", "Đóng góp vào tăng trưởng (điểm %)")
    rows = [
        ("Tổng số", "8.120,0", "8.690,0", "7,02"),
        ("Nông nghiệp", "2.310,0", "2.390,0", "0,99"),
        ("Công nghiệp", "3.420,0", "3.750,0", "4,06"),
        ("Dịch vụ", "2.390,0", "2.550,0", "1,97"),
    ]
    assert failing(make_table(heads, rows)) == []
    assert failing(make_table(heads, _with(rows, 2, 3, "4,60"))) != []


def test_a_column_of_unnamed_ratios_is_not_added() -> None:
    rows = [
        ("Tổng trị giá", "26.710", "152.200", "83,1", "81,8"),
        ("Doanh nghiệp trong tỉnh", "9.410", "53.223", "80,1", "81,0"),
        ("Doanh nghiệp ngoài tỉnh", "17.300", "98.977", "84,8", "82,2"),
    ]
    assert failing(make_table(("Chỉ tiêu", "Tháng 6", "6 tháng", "So sánh (%)", "Trị giá"), rows)) == []


BRANCHES = [
    ("Tổng số", "8.588", "8.831"),
    ("Nông nghiệp", "216", "189"),
    ("Công nghiệp", "1.949", "1.905"),
    ("Khai khoáng", "46", "67"),
    ("Chế biến", "979", "990"),
    ("Điện nước", "223", "165"),
    ("Xây dựng", "701", "683"),
    ("Dịch vụ", "6.423", "6.737"),
    ("Thương mại", "3.059", "3.124"),
    ("Vận tải", "1.749", "1.949"),
    ("Lưu trú", "1.615", "1.664"),
]
"""Branches under their total with no mark to tell which are whose."""
YEARS = ("Chỉ tiêu", "Năm 2022 (doanh nghiệp)", "Năm 2023 (doanh nghiệp)")


@pytest.mark.parametrize(
    ("row", "text", "arithmetic"),
    [
        (4, "997", ["46 + 997 + 223 + 701 = 1.967 ≠ 1.949"]),
        (2, "1.994", ["216 + 1.994 + 6.423 = 8.633 ≠ 8.588", "46 + 979 + 223 + 701 = 1.949 ≠ 1.994"]),
    ],
)
def test_a_sum_that_one_column_bears_out_and_the_total_above_it(
    row: int, text: str, arithmetic: list[str]
) -> None:
    assert failing(make_table(YEARS, BRANCHES)) == []
    found = failing(make_table(YEARS, _with(BRANCHES, row, 1, text)))
    assert sorted(each.arithmetic for each in found) == sorted(arithmetic)
    assert {each.severity for each in found} == {"warning"}


def test_two_wholes_each_divided_in_two_ways() -> None:
    rows = [
        ("I. Vận chuyển", "1.105.004", "1.073.823"),
        ("Phân theo khu vực", "", ""),
        ("Trong tỉnh", "1.101.711", "1.070.248"),
        ("Ngoài tỉnh", "3.293", "3.575"),
        ("II. Luân chuyển", "59.901", "58.513"),
        ("Phân theo khu vực", "", ""),
        ("Trong tỉnh", "49.825", "48.392"),
        ("Ngoài tỉnh", "10.076", "10.121"),
        ("Phân theo ngành", "", ""),
        ("Đường thủy", "2.387", "3.137"),
        ("Đường bộ", "38.651", "37.206"),
        ("Hàng không", "18.863", "18.869"),
    ]
    heads = ("Chỉ tiêu", "Quý I", "Quý II")
    (finding,) = failing(make_table(heads, rows))
    assert finding.arithmetic == "3.137 + 37.206 + 18.869 = 59.212 ≠ 58.513"


def test_shares_below_amounts_of_the_same_labels() -> None:
    rows = [
        ("Lao động có việc làm", "51.323", "51.449", "51.386"),
        ("Nông nghiệp", "13.785", "13.667", "13.726"),
        ("Công nghiệp", "16.993", "17.020", "17.006"),
        ("Dịch vụ", "20.545", "20.762", "20.654"),
        ("Cơ cấu - %", "", "", ""),
        ("Lao động có việc làm", "100,0", "100,0", "100,0"),
        ("Nông nghiệp", "26,9", "26,6", "26,7"),
        ("Công nghiệp", "33,1", "33,1", "31,3"),
        ("Dịch vụ", "40,0", "40,3", "40,2"),
    ]
    (finding,) = failing(make_table(("Chỉ tiêu", "Quý I", "Quý II", "6 tháng"), rows))
    assert finding.arithmetic == "26,7 + 31,3 + 40,2 = 98,2 ≠ 100,0"
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "33,1"


def test_rows_between_the_parts_of_a_sum_are_parts_of_the_one_above_them() -> None:
    rows = [
        ("Tổng số", "86.120", "93.405"),
        ("Công lập", "61.733", "66.920"),
        ("Thành thị", "22.815", "25.307"),
        ("Nông thôn", "38.918", "41.613"),
        ("Ngoài công lập", "24.387", "26.485"),
    ]
    heads = ("Chỉ tiêu", "Năm học trước", "Năm học này")
    (finding,) = failing(make_table(heads, _with(rows, 3, 1, "83.918")))
    assert finding.arithmetic == "22.815 + 83.918 = 106.733 ≠ 61.733"


def test_interest_may_exceed_financial_costs_from_which_provisions_were_given_back() -> None:
    rows = [
        ("Chi phí tài chính", "49.662", "15.735", "28.585"),
        ("Trong đó: Chi phí lãi vay", "34.367", "32.945", "27.355"),
        ("Chi phí bán hàng", "73.536", "54.144", "86.247"),
        ("Cộng chi phí", "123.198", "69.879", "114.832"),
    ]
    assert failing(make_table(("Chỉ tiêu", "Quý I", "Quý II", "Quý III"), rows)) == []
    named = [("Chi phí đào tạo", *rows[0][1:]), *rows[1:]]
    assert failing(make_table(("Chỉ tiêu", "Quý I", "Quý II", "Quý III"), named)) != []


def test_capacities_add_up_though_they_are_so_much_in_a_time() -> None:
    heads = ("Chỉ tiêu", "Công suất (m³/ngày đêm)", "Sản lượng (nghìn m³)")
    rows = [
        ("Nhà máy A", "42.000", "7.210"),
        ("Nhà máy B", "31.500", "5.480"),
        ("Nhà máy C", "12.000", "1.905"),
    ]
    assert not failing(make_table(heads, [*rows, ("Cộng", "85.500", "14.595")]))
    (finding,) = failing(make_table(heads, [*rows, ("Cộng", "58.500", "14.595")]))
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "85.500"


def test_large_whole_numbers_of_no_unit_may_be_rounded() -> None:
    heads = ("Chỉ tiêu", "Quý I", "Quý II", "Quý III")
    rows = [
        ("Tổng số", "296.833", "444.649", "461.900"),
        ("Nông nghiệp", "68.353", "68.127", "70.120"),
        ("Công nghiệp", "116.085", "220.250", "231.480"),
        ("Dịch vụ", "112.395", "156.271", "160.300"),
    ]
    assert failing(make_table(heads, rows)) == []
    few = [(name, *(figure[:3].rstrip(".") for figure in figures)) for name, *figures in rows[1:]]
    (finding,) = failing(make_table(heads, [("Tổng số", "296", "445", "461"), *few]))
    assert finding.arithmetic == "68 + 220 + 156 = 444 ≠ 445"


def test_a_total_that_lost_a_digit_behind_the_mark_of_thousands_is_told() -> None:
    heads = ("Chỉ tiêu", "Số lượt", "Số đơn")
    rows = [("Xã Bàu Sen", "712", "184"), ("Xã Cồn Lát", "904", "193"), ("Tổng", "1.61", "377")]
    (finding,) = failing(make_table(heads, rows))
    assert finding.suggestion is not None
    assert (finding.code, finding.suggestion.replacement) == ("TAB001", "1.616")


def test_amounts_below_the_head_of_ratios_are_no_ratios() -> None:
    heads = ("Chỉ tiêu", "6 tháng 2025", "So sánh (%) 6 tháng 2024", "So sánh (%) so cùng kỳ")
    rows = [
        ("Tổng mức", "23.497,2", "21.810,2", "107,7"),
        ("Bán lẻ", "19.210,8", "17.951,4", "107,0"),
        ("Lưu trú", "2.498,1", "2.290,5", "109,1"),
        ("Khác", "1.788,3", "1.568,3", "114,0"),
    ]
    assert failing(make_table(heads, rows, unit="tỷ đồng")) == []
