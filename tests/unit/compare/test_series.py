"""Series of the corpus and of the samples: every cell has its place; like with like only."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.tools.series import DEV
from docanalyze import Analysis, Comparison, analyze_report, compare_reports
from docanalyze.core.days import Days, year_before
from tests.series import run
from tests.unit.compare.making import make_report


@pytest.fixture(scope="module")
def sample_analyses() -> list[Analysis]:
    samples = Path(__file__).parents[3] / "corpus" / "samples"
    return [analyze_report(samples / f"bao-cao-6-thang-{year}.pdf", until="bind") for year in (2022, 2023)]


@pytest.fixture(scope="module")
def compared(sample_analyses: list[Analysis]) -> Comparison:
    return compare_reports(sample_analyses)


def test_every_cell_of_every_series_leads_to_its_page_and_quote(
    compared: Comparison, sample_analyses: list[Analysis]
) -> None:
    assert len(compared.series) > 100
    for series in compared.series:
        for point in series.points:
            analysis = sample_analyses[point.report]
            assert analysis.text[point.start : point.end] == point.text
            assert point.page is not None
            assert point.boxes
            assert all(box.page == point.page or box.page == point.page + 1 for box in point.boxes)
            assert " ".join(point.text.split()) in point.quote
            mention = next(m for m in analysis.mentions or () if m.id == point.mention)
            assert (mention.start, mention.end, mention.boxes) == (point.start, point.end, point.boxes)
            indicator = next(i for i in analysis.indicators or () if i.id == point.indicator)
            assert indicator.mention == point.mention
        for change in series.changes:
            assert 0 <= change.from_ < change.to < len(series.points)


def test_only_stretches_of_one_length_are_put_in_per_cent(compared: Comparison) -> None:
    for series in compared.series:
        for change in series.changes:
            one, two = series.points[change.from_].period, series.points[change.to].period
            if change.kind == "growth":
                assert one.start
                assert one.end
                assert two.start
                assert two.end
                assert Days(one.start, one.end) == year_before(Days(two.start, two.end))
            if change.kind == "derived":
                assert change.percent is None


def test_no_error_is_raised_where_reports_are_right(compared: Comparison) -> None:
    assert [f.message.en for f in compared.findings if f.severity != "info"] == []


def test_the_order_of_files_changes_nothing(sample_analyses: list[Analysis], compared: Comparison) -> None:
    assert compare_reports(sample_analyses[::-1]) == compared


def test_months_and_months_so_far_are_kept_apart() -> None:
    months = [
        make_report(
            f"tháng {n} và {n} tháng đầu năm 2024", f"2024-{n + 1:02d}-03",
            f"Xuất khẩu tháng {n} đạt {own} triệu USD; lũy kế {n} tháng đạt {whole} triệu USD.",
        )
        for n, own, whole in ((2, "20,4", "41,0"), (3, "21,1", "62,1"), (4, "22,3", "84,4"))
    ]  # fmt: skip
    series = {s.form: s for s in compare_reports(months).series}
    assert [str(p.value) for p in series["month"].points] == ["20400000", "21100000", "22300000"]
    assert [c.kind for c in series["month"].changes] == ["step", "step"]
    whole = series["cumulative"]
    assert [(c.kind, c.absolute) for c in whole.changes] == [
        ("derived", Decimal(21100000)),
        ("derived", Decimal(22300000)),
    ]


def test_a_figure_without_a_period_is_of_the_stretch_that_its_size_speaks_for() -> None:
    texts = [
        (2, "Xuất khẩu tháng 2 đạt 250,4 triệu USD; lũy kế 2 tháng đạt 501,0 triệu USD."),
        (3, "Xuất khẩu tháng 3 đạt 260,4 triệu USD; lũy kế 3 tháng đạt 761,4 triệu USD."),
        (4, "Giá cước ổn định.\n\nXuất khẩu 1.031,9 triệu USD."),
    ]
    months = [
        make_report(f"tháng {n} và {n} tháng đầu năm 2024", f"2024-{n + 1:02d}-03", text) for n, text in texts
    ]
    series = {s.form: s for s in compare_reports(months).series}
    assert series["cumulative"].points[-1].text == "1.031,9 triệu USD"


def test_indicators_of_the_corpus_are_joined_as_a_reader_would() -> None:
    """The bars are those reached, a little below: see `python -m tests.series`."""
    outcomes = run("tune")
    for outcome in outcomes:
        assert outcome.precision >= 0.9, outcome.false
        assert outcome.recall >= 0.84, outcome.missed
        assert not outcome.refused
        assert outcome.false_errors == []
    assert sum(o.found for o in outcomes) >= 0.89 * sum(o.wanted for o in outcomes)
    assert [o.untold for o in outcomes] == [[]] * len(outcomes)  # every planted slip is told


def test_series_of_the_corpus_raise_no_error() -> None:
    reports = [DEV / f"kim-linh-2024-0{n}.pdf" for n in range(1, 6)]
    analyses = [analyze_report(path, until="bind") for path in reports]
    comparison = compare_reports(analyses)
    assert [f.message.en for f in comparison.findings if f.severity == "error"] == []
    ids = [finding.id for finding in comparison.findings]
    assert len(ids) == len(set(ids))
    assert all(e.report is not None for f in comparison.findings for e in f.evidence)
    for one, two in itertools.pairwise(comparison.reports):
        assert one.period is not None
        assert two.period is not None
        assert one.period.end < two.period.end


@pytest.mark.parametrize(("kind", "found"), [("restatement", 3), ("claim", 2), ("ladder", 2), ("copy", 2)])
def test_planted_slips_are_found(kind: str, found: int) -> None:
    import random

    from tests.planted_series import find_plantings, judge, load_series

    (series,) = load_series(["bau-say"])
    plantings = [p for p in find_plantings(series, random.Random(3)) if p.kind == kind][:found]
    outcomes = [judge(series, planting) for planting in plantings]
    assert outcomes
    assert all(o is not None and o.found and not o.strays for o in outcomes)


def test_a_stretch_under_a_shorter_name_is_of_what_stands_before_it() -> None:
    """`trong đó tháng 5 thu …` is the month of what the paragraph is about, not an indicator of its own."""
    texts = [
        (
            4,
            "Thu từ xuất nhập khẩu lũy kế 4 tháng 620,4 tỷ đồng, trong đó tháng 4 thu 151,2 tỷ đồng.",
        ),
        (
            5,
            "Thu từ xuất nhập khẩu lũy kế 5 tháng 780,9 tỷ đồng, trong đó tháng 5 thu 160,5 tỷ đồng.",
        ),
    ]
    reports = [
        make_report(f"tháng {n} và {n} tháng đầu năm 2024", f"2024-{n + 1:02d}-03", text) for n, text in texts
    ]
    comparison = compare_reports(reports)
    months = next(s for s in comparison.series if s.form == "month")
    assert [p.text for p in months.points] == ["151,2 tỷ đồng", "160,5 tỷ đồng"]
    whole = next(s for s in comparison.series if s.form == "cumulative")
    assert months.indicator == whole.indicator


def test_what_is_cut_is_an_amount_of_its_own() -> None:
    text = "Sở thẩm định {} tỷ đồng mua sắm, cắt giảm {} tỷ đồng."
    reports = [
        make_report(f"6 tháng đầu năm {year}", f"{year}-07-05", text.format(*figures))
        for year, figures in ((2023, ("143,8", "5,5")), (2024, ("186,4", "7,2")))
    ]
    points = [[p.text for p in s.points] for s in compare_reports(reports).series if s.basis == "actual"]
    assert ["5,5 tỷ đồng", "7,2 tỷ đồng"] in points


def test_in_the_month_is_the_month_of_a_report_on_more() -> None:
    reports = [
        make_report(
            f"tháng {n} và {n} tháng đầu năm 2025", f"2025-{n + 1:02d}-03",
            f"Trong tháng, Sở đã thẩm định giá {own} gói mua sắm. Cộng dồn {n} tháng thẩm định {whole} gói.",
        )
        for n, own, whole in ((5, 37, 143), (6, 35, 178))
    ]  # fmt: skip
    series = {s.form: s for s in compare_reports(reports).series}
    assert [int(p.value) for p in series["month"].points] == [37, 35]
    assert [int(p.value) for p in series["cumulative"].points] == [143, 178]
    assert series["month"].indicator == series["cumulative"].indicator


def test_a_table_of_indices_says_what_prose_says_as_growth() -> None:
    table = "Biểu 1. Chỉ số sản xuất công nghiệp so với cùng kỳ năm trước (%)\n\n"
    table += "Ngành\tTháng 9\t9 tháng\nKhai khoáng\t99,40\t98,76\nPhân phối điện\t109,20\t107,83"
    reports = [
        make_report("6 tháng đầu năm 2023", "2023-07-05", "Ngành khai khoáng giảm 2,04% so với cùng kỳ."),
        make_report("9 tháng đầu năm 2023", "2023-10-05", table),
    ]
    growth = next(s for s in compare_reports(reports).series if "hai khoáng" in s.indicator)
    assert (growth.basis, growth.unit) == ("growth", "%")
    assert [str(p.value) for p in growth.points] == ["-2.04", "-1.24"]


def test_an_age_is_no_indicator_and_the_law_that_is_broken_tells_cases_apart() -> None:
    text = "Tiêm chủng cho trẻ dưới 1 tuổi. Xử lý {} vụ vi phạm {} tại địa phương."
    reports = [
        make_report(f"6 tháng đầu năm {year}", f"{year}-07-05", text.format(*rest))
        for year, rest in ((2023, (55, "về môi trường")), (2024, (96, "Luật Lâm nghiệp")))
    ]
    comparison = compare_reports(reports)
    assert not any("tuổi" in p.text for s in comparison.series for p in s.points)
    assert not any("vụ" in p.text for s in comparison.series for p in s.points)


def test_the_title_is_a_name_that_reports_agree_on() -> None:
    texts = [
        "Sản lượng điện thương phẩm đạt 1.486,52 triệu kWh.",
        "Điện thương phẩm đạt 1.540,10 triệu kWh.",
        "Công ty bán 1.612,85 triệu kWh điện thương phẩm, cùng kỳ 1.540,10 triệu kWh.",
    ]
    reports = [
        make_report(f"6 tháng đầu năm {year}", f"{year}-07-05", text)
        for year, text in zip((2022, 2023, 2024), texts, strict=True)
    ]
    assert compare_reports(reports).series[0].indicator == "Điện thương phẩm"
