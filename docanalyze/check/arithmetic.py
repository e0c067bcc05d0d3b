"""Equations in one line: `315 + 72 = 387 ≠ 378`, figures as printed."""

from __future__ import annotations

import re
from fractions import Fraction

from docanalyze.check.equation import HUNDRED, LINEAR, QUOTIENTS, Equation, Sides, hundred_times
from docanalyze.check.judge import differ_in_print, gauge
from docanalyze.core.bounds import divide
from docanalyze.core.figure import Figure


def numeral(figure: Figure) -> str:
    """Return the digits of a figure as printed, without its unit."""
    return figure.numeral or figure.text


_SIGNS = {
    "more-than": ">", "nearly": "<", "less-than": "<", "about": "~", "at-least": "≥", "at-most": "≤",
}  # fmt: skip


def _hedged(figure: Figure) -> str:
    """Return the digits of a figure behind a sign for its hedge: `>118` for `hơn 118 ý kiến`."""
    return _SIGNS[figure.comparator] + _number(figure) if figure.comparator else _number(figure)


def _number(figure: Figure) -> str:
    """Return a figure's number as printed; `5,46` for `5 tỷ 460 triệu đồng`, `2` for `hai chỉ tiêu`.

    The answer is kept.
    """
    kept: dict[str, str] = figure.__dict__
    number = kept.get("as printed")
    if number is None:
        number = kept["as printed"] = _find_number(figure)
    return number


def _find_number(figure: Figure) -> str:
    if figure.high is not figure.number and figure.high != figure.number:
        return "…".join(_write(Fraction(end) * figure.factor, figure) for end in (figure.number, figure.high))
    digits = figure.numeral
    plain = str(figure.number)
    if (
        digits == plain
        or digits.replace(".", "").replace(",", ".") == plain
        or _digits(digits) == _digits(plain)
    ):
        return digits
    return _write(Fraction(figure.number) * figure.factor, figure)


def _digits(numeral: str) -> str:
    return re.sub(r"\D", "", numeral).lstrip("0")


def _full(figure: Figure) -> str:
    """Return the digits of a figure with the unit behind them, `850 triệu đồng`, or that of its table."""
    if not figure.numeral or _number(figure) != figure.numeral:
        return " ".join(figure.text.split())
    unit = figure.text.partition(figure.numeral)[2]
    if not unit.strip(" )"):
        name = "đồng" if figure.dimension == "VND" else figure.dimension
        unit = " ".join(("", _SCALES.get(figure.factor, ""), name))
    return " ".join((_hedged(figure) + unit).split())


def _has_mixed_units(equation: Equation) -> bool:
    """Return whether figures of one dimension are printed in different units: digits alone mislead."""
    if equation.form in ("product", "quotient"):
        return False
    factors: dict[str, Fraction] = {}
    for _, figure in equation.terms:
        first = factors.setdefault(figure.dimension, figure.factor)
        if first is not figure.factor and first != figure.factor:
            return True
    return False


_SCALES = {
    Fraction(10**3): "nghìn",
    Fraction(10**6): "triệu",
    Fraction(10**9): "tỷ",
    Fraction(10**12): "nghìn tỷ",
}

_RESULTS = {
    "sum": "total", "at-most": "total", "not-below": "total", "between": "total", "hundred": "part",
    "difference": "difference", "product": "result", "quotient": "result", "stock": "result",
    "equal": "again", "index": "again",
}  # fmt: skip


_SIGNED = ("sum", "growth", "gain", "difference", "between", "grown", "yearly", "spread")


def result_of(equation: Equation) -> Figure:
    """Return the figure that the others of an equation give."""
    wanted = _RESULTS.get(equation.form, "ratio")
    for role, figure in equation.terms:
        if role == wanted:
            return figure
    return equation.terms[0][1]


def write_arithmetic(equation: Equation, sides: Sides | None) -> str:
    """Return the equation in one line, printed figures as printed and the computed value after `=`."""
    write = _full if _has_mixed_units(equation) else _hedged

    def each(role: str, joint: str = " + ") -> str:
        return joint.join([write(figure) for name, figure in equation.terms if name == role])

    result = result_of(equation)
    if sides is None:
        return ""
    form, same = equation.form, sides.printed.meets(sides.expected)
    if form == "equal":
        same = same and not differ_in_print(equation.terms[0][1], equation.terms[1][1])
        return f"{each('first')} {'=' if same else '≠'} {write(result)}"
    computed = _compute(equation, sides, result)
    signed = result.sign < 0 and form in _SIGNED
    printed = "100" if form == "hundred" else f"-{write(result)}" if signed else write(result)
    if form in ("sum", "at-most"):
        left = " ".join(
            f"{'- ' if f.sign < 0 else '+ ' if at else ''}{write(f)}"
            for at, f in enumerate(equation.all("part"))
        )
    elif form == "hundred":
        left = each("part")
    elif form == "index":
        growth = equation.one("growth")
        left = f"100 {'-' if growth.sign < 0 else '+'} {write(growth)}"
    elif form == "share":
        left = f"{each('part')} / {each('total')} × 100"
    elif form == "growth":
        left = f"{each('actual')} / {each('base')} × 100 - 100"
    elif form in ("gain", "prior"):
        change = equation.one("difference")
        turned = "-" if change.sign < 0 else ""
        before = f"{each('actual')} {'+' if turned else '-'} {write(change)}"
        above = f"{turned}{write(change)}" if form == "gain" else each("actual")
        left = f"{above} / ({before}) × 100"
    elif form == "yearly":
        left = f"({each('actual')} / {each('base')}) ^ (1/{equation.factor}) × 100 - 100"
    elif form == "spread":
        above, below = (_grow(equation.one(role), each(role)) for role in ("total", "base"))
        left = f"{above} / {below} × 100 - 100"
    elif form == "mean":
        pairs = zip(equation.all("part"), equation.all("part-ratio"), strict=True)
        above = " + ".join(f"{write(part)} × {write(ratio)}" for part, ratio in pairs)
        left = f"({above}) / ({each('part')})"
    elif form == "ratio":
        left = f"{each('actual')} / {each('base')} × 100"
    elif form == "times":
        left = f"{each('actual')} / {each('base')}"
    elif form == "difference":
        left = f"{each('actual')} - {each('base')}"
    elif form == "product":
        left = each("factor", " × ") + _write_factor(equation)
    elif form == "quotient":
        left = f"{each('total')} / {each('base')}" + _write_factor(equation)
    elif form == "stock":
        left = each("base") + "".join(f" + {write(f)}" for f in equation.all("in"))
        left += "".join(f" - {write(f)}" for f in equation.all("out"))
    elif form == "bases":
        pairs = zip(equation.all("part"), equation.all("part-ratio"), strict=True)
        below = " + ".join(f"{write(part)} / {write(ratio)}" for part, ratio in pairs)
        left = f"{each('total')} / ({below})"
    elif form == "grown":
        pairs = zip(equation.all("part"), equation.all("part-ratio"), strict=True)
        below = " + ".join(f"{write(part)} / {_grow(ratio, write(ratio))}" for part, ratio in pairs)
        left = f"{each('total')} / ({below}) × 100 - 100"
    else:
        sign = ">=" if form == "not-below" else "∈"
        ends = " … ".join(f"-{write(f)}" if f.sign < 0 else write(f) for f in equation.all("part"))
        return f"{printed} {sign if same else {'>=': '<', '∈': '∉'}[sign]} {ends}"
    if form == "at-most" and len(equation.terms) == 2:
        return f"{left} {'<=' if same else '>'} {printed}"
    if form == "at-most":
        return f"{left} = {computed} {'<=' if same else '>'} {printed}"
    return (
        f"{left} = {computed}"
        if computed == printed and same
        else f"{left} = {computed} {'≈' if same else '≠'} {printed}"
    )


def _grow(growth: Figure, printed: str) -> str:
    """Return what a growth in percent multiplies by: `(1 - 0,9%)`."""
    return f"(1 {'-' if growth.sign < 0 else '+'} {printed.rstrip('%')}%)"


def _write_factor(equation: Equation) -> str:
    """Return what the printed numbers must be multiplied by: 10 from tấn and ha to tạ/ha."""
    factor = equation.factor / result_of(equation).factor
    for role, figure in equation.terms:
        if role in ("total", "factor"):
            factor *= figure.factor
        elif role == "base":
            factor /= figure.factor
    if factor == 1:
        return ""
    return f" × {factor.numerator}" if factor.denominator == 1 else f" / {1 / factor}"


def _compute(equation: Equation, sides: Sides, like: Figure) -> str:
    """Return what the printed numbers give, taken as they stand; with a hedge among them, from … to."""
    quotient = _divide_printed(equation)
    if quotient is not None:
        return _write(quotient, like)
    low, high = sides.expected.low, sides.expected.high
    plain = equation.form in LINEAR  # of sums what is printed is soon added, and lies between the ends
    if low is not None and high is not None and (low is high or not plain):
        text = _write(low, like)
        if low is high or text == _write(high, like):
            return text
    exact = equation.sides("printed", "printed")
    if exact is not None:
        low, high = exact.expected.low, exact.expected.high
    if low is None or high is None:
        end = low if high is None else high
        sign = "" if equation.form == "at-most" else ">" if high is None else "<"
        return "…" if end is None else sign + _write(end, like)
    if low is high:
        return _write(low, like)
    return "…".join(dict.fromkeys((_write(low, like), _write(high, like))))


def _divide_printed(equation: Equation) -> Fraction | None:
    """Return what a quotient of plain figures gives as they stand; None for other equations."""
    roles = QUOTIENTS.get(equation.form)
    if roles is None or gauge(equation) is None:
        return None
    factor = equation.factor if equation.form == "quotient" else hundred_times(equation.factor)
    quotient = divide(equation.one(roles[0]).value, equation.one(roles[1]).value, factor)
    return quotient - HUNDRED if equation.form == "growth" else quotient


def _write(number: Fraction, like: Figure) -> str:
    """Return a number in the unit of a figure, with its decimals and its marks."""
    places, factor = like.decimals, like.factor
    (over, under), (top, bottom) = number.as_integer_ratio(), factor.as_integer_ratio()
    above, below = over * bottom, under * top
    scaled = (abs(above) * 10**places * 2 // below + 1) // 2
    whole, rest = divmod(scaled, 10**places)
    group, mark = ",." if like.english else ".,"
    text = f"{whole:,}" if group == "," else f"{whole:,}".replace(",", group)
    text += f"{mark}{rest:0{places}d}" if places else ""
    return f"-{text}" if above < 0 and scaled else text
