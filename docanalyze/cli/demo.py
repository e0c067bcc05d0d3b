"""`docanalyze demo`: the bundled sample reports analysed with all that there is."""

from __future__ import annotations

import argparse
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import UnsetType

from docanalyze.cli.extract import write_file
from docanalyze.cli.show import count_findings, describe_coverage, make_console, show_findings
from docanalyze.core.analysis import Analysis, Sentence
from docanalyze.core.errors import Language, UsageError
from docanalyze.core.mention import KINDS, Mention, mention_kind
from docanalyze.output.csv_files import to_csv
from docanalyze.output.json_files import encode_json
from docanalyze.pipeline import analyze_report

_SHOWN = 10
_WORDS: dict[str, dict[Language, str]] = {
    "pages": {"vi": "trang", "en": "pages"},
    "sentences": {"vi": "câu", "en": "sentences"},
    "sections": {"vi": "mục", "en": "sections"},
    "tables": {"vi": "bảng", "en": "tables"},
    "kind": {"vi": "loại", "en": "kind"},
    "value": {"vi": "giá trị", "en": "value"},
    "page": {"vi": "trang", "en": "page"},
    "where": {"vi": "trong câu", "en": "in the sentence"},
    "found": {"vi": "Tìm thấy", "en": "Found"},
    "files": {"vi": "Kết quả nằm trong", "en": "The results are in"},
    "first": {"vi": "Một số con số và văn bản được nhắc tới", "en": "Some of the figures and references"},
}


def find_samples() -> list[Path]:
    """Return the bundled sample PDFs: inside an installed package, or in `corpus/` of a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "samples", package.parent / "corpus" / "samples"):
        found = sorted(folder.glob("*.pdf"))
        if found:
            return found
    return []


def run(options: argparse.Namespace) -> int:
    """Analyse the samples into a folder, show what was found and where it lies; return the exit code."""
    language: Language = options.lang or "vi"
    folder = Path(options.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(reason=f"-o {folder}: cannot be made ({error.strerror})") from error
    console = make_console()
    written: list[Path] = []
    for sample in find_samples():
        copy = folder / sample.name
        shutil.copyfile(sample, copy)
        analysis = analyze_report(copy, language=language)
        parts = {
            ".json": [*encode_json(analysis, indent=2), b"\n"],
            ".csv": [to_csv(analysis).encode("utf-8")],
        }
        for suffix, data in parts.items():
            path = copy.with_suffix(suffix)
            write_file(path, data)
            written.append(path)
        _show(console, analysis, language)
    console.print(f"{_WORDS['files'][language]}:", style="bold")
    for path in written:
        console.print(f"  {path}", soft_wrap=True)
    return 0


def _show(console: Any, analysis: Analysis, language: Language) -> None:
    from rich.table import Table
    from rich.text import Text

    report = analysis.report
    if isinstance(report, UnsetType):
        return
    mentions = () if isinstance(analysis.mentions, UnsetType) else analysis.mentions
    sentences = () if isinstance(analysis.sentences, UnsetType) else analysis.sentences
    sections = () if isinstance(analysis.sections, UnsetType) else analysis.sections
    console.print()
    console.print(f"{report.issuer}: {report.type} {report.number}, {report.date}", style="bold")
    console.print(report.title)
    counts = [
        f"{analysis.source.pages} {_WORDS['pages'][language]}",
        f"{len(sections)} {_WORDS['sections'][language]}",
        f"{len(sentences)} {_WORDS['sentences'][language]}",
        f"{len(analysis.tables)} {_WORDS['tables'][language]}",
    ]
    kinds = Counter(mention_kind(mention) for mention in mentions)
    found = ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind])
    console.print(f"{', '.join(counts)}. {_WORDS['found'][language]}: {found}.")
    table = Table(title=_WORDS["first"][language], title_justify="left", title_style="italic")
    for name, width in (("page", 5), ("kind", 9), ("value", 26), ("where", 56)):
        table.add_column(_WORDS[name][language], width=width, overflow="fold")
    by_id = {sentence.id: sentence for sentence in sentences}
    for mention in _choose(mentions):
        page = str(mention.boxes[0].page) if mention.boxes else ""
        quote = _quote(mention, by_id.get(mention.sentence or ""), analysis.text)
        table.add_row(page, mention_kind(mention), describe_value(mention), Text.assemble(*quote))
    console.print(table)
    findings = () if isinstance(analysis.findings, UnsetType) else analysis.findings
    if not isinstance(analysis.coverage, UnsetType):
        console.print(describe_coverage(analysis.coverage, language))
    console.print(count_findings(findings, language))
    show_findings(console, findings, language)
    console.print()


def _choose(mentions: tuple[Mention, ...]) -> list[Mention]:
    """Return a few mentions in sentences, of every kind that there is, in text order."""
    in_prose = [mention for mention in mentions if mention.sentence and not mention.cell]
    chosen: list[Mention] = []
    share = max(1, -(-_SHOWN // len(KINDS)))
    for kind in KINDS:
        chosen.extend([mention for mention in in_prose if mention_kind(mention) == kind][1 : 1 + share])
    return sorted(chosen, key=lambda mention: mention.start)[: _SHOWN + 2]


def _quote(mention: Mention, sentence: Sentence | None, text: str) -> list[Any]:
    start, end = (sentence.start, sentence.end) if sentence else (mention.start, mention.end)
    before, after = text[start : mention.start], text[mention.end : end]
    if len(before) > 26:
        before = "…" + before[-26:].split(" ", 1)[-1]
    if len(after) > 26:
        after = after[:26].rsplit(" ", 1)[0] + "…"
    return [before, (mention.text, "bold cyan"), after]


def describe_value(mention: Mention) -> str:
    """Return a mention's value in a few characters: `5145.10 x 1000000000 VND`, `2023-06-16`."""
    value = mention.value
    kind = mention_kind(mention)
    if kind == "date":
        return str(getattr(value, "date", ""))
    if kind == "period":
        start, end = getattr(value, "start", None), getattr(value, "end", None)
        return (
            f"{start} – {end}"
            if start
            else str(getattr(value, "relative", None) or getattr(value, "grain", ""))
        )
    if kind == "legal_ref":
        parts = (getattr(value, name, None) for name in ("canonical", "date"))
        return ", ".join(str(part) for part in parts if part) or str(getattr(value, "type", "") or "")
    number = getattr(value, "number", None)
    spread = getattr(value, "range", None)
    text = (
        f"{spread.low}–{spread.high}"
        if spread is not None
        else format(number, "f")
        if number is not None and not isinstance(number, int)
        else str(number)
    )
    scale = getattr(value, "scale", None)
    unit = getattr(value, "currency", None) or getattr(value, "unit", None) or ""
    return f"{text}{f' × {scale:,f}'.replace(',', ' ') if scale and scale != 1 else ''} {unit}".strip()
