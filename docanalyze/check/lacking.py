"""What a plan that is not printed still lacks: `đạt 87,4% kế hoạch. … cần phát triển thêm 143.000 người`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.said import read_behind, read_sentence_before
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Indicator

_LACKING = re.compile(
    r"(?<!\w)(?:(?:cần|phải|cần phải)(?: tiếp tục)?(?: [^\W\d]+){0,4} (?:thêm|nữa)"
    r"|còn thiếu|còn phải [^\W\d]+)"
    r"(?: (?:khoảng|hơn|gần|trên|là))?$"
)
_YEARLY = re.compile(r"(?<!\w)(?:mỗi|bình quân|trung bình)(?!\w)")
_NEXT = re.compile(r"(?: [^\W\d]+){0,8}(?:[;,]| và)(?: và)?(?: thêm)?")
_BACK = 3
"""How many sentences before what is lacking may print what is done of the plan."""
_ZEROS = 1000


def find_lacking(facts: Facts) -> Iterator[Claim]:
    """Yield what is done with its share of a plan and what is lacking: the plan is the two together.

    One that fails is told only if it is named as one thing alone that is done, and a misprint explains it.
    """
    for name, figures in facts.sentences_behind("thêm", "còn thiếu", "còn phải", "nữa").items():
        run: list[Figure] = []
        for before, figure in pairwise((None, *figures)):
            assert figure is not None
            words = facts.words_before(figure)
            if _LACKING.search(words) and not _YEARLY.search(words):
                run = [figure]
            elif run and before is run[-1] and is_alike(run[0], figure) and _NEXT.fullmatch(f" {words}"):
                run.append(figure)
            else:
                continue
            done = _find_done(facts, name, figure)
            if done is not None:
                yield from _claim(facts, *done, figure)


def _find_done(facts: Facts, name: str, rest: Figure) -> tuple[Figure, Figure] | None:
    """Return what is done and its share of the plan, of the thing that what is lacking names behind it."""
    known: list[tuple[Indicator, Figure]] = []
    for place in facts.sentences_before(rest, _BACK):
        for figure in facts.by_sentence.get(place, ()):
            indicator = facts.by_mention.get(figure.mention)
            if figure.start < rest.start and indicator is not None and indicator.role == "plan-ratio":
                owner = facts.indicators.get(indicator.of or "")
                if owner is not None and indicator.against is None and indicator.sure and figure.plain:
                    known.append((owner, figure))
    alike = [
        (actual, ratio) for owner, ratio in known
        if is_alike(actual := facts.figures[owner.mention], rest) and ratio.value < _ALL
    ]  # fmt: skip
    if len(known) == 1 and alike:
        return alike[0]
    own = fold_words(read_behind(facts, rest)) - empty_words(facts)
    scores = [len(own & fold_words(facts.words_before(actual))) for actual, _ in alike]
    best = max(scores, default=0)
    return alike[scores.index(best)] if best and scores.count(best) == 1 else None


_ALL = 100
_WHOLLY = re.compile(r"(?<!\w)(?:để|nhằm) (?:hoàn thành|đạt|bảo đảm|đảm bảo)(?!\w)")
_SOME = re.compile(r"(?<!\w)(?:khác|riêng|trong (?:tháng|quý|tuần|năm)|trước mắt|giai đoạn)(?!\w)")


def _is_all_lacking(facts: Facts, done: Figure, rest: Figure) -> bool:
    """Return whether words tell all that a plan lacks: in the sentence of what is done, or to fulfil it."""
    said = f"{read_sentence_before(facts, rest)} {read_behind(facts, rest)}"
    near = facts.mentions[done.mention].sentence == facts.mentions[rest.mention].sentence
    last = said[-_TAIL:] if near else said
    return _SOME.search(last) is None and (near or _WHOLLY.search(said) is not None)


_TAIL = 60


def _claim(facts: Facts, done: Figure, ratio: Figure, rest: Figure) -> Iterator[Claim]:
    left = replace(rest, sign=-1, comparator=None)
    rounded = not rest.decimals and rest.number > 0 and int(rest.number) % _ZEROS == 0
    if rounded:  # `143.000 người` of 143.335
        number = Decimal(int(rest.number) // _ZEROS)
        left = replace(left, number=number, high=number, factor=rest.factor * _ZEROS, exact=False)
    equation = Equation("prior", (("actual", done), ("difference", left), ("ratio", ratio)))
    right = holds(equation)
    if not right and not (has_edit(equation) and _is_all_lacking(facts, done, rest)):
        return
    if not rounded:
        yield Claim("PCT002", equation, severity="warning", tied=True)
        return
    share = 100 * done.rough / (done.rough + rest.rough)
    computed = f"{share:.{ratio.decimals}f}".replace(".", ",")
    yield Claim(
        "PCT002", verdict="holds" if right else "fails", severity="warning",
        mentions=(("actual", done.mention), ("difference", rest.mention), ("ratio", ratio.mention)),
        arithmetic=f"{done.numeral} / ({done.numeral} + {rest.numeral}) × 100 = {computed}"
        + ("" if right else f" ≠ {ratio.numeral}"),
    )  # fmt: skip
