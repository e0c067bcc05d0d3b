"""Ratios over a base that is not printed, but differs from the figure by one that is: its change, its rest.

`91,35 tỷ đồng, bằng 92,8% so với cùng kỳ, hụt 7,11 tỷ đồng`; `giải ngân 441,0 tỷ đồng, còn 37,0 tỷ đồng chưa
giải ngân; tỷ lệ 92,3%`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.partners import PLANNED
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Indicator

_CHANGE = re.compile(
    r"\W*(?:và |tức (?:là )?|tương (?:ứng|đương) )?(?:còn )?(?P<way>vượt|hụt|thiếu|tăng|giảm|cao hơn|thấp hơn"
    r"|nhiều hơn|ít hơn|kém)(?!\w)(?: [^\W\d]+){0,2}\W*"
)
"""What may stand between the mark behind a ratio and the change that goes with it."""
_RATIO = re.compile(r"\W*(?:và |tức (?:là )?|tương (?:ứng|đương) )?(?:chỉ |mới )?(?:bằng|đạt)?\s*")
_OF_PLANS = ("vượt", "hụt", "thiếu")
_BASE = re.compile(r"(?<!\w)so với (?:mức )?(?P<base>[^,.;:()]{2,40})")
_RATE = re.compile(r"(?:\s*[^\W\d]+){0,4}[;,.(]\W*(?:(?:tỷ|tỉ) lệ|đạt)(?: [^\W\d]+){0,4}\W*")
"""What may stand between a rest and the share of what is done: `chưa giải ngân; tỷ lệ chung 92,3%`."""
_TELLING = Fraction(1)
_MARK = re.compile(r"[,;:()]|\.\s")
_TAIL = 80


def find_complements(facts: Facts) -> Iterator[Claim]:
    """Yield ratios of figures with the change in units beside it, both over one base that is not printed."""
    for figures in facts.sentences_in_roles("change").values():
        for first, second in pairwise(figures):
            if "change" not in (facts.role_of(first), facts.role_of(second)):
                continue
            ratio, change = (first, second) if first.dimension == "%" else (second, first)
            one, two = facts.by_mention.get(ratio.mention), facts.by_mention.get(change.mention)
            if one is None or two is None or one.role not in ("ratio", "plan-ratio") or two.role != "change":
                continue
            if one.of is None or one.of != two.of or one.against is not None or two.against is not None:
                continue
            actual = facts.figures[facts.indicators[one.of].mention]
            if not is_alike(actual, change) or change.comparator not in (None, "more-than"):
                continue
            if _are_over_one_base(facts, one, ratio, change):
                plain = replace(change, comparator=None)  # `vượt 18,3 tỷ đồng`: just by so much
                equation = Equation("prior", (("actual", actual), ("difference", plain), ("ratio", ratio)))
                tied = one.sure and has_edit(equation)
                yield Claim("CHG005", equation, sure=False, severity="warning", tied=tied)


def _are_over_one_base(facts: Facts, said: Indicator, ratio: Figure, change: Figure) -> bool:
    """Return whether a ratio and a change beside it are over the same base, by the words about them."""
    planned = said.role == "plan-ratio"
    way = _CHANGE.search(facts.clause_before(change))
    joint = _CHANGE if ratio.start < change.start else _RATIO
    between = facts.words_before(max(ratio, change, key=lambda figure: figure.start))
    head, mark, tail = between.rpartition("(" if between.rstrip().endswith("(") else ",")
    if way is None or joint.fullmatch(tail) is None or not (mark or not head):
        return False
    own = find_base(facts, change)
    if planned:
        return PLANNED.search(own) is not None if own else way["way"] in _OF_PLANS
    other = find_base(facts, ratio)
    if not own or not other:
        return way["way"] != "vượt"
    one, two = fold_words(own), fold_words(other)
    return one <= two or two <= one


def find_base(facts: Facts, figure: Figure) -> str:
    """Return what a figure is said to be compared with right behind it: `cùng kỳ`; empty if nothing is."""
    end = figure.start + len(figure.text)
    clause = _MARK.split(facts.analysis.text[end : end + _TAIL], maxsplit=1)[0]
    found = _BASE.search(" ".join(clause.lower().split()))
    return found["base"] if found else ""


def find_done_share(facts: Facts, done: Figure, rest: Figure) -> Iterator[Claim]:
    """Yield the share that is done of what is done and what is left, told right behind the two."""
    inside = facts.by_sentence.get(facts.mentions[rest.mention].sentence or "", ())
    behind = [figure for figure in inside if figure.start > rest.start][:1]
    for ratio in behind:
        said = facts.by_mention.get(ratio.mention)
        if (
            ratio.dimension != "%"
            or said is None
            or said.role not in ("share", "ratio", "plan-ratio", "level")
        ):
            continue
        if said.against is None and _RATE.fullmatch(facts.words_before(ratio)):
            left = replace(rest, sign=-1)
            equation = Equation("prior", (("actual", done), ("difference", left), ("ratio", ratio)))
            if holds(equation) or is_telling(equation, most=_TELLING):
                yield Claim("SUM004", equation, sure=False, severity="warning", tied=True)
