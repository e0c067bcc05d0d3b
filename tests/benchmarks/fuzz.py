"""Damaged PDFs by the thousand: `python -m tests.benchmarks.fuzz --count 2000`.

Every file of the corpus is mutated (bytes flipped, cut off, numbers blown up, objects swapped,
stretches doubled or dropped) and analysed in a process of its own with a time limit. Each must end
in an analysis or in one of docanalyze's own errors. The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests import factories
from tests.benchmarks.scans import sample_sources

Mutation = Callable[[bytearray, random.Random], None]
_OBJECT = re.compile(rb"\d+ 0 obj\b.*?\bendobj", re.DOTALL)
_NUMBER = re.compile(rb"(?<=[\s\[/(])-?\d+(?:\.\d+)?(?=[\s\]/)>])")


def flip_bytes(data: bytearray, rng: random.Random) -> None:
    """Change 1 to 200 bytes anywhere."""
    for _ in range(rng.choice((1, 5, 30, 200))):
        data[rng.randrange(len(data))] = rng.randrange(256)


def flip_syntax(data: bytearray, rng: random.Random) -> None:
    """Change bytes outside of streams, where the file's structure stands."""
    places = [match.start() for match in re.finditer(rb"[<>\[\]/()\d]", data[-20_000:])]
    for _ in range(rng.choice((1, 3, 10))):
        data[len(data) - min(20_000, len(data)) + rng.choice(places)] = rng.choice(b"<>[]/()0123456789 R")


def cut_off(data: bytearray, rng: random.Random) -> None:
    """Cut the file off, sometimes with an end mark put back."""
    del data[rng.randrange(len(data) // 20, len(data)) :]
    if rng.random() < 0.6:
        data += b"\n%%EOF\n"


def blow_up_numbers(data: bytearray, rng: random.Random) -> None:
    """Replace numbers (sizes, counts, references) by extreme ones."""
    found = list(_NUMBER.finditer(data))
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 4, 20)))), key=lambda m: -m.start()):
        data[match.start() : match.end()] = rng.choice(
            (b"0", b"-1", b"99999", b"2147483648", b"1e9", b"0.000001", b"4294967295", b"1", b"2", b"3")
        )


def swap_objects(data: bytearray, rng: random.Random) -> None:
    """Swap the bodies of two objects, so that every reference means something else."""
    found = list(_OBJECT.finditer(bytes(data)))
    if len(found) < 2:
        flip_bytes(data, rng)
        return
    first, second = sorted(rng.sample(found, 2), key=lambda match: match.start())
    head = re.compile(rb"\d+ 0 obj")
    bodies = [head.sub(b"", match.group(), count=1) for match in (first, second)]
    names = [head.match(match.group()).group() for match in (first, second)]  # type: ignore[union-attr]
    data[second.start() : second.end()] = names[1] + bodies[0]
    data[first.start() : first.end()] = names[0] + bodies[1]


def swap_references(data: bytearray, rng: random.Random) -> None:
    """Let references point elsewhere: loops in the page tree, fonts that are pages."""
    found = list(re.finditer(rb"\b(\d+) 0 R\b", data))
    if not found:
        flip_bytes(data, rng)
        return
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 3, 12)))), key=lambda m: -m.start()):
        data[match.start(1) : match.end(1)] = rng.choice(found).group(1)


def move_stretch(data: bytearray, rng: random.Random) -> None:
    """Drop, double or overwrite a stretch of the file."""
    start = rng.randrange(len(data))
    stretch = data[start : start + rng.choice((10, 200, 5000))]
    kind = rng.randrange(3)
    if kind == 0:
        del data[start : start + len(stretch)]
    elif kind == 1:
        data[start:start] = stretch
    else:
        at = rng.randrange(len(data))
        data[at : at + len(stretch)] = stretch


MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes, flip_syntax, cut_off, blow_up_numbers, swap_objects, swap_references, move_stretch,
)  # fmt: skip


def mutate_files(count: int, *, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield `count` damaged files with names that say what was done to which."""
    sources = sorted(sample_sources().items())
    stamp = factories.Stamp(
        (300, 700, 560, 745), ("Người ký: Văn phòng", "Thời gian ký: 16.06.2023"), "/Widget", 10
    )
    sources.append(("stamped", factories.stamp_pdf(sources[0][1], [stamp])))
    rng = random.Random(seed)
    for number in range(count):
        name, data = rng.choice(sources)
        damaged = bytearray(data)
        chosen = rng.sample(MUTATIONS, rng.choice((1, 1, 2)))
        for mutation in chosen:
            if len(damaged) > 100:
                mutation(damaged, rng)
        yield f"{number:04d}-{name}-{'-'.join(m.__name__ for m in chosen)}.pdf", bytes(damaged)


def warm_up() -> None:
    """Load all that an analysis needs, so that each process spends its time on its file."""
    import docanalyze

    docanalyze.analyze_bytes(factories.SAMPLE_2022.read_bytes(), name="sample.pdf", ocr="never")


def analyse_apart(name: str, data: bytes, *, seconds: float, ocr: str = "never") -> str:
    """Return how a process that analyses the file ends: `ok`, `partial`, an error's name, or what is wrong.

    `crash`, `hang` and `bug: …` are what must not be.
    """
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_analyse, args=(theirs, name, data, seconds, ocr))
    process.start()
    theirs.close()
    answer = "hang"
    if ours.poll(seconds + 10):
        try:
            answer = ours.recv()
        except EOFError:
            answer = "crash"
    if answer == "hang":
        process.kill()
    process.join()
    return f"crash: code {process.exitcode}" if answer == "crash" else answer


def _analyse(pipe: Any, name: str, data: bytes, seconds: float, ocr: str) -> None:
    import docanalyze

    if sys.platform == "linux":
        import resource

        # A file of a few hundred kilobytes has no business with more than this.
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    limits = docanalyze.Limits(seconds=seconds)
    try:
        analysis = docanalyze.analyze_bytes(data, name=name, limits=limits, ocr=ocr)  # type: ignore[arg-type]
        docanalyze.to_json(analysis)
        answer = analysis.status
    except docanalyze.DocanalyzeError as error:
        answer = type(error).__name__
    except BaseException as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        answer = f"bug: {type(error).__name__} {error} ({Path(place.filename).name}:{place.lineno})"
    pipe.send(answer)


def main() -> int:
    """Run the fuzzer and print a count of the outcomes; return 1 if one must not be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--ocr", default="never")
    parser.add_argument("--keep", metavar="DIR", help="write the files that went wrong there")
    options = parser.parse_args()
    warm_up()
    if options.keep:
        Path(options.keep).mkdir(parents=True, exist_ok=True)
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    for name, data in mutate_files(options.count, seed=options.seed):
        outcome = analyse_apart(name, data, seconds=options.seconds, ocr=options.ocr)
        outcomes[outcome.split(" (")[0]] += 1
        if outcome.startswith(("crash", "hang", "bug")):
            wrong.append(f"{name}: {outcome}")
            print(wrong[-1], flush=True)
            if options.keep:
                (Path(options.keep) / name).write_bytes(data)
    for outcome, number in outcomes.most_common():
        print(f"{number:6d}  {outcome}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
