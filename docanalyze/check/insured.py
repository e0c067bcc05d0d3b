"""SUM008: who takes part in any social insurance: who is insured for health, and who only for a pension."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike

_SOCIAL, _HEALTH = r"(?:bhxh|bảo hiểm xã hội)", r"(?:bhyt|bảo hiểm y tế)"
_FILLER = r"(?:\W*(?:là|có|đạt|ước|khoảng|gần|hơn|trên|thực hiện|tự nguyện))*\W*$"
_ALL = re.compile(rf"tham gia {_SOCIAL}[^.;\d]{{0,40}}?{_HEALTH}", re.IGNORECASE)
_BY_CHOICE = re.compile(rf"(?<!\w){_SOCIAL} tự nguyện{_FILLER}")
_INSURED = re.compile(rf"(?<!\w){_HEALTH}(?: \({_HEALTH}\)?)?{_FILLER}")
_BACK, _REACH = 4, 90
_DIGITS = 4


def find_insured(facts: Facts) -> Iterator[Claim]:
    """Yield all who are insured with those insured for health and those in the voluntary pension scheme.

    Those in the compulsory scheme are insured for health, too (Luật Bảo hiểm y tế, Điều 12).
    `1.114.100 người tham gia BHXH, BHYT. Trong đó BHXH tự nguyện 6.500 người; BHYT 1.107.600 người`.
    """
    health = facts.behind("bhyt", "bảo hiểm y tế")
    if not health:
        return
    for figure in facts.prose():
        if figure.mention not in health or not _INSURED.search(facts.words_before(figure)):
            continue
        if not figure.exact or figure.digits < _DIGITS or _is_all(facts, figure):
            continue
        names = facts.sentences_before(figure, _BACK)
        near = [f for name in reversed(names) for f in facts.levels_of(name) if f.start < figure.start]
        alike = [f for f in near if is_alike(f, figure) and f.exact]
        chosen = [f for f in alike if _BY_CHOICE.search(facts.words_before(f))]
        totals = [f for f in alike if _is_all(facts, f)]
        if not chosen or not totals:
            continue
        whole = add_up(totals[-1], [chosen[-1], figure])
        if holds(whole) or has_edit(whole):
            yield Claim("SUM008", whole, severity="warning", tied=True)


def _is_all(facts: Facts, figure: Figure) -> bool:
    """Return whether the words before or behind a figure say that it is of both insurances."""
    if _ALL.search(facts.words_before(figure)):
        return True
    behind = facts.analysis.text[figure.start : figure.start + _REACH].partition("người ")[2]
    return _ALL.match(behind) is not None
