"""SUM008: indicators that add up by definition, told by their names alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts, last_clause
from docanalyze.check.matches import empty_words
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.lexicon import Lexicon

Names = frozenset[frozenset[str]]


@lru_cache(maxsize=8)
def _read(lexicon: Lexicon, empty: frozenset[str]) -> tuple[tuple[Names, tuple[Names, ...]], ...]:
    def names(listed: list[str]) -> Names:
        return frozenset(fold_words(name) - empty for name in listed)

    return tuple(
        (names(row["total"]), tuple(names(part) for part in row["parts"]))
        for row in lexicon["identities"]["identity"]
    )


def find_identities(facts: Facts) -> Iterator[Claim]:
    """Yield totals and parts that add up by definition, in one sentence.

    What: figures whose names make an identity of accounting or statistics (`lexicon/identities.toml`) add up.
    Why: a part or the total was changed; no word such as `gồm` need announce the parts.
    Tolerance: half a unit of the last printed place of every figure. Each name stands once in the sentence.
    Example: `tổng tài sản 1.126,8 tỷ đồng, vốn chủ sở hữu 684,3 tỷ đồng, nợ phải trả 442,5 tỷ đồng`.
    """
    empty = empty_words(facts)
    identities = _read(facts.lexicon, empty)
    for sentence in facts.by_sentence:
        named: dict[frozenset[str], list[Figure]] = {}
        levels = [figure for figure in facts.levels_of(sentence) if facts.role_of(figure) == "level"]
        if len(levels) < 3:
            continue
        for figure in levels:
            words = fold_words(last_clause(facts.words_before(figure).rstrip(" (:"))) - empty
            named.setdefault(words, []).append(figure)
        for totals, parts in identities:
            found = [[f for name in names for f in named.get(name, ())] for names in (totals, *parts)]
            if all(len(figures) == 1 for figures in found):
                total, *others = (figures[0] for figures in found)
                if all(is_alike(total, other) for other in others):
                    yield Claim("SUM008", add_up(total, others))
