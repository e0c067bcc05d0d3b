"""Values compared: which keys that the gold states an analysis has otherwise.

Asked for is what the guideline makes certain: what an annotator knows from elsewhere (the issuer of
a document cited without one) and what the guideline leaves open (`until` or `as-of`) is not.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, get_args, get_type_hints

import msgspec

from docanalyze.core.mention import KINDS, Mention
from docanalyze.gold.items import GoldMention

_FIELDS = dict(
    zip(KINDS, (get_type_hints(kind)["value"].__struct_fields__ for kind in get_args(Mention)), strict=True)
)
_PLACES = ("full", "resolves_to", "raw")
"""Keys that say where something stands, not what it is."""
_NUMBERS = ("number", "scale", "amount", "denominator", "low", "high", "year")
_SHORT = (
    ("ủy ban nhân dân", "ubnd"),
    ("hội đồng nhân dân", "hđnd"),
    ("ban chấp hành trung ương đảng", "ban chấp hành trung ương"),
)
_CHANGE = re.compile(
    r"(?<!\w)(?:tăng|giảm|vượt|hụt|hơn|thêm|bớt|nâng|hạ|nhích|cải thiện)(?!\w)|[-+\u2212\u2013]$"
)
_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nghị quyết|tiến độ|giải ngân)(?!\w)")
_NEAR = 40
_TYPE_WORD = re.compile(r"(?:bộ luật|luật|pháp lệnh)\s+")
_SAME: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("number", "percent", "money", "quantity"), ("number", "scale", "range", "denominator")),
    "ordinal": ("number",),
    "date": ("date",),
    "period": ("start", "end"),
    "legal_ref": ("canonical", "article", "clause", "point"),
}
"""The keys that make two mentions the same thing, whatever else is said of them."""


def read_value(mention: Mention) -> dict[str, Any]:
    """Return the value of a mention as plain keys; decimals stay `Decimal`."""
    plain: dict[str, Any] = msgspec.to_builtins(mention.value, builtin_types=(Decimal,))
    return plain


def compare_keys(
    gold: GoldMention, ours: dict[str, Any], *, before: str = "", printed: str = ""
) -> dict[str, bool]:
    """Return for each key that the gold states whether `ours` agrees.

    Keys that no analysis can state for this kind and places are left out. `before` is the text before
    the mention and `printed` its own with what follows: date and issuer of a document are only asked
    for if they stand there, a direction if a word of change or a sign does.
    """
    return {
        key: _agree(gold.kind, key, stated, ours.get(key))
        for key, stated in gold.value.items()
        if key in _FIELDS[gold.kind]
        and key not in _PLACES
        and _is_certain(gold, key, stated, ours.get(key), before.casefold(), printed.casefold())
    }


def _is_certain(gold: GoldMention, key: str, stated: Any, ours: Any, before: str, printed: str) -> bool:
    if key == "direction":
        return _CHANGE.search(before) is not None
    if key == "comparator":
        # `xấp xỉ` is `nearly` to some, `about` to others.
        return not before.rstrip().endswith("xấp xỉ")
    if key == "role" and {stated, ours} == {"plan-ratio", "rate"}:
        # `đạt 97%` with the plan nowhere near
        return _PLAN.search(before) is not None or _PLAN.search(printed[:_NEAR]) is not None
    if gold.kind != "legal_ref":
        return True
    if key == "issuer":
        return " của " in f" {' '.join(printed.split())} "
    if key == "date":
        day = str(stated)[8:].lstrip("0")
        return bool(day) and re.search(rf"(?<!\d)0?{day}\D", printed) is not None
    # A standard is one whatever its system is called: `TCVN`, `tiêu chuẩn`.
    return not (key == "type" and gold.value.get("system") == "standard")


def is_same_thing(gold: GoldMention, ours: dict[str, Any]) -> bool:
    """Return whether the value proper agrees: figure, ISO date, ends of a period, id of a document.

    What the gold does not state is not asked for.
    """
    return all(
        _agree(gold.kind, key, gold.value.get(key), ours.get(key))
        for key in _SAME[gold.kind]
        if key in gold.value
    )


def _agree(kind: str, key: str, stated: Any, ours: Any) -> bool:
    if key == "scale":
        return Decimal(str(stated)) == Decimal(str(ours or 1))
    if key == "implied":
        return _as_set(stated) == _as_set(ours)
    if isinstance(stated, dict):
        return isinstance(ours, dict) and all(_agree(kind, k, v, ours.get(k)) for k, v in stated.items())
    if isinstance(stated, bool):
        return stated == bool(ours)
    if stated is None or ours is None:
        return stated is ours
    if key == "role" and {stated, ours} <= {"share", "rate"}:
        # Only `chiếm` and its like tell the two apart: 82% of the communes are a share and a rate.
        return True
    if key == "bound":
        # `đến 16/6` ends there, whether it is meant as a limit or as the day of the count.
        return "from" not in (stated, ours) or stated == ours
    if key == "unit":
        return is_same_unit(str(stated), str(ours))
    if kind == "legal_ref" and key in ("title", "issuer"):
        one, other = _name(stated), _name(ours)
        return one == other or (key == "issuer" and (one.startswith(other) or other.startswith(one)))
    # `09` and `9` are two numbers of documents, but one figure.
    if key in _NUMBERS and (kind != "legal_ref" or key == "year"):
        try:
            # A real negative says so in its own key.
            return abs(Decimal(str(stated))) == abs(Decimal(str(ours)))
        except InvalidOperation:
            return False
    return _collapse(stated) == _collapse(ours)


def _as_set(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value or ())


def _collapse(value: Any) -> str:
    return " ".join(str(value).casefold().split())


def _name(value: Any) -> str:
    """Return a law's name without its type word, a body's with its short form."""
    name = _collapse(value)
    for long, short in _SHORT:
        name = name.replace(long, short)
    return _TYPE_WORD.sub("", name, count=1)


def is_same_unit(stated: str, ours: str) -> bool:
    """Return whether two units have the same head.

    >>> is_same_unit("vụ", "vụ cháy"), is_same_unit("người", "ngày")
    (True, False)
    """
    one, other = _collapse(stated), _collapse(ours)
    short, long = sorted((one, other), key=len)
    return one == other or (long.startswith(short) and long[len(short)] in " ,-")
