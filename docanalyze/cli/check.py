"""`docanalyze check`: the findings of reports, on the terminal or as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET

from docanalyze.check.catalogue import CHECKS
from docanalyze.check.manual import read_entry, write_entry, write_manual
from docanalyze.check.own_rules import load_rules
from docanalyze.check.rules import Rule
from docanalyze.check.waivers import Waiver, apply_states, list_gone, load_waivers
from docanalyze.cli.apart import Reading, load_options_lexicon, open_reader
from docanalyze.cli.extract import write_file, write_stdout
from docanalyze.cli.products import PARTS, PRODUCTS, Checked, Job, find_source
from docanalyze.cli.progress import Progress
from docanalyze.cli.reading import analyze_files, check_target, choose_code, expand_files
from docanalyze.cli.show import (
    describe_gone,
    describe_unused,
    make_console,
    show_report,
    summarize,
    summarize_all,
)
from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import Language, UsageError
from docanalyze.core.relation import Finding
from docanalyze.output.findings_json import encode_finding, load_findings
from docanalyze.output.json_files import is_archive, load_analyses
from docanalyze.pipeline import analyze_bytes, check_report

_MADE = (".json", ".jsonl")
_WHOLE = (".html", ".pdf", ".xlsx")
"""Products that show a report's own words or all its figures; the others need its findings only."""


def run(options: argparse.Namespace) -> int:
    """Show or write what was found in every file; return the exit code."""
    if options.explain:
        return _explain(options.explain)
    if not options.files:
        raise UsageError(reason="check needs at least one FILE, or --explain CODE")
    files = expand_files(options.files)
    suffix = check_target(options.output, tuple(PRODUCTS)) if options.output else None
    if suffix in PARTS:
        PARTS[suffix]()
    rules = (*CHECKS, *(load_rules(options.rules) if options.rules else ()))
    waivers = load_waivers(options.waivers) if options.waivers else ()
    before = load_findings(options.baseline) if options.baseline else None
    chosen, left_out = _read_codes(options.select, rules), _read_codes(options.ignore, rules)
    language: Language = options.lang or "vi"
    codes = {0}
    checked: list[Checked] = []
    quiet = bool(options.json or options.output)
    console = make_console(stderr=quiet)
    known = None if before is None else [finding.id for finding in before.findings]
    for name, analysis, code in _check_all(files, options, rules):
        codes.add(code)
        if analysis is None:
            continue
        analysis = apply_states(analysis, waivers=waivers, known=known, today=datetime.now().date())
        findings = _choose(analysis, chosen, left_out)
        if any(f.severity == "error" and f.state != "waived" for f in findings):
            codes.add(1)
        source = find_source(analysis, name) if suffix in (".html", ".pdf") else None
        kept = analysis if suffix in _WHOLE else _strip(analysis)
        checked.append(Checked(kept, tuple(findings), source))
        if options.json:
            write_stdout(encode_finding(finding) + b"\n" for finding in findings)
        if quiet:
            print(summarize(analysis, findings, language), file=sys.stderr)
        else:
            show_report(console, analysis, findings, language)
    gone = list_gone([each.analysis for each in checked], before.findings) if before is not None else ()
    gone = tuple(f for f in gone if _is_chosen(f, chosen, left_out))
    job = Job(
        checked, gone, {waiver.finding: waiver.reason for waiver in waivers}, before is not None, rules,
        options.password, language,
    )  # fmt: skip
    if suffix is not None and checked:
        write_file(Path(options.output), PRODUCTS[suffix](job, options.output))
    _tell_rest(job, waivers, None if quiet else console, several=len(files) > 1)
    return choose_code(codes)


def _tell_rest(job: Job, waivers: Sequence[Waiver], console: Any, *, several: bool) -> None:
    """Say what concerns all reports: findings that are gone, waivers of nothing, the counts."""
    told = [finding for each in job.checked for finding in (each.analysis.findings or ())]
    unused = [waiver.finding for waiver in waivers if waiver.finding not in {finding.id for finding in told}]
    lines = []
    if job.gone:
        lines.append(describe_gone(job.gone, job.language))
    if unused:
        lines.append(describe_unused(unused, job.language))
    if several:
        lines.append(summarize_all(len(job.checked), job.findings, job.language))
    for line in lines:
        print(line, file=sys.stderr) if console is None else console.print(line, style="bold", markup=False)


def _check_all(
    files: list[str], options: argparse.Namespace, rules: Sequence[Rule]
) -> Iterator[tuple[str, Analysis | None, int]]:
    lexicon = load_options_lexicon(options.lexicon)
    language: Language = options.lang or "vi"
    reading = Reading(
        pages=options.pages,
        password=options.password,
        lexicon=options.lexicon,
        rules=options.rules,
        language=language,
    )
    current = [""]
    with open_reader(files, reading, language=options.lang or "en") as read:

        def analyse(name: str, progress: Progress) -> Iterator[Analysis]:
            current[0] = name
            if name == "-":
                yield analyze_bytes(
                    sys.stdin.buffer.read(), name="-", lexicon=lexicon, language=language, checks=rules
                )
            elif name.lower().endswith(_MADE) or is_archive(name):
                for made in load_analyses(name):
                    yield check_report(made, lexicon=lexicon, language=language, checks=rules)
            else:
                yield read(name, progress.page)

        for analysis, code in analyze_files(files, options, analyse, language=options.lang or "en"):
            yield current[0], analysis, code


def _strip(analysis: Analysis) -> Analysis:
    """Return an analysis without what was found in the report, so that a folder of them is not kept."""
    return msgspec.structs.replace(
        analysis,
        text="",
        pages=UNSET,
        blocks=(),
        sections=UNSET,
        sentences=UNSET,
        tables=(),
        words=UNSET,
        mentions=UNSET,
        indicators=UNSET,
        relations=UNSET,
    )


def _choose(analysis: Analysis, chosen: Sequence[str], left_out: Sequence[str]) -> list[Finding]:
    return [finding for finding in analysis.findings or () if _is_chosen(finding, chosen, left_out)]


def _is_chosen(finding: Finding, chosen: Sequence[str], left_out: Sequence[str]) -> bool:
    return (not chosen or finding.code.startswith(tuple(chosen))) and not finding.code.startswith(
        tuple(left_out)
    )


def _read_codes(given: Sequence[str] | None, rules: Sequence[Rule] = CHECKS) -> list[str]:
    """Return the codes, or beginnings of codes, of an option that may be given several times."""
    codes = [code.strip().upper() for text in given or () for code in text.split(",") if code.strip()]
    known = [code for rule in rules for code in (rule.code, *rule.also)]
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
