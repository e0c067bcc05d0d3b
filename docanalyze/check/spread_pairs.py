"""Totals and what they are spread over, side by side, that an average of a sentence further on is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

import msgspec

from docanalyze.check.equation import Equation
from docanalyze.check.facts import Facts, last_clause
from docanalyze.check.stretches_said import Stretch, are_one_stretch, read_stretch
from docanalyze.core.figure import Figure
from docanalyze.core.ladder import UPPER
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.unit_names import read_unit

_BACK, _ON = 6, 2
"""So many sentences before an average may print what it is of, and so many behind it in its paragraph."""
_TAIL = re.compile(
    r"\s*(?P<words>[^\W\d][^,;:()\d]{0,40}?)(?=[,;:()\d]|\.\s|\.?$| và | với | đạt | trị giá| thu về)"
)
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(
    rf"(?<!\w)(?:[{UPPER}]\w* [{UPPER}]\w*(?: [{UPPER}]\w*)*|(?<=[^\W\d{UPPER}] )[{UPPER}]\w*)"
)
_OWN = re.compile(
    r"(?:(?:tỉnh|thành phố|TP|huyện|thị xã|xã|cục|bộ|sở)\.? ?[^,;:()]*|Việt Nam)$", re.IGNORECASE
)
_MEASURE = re.compile(r"(?<!\w)(?:kim ngạch|trị giá|giá trị|lượng|khối lượng|thu về)(?!\w)")
_MARKET = re.compile(r"(?<!\w)(?:sang|thị trường|từ|tại|riêng)(?!\w)")


class Rate(msgspec.Struct, frozen=True):
    """An average with the dimensions of its total and of its base; `factor` brings their quotient to it."""

    figure: Figure
    head: str
    per: str
    factor: Fraction

    def spread(self, total: Figure, base: Figure) -> Equation:
        """Return the equation of the average over a total and a base."""
        terms = (("total", total), ("base", base), ("result", self.figure))
        return Equation("quotient", terms, self.factor)


class Pair(msgspec.Struct, frozen=True):
    """A total and a base side by side, what they are called, and the sentence they stand in."""

    total: Figure
    base: Figure
    goods: frozenset[str]
    flows: frozenset[str]
    market: bool
    places: frozenset[str]
    when: Stretch | None

    @property
    def values(self) -> tuple[Fraction, Fraction]:
        """Both values: a pair printed twice is one."""
        return self.total.value, self.base.value


def read_rate(facts: Facts, figure: Figure) -> Rate | None:
    """Return an average that is printed with what it is per, `USD/tấn`; None for other figures."""
    head, slash, per = figure.dimension.partition("/")
    if not slash or "/" in per:
        return None
    above, below = read_unit(head, facts.lexicon), read_unit(per, facts.lexicon)
    money = head.isupper()
    factor = below.factor / (1 if money else above.factor)
    rounded = msgspec.structs.replace(figure, exact=False)
    return Rate(rounded, head if money else above.dimension, below.dimension, factor)


def list_pairs(facts: Facts, rate: Rate) -> list[Pair]:
    """Return the pairs of the sentences about an average, those before it first, the nearest first."""
    figure = rate.figure
    names = [*facts.sentences_before(figure, _BACK)[1:], *facts.paragraph_after(figure, _ON)]
    title = facts.title_at(figure.start)
    return [
        pair for name in names for pair in list_inside(facts, rate, name)
        if facts.title_at(pair.total.start) == title
    ]  # fmt: skip


def list_inside(facts: Facts, rate: Rate, name: str) -> Iterator[Pair]:
    """Yield the pairs of a sentence: two levels of their kinds, one right behind the other."""
    levels = [
        figure for figure in facts.levels_of(name)
        if facts.role_of(figure) in ("level", "total") and "/" not in figure.dimension
    ]  # fmt: skip
    taken: set[str] = set()
    for one, two in pairwise(levels):
        kinds = one.dimension, two.dimension
        if one.mention in taken or kinds not in ((rate.head, rate.per), (rate.per, rate.head)):
            continue
        if ";" in facts.analysis.text[one.start : two.start] and not _goes_on(facts, two):
            continue
        taken.update((one.mention, two.mention))
        total, base = (one, two) if kinds[0] == rate.head else (two, one)
        yield _name_pair(facts, total, base, one, two)


def _goes_on(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure behind a semicolon is of the same goods: `7 nghìn tấn; kim ngạch 4 tỷ USD`."""
    words = facts.clause_before(figure)
    return _MEASURE.search(words) is not None and not name_goods(facts, words, "")


def _name_pair(facts: Facts, total: Figure, base: Figure, one: Figure, two: Figure) -> Pair:
    text = facts.analysis.text
    sentence = facts.sentence_at(one.start)
    start, stop = (one.start, two.start) if sentence is None else (sentence.start, sentence.end)
    lead = " ".join(text[start : one.start].lower().split())
    said = last_clause(facts.words_before(one))
    tails = []
    for figure in (one, two):
        end = figure.start + len(figure.text)
        found = _TAIL.match(" ".join(text[end : end + 80].lower().split()))
        tails.append("" if found is None else found["words"])
    between = last_clause(facts.words_before(two))
    words = " ".join((said, *tails, between))
    goods = name_goods(facts, words, text[start:stop])
    return Pair(
        total,
        base, goods, _read_flows(f"{lead} {words}"), _MARKET.search(words) is not None,
        _read_places(text[start : one.start]),
        read_stretch(lead),
    )  # fmt: skip


def name_goods(facts: Facts, words: str, printed: str) -> frozenset[str]:
    """Return the words that say what is sold or made, without those that say how much, where and when.

    `printed` is the sentence with its capitals: names of places have several, `tỉnh Hà Lâm`.
    """
    found = frozenset(_WORD.findall(words)) - _list_others(facts.lexicon)
    return found - {part.lower() for name in _NAME.findall(printed) for part in name.split()}


@lru_cache(maxsize=8)
def _list_others(lexicon: Lexicon) -> frozenset[str]:
    lists = (lexicon["cues"][name]["words"] for name in ("average-around", "lead", "base", "against"))
    return frozenset(part for words in lists for word in words for part in _WORD.findall(word))


def _read_places(printed: str) -> frozenset[str]:
    """Return the names in the last clause of printed words, but for bodies of the country: `tỉnh Hà Lâm`."""
    clause = re.split(r"[,;:()]", printed)[-1]
    return frozenset(found[0] for found in _NAME.finditer(clause) if not _OWN.search(clause[: found.end()]))


def names_place(printed: str) -> bool:
    """Return whether the last clause of printed words has a name: `huyện Hà Lâm`."""
    return _NAME.search(re.split(r"[,;:()]", printed)[-1]) is not None


def _read_flows(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?<!\w)(xuất|nhập) (?:khẩu|siêu)", words.replace("xk", "xuất khẩu")))


def keep_like(facts: Facts, rate: Rate, pairs: list[Pair], *, printed: str) -> list[Pair]:
    """Return the pairs of the same goods, the same stretch of time and the same way as an average.

    `printed` is its sentence before it.
    """
    lead = " ".join(printed.lower().split())
    said = facts.clause_before(rate.figure)
    goods, flows, when = name_goods(facts, said, printed), _read_flows(lead), read_stretch(lead)
    market, places = _MARKET.search(said) is not None, _read_places(printed)
    kept = [
        pair for pair in pairs
        if (not goods or not pair.goods or pair.goods == goods)
        and (not flows or not pair.flows or flows & pair.flows)
        and pair.market == market
        and pair.places <= places
        and are_one_stretch(when, pair.when)
    ]  # fmt: skip
    exact = [pair for pair in kept if pair.when is not None and when is not None] or kept
    named = [pair for pair in exact if pair.goods == goods]
    if goods:
        return named
    return exact if len({pair.goods for pair in pairs}) == 1 else []
