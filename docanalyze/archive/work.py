"""One document: its bytes read, analysed, its JSON written; a summary comes back, not the analysis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from docanalyze.archive.sources import Item, name_error, read_item
from docanalyze.archive.store import Store, name_result
from docanalyze.core.analysis import Analysis, OcrMode, Stage
from docanalyze.core.errors import DocanalyzeError, Language
from docanalyze.lexicon import Lexicon, load_lexicon
from docanalyze.output.json_files import encode_json
from docanalyze.pipeline import INCOMPLETE, analyze_bytes
from docanalyze.read.source import Limits

_SOFT = 0.8
"""The share of a document's time after which no page is begun any more, so that what is read is kept."""


class ArchiveOptions(msgspec.Struct, frozen=True):
    """How every document of an archive is analysed; `seconds` is the time that one may take."""

    until: Stage = "check"
    ocr: OcrMode = "auto"
    splitter: str = "own"
    password: str | None = None
    lexicon: str | None = None
    language: Language = "vi"
    seconds: float = 120.0


class Task(msgspec.Struct, frozen=True):
    """One document to be analysed: where its bytes are, what they must hash to, where the JSON goes."""

    item: Item
    sha256: str
    place: str
    options: ArchiveOptions


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the archive's parent process hears of a document."""

    status: str
    pages: int | None = None
    grade: float | None = None
    code: str | None = None
    error_en: str | None = None
    error_vi: str | None = None


_lexicons: dict[str | None, Lexicon] = {}


def analyze_document(payload: bytes) -> bytes:
    """Return the Outcome of a Task, both as JSON; the analysis is written to `json/<sha256>.json`."""
    task = msgspec.json.decode(payload, type=Task)
    try:
        outcome = _analyze(task)
    except DocanalyzeError as error:
        outcome = Outcome(
            "failed",
            code=name_error(error),
            error_en=error.describe("en"),
            error_vi=error.describe("vi"),
        )
    return msgspec.json.encode(outcome)


def _analyze(task: Task) -> Outcome:
    options = task.options
    analysis = analyze_bytes(
        read_item(task.item),
        name=task.item.label,
        until=options.until,
        ocr=options.ocr,
        splitter=options.splitter,
        password=options.password,
        lexicon=find_lexicon(options.lexicon),
        language=options.language,
        limits=Limits(seconds=options.seconds * _SOFT),
    )
    if analysis.source.sha256 != task.sha256:
        name = task.item.label
        return Outcome(
            "failed",
            code="file-changed",
            error_en=f"{name}: changed while it was read; run again.",
            error_vi=f"{name}: bị thay đổi trong khi đọc; hãy chạy lại.",
        )
    with Store(task.place).create(name_result(task.sha256)) as file:
        for part in encode_json(analysis):
            file.write(part)
        file.write(b"\n")
    return summarize_analysis(analysis)


def summarize_analysis(analysis: Analysis) -> Outcome:
    """Return what the manifest keeps of an analysis: status, pages, and the lowest grade of a page."""
    pages: Any = () if analysis.pages is msgspec.UNSET else analysis.pages
    grades = [page.grade for page in pages if page.grade is not None]
    return Outcome(
        analysis.status,
        pages=analysis.source.pages,
        grade=min(grades, default=None),
        code=next((w.code for w in analysis.warnings if w.code.startswith(INCOMPLETE)), None),
    )


def find_lexicon(folder: str | None) -> Lexicon:
    """Return the lexicon with the entries of a folder, kept for the next document of this process."""
    if folder not in _lexicons:
        _lexicons[folder] = load_lexicon(Path(folder)) if folder else load_lexicon()
    return _lexicons[folder]
