"""The figures that an analysis prints, read once for the stages that work on them."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import UNSET
from msgspec.structs import replace

from docanalyze.core.analysis import Analysis
from docanalyze.core.figure import Figure, read_figure
from docanalyze.core.mention import Mention, Number
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.unit_names import find_cell_units

_handed: list[tuple[tuple[Mention, ...], Lexicon, dict[str, Figure]]] = []
"""The figures of the last analysis that will be asked for once more, one at most."""


def read_figures(analysis: Analysis, lexicon: Lexicon, *, again: bool = False) -> dict[str, Figure]:
    """Return the figures of an analysis by the ids of their mentions, bare ones with the unit of their cell.

    `again` keeps them for the next stage, which is given the same mentions; they go when it takes them.
    """
    if analysis.mentions is UNSET:
        return {}
    try:
        mentions, own, figures = _handed.pop()
    except IndexError:
        mentions = None
    if mentions is analysis.mentions and own is lexicon:
        return figures
    units = find_cell_units(analysis, lexicon)
    found = {
        mention.id: figure
        for mention in analysis.mentions
        if (figure := read_figure(mention, units.get(mention.id))) is not None
    }
    _lend_units(found, analysis.mentions)
    _name_units(found, analysis.mentions, analysis.text)
    if again:
        _handed[:] = [(analysis.mentions, lexicon, found)]
    return found


_NAMED = re.compile(
    r"(?<!\w)(?<!chỉ )(?<!tỷ )(?<!tỉ )(?<!hệ )(?<!trị )số (?:lượng )?(?P<noun>[^\W\d_]+(?: [^\W\d_]+){0,3})"
    r"[^,;.()\d]*?(?:(?<!\w)(?:là|có|đạt|được|còn)|:)(?: (?:hơn|gần|trên|khoảng))? $"
)
_BEFORE = 90


def _name_units(figures: dict[str, Figure], mentions: tuple[Mention, ...], text: str) -> None:
    """Give a bare count the unit that the words before it name, if the text counts such things elsewhere.

    `1.071 thí sinh. Trong đó, số thí sinh đăng ký trực tuyến là 1.014`.
    """
    counted = {figure.dimension for figure in figures.values() if figure.exact and figure.dimension}
    for mention in mentions if counted else ():
        figure = figures.get(mention.id)
        bare = figure is not None and not figure.dimension and figure.exact and isinstance(mention, Number)
        if figure is None or not bare or mention.cell is not None or mention.sentence is None:
            continue
        said = " ".join(text[max(0, mention.start - _BEFORE) : mention.start].lower().split()) + " "
        found = _NAMED.search(said)
        words = found["noun"].split() if found is not None else []
        names = (" ".join(words[:size]) for size in range(len(words), 0, -1))
        unit = next((name for name in names if name in counted), None)
        if unit is not None:
            figures[mention.id] = replace(figure, dimension=unit)


def _lend_units(figures: dict[str, Figure], mentions: tuple[Mention, ...]) -> None:
    """Give a bare number the unit that its sentence printed last with its scale word.

    `giải ngân 84,6 tỷ đồng, trong đó hộ nghèo 52,1 tỷ; học sinh 32,5 tỷ`.
    """
    said: dict[tuple[str, Decimal], Figure] = {}
    for mention in mentions:
        figure = figures.get(mention.id)
        if figure is None or mention.sentence is None or mention.cell is not None:
            continue
        scale = getattr(mention.value, "scale", None)
        if scale is None:
            continue
        place = mention.sentence, scale
        if figure.dimension:
            said[place] = figure
        elif isinstance(mention, Number) and place in said:
            lender = said[place]
            figures[mention.id] = replace(figure, dimension=lender.dimension, factor=lender.factor)
