"""Shares of a whole in another chapter: `hộ nghèo 367 hộ (3,42%)` of the `10.742 hộ` of the preamble."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from docanalyze.check.edits import has_edit, has_slip, is_telling
from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.portions import whole_of
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.relation import Indicator

_RARELY = 0.2
"""How many strangers may fit by chance for one that fits to be the whole."""
_SELDOM, _SISTER = Fraction(1, 20), Fraction(1, 5)
_LEAST = 3
"""Counts below a hundred fit shares by chance."""


def find_far_wholes(facts: Facts, known: Sequence[Claim]) -> Iterator[Claim]:
    """Yield shares of counts with the whole that only another sentence prints, but for those `known`.

    A whole is known by a share that it fits; what it does not fit is told where the same sentence prints
    another share of it.
    """
    claimed = {
        claim.equation.one("ratio").mention
        for claim in known
        if claim.equation and claim.equation.form == "share" and (claim.sure or holds(claim.equation))
    }
    counts = _read_counts(facts)
    wholes: dict[tuple[str | None, str], Figure] = {}
    for claim in known:
        if claim.equation is not None and claim.equation.form == "share" and holds(claim.equation):
            _remember(facts, wholes, claim.equation)
    loose: list[tuple[Figure, Figure]] = []
    for indicator in facts.ratios:
        pair = None if indicator.mention in claimed else _read_pair(facts, indicator)
        if pair is None:
            continue
        equation = _find_fitting(*pair, counts.get(pair[0].dimension, []))
        if equation is None:
            loose.append(pair)
        else:
            _remember(facts, wholes, equation)
            yield Claim("PCT001", equation)
    topics = _Topics(facts)
    for part, ratio in loose:
        whole = wholes.get((facts.mentions[part.mention].sentence, part.dimension))
        known_by_share = whole is not None
        before = facts.paragraph_before(part, 1)[1:]
        if whole is None and before and (sister := wholes.get((before[0], part.dimension))) is not None:
            # `18.426 cán bộ, …, nữ 13.182 người (71,5%). … là 93,4% (17.206 người)`: of all again
            equation = share_of(part, sister, ratio)
            if sister.value > part.value and is_telling(equation, most=_SISTER):
                yield Claim("PCT001", equation, severity="warning", tied=True)
                continue
        whole = whole or topics.find_first(part)
        if whole is not None and whole.value > part.value and whole.mention != part.mention:
            equation = share_of(part, whole, ratio)
            if has_edit(equation) if known_by_share else is_telling(equation, most=_SELDOM):
                yield Claim("PCT001", equation, severity="warning", tied=True)
    yield from _find_sisters(facts, known)


class _Topics:
    """The first count of each unit in each section: what the counts below it are mostly parts of."""

    def __init__(self, facts: Facts) -> None:
        self.starts = [section.start for section in facts.sections]
        self.first: dict[tuple[int, str], Figure] = {}
        for figure in facts.prose():
            if figure.exact and figure.plain and facts.role_of(figure) == "level":
                self.first.setdefault((self._place(figure), figure.dimension), figure)

    def find_first(self, part: Figure) -> Figure | None:
        """Return the first count of its kind in a figure's section, if that has three digits."""
        found = self.first.get((self._place(part), part.dimension))
        return found if found is not None and len(str(found.number)) >= _LEAST else None

    def _place(self, figure: Figure) -> int:
        return bisect_right(self.starts, figure.start)


def _find_sisters(facts: Facts, known: Sequence[Claim]) -> Iterator[Claim]:
    """Yield a share that a misprint keeps from its sentence's whole, which the share before it is of.

    `A 8.760 triệu đồng, chiếm 43,6% tổng thu; kế đến là B với hơn 5,2 tỷ đồng, chiếm 25,9%`.
    """
    wholes: dict[str | None, tuple[Figure, Figure]] = {}
    held: Counter[tuple[str | None, str]] = Counter()
    taken: set[str] = set()
    for claim in known:
        if claim.equation is not None and claim.equation.form == "share":
            ratio = claim.equation.one("ratio")
            taken.add(ratio.mention)
            if holds(claim.equation) and claim.equation.one("total").start < claim.equation.one("part").start:
                place, total = facts.mentions[ratio.mention].sentence, claim.equation.one("total")
                wholes[place] = ratio, total
                held[place, total.mention] += 1
    for indicator in facts.ratios if wholes else ():
        owner = facts.indicators.get(indicator.of or "")
        ratio = facts.figures[indicator.mention]
        before, whole = wholes.get(facts.mentions[ratio.mention].sentence, (None, None))
        if owner is None or before is None or whole is None or indicator.mention in taken:
            continue
        part = facts.figures[owner.mention]
        plain = indicator.role == "share" and indicator.sure and indicator.against is None and ratio.decimals
        if not plain or owner.role != "level" or before.start > part.start or not is_alike(part, whole):
            continue
        nearest = all(f is before or f is part for f in facts.figures_between(before.start, part.start))
        if not nearest or whole.value <= part.value:
            continue
        equation = share_of(part, whole, ratio)
        if holds(equation):
            continue
        several = held[facts.mentions[ratio.mention].sentence, whole.mention] > 1
        several = several or _count_shares(facts, ratio, whole) > 1
        if (several and has_edit(equation)) or (has_slip(equation) and is_telling(equation, most=_SISTER)):
            yield Claim("PCT001", equation, severity="warning", tied=True)


def _count_shares(facts: Facts, ratio: Figure, whole: Figure) -> int:
    """Return how many shares with decimals of a sentence agree with a whole."""
    place, count = facts.mentions[ratio.mention].sentence, 0
    for figure in facts.by_sentence.get(place or "", ()):
        said = facts.by_mention.get(figure.mention)
        owner = facts.indicators.get(said.of or "") if said is not None and said.role == "share" else None
        if owner is not None and figure.decimals and is_alike(part := facts.figures[owner.mention], whole):
            count += part.value < whole.value and holds(share_of(part, whole, figure))
    return count


def _read_counts(facts: Facts) -> dict[str, list[tuple[float, Figure]]]:
    """Return the counts of the text by what they count, in order of size."""
    counts: dict[str, list[tuple[float, Figure]]] = {}
    for figure in facts.prose():
        if figure.exact and figure.plain and facts.role_of(figure) in ("level", "total"):
            counts.setdefault(figure.dimension, []).append((figure.rough, figure))
    for group in counts.values():
        group.sort(key=lambda item: (item[0], item[1].start))
    return counts


def _read_pair(facts: Facts, indicator: Indicator) -> tuple[Figure, Figure] | None:
    """Return a count and its share where nothing beside them is the whole."""
    owner = facts.indicators.get(indicator.of or "")
    if indicator.role != "share" or indicator.against is not None or owner is None or not indicator.sure:
        return None
    part, ratio = facts.figures[owner.mention], facts.figures[indicator.mention]
    if whole_of(facts, part) is not None:
        return None  # `382/384 thí sinh, đạt 99,5%`
    if not (part.exact and part.plain and part.dimension and ratio.plain and ratio.decimals):
        return None
    return (part, ratio) if owner.role == "level" and ratio.number else None


def _find_fitting(part: Figure, ratio: Figure, counts: list[tuple[float, Figure]]) -> Equation | None:
    """Return the share of the one count that fits, where hardly any would by chance."""
    low = 100 * part.rough / (ratio.rough + ratio.rough_slack)
    high = 100 * part.rough / max(ratio.rough - ratio.rough_slack, ratio.rough / 2)
    larger = len(counts) - bisect_right(counts, part.rough, key=lambda item: item[0])
    at = bisect_left(counts, low, key=lambda item: item[0])
    end = bisect_right(counts, high, key=lambda item: item[0])
    values = {value for value, _ in counts[at:end]}
    if len(values) != 1 or larger * (high - low) > _RARELY * high:
        return None
    equation = share_of(part, counts[at][1], ratio)
    enough = len(str(counts[at][1].number)) >= _LEAST
    return equation if enough and counts[at][1].mention != part.mention and holds(equation) else None


def _remember(facts: Facts, wholes: dict[tuple[str | None, str], Figure], equation: Equation) -> None:
    part, total = equation.one("part"), equation.one("total")
    if total.exact and facts.is_kin(total, part):
        wholes.setdefault((facts.mentions[part.mention].sentence, part.dimension), total)
