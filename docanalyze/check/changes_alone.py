"""Changes told by a sentence of their own: `Chỉ tiêu 842 ha. Quy hoạch 815 ha. Thấp hơn chỉ tiêu 27 ha`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import compare
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.partners import PLANNED
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_UP = ("tăng", "cao hơn", "nhiều hơn", "lớn hơn", "vượt")
_DOWN = ("giảm", "thấp hơn", "ít hơn", "nhỏ hơn", "kém", "hụt", "thiếu")
_CHANGE = re.compile(
    r"\W*(?:(?:như vậy|do đó|theo đó|qua đó|tức(?: là)?|đã|còn)\W+)*"
    rf"(?P<way>{'|'.join((*_UP, *_DOWN))})(?!\w)"
    r"(?: hơn| thêm)?(?P<before>(?: (?!so )[^\W\d]+){0,8})(?: so (?:với )?(?P<base>[^,;:()]{3,60}?))?"
    r"(?: là| khoảng| gần| hơn)?$"
)
_BEHIND = re.compile(r"\s*(?:so với|so) (?P<base>[^,;:.()]{3,60})")
_BACK = 4
"""How many sentences before a change may print what it is measured from."""
_EMPTY = frozenset({"so", "voi", "muc", "duoc", "cua", "la", "hon"})


def find_changes_alone(facts: Facts) -> Iterator[Claim]:
    """Yield changes that begin a sentence, of the level right before them over the one that they name.

    Of one that fails only where no other level bears the name, and a misprint explains it.
    """
    told = facts.behind(*_UP, *_DOWN)
    for figures in facts.by_sentence.values() if told else ():
        change = figures[0]
        if change.mention not in told or change.dimension in ("", "%", "point", "lần"):
            continue
        found = _CHANGE.fullmatch(facts.words_before(change))
        if found is None or facts.role_of(change) in ("growth", "share", "ratio"):
            continue
        empty = empty_words(facts) | _EMPTY
        behind = _BEHIND.match(facts.analysis.text, change.start + len(change.text))
        base, subject = found["base"] or (behind["base"] if behind else ""), found["before"]
        if not base and PLANNED.search(subject) is not None:
            base, subject = subject, ""  # `Vượt dự toán 72,3 tỷ đồng`
        if words := fold_words(base) - empty:
            turned = replace(change, sign=1 if found["way"] in _UP else -1, comparator=None)
            yield from _claim(facts, turned, words, fold_words(subject) - empty)


def _claim(facts: Facts, change: Figure, base: frozenset[str], subject: frozenset[str]) -> Iterator[Claim]:
    before = [
        figure
        for name in reversed(facts.sentences_before(change, _BACK)[1:])
        for figure in facts.levels_of(name)
        if is_alike(figure, change) and not facts.depths.get(figure.mention)
        and facts.by_mention[figure.mention].part_of is None
    ]  # fmt: skip
    if len(before) < 2 or facts.mentions[before[-1].mention].sentence != _sentence_before(facts, change):
        return
    actual = before[-1]
    if base <= _read_words(facts, actual) or not subject <= _read_words(facts, actual):
        return  # `Năm 2023 có 1.012 hộ. Giảm so với năm 2023 là …`: what is compared with is the last one
    bases = [figure for figure in before[:-1] if base <= _read_words(facts, figure)]
    if not bases or actual.comparator is not None:
        return
    nouns = [fold_words(read_behind(facts, figure)) for figure in (actual, bases[-1])]
    if all(nouns) and nouns[0] != nouns[1]:
        return  # `1.245 hộ nghèo. … 856 hộ cận nghèo. …`
    equation = compare("difference", actual, bases[-1], change)
    if holds(equation):
        yield Claim("CHG004", equation)
    elif len(bases) == 1 and bases[0] is before[-2] and has_edit(equation):
        yield Claim("CHG004", equation, severity="warning", tied=True)


def _sentence_before(facts: Facts, figure: Figure) -> str | None:
    names = facts.sentences_before(figure, 1)[1:]
    return names[0] if names else None


def _read_words(facts: Facts, figure: Figure) -> frozenset[str]:
    return fold_words(facts.words_before(figure))
