"""Crop seasons, frequencies, ten days of a month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docanalyze.tag.bounds import GAP
from docanalyze.tag.period_values import Shape, ShapeAt, inside_word
from docanalyze.tag.period_words import PeriodWords

_NO_SEASON = ("dịch ", "nhiệm ", "nghiệp ", "phục ", "chức ", "nghĩa ", "tài ")
"""Words that end in `vụ`: `dịch vụ thu phí`."""


def read_seasons(low: str, words: PeriodWords, years: Sequence[int]) -> Iterator[ShapeAt]:
    """Yield the crop seasons: `vụ Hè Thu 2024`, and at one of the `years` those that are not called vụ."""
    for found in (*words.season.finditer(low), *_find_dated(low, words, years)):
        start, end = found.span()
        if inside_word(low, start) or low[end : end + 1].isalnum() or low.endswith(_NO_SEASON, 0, start):
            continue
        yield ShapeAt(start, end, "period.crop-season", Shape("crop-season"))


def _find_dated(low: str, words: PeriodWords, years: Sequence[int]) -> Iterator[re.Match[str]]:
    for year in years:
        back = words.season_back.search(low, max(0, year - 32), year)
        found = None if back is None else words.dated_season.match(low, back.start())
        if found is not None:
            yield found


def read_frequencies(low: str, words: PeriodWords) -> Iterator[ShapeAt]:
    """Yield the frequencies: `hằng tháng, quý`."""
    for found in words.frequency.finditer(low):
        start = found.start()
        if inside_word(low, start):
            continue
        if words.frequency_back.search(low, max(0, start - 10), start):
            continue
        unit = words.frequencies[found[1]]
        yield ShapeAt(start, found.end(), "period.frequency", Shape(None, frequency=unit))


_DEKAD = re.compile(
    rf"(?<!\w)(?:(?:10|mười){GAP}ngày{GAP}(?P<part>đầu|giữa|cuối)|(?P<week>thượng|trung|hạ){GAP}tuần){GAP}\Z"
)
_DEKADS = {"đầu": 1, "giữa": 2, "cuối": 3, "thượng": 1, "trung": 2, "hạ": 3}


def read_dekads(low: str, found: list[ShapeAt]) -> Iterator[ShapeAt]:
    """Yield `10 ngày đầu tháng 6/2023`, `thượng tuần tháng 6`: ten days with the month they stand before."""
    for month in found:
        if month.shape.grain != "month" or not low.startswith("tháng", month.start):
            continue
        first = max(0, month.start - 64)
        left = low[first : month.start]
        head = _DEKAD.search(low, first, month.start) if "tuần" in left or "ngày" in left else None
        if head is not None:
            shape = month.shape._replace(grain="dekad", dekad=_DEKADS[head["part"] or head["week"]])
            yield ShapeAt(head.start(), month.end, "period.dekad", shape)
