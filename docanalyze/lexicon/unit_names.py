"""Units by their printed names: `tỷ đồng`, `nghìn tấn`, `tạ/ha`, `%`, `người`; and those of table cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from msgspec import UNSET

from docanalyze.core.analysis import Analysis
from docanalyze.core.bounds import ONE
from docanalyze.core.document import Table
from docanalyze.core.figure import FigureUnit
from docanalyze.core.mention import Number
from docanalyze.lexicon import Lexicon

_POWER = re.compile(r"1[.]?(0{2,3}(?:[.]000)*)\s+(.+)")


@lru_cache(maxsize=4096)
def read_unit(name: str, lexicon: Lexicon) -> FigureUnit:
    """Return what one of a printed unit is; an unknown name is a counted thing of its own.

    >>> from docanalyze.lexicon import load_lexicon
    >>> read_unit("Tỷ đồng", load_lexicon())
    FigureUnit(dimension='VND', factor=Fraction(1000000000, 1), measured=True)
    >>> read_unit("nghìn tấn", load_lexicon())
    FigureUnit(dimension='kg', factor=Fraction(1000000, 1), measured=True)
    """
    printed = " ".join(name.strip(" ()[]:;.,").split())
    head, slash, per = printed.partition("/")
    factor = ONE
    power = _POWER.fullmatch(head)
    if power:
        factor, head = Fraction(10 ** power[1].count("0")), power[2]
    scales, signs, names = _tables(lexicon)
    if printed.lower() in signs:
        return signs[printed.lower()]
    words = head.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in scales:
        factor *= scales[words.pop(0).lower().rstrip(".")]
    rest = " ".join(words)
    if rest.lower() in scales and not slash:
        return FigureUnit("", factor * scales[rest.lower()], measured=True)
    known = names.get(rest) or names.get(rest.lower())
    if known is None:
        dimension, measured = rest.lower(), factor != 1
    elif slash:  # `tạ/ha` stays in its own unit: a rate is compared with rates of the same name
        dimension, measured = rest if known.dimension.isascii() else rest.lower(), True
        if known.dimension.isupper():
            dimension, factor = known.dimension, factor * known.factor
    else:
        dimension, factor, measured = known.dimension, factor * known.factor, known.measured or factor != 1
    return FigureUnit(f"{dimension}/{per.strip()}" if slash else dimension, factor, measured)


@lru_cache(maxsize=8)
def _tables(
    lexicon: Lexicon,
) -> tuple[Mapping[str, Fraction], Mapping[str, FigureUnit], Mapping[str, FigureUnit]]:
    scales = {
        n.lower(): Fraction(row["value"]) for row in lexicon["number_words"]["scale"] for n in row["names"]
    }
    percent = lexicon["units"]["percent"]
    signs = {name.lower(): FigureUnit("%") for name in (*percent["sign"], "tỷ lệ %", "tỷ lệ", "tỉ lệ %")}
    signs |= {name.lower(): FigureUnit("%", Fraction(1, 10)) for name in percent["per_mille"]}
    signs |= {name.lower(): FigureUnit("point") for name in percent["point"]}
    names: dict[str, FigureUnit] = {}
    for row in lexicon["units"]["unit"]:
        base, size = row.get("base"), row.get("factor")
        for name in row["names"]:
            unit = FigureUnit(base or name, Fraction(size) if size else ONE, not row.get("discrete", False))
            names[name] = unit
            names.setdefault(name.lower(), unit)
    for row in lexicon["currencies"]["currency"]:
        for name in row["names"]:
            names[name] = names[name.lower()] = FigureUnit(row["code"])
    for row in lexicon["currencies"]["scaled"]:
        for name in row["names"]:
            names[name] = FigureUnit(row["code"], Fraction(row["scale"]))
    return scales, signs, names


@lru_cache(maxsize=8)
def find_durations(lexicon: Lexicon) -> frozenset[str]:
    """Return the names of units of time (`ngày`, `năm`): what lasts is no part of what is counted."""
    rows = [row for row in lexicon["units"]["unit"] if row.get("duration")]
    return frozenset(name for row in rows for name in (*row["names"], row.get("base", "")) if name)


def find_cell_units(analysis: Analysis, lexicon: Lexicon) -> dict[str, FigureUnit]:
    """Return the units of bare numbers in cells by mention id: the column's, the row's, or the caption's.

    A row's unit has a cell of its own, or stands in a bracket behind its label: `Vận chuyển (Nghìn tấn)`;
    where the table says none, that of a label that counts: `Số người chết`.
    """
    if analysis.mentions is UNSET:
        return {}
    rows: dict[tuple[str, int], str] = {}
    counts: dict[tuple[str, int], str] = {}
    for table in analysis.tables:
        for cell in table.cells:
            if cell.role == "label" and not cell.header and (counted := find_counted(cell.text, lexicon)):
                counts[table.id, cell.row] = counted
            if cell.role == "unit" and cell.text.strip():
                rows[table.id, cell.row] = cell.text
            elif cell.role == "label" and not cell.header and cell.text.endswith(")"):
                unit = find_label_unit(cell.text, lexicon)
                if unit is not None:
                    rows.setdefault((table.id, cell.row), unit)
    tables = {table.id: table for table in analysis.tables}
    units: dict[str, FigureUnit] = {}
    for mention in analysis.mentions:
        if mention.cell is None or not isinstance(mention, Number):
            continue
        name = _cell_unit(tables[mention.cell.table], mention.cell.row, mention.cell.col, rows)
        name = name or counts.get((mention.cell.table, mention.cell.row))
        if name:
            units[mention.id] = read_unit(name, lexicon)
    return units


def find_counted(label: str, lexicon: Lexicon) -> str | None:
    """Return what the rows of a label count, by its first words; None where it does not begin with a count.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [find_counted(label, load_lexicon()) for label in ("Số người chết", "Tổng số hộ nghèo", "Số thu phí")]
    ['người', 'hộ', None]
    """
    found = _COUNT.match(" ".join(label.lower().split()))
    if found is None:
        return None
    words, known = found[1].split(), _counted(lexicon)
    return next((" ".join(words[:n]) for n in (3, 2, 1) if " ".join(words[:n]) in known), None)


def find_label_unit(label: str, lexicon: Lexicon) -> str | None:
    """Return the unit in a bracket behind a row's label; None for other words there.

    >>> from docanalyze.lexicon import load_lexicon
    >>> find_label_unit("Vận chuyển (Nghìn tấn)", load_lexicon())
    'Nghìn tấn'
    >>> find_label_unit("Trồng trọt (vụ đông xuân)", load_lexicon())
    """
    found = _LAST_BRACKET.search(label)
    if found is None:
        return None
    scales, signs, names = _tables(lexicon)
    unit = found[1].strip()
    head = unit.partition("/")[0].strip()
    words = head.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in scales:
        words.pop(0)
    rest = " ".join(words)
    tables = (scales, signs, names, _counted(lexicon))
    return unit if any(name in table for name in (rest, rest.lower()) for table in tables) else None


@lru_cache(maxsize=8)
def _counted(lexicon: Lexicon) -> frozenset[str]:
    rows = (*lexicon["counters"]["classifier"], *lexicon["counters"]["noun"])
    return frozenset(name for row in rows for name in row["names"])


_COUNT = re.compile(r"(?:[-+*•]\s*|[\divx]{1,4}[.)]\s*)?(?:tổng )?số (?:lượng )?((?:[^\W\d_]+ ?){1,3})")
_LAST_BRACKET = re.compile(r"\(([^\W\d_][^()\d]{0,28}|[%‰]|1\.?000 [^()\d]{1,20})\)\s*$")


def _cell_unit(table: Table, row: int, col: int, rows: dict[tuple[str, int], str]) -> str | None:
    column = table.columns[col].unit if col < len(table.columns) else None
    own = rows.get((table.id, row))
    if column:
        return column
    if col < len(table.columns) and "%" in " ".join(table.columns[col].header):
        return "%"  # `% kế hoạch` beside a column of units
    return own or table.unit
