"""What is told apart by crop seasons, and joined across mergers, brackets, prose and tables."""

from __future__ import annotations

import pytest

from docanalyze import Comparison, compare_reports
from docanalyze.compare.enlarged import Enlarged
from docanalyze.compare.entries import Entry, group_entries
from docanalyze.compare.features import are_far_apart
from docanalyze.compare.names import read_name
from docanalyze.compare.observe import observe_report
from docanalyze.compare.view import view_report
from docanalyze.lexicon import load_lexicon
from tests.unit.compare.making import make_report


def read_entries(text: str, *, title: str = "6 tháng đầu năm 2024", number: int = 0) -> list[Entry]:
    report = make_report(title, "2024-07-05", text)
    return group_entries(observe_report(view_report(number, report, load_lexicon())))


def compare(one: str, two: str) -> Comparison:
    return compare_reports([
        make_report("6 tháng đầu năm 2024", "2024-07-05", one),
        make_report("9 tháng đầu năm 2024", "2024-10-05", two),
    ])  # fmt: skip


def list_joined(comparison: Comparison) -> list[list[str]]:
    return [[point.text for point in series.points] for series in comparison.series]


def test_fields_of_two_seasons_are_not_surely_one_though_their_names_are_equal() -> None:
    spring = "Kết thúc vụ Đông Xuân, thời tiết thuận lợi. Diện tích gieo cấy lúa đạt 36.150 ha."
    summer = "Vụ Hè Thu có mưa sớm. Diện tích gieo cấy lúa đạt 30.085 ha."
    assert [series.score for series in compare(spring, summer).series if series.score == 1] == []
    assert [s.score for s in compare(spring, spring.replace("36.150", "36.210")).series] == [1]


def test_a_season_is_not_that_of_another_crop_behind_it() -> None:
    text = (
        "Vụ Đông Xuân kết thúc sớm. Diện tích cây ăn quả hiện có 14.630 ha; sản lượng thu hoạch 84.300 tấn."
    )
    (entry,) = [e for e in read_entries(text) if e.first.mention.text == "84.300 tấn"]
    assert not any("đông xuân" in word for words in entry.rivals.values() for word in words)


def test_a_stretch_behind_a_bracket_is_of_what_stands_before_it() -> None:
    text = (
        "Sản lượng thủy sản tháng 6 đạt 18.210 tấn (khai thác 6.140 tấn, nuôi trồng 12.070 tấn), "
        "cộng dồn 6 tháng 80.520 tấn."
    )
    (entry,) = [e for e in read_entries(text) if "80.520 tấn" in {o.mention.text for o in e.observations}]
    assert {o.mention.text for o in entry.levels()} == {"18.210 tấn", "80.520 tấn"}


def test_a_month_and_the_months_so_far_are_one_though_one_names_the_measure() -> None:
    text = "Tháng 6 khai thác 6.140 tấn; 6 tháng đầu năm sản lượng khai thác 28.600 tấn."
    (entry,) = [e for e in read_entries(text) if "28.600 tấn" in {o.mention.text for o in e.observations}]
    assert {o.mention.text for o in entry.levels()} == {"6.140 tấn", "28.600 tấn"}


@pytest.mark.parametrize("title", ["KẾ HOẠCH QUÝ III", "KẾ HOẠCH THÁNG 7", "KẾ HOẠCH 6 THÁNG CUỐI NĂM"])
def test_figures_of_a_plan_for_the_next_quarter_are_no_results(title: str) -> None:
    entries = read_entries(f"Trồng rừng 1.260 ha.\n\nII. {title}\n\nGieo cấy lúa 30.200 ha.")
    assert [e.first.mention.text for e in entries if e.first.kind == "level"] == ["1.260 ha"]


def test_a_figure_of_three_digits_in_a_row_and_in_a_sentence_is_told_once() -> None:
    text = (
        "Có 371 doanh nghiệp quay trở lại.\n\nBiểu 1. Doanh nghiệp\n\n"
        "Chỉ tiêu\tĐVT\t6 tháng\t6 tháng năm 2023\n"
        "Doanh nghiệp quay trở lại hoạt động\tdoanh nghiệp\t371\t358\n"
        "Doanh nghiệp giải thể\tdoanh nghiệp\t112\t104\n"
    )
    (entry,) = [e for e in read_entries(text) if any("371" in o.mention.text for o in e.observations)]
    assert [o.mention.text for o in entry.levels()] == ["371 doanh nghiệp", "371", "358"]


def test_what_stands_under_other_tasks_is_a_result() -> None:
    entries = read_entries("Trồng rừng 1.260 ha.\n\nII. NHIỆM VỤ KHÁC\n\nThanh tra 42 cuộc.")
    assert [e.first.mention.text for e in entries if e.first.kind == "level"] == ["1.260 ha", "42 cuộc"]


def test_stars_are_no_figure_of_their_own() -> None:
    entries = read_entries("Có 268 sản phẩm OCOP, trong đó 62 sản phẩm đạt 4 sao.")
    assert [o.mention.text for e in entries for o in e.observations] == ["268 sản phẩm OCOP", "62 sản phẩm"]


def test_doctors_for_ten_thousand_people_are_one_in_both_ways() -> None:
    one, two = "Số bác sĩ trên vạn dân đạt 9,6 bác sĩ.", "Toàn tỉnh đạt 9,8 bác sĩ/vạn dân."
    units = [read_entries(text)[0].broad_unit for text in (one, two)]
    assert units[0] == units[1] == "bác/"


@pytest.mark.parametrize("words", ["Xuất siêu", "Cán cân thương mại thặng dư", "Thặng dư thương mại"])
def test_a_surplus_of_trade_has_one_name(words: str) -> None:
    assert read_name(words, load_lexicon()).key == read_name("xuất siêu", load_lexicon()).key


def test_all_together_is_no_name() -> None:
    text = "Tổng sản lượng thủy sản tháng 6 là 704,1 nghìn tấn, tính chung quý II 1.988,8 nghìn tấn."
    (entry,) = [
        e for e in read_entries(text) if "1.988,8 nghìn tấn" in {o.mention.text for o in e.observations}
    ]
    assert [o.mention.text for o in entry.levels()] == ["704,1 nghìn tấn", "1.988,8 nghìn tấn"]


def test_the_sum_of_a_table_is_of_what_the_table_is_of() -> None:
    text = (
        "Biểu 1. Thu phí hàng hải\n\nĐVT: triệu đồng\n\nLoại phí\tThực hiện 6 tháng\t6 tháng năm 2023\n"
        "Phí trọng tải\t43.520\t40.180\nPhí neo đậu\t3.310\t3.150\nTổng cộng\t46.830\t43.330\n"
    )
    (entry,) = [e for e in read_entries(text) if any(o.mention.text == "46.830" for o in e.observations)]
    assert entry.name.terms >= {"thu", "phi", "hang", "hai"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("cây bắp", "ngô"), ("đậu phộng", "lạc"), ("khoai mì", "sắn"), ("số lượng tàu cá", "tàu cá"),
        ("kim ngạch hàng hóa xuất khẩu", "xuất khẩu"), ("quay trở lại hoạt động", "quay lại"),
    ],
)  # fmt: skip
def test_names_of_north_and_south_are_equal(one: str, two: str) -> None:
    assert read_name(one, load_lexicon()).key == read_name(two, load_lexicon()).key


@pytest.mark.parametrize("name", ["lợn tiêu hủy", "số vụ đã điều tra", "mức thu nhập", "bắp cải"])
def test_words_that_hold_a_rival_are_none(name: str) -> None:
    rivals = {each.partition(" ")[2] for each in read_name(name, load_lexicon()).rivals}
    assert rivals.isdisjoint({"tiêu", "điều", "thu", "ngô"})


MERGED = "Đàn trâu có {} con. Đàn bò có {} con. Gia cầm có {} con. Vốn đầu tư công giải ngân {} tỷ đồng."


def test_figures_of_a_larger_area_are_expected_to_be_larger() -> None:
    small = read_entries(MERGED.format("9.380", "46.900", "351.000", "38,6"))
    large = read_entries(MERGED.format("31.600", "142.800", "1.194.000", "121,3"), number=1)
    times = 10 ** Enlarged([small, large], frozenset({1})).find(1, 0)
    assert 3 < times < 3.6
    assert Enlarged([small, large], frozenset({1})).find(0, 1) == -Enlarged(
        [small, large], frozenset({1})
    ).find(1, 0)
    assert Enlarged([small, large], frozenset()).find(1, 0) == 0
    assert not are_far_apart(small[0], large[0])


def test_a_department_under_an_abbreviated_name_is_the_same_body() -> None:
    reports = [
        make_report(
            f"{months} tháng đầu năm 2024", f"2024-{months + 1:02d}-05", f"Trồng rừng {area} ha.",
            body=f"TỈNH HÒA LÂM\n\n{name}",
        )
        for months, area, name in (
            (6, "1.260", "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN"), (9, "1.980", "SỞ NÔNG NGHIỆP VÀ PTNT"),
        )
    ]  # fmt: skip
    assert list_joined(compare_reports(reports)) == [["1.260 ha", "1.980 ha"]]
