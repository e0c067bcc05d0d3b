"""`docanalyze compare`: successive reports of one body side by side."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from docanalyze.cli.apart import Reading, open_reader
from docanalyze.cli.extract import write_file, write_stdout
from docanalyze.cli.progress import Progress
from docanalyze.cli.reading import analyze_files, check_target, choose_code, expand_files
from docanalyze.cli.show import make_console
from docanalyze.cli.show_comparison import show_comparison
from docanalyze.compare.mapping import PairMapping, load_mapping, write_mapping
from docanalyze.compare.run import compare_book, open_book
from docanalyze.core.analysis import Analysis
from docanalyze.core.comparison import Comparison
from docanalyze.core.errors import Language, UsageError
from docanalyze.core.names import fold_name
from docanalyze.lexicon import load_lexicon
from docanalyze.output.comparison_csv import comparison_to_csv
from docanalyze.output.comparison_html import comparison_to_html
from docanalyze.output.comparison_json import encode_comparison
from docanalyze.output.comparison_xlsx import comparison_to_xlsx
from docanalyze.output.json_files import is_archive, load_analyses

_SUFFIXES = (".json", ".csv", ".xlsx", ".html")
_MADE = (".json", ".jsonl")


def run(options: argparse.Namespace) -> int:
    """Show or write how the files compare; return the exit code."""
    files = expand_files(options.files)
    suffix = check_target(options.output, _SUFFIXES) if options.output else None
    language: Language = options.lang or "vi"
    lexicon = load_lexicon(Path(options.lexicon)) if options.lexicon else load_lexicon()
    mapping = load_mapping(options.mapping) if options.mapping else PairMapping()
    codes = {0}
    analyses: list[Analysis] = []
    for analysis, code in _analyze_all(files, options):
        codes.add(code)
        if analysis is not None:
            analyses.append(analysis)
    if len(analyses) < 2:
        if codes != {0}:
            return choose_code(codes)
        raise UsageError(reason="compare needs at least two reports")
    book = open_book(analyses, lexicon, mapping=mapping, force=options.force)
    comparison = compare_book(book)
    if options.mapping:
        write_file(Path(options.mapping), [write_mapping(book.alignment, mapping).encode()])
    if options.series:
        comparison = keep_series(comparison, options.series)
    if any(f.severity == "error" and f.state != "waived" for f in comparison.findings):
        codes.add(1)
    if suffix is not None:
        write_file(Path(options.output), [_encode(comparison, suffix, language)])
        print(_summarize(comparison, language), file=sys.stderr)
    elif options.json:
        write_stdout([encode_comparison(comparison), b"\n"])
    else:
        show_comparison(make_console(stderr=False), comparison, language, all_series=bool(options.series))
    return choose_code(codes)


def _analyze_all(files: list[str], options: argparse.Namespace) -> Iterator[tuple[Analysis | None, int]]:
    language: Language = options.lang or "vi"
    reading = Reading(until="bind", password=options.password, lexicon=options.lexicon, language=language)
    with open_reader(files, reading, language=language) as read:

        def analyse(name: str, progress: Progress) -> Iterator[Analysis]:
            if name.lower().endswith(_MADE) or is_archive(name):
                yield from load_analyses(name)
            else:
                yield read(name, progress.page)

        yield from analyze_files(files, options, analyse, language=language)


def keep_series(comparison: Comparison, wanted: str) -> Comparison:
    """Return the comparison with only the series whose name holds the words wanted, and what is about them.

    Raises UsageError if there is none.
    """
    words = fold_name(wanted)
    series = tuple(
        each for each in comparison.series if words in fold_name(each.indicator) or wanted == each.id
    )
    if not series:
        raise UsageError(reason=f"--series {wanted}: no series of that name")
    ids = {each.id for each in series}
    mentions = {(point.report, point.mention) for each in series for point in each.points}
    return msgspec.structs.replace(
        comparison,
        series=series,
        restatements=tuple(each for each in comparison.restatements if each.series in ids),
        claims=tuple(each for each in comparison.claims if each.series in ids),
        findings=tuple(
            f for f in comparison.findings if any((e.report, e.mention) in mentions for e in f.evidence)
        ),
    )


def _encode(comparison: Comparison, suffix: str, language: Language) -> bytes:
    if suffix == ".json":
        return encode_comparison(comparison) + b"\n"
    if suffix == ".csv":
        return comparison_to_csv(comparison).encode()
    if suffix == ".xlsx":
        return comparison_to_xlsx(comparison, language)
    return comparison_to_html(comparison, language).encode()


def _summarize(comparison: Comparison, language: Language) -> str:
    errors = sum(f.severity == "error" for f in comparison.findings)
    warnings = sum(f.severity == "warning" for f in comparison.findings)
    counts = len(comparison.reports), len(comparison.series), len(comparison.restatements), errors, warnings
    if language == "vi":
        return "{} báo cáo, {} chuỗi, {} số in lại khác, {} lỗi, {} cảnh báo.".format(*counts)
    return "{} reports, {} series, {} restated figures, {} errors, {} warnings.".format(*counts)
