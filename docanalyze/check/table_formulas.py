"""TAB002: columns that the index row gives by a formula, such as `3=2/1` or `(5)=(4)/(3)*100`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import SLIPS, find_edits, is_telling
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.table_grid import Grid
from docanalyze.check.table_patterns import (
    Fit,
    Kind,
    Pattern,
    fit_pattern,
    is_printed,
    is_rounding,
    make_equation,
)

_IN_HEAD = re.compile(r"\(?\b\d{1,2}\)?\s*=\s*\(?\d[\d()+\-*/×x:%.,…\s]*")
_INDEX = re.compile(r"\(?([A-Za-z]|\d{1,2})\)?(?:\s*=.*)?")
_SUM = re.compile(r"\(?([+-]?\d+(?:[+-]\d+)+)\)?")
_RUN = re.compile(r"(\d+)\+(?:\.{2,}|…)\+(\d+)")
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ratio", re.compile(r"\(?(\d{1,2})/(\d{1,2})\)?(?:\*100)?")),
    ("ratio", re.compile(r"\(?(\d{1,2})\*100\)?/(\d{1,2})")),
    ("ratio", re.compile(r"100\*\(?(\d{1,2})/(\d{1,2})\)?")),
    ("growth", re.compile(r"\(?\(?(\d{1,2})/(\d{1,2})\)?(?:\*100)?\)?-100")),
    ("growth", re.compile(r"\(?\(?(\d{1,2})/(\d{1,2})\)?-1\)?(?:\*100)?")),
    ("growth", re.compile(r"\(?\(?(\d{1,2})-(\d{1,2})\)?/\2\)?(?:\*100)?")),
    ("product", re.compile(r"(\d{1,2})\*(\d{1,2})(?:/10+)?")),
)
_PROVEN = 4
"""A formula that holds in so many rows is one of any other."""
_POWERS = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)


def find_column_formulas(facts: Facts) -> Iterator[Claim]:
    """Yield an equation for each row of a column that the table's index row defines by a formula.

    What: the index row under the heads gives a column by others: `4=2+3`, `5=4/1`, `(5)=(4)/(3)*100`.
    Why: such columns are typed or pasted as values, and one wrong figure breaks them.
    Tolerance: half a unit of the last printed place of every figure; `3=2/1` is read as a ratio in
    percent, as growth or as a plain quotient, whichever most rows bear out.
    Example: under `1 | 2 | 3=2/1` the row `200 | 150 | 57,0` fails: 150 / 200 × 100 = 75,0 ≠ 57,0.
    """
    for grid in facts.grids:
        for fit in find_declared(grid):
            yield from claim_rows(grid, fit, "TAB002", sure=is_borne_out(fit))


def find_declared(grid: Grid) -> list[Fit]:
    """Return the fits of the formulas that the index row declares."""
    known = grid.memo.get("declared")
    if known is None:
        grid.memo["declared"] = known = list(_find_declared(grid))
    return known  # type: ignore[return-value]


def _find_declared(grid: Grid) -> Iterator[Fit]:
    names = _name_columns(grid)
    for col in grid.columns:
        formula = grid.table.columns[col].formula if col < len(grid.table.columns) else None
        if formula is None:
            found = _IN_HEAD.search(grid.heads[col])
            formula = found[0] if found else None
        if formula is None or "=" not in formula:
            continue
        candidates = list(read_formula(formula.partition("=")[2], col, names))
        usable = [p for p in candidates if all(c in grid.values for c in p.columns)]
        best: Fit | None = None
        for pattern in usable:
            # one that fails in too many rows to hold in as many as the best is given up
            allowed = len(grid.rows) - len(best.holding) if best is not None else None
            fit = fit_pattern(grid, pattern, allowed=allowed)
            if fit is not None and fit.rows and (best is None or _rank(fit) > _rank(best)):
                best = fit
        if best is not None:
            yield best


def _rank(fit: Fit) -> tuple[int, float]:
    return len(fit.holding), fit.evidence


def _name_columns(grid: Grid) -> dict[str, int]:
    names: dict[str, int] = {}
    for cell in grid.table.cells:
        found = _INDEX.fullmatch(cell.text.strip()) if cell.role == "index" else None
        if found:
            names.setdefault(found[1], cell.col)
    return names


def read_formula(text: str, result: int, names: dict[str, int]) -> Iterator[Pattern]:
    """Yield the patterns that the right side of an index formula may mean, the plainest first.

    >>> list(read_formula("2/1", 5, {"1": 3, "2": 4}))[0]
    Pattern(kind='ratio', result=5, operands=(4, 3), signs=(), power=0, whole=None)
    """
    plain = re.sub(r"\s+", "", text).strip(".,;")
    plain = re.sub(r"\((\d{1,2})\)", r"\1", plain)
    plain = re.sub(r"[x×]", "*", re.sub(r"[:÷]", "/", plain)).replace("%", "*100").removesuffix(")*100*100")
    plain = _RUN.sub(lambda run: "+".join(str(n) for n in range(int(run[1]), int(run[2]) + 1)), plain)
    if plain.count("(") != plain.count(")"):
        plain = plain.replace("(", "").replace(")", "")
    found = _SUM.fullmatch(plain)
    if found:
        terms = re.findall(r"([+-]?)(\d+)", found[1])
        if all(name in names for _, name in terms):
            operands = tuple(names[name] for _, name in terms)
            signs = tuple(-1 if sign == "-" else 1 for sign, _ in terms)
            kind: Kind = "difference" if signs == (1, -1) else "sum"
            yield Pattern(kind, result, operands, signs)
        return
    for shape, pattern in _SHAPES:
        found = pattern.fullmatch(plain)
        if not found or found[1] not in names or found[2] not in names:
            continue
        operands = names[found[1]], names[found[2]]
        if shape == "product":
            for power in _POWERS:
                yield Pattern("product", result, operands, power=power)
            return
        yield Pattern("ratio" if shape == "ratio" else "growth", result, operands)
        yield Pattern("growth" if shape == "ratio" else "ratio", result, operands)
        for power in _POWERS:
            if power != 2:
                yield Pattern("quotient", result, operands, power=power)
        return


def is_borne_out(fit: Fit) -> bool:
    """Return whether a declared formula holds in so many rows that the others are misprints."""
    held, failed = len(fit.holding), len(fit.failing)
    return held > 0 and failed <= max(1, fit.rows // 3) and not is_rounding(fit)


def claim_rows(grid: Grid, fit: Fit, code: str, *, sure: bool) -> Iterator[Claim]:
    """Yield the equations of a formula's rows.

    Failing rows of rates are left out: a change of a rate is printed in points, its growth elsewhere. Those
    of averages (`tạ/ha`) are told where a misprint explains them.
    """
    pattern = fit.pattern
    for row in fit.holding:
        if is_printed(grid, pattern, row):
            yield Claim(code, make_equation(grid, pattern, row))
    if is_rounding(fit):
        return
    for row in fit.failing:
        equation = make_equation(grid, pattern, row)
        told = pattern.kind == "sum" or not grid.rows[row].is_rate
        proven = len(fit.holding) >= _PROVEN and _is_slip_of_ratio(equation)
        if told or (grid.rows[row].is_average and (proven or is_telling(equation))):
            yield Claim(code, equation, sure=sure)


def _is_slip_of_ratio(equation: Equation) -> bool:
    """Return whether swapped, lost or added digits or a moved separator of a ratio explain a failure."""
    edits = find_edits(equation)
    return any(edit.kind in SLIPS and equation.terms[edit.at][0] == "ratio" for edit in edits)
