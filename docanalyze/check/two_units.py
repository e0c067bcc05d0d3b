"""Misprints of figures in two units, shown as they would be printed: `3.135 tỷ 703 triệu đồng`."""

from __future__ import annotations

import re
from decimal import Decimal

from docanalyze.core.figure import Figure

_TWO = re.compile(r"(?P<first>\d[\d.]*)(?P<unit>\s+[^\W\d]+\s+)(?P<second>\d{1,3})(?=\s+[^\W\d])")
_THOUSAND = 1000


def print_in_two(figure: Figure, number: Decimal) -> tuple[str, str] | None:
    """Return a figure printed in two units and the same with another number; None for other figures.

    The second unit is a thousandth of the first one, as `triệu` is of `tỷ`; a number that needs more places
    than that cannot stand there, and is shown as it is.
    """
    found = _TWO.search(figure.text)
    if found is None or "." in found["second"] or figure.decimals == 0:
        return None
    first = Decimal(found["first"].replace(".", ""))
    if figure.number != first + Decimal(found["second"]) / _THOUSAND:
        return None
    whole, rest = divmod(number, 1)
    parts = rest * _THOUSAND
    if parts != int(parts):
        return None
    before = f"{whole:,f}".replace(",", ".") if "." in found["first"] or first < _THOUSAND else f"{whole:f}"
    width = len(found["second"])
    return found[0], f"{before}{' '.join(('', *found['unit'].split(), ''))}{int(parts):0{width}d}"
