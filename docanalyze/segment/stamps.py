"""What stamps add to a report's form: the number and day set into blanks, who signed it and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.core.document import Block, Document
from docanalyze.lexicon.forms import form_pattern

_DIGITS = re.compile(r"\d{1,5}$")
_SIGNER = form_pattern(r"<stamp_signer>\s*:\s*(.+?)(?=\s+(?:<stamp_key>)\s*:|$)", re.IGNORECASE)
_OFFICE = form_pattern(r"<stamp_office>\s*:\s*(.+?)(?=\s+(?:<stamp_key>)\s*:|$)", re.IGNORECASE)
_TIME = form_pattern(
    r"(?:<stamp_time>)\s*:\s*(?:\d{1,2}:\d{2}(?::\d{2})?,?\s*)?(?:ngày\s*)?"
    r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})",
    re.IGNORECASE,
)
_NUMBER_BLANK = re.compile(r"(Số\s*:?)[\s.…_]*([/-].*)")
_DAY_BLANK = re.compile(r"(ngày)[\s.…_]*(\d*)[\s.…_]*(tháng)[\s.…_]*(\d*)[\s.…_]*(năm)", re.IGNORECASE)


def fill_blanks(text: str, block: Block, document: Document) -> str:
    """Return the text of a letterhead block with the figures that are stamped on its line set in."""
    figures = list(_find_figures(block, document))
    if not figures:
        return text
    if match := _NUMBER_BLANK.match(text):
        return f"{match.group(1)} {figures[0]}{match.group(2)}"
    match = _DAY_BLANK.search(text)
    if match is None:
        return text
    day = match.group(2) or figures.pop(0)
    month = match.group(4) or (figures.pop(0) if figures else "")
    return f"{text[: match.start()]}ngày {day} tháng {month} năm{text[match.end() :]}"


def read_signing(document: Document) -> tuple[str | None, str | None, tuple[int, int, int] | None]:
    """Return signer, office and day (year, month, day) that the appearance of a signature names."""
    signer = office = day = None
    for block in document.blocks:
        if block.kind != "stamp":
            continue
        text = " ".join(document.text[block.start : block.end].split())
        if signer is None and (match := _SIGNER.search(text)):
            signer = match.group(1).strip(" ,;")
        if office is None and (match := _OFFICE.search(text)):
            office = match.group(1).strip(" ,;")
        if day is None and (match := _TIME.search(text)):
            day = (int(match["y"]), int(match["m"]), int(match["d"]))
    return signer, office, day


def _find_figures(block: Block, document: Document) -> Iterator[str]:
    """Yield the figures of stamps on the same line as a block, left to right."""
    found: list[tuple[float, str]] = []
    for other in document.blocks:
        if other.kind != "stamp" or not block.boxes or not other.boxes:
            continue
        text = document.text[other.start : other.end].strip()
        here, there = block.boxes[0], other.boxes[0]
        middle = (there.top + there.bottom) / 2
        if (
            _DIGITS.match(text)
            and here.page == there.page
            and here.top - 4 <= middle <= here.bottom + 4
            and here.x0 <= there.x0 <= here.x1
        ):
            found.append((there.x0, text))
    return (text for _, text in sorted(found))
