"""Names listed behind a count: in a bracket, behind `là`, or with a figure each.

`5 tỉnh (A, B, C, D và E)`, `3 trường đỗ 100% là A, B và C`, `3 ngành tăng, gồm: a 8%; b 5% và c 2%`.
"""

from __future__ import annotations

import re

from docanalyze.core.ladder import UPPER
from docanalyze.lexicon.forms import any_of, form_words

_LEAD = r"[^:.;\n\d()]{0,90}?(?:\d+(?:,\d+)?\s?%[^:.;\n\d()]{0,60}?)?"
_BRACKET = re.compile(
    r"[^:.,;\n\d()]{0,60}?\((?:(?:bao )?gồm(?: có)?:?\s+|là:?\s+|đó là:?\s+)?(?P<list>[^()\n]{5,400})\)"
)
_BEHIND = re.compile(
    rf"(?P<lead>{_LEAD})(?:(?P<colon>:)|(?:,?\s+(?:đó |gồm |bao gồm |chính )?là|,?\s+(?:bao )?gồm(?: có)?))"
    r"\s+(?P<list>[^:\n]{5,600}?)(?=\.(?:\s|$)|\n|$)"
)
_VAGUE = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|như|điển hình|tiêu biểu|chủ yếu|nhất là|đặc biệt|riêng|mỗi|một số|các|những"
    r"|tại|ở|cho|thuộc|của|trên|trong)(?!\w)",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"(?<!\w)so (?:với )?[^,:;]*")
_OPEN = re.compile(r"…|\.\.\.|,\s*\.|v\.\s?v|(?<!\w)(?:vân vân|và (?:các|một số|những))(?!\w)", re.IGNORECASE)
_PARENTHESES = re.compile(r"\([^()]*\)")
_PARTS = re.compile(r";\s*|,\s+|\s+và\s+|(?<=[,;])\s*và\s+")
_NAME = re.compile(rf"(?:{any_of('place_class')}\s+){{0,2}}[{UPPER}][^\W\d_]*(?:\s\S+){{0,7}}")
_BODY = re.compile(rf"(?:{any_of('unit_class')}|{any_of('body')})(?!\w)", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d.,]*(?:\s?%|\s[^\W\d]+)")

Found = tuple[int, int, int]
"""How many things are listed, and where the list begins and ends."""


_LEVELS = any_of("level")
_PLACES_BEHIND = re.compile(
    rf"(?P<lead>[^:.;\n\d()]{{0,220}}?),? (?:bao )?gồm (?:các |những )?{_LEVELS}"
    rf"(?:(?:,| và) {_LEVELS}){{0,2}}: ?"
    r"(?P<list>[^:;\n\d()]{5,600}?)(?=\.(?:\s|$)|\n|$)"
)
_PLACE = re.compile(rf"(?:địa phương|{_LEVELS})(?:, {_LEVELS})?")


def count_places(text: str, start: int, end: int, unit: str) -> Found | None:
    """Return how many places are named behind `gồm các tỉnh:`, to a count of them further before it.

    `cấp kinh phí cho 4 địa phương để hỗ trợ học sinh ở các vùng khó khăn, gồm các tỉnh: A, B, C và D`.
    """
    found = _PLACES_BEHIND.match(text, start, end) if _PLACE.fullmatch(unit) else None
    if found is None or _EXAMPLE.search(found["lead"]):
        return None
    count = _count_names(found["list"], unit)
    return (count, *found.span("list")) if count else None


_EXAMPLE = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|như|điển hình|tiêu biểu|chủ yếu|nhất là|đặc biệt là|riêng|mỗi|một số)(?!\w)",
    re.IGNORECASE,
)


def count_named(text: str, start: int, end: int, unit: str) -> Found | None:
    """Return how many names stand in the bracket behind a count or behind `là` or a colon with a rate before.

    `start` is the end of the count, `unit` what it counts.
    """
    found = _BRACKET.match(text, start, end)
    if found is not None and not _is_vague(text[start : found.start("list")]):
        count = _count_names(found["list"], unit)
        if count:
            return count, *found.span("list")
    found = _BEHIND.match(text, start, end)
    if found is None or _is_vague(found["lead"]):
        return None
    listed = found["list"].partition("; ")[0] if found["colon"] is None else found["list"]
    place = found.start("list")
    count = _count_names(listed, unit) or (_count_figured(listed) if found["colon"] else 0)
    return (count, place, place + len(listed)) if count else None


def _is_vague(lead: str) -> bool:
    return _VAGUE.search(_COMPARED.sub(" ", lead)) is not None


def _count_names(listed: str, unit: str) -> int:
    """Return how many names a list holds; 0 unless all are names, with one `và` at most, before the last."""
    plain = _PARENTHESES.sub(" ", listed).strip(" .;,")
    pieces = [piece.strip() for piece in _PARTS.split(plain)]
    last = re.split(r"[,;]\s", plain)[-1]
    ands = len(re.findall(r"\svà\s", plain))
    if len(pieces) < 2 or _OPEN.search(listed) or ands > 1 or (ands and " và " not in f" {last}"):
        return 0
    if any(not _NAME.fullmatch(piece) or _BODY.match(piece) for piece in pieces):
        return 0
    levels = form_words("level")
    classes = {word for piece in pieces for word in levels if piece.lower().startswith(f"{word} ")}
    if classes - {unit}:
        return 0  # `12 xã (huyện A, huyện B)`, `2 cầu (Cầu Đỏ, xã Hòa Tiến)`: where they are
    return len(pieces)


def _count_figured(listed: str) -> int:
    """Return how many things of a list have one figure each, right behind them; 0 for other lists."""
    plain = _PARENTHESES.sub(" ", listed)
    pieces = [piece.strip(" .,") for piece in plain.split(";")]
    if len(pieces) < 2 or _OPEN.search(listed):
        return 0
    *others, last = pieces
    halves = re.split(r",?\s+và\s+(?=[^\d]*\d)", last)
    units = set()
    for piece in [*others, *halves]:
        figures = _FIGURE.findall(piece)
        if len(figures) != 1 or not piece.endswith(figures[0]) or not piece[:1].isalpha():
            return 0
        units.add(figures[0].lstrip("0123456789.,").strip())
    return len(others) + len(halves) if len(units) == 1 else 0
