"""The TOML header of a source, checked: what the report is, its letterhead, layout and closing."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.tools.problems import Problems

_KEYS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "": {
        "name": str, "series": str, "split": str, "body": str, "period": dict, "cutoff": str,
        "letterhead": dict,
        "layout": dict, "closing": dict, "author": str,
    },
    "period": {"start": str, "end": str, "grain": str},
    "letterhead": {
        "style": str, "parent": list, "issuer": list, "number": str, "place": str, "date": str,
    },
    "layout": {
        "size": (int, float), "paper": str, "margins": list, "page_number": str, "running_head": str,
        "tables": str,
        "indent": (int, float), "landscape_tables": bool,
    },
    "closing": {"recipients": list, "authority": list, "office": list, "signer": str},
}  # fmt: skip
_CHOICES = {
    ("", "split"): {"dev", "heldout"},
    ("letterhead", "style"): {"state", "party", "company", "none"},
    ("layout", "paper"): {"a4", "us-letter"},
    ("layout", "page_number"): {"top", "bottom", "bottom-right", "none"},
    ("layout", "tables"): {"ruled", "unruled", "partly"},
}
LAYOUT: dict[str, Any] = {
    "size": 14, "paper": "a4", "margins": [20, 20, 30, 15], "page_number": "top", "running_head": "",
    "tables": "ruled", "indent": 12.7, "landscape_tables": False,
}  # fmt: skip


@dataclass(frozen=True)
class Header:
    """The header as read: `layout` with its defaults filled in, the other parts as written."""

    name: str
    series: str
    split: str
    body: str
    period: dict[str, str]
    cutoff: str | None
    letterhead: dict[str, Any]
    layout: dict[str, Any]
    closing: dict[str, Any]
    author: str


def read_header(text: str, first_line: int, path: Path, problems: Problems) -> Header:
    """Return the header of a source; `first_line` is the line of the file where its TOML starts."""
    lines = text.split("\n")

    def line_of(key: str) -> int:
        for at, line in enumerate(lines):
            if line.split("=")[0].strip(" []") == key:
                return first_line + at
        return first_line

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add(first_line, f"the header between the +++ lines is no TOML: {error}")
        data = {}
    for section, known in _KEYS.items():
        part = data if section == "" else data.get(section, {})
        if not isinstance(part, dict):
            continue
        for key, value in part.items():
            place = f"[{section}] " if section else ""
            if key not in known:
                problems.add(line_of(key), f"unknown key {place}{key}; known: {', '.join(known)}")
            elif not isinstance(value, known[key]) or (isinstance(value, bool) and known[key] is not bool):
                problems.add(line_of(key), f"{place}{key} has the wrong type ({type(value).__name__})")
            elif (section, key) in _CHOICES and value not in _CHOICES[section, key]:
                choices = ", ".join(sorted(_CHOICES[section, key]))
                problems.add(line_of(key), f"{place}{key} = {value!r}: one of {choices}")
    for key in ("name", "series", "split", "body", "period"):
        if key not in data:
            problems.add(first_line, f"the header lacks `{key}`")
    if data.get("name", path.stem) != path.stem:
        problems.add(line_of("name"), f"name = {data['name']!r}, but the file is {path.name}")
    _check_dates(data, line_of, problems)
    head = data.get("letterhead", {})
    if head.get("style", "none") != "none":
        for key in ("issuer", "number", "place", "date"):
            if key not in head:
                problems.add(line_of("letterhead"), f"[letterhead] lacks `{key}`")
    margins = data.get("layout", {}).get("margins", LAYOUT["margins"])
    if len(margins) != 4:
        problems.add(line_of("margins"), "margins = [top, bottom, left, right] in mm")
    return Header(
        name=path.stem, series=str(data.get("series", "")), split=str(data.get("split", "")),
        body=str(data.get("body", "")), period=data.get("period", {}), cutoff=data.get("cutoff"),
        letterhead=head, layout=LAYOUT | data.get("layout", {}), closing=data.get("closing", {}),
        author=str(data.get("author", "source")),
    )  # fmt: skip


def _check_dates(data: dict[str, Any], line_of: Any, problems: Problems) -> None:
    period = data.get("period", {})
    dates = [("start", period.get("start", "")), ("end", period.get("end", ""))]
    dates += [("cutoff", data["cutoff"])] if "cutoff" in data else []
    dates += [("date", data["letterhead"]["date"])] if "date" in data.get("letterhead", {}) else []
    for key, text in dates:
        try:
            date.fromisoformat(str(text))
        except ValueError:
            where = "period" if key in ("start", "end") else key
            problems.add(line_of(where), f"{key} = {text!r} is no ISO date")


def letterhead_lines(header: Header) -> tuple[list[str], list[str], list[str]]:
    """Return the lines of the letterhead: left column, right column, number and date below."""
    head = header.letterhead
    style = head.get("style", "none")
    if style == "none":
        return [], [], []
    left = [*head.get("parent", []), *head["issuer"]]
    day = date.fromisoformat(head["date"])
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    under = [
        f"Số {head['number']}" if style == "party" else f"Số: {head['number']}",
        f"{head['place']}, ngày {day.day:02d} tháng {month} năm {day.year}",
    ]
    if style == "party":
        return [*left, "*"], ["ĐẢNG CỘNG SẢN VIỆT NAM"], under
    if style == "state":
        return left, ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"], under
    return left, [], under


def is_nfc(text: str) -> bool:
    """Return whether a text is in Unicode's composed form."""
    return unicodedata.is_normalized("NFC", text)
