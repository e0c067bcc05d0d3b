"""An amount in digits with the same amount in words in the bracket behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docanalyze.check.equation import equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.core.figure import is_alike

_OPENED = re.compile(r"[^()\d]{0,30}\((?:[^()\d]{0,20}:)?\s*$")
_BEHIND = 24


def find_in_words(facts: Facts) -> Iterator[Claim]:
    """Yield the amounts that a bracket says in words again: `1.250.000 đồng (một triệu, hai trăm …)`."""
    text = facts.analysis.text
    for figures in facts.by_sentence.values():
        for one, two in pairwise(figures):
            end = two.start + len(two.text)
            if two.text[:1].isdigit() or text.find(")", end, end + _BEHIND) < 0 or not is_alike(one, two):
                continue
            if not one.text[:1].isdigit() or any(char.isdigit() for char in two.text):
                continue
            if _OPENED.fullmatch(facts.words_before(two)):
                yield Claim("REP001", equate(one, two))
