"""The figure of a headline with the one that the text below it tells: `Giải ngân đạt 57% kế hoạch năm`."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.check.edits import find_edits
from docanalyze.check.equation import equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree
from docanalyze.check.matches import empty_words
from docanalyze.check.portions import whole_of
from docanalyze.core.analysis import Sentence
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_LINES = 2
"""So many lines may stand above what a headline tells of."""
_LENGTH = 200
_BELOW = 6
"""So many sentences below a headline may tell its figure again."""
_FEWEST, _LEAST = 2, 0.6
"""The least number and share of a headline's words that stand about the figure it tells."""
_LONG = 3
_HEDGES = ("more-than", "nearly", "about")
_RATES = {"level", "share", "ratio"}
_KINDS = ("digit", "swap", "separator", "drop", "insert")


def find_headlines(facts: Facts) -> Iterator[Claim]:
    """Yield the figures of a headline with those below it that are printed alike, or but for a misprint.

    One that the text prints nowhere is told, if one figure of its kind has most of the headline's words.
    """
    for at, sentence in enumerate(facts.sentences[:_LINES]):
        figures = facts.by_sentence.get(sentence.id, ())
        if figures and _is_headline(facts, sentence, at):
            for figure in figures:
                yield from _claim(facts, figure, at)


def _is_headline(facts: Facts, sentence: Sentence, at: int) -> bool:
    """Return whether a sentence is a short line with no full stop above a text in sentences."""
    text = facts.analysis.text[sentence.start : sentence.end].strip()
    below = facts.sentences[at + 1 : at + 2]
    if not text or len(text) > _LENGTH or text[-1] in ".;:,)" or text.isupper() or not below:
        return False
    return below[0].block != sentence.block and sentence.section is None


def _claim(facts: Facts, figure: Figure, at: int) -> Iterator[Claim]:
    role = facts.role_of(figure)
    if not _is_single(figure) or not figure.dimension or role is None or whole_of(facts, figure) is not None:
        return
    below = [
        (place, each, sentence) for place, sentence in enumerate(facts.sentences[at + 1 :])
        for each in facts.by_sentence.get(sentence.id, ())
        if is_alike(each, figure) and each.sign == figure.sign and _are_said_alike(facts, figure, each)
    ]  # fmt: skip
    words = _read_words(facts, facts.sentences[at])
    same = next((each for _, each, _ in below if agree(figure, each)), None)
    if same is not None:
        yield Claim("REP001", equate(figure, same))
        return
    told: dict[int, list[Figure]] = {}
    for place, each, sentence in below:
        common = len(words & _read_words(facts, sentence))
        if place < _BELOW and common >= max(_FEWEST, _LEAST * len(words)) and _is_single(each):
            told.setdefault(common, []).append(each)
    near = told[max(told)] if told else []
    if len({each.value for each in near}) > 1 and figure.telling >= _LONG:
        near = [each for each in near if _is_slip(figure, each)]  # `đạt 97,3%, trong đó giỏi 2,9%`
    if len({each.value for each in near}) != 1 or _is_rounded(figure, near[0]):
        return
    if figure.telling < _LONG and not _is_alone(facts, figure, near[0]):
        return
    if _is_slip(figure, near[0]):
        yield Claim("REP001", equate(figure, near[0]), severity="warning", tied=True)


def _is_single(figure: Figure) -> bool:
    """Return whether a figure is one number, if a hedged one."""
    return figure.number == figure.high and figure.comparator in (None, *_HEDGES)


def _are_said_alike(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether figures have one role; a headline may leave out that it tells a share."""
    first, second = facts.role_of(one), facts.role_of(two)
    return first == second or (one.dimension == "%" and {first, second} <= _RATES)


def _is_slip(one: Figure, two: Figure) -> bool:
    """Return whether a misprint tells figures apart, each printed in full or cut off by a hedge."""
    equation = equate(one, two)
    hedged = one.comparator is not None or two.comparator is not None
    if one.decimals != two.decimals and not hedged:
        return False
    return any(edit.kind in _KINDS for edit in find_edits(equation))


def _is_alone(facts: Facts, figure: Figure, other: Figure) -> bool:
    """Return whether figures have equally many digits, and one is alone of its kind in its sentence."""
    inside = facts.by_sentence.get(facts.mentions[other.mention].sentence or "", ())
    alike = [each for each in inside if is_alike(each, other)]
    return len(figure.numeral) == len(other.numeral) and len(alike) == 1


def _read_words(facts: Facts, sentence: Sentence) -> frozenset[str]:
    said = fold_words(facts.analysis.text[sentence.start : sentence.end])
    return frozenset(word for word in said if not word[0].isdigit()) - empty_words(facts)


def _is_rounded(figure: Figure, other: Figure) -> bool:
    """Return whether a headline may have rounded a figure: `9.000 tỷ đồng` of 8.960."""
    digits = str(figure.number).rstrip("0") if not figure.decimals else ""
    zeros = len(str(figure.number)) - len(digits) if digits else 0
    return zeros > 0 and abs(figure.number - other.number) < 10**zeros
