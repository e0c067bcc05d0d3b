"""CUM001 over a table: what the text cumulates to the end of a year, and the row of yearly figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts, is_same_unit
from docanalyze.check.judge import holds
from docanalyze.check.matches import Spot, find_matches, is_alike
from docanalyze.core.figure import Figure

_CHAINED = re.compile(r"(?<!\w)(?:lũy kế|luỹ kế|cộng dồn|tổng cộng từ)(?!\w)")
_UNTIL = re.compile(r"(?<!\w)(?:đến|tới)(?: hết| cuối)?(?: năm| ngày 31/12/) ?(?P<year>(?:19|20)\d\d)(?!\d)")
_FEWEST = 2
"""A running total holds so many years at least."""


def find_running_totals(facts: Facts) -> Iterator[Claim]:
    """Yield the figures cumulated to the end of a year with the years of the row that they add up.

    A row is known by one figure of the sentence that it makes; another one that it does not make is told.
    """
    rows: list[list[tuple[int, Spot]]] | None = None
    told = facts.behind("lũy kế", "luỹ kế", "cộng dồn", "tổng cộng từ")
    for name, figures in facts.by_sentence.items() if told else ():
        if not any(f.mention in told and _CHAINED.search(facts.words_before(f)) for f in figures):
            continue
        dated = [
            (figure, int(found["year"])) for figure in facts.levels_of(name)
            if facts.role_of(figure) == "level" and (found := _UNTIL.search(facts.words_before(figure)))
        ]  # fmt: skip
        if not dated:
            continue
        for (earlier, first), (later, last) in pairwise(dated):
            if first < last and is_same_unit(earlier, later) and later.dimension not in ("%", "point", ""):
                terms = (("total", later), ("part", earlier))  # `lũy kế đến hết năm 2022 …, năm 2023 …`
                yield Claim("CUM001", Equation("not-below", terms), severity="warning")
        rows = _read_rows(facts) if rows is None else rows
        for row in rows:
            equations = [each for figure, year in dated if (each := _cumulate(figure, year, row)) is not None]
            fitting = [each for each in equations if holds(each)]
            yield from (Claim("CUM001", each) for each in fitting)
            for each in equations if fitting else ():
                if not holds(each) and has_edit(each):
                    yield Claim("CUM001", each, severity="warning", tied=True)


def _read_rows(facts: Facts) -> list[list[tuple[int, Spot]]]:
    """Return the rows of figures of one year each, with their years, from the first year on."""
    rows = []
    for spots in find_matches(facts).rows.values():
        row = sorted(
            ((int(next(iter(s.years))), s) for s in spots if len(s.years) == 1), key=lambda each: each[0]
        )
        years = [year for year, _ in row]
        if len(row) > _FEWEST and years == list(range(years[0], years[0] + len(years))):
            rows.append(row)
    return rows


def _cumulate(figure: Figure, until: int, row: list[tuple[int, Spot]]) -> Equation | None:
    parts = [spot.figure for year, spot in row if year <= until]
    alike = all(is_alike(figure, spot) for _, spot in row)
    return add_up(figure, parts) if alike and len(parts) >= _FEWEST and row[-1][0] >= until else None
