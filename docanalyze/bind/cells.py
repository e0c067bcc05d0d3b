"""The indicators of table cells: the row's label, in the basis that its column has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docanalyze.bind.names import clean_name
from docanalyze.bind.roles import PART_OF_YEAR
from docanalyze.core.document import Table
from docanalyze.core.relation import Basis
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_pattern
from docanalyze.lexicon.unit_names import find_label_unit

_GROWTH = re.compile(r"tăng|giảm|so\b.*(?:cùng kỳ|năm trước|tháng trước)|tốc độ|chỉ số")
_INDEX = re.compile(r"chỉ số .*so .*(?:cùng kỳ|năm trước|tháng trước).*\(%\)|chỉ số .*\(%\).*so .*cùng kỳ")
"""`Chỉ số sản xuất công nghiệp 9 tháng so với cùng kỳ năm trước (%)`: its columns are times only."""
_TIME = re.compile(r"(?:tháng|quý|năm|[ivx\d/., -]|đầu|cuối|ước|tính|chính thức|sơ bộ)+")
_OVER = re.compile(r"[^\W\d]\s?/\s?[^\W\d]")
"""`5 tháng/DT (%)`: one thing over another."""
_SHARE = re.compile(r"tỷ trọng|tỉ trọng|cơ cấu|tỷ lệ")


def name_rows(table: Table, lexicon: Lexicon) -> Mapping[int, str]:
    """Return the label of each row that has one, in lower case and cleaned, without its unit.

    Where one label spans several rows that have labels of their own (`Đường bộ | Số vụ`, ` | Số người chết`),
    the name is that of the row and of the group: `số người chết đường bộ`.
    """
    labels: dict[int, str] = {}
    groups = _find_groups(table)
    for cell in table.cells:
        if cell.role == "label" and cell.text.strip():
            unit = find_label_unit(cell.text, lexicon) if cell.text.endswith(")") else None
            text = cell.text if unit is None else cell.text[: cell.text.rindex("(")]
            group = groups.get((cell.row, cell.col))
            of_all = group is None or group.split(" (")[0].strip() in lexicon["forms"]["sum_row"]["words"]
            name = clean_name(text if of_all else f"{text} {group}", lexicon)
            for row in range(cell.row, cell.row + cell.row_span):
                if group is not None:
                    labels[row] = name
                else:
                    labels.setdefault(row, name)
    return labels


def _find_groups(table: Table) -> dict[tuple[int, int], str]:
    """Return the label to the left that each label stands under, by row and column.

    Only where that label stands for several rows: it spans them, or the cells below it are empty.
    """
    columns: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        if cell.role == "label" and cell.text.strip():
            columns.setdefault(cell.col, {})[cell.row] = cell.text
    if len(columns) != 2:
        return {}
    (left, outer), (right, inner) = sorted(columns.items())
    if right != left + 1 or len(inner) <= len(outer) or not outer or min(outer) > min(inner):
        return {}
    found, group = {}, ""
    for row in sorted(inner):
        group = outer.get(row, group)
        found[row, right] = group
    return found


def find_column_basis(table: Table, col: int, lexicon: Lexicon) -> tuple[Basis, str]:
    """Return the basis of a column by its header path, and the header in one line."""
    header = " ".join(table.columns[col].header).lower() if col < len(table.columns) else ""
    words = PART_OF_YEAR.sub("kỳ", header)
    unit = (table.columns[col].unit or "") if col < len(table.columns) else ""
    percent = "%" in unit or "%" in header
    if not unit and not percent and _INDEX.search((table.title or "").lower()) and _TIME.fullmatch(header):
        return "growth", header
    if percent and cue_pattern(lexicon, "plan").search(header):
        return "plan-ratio", header
    if percent and (_SHARE.search(header) or _OVER.search(header)) and not _GROWTH.search(header):
        return "share", header
    if percent or _GROWTH.search(header):
        return "growth" if percent else "change", header
    if cue_pattern(lexicon, "plan").search(header):
        return "plan", header
    if cue_pattern(lexicon, "base").search(words):
        return "prior-period", header
    if cue_pattern(lexicon, "cumulative").search(header):
        return "cumulative", header
    return "actual", header
