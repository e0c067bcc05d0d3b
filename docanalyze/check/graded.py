"""Shares of all marks of a scale: `giỏi chiếm 18,2%; khá 42,4%; trung bình 33,9%; yếu 5,5%`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure
from docanalyze.lexicon import Lexicon

_FEWEST = 3
_INNER = re.compile(r"(?<!\w)(?:trong đó|riêng|trong số)(?!\w)")
_BESIDE = re.compile(
    r"(?<!\w)(?:xuất sắc|kém|còn lại|khác|(?:chưa|không) (?:được )?(?:xếp|đánh giá|phân loại))(?!\w)"
)
"""Marks that some scales have besides."""


@lru_cache(maxsize=4)
def _read_scales(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(
        tuple(re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") for words in scale)
        for scale in lexicon["opposites"]["grades"]["scales"]
    )


def find_graded(facts: Facts) -> Iterator[Claim]:
    """Yield the shares of a scale's marks, from the best down to the worst: they make a hundred."""
    words = ("không hoàn thành", "yếu", "vi phạm", "chưa đạt")
    for figures in facts.sentences_behind(*words).values():
        shares = [
            figure for figure in figures
            if figure.dimension == "%" and facts.role_of(figure) in ("share", "level", "plan-ratio")
            and not _INNER.search(facts.words_before(figure))
        ]  # fmt: skip
        if len(shares) < _FEWEST:
            continue
        for scale in _read_scales(facts.lexicon):
            run = _find_run(facts, shares, scale)
            if run:
                whole = Equation("hundred", tuple(("part", figure) for figure in run))
                if holds(whole) or has_edit(whole):
                    yield Claim("SUM003", whole, severity="warning", tied=True)
                break


def _find_run(facts: Facts, shares: list[Figure], scale: tuple[re.Pattern[str], ...]) -> list[Figure]:
    """Return the shares of each mark of a scale, in its order and outside inner brackets; none if not all."""
    run: list[Figure] = []
    place = 0
    for figure in shares:
        if run and facts.depths.get(figure.mention) != facts.depths.get(run[0].mention):
            continue
        grade = _read_grade(facts, figure, scale)
        if grade is None:
            if _BESIDE.search(facts.clause_before(figure)):
                run.append(figure)
            continue
        if grade != place or (run and ":" in facts.words_before(figure)):
            return []  # `Lớp 6: giỏi 22,4%, khá 45,1%; lớp 7: …`
        run.append(figure)
        place += 1
    return run if place == len(scale) else []


def _read_grade(facts: Facts, figure: Figure, scale: tuple[re.Pattern[str], ...]) -> int | None:
    """Return which mark of a scale the clause before a share names: the worst goes first, `không …`."""
    clause = facts.clause_before(figure)
    grades: tuple[int, ...] = (len(scale) - 1, *range(len(scale) - 1))
    for grade in grades:
        if scale[grade].search(clause) is not None:
            return grade
    return None
