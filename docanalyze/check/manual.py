"""The manual of the checks, written from the docstrings of their functions."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docanalyze.check.rules import Rule

_PARTS = ("What", "Why", "Tolerance", "Example")
_PART = re.compile(rf"^({'|'.join(_PARTS)}):[ ]", re.MULTILINE)
_OWN = Path(__file__).with_name("own_rules.md")
_FAMILIES = {
    "arithmetic": "Arithmetic",
    "repeat": "Repeated figures",
    "reference": "Citations of documents",
    "date": "Days and periods",
    "numbering": "Numbering",
    "form": "Form",
}
_OPENING = """# The checks of docanalyze

Every finding bears the code of its check. This page is written from the checks' own docstrings
(`docanalyze check --explain all`); `docanalyze check --explain CODE` prints one entry, and
`--select` and `--ignore` take codes or their beginnings (`--ignore NUM,FRM001`).

- **error**: printed figures, dates or numbers of documents contradict each other beyond their precision;
- **warning**: a hedge, an open list, OCR or an unsure pairing may explain it;
- **info**: all else, such as gaps in a numbering.

A printed figure stands for the interval of its printed precision (`35,12%` is 35,115 to 35,125); sums and
quotients are computed of intervals, and only what does not meet at all is told. Figures cut off instead of
rounded are accepted.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manual says of one check."""

    rule: Rule
    what: str
    why: str
    tolerance: str
    example: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the check gives."""
        return (self.rule.code, *self.rule.also)


def read_entry(rule: Rule) -> Entry:
    """Return the manual's entry of a rule; raise ValueError if its docstring lacks a part.

    >>> from docanalyze.check.catalogue import CHECKS
    >>> read_entry(next(rule for rule in CHECKS if rule.code == "DAT001")).example
    '`Kỳ nghỉ lễ kéo dài đến 31/4.`'
    """
    pieces = _PART.split(inspect.getdoc(rule.run) or "")
    found = {name: " ".join(text.split()) for name, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    missing = [name for name in _PARTS if not found.get(name)]
    if missing:
        raise ValueError(f"{rule.code}: the docstring of {rule.run.__name__} lacks {', '.join(missing)}")
    return Entry(rule, found["What"], found["Why"], found["Tolerance"], found["Example"])


def write_manual(rules: Sequence[Rule]) -> str:
    """Return the manual of all checks as Markdown, by family."""
    entries = [read_entry(rule) for rule in rules]
    lines = [_OPENING]
    for family, title in _FAMILIES.items():
        own = [entry for entry in entries if entry.rule.family == family]
        if own:
            lines.append(f"## {title}\n")
            lines.extend(write_entry(entry) for entry in own)
    return "\n".join([*lines, _OWN.read_text(encoding="utf-8")])


def write_entry(entry: Entry) -> str:
    """Return one entry as Markdown, with the message that its findings bear."""
    return "\n".join(
        [
            f"### {', '.join(entry.codes)}: {entry.rule.name}\n",
            f"*{entry.rule.fails.vi}.* {entry.rule.fails.en}.\n",
            f"- What: {entry.what}",
            f"- Why: {entry.why}",
            f"- Tolerance: {entry.tolerance}",
            f"- Example: {entry.example}\n",
        ]
    )
