"""The lexicon's words of dates and periods as compiled patterns, once for each lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from docanalyze.core.mention import Grain
from docanalyze.lexicon import Lexicon
from docanalyze.tag.bounds import DASH, GAP, GAP0, word_choice

Frequency = Literal["monthly", "quarterly", "yearly", "weekly", "daily"]
YEAR = r"(?:19|20)\d\d(?!\d)(?![.,]\d)"
VIETNAMESE = "a-zà-ỹđ"


@dataclass(frozen=True)
class PeriodWords:
    """The lexicon's words of periods as compiled patterns."""

    numerals: dict[str, int]
    numeral_back: re.Pattern[str]
    vague_back: re.Pattern[str]
    vague_after: re.Pattern[str]
    relatives: dict[str, str]
    relative: re.Pattern[str]
    relative_heads: tuple[str, ...]
    head_back: re.Pattern[str]
    heads: dict[str, Grain]
    season: re.Pattern[str]
    season_back: re.Pattern[str]
    dated_season: re.Pattern[str]
    bare: re.Pattern[str]
    bare_stop: re.Pattern[str]
    frequency: re.Pattern[str]
    frequencies: dict[str, Frequency]
    frequency_back: re.Pattern[str]
    result_back: re.Pattern[str]
    result_after: re.Pattern[str]
    lasting_back: re.Pattern[str]
    counted_back: re.Pattern[str]


@lru_cache(maxsize=8)
def read_period_words(lexicon: Lexicon) -> PeriodWords:
    """Return the patterns of the lexicon's `calendar` list, compiled once."""
    table = lexicon["calendar"]
    numerals: dict[str, int] = dict(table["numerals"])
    heads: dict[str, Grain] = {n: h["grain"] for h in table["head"] for n in h["names"]}
    relatives = {n: r["key"] for r in table["relative"] for n in r["names"]}
    units: dict[str, Frequency] = dict(table["frequency"]["units"])
    unit = word_choice(list(units))
    only = set(table["seasons"]["only_after_vu"])
    season = word_choice([n for n in table["seasons"]["names"] if n not in only])
    any_season = word_choice(list(table["seasons"]["names"]))
    years = rf"(?:{GAP}(?:năm{GAP})?({YEAR})(?:{GAP0}(?:{DASH}|/){GAP0}({YEAR}))?)"
    named = [h for h in heads if heads[h] == "crop-season"]
    return PeriodWords(
        numerals=numerals,
        numeral_back=re.compile(rf"(?<![\w/.,])(\d{{1,2}}|{word_choice(list(numerals))}){GAP}\Z"),
        vague_back=re.compile(rf"(?<!\w)(?:\d+|{word_choice(list(table['vague']['before']))}){GAP}\Z"),
        vague_after=re.compile(rf"{GAP}{word_choice(list(table['vague']['after']))}(?!\w)"),
        relatives=relatives,
        relative=re.compile(word_choice(list(relatives)) + r"(?!\w)"),
        relative_heads=tuple(sorted({name.split()[0] for name in relatives})),
        head_back=re.compile(
            rf"(?<!\w)(?P<head>{word_choice(list(heads))}){GAP}"
            rf"(?:(?:từ{GAP})?(?:\d{{1,2}}{GAP})?năm{GAP}|từ{GAP})?\Z|(?<![\w/.,])(?P<count>\d{{1,2}}){GAP}năm{GAP}\Z"
        ),
        heads=heads,
        # Season names without `vụ` need years: they are looked for before years only.
        season=re.compile(rf"vụ{GAP}(?:lúa{GAP}|mùa{GAP}(?=[đhtx]))?{any_season}(?!\w){years}?(?!\w)"),
        season_back=re.compile(rf"(?:{word_choice(named)}|{season}){GAP}(?:năm{GAP})?\Z"),
        dated_season=re.compile(rf"(?:{word_choice(named)}|{season}){years}"),
        bare=re.compile(rf"(?<!\w)(?:{word_choice(list(table['bare_year']['after']))}){GAP}\Z"),
        bare_stop=re.compile(rf"{GAP}(?:{word_choice(list(table['bare_year']['not_before']))}(?!\w)|%)|%"),
        frequency=re.compile(
            rf"(?:{word_choice(list(table['frequency']['heads']))}){GAP}({unit})"
            rf"(?!\w)(?!{GAP}(?:\d|{word_choice(list(table['frequency']['not_before']))}))"
            rf"(?:(?:{GAP0},{GAP0}|{GAP}(?:và|hoặc){GAP}){unit}(?![{VIETNAMESE}])){{0,4}}"
        ),
        frequencies=units,
        frequency_back=re.compile(rf"(?<!\w){word_choice(list(table['frequency']['not_after']))}{GAP}\Z"),
        result_after=re.compile(
            rf"{GAP}(?:{word_choice(list(table['reported']['verbs']))}(?!\w)"
            rf"|(?:{word_choice(list(table['reported']['links']))}{GAP}){{0,2}}\d[\d.,]*{GAP}"
            rf"(?!{word_choice(list(table['reported']['not_after']))}(?!\w))[^\W\d_])"
        ),
        lasting_back=re.compile(rf"(?<!\w){word_choice(list(table['reported']['lasting']))}{GAP}\Z"),
        counted_back=re.compile(rf"(?<![\w/.,])(\d{{1,2}}|{word_choice(list(numerals))}){GAP}năm{GAP}\($"),
        result_back=re.compile(rf"(?<!\w){word_choice(list(table['reported']['before']))}{GAP}\Z"),
    )
