"""What one would take instead, on the gold of the corpus: `python -m tests.benchmarks.peers`.

Sentences by underthesea, pySBD, spaCy's sentencizer; figures and dates by plain regular expressions and
dateparser; beside docanalyze, scored by the same code. A figure counts where its place overlaps the gold's
and its number with its scale, or its day, is the same. Tables are in `tests.benchmarks.tables --peers`.
No peer that is known finds legal references, periods or ordinals in Vietnamese, binds or checks figures:
those rows are docanalyze's alone. pySBD and dateparser: `pip install pysbd dateparser`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

import docanalyze
from docanalyze.core.analysis import Analysis, Sentence
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
from docanalyze.evaluate.run import evaluate_analysis
from docanalyze.evaluate.scores import Score, Scores, sum_scores
from docanalyze.gold.items import Gold
from docanalyze.gold.load import MissingDocument, load_gold
from docanalyze.segment.align import align_pieces
from docanalyze.segment.splitters import split_with_spacy, split_with_underthesea

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
KINDS = ("number", "percent", "money", "date")

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
    text: str, *, spans: list[Span] | None = None, mentions: Iterable[Mention] = ()
) -> Analysis:
    """Return what a peer found in a text, as an analysis, so that it is scored like one."""
    bare = docanalyze.analyze_bytes(text.encode(), name="peer.txt", until="read")
    sentences = tuple(
        Sentence(id=f"x{number}", start=span.start, end=span.end, spans=(span,))
        for number, span in enumerate(spans or ())
    )
    return msgspec.structs.replace(
        bare,
        text=text,
        sentences=sentences,
        mentions=tuple(mentions),
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


def list_gold(sets: list[str]) -> Iterator[Gold]:
    """Yield the gold whose documents are here."""
    for name in sets:
        for path in sorted((CORPUS / name).glob("*.gold.jsonl")):
            try:
                yield load_gold(path)
            except MissingDocument:
                continue


def score_peers(golds: list[Gold]) -> tuple[dict[str, list[Score]], dict[str, dict[str, Score]]]:
    """Return for each splitter its sentences from texts and from PDFs, for each finder its kinds.

    The texts are those that reports were typeset from, the seed report's its file; what was written
    down from a PDF page by page is no text that one would have.
    """
    sentences: dict[str, tuple[list[Scores], list[Scores]]] = {
        name: ([], []) for name in ("docanalyze", *SPLITTERS)
    }
    kinds: dict[str, list[Scores]] = {name: [] for name in ("docanalyze", *FINDERS)}
    for gold in golds:
        ours = evaluate_analysis(gold, docanalyze.analyze_bytes(gold.text.encode(), name="gold.txt"))
        kinds["docanalyze"].append(ours)
        for name, find in FINDERS.items():
            kinds[name].append(evaluate_analysis(gold, make_analysis(gold.text, mentions=find(gold.text))))
        if not gold.sentences:
            continue
        if gold.document.with_suffix(".txt").exists():
            sentences["docanalyze"][0].append(ours)
            for name, split in SPLITTERS.items():
                cut = make_analysis(gold.text, spans=split(gold.text))
                sentences[name][0].append(evaluate_analysis(gold, cut))
        if gold.document.suffix == ".pdf":
            analysis = docanalyze.analyze_report(gold.document)
            sentences["docanalyze"][1].append(evaluate_analysis(gold, analysis))
            text = read_with_pdfplumber(gold.document)
            for name, split in SPLITTERS.items():
                sentences[name][1].append(evaluate_analysis(gold, make_analysis(text, spans=split(text))))
    return (
        {name: [sum_scores(part)["sentence"] for part in parts] for name, parts in sentences.items()},
        {name: sum_scores(part) for name, part in kinds.items()},
    )


def main() -> None:
    """Print the two tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("--set", nargs="+", default=["dev", "standoff"], help="folders of the corpus")
    golds = list(list_gold(parser.parse_args().set))
    sentences, kinds = score_peers(golds)
    console = Console()
    table = Table("sentences, exact F1", "texts", "PDFs", title=f"{len(golds)} documents")
    for name in ("docanalyze", *SPLITTERS):
        table.add_row(name, *(f"{score.f1:.3f}" for score in sentences[name]))
    console.print(table)
    table = Table("figures and dates: place and value right, F1", *KINDS)
    for name, scores in kinds.items():
        cells = [
            f"{score.lenient_f1:.3f}" if score.found else "–"
            for score in (scores.get(kind, Score()) for kind in KINDS)
        ]
        table.add_row(name, *cells)
    console.print(table)


if __name__ == "__main__":
    main()
