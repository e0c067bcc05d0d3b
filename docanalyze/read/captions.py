"""What stands above a table: its name and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docanalyze.lexicon.forms import form_pattern
from docanalyze.read.draft import FURNITURE, Draft
from docanalyze.read.markers import is_unit_line
from docanalyze.read.tables.grid import Grid
from docanalyze.read.tables.roles import is_unit

_UNIT = form_pattern(r"<unit_line>\s*:\s*([^()\n]+?)\s*\)?\s*$")
_APPENDIX = re.compile(r"(?:PHỤ LỤC|Phụ lục)\b")
_WITH_WHAT = re.compile(r"\((?:Kèm theo|Ban hành|Đính kèm)\b[^()]*(?:\([^()]*\)[^()]*)*\)", re.IGNORECASE)
"""With what paper an annex goes, below its name."""
_TITLE_LENGTH = 300


def find_caption(before: Sequence[Draft], grid: Grid) -> tuple[str | None, str | None]:
    """Return the title and the unit of the table that begins with `grid` from the blocks just above it.

    The unit may stand alone at the right (`Tỷ đồng`), as in statistical tables; then the line above is
    the title whatever it looks like.
    """
    title = unit = None
    for other in reversed(before):
        if other.kind in FURNITURE:
            continue
        text = " ".join(line.text for line in other.lines)
        bare = unit is None and other.kind != "table" and _is_bare_unit(other, grid)
        if bare:
            unit = text.strip(" ()")
            continue
        match = _UNIT.search(text) if other.kind == "caption" or is_unit_line(text) else None
        if match:
            unit = unit or match.group(1).strip(" .") or None
            if is_unit_line(text):
                continue
        if other.kind == "paragraph" and _WITH_WHAT.fullmatch(text):
            continue
        if other.kind == "caption":
            title = _UNIT.sub("", text).strip(" (") or None
        elif other.kind in ("heading", "paragraph", "title", "list-item") and len(text) < _TITLE_LENGTH:
            named = other.kind in ("heading", "title") and other.marker is None
            if unit is not None or named or _APPENDIX.match(text):
                title = text
        break
    return title, unit


def _is_bare_unit(draft: Draft, grid: Grid) -> bool:
    """Return whether a block is a unit alone above the right half of the table."""
    if len(draft.lines) != 1:
        return False
    line = draft.lines[0]
    middle = (grid.box[0] + grid.box[2]) / 2
    return line.page == grid.page and line.x0 > middle and is_unit(line.text.strip(" ()"))
