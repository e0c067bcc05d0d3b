"""A copy of the PDF with a highlight and a note at each figure that a finding stands on."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from docanalyze.core.errors import EncryptedPdf, Language, MissingPart
from docanalyze.core.relation import Finding, Severity
from docanalyze.core.span import Box

_COLOURS: dict[Severity, tuple[float, float, float]] = {
    "error": (1.0, 0.55, 0.5),
    "warning": (1.0, 0.85, 0.35),
    "info": (0.6, 0.78, 1.0),
}
_SIGNED: dict[Language, str] = {
    "vi": "Tệp gốc có chữ ký số. Chữ ký không còn hiệu lực trên bản sao này: hãy xác minh trên tệp gốc.",
    "en": "The source is digitally signed. Its signature does not hold for this copy: verify the source.",
}


def import_pypdf() -> Any:
    """Return pypdf; raise MissingPart where it is not installed."""
    try:
        return import_module("pypdf")
    except ImportError as error:
        raise MissingPart(option="-o x.pdf", command="pip install 'docanalyze[audit]'") from error


def annotate_pdf(
    data: bytes,
    findings: Sequence[Finding],
    *,
    path: str,
    password: str | None = None,
    language: Language = "vi",
) -> bytes:
    """Return a copy of a PDF with the evidence of findings highlighted, in colours by severity.

    Each highlight has the finding's message, arithmetic and suggestion as its note. What the source has
    stays as it is; a signed source gets a note on its first page that the copy's signature no longer
    holds. The copy of an encrypted PDF is not encrypted. Raises MissingPart without pypdf, EncryptedPdf
    without the password.
    """
    pypdf = import_pypdf()
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(password or ""):
        raise EncryptedPdf(path=path)
    signed = is_signed(reader)
    writer = pypdf.PdfWriter(clone_from=reader)
    pages = list(writer.pages)
    for finding in findings:
        told = describe_finding(finding, language)
        for box in _list_boxes(finding):
            if 1 <= box.page <= len(pages):
                page = pages[box.page - 1]
                area = place_box(box, page)
                writer.add_annotation(box.page - 1, _highlight(finding, told, area))
    if signed and pages:
        writer.add_annotation(0, _note(_SIGNED[language], pages[0]))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def describe_finding(finding: Finding, language: Language) -> str:
    """Return what the note of a finding says: message, suggestion and id, a line each."""
    vietnamese = language == "vi"
    lines = [finding.message.vi if vietnamese else finding.message.en]
    if finding.suggestion is not None:
        lines.append(f"{'Có thể là' if vietnamese else 'May have to read'}: {finding.suggestion.replacement}")
    return "\n".join([*lines, f"[{finding.id}]"])


def is_signed(reader: Any) -> bool:
    """Return whether a PDF, opened by pypdf, holds a digital signature."""
    form = reader.trailer["/Root"].get("/AcroForm")
    if form is None:
        return False
    form = form.get_object()
    waiting = list(form.get("/Fields", ()))
    seen = 0
    while waiting and seen < 10_000:
        field = waiting.pop().get_object()
        seen += 1
        if field.get("/FT") == "/Sig" and field.get("/V") is not None:
            return True
        waiting.extend(field.get("/Kids", ()))
    return bool(int(form.get("/SigFlags", 0)) & 1)


def place_box(box: Box, page: Any) -> tuple[float, float, float, float]:
    """Return a box of the page as shown in the page's own space: left, bottom, right, top.

    The page as shown is cut to its crop box, then turned clockwise by its rotation.
    """
    crop = page.cropbox
    left, bottom, right, top = (float(crop[at]) for at in range(4))
    turn = int(page.rotation) % 360
    corners = ((box.x0, box.top), (box.x1, box.bottom))
    if turn == 90:
        points = [(left + y, bottom + x) for x, y in corners]
    elif turn == 180:
        points = [(right - x, bottom + y) for x, y in corners]
    elif turn == 270:
        points = [(right - y, top - x) for x, y in corners]
    else:
        points = [(left + x, top - y) for x, y in corners]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _list_boxes(finding: Finding) -> Iterator[Box]:
    seen: set[Box] = set()
    for evidence in finding.evidence:
        for box in evidence.boxes:
            if box not in seen:
                seen.add(box)
                yield box


def _highlight(finding: Finding, told: str, area: tuple[float, float, float, float]) -> Any:
    generic = import_module("pypdf.generic")
    left, bottom, right, top = area
    corners = (left, top, right, top, left, bottom, right, bottom)
    return generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/Highlight"),
            generic.NameObject("/Rect"): _numbers(area),
            generic.NameObject("/QuadPoints"): _numbers(corners),
            generic.NameObject("/C"): _numbers(_COLOURS[finding.severity]),
            generic.NameObject("/CA"): generic.FloatObject(0.55),
            generic.NameObject("/F"): generic.NumberObject(4),
            generic.NameObject("/T"): generic.TextStringObject(f"docanalyze {finding.code}"),
            generic.NameObject("/Contents"): generic.TextStringObject(told),
        }
    )


def _note(told: str, page: Any) -> Any:
    generic = import_module("pypdf.generic")
    area = place_box(Box(1, 12, 12, 32, 32), page)
    return generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/Text"),
            generic.NameObject("/Rect"): _numbers(area),
            generic.NameObject("/C"): _numbers((1.0, 0.85, 0.35)),
            generic.NameObject("/F"): generic.NumberObject(4),
            generic.NameObject("/T"): generic.TextStringObject("docanalyze"),
            generic.NameObject("/Contents"): generic.TextStringObject(told),
        }
    )


def _numbers(values: Sequence[float]) -> Any:
    generic = import_module("pypdf.generic")
    return generic.ArrayObject([generic.FloatObject(round(value, 3)) for value in values])
