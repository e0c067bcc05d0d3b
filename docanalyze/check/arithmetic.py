"""Equations in one line: `315 + 72 = 387 ≠ 378`, figures as printed."""

from __future__ import annotations

import re

from docanalyze.check.equation import Equation, Sides
from docanalyze.core.bounds import Bounds
from docanalyze.core.figure import Figure


def numeral(figure: Figure) -> str:
    """Return the digits of a figure as printed, without its unit."""
    return figure.numeral or figure.text


_SIGNS = {
    "more-than": ">", "nearly": "<", "less-than": "<", "about": "~", "at-least": "≥", "at-most": "≤",
}  # fmt: skip


def _hedged(figure: Figure) -> str:
    """Return the digits of a figure behind a sign for its hedge: `>118` for `hơn 118 ý kiến`."""
    return _SIGNS.get(figure.comparator or "", "") + numeral(figure)


_RESULTS = {
    "sum": "total", "at-most": "total", "not-below": "total", "between": "total", "hundred": "part",
    "difference": "difference", "product": "result", "quotient": "result", "stock": "result",
    "equal": "again",
}  # fmt: skip


def result_of(equation: Equation) -> Figure:
    """Return the figure that the others of an equation give."""
    wanted = _RESULTS.get(equation.form, "ratio")
    return next((figure for role, figure in equation.terms if role == wanted), equation.terms[0][1])


def write_arithmetic(equation: Equation, sides: Sides | None) -> str:
    """Return the equation in one line, printed figures as printed and the computed value after `=`."""

    def each(role: str, joint: str = " + ") -> str:
        return joint.join(_hedged(figure) for figure in equation.all(role))

    result = result_of(equation)
    if sides is None:
        return ""
    form, same = equation.form, sides.printed.meets(sides.expected)
    if form == "equal":
        return f"{each('first')} {'=' if same else '≠'} {_hedged(result)}"
    computed = _show(sides.expected, result)
    signed = result.sign < 0 and form in ("sum", "growth", "gain", "difference", "between")
    printed = "100" if form == "hundred" else f"-{_hedged(result)}" if signed else _hedged(result)
    if form in ("sum", "at-most"):
        left = " ".join(
            f"{'- ' if f.sign < 0 else '+ ' if at else ''}{_hedged(f)}"
            for at, f in enumerate(equation.all("part"))
        )
    elif form == "hundred":
        left = each("part")
    elif form == "share":
        left = f"{each('part')} / {each('total')} × 100"
    elif form == "growth":
        left = f"{each('actual')} / {each('base')} × 100 - 100"
    elif form == "gain":
        change = equation.one("difference")
        turned = "-" if change.sign < 0 else ""
        before = f"{each('actual')} {'+' if turned else '-'} {numeral(change)}"
        left = f"{turned}{numeral(change)} / ({before}) × 100"
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
        left = each("base") + "".join(f" + {_hedged(f)}" for f in equation.all("in"))
        left += "".join(f" - {_hedged(f)}" for f in equation.all("out"))
    elif form == "bases":
        pairs = zip(equation.all("part"), equation.all("part-ratio"), strict=True)
        below = " + ".join(f"{_hedged(part)} / {_hedged(ratio)}" for part, ratio in pairs)
        left = f"{each('total')} / ({below})"
    else:
        sign = ">=" if form == "not-below" else "∈"
        return f"{printed} {sign if same else {'>=': '<', '∈': '∉'}[sign]} {each('part', ' … ')}"
    if form == "at-most":
        return f"{left} = {computed} {'<=' if same else '>'} {printed}"
    return (
        f"{left} = {computed}"
        if computed == printed and same
        else f"{left} = {computed} {'≈' if same else '≠'} {printed}"
    )


def _write_factor(equation: Equation) -> str:
    factor = equation.factor
    if factor == 1:
        return ""
    return f" × {factor.numerator}" if factor.denominator == 1 else f" / {1 / factor}"


def _show(bounds: Bounds, like: Figure) -> str:
    """Return the middle of an interval in the unit of a figure and with its decimals."""
    if bounds.low is None and bounds.high is None:
        return "…"
    middle, factor = bounds.middle(), like.factor
    places = like.decimals
    above, below = middle.numerator * factor.denominator, middle.denominator * factor.numerator
    scaled = (abs(above) * 10**places * 2 // below + 1) // 2
    whole, rest = divmod(scaled, 10**places)
    text = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", str(whole))
    text += f",{rest:0{places}d}" if places else ""
    return f"-{text}" if above < 0 and scaled else text
