"""How well indicators of successive reports are joined: `python -m tests.series [--split SPLIT]`.

The gold of `corpus/dev/series.toml` names for each indicator a figure in each report. A link is a pair
of neighbouring entries of one identity; it is right if both hold a figure of one gold indicator, and a
gold link is found if both of its figures stand in one identity. The split `marked` is `corpus/series`.
A planted finding is told if a finding of its kind stands on both of its figures; an error that stands on
none of them is false.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.tools.series import GoldFinding, GoldSeries, read_dev_series, read_marked_series
from docanalyze import Analysis
from docanalyze.compare.book import Book, Slip
from docanalyze.compare.entries import Entry
from docanalyze.compare.pairing import PairingModel
from docanalyze.compare.run import COMPARISONS, open_book
from docanalyze.core.errors import UsageError
from docanalyze.lexicon import load_lexicon

KINDS = {
    "restated": ("RST001", "PLN001"),
    "claim": ("CLM001",),
    "ladder": ("LAD001", "LAD002"),
    "stale": ("CPY001", "CPY002"),
}
"""The codes that tell each kind of planted finding."""


@dataclass
class Outcome:
    """The links of one series: right ones, false ones, and gold links that were not made."""

    series: str
    right: int = 0
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    told: int = 0
    untold: list[str] = field(default_factory=list)
    false_errors: list[str] = field(default_factory=list)
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


def score_series(gold_series: GoldSeries, book: Book) -> Outcome:
    """Return how the identities of a book stand to the gold."""
    gold = [places for _, places in gold_series.indicators]
    where: dict[tuple[int, str], int] = {}
    for number, identity in enumerate(book.identities):
        for report, entry in identity.entries.items():
            for each in entry.observations:
                where[report, each.mention.id] = number
    outcome = Outcome(gold_series.name)
    for name, places in gold_series.indicators:
        for one, two in pairwise(sorted(places)):
            outcome.wanted += 1
            first = {where.get((one, m)) for m in places[one]} - {None}
            second = {where.get((two, m)) for m in places[two]} - {None}
            if not first & second:
                outcome.missed.append(f"{name}: {one} ~ {two}")
    for identity in book.identities:
        for one, two in pairwise(sorted(identity.entries)):
            names = _gold_of(identity.entries[one], one, gold) & _gold_of(identity.entries[two], two, gold)
            if names:
                outcome.right += 1
            else:
                a, b = identity.entries[one], identity.entries[two]
                outcome.false.append(f"{identity.score:.2f} {one}: {_tell(a)} ~ {two}: {_tell(b)}")
    return outcome


def score_findings(gold_series: GoldSeries, book: Book, outcome: Outcome) -> None:
    """Add to an outcome which planted findings are told, and the errors that nobody planted."""
    slips = [slip for finder in COMPARISONS for slip in finder(book)]
    planted: set[int] = set()
    for gold in gold_series.findings:
        told = False
        for number, slip in enumerate(slips):
            if slip.code in KINDS[gold.kind] and _stands_on(slip, book, gold):
                planted.add(number)
                told = True
        outcome.told += told
        if not told:
            outcome.untold.append(f"{gold.kind} {gold.report}: {gold.figure}")
    for number, slip in enumerate(slips):
        if slip.severity == "error" and number not in planted:
            outcome.false_errors.append(f"{slip.code} {slip.message.vi}")


def _stands_on(slip: Slip, book: Book, gold: GoldFinding) -> bool:
    return all(
        any(
            place.report == report
            and any(place.start <= book.views[report].mentions[m].start < place.end for m in mentions)
            for place in slip.places
        )
        for report, mentions in ((gold.report, gold.mentions), (gold.other, gold.others))
    )


def _gold_of(entry: Entry, report: int, gold: list[dict[int, set[str]]]) -> set[int]:
    own = {each.mention.id for each in entry.observations}
    return {number for number, places in enumerate(gold) if own & places.get(report, set())}


def _tell(entry: Entry) -> str:
    return f"{entry.name.printed} ({', '.join(o.mention.text for o in entry.observations[:3])})"


def open_series(analyses: Sequence[Analysis], pairing: PairingModel | None = None) -> tuple[Book, bool]:
    """Return the book of a series, and whether its reports are compared with --force only."""
    try:
        return open_book(analyses, load_lexicon(), pairing=pairing), False
    except UsageError:
        return open_book(analyses, load_lexicon(), pairing=pairing, force=True), True


def run(split: str | None, pairing: PairingModel | None = None) -> list[Outcome]:
    """Return the outcome of each series of a split; `marked` are those of `corpus/series`."""
    outcomes = []
    dev = () if split == "marked" else read_dev_series(split)
    marked = () if split == "tune" else read_marked_series("tune" if split == "marked" else split)
    for series in (*dev, *marked):
        book, refused = open_series(series.analyses, pairing)
        outcomes.append(score_series(series, book))
        outcomes[-1].refused = refused
        score_findings(series, book, outcomes[-1])
    return outcomes


def main() -> None:
    """Score and print, with the false and the missed links."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("tune", "seen", "held-out", "marked"))
    parser.add_argument("--quiet", action="store_true", help="the scores only")
    options = parser.parse_args()
    for outcome in run(options.split):
        print(
            f"{outcome.series}: "
            f"P {outcome.precision:.3f} ({outcome.right}/{outcome.right + len(outcome.false)}), "
            f"R {outcome.recall:.3f} ({outcome.found}/{outcome.wanted})"
            f", findings {outcome.told}/{outcome.told + len(outcome.untold)}, "
            f"other errors {len(outcome.false_errors)}"
            f"{', refused without --force' if outcome.refused else ''}"
        )
        if not options.quiet:
            print("".join(f"  false  {each}\n" for each in outcome.false), end="")
            print("".join(f"  missed {each}\n" for each in outcome.missed), end="")
            print("".join(f"  untold {each}\n" for each in outcome.untold), end="")
            print("".join(f"  error  {each}\n" for each in outcome.false_errors), end="")


if __name__ == "__main__":
    main()
