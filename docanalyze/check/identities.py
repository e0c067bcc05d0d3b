"""SUM008: indicators that add up by definition, told by their names alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docanalyze.check.counted_kinds import find_counted_kinds
from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts, last_clause
from docanalyze.check.insured import find_insured
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.trade import find_trade_totals
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.lexicon import Lexicon

Names = frozenset[frozenset[str]]
_OWNER = re.compile(r" của (?:tổng )?(?:công ty|ngân hàng|tập đoàn|doanh nghiệp|đơn vị|tỉnh)(?!\w).*")
"""`tổng tài sản của Công ty là`: whose it is names nothing new."""
_BACK = 6
"""How many sentences before its parts a total may stand."""


@lru_cache(maxsize=8)
def _read(lexicon: Lexicon, empty: frozenset[str]) -> tuple[tuple[Names, tuple[Names, ...]], ...]:
    def names(listed: list[str]) -> Names:
        return frozenset(fold_words(name) - empty for name in listed)

    return tuple(
        (names(row["total"]), tuple(names(part) for part in row["parts"]))
        for row in lexicon["identities"]["identity"]
    )


def find_identities(facts: Facts) -> Iterator[Claim]:
    """Yield totals and parts that add up by definition; the total may stand some sentences before them.

    What: figures whose names make an identity of accounting or statistics (`lexicon/identities.toml`) add up.
    Why: a part or the total was changed; no word such as `gồm` need announce the parts.
    Tolerance: half a unit of the last printed place of every figure. Each name stands once in the sentence.
    Example: `tổng tài sản 1.126,8 tỷ đồng, vốn chủ sở hữu 684,3 tỷ đồng, nợ phải trả 442,5 tỷ đồng`.
    """
    yield from find_trade_totals(facts)
    yield from find_insured(facts)
    yield from find_counted_kinds(facts)
    empty = empty_words(facts)
    identities = _read(facts.lexicon, empty)
    known = frozenset(name for _, parts in identities for names in parts for name in names)
    for sentence in facts.by_sentence:
        if sum(facts.role_of(figure) == "level" for figure in facts.levels_of(sentence)) < 2:
            continue
        named = _read_names(facts, sentence, empty)
        if len(named) < 2 or known.isdisjoint(named):
            continue
        for totals, parts in identities:
            found = [[f for name in names for f in named.get(name, ())] for names in parts]
            if not all(len(figures) == 1 for figures in found):
                continue
            others = [figures[0] for figures in found]
            total = [f for name in totals for f in named.get(name, ())]
            near = bool(total)
            if not near:
                total = _find_before(facts, others[0], totals, empty)
            if len(total) == 1 and all(is_alike(total[0], other) for other in others):
                equation = add_up(total[0], others)
                if near:
                    yield Claim("SUM008", equation)
                elif holds(equation) or has_edit(equation):
                    yield Claim("SUM008", equation, sure=False, severity="warning")


def _read_names(facts: Facts, sentence: str, empty: frozenset[str]) -> dict[frozenset[str], list[Figure]]:
    """Return the levels of a sentence by the words that name them."""
    named: dict[frozenset[str], list[Figure]] = {}
    for figure in facts.levels_of(sentence):
        if facts.role_of(figure) == "level":
            clause = last_clause(facts.words_before(figure).rstrip(" (:"))
            clause = _OWNER.sub(" ", clause) if " của " in clause else clause
            words = fold_words(clause) - empty
            named.setdefault(words, []).append(figure)
    return named


def _find_before(facts: Facts, part: Figure, totals: Names, empty: frozenset[str]) -> list[Figure]:
    """Return the totals that the nearest sentence before names: `Tổng tài sản …. Nợ phải trả …`."""
    for name in facts.sentences_before(part, _BACK)[1:]:
        named = _read_names(facts, name, empty)
        found = [figure for words in totals for figure in named.get(words, ())]
        if found:
            return found
    return []
