"""One indicator under other words: what is joined, and how sure it is."""

from __future__ import annotations

import pytest

from docanalyze import compare_reports
from docanalyze.compare.entries import Entry, group_entries
from docanalyze.compare.features import FEATURES, Features, Neighbours
from docanalyze.compare.implied import confirm, list_implied
from docanalyze.compare.names import read_name
from docanalyze.compare.observe import observe_report
from docanalyze.compare.view import view_report
from docanalyze.lexicon import load_lexicon
from tests.unit.compare.making import make_report


def read_entries(text: str, year: int = 2023) -> list[Entry]:
    report = make_report(f"6 tháng đầu năm {year}", f"{year}-06-20", text)
    return group_entries(observe_report(view_report(0, report, load_lexicon())))


def join(one: str, two: str) -> list[tuple[float, list[str]]]:
    """Return the score and figures of the series of levels that both texts are in."""
    reports = [
        make_report(f"6 tháng đầu năm {year}", f"{year}-06-20", text)
        for year, text in ((2022, one), (2023, two))
    ]
    series = compare_reports(reports).series
    return [
        (s.score, [p.text for p in s.points]) for s in series if s.basis == "actual" and len(s.points) == 2
    ]


@pytest.mark.parametrize(
    ("one", "two", "score"),
    [
        ("Lợi nhuận trước thuế đạt 52,3 tỷ đồng.", "Lợi nhuận trước thuế đạt 60,1 tỷ đồng.", 1.0),
        ("Lợi nhuận trước thuế đạt 52,3 tỷ đồng.", "Lãi trước thuế đạt 60,1 tỷ đồng.", 0.95),
        ("Chi NSĐP đạt 52,3 tỷ đồng.", "Chi ngân sách địa phương đạt 60,1 tỷ đồng.", 1.0),
    ],
)
def test_other_words_for_the_same_are_joined_but_never_as_sure(one: str, two: str, score: float) -> None:
    assert join(one, two) == [(score, ["52,3 tỷ đồng", "60,1 tỷ đồng"])]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Thu ngân sách đạt 52,3 tỷ đồng.", "Chi ngân sách đạt 60,1 tỷ đồng."),
        ("Số vụ tai nạn làm chết 12 người.", "Số vụ tai nạn làm bị thương 13 người."),
    ],
)
def test_words_that_rule_each_other_out_are_not_joined(one: str, two: str) -> None:
    assert join(one, two) == []


def test_a_whole_in_brackets_is_an_indicator_of_its_own() -> None:
    text = "Số người tham gia bảo hiểm y tế 138.650 người, chiếm trên 93% dân số (148.920 người)."
    found = {e.first.mention.text: e.name.printed for e in read_entries(text)}
    assert "dân số" in found["148.920 người"]
    same = read_entries("Xảy ra 86 vụ cháy, tăng 01 vụ so với cùng kỳ (85 vụ).")
    assert [o.mention.text for e in same for o in e.levels()] == ["86 vụ cháy", "85 vụ"]
    assert len([e for e in same if any(o.kind == "level" for o in e.observations)]) == 1


def test_a_change_in_something_else_is_named_by_what_follows_it() -> None:
    entries = read_entries("Thành lập 131 doanh nghiệp, bớt 101 doanh nghiệp tạm ngừng.")
    assert ["ngừng" in e.name.printed for e in entries if e.first.mention.text.startswith("101")] == [True]


def test_columns_of_several_measures_are_several_indicators() -> None:
    text = (
        "Biểu 1. Kết quả trồng trọt\n\nCây trồng\tDiện tích (ha)\tNăng suất (tạ/ha)\tSản lượng (tấn)\n"
        "Lúa\t41.286\t68,4\t282.396\nNgô\t24.650\t52,8\t130.152\n"
    )
    units = {(e.name.printed.split()[0], e.unit) for e in read_entries(text)}
    assert units == {(name, unit) for name in ("lúa", "ngô") for unit in ("m2", "tạ/ha", "kg")}


def test_a_growth_and_a_plan_ratio_imply_figures_of_other_reports() -> None:
    now = read_entries(
        "Giá trị xuất khẩu đạt 4.552,59 tỷ đồng, tăng 7,24% so với cùng kỳ, đạt 50,47% kế hoạch năm."
    )
    before = read_entries("Ngoại thương mang về 4.245,23 tỷ đồng.", 2022)
    other = read_entries("Ngoại thương mang về 4.345,23 tỷ đồng.", 2022)
    assert confirm(list_implied(now[0]), list_implied(before[0])) == 1.0
    assert confirm(list_implied(now[0]), list_implied(other[0])) == 0.0
    later = read_entries("Tổng kế hoạch năm 2023 là 9.020 tỷ đồng.")
    assert confirm(list_implied(now[0]), list_implied(later[0])) > 0


def test_words_of_several_syllables_have_no_part_in_common() -> None:
    lexicon = load_lexicon()
    one, two = read_name("giá trị sản xuất công nghiệp", lexicon), read_name("tài sản nông nghiệp", lexicon)
    assert one.words & two.words == {"san", "nghiep"}
    assert not one.terms & two.terms
    assert read_name("thuỷ sản", lexicon).key == read_name("thủy sản", lexicon).key


def test_value_added_tax_is_an_amount_not_a_change() -> None:
    (entry,) = read_entries("Thuế giá trị gia tăng 22.790 triệu đồng.")
    assert entry.first.kind == "level"


@pytest.mark.parametrize(
    ("text", "figure", "words"),
    [
        ("Hiện Công ty có 318 lao động, 12 chi nhánh.", "318 lao động", "lao dong"),
        ("Toàn huyện quản lý 214 hợp tác xã.", "214 hợp tác xã", "hop tac xa"),
        ("Tại thời điểm 01/6 có 9.120 con trâu, 18.410 con bò.", "18.410 con bò", "bo"),
    ],
)
def test_who_has_something_is_no_name_of_it(text: str, figure: str, words: str) -> None:
    found = {e.first.mention.text: e.name for e in read_entries(text)}
    assert set(words.split()) - {"xa"} <= found[figure].words
    assert not found[figure].words & {"cong", "ty", "huyen", "quan", "diem"}


def test_a_growth_that_another_is_compared_with_is_no_indicator() -> None:
    text = "Giá trị sản xuất tăng 6,1% so với cùng kỳ, cao hơn mức tăng 5,4% của quý I."
    assert {e.first.mention.text for e in read_entries(text)} == {"6,1%"}


def test_the_longest_of_the_words_that_rule_others_out_counts() -> None:
    names = [read_name(words, load_lexicon()).rivals for words in ("hộ nghèo", "hộ cận nghèo")]
    assert all(len(rivals) == 1 for rivals in names)
    assert names[0] != names[1]


def test_a_long_figure_printed_again_speaks_for_a_pair_at_whatever_time() -> None:
    one, two = (
        read_entries("Diện tích xuống giống 9.846 ha; đã gặt 9.512 ha."),
        read_entries("Lúa vụ đầu năm thu được 9.846 ha.", 2024),
    )
    features = Features({}, Neighbours([one, two]))
    again = FEATURES.index("again")
    assert [features.read(each, two[0], 0.0)[again] for each in one] == [1.0, 0.0]


def test_profit_before_and_after_tax_are_two() -> None:
    assert join("Lợi nhuận trước thuế đạt 52,3 tỷ đồng.", "Lợi nhuận sau thuế đạt 60,1 tỷ đồng.") == []


def test_numbers_tell_things_apart_that_bear_one_name() -> None:
    one, two = (read_name(f"Trạm bơm số {number}", load_lexicon()) for number in (1, 2))
    assert one.key != two.key


def test_a_ratio_of_something_else_than_the_figure_before_it_is_an_indicator() -> None:
    text = "Rác sinh hoạt phát sinh 318 tấn/ngày, thu gom, xử lý đạt 91,4%."
    names = {e.first.mention.text: e.name.words for e in read_entries(text)}
    assert {"gom", "xu"} <= names["91,4%"]


def test_a_whole_behind_a_stroke_with_a_plan_ratio_is_the_plan() -> None:
    text = "Vốn đầu tư công giải ngân 86,2 tỷ đồng/210 tỷ đồng, đạt 41% kế hoạch."
    kinds = {o.mention.text: o.kind for e in read_entries(text) for o in e.observations}
    assert (kinds["86,2 tỷ đồng"], kinds["210 tỷ đồng"]) == ("level", "plan")


def test_equal_names_with_words_that_rule_each_other_out_are_not_joined() -> None:
    one = "Số giấy phép lái xe cấp mới 1.204 giấy phép."
    assert join(one, "Số giấy phép lái xe cấp lại 986 giấy phép.") == []
