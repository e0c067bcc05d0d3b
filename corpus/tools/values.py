"""The `value` of a mark: its keys by kind as `contract.md` has them, read from `key=value` words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from corpus.tools.problems import Problems

_FIGURE = {"number", "scale", "comparator", "direction", "estimate", "spelled", "negative", "range"}
KINDS: dict[str, set[str]] = {
    "number": _FIGURE | {"role"},
    "percent": _FIGURE | {"unit", "role", "per"},
    "money": _FIGURE | {"currency", "per"},
    "quantity": _FIGURE | {"unit", "per", "denominator"},
    "ordinal": {"number", "of"},
    "date": {"date", "implied", "bound"},
    "period": {"start", "end", "grain", "relative", "implied", "frequency", "bound"},
    "legal_ref": {
        "type", "number", "year", "symbol", "issuer", "date", "title", "chapter", "article", "clause",
        "point",
        "appendix", "range_end", "canonical", "system", "self", "relation",
    },
}  # fmt: skip
NEGATIVE_ROLES = {
    "section_no", "footnote_mark", "code", "label", "page_no", "name", "document_no", "other",
}  # fmt: skip
_CHOICES: dict[str, set[str]] = {
    "comparator": {"more-than", "nearly", "about", "less-than", "at-most", "at-least"},
    "direction": {"increase", "decrease"},
    "grain": {
        "day", "days", "dekad", "month", "months", "quarter", "half-year", "nine-months", "year", "years",
        "school-year",
        "crop-season", "same-period",
    },
    "system": {"state", "party", "standard"},
    "bound": {"until", "from", "as-of"},
}  # fmt: skip
_UNITS = {"%", "point", "‰"}
_ROLES = {
    "percent": {"share", "plan-ratio", "growth", "growth-ratio", "rate", "class-label"},
    "number": {"cardinal", "share", "plan-ratio", "growth", "growth-ratio", "rate"},
}
_SWITCHES = {"estimate", "spelled", "negative", "self"}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+|\s\d{3}(?!\d))*")
_SCALES = {
    "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tr": 6, "tỷ": 9, "tỉ": 9,
}  # fmt: skip


def plain(value: Decimal) -> str:
    """Return a number in plain notation without zeros at its end: `5145100000000`, `0.5`."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def read_value(
    kind: str, words: list[str], status: str, surface: str, line: int, problems: Problems
) -> dict[str, Any]:
    """Return the gold value of a mark, derived keys (`amount`, percent `unit`) included.

    `words` are the `key=value` words behind the kind; `_` in a value is a space.
    """
    raw: dict[str, str] = {}
    for word in words:
        key, sign, text = word.partition("=")
        if not sign or not text:
            problems.add(
                line, f"`{word}` in ⟦{surface}|{kind} …⟧ is no key=value (white space is written `_`)"
            )
        elif key not in KINDS[kind]:
            problems.add(line, f"`{key}` is no key of {kind}; its keys: {', '.join(sorted(KINDS[kind]))}")
        elif key in raw:
            problems.add(line, f"`{key}` is given twice in ⟦{surface}|…⟧")
        else:
            raw[key] = text.replace("_", " ")
    value: dict[str, Any] = {}
    for key, text in raw.items():
        value[key] = _read_one(kind, key, text, status, line, problems)
    if kind == "percent" and "unit" not in value:
        value["unit"] = "point" if "điểm" in surface else "‰" if "‰" in surface else "%"
    number, scale = value.get("number", ""), value.get("scale", "1")
    scaled = kind == "money" or (kind == "quantity" and "scale" in value)
    if scaled and _NUMBER.fullmatch(number) and scale.isdecimal():
        value["amount"] = plain(Decimal(number) * Decimal(scale))
    if status == "core":
        _require(kind, value, surface, line, problems)
    return value


def _read_one(kind: str, key: str, text: str, status: str, line: int, problems: Problems) -> Any:
    if key in _SWITCHES:
        if text not in ("yes", "no"):
            problems.add(line, f"{key}={text}: yes or no")
        return text == "yes"
    if key == "range":
        ends = text.split("..")
        if len(ends) != 2 or not all(_NUMBER.fullmatch(end) for end in ends):
            problems.add(line, f"range={text}: write range=65..70")
            return {"low": "0", "high": "0"}
        if Decimal(ends[0]) > Decimal(ends[1]):
            problems.add(line, f"range={text}: the low end comes first")
        return {"low": ends[0], "high": ends[1]}
    if (
        key in ("number", "denominator")
        and kind not in ("legal_ref", "ordinal")
        and not _NUMBER.fullmatch(text)
    ):
        problems.add(line, f"{key}={text}: plain notation without sign or grouping, such as 5145.10")
    if key == "scale" and not re.fullmatch(r"10+", text):
        problems.add(line, f"scale={text}: 1000, 1000000, 1000000000 …")
    if key == "currency" and not re.fullmatch(r"[A-Z]{3}", text):
        problems.add(line, f"currency={text}: a code of ISO 4217 such as VND")
    if key == "unit" and kind == "percent" and text not in _UNITS:
        problems.add(line, f"unit={text}: a percent has the unit %, point or ‰")
    if key == "role" and text not in _ROLES[kind]:
        problems.add(line, f"role={text}: one of {', '.join(sorted(_ROLES[kind]))}")
    if key in _CHOICES and text not in _CHOICES[key]:
        problems.add(line, f"{key}={text}: one of {', '.join(sorted(_CHOICES[key]))}")
    if key in ("start", "end", "date") and status == "core":
        _check_date(key, text, kind, line, problems)
    return text


def _check_date(key: str, text: str, kind: str, line: int, problems: Problems) -> None:
    if kind == "date" and re.fullmatch(r"--\d\d-\d\d", text):
        return
    try:
        date.fromisoformat(text)
    except ValueError:
        problems.add(
            line, f"{key}={text} is no ISO date (an impossible date is marked `optional date date=…`)"
        )


def _require(kind: str, value: dict[str, Any], surface: str, line: int, problems: Problems) -> None:
    """Note a core value that lacks what every core mark of its kind has."""
    if kind in ("number", "percent", "money", "quantity") and ("number" in value) == ("range" in value):
        problems.add(line, f"⟦{surface}|{kind} …⟧ needs number= (or range=, not both)")
    needed = {"money": "currency", "quantity": "unit", "ordinal": "number", "date": "date"}.get(kind)
    if needed and needed not in value:
        problems.add(line, f"⟦{surface}|{kind} …⟧ needs {needed}=")
    if kind in ("period", "legal_ref") and not value:
        problems.add(
            line, f"⟦{surface}|{kind}⟧ has no keys; mark it `optional` if nothing about it is certain"
        )
    if kind == "legal_ref" and "point" in value and not re.fullmatch(r"[a-zđ]\d?", value["point"]):
        problems.add(line, f"point={value['point']}: the letter of a điểm")
    if kind == "period" and "start" in value and "end" in value and value["start"] > value["end"]:
        problems.add(line, f"⟦{surface}|…⟧ ends before it starts")


def read_numeral(text: str, *, english: bool = False) -> Decimal | None:
    """Return the number that a numeral prints, with its printed decimals; None if it is not well formed.

    >>> read_numeral("5.145,10"), read_numeral("1,234.5", english=True), read_numeral("12.5")
    (Decimal('5145.10'), Decimal('1234.5'), None)
    """
    group, point = (",", ".") if english else (".", ",")
    shape = rf"(?:\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d+)(?:{re.escape(point)}\d+)?"
    if not re.fullmatch(shape, text):
        return None
    return Decimal(text.replace(group, "").replace(point, "."))


def check_surface(kind: str, value: dict[str, Any], surface: str, line: int, problems: Problems) -> None:
    """Note a value that does not agree with the digits of its surface (a slip of the annotator)."""
    numerals = _NUMERAL.findall(surface)
    if kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value.get("date", "")):
        digits = [int(digit) for digit in re.findall(r"\d+", surface)]
        year, month, day = (int(part) for part in value["date"].split("-"))
        if len(digits) == 3 and digits not in ([day, month, year], [day, month, year % 100]):
            problems.add(line, f"date={value['date']} is not the day printed in `{surface}`")
    if kind == "legal_ref" and re.search(r"\d[/-]", surface) and not value.get("self"):
        number = re.sub(r"\D", "", value.get("number", ""))
        if number and number not in re.sub(r"\D", "", surface):
            problems.add(line, f"number={value['number']} is not in `{surface}`")
    figure = kind in ("number", "percent", "money", "quantity") and "number" in value
    if not figure or value.get("spelled") or not numerals or not _NUMBER.fullmatch(value["number"]):
        return
    words = re.findall(r"[^\W\d_]+", surface.split("/")[0].lower())
    if re.search(r"\d\s*(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+\d", surface):
        return  # compound: `1 tỷ 250 triệu đồng`
    first = re.sub(r"\s", ".", numerals[0])
    readings = [read_numeral(first), read_numeral(first, english=True)]
    wanted = Decimal(value["number"])
    if not any(r is not None and r.as_tuple() == wanted.as_tuple() for r in readings):
        problems.add(line, f"number={value['number']} is not what `{surface}` prints ({numerals[0]})")
    if kind in ("money", "quantity"):
        power, unit = 0, set(re.findall(r"\w+", value.get("unit", "").lower()))
        for word in words:
            power += 0 if word in unit else _SCALES.get(word, 0)
        if Decimal(value.get("scale", "1")) != Decimal(10) ** power:
            problems.add(line, f"`{surface}` prints scale={10**power}, not scale={value.get('scale', '1')}")
