"""SUM006: a total that names its two parts, which the sentences before it tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.said import read_behind, read_clause
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_TWO = re.compile(
    r"(?<!\w)tổng (?!công ty|cục)(?P<one>[^;:()]{3,90}?) (?:và|với|cùng) (?P<two>[^,;:()]{3,90})$"
)
_SO = re.compile(r"(?<!\w)(?:như vậy|(?:đã )?(?:nâng|đưa) tổng|tính chung)(?!\w)")
_UP_TO = re.compile(r"(?<!\w)(?:trong|từ|tại|đến|tính|lên|đạt|là|ước|được|của|trên)(?!\w).*$")
_BACK, _NEAR, _FAR = 6, 2, 8
"""So many sentences before it the parts of a total may stand, those that nothing need name, and those that
it names in a paragraph before its own."""
_TAIL = 2
"""So many words tell a part."""
_DIGITS = 3


def find_totals_of_two(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of two figures to one that is said to be both.

    `66,8 nghìn doanh nghiệp thành lập mới …. 45,1 nghìn doanh nghiệp quay trở lại hoạt động, nâng tổng số
    doanh nghiệp thành lập mới và quay trở lại hoạt động lên 111,9 nghìn doanh nghiệp`.
    """
    told = facts.behind("tổng")
    last: Figure | None = None
    for figure in facts.prose():
        before, last = last, figure
        said = figure
        if before is not None and before.mention in told and facts.role_of(before) == "duration":
            said = before  # `tổng số … trong 11 tháng năm 2024 lên 163,6 nghìn doanh nghiệp`
        if said.mention not in told or figure.digits < _DIGITS:
            continue
        named = _TWO.search(facts.words_before(said))
        role = facts.role_of(figure)
        if named is None or role not in ("level", "total", "change") or facts.depths.get(figure.mention):
            continue
        figures = _read_before(facts, figure, _BACK)
        sums = [add_up(figure, pair) for pair in combinations(figures, 2)]
        fitting = next((each for each in reversed(sums) if holds(each)), None)
        if fitting is not None:
            yield Claim("SUM006", fitting)
            continue
        one, two = _read_tail(facts, named["one"]), _read_head(facts, named["two"])
        ones = [each for each in figures if one and one <= _read_about(facts, each)]
        twos = [each for each in figures if two and two <= _read_about(facts, each) and each not in ones]
        near = _read_before(facts, figure, _NEAR)
        if len(ones) == len(twos) == 1:
            pair = [*ones, *twos]
        elif pair := _find_far(facts, figure, named["one"], named["two"]):
            pass
        elif len(near) == 2 and _SO.search(facts.words_before(figure)):
            pair = near  # `Như vậy, tổng vốn cấp mới và bổ sung đạt …`: the only two before it
        else:
            continue
        whole = add_up(figure, pair)
        if holds(whole) or has_edit(whole):
            yield Claim("SUM006", whole, severity="warning", tied=True)


def _find_far(facts: Facts, figure: Figure, first: str, last: str) -> list[Figure]:
    """Return the figures of the sentences before a total that just its names tell; none if one tells several.

    `tổng vốn cấp mới, tăng thêm và góp vốn`: two names or more, over paragraphs.
    """
    *others, one = first.split(", ")
    names = [_read_tail(facts, each) for each in (*others, one)]
    known = fold_words(first)
    behind = " ".join(word for word in last.split() if not fold_words(word) <= known)
    names.append(_read_head(facts, behind if others == [] else last))
    levels = [
        each for name in reversed(facts.sentences_before(figure, _FAR)) for each in facts.levels_of(name)
        if each.start < figure.start and is_alike(each, figure) and facts.role_of(each) in ("level", "total")
    ]  # fmt: skip
    levels = [each for each in levels if not facts.depths.get(each.mention) and each.exact == figure.exact]
    abouts = [fold_words(f"{read_clause(facts, each)} {read_behind(facts, each)}") for each in levels]
    pair: list[Figure] = []
    for name in names:
        fitting = [each for each, about in zip(levels, abouts, strict=True) if name and name <= about]
        if len(fitting) != 1 or fitting[0] in pair:
            return []
        pair += fitting
    return pair


def _read_before(facts: Facts, figure: Figure, count: int) -> list[Figure]:
    """Return the figures that a total may be of, in its sentence and the ones before it, in order."""
    names = reversed(facts.paragraph_before(figure, count))
    levels = [f for name in names for f in facts.levels_of(name) if facts.role_of(f) in ("level", "total")]
    near = [f for f in levels if f.start < figure.start and is_alike(f, figure)]
    return [f for f in near if not facts.depths.get(f.mention) and f.exact == figure.exact]


def _read_about(facts: Facts, figure: Figure) -> frozenset[str]:
    """Return the words about a figure, before and behind it."""
    return fold_words(f"{facts.clause_before(figure)} {read_behind(facts, figure)}")


def _read_tail(facts: Facts, words: str) -> frozenset[str]:
    return fold_words(" ".join(_leave_empty(facts, words)[-_TAIL:]))


def _read_head(facts: Facts, words: str) -> frozenset[str]:
    return fold_words(" ".join(_leave_empty(facts, _UP_TO.sub("", words))[:_TAIL]))


def _leave_empty(facts: Facts, words: str) -> list[str]:
    empty = empty_words(facts) - fold_words("mới")
    return [word for word in words.split() if not fold_words(word) <= empty]
