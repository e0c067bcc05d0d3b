"""Sums over items that each tell the same counts by their names: `- Cầu (số mũi: 16; số máy: 200; …)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words

_FEWEST, _MOST = 2, 15
_LARGE = 20
"""Smaller totals are the sum of a few counts by chance."""
_SAYS_ALL = ("tổng", "cộng", "toàn")


def find_item_columns(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of each count over the items below a line with the totals of all of them.

    `Tổng cộng 38 mũi thi công, 514 máy, 1.062 lao động.` above `- Nền đường (số mũi: 21; số máy: 290; số
    lao động: 590); - Cầu (số mũi: 17; …)`, or below them. Where one column adds up, one that fails by a
    misprint is told.
    """
    rows: list[tuple[str, tuple[Figure, ...]]] = []
    said = facts.sentences_with(*_SAYS_ALL)
    if not said:
        return
    for sentence in facts.sentences:
        figures = facts.by_sentence.get(sentence.id, ())
        row = figures if len(figures) >= _FEWEST and all(map(_is_count, figures)) else ()
        rows.append((sentence.id, row))
    blocks = {sentence.id: sentence.block for sentence in facts.sentences}
    for at, (name, head) in enumerate(rows):
        if name not in said or not head or not any(figure.value >= _LARGE for figure in head):
            continue
        for run in (rows[at + 1 : at + 1 + _MOST], rows[max(0, at - _MOST) : at][::-1]):
            items: list[tuple[Figure, ...]] = []
            seen = {blocks[name]}
            for other, row in run:
                if len(row) != len(head) or blocks[other] in seen or not _tell_same(facts, head, row):
                    break
                seen.add(blocks[other])
                items.append(row)
            if len(items) >= _FEWEST:
                yield from _claim_columns(head, items)


def _is_count(figure: Figure) -> bool:
    return figure.plain and figure.exact and figure.dimension not in ("%", "point") and figure.sign > 0


def _tell_same(facts: Facts, head: Sequence[Figure], row: Sequence[Figure]) -> bool:
    """Return whether each figure of a row is called as that of the head in its place is."""
    return all(_read_names(facts, one) & _read_names(facts, two) for one, two in zip(head, row, strict=True))


def _read_names(facts: Facts, figure: Figure) -> frozenset[str]:
    """Return the words before and behind a figure that may say what it counts."""
    known: dict[str, frozenset[str]] = facts.memo.setdefault("names around", {})
    if figure.mention not in known:
        before = facts.words_before(figure).rpartition("(")[2].rpartition(";")[2]
        words = f"{before} {figure.dimension} {read_behind(facts, figure)}"
        known[figure.mention] = fold_words(words) - empty_words(facts)
    return known[figure.mention]


def _claim_columns(head: Sequence[Figure], items: list[tuple[Figure, ...]]) -> Iterator[Claim]:
    columns = [add_up(total, [item[at] for item in items]) for at, total in enumerate(head)]
    proof = [
        each for each in columns
        if holds(each) and each.one("total").value >= _LARGE and all(part.number for part in each.all("part"))
    ]  # fmt: skip
    if not proof:
        return
    for each in columns:
        if holds(each) or has_edit(each):
            yield Claim("SUM001", each, severity="warning", tied=True)
