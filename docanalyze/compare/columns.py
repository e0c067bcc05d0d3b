"""What the columns of tables are of: the period and the measure that their heads name."""

from __future__ import annotations

import re

from docanalyze.compare.draft import KINDS
from docanalyze.compare.periods import place_periods
from docanalyze.compare.view import ReportView
from docanalyze.core.mention import Period
from docanalyze.lexicon.stretches import PlacedPeriod

CHANGED = re.compile(r"chênh lệch|tăng|giảm")
"""In the head of a column: its figures are changes."""
_WHEN = re.compile(
    r"\([^)]*\)|kế hoạch|dự toán|chỉ tiêu|thực hiện|ước tính|ước|cùng kỳ|kỳ này|kỳ trước|năm nay|năm trước|"
    r"báo cáo|đơn vị|tổng số|giá trị|(?:tháng|quý|năm|đầu|cuối|cả|lũy kế)(?!\w)|(?<!\w)[ivx]+(?!\w)|[\d/.:]+"
)
_RUN = re.compile(r"[^\W\d_]+")
_SHORT = 1
Place = tuple[str, int]
"""A table and the number of a column."""


class Columns:
    """The heads of the columns of a report's tables."""

    def __init__(self, view: ReportView) -> None:
        self._heads = _read_heads(view)
        self._measures = _find_measures(view, self._heads)

    def periods(self, place: Place) -> list[PlacedPeriod]:
        """Return the periods that a column's head, or the title of its table, names."""
        return self._heads.get(place, ([], ""))[0]

    def head(self, place: Place) -> str:
        """Return the words of a column's head in small letters."""
        return self._heads.get(place, ([], ""))[1]

    def measure(self, place: Place) -> tuple[str, bool]:
        """Return what a column of levels measures, and whether that is part of the names of its figures.

        It is if it tells columns apart or is a measure (`Diện tích`).
        """
        return self._measures.get(place, ("", False))


def _read_heads(view: ReportView) -> dict[Place, tuple[list[PlacedPeriod], str]]:
    """Return the periods and the words of each column's head.

    Where no head of a table names a period, the one that its title names holds for all.
    """
    by_cell: dict[tuple[str, int, int], list[Period]] = {}
    if not view.analysis.tables:
        return {}
    for mention in view.mentions.values():
        if isinstance(mention, Period) and mention.cell is not None:
            cell = mention.cell
            by_cell.setdefault((cell.table, cell.row, cell.col), []).append(mention)
    text = view.analysis.text
    found: dict[Place, tuple[list[PlacedPeriod], str]] = {}
    for table in view.analysis.tables:
        titles = view.title_periods(table)
        for col, column in enumerate(table.columns):
            found[table.id, col] = (list(titles), " ".join(column.header).lower())
        own: dict[int, list[PlacedPeriod]] = {}
        for head in table.cells:
            if not head.header:
                continue
            periods = place_periods(by_cell.get((table.id, head.row, head.col), ()), text, view.lexicon)
            for col in range(head.col, head.col + head.col_span):
                own.setdefault(col, []).extend(periods)
        for col, periods in own.items():
            if periods and (table.id, col) in found:
                found[table.id, col] = (periods, found[table.id, col][1])
    return found


def _find_measures(
    view: ReportView, heads: dict[Place, tuple[list[PlacedPeriod], str]]
) -> dict[Place, tuple[str, bool]]:
    """Return what the columns of levels measure, by their heads, where these say more than when and whose."""
    measures = tuple(view.lexicon["wordings"]["measure"]["words"])
    rests: dict[str, dict[int, str]] = {}
    for indicator in view.indicators if view.analysis.tables else ():
        cell = view.mentions[indicator.mention].cell
        if cell is None or KINDS[indicator.basis] != "level":
            continue
        table = rests.setdefault(cell.table, {})
        if cell.col not in table:
            _, head = heads.get((cell.table, cell.col), ([], ""))
            rest = "" if CHANGED.search(head) else _WHEN.sub(" ", head)
            table[cell.col] = " ".join(word for word in _RUN.findall(rest) if len(word) > _SHORT)
    found: dict[Place, tuple[str, bool]] = {}
    for name, table in rests.items():
        several = len(set(table.values()) - {""}) > 1
        for col, rest in table.items():
            if rest:
                found[name, col] = rest, several or rest.startswith(measures)
    return found
