"""SUM001 that no word announces, borne out by what is said of each figure: its growth, its plan, its share.

A total of two parts that grew by 5,5 %, 32,6 % and 3,4 % had a total of two parts before, too. Strangers
hardly ever keep both sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec

from docanalyze.check.edits import find_edits, is_telling
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.list_ends import list_families
from docanalyze.check.unlisted import are_halves, cover_all, find_summed
from docanalyze.core.figure import Figure, count_decimals, is_alike
from docanalyze.lexicon.cues import cue_pattern

_AHEAD = 12
"""So many levels behind a total its parts may be among."""
_APART = 10
"""So many sentences behind it."""
_MOST, _DIGITS, _LONG = 6, 3, 4
_PAIR = 2
_SHARE = re.compile(r"(?<!\w)(?:chiếm|tỷ trọng|tỉ trọng|tương ứng)(?!\w)")
_CLOSING = re.compile(r"(?<!\w)(?:tổng(?! (?:công ty|cục))|tính chung|như vậy|cả thảy|cộng(?! đồng))(?!\w)")
_NEAR, _FAR = 1 / 25, 25.0
"""So much of its right size, or so many times it, a misprinted figure is."""
_CLASS = re.compile(r"(?<!\w)(khối|khu vực|miền|phía)(?!\w)")
"""`khối doanh nghiệp …; khối hộ dân cư …`: of such there are only so many."""
_USUAL = 0.4
"""How far apart the growths of two things may well be."""
_SMALL = 0.05
_OVER = _CLASSED = Fraction(1)
_UNLISTED, _SHORT = Fraction(1, 10), Fraction(1, 20)


class Said(msgspec.Struct, frozen=True):
    """What is said of a level: `weight` is it over its base, `slack` what rounding may change of that."""

    kind: str
    figure: Figure
    weight: float = 0.0
    slack: float = 0.0


class Row(msgspec.Struct, frozen=True):
    """A level with what is said of it; `place` is the number of its sentence."""

    figure: Figure
    said: tuple[Said, ...]
    place: int
    owner: str | None


def find_borne_out(facts: Facts) -> Iterator[Claim]:
    """Yield sums of levels to one before them, or to a total behind them, that their ratios keep too.

    One that fails is told where a misprint of the figure explains it that the ratios speak against.
    """
    known: tuple[Claim, ...] | None = facts.memo.get("sums borne out")
    if known is None:
        known = facts.memo["sums borne out"] = tuple(_find_sums(facts))
    yield from known


def _find_sums(facts: Facts) -> Iterator[Claim]:
    rows = _read_rows(facts)
    if len(rows) <= _PAIR:
        return
    made = {total.mention for total, parts in list_families(facts) if holds(add_up(total, parts))}
    made |= {total.mention for total in find_summed(facts).values()}
    absorbed: set[str] = set()
    for at in range(len(rows) - 1, -1, -1):
        total = rows[at]
        fitting, explained = None, []
        for parts, closed in _list_groups(facts, rows, at, absorbed):
            whole = add_up(total.figure, [part.figure for part in parts])
            if holds(whole):
                if _find_doubt(total, parts, None) < 1 or _is_exact(total, parts):
                    fitting = whole
                    break
            elif _are_apart(facts, total, parts):
                continue
            elif closed and total.figure.mention not in made and _is_explained(facts, whole, total, parts):
                explained.append(whole)
        if fitting is not None:
            absorbed |= {part.mention for part in fitting.all("part")}
            yield Claim("SUM001", fitting)
        elif len(explained) == 1:
            yield Claim("SUM001", explained[0], severity="warning", tied=True)


def _is_exact(total: Row, parts: Sequence[Row]) -> bool:
    """Return whether two parts make a total of so many digits that it is no chance."""
    return len(parts) == _PAIR and min(row.figure.telling for row in (total, *parts)) >= _LONG


_SIDE = re.compile(r"(?<!\w)(?<!xuất )(nhập|xuất) khẩu(?!\w)")
_SPAN = re.compile(r"(?<![\w/])(\d{1,2}) tháng(?! \d)")


def _are_apart(facts: Facts, total: Row, parts: Sequence[Row]) -> bool:
    """Return whether words part figures: what goes out from what comes in, or 8 months from 9."""
    for pattern in (_SIDE, _SPAN):
        own = _read_one(facts, total.figure, pattern)
        if own is not None and any(
            _read_one(facts, part.figure, pattern) not in (None, own) for part in parts
        ):
            return True
    return False


def _read_one(facts: Facts, figure: Figure, pattern: re.Pattern[str]) -> str | None:
    """Return the one thing of a kind that a sentence says before a figure; None for none, or several."""
    sentence = facts.sentence_at(figure.start)
    if sentence is None:
        return None
    found = set(pattern.findall(facts.analysis.text[sentence.start : figure.start].lower()))
    return found.pop() if len(found) == 1 else None


def _read_rows(facts: Facts) -> list[Row]:
    """Return the levels of prose of which a ratio, a change or a share is said, in text order."""
    rows: list[Row] = []
    places = {name: at for at, name in enumerate(sentence.id for sentence in facts.sentences)}
    for name in facts.by_sentence:
        for figure in facts.levels_of(name):
            if facts.role_of(figure) not in ("level", "total") or facts.depths.get(figure.mention):
                continue
            if figure.dimension in ("", "%", "point") or "/" in figure.dimension:
                continue
            own = facts.by_mention[figure.mention]
            said = tuple(
                one for each in facts.said_of.get(own.id, ())
                if (one := _read_said(facts, each.role or "", facts.figures[each.mention])) is not None
            )  # fmt: skip
            if not said and figure.digits >= _DIGITS:
                # printed again: what was said of it a moment ago
                near = (row for row in rows[-_AHEAD:] if row.figure.dimension == figure.dimension)
                said = next((row.said for row in near if row.figure.value == figure.value), ())
            if said:
                rows.append(Row(figure, said, places.get(name, 0), own.part_of))
    return rows


def _read_said(facts: Facts, role: str, figure: Figure) -> Said | None:
    if role == "change":
        return Said("change", figure) if figure.dimension not in ("%", "point") else None
    if role == "share" and _SHARE.search(facts.words_before(figure)):
        return Said("share", figure)
    bounds = figure.bounds()
    if bounds.low is None or bounds.high is None:
        return None
    size, slack = float(bounds.low + bounds.high) / 2, float(bounds.high - bounds.low) / 2
    if role == "growth" and figure.dimension == "%":
        size = 100 + (-size if figure.sign < 0 else size)
    elif role == "times":
        size, slack = 100 * size, 100 * slack
    elif figure.dimension != "%":
        return None
    kind = _KINDS.get(role)
    return Said(kind, figure, size / 100, slack / 100) if kind is not None and size > slack else None


_KINDS = {"growth": "before", "ratio": "before", "times": "before", "plan-ratio": "plan", "share": "either"}
"""`bằng 104%` may be of a plan or of the year before."""


def _list_groups(
    facts: Facts, rows: list[Row], at: int, absorbed: set[str]
) -> Iterator[tuple[list[Row], bool]]:
    """Yield the rows that may be the parts of one: the next of its unit, every second, or those before it.

    With each whether no sentence is torn apart.
    """
    total = rows[at]
    own = facts.by_mention[total.figure.mention].id
    ahead = [row for row in rows[at + 1 : at + 1 + _AHEAD] if row.place - total.place <= _APART]
    alike = [
        row
        for row in ahead
        if _is_kin(facts, row.figure, total.figure) and row.figure.mention not in absorbed
    ]
    inner = {facts.by_mention[row.figure.mention].id for row in alike}
    alike = [row for row in alike if row.owner is None or row.owner == own or row.owner not in inner]
    for size in range(_PAIR, min(len(alike), _MOST) + 1):
        rest = alike[size : size + 1]
        yield alike[:size], not rest or rest[0].place != alike[size - 1].place
    for size in range(_PAIR, (len(alike) - 1) // 2 + 1):
        beside = [row.figure for row in alike[: 2 * size + 1 : 2]]
        if holds(add_up(beside[0], beside[1:])):  # `tháng 7 đạt …, 7 tháng đạt …`: two of each
            yield alike[1 : 2 * size + 1 : 2], True
    if _CLOSING.search(facts.words_before(total.figure)):
        before = [row for row in rows[max(0, at - _AHEAD) : at] if total.place - row.place <= _APART]
        before = [row for row in before if _is_kin(facts, row.figure, total.figure)]
        for size in range(_PAIR, min(len(before), _MOST) + 1):
            rest = before[-size - 1 : -size]
            yield before[-size:], not rest or rest[0].place != before[-size].place


def _is_kin(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether two figures are of one unit: persons, in thousands too, are counted by many words."""
    if is_alike(one, two):
        return True
    person = cue_pattern(facts.lexicon, "person")
    return person.search(one.dimension) is not None and person.search(two.dimension) is not None


def _is_explained(facts: Facts, whole: Equation, total: Row, parts: Sequence[Row]) -> bool:
    """Return whether a misprint explains a failing sum, and what is said of the figures agrees with it."""
    figures = [total.figure, *(part.figure for part in parts)]
    made = sum(part.figure.rough for part in parts)
    for at, figure in enumerate(figures):
        size = made if at == 0 else total.figure.rough - made + figure.rough
        if not _NEAR < size / (figure.rough or 1) < _FAR:
            continue
        doubt = _find_doubt(total, parts, (at, size))
        if doubt >= 1:
            continue
        if any(
            edit.at == at and count_decimals(edit.number) <= figure.decimals for edit in find_edits(whole)
        ):
            most = _find_limit(facts, parts, over=made > total.figure.rough) / Fraction(doubt)
            return is_telling(whole, most=most, near=False)
    return False


def _find_limit(facts: Facts, parts: Sequence[Row], *, over: bool) -> Fraction:
    """Return how often strangers may do as well: a list may leave parts out, but tells none twice."""
    if over:
        return _OVER if any(part.owner is not None for part in parts) else _UNLISTED
    figures = [part.figure for part in parts]
    if (len(figures) == _PAIR and are_halves(facts, *figures)) or cover_all(facts, figures):
        return _CLASSED
    heads = [_CLASS.search(facts.words_before(part.figure)) for part in parts]
    one = {head[1] if head is not None else None for head in heads}
    return _CLASSED if len(one) == 1 and None not in one else _SHORT


def _find_doubt(total: Row, parts: Sequence[Row], mended: tuple[int, float] | None) -> float:
    """Return how often what is said of strangers would agree as well; 1 where it does not or says nothing.

    `mended` is which figure is misprinted, and what it should be.
    """
    sizes = [total.figure.rough, *(part.figure.rough for part in parts)]
    gap = sizes[0]
    if mended is not None:
        gap = sizes[0] - sum(sizes[1:]) if sum(sizes[1:]) < sizes[0] else gap
        sizes[mended[0]] = mended[1]
    if sizes[0] <= max(sizes[1:]):
        return 1.0
    least = 1.0
    for said in _line_up(total, parts):
        kind = said[0].kind
        if kind == "share":
            shares = [each.figure for each in said]
            agrees = holds(add_up(shares[0], shares[1:]))
            agrees = agrees and min(f.digits for f in shares) > 1 and gap > _SMALL * sizes[0]
            least = min(least, 0.1 if agrees else 1.0)
        elif kind == "change":
            changes = add_up(said[0].figure, [each.figure for each in said[1:]])
            told = (
                gap > _SMALL * sizes[0]
                and said[0].figure.digits > 1
                and all(each.figure.number for each in said)
            )
            least = min(least, 0.1 if told and holds(changes) else 1.0)
        else:
            least = min(least, _weigh((total, *parts), sizes, said, gap))
    return least


def _line_up(total: Row, parts: Sequence[Row]) -> Iterator[list[Said]]:
    """Yield what is said of a total and of all its parts alike: the first of a kind, else the second."""
    for kind in ("before", "plan", "share", "change"):
        weighed = kind in ("before", "plan")
        told = [
            [each for each in row.said if each.kind == kind]
            + [each for each in row.said if weighed and each.kind == "either"]
            for row in (total, *parts)
        ]
        for at in range(min(map(len, told))):
            yield [each[at] for each in told]


def _weigh(rows: Sequence[Row], sizes: Sequence[float], said: Sequence[Said], gap: float) -> float:
    """Return how much of what the ratios of strangers would give agrees; 1 where the bases do not add up.

    So would those of a list that leaves out what it lacks, the `gap`: the less that is, the less they tell.
    """
    bases = [size / each.weight for size, each in zip(sizes, said, strict=True)]
    slack = sum(
        row.figure.rough_slack / each.weight + base * each.slack / each.weight
        for row, base, each in zip(rows, bases, said, strict=True)
    )
    if abs(bases[0] - sum(bases[1:])) > slack:
        return 1.0
    weights = [each.weight for each in said[1:]]
    spread = min(sizes[0] / min(weights) - sizes[0] / max(weights), _USUAL * gap)
    return min(1.0, 2 * slack / spread) if spread else 1.0
