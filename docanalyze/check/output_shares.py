"""PCT001 over the gross product: `bội chi 40,75 nghìn tỷ đồng, bằng 5% GDP`, the GDP printed elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds, judge
from docanalyze.core.figure import Figure, is_alike
from docanalyze.lexicon import Lexicon

_BEHIND = re.compile(
    r"\s*(?:so với |của |trên |tổng )?(?:tổng )?(?:gr?dp|sản phẩm trong nước)(?!\w)", re.IGNORECASE
)
_OUTPUT = re.compile(r"(?<!\w)(?:grdp|gdp|tổng sản phẩm)(?!\w)")
_OTHER = re.compile(r"(?<!\w)(?:đầu người|tăng|tốc độ|giá trị tăng thêm|ngành|khu vực)(?!\w)")
_BACK = 8
"""How many sentences before its ratio an amount may stand that a name of its own says is meant."""
_MONEY = ("VND", "USD")


def find_output_shares(facts: Facts) -> Iterator[Claim]:
    """Yield shares of the gross product with what they are of: what stands before, or what a name means.

    Where several products are printed (of two years, in two prices) only the one that fits is taken; a single
    one that does not fit is told if a misprint explains it.
    """
    if not any(word in facts.lowered for word in ("gdp", "grdp", "sản phẩm trong nước")):
        return
    outputs = [figure for figure in facts.prose() if _is_output(facts, figure)]
    for ratio in facts.prose() if outputs else ():
        end = ratio.start + len(ratio.text)
        if ratio.dimension != "%" or _BEHIND.match(facts.analysis.text, end) is None:
            continue
        part, named = _find_part(facts, ratio)
        wholes = [whole for whole in outputs if part is not None and is_alike(part, whole)]
        wholes.sort(key=lambda whole: abs(whole.start - ratio.start))
        equations = [share_of(part, whole, ratio) for whole in wholes if part is not None]
        fitting = next((each for each in equations if judge(each) == "holds"), None)
        fitting = fitting or next((each for each in equations if holds(each)), None)
        if fitting is not None:
            yield Claim("PCT001", fitting)
        elif len(equations) == 1 and has_edit(equations[0]):
            yield Claim("PCT001", equations[0], severity="info" if named else "warning", tied=True)
        elif named:
            # the product nearest before it, in the same chapter
            near = [each for each in equations if each.one("total").start < ratio.start]
            if near and has_edit(near[0]):
                yield Claim("PCT001", near[0], severity="info", tied=True)


def _is_output(facts: Facts, figure: Figure) -> bool:
    """Return whether an amount of money is the gross product of a country or province."""
    if figure.dimension not in _MONEY or facts.role_of(figure) not in ("level", "plan"):
        return False
    name = facts.by_mention[figure.mention].name.lower()
    return _OUTPUT.search(name) is not None and _OTHER.search(name) is None


def _find_part(facts: Facts, ratio: Figure) -> tuple[Figure | None, bool]:
    """Return the amount that a ratio is of, and whether only a name of the ratio says so."""
    indicator = facts.by_mention[ratio.mention]
    owner = facts.indicators.get(indicator.of or "")
    if owner is not None:
        return facts.figures[owner.mention], False
    for said, meant in _names(facts.lexicon):
        if said in indicator.name.lower():
            for sentence in facts.sentences_before(ratio, _BACK):
                levels = [f for f in facts.levels_of(sentence) if f.start < ratio.start]
                bearing = [f for f in levels if meant in facts.by_mention[f.mention].name.lower()]
                if bearing:
                    return bearing[0], True
    return None, True


@lru_cache(maxsize=8)
def _names(lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Return names of ratios to the product with the name of the amount that each is of."""
    return tuple((row["ratio"], row["amount"]) for row in lexicon["identities"]["output"])
