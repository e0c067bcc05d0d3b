"""What one report says, put together: plans by their ratio, opening stocks, brackets, targets."""

from __future__ import annotations

from docanalyze import Comparison, Series, compare_reports
from docanalyze.compare.entries import group_entries
from docanalyze.compare.observe import observe_report
from docanalyze.compare.view import view_report
from docanalyze.lexicon import load_lexicon
from tests.unit.compare.making import make_report

ONE = "6 tháng đầu năm 2023", "2023-07-05"
TWO = "6 tháng đầu năm 2024", "2024-07-05"


def compare(first: str, second: str) -> Comparison:
    return compare_reports([make_report(*ONE, first), make_report(*TWO, second)])


def texts(series: Series) -> list[str]:
    return [point.text for point in series.points]


def all_texts(comparison: Comparison) -> list[list[str]]:
    return [texts(series) for series in comparison.series]


def test_a_plan_is_joined_with_what_is_done_of_it_by_the_ratio() -> None:
    found = compare(
        "Kế hoạch vốn đầu tư công được giao 5.236,4 tỷ đồng. Đến nay đã giải ngân 612,9 tỷ đồng, đạt 11,7% "
        "kế hoạch.",
        "Giải ngân vốn đầu tư công 1.586,6 tỷ đồng, đạt 29,1% kế hoạch (5.455,0 tỷ đồng).",
    )
    plans = [texts(s) for s in found.series if s.basis == "plan"]
    assert plans == [["5.236,4 tỷ đồng", "5.455,0 tỷ đồng"]]


def test_a_plan_of_something_else_is_not_joined() -> None:
    found = compare(
        "Dự toán chi thường xuyên 5.236,4 tỷ đồng. Giải ngân vốn đầu tư công 612,9 tỷ đồng (31,7% kế hoạch).",
        "Giải ngân vốn đầu tư công 1.586,6 tỷ đồng, đạt 29,1% kế hoạch (5.455,0 tỷ đồng).",
    )
    assert [s for s in found.series if s.basis == "plan"] == []


def test_an_opening_stock_is_the_closing_one_of_the_stretch_before() -> None:
    found = compare(
        "Số khách hàng quản lý đến 30/6/2023 là 14.235 khách hàng.",
        "Số khách hàng quản lý đầu kỳ 14.612 khách hàng, lắp mới 391 khách hàng, cắt hủy 51 khách hàng, "
        "số khách hàng quản lý cuối kỳ 14.952 khách hàng.",
    )
    stocks = [s for s in found.series if s.form == "stock" and len(s.points) == 3]
    assert [texts(s) for s in stocks] == [["14.235 khách hàng", "14.612 khách hàng", "14.952 khách hàng"]]
    assert stocks[0].points[1].period.end == "2023-12-31"


def test_a_list_in_brackets_behind_a_growth_is_no_base() -> None:
    found = compare(
        "Nuôi trồng thủy sản đạt 19.140 tấn.",
        "Sản lượng thủy sản 48.730 tấn, tăng 3,86% so với cùng kỳ (nuôi trồng thủy sản 20.160 tấn).",
    )
    assert ["19.140 tấn", "20.160 tấn"] in all_texts(found)


def test_a_figure_behind_a_hedge_of_its_base_is_the_base() -> None:
    found = compare(
        "Thu tiền sử dụng đất 982,6 tỷ đồng.",
        "Thu tiền sử dụng đất 1.243,9 tỷ đồng, gấp 1,24 lần con số 1.004,4 tỷ đồng của cùng kỳ.",
    )
    assert ["982,6 tỷ đồng", "1.004,4 tỷ đồng", "1.243,9 tỷ đồng"] in all_texts(found)


def test_a_year_in_a_bracket_is_not_that_of_what_follows() -> None:
    found = compare(
        "Số vụ phạm pháp hình sự là 64 vụ, làm 17 người bị thương.",
        "Số vụ phạm pháp hình sự là 58 vụ (năm 2022: 131 vụ), làm 13 người bị thương.",
    )
    (hurt,) = [s for s in found.series if texts(s) == ["17 người", "13 người"]]
    assert hurt.points[1].period.end == "2024-06-30"


def test_a_ratio_behind_a_semicolon_has_a_name_of_its_own() -> None:
    found = compare(
        "Lợi nhuận sau thuế 197,9 tỷ đồng; tỷ suất sinh lời ROE 9,6%.",
        "Lợi nhuận sau thuế 222,8 tỷ đồng; tỷ suất sinh lời ROE đạt 10,3%.",
    )
    assert ["9,6%", "10,3%"] in [texts(s) for s in found.series if s.basis == "actual"]


def test_a_table_that_does_not_say_its_unit_is_joined_with_prose() -> None:
    found = compare(
        "Lệ phí trước bạ 104,9 tỷ đồng. Thuế thu nhập cá nhân 312,4 tỷ đồng.",
        "Bảng 1. Kết quả thu\n\nKhoản thu\tThực hiện\nLệ phí trước bạ\t158,8\nThuế thu nhập cá nhân\t446,5",
    )
    joined = all_texts(found)
    assert ["104,9 tỷ đồng", "158,8"] in joined
    assert ["312,4 tỷ đồng", "446,5"] in joined


def test_targets_of_one_length_are_compared_and_are_no_results() -> None:
    first = "Doanh thu đạt 248,6 tỷ đồng.\n\nII. NHIỆM VỤ 6 THÁNG CUỐI NĂM {year}\n\nDoanh thu {to} tỷ đồng."
    found = compare(
        first.format(year=2023, to="263,4"), first.replace("248,6", "266,1").format(year=2024, to="287,7")
    )
    (plan,) = [s for s in found.series if s.basis == "plan"]
    assert texts(plan) == ["263,4 tỷ đồng", "287,7 tỷ đồng"]
    assert [p.period.start for p in plan.points] == ["2023-07-01", "2024-07-01"]
    assert ["248,6 tỷ đồng", "266,1 tỷ đồng"] in all_texts(found)


def test_the_month_is_the_last_of_a_report_on_several() -> None:
    text = "Trong tháng, đã thẩm định {} gói; {} tháng thẩm định {} gói."
    first = make_report("5 tháng đầu năm 2024", "2024-06-05", text.format(31, 5, 143))
    found = compare_reports([first, make_report(*TWO, text.format(37, 6, 180))])
    months = [s for s in found.series if s.form == "month" and s.unit == "gói"]
    assert [[p.period.start for p in s.points] for s in months] == [["2024-05-01", "2024-06-01"]]


def test_what_stands_at_a_time_is_a_stock() -> None:
    found = compare(
        "Tại thời điểm 30/6/2023, tài sản 1.158,4 tỷ đồng.",
        "Tại thời điểm 30/6/2024, tài sản 1.126,8 tỷ đồng.",
    )
    assert [(s.form, texts(s)) for s in found.series] == [("stock", ["1.158,4 tỷ đồng", "1.126,8 tỷ đồng"])]


def test_a_base_behind_a_change_is_of_what_the_change_is() -> None:
    found = compare(
        "Tai nạn lao động xảy ra 17 vụ, làm 12 người chết, 26 người bị thương; so với cùng kỳ giảm 03 vụ "
        "(20 vụ), giảm 04 người chết (16 người).",
        "Tai nạn lao động xảy ra 19 vụ, làm 11 người chết, 21 người bị thương.",
    )
    assert ["16 người", "12 người", "11 người"] in all_texts(found)


def test_a_base_with_a_name_of_its_own_is_another_thing() -> None:
    found = compare(
        "Bán đấu giá 12 lô đất thu về 48,6 tỷ đồng, vượt giá khởi điểm (41,2 tỷ đồng) 7,4 tỷ đồng.",
        "Bán đấu giá 15 lô đất thu về 63,5 tỷ đồng, vượt giá khởi điểm (52,8 tỷ đồng) 10,7 tỷ đồng.",
    )
    assert ["41,2 tỷ đồng", "52,8 tỷ đồng"] in all_texts(found)


def test_words_before_a_whole_are_not_around_it() -> None:
    view = view_report(
        0,
        make_report(*ONE, "Có 61.480 người tham gia bảo hiểm xã hội, chiếm 61,2% dân số (100.450 người)."),
        load_lexicon(),
    )
    near = {each.mention.text: each.near for each in observe_report(view)}
    assert "dan" in near["100.450 người"]
    assert near["100.450 người"].isdisjoint({"bao_hiem", "tham", "gia"})


def test_an_average_count_of_people_is_no_rate() -> None:
    lexicon = load_lexicon()
    units = {}
    for number, text in enumerate(
        ("Lao động bình quân trong kỳ 361 người.", "Mỗi người được hỗ trợ 42 triệu đồng.")
    ):
        entries = group_entries(observe_report(view_report(0, make_report(*ONE, text), lexicon)))
        units[number] = [entry.broad_unit for entry in entries]
    assert units == {0: ["…"], 1: ["VND/"]}


def test_one_name_of_figures_of_another_size_in_other_words_is_no_pair() -> None:
    report = make_report(*TWO, "Qua kiểm tra thuế, phát hiện sai phạm, đã nộp ngân sách 1.240 triệu đồng.")
    other = make_report(*ONE, "Khối doanh nghiệp dầu khí hoạt động ổn định, nộp ngân sách 2.360 tỷ đồng.")
    assert compare_reports([other, report]).series == ()
