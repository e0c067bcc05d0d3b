"""Aims among the tasks: of what time, under which name, and joined with what is done of them."""

from __future__ import annotations

import pytest

from docanalyze.compare.names import read_name
from docanalyze.core.days import Days, follow_days
from docanalyze.lexicon import load_lexicon
from tests.unit.compare.test_seasons_and_areas import compare, list_joined, read_entries

AHEAD = "NHIỆM VỤ 6 THÁNG CUỐI NĂM"


@pytest.mark.parametrize(
    ("days", "ahead"),
    [
        (("2024-01-01", "2024-06-30"), ("2024-07-01", "2024-12-31")),
        (("2024-01-01", "2024-09-30"), ("2024-10-01", "2024-12-31")),
        (("2024-05-01", "2024-05-31"), ("2024-06-01", "2024-06-30")),
        (("2024-04-01", "2024-06-30"), ("2024-07-01", "2024-09-30")),
        (("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31")),
        (("2024-12-01", "2024-12-31"), ("2025-01-01", "2025-01-31")),
    ],
)
def test_reports_look_ahead_to_the_stretch_to_come(days: tuple[str, str], ahead: tuple[str, str]) -> None:
    assert follow_days(Days(*days)) == Days(*ahead)


@pytest.mark.parametrize(
    ("aim", "figure", "name"),
    [
        ("Phấn đấu thu ngân sách cả năm vượt 550 tỷ đồng.", "550 tỷ đồng", "thu ngân sách"),
        ("Có thêm 02 xã đạt chuẩn nông thôn mới.", "02 xã", "xã đạt chuẩn nông thôn mới"),
        ("Nâng tỷ lệ giải quyết hồ sơ lên trên 95%.", "95%", "tỷ lệ giải quyết hồ sơ"),
        ("Hoàn thành kế hoạch trồng 1.100 ha rừng.", "1.100 ha", "trồng rừng"),
    ],
)
def test_what_is_to_be_reached_is_an_aim_named_by_itself(aim: str, figure: str, name: str) -> None:
    (found,) = [
        (e, o)
        for e in read_entries(f"I. KẾT QUẢ\n\nĐàn bò 31.250 con.\n\nII. {AHEAD}\n\n{aim}")
        for o in e.observations
        if o.mention.text == figure
    ]
    entry, aimed = found
    assert aimed.kind == "target"
    assert entry.name.key == read_name(name, load_lexicon()).key


def test_growth_that_is_to_be_reached_is_no_aim_of_an_amount() -> None:
    entries = read_entries(f"II. {AHEAD}\n\nPhấn đấu thu ngân sách tăng 12% so với cùng kỳ.")
    assert [o.kind for e in entries for o in e.observations] == []


def test_what_a_report_sets_for_the_year_to_come_is_not_done() -> None:
    text = "A. KẾT QUẢ\n\nTrồng 1.040 ha rừng.\n\nB. CHỈ TIÊU NĂM 2025\n\nTrồng 1.150 ha rừng."
    kinds = {o.mention.text: o.kind for e in read_entries(text, title="năm 2024") for o in e.observations}
    assert kinds == {"1.040 ha": "level", "1.150 ha": "target"}


def test_an_aim_of_the_year_is_told_with_what_is_done_under_its_name() -> None:
    one = f"Thu ngân sách 268 tỷ đồng.\n\nII. {AHEAD}\n\nPhấn đấu thu ngân sách cả năm đạt 550 tỷ đồng."
    two = "Thu ngân sách 412 tỷ đồng, bằng 74,9% kế hoạch (550 tỷ đồng)."
    joined = list_joined(compare(one, two))
    assert ["268 tỷ đồng", "412 tỷ đồng"] in joined


def test_a_mother_company_is_not_its_daughter() -> None:
    one = "Công ty mẹ có lợi nhuận sau thuế 31,9 tỷ đồng. Công ty con có lợi nhuận sau thuế 2,6 tỷ đồng."
    two = "Công ty con có lợi nhuận sau thuế 4,1 tỷ đồng. Công ty mẹ có lợi nhuận sau thuế 47,2 tỷ đồng."
    assert {tuple(each) for each in list_joined(compare(one, two))} == {
        ("31,9 tỷ đồng", "47,2 tỷ đồng"),
        ("2,6 tỷ đồng", "4,1 tỷ đồng"),
    }


def test_abbreviations_are_names_enough() -> None:
    one = "Lãi cơ bản trên cổ phiếu 624 đồng."
    assert list_joined(compare(one, "EPS đạt 1.548 đồng.")) == [["624 đồng", "1.548 đồng"]]


def test_a_table_without_units_is_in_those_of_the_next_report() -> None:
    one = "Chỉ tiêu\tThực hiện\nDoanh thu thuần\t1.042,7\nLợi nhuận gộp\t138,6\nChi phí bán hàng\t40,2"
    two = "Doanh thu thuần 1.684,3 tỷ đồng. Lợi nhuận gộp 228,9 tỷ đồng. Chi phí bán hàng 64,1 tỷ đồng."
    series = {each.indicator: [point.value for point in each.points] for each in compare(one, two).series}
    assert series["Lợi nhuận gộp"] == [138_600_000_000, 228_900_000_000]


def test_a_table_whose_rows_speak_for_two_scales_is_left_as_it_is() -> None:
    one = "Chỉ tiêu\tThực hiện\nDoanh thu thuần\t1.042,7\nLợi nhuận gộp\t0,214"
    two = "Doanh thu thuần 1.684,3 tỷ đồng. Lợi nhuận gộp 228,9 tỷ đồng."
    values = [point.value for each in compare(one, two).series for point in each.points if point.report == 0]
    assert not [value for value in values if value > 10_000]


@pytest.mark.parametrize(
    ("aim", "figure", "name"),
    [
        ("Gieo trồng 15.000 ha lúa; giải ngân vốn đầu tư 35% kế hoạch.", "35%", "giải ngân vốn đầu tư"),
        ("Thu hồi tiền sau thanh tra đạt 85%.", "85%", "thu hồi tiền sau thanh tra"),
    ],
)
def test_a_ratio_to_be_reached_is_an_aim_and_of_nothing_before(aim: str, figure: str, name: str) -> None:
    entries = read_entries(f"I. KẾT QUẢ\n\nĐàn bò 31.250 con.\n\nII. {AHEAD}\n\n{aim}")
    ((entry, aimed),) = [(e, o) for e in entries for o in e.observations if o.mention.text == figure]
    assert (aimed.kind, entry.name.key) == ("target", read_name(name, load_lexicon()).key)


def test_aims_for_the_next_stretch_are_one_whatever_its_length() -> None:
    one = "Thanh tra 31 cuộc.\n\nII. NHIỆM VỤ QUÝ II\n\nKết thúc 15 cuộc thanh tra."
    two = f"Thanh tra 68 cuộc.\n\nII. {AHEAD}\n\nKết thúc 34 cuộc thanh tra."
    units = {e.unit for text in (one, two) for e in read_entries(text) if "kết thúc" in e.name.printed}
    assert units == {"target:cuộc"}


def test_a_paragraph_says_itself_that_it_looks_ahead() -> None:
    text = "Dư nợ 1.860 tỷ đồng.\n\nBa tháng cuối năm: kiểm soát tỷ lệ nợ xấu dưới 2%."
    entries = read_entries(text, title="9 tháng năm 2024")
    kinds = {o.mention.text: o.kind for e in entries for o in e.observations}
    assert kinds == {"1.860 tỷ đồng": "level", "2%": "target"}
