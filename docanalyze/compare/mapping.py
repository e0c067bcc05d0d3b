"""The mapping file: pairs of indicators that a reader has accepted or refused, and bodies that are one."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docanalyze.compare.align import Alignment
from docanalyze.core.errors import UsageError

_HEAD = """\
# Indicators of successive reports that are one, as docanalyze compare found or a reader accepted them.
# Each is written `words of the name, sorted|unit`. Move a pair from [[candidate]] to [[same]] to accept it,
# to [[different]] to refuse it; give the file back with --mapping.

"""


@dataclass(frozen=True)
class PairMapping:
    """What a mapping file says: pairs of labels joined, labels never joined, and bodies that are one."""

    same: tuple[tuple[str, str], ...] = ()
    different: frozenset[frozenset[str]] = frozenset()
    bodies: tuple[frozenset[str], ...] = ()


def load_mapping(path: str | Path) -> PairMapping:
    """Return what a mapping file says; an empty mapping if there is no file yet.

    Raises UsageError for a file that is no mapping.
    """
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        return PairMapping()
    except OSError as error:
        raise UsageError(reason=f"--mapping {path}: cannot be opened ({error.strerror})") from error
    try:
        return _read(tomllib.loads(data.decode("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise UsageError(reason=f"--mapping {path}: not a mapping file ({error})") from error


def _read(table: dict[str, Any]) -> PairMapping:
    same = tuple(dict.fromkeys(_pair(row) for row in table.get("same", ())))
    different = frozenset(frozenset(_pair(row)) for row in table.get("different", ()))
    bodies = tuple(
        frozenset(" ".join(str(name).casefold().split()) for name in row["names"])
        for row in table.get("body", ())
    )
    return PairMapping(same, different, bodies)


def _pair(row: dict[str, Any]) -> tuple[str, str]:
    one, two = row["one"], row["two"]
    if not isinstance(one, str) or not isinstance(two, str):
        raise TypeError("one and two must be texts")
    return one, two


def write_mapping(alignment: Alignment, known: PairMapping) -> str:
    """Return the text of a mapping file: what was known, the accepted pairs of like names, the candidates."""
    lines = [_HEAD]
    for names in known.bodies:
        lines.append(f"[[body]]\nnames = {json.dumps(sorted(names), ensure_ascii=False)}\n\n")
    told: set[tuple[str, str]] = set()
    for one, two in known.same:
        lines.append(_row("same", one, two))
        told.add((one, two))
    for pair in sorted(tuple(sorted(pair)) for pair in known.different):
        lines.append(_row("different", pair[0], pair[-1]))
    for identity in alignment.identities:
        labels = list(dict.fromkeys(entry.label for entry in identity.entries.values()))
        labels = [label for label in labels if not label.startswith("|")]  # a figure without a name
        for two in labels[1:]:
            if (labels[0], two) not in told:
                told.add((labels[0], two))
                lines.append(_row("same", labels[0], two, score=identity.score))
    for proposal in alignment.proposals:
        pair2 = (proposal.other.label, proposal.entry.label)
        if pair2 not in told and pair2[0] != pair2[1] and not any(x.startswith("|") for x in pair2):
            told.add(pair2)
            lines.append(
                _row(
                    "candidate",
                    *pair2,
                    score=proposal.score,
                    names=(proposal.other.name.printed, proposal.entry.name.printed),
                )
            )
    return "".join(lines)


def _row(table: str, one: str, two: str, *, score: float | None = None, names: Iterable[str] = ()) -> str:
    row = [f"[[{table}]]"]
    shown = " ~ ".join(" ".join(name.split()) for name in names)
    if shown:
        row[0] += f"  # {shown}"
    row += [f"one = {json.dumps(one, ensure_ascii=False)}", f"two = {json.dumps(two, ensure_ascii=False)}"]
    if score is not None and score < 1:
        row.append(f"score = {score:.3f}")
    return "\n".join(row) + "\n\n"
