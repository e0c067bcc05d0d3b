"""SUM006 over a table: what several of its rows come to: `EU và ASEAN cộng lại đạt 42,7 tỷ USD`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import Matches, Spot, find_matches, is_alike
from docanalyze.check.row_labels import Line, read_labels
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words

_JOINT = re.compile(
    r"(?:.*[,;.] )?(?P<one>[^,;.()\d]{2,60}?)(?:, (?P<more>[^;.()\d]{2,80}?))? và (?P<two>[^,;.()\d]{2,60}?)"
    r" (?:cộng lại|gộp lại|cộng chung|tính chung)(?!\w)"
)
_THESE = re.compile(r"(?:này |trên |nói trên |nêu trên |kể trên )(?:cộng lại|gộp lại|tính chung)?(?!\w)")
_TOGETHER = re.compile(r" và [^,;.()\d]{2,60} (?:cộng|gộp|tính) (?:lại|chung)(?!\w)")
_LEAD = 240
_FEWEST, _MOST = 2, 20


def find_row_totals(facts: Facts) -> Iterator[Claim]:
    """Yield what rows that the text names come to, in the column that they make it in.

    Rows are named one by one, or counted: `06 thị trường nói trên cộng lại` behind a table of six.
    """
    matches = find_matches(facts)
    if not matches.spots:
        return
    for figures in facts.sentences_behind("cộng", "gộp", "tính", "này", "trên").values():
        said = ""
        count: Figure | None = None
        for total in figures:
            words, last = facts.words_before(total), count
            said, count = f"{said} {words}"[-_LEAD:], total
            if facts.role_of(total) not in ("level", "total") or total.dimension in ("", "%", "point"):
                continue
            lines = _read_joint(matches, said) if _TOGETHER.search(said) else None
            if lines is None and last is not None and last.exact and _THESE.match(words):
                lines = _read_counted(matches, last)
            if lines is not None:
                yield from _claim(facts, total, [matches.rows[line] for line in lines])


def _read_joint(matches: Matches, said: str) -> list[Line] | None:
    """Return the rows that words name before `cộng lại`; None unless each is one, and all of one table."""
    found = _JOINT.match(said)
    if found is None:
        return None
    names = [found["one"], *(found["more"] or "").split(", "), found["two"]]
    labels = read_labels(matches)
    head = fold_words(found["one"])
    lines: list[Line] = []
    for name in filter(None, names):
        words = fold_words(name)
        own = labels.find_lines(words, least=1.0)
        # `ngân sách trung ương và địa phương`: of the second only what differs is said
        own = own or [
            line for label, places in labels.lines.items() if words <= label and label - words <= head
            for line in places
        ]  # fmt: skip
        lines += own if len(own) == 1 else []
        if len(own) != 1:
            return None
    return lines if len({table for table, _ in lines}) == 1 and len(set(lines)) == len(lines) else None


def _read_counted(matches: Matches, count: Figure) -> list[Line] | None:
    """Return the named rows of the last table before a count, if there are so many."""
    before = [spot for spot in matches.spots if spot.figure.start < count.start and spot.label]
    if not before or not _FEWEST <= count.number <= _MOST:
        return None
    last = max(before, key=lambda spot: spot.figure.start).table
    lines = list(dict.fromkeys(spot.line for spot in before if spot.table == last))
    totals = {spot.line for spots in matches.unnamed.values() for spot in spots}
    named = [line for line in lines if line not in totals]
    return named if len(named) == count.number else None


def _claim(facts: Facts, total: Figure, rows: list[list[Spot]]) -> Iterator[Claim]:
    equations: list[Equation] = []
    owner = facts.by_mention[total.mention]
    for spot in rows[0]:
        column = [next((other for other in row if other.col == spot.col), None) for row in rows]
        parts = [other for other in column if other is not None and is_alike(total, other)]
        if len(parts) == len(rows) and spot.basis in ("actual", "cumulative"):
            equation = add_up(total, (part.figure for part in parts))
            if holds(equation):
                yield Claim("SUM006", equation)
                return
            if spot.period == owner.period:
                equations.append(equation)
    told = [equation for equation in equations if has_edit(equation)]
    if len(told) == 1:
        yield Claim("SUM006", told[0], severity="warning", tied=True)
