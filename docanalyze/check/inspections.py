"""What an inspection found is what it wants paid back and what it wants settled otherwise."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.analysis import Sentence
from docanalyze.core.figure import Figure, is_alike

Sort = Literal["found", "back", "other", "done"]

_BACK = 3
"""So many sentences on an inspection's proposals may go."""
_FOUND = re.compile(
    r"(?<!\w)(?:(?:sai|vi) phạm|sai sót)(?!\w)(?! hành chính)[^;:()]*$"
    r"|kiến nghị xử lý (?:về )?(?:tài chính|kinh tế|tổng số tiền|số tiền)(?!\w)[^,;:()]*$"
)
_PAID = re.compile(
    r"(?<!\w)(?:đã|thực) (?!kiến nghị|đề nghị|yêu cầu|quyết định|ban hành)(?:\w+ ){0,3}?"
    r"(?:thu|nộp|khắc phục|xử lý|thực hiện|giảm|hoàn)(?!\w)"
    r"|(?<!\w)(?:phạt|xử phạt|thu được|tịch thu|còn (?:phải|lại|chưa))(?!\w)"
)
_REPAY = re.compile(r"(?<!\w)(?:thu hồi|truy thu|thu nộp|nộp (?:vào |về )?ngân sách|hoàn trả)(?!\w)")
_OTHERWISE = re.compile(
    r"(?<!\w)(?:kiến nghị|đề nghị|yêu cầu|xử lý khác|giảm trừ|xuất toán|loại khỏi|loại trừ|xem xét,? xử lý"
    r"|giảm (?:giá trị |dự toán |thanh |quyết )?(?:thanh toán|quyết toán|dự toán))(?!\w)"
)
_ALL_ELSE = re.compile(r"(?<!\w)(?:khác|xem xét|chấn chỉnh|khắc phục|hoàn thiện)(?!\w)")
_WANTED = re.compile(r"(?<!\w)(?:kinh phí|bố trí|bổ sung|cấp (?:thêm|vốn))(?!\w)")
_BESIDE = re.compile(r"\W*(?:và|cùng)?(?: (?:với|có))?\s*$")
"""`127,4 tỷ đồng và 3.447 m2 đất`: both are said to be the same."""
_ONWARD = re.compile(r"\W*(?:đồng thời|ngoài ra|bên cạnh đó|cùng với đó|kiến nghị|đề nghị|thanh tra)(?!\w)")


def find_inspections(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of what inspections propose, to what they found; in money, and in land beside it.

    `phát hiện sai phạm 42,6 tỷ đồng, kiến nghị thu hồi 8,9 tỷ đồng, xử lý khác 33,7 tỷ đồng`. One that fails
    is told where a misprint explains it, or where the other of the two agrees.
    """
    told = facts.behind("phạm", "sai sót", "kiến nghị xử lý")
    repaid = facts.sentences_behind("thu hồi", "truy thu", "thu nộp", "nộp", "hoàn trả")
    for figure in facts.prose() if repaid else ():
        if figure.mention not in told or not _adds_up(figure):
            continue
        near = any(sentence.id in repaid for sentence in _list_sentences(facts, figure))
        if near and _sort(facts, figure) == "found":
            yield from _claim(facts, list(_read_rows(facts, figure)))


def _claim(facts: Facts, rows: list[tuple[Figure, list[Figure]]]) -> Iterator[Claim]:
    # all is to be paid back: what else is proposed is a part of it
    rows = [(total, parts) for total, parts in rows if all(part.value != total.value for part in parts)]
    closed = (
        bool(rows) and bool(rows[0][1]) and _ALL_ELSE.search(facts.words_before(rows[0][1][-1])) is not None
    )
    fitting = {at for at, (total, parts) in enumerate(rows) if _fit(total, parts) is not None}
    for total, parts in rows:
        held = _fit(total, parts)
        if held is not None:
            yield Claim("SUM001", add_up(total, held))
            continue
        whole = add_up(total, parts)
        if total.comparator and round(sum(f.value for f in parts) / total.factor, total.decimals) == round(
            total.value / total.factor, total.decimals
        ):
            continue  # `gần 1,6 tỷ đồng` is what 843 and 771,9 triệu đồng come to as well
        twin = any(len(rows[other][1]) == len(parts) for other in fitting)
        if len(parts) > 1 and (is_telling(whole) or (closed and (twin or has_edit(whole)))):
            yield Claim("SUM001", whole, severity="warning", tied=True)


def _fit(total: Figure, parts: list[Figure]) -> list[Figure] | None:
    """Return the first parts that make a total."""
    sizes = range(len(parts), 1, -1)
    return next((parts[:size] for size in sizes if holds(add_up(total, parts[:size]))), None)


def _read_rows(facts: Facts, found: Figure) -> Iterator[tuple[Figure, list[Figure]]]:
    """Yield what was found and what is proposed for it; then the same of land, where that stands beside."""
    totals: list[Figure] = [found]
    parts: list[list[Figure]] = [[]]
    sort: Sort | None = "found"
    sorts: set[Sort] = set()
    for figure in _read_on(facts, found):
        own = _sort(facts, figure)
        at = next((at for at, total in enumerate(totals) if is_alike(figure, total)), None)
        if own is None and _BESIDE.match(facts.words_before(figure)):
            own = sort if at != 0 else None
            if own == "found" and at is None and figure.dimension == "m2":
                totals.append(figure)
                parts.append([])
                continue
        elif at is None:
            sort = own or sort
            continue
        if at is None or own == "done":
            if at is not None and not sorts:
                return  # paid back at once: `kiến nghị thu hồi tiếp` is of what is left
            sort = own or sort
            continue
        if own is None or own == "found":
            break
        parts[at].append(figure)
        sorts.add(own)
        sort = own
    if sorts == {"back", "other"}:
        yield from zip(totals, parts, strict=True)


def _read_on(facts: Facts, found: Figure) -> Iterator[Figure]:
    """Yield the levels behind a figure, in the next sentences too, outside brackets and inner lists."""
    block = facts.block_of(found)
    for sentence in _list_sentences(facts, found):
        if sentence.block != block:
            said = facts.analysis.text[sentence.start : sentence.end].lower()
            if not _ONWARD.match(said):
                return
        for figure in facts.levels_of(sentence.id):
            if figure.start <= found.start or facts.depths.get(figure.mention):
                continue
            own = facts.by_mention[figure.mention]
            if own.part_of is not None and own.part_of != facts.by_mention[found.mention].id:
                continue
            yield figure


def _list_sentences(facts: Facts, found: Figure) -> tuple[Sentence, ...]:
    """Return the sentence of a figure and those behind it that may tell what is proposed."""
    home = facts.sentence_of(facts.mentions[found.mention].sentence or "")
    if home is None:
        return ()
    at = bisect_left(facts.sentences, home.start, key=lambda each: each.start)
    return facts.sentences[at : at + 1 + _BACK]


def _adds_up(figure: Figure) -> bool:
    return not figure.exact and figure.dimension not in ("%", "point", "") and "/" not in figure.dimension


def _sort(facts: Facts, figure: Figure) -> Sort | None:
    """Return what is said of a figure: found, to be paid back, to be settled otherwise, or done already."""
    words = facts.words_before(figure)
    if _PAID.search(words):
        return "done"
    if _REPAY.search(words):
        return "back"
    if _FOUND.search(words):
        return "found"
    return "other" if _OTHERWISE.search(words) and not _WANTED.search(words) else None
