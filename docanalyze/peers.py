"""What one would take instead, scored on the same gold by the same code: `docanalyze evaluate --peers`.

Sentences by underthesea, spaCy's sentencizer and pySBD; figures and dates by plain regular expressions and
dateparser; tables by pdfplumber, camelot and img2table. No peer that is known finds quantities with their
unit, periods, ordinals or legal references in Vietnamese, or holds figures against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from docanalyze.core.analysis import Analysis, Sentence
from docanalyze.core.base import Value, always
from docanalyze.core.document import Table
from docanalyze.core.mention import (
    Date,
    DateValue,
    Mention,
    Money,
    MoneyValue,
    Number,
    NumberValue,
    Percent,
    PercentValue,
)
from docanalyze.core.span import Span
from docanalyze.evaluate.peer_tables import READERS, build_tables
from docanalyze.evaluate.run import evaluate_analysis
from docanalyze.evaluate.scores import Score, Scores
from docanalyze.gold.items import Gold
from docanalyze.pipeline import analyze_bytes, analyze_report
from docanalyze.segment.align import align_pieces
from docanalyze.segment.splitters import split_with_spacy, split_with_underthesea

Tool = TypeVar("Tool")
_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "nghìn tỷ": 12}
_PATTERNS = (
    ("date", re.compile(r"(?:ngày\s+)?(\d{1,2})/(\d{1,2})/(\d{4})")),
    ("date", re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)),
    ("percent", re.compile(rf"({_NUMBER})\s*%")),
    ("money", re.compile(rf"({_NUMBER})\s*(nghìn tỷ|nghìn|ngàn|triệu|tỷ)?\s*(?:đồng|VND|VNĐ)\b")),
    ("number", re.compile(rf"(?<![\w/.-])({_NUMBER})(?![\w/%-])")),
)


def split_with_pysbd(text: str) -> list[Span]:
    """Return pySBD's sentences (it has no Vietnamese; English rules), with exact offsets."""
    pieces = _load_pysbd().segment(text)
    return align_pieces(text, [piece for piece in pieces if piece.strip()])


@cache
def _load_pysbd() -> Any:
    return import_module("pysbd").Segmenter(language="en", clean=False)


def find_by_patterns(text: str) -> Iterator[Mention]:
    """Yield the mentions that plain patterns find: the first pattern that matches a place has it."""
    taken: list[Span] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if not any(span.meets(other) for other in taken):
                taken.append(span)
                yield _make(kind, match)


def _make(kind: str, match: re.Match[str]) -> Mention:
    place: dict[str, Any] = {
        "text": match.group(), "start": match.start(), "end": match.end(), "rule": "pattern"
    }  # fmt: skip
    if kind == "date":
        day, month, year = (int(part) for part in match.groups())
        return Date(value=DateValue(date=f"{year:04}-{month:02}-{day:02}"), **place)
    number = _read_number(match.group(1))
    if kind == "percent":
        return Percent(value=PercentValue(number=number, unit="%"), **place)
    if kind == "money":
        scale = Decimal(10) ** _SCALES[match.group(2)] if match.group(2) else None
        return Money(value=MoneyValue(number=number, scale=scale, currency="VND"), **place)
    return Number(value=NumberValue(number=number), **place)


def _read_number(text: str) -> Decimal:
    """Return the number in the Vietnamese convention: points part thousands, a comma the decimals."""
    try:
        return Decimal(text.replace(".", "").replace(",", "."))
    except InvalidOperation:
        return Decimal(0)


def find_by_dateparser(text: str) -> Iterator[Mention]:
    """Yield the dates that dateparser's search finds, line by line."""
    search = import_module("dateparser.search").search_dates
    start = 0
    for line in text.splitlines(keepends=True):
        at = 0
        for words, when in search(line, languages=["vi"], settings={"DATE_ORDER": "DMY"}) or ():
            found = line.find(words, at)
            if found >= 0:
                at = found + len(words)
                yield Date(
                    value=DateValue(date=when.date().isoformat()),
                    text=words,
                    start=start + found,
                    end=start + at,
                    rule="dateparser",
                )
        start += len(line)


def read_with_pdfplumber(path: Path) -> str:
    """Return the text of a PDF as pdfplumber gives it, page after page."""
    pdfplumber = import_module("pdfplumber")
    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def make_analysis(
    text: str,
    *,
    spans: list[Span] | None = None,
    mentions: Iterable[Mention] = (),
    tables: tuple[Table, ...] = (),
) -> Analysis:
    """Return what a peer found in a text, as an analysis, so that it is scored like one."""
    bare = analyze_bytes(b".", name="peer.txt", until="read")
    sentences = tuple(
        Sentence(id=f"x{number}", start=span.start, end=span.end, spans=(span,))
        for number, span in enumerate(spans or ())
    )
    return msgspec.structs.replace(
        bare,
        text=text,
        sentences=sentences,
        mentions=tuple(mentions),
        tables=tables,
        indicators=(),
        relations=(),
        findings=(),
    )


SPLITTERS: dict[str, Callable[[str], list[Span]]] = {
    "underthesea sent_tokenize": split_with_underthesea,
    "spaCy sentencizer": split_with_spacy,
    "pySBD": split_with_pysbd,
}
FINDERS: dict[str, Callable[[str], Iterator[Mention]]] = {
    "regular expressions": find_by_patterns,
    "dateparser": find_by_dateparser,
}
_FOUND = {"regular expressions": ("number", "percent", "money", "date"), "dateparser": ("date",)}


class PeerRow(Value, frozen=True, kw_only=True):
    """What one tool reaches: a score for every column of `COLUMNS` that it can fill.

    `missing` is the package that it needs and that is not installed, `failed` the documents that it broke
    down on: nothing was found in them.
    """

    name: str
    scores: dict[str, Score] = always({})
    missing: str | None = None
    failed: tuple[str, ...] = always(())


COLUMNS = (
    "sentences (text)", "sentences (PDF)", "number", "percent", "money", "quantity", "date", "period",
    "ordinal", "legal_ref", "cells",
)  # fmt: skip
"""Sentences: exact F1. Kinds: F1 of place and value together, from the texts. Cells: F1, from PDFs."""
_KINDS = COLUMNS[2:-1]
_PACKAGES = {"pySBD": "pysbd", "dateparser": "dateparser", "img2table": "img2table"} | dict.fromkeys(
    ("camelot lattice", "camelot stream"), "camelot"
)


def score_peers(golds: Iterable[Gold], *, watch: Callable[[str], None] = lambda _: None) -> list[PeerRow]:
    """Return a row of scores for docanalyze and for every tool that one would take instead.

    Peers get the reference text where it is what the report was typeset from (what was written down
    from a PDF page by page is no text that one would have), and a PDF's text from pdfplumber. `watch` is told
    each document's name when it is done.

    >>> rows = score_peers([docanalyze.load_gold("corpus/dev/bau-say-2022.gold.jsonl")])  # doctest: +SKIP
    >>> [(row.name, round(row.scores["cells"].f1, 2)) for row in rows[-5:]]  # doctest: +SKIP
    [('pdfplumber, lines', 0.97), …]
    """
    names = ("docanalyze", *SPLITTERS, *FINDERS, *READERS)
    absent = {name for name, package in _PACKAGES.items() if find_spec(package) is None}
    totals: dict[str, dict[str, Score]] = {name: {} for name in names}
    failed: dict[str, list[str]] = {name: [] for name in names}
    for gold in golds:
        for name, column, score in _score(gold, absent, failed):
            totals[name][column] = totals[name].get(column, Score()) + score
        watch(gold.name)
    return [
        PeerRow(
            name=name,
            scores=totals[name],
            missing=_PACKAGES[name] if name in absent else None,
            failed=tuple(failed[name]),
        )
        for name in names
    ]


def _score(gold: Gold, absent: set[str], failed: dict[str, list[str]]) -> Iterator[tuple[str, str, Score]]:
    from_text = evaluate_analysis(gold, analyze_bytes(gold.text.encode(), name="gold.txt"))
    yield from _kinds("docanalyze", from_text, _KINDS)
    for name, find in _present(FINDERS, absent):
        found = evaluate_analysis(gold, make_analysis(gold.text, mentions=find(gold.text)))
        yield from _kinds(name, found, _FOUND[name])
    if gold.sentences and gold.document.with_suffix(".txt").exists():
        yield "docanalyze", COLUMNS[0], from_text.sentences
        for name, split in _present(SPLITTERS, absent):
            cut = make_analysis(gold.text, spans=split(gold.text))
            yield name, COLUMNS[0], evaluate_analysis(gold, cut).sentences
    if gold.document.suffix == ".pdf":
        yield from _score_pdf(gold, absent, failed)


def _score_pdf(
    gold: Gold, absent: set[str], failed: dict[str, list[str]]
) -> Iterator[tuple[str, str, Score]]:
    from_pdf = evaluate_analysis(gold, analyze_report(gold.document))
    if gold.sentences:
        yield "docanalyze", COLUMNS[1], from_pdf.sentences
        text = read_with_pdfplumber(gold.document)
        for name, split in _present(SPLITTERS, absent):
            cut = make_analysis(text, spans=split(text))
            yield name, COLUMNS[1], evaluate_analysis(gold, cut).sentences
    if from_pdf.cells is not None and gold.tables:
        yield "docanalyze", "cells", from_pdf.cells
        for name, read in _present(READERS, absent):
            try:
                text, tables = build_tables(read(gold.document))
            except Exception:  # another library's own fault, whatever it is
                failed[name].append(gold.name)
                text, tables = ".", ()
            cells = evaluate_analysis(gold, make_analysis(text, tables=tables)).cells
            if cells is not None:
                yield name, "cells", cells


def _present(tools: dict[str, Tool], absent: set[str]) -> Iterator[tuple[str, Tool]]:
    return ((name, tool) for name, tool in tools.items() if name not in absent)


def _kinds(name: str, scores: Scores, kinds: Iterable[str]) -> Iterator[tuple[str, str, Score]]:
    for kind in kinds:
        score = scores.kinds.get(kind, Score())
        # Place and value together: what overlaps with the same value is what counts as right.
        yield name, kind, Score(gold=score.gold, found=score.found, right=score.near, near=score.near)
