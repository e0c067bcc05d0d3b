"""What is left of the two main figures before it, whatever their brackets hold.

`Kiểm sát 34 vụ với 72 bị can (…). Đã giải quyết 25 vụ với 45 bị can (…); còn lại 9 vụ với 27 bị can`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.portions import whole_of
from docanalyze.core.figure import Figure, is_alike

_LEFT = re.compile(r"(?:^|[;,.:] ?|\) ?;? ?)\W*(?:số |phần )?còn lại(?: là| có| gồm)?$")
_WITH = re.compile(r"(?:với|,|và|/)")
_IN_HAND = re.compile(r"(?<!\w)đang (?P<verb>giải quyết|xử lý|xem xét|điều tra|xác minh|thực hiện)$")
_NOT_DONE = re.compile(r"(?<!\w)(?:đang|chưa|còn|tồn|chuyển)(?!\w)[^,;]*$")
_MORE = re.compile(r"(?<!\w)(?:riêng|ngoài ra|bên cạnh|cùng kỳ|lũy kế|luỹ kế)(?!\w)")
_BACK = 2
"""How many sentences before what is left may print what there was."""


def find_main_rests(facts: Facts) -> Iterator[Claim]:
    """Yield what is left with the two figures of its unit before it that stand in no bracket or list."""
    for name, figures in facts.sentences_behind("còn lại").items():
        left: list[Figure] = []
        for at, rest in enumerate(figures):
            words = facts.words_before(rest)
            joined = (
                left and at and figures[at - 1] is left[-1] and _WITH.fullmatch(words.strip()) is not None
            )
            if not facts.depths.get(rest.mention) and (joined or _LEFT.search(words) is not None):
                left.append(rest)
        for rest in left:
            yield from _claim(facts, name, rest)
    for figures in facts.sentences_behind("đang ").values():
        held = [figure for figure in figures if _NOT_DONE.search(facts.words_before(figure))]
        for rest in (
            held if len(held) == 1 else ()
        ):  # `đang thực hiện 5, chưa thực hiện 3`: not all that is left
            found = _IN_HAND.search(facts.words_before(rest)) if rest.exact else None
            if found is not None:
                yield from _claim_of_share(facts, figures, rest, found["verb"])


def _claim(facts: Facts, name: str, rest: Figure) -> Iterator[Claim]:
    main = [
        figure
        for place in reversed(facts.paragraph_before(rest, _BACK))
        for figure in facts.levels_of(place)
        if figure.start < rest.start and is_alike(figure, rest) and facts.role_of(figure) == "level"
        and not facts.depths.get(figure.mention) and figure.dimension not in ("", "%", "point")
    ]  # fmt: skip
    if len(main) != 2 or any(whole_of(facts, each) is not None for each in main):
        return
    total, done = main
    if any(facts.by_mention[each.mention].part_of for each in main) or _MORE.search(facts.words_before(done)):
        return
    equation = add_up(total, [done, rest])
    smaller = total.value <= min(done.value, rest.value)  # `năm trước chuyển sang 20 vụ`: no total
    if holds(equation) or (has_edit(equation) and not smaller):
        yield Claim("SUM004", equation, severity="warning", tied=True)


def _claim_of_share(facts: Facts, figures: tuple[Figure, ...], rest: Figure, verb: str) -> Iterator[Claim]:
    """Yield what is in hand beside what is done of a whole that its share agrees with.

    `thụ lý 393 tố giác, tin báo; giải quyết 367 tin, đạt tỷ lệ 93,4%, …, đang giải quyết 26 tin`.
    """
    for done in figures:
        own = facts.by_mention.get(done.mention)
        if own is None or own.role != "level" or done.start > rest.start or not is_alike(done, rest):
            continue
        if verb not in facts.clause_before(done):
            continue  # `nộp trực tuyến 4.127 hồ sơ (77,6%), …, đang giải quyết 111 hồ sơ`
        ratios = [
            facts.figures[each.mention] for each in facts.said_of.get(own.id, ())
            if each.role in ("share", "plan-ratio") and facts.figures[each.mention].decimals
        ]  # fmt: skip
        totals = [
            figure for figure in figures
            if figure.start < done.start and figure.exact and figure.value > done.value
            and any(holds(share_of(done, figure, ratio)) for ratio in ratios)
        ]  # fmt: skip
        if len(totals) == 1:
            equation = add_up(totals[0], [done, rest])
            if holds(equation) or has_edit(equation):
                yield Claim("SUM004", equation, severity="warning", tied=True)
            return
