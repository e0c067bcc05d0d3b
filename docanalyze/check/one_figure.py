"""Whether two unequal figures of like names can be one: of one time and place, both done or both due."""

from __future__ import annotations

import re

from docanalyze.check.aims import is_aim
from docanalyze.check.equation import equate
from docanalyze.check.facts import Facts
from docanalyze.check.judge import holds
from docanalyze.check.twin_sayings import are_over_others
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.ladder import UPPER
from docanalyze.core.names import fold_words
from docanalyze.lexicon.forms import form_pattern

_TIME = re.compile(r"(?<!\w)(tháng|quý|năm|ngày) (\d[\d/]*|i{1,3}|iv)(?!\w)")
_DUE = re.compile(r"(?<!\w)(?:còn|phải|kế hoạch|dự toán|chỉ tiêu|giao)(?!\w)")
"""What is to be done with it is told among the tasks again: `số vốn còn phải giải ngân`."""
_PARAGRAPH = 12
_HEAD = re.compile(r"(?:[-+*•]\s*|\w{1,3}[.)]\s+)?(?P<name>[^\W\d][^.:;,()\d]{1,50}):\s")


def can_be_one(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether two unequal figures of like words can be one: of one time and place, both done or due.

    Where both are printed elsewhere just so, neither is a misprint.
    """
    if all(facts.printed[figure.dimension, figure.number * 1] > 1 for figure in (one, two)):
        return False
    if _are_of_strangers(facts, one, two) or facts.differ_in_scope(one, two):
        return False
    if is_aim(facts, one) != is_aim(facts, two) and not any(
        _DUE.search(facts.words_before(figure)) for figure in (one, two) if not is_aim(facts, figure)
    ):
        return False
    if facts.spans_period_of(one, two) or _differ_in_head(facts, one, two):
        return False
    if one.dimension == "%" and are_over_others(facts, one, two):
        return False
    (times, places, due), (others, elsewhere, later) = (_read_scope(facts, figure) for figure in (one, two))
    return due == later and places == elsewhere and (not times or not others or bool(times & others))


def _differ_in_head(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether the paragraphs of figures open with names of their own: `Cà phê: …`, `Chè: …`."""
    heads = []
    for figure in (one, two):
        names = facts.paragraph_before(figure, _PARAGRAPH)
        first = facts.sentence_of(names[-1]) if names else None
        found = _HEAD.match(facts.analysis.text, first.start) if first is not None else None
        heads.append(fold_words(found["name"]) if found else frozenset())
    return bool(heads[0] and heads[1]) and heads[0] != heads[1]


def _are_of_strangers(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether two ratios are said of figures that are printed as unequal."""
    owners = [
        facts.figures[facts.indicators[owner].mention]
        for figure in (one, two) if (owner := facts.by_mention[figure.mention].of) is not None
    ]  # fmt: skip
    return len(owners) == 2 and is_alike(*owners) and not holds(equate(*owners))


def _read_scope(facts: Facts, figure: Figure) -> tuple[frozenset[str], frozenset[str], bool]:
    """Return the times and places named before a figure in its sentence, and whether it is planned."""
    sentence = facts.sentence_at(figure.start)
    text = facts.analysis.text
    said = " ".join(text[sentence.start if sentence is not None else figure.start : figure.start].split())
    said = f"{facts.title_at(figure.start)}. {said}"
    due = form_pattern(r"(?<!\w)<due>(?!\w)").search(facts.words_before(figure)) is not None
    times = frozenset(f"{found[1]} {found[2].lstrip('0')}" for found in _TIME.finditer(said.lower()))
    place = form_pattern(rf"(?<!\w)(?i:<place_class>) (?P<name>(?:[{UPPER}]\w*\s?|\d+\s?)+)")
    return times, frozenset(found["name"].strip().lower() for found in place.finditer(said)), due
