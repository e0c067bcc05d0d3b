"""The rules that gold keeps: what breaks them is named before anything is scored by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from docanalyze.core.span import Span
from docanalyze.gold.items import Gold, GoldMention

Problem = tuple[str, str]
"""What is wrong, in English and in Vietnamese."""


def find_problems(gold: Gold) -> Iterator[Problem]:
    """Yield what breaks the rules of annotation, in English and Vietnamese; nothing for sound gold.

    Spans lie in the text and neither start nor end with white space, ids are unique and known,
    values can be read, core mentions of one kind do not overlap, every digit is accounted for.
    """
    sound = True
    for name, span, may_be_empty in _spans(gold):
        text = span.of(gold.text)
        inside = 0 <= span.start <= span.end <= len(gold.text)
        if not inside or (not text and not may_be_empty):
            sound = False
            yield f"{name} leaves the text", f"{name} nằm ngoài văn bản"
        elif text and text != text.strip():
            yield f"{name} begins or ends with white space", f"{name} có khoảng trắng ở đầu hoặc cuối"
    yield from _check_ids(gold)
    for mention in gold.mentions:
        for key in _wrong_values(mention):
            yield f"{mention.id}: {key} cannot be read", f"{mention.id}: không đọc được {key}"
    if sound:
        yield from _check_coverage(gold)


def _spans(gold: Gold) -> Iterator[tuple[str, Span, bool]]:
    for scope in gold.scope:
        if scope.start < 0 or scope.end > len(gold.text) or scope.start >= scope.end:
            yield "scope", Span(-1, -1), False
    for mention in gold.mentions:
        yield mention.id, Span(mention.start, mention.end), False
        if mention.full is not None:
            yield f"{mention.id}.full", mention.full, False
    for negative in gold.negatives:
        yield f"negative at {negative.start}", Span(negative.start, negative.end), False
    for sentence in gold.sentences:
        for span in sentence.spans or (Span(-1, -1),):
            yield sentence.id, span, False
    for section in gold.sections:
        yield section.id, Span(section.start, section.end), False
    for table in gold.tables:
        for cell in table.cells:
            yield f"{table.id}.{cell.row}.{cell.col}", Span(cell.start, cell.end), True


def _check_ids(gold: Gold) -> Iterator[Problem]:
    named = (gold.mentions, gold.sentences, gold.sections, gold.tables, gold.relations, gold.indicators)
    seen: set[str] = set()
    for item in (item for group in named for item in group):
        if item.id in seen:
            yield f"id {item.id} is used twice", f"mã {item.id} bị trùng"
        seen.add(item.id)
    mentions = {mention.id for mention in gold.mentions}
    sections = {section.id for section in gold.sections}
    wanted = [(r.id, o.mention, mentions) for r in gold.relations for o in r.operands]
    wanted += [(r.id, name, sections) for r in gold.relations for name in r.sections]
    wanted += [(i.id, i.mention, mentions) for i in gold.indicators]
    wanted += [(s.id, s.parent, sections) for s in gold.sections if s.parent is not None]
    for owner, name, known in wanted:
        if name not in known:
            yield f"{owner} names {name}, which is not there", f"{owner} nhắc tới {name} không có"


_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_PRINTED_DAY = re.compile(r"(\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
"""A date as printed: `31/4` is a mistake of the report, not of its gold."""
_NUMBERS = ("number", "scale", "amount", "denominator")


def _wrong_values(mention: GoldMention) -> Iterator[str]:
    value = mention.value
    if mention.kind != "legal_ref":
        ends = value.get("range") or {}
        numbers = {key: value[key] for key in _NUMBERS if key in value}
        numbers |= {f"range.{key}": ends.get(key) for key in ("low", "high") if "range" in value}
        for key, number in numbers.items():
            if not _PLAIN.fullmatch(str(number)):
                yield f"{key} {number!r}"
    if "date" in value and not _PRINTED_DAY.fullmatch(str(value["date"])):
        yield f"date {value['date']!r}"
    for key in ("start", "end"):
        if key in value and not _is_day(str(value[key])):
            yield f"{key} {value[key]!r}"
    if str(value.get("start", "")) > str(value.get("end", "9999")):
        yield f"start {value['start']!r} (end {value['end']!r})"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_coverage(gold: Gold) -> Iterator[Problem]:
    by_kind: dict[str, list[GoldMention]] = {}
    covered = bytearray(len(gold.text))
    for mention in gold.mentions:
        if mention.status == "core":
            by_kind.setdefault(mention.kind, []).append(mention)
        for span in (Span(mention.start, mention.end), mention.full):
            if span is not None:
                covered[span.start : span.end] = b"\1" * len(span)
    for negative in gold.negatives:
        covered[negative.start : negative.end] = b"\1" * (negative.end - negative.start)
    for mentions in by_kind.values():
        mentions.sort(key=lambda mention: (mention.start, mention.end))
        for one, two in pairwise(mentions):
            if two.start < one.end:
                yield f"{one.id} and {two.id} overlap", f"{one.id} và {two.id} chồng nhau"
    for scope in gold.scope:
        for match in re.finditer(r"\S+", gold.text[scope.start : scope.end]):
            first = scope.start + match.start()
            if any(char.isdigit() and not covered[first + at] for at, char in enumerate(match[0])):
                yield f"a digit at {first} has no item", f"chữ số ở vị trí {first} chưa được chú giải"
