"""SUM008: counts of the kinds that all things of a name are of, `đảng bộ cơ sở` and `chi bộ cơ sở`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure
from docanalyze.lexicon.cues import cue_pattern


def find_counted_kinds(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of counts that add up by what they count, and of the changes in a bracket behind each.

    `412 tổ chức cơ sở đảng (tăng 7), trong đó có 138 đảng bộ cơ sở (tăng 3), 274 chi bộ cơ sở (tăng 4)`.
    """
    for row in facts.lexicon["identities"]["counted"]:
        told = facts.sentences_with(row["parts"][-1])
        for name in facts.by_sentence if told else ():
            figures = [f for f in facts.by_sentence[name] if f.exact and f.plain] if name in told else []
            found = [_find_counts(figures, names) for names in (row["total"], *([p] for p in row["parts"]))]
            if any(len(each) != 1 for each in found):
                continue
            total, *parts = (each[0] for each in found)
            if not _may_be_some(facts, total, parts):
                yield from _claim(total, parts)
            changes = [_find_change(facts, name, figure) for figure in (total, *parts)]
            whole, *others = [change for change in changes if change is not None] or [total]
            if len(others) == len(parts):
                yield from _claim(whole, others)


def _may_be_some(facts: Facts, total: Figure, parts: Sequence[Figure]) -> bool:
    """Return whether parts below their total may be those of which something is said: `… hoàn thành tốt`."""
    whole = add_up(total, parts)
    if holds(whole) or sum(part.value for part in parts) > total.value:
        return False
    cued = cue_pattern(facts.lexicon, "complete", "partial").search(facts.words_before(parts[0]))
    return cued is None or any(read_behind(facts, part).strip() for part in parts)


def _claim(total: Figure, parts: Sequence[Figure]) -> Iterator[Claim]:
    whole = add_up(total, parts)
    if holds(whole) or has_edit(whole):
        yield Claim("SUM008", whole, severity="warning", tied=True)


def _find_counts(figures: Sequence[Figure], names: Sequence[str]) -> list[Figure]:
    return [figure for figure in figures if figure.dimension in names]


def _find_change(facts: Facts, sentence: str, level: Figure) -> Figure | None:
    """Return the change in the bracket right behind a level: `138 đảng bộ cơ sở (tăng 3)`."""
    behind = [f for f in facts.by_sentence[sentence] if f.start > level.start][:1]
    inside = behind and facts.depths.get(behind[0].mention, 0) == facts.depths.get(level.mention, 0) + 1
    if not inside or facts.role_of(behind[0]) != "change" or not behind[0].exact:
        return None
    return behind[0]
