"""SUM001 over items below a line that tells their total, with lists of their own beneath some of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec.structs import replace

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.item_sums import read_style
from docanalyze.check.judge import holds
from docanalyze.core.analysis import Sentence
from docanalyze.core.document import Block
from docanalyze.core.figure import Figure, is_alike
from docanalyze.lexicon.cues import cue_pattern

_MOST, _FEWEST = 40, 2
"""So many blocks below its total a list may reach, and so few items it may have."""
_TOTAL = re.compile(r"(?<!\w)(?:tổng|cộng)(?! (?:công ty|cục|kết|hợp|thể))(?!\w)")
_CUE_LINE = re.compile(
    r"[-+*•\s]*(?:trong (?:số )?đó|(?:bao )?gồm(?: có)?|cụ thể(?: như sau)?|chia ra|như sau)\s*:?\s*",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"^\W*(?:tại )?(?:xã|phường|thị trấn|huyện|thị xã|thành phố|tp|tỉnh|thôn|ấp|khối|tổ)(?!\w)"
)
_DIGITS = 3
"""Totals of fewer digits are sums of their neighbours by chance, where no word says that a list follows."""
_SELDOM = Fraction(1, 20)
_NAMES = ("paragraph", "list-item", "heading")


def find_listed_totals(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of the items below a line, deeper ones left out, to the total that it tells.

    `Giao 4.215 biên chế, tăng 113 biên chế, bao gồm: - Viên chức là 4.020 biên chế, trong đó: + Năm trước
    chuyển sang 3.918 …; - Hợp đồng là 195 biên chế`; `Tổng diện tích: 2.418,6 ha. - Đất nông nghiệp: …`.
    One that fails is told where words say that the list is all, or a misprint explains it hardly by chance.
    """
    blocks = [block for block in facts.analysis.blocks if block.kind in _NAMES]
    blocks = [block for block in blocks if facts.analysis.text[block.start : block.end].strip(" -+*•\t\n")]
    if not any(block.kind == "list-item" for block in blocks):
        return
    within: dict[str | None, list[Sentence]] = {}
    for sentence in facts.sentences:
        within.setdefault(sentence.block, []).append(sentence)
    for at, block in enumerate(blocks[:-_FEWEST]):
        head = next((each for each in reversed(within.get(block.id, ())) if facts.levels_of(each.id)), None)
        below = blocks[at + 1 : at + 1 + _MOST]
        said = "" if head is None else facts.analysis.text[head.start : block.end].lower()
        cued = _CUE_LINE.fullmatch(facts.analysis.text[below[0].start : below[0].end]) is not None
        if cued:
            said += facts.analysis.text[below[0].start : below[0].end].lower()
            below = below[1:]
        totals = [] if head is None else _find_totals(facts, head)
        if not totals:
            continue
        total = totals[0]
        announced = said.rstrip().endswith(":") or cued
        if not announced and not _TOTAL.search(facts.clause_before(total)) and not _is_alone(facts, total):
            continue
        items = _list_items(block, below)
        found = [_find_part(facts, within.get(item.id, ()), total) for item in items]
        parts = [part for part in found if part is not None]
        if _FEWEST <= len(parts) == len(found):
            yield from _claim(facts, totals, parts, said if announced else "")


def _claim(facts: Facts, totals: list[Figure], found: list[Figure], said: str) -> Iterator[Claim]:
    """Yield the sum to one of several totals that agrees; of one total alone that which fails, too."""
    total = totals[0]
    fitting = next((each for each in totals if holds(add_up(each, found))), None)
    if fitting is not None:
        if said or fitting.digits >= _DIGITS:
            yield Claim("SUM001", add_up(fitting, found))
        return
    whole = add_up(total, found)
    if len(totals) > 1 or not has_edit(whole) or any(facts.spans_period_of(total, part) for part in found):
        return
    complete = cue_pattern(facts.lexicon, "complete").search(said) is not None
    named = any(_PLACES.match(facts.words_before(part)) for part in found)
    if (complete and not named) or is_telling(whole, most=_SELDOM, near=False):
        yield Claim("SUM001", whole, severity="warning", tied=True)


def _find_totals(facts: Facts, head: Sentence) -> list[Figure]:
    """Return the first level of a sentence that counts or measures something, and others like it."""
    levels = [
        figure for figure in facts.levels_of(head.id)
        if not facts.depths.get(figure.mention) and figure.dimension not in ("%", "point", "")
        and "/" not in figure.dimension
    ]  # fmt: skip
    if not levels or levels[0].sign < 0:
        return []
    return [figure for figure in levels if is_alike(figure, levels[0])]


def _is_alone(facts: Facts, total: Figure) -> bool:
    """Return whether a total stands with nothing else of its kind behind a colon: `Đất rừng: 2.418,6 ha`."""
    figures = facts.by_sentence.get(facts.mentions[total.mention].sentence or "", ())
    return len(figures) == 1 and facts.words_before(total).endswith(":")


def _list_items(head: Block, below: Sequence[Block]) -> list[Block]:
    """Return the items right below a line that are of one list, what stands beneath them left out."""
    if not below or (style := read_style(below[0])) is None:
        return []
    own, items = read_style(head), []
    for block in below:
        other = read_style(block)
        if other is None or (other == own and other != style):
            break
        if other == style:
            items.append(block)
    return items if own != style else []


def _find_part(facts: Facts, item: Sequence[Sentence], total: Figure) -> Figure | None:
    """Return the first figure of an item if it is one of the total's kind, or alone without a unit."""
    figures = next((own for each in item if (own := facts.by_sentence.get(each.id))), ())
    if not figures or facts.depths.get(figures[0].mention):
        return None
    first = figures[0]
    if first.dimension == "" and len(figures) == 1 and first.decimals == total.decimals > 0:
        first = replace(first, dimension=total.dimension, factor=total.factor)
    if not is_alike(first, total) or facts.role_of(figures[0]) not in ("level", "total", "change", None):
        return None
    return first if first.sign > 0 else None
