"""The table of `docanalyze evaluate --peers`: in Markdown, so that it can be pasted as it is."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.core.errors import Language
from docanalyze.evaluate.scores import Score
from docanalyze.peers import COLUMNS, PeerRow

_HEAD: dict[Language, tuple[str, ...]] = {
    "en": ("tool", *COLUMNS),
    "vi": (
        "công cụ", "câu (văn bản)", "câu (PDF)", "số", "phần trăm", "tiền", "lượng", "ngày", "kỳ",
        "số thứ tự", "viện dẫn", "ô bảng",
    ),
}  # fmt: skip
_NOTES: dict[Language, str] = {
    "en": "F1: sentences and cells exact, figures with place and value right; –: the tool does not do it.",
    "vi": "F1: câu và ô khớp hoàn toàn, số liệu đúng cả chỗ và giá trị; –: công cụ không làm việc này.",
}
_MISSING: dict[Language, str] = {"en": "not installed: {0}", "vi": "chưa cài: {0}"}
_FAILED: dict[Language, str] = {
    "en": "{0} broke down on: {1} (nothing found there)",
    "vi": "{0} bị lỗi ở: {1} (tính là không tìm được gì)",
}
_INSTALL = 'pip install "docanalyze[peers]"'


def show_peers(rows: Sequence[PeerRow], language: Language) -> None:
    """Print the table, and below it what the figures are and which tools are not installed."""
    for line in make_table(rows, language):
        print(line)
    print()
    print(_NOTES[language])
    for row in rows:
        if row.failed:
            print(_FAILED[language].format(row.name, ", ".join(row.failed)))
    missing = [row.name for row in rows if row.missing]
    if missing:
        print(_MISSING[language].format(", ".join(missing)) + f" ({_INSTALL})")


def make_table(rows: Sequence[PeerRow], language: Language) -> list[str]:
    """Return the lines of the table: one row a tool, a column each of `COLUMNS`."""
    lines = [_HEAD[language], ("---",) * (len(COLUMNS) + 1)]
    lines += [(row.name, *(_cell(row.scores.get(column)) for column in COLUMNS)) for row in rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]


def _cell(score: Score | None) -> str:
    return "–" if score is None or not (score.gold or score.found) else f"{score.f1:.3f}"
