"""Sums over the items of a list or over sentences: a total, then a part at the head of each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from msgspec.structs import replace

from docanalyze.check.edits import find_edits, has_edit, is_telling
from docanalyze.check.equation import Equation, add_up, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.analysis import Sentence
from docanalyze.core.document import Block
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.ladder import read_bare_label
from docanalyze.lexicon.cues import cue_pattern

_MOST = 12
_CUE = 24
_COLUMNS = 2
"""Of more items than that one column hardly adds up by chance."""
_DIGITS = 3
"""A smaller total may come about by chance where nothing says that a list of its parts follows."""
_HEAD = 2
"""How many sentences above a list may print its total: `Tổng chi đạt 7.315,6 tỷ đồng. Cụ thể:`."""
_OF_THESE = re.compile(
    r"\W*trong (?:tổng )?số [^,;:.()\d]{2,40}? (?:này|trên|nói trên|kể trên)(?!\w)", re.IGNORECASE
)
"""`Trong số các vụ tai nạn trên, đường bộ xảy ra 627 vụ, …`."""
_CLOSED = re.compile(r"^(?:số |các |phần )?(?:khoản|nguồn|loại|đơn vị)?(?: \w+){0,3} (?:còn lại|khác)(?!\w)")


def find_item_sums(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of the first figure of each item below a line with their total.

    Those of the total's own period are taken where an item prints several. Sums that fail are told where
    the line above ends in a colon, or the last item is what is left over, and one slip explains them.
    """
    known: tuple[Claim, ...] | None = facts.memo.get("item sums")
    if known is None:
        known = facts.memo["item sums"] = tuple(_find_sums(facts))
    yield from known


def _find_sums(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of lists, which the sums and the shares of items both read."""
    within: dict[str | None, list[Sentence]] = {}
    for sentence in facts.sentences:
        within.setdefault(sentence.block, []).append(sentence)
    above: list[Sentence] = []
    blocks = (block for block in facts.analysis.blocks if block.kind in ("paragraph", "list-item", "heading"))
    for style, run in groupby(blocks, key=read_style):
        group = [within.get(block.id, []) for block in run]
        if style is not None and len(group) > 1 and above:
            last = above[-1]
            announced = facts.analysis.text[last.start : last.end].rstrip().endswith(":")
            items = [each[:1] for each in group]
            yield from _claim(facts, above[-_HEAD:], items, announced=announced, listed=announced)
        flat = [sentence for each in group for sentence in each]
        for sentences in group if style is not None else [flat]:
            for at in range(len(sentences) - 2):
                if not _list_totals(facts, sentences[at]):
                    continue
                # `So với cùng kỳ, giảm 5 vụ.` between two items is said of the one before it
                behind, announced = sentences[at + 1 :][: 2 * _MOST], False
                if style is None and behind[0].block != sentences[at].block:
                    if facts.by_sentence.get(behind[0].id) and not facts.levels_of(behind[0].id):
                        behind = behind[1:]
                    if not _announces(facts, behind[0]):
                        continue
                if not facts.by_sentence.get(behind[0].id) and _announces(facts, behind[0]):
                    behind, announced = behind[1:], True  # `Tổng số là 496 người. Trong đó:`
                told = takewhile(lambda each: facts.by_sentence.get(each.id), behind)
                rest = [[each] for each in told if facts.levels_of(each.id)]
                # `Trong số đó, có 11 vụ đặc biệt nghiêm trọng` tells of the item before
                rest = rest[:1] + [item for item in rest[1:] if not _announces(facts, item[0])]
                yield from _claim(facts, sentences[at : at + 1], rest, listed=announced)
        above = group[-1]


def _announces(facts: Facts, sentence: Sentence) -> bool:
    """Return whether a sentence begins a list of what the paragraph above tells: `Trong đó, …`."""
    known: dict[str, bool] = facts.memo.setdefault("announcing", {})
    if sentence.id not in known:
        known[sentence.id] = _begins_list(facts, sentence)
    return known[sentence.id]


def _begins_list(facts: Facts, sentence: Sentence) -> bool:
    if _OF_THESE.match(facts.analysis.text, sentence.start):
        return True
    said = facts.analysis.text[sentence.start : sentence.start + _CUE].lower()
    cue = cue_pattern(facts.lexicon, "partial", "complete").search(said)
    return cue is not None and not said[: cue.start()].strip(" -+*")


def find_item_shares(facts: Facts) -> Iterator[Claim]:
    """Yield the shares that items have of the total above their list, where all but one agree.

    `Tổng thu 18.645 triệu đồng. Trong đó: + Thuế: 9.340 triệu đồng, chiếm 50,1%; + Phí: 1.215 …, chiếm 6,5%`.
    """
    for claim in find_item_sums(facts):
        if claim.equation is None or not holds(claim.equation):
            continue
        total = claim.equation.one("total")
        equations: list[Equation] = []
        for part in claim.equation.all("part"):
            said = facts.said_of.get(facts.by_mention[part.mention].id, ())
            own = [each for each in said if each.role == "share" and each.against is None]
            if len(own) == 1:
                equations.append(share_of(part, total, facts.figures[own[0].mention]))
        failing = [each for each in equations if not holds(each) and not _is_padded(each)]
        if len(failing) < 2 and len(equations) > 2:
            told = [each for each in equations if holds(each) or each in failing]
            yield from (Claim("PCT001", each, severity="warning", tied=True) for each in told)


def _is_padded(equation: Equation) -> bool:
    """Return whether a share fails only by a zero at its end: 36,69 % printed `36,7`, then `36,70`."""
    ratio = equation.one("ratio")
    return any(
        equation.terms[edit.at][1] is ratio and edit.number == ratio.number for edit in find_edits(equation)
    )


def read_style(block: Block) -> object:
    """Return what list items of one list have in common; None for other blocks."""
    if block.kind != "list-item" or not block.marker:
        return None
    label = read_bare_label(block.marker)
    return label.style if label is not None else block.marker


def _claim(
    facts: Facts,
    above: list[Sentence],
    items: list[list[Sentence]],
    *,
    announced: bool = False,
    listed: bool = False,
) -> Iterator[Claim]:
    for head in reversed(above):
        levels = _list_totals(facts, head)
        for total in levels[:2]:
            large = total.digits >= _DIGITS
            parts: list[Figure] = []
            fitting: Equation | None = None
            for item in items[:_MOST]:
                part = _find_part(facts, item, total)
                if part is None:
                    break
                parts.append(part)
                whole = add_up(total, parts)
                closed = _CLOSED.search(facts.words_before(part)) is not None
                if len(parts) > 1 and holds(whole):
                    fitting = whole
                elif len(parts) > 1 and large and closed and not announced and is_telling(whole):
                    yield Claim("SUM001", whole, sure=False, severity="warning")
                    return
            if fitting is not None:
                size = len(fitting.all("part"))
                columns = _read_columns(facts, total, fitting.all("part"))
                if large or (size == len(items) and (listed or any(map(holds, columns)))):
                    yield Claim("SUM001", fitting)
                    yield from _claim_columns(columns, size, doubted=0)
                    return
            every = len(parts) == len(items)
            for size in range(len(parts), 1 if listed and every else _COLUMNS, -1):
                columns = _read_columns(facts, total, parts[:size])
                enough = size > _COLUMNS if large else size == len(items)
                if any(map(holds, columns)) and (enough or len(columns) > 1):
                    whole = add_up(total, parts[:size])
                    yield from _claim_columns(columns, size, doubted=1)
                    if has_edit(whole) and all(map(holds, columns)):
                        yield Claim("SUM001", whole, severity="warning", tied=True)
                    return
            if large and announced and every and len(parts) > 1 and total is levels[0]:
                whole = add_up(total, parts)
                if is_telling(whole):
                    yield Claim("SUM001", whole, sure=False, severity="warning")
                    return


def _list_totals(facts: Facts, head: Sentence) -> list[Figure]:
    """Return the levels of a sentence that items below it may add up to."""
    known: dict[str, list[Figure]] = facts.memo.setdefault("list totals", {})
    if head.id not in known:
        levels = facts.levels_of(head.id)
        known[head.id] = [f for f in levels if _adds_up(f) and not facts.depths.get(f.mention)]
    return known[head.id]


def _read_columns(facts: Facts, total: Figure, parts: Sequence[Figure]) -> list[Equation]:
    """Return the sums of what else the head and its items count, in the same order.

    `Xảy ra 126 vụ, chết 61 người. Đường bộ 118 vụ, chết 57 người. Đường sắt 8 vụ, chết 4 người`.
    """
    rows = [_read_row(facts, figure) for figure in (total, *parts)]
    found: list[Equation] = []
    for at, whole in enumerate(rows[0][1:], 1):
        column = [row[at] for row in rows[1:] if len(row) > at]
        alike = all(is_alike(figure, whole) for figure in column)
        if len(column) < 2 or not alike or not whole.exact or any(f.comparator for f in column):
            break
        found.append(add_up(whole, column))
    return found


def _claim_columns(columns: list[Equation], size: int, *, doubted: int) -> Iterator[Claim]:
    """Yield the sums of columns that hold; one that fails, where all others hold: a second lacks an item."""
    failing = [equation for equation in columns if not holds(equation)]
    yield from (Claim("SUM001", each, severity="warning", tied=True) for each in columns if holds(each))
    if len(failing) == 1 and not doubted and len(failing[0].all("part")) == size and has_edit(failing[0]):
        yield Claim("SUM001", failing[0], severity="warning", tied=True)


def _read_row(facts: Facts, first: Figure) -> list[Figure]:
    """Return a level and those that follow it in its sentence, outside brackets."""
    levels = facts.levels_of(facts.mentions[first.mention].sentence)
    return [f for f in levels if f.start >= first.start and not facts.depths.get(f.mention)]


def _adds_up(figure: Figure) -> bool:
    """Return whether a figure counts or measures something."""
    scaled = figure.dimension == "" and figure.factor != 1  # `34,7 triệu`, what it counts said before
    return scaled or (figure.dimension not in ("%", "point", "") and "/" not in figure.dimension)


def _find_part(facts: Facts, item: list[Sentence], total: Figure) -> Figure | None:
    """Return the first level of an item that is like the total, of its period if one is."""
    first, levels = _read_item(facts, item)
    if first is not None and facts.role_of(first) == "change" and is_alike(first, total):
        # `- Tăng thu 186,42 tỷ đồng. - Giảm chi 312,85 tỷ đồng`: of nothing that is printed
        return replace(first, sign=1) if facts.by_mention[first.mention].of is None else None
    alike = [figure for figure in levels if is_alike(figure, total)]
    if not alike or (levels[0] is not alike[0] and not facts.depths.get(levels[0].mention)):
        return None
    period = facts.by_mention[total.mention].period
    same = [figure for figure in alike if facts.by_mention[figure.mention].period == period]
    return (same or alike)[0]


def _read_item(facts: Facts, item: list[Sentence]) -> tuple[Figure | None, list[Figure]]:
    """Return the first figure of an item and its levels, read once: many a total stands above it."""
    known: dict[tuple[str, ...], tuple[Figure | None, list[Figure]]] = facts.memo.setdefault("items", {})
    names = tuple([each.id for each in item])
    if names not in known:
        first = next((f for name in names for f in facts.by_sentence.get(name, ())), None)
        known[names] = (
            first,
            [f for name in names for f in facts.levels_of(name) if facts.role_of(f) in ("level", "total")],
        )
    return known[names]
