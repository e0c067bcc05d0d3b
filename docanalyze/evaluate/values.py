"""Values compared: which keys that the gold states an analysis has otherwise."""

from __future__ import annotations

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


def compare_keys(gold: GoldMention, ours: dict[str, Any]) -> dict[str, bool]:
    """Return for each key that the gold states whether `ours` agrees.

    Keys that no analysis can state for this kind (`per` of a percentage) and places are left out.
    """
    return {
        key: _agree(gold.kind, key, stated, ours.get(key))
        for key, stated in gold.value.items()
        if key in _FIELDS[gold.kind] and key not in _PLACES
    }


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
    # `09` and `9` are two numbers of documents, but one figure.
    if key in _NUMBERS and (kind != "legal_ref" or key == "year"):
        try:
            return Decimal(str(stated)) == Decimal(str(ours))
        except InvalidOperation:
            return False
    return _collapse(stated) == _collapse(ours)


def _as_set(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value or ())


def _collapse(value: Any) -> str:
    return " ".join(str(value).casefold().split())
