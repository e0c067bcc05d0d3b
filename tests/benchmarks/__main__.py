"""Speed and memory, as ratios in one run: `python -m tests.benchmarks`.

The yardstick is the plain pipeline that a user would write: pdfplumber `extract_text`, underthesea
`sent_tokenize`, fifteen regular expressions. Rounds alternate, medians of processor time are shown.
Numbers of one machine mean little; the ratios go into the README by hand when they change.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from docanalyze.core.analysis import Stage
from tests import factories

DEV = Path(__file__).resolve().parents[2] / "corpus" / "dev"
PATTERNS = [
    re.compile(pattern)
    for pattern in (
        r"\d+(?:\.\d{3})+(?:,\d+)?",
        r"\d+,\d+",
        r"\d+(?:,\d+)?\s*%",
        r"\d[\d.,]*\s*(?:nghìn|triệu|tỷ)\s*đồng",
        r"\d[\d.,]*\s*USD",
        r"\d{1,2}/\d{1,2}/\d{4}",
        r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}",
        r"tháng\s+\d{1,2}(?:/\d{4})?",
        r"quý\s+(?:[IV]+|\d)",
        r"năm\s+\d{4}",
        r"\d+\s*[-–]\s*\d+",
        r"\d{1,5}/(?:\d{4}/)?[A-ZĐ][\w-]+",
        r"\d{1,5}-[A-ZĐ]\w*/[A-ZĐ]\w*",
        r"(?:khoản|điểm|Điều)\s+\w+",
        r"\d[\d.]*\s+(?:người|hộ|xã|dự án|vụ|cuộc|ha|tấn)",
    )
]
CHILD = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run([sys.executable, "-m", "docanalyze", "extract", sys.argv[1], "-o", sys.argv[2]], check=True)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(seconds, peak / (1048576 if sys.platform == "darwin" else 1024))
"""
"""Times the command from a small process: a large parent would show in its child's peak memory."""


def run_plain(path: Path) -> None:
    """Run the plain pipeline on every page of a PDF."""
    import pdfplumber
    from underthesea import sent_tokenize

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            text = page.extract_text()
            page.close()
            sent_tokenize(text)
            for pattern in PATTERNS:
                pattern.findall(text)


def run_ours(path: Path, until: Stage = "check") -> None:
    """Run docanalyze on a PDF, to the JSON."""
    import docanalyze

    docanalyze.to_json(docanalyze.analyze_report(path, until=until))


def clock(work: Callable[[], object]) -> float:
    """Return the seconds that one call takes: those of this process, or of the clock if it only waits."""
    start, wall = time.process_time(), time.perf_counter()
    work()
    spent, passed = time.process_time() - start, time.perf_counter() - wall
    return spent if spent > passed / 10 else passed


def alternate(rounds: int, first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds of two calls made in turn."""
    pairs = [(clock(first), clock(second)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def make_prose_pages() -> list[list[factories.Line]]:
    """Return the lines of eight pages of prose with 28 figures a page.

    Its sentences are those of the bundled reports that hold one figure at most.
    """
    import docanalyze

    sentences: list[str] = []
    for path in (factories.SAMPLE_2022, factories.SAMPLE_2023):
        analysis = docanalyze.analyze_report(path)
        counts: dict[str | None, int] = {}
        for mention in analysis.mentions or ():
            counts[mention.sentence] = counts.get(mention.sentence, 0) + 1
        sentences.extend(
            analysis.text[s.start : s.end]
            for s in analysis.sentences or ()
            if counts.get(s.id, 0) <= 1 and s.end - s.start > 60
        )
    words = " ".join(sentences * 12).split()
    pages: list[list[factories.Line]] = []
    while words and len(pages) < 8:
        lines: list[factories.Line] = []
        for number in range(38):
            line = ""
            while words and factories.measure_text(f"{line} {words[0]}", 14) < 460:
                line = f"{line} {words.pop(0)}".strip()
            lines.append(factories.Line(85 if number % 6 else 121, 780 - 19 * number, line, 14))
        pages.append(lines)
    return pages


def make_prose_pdf() -> bytes:
    """Return a report of eight pages of prose."""
    return factories.make_text_pdf(make_prose_pages())


def compare_speed(folder: Path, source: bytes | None, pages: int, rounds: int) -> dict[str, float]:
    """Return pages a second of the plain pipeline and of docanalyze, whole and up to `tag`, with ratios."""
    path = folder / "speed.pdf"
    path.write_bytes(factories.make_many_pages_pdf(pages, source))
    small = folder / "warm.pdf"
    small.write_bytes(factories.make_many_pages_pdf(2, source))
    run_plain(small)
    run_ours(small)
    plain, ours = alternate(rounds, lambda: run_plain(path), lambda: run_ours(path))
    tagged = statistics.median(clock(lambda: run_ours(path, "tag")) for _ in range(rounds))
    return {
        "pages": pages, "plain": pages / plain, "docanalyze": pages / ours, "ratio": plain / ours,
        "until_tag": pages / tagged, "until_tag_ratio": plain / tagged,
    }  # fmt: skip


def measure_stages(paths: list[Path], rounds: int) -> dict[str, float]:
    """Return the seconds of each stage over reports, the median of rounds, nothing remembered between them.

    `reading` is what comes before indicators: read, segment and tag.
    """
    import docanalyze
    from docanalyze.bind.run import find_indicators
    from docanalyze.check.catalogue import CHECKS
    from docanalyze.check.edits import _read_marks, find_edits
    from docanalyze.check.run import run_checks
    from docanalyze.check.slips import _count_ranks
    from docanalyze.core.figure import _are_alike
    from docanalyze.core.names import _FOLDED, _PARTED, fold_name, fold_words
    from docanalyze.lexicon import load_lexicon
    from docanalyze.pipeline import paused_collector

    lexicon = load_lexicon()
    times: dict[str, list[float]] = {"reading": [], "bind": [], "check": []}
    for number in range(rounds + 1):
        for memory in (find_edits, _read_marks, _count_ranks, _are_alike, fold_name, fold_words):
            memory.cache_clear()
        for words in (_FOLDED, _PARTED):
            words.clear()
        spent = dict.fromkeys(times, 0.0)
        for path in paths:
            start = time.process_time()
            analysis = docanalyze.analyze_report(path, until="tag", ocr="never")
            read = time.process_time()
            with paused_collector():
                bound = msgspec.structs.replace(analysis, indicators=find_indicators(analysis, lexicon))
                tied = time.process_time()
                run_checks(bound, CHECKS, lexicon)
            done = time.process_time()
            spent["reading"] += read - start
            spent["bind"] += tied - read
            spent["check"] += done - tied
        for stage, seconds in spent.items():
            times[stage] += [seconds] if number else []  # the first round warms up
    found = {stage: statistics.median(seconds) for stage, seconds in times.items()}
    return {**found, "ratio": (found["bind"] + found["check"]) / found["reading"]}


def measure_sizes(folder: Path, sizes: list[int]) -> list[dict[str, float]]:
    """Return seconds, peak memory and JSON size by document size, each in a process of its own."""
    rows = []
    for pages in sizes:
        path = folder / f"{pages}.pdf"
        path.write_bytes(factories.make_many_pages_pdf(pages))
        target = path.with_suffix(".json")
        command = [sys.executable, "-c", CHILD, str(path), str(target)]
        out = subprocess.run(command, capture_output=True, check=True, text=True)
        seconds, peak = (float(word) for word in out.stdout.split())
        size = target.stat().st_size / 1048576
        rows.append({"pages": pages, "pages_per_second": pages / seconds, "peak_mb": peak, "json_mb": size})
    return rows


def measure_start(rounds: int) -> dict[str, float]:
    """Return the milliseconds of `python -c pass` and of `docanalyze --help`, and their ratio."""
    command = Path(sys.executable).with_name("docanalyze")
    help_command = [str(command)] if command.exists() else [sys.executable, "-m", "docanalyze"]

    def start(arguments: list[str]) -> None:
        subprocess.run(arguments, capture_output=True, check=True)

    bare, shown = alternate(
        rounds, lambda: start([sys.executable, "-c", "pass"]), lambda: start([*help_command, "--help"])
    )
    return {"python_ms": 1000 * bare, "help_ms": 1000 * shown, "ratio": shown / bare}


def main() -> int:
    """Run the benchmarks and print their tables; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        speeds = {
            "prose, 28 figures a page": compare_speed(
                folder, make_prose_pdf(), options.pages, options.rounds
            ),
            "bundled reports, 60 figures a page, tables": compare_speed(
                folder, None, options.pages, options.rounds
            ),
        }
        repeated = [folder / f"{pages}.pdf" for pages in (100, 400)]
        for path in repeated:
            path.write_bytes(factories.make_many_pages_pdf(int(path.stem)))
        stages = {
            "the reports of corpus/dev": measure_stages(sorted(DEV.glob("*.pdf")), options.rounds),
            **{
                f"one report repeated to {path.stem} pages": measure_stages(
                    [path], max(1, options.rounds // 2)
                )
                for path in repeated
            },
        }
        sizes = measure_sizes(folder, [1, 10, 100, 1000])
        start = measure_start(4 * options.rounds)
    if options.json:
        print(json.dumps({"speed": speeds, "stages": stages, "sizes": sizes, "start": start}, indent=2))
        return 0
    console = Console(width=100)
    table = Table(
        f"{options.pages} pages of", "plain, pages/s", "to tag, pages/s", "ratio", "all, pages/s", "ratio"
    )
    for name, speed in speeds.items():
        keys = ("plain", "until_tag", "until_tag_ratio", "docanalyze", "ratio")
        table.add_row(name, *(f"{speed[key]:.1f}" for key in keys))
    console.print(table)
    table = Table("seconds of a stage", "read, segment, tag", "bind", "check", "(bind + check) / before")
    for name, stage in stages.items():
        table.add_row(name, *(f"{stage[key]:.2f}" for key in ("reading", "bind", "check", "ratio")))
    console.print(table)
    table = Table("pages", "pages/s", "peak memory MB", "JSON MB")
    for row in sizes:
        table.add_row(*(f"{row[key]:.1f}" for key in ("pages", "pages_per_second", "peak_mb", "json_mb")))
    console.print(table)
    hundred, thousand = sizes[2], sizes[3]
    allowed = 1.5 * hundred["peak_mb"] + 5 * (thousand["json_mb"] - hundred["json_mb"])
    console.print(
        f"memory on 1,000 pages: {thousand['peak_mb']:.0f} MB; allowed by the rule: {allowed:.0f} MB"
    )
    console.print(
        f"start: python -c pass {start['python_ms']:.0f} ms, docanalyze --help {start['help_ms']:.0f} ms: "
        f"{start['ratio']:.1f} times"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
