"""How well indicators of successive reports are joined: `python -m tests.series [--split tune|held-out]`.

The gold of `corpus/dev/series.toml` names for each indicator a figure in each report. A link is a pair
of neighbouring entries of one identity; it is right if both hold a figure of one gold indicator, and a
gold link is found if both of its figures stand in one identity.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from docanalyze import Analysis, analyze_report
from docanalyze.compare.book import Book
from docanalyze.compare.entries import Entry
from docanalyze.compare.run import open_book
from docanalyze.core.errors import UsageError
from docanalyze.lexicon import load_lexicon

DEV = Path(__file__).resolve().parent.parent / "corpus" / "dev"
_MARKED = re.compile(r"\[([^\]]+)\] (.+)")


@dataclass
class Outcome:
    """The links of one series: right ones, false ones, and gold links that were not made."""

    series: str
    right: int = 0
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    refused: bool = False  # its reports are compared with --force only

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.false))

    @property
    def found(self) -> int:
        return self.wanted - len(self.missed)

    wanted: int = 0

    @property
    def recall(self) -> float:
        return self.found / max(1, self.wanted)


def read_gold(split: str | None = None) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Yield the name, reports and indicators of each series of a split."""
    table = tomllib.loads((DEV / "series.toml").read_text(encoding="utf-8"))
    for series in table["series"]:
        if split in (None, series["split"]):
            yield series["name"], series["reports"], series["indicators"]


def find_mentions(analysis: Analysis, figure: str) -> set[str]:
    """Return the ids of the mentions that a figure of the gold means; raise ValueError for none."""
    if " / " in figure:
        return set().union(*(find_mentions(analysis, each) for each in figure.split(" / ")))
    marked = _MARKED.fullmatch(figure)
    before, printed = (marked[1], marked[2]) if marked else ("", figure)
    found = set()
    for mention in analysis.mentions or ():
        text, wanted = " ".join(mention.text.split()), printed.replace(" ", "")
        if text.replace(" ", "") != wanted and not text.startswith(f"{printed} "):
            continue
        head = " ".join(analysis.text[max(0, mention.start - 60) : mention.start].split())
        if not before or head.endswith(before):
            found.add(mention.id)
    if not found:
        raise ValueError(f"{analysis.source.path}: no figure {figure!r}")
    return found


def score_series(name: str, book: Book, analyses: list[Analysis], indicators: list[list[str]]) -> Outcome:
    """Return how the identities of a book stand to the gold."""
    gold: list[dict[int, set[str]]] = []
    for row in indicators:
        gold.append({n: find_mentions(analyses[n], text) for n, text in enumerate(row[1:]) if text})
    where: dict[tuple[int, str], int] = {}
    for number, identity in enumerate(book.identities):
        for report, entry in identity.entries.items():
            for each in entry.observations:
                where[report, each.mention.id] = number
    outcome = Outcome(name)
    for row, places in zip(indicators, gold, strict=True):
        for one, two in pairwise(sorted(places)):
            outcome.wanted += 1
            first = {where.get((one, m)) for m in places[one]} - {None}
            second = {where.get((two, m)) for m in places[two]} - {None}
            if not first & second:
                outcome.missed.append(f"{row[0]}: {row[one + 1]} ~ {row[two + 1]}")
    for identity in book.identities:
        for one, two in pairwise(sorted(identity.entries)):
            names = _gold_of(identity.entries[one], one, gold) & _gold_of(identity.entries[two], two, gold)
            if names:
                outcome.right += 1
            else:
                a, b = identity.entries[one], identity.entries[two]
                outcome.false.append(f"{identity.score:.2f} {one}: {_tell(a)} ~ {two}: {_tell(b)}")
    return outcome


def _gold_of(entry: Entry, report: int, gold: list[dict[int, set[str]]]) -> set[int]:
    own = {each.mention.id for each in entry.observations}
    return {number for number, places in enumerate(gold) if own & places.get(report, set())}


def _tell(entry: Entry) -> str:
    return f"{entry.name.printed} ({', '.join(o.mention.text for o in entry.observations[:3])})"


def run(split: str | None) -> list[Outcome]:
    """Return the outcome of each series of a split."""
    outcomes = []
    for name, reports, indicators in read_gold(split):
        analyses = [analyze_report(DEV / f"{report}.pdf", until="bind") for report in reports]
        try:
            book, refused = open_book(analyses, load_lexicon()), False
        except UsageError:
            book, refused = open_book(analyses, load_lexicon(), force=True), True
        outcomes.append(score_series(name, book, [v.analysis for v in book.views], indicators))
        outcomes[-1].refused = refused
    return outcomes


def main() -> None:
    """Score and print, with the false and the missed links."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("tune", "held-out"))
    parser.add_argument("--quiet", action="store_true", help="the scores only")
    options = parser.parse_args()
    for outcome in run(options.split):
        print(
            f"{outcome.series}: "
            f"P {outcome.precision:.3f} ({outcome.right}/{outcome.right + len(outcome.false)}), "
            f"R {outcome.recall:.3f} ({outcome.found}/{outcome.wanted})"
            f"{', refused without --force' if outcome.refused else ''}"
        )
        if not options.quiet:
            print("".join(f"  false  {each}\n" for each in outcome.false), end="")
            print("".join(f"  missed {each}\n" for each in outcome.missed), end="")


if __name__ == "__main__":
    main()
