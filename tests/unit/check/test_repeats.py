"""REP002, REP003: figures of the text that a table prints too, and ratios over a row of it."""

from __future__ import annotations

import pytest
from msgspec import UNSET

from docanalyze.check.catalogue import CHECKS
from docanalyze.check.run import run_checks
from docanalyze.core.relation import Finding, Relation
from docanalyze.lexicon import load_lexicon
from tests.unit.check.tables import make_table, put_after

TABLE = make_table(
    ("TT", "Chỉ tiêu", "Kế hoạch năm 2023", "Thực hiện 6 tháng năm 2022", "Thực hiện 6 tháng năm 2023"),
    (
        ("1", "Thu ngân sách trên địa bàn", "175,00", "91,96", "98,46"),
        ("2", "Chi ngân sách địa phương", "620,00", "290,15", "312,40"),
    ),
    unit="tỷ đồng",
)


def run(text: str, code: str) -> tuple[list[Relation], list[Finding]]:
    """Return the relations and findings of a code between a text and the table."""
    analysis = run_checks(put_after(text, TABLE), CHECKS, load_lexicon())
    assert analysis.relations is not UNSET
    assert analysis.findings is not UNSET
    return (
        [relation for relation in analysis.relations if relation.code == code],
        [finding for finding in analysis.findings if finding.code == code],
    )


def test_a_figure_of_the_text_is_that_of_the_row_with_its_name() -> None:
    relations, findings = run("Thu ngân sách trên địa bàn đạt 98,46 tỷ đồng.", "REP002")
    assert [relation.arithmetic for relation in relations] == ["98,46 = 98,46"]
    assert not findings


def test_a_coarser_figure_of_the_text_agrees() -> None:
    relations, findings = run("Thu ngân sách trên địa bàn đạt 98,5 tỷ đồng.", "REP002")
    assert [relation.verdict for relation in relations] == ["holds"]
    assert not findings


def test_digits_swapped_against_the_table_are_told() -> None:
    _, findings = run("Thu ngân sách trên địa bàn đạt 94,86 tỷ đồng.", "REP002")
    assert [finding.arithmetic for finding in findings] == ["94,86 ≠ 98,46"]
    assert findings[0].severity == "warning"
    assert [evidence.text for evidence in findings[0].evidence] == ["94,86 tỷ đồng", "98,46"]


@pytest.mark.parametrize("figure", ["160", "178,00", "83,20"])
def test_another_figure_of_the_name_is_no_misprint(figure: str) -> None:
    _, findings = run(f"Thu ngân sách trên địa bàn đạt {figure} tỷ đồng.", "REP002")
    assert not findings


def test_a_row_of_the_opposite_name_is_another_figure() -> None:
    profits = make_table(
        ("TT", "Chỉ tiêu", "Kế hoạch năm 2023", "Thực hiện 6 tháng năm 2023"),
        (("1", "Tổng doanh thu", "912,0", "441,7"), ("2", "Lợi nhuận trước thuế", "57,0", "31,4")),
        unit="tỷ đồng",
    )
    for text, found in (("trước", 1), ("sau", 0)):
        analysis = run_checks(
            put_after(f"Lợi nhuận {text} thuế đạt 34,1 tỷ đồng.", profits), CHECKS, load_lexicon()
        )
        assert analysis.findings is not UNSET
        assert len([finding for finding in analysis.findings if finding.code == "REP002"]) == found


def test_another_name_is_another_figure() -> None:
    relations, _ = run("Thu tiền sử dụng đất đạt 94,86 tỷ đồng.", "REP002")
    assert not relations


def test_ratios_of_the_text_follow_from_the_row() -> None:
    text = "Thu ngân sách trên địa bàn đạt 98,46 tỷ đồng, đạt 56,26% kế hoạch, tăng 7,07% so với cùng kỳ."
    relations, findings = run(text, "REP003")
    assert [relation.arithmetic for relation in relations] == [
        "98,46 / 175,00 × 100 = 56,26", "98,46 / 91,96 × 100 - 100 = 7,07",
    ]  # fmt: skip
    assert not findings


def test_a_ratio_that_one_slip_explains_is_told() -> None:
    text = "Thu ngân sách trên địa bàn đạt 98,46 tỷ đồng, đạt 65,26% kế hoạch."
    _, findings = run(text, "REP003")
    assert [finding.arithmetic for finding in findings] == ["98,46 / 175,00 × 100 = 56,26 ≠ 65,26"]
    assert findings[0].suggestion is not None
    assert findings[0].suggestion.replacement == "56,26"


def test_a_change_over_the_plan_of_the_row() -> None:
    table = make_table(
        ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2024", "Thực hiện 2024"),
        (
            ("1", "Thay thế đồng hồ", "cái", "14.000", "14.380"),
            ("2", "Lắp đặt đồng hồ", "cái", "9.500", "9.120"),
        ),
    )

    def findings(text: str) -> list[str]:
        analysis = run_checks(put_after(text, table), CHECKS, load_lexicon())
        assert analysis.findings is not UNSET
        return [finding.arithmetic for finding in analysis.findings if finding.code == "REP003"]

    text = "Thay thế 14.380 cái đồng hồ, vượt {} cái so với kế hoạch."
    assert not findings(text.format(380))
    assert findings(text.format(830)) == ["14.380 - 14.000 = 380 ≠ 830"]


PLANS = make_table(
    ("TT", "Chỉ tiêu", "Kế hoạch 2023", "Thực hiện 2022", "Thực hiện 2023", "% kế hoạch", "So với 2022 (%)"),
    (
        ("1", "Sản lượng cá nước ngọt", "41.300", "37.918", "39.462", "95,55", "104,07"),
        ("2", "Sản lượng tôm nước lợ", "18.250", "16.847", "17.526", "96,03", "104,03"),
        ("3", "Sản lượng nhuyễn thể", "9.740", "8.615", "9.183", "94,28", "106,59"),
        ("", "Tổng số", "69.290", "63.380", "66.171", "95,50", "104,40"),
    ),
    unit="tấn",
)


def run_plans(text: str) -> list[Finding]:
    """Return the findings of text against table, with the table of plans after the text."""
    analysis = run_checks(put_after(text, PLANS), CHECKS, load_lexicon())
    assert analysis.findings is not UNSET
    return [finding for finding in analysis.findings if finding.code == "REP002"]


def test_figures_beside_one_name_its_row_without_words() -> None:
    text = "Toàn tỉnh thu hoạch 66.171 tấn, đạt 95,05% kế hoạch đề ra (69.290 tấn)."
    findings = run_plans(text)
    assert [finding.arithmetic for finding in findings] == ["95,05 ≠ 95,50"]
    assert findings[0].severity == "error"


def test_the_level_itself_is_told_by_its_ratio_and_plan() -> None:
    text = "Cá nước ngọt cho sản lượng 39.642 tấn, bằng 95,55% kế hoạch năm (41.300 tấn)."
    assert [finding.arithmetic for finding in run_plans(text)] == ["39.642 ≠ 39.462"]


def test_items_of_a_sentence_name_a_column() -> None:
    text = (
        "Sản lượng cá nước ngọt 39.462 tấn, sản lượng tôm nước lợ 17.256 tấn, sản lượng nhuyễn thể 9.183 tấn."
    )
    findings = run_plans(text)
    assert [finding.arithmetic for finding in findings] == ["17.256 ≠ 17.526"]


def test_growth_in_words_is_an_index_in_the_table() -> None:
    assert not run_plans("Sản lượng nhuyễn thể đạt 9.183 tấn, tăng 6,59% so với năm 2022.")


def test_another_year_is_another_figure() -> None:
    assert not run_plans("Năm 2021, sản lượng tôm nước lợ đạt 16.874 tấn.")


def test_a_separator_moved_is_told_by_the_name_of_the_row() -> None:
    findings = run_plans("Sản lượng tôm nước lợ năm 2023 đạt 175,26 tấn.")
    assert [finding.arithmetic for finding in findings] == ["175,26 ≠ 17.526"]
    assert findings[0].severity == "warning"


def test_growth_is_over_the_same_column_a_year_before() -> None:
    table = make_table(
        ("TT", "Chỉ tiêu", "Quý 3/2023", "Quý 3/2024", "9 tháng 2024"),
        (
            ("1", "Doanh thu thuần", "548,2", "671,5", "1.846,9"),
            ("2", "Giá vốn hàng bán", "549,8", "589,6", "1.652,3"),
        ),
        unit="tỷ đồng",
    )

    def findings(text: str) -> list[str]:
        analysis = run_checks(put_after(text, table), CHECKS, load_lexicon())
        assert analysis.findings is not UNSET
        return [finding.arithmetic for finding in analysis.findings if finding.code == "REP003"]

    assert findings("Doanh thu thuần đạt 671,5 tỷ đồng, tăng 25,2% so với cùng kỳ năm trước.") == [
        "671,5 / 548,2 × 100 - 100 = 22,5 ≠ 25,2"
    ]
    assert not findings("Doanh thu thuần đạt 671,5 tỷ đồng, tăng 22,5% so với cùng kỳ năm trước.")
    assert not findings("Doanh thu thuần đạt 671,5 tỷ đồng, tăng 25,2% so với quý trước.")


@pytest.mark.parametrize(
    ("figure", "holds"), [("gần 98,5", 1), ("hơn 98", 1), ("khoảng 90", 0), ("ít nhất 95", 0)]
)
def test_a_hedged_figure_repeats_only_what_is_near(figure: str, holds: int) -> None:
    relations, findings = run(f"Thu ngân sách trên địa bàn đạt {figure} tỷ đồng.", "REP002")
    assert len(relations) == holds
    assert not findings


RATES = make_table(
    ("TT", "Chỉ tiêu", "Kế hoạch vốn", "Giải ngân", "Tỷ lệ (%)"),
    (
        ("1", "Ban quản lý dự án", "142,5", "136,7", "95,9"),
        ("2", "Sở, ngành", "128,3", "118,2", "92,1"),
        ("3", "Cấp huyện", "96,4", "85,2", "88,4"),
        ("", "Cộng", "367,2", "340,1", "92,6"),
    ),
    unit="tỷ đồng",
)


def run_rates(text: str) -> list[str | None]:
    """Return the arithmetic of what is found between a text and the table of rates."""
    analysis = run_checks(put_after(text, RATES), CHECKS, load_lexicon())
    assert analysis.findings is not UNSET
    return [finding.arithmetic for finding in analysis.findings if finding.code == "REP002"]


def test_a_rate_is_held_to_where_the_row_of_one_figure_crosses_the_column_of_others() -> None:
    text = "Giải ngân 340,1 tỷ đồng; tỷ lệ chung {}, cao nhất là Ban quản lý dự án (95,9%)"
    text += ", thấp nhất là cấp huyện (88,4%)."
    assert run_rates(text.format("90,6%")) == ["90,6 ≠ 92,6"]
    assert run_rates(text.format("92,6%")) == []


def test_digits_swapped_in_a_row_that_is_named_are_told_by_one_other_of_the_column() -> None:
    assert run_rates("Cấp huyện giải ngân đạt 88,4%; khối sở, ngành khá hơn, đạt 91,2%.") == ["91,2 ≠ 92,1"]


def test_another_rate_beside_one_of_the_column_is_no_misprint() -> None:
    assert run_rates("Cấp huyện giải ngân đạt 88,4%; khối sở, ngành khá hơn, đạt 94,3%.") == []
    assert run_rates("Cấp huyện giải ngân đạt 88,4%; khối đoàn thể khá hơn, đạt 91,2%.") == []


YEARS = make_table(
    ("TT", "Chỉ tiêu", "Năm 2021", "Năm 2022", "Năm 2023", "9 tháng năm 2024", "Cộng"),
    (
        ("1", "Ngân sách các cấp", "412,6", "438,1", "466,4", "301,7", "1.618,8"),
        ("2", "Vốn tín dụng", "1.218,4", "1.342,9", "1.475,3", "982,5", "5.019,1"),
        ("", "Tổng cộng", "1.631,0", "1.781,0", "1.941,7", "1.284,2", "6.637,9"),
    ),
    unit="tỷ đồng",
)


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("5.353,7", []),
        ("5.533,7", ["1.631,0 + 1.781,0 + 1.941,7 = 5.353,7 ≠ 5.533,7"]),
        ("5.800,0", []),  # no misprint: of more sources
    ],
)
def test_a_running_total_is_held_to_the_years_of_the_row_that_another_one_adds_up(
    last: str, found: list[str]
) -> None:
    text = f"Lũy kế, đến hết năm 2022 huy động được 3.412,0 tỷ đồng, đến hết năm 2023 là {last} tỷ đồng."
    analysis = run_checks(put_after(text, YEARS), CHECKS, load_lexicon())
    assert analysis.relations is not UNSET
    assert analysis.findings is not UNSET
    assert [each.arithmetic for each in analysis.findings if each.code == "CUM001"] == found
    held = [
        each for each in analysis.relations
        if each.code == "CUM001" and each.verdict == "holds" and ">=" not in each.arithmetic
    ]  # fmt: skip
    assert len(held) == (2 if last == "5.353,7" else 1)


def test_a_figure_that_is_not_cumulated_is_none_of_a_row_of_years() -> None:
    text = "Đến hết năm 2022 dư nợ 3.412,0 tỷ đồng, đến hết năm 2023 là 5.533,7 tỷ đồng."
    analysis = run_checks(put_after(text, YEARS), CHECKS, load_lexicon())
    assert analysis.findings is not UNSET
    assert not [each for each in analysis.findings if each.code == "CUM001"]


GOODS = make_table(
    ("TT", "Chỉ tiêu", "Tháng 1", "Tháng 2", "Tháng 2 so tháng 1 (%)"),
    (("1", "Bia đóng lon", "4.398", "3.718", "84,54"), ("2", "Xi măng", "351,4", "426,7", "121,43")),
)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("bia tăng 15,5%", ["3.718 / 4.398 × 100 - 100 = -15,5 ≠ 15,5"]),
        ("xi măng giảm 21,4%", ["426,7 / 351,4 × 100 - 100 = 21,4 ≠ -21,4"]),
        ("bia giảm 15,5%", []),
        ("xi măng tăng 21,4%", []),
        ("bia tăng 15,8%", []),
        ("phân bón tăng 15,5%", []),
    ],
)
def test_a_growth_that_a_row_has_as_a_decrease_is_told(said: str, found: list[str]) -> None:
    text = f"So với tháng trước, sản lượng đều biến động, trong đó {said}."
    analysis = run_checks(put_after(text, GOODS), CHECKS, load_lexicon())
    assert analysis.findings is not UNSET
    assert [each.arithmetic for each in analysis.findings if each.code == "REP003"] == found


SECTORS = make_table(
    ("TT", "Chỉ tiêu", "Năm 2022", "Năm 2023"),
    (
        ("", "Tổng số", "8.423,1", "9.036,3"),
        ("1", "Khu vực I", "3.214,8", "3.338,1"),
        ("2", "Khu vực II", "2.421,4", "2.631,7"),
        ("3", "Khu vực III", "2.786,9", "3.066,5"),
    ),
    unit="tỷ đồng",
)


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("33,9", []),
        ("39,9", ["3.066,5 / 9.036,3 × 100 = 33,9 ≠ 39,9"]),
        ("12,4", []),  # no misprint of it: of something else
    ],
)
def test_a_structure_is_held_to_the_rows_that_all_but_one_share_fit(last: str, found: list[str]) -> None:
    text = f"Cơ cấu: nông nghiệp 36,9%, công nghiệp 29,1%, dịch vụ {last}%."
    analysis = run_checks(put_after(text, SECTORS), CHECKS, load_lexicon())
    assert analysis.findings is not UNSET
    assert [each.arithmetic for each in analysis.findings if each.code == "PCT001"] == found


INDICES = make_table(
    ("TT", "Chỉ tiêu", "Tháng 7 so với cùng kỳ (%)", "7 tháng so với cùng kỳ (%)"),
    (
        ("1", "Khai khoáng", "96,83", "97,62"),
        ("2", "Chế biến, chế tạo", "110,34", "108,15"),
        ("3", "Sản xuất và phân phối điện", "104,11", "103,47"),
    ),
)
GROWN = "Ngành khai khoáng giảm {}%; chế biến, chế tạo tăng 8,15%; sản xuất và phân phối điện tăng 3,47%."


@pytest.mark.parametrize(("printed", "told"), [("2,38", []), ("3,28", ["100 - 3,28 = 96,72 ≠ 97,62"])])
def test_growths_are_held_against_a_column_of_indices(printed: str, told: list[str]) -> None:
    analysis = run_checks(put_after(GROWN.format(printed), INDICES), CHECKS, load_lexicon())
    assert analysis.findings is not UNSET
    assert [finding.arithmetic for finding in analysis.findings if finding.code == "REP002"] == told


def test_a_growth_is_over_the_column_of_the_year_before() -> None:
    table = make_table(
        ("TT", "Chỉ tiêu", "Thực hiện 6T/2023", "Ước TH 6T/2024"),
        (("1", "Thu nội địa", "4.392,6", "5.101,0"), ("2", "Thu xuất nhập khẩu", "594,5", "642,5")),
        unit="tỷ đồng",
    )
    for printed, told in (("16,1", []), ("61,1", ["5.101,0 / 4.392,6 × 100 - 100 = 16,1 ≠ 61,1"])):
        text = f"Thu nội địa ước đạt 5.101,0 tỷ đồng, tăng {printed}% so với cùng kỳ năm 2023."
        analysis = run_checks(put_after(text, table), CHECKS, load_lexicon())
        assert analysis.findings is not UNSET
        assert [finding.arithmetic for finding in analysis.findings if finding.severity != "info"] == told
