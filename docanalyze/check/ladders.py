"""CUM001: months and quarters against what they add up to; MIX001: ratios of a whole and its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from docanalyze.check.edits import find_edits
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts, is_same_unit
from docanalyze.check.far_mixes import find_far_mixes
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.mixes_beside import find_mixes_beside
from docanalyze.check.period_parts import find_next_months, find_period_parts
from docanalyze.check.running_totals import find_running_totals
from docanalyze.check.weighed import WEIGHED, share_base, weigh
from docanalyze.check.weighted_means import find_weighted_means
from docanalyze.check.year_rests import find_year_rests
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words, likeness
from docanalyze.core.relation import Indicator
from docanalyze.lexicon.forms import form_pattern, form_words

_LIKENESS = 0.6
_AHEAD = 6
"""So many figures of a unit after one may go on with its year."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_STRETCH = re.compile(
    r"(?P<last>\d{1,2}) tháng cuối năm|(?P<first>\d{1,2}) tháng(?! trước)|quý (?P<quarter>iv|i{1,3}|[1-4])"
    r"(?!\w)|tháng (?P<month>\d{1,2})(?!\d)|(?P<year>cả năm)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CHAINED = re.compile(r"(?<!\w)(?:lũy kế|luỹ kế|cộng dồn|tính chung)(?!\w)")
_ONLY_CHAINED = re.compile(
    r"[\s,;(]*(?:và\s+)?(?:lũy kế|luỹ kế|cộng dồn|tính chung)"
    r"(?:\s+(?:từ đầu năm|từ đầu năm đến nay|đến nay|là|đạt|ước|được|ước đạt|\d{1,2} tháng|cả năm))*\s*"
)
_OTHER = re.compile(
    r"(?<!\w)(?:cùng kỳ|cùng kì|năm trước|năm ngoái|kế hoạch|dự toán|còn lại|so với|bình quân)(?!\w)"
)
_RATIOS = ("growth", "ratio", "plan-ratio")


class Step(msgspec.Struct, frozen=True):
    """A level with the months of the year that it is of, from the words before it."""

    figure: Figure
    words: frozenset[str]
    first: int
    last: int
    years: frozenset[str]
    chained: bool


def find_ladders(facts: Facts) -> Iterator[Claim]:
    """Yield figures of a longer period with those of the months, quarters or halves that it is made of.

    What: `quý I`, `quý II` and `6 tháng` of one indicator add up; what is cumulated (`lũy kế 5 tháng`) is not
    below the last month of it.
    Why: one of the three is revised and the others are not.
    Tolerance: half a unit of the last printed place of every figure. A sum that fails is told only if one
    small misprint would explain it (a stock is not added over months).
    Example: `quý II đạt 96,87 tỷ USD; 6 tháng đạt 189,91 tỷ USD, quý I là 93,04 tỷ USD`.
    """
    for steps in _read_chains(facts):
        for at, whole in enumerate(steps):
            others = [step for step in steps if step is not whole and _is_one_year(step, whole)]
            parts = _tile(whole, others)
            if parts:
                yield Claim("CUM001", add_up(whole.figure, (part.figure for part in parts)), sure=False)
            if not whole.chained or not at:
                continue
            before = steps[at - 1]
            inside = before.last < whole.last or (before.first > 1 and before.last == whole.last)
            if inside and not before.chained and _is_one_year(before, whole):
                terms = (("total", whole.figure), ("part", before.figure))
                yield Claim("CUM001", Equation("not-below", terms), severity="warning")
    yield from _find_plain_sums(facts)
    yield from find_period_parts(facts)
    yield from find_next_months(facts)
    yield from find_running_totals(facts)
    yield from find_year_rests(facts)


def _find_plain_sums(facts: Facts) -> Iterator[Claim]:
    """Yield `473 nghìn lượt khách, cộng dồn 921 nghìn lượt khách`: the second holds the first."""
    told = facts.behind("lũy kế", "luỹ kế", "cộng dồn", "tính chung")
    for name in facts.by_sentence if told else ():
        for month, whole in pairwise(facts.levels_of(name)):
            if whole.mention not in told:
                continue
            levels = facts.role_of(month) == facts.role_of(whole) == "level" and not month.comparator
            chained = levels and _ONLY_CHAINED.fullmatch(facts.words_before(whole))
            if chained and is_same_unit(month, whole):
                terms = (("total", whole), ("part", month))
                yield Claim("CUM001", Equation("not-below", terms), severity="warning")


def _is_one_year(one: Step, two: Step) -> bool:
    return not one.years or not two.years or one.years == two.years


def _tile(whole: Step, others: list[Step]) -> list[Step]:
    """Return the steps that follow each other through all months of a longer one; none if there are none."""
    parts: list[Step] = []
    month = whole.first
    while month <= whole.last:
        room = whole.last - whole.first
        following = [
            step for step in others
            if step.first == month and step.last <= whole.last and step.last - step.first < room
        ]  # fmt: skip
        if not following:
            return []
        parts.append(max(following, key=lambda step: step.last))
        month = parts[-1].last + 1
    return parts if len(parts) > 1 else []


def _read_chains(facts: Facts) -> Iterator[list[Step]]:
    """Yield levels of one block and unit, with their months, that go on under the name of the first."""
    rate = form_pattern(r"(?<!\w)<rate_head>")
    blocks = {sentence.id: sentence.block for sentence in facts.sentences}
    open_chains: dict[tuple[str | None, str], list[Step]] = {}
    for name, figures in facts.by_sentence.items():
        for figure in figures:
            step = _read_step(facts, figure, rate)
            if step is None:
                continue
            key = (blocks.get(name), figure.dimension)
            chain = open_chains.get(key)
            if chain and (not step.words or likeness(step.words, chain[0].words) >= _LIKENESS):
                chain.append(step)
                continue
            if chain is not None and len(chain) > 1:
                yield chain[: _AHEAD + 1]
            open_chains[key] = [step]
    yield from (chain[: _AHEAD + 1] for chain in open_chains.values() if len(chain) > 1)


def _read_step(facts: Facts, figure: Figure, rate: re.Pattern[str]) -> Step | None:
    indicator = facts.by_mention.get(figure.mention)
    if indicator is None or indicator.role not in ("level", "base") or figure.number != figure.high:
        return None
    if figure.dimension in ("", "%", "point", "lần") or "/" in figure.dimension:
        return None
    lead = facts.words_before(figure)
    if "tháng" not in lead and "quý" not in lead and "cả năm" not in lead:
        return None
    *_, found = (None, *_STRETCH.finditer(lead))
    if (
        found is None
        or rate.search(indicator.name)
        or _OTHER.search(lead[found.end() :] if indicator.role == "level" else lead)
    ):
        return None
    first, last = _read_months(found)
    if not 1 <= first <= last <= 12:
        return None
    words = fold_words(indicator.name) if indicator.role == "level" else frozenset()
    years = frozenset(_YEAR.findall(lead[found.start() :]))
    return Step(figure, words - empty_words(facts), first, last, years, _CHAINED.search(lead) is not None)


def _read_months(found: re.Match[str]) -> tuple[int, int]:
    if found["last"]:
        return 13 - int(found["last"]), 12
    if found["first"]:
        return 1, int(found["first"])
    if found["quarter"]:
        quarter = _ROMAN.get(found["quarter"]) or int(found["quarter"])
        return 3 * quarter - 2, 3 * quarter
    if found["month"]:
        return int(found["month"]), int(found["month"])
    return 1, 12


_COMMON = re.compile(
    r"(?<!\w)(?:chung|bình quân|toàn (?:tỉnh|huyện|thành phố|xã|ngành|quốc)|cả nước)(?!\w)", re.IGNORECASE
)
_HIGHEST = re.compile(r"(?<!\w)cao nhất(?!\w)", re.IGNORECASE)
_LOWEST = re.compile(r"(?<!\w)thấp nhất(?!\w)", re.IGNORECASE)


def find_mixes(facts: Facts) -> Iterator[Claim]:
    """Yield the ratio of a total against the lowest and the highest ratio of its parts.

    What: the growth or plan completion of a whole is the weighted mean of its parts' and lies between them;
    so is its yield, if a total and parts of the same names stand in a sentence before.
    Why: it can be checked without the plan and the earlier figures.
    Tolerance: half a unit of the last printed place. All parts must be listed with their ratio, and the
    parts must add up to the whole; or the highest and the lowest ratio must be named as such.
    Example: `giá trị sản xuất 870 tỷ đồng, đạt 58,1%; khu vực I 420 tỷ đồng, đạt 55,7%; khu vực II 450 tỷ
    đồng, đạt 60,8%`.
    """
    yield from find_weighted_means(facts)
    yield from find_mixes_beside(facts)
    parts: dict[str, list[Indicator]] = {}
    ratios: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in facts.indicators.values():
        if indicator.part_of is not None:
            parts.setdefault(indicator.part_of, []).append(indicator)
        if indicator.of is not None and indicator.role in _RATIOS:
            ratios.setdefault((indicator.of, indicator.role or ""), []).append(indicator)
    for whole, listed in parts.items():
        figures = [facts.figures[facts.indicators[name].mention] for name in (whole, *(p.id for p in listed))]
        if len(listed) < 2 or len({figure.dimension for figure in figures}) > 1:
            continue
        if not holds(add_up(figures[0], figures[1:])):
            continue
        for role in _RATIOS:
            owners = (whole, *(part.id for part in listed))
            rows = [[one for one in ratios.get((name, role), ()) if one.sure] for name in owners]
            several = any(len(ratios.get((name, role), ())) > 1 for name in owners)
            alike = len({len(row) for row in rows}) == 1
            for said in zip(*rows, strict=False):
                if any(ratio.against != said[0].against for ratio in said):
                    break
                found = [facts.figures[ratio.mention] for ratio in said]
                based = share_base(facts, found)
                yield from _claim_mix(figures, found, role, listed, loose=several and not (alike and based))
                if not alike:
                    break
    yield from find_far_mixes(facts)
    yield from _find_extremes(facts)
    yield from _find_all_of(facts)


def _claim_mix(
    figures: list[Figure], ratios: list[Figure], role: str, listed: list[Indicator], *, loose: bool
) -> Iterator[Claim]:
    """Yield the ratio of a whole against its parts'; a `loose` one of several only if it holds."""
    terms = (("total", ratios[0]), *(("part", figure) for figure in ratios[1:]))
    between = Equation("between", terms)
    if loose and not holds(between):
        return  # `đạt 48,0% kế hoạch trung ương giao và 45,4% kế hoạch tỉnh giao`
    mean = weigh(role, figures, ratios) if role in WEIGHED else None
    told = mean is not None and (
        holds(mean) or _is_misprinted(mean) or (_are_of_class(listed) and _is_missed(mean))
    )
    if mean is not None and told and (holds(between) or _are_of_class(listed)):
        yield Claim("MIX001", mean, severity="warning", tied=True)
    else:
        counted = figures[0].digits >= _COUNTED
        yield Claim("MIX001", between, severity="warning", tied=role == "growth" and counted)


_COUNTED = 3
"""Totals of so many digits are hardly made by parts of other things."""
_SECTOR = "khu vực "
"""The sectors of an economy are all there is of it, and each has a plan."""
_CLASSES = (*form_words("place_class"), *form_words("unit_class"))


def _is_misprinted(mean: Equation) -> bool:
    """Return whether a misprinted ratio explains that a mean fails.

    Only of what is weighed or counted: the growth of money may be in prices of another year, and plans may
    hold what no part has.
    """
    return mean.form == "grown" and not mean.one("total").dimension.isupper() and _is_missed(mean)


def _are_of_class(listed: list[Indicator]) -> bool:
    """Return whether all parts are places of one class, which have plans of their own: `cụm A …; cụm B …`."""
    names = [part.name.split() for part in listed]
    if not all(len(name) > 1 for name in names):
        return False
    sectors = all(part.name.startswith(_SECTOR) for part in listed)
    one = len({name[0] for name in names}) == 1 and names[0][0] in _CLASSES
    return sectors or (one and all(part.listing == "complete" for part in listed))


def _is_missed(mean: Equation) -> bool:
    """Return whether a misprinted ratio explains that a whole does not go with all of its parts."""
    return any(mean.terms[edit.at][0] in ("ratio", "part-ratio") for edit in find_edits(mean))


def _find_extremes(facts: Facts) -> Iterator[Claim]:
    """Yield `tỷ lệ chung 92,3%, cao nhất là A (95,9%), thấp nhất là B (88,4%)`, in one sentence."""
    for figures in facts.sentences_behind("thấp nhất").values():
        ratios = [figure for figure in figures if figure.dimension == "%" and figure.comparator is None]
        if len(ratios) < 3:
            continue
        said = [facts.words_before(figure) for figure in ratios]
        common = [figure for figure, words in zip(ratios, said, strict=True) if _COMMON.search(words)]
        highest, lowest = (
            [figure for figure, words in zip(ratios, said, strict=True) if pattern.search(words)]
            for pattern in (_HIGHEST, _LOWEST)
        )
        if len(common) == len(highest) == len(lowest) == 1 and common[0] is ratios[0]:
            terms = (("total", common[0]), ("part", highest[0]), ("part", lowest[0]))
            if len({figure.mention for _, figure in terms}) == 3:
                yield Claim("MIX001", Equation("between", terms), severity="warning")


_ALL_OF = re.compile(
    r"(?<!\w)(?:(?:gộp|tính|cộng)(?: lại| chung)?(?: của)?|chung(?: cho| của)?) cả "
    r"(?P<count>hai|ba|bốn|năm|sáu|[2-6])(?!\w)"
)
_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}


def _find_all_of(facts: Facts) -> Iterator[Claim]:
    """Yield `A tăng 5,1%, B tăng 7,7%, C tăng 3,9%; gộp cả ba tăng 5,6%`: of as many as stand before it."""
    told = facts.sentences_with("cả")
    for name, figures in facts.sentences_in_roles("growth").items() if told else ():
        if name not in told:
            continue
        growths = [
            figure for figure in figures if facts.role_of(figure) == "growth" and figure.dimension == "%"
        ]
        for at, whole in enumerate(growths):
            if at < 2:
                continue
            before = growths[at - 1]
            words = facts.analysis.text[before.start + len(before.text) : whole.start].lower()
            found = _ALL_OF.search(" ".join(words.split()))
            count = _COUNTS.get(found["count"]) or int(found["count"]) if found else None
            if count == at:
                terms = (("total", whole), *(("part", figure) for figure in growths[:at]))
                yield Claim("MIX001", Equation("between", terms), severity="warning")
