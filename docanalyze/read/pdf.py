"""A text-layer PDF -> `Document`: pages read one by one, then laid out as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docanalyze.core.document import Document, Page, Warning
from docanalyze.core.errors import Language, UsageError
from docanalyze.read.assemble import assemble_document
from docanalyze.read.drafts import PageContent, draft_blocks
from docanalyze.read.legacy import JOINER
from docanalyze.read.lines import Line, find_lines
from docanalyze.read.pdfium import PdfFile, RawPage
from docanalyze.read.source import Limits, RawFile
from docanalyze.read.syllables import grade_text
from docanalyze.read.tables.edges import EdgeMemory
from docanalyze.read.tables.grid import Grid
from docanalyze.read.tables.lattice import find_grids
from docanalyze.read.tables.open_grids import find_open_grids
from docanalyze.read.tables.tall_rows import lift_titles, split_false_merges, split_tall_rows

LOWEST_GRADE = 0.6
"""Below this grade a page's text layer cannot be trusted (a sound page of a report is above 0.9)."""

_WARNINGS: dict[str, dict[Language, str]] = {
    "page-without-text": {
        "en": "The page has no text layer (a scan or a picture); this version does not read it.",
        "vi": "Trang không có lớp chữ (bản quét hoặc ảnh); phiên bản này chưa đọc được.",
    },
    "legacy-font": {
        "en": "Text in fonts from before Unicode was decoded: {fonts}.",
        "vi": "Đã chuyển sang Unicode phần chữ dùng phông mã cũ: {fonts}.",
    },
    "bad-text-layer": {
        "en": "The text layer is damaged: few of its words are possible Vietnamese.",
        "vi": "Lớp chữ bị hỏng: phần lớn từ không phải tiếng Việt.",
    },
    "page-unreadable": {
        "en": "The page is damaged and could not be opened.",
        "vi": "Trang bị hỏng, không mở được.",
    },
}


def read_pdf(
    file: RawFile,
    *,
    password: str | None = None,
    pages: Sequence[tuple[int, int]] | None = None,
    limits: Limits | None = None,
    language: Language = "vi",
    progress: Callable[[int, int], None] | None = None,
) -> Document:
    """Return the document in a PDF; `pages` are inclusive ranges from 1, None for all of them.

    `progress` is called with (pages done, pages in all). Raises EncryptedPdf, DamagedPdf,
    LimitExceeded; UsageError if no page lies in the ranges.
    """
    contents: list[PageContent] = []
    described: list[Page] = []
    warnings: list[Warning] = []
    reader = _ContentReader()
    with PdfFile(file, password=password, limits=limits) as pdf:
        wanted = [i for i in range(pdf.page_count) if pages is None or any(a <= i + 1 <= b for a, b in pages)]
        if not wanted:
            raise UsageError(reason=f"{file.path}: --pages names no page of its {pdf.page_count}")
        for done, index in enumerate(wanted, 1):
            page = pdf.read_page(index)
            contents.append(reader.read(page))
            described.append(_describe_page(page, warnings, language))
            if progress is not None:
                progress(done, len(wanted))
    frames = {content.number: content.frame for content in contents if content.frame is not None}
    drafts = draft_blocks(contents)
    contents.clear()
    return assemble_document(drafts, described, warnings, frames)


def pdfium_version() -> str:
    """Return the version of the PDFium that reads the pages, as `154.0.7999`."""
    from pypdfium2 import PDFIUM_INFO

    return ".".join(
        str(part) for part in (PDFIUM_INFO.major, PDFIUM_INFO.minor, PDFIUM_INFO.build, PDFIUM_INFO.patch)
    )


class _ContentReader:
    """Reads pages in order; it knows the page before, on which a table may have begun."""

    def __init__(self) -> None:
        self._edges = EdgeMemory()
        self._before: Grid | None = None
        self._content: PageContent | None = None

    def read(self, page: RawPage) -> PageContent:
        """Return the page's lines and tables."""
        width, height = page.frame.upright_size if page.frame else (page.width, page.height)
        grids = find_grids(page.number, page.rulings) if page.rulings else []
        outside = None
        titles: list[Line] = []
        if grids:
            inside, titles = _fill_grids(page, grids)
            grids = [grid for grid in grids if any(cell.lines for cell in grid.cells)]
            outside = _runs([i for i in range(len(page.starts)) if i not in inside])
        lines = find_lines(page, outside)
        if titles:
            lines = sorted([*lines, *titles], key=lambda line: (line.middle, line.x0))
        running = self._edges.find_running(lines, height)
        body = [line for line in lines if id(line) not in running] if running else lines
        more, used = find_open_grids(page.number, body, page.rulings, self._before)
        self._edges.remember(lines, height, used)
        if more:
            lines = [line for line in lines if id(line) not in used]
            grids = sorted([*grids, *more], key=lambda grid: grid.box[1])
        if grids and grids[0].continues and self._before is not None and self._content is not None:
            tail = self._before.take_tail()
            self._content.lines = [line for line in self._content.lines if id(line) not in tail]
        self._before = grids[-1] if grids and grids[-1].open_end else None
        self._content = PageContent(page.number, width, height, lines, grids, page.rulings, page.frame)
        return self._content


def _fill_grids(page: RawPage, grids: Sequence[Grid]) -> tuple[set[int], list[Line]]:
    """Give each cell the lines that stand in it.

    Return the pieces that are inside a cell, and the lines of titles that are no cells after all.
    """
    inside: set[int] = set()
    titles: list[Line] = []
    for grid in grids:
        x0, top, x1, bottom = grid.box
        members: dict[int, list[int]] = {}
        for i, box in enumerate(page.boxes):
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            if i in inside or not (x0 <= x <= x1 and top <= y <= bottom):
                continue
            number = grid.find_cell(x, y)
            if number is not None:
                members.setdefault(number, []).append(i)
                inside.add(i)
        for number, pieces in members.items():
            grid.cells[number].lines = find_lines(page, _runs(pieces))
        titles.extend(lift_titles(grid))
        split_false_merges(grid)
        split_tall_rows(grid)
    return inside, titles


def _runs(indices: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for i in indices:
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _describe_page(page: RawPage, warnings: list[Warning], language: Language) -> Page:
    if not page.width or not page.height:
        _warn(warnings, "page-unreadable", page.number, language)
        return Page(number=page.number, width=page.width, height=page.height)
    if not page.starts:
        if page.image_share > 0.01:
            _warn(warnings, "page-without-text", page.number, language)
        return Page(number=page.number, width=page.width, height=page.height)
    grade = grade_text(page.text.replace(JOINER, ""))
    if page.legacy_fonts:
        fonts = ", ".join(f"{font} ({name.upper()})" for font, name in sorted(page.legacy_fonts.items()))
        _warn(warnings, "legacy-font", page.number, language, fonts=fonts)
    if grade is not None and grade < LOWEST_GRADE:
        _warn(warnings, "bad-text-layer", page.number, language)
    return Page(
        number=page.number,
        width=page.width,
        height=page.height,
        text_source="legacy-font" if page.legacy_fonts else "text-layer",
        grade=grade,
    )


def _warn(warnings: list[Warning], code: str, page: int, language: Language, **details: object) -> None:
    warnings.append(Warning(code=code, page=page, message=_WARNINGS[code][language].format(**details)))
