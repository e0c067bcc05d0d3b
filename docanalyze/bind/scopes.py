"""What a figure is limited to: a sector, a market, a place, a group, as printed before it or above it.

`Khu vực I ước đạt 2.313 tỷ đồng`, `thị trường Hoa Kỳ 618 triệu USD`, `tại huyện Lộc Sơn`; ratios have the
scope of what they are of, listed parts that of their total, and a section's title gives its own to all
figures that have none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from docanalyze.core.analysis import Analysis
from docanalyze.core.document import Table
from docanalyze.core.ladder import UPPER
from docanalyze.core.span import Span
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_pattern

_OPENING = re.compile(
    r"\W*(?:[-+*•]\s*|\w{1,3}[.)]\s+)?(?:riêng|tại|ở|trong đó|đối với|trên địa bàn)?[\s:,]*", re.IGNORECASE
)
"""What may stand before a scope that is what its whole sentence is about."""
_PROPER = rf"[{UPPER}][\w'-]*"
_NUMBER = r"[1-9]\d?(?=\s*(?:[;:)]|[.,](?!\d)|$))"
_OPENED = re.compile(r"\([^)]*$")


class Scope(NamedTuple):
    """The name of a scope, as printed, and where."""

    name: str
    span: Span


class _Patterns(NamedTuple):
    """A scope; what makes it the name of a body; in lower case the first syllables of all scopes."""

    scope: re.Pattern[str]
    body: re.Pattern[str]
    opens: re.Pattern[str]


@lru_cache(maxsize=8)
def _pattern(lexicon: Lexicon) -> _Patterns:
    table = lexicon["scopes"]

    def words(*names: str) -> str:
        found = {word for name in names for word in table[name]["words"]}
        return "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))

    lead = cue_pattern(lexicon, "lead").pattern.replace("|và|", "|")
    stop = rf"(?!{lead}|(?:{words('stop')}|và\s+(?:{words('open', 'rank', 'unit')}))(?!\w))"
    word = rf"{stop}[^\W\d_][^\s,;:.()\t/%]*"
    joined = rf"(?:,\s+(?={words('joined')})|\s+)"
    patterns = {
        "level": rf"(?:{words('rank')})\s+(?:{words('level')})",
        "place": rf"(?:{words('unit')})\s+(?:(?-i:{_PROPER}(?:\s+(?:-\s+)?{_PROPER})*)|{_NUMBER})",
        "open": rf"(?:{words('open')})\s+(?!{words('things')}){word}(?:{joined}{word}){{0,9}}",
        "area": rf"(?:{words('area')})(?!\s+mới)",
    }
    whole = "|".join(rf"(?P<{name}>{pattern})" for name, pattern in patterns.items())
    body = re.compile(rf"(?<!\w)(?:{words('body')})\s+$", re.IGNORECASE)
    listed = (word for name in ("rank", "unit", "open", "area") for word in table[name]["words"])
    opens = re.compile("|".join(map(re.escape, sorted({word.lower().split()[0] for word in listed}))))
    return _Patterns(re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE), body, opens)


def find_scopes(text: str, lexicon: Lexicon, start: int = 0) -> list[Scope]:
    """Return the scopes that a stretch of text names, in order; `start` is its place in the whole text.

    >>> from docanalyze.lexicon import load_lexicon
    >>> found = find_scopes("Khu vực dịch vụ đạt 9 tỷ đồng; tại huyện Lộc Sơn 2 tỷ đồng", load_lexicon())
    >>> [scope.name for scope in found]
    ['Khu vực dịch vụ', 'huyện Lộc Sơn']
    """
    patterns = _pattern(lexicon)
    found = []
    for match in _match_all(patterns, text):
        if match["place"] and patterns.body.search(text, max(0, match.start() - 24), match.start()):
            continue
        found.append(Scope(" ".join(match[0].split()), Span(start + match.start(), start + match.end())))
    return found


def _match_all(patterns: _Patterns, text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of the pattern of scopes, which is tried only where one of their words begins."""
    lowered, end = text.lower(), 0
    if len(lowered) != len(text):  # `İ` is two characters in lower case
        yield from patterns.scope.finditer(text)
        return
    for opening in patterns.opens.finditer(lowered):
        match = patterns.scope.match(text, opening.start()) if opening.start() >= end else None
        if match is not None:
            end = match.end()
            yield match


def add_scopes(analysis: Analysis, drafts: Mapping[str, dict[str, Any]], lexicon: Lexicon) -> None:
    """Add `scope` and `scope_at` to indicators in the making, by the mention that they are of."""
    titles = _Titles(analysis, lexicon)
    mentions = {mention.id: mention for mention in analysis.mentions or ()}
    by_sentence: dict[str, list[str]] = {}
    tables = {table.id: table for table in analysis.tables}
    rows: dict[str, dict[int, Scope]] = {}
    for name in drafts:
        mention = mentions[name]
        if mention.cell is not None:
            table = tables[mention.cell.table]
            if table.id not in rows:
                rows[table.id] = _read_rows(table, lexicon)
            _put(drafts[name], rows[table.id].get(mention.cell.row) or titles.find(mention.start))
        elif mention.sentence is not None:
            by_sentence.setdefault(mention.sentence, []).append(name)
    for sentence in analysis.sentences or ():
        names = by_sentence.get(sentence.id)
        if names:
            scopes = find_scopes(analysis.text[sentence.start : sentence.end], lexicon, sentence.start)
            _bind(analysis.text, sentence.start, names, scopes, drafts, mentions, titles)


def _bind(
    text: str, start: int, names: list[str], scopes: list[Scope], drafts: Mapping[str, dict[str, Any]],
    mentions: Mapping[str, Any], titles: _Titles,
) -> None:  # fmt: skip
    """Give each figure the scope of its own clause, of what it is said of, of its total, or of the title."""
    if not scopes:
        for name in names:
            draft = drafts[name]
            owner = drafts.get(draft.get("of") or draft.get("part_of") or "", {})
            if owner.get("scope"):
                draft["scope"], draft["scope_at"] = owner["scope"], owner["scope_at"]
            elif not owner:
                _put(draft, titles.find(mentions[name].start))
        return
    ends = [start, *(mentions[name].end for name in names)]
    behind: dict[str, Scope] = {}
    for scope in scopes:
        at = bisect_right(ends, scope.span.start) - 1
        if at > 0 and _is_behind(
            text, ends[at], scope, mentions[names[at]].start if at < len(names) else None
        ):
            behind[names[at - 1]] = scope
    ahead = [scope for scope in scopes if scope not in behind.values()]
    for at, name in enumerate(names):
        draft, place = drafts[name], mentions[name].start
        owner = drafts.get(draft.get("of") or draft.get("part_of") or "", {})
        before = [
            scope for scope in ahead if scope.span.start < place and ";" not in text[scope.span.end : place]
        ]
        own = bool(before) and before[-1].span.start >= ends[at]
        if name in behind and not owner:
            _put(draft, behind[name])
        elif own:
            _put(draft, before[-1])
        elif owner.get("scope"):
            draft["scope"], draft["scope_at"] = owner["scope"], owner["scope_at"]
        elif before and (
            _OPENED.search(text[before[-1].span.end : place])
            or (before == scopes[:1] and _OPENING.fullmatch(text[start : before[0].span.start]))
        ):
            _put(draft, before[-1])
        elif not owner and not scopes:
            _put(draft, titles.find(place))


def _is_behind(text: str, last: int, scope: Scope, following: int | None) -> bool:
    """Return whether a scope belongs to the figure before it: `8 bệnh viện tuyến tỉnh, 9 bệnh viện …`."""
    gap = text[last : scope.span.start]
    after = text[scope.span.end : following] if following is not None else ","
    return re.search(r"[,;:(]", gap) is None and re.search(r"[,;.)]", after) is not None


def _put(draft: dict[str, Any], scope: Scope | None) -> None:
    if scope is not None:
        draft["scope"], draft["scope_at"] = scope.name, scope.span


def _read_rows(table: Table, lexicon: Lexicon) -> dict[int, Scope]:
    """Return the scope of each row whose label names one."""
    found: dict[int, Scope] = {}
    for cell in table.cells:
        if cell.role == "label" and cell.text.strip():
            scopes = find_scopes(cell.text, lexicon, cell.start)
            if scopes:
                for row in range(cell.row, cell.row + cell.row_span):
                    found.setdefault(row, scopes[-1])
    return found


class _Titles:
    """The scopes that titles of sections name, for what stands below them."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon) -> None:
        sections = analysis.sections or ()
        own = {
            section.id: _read_title(analysis.text, section.start, section.title, lexicon)
            for section in sections
        }
        above: dict[str, Scope | None] = {}
        for section in sections:
            above[section.id] = own[section.id] or above.get(section.parent or "")
        self._starts = [section.start for section in sections]
        self._scopes = [above[section.id] for section in sections]

    def find(self, offset: int) -> Scope | None:
        """Return the scope of the innermost titled section that holds an offset."""
        at = bisect_right(self._starts, offset) - 1
        return self._scopes[at] if at >= 0 else None


def _read_title(text: str, start: int, title: str, lexicon: Lexicon) -> Scope | None:
    """Return the scope that a section's title is: it begins with one, or ends in `tại …`."""
    at = text.find(title, start) if title else -1
    if at < 0:
        return None
    scopes = find_scopes(title, lexicon, at)
    if len(scopes) != 1:
        return None
    before, after = title[: scopes[0].span.start - at], title[scopes[0].span.end - at :]
    whole = not before.strip(" .:-") or re.search(r"(?<!\w)(?:tại|ở|của)\s+$", before.lower())
    return scopes[0] if whole and not after.strip(" .:-") else None
