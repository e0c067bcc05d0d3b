"""Bare numbers: cardinals that no unit follows and that are no label, code, date or year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.core.mention import Mention, Number, NumberValue
from docanalyze.lexicon import Lexicon
from docanalyze.tag import labels
from docanalyze.tag.figure_values import read_figure_hedge, value_figure
from docanalyze.tag.figures import Figure, find_figures

_YEAR = re.compile(r"19\d\d|20\d\d|2100")
_OF_YEARS = re.compile(rf"^(?:{_YEAR.pattern})$|(?<!\w)năm$", re.IGNORECASE)
_FEWEST = 2


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
    if not any(char.isdigit() for char in token):
        return False  # the head `Năm` of a column of years
    if not figure.alone and labels.is_mark(text, figure.start, figure.end, lexicon):
        return False
    if _YEAR.fullmatch(token):
        return figure.alone and _stands_among_figures(text, figure.start)
    if figure.alone:
        return True
    # `mục 2.1`: one dot and few digits are a section rather than an English decimal
    head, dot, tail = token.partition(".")
    return not (dot and len(head) <= 2 and len(tail) <= 2)


def _stands_among_figures(text: str, at: int) -> bool:
    """Return whether a cell like `2069` is a figure: others of its row are, and its column holds no years.

    A row `2023 | 118 | 124` begins with its year, and so do the rows beside it.
    """
    first = text.rfind("\n", 0, at) + 1
    cells = _read_cells(text, first)
    place = text.count("\t", first, at)
    others = [cell for cell in cells if cell[:1].isdigit() and not _YEAR.fullmatch(cell)]
    if not place or len(others) < _FEWEST:
        return False
    below = text.find("\n", at) + 1
    above = [text.rfind("\n", 0, first - 1) + 1] if first else []
    beside = [_read_cells(text, line) for line in (*above, *filter(None, (below,)))]
    return not any(len(row) > place and _OF_YEARS.search(row[place]) for row in beside)


def _read_cells(text: str, first: int) -> list[str]:
    end = text.find("\n", first)
    return [cell.strip() for cell in text[first : len(text) if end < 0 else end].split("\t")]
