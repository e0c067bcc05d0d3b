"""The closing block: recipients and signature, where they stand, and what of them is on the next page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docanalyze.core.ladder import UPPER
from docanalyze.lexicon.forms import form_pattern
from docanalyze.read.draft import Draft
from docanalyze.read.lines import Line, cut_line
from docanalyze.read.markers import is_capitals, is_type_line

_RECIPIENTS = form_pattern("<recipients>")
_AUTHORITY = form_pattern(rf"<authority>\s*\.?\s+[{UPPER}]")
_APPENDIX = re.compile(r"(?:PHỤ LỤC|Phụ lục|BIỂU)\b")
_SIGNATURE_LEFT = 0.38
_ASIDE = 0.07
"""Of the page's width, by which the middles of two lines of a signature differ at most."""
_RIGHT_HALF = 0.6
"""Of the page's width, where the middle of a signature stands at least."""
_SMALLER = 1.6
"""Points by which the list of recipients may be smaller than the line above it."""
_RECIPIENT = re.compile(rf"[-–+•*]\s*[\d_{UPPER}]")


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing block: the recipients' size, whether its page ends with it, the middle of its signature."""

    size: float
    is_last: bool
    centre: float | None = None


def is_recipients(text: str) -> bool:
    """Return whether a line opens the list of recipients: `Nơi nhận:`."""
    return _RECIPIENTS.match(text) is not None


def find_signature(lines: list[Line], *, width: float) -> tuple[int, list[Line], list[Line]]:
    """Return where the closing block begins in `lines`, its recipients and its signature lines."""
    first = next((i for i, line in enumerate(lines) if is_recipients(line.text)), None)
    if first is None:
        first = next(
            (i for i, line in enumerate(lines) if _AUTHORITY.match(line.text) and line.x0 > 0.35 * width),
            None,
        )
        if first is None:
            return len(lines), [], []
    top = lines[first].top
    for line in lines:
        near = abs(line.middle - lines[first].middle) < 40
        if near and line.x0 > 0.4 * width and (_AUTHORITY.match(line.text) or line.text.isupper()):
            top = min(top, line.top)
    start = next(i for i, line in enumerate(lines) if line.bottom > top + 1 and line.middle >= top)
    end = next(
        (i for i, line in enumerate(lines) if i > start and _APPENDIX.match(line.text)),
        len(lines),
    )
    rights = [line.x0 for line in lines[start:end] if line.x0 > _SIGNATURE_LEFT * width]
    if not rights:
        return start, lines[start:end], []
    boundary = min(rights) - 2
    recipients: list[Line] = []
    signature: list[Line] = []
    for line in lines[start:end]:
        before, after = cut_line(line, boundary)
        if before is not None:
            recipients.append(before)
        if after is not None:
            signature.append(after)
    return start, recipients, signature


def find_closing_rest(
    lines: list[Line], *, size: float, width: float, centre: float | None = None
) -> tuple[list[Line], list[Line]]:
    """Return the first lines of a page that go on with the recipients and signature of the page before.

    `size` is that of the last of the recipients; their list is often set smaller than its heading.
    `centre` is the middle of the signature's first lines, if they stand on the page before.
    """
    recipients: list[Line] = []
    signature: list[Line] = []
    for line in lines:
        if _APPENDIX.match(line.text):
            break
        if line.x0 > _SIGNATURE_LEFT * width:
            middle = (line.x0 + line.x1) / 2
            if abs(middle - centre) > _ASIDE * width if centre is not None else _is_heading(line, width):
                break  # what an annex is called
            signature.append(line)
        elif -_SMALLER <= line.size - size <= 0.6 and line.x1 < 0.62 * width:
            recipients.append(line)
        else:
            break
    return recipients, signature


def _is_heading(line: Line, width: float) -> bool:
    """Return whether a line in the middle of the page is the type of a paper: `QUY CHẾ`."""
    return is_type_line(line.text) and (line.x0 + line.x1) / 2 < _RIGHT_HALF * width


def draft_closing_rest(lines: list[Line], closing: Closing, width: float) -> list[Draft]:
    """Return what the first lines of a page go on with of the closing block at the end of the one before."""
    if not closing.is_last:
        return []
    recipients, signature = find_closing_rest(lines, size=closing.size, width=width, centre=closing.centre)
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
