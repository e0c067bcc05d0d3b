"""`docanalyze extract`: reports in, analyses out."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from docanalyze.cli.apart import Reading, load_options_lexicon, open_reader
from docanalyze.cli.progress import Progress
from docanalyze.cli.reading import analyze_files, check_target, choose_code, expand_files
from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import Language, UsageError
from docanalyze.output.analysis_xlsx import to_xlsx
from docanalyze.output.csv_files import to_csv
from docanalyze.output.html_review import Reviewed, write_review
from docanalyze.output.json_files import encode_json, is_archive, load_analyses
from docanalyze.output.parquet_files import import_arrow, to_parquet
from docanalyze.output.table_files import table_to_csv, table_to_xlsx
from docanalyze.output.workbook import import_openpyxl
from docanalyze.pipeline import analyze_bytes
from docanalyze.read.source import Limits

_SUFFIXES = (".json", ".jsonl", ".csv", ".xlsx", ".parquet", ".html", ".spacy")
_WHOLE = (".xlsx", ".parquet", ".html", ".spacy")
_TABLE_SUFFIXES = (".csv", ".xlsx")


def run(options: argparse.Namespace) -> int:
    """Analyse every file and write what came out; return the exit code."""
    files = expand_files(options.files)
    suffix = _check_output(options, files)
    codes = {0}

    def results() -> Iterator[bytes]:
        first = True
        for analysis, code in _analyze_all(files, options):
            codes.add(code)
            if analysis is None:
                continue
            if options.table is not None:
                yield _encode_table(analysis, options.table, suffix)
            elif suffix == ".csv":
                yield to_csv(analysis, header=first).encode("utf-8")
            else:
                single = len(files) == 1 and suffix != ".jsonl"
                yield from encode_json(analysis, indent=options.indent if single else None)
                yield b"\n"
            first = False

    if options.output is None:
        write_stdout(results())
    elif suffix in _WHOLE:
        write_file(Path(options.output), _encode_whole(suffix, files, options, codes))
    else:
        write_file(Path(options.output), results())
    return choose_code(codes)


def _encode_table(analysis: Analysis, name: str, suffix: str | None) -> bytes:
    """Return one table as CSV or XLSX; raise UsageError if the report has none of that name."""
    table = next((table for table in analysis.tables if table.id == name), None)
    if table is None:
        found = ", ".join(table.id for table in analysis.tables)
        has = f"the report has {found}" if found else "the report has no table"
        raise UsageError(reason=f"--table {name}: {has}")
    if suffix == ".xlsx":
        return table_to_xlsx(analysis, table)
    return table_to_csv(table).encode("utf-8")


def _encode_whole(
    suffix: str, files: list[str], options: argparse.Namespace, codes: set[int]
) -> Iterator[bytes]:
    """Yield all analyses as one file of a format that is written whole."""

    def found() -> Iterator[Analysis]:
        for analysis, code in _analyze_all(files, options):
            codes.add(code)
            if analysis is not None:
                yield analysis

    if suffix == ".parquet":
        import_arrow(f"-o {options.output}")
        yield to_parquet(found())
        return
    if suffix == ".xlsx":
        import_openpyxl()
    analyses = list(found())
    if not analyses:
        return
    if suffix == ".xlsx":
        yield to_xlsx(analyses)
    elif suffix == ".html":
        reports = [Reviewed(analysis, analysis.findings or ()) for analysis in analyses]
        yield write_review(reports, language=options.lang or "vi").encode("utf-8")
    else:
        from docanalyze.nlp import to_docbin  # spaCy takes a second to load

        yield to_docbin(analyses)


def write_stdout(parts: Iterable[bytes]) -> None:
    """Write UTF-8 bytes to stdout, whatever the locale."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(b"".join(parts).decode("utf-8"))
    else:
        sys.stdout.flush()
        for part in parts:
            buffer.write(part)
        buffer.flush()


def _analyze_all(files: list[str], options: argparse.Namespace) -> Iterator[tuple[Analysis | None, int]]:
    language: Language = options.lang or "vi"
    reading = Reading(
        until=options.until,
        pages=options.pages,
        password=options.password,
        ocr=options.ocr,
        splitter=options.splitter,
        lexicon=options.lexicon,
        language=language,
        seconds=options.timeout,
    )
    # A lexicon with a mistake is told before any file is read.
    lexicon = load_options_lexicon(options.lexicon)
    with open_reader(files, reading, language=options.lang or "en") as read:

        def analyse(name: str, progress: Progress) -> Iterator[Analysis]:
            if name == "-":
                made = analyze_bytes(
                    sys.stdin.buffer.read(),
                    name="-",
                    until=options.until,
                    pages=options.pages,
                    password=options.password,
                    ocr=options.ocr,
                    splitter=options.splitter,
                    lexicon=lexicon,
                    language=language,
                    limits=Limits(seconds=options.timeout),
                )
                yield _finish(made, options)
            elif name.lower().endswith(".jsonl") or is_archive(name):
                yield from load_analyses(name)
            else:
                yield _finish(read(name, progress.page), options)

        yield from analyze_files(files, options, analyse, language=options.lang or "en")


def _finish(analysis: Analysis, options: argparse.Namespace) -> Analysis:
    """Return the analysis with its words, if they are asked for."""
    if not options.words:
        return analysis
    from docanalyze.nlp import add_words

    return add_words(analysis)


def _check_output(options: argparse.Namespace, files: list[str]) -> str | None:
    if options.table is not None and len(files) > 1:
        raise UsageError(reason="--table takes one file")
    if options.output is None:
        return None
    suffix = check_target(options.output, _SUFFIXES if options.table is None else _TABLE_SUFFIXES)
    if suffix == ".json" and len(files) > 1:
        raise UsageError(reason=f"-o {options.output}: several files need another suffix than .json")
    return suffix


def write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write the parts to `path`, all of them or nothing; raise UsageError if it cannot be written.

    Without a single part no file is written.
    """
    written = False
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                for part in parts:
                    written = True
                    file.write(part)
            if written:
                Path(name).chmod(0o666 & ~_umask())
                Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(reason=f"{path}: cannot be written ({error.strerror or error})") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
