"""A page -> its picture, drawn by PDFium at the resolution of its scan."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from docanalyze.read.picture import READING_DPI, Pixels

LOWEST_DPI = 150
"""Below this nothing is read with profit; finer scans are drawn as they are, up to READING_DPI."""


def choose_dpi(image_dpi: float, width: float, height: float, pixels: int) -> int | None:
    """Return the resolution at which to draw a page of `width` x `height` points for reading.

    `image_dpi` is that of its largest picture, 0 if unknown; None if even the lowest needs more
    than `pixels`.
    """
    dpi = READING_DPI if image_dpi <= 0 else min(READING_DPI, max(LOWEST_DPI, round(image_dpi)))
    area = width * height / 72**2
    if area <= 0 or area * LOWEST_DPI**2 > pixels:
        return None
    return min(dpi, int((pixels / area) ** 0.5))


def render_page(document: Any, index: int, dpi: int) -> Pixels | None:
    """Return page `index` (from 0) as shown, as rows x columns x 3 of red, green, blue; None if it fails.

    `document` is PDFium's own handle. What annotations show, as seals of digital signatures, is drawn too.
    """
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        width = max(1, round(raw.FPDF_GetPageWidthF(page) * dpi / 72))
        height = max(1, round(raw.FPDF_GetPageHeightF(page) * dpi / 72))
        bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGR, None, 0)
        if not bitmap:
            return None
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
            stride = raw.FPDFBitmap_GetStride(bitmap)
            address = raw.FPDFBitmap_GetBuffer(bitmap)
            rows = np.frombuffer(ctypes.string_at(address, stride * height), dtype=np.uint8)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
    finally:
        raw.FPDF_ClosePage(page)
    pixels = rows.reshape(height, stride)[:, : 3 * width].reshape(height, width, 3)
    # A grey page need not be kept three times.
    if np.array_equal(pixels[..., 0], pixels[..., 1]) and np.array_equal(pixels[..., 1], pixels[..., 2]):
        return np.ascontiguousarray(pixels[..., 0])
    return np.ascontiguousarray(pixels[..., ::-1])
