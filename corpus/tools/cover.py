"""Whether gold leaves no figure out: every digit in scope stands in a mention or in a negative."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def find_uncovered(text: str, rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Return the digits in scope that no mention and no negative holds, with the words around each.

    Args:
        text: the text that the offsets of the gold count in.
        rows: the rows of the gold file, its header first.
    """
    covered: set[int] = set()
    for row in rows[1:]:
        if row["type"] in ("mention", "negative"):
            covered.update(range(row["start"], row["end"]))
            covered.update(range(*row.get("value", {}).get("full", (0, 0))))
    return [
        (at, " ".join(text[max(0, at - 20) : at + 15].split()))
        for start, end in rows[0]["scope"]
        for at in range(start, end)
        if text[at].isdecimal() and at not in covered
    ]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a gold file, its header first."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
