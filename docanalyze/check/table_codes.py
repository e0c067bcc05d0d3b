"""TAB008: rows that follow from others by the codes of their form: `270 = 100 + 200`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.table_grid import Grid, in_one_unit
from docanalyze.check.table_sums import addable_columns
from docanalyze.core.figure import Figure
from docanalyze.lexicon import Lexicon

Formula = tuple[str, tuple[tuple[int, str], ...]]
"""The code of a row, and those that it follows from with their signs."""
_IN_LABEL = re.compile(r"\(?(?P<code>\d{2,3})\s*=\s*(?P<terms>[\d\s()+\-–−]+)")
_MARK = r"(?:[IVX]{1,4}|[A-HK-UY]|\d{1,2})"
_BY_MARK = re.compile(
    rf"\(?(?:\(?{_MARK}\)?\s*=\s*)?(?P<terms>\({_MARK}\)(?:\s*[+\-–−]\s*\({_MARK}\))+)\)?[\s:]*$"
    rf"|\((?:{_MARK}\s*=\s*)?(?P<inner>{_MARK}(?:\s*[+\-–−]\s*\(?{_MARK}\)?)+)\)[\s:]*$"
)
_MARKED = re.compile(rf"\(?({_MARK})(?:[.)/]|$)")
_TERM = re.compile(rf"[()+\-–−]|\d{{2,3}}|{_MARK}")
_CODE = re.compile(r"\d{2,3}")
_LEADING = re.compile(r"^(?:[IVX]{1,4}|[A-H]|\d{1,2})[.)/]\s*|^[-–−+*]\s*")
_FEWEST = 4
"""A statement has at least so many rows with codes."""
_FEWEST_NAMES = 3
_FEWEST_SUMS = 3
"""So many rows that a form derives from others tell which form it is."""


def find_code_sums(facts: Facts) -> Iterator[Claim]:
    """Yield the rows of financial statements that their form derives from other rows.

    What: a row follows from others by their codes: as its own label says (`(270 = 100 + 200)`), else as the
    form of the statement does (`20 = 10 - 11`); or by their running numbers, where its label names those
    (`3. Doanh thu thuần (1)-(2)`).
    Why: totals of statements are typed or pasted; a changed row leaves its total behind.
    Tolerance: half a unit of the last printed place of every figure. A row that fails is told where it holds
    in another column, or one misprint explains it; what is deducted may be printed positive or negative.
    Where several totals miss by one of their last place, all figures are rounded, and none is told.
    Example: under `Mã số` the rows `10 | 512.340`, `11 | 401.220`, `20 | 111.210` fail: 512.340 - 401.220 =
    111.120.
    """
    for grid in facts.grids:
        yield from _drop_rounded(list(_claim_statement(grid, facts.lexicon)))


def _claim_statement(grid: Grid, lexicon: Lexicon) -> Iterator[Claim]:
    yield from _claim_marked(grid)
    rows = {row.code: at for at, row in enumerate(grid.rows) if _CODE.fullmatch(row.code)}
    if len(rows) < _FEWEST:
        yield from _claim_named(grid, lexicon)
        return
    for code, terms in _find_formulas(grid, rows, lexicon):
        yield from _claim_row(grid, rows, code, terms)


def _drop_rounded(claims: list[Claim]) -> Iterator[Claim]:
    """Yield claims; where several totals miss by just one unit of their last place, all figures are rounded.

    Statements in millions print whole numbers that add up only in đồng.
    """
    missed = {
        claim.equation.one("total").mention for claim in claims
        if claim.equation is not None and _misses_by_one(claim.equation)
    }  # fmt: skip
    for claim in claims:
        if len(missed) > 1 and claim.equation is not None and _misses_by_one(claim.equation):
            continue
        yield claim


def _misses_by_one(equation: Equation) -> bool:
    total, parts = equation.one("total"), equation.all("part")
    unit = total.factor / Fraction(10) ** total.decimals
    missed = sum(part.sign * part.value for part in parts) - total.sign * total.value
    return bool(abs(missed) == unit)


def _claim_marked(grid: Grid) -> Iterator[Claim]:
    """Yield the rows whose label gives them by the running numbers of others: `Lợi nhuận gộp (3)-(4)`."""
    formulas = {at: found for at, row in enumerate(grid.rows) if (found := _BY_MARK.search(row.label))}
    if not formulas:
        return
    marks = [_MARKED.match(row.mark.strip() or row.label) for row in grid.rows]
    names = [mark[1] if mark is not None else "" for mark in marks]
    rows = {name: at for at, name in enumerate(names) if name and names.count(name) == 1}
    for at, found in formulas.items():
        formula = read_code_formula("", found["terms"] or found["inner"])
        if formula is not None and all(term != names[at] for _, term in formula[1]):
            yield from _claim_row(grid, {**rows, "": at}, *formula)


def _claim_named(grid: Grid, lexicon: Lexicon) -> Iterator[Claim]:
    """Yield the rows of a statement without codes, by the codes that their names have in its form."""
    labels = [_LEADING.sub("", row.label).lower() for row in grid.rows]
    for each, form in zip(lexicon["statements"]["statement"], _read_forms(lexicon), strict=True):
        names = {name: code for code, *called in each.get("names", ()) for name in called}
        rows: dict[str, int] = {}
        every = tuple(names)
        for at, label in enumerate(labels):
            if not label.startswith(every):
                continue
            known = [
                name for name in names if label.startswith(name) and not label[len(name) :][:1].isalnum()
            ]
            if known:
                rows.setdefault(names[max(known, key=len)], at)
        for code, terms in form if len(rows) >= _FEWEST_NAMES else ():
            if all(term in rows for _, term in terms[:2]):
                yield from _claim_row(grid, rows, code, terms)


def _find_formulas(grid: Grid, rows: Mapping[str, int], lexicon: Lexicon) -> Iterator[Formula]:
    told: set[str] = set()
    for row in grid.rows:
        found = _IN_LABEL.search(row.label)
        if found is not None and (formula := read_code_formula(found["code"], found["terms"])) is not None:
            told.add(found["code"])
            yield formula
    known = [
        [(code, terms) for code, terms in form if code in rows and any(term in rows for _, term in terms)]
        for form in _read_forms(lexicon)
    ]
    best = max(known, key=len)
    if len(best) >= _FEWEST_SUMS:
        yield from (formula for formula in best if formula[0] not in told)


@lru_cache(maxsize=8)
def _read_forms(lexicon: Lexicon) -> tuple[tuple[Formula, ...], ...]:
    return tuple(
        tuple(
            formula
            for line in each["rows"]
            if (formula := read_code_formula(*map(str.strip, line.split("=")))) is not None
        )
        for each in lexicon["statements"]["statement"]
    )


def read_code_formula(code: str, terms: str) -> Formula | None:
    """Return a row's code with the codes that it follows from, signed; None where it is no sum.

    >>> read_code_formula("30", "20 + (21 - 22) - (25 + 26)")
    ('30', ((1, '20'), (1, '21'), (-1, '22'), (-1, '25'), (-1, '26')))
    """
    signs, sign, opened = [1], 1, False
    found: list[tuple[int, str]] = []
    for token in _TERM.findall(terms):
        if token == "(":
            signs.append(signs[-1] * sign)
            sign, opened = 1, False
        elif token == ")":
            if len(signs) == 1:
                break
            signs.pop()
        elif token in "+-–−":
            sign, opened = (1 if token == "+" else -1), False
        elif opened:
            return None
        else:
            found.append((signs[-1] * sign, token))
            sign, opened = 1, True
    return (code, tuple(found)) if len(found) > 1 else None


def _claim_row(
    grid: Grid, rows: Mapping[str, int], code: str, terms: tuple[tuple[int, str], ...]
) -> Iterator[Claim]:
    if code not in rows:
        return
    found: list[tuple[Equation, bool]] = []
    for col in addable_columns(grid):
        total = grid.figures[col][rows[code]]
        parts = [
            (sign, figure) for sign, term in terms
            if term in rows and (figure := grid.figures[col][rows[term]]) is not None
        ]  # fmt: skip
        unread = any(
            term in rows and grid.figures[col][rows[term]] is None and grid.values[col][rows[term]] is None
            and not grid.blanks[col][rows[term]] for _, term in terms
        )  # fmt: skip
        if total is None or not parts or unread:
            continue
        ways = list(_read_ways(total, parts))
        fitting = next((way for way in ways if holds(way)), None)
        found.append((fitting or next((way for way in ways if has_edit(way)), ways[0]), fitting is not None))
    held = sum(fits for _, fits in found)
    for equation, fits in found:
        if fits or held > 1 or (held and has_edit(equation)):
            yield Claim("TAB008", equation)
        elif len(found) == 1 and has_edit(equation):
            yield Claim("TAB008", equation, severity="warning")


def _read_ways(total: Figure, parts: list[tuple[int, Figure]]) -> Iterator[Equation]:
    """Yield the equation with figures as printed, then with what is deducted printed negative."""
    whole, *figures = in_one_unit([total, *(figure for _, figure in parts)])
    signed = [(sign, figure) for (sign, _), figure in zip(parts, figures, strict=True)]
    yield add_up(whole, (replace(figure, sign=figure.sign * sign) for sign, figure in signed))
    if any(sign < 0 and figure.sign < 0 for sign, figure in signed):
        yield add_up(whole, (replace(f, sign=-1 if sign < 0 else f.sign) for sign, f in signed))
