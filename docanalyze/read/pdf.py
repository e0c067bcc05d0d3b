"""A PDF -> `Document`: pages read one by one, from text or picture, then laid out as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from threading import Timer
from typing import TYPE_CHECKING

from docanalyze.core.analysis import OcrMode
from docanalyze.core.document import ConfidenceMap, Document, Page, TextSource, Warning
from docanalyze.core.errors import Language, MissingPart, UsageError
from docanalyze.read.assemble import assemble_document
from docanalyze.read.content import ContentReader
from docanalyze.read.draft import PageContent
from docanalyze.read.drafts import draft_blocks
from docanalyze.read.grade import LayerGrade, grade_layer
from docanalyze.read.notices import write_advice, write_notice
from docanalyze.read.pdfium import PdfFile
from docanalyze.read.raw_page import RawPage, move_stamps
from docanalyze.read.source import Limits, RawFile
from docanalyze.read.tesseract import find_engine, install_command

if TYPE_CHECKING:
    from docanalyze.read.scans import ScanReader, ScanResult


def read_pdf(
    file: RawFile,
    *,
    password: str | None = None,
    pages: Sequence[tuple[int, int]] | None = None,
    ocr: OcrMode = "auto",
    limits: Limits | None = None,
    language: Language = "vi",
    progress: Callable[[int, int], None] | None = None,
) -> Document:
    """Return the document in a PDF; `pages` are inclusive ranges from 1, None for all of them.

    `progress` is called with (pages done, pages in all). Raises EncryptedPdf, DamagedPdf,
    LimitExceeded; UsageError if no page lies in the ranges; MissingPart if `ocr` is `force` and
    there is no engine.
    """
    limits = limits or Limits()
    engine = find_engine() if ocr == "force" else None
    if ocr == "force" and engine is None:
        raise MissingPart(option="--ocr force", command=install_command())
    read = _Pages(language, ocr)
    with ExitStack() as stack:
        pdf = stack.enter_context(PdfFile(file, password=password, limits=limits))
        wanted = [i for i in range(pdf.page_count) if pages is None or any(a <= i + 1 <= b for a, b in pages)]
        if not wanted:
            raise UsageError(reason=f"{file.path}: --pages names no page of its {pdf.page_count}")
        alarm = stack.enter_context(_Alarm(limits.seconds))
        scans: ScanReader | None = None
        for done, index in enumerate(wanted, 1):
            if alarm.is_over:
                read.give_up([at + 1 for at in wanted[done - 1 :]], limits.seconds)
                break
            page = pdf.read_page(index)
            layer = LayerGrade("missing") if ocr == "force" else grade_layer(page)
            scan: Future[ScanResult] | None = None
            if ocr != "never" and layer.verdict in ("missing", "doubtful", "broken") and page.width:
                engine = engine or find_engine()
                if engine is not None:
                    if scans is None:
                        # It brings numpy, which a text-layer PDF does without.
                        from docanalyze.read.scans import ScanReader

                        scans = stack.enter_context(ScanReader(engine, limits, lambda: alarm.is_over))
                    scan = scans.submit(pdf, index, page, layer)
            read.add(page, layer, scan)
            read.settle(wait=False)
            if progress is not None:
                progress(len(read.described), len(wanted))
        while read.settle(wait=True):
            if progress is not None:
                progress(len(read.described), len(wanted))
    frames = {content.number: content.frame for content in read.contents if content.frame is not None}
    drafts = draft_blocks(read.contents)
    read.contents.clear()
    document = assemble_document(drafts, read.described, read.warnings, frames)
    return replace(document, confidences=read.confidences)


class _Alarm:
    """Says when a number of seconds is over; a context manager."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._timer = Timer(seconds, self._ring)
        self._timer.daemon = True

    def _ring(self) -> None:
        self.is_over = True

    def __enter__(self) -> _Alarm:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


@dataclass(slots=True)
class _Pages:
    """The pages as they are read, in order; those that wait for the engine hold up the ones behind."""

    language: Language
    ocr: OcrMode
    contents: list[PageContent] = field(default_factory=list)
    described: list[Page] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    confidences: ConfidenceMap = field(default_factory=ConfidenceMap)
    _reader: ContentReader = field(default_factory=ContentReader)
    _queue: list[tuple[RawPage, LayerGrade, Future[ScanResult] | None]] = field(default_factory=list)

    def add(self, page: RawPage, layer: LayerGrade, scan: Future[ScanResult] | None) -> None:
        """Take in a page after the others."""
        self._queue.append((page, layer, scan))

    def settle(self, *, wait: bool) -> bool:
        """Bring the first pages of the queue into the document: all that are done, or waiting for one."""
        settled = False
        while self._queue:
            page, layer, scan = self._queue[0]
            if scan is not None and not scan.done() and not (wait and not settled):
                break
            del self._queue[0]
            self._settle_page(page, layer, scan.result() if scan is not None else None)
            settled = True
            if wait:
                break
        return settled

    def give_up(self, numbers: Sequence[int], seconds: float) -> None:
        """Say that the pages of these numbers are not read since the time is over."""
        listed = f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
        self._warn("page-late", numbers[0], pages=listed, seconds=f"{seconds:g}")

    def _settle_page(self, page: RawPage, layer: LayerGrade, result: ScanResult | None) -> None:
        number, outcome = page.number, result.outcome if result is not None else None
        source: TextSource | None = None
        grade: float | None = None
        reading = result.reading if result is not None else None
        if outcome == "read" and reading is not None:
            stamps = page.stamps
            if stamps is not None:
                reading.page.stamps = move_stamps(stamps, page.frame, reading.page.frame)
            page = reading.page
            if page.starts:
                source, grade = "ocr", reading.confidence
                self.confidences.add_page(number, reading.confidences)
        elif page.starts:
            source, grade = "legacy-font" if page.legacy_fonts else "text-layer", layer.grade
            if page.legacy_fonts:
                fonts = ", ".join(
                    f"{font} ({name.upper()})" for font, name in sorted(page.legacy_fonts.items())
                )
                self._warn("legacy-font", number, fonts=fonts)
        self._warn_of(page, layer, outcome)
        self.contents.append(self._reader.read(page))
        self.described.append(
            Page(number=number, width=page.width, height=page.height, text_source=source, grade=grade)
        )

    def _warn_of(self, page: RawPage, layer: LayerGrade, outcome: str | None) -> None:
        """Say what is missing from a page, if anything is."""
        if page.too_large or outcome == "too-large":
            self._warn("page-too-large", page.number)
        elif not page.width or not page.height:
            self._warn("page-unreadable", page.number)
        elif outcome in ("late", "failed"):
            self._warn("page-ocr-late" if outcome == "late" else "page-ocr-failed", page.number)
        elif outcome is None and layer.verdict in ("missing", "doubtful", "broken"):
            code = "bad-text-layer" if layer.verdict == "broken" or layer.damaged else "page-without-text"
            self._warn(code, page.number, advice=write_advice(self.ocr, self.language, install_command()))

    def _warn(self, code: str, page: int, **details: object) -> None:
        message = write_notice(code, self.language, **details)
        self.warnings.append(Warning(code=code, page=page, message=message))


def engine_versions(document: Document) -> dict[str, str]:
    """Return the engines that read a document with their versions: PDFium, and Tesseract if it was used."""
    versions = {"pdfium": pdfium_version()}
    engine = find_engine() if any(page.text_source == "ocr" for page in document.pages) else None
    return versions | ({"tesseract": engine.version} if engine is not None else {})


def pdfium_version() -> str:
    """Return the version of the PDFium that reads the pages, as `154.0.7999`."""
    from pypdfium2 import PDFIUM_INFO

    return ".".join(
        str(part) for part in (PDFIUM_INFO.major, PDFIUM_INFO.minor, PDFIUM_INFO.build, PDFIUM_INFO.patch)
    )
