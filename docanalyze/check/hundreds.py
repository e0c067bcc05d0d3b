"""Shares of one whole that should make a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate, pairwise
from math import inf

from docanalyze.check.edits import find_edits, has_edit, is_telling
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.graded import find_graded
from docanalyze.check.judge import holds
from docanalyze.check.two_measures import tell_two_measures
from docanalyze.check.unlisted import are_halves
from docanalyze.core.figure import Figure

_SEVERAL = 3
_NAME = 60
"""So long a name may stand behind the last share of a bracket."""


def find_hundreds(facts: Facts) -> Iterator[Claim]:
    """Yield shares of one whole that should make 100 %.

    What: shares printed one after the other in a sentence (`38,26% - 28,71% - 33,03%`) add to 100 %.
    Why: a changed share leaves the sum short or above.
    Tolerance: half a unit of the last printed place of every share; told only if the sum is 100 or one small
    misprint away from it.
    Example: `chiếm 27,9%; … chiếm 72,1%`: 27,9 + 72,1 = 100.
    """
    run: list[Figure] = []
    place: str | None = None
    for figure in facts.prose():
        indicator = facts.by_mention.get(figure.mention)
        if indicator is None or figure.dimension != "%":
            continue
        sentence = facts.mentions[figure.mention].sentence
        fits = indicator.role in ("share", "level") and indicator.against is None
        depth = facts.depths.get(figure.mention, 0)
        if run and sentence == place and depth > facts.depths.get(run[0].mention, 0):
            continue  # `24,6% (KH 25%); 48,2% (KH 48%)`
        if run and (sentence != place or not fits or (depth and _has_left(facts, run, figure))):
            yield from _claim_hundred(facts, run)
            run = []
        place = sentence
        if fits:
            run.append(figure)
    yield from _claim_hundred(facts, run)
    yield from _find_contributions(facts)
    yield from find_graded(facts)


_CONTRIBUTES = re.compile(r"(?<!\w)(?:đóng )?góp(?: (?:được|tới|gần|hơn|trên|khoảng|thêm))?$")
_TAKES = re.compile(r"(?<!\w)(?:làm|kéo|góp phần) giảm|(?<!\w)âm(?!\w)")
_APART = 10
"""Contributions in percent of a growth make a hundred, or something far from it: the growth itself."""


def _find_contributions(facts: Facts) -> Iterator[Claim]:
    """Yield what the parts of a growth contribute to it: `nông nghiệp …, đóng góp 7,4%; công nghiệp …`."""
    told = facts.behind("góp")
    for figures in facts.by_sentence.values() if told else ():
        run = [
            figure
            for figure in figures
            if figure.mention in told
            and figure.dimension == "%"
            and _CONTRIBUTES.search(facts.words_before(figure))
        ]
        if len(run) < _SEVERAL:
            continue
        whole = Equation("hundred", tuple(("part", figure) for figure in run))
        total = sum((figure.value for figure in run), Fraction(0))
        above = 100 < total < _TWICE and not any(_TAKES.search(facts.words_before(each)) for each in figures)
        if (abs(total - 100) < _APART or above) and (holds(whole) or has_edit(whole)):
            yield Claim("SUM003", whole, severity="warning", tied=True)


_TWICE = 200
"""Contributions of so much in all are of something else."""


def _has_left(facts: Facts, run: list[Figure], figure: Figure) -> bool:
    """Return whether a figure stands behind the bracket that lists a run: `(73,8% …, 1,5% …) … (32,6% …`."""
    text = facts.analysis.text
    listed = len(run) > 1 and ")" not in text[run[-2].start : run[-1].start]
    return listed and ")" in text[run[-1].start : figure.start]


def _fills_bracket(facts: Facts, run: list[Figure]) -> bool:
    """Return whether a bracket lists shares, each before its name: `(73,8% 3 sao, 26,2% 4 sao)`."""
    if len(run) < _SEVERAL or not facts.depths.get(run[0].mention):
        return False
    last = run[-1].start + len(run[-1].text)
    closing = facts.analysis.text.find(")", last, last + _NAME)
    return facts.words_before(run[0]).rstrip().endswith("(") and closing > 0


_SECTORS = ("nông", "công nghiệp", "dịch vụ")
"""The sectors of the national accounts: `công nghiệp - xây dựng 46,3%, dịch vụ 42,8%, nông nghiệp 10,9%`."""
_MOST = 1000
_BELOW, _ABOVE = 100 - 1e-6, 100 + 1e-6
"""Floats may be off by as much when shares are added up."""
_OWN_RATE = re.compile(r"(?<!\w)t[ỷỉ] lệ (?!là|đạt|chiếm|lần lượt)[^\W\d]+ [^,;]*$")
_LOST = 2
"""The rank of edits that lose or add a digit."""
_CLOSED = re.compile(r"(?<!\w)(?:còn lại|khác|cơ cấu|lần lượt|ba khu vực)(?!\w)|(?<!\w)và(?: [^,;]*)?$")
"""A list that ends in `và …`, `… khác`, or names its whole: shares of all there is."""


def _claim_hundred(facts: Facts, run: list[Figure]) -> Iterator[Claim]:
    if len(run) < 2:
        return
    words = " ".join(facts.words_before(figure) for figure in run)
    filled = _fills_bracket(facts, run)
    fewest = 2 if len(run) == 2 or ";" in words else 3
    spans = [figure.span if figure.sign > 0 else (-inf, inf) for figure in run]
    lows, highs = ([0.0, *accumulate(ends)] for ends in zip(*spans, strict=True))
    for size in range(len(run), fewest - 1, -1):
        for start in range(len(run) - size + 1):
            end = start + size
            if lows[end] - lows[start] > _ABOVE or highs[end] - highs[start] < _BELOW:
                continue
            equation = Equation("hundred", tuple(("part", figure) for figure in run[start : start + size]))
            if holds(equation):
                yield Claim("SUM003", equation)
                return
    if any(tell_two_measures(facts, one, two) for one, two in pairwise(run)):
        return  # `chiếm 26,7% số dự án và 30% tổng vốn; … 20% số dự án và 18% tổng vốn`
    pairs = (Equation("hundred", (("part", a), ("part", b))) for a, b in pairwise(run) if a.decimals)
    if "cơ cấu" not in words and any(map(holds, pairs)):
        return  # `đúng hạn 96,4%, quá hạn 3,6%, rút hồ sơ 0,1%`: two make all, and the third overlaps
    apart = len(run) == 2 and all(_OWN_RATE.search(facts.words_before(each)) for each in run)
    if apart and not are_halves(facts, *run):
        return  # `tỷ lệ bao phủ bảo hiểm y tế 93,1%; tỷ lệ trẻ em suy dinh dưỡng 9,8%`
    if agree_with_counts(facts, run):
        return  # `nữ 151 người, chiếm 30,26%; tái cử 203 người, chiếm 40,68%; …`: they overlap
    whole = Equation("hundred", tuple(("part", figure) for figure in run))
    total = sum((figure.value for figure in run), Fraction(0))
    if filled and all(figure.decimals for figure in run) and has_edit(whole):
        yield Claim("SUM003", whole, severity="warning", tied=True)
    elif len(run) == len(_SECTORS) and all(sector in words for sector in _SECTORS) and has_edit(whole):
        shares = any(word in words for word in ("cơ cấu", "tỷ trọng", "tỉ trọng"))
        yield Claim("SUM003", whole, severity=None if shares else "warning", tied=True)
    elif len(run) == 2 and _are_halves(facts, run) and (_is_slip(whole) or (total > 110 and has_edit(whole))):
        yield Claim("SUM003", whole, severity="warning", tied=True)  # `nợ phải trả …, vốn chủ sở hữu …`
    elif len(run) >= 2 and 90 < total < 110:
        named = any(word in words for word in ("cơ cấu", "tỷ trọng", "tỉ trọng"))
        near = abs(total - 100) <= 2 and all(figure.decimals for figure in run)
        if "trong đó" in words and (len(run) == 2 or not near):
            # Parts that are named may overlap or be left out; digits swapped are seen nevertheless.
            if total > 100 and len(run) >= 3 and is_telling(whole):
                yield Claim("SUM003", whole, sure=False, severity="warning")
            return
        if total < 100 and _CLOSED.search(words) is None and not _is_slip(whole):
            # `Về tỷ trọng, chi thường xuyên 52,7%, chi đầu tư 34,8%, chuyển nguồn 12,2%`: not all there is
            yield Claim("SUM003", whole, sure=named or near, severity="info")
            return
        closed = len(run) >= 3 and _CLOSED.search(words) is not None and has_edit(whole)
        yield Claim("SUM003", whole, sure=named or near or closed, severity=None if named else "warning")
    elif len(run) >= 2 and total < _MOST and all(figure.decimals for figure in run):
        closed = len(run) >= 3 and _CLOSED.search(words) is not None and "trong đó" not in words
        parted = ";" in words or "tổng" in words  # `chiếm 47,1% tổng dư nợ; …, chiếm 5,0%`: of many parts
        # `chi phí bán hàng …, chi phí quản lý …, bằng lần lượt 6,4% và 3,6% doanh thu`
        pair = len(run) == 2 and (parted or "lần lượt" in words)
        if (closed and has_edit(whole)) or (_is_slip(whole) and not pair):
            yield Claim("SUM003", whole, severity="warning")


def agree_with_counts(facts: Facts, run: list[Figure]) -> bool:
    """Return whether shares are all told with their counts, and these are of one whole."""
    low, high = 0.0, inf
    for ratio in run:
        said = facts.by_mention[ratio.mention]
        owner = facts.indicators.get(said.of or "")
        if owner is None or said.role != "share" or not said.sure or not ratio.rough > ratio.rough_slack:
            return False
        part = facts.figures[owner.mention]
        if part.dimension in ("%", "point") or not part.plain:
            return False
        low = max(low, (part.rough - part.rough_slack) / (ratio.rough + ratio.rough_slack))
        high = min(high, (part.rough + part.rough_slack) / (ratio.rough - ratio.rough_slack))
    return low <= high


def _are_halves(facts: Facts, run: list[Figure]) -> bool:
    """Return whether two shares are those of parts that are all there is."""
    first, second = run
    if facts.role_of(first) != "share" or not are_halves(facts, first, second):
        return False
    # `ở thành thị chiếm 57,1% số vụ; khu vực nông thôn 42,9%`: the verb is that of the first
    return facts.role_of(second) == "share" or _VERB.search(facts.words_before(second)) is None


_VERB = re.compile(r"(?<!\w)(?:đạt|bằng|tăng|giảm|còn|có|t[ỷỉ] lệ|được)(?!\w)")
_RARELY = Fraction(1, 5)


def _is_slip(whole: Equation) -> bool:
    """Return whether swapped or lost digits or a moved separator explain a sum, and hardly by chance."""
    edits = find_edits(whole)
    return bool(edits) and edits[0].rank <= _LOST and is_telling(whole, most=_RARELY)
