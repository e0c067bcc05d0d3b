"""Periods: `6 tháng đầu năm 2023`, `quý II`, `giai đoạn 2021 - 2025`, `cùng kỳ` -> `Period` mentions.

The head word belongs to the span, `đến`, `trong`, `từ`, `so với` do not (guideline 0.1). Where the
year is not printed there are no ends: `anchor.py` fills them from the report's own period.
"""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.core.mention import Grain, Period, PeriodValue
from docanalyze.lexicon import Lexicon
from docanalyze.tag.bounds import fold, read_bound
from docanalyze.tag.calendar import Days, dekad_days, month_days, school_days, year_days
from docanalyze.tag.period_shapes import find_shapes
from docanalyze.tag.period_values import Shape, ShapeAt

_LONG: tuple[Grain, ...] = ("year", "years", "school-year", "crop-season")


def find_periods(text: str, lexicon: Lexicon) -> Iterator[Period]:
    """Yield the periods of `text` in order; ends are ISO dates, inclusive, absent where no year is printed.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [(p.text, p.value.end) for p in find_periods("Trong 6 tháng đầu năm 2023", load_lexicon())]
    [('6 tháng đầu năm 2023', '2023-06-30')]
    """
    low = fold(text)
    for at in find_shapes(text, low, lexicon):
        shape = at.shape
        days = shape_days(shape, shape.year)
        dated = days is not None or shape.frequency or shape.grain == "crop-season"
        yield Period(
            text=text[at.start : at.end],
            start=at.start,
            end=at.end,
            rule=at.rule,
            value=PeriodValue(
                grain=shape.grain,
                start=days.start if days else None,
                end=days.end if days else None,
                relative=shape.relative,
                implied=() if (dated and not at.shared_year) or shape.relative else ("year",),
                bound=None
                if shape.frequency
                else read_bound(low, at.start, lexicon, day=shape.grain not in _LONG),
                frequency=shape.frequency,
            ),
        )


def shape_days(shape: Shape, year: int | None) -> Days | None:
    """Return the days of a period's shape in `year`, or None where the shape has no calendar days."""
    if year is None or shape.frequency or shape.relative or shape.grain == "crop-season":
        return None
    if shape.grain == "school-year":
        return school_days(year)
    if shape.dekad is not None and shape.first is not None:
        return dekad_days(year, shape.first, shape.dekad)
    if shape.first is not None and shape.last is not None:
        return month_days(year, shape.first, shape.last)
    return year_days(year, shape.last_year or year)


__all__ = ["Shape", "ShapeAt", "find_periods", "shape_days"]
