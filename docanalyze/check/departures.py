"""REP002 where it fails: figures of the text that a table prints otherwise, by what stands beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from docanalyze.check.aims import is_aim
from docanalyze.check.edits import find_edits, has_edit
from docanalyze.check.equation import Equation, equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree, judge
from docanalyze.check.matches import (
    Matches,
    Spot,
    Words,
    agree_in_years,
    count_digits,
    empty_words,
    fits_role,
)
from docanalyze.check.row_labels import Labels, Line, read_labels
from docanalyze.check.same_cells import find_same_cell
from docanalyze.check.table_columns import find_relations
from docanalyze.check.table_formulas import find_declared
from docanalyze.core.figure import Figure
from docanalyze.core.kept import Kept
from docanalyze.core.names import fold_words

_SURE_DIGITS = 5
_WHOLE = 100
_INDEX = 50
"""Growth is hardly so large, and an index hardly so small: `tăng 11,8%` is not what `113,8` should be."""
_PLAIN_DIGITS = 4
"""Figures with so many digits may differ by one of them, where only one cell can be meant."""
_TELLING = 3
"""Edits of a lower rank fit by chance once in thousands of pairs; one digit for another fits often."""
_NAMED = 0.6
"""The least share of a row's label that must stand near a figure."""

_HEDGES = ("more-than", "nearly", "about")


def find_departures(facts: Facts, matches: Matches) -> Iterator[Claim]:
    """Yield figures of the text with the cell that they were to repeat, by what stands beside them.

    A cell is the one meant if other figures of the sentence (or of the one before) repeat cells of its
    row, or other items of the sentence cells of its column and the row bears the item's name; else by
    the row's name alone. One small misprint must explain the difference.
    """
    named, kinds = read_labels(matches), {spot.kind for spot in matches.spots}
    before: list[tuple[Figure, Spot]] = []
    for figures in facts.by_sentence.values():
        beside = [(f, spot) for f in figures if (spot := matches.found.get(f.mention)) is not None]
        near = Beside([*before, *beside])
        own = Beside(beside)
        for figure in figures:
            if figure.mention in matches.found or figure.kind not in kinds or not figure.dimension:
                continue
            if figure.number != figure.high:
                continue
            if figure.comparator:
                claim = _find_hedged(facts, matches, figure, beside)
                claim = claim or find_same_cell(facts, matches, figure, named)
            elif figure.telling > 1:
                claim = (
                    _find_in_row(facts, matches, figure, near)
                    or _find_in_column(facts, matches, figure, own, named)
                    or _find_by_name(facts, matches, figure, named)
                    or find_same_cell(facts, matches, figure, named)
                )
            else:
                continue
            if claim is None or _is_index(facts, figure, claim) or _is_whole(claim):
                continue
            if not is_aim(facts, figure):
                yield claim
        before = beside


class Beside(msgspec.Struct, dict=True):
    """Figures of the text with the cells that they repeat, as others beside them look at them."""

    pairs: list[tuple[Figure, Spot]]

    @Kept
    def taken(self) -> frozenset[str]:
        """The mentions of the cells."""
        return frozenset(spot.figure.mention for _, spot in self.pairs)

    @Kept
    def rows(self) -> dict[Line, dict[str, Figure]]:
        """The telling figures by the row that they repeat and the cell there."""
        told: dict[Line, dict[str, Figure]] = {}
        for other, spot in self.pairs:
            if other.telling >= _TELLING:
                told.setdefault(spot.line, {})[spot.figure.mention] = other
        return told

    @Kept
    def columns(self) -> dict[Line, int]:
        """How many telling figures repeat cells of each column."""
        told: dict[Line, int] = {}
        for other, spot in self.pairs:
            if other.telling >= _TELLING:
                told[spot.column] = told.get(spot.column, 0) + 1
        return told


def _find_in_row(facts: Facts, matches: Matches, figure: Figure, beside: Beside) -> Claim | None:
    """Return the claim of a cell in a row that figures beside one repeat."""
    if not beside.rows:
        return None
    owner, words, kind = matches.owner(figure), matches.words_of(figure), figure.kind
    taken = beside.taken
    for line, others in beside.rows.items():
        near = [other for other, spot in beside.pairs if spot.line == line and other.telling > 1]
        kin = any(matches.owner(other) == owner for other in near)
        first = matches.rows[line][0]
        named = first.label <= words.wide if first.label else len(first.head & words.wide) > 1
        telling = any(other.telling > _TELLING for other in others.values())
        spots = [
            spot for spot in matches.rows[line]
            if spot.kind == kind and spot.figure.mention not in taken
            and agree_in_years(words, spot)
        ]  # fmt: skip
        fitting = [spot for spot in spots if fits_role(facts, figure, spot)]
        same = None if kin else _find_own_period(facts, figure, fitting)
        if not (len(others) > 1 or (kin and (named or telling or len(near) > 1)) or (same and telling)):
            continue
        if any(agree(figure, spot.figure) for spot in spots):
            return None
        sure = len(others) > 1 and kin and len(fitting) == 1
        claim = _claim(figure, fitting, least=3 if kin else 4, any_edit=kin, told=sure)
        if claim is None and len(others) > 1:
            # of a row whose other figures the sentence repeats, what is left can only be the one missing
            claim = _claim(figure, spots, least=4 - (len(others) > 2), any_edit=False, told=False)
        left = same or (fitting[0] if sure else None)
        if left is None and len(others) > 1:
            left = _find_headed(beside, line, spots, words)
        if left is None and kin and facts.role_of(figure) == "plan-ratio":
            left = _find_derived(facts, matches, beside, line, owner)
        if claim is None and left is not None and has_edit(equation := equate(figure, left.figure)):
            # the rest of the row stands beside it; `5 tháng chi 6.918,7 tỷ đồng; tháng 5 1.361,9 tỷ đồng`
            claim = Claim("REP002", equation, severity="warning", tied=True)
        if claim is not None:
            return claim
    return None


def _find_derived(facts: Facts, matches: Matches, beside: Beside, line: Line, owner: str) -> Spot | None:
    """Return the one cell that is how much of its plan a figure is which repeats another cell of the row.

    `quyết toán 4.596 triệu đồng, đạt 108% dự toán` beside `Dự toán | Quyết toán | So sánh (%)`.
    """
    whole = next((spot for f, spot in beside.pairs if spot.line == line and f.mention == owner), None)
    grid = next((grid for grid in facts.grids if whole is not None and grid.table.id == whole.table), None)
    if whole is None or grid is None:
        return None
    cells = {spot.col: spot for spot in matches.rows[line]}
    found = [
        cells[fit.pattern.result] for fit in (*find_declared(grid), *find_relations(grid))
        if fit.pattern.kind == "ratio" and not fit.failing and fit.pattern.operands[0] == whole.col
        and fit.pattern.result in cells and (base := cells.get(fit.pattern.operands[-1])) is not None
        and base.basis == "plan"
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _find_headed(beside: Beside, line: Line, spots: list[Spot], words: Words) -> Spot | None:
    """Return the one cell of a row whose column says what a figure is of, as those of the others do.

    `xảy ra 245 vụ, làm chết 108 người, bị thương 207 người` beside `Số vụ | Chết | Bị thương`.
    """
    shared = frozenset.intersection(*[spot.sort for _, spot in beside.pairs if spot.line == line])
    fitting = [spot for spot in spots if (own := spot.sort - shared) and own <= words.near]
    most = max((len(spot.sort & shared) for spot in fitting), default=0)
    nearest = [spot for spot in fitting if len(spot.sort & shared) == most]
    return nearest[0] if len(nearest) == 1 else None


def _find_own_period(facts: Facts, figure: Figure, spots: list[Spot]) -> Spot | None:
    """Return the one cell of a row that is of a level's own period and bears its name."""
    owner = facts.by_mention.get(figure.mention)
    if owner is None or owner.role != "level" or owner.period is None:
        return None
    words = fold_words(owner.name) - empty_words(facts)
    fitting = [spot for spot in spots if spot.period == owner.period and words <= spot.label]
    return fitting[0] if len(fitting) == 1 else None


def _find_in_column(
    facts: Facts,
    matches: Matches,
    figure: Figure,
    beside: Beside,
    named: Labels,
) -> Claim | None:
    """Return the claim of a cell in a column that other items of a sentence repeat, in the row named."""
    told = beside.columns
    if not told:
        return None
    columns = {column for column, count in told.items() if count > 1}
    words, taken = matches.words_of(figure), beside.taken

    # `khá nhất là A (49,1%), B (43,9%)` say no more of themselves than that they are rates
    rate = figure.dimension == "%" and facts.role_of(figure) == "level" and bool(columns)

    def find_spots(lines: list[Line], columns: Collection[Line]) -> list[Spot]:
        return [
            spot for line in lines for spot in matches.rows[line]
            if spot.column in columns and spot.figure.mention not in taken
            and spot.kind == figure.kind and (fits_role(facts, figure, spot) or rate)
        ]  # fmt: skip

    lines = named.find_lines(words.near, least=1.0)
    spots = find_spots(lines, columns)
    if not spots and columns:
        # `giải ngân 441,0 tỷ đồng; tỷ lệ chung 92,3%, cao nhất A (95,9%), thấp nhất B (88,4%)`: where the row
        # of one figure crosses the column of the others
        crossing = {
            spot.line: None
            for f, spot in beside.pairs
            if spot.column not in columns and f.start < figure.start
        }
        spots = find_spots(list(crossing), columns)
    sure = len(spots) == 1
    if not spots:
        spots = find_spots(lines, told)  # `tốt nhất là A với 45,8%; thấp nhất là B, mới đạt 36,2%`
    if len(spots) != 1 or agree(figure, spots[0].figure):
        return None
    claim = _claim(figure, spots, least=3, any_edit=sure, told=sure)
    if claim is None and sure and has_edit(equation := equate(figure, spots[0].figure)):
        claim = Claim("REP002", equation, severity="warning", tied=True)
    return claim


def _find_by_name(facts: Facts, matches: Matches, figure: Figure, named: Labels) -> Claim | None:
    """Return the claim of a cell in the row whose label stands near a figure."""
    if figure.digits < _TELLING:
        return None  # no misprint of it would tell: see `rank_misprint`
    words, owner = matches.words_of(figure), facts.by_mention.get(figure.mention)
    lines = named.find_lines(words.near, least=_NAMED)
    if not lines and owner is not None:  # `riêng dừa tăng 1.427 ha, lên 107.357 ha`
        lines = named.find_lines(fold_words(owner.name), least=1.0)
        words = Words(words.near | fold_words(owner.name))
    spots = [
        spot for line in lines for spot in matches.rows[line]
        if spot.kind == figure.kind and agree_in_years(words, spot)
        and not facts.differ_in_scope(figure, spot.figure)
    ]  # fmt: skip
    if not spots or any(agree(figure, spot.figure) for spot in spots):
        return None
    fitting = [spot for spot in spots if fits_role(facts, figure, spot)]
    whole = all(spot.label <= words.near for spot in fitting)
    plain = whole and len(fitting) == 1 and figure.telling >= _PLAIN_DIGITS
    return _claim(figure, fitting, least=3 if whole else 4, any_edit=plain, told=False)


def _find_hedged(
    facts: Facts, matches: Matches, figure: Figure, beside: list[tuple[Figure, Spot]]
) -> Claim | None:
    """Return the claim of the one cell for a hedged figure in the row that its own level repeats.

    `thu ngân sách gần 26,2 tỷ đồng, tăng trên 22%` beside `26.182 | 20,4`.
    """
    if figure.comparator not in _HEDGES:
        return None
    owner = matches.owner(figure)
    lines = {
        spot.line for other, spot in beside
        if matches.owner(other) == owner and other.telling >= _TELLING
    }  # fmt: skip
    if len(lines) != 1:
        return None
    taken = {spot.figure.mention for _, spot in beside}
    spots = [
        spot for spot in matches.rows[lines.pop()]
        if spot.figure.mention not in taken and spot.kind == figure.kind and fits_role(facts, figure, spot)
    ]  # fmt: skip
    if len(spots) != 1 or facts.role_of(figure) == "level":
        return None
    equation = equate(figure, spots[0].figure)
    told = judge(equation) == "fails" and has_edit(equation)
    return Claim("REP002", equation, severity="warning", tied=True) if told else None


def _claim(figure: Figure, spots: list[Spot], *, least: int, any_edit: bool, told: bool) -> Claim | None:
    """Return the claim of the cell that the smallest misprint explains.

    Both figures must have `least` telling digits, but for swapped ones; `any_edit` takes one digit for
    another as a misprint, too; `told` claims are errors, the others warnings.
    """
    fitting = []
    for spot in spots:
        equation = equate(figure, spot.figure)
        rank = rank_misprint(equation)
        if rank is None or (rank and min(map(count_digits, (figure, spot.figure))) < least):
            continue
        if rank < _TELLING or any_edit or _is_long(equation):
            fitting.append((rank, spot.figure.start, equation))
    if not fitting:
        return None
    equation = min(fitting, key=lambda item: item[:2])[2]
    return Claim("REP002", equation, severity=None if told else "warning")


def _is_whole(claim: Claim) -> bool:
    """Return whether the cell is the whole of a column of shares, which nothing but shares add up to."""
    cell = None if claim.equation is None else claim.equation.terms[1][1]
    return cell is not None and cell.number == _WHOLE and cell.dimension == "%"


def _is_index(facts: Facts, figure: Figure, claim: Claim) -> bool:
    """Return whether `tăng 10,27%` stands beside an index, as 110,27 % is the same, and 107,7 % another."""
    if figure.dimension != "%" or claim.equation is None:
        return False
    cell = claim.equation.terms[1][1]
    if facts.role_of(figure) == "growth" and figure.number < _INDEX <= cell.number:
        return True
    apart = abs(abs(cell.number - 100) - figure.number)
    return apart.scaleb(min(cell.decimals, figure.decimals)) <= 1


def rank_misprint(equation: Equation) -> int | None:
    """Return the rank of the edit that makes two figures equal, 0 the rarest by chance; None without one."""
    if equation.hedged or equation.terms[0][1].dimension == "point":
        return None
    one, two = (figure for _, figure in equation.terms)
    if min(figure.digits for figure in (one, two)) < _TELLING:
        return None
    if one.factor != two.factor and min(map(count_digits, (one, two))) <= _TELLING:
        return None  # `7,98 tỷ USD` and `978,3 triệu USD`: too few digits to tell
    if one.factor == two.factor and not _is_slip(str(one.number), str(two.number)):
        return None
    fitting = find_edits(equation)
    return min((edit.rank for edit in fitting), default=None)


def is_misprint(equation: Equation) -> bool:
    """Return whether one edit that hardly happens by chance makes two figures equal."""
    rank = rank_misprint(equation)
    return rank is not None and (rank < _TELLING or _is_long(equation))


def _is_long(equation: Equation) -> bool:
    """Return whether two figures are printed with so many digits that any one edit tells."""
    telling = min(len(f.number.normalize().as_tuple().digits) for _, f in equation.terms)
    return telling >= _SURE_DIGITS and equation.terms[0][1].dimension != "%"


def _is_slip(one: str, two: str) -> bool:
    """Return whether two numerals differ by no more than one digit lost, added or changed, in any order.

    A quick look before all edits are tried.
    """
    a, b = one.replace(".", ""), two.replace(".", "")
    if abs(len(a) - len(b)) > 1:
        return a.strip("0") == b.strip("0")
    return sum(abs(a.count(digit) - b.count(digit)) for digit in "0123456789") <= 2
