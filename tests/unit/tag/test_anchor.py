from __future__ import annotations

import pytest

from docanalyze.core.analysis import ReportPeriod
from docanalyze.core.mention import Date, Mention, Period
from docanalyze.core.span import Span
from docanalyze.lexicon import load_lexicon
from docanalyze.tag.anchor import anchor_mentions, find_report_periods
from docanalyze.tag.dates import find_dates
from docanalyze.tag.periods import find_periods

LEXICON = load_lexicon()
HALF = ReportPeriod(start="2024-01-01", end="2024-06-30", grain="half-year", role="main")


def tag(text: str) -> list[Mention]:
    found: list[Mention] = [*find_dates(text, LEXICON), *find_periods(text, LEXICON)]
    return sorted(found, key=lambda m: m.start)


def days(
    text: str, main: ReportPeriod | None = HALF, *, cutoff: str | None = None, plan: str = ""
) -> list[str]:
    spans = (Span(text.index(plan), len(text)),) if plan else ()
    out = []
    for m in anchor_mentions(tag(text), text=text, main=main, cutoff=cutoff, plan_spans=spans):
        if isinstance(m, Date):
            out.append(m.value.date)
        elif isinstance(m, Period):
            out.append(f"{m.value.start}..{m.value.end}")
    return out


@pytest.mark.parametrize(
    ("title", "expect"),
    [
        (
            "Kết quả công tác 6 tháng đầu năm và nhiệm vụ trọng tâm 6 tháng cuối năm 2024",
            ["main 2024-01-01 2024-06-30", "plan 2024-07-01 2024-12-31"],
        ),
        (
            "Tình hình tháng 5, 5 tháng đầu năm 2024",
            ["main 2024-01-01 2024-05-31", "month 2024-05-01 2024-05-31"],
        ),
        (
            "Quý II và 6 tháng đầu năm 2024",
            ["main 2024-01-01 2024-06-30", "cumulative 2024-04-01 2024-06-30"],
        ),
        (
            "Kết quả tháng 5, phương hướng tháng 6 năm 2024",
            ["main 2024-05-01 2024-05-31", "plan 2024-06-01 2024-06-30"],
        ),
        (
            "Tình hình thực hiện kế hoạch năm 2023 và kế hoạch năm 2024",
            ["main 2023-01-01 2023-12-31", "plan 2024-01-01 2024-12-31"],
        ),
        ("Về việc trồng cây", []),
    ],
)
def test_periods_of_a_title(title: str, expect: list[str]) -> None:
    assert [f"{p.role} {p.start} {p.end}" for p in find_report_periods(title, LEXICON)] == expect


def test_year_is_filled_in_and_named() -> None:
    text = "Trong 6 tháng đầu năm, ngày 16/7"
    period, date = anchor_mentions(tag(text), text=text, main=HALF, cutoff=None)
    assert isinstance(period, Period)
    assert isinstance(date, Date)
    assert (period.value.start, period.value.implied) == ("2024-01-01", ("year",))
    assert (date.value.date, date.value.implied) == ("2024-07-16", ("year",))


def test_relative_periods() -> None:
    assert days("năm nay, năm trước, tháng này, tháng trước, quý sau") == [
        "2024-01-01..2024-12-31",
        "2023-01-01..2023-12-31",
        "2024-06-01..2024-06-30",
        "2024-05-01..2024-05-31",
        "2024-07-01..2024-09-30",
    ]


def test_same_period_goes_back_a_year() -> None:
    assert days("so với cùng kỳ") == ["2023-01-01..2023-06-30"]
    assert days("so với cùng kỳ 2022") == ["2022-01-01..2022-06-30"]


def test_same_period_follows_the_main_figure() -> None:
    assert days("Tháng 5 tăng so với cùng kỳ")[1] == "2023-05-01..2023-05-31"
    assert days("Đến 16/6/2024 đạt 35% (Cùng kỳ đạt 32%)")[1] == "2023-01-01..2023-06-16"
    assert days("Tháng 5 khá. Thu tăng so với cùng kỳ")[1] == "2023-01-01..2023-06-30"


def test_plan_sections_look_ahead() -> None:
    text = "Tháng 5 đạt.\n\nPHƯƠNG HƯỚNG\n\nbằng cùng kỳ"
    assert days(text, plan="PHƯƠNG")[1] == "2023-07-01..2023-12-31"


def test_nothing_is_guessed_without_an_anchor() -> None:
    text = "6 tháng đầu năm, ngày 16/7, cùng kỳ"
    assert anchor_mentions(tag(text), text=text, main=None, cutoff=None) == tag(text)
    assert days(text, None, cutoff="2024-06-14") == ["2024-01-01..2024-06-30", "2024-07-16", "None..None"]


def test_leap_day_of_a_common_year_stays_open() -> None:
    main = ReportPeriod(start="2023-01-01", end="2023-12-31", grain="year", role="main")
    assert days("ngày 29/02", main) == ["--02-29"]
