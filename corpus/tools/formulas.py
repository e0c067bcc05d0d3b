"""The formulas of the arithmetic relations: operands by role in, verdict and arithmetic out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from corpus.tools.figures import Figure, Reading
from corpus.tools.interval import Span, show

Outcome = tuple[str, str]
Computed = Callable[[Reading], Span | None]


class Unfit(Exception):
    """The operands do not fit the formula; the message says what is missing."""


@dataclass
class Operands:
    """The figures of a relation in their order, with its options (`list=open`, `items=3`)."""

    pairs: list[tuple[str, Figure]]
    options: dict[str, list[str]]

    def all(self, *roles: str) -> list[Figure]:
        """Return the figures with any of the roles, in their order."""
        return [figure for role, figure in self.pairs if role in roles]

    def one(self, *roles: str) -> Figure:
        """Return the one figure with any of the roles."""
        found = self.all(*roles)
        if len(found) != 1:
            raise Unfit(f"needs exactly one {' or '.join(roles)}, has {len(found)}")
        return found[0]

    def parts(self) -> list[Figure]:
        """Return the parts; there is at least one."""
        found = self.all("part")
        if not found:
            raise Unfit("needs a part")
        return found

    @property
    def estimate(self) -> bool:
        """Return whether any figure is an estimate."""
        return any(figure.estimate for _, figure in self.pairs)


def _judge(operands: Operands, computed: Computed, printed: Figure, arithmetic: str, *, signed: bool = False,
           exact: bool | None = None, scale: Fraction = Fraction(1),
           at_most: bool = False) -> Outcome:  # fmt: skip
    """Return the verdict on a printed result: do computed and printed interval meet, and how read?"""

    def meets(of_parts: Reading, of_result: Reading) -> bool | None:
        left = computed(of_parts)
        if left is None:
            return None
        right = printed.span(of_result, signed=signed, exact=exact).scaled(scale)
        if at_most:
            right = Span(None, right.high, high_open=right.high_open)
        return left.meets(right)

    rounded = computed("rounded")
    stands = printed.span("rounded", signed=signed, exact=exact)
    unit = 1 / printed.factor
    found = "-" if rounded is None else rounded.scaled(unit / scale)
    shown = f"{arithmetic}; computed {found}, printed {stands.scaled(unit)}"
    strict = meets("rounded", "rounded")
    if strict is None:
        return "not-checkable", f"{arithmetic}: the divisor may be zero or negative"
    if strict:
        return "holds", shown
    if meets("truncated", "truncated") or meets("rounded", "truncated"):
        return "holds-by-truncation", shown
    if meets("wide", "wide") or operands.estimate:
        return "suspicious", shown
    return "fails", shown


def _sum(figures: list[Figure], reading: Reading, *, signed: bool = False) -> Span:
    total = Span(Fraction(0), Fraction(0))
    for figure in figures:
        total += figure.span(reading, signed=signed)
    return total


def _plus(figures: list[Figure], *, signed: bool = False) -> str:
    text = " + ".join(f"-{f.text}" if f.sign < 0 and (signed or f.signed) else f.text for f in figures)
    return text.replace("+ -", "- ")


def _total(operands: Operands) -> Outcome:
    """Total = Σ part (SUM, TAB, CUM); with `list=open` only Σ ≤ total."""
    total, parts = operands.one("total"), operands.parts()
    changes = bool(total.gold.get("direction")) and any(part.gold.get("direction") for part in parts)
    is_open = operands.options.get("list") == ["open"]
    arithmetic = f"{_plus(parts, signed=changes)} {'<=' if is_open else '='} {_plus([total], signed=changes)}"
    return _judge(
        operands,
        lambda reading: _sum(parts, reading, signed=changes),
        total,
        arithmetic,
        signed=changes,
        at_most=is_open,
    )


def _in_percent(ratio: Figure) -> Fraction:
    """Return what a printed ratio is times to be in percent: `1,5 lần` is 150 %."""
    return Fraction(100 if str(ratio.gold.get("unit", "")).lower() == "lần" else 1)


def _ratio(operands: Operands) -> Outcome:
    """Ratio % = part / total, actual / plan (SHARE, PLAN, XY); `27/31 xã` brings its total along."""
    ratio = operands.one("ratio", "growth-ratio")
    over = operands.one("part", "actual")
    under = operands.all("total", "plan", "base")
    growth = ratio.gold.get("role") == "growth"
    shift = Fraction(-100 if growth else 0)
    if under:
        below = operands.one("total", "plan", "base")
        text = below.text

        def divisor(reading: Reading) -> Span:
            return below.span(reading)
    elif over.gold.get("denominator"):
        text = str(over.gold["denominator"])
        fixed = Fraction(text) * over.factor

        def divisor(reading: Reading) -> Span:
            return Span(fixed, fixed)
    else:
        raise Unfit("needs a total, plan or base (or a denominator in the part)")

    def computed(reading: Reading) -> Span | None:
        quotient = over.span(reading).over(divisor(reading))
        return None if quotient is None else quotient.scaled(Fraction(100)).shifted(shift)

    less = " - 100" if growth else ""
    return _judge(
        operands, computed, ratio, f"100 * {over.text} / {text}{less} = {_plus([ratio], signed=growth)}",
        signed=growth, exact=False, scale=_in_percent(ratio),
    )  # fmt: skip


def _growth(operands: Operands) -> Outcome:
    """Ratio % = actual / base − 1, or actual / base for a growth ratio (`bằng 96% so với cùng kỳ`)."""
    ratio = operands.one("ratio", "growth-ratio")
    actual, base = operands.one("actual"), operands.one("base")
    times = _in_percent(ratio) != 1
    whole = times or bool(operands.all("growth-ratio")) or ratio.gold.get("role") == "growth-ratio"
    shift = Fraction(0 if whole else -100)

    def computed(reading: Reading) -> Span | None:
        quotient = actual.span(reading).over(base.span(reading))
        return None if quotient is None else quotient.scaled(Fraction(100)).shifted(shift)

    arithmetic = (
        f"100 * {actual.text} / {base.text}{'' if whole else ' - 100'} = {_plus([ratio], signed=not whole)}"
    )
    return _judge(
        operands, computed, ratio, arithmetic, signed=not whole, exact=False, scale=_in_percent(ratio)
    )


def _difference(operands: Operands) -> Outcome:
    """Difference = actual − base, signed by its direction (DIFF); PP takes two ratios in their order."""
    difference = operands.one("difference", "result")
    first = operands.all("actual", "ratio", "base", "total")
    if len(first) != 2:
        raise Unfit("needs an actual and a base (PP: two ratios, the later one first)")
    actual, base = first
    if operands.all("base") == [actual]:
        actual, base = base, actual
    rates = actual.percent and base.percent
    one, two = (f"({_plus([f], signed=True)})" if rates and f.sign < 0 else f.text for f in (actual, base))
    return _judge(
        operands, lambda reading: actual.span(reading, signed=rates) - base.span(reading, signed=rates),
        difference,
        f"{one} - {two} = {_plus([difference], signed=True)}", signed=True,
    )  # fmt: skip


def _complement(operands: Operands) -> Outcome:
    """Result = total − Σ part."""
    total, parts, result = operands.one("total"), operands.parts(), operands.one("result")
    arithmetic = f"{total.text} - {' - '.join(part.text for part in parts)} = {result.text}"
    return _judge(operands, lambda reading: total.span(reading) - _sum(parts, reading), result, arithmetic)


def _average(operands: Operands) -> Outcome:
    """Result = factor × factor, or total ÷ base; an average is rounded even where it is a whole number."""
    result, factors = operands.one("result"), operands.all("factor")
    if len(factors) > 1:

        def product(reading: Reading) -> Span:
            span = Span(Fraction(1), Fraction(1))
            for factor in factors:
                share = Fraction(1, 100 if factor.percent else 1)
                span = span.times(factor.span(reading).scaled(share))
            return span

        arithmetic = f"{' * '.join(factor.text for factor in factors)} = {result.text}"
        exact = None if all(factor.exact for factor in factors) else False
        return _judge(operands, product, result, arithmetic, exact=exact)
    total, base = operands.one("total"), operands.one("base")
    arithmetic = f"{total.text} / {base.text} = {result.text}"
    return _judge(operands, lambda r: total.span(r).over(base.span(r)), result, arithmetic, exact=False)


def _stock(operands: Operands) -> Outcome:
    """Result = base + Σ part (increase) − Σ part (decrease)."""
    base, parts, result = operands.one("base"), operands.parts(), operands.one("result")
    for part in parts:
        if part.gold.get("direction") is None and not part.signed:
            raise Unfit(f"the part `{part.mention.mark.surface}` needs direction=increase or decrease")
    arithmetic = f"{_plus([base, *parts], signed=True)} = {result.text}"
    return _judge(operands, lambda r: base.span(r) + _sum(parts, r, signed=True), result, arithmetic)


def _hundred(operands: Operands) -> Outcome:
    """Σ shares = 100 %."""
    parts = operands.all("part", "ratio")
    if len(parts) < 2:
        raise Unfit("needs at least two parts")
    hundred = Span(Fraction(100), Fraction(100))
    span = _sum(parts, "rounded")
    arithmetic = f"{_plus(parts)} = {show(sum((part.value for part in parts), Fraction(0)))}; computed {span}"
    if span.meets(hundred):
        return "holds", arithmetic
    if _sum(parts, "truncated").meets(hundred):
        return "holds-by-truncation", arithmetic
    wide = _sum(parts, "wide").meets(hundred) or operands.estimate
    return "suspicious" if wide else "fails", arithmetic


def _integer_plan(operands: Operands) -> Outcome:
    """Some whole plan P gives 100 · actual / P = the printed ratio."""
    actual, ratio = operands.one("actual", "part"), operands.one("ratio")
    for reading, verdict in (("rounded", "holds"), ("truncated", "holds-by-truncation")):
        plans = actual.span(reading).over(ratio.span(reading))  # type: ignore[arg-type]
        if plans is None or plans.low is None or plans.high is None:
            return "not-checkable", f"100 * {actual.text} / P = {ratio.text} bounds no P"
        plans = plans.scaled(Fraction(100))
        assert plans.low is not None
        assert plans.high is not None
        low, high = ceil(plans.low), floor(plans.high)
        low += plans.low_open and low == plans.low
        high -= plans.high_open and high == plans.high
        if low <= high and high > 0:
            which = f"P = {low}" if low == high else f"P in {low}..{high}"
            return verdict, f"100 * {actual.text} / P = {ratio.text} for {which}"
    return (
        "suspicious" if operands.estimate else "fails"
    ), f"100 * {actual.text} / P = {ratio.text} for no whole P"


def _implied_plan(operands: Operands) -> Outcome:
    """One amount with its ratio implies a plan and checks nothing; several pairs, or a stated plan, do."""
    if operands.all("plan", "base"):
        return _ratio(operands)
    pairs: list[tuple[Figure, Figure]] = []
    amounts = [figure for role, figure in operands.pairs if role in ("total", "actual", "part")]
    ratios = operands.all("ratio")
    if len(amounts) != len(ratios):
        raise Unfit("needs one ratio for each amount, in their order: total= ratio= part= ratio= …")
    pairs = list(zip(amounts, ratios, strict=True))

    def plan(pair: tuple[Figure, Figure], reading: Reading) -> Span:
        quotient = pair[0].span(reading).over(pair[1].span(reading))
        if quotient is None:
            raise Unfit("a ratio may be zero")
        return quotient.scaled(Fraction(100))

    def show_in(amount: Figure) -> Span:
        return plan(pairs[0], "rounded").scaled(1 / amount.factor)

    if len(pairs) == 1:
        return "not-checkable", f"100 * {pairs[0][0].text} / {pairs[0][1].text} in {show_in(pairs[0][0])}"
    for reading, verdict in (("rounded", "holds"), ("truncated", "holds-by-truncation")):
        total = plan(pairs[0], reading)  # type: ignore[arg-type]
        parts = Span(Fraction(0), Fraction(0))
        for pair in pairs[1:]:
            parts += plan(pair, reading)  # type: ignore[arg-type]
        unit = 1 / pairs[0][0].factor
        arithmetic = f"implied plans of the parts {parts.scaled(unit)}, of the total {total.scaled(unit)}"
        if parts.meets(total):
            return verdict, arithmetic
    return ("suspicious" if operands.estimate else "fails"), arithmetic


def _mixture(operands: Operands) -> Outcome:
    """The ratio of the whole lies between the smallest and the largest of its parts."""
    total, parts = operands.one("total"), operands.parts()

    def computed(reading: Reading) -> Span:
        spans = [part.span(reading, signed=True) for part in parts]
        lows = [span.low for span in spans if span.low is not None]
        highs = [span.high for span in spans if span.high is not None]
        return Span(
            min(lows) if len(lows) == len(spans) else None, max(highs) if len(highs) == len(spans) else None
        )

    ordered = sorted(parts, key=lambda part: part.value * part.sign)
    arithmetic = f"{ordered[0].text} <= {total.text} <= {ordered[-1].text}"
    return _judge(operands, computed, total, arithmetic, signed=True)


def _cumulative(operands: Operands) -> Outcome:
    """Σ part = total; with actual and base, the later cumulative figure is not below the earlier one."""
    if operands.all("total"):
        return _total(operands)
    later, earlier = operands.one("actual"), operands.one("base")
    arithmetic = f"{later.text} >= {earlier.text}"
    span = earlier.span("rounded")
    if later.span("rounded").meets(Span(span.low, None, span.low_open)):
        return "holds", arithmetic
    return ("suspicious" if operands.estimate else "fails"), arithmetic


def _table(operands: Operands) -> Outcome:
    """Row and column totals, and the columns that the index row computes (ratio, growth, difference)."""
    if operands.all("growth-ratio") or (operands.all("ratio") and operands.all("base")):
        return _growth(operands)
    if operands.all("ratio"):
        return _ratio(operands)
    if operands.all("difference"):
        return _difference(operands)
    if operands.all("result"):
        return _complement(operands)
    return _total(operands)


def _list(operands: Operands) -> Outcome:
    """Every stated count is the number of listed items: the parts, or `items=3` for items without a mark."""
    totals = operands.all("total")
    if not totals:
        raise Unfit("needs a total")
    items = operands.options.get("items")
    count = int(items[0]) if items and items[0].isdecimal() else len(operands.all("part"))
    if not count:
        raise Unfit("needs the listed items: part=… for each, or items=3")
    arithmetic = f"{' = '.join(total.text for total in totals)} = {' + '.join('1' * count)}"
    span = Span(Fraction(count), Fraction(count))
    for reading, verdict in (("rounded", "holds"), ("wide", "suspicious")):
        if all(total.span(reading).meets(span) for total in totals):  # type: ignore[arg-type]
            return verdict, arithmetic
    return "fails", arithmetic.replace(" = 1", " != 1", 1)


def _repeat(operands: Operands) -> Outcome:
    """Every two of the repeated figures meet; a coarser one contains the finer."""
    figures = [figure for _, figure in operands.pairs]
    if len(figures) < 2:
        raise Unfit("needs two figures or more")
    directed = all(figure.signed or figure.gold.get("direction") for figure in figures)

    def meet(reading: Reading) -> bool:
        spans = [figure.span(reading, signed=directed) for figure in figures]
        return all(one.meets(two) for at, one in enumerate(spans) for two in spans[at + 1 :])

    arithmetic = " = ".join(figure.text for figure in figures)
    if meet("rounded"):
        return "holds", arithmetic
    if meet("truncated"):
        return "holds-by-truncation", arithmetic
    if meet("wide") or operands.estimate:
        return "suspicious", arithmetic.replace(" = ", " ~ ")
    return "fails", arithmetic.replace(" = ", " != ")


def _hedge(operands: Operands) -> Outcome:
    """A hedged total (`hơn 2.600`) is worth a second look if its exact parts lie beyond the hedge's reach."""
    total, parts = operands.pairs[0][1] if operands.pairs else None, operands.all("part")
    if total is None or not total.gold.get("comparator"):
        raise Unfit("the first operand needs a comparator=")
    if not parts:
        raise Unfit("needs the parts that the hedged total stands for")
    found = sum((part.value * part.factor * (part.sign if part.signed else 1) for part in parts), Fraction(0))
    arithmetic = f"{total.gold['comparator']} {total.text} with parts {_plus(parts)} = {show(found)}"
    within = total.span("rounded").meets(Span(found, found))
    return ("holds" if within else "suspicious"), arithmetic


def _coincidence(operands: Operands) -> Outcome:
    """Two figures for two things that print the same number: told, not judged."""
    figures = [figure for _, figure in operands.pairs]
    if len(figures) < 2:
        raise Unfit("needs two figures")
    if any((figure.value, figure.decimals) != (figures[0].value, figures[0].decimals) for figure in figures):
        return "fails", "the figures differ: no coincidence"
    return "not-checkable", " ~ ".join(figure.text for figure in figures)


FORMULAS: dict[str, Callable[[Operands], Outcome]] = {
    "SUM": _total, "TAB": _table, "CUM": _cumulative, "SHARE": _ratio, "PLAN": _ratio, "XY": _ratio,
    "GROW": _growth,
    "DIFF": _difference, "PP": _difference, "COMPL": _complement, "AVG": _average, "STOCK": _stock,
    "SUM100": _hundred, "INT": _integer_plan, "IMPL": _implied_plan, "MIX": _mixture, "LIST": _list,
    "REP": _repeat, "HEDGE": _hedge, "COIN": _coincidence,
}  # fmt: skip
