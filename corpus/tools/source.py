"""A source (`*.report`) read strictly into blocks, tables and stated relations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from corpus.tools.header import Header, is_nfc, read_header
from corpus.tools.marks import Line, Mark, check_loose_digits, read_line
from corpus.tools.problems import Problems
from corpus.tools.tables import Table, read_table

CODES = (
    "SUM", "SHARE", "SUM100", "PLAN", "IMPL", "INT", "MIX", "GROW", "PP", "DIFF", "COMPL", "XY", "AVG",
    "STOCK",
    "CUM", "REP", "TAB", "LIST", "REF", "DATE", "NUMB", "HEDGE", "COIN",
)  # fmt: skip
VERDICTS = ("holds", "holds-by-truncation", "suspicious", "fails", "not-checkable")
ROLES = (
    "total", "part", "base", "actual", "plan", "ratio", "growth-ratio", "difference", "result", "factor",
    "other",
)  # fmt: skip
OPTIONS = ("list", "items", "section", "table", "note")
"""Further keys: `list=open` (Σ ≤ total), `items=3` (LIST of unmarked items); of NUMB what is counted:
`section=II/3`, `table=t1`, `note=1`."""

_SINGLE = {"title": "title", "addressee": "addressee", "basis": "basis"}
_LABEL = re.compile(
    r"""(?:
      (?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Phụ\ lục|PHỤ\ LỤC)[ ]
        (?P<named>(?:thứ|THỨ)\ \w+|[IVXLC]+|\d+|[A-ZĐ])[.:]?(?=\s|$)
    | (?P<label>[IVXLC]+|\d+(?:\.\d+)*|[a-zđA-ZĐ])(?:\.|\)|-|\ -|/|(?<=\d\.\d)|(?<=\d\.\d\d))(?=\s)
    | \((?P<inner>\d+|[a-zđ]|[ivx]+)\)
    )""",
    re.VERBOSE,
)
_MARKER = re.compile(
    r"(?:[-–+*•]|(?P<label>\d+(?:\.\d+)*|[a-zđ])[.)]|\((?P<inner>\d+|[a-zđ]|[ivx]+)\))(?=\s)"
)


@dataclass
class Block:
    """A block of the body: its sentences as lines, or a table. `level` of a heading, `note` its mark."""

    kind: str
    number: int
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    label: tuple[int, int] | None = None
    note: str = ""
    table: Table | None = None


@dataclass
class StatedRelation:
    """A relation as its author states it: `operands` are (role, reference) pairs in their order."""

    code: str
    verdict: str
    operands: list[tuple[str, str]]
    options: dict[str, list[str]]
    text: str
    line: int


@dataclass
class SourceReport:
    """A source as read: header, blocks of the body in order, footnotes by number, relations."""

    path: Path
    header: Header
    blocks: list[Block]
    notes: dict[str, Block]
    relations: list[StatedRelation]
    problems: Problems


def parse_report(path: Path) -> SourceReport:
    """Return the report of a source file, its format checked from end to end.

    Raises:
        SourceError: the file breaks the format; the message has a line for every problem.
    """
    problems = Problems(path)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(data[: error.start].count(b"\n") + 1, "the file is not UTF-8")
        problems.raise_any()
        raise
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if not is_nfc(line):
            problems.add(number, "the line is not in NFC (composed letters)")
    fences = [at for at, line in enumerate(lines) if line.strip() == "+++"]
    if len(fences) < 2 or lines[0].strip() != "+++":
        problems.add(1, "the file starts with a TOML header between two +++ lines")
        problems.raise_any()
    header = read_header("\n".join(lines[1 : fences[1]]), 2, path, problems)
    report = SourceReport(path, header, [], {}, [], problems)
    _read_body(report, lines, fences[1] + 1)
    _check_notes(report)
    problems.raise_any()
    return report


def _read_body(report: SourceReport, lines: list[str], at: int) -> None:
    problems = report.problems
    block: Block | None = None
    while at < len(lines):
        raw, number = lines[at], at + 1
        at += 1
        if not raw.strip():
            if block is not None and not block.lines:
                problems.add(block.number, f"the {block.kind} is empty")
            block = None
        elif not raw.startswith("@"):
            if block is None:
                problems.add(
                    number, "text outside a block: start it with @p, @li … (a blank line ends a block)"
                )
            elif block.kind in _SINGLE or block.level:
                problems.add(
                    number, "a title, addressee, basis or heading is one line; start another directive"
                )
            else:
                _add_sentence(block, raw, number, problems)
        else:
            word, _, rest = raw[1:].partition(" ")
            if block is not None and not block.lines:
                problems.add(block.number, f"the {block.kind} is empty")
            block = None
            if word == "table":
                end = at
                while (
                    end < len(lines) and lines[end].strip() != "@end-table" and not lines[end].startswith("@")
                ):
                    end += 1
                if end == len(lines) or lines[end].strip() != "@end-table":
                    problems.add(number, "@table without @end-table")
                body = [(each + 1, lines[each]) for each in range(at, end) if lines[each].strip()]
                table = read_table(rest.strip(), number, body, problems)
                if any(each.table and each.table.name == table.name for each in report.blocks):
                    problems.add(number, f"a second table {table.name}")
                report.blocks.append(Block("table", number, table=table))
                at = (
                    min(end + 1, len(lines))
                    if end < len(lines) and lines[end].strip() == "@end-table"
                    else end
                )
            elif word == "relations":
                _read_relations(report, lines, at)
                return
            else:
                block = _open_block(report, word, rest, number)


def _open_block(report: SourceReport, word: str, rest: str, number: int) -> Block | None:
    """Return the new block of a directive, put in its place in the report."""
    problems = report.problems
    block = Block(word, number)
    if word in _SINGLE:
        pass
    elif re.fullmatch(r"h[1-4]", word):
        block.kind, block.level = "heading", int(word[1])
    elif word == "p":
        block.kind = "paragraph"
    elif word == "li":
        block.kind = "list-item"
    elif word == "note":
        block.kind, (block.note, _, rest) = "footnote", rest.strip().partition(" ")
        if not block.note.isdecimal():
            problems.add(number, "write `@note 1 Text of the note`")
        elif block.note in report.notes:
            problems.add(number, f"a second @note {block.note}")
        report.notes[block.note] = block
    else:
        known = "title addressee basis h1 h2 h3 h4 p li note table relations"
        problems.add(number, f"unknown directive @{word}; known: @{known.replace(' ', ' @')}")
        return block
    if rest.strip():
        _add_sentence(block, rest, number, problems)
    elif word not in ("p", "li"):
        problems.add(number, f"@{word} is empty")
        block.lines.append(Line("", number))
    if block.kind != "footnote":
        report.blocks.append(block)
    return block


def _add_sentence(block: Block, raw: str, number: int, problems: Problems) -> None:
    line = read_line(raw.strip(), number, problems)
    if not line.text:
        problems.add(number, "the sentence is empty")
    if "  " in line.text:
        problems.add(number, "two spaces in a row")
    label = None
    if not block.lines and block.kind in ("heading", "list-item"):
        label = (_LABEL if block.kind == "heading" else _MARKER).match(line.text)
        if block.kind == "list-item" and label is None:
            problems.add(number, "a list item starts with its marker and a space: - + * a) 1. (1) …")
    taken = [span[:2] for span in line.notes]
    if label:
        group = next((name for name in ("named", "label", "inner") if label.groupdict().get(name)), None)
        if group:
            block.label = label.span(group)
            covered = any(mark.start < block.label[1] and block.label[0] < mark.end for mark in line.marks)
            figure = block.kind == "heading" or label.group(group)[0].isdecimal()
            if figure and not covered and re.search(r"[\dIVXLC]", label.group(group)):
                mark = Mark(*block.label, label.group(group), "neg", number, role="section_no")
                line.marks.insert(0, mark)
    check_loose_digits(line, taken, problems)
    block.lines.append(line)


def _read_relations(report: SourceReport, lines: list[str], at: int) -> None:
    for number, raw in enumerate(lines[at:], at + 1):
        if not raw.strip() or raw.startswith("#"):
            continue
        if raw.startswith("@"):
            report.problems.add(number, f"{raw.split()[0]} after @relations, which is the last directive")
            continue
        formula, _, text = raw.partition(";")
        words = formula.split()
        if len(words) < 2 or words[0] not in CODES or words[1] not in VERDICTS:
            report.problems.add(
                number,
                f"a relation is `CODE verdict role=id …`; codes {' '.join(CODES)}; "
                f"verdicts {' '.join(VERDICTS)}",
            )
            continue
        relation = StatedRelation(words[0], words[1], [], {}, text.strip(), number)
        for word in words[2:]:
            role, sign, reference = word.partition("=")
            if sign and reference and role in OPTIONS:
                relation.options.setdefault(role, []).append(reference)
            elif sign and reference and role in ROLES:
                relation.operands.append((role, reference))
            else:
                report.problems.add(
                    number, f"`{word}`: role=id with a role of {' '.join(ROLES)} (text goes behind a `;`)"
                )
        report.relations.append(relation)


def body_lines(block: Block) -> list[Line]:
    """Return every line of a block in text order: sentences, or caption and cells of a table."""
    if block.table is None:
        return block.lines
    caption = [block.table.caption] if block.table.caption else []
    return caption + [cell.line for cell in block.table.cells]


def _check_notes(report: SourceReport) -> None:
    """Note footnote marks without a note, notes without a mark, and marks that do not count 1, 2, 3."""
    seen: list[str] = []
    for block in report.blocks:
        for line in body_lines(block):
            for _, _, mark in line.notes:
                if mark not in report.notes:
                    report.problems.add(line.number, f"[^{mark}] has no @note {mark}")
                elif mark in seen:
                    report.problems.add(line.number, f"[^{mark}] stands twice")
                elif int(mark) != len(seen) + 1:
                    report.problems.add(
                        line.number, f"[^{mark}]: the notes of a report count 1, 2, 3 … in text order"
                    )
                seen.append(mark)
    for mark, block in report.notes.items():
        if mark not in seen:
            report.problems.add(block.number, f"@note {mark} has no mark [^{mark}] in the text")
        for line in block.lines:
            if line.notes:
                report.problems.add(line.number, "a note mark inside a note")
