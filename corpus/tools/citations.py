"""Relations of documents and days: citations that agree (REF), days in order (DATE), repeats (REP)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from corpus.tools.reference import Mention

Outcome = tuple[str, str]
Operands = list[tuple[str, Mention]]

_TYPES: dict[str, set[str]] = {
    "NQ": {"nghị quyết"}, "QĐ": {"quyết định"}, "CT": {"chỉ thị"}, "KL": {"kết luận"},
    "NĐ": {"nghị định"}, "TT": {"thông tư"}, "TTLT": {"thông tư liên tịch"}, "KH": {"kế hoạch"},
    "CTr": {"chương trình"}, "TB": {"thông báo"}, "HD": {"hướng dẫn"}, "BC": {"báo cáo"},
    "TTr": {"tờ trình"}, "CĐ": {"công điện"}, "ĐA": {"đề án"}, "PA": {"phương án"},
    "QC": {"quy chế"}, "QyĐ": {"quy định"}, "CV": {"công văn"},
}  # fmt: skip
_LAWS = {"luật", "bộ luật", "nghị quyết", "pháp lệnh"}
_BODIES: dict[str, tuple[str, ...]] = {
    "CP": ("chính phủ",), "TTg": ("thủ tướng",), "HĐND": ("hđnd", "hội đồng nhân dân"),
    "UBND": ("ubnd", "ủy ban nhân dân", "chủ tịch"), "TW": ("trung ương", "bộ chính trị", "ban bí thư"),
    "TU": ("tỉnh ủy", "thành ủy"), "HU": ("huyện ủy",), "ThU": ("thành ủy", "thị ủy"), "ĐU": ("đảng ủy",),
    "UBTVQH": ("thường vụ quốc hội",), "QH": ("quốc hội",),
}  # fmt: skip
"""What the issuer of a document with such a symbol is called; symbols that are not here prove nothing."""


def check_citations(operands: Operands) -> Outcome:
    """Return whether citations agree in date, issuer and type, and each with its own symbol and year.

    A date among the operands belongs to the reference before it. A reference in the role `base` is the
    older document: no other one may be dated before it.
    """
    cited: dict[str, dict[str, set[str]]] = {}
    own: list[str] = []
    dated: list[tuple[str, str, str]] = []
    last, last_role = "", ""
    for role, mention in operands:
        value: dict[str, Any] = mention.mark.value
        if mention.mark.kind == "legal_ref":
            last, last_role = (
                str(value.get("canonical") or f"{value.get('number')}/{value.get('symbol')}"),
                role,
            )
            own += _check_symbol(last, value)
            for key in ("date", "issuer", "type"):
                if key in value:
                    cited.setdefault(last, {}).setdefault(key, set()).add(str(value[key]).lower())
        elif last and value.get("date"):
            cited.setdefault(last, {}).setdefault("date", set()).add(str(value["date"]))
        day = value.get("date")
        if last and day:
            dated.append((last_role, last, str(day)))
            if re.search(r"/(?:19|20)\d\d/", last) and f"/{str(day)[:4]}/" not in last:
                own.append(f"{last}: dated {day}")
    clashes = [
        f"{canonical}: {' != '.join(sorted(values))}"
        for canonical, keys in cited.items()
        for values in keys.values()
        if len(values) > 1
    ]
    first = max((day for role, _, day in dated if role == "base"), default="")
    early = [f"{name} {day} < {first}" for role, name, day in dated if role != "base" and day < first]
    if clashes or own or early:
        return "fails", "; ".join(dict.fromkeys(clashes + own + early))
    return "holds", "; ".join(
        f"{name}: {' '.join(sorted(set().union(*keys.values())))}" for name, keys in cited.items()
    )


def _check_symbol(name: str, value: dict[str, Any]) -> list[str]:
    """Return where a symbol belongs to another type or issuer than the citation says."""
    groups = re.split(r"[-/]", str(value.get("symbol", "")))
    bare = [re.sub(r"\d+$", "", group) for group in groups]
    kind, issuer = str(value.get("type", "")).lower(), str(value.get("issuer", "")).lower()
    types = _LAWS if bare[0] in ("QH", "UBTVQH") else _TYPES.get(bare[0])
    if types == {"quyết định"} and value.get("system") == "party":
        types = {"quyết định", "quy định"}
    wrong = []
    if kind and types and kind not in types:
        wrong.append(f"{name}: a {kind} with the symbol {bare[0]}")
    bodies = _BODIES.get(bare[-1])
    if issuer and bodies and not any(body in issuer for body in bodies):
        wrong.append(f"{name}: {bare[-1]} is not the symbol of {issuer}")
    return wrong


def check_dates(operands: Operands, report_date: str | None) -> Outcome:
    """Return whether the days exist and none is later than the `base` day, or than the report's own.

    A period in the role `total` holds the days instead: none lies outside it.
    """
    year = (report_date or "2024")[:4]
    days = []
    for role, mention in operands:
        day = _day(mention, year)
        try:
            date.fromisoformat(day)
        except ValueError:
            return "fails", f"{day or mention.mark.surface} is no day of the calendar"
        if role not in ("base", "total"):
            days.append(day)
    periods = [mention.mark.value for role, mention in operands if role == "total"]
    if periods:
        start, end = periods[0]["start"], periods[0]["end"]
        outside = [day for day in days if not start <= day <= end]
        shown = f"{start}..{end}"
        return ("fails", f"{', '.join(outside)} not in {shown}") if outside else ("holds", f"in {shown}")
    bases = [_day(mention, year) for role, mention in operands if role == "base"]
    limit = bases[0] if bases else report_date
    if limit is None:
        return "not-checkable", "the report has no date"
    late = [day for day in days if day > limit]
    if late:
        return "fails", f"{', '.join(late)} > {limit}"
    return "holds", f"{', '.join(days)} <= {limit}"


def _day(mention: Mention, year: str) -> str:
    """Return the day of a date (without a year: in the year of the report) or the last day of a period."""
    value = mention.mark.value
    day = str(value.get("date") or value.get("end") or "")
    return f"{year}{day[1:]}" if day.startswith("--") else day


def check_repeats(operands: Operands) -> Outcome:
    """Return whether mentions that are no figures (dates, periods) say the same value throughout."""
    values = [
        {
            key: text
            for key, text in mention.mark.value.items()
            if key not in ("issuer", "implied", "bound", "title")
        }
        for _, mention in operands
    ]
    first, shared = values[0], set(values[0]).intersection(*values)
    if any(value.get(key) != first.get(key) for value in values for key in shared):
        return "fails", " != ".join(mention.mark.surface for _, mention in operands)
    return "holds", "the same value throughout"
