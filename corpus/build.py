"""Build the corpus from its annotated sources: text, PDF and gold; the same sources give the same bytes.

Usage: ``python corpus/build.py [--check | --stats | --validate FILE…]``. Without an option every set
``corpus/*/`` that has ``*.report`` sources is built. ``--check`` writes nothing and exits with 1 where a file
on disk differs; ``--validate`` reads sources without typesetting them and names what is wrong, line by line;
``--stats`` counts. The PDFs need ``pip install typst==0.15.2``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from corpus.tools.gold import annotate, count_report  # noqa: E402
from corpus.tools.problems import SourceError, SourceErrors  # noqa: E402


def find_sets() -> dict[str, list[Path]]:
    """Return the sources by set (folder under corpus/), both sorted."""
    sets: dict[str, list[Path]] = {}
    for path in sorted(HERE.glob("*/*.report")):
        sets.setdefault(path.parent.name, []).append(path)
    return sets


def validate(paths: list[Path]) -> int:
    wrong = 0
    for path in paths:
        try:
            annotated = annotate(path)
        except (SourceError, OSError) as error:
            sys.stdout.write(f"{error}\n")
            wrong += 1
            continue
        reference = annotated.reference
        sys.stdout.write(
            f"{path.name}: good: {len(reference.sentences)} sentences, {len(reference.mentions)} mentions, "
            f"{len(reference.negatives)} negatives, {len(reference.tables)} tables, "
            f"{len(annotated.relations)} relations\n"
        )
    return 1 if wrong else 0


def print_stats() -> int:
    for name, paths in find_sets().items():
        counts: Counter[tuple[str, str]] = Counter()
        for path in paths:
            try:
                counts += count_report(annotate(path))
            except SourceError as error:
                sys.stderr.write(f"{error}\n")
                continue
            counts["other", "reports"] += 1
        sys.stdout.write(f"{name}\n")
        for group in dict.fromkeys(group for group, _ in counts):
            inside = {key: count for (of, key), count in sorted(counts.items()) if of == group}
            sys.stdout.write(f"  {group}: {sum(inside.values())}\n")
            for key, count in inside.items():
                sys.stdout.write(f"    {count:6d}  {key}\n")
    return 0


def build(*, check: bool) -> int:
    from corpus.tools.outputs import build_set

    differing: list[str] = []
    refused = 0
    for name, paths in find_sets().items():
        try:
            files = build_set(HERE, name, paths)
        except SourceErrors as error:
            sys.stderr.write(f"{error}\n{name}: not built\n")
            refused += 1
            continue
        for target, data in files:
            if target.exists() and target.read_bytes() == data:
                continue
            differing.append(str(target.relative_to(HERE)))
            if not check:
                target.write_bytes(data)
    for each in differing:
        sys.stdout.write(f"{'differs' if check else 'written'}: {each}\n")
    return 1 if refused or (check and differing) else 0


def main(arguments: list[str]) -> int:
    """Run the command line; the result is the exit code."""
    parser = argparse.ArgumentParser(description="Build the corpus from its annotated sources.")
    parser.add_argument("--check", action="store_true", help="compare with the files on disk, write nothing")
    parser.add_argument("--stats", action="store_true", help="count sentences, mentions and relations")
    parser.add_argument("--validate", nargs="+", type=Path, metavar="FILE", help="check sources, make no PDF")
    options = parser.parse_args(arguments)
    if options.validate:
        return validate(options.validate)
    return print_stats() if options.stats else build(check=options.check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
