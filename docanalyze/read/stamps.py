"""Text that only an annotation or a signature field shows: number, date, signer, time of signing.

Offices stamp these on a finished PDF, so the page's own text has them not. PDFium can draw what
annotations show into the page (in memory); what the page then has more is the stamps' text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as raw

from docanalyze.read.placement import PieceBox, Placement

_SHOWN = frozenset(
    {raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_WATERMARK}
)
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_MOST = 500
"""Annotations of one page that are looked at; a page of a report has a handful."""
_NEAR = 1.0
_LEAST = 1.0
"""Points across of what can be seen; a signature field without a picture has a rectangle without size."""


def find_stamp_areas(page: Any, place: Placement) -> list[PieceBox]:
    """Return where a page shows stamps, notes on the page or form and signature fields, in page order."""
    areas: list[PieceBox] = []
    for index in range(min(_MOST, raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            rect = raw.FS_RECTF()
            if (
                raw.FPDFAnnot_GetSubtype(annotation) in _SHOWN
                and not raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN
                and raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2
                and raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
            ):
                left, right = sorted((rect.left, rect.right))
                bottom, top = sorted((rect.bottom, rect.top))
                area = place.show(left, bottom, right, top)
                if _is_seen(area, place.width, place.height):
                    areas.append(area)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return areas


def _is_seen(area: PieceBox, width: float, height: float) -> bool:
    """Return whether anything of an area lies on a page of some size."""
    x0, top, x1, bottom = area
    return min(x1, width) - max(x0, 0.0) >= _LEAST and min(bottom, height) - max(top, 0.0) >= _LEAST


def flatten_page(document: Any, index: int) -> bool:
    """Return whether what page `index` shows by annotations could be drawn into it, in memory."""
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        return False
    try:
        return bool(raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)
    finally:
        raw.FPDF_ClosePage(page)


def group_stamps(
    areas: Sequence[PieceBox],
    before: Sequence[tuple[str, PieceBox]],
    after: Sequence[tuple[str, PieceBox]],
) -> list[list[int]]:
    """Return for each area which pieces of `after` stand in it and were not there `before`."""
    known: dict[str, list[PieceBox]] = {}
    for text, box in before:
        known.setdefault(text, []).append(box)
    groups: list[list[int]] = [[] for _ in areas]
    for at, (text, box) in enumerate(after):
        if any(abs(box[0] - old[0]) < _NEAR and abs(box[1] - old[1]) < _NEAR for old in known.get(text, ())):
            continue
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        inside = (i for i, (x0, top, x1, bottom) in enumerate(areas) if x0 <= x <= x1 and top <= y <= bottom)
        area = next(inside, None)
        if area is not None:
            groups[area].append(at)
    return [group for group in groups if group]
