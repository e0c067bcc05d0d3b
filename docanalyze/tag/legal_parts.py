"""Parts of documents: `điểm a khoản 2 Điều 5`, `khoản 1 và khoản 3 Điều 7`, `Điều 5 đến Điều 8`.

A list is one reference an element, spans do not overlap, and what the elements share (`Điều 7`)
stands in the keys of all (guideline 0.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docanalyze.tag.bounds import DASH, GAP, GAP0

_ARTICLE = 2
_ROMAN = r"[ivxl]{1,6}"
# Level in the upward order, key of the value, pattern of the label.
_HEADS: tuple[tuple[str, int, str, str], ...] = (
    ("tiết", -1, "", r"\d{1,2}(?:\.\d{1,2})+|[a-zđ]\d?|\d{1,2}"),
    ("điểm", 0, "point", r"[a-zđ]\d?|\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?!%)"),
    ("khoản", 1, "clause", r"\d{1,3}[a-zđ]?"),
    ("điều", _ARTICLE, "article", r"\d{1,4}[a-zđ]?"),
    ("mục", 3, "", rf"{_ROMAN}|\d{{1,2}}(?:\.\d{{1,2}})*|[a-h]"),
    ("chương", 4, "chapter", rf"{_ROMAN}|\d{{1,2}}"),
    (
        "phụ lục",
        6,
        "appendix",
        rf"{_ROMAN}[a-z]?(?:{DASH}?\d{{1,2}})?|\d{{1,2}}[a-zđ]?(?:[.-]\d{{1,2}}|{DASH}[a-z])?|[a-h]",
    ),
)
_LABELS = {level: label for _, level, _, label in _HEADS}
_KEYS = {level: key for _, level, key, _ in _HEADS}
_PATTERNS = [
    (
        level,
        re.compile(
            rf"{head.replace(' ', GAP)}(?:{GAP}số)?{GAP}(?P<label>{label}|này(?!{DASH}))(?![\w%]|[.,]\d)"
        ),
    )
    for head, level, _, label in _HEADS
]
_LIST = re.compile(rf"{GAP0}[,;]{GAP0}|{GAP}(?:và|hoặc|hay){GAP}|{GAP0}[,;]{GAP}(?:và|hoặc){GAP}")
_RANGE_JOIN = re.compile(rf"{GAP}đến(?:{GAP}hết)?{GAP}|{GAP0}{DASH}{GAP0}")
_UP = re.compile(rf"(?:{GAP0},)?{GAP}(?:(?:của|thuộc){GAP})?")
_NEXT_SURE = re.compile(
    rf"(?={GAP0}(?:[,;.:)”]|$|{DASH}))|(?={GAP}(?:và|hoặc|hay|đến|của|tại|khoản|điều|mục|chương|phụ|nêu|này|luật|bộ|nghị|thông"
    rf"|quyết|pháp|quy|hiến|thì|được|có|là|như|trên|kèm|ban|đã|theo|trong|không|bị)(?!\w))"
)
_CUE = re.compile(
    rf"(?<!\w)(?:tại|theo|của|ở|thuộc|trong|với|nêu|định|sung|đổi|bỏ|thế|dụng|vào|từ|các|những|hiện|thi{GAP}hành){GAP}\Z"
)
_OPENER = re.compile(r"(?:^|[\n\t“\"]|[*_]{1,2})[ \u00a0]*$")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:\n\t“\"*+-])[ \u00a0]*$")
_RULES = re.compile(
    rf"điều{GAP}này{GAP}(?:quy{GAP}định|không{GAP}áp{GAP}dụng|áp{GAP}dụng|có{GAP}hiệu|được{GAP}áp)"
)
_LABEL_END = re.compile(rf"{GAP0}(?:[.:)]|{DASH})[ \u00a0*]*(?=[^\s.]|\n|$)|[ \u00a0*]*(?:\n|\t|$)")
_WRAPPED = re.compile(
    r"(?:[,(]|(?<!\w)(?:tại|của|theo|và|hoặc|với|các|đến|từ|khoản\s\w+|điểm\s\w+))[ \u00a0]*\n[ \u00a0]*$"
)


class Part(NamedTuple):
    """One printed part: `khoản 2`, or the bare `3` that goes on a list of clauses."""

    start: int
    end: int
    level: int
    label: str
    headed: bool
    range_end: str | None = None


@dataclass
class PartRef:
    """One reference to a part: its span and its keys (`article`, `clause`, …), shared ones included."""

    start: int
    end: int
    keys: dict[str, str] = field(default_factory=dict)
    top: int = 0
    bottom: int = 0
    range_end: str | None = None
    itself: bool = False
    downward: bool = False
    group: int = 0


def find_part_groups(text: str, low: str) -> Iterator[list[PartRef]]:
    """Yield the references to parts in order, those of one list together; the document is not looked at."""
    parts = _find_parts(text, low)
    at = 0
    while at < len(parts):
        group, at = _read_group(low, parts, at)
        _share_keys(group)
        if any(_is_reference(text, low, ref) for ref in group):
            yield group


def joins_document(low: str, end: int, start: int) -> bool:
    """Return whether a part that ends at `end` is one of the document at `start`: `Điều 5 của Luật …`."""
    return _UP.fullmatch(low, end, start) is not None


def _find_parts(text: str, low: str) -> list[Part]:
    heads: list[Part] = []
    for level, pattern in _PATTERNS:
        for found in pattern.finditer(low):
            start, end = found.span()
            if start and (low[start - 1].isalnum() or low[start - 1] == "_"):
                continue
            if (
                level == _ARTICLE
                and not text[start].isupper()
                and not _lower_article(low, start, found["label"])
            ):
                continue
            if found["label"] == "này" and not _is_this(text, low, start, level):
                continue
            label = text[found.start("label") : end]
            heads.append(Part(start, end, level, label, True))
    heads.sort()
    return _with_lists(text, low, heads)


def _lower_article(low: str, start: int, label: str) -> bool:
    return (
        label != "này"
        and re.search(
            rf"(?:khoản{GAP}\w{{1,4}}|tại|quy{GAP}định){GAP0},?{GAP0}\Z", low[max(0, start - 16) : start]
        )
        is not None
    )


def _is_this(text: str, low: str, start: int, level: int) -> bool:
    """Return whether `khoản này`, `điểm này` is the clause at hand, not `this sum`, `this thing`."""
    if text[start].isupper():
        if level == _ARTICLE and _SENTENCE_START.search(low, max(0, start - 6), start):
            return _RULES.match(low, start) is not None  # `Điều này cho thấy …` is `this shows …`
        return True
    if level in (0, 1):
        return (
            re.search(
                rf"(?<!\w)(?:tại|(?:điểm|và|hoặc){GAP}\w{{1,2}}|định{GAP}(?:tại|của)|theo){GAP}\Z",
                low[max(0, start - 16) : start],
            )
            is not None
        )
    return False


def _with_lists(text: str, low: str, heads: list[Part]) -> list[Part]:
    """Return the headed parts with the bare labels that go on their lists and the ends of ranges."""
    parts: list[Part] = []
    for index, head in enumerate(heads):
        if parts and head.start < parts[-1].end:
            continue
        limit = heads[index + 1].start if index + 1 < len(heads) else len(low)
        parts.append(head)
        bare = re.compile(rf"(?P<label>{_LABELS[head.level]})(?![\w%/]|[.,]\d)")
        for _ in range(60):
            last = parts[-1]
            through = _RANGE_JOIN.match(low, last.end, limit + 40)
            if through is not None and last.range_end is None:
                same = next((h for h in heads[index + 1 : index + 2] if h.start == through.end()), None)
                if same is not None and same.level == last.level:
                    parts[-1] = last._replace(end=same.end, range_end=same.label)
                    limit = heads[index + 2].start if index + 2 < len(heads) else len(low)
                    continue
                ending = bare.match(low, through.end(), limit)
                if ending is not None and _NEXT_SURE.match(low, ending.end()):
                    parts[-1] = last._replace(end=ending.end(), range_end=text[ending.start() : ending.end()])
                    continue
            joined = _LIST.match(low, last.end, limit)
            more = None if joined is None else bare.match(low, joined.end(), limit)
            if more is None or not _NEXT_SURE.match(low, more.end()):
                break
            parts.append(Part(more.start(), more.end(), head.level, text[more.start() : more.end()], False))
    return parts


def _read_group(low: str, parts: Sequence[Part], at: int) -> tuple[list[PartRef], int]:
    """Return the references of the list that starts at `parts[at]`, and where the next one starts."""
    group = [_start_ref(parts[at])]
    at += 1
    while at < len(parts):
        ref, part = group[-1], parts[at]
        up = _UP.fullmatch(low, ref.end, part.start) is not None
        if up and part.level > ref.top and part.headed and not ref.downward:
            _add(ref, part)
            ref.top = part.level
        elif up and part.level < ref.bottom and part.headed and not _climbs(low, parts, at, ref):
            _add(ref, part)
            ref.bottom = part.level
            ref.downward = True
        elif (
            not ref.itself
            and (ref.top == 6) == (part.level == 6)
            and _LIST.fullmatch(low, ref.end, part.start)
        ):
            group.append(_start_ref(part))
        else:
            break
        at += 1
    return group, at


def _climbs(low: str, parts: Sequence[Part], at: int, ref: PartRef) -> bool:
    """Return whether the part at `at` goes up to its own: the second of `Điều 5, khoản 2 Điều 6`."""
    if ref.start == ref.end or at + 1 >= len(parts):
        return False
    here, following = parts[at], parts[at + 1]
    return following.level > here.level and _UP.fullmatch(low, here.end, following.start) is not None


def _start_ref(part: Part) -> PartRef:
    ref = PartRef(part.start, part.end, top=part.level, bottom=part.level)
    _add(ref, part)
    return ref


def _add(ref: PartRef, part: Part) -> None:
    key = _KEYS[part.level]
    if key:
        ref.keys[key] = part.label
    ref.end = part.end
    if part.label == "này":
        ref.itself = True
    if part.range_end is not None:
        ref.range_end = part.range_end


def _share_keys(group: list[PartRef]) -> None:
    """Give each element the keys above its own that the next element prints (`a`, `b và c khoản 3`)."""
    for ref, following in zip(reversed(group[:-1]), reversed(group[1:]), strict=True):
        if following.downward:
            continue
        for level, key in _KEYS.items():
            if key and level > ref.top and key in following.keys:
                ref.keys[key] = following.keys[key]
        if "này" in ref.keys.values():
            ref.itself = True
    for ref, before in zip(group[1:], group[:-1], strict=True):
        if before.downward and ref.top == before.bottom:
            ref.downward = True
            ref.bottom = before.bottom
            for level, key in _KEYS.items():
                if key and level > ref.top and key in before.keys:
                    ref.keys.setdefault(key, before.keys[key])


def _is_reference(text: str, low: str, ref: PartRef) -> bool:
    """Return whether the part refers, and is not the label of a heading, a score or an amount."""
    opens = _OPENER.search(low, max(0, ref.start - 6), ref.start) and _LABEL_END.match(low, ref.end)
    if opens and not _WRAPPED.search(low, max(0, ref.start - 24), ref.start):
        return False
    return ref.itself or "article" in ref.keys or is_cued(text, low, ref)


def is_cued(text: str, low: str, ref: PartRef) -> bool:
    """Return whether a word before a part without an article says that it is one: `tại khoản 2`."""
    point = ref.keys.get("point", "")
    if ref.top == 0 and point[:1].isdigit():
        return False
    if ref.top in (3, 4, 6) and text[ref.start].isupper():
        return True
    return _CUE.search(low, max(0, ref.start - 12), ref.start) is not None
