"""Megabytes a second of `tag_text`, one core: `python -m tests.benchmarks.tagging [FILE…]`.

Without files: the sample reports' texts and a dense monthly one of the corpus, each repeated to ten
megabytes and to a quarter of that (the time must be a quarter), beside fifteen plain expressions.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from docanalyze.pipeline import tag_text
from tests.benchmarks.__main__ import PATTERNS

ROOT = Path(__file__).resolve().parents[2]
DEFAULT = ("bau-say-2022-h1", "thanh-uy-long-trieu-2022", "bo-tmcn-2024-06", "kim-linh-2024-05")


def repeat(text: str, size: int) -> str:
    """Return the text repeated, paragraphs apart, to about `size` bytes."""
    return "\n\n".join([text] * max(1, size // len(text.encode())))


def main() -> None:
    """Print a line a text."""
    names = [Path(name) for name in sys.argv[1:]] or [ROOT / f"corpus/dev/{name}.txt" for name in DEFAULT]
    for path in names:
        text = path.read_text(encoding="utf-8")
        seconds = []
        for size in (2_500_000, 10_000_000):
            long = repeat(text, size)
            start = time.process_time()
            tag_text(long)
            seconds.append(time.process_time() - start)
        start = time.process_time()
        for pattern in PATTERNS:
            pattern.findall(long)
        plain = time.process_time() - start
        megabytes = len(long.encode()) / 1e6
        speed, growth = megabytes / seconds[1], seconds[1] / seconds[0]
        density = len(tag_text(text)) / len(text.encode()) * 1000
        print(
            f"{path.stem:28} {density:5.1f} mentions/kB  {speed:5.2f} MB/s ({growth:.1f} times a quarter)"
            f"  plain expressions {megabytes / plain:5.1f} MB/s"
        )


if __name__ == "__main__":
    main()
