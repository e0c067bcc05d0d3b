"""Shares of a whole that another share calls by the same name, and agrees with: `chiếm 61% tổng vốn`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.named_wholes import LEFT_OUT, read_named_whole
from docanalyze.core.figure import Figure, is_alike

_NEAR = 6
"""So many sentences may lie between two shares of one whole."""
_NAMED = 2


def find_same_named(facts: Facts, known: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the shares that a misprint keeps from the whole of another one that names the same."""
    shares = [claim.equation for claim in known if claim.equation and claim.equation.form == "share"]
    held = {each.one("ratio").mention: each for each in shares if holds(each)}
    called: dict[frozenset[str], list[Equation]] = {}
    for each in held.values():
        words = read_named_whole(facts, each.one("ratio"))
        if len(words) >= _NAMED:
            called.setdefault(words, []).append(each)
    places = {sentence.id: at for at, sentence in enumerate(facts.sentences)} if called else {}
    for indicator in facts.ratios if called else ():
        owner, ratio = facts.indicators.get(indicator.of or ""), facts.figures[indicator.mention]
        if owner is None or ratio.mention in held or owner.role != "level" or not ratio.plain:
            continue
        sisters = called.get(read_named_whole(facts, ratio), ())
        part = facts.figures[owner.mention]
        near = [each for each in sisters if _are_near(facts, places, each, part)]
        if not near or _says_otherwise(facts, ratio) or _agrees_before(facts, part, ratio):
            continue
        wholes = {each.one("total").value: each.one("total") for each in near}
        whole = next(iter(wholes.values()))
        equation = share_of(part, whole, ratio)
        if len(wholes) == 1 and whole.value > part.value and has_edit(equation):
            yield Claim("PCT001", equation, severity="warning", tied=True)


def _are_near(facts: Facts, places: dict[str, int], sister: Equation, part: Figure) -> bool:
    """Return whether two shares are told in one stretch, of one time, with the whole before them both."""
    other, whole = sister.one("part"), sister.one("total")
    one, two = (places.get(facts.mentions[each.mention].sentence or "") for each in (other, part))
    if one is None or two is None or abs(one - two) > _NEAR or not is_alike(part, whole):
        return False
    if facts.title_at(other.start) != facts.title_at(part.start) or whole.start > part.start:
        return False
    times = [facts.by_mention[each.mention].period for each in (other, part)]
    return None in times or times[0] == times[1]


def _says_otherwise(facts: Facts, ratio: Figure) -> bool:
    end = ratio.start + len(ratio.text)
    return LEFT_OUT.search(facts.analysis.text, end, end + 60) is not None


def _agrees_before(facts: Facts, part: Figure, ratio: Figure) -> bool:
    """Return whether a figure before a share agrees with it."""
    others = (each for name in facts.sentences_before(part, _NEAR) for each in facts.levels_of(name))
    return any(
        holds(share_of(part, each, ratio)) for each in others
        if each.start < part.start and is_alike(each, part) and each.value > part.value
    )  # fmt: skip
