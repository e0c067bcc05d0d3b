"""`docanalyze check`: the findings of reports, on the terminal or as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from docanalyze.check.catalogue import CHECKS
from docanalyze.check.manual import read_entry, write_entry, write_manual
from docanalyze.cli.extract import write_file, write_stdout
from docanalyze.cli.progress import Progress
from docanalyze.cli.reading import analyze_files, check_target, choose_code, expand_files
from docanalyze.cli.show import make_console, show_report, summarize, summarize_all
from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import Language, UsageError
from docanalyze.core.relation import Finding
from docanalyze.lexicon import load_lexicon
from docanalyze.output.findings_json import encode_finding, encode_findings
from docanalyze.output.json_files import is_archive, load_analyses
from docanalyze.pipeline import analyze_bytes, analyze_report, check_report

_SUFFIXES = (".json",)
_MADE = (".json", ".jsonl")


def run(options: argparse.Namespace) -> int:
    """Show or write what was found in every file; return the exit code."""
    if options.explain:
        return _explain(options.explain)
    if not options.files:
        raise UsageError(reason="check needs at least one FILE, or --explain CODE")
    files = expand_files(options.files)
    if options.output:
        check_target(options.output, _SUFFIXES)
    chosen, left_out = _read_codes(options.select), _read_codes(options.ignore)
    language: Language = options.lang or "vi"
    codes = {0}
    checked: list[Analysis] = []
    told: list[Finding] = []
    quiet = bool(options.json or options.output)
    console = make_console(stderr=quiet)
    for analysis, code in _check_all(files, options):
        codes.add(code)
        if analysis is None:
            continue
        findings = _choose(analysis, chosen, left_out)
        if any(f.severity == "error" and f.state != "waived" for f in findings):
            codes.add(1)
        checked.append(analysis)
        told.extend(findings)
        if options.json:
            write_stdout(encode_finding(finding) + b"\n" for finding in findings)
        if quiet:
            print(summarize(analysis, findings, language), file=sys.stderr)
        else:
            show_report(console, analysis, findings, language)
    if options.output and checked:
        write_file(Path(options.output), [encode_findings(checked, told), b"\n"])
    if len(files) > 1:
        total = summarize_all(len(checked), told, language)
        print(total, file=sys.stderr) if quiet else console.print(total, style="bold", markup=False)
    return choose_code(codes)


def _check_all(files: list[str], options: argparse.Namespace) -> Iterator[tuple[Analysis | None, int]]:
    lexicon = load_lexicon(Path(options.lexicon)) if options.lexicon else load_lexicon()
    language: Language = options.lang or "vi"

    def analyse(name: str, progress: Progress) -> Iterator[Analysis]:
        if name == "-":
            yield analyze_bytes(sys.stdin.buffer.read(), name="-", lexicon=lexicon, language=language)
        elif name.lower().endswith(_MADE) or is_archive(name):
            for made in load_analyses(name):
                yield check_report(made, lexicon=lexicon, language=language)
        else:
            yield analyze_report(
                name,
                pages=options.pages,
                password=options.password,
                lexicon=lexicon,
                language=language,
                progress=progress.page,
            )

    yield from analyze_files(files, options, analyse, language=options.lang or "en")


def _choose(analysis: Analysis, chosen: Sequence[str], left_out: Sequence[str]) -> list[Finding]:
    findings = analysis.findings if isinstance(analysis.findings, tuple) else ()
    return [
        finding
        for finding in findings
        if (not chosen or finding.code.startswith(tuple(chosen)))
        and not finding.code.startswith(tuple(left_out))
    ]


def _read_codes(given: Sequence[str] | None) -> list[str]:
    """Return the codes, or beginnings of codes, of an option that may be given several times."""
    codes = [code.strip().upper() for text in given or () for code in text.split(",") if code.strip()]
    known = [code for rule in CHECKS for code in (rule.code, *rule.also)]
    for code in codes:
        if not any(name.startswith(code) for name in known):
            raise UsageError(reason=f"no check has a code that begins with {code}")
    return codes


def _explain(code: str) -> int:
    """Print the manual's entry of a code, of all that begin with it, or the whole manual (`all`)."""
    if code.lower() == "all":
        write_stdout([write_manual(CHECKS).encode("utf-8")])
        return 0
    _read_codes([code])
    entries = [read_entry(rule) for rule in CHECKS]
    wanted = [e for e in entries if any(name.startswith(code.strip().upper()) for name in e.codes)]
    write_stdout(["\n".join(write_entry(entry) for entry in wanted).encode("utf-8")])
    return 0
