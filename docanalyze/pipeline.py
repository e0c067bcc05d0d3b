"""The stages in order, with the default lists of taggers and splitters, on one screen.

`read` -> `segment` -> `tag` -> `bind` -> `check`; each stage takes plain values and returns plain values.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
from msgspec import UNSET

import docanalyze
from docanalyze.bind.run import find_indicators
from docanalyze.check.catalogue import CHECKS as CHECKS
from docanalyze.check.rules import Rule as Rule
from docanalyze.check.run import run_checks
from docanalyze.check.waivers import Waiver, apply_states
from docanalyze.core.analysis import STAGES, Analysis, OcrMode, Sentence, Source, Stage, Tool
from docanalyze.core.document import Document
from docanalyze.core.errors import Language, UsageError
from docanalyze.core.mention import Mention
from docanalyze.core.span import Span
from docanalyze.lexicon import Lexicon, load_lexicon
from docanalyze.output.json_files import load_analysis
from docanalyze.read.source import Limits, RawFile, identify_bytes, load_file
from docanalyze.read.text_file import decode_text, read_text
from docanalyze.segment.report import describe_report
from docanalyze.segment.sections import find_sections
from docanalyze.segment.sentences import find_sentences, split_text
from docanalyze.segment.splitters import SPLITTERS as SPLITTERS
from docanalyze.tag.dates import find_dates
from docanalyze.tag.document import tag_document
from docanalyze.tag.legal_refs import find_legal_refs
from docanalyze.tag.money import find_money
from docanalyze.tag.numbers import find_numbers
from docanalyze.tag.ordinals import find_ordinals
from docanalyze.tag.percents import find_percents
from docanalyze.tag.periods import find_periods
from docanalyze.tag.quantities import find_quantities
from docanalyze.tag.run import Tagger, run_taggers
from docanalyze.weights import digest_models

TAGGERS: tuple[Tagger, ...] = (
    find_legal_refs,
    find_dates,
    find_periods,
    find_percents,
    find_money,
    find_quantities,
    find_ordinals,
    find_numbers,
)
"""The taggers of a plain run; add your own: `analyze_report(path, taggers=TAGGERS + (mine,))`."""

INCOMPLETE = ("page-", "bad-text-layer")
"""How the codes of warnings begin that make an analysis `partial`."""


def analyze_report(
    path: str | Path,
    *,
    until: Stage = "check",
    pages: Sequence[tuple[int, int]] | None = None,
    password: str | None = None,
    ocr: OcrMode = "auto",
    splitter: str = "own",
    lexicon: Lexicon | None = None,
    taggers: Sequence[Tagger] = TAGGERS,
    checks: Sequence[Rule] = CHECKS,
    language: Language = "vi",
    limits: Limits | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Analysis:
    """Return everything found in the report at `path` (PDF, UTF-8 text, or an analysis already made).

    `until` names the last stage to run, `pages` inclusive page ranges from 1, `splitter` one of
    `SPLITTERS`; `ocr` says which pages of a PDF are read from their pictures: those without a sound
    text layer (`auto`), none (`never`) or all (`force`); `language` is that of the warnings. Raises
    an UnreadableFile error if the file cannot be read, UsageError for a wrong option, MissingPart
    if `force` finds no engine.

    >>> analysis = analyze_report("bao-cao.pdf")  # doctest: +SKIP
    >>> [m.text for m in analysis.mentions][:2]  # doctest: +SKIP
    ['215/BC-UBND', 'ngày 20 tháng 6 năm 2023']
    """
    if str(path).lower().endswith(".json"):
        return load_analysis(path)
    return _analyze(
        load_file(path, limits=limits), until=until, pages=pages, password=password, ocr=ocr,
        splitter=splitter, lexicon=lexicon, taggers=taggers, checks=checks, language=language, limits=limits,
        progress=progress,
    )  # fmt: skip


def analyze_bytes(
    data: bytes,
    *,
    name: str,
    until: Stage = "check",
    pages: Sequence[tuple[int, int]] | None = None,
    password: str | None = None,
    ocr: OcrMode = "auto",
    splitter: str = "own",
    lexicon: Lexicon | None = None,
    taggers: Sequence[Tagger] = TAGGERS,
    checks: Sequence[Rule] = CHECKS,
    language: Language = "vi",
    limits: Limits | None = None,
) -> Analysis:
    """Return everything found in a report given as bytes; `name` stands for its path in the result."""
    return _analyze(
        identify_bytes(data, name=name, limits=limits), until=until, pages=pages, password=password,
        ocr=ocr, splitter=splitter, lexicon=lexicon, taggers=taggers, checks=checks, language=language,
        limits=limits,
        progress=None,
    )  # fmt: skip


def tag_text(
    text: str, *, lexicon: Lexicon | None = None, taggers: Sequence[Tagger] = TAGGERS
) -> list[Mention]:
    """Return the mentions of a plain text in order, without overlaps; offsets are into `text` as given.

    Nothing is anchored: a period without a year stays without one.

    >>> [m.text for m in tag_text("Giải ngân được 89,573 tỷ đồng, đạt 35,12% kế hoạch.")]
    ['89,573 tỷ đồng', '35,12%']
    """
    with paused_collector():
        return run_taggers(text, lexicon or load_lexicon(), taggers)


def split_sentences(text: str, *, splitter: str = "own") -> list[Span]:
    """Return the sentences of a plain text as spans of it.

    >>> text = "Thu đạt 58,12%. Chi đạt 40%."
    >>> [span.of(text) for span in split_sentences(text)]
    ['Thu đạt 58,12%.', 'Chi đạt 40%.']
    """
    return _find_splitter(splitter)(text)


def _find_splitter(name: str) -> Callable[[str], list[Span]]:
    if name not in SPLITTERS:
        raise UsageError(reason=f"no splitter {name!r}; there are {', '.join(sorted(SPLITTERS))}")
    return SPLITTERS[name]


def _analyze(
    file: RawFile,
    *,
    until: Stage,
    pages: Sequence[tuple[int, int]] | None,
    password: str | None,
    ocr: OcrMode,
    splitter: str,
    lexicon: Lexicon | None,
    taggers: Sequence[Tagger],
    checks: Sequence[Rule],
    language: Language,
    limits: Limits | None,
    progress: Callable[[int, int], None] | None,
) -> Analysis:
    if until not in STAGES:
        raise UsageError(reason=f"no stage {until!r}; there are {', '.join(STAGES)}")
    with paused_collector():
        return _run_stages(
            file,
            STAGES[: STAGES.index(until) + 1],
            pages,
            password,
            ocr,
            splitter,
            lexicon,
            taggers,
            checks,
            language,
            limits,
            progress,
        )


@contextmanager
def paused_collector() -> Iterator[None]:
    """Give a block in which Python's cycle collector rests: the stages make a million values, no cycle.

    It is a fifth of the time otherwise.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _run_stages(
    file: RawFile,
    stages: tuple[Stage, ...],
    pages: Sequence[tuple[int, int]] | None,
    password: str | None,
    ocr: OcrMode,
    splitter: str,
    lexicon: Lexicon | None,
    taggers: Sequence[Tagger],
    checks: Sequence[Rule],
    language: Language,
    limits: Limits | None,
    progress: Callable[[int, int], None] | None,
) -> Analysis:
    lexicon = lexicon or load_lexicon()
    split = partial(split_text, lexicon=lexicon) if splitter == "own" else _find_splitter(splitter)
    document, normalized, engines = _read(file, password, pages, ocr, limits, language, progress)
    source = Source(
        path=file.path,
        sha256=file.sha256,
        media_type=file.media_type,
        pages=len(document.pages) if document.pages else None,
        normalized=normalized,
    )
    options: dict[str, object] = {"until": stages[-1], "splitter": splitter}
    if file.media_type == "application/pdf":
        options["ocr"] = ocr
    if pages is not None:
        options["pages"] = [list(pair) for pair in pages]
    analysis = Analysis(
        schema_version="1",
        status="partial" if any(w.code.startswith(INCOMPLETE) for w in document.warnings) else "ok",
        stages=stages,
        tool=Tool(
            version=docanalyze.__version__,
            lexicon=lexicon.digest,
            models=digest_models(),
            engines=engines,
            options=options,
        ),
        source=source,
        text=document.text,
        pages=document.pages if file.media_type == "application/pdf" else UNSET,
        blocks=document.blocks,
        tables=document.tables,
        warnings=document.warnings,
    )
    if "segment" not in stages:
        return analysis
    sections = tuple(find_sections(document))
    sentences = _place_sentences(find_sentences(document, sections, splitter=split), document)
    report = describe_report(document)
    analysis = msgspec.structs.replace(analysis, sections=sections, sentences=sentences, report=report)
    if "tag" not in stages:
        return analysis
    mentions, report = tag_document(document, sections, sentences, report, lexicon, taggers)
    analysis = msgspec.structs.replace(analysis, mentions=mentions, report=report)
    if "bind" not in stages:
        return analysis
    analysis = msgspec.structs.replace(analysis, indicators=find_indicators(analysis, lexicon))
    return run_checks(analysis, checks, lexicon) if "check" in stages else analysis


def check_report(
    report: str | Path | Analysis,
    *,
    checks: Sequence[Rule] = CHECKS,
    waivers: Iterable[Waiver] = (),
    known: Iterable[str] | None = None,
    today: date | None = None,
    lexicon: Lexicon | None = None,
    language: Language = "vi",
    limits: Limits | None = None,
) -> Analysis:
    """Return the analysis of a report with its relations, findings and coverage.

    `report` is a path, or an analysis with mentions already made, which is then checked anew with
    `checks`. `waivers` and the ids of an earlier run's findings (`known`) give findings their states; a
    waiver counts up to its last day, compared with `today`. Raises UsageError if that analysis has no
    mentions.

    >>> found = check_report("bao-cao.pdf").findings  # doctest: +SKIP
    >>> found[0].message.vi  # doctest: +SKIP
    'Tổng không bằng các phần cộng lại: 315 + 72 = 387 ≠ 378.'
    """
    if not isinstance(report, Analysis):
        if str(report).lower().endswith(".json"):
            report = load_analysis(report)
        else:
            checked = analyze_report(report, checks=checks, lexicon=lexicon, language=language, limits=limits)
            return apply_states(checked, waivers=waivers, known=known, today=today)
    if report.mentions is UNSET:
        raise UsageError(
            reason=f"{report.source.path}: the analysis has no mentions; extract it with --until tag"
        )
    lexicon = lexicon or load_lexicon()
    with paused_collector():
        bound = msgspec.structs.replace(report, stages=STAGES, indicators=find_indicators(report, lexicon))
        return apply_states(run_checks(bound, checks, lexicon), waivers=waivers, known=known, today=today)


def _read(
    file: RawFile,
    password: str | None,
    pages: Sequence[tuple[int, int]] | None,
    ocr: OcrMode,
    limits: Limits | None,
    language: Language,
    progress: Callable[[int, int], None] | None,
) -> tuple[Document, bool, dict[str, str]]:
    if file.media_type == "application/pdf":
        from docanalyze.read.pdf import engine_versions, read_pdf

        document = read_pdf(
            file, password=password, pages=pages, ocr=ocr, limits=limits, language=language, progress=progress
        )
        return document, False, engine_versions(document)
    if pages is not None:
        raise UsageError(reason=f"{file.path}: --pages is for PDFs; a text file has no pages")
    text, normalized = decode_text(file)
    return read_text(text), normalized, {}


def _place_sentences(sentences: Iterable[Sentence], document: Document) -> tuple[Sentence, ...]:
    if not document.pages:
        return tuple(sentences)
    find = document.places.find_boxes
    return tuple(msgspec.structs.replace(s, boxes=find(s.spans)) for s in sentences)
