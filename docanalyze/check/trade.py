"""Exports and imports with the turnover or the balance of trade, told by their names over sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from docanalyze.check.edits import has_edit, only_telling
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts, last_clause
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_BOTH = re.compile(r"x(?<!\wx)(?:uất(?:,| -|/| và)? nhập khẩu|nk|uất khẩu(?:,| và) nhập khẩu)(?!\w)")
_FLOW = re.compile(r"(?<!\w)(?:(xuất|nhập) khẩu|([xn])k)(?!\w)")
_ELSEWHERE = re.compile(r"(?<!\w)(?:vào|sang|tới|thị trường|nhóm|mặt hàng|riêng)(?!\w)")
_TO_A_MARKET = re.compile(
    r"(?<!\w)(?:xuất|nhập) khẩu (?:\w+ ){0,3}(?:vào|sang|tới|thị trường|từ(?! (?:đầu|ngày|tháng|quý)))(?!\w)"
)
_LIMITS = frozenset({"fdi", "khoi", "doanh", "nghiep", "dn"})
"""Words that limit a flow: of two figures with different ones, one is no part of the other."""
_AROUND = 8
"""How many sentences before and behind a turnover its flows may stand."""
_BACK = 16
"""How many sentences before the balance of trade exports and imports may stand."""
_PRICED = re.compile(r"[^.;\d]{0,12}theo giá (?:fob|cif)(?!\w)", re.IGNORECASE)
"""`thâm hụt khoảng 1,4 tỷ USD (theo giá FOB)`: imports are printed with freight, and need not agree."""
_DIGITS = 3
_SELDOM = Fraction(1, 20)


def find_trade_totals(facts: Facts) -> Iterator[Claim]:
    """Yield turnovers of trade with the exports and imports around them.

    `Xuất khẩu 5 tháng đạt 41,2 tỷ USD. Nhập khẩu đạt 38,6 tỷ USD. … Tổng kim ngạch xuất nhập khẩu 79,8`.
    """
    told = facts.sentences_with("nhập khẩu", "xnk")
    names = list(facts.by_sentence)
    for at, total in [(at, figure) for at, name in enumerate(names) if name in told
                      for figure in facts.levels_of(name) if facts.role_of(figure) == "level"]:  # fmt: skip
        if _read_flow(facts, total) != "both":
            continue
        limits = _read_limits(facts, total)
        near = [
            (figure, side) for name in names[max(0, at - _AROUND) : at + _AROUND + 1]
            for figure in facts.levels_of(name)
            if facts.role_of(figure) == "level" and is_alike(figure, total)
            and (side := _read_flow(facts, figure)) in ("xuất", "nhập")
            and _read_limits(facts, figure) == limits
        ]  # fmt: skip
        exports = [figure for figure, side in near if side == "xuất"]
        imports = [figure for figure, side in near if side == "nhập"]
        equations = [add_up(total, [one, two]) for one in exports for two in imports]
        fitting = next((each for each in equations if holds(each)), None)
        if fitting is not None:
            if total.digits >= _DIGITS:
                yield Claim("SUM008", fitting)
            continue
        period = facts.by_mention[total.mention].period
        same = [
            each for each in equations if period is not None
            and all(facts.by_mention[f.mention].period == period for f in each.all("part"))
        ]  # fmt: skip
        if len(same) == 1 and has_edit(same[0]):
            yield Claim("SUM008", same[0], severity="warning", tied=True)


def _read_flow(facts: Facts, figure: Figure) -> str | None:
    """Return which flow a level is of: `xuất`, `nhập`, `both`; None for what goes to one market only."""
    sentence = facts.sentence_at(figure.start)
    start = max(0 if sentence is None else sentence.start, figure.start - 160)
    words = last_clause(
        _BOTH.sub("<both>", " ".join(facts.analysis.text[start : figure.start].lower().split()))
    )
    if _ELSEWHERE.search(words) or facts.depths.get(figure.mention):
        return None
    flows = _list_flows(words)
    if "<both>" in words:
        return None if flows else "both"
    return flows[-1] if len(set(flows)) == 1 else None


def _read_limits(facts: Facts, figure: Figure) -> frozenset[str]:
    return fold_words(facts.clause_before(figure)) & _LIMITS


def _list_flows(words: str) -> list[str]:
    """Return the flows that words name, `xuất` or `nhập`, in their order."""
    return [found[1] or {"x": "xuất", "n": "nhập"}[found[2]] for found in _FLOW.finditer(words)]


def claim_trade_balance(facts: Facts, balance: Figure) -> Iterator[Claim]:
    """Yield the balance of exports and imports of the sentences before it.

    `Kim ngạch xuất khẩu tháng 10 đạt 286 …; 10 tháng đạt 2.615 …. Nhập khẩu 1.872 …. Xuất siêu 743 …`.
    """
    exports: list[Figure] = []
    imports: list[Figure] = []
    for name in facts.sentences_before(balance, _BACK):
        for figure in facts.levels_of(name):
            if figure.start >= balance.start or not is_alike(figure, balance) or figure.comparator:
                continue
            if facts.role_of(figure) != "level" or _is_part(facts, figure):
                continue
            sentence = facts.sentence_of(name)
            words = facts.analysis.text[sentence.start : figure.start] if sentence is not None else ""
            if _TO_A_MARKET.search(facts.clause_before(figure)):
                continue
            named = _list_flows(_BOTH.sub(" ", " ".join(words.lower().split())))
            if named and not facts.depths.get(figure.mention):
                (exports if named[-1] == "xuất" else imports).append(figure)
    said = facts.words_before(balance)
    turned = "nhập siêu" in said or "thâm hụt" in said
    equations = [_add_trade(one, two, balance, turned=turned) for one in exports for two in imports]
    fitting = next((equation for equation in equations if holds(equation)), None)
    same = [
        _add_trade(one, two, balance, turned=turned)
        for one in _keep_period(facts, exports, balance) for two in _keep_period(facts, imports, balance)
    ]  # fmt: skip
    told = fitting or (None if same else only_telling(equations, most=_SELDOM))
    if fitting is None and not same and len(equations) == 1 and has_edit(equations[0]):
        told, same = None, equations  # no other exports or imports are printed near it
    end = balance.start + len(balance.text)
    apart = fitting is None and _PRICED.match(facts.analysis.text, end) is not None
    if told is not None and not apart:
        yield Claim("SUM004", told, sure=False)
    elif same and has_edit(same[0]) and not apart:
        yield Claim("SUM004", same[0], severity="warning", tied=True)
    earlier = [_find_base(facts, figure) for figure in (balance, *_pair_of(told or next(iter(same), None)))]
    if len(earlier) == 3 and None not in earlier:
        base, *sides = (figure for figure in earlier if figure is not None)
        before = [_add_trade(one, two, base, turned=turned) for one, two in permutations(sides)]
        told = next((equation for equation in before if holds(equation)), before[0])
        if holds(told) or has_edit(told):
            # `xuất siêu 826,4 triệu USD (cùng kỳ xuất siêu 593,5 triệu USD)`
            yield Claim("SUM004", told, severity="warning", tied=True)


_EARLIER = re.compile(r"(?<!\w)cùng kỳ(?: [^\W\d]+){0,4} (?:xuất siêu|nhập siêu|thặng dư|thâm hụt)(?!\w)")


def find_earlier_balances(facts: Facts) -> Iterator[Claim]:
    """Yield the balance of an earlier time with the exports and imports that are printed as bases.

    `xuất khẩu 32,81 tỷ USD … (28,38 tỷ USD). Nhập khẩu … cùng kỳ (26,09 tỷ USD), … cùng kỳ xuất siêu 2,29`.
    """
    told = facts.behind("xuất siêu", "nhập siêu", "thặng dư", "thâm hụt")
    for balance in facts.prose() if told else ():
        if balance.mention in told and _EARLIER.search(facts.clause_before(balance)):
            yield from _claim_earlier(facts, balance)


def _claim_earlier(facts: Facts, balance: Figure) -> Iterator[Claim]:
    exports: list[Figure] = []
    imports: list[Figure] = []
    for name in facts.sentences_before(balance, _BACK):
        for figure in facts.levels_of(name):
            alike = is_alike(figure, balance) and figure.comparator is None and figure.start < balance.start
            if not alike or facts.role_of(figure) != "base":
                continue
            sentence = facts.sentence_of(name)
            words = facts.analysis.text[sentence.start : figure.start] if sentence is not None else ""
            flows = _list_flows(" ".join(words.lower().split())) or _list_flows(
                facts.title_at(figure.start).lower()
            )
            if flows:
                (exports if flows[-1] == "xuất" else imports).append(figure)
    said = facts.words_before(balance)
    turned = "nhập siêu" in said or "thâm hụt" in said
    equations = [_add_trade(one, two, balance, turned=turned) for one in exports for two in imports]
    fitting = next((equation for equation in equations if holds(equation)), None)
    told = fitting or only_telling(equations, most=_SELDOM)
    if told is not None:
        yield Claim("SUM004", told, severity="warning", tied=True)


def _is_part(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure is listed as a part of another one that is not the turnover of both flows."""
    outer = facts.by_mention[figure.mention].part_of
    return outer is not None and _read_flow(facts, facts.figures[facts.indicators[outer].mention]) != "both"


def _add_trade(exports: Figure, imports: Figure, balance: Figure, *, turned: bool) -> Equation:
    return add_up(imports, [exports, balance]) if turned else add_up(exports, [imports, balance])


def _keep_period(facts: Facts, figures: list[Figure], like: Figure) -> list[Figure]:
    """Return the first figure of the period of another one, if that has one: parts stand behind."""
    period = facts.by_mention[like.mention].period
    same = [f for f in figures if period is not None and facts.by_mention[f.mention].period == period]
    return sorted(same, key=lambda figure: figure.start)[:1]


def _pair_of(equation: Equation | None) -> list[Figure]:
    """Return exports and imports of a balance of trade; none without one."""
    return [] if equation is None else [equation.one("total"), equation.all("part")[0]]


def _find_base(facts: Facts, figure: Figure) -> Figure | None:
    """Return the one earlier figure that is printed with a figure."""
    said = facts.said_of.get(facts.by_mention[figure.mention].id, ())
    own = [each for each in said if each.role == "base"]
    return facts.figures[own[0].mention] if len(own) == 1 else None
