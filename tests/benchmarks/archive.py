"""Whole archives: `python -m tests.benchmarks.archive speed|kill|poison`.

`speed` measures documents and pages a second of every engine on made reports of 1 to 20 pages, beside a
plain loop of pdfplumber, underthesea and regular expressions in a multiprocessing pool, and the memory of
the parent; `kill` kills the parent and its workers at random and compares the bytes of the end with an
undisturbed run's; `poison` puts files that hang, crash, swell and are locked among fifty good ones.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from docanalyze.archive.run import ArchiveSummary, analyze_archive
from docanalyze.archive.work import ArchiveOptions
from tests.benchmarks.__main__ import run_plain
from tests.benchmarks.archive_files import write_poisons, write_reports

ROOT = Path(__file__).resolve().parents[2]
JOBS = "tests.unit.archive.jobs"
RUN = """
import json, re, resource, sys, time
from pathlib import Path
from docanalyze.archive.jobs import EngineSettings
from docanalyze.archive.run import analyze_archive

source, output, engine, workers = sys.argv[1:]
held = {}
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text("ascii"))[1]) // 1024

def watch(progress, entry):
    if progress.done in (1, 100) or progress.done % 500 == 0:
        held[progress.done] = peak()

start = time.perf_counter()
settings = EngineSettings(workers=int(workers))
summary = analyze_archive([source], output, engine=engine, settings=settings, watch=watch)
held["end"] = peak()
seconds = time.perf_counter() - start
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
cpu = sum(each.ru_utime + each.ru_stime for each in used)
print(json.dumps([seconds, cpu, summary.progress.pages, held, summary.reasons]))
"""
"""One run in a process of its own, its peak read from /proc: getrusage shows its parent's too."""


def read_results(folder: Path) -> dict[str, bytes]:
    """Return all files that must be equal in every run: everything but the manifest."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(("manifest", ".lock"))
    }


def measure_run(
    source: Path, output: Path, engine: str, workers: int
) -> tuple[float, float, int, dict[str, int]]:
    """Return seconds, processor seconds and pages of a run, and its parent's peak MB by documents done."""
    command = [sys.executable, "-c", RUN, str(source), str(output), engine, str(workers)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    seconds, cpu, pages, held, reasons = json.loads(said)
    if reasons:
        raise RuntimeError(f"{engine}: documents failed: {reasons}")
    return seconds, cpu, pages, held


def measure_plain(source: Path, workers: int, limit: int) -> tuple[float, int]:
    """Return the seconds that the plain loop takes for the first documents, and how many these are."""
    paths = sorted(source.rglob("*.pdf"))[:limit]
    start = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        for _ in pool.imap_unordered(run_plain, paths):
            pass
    return time.perf_counter() - start, len(paths)


def measure_speed(count: int, workers: int, plain: int, engines: list[str], folder: Path) -> None:
    """Print how fast the engines are, and whether they made the same bytes."""
    source = folder / "kho"
    write_reports(source, count)
    console = Console(width=120)
    console.print(f"{count} documents, load {os.getloadavg()[0]:.1f} at the start")
    table = Table(
        "engine", "workers", "s", "cpu s", "documents/s", "pages/s", "against serial", "parent MB", "again s"
    )
    results: list[dict[str, bytes]] = []
    serial = 0.0
    for name in engines:
        used = 1 if name == "serial" else workers
        output = folder / f"ra-{name}"
        seconds, cpu, pages, held = measure_run(source, output, name, used)
        again, *_ = measure_run(source, output, name, used)
        serial = serial or seconds
        memory = ", ".join(f"{key}: {value}" for key, value in held.items())
        table.add_row(
            name, str(used), f"{seconds:.1f}", f"{cpu:.1f}", f"{count / seconds:.1f}",
            f"{pages / seconds:.0f}", f"{serial / seconds:.2f}", memory, f"{again:.2f}",
        )  # fmt: skip
        results.append(read_results(output))
    if plain:
        seconds, done = measure_plain(source, workers, plain)
        table.add_row("plain loop", str(workers), f"{seconds:.1f}", "", f"{done / seconds:.2f}", *4 * [""])
    console.print(table)
    same = all(result == results[0] for result in results)
    console.print(f"same bytes: {'yes' if same else 'NO'}; load {os.getloadavg()[0]:.1f} at the end")


def list_children(process: int) -> list[int]:
    """Return the ids of the processes that a process has started (Linux)."""
    try:
        return [int(i) for i in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    except OSError:
        return []


def kill_at_random(count: int, kills: int, seed: int, folder: Path) -> bool:
    """Return whether a run whose parent and workers are killed again and again ends like a calm one.

    A result that was there at one kill must be there, untouched, at every later one.
    """
    source, calm, shaken = folder / "kho", folder / "yên", folder / "xáo"
    write_reports(source, count, pages=2)
    analyze_archive([source], calm)
    dice = random.Random(seed)
    code = (
        "import sys; from docanalyze.archive.run import analyze_archive; "
        "from docanalyze.archive.jobs import EngineSettings; "
        "analyze_archive([sys.argv[1]], sys.argv[2], settings=EngineSettings(workers=2), "
        f"work='{JOBS}:analyze_slowly')"
    )
    done: dict[str, int] = {}
    killed = {"parent": 0, "worker": 0}
    run: subprocess.Popen[bytes] | None = None
    while sum(killed.values()) < kills:
        if run is None or run.poll() is not None:
            run = subprocess.Popen([sys.executable, "-c", code, str(source), str(shaken)], cwd=ROOT)
            _await_results(shaken, len(done), run)
        time.sleep(dice.uniform(0.02, 0.5))
        workers = list_children(run.pid)
        if run.poll() is not None:
            raise RuntimeError("the run was over before the last kill; take more documents")
        if dice.random() < 0.5 and workers:
            os.kill(dice.choice(workers), signal.SIGKILL)
            killed["worker"] += 1
            continue
        run.kill()
        run.wait()
        killed["parent"] += 1
        found = {path.name: path.stat().st_mtime_ns for path in (shaken / "json").glob("*.json")}
        if any(found.get(name) != stamp for name, stamp in done.items()):
            raise RuntimeError("a finished document was lost or done again")
        done = found
    if run is not None and run.poll() is None:
        run.wait()
    analyze_archive([source], shaken)
    Console().print(f"killed: {killed}, {len(done)} of {count} documents finished by the last kill")
    return read_results(calm) == read_results(shaken)


def _await_results(output: Path, more_than: int, run: subprocess.Popen[bytes]) -> None:
    """Wait until a run has finished a document: kills before that would test nothing."""
    deadline = time.monotonic() + 30
    while run.poll() is None and time.monotonic() < deadline:
        if len(list((output / "json").glob("*.json"))) > more_than:
            return
        time.sleep(0.02)


def run_poisons(good: int, seconds: float, folder: Path) -> tuple[ArchiveSummary, dict[str, str]]:
    """Return what becomes of an archive with four bad files, and the status of these by name."""
    source, output = folder / "kho", folder / "ra"
    write_reports(source, good, pages=1)
    names = set(write_poisons(source))
    states: dict[str, str] = {}

    def watch(progress: object, entry: object) -> None:
        path = getattr(entry, "path", None)
        if path in names:
            states[path] = f"{getattr(entry, 'status', '')} {getattr(entry, 'code', '') or ''}".strip()

    summary = analyze_archive(
        [source],
        output,
        options=ArchiveOptions(seconds=seconds),
        work=f"{JOBS}:analyze_or_misbehave",
        watch=watch,
    )
    return summary, states


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("speed", "kill", "poison"))
    parser.add_argument("--documents", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engines", default="serial,processes,dask")
    parser.add_argument("--plain", type=int, default=40, help="documents that the plain loop does")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.what == "speed":
            measure_speed(
                options.documents or 1000, options.workers, options.plain, options.engines.split(","), folder
            )
        elif options.what == "kill":
            same = kill_at_random(options.documents or 150, options.kills, options.seed, folder)
            Console().print(f"same bytes as undisturbed: {'yes' if same else 'NO'}")
        else:
            summary, states = run_poisons(options.documents or 50, 20.0, folder)
            Console().print(summary)
            Console().print(states)


if __name__ == "__main__":
    main()
