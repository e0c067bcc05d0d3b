"""Pages that are pictures, read beside the rest: drawn one by one, recognised several at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

from docanalyze.read.grade import LayerGrade, measure_damage
from docanalyze.read.ocr import Reading, read_picture
from docanalyze.read.pdfium import PdfFile
from docanalyze.read.picture import Pixels, is_blank
from docanalyze.read.raw_page import RawPage
from docanalyze.read.render import choose_dpi, render_page
from docanalyze.read.source import Limits
from docanalyze.read.tesseract import Engine

Outcome = Literal["read", "kept", "blank", "failed", "too-large", "late"]

_PAGE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What came of a page's picture: read, or why the text layer stays (`kept`: it is the better one)."""

    outcome: Outcome
    reading: Reading | None = None


class ScanReader:
    """Reads pictures of pages in threads, each waiting for an engine's process; a context manager.

    PDFium draws in the caller's thread, since it is not made for several. At most two pictures a
    worker are held.
    """

    def __init__(self, engine: Engine, limits: Limits, is_over: Callable[[], bool]) -> None:
        self._engine, self._limits, self._is_over = engine, limits, is_over
        self._workers = max(1, min(4, os.cpu_count() or 1))
        self._pool = ThreadPoolExecutor(self._workers)
        self._waiting: list[Future[ScanResult]] = []

    def __enter__(self) -> ScanReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, pdf: PdfFile, index: int, page: RawPage, layer: LayerGrade) -> Future[ScanResult]:
        """Return the result to come of reading page `index` of `pdf` from its picture."""
        done: Future[ScanResult] = Future()
        dpi = choose_dpi(page.shapes.image_dpi, page.width, page.height, self._limits.pixels)
        if self._is_over() or dpi is None:
            done.set_result(ScanResult("late" if self._is_over() else "too-large"))
            return done
        pixels = render_page(pdf.handle, index, dpi)
        if pixels is not None and page.stamps is not None:
            _wipe_stamps(pixels, page, dpi)
        if pixels is None or is_blank(pixels):
            done.set_result(ScanResult("failed" if pixels is None else "blank"))
            return done
        self._waiting = [future for future in self._waiting if not future.done()]
        while len(self._waiting) >= 2 * self._workers:
            self._waiting.pop(0).exception()

        def work() -> ScanResult:
            if self._is_over():
                return ScanResult("late")
            try:
                reading = read_picture(self._engine, pixels, dpi, page, seconds=_PAGE_SECONDS)
            except TimeoutError:
                return ScanResult("late")
            except OSError:
                return ScanResult("failed")
            return ScanResult("read" if is_better(reading, page, layer) else "kept", reading)

        future = self._pool.submit(work)
        self._waiting.append(future)
        return future


def _wipe_stamps(pixels: Pixels, page: RawPage, dpi: int) -> None:
    """Take out of a page's picture the letters that annotations show: their text is known."""
    assert page.stamps is not None
    scale = dpi / 72
    for at in (at for group in page.stamps.groups for at in group):
        box = page.stamps.page.boxes[at]
        x0, top, x1, bottom = page.frame.to_shown(box) if page.frame is not None else box
        pixels[
            max(0, floor((top - 1) * scale)) : ceil((bottom + 1) * scale),
            max(0, floor((x0 - 1) * scale)) : ceil((x1 + 1) * scale),
        ] = 255


def is_better(reading: Reading, page: RawPage, layer: LayerGrade) -> bool:
    """Return whether what was read from the picture is to take the place of a page's text layer."""
    if layer.verdict not in ("doubtful", "broken"):
        return True
    words, impossible = measure_damage(reading.page.text)
    old_words, old_impossible = measure_damage(page.text)
    if layer.verdict == "broken":
        return words > 0.3 * old_words or words >= 20
    if words < 0.7 * old_words:
        return False
    if words > 1.5 * old_words + 5:
        return True
    return impossible / max(1, words) < 0.7 * old_impossible / max(1, old_words)
