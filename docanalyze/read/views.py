"""Pages of a PDF as small pictures, to be shown beside what was found on them."""

from __future__ import annotations

import io
from collections.abc import Iterable

from PIL import Image

from docanalyze.core.document import Page
from docanalyze.read.pdfium import PdfFile
from docanalyze.read.render import render_page
from docanalyze.read.source import Limits, RawFile

VIEW_DPI = 100
"""Small print can be read at this resolution, and a page of text takes about 90 kB."""

_QUALITY = 45


def draw_pages(
    file: RawFile, pages: Iterable[Page], *, password: str | None = None, limits: Limits | None = None
) -> dict[int, bytes]:
    """Return pages of a PDF as shown, by number, each as a WebP picture; those that fail are absent.

    A page too large for the limit on pixels is drawn coarser. Raises EncryptedPdf or DamagedPdf as
    reading does.
    """
    limits = limits or Limits()
    drawn: dict[int, bytes] = {}
    with PdfFile(file, password=password, limits=limits) as pdf:
        for page in pages:
            area = max(page.width * page.height / 72**2, 1e-6)
            dpi = min(VIEW_DPI, int((limits.pixels / area) ** 0.5))
            if dpi and page.number <= pdf.page_count:
                pixels = render_page(pdf.handle, page.number - 1, dpi)
                if pixels is not None:
                    drawn[page.number] = _encode(Image.fromarray(pixels))
    return drawn


def _encode(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format="webp", quality=_QUALITY, method=4)
    return buffer.getvalue()
