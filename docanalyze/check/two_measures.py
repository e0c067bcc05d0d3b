"""PCT001 where parts are told in two measures at once: `chiếm 78% về số việc và 53% về số tiền`.

`8.230 việc với 1.234 tỷ đồng. Trong đó có điều kiện 5.430 việc, 789 tỷ đồng`: one whole serves both, so that
the share in one measure shows of what the other is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_BACK = 4
"""So many sentences before shares may print their whole."""
_JOINED = re.compile(
    r"(?P<what>[^\d;:()]{3,60}?)(?: và|,|\s*-) ?(?:chiếm|đạt|bằng)?(?: tỷ lệ)?(?: hơn| trên| gần| khoảng)*"
)
_MONEY = re.compile(
    r"(?<!\w)(?:tiền|vốn|giá trị|trị giá|kinh phí|kim ngạch|doanh thu|diện tích|sản lượng)(?!\w)"
)
_OF = re.compile(r"(?:về|số|tổng|trong|trên|giá trị)(?!\w)")
_OTHER = re.compile(r"(?<=\w) (?:trên|so|của|mà)(?!\w)")
"""`66% về việc và 25% về tiền trên số việc, tiền có điều kiện`."""
_TAIL = 60
Couple = tuple[Figure, Figure]
"""A part and its share."""


def find_two_measures(facts: Facts) -> Iterator[Claim]:
    """Yield the shares of a part in two measures with the one whole that is printed in both."""
    for figures in facts.by_sentence.values():
        if sum(figure.dimension == "%" for figure in figures) < 2 or len(figures) < 4:
            continue
        for couples in _list_couples(facts, figures):
            yield from _claim_both(facts, couples)


def _list_couples(facts: Facts, figures: Sequence[Figure]) -> Iterator[tuple[Couple, Couple]]:
    """Yield two parts side by side with the share of each: both behind, or each behind its own."""
    for one, two, three, four in zip(figures, figures[1:], figures[2:], figures[3:], strict=False):
        shares = [each for each in (one, two, three, four) if each.dimension == "%"]
        if len(shares) != 2 or four.dimension != "%" or one.dimension == "%":
            continue
        if any(facts.role_of(share) not in ("share", "level", "plan-ratio") for share in shares):
            continue
        if two.dimension == "%":
            if _are_measures(facts, one, three) and facts.role_of(two) != "level":
                yield (one, two), (three, four)
            continue
        found = _JOINED.fullmatch(facts.words_before(four))
        if found is None or not _are_measures(facts, one, two):
            continue
        behind = _OTHER.split(_read_behind(facts, four))[0]
        first, second = _find_measure(found["what"], one, two), _find_measure(behind, one, two)
        if first is one and second is not one:
            yield (one, three), (two, four)
        elif first is two and second is not two:
            yield (two, three), (one, four)


def _read_behind(facts: Facts, figure: Figure) -> str:
    """Return the words behind a figure up to the next mark or digit, in lower case."""
    end = figure.start + len(figure.text)
    return re.split(r"[,;:()\d]|\. ", facts.analysis.text[end : end + _TAIL].lower(), maxsplit=1)[0].strip()


def tell_two_measures(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether shares side by side are in two measures: `26,7% số dự án và 30% tổng vốn`."""
    found = _JOINED.fullmatch(facts.words_before(two))
    return found is not None and bool(_OF.match(found["what"])) and bool(_OF.match(_read_behind(facts, two)))


def _are_measures(facts: Facts, one: Figure, two: Figure) -> bool:
    roles = facts.role_of(one), facts.role_of(two)
    return roles == ("level", "level") and not is_alike(one, two) and "" not in (one.dimension, two.dimension)


def _find_measure(words: str, one: Figure, two: Figure) -> Figure | None:
    """Return which of two parts words tell of: by its unit, or `tiền`, `vốn` for money."""
    said = fold_words(words)
    named = [part for part in (one, two) if fold_words(part.dimension) <= said]
    if not named and _MONEY.search(words):
        named = [part for part in (one, two) if not part.exact]
    return named[0] if len(named) == 1 else None


def _claim_both(facts: Facts, couples: tuple[Couple, Couple]) -> Iterator[Claim]:
    """Yield both shares of the nearest whole that serves both, or one that fails where the other holds."""
    (one, _), (two, _) = couples
    start = min(one.start, two.start)
    wholes = list(_list_wholes(facts, one, two, start))
    tried = [
        tuple(share_of(part, whole, share) for (part, share), whole in zip(couples, pair, strict=True))
        for pair in wholes
    ]
    for equations in tried:
        if all(map(holds, equations)):
            yield from (Claim("PCT001", equation) for equation in equations)
            return
    for equations in tried:
        failing = [equation for equation in equations if not holds(equation)]
        if len(failing) == 1 and has_edit(failing[0]) and not _has_other(facts, failing[0], wholes):
            yield from (Claim("PCT001", each) for each in equations if each is not failing[0])
            yield Claim("PCT001", failing[0], severity="warning", tied=True)
            return


def _list_wholes(facts: Facts, one: Figure, two: Figure, start: int) -> Iterator[Couple]:
    """Yield the pairs of levels before a part in its two measures, side by side, the nearest first."""
    for name in facts.sentences_before(one, _BACK):
        levels = [figure for figure in facts.levels_of(name) if figure.start < start]
        for first, second in reversed(list(pairwise(levels))):
            if is_alike(first, one) and is_alike(second, two):
                yield first, second
            elif is_alike(second, one) and is_alike(first, two):
                yield second, first


def _has_other(facts: Facts, failing: Equation, wholes: Sequence[Couple]) -> bool:
    """Return whether a share is right of another level that is printed before it."""
    part, share = failing.one("part"), failing.one("ratio")
    own = {whole.mention for pair in wholes for whole in pair} | {part.mention}
    return any(
        holds(share_of(part, figure, share))
        for name in facts.sentences_before(part, _BACK)
        for figure in facts.levels_of(name)
        if figure.start < share.start and figure.mention not in own and is_alike(figure, part)
    )
