"""Shares, hundreds, yields, and ratios of totals between those of their parts."""

from tests.unit.check.tables import failing, holding, make_table

SHARES = [
    ("Tổng số", "156,77", "100,0"),
    ("Công nghiệp", "137,56", "87,7"),
    ("Nông nghiệp", "14,47", "9,2"),
    ("Khoáng sản", "1,75", "1,1"),
    ("Khác", "2,99", "1,9"),
]


def test_shares_of_a_total_row() -> None:
    table = make_table(("Chỉ tiêu", "Trị giá", "Tỷ trọng (%)"), SHARES, unit="tỷ USD")
    assert failing(table) == []
    assert len(holding(table, "TAB004")) == 4
    wrong = [*SHARES[:1], ("Công nghiệp", "137,56", "78,7"), *SHARES[2:]]
    found = failing(make_table(("Chỉ tiêu", "Trị giá", "Tỷ trọng (%)"), wrong, unit="tỷ USD"))
    share = next(finding for finding in found if finding.code == "TAB004")
    assert share.arithmetic == "137,56 / 156,77 × 100 = 87,7 ≠ 78,7"
    assert {finding.suggestion.replacement for finding in found if finding.suggestion} == {"87,7"}


def test_weights_that_make_a_hundred_without_a_total_row_by_name() -> None:
    rows = [("Giá chung", "100,00"), ("Hàng ăn", "37,24"), ("Nhà ở", "29,86"), ("Giao thông", "32,90")]
    heads = ("Chỉ tiêu", "Quyền số")
    assert len(holding(make_table(heads, rows), "TAB004")) == 1
    (finding,) = failing(make_table(heads, [*rows[:3], ("Giao thông", "39,20")]))
    assert finding.code == "TAB004"


def test_yields_against_output_and_area() -> None:
    heads = ("Chỉ tiêu", "ĐVT", "Vụ trước", "Vụ này")
    rows = [
        ("Diện tích", "ha", "62.913", "62.480"),
        ("Năng suất", "tạ/ha", "64,21", "65,03"),
        ("Sản lượng", "tấn", "403.964", "406.307"),
    ]
    table = make_table(heads, rows)
    assert failing(table) == []
    assert len(holding(table, "TAB005")) == 2


def test_the_growth_of_a_total_lies_between_those_of_its_parts() -> None:
    heads = ("Chỉ tiêu", "Quý I", "Quý II", "So cùng kỳ năm trước (%)")
    rows = [
        ("Tổng số", "812,4", "901,8", "112,9"),
        ("Tỉnh", "512,1", "566,3", "104,1"),
        ("Huyện", "300,3", "335,5", "108,3"),
    ]
    (finding,) = failing(make_table(heads, rows, unit="tỷ đồng"))
    assert (finding.code, finding.severity) == ("TAB006", "warning")
    assert len(holding(make_table(heads, [("Tổng số", "812,4", "901,8", "106,9"), *rows[1:]]), "TAB006")) == 1


def test_a_rate_that_adds_up_is_no_mean() -> None:
    heads = ("Nhà máy", "Công suất (m³/ngày đêm)", "Sản lượng (nghìn m³)", "So cùng kỳ năm trước (%)")
    rows = [
        ("Nhà máy số 1", "60.000", "812,4", "104,1"),
        ("Nhà máy số 2", "45.000", "566,3", "108,3"),
        ("Nhà máy số 3", "25.000", "300,3", "105,0"),
        ("Cộng", "130.000", "1.679,0", "105,7"),
    ]
    assert failing(make_table(heads, rows)) == []


YIELDS = [
    ("Diện tích", "ha", "2.413,6", "2.380,4", "-33,2"),
    ("Năng suất", "tạ/ha", "51,8", "53,4", "1,6"),
    ("Sản lượng", "tấn", "12.502,4", "12.711,3", "208,9"),
]
YIELD_HEADS = ("Chỉ tiêu", "ĐVT", "Năm trước", "Năm nay", "Tăng (+), giảm (-)")


def test_changes_of_area_and_output_are_no_area_and_output() -> None:
    assert failing(make_table(YIELD_HEADS, YIELDS)) == []


def test_units_give_the_power_of_ten_between_area_yield_and_output() -> None:
    rows = [YIELDS[0], ("Năng suất", "tạ/ha", "51,8", "33,4", ""), YIELDS[2]]
    found = [each for each in failing(make_table(YIELD_HEADS, rows)) if each.code == "TAB005"]
    assert [each.arithmetic for each in found] == ["12.711,3 / 2.380,4 × 10 = 53,4 ≠ 33,4"]


def test_an_index_of_a_total_far_above_those_of_its_parts_is_told() -> None:
    heads = ("Chỉ tiêu", "Quý I", "Quý II", "So cùng kỳ năm trước (%)")
    rows = [
        ("Tổng số", "812,4", "901,8", "906,9"),
        ("Tỉnh", "512,1", "566,3", "104,1"),
        ("Huyện", "300,3", "335,5", "108,3"),
    ]
    (finding,) = failing(make_table(heads, rows, unit="tỷ đồng"))
    assert finding.code == "TAB006"


def test_a_rate_is_made_of_rows_far_from_it_by_their_units() -> None:
    heads = ("Chỉ tiêu", "2021", "2022", "2023")
    rows = [
        ("Dân số trung bình (nghìn người)", "947,7", "955,2", "961,4"),
        ("Nam", "470,1", "473,9", "477,0"),
        ("Nữ", "477,6", "481,3", "484,4"),
        ("Hộ", "251,4", "254,0", "256,2"),
        ("Diện tích (km²)", "6.610,3", "6.610,3", "6.610,3"),
        ("Mật độ dân số (người/km²)", "143", "145", "145"),
    ]
    assert failing(make_table(heads, rows)) == []
    assert len(holding(make_table(heads, rows), "TAB005")) == 3
    rows[5] = ("Mật độ dân số (người/km²)", "143", "154", "145")
    (finding,) = failing(make_table(heads, rows))
    assert finding.arithmetic == "955,2 / 6.610,3 × 1000 = 145 ≠ 154"


def test_so_much_a_head_is_made_of_an_amount_and_persons() -> None:
    heads = ("Chỉ tiêu", "ĐVT", "Năm 2022", "Năm 2023", "Năm 2024")
    rows = [
        ("GRDP", "Tỷ đồng", "41.310", "45.120", "49.680"),
        ("Nông nghiệp", "Tỷ đồng", "11.204", "11.870", "12.312"),
        ("Công nghiệp", "Tỷ đồng", "16.411", "18.402", "20.790"),
        ("Dịch vụ", "Tỷ đồng", "13.695", "14.848", "16.578"),
        ("Dân số", "Nghìn người", "812,6", "820,1", "829,4"),
        ("GRDP bình quân đầu người", "Triệu đồng", "50,8", "55,0", "59,9"),
    ]
    assert failing(make_table(heads, rows)) == []
    rows[5] = ("GRDP bình quân đầu người", "Triệu đồng", "50,8", "50,5", "59,9")
    (finding,) = failing(make_table(heads, rows))
    assert finding.arithmetic == "45.120 / 820,1 = 55,0 ≠ 50,5"


def test_a_hundred_that_a_total_row_prints_otherwise_is_told() -> None:
    heads = ("Chỉ tiêu", "Quyền số", "So với tháng trước")
    rows = (
        ("Chỉ số chung", "1.000,0", "100,16"), ("Hàng ăn", "41,20", "99,84"), ("Nhà ở", "18,75", "100,28"),
        ("Giao thông", "12,05", "101,97"), ("Nhóm khác", "28,00", "100,11"),
    )  # fmt: skip
    (finding,) = failing(make_table(heads, rows))
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "100,00"


def test_rows_whose_last_columns_make_a_hundred() -> None:
    heads = ("Chỉ tiêu", "Tổng số", "Dưới 5 người", "5-9 người", "10-49 người", "Trên 50 người")
    rows = [
        ("Tổng số", "100,00", "46,12", "20,38", "26,05", "7,45"),
        ("Doanh nghiệp Nhà nước", "1,84", "-", "-", "37,50", "62,50"),
        ("Doanh nghiệp tư nhân", "5,06", "70,91", "15,45", "13,64", "-"),
        ("Công ty hợp danh", "0,23", "40,00", "60,00", "-", "-"),
        ("Công ty TNHH", "92,87", "45,84", "20,96", "26,21", "6,99"),
    ]
    assert failing(make_table(heads, rows)) == []
    assert len(holding(make_table(heads, rows), "TAB004")) == 5
    wrong = [*rows[:4], ("Công ty TNHH", "92,87", "45,84", "29,06", "26,21", "6,99")]
    assert {finding.code for finding in failing(make_table(heads, wrong))} == {"TAB004"}
