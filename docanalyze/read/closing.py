"""The closing block as drafts: recipients, signatures, and what of them stands on the next page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docanalyze.read.draft import Draft
from docanalyze.read.lines import Line
from docanalyze.read.markers import is_capitals
from docanalyze.read.regions import find_closing_rest

_RECIPIENT = re.compile(r"[-–+•*]\s*[^\Wa-zà-ỹđ]")


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing block: the recipients' size, whether its page ends with it."""

    size: float
    is_last: bool


def draft_closing_rest(lines: list[Line], closing: Closing, width: float) -> list[Draft]:
    """Return what the first lines of a page go on with of the closing block at the end of the one before."""
    if not closing.is_last:
        return []
    recipients, signature = find_closing_rest(lines, size=closing.size, width=width)
    return [*draft_recipients(recipients), *draft_signature(signature)]


def draft_recipients(lines: list[Line]) -> list[Draft]:
    """Return each of the recipients as a draft."""
    drafts: list[Draft] = []
    for line in lines:
        ended = not drafts or drafts[-1].lines[-1].text.endswith((";", ":", "."))
        # `- UBND các xã` and `- thị trấn;` are one.
        if ended or _RECIPIENT.match(line.text):
            drafts.append(Draft("recipients", [line]))
        else:
            drafts[-1].lines.append(line)
    return drafts


def draft_signature(lines: list[Line]) -> list[Draft]:
    """Return the rights and office lines as one draft and the name as another."""
    drafts: list[Draft] = []
    for line in lines:
        capital = is_capitals(line.text)
        if drafts and capital and is_capitals(drafts[-1].lines[-1].text):
            drafts[-1].lines.append(line)
        else:
            drafts.append(Draft("signature", [line]))
    return drafts


def merge_closing(drafts: list[Draft], body: list[Draft]) -> list[Draft]:
    """Return the drafts but for the rest of the recipients, which goes behind those before the signature."""
    rest = [draft for draft in body if draft.kind == "recipients"]
    at = next(i for i, draft in enumerate(drafts) if draft.kind == "signature")
    if rest and at and drafts[at - 1].kind == "recipients" and not _RECIPIENT.match(rest[0].lines[0].text):
        drafts[at - 1].lines.extend(rest.pop(0).lines)
    drafts[at:at] = rest
    return [draft for draft in body if draft.kind != "recipients"]
