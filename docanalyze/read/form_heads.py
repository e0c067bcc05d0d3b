"""The head of a form: its number in one corner, who reports to whom in the other, its name between."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.lexicon.forms import form_pattern
from docanalyze.read.lines import Line

_LEAST_CORNER = 2
"""Lines of a corner of a form's head."""
_FORM_CODE = form_pattern(r"<form_code>\s*:?\s*[A-Z]?\s?\d")
_FORM_PARTY = form_pattern(r"(?:[-–+]\s*)?<form_party>\s*:")


def is_form_head(columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether columns are the corners of a form's head, its name between them perhaps.

    One corner says the form's number, or who reports to whom: `Mẫu số B 01 - DN`, `Đơn vị báo cáo: …`.
    """
    if len(columns) < 2 or min(map(len, columns)) < _LEAST_CORNER:
        return False
    corners = (columns[0], columns[-1])
    codes = [sum(_FORM_CODE.match(line.text) is not None for line in column) for column in corners]
    if max(codes) > 1:
        return False  # a list of forms
    return any(_FORM_CODE.match(column[0].text) for column in corners) or any(
        _FORM_PARTY.match(line.text) for column in corners for line in column
    )
