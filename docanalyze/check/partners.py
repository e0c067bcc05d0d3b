"""What a ratio is of and measured against where one of them stands in another sentence of its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import COMPARISONS, Equation, compare
from docanalyze.check.facts import Facts, last_clause
from docanalyze.check.judge import holds
from docanalyze.check.said import read_clause
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Indicator
from docanalyze.lexicon.cues import cue_pattern

_CALLED = 40
_SETS = re.compile(r"(?<!\w)(?:đặt|đề|giao|thông qua|xây dựng)(?: ra)? (?:kế hoạch|mục tiêu|chỉ tiêu)(?!\w)")
_AND = re.compile(r"\W*(?:và|cùng) (?!\w*\W*(?:tăng|giảm))")
"""`đặt kế hoạch doanh thu 742 tỷ đồng và lợi nhuận trước thuế 87 tỷ đồng`."""
PLANNED = re.compile(
    r"(?<!\w)(?<!theo )(?:kế hoạch|dự toán|chỉ tiêu|được giao"
    r"|(?<!bàn )giao(?! (?:thông|dịch|nhận|lưu|thương|tiếp|hàng|hữu))|phân bổ|bố trí|mục tiêu)(?!\w)"
)
_FIRST_MONTHS = "tháng đầu năm"
"""`6 tháng đầu năm 2024`: no earlier time, as `đầu năm` is."""
_COMPARED = re.compile(r"^.*(?<!\w)so (?:với )?.*? và ")
"""`giảm 24% so với tháng trước và lượng nhập khẩu là 4.826 tấn`: another of this month."""
_BACK = 3
"""How many sentences before a ratio may hold its partners."""
_EXPLAINED = 4
_HEAD = 2
"""So many words at its head say what a ratio is of."""
_PAIRS = 12
"""How many pairs are tried, so that one that fits seldom does by chance."""

Triple = tuple[Figure, Figure, Figure, bool]


def find_triple(facts: Facts, indicator: Indicator) -> Triple | None:
    """Return ratio, figure and base of a ratio with one of the two in a sentence nearby, and if that is sure.

    None unless one pair fits, or there is only one pair and words name its base as such.
    """
    ratio = facts.figures[indicator.mention]
    plan = indicator.role in ("plan-ratio", "plan-growth")
    bases = list(_find_bases(facts, indicator, plan=plan))
    if plan and len(bases) > 1:
        bases = _keep_called(facts, ratio, bases)
    actuals = list(_find_actuals(facts, indicator)) if bases else []
    form = COMPARISONS[indicator.role or ""]
    possible = (
        compare(form, actual, base, ratio)
        for actual in actuals for base in bases
        if actual.mention != base.mention and _may_compare(ratio, actual, base)
    )  # fmt: skip
    pairs = _keep_named(facts, indicator, list(islice(possible, _PAIRS)))
    telling = ratio.decimals or ratio.number.adjusted() >= 1 + (form == "difference")
    fitting = next((pair for pair in pairs if holds(pair)), None) if telling else None
    if fitting is not None:
        return _unpack(fitting, ratio, sure=False)
    explained = [pair for pair in pairs[:_EXPLAINED] if has_edit(pair)]
    if len(explained) == 1 or (explained and explained[0] is pairs[0]):
        return _unpack(explained[0], ratio, sure=False)
    return None


_PLAN_WORDS = fold_words("kế hoạch mục tiêu chỉ tiêu dự toán")


def _keep_called(facts: Facts, ratio: Figure, plans: list[Figure]) -> list[Figure]:
    """Return the one plan that the words behind a ratio call: `hoàn thành 13,5% kế hoạch lợi nhuận năm`."""
    end = ratio.start + len(ratio.text)
    behind = facts.analysis.text[end : end + _CALLED].lower()
    words = fold_words(re.split(r"[.,;:\n]", behind)[0]) - _PLAN_WORDS
    named = [each for each in plans if len(words & fold_words(facts.by_mention[each.mention].name)) >= _HEAD]
    return named if len(named) == 1 else plans


def _keep_named(facts: Facts, indicator: Indicator, pairs: list[Equation]) -> list[Equation]:
    """Return the pairs of the one figure that a ratio names: `chi chuyển nguồn …. Chuyển nguồn giảm …`."""
    head = fold_words(" ".join(indicator.name.split()[:_HEAD]))
    if indicator.of is not None or len(head) < _HEAD:
        return pairs
    named = [
        pair for pair in pairs
        if head <= fold_words(facts.by_mention[pair.one("actual").mention].name)
    ]  # fmt: skip
    return named if len({pair.one("actual").mention for pair in named}) == 1 else pairs


def _unpack(pair: Equation, ratio: Figure, *, sure: bool) -> Triple:
    return ratio, pair.one("actual"), pair.one("base"), sure


def _may_compare(ratio: Figure, actual: Figure, base: Figure) -> bool:
    if ratio.dimension == "point":
        return actual.dimension == base.dimension == "%"
    if ratio.dimension not in ("%", "lần") and not is_alike(ratio, actual):
        return False
    return actual.dimension not in ("%", "point") and is_alike(actual, base)


def _find_actuals(facts: Facts, indicator: Indicator) -> Iterator[Figure]:
    """Yield what a ratio may be of, the likeliest first."""
    own = facts.indicators.get(indicator.of or "")
    if own is not None:
        figure = facts.figures[own.mention]
        if not (indicator.role == "plan-ratio" and PLANNED.search(read_clause(facts, figure))):
            yield figure
            return
    ratio = facts.figures[indicator.mention]
    for name in facts.paragraph_before(ratio, _BACK):
        levels = [figure for figure in facts.levels_of(name) if figure.start < ratio.start]
        here = name == facts.mentions[ratio.mention].sentence
        for figure in reversed(levels) if here else levels:
            if facts.role_of(figure) == "level":
                yield figure


class Call(NamedTuple):
    """What the name before a level calls it: a plan, one that somebody `sets`, or of an earlier time."""

    planned: bool
    sets: bool
    earlier: bool


def read_call(facts: Facts, figure: Figure) -> Call:
    """Return what a level is called, read once: it is near many a ratio."""
    calls: dict[str, Call] = facts.memo.setdefault("calls", {})
    call = calls.get(figure.mention)
    if call is None:
        call = calls[figure.mention] = _read_call(facts, figure)
    return call


def _read_call(facts: Facts, figure: Figure) -> Call:
    words, role = last_clause(facts.words_before(figure).rstrip(" (:")), facts.role_of(figure)
    planned = role == "plan" or PLANNED.search(words) is not None
    sets = planned and _SETS.search(words) is not None
    if role == "base":
        return Call(planned, sets, earlier=True)
    words = _COMPARED.sub("", words) if " và " in words else words
    words = words.replace(_FIRST_MONTHS, " ")
    return Call(planned, sets, cue_pattern(facts.lexicon, "base").search(words) is not None)


def _list_taken(facts: Facts) -> frozenset[str | None]:
    """Return the indicators that some ratio is measured against already."""
    known = facts.memo.get("taken")
    if known is None:
        known = facts.memo["taken"] = frozenset(each.against for each in facts.indicators.values())
    taken: frozenset[str | None] = known
    return taken


def _find_bases(facts: Facts, indicator: Indicator, *, plan: bool) -> Iterator[Figure]:
    """Yield what a ratio may be measured against: named as a plan, or as of an earlier time."""
    own = facts.indicators.get(indicator.against or "")
    if own is not None:
        yield facts.figures[own.mention]
        return
    ratio = facts.figures[indicator.mention]
    here = facts.mentions[ratio.mention].sentence
    taken = _list_taken(facts)
    names = facts.paragraph_before(ratio, _BACK)
    if not plan:
        names = [*islice(facts.paragraph_after(ratio, 1), 1), *names]
    for name in names:
        listed = False
        for figure in facts.levels_of(name):
            if (name == here) == plan and facts.by_mention[figure.mention].id in taken:
                continue  # a plan is that of a later sentence, too; a base is only of its own
            if name == here and facts.is_past(figure, ratio):
                continue
            called = read_call(facts, figure)
            planned = called.planned
            if plan and name == here and not planned:
                planned = PLANNED.match(read_clause(facts, figure)) is not None
            if plan and (planned or (listed and name != here and _AND.match(facts.words_before(figure)))):
                yield figure
            listed = listed or (planned and called.sets)
            if plan or facts.by_mention[figure.mention].of is not None:
                continue
            if called.earlier:
                yield figure
    for name in islice(facts.paragraph_after(ratio, 1), 1) if plan else ():
        # `hoàn thành 54,1% dự toán. Dự toán cả năm HĐND tỉnh giao là 14.200 tỷ đồng`
        yield from (f for f in facts.levels_of(name)[:1] if PLANNED.match(facts.words_before(f)))
