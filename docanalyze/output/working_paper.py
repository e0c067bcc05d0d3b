"""The auditor's working paper: findings, every relation with live formulas, every figure of the ledger."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import msgspec

from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import Language
from docanalyze.core.mention import FigureValue, Mention
from docanalyze.core.relation import Coverage, Finding, Relation, Text
from docanalyze.output.words import EDITS, LEDGER, REASONS, SEVERITIES, STATES, VERDICTS, WORDS
from docanalyze.output.workbook import Content, Formula, Link, Workbook, quote_sheet

_HUNDRED = Decimal(100)
_POWERS = [Decimal(10) ** power for power in (0, 3, -3, 6, -6, 9, -9, 12, -12, 2, -2, 4, -4)]
"""What may lie between the units of a quotient's terms and that of its result."""

Values = Mapping[str, Sequence[Decimal]]
Cells = Mapping[str, Sequence[str]]


class Shape(msgspec.Struct, frozen=True):
    """The formula of a relation by the roles of its figures.

    `result` is the role of the printed one; `write` gives the formula over cells, `compute` its value;
    `scaled` formulas may differ from the printed unit by a power of ten (million VND per head).
    """

    roles: frozenset[str]
    result: str
    write: Callable[[Cells], str]
    compute: Callable[[Values], Decimal]
    scaled: bool = False


def _shape(
    result: str, others: str, write: Callable[[Cells], str], compute: Callable[[Values], Decimal]
) -> Shape:
    return Shape(frozenset([result, *others.split()]), result, write, compute, scaled=result == "result")


def _percent(above: str, below: str, less: int = 0) -> Shape:
    """Return the shape of `ratio = 100 above / below - less`."""
    tail = f"-{less}" if less else ""
    return _shape(
        "ratio",
        f"{above} {below}",
        lambda cells: f"100*{cells[above][0]}/{cells[below][0]}{tail}",
        lambda values: _HUNDRED * values[above][0] / values[below][0] - less,
    )


def _pair(result: str, first: str, second: str, sign: str) -> Shape:
    """Return the shape of `result = first sign second`."""
    apply = operator.truediv if sign == "/" else operator.sub
    return _shape(
        result,
        f"{first} {second}",
        lambda cells: f"{cells[first][0]}{sign}{cells[second][0]}",
        lambda values: apply(values[first][0], values[second][0]),
    )


def _yearly(years: int) -> Shape:
    """Return the shape of an average growth over so many years."""
    return _shape(
        "ratio",
        "actual base",
        lambda cells: f"100*({cells['actual'][0]}/{cells['base'][0]})^(1/{years})-100",
        lambda values: (
            _HUNDRED * (values["actual"][0] / values["base"][0]) ** (1 / Decimal(years)) - _HUNDRED
        ),
    )


def _flow(flows: str) -> Shape:
    """Return the shape of `result = base + Σ in - Σ out`, with the flows that there are."""

    def write(cells: Cells) -> str:
        signed = [f"+{cell}" for cell in cells.get("in", ())] + [f"-{cell}" for cell in cells.get("out", ())]
        return cells["base"][0] + "".join(signed)

    def compute(values: Values) -> Decimal:
        return values["base"][0] + sum(values.get("in", ())) - sum(values.get("out", ()))

    return _shape("result", f"base {flows}", write, compute)


_SHAPES = (
    _shape("total", "part", lambda c: "+".join(c["part"]), lambda v: sum(v["part"], Decimal(0))),
    _percent("part", "total"),
    _percent("actual", "base", 100),
    _percent("actual", "base"),
    _pair("ratio", "actual", "base", "/"),
    _pair("difference", "actual", "base", "-"),
    _pair("result", "total", "base", "/"),
    _shape("again", "first", lambda c: c["first"][0], lambda v: v["first"][0]),
    _flow("in out"),
    _flow("in"),
    _flow("out"),
    *map(_yearly, range(2, 16)),
)


class Live(msgspec.Struct, frozen=True):
    """A relation in cells: the printed one, the formula of the computed one, how far they may lie apart.

    `least` and `most` are the differences at which the two intervals just meet; an end that a hedge leaves
    out (`hơn 640` is not 640) is open.
    """

    printed: str
    computed: str
    least: Decimal
    most: Decimal
    open_least: bool
    open_most: bool

    def holds(self, difference: Decimal) -> bool:
        """Return whether a difference lies within the two ends."""
        above = difference > self.least if self.open_least else difference >= self.least
        return above and (difference < self.most if self.open_most else difference <= self.most)

    def write_test(self, row: int) -> str:
        """Return the condition that the difference in column H lies within the ends in I and J."""
        above = f"H{row}>I{row}+1E-9" if self.open_least else f"H{row}>=I{row}-1E-9"
        below = f"H{row}<J{row}-1E-9" if self.open_most else f"H{row}<=J{row}+1E-9"
        return f"AND({above},{below})"


class _Book:
    """One report's working paper while it is written."""

    def __init__(self, analysis: Analysis, language: Language, suffix: str) -> None:
        self.analysis = analysis
        self.language = language
        self.names = {name: self.say(WORDS[name])[: 31 - len(suffix)] + suffix for name in _SHEETS}
        self.mentions: dict[str, Mention] = {m.id: m for m in analysis.mentions or ()}
        self.units = {i.mention: i for i in analysis.indicators or ()}
        coverage = analysis.coverage
        self.ledger = coverage.ledger if isinstance(coverage, Coverage) else ()
        self.rows = {entry.mention: number for number, entry in enumerate(self.ledger, 2)}
        self.relation_rows = {r.id: number for number, r in enumerate(analysis.relations or (), 2)}

    def say(self, text: Text) -> str:
        return text.vi if self.language == "vi" else text.en

    def head(self, *names: str) -> list[str]:
        return [self.say(WORDS[name]) for name in names]

    def find_value(self, mention: str) -> Decimal | None:
        """Return what a figure counts for: number times scale, with the sign of its indicator."""
        found = self.mentions.get(mention)
        if found is None or not isinstance(found.value, FigureValue) or found.value.number is None:
            return None
        indicator = self.units.get(mention)
        value = found.value.number * (found.value.scale or 1)
        if indicator is not None and indicator.value is not None:
            value = abs(indicator.value)  # with the scale that its column or caption gives
        falls = indicator is not None and indicator.direction == "decrease"
        return -value if found.value.negative or falls else value

    def is_hedged(self, mention: str) -> bool:
        """Return whether a figure is printed with a hedge that leaves out the figure itself."""
        value = self.mentions[mention].value
        return isinstance(value, FigureValue) and value.comparator in ("more-than", "nearly")

    def cell(self, mention: str) -> str:
        return f"{quote_sheet(self.names['figures-sheet'])}!$D${self.rows[mention]}"


_SHEETS = ("findings-sheet", "relations-sheet", "figures-sheet")


def write_working_paper(
    reports: Sequence[tuple[Analysis, Sequence[Finding]]], *, language: Language = "vi"
) -> bytes:
    """Return the working paper of checked reports as an XLSX file, three sheets a report.

    Figures stand in the ledger once; relations refer to their cells, so that an auditor who corrects a
    figure sees at once which relations then hold. Text of a report is never a formula. Raises
    MissingPart without openpyxl.
    """
    workbook = Workbook()
    for number, (analysis, findings) in enumerate(reports, 1):
        book = _Book(analysis, language, f" {number}" if len(reports) > 1 else "")
        _add_findings(workbook, book, findings)
        _add_relations(workbook, book)
        _add_figures(workbook, book)
    return workbook.to_bytes()


def _add_findings(workbook: Workbook, book: _Book, findings: Sequence[Finding]) -> None:
    rows: list[list[Content]] = []
    for finding in findings:
        first = finding.evidence[0] if finding.evidence else None
        suggestion = finding.suggestion
        row = book.relation_rows.get(finding.relation or "")
        target = f"#{quote_sheet(book.names['relations-sheet'])}!A{row}" if row else None
        rows.append(
            [
                Link(finding.id, target) if target else finding.id,
                book.say(SEVERITIES[finding.severity]),
                finding.code,
                first.page if first else None,
                book.say(finding.message),
                finding.printed_text,
                suggestion.replacement if suggestion else None,
                book.say(EDITS[suggestion.kind]) if suggestion else None,
                "\n".join(dict.fromkeys(e.quote for e in finding.evidence if e.quote)),
                book.say(STATES[finding.state]),
                None,
            ]
        )
    head = book.head(
        "id", "severity", "code", "page", "message", "printed", "suggestion", "edit", "quote", "state", "note"
    )
    title = book.names["findings-sheet"]
    workbook.add_sheet(title, head, rows, widths=(24, 11, 10, 7, 50, 14, 14, 16, 70, 14, 30))
    if rows:
        area = f"B2:B{len(rows) + 1}"
        colours = {"error": "FFFBD5D0", "warning": "FFFDEBB8", "info": "FFDCE8FA"}
        workbook.colour(title, [(area, book.say(SEVERITIES[s]), colour) for s, colour in colours.items()])  # type: ignore[index]


def _add_relations(workbook: Workbook, book: _Book) -> None:
    rows = [
        _write_relation(book, relation, at) for at, relation in enumerate(book.analysis.relations or (), 2)
    ]
    head = book.head(
        "id", "code", "page", "arithmetic", "verdict", "printed", "computed", "gap", "least", "most", "live"
    )
    title = book.names["relations-sheet"]
    workbook.add_sheet(title, head, rows, widths=(8, 10, 7, 70, 18, 20, 20, 16, 14, 14, 10))
    if rows:
        area = f"K2:K{len(rows) + 1}"
        marks = [(book.say(WORDS["agrees"]), "FFD8F0DF"), (book.say(WORDS["differs"]), "FFFBD5D0")]
        workbook.colour(title, [(area, text, colour) for text, colour in marks])


def _write_relation(book: _Book, relation: Relation, row: int) -> list[Content]:
    pages = [book.mentions[o.mention].boxes for o in relation.operands if o.mention in book.mentions]
    page = next((boxes[0].page for boxes in pages if boxes), None)
    verdict = book.say(VERDICTS[relation.verdict])
    told: list[Content] = [relation.id, relation.code, page, relation.arithmetic, verdict]
    live = find_formula(book, relation)
    if live is None:
        return told
    agrees, differs = book.say(WORDS["agrees"]), book.say(WORDS["differs"])
    return [
        *told,
        Formula(f"={live.printed}"),
        Formula(f"={live.computed}"),
        Formula(f"=F{row}-G{row}"),
        live.least,
        live.most,
        Formula(f'=IF({live.write_test(row)},"{agrees}","{differs}")'),
    ]


def find_formula(book: _Book, relation: Relation) -> Live | None:
    """Return the formula for the roles of the figures whose value lies in the interval that was expected.

    None where no formula in cells says the same as the verdict (open lists, dates, figures cut off).
    """
    expected, printed = relation.expected, relation.printed
    if expected is None or printed is None:
        return None
    low, high, printed_low, printed_high = expected.low, expected.high, printed.low, printed.high
    if low is None or high is None or printed_low is None or printed_high is None:
        return None
    values: dict[str, list[Decimal]] = {}
    cells: dict[str, list[str]] = {}
    hedged: set[str] = set()
    for operand in relation.operands:
        value = book.find_value(operand.mention)
        if value is None or operand.mention not in book.rows:
            return None
        values.setdefault(operand.role, []).append(value)
        cells.setdefault(operand.role, []).append(book.cell(operand.mention))
        if book.is_hedged(operand.mention):
            hedged.add(operand.role)
    for shape in _SHAPES:
        if shape.roles != values.keys() or not printed_low <= values[shape.result][0] <= printed_high:
            continue
        try:
            computed = shape.compute(values)
        except ArithmeticError:
            continue
        for power in _POWERS if shape.scaled else _POWERS[:1]:
            value = computed * power
            if low <= value <= high:
                formula = shape.write(cells)
                own = values[shape.result][0]
                less, more = shape.result in hedged, bool(hedged - {shape.result})
                live = Live(
                    printed=cells[shape.result][0],
                    computed=formula if power == 1 else f"({formula})*{power:f}",
                    least=_shorten((low - value) - (printed_high - own)),
                    most=_shorten((high - value) - (printed_low - own)),
                    open_least=(less and own == printed_high) or (more and value == low),
                    open_most=(less and own == printed_low) or (more and value == high),
                )
                says = live.holds(_shorten(own - value))
                return live if says == relation.verdict.startswith("holds") else None
    return None


def _shorten(value: Decimal) -> Decimal:
    """Return a tolerance to nine places: a quotient of decimals may have no end."""
    return round(value, 9).normalize() + 0


def _add_figures(workbook: Workbook, book: _Book) -> None:
    rows: list[list[Content]] = []
    for entry in book.ledger:
        mention = book.mentions[entry.mention]
        indicator = book.units.get(entry.mention)
        before = " ".join(book.analysis.text[max(0, mention.start - 60) : mention.start].split())
        after = " ".join(book.analysis.text[mention.end : mention.end + 30].split())
        row = book.relation_rows.get(entry.relations[0]) if entry.relations else None
        target = f"#{quote_sheet(book.names['relations-sheet'])}!A{row}" if row else None
        relations = ", ".join(entry.relations)
        reason = book.say(REASONS[entry.reason]) if entry.reason in REASONS else entry.reason
        rows.append(
            [
                entry.mention,
                mention.boxes[0].page if mention.boxes else None,
                mention.text,
                book.find_value(entry.mention),
                indicator.unit if indicator else None,
                indicator.name if indicator else None,
                (indicator.scope or indicator.column) if indicator else None,
                book.say(LEDGER[entry.state]),
                reason,
                Link(relations, target) if target else relations or None,
                f"… {before} [{mention.text}] {after} …",
            ]
        )
    names = (
        "id",
        "page",
        "as-printed",
        "value",
        "unit",
        "indicator",
        "scope",
        "state",
        "why",
        "relations",
        "quote",
    )
    widths = (8, 7, 22, 22, 12, 40, 24, 18, 30, 16, 80)
    workbook.add_sheet(book.names["figures-sheet"], book.head(*names), rows, widths=widths)
