"""Counted and measured things: `310 lượt người`, `1,55 ha`, `27/63 tỉnh`, `58 tạ/ha`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from docanalyze.core.interval import EXACT, ONE, tidy_number
from docanalyze.core.mention import Measure, Mention, Quantity, QuantityValue
from docanalyze.lexicon import Lexicon
from docanalyze.tag.figure_values import read_figure_hedge, sum_amount, value_figure
from docanalyze.tag.figures import find_figures


def find_quantities(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the quantities of `text`: numeral, scale word and unit, or classifier and head noun.

    Counts are exact; measured, scaled and decimal figures stand for half a step around them.
    Units of the international system and Vietnamese weights also come in their base unit.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [m.text for m in find_quantities("có 907 em học sinh tham dự", load_lexicon())]
    ['907 em học sinh']
    """
    for figure in find_figures(text, lexicon):
        tail = figure.tail
        if figure.kind != "quantity" or tail.unit is None or tail.measure is None:
            continue
        hedge = read_figure_hedge(text, figure, lexicon)
        unit = tail.measure
        amount = sum_amount(figure, hedge)
        base = None
        if unit.base is not None and unit.factor is not None and amount is not None and tail.per is None:
            base = Measure(number=tidy_number(EXACT.multiply(amount, unit.factor)), unit=unit.base)
        if tail.unit == "lần" and hedge.direction == "increase" and figure.number is not None:
            # `tăng 2,8 lần`: to 2.8 times as much, or by 2.8 times to 3.8
            figure = replace(figure, ambiguous=EXACT.add(figure.number, ONE))
        exact = unit.discrete and tail.scale is None and figure.step >= 1
        value = QuantityValue(
            unit=tail.unit,
            amount=amount,
            base=base,
            per=tail.per,
            denominator=figure.denominator,
            **value_figure(figure, hedge, exact=exact),
        )
        if figure.denominator is not None:
            rule = "quantity.fraction"
        elif figure.number is None:
            rule = "quantity.range"
        else:
            rule = "quantity.counted" if unit.discrete else "quantity.measured"
        yield Quantity(
            text=text[figure.start : figure.end], start=figure.start, end=figure.end, rule=rule, value=value
        )
