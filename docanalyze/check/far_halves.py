"""Sums of two halves that sentences of their own tell, to the total that a sentence before them tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.unlisted import are_halves
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.lexicon.opposites import strip_halves

_BACK = 6
"""So many heads before its halves a total may stand."""
_BETWEEN = 4
"""So many heads may stand between two halves."""
_PERIOD = re.compile(
    r"\d+ (?:tháng|quý|ngày|tuần)|(?:tháng|quý|tuần) [\divx]+|cả năm|lũy kế|luỹ kế|tính chung"
)
_TIME = re.compile(r"(?<!\w)(?:tháng|quý|năm|kỳ|vụ|ngày)(?: [\divx/.-]+)?(?!\w)|\d[\d/.-]*")


def find_far_halves(facts: Facts) -> Iterator[Claim]:
    """Yield what two halves make, each first in its sentence, to a total named by their common words.

    `Sản lượng thủy sản đạt 740,5 nghìn tấn. Thủy sản nuôi trồng đạt 400,0 …. Thủy sản khai thác đạt 340,5 …`.
    What stands in brackets behind all three (`(quý IV đạt …)`) is summed alike.
    """
    heads = [head for name in facts.by_sentence if (head := _find_head(facts, name)) is not None]
    times = {head.mention: set(_PERIOD.findall(facts.words_before(head))) for head in heads}
    used: set[str] = set()
    for at, one in enumerate(heads):
        for two in heads[at + 1 : at + 1 + _BETWEEN]:
            if not is_alike(one, two) or not _is_same_time(facts, times, one, two) or two.mention in used:
                continue
            if not are_halves(facts, one, two):
                continue
            claims = list(_claim(facts, heads[max(0, at - _BACK) : at], one, two, times))
            if claims:
                used |= {one.mention, two.mention}
                yield from claims
            break


def _claim(
    facts: Facts, earlier: list[Figure], one: Figure, two: Figure, times: dict[str, set[str]]
) -> Iterator[Claim]:
    said = {head.mention: _read_words(facts, head) for head in (*earlier, one, two)}
    common = said[one.mention] & said[two.mention]
    totals = [f for f in reversed(earlier) if is_alike(f, one) and _is_same_time(facts, times, f, one)]
    totals = [f for f in totals if common and common & said[f.mention]]
    fitting = next((f for f in totals if holds(add_up(f, [one, two]))), None)
    if fitting is not None:
        yield Claim("SUM001", add_up(fitting, [one, two]))
        yield from _claim_brackets(facts, fitting, one, two)
        return
    names = [fold_words(_TIME.sub(" ", facts.words_before(half))) for half in (one, two)]
    rests = strip_halves(names[0], names[1], facts.lexicon)
    if rests is None or len((rests[0] ^ rests[1]) - empty_words(facts)) > 1:
        return  # `lao động nam có việc làm …. Lao động nữ học nghề …`
    named = [f for f in totals if common <= said[f.mention] and not are_halves(facts, f, one)]
    if named and named[0].digits > 2:
        whole = add_up(named[0], [one, two])
        if has_edit(whole):
            yield Claim("SUM001", whole, severity="warning", tied=True)
            yield from _claim_brackets(facts, named[0], one, two)


def _claim_brackets(facts: Facts, total: Figure, one: Figure, two: Figure) -> Iterator[Claim]:
    """Yield the sum of what brackets tell alike behind a total and its halves."""
    found = [_read_bracket(facts, figure) for figure in (total, one, two)]
    told = [each for each in found if each is not None]
    if len(told) < len(found) or len({words for words, _ in told}) > 1 or not told[0][0]:
        return
    whole = add_up(told[0][1], [figure for _, figure in told[1:]])
    if holds(whole) or has_edit(whole):
        yield Claim("SUM001", whole, severity="warning", tied=True)


def _read_bracket(facts: Facts, figure: Figure) -> tuple[str, Figure] | None:
    """Return the first figure of the bracket behind a figure, with the words before it."""
    inside = facts.by_sentence.get(facts.mentions[figure.mention].sentence or "", ())
    for other in inside:
        if other.start <= figure.start:
            continue
        if facts.depths.get(other.mention) == 1:
            return (facts.clause_before(other).strip(), other) if is_alike(other, figure) else None
        if is_alike(other, figure):
            return None
    return None


def _find_head(facts: Facts, name: str) -> Figure | None:
    """Return the first figure of a sentence, if it is a level of something that adds up."""
    first = facts.by_sentence[name][0]
    if first not in facts.levels_of(name) or facts.depths.get(first.mention) or first.sign < 0:
        return None
    adds = first.dimension not in ("", "%", "point") and "/" not in first.dimension
    return first if adds and facts.by_mention[first.mention].part_of is None else None


def _read_words(facts: Facts, head: Figure) -> frozenset[str]:
    return fold_words(_TIME.sub(" ", facts.words_before(head))) - empty_words(facts)


def _is_same_time(facts: Facts, times: dict[str, set[str]], one: Figure, two: Figure) -> bool:
    """Return whether two figures are of one period, by the `times` told before them and as they are bound."""
    said = times[one.mention], times[two.mention]
    if all(said) and said[0].isdisjoint(said[1]):
        return False
    first, second = (facts.by_mention[figure.mention].period for figure in (one, two))
    return first is None or second is None or first == second
