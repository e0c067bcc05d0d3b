"""A report to be set: what it holds, in reading order, from the corpus or from a plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from corpus.tools.header import letterhead_lines
from corpus.tools.marks import Line
from corpus.tools.reference import unit_line
from corpus.tools.source import SourceReport, parse_report

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


@dataclass
class Item:
    """A block: its kind, its text with note marks as raised digits, the notes behind them; or a table.

    Cells are (row, column, rows, columns, is head, text).
    """

    kind: str
    text: str = ""
    level: int = 0
    notes: list[str] = field(default_factory=list)
    cells: list[tuple[int, int, int, int, bool, str]] = field(default_factory=list)
    unit: str = ""


@dataclass
class Paper:
    """A whole report: letterhead in two columns, items, closing; where page number and running head go."""

    name: str
    left: list[str]
    right: list[str]
    under: list[str]
    items: list[Item]
    recipients: list[str]
    authority: list[str]
    signer: str
    running_head: str = ""
    number_at: str = "top"


def read_corpus_report(path: Path) -> Paper:
    """Return a report of the corpus as a paper."""
    report = parse_report(path)
    left, right, under = letterhead_lines(report.header)
    closing = report.header.closing or {}
    return Paper(
        path.stem, left, right, under, list(_read_items(report)), list(closing.get("recipients", [])),
        [*closing.get("authority", []), *closing.get("office", [])], closing.get("signer", ""),
    )  # fmt: skip


def _read_items(report: SourceReport) -> list[Item]:
    count = 0
    items: list[Item] = []

    def write(lines: list[Line], notes: list[str]) -> str:
        nonlocal count
        parts: list[str] = []
        for line in lines:
            at, text = 0, ""
            for start, end, mark in line.notes:
                count += 1
                text += line.text[at:start] + str(count).translate(SUPERSCRIPTS)
                notes.append(" ".join(x.text for x in report.notes[mark].lines))
                at = end
            parts.append(text + line.text[at:])
        return " ".join(parts)

    for block in report.blocks:
        item = Item(block.kind, level=block.level)
        if block.table is not None:
            table = block.table
            item.kind = "table"
            if table.caption is not None:
                items.append(Item("caption", write([table.caption], item.notes)))
            item.unit = unit_line(table)
            item.cells = [
                (c.row, c.col, c.row_span, c.col_span, c.header, write([c.line], item.notes))
                for c in table.cells
            ]
        else:
            item.text = write(block.lines, item.notes)
        items.append(item)
    return items


def read_plain_report(path: Path) -> Paper:
    """Return a text with markdown bold, raised note marks and notes of their own as a paper.

    A block that ends without a stop and is followed by one that begins small was cut by a page end:
    the two are one paragraph.
    """
    blocks = [re.sub(r"\s+", " ", b).strip() for b in re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))]
    blocks = [b for b in blocks if b and not re.fullmatch(r"\W*\d{0,3}\W*", b)]
    notes = {m.group(): b[m.end() :].strip() for b in blocks if (m := _MARK.match(b))}
    blocks = [b for b in blocks if not _MARK.match(b)]
    start = next(i for i, b in enumerate(blocks) if b.startswith("Nơi nhận"))
    merged: list[str] = []
    for block in blocks[:start]:
        if merged and block[0].islower() and merged[-1][-1] not in ".;:":
            merged[-1] += " " + block
        else:
            merged.append(block)
    items: list[Item] = []
    for block, after in zip(merged, [*merged[1:], ""], strict=True):
        text = block.replace("*", "")
        numbered = re.match(r"\d{1,2}\. ", block) and (block[-1] not in ".;" or after.startswith("- "))
        heading = block.startswith("**") or re.match(r"[IVX]+\. ", block) or numbered
        kind = "title" if len(items) < 2 else "heading" if heading else "paragraph"
        if text.startswith("Kính gửi"):
            kind = "addressee"
        found = [notes[m] for m in _MARK.findall(text) if m in notes]
        items.append(Item(kind, text, level=1 if text.isupper() else 2, notes=found))
    closing = " ".join(blocks[start:])
    recipients = [
        r.strip() for r in re.split(r"(?:^|\s)- ", closing.split("**")[0].split("Nơi nhận:")[1]) if r
    ]
    return Paper(
        path.stem, ["UBND TỈNH TRÀ VINH", "ỦY BAN NHÂN DÂN", "HUYỆN DUYÊN HẢI"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ["Số: 215/BC-UBND", "Duyên Hải, ngày 20 tháng 6 năm 2023"],
        items, [r for r in recipients if r], ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Kim Chí Hòa",
    )  # fmt: skip
