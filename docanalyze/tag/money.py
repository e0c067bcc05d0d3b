"""Amounts of money: `5.145,10 tỷ đồng`, `65-70 USD/thùng`, `1 tỷ 250 triệu đồng`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from docanalyze.core.interval import ONE
from docanalyze.core.mention import Mention, Money, MoneyValue
from docanalyze.lexicon import Lexicon
from docanalyze.tag.figure_values import read_figure_hedge, sum_amount, value_figure
from docanalyze.tag.figures import Figure, find_figures


def find_money(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the amounts of money of `text`: numeral, scale word and currency, with a divisor if any.

    Amounts without scale and decimals are exact; all others stand for half a step around them.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [m.value.amount for m in find_money("với tổng kinh phí 116 triệu đồng", load_lexicon())]
    [Decimal('116000000')]
    """
    listed: Figure | None = None
    for figure in find_figures(text, lexicon):
        tail = figure.tail
        before = _BEFORE.search(text, max(0, figure.start - 8), figure.start)
        led = before is not None and figure.kind == "scaled"
        if led:
            tail = tail._replace(kind="money", currency="USD")
            figure = replace(figure, tail=tail)
        unnamed = figure.kind == "scaled" and listed is not None and _goes_on(text, listed, figure)
        if unnamed and listed is not None:
            tail = tail._replace(kind="money", currency=listed.tail.currency)
            figure = replace(figure, tail=tail)
        if figure.kind != "money" or tail.currency is None:
            continue
        listed = figure if text[figure.start - 1 : figure.start] == "(" and tail.scale is not None else None
        hedge = read_figure_hedge(text, figure, lexicon)
        exact = figure.scale is ONE and figure.step >= 1
        value = MoneyValue(
            currency=tail.currency,
            amount=sum_amount(figure, hedge),
            per=tail.per,
            denominator=figure.denominator,
            **value_figure(figure, hedge, exact=exact),
        )
        if led:
            rule = "money.led"
        elif unnamed:
            rule = "money.listed"
        elif figure.denominator is not None:
            rule = "money.fraction"
        elif figure.number is None:
            rule = "money.range"
        elif tail.scale is None:
            rule = "money.plain"
        else:
            rule = "money.scaled"
        yield Money(
            text=text[figure.start : figure.end], start=figure.start, end=figure.end, rule=rule, value=value
        )


_BEFORE = re.compile(r"(?<!\w)(?<!tỷ )(?<!tỉ )(?<!triệu )(?<!nghìn )(?<!\d )(?:US\$|USD|\$)[ \u00a0]?$")
"""A currency before its amount: `USD 1,2 tỷ`, `$5,6 tỷ`."""


def _goes_on(text: str, listed: Figure, figure: Figure) -> bool:
    """Return whether a figure without a currency goes on a list: `dầu thô (5,1 tỷ USD), dệt may (4,1 tỷ)`."""
    gap = text[listed.end : figure.start]
    if not gap.endswith("(") or text[figure.end : figure.end + 1] != ")" or len(gap) > 60:
        return False
    return (
        not any(mark in gap for mark in ";.\n\t")
        and figure.tail.scale is not None
        and figure.scale >= 1000000
    )
