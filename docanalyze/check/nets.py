"""Net flows: what one is more than its opposite, `mua vào 312,4 tỷ, bán ra 845,9 tỷ, bán ròng 533,5 tỷ`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure, is_alike
from docanalyze.lexicon import Lexicon

_BACK = 2
"""How many sentences before a net amount its flows may stand."""
_OTHER = re.compile(r"(?<!\w)(?:riêng|cùng kỳ|trước đó|(?:phiên|tuần|tháng|quý|năm) (?:trước|ngoái))(?!\w)")


class _Net(msgspec.Struct, frozen=True):
    """A net amount with its two flows, each as the pattern of its words."""

    name: re.Pattern[str]
    more: re.Pattern[str]
    less: re.Pattern[str]


@lru_cache(maxsize=4)
def _read_nets(lexicon: Lexicon) -> tuple[_Net, ...]:
    def one_of(words: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?! ròng)(?! thuần)(?!\w)")

    return tuple(
        _Net(re.compile(rf"(?<!\w){re.escape(row['name'])}(?!\w)"), one_of(row["more"]), one_of(row["less"]))
        for row in lexicon["identities"]["net"]
    )


def find_nets(facts: Facts) -> Iterator[Claim]:
    """Yield net amounts with the two flows of their sentence, or of the sentences right before it."""
    for name in facts.sentences_behind("ròng", "thuần"):
        for net in facts.levels_of(name):
            words = _read_words(facts, net)
            kind = next((each for each in _read_nets(facts.lexicon) if each.name.search(words)), None)
            if kind is not None and not _OTHER.search(words):
                yield from _claim_net(facts, net, kind)


def _claim_net(facts: Facts, net: Figure, kind: _Net) -> Iterator[Claim]:
    """Yield a net amount with its flows: of its sentence, of those before it, or of the next one."""
    before = facts.sentences_before(net, _BACK)
    for places in (before, facts.paragraph_after(net, 1)):
        flows: list[tuple[Figure, bool]] = []
        for name in places:
            flows += _list_flows(facts, name, net, kind)
            if len({more for _, more in flows}) > 1:
                break
        sides = [[figure for figure, more in flows if more is side] for side in (True, False)]
        equations = [_subtract(one, two, net) for one in sides[0] for two in sides[1]]
        fitting = next((each for each in equations if holds(each)), None)
        if fitting is not None:
            yield Claim("SUM004", fitting)
        elif len(equations) == 1 and has_edit(equations[0]) and not _has_net_between(facts, net, flows):
            yield Claim("SUM004", equations[0], severity="warning", tied=True)
        if equations:
            return


def _list_flows(facts: Facts, name: str, net: Figure, kind: _Net) -> Iterator[tuple[Figure, bool]]:
    """Yield the flows of a sentence, and whether each is the one that the other is taken from."""
    for figure in facts.by_sentence.get(name, ()):
        level = facts.role_of(figure) == "level" or _is_above(facts, figure)
        if not level or figure.mention == net.mention or not is_alike(figure, net):
            continue
        words = _read_words(facts, figure)
        more, less = kind.more.search(words), kind.less.search(words)
        if (more is None) != (less is None) and not _OTHER.search(words):
            yield figure, more is not None


def _read_words(facts: Facts, figure: Figure) -> str:
    """Return the words of a figure: of a value those of the number before it, else also those behind it.

    `mua vào 65,2 triệu cổ phiếu, trị giá 2.145,3 tỷ đồng`; `38.214 tỷ đồng đáo hạn`.
    """
    words = facts.clause_before(figure)
    if _WORTH.fullmatch(words.strip()) is not None:
        inside = facts.by_sentence.get(facts.mentions[figure.mention].sentence or "", ())
        before = [other for other in inside if other.start < figure.start]
        return facts.clause_before(before[-1]) if before else words
    bare = words.strip() in ("", "có", "và", "là")
    return f"{words} {read_behind(facts, figure)}" if bare else words


def _is_above(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure that looks like a change is a level: `giá trị bán ra vượt 1,7 nghìn tỷ`."""
    return facts.role_of(figure) == "change" and facts.clause_before(figure).endswith(" vượt")


_WORTH = re.compile(
    r"(?:với |và )?(?:tổng )?(?:trị giá|giá trị|tương (?:đương|ứng)(?: (?:với|giá trị))?)"
    r"(?: (?:là|đạt|hơn|gần|khoảng|trên))*"
)


def _subtract(more: Figure, less: Figure, net: Figure) -> Equation:
    return add_up(more, [less, net])


def _has_net_between(facts: Facts, net: Figure, flows: list[tuple[Figure, bool]]) -> bool:
    """Return whether another net amount of its unit stands between: it has the flows, not this one."""
    ends = [net.start, *(figure.start for figure, _ in flows)]
    own = {net.mention, *(figure.mention for figure, _ in flows)}
    return any(
        other.mention not in own and is_alike(other, net)
        for other in facts.figures_between(min(ends), max(ends))
    )
