"""Bare numbers: cardinals that no unit follows and that are no label, code, date or year."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.core.mention import Mention, Number, NumberValue
from docanalyze.lexicon import Lexicon
from docanalyze.tag import labels
from docanalyze.tag.figure_values import read_figure_hedge, value_figure
from docanalyze.tag.figures import Figure, find_figures


def find_numbers(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the numbers of `text` that no other tagger of figures claims.

    A number with a scale word but no unit (`2,4 tỷ`) is one of them, its scale in the span.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [m.text for m in find_numbers("Cả 02 đều là trường mới", load_lexicon())]
    ['02']
    """
    for figure in find_figures(text, lexicon):
        if figure.kind not in ("none", "scaled") or not _is_bare(text, figure, lexicon):
            continue
        hedge = read_figure_hedge(text, figure, lexicon)
        scaled = figure.kind == "scaled"
        value = NumberValue(**value_figure(figure, hedge, exact=not scaled and figure.step >= 1))
        rule = "number.scaled" if scaled else "number.range" if figure.number is None else "number.bare"
        yield Number(
            text=text[figure.start : figure.end], start=figure.start, end=figure.end, rule=rule, value=value
        )


def _is_bare(text: str, figure: Figure, lexicon: Lexicon) -> bool:
    token = text[figure.start : figure.end]
    # Labels are whole: `mức 1,6` is a number although `mức 2` may be a name.
    if figure.spelled or figure.grade >= (labels.WEAK if token.isdigit() else labels.STRONG):
        return False
    if figure.kind == "scaled" or figure.number is None:
        return True
    if not figure.alone and labels.is_mark(text, figure.start, figure.end, lexicon):
        return False
    if len(token) == 4 and token.isdigit() and "1900" <= token <= "2100":
        return False
    if figure.alone:
        return True
    # `mục 2.1`: one dot and few digits are a section rather than an English decimal
    head, dot, tail = token.partition(".")
    return not (dot and len(head) <= 2 and len(tail) <= 2)
