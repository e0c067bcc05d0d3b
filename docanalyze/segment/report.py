"""What the letterhead, title and signature of a report say: number, issuer, place, date, signer."""

from __future__ import annotations

import re
from datetime import date

from docanalyze.core.analysis import Report, Signature
from docanalyze.core.document import Block, Document
from docanalyze.core.ladder import UPPER
from docanalyze.core.span import Box, Span
from docanalyze.lexicon import load_lexicon
from docanalyze.lexicon.forms import form_pattern
from docanalyze.segment.stamps import fill_blanks, read_signing

_LATE_NUMBER = re.compile(r"Số\s*:\s*(?P<no>\d+)(?P<rest>(?:/|-)[A-ZĐ\d][\wĐđ/&\-–.]*)")
"""A number behind what a stamp over its line was read as."""
_NUMBER = re.compile(r"Số\s*:?\s*(?P<no>[\d.…_\s]*)(?P<rest>\s?(?:/|-(?=[A-ZĐ]))\s?[A-ZĐ\d][\wĐđ/&\-–. ]*)")
_PLACE_DATE = re.compile(
    r"(?P<place>[^,\n]{2,40}),\s*ngày\s*(?P<d>[\d.…_]*)\s*tháng\s*(?P<m>[\d.…_]*)\s*năm\s*(?P<y>[\d.…_]*)",
    re.IGNORECASE,
)
_ISSUER_IN_TITLE = form_pattern(r"của\s+(<body>(?:\s[^,;.\n]{2,80})?)")
_NO_ISSUER = form_pattern(r"<motto_line>|[-_* .]+$|.*<motto>")
_AUTHORITY = form_pattern(rf"<authority>\s*\.?\s+[{UPPER}]")
_OFFICE_AT_END = form_pattern(r"(?:(.*?)\s+)?((?:Q\.\s*)?<office>)$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TYPED_TITLE = form_pattern(r"(<document_type>)\b\s*(.+)")


def describe_report(document: Document) -> Report:
    """Return what the report's own form says; keys that are not printed are absent.

    An issuer taken from the title (`… của Ủy ban nhân dân huyện X`) for want of a letterhead is
    named in `implied`, as are an issuer and a date that only a digital signature shows.
    """
    heads = [
        fill_blanks(_fold(block, document.text), block, document)
        for block in document.blocks
        if block.kind == "letterhead"
    ]
    titles = [_fold(block, document.text) for block in document.blocks if block.kind == "title"]
    kind, title = _split_title(titles)
    number, draft = _find_number(heads)
    place, day = _find_place_date(heads)
    if day is None:
        above, signed_day = _find_place_date([_read_closing(document)])
        place, day = place or above, signed_day
    issuer = _find_issuer(heads)
    implied: list[str] = []
    if issuer is None and title is not None and (match := _ISSUER_IN_TITLE.search(title)):
        issuer = match.group(1).strip()
        implied.append("issuer")
    signatures = _find_signatures(document)
    signer = _find_signer([signature for signature in signatures if signature.name])
    stamped_signer, stamped_office, signed = read_signing(document)
    if issuer is None and stamped_office:
        issuer = stamped_office
        implied.append("issuer")
    if day is None and signed is not None:
        day = _write_day(*signed)
        implied.append("date")
    if signer is None and stamped_signer:
        signer = stamped_signer
    return Report(
        title=title,
        type=kind,
        number=number,
        issuer=issuer,
        body=name_body(issuer) if issuer else None,
        place=place,
        date=day,
        signer=signer,
        draft=draft or any("DỰ THẢO" in text.upper() for text in (*heads, *titles)),
        signatures=tuple(signatures),
        implied=tuple(implied),
    )


def name_body(issuer: str) -> str:
    """Return the canonical key of an issuing body: short type, level, name, in lower case.

    >>> name_body("ỦY BAN NHÂN DÂN HUYỆN DUYÊN HẢI")
    'ubnd:huyện:duyên hải'
    """
    text = re.sub(r"\s+", " ", issuer.casefold()).strip(" .,-")
    for long, short in load_lexicon()["forms"]["short_body"]["pairs"]:
        text = text.replace(long, short)
    for level in load_lexicon()["forms"]["level"]["words"]:
        match = re.match(rf"(ubnd|hđnd)\s+{level}\s+(.+)$", text)
        if match:
            return f"{match.group(1)}:{level}:{match.group(2)}"
    return text


def _fold(block: Block, text: str) -> str:
    raw = " ".join(span.of(text) for span in block.spans)
    return re.sub(r"\s+", " ", raw.strip("*_# \n"))


def _split_title(titles: list[str]) -> tuple[str | None, str | None]:
    if not titles:
        return None, None
    first = titles[0]
    if len(titles) > 1 and len(first) <= 30 and first.isupper():
        return first.lower(), " ".join(titles[1:])
    match = _TYPED_TITLE.match(" ".join(titles))
    if match:
        return match.group(1).lower(), match.group(2)
    return None, " ".join(titles).strip() or None


def _find_number(heads: list[str]) -> tuple[str | None, bool]:
    for text in heads:
        match = _NUMBER.match(text) or _LATE_NUMBER.search(text)
        if match:
            number = re.sub(r"\s", "", match.group("no"))
            if not re.search(r"\d", number):
                return None, True
            return number.strip("._…") + re.sub(r"\s", "", match.group("rest")).rstrip(".,"), False
    return None, False


def _find_place_date(heads: list[str]) -> tuple[str | None, str | None]:
    for text in heads:
        match = _PLACE_DATE.search(text)
        if match:
            return match["place"].strip(), _write_day(match["y"], match["m"], match["d"])
    return None, None


def _read_closing(document: Document) -> str:
    """Return the lines of the signature block, and the date alone that some papers have right above it."""
    at = next((i for i, block in enumerate(document.blocks) if block.kind == "signature"), None)
    if at is None:
        return ""
    above = [_fold(block, document.text) for block in document.blocks[max(0, at - 1) : at]]
    signed = [_fold(block, document.text) for block in document.blocks[at:] if block.kind == "signature"]
    return "\n".join([*(text for text in above if _PLACE_DATE.fullmatch(text.rstrip("."))), *signed])


def _write_day(year: int | str, month: int | str, day: int | str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except (ValueError, OverflowError):
        return None


def _find_issuer(heads: list[str]) -> str | None:
    found = None
    for text in heads:
        if _NUMBER.match(text) or _LATE_NUMBER.search(text) or _PLACE_DATE.search(text):
            break
        if len(_WORD.findall(text)) > 1 and not _NO_ISSUER.match(text):
            found = text
    return found


def _find_signer(signatures: list[Signature]) -> str | None:
    """Return who answers for the report: the first who signs, or the one at the right of those beside."""
    if not signatures:
        return None
    first = signatures[0]
    beside = [first, *(other for other in signatures[1:] if _are_beside(first, other))]
    return max(beside, key=lambda other: other.boxes[-1].x0 if other.boxes else 0.0).name


def _are_beside(a: Signature, b: Signature) -> bool:
    """Return whether two sign side by side, though the name of one may stand lower."""
    if not a.boxes or not b.boxes or a.boxes[-1].page != b.boxes[-1].page:
        return False
    level = min(x.bottom for x in (_hull(a), _hull(b))) > max(x.top for x in (_hull(a), _hull(b)))
    one, two = a.boxes[-1], b.boxes[-1]
    return level and (one.x1 < two.x0 or two.x1 < one.x0)


def _hull(signature: Signature) -> Box:
    """Return the box around an office and the name below it, of the name's page."""
    boxes = [box for box in signature.boxes if box.page == signature.boxes[-1].page]
    return Box(
        boxes[-1].page,
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _find_signatures(document: Document) -> list[Signature]:
    signatures: list[Signature] = []
    blocks = [block for block in document.blocks if block.kind == "signature"]
    authority = office = None
    boxes: tuple[Box, ...] = ()
    for block in blocks:
        text = _fold(block, document.text)
        if text.isupper() or _AUTHORITY.match(text):
            match = _OFFICE_AT_END.match(text)
            authority = (match.group(1) if match else text) or authority
            office = match.group(2) if match else office
            boxes = document.places.find_area(block.start, block.end)
        elif len(text.split()) in range(2, 8) and text[:1].isupper():
            signatures.append(
                Signature(
                    authority=authority,
                    office=office,
                    name=text,
                    boxes=(*boxes, *document.places.find_boxes((Span(block.start, block.end),))),
                )
            )
            authority = office = None
            boxes = ()
    if authority or office:
        signatures.append(Signature(authority=authority, office=office, boxes=boxes))
    return signatures
