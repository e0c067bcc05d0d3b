"""What figures of prose and of rows are named by, and of when they are: lists in turn, brackets, places."""

from __future__ import annotations

import pytest

from docanalyze import Comparison, compare_reports
from docanalyze.compare.entries import group_entries
from docanalyze.compare.joiner import Joiner
from docanalyze.compare.observation import Observation
from docanalyze.compare.observe import observe_report
from docanalyze.compare.view import view_report
from docanalyze.core.days import Days
from docanalyze.lexicon import load_lexicon
from tests.unit.compare.making import make_report


def observe(text: str) -> dict[str, Observation]:
    """Return the observations of a half-year's report by their printed figures."""
    report = make_report("6 tháng đầu năm 2024", "2024-07-05", text)
    return {o.mention.text: o for o in observe_report(view_report(0, report, load_lexicon()))}


def compare(one: str, two: str) -> Comparison:
    return compare_reports([
        make_report("6 tháng đầu năm 2023", "2023-07-05", one),
        make_report("6 tháng đầu năm 2024", "2024-07-05", two),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Chi phí vật tư, chi phí nhân công lần lượt là 41,2 tỷ đồng và 18,6 tỷ đồng.",
            {"41,2 tỷ đồng": "chi phí vật tư", "18,6 tỷ đồng": "chi phí nhân công"},
        ),
        (
            "Sản lượng lúa, ngô và lạc lần lượt đạt 4.210 tấn, 1.385 tấn và 692 tấn.",
            {"4.210 tấn": "sản lượng lúa", "1.385 tấn": "sản lượng ngô", "692 tấn": "sản lượng lạc"},
        ),
        (
            "Các mặt hàng gỗ, đá; may mặc tăng lần lượt 5,12% và 7,34%.",
            {"5,12%": "các mặt hàng gỗ, đá", "7,34%": "may mặc"},
        ),
    ],
)
def test_figures_in_turn_have_the_names_listed_before(text: str, names: dict[str, str]) -> None:
    found = observe(text)
    assert {figure: found[figure].name.printed for figure in names} == names


def test_figures_with_names_of_their_own_are_not_named_in_turn() -> None:
    found = observe("Một số cây trồng lần lượt đạt: lúa 4.210 tấn, ngô 1.385 tấn.")
    assert "lúa" in found["4.210 tấn"].name.printed
    assert "ngô" in found["1.385 tấn"].name.printed


def test_a_growth_in_a_list_is_of_what_stands_before_it() -> None:
    found = observe(
        "Giá trị sản xuất đạt 3.846 tỷ đồng, tăng 7,21%; thủy sản tăng 3,18%, dịch vụ tăng 6,71%."
    )
    assert found["7,21%"].about is found["3.846 tỷ đồng"]
    assert [found[each].name.printed for each in ("3,18%", "6,71%")] == ["thủy sản", "dịch vụ"]


def test_what_a_year_before_begins_is_of_a_year_before() -> None:
    found = observe("Vốn đầu tư công giải ngân 98,7 tỷ đồng, đạt 57,3%, cùng kỳ giải ngân 71,5 tỷ đồng.")
    assert found["98,7 tỷ đồng"].days == Days("2024-01-01", "2024-06-30")
    assert found["71,5 tỷ đồng"].days == Days("2023-01-01", "2023-06-30")
    assert found["71,5 tỷ đồng"].name == found["98,7 tỷ đồng"].name


def test_a_remark_in_brackets_is_on_the_figure_before_it() -> None:
    found = observe(
        "Vốn năm 2024 là 4.781 tỷ đồng (đã bổ sung trong tháng 3), giải ngân 2.902 tỷ đồng, đạt 60,7%."
    )
    assert found["2.902 tỷ đồng"].days == Days("2024-01-01", "2024-06-30")
    assert found["4.781 tỷ đồng"].kind == "plan"


def test_the_whole_behind_a_stroke_is_the_plan() -> None:
    assert observe("Giải ngân 71.450 triệu đồng/186.300 triệu đồng.")["186.300 triệu đồng"].kind == "plan"


def test_an_estimate_of_costs_that_is_checked_is_no_plan() -> None:
    assert observe("Số dự toán được thẩm định là 97 hồ sơ.")["97 hồ sơ"].kind == "level"


def test_what_is_cut_is_an_amount() -> None:
    found = observe("Kiến nghị nộp ngân sách 86.215 triệu đồng, giảm chi thường xuyên 104.330 triệu đồng.")
    cut = found["104.330 triệu đồng"]
    assert (cut.kind, cut.value > 0) == ("level", True)


def test_a_rate_of_things_counted_is_no_share_of_theirs() -> None:
    found = observe("Tỷ lệ lấp đầy 05 khu công nghiệp đang hoạt động đạt 66,1%.")
    assert (found["66,1%"].kind, found["66,1%"].name.printed) == ("level", "tỷ lệ lấp đầy")


def test_units_in_a_column_are_no_figures() -> None:
    table = "Sản phẩm\tĐVT\tThực hiện\nXi măng\t1.000 tấn\t1.917\nGạch nung\tTriệu viên\t318,4"
    assert "1.000 tấn" not in observe(f"Bảng 1. Sản phẩm chủ yếu\n\n{table}")


@pytest.mark.parametrize(
    ("one", "two", "joined"),
    [
        ("Sản lượng lúa xã An Hòa đạt 4.210 tấn.", "Sản lượng lúa xã An Bình đạt 4.385 tấn.", False),
        ("Sản lượng lúa xã An Hòa đạt 4.210 tấn.", "Xã An Hòa thu sản lượng lúa 4.385 tấn.", True),
        ("Sản lượng Nhà máy nước Tân Lộc 2.184 nghìn m3.", "Sản lượng NMN Tân Lộc 2.402 nghìn m3.", True),
    ],
)
def test_a_place_of_another_name_is_another(one: str, two: str, joined: bool) -> None:
    series = [s for s in compare(one, two).series if len({p.report for p in s.points}) > 1]
    assert bool(series) is joined


def test_days_in_messages_are_printed_as_reports_print_them() -> None:
    found = compare(
        "Thu ngân sách trên địa bàn đạt 48.153 triệu đồng.",
        "Thu ngân sách trên địa bàn đạt 52.310 triệu đồng, cùng kỳ là 48.513 triệu đồng.",
    )
    (told,) = [f for f in found.findings if f.code == "RST001"]
    assert "01/01/2023 – 30/6/2023" in told.message.vi
    assert "01/01/2023 – 30/6/2023" in told.message.en


def test_a_growth_over_a_base_that_both_reports_print_is_told_whatever_the_names() -> None:
    found = compare(
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ đạt 21.470 tỷ đồng.",
        "Bán lẻ hàng hóa, dịch vụ đạt 24.090 tỷ đồng, tăng 15,2% (cùng kỳ 21.470 tỷ đồng).",
    )
    assert [f.severity for f in found.findings if f.code == "CLM001"] == ["error"]


def test_a_figure_on_a_later_day_is_no_restatement() -> None:
    text = "Đến ngày {} thực hiện kiến nghị năm 2022 là {} triệu đồng."
    found = compare(text.format("30/6/2023", "312.640"), text.format("30/6/2024", "371.402"))
    assert [f.severity for f in found.findings if f.code == "RST001" and f.severity != "info"] == []


def test_pairs_looked_at_grow_no_faster_than_the_rows() -> None:
    """Rows without a partner: of each only so many are looked at as are like it most."""
    looks = []
    for count in (60, 120):
        names = [
            f"{a} {b} {c}"
            for a in "bcdghklmn"
            for b in ("âu", "eo", "iên", "ươi")
            for c in ("to", "ven", "xoan", "tre")
        ]
        texts = [
            "\n\n".join(
                f"Sản lượng {name} {half} đạt {700 + 13 * n} tấn." for n, name in enumerate(names[:count])
            )
            for half in ("đầu mùa", "cuối vụ")
        ]
        reports = [
            make_report(f"6 tháng đầu năm {year}", f"{year}-07-05", text)
            for year, text in ((2023, texts[0]), (2024, texts[1]))
        ]
        entries = [
            group_entries(observe_report(view_report(n, each, load_lexicon())))
            for n, each in enumerate(reports)
        ]
        joiner = Joiner(entries, [Days(f"{y}-01-01", f"{y}-06-30") for y in (2023, 2024)], load_lexicon())
        looks.append(len(joiner.alike.find_nearest(*entries, 16)))
    assert looks[1] < 2.5 * looks[0]


def test_what_the_months_so_far_come_to_is_of_the_whole_before_its_parts() -> None:
    found = observe(
        "Doanh thu bán lẻ quý II 5.284 tỷ đồng, gồm hàng hóa 4.063 tỷ đồng, lữ hành 640 tỷ đồng, "
        "dịch vụ khác 581 tỷ đồng. Cộng 6 tháng 10.764 tỷ đồng."
    )
    assert found["10.764 tỷ đồng"].name.printed == "doanh thu bán lẻ"


def test_a_ratio_with_a_code_of_its_own_is_named_by_it() -> None:
    found = observe("Chi phí hoạt động 1.518,2 tỷ đồng (CIR 45,3%), dư nợ 79.520 tỷ đồng.")
    assert found["45,3%"].name.printed == "cir"
    assert found["45,3%"].about is None


@pytest.mark.parametrize(
    ("base", "end"),
    [
        ("so với đầu năm (31/12/2023: 104.735 tỷ đồng)", "2023-12-31"),
        ("so với 31/3/2024 (104.735 tỷ đồng)", "2024-03-31"),
        ("so với cuối năm 2023 (104.735 tỷ đồng)", "2023-12-31"),
        ("so với 31/02/2024 (104.735 tỷ đồng)", "2023-06-30"),
    ],
)
def test_what_a_stock_was_is_of_the_day_printed_before_it(base: str, end: str) -> None:
    found = observe(f"Dư nợ cho vay 106.280 tỷ đồng, tăng 1,48% {base}.")
    assert found["104.735 tỷ đồng"].days.end == end
