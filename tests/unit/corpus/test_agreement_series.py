"""The second pass over the indicators of series: in step with the texts, and scored as comparisons are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from corpus.tools.agreement_series import (
    SECOND_DEV,
    Places,
    compare_passes,
    main,
    place_marks,
    read_first,
    read_second,
    read_texts,
    score_dev_pass,
    score_series_pass,
)
from corpus.tools.series import DEV, MARKS, GoldSeries, read_gold
from docanalyze.compare.book import Book
from tests.series import score_series

FIRST = ["Thu {a:10 tỷ đồng}, chi {b:8 tỷ đồng}, nợ {c:3 tỷ đồng}.", "Chi {b:9 tỷ đồng}, thu {a:12 tỷ đồng}."]


def test_the_second_pass_has_the_words_of_the_texts() -> None:
    second = read_second()
    assert len(second) == 2
    for name, texts in second.items():
        assert [MARKS.sub(r"\2", text) for text in texts] == [
            MARKS.sub(r"\2", text) for text in read_first(name)
        ]


def test_the_second_pass_over_whole_reports_has_their_words() -> None:
    texts = dict(read_texts(SECOND_DEV))
    assert list(texts) == [report for _, reports, *_ in read_gold("seen") for report in reports]
    for report, text in texts.items():
        assert MARKS.sub(r"\2", text) == (DEV / f"{report}.txt").read_text(encoding="utf-8")


def test_agreement_on_links_of_whole_reports() -> None:
    small, large = score_dev_pass()
    assert (small.series, large.series) == ("bo-tmcn", "so-nn")
    assert small.recall == large.precision == 1
    assert [link.how for link in (*small.second, *large.first) if link.how != "both"] == ["unmarked"] * 2


def test_agreement_on_links() -> None:
    agreements = score_series_pass()
    assert all(len(each.first) > 70 and len(each.second) > 70 for each in agreements)
    assert all(each.recall == 1 and 0.95 < each.precision < 1 for each in agreements)


def test_figures_are_told_apart_by_their_place() -> None:
    places = place_marks(["Thu {a:5 người}, chi {b:5 người}."])
    assert places == {"a": {0: {4: "5 người"}}, "b": {0: {17: "5 người"}}}


@pytest.mark.parametrize(
    ("second", "first_how", "second_how"),
    [
        (["Thu {x:10 tỷ đồng}, chi {y:8 tỷ đồng}, nợ 3 tỷ đồng.", "Chi {y:9 tỷ đồng}, thu {x:12 tỷ đồng}."],
         ["both", "both"], ["both", "both"]),
        (["Thu {x:10 tỷ đồng}, chi {y:8 tỷ đồng}, nợ 3 tỷ đồng.", "Chi {x:9 tỷ đồng}, thu {y:12 tỷ đồng}."],
         ["otherwise", "otherwise"], ["otherwise", "otherwise"]),
        (["Thu {x:10 tỷ đồng}, chi 8 tỷ đồng, nợ {z:3 tỷ đồng}.", "Chi {z:9 tỷ đồng}, thu {x:12 tỷ đồng}."],
         ["both", "unmarked"], ["both", "otherwise"]),
    ],
)  # fmt: skip
def test_a_link_that_only_one_pass_has_is_told(
    second: list[str], first_how: list[str], second_how: list[str]
) -> None:
    agreement = compare_passes("s", place_marks(FIRST), place_marks(second))
    assert [link.how for link in agreement.first] == first_how
    assert [link.how for link in agreement.second] == second_how


def _as_gold(places: Places) -> GoldSeries:
    rows = [
        (key, {n: {f"{at}" for at in figures} for n, figures in reports.items()})
        for key, reports in places.items()
    ]
    return GoldSeries("s", [], rows, [])


def _as_book(places: Places) -> Book:
    """Return a pass in the shape that a comparison has: an identity for each indicator."""

    def entry(figures: dict[int, str]) -> Any:
        seen = [SimpleNamespace(mention=SimpleNamespace(id=f"{at}", text=t)) for at, t in figures.items()]
        return SimpleNamespace(observations=seen, name=SimpleNamespace(printed="?"))

    identities = [
        SimpleNamespace(score=1.0, entries={n: entry(figures) for n, figures in reports.items()})
        for reports in places.values()
    ]
    return cast("Book", SimpleNamespace(identities=identities))


@pytest.mark.parametrize("shift", [0, 1, 5])
def test_links_are_counted_as_a_comparison_is(shift: int) -> None:
    """Also of a pass that takes the keys of its last report from other figures."""
    for name, texts in read_second().items():
        first, second = place_marks(read_first(name)), place_marks(texts)
        last = [reports for reports in second.values() if 2 in reports]
        turned = [reports[2] for reports in last]
        for number, reports in enumerate(last):
            reports[2] = turned[(number + shift) % len(last)]
        agreement = compare_passes(name, first, second)
        outcome = score_series(_as_gold(first), _as_book(second))
        assert (outcome.wanted, outcome.found) == (
            len(agreement.first),
            sum(link.how == "both" for link in agreement.first),
        )
        assert outcome.precision == agreement.precision
        assert outcome.recall == agreement.recall
        assert (agreement.recall < 0.6) == bool(shift)


def test_the_command_prints_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--misses"]) == 0
    printed = capsys.readouterr().out
    assert "| both series | 148 | 151 | 0.980 | 1.000 |" in printed
    assert "| both series | 60 | 60 | 0.983 | 0.983 |" in printed
    assert printed.count("second alone, unmarked") == 4
    assert printed.count("first alone, unmarked") == 1
