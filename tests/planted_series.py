"""Slips planted across the reports of the corpus's series: `python -m tests.planted_series [SERIES…]`.

A figure of one report is changed so that it contradicts another report: an earlier period printed
again otherwise (restatement), a growth that the figures do not give (claim), a cumulative figure that
falls (ladder), a sentence of the report before under a new year (copy). The report is typeset and
analysed anew; was a finding of the kind raised on the changed place, and was any error raised elsewhere?
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from corpus.tools.problems import SourceError
from corpus.tools.series import DEV, read_gold
from corpus.tools.source import parse_report
from corpus.tools.typeset import typeset_report
from docanalyze import Analysis, analyze_bytes, analyze_report
from docanalyze.compare.book import Book
from docanalyze.compare.claims import judge_claims
from docanalyze.compare.entries import meets
from docanalyze.compare.observation import Observation
from docanalyze.compare.run import compare_book
from docanalyze.core.comparison import Comparison
from docanalyze.core.interval import Interval
from tests.planted import change_numeral
from tests.series import open_series

KINDS = {
    "restatement": ("RST001", "CLM001", "SCL001"),
    "claim": ("CLM001",),
    "ladder": ("LAD001", "LAD002", "SCL001", "RST001", "CLM001"),
    "copy": ("CPY001", "CPY002"),
}
"""Which codes count as the slip found; a restated figure may come out as the growth that it breaks."""
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_MARK = re.compile(r"⟦(.*?)\|([^⟦⟧]*)⟧")


@dataclass(frozen=True)
class Planting:
    """A slip of `kind` in report `report` of a series: `before` printed as `after`."""

    series: str
    report: int
    kind: str
    before: str
    after: str
    source: str


@dataclass
class Outcome:
    """What became of a planting: the severity of its finding, and errors raised elsewhere."""

    planting: Planting
    found: str | None = None
    strays: list[str] = field(default_factory=list)


@dataclass
class Series:
    """A series of the corpus: its names, analyses and comparison as they are."""

    name: str
    reports: list[str]
    analyses: list[Analysis]
    book: Book
    comparison: Comparison


def load_series(names: list[str]) -> Iterator[Series]:
    """Yield the series of the corpus, all or those named."""
    for name, reports, *_ in read_gold():
        if not names or name in names:
            analyses = [analyze_report(DEV / f"{report}.pdf", until="bind") for report in reports]
            book = open_series(analyses)[0]
            yield Series(name, reports, analyses, book, compare_book(book))


def find_plantings(series: Series, dice: random.Random) -> Iterator[Planting]:
    """Yield every slip that can be planted: one a figure and kind."""
    sources = [(DEV / f"{report}.report").read_text(encoding="utf-8") for report in series.reports]
    for track in series.book.tracks:
        if track.kind != "level" or track.identity.score < 1:
            continue
        for same in track.by_days.values():
            first = same[0]
            for later in same[1:]:
                if later.report != first.report and meets(first, later):
                    yield from _change(series, "restatement", later, ("digit", "swap"), sources, dice)
        if track.form == "cumulative" and track.observations[0].unit.isupper():
            firsts = [same[0] for same in track.by_days.values()]
            for at, later in enumerate(firsts):
                lower = [
                    o for o in firsts[:at] if o.days.start == later.days.start and o.report < later.report
                ]
                if lower and later.certain and lower[-1].certain:
                    yield from _change(series, "ladder", later, ("drop",), sources, dice)
    for judged in judge_claims(series.book):
        sure = judged.verdict == "holds" and judged.track.identity.score == 1 and not judged.growth.hedged
        if sure and not judged.base.hedged and not judged.actual.hedged:
            for planting in _change(series, "claim", judged.growth, ("digit",), sources, dice):
                if not _agrees(planting.after, judged.given):
                    yield planting
    yield from _copy_sentences(series, sources)


def _change(
    series: Series,
    kind: str,
    each: Observation,
    modes: tuple[str, ...],
    sources: list[str],
    dice: random.Random,
) -> Iterator[Planting]:
    numeral = _NUMERAL.search(each.mention.text)
    source = sources[each.report]
    if numeral is None:
        return
    places = list(re.finditer(rf"(?<![\d.,=]){re.escape(numeral[0])}(?![\d]|[.,]\d)", source))
    if len(places) != 1:
        return
    at = places[0].start()
    for mode in modes:
        after = change_numeral(numeral[0], mode, dice)
        if after is None or _is_near(numeral[0], after):
            continue
        tail = source[at + len(numeral[0]) :]
        old, new = _plain(numeral[0]), _plain(after)
        tail = re.sub(rf"(\|[^⟧|]*?\bnumber=){re.escape(old)}(?=[\s⟧])", rf"\g<1>{new}", tail, count=1)
        yield Planting(series.name, each.report, kind, numeral[0], after, source[:at] + after + tail)


def _agrees(numeral: str, given: Interval) -> bool:
    """Return whether a growth, by its rounding, is still what the figures give."""
    number = Decimal(_plain(numeral))
    half = Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)
    low, high = given.low, given.high
    return (low is None or low <= number + half) and (high is None or number - half <= high)


def _plain(numeral: str) -> str:
    return numeral.replace(".", "").replace(",", ".")


def _is_near(one: str, two: str) -> bool:
    a, b = Decimal(_plain(one)), Decimal(_plain(two))
    return abs(a - b) <= abs(a) / 200


def _copy_sentences(series: Series, sources: list[str]) -> Iterator[Planting]:
    """Yield sentences with figures copied from one report into the next, its year put for the old one."""
    for number in range(1, len(sources)):
        old, new = sources[number - 1], sources[number]
        years = re.search(r"end = \"(\d{4})", old), re.search(r"end = \"(\d{4})", new)
        assert years[0] is not None
        assert years[1] is not None
        places = [found.end() for found in re.finditer(r"@p\n", new)]
        for line in old.split("\n"):
            marks = _MARK.findall(line)
            flows = [m for m in marks if m[1].startswith(("money", "quantity")) and "=year" not in m[1]]
            if line.startswith(("@", "|")) or len(flows) < 2 or "[^" in line or len(line) > 900:
                continue
            if any(word in line for word in ("ế hoạch", "iện có", "gồm", "hiện tích")):
                continue
            copied = re.sub(r" #\w+(?=⟧)", "", line).replace(years[0][1], years[1][1])
            plain = _MARK.sub(r"\1", copied)
            if plain.rstrip().endswith(":") or plain in _MARK.sub(r"\1", new):
                continue  # the list that it opens stays behind; or it has been copied already
            if places and "legal_ref" not in copied:
                at = places[min(2, len(places) - 1)]
                yield Planting(
                    series.name, number, "copy", "", marks[0][0], new[:at] + copied + "\n" + new[at:]
                )


def judge(series: Series, planting: Planting) -> Outcome | None:
    """Return what the comparison says of a planting; None if the changed source cannot be typeset."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{series.reports[planting.report]}.report"
        path.write_text(planting.source, encoding="utf-8")
        try:
            report = parse_report(path)
        except SourceError:
            return None
    changed = analyze_bytes(typeset_report(report), name="planted.pdf", until="bind")
    analyses = [changed if n == planting.report else a for n, a in enumerate(series.analyses)]
    comparison = compare_book(open_series(analyses)[0])
    outcome = Outcome(planting)
    known = {_describe(finding) for finding in series.comparison.findings}
    for finding in comparison.findings:
        here = any(
            e.report == planting.report and (planting.kind == "copy" or planting.after in e.text)
            for e in finding.evidence
        )
        if finding.code in KINDS[planting.kind] and here and _describe(finding) not in known:
            outcome.found = outcome.found or finding.severity
        elif finding.severity == "error" and not here and _describe(finding) not in known:
            outcome.strays.append(f"{finding.code} {finding.message.en}")
    return outcome


def _describe(finding: object) -> str:
    texts = sorted(f"{e.report} {e.text}" for e in finding.evidence)  # type: ignore[attr-defined]
    return finding.code + "|".join(texts)  # type: ignore[attr-defined]


def run(names: list[str], *, limit: int, seed: int) -> list[Outcome]:
    """Return the outcomes of at most `limit` plantings of each kind of each series."""
    dice = random.Random(seed)
    outcomes = []
    for series in load_series(names):
        by_kind: dict[str, list[Planting]] = {}
        for planting in find_plantings(series, dice):
            by_kind.setdefault(planting.kind, []).append(planting)
        for plantings in by_kind.values():
            dice.shuffle(plantings)
            for planting in plantings[:limit]:
                outcome = judge(series, planting)
                if outcome is not None:
                    outcomes.append(outcome)
    return outcomes


def main() -> None:
    """Plant, judge and print counts by kind, with what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("series", nargs="*")
    parser.add_argument("--limit", type=int, default=8, help="plantings of each kind of each series")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    outcomes = run(options.series, limit=options.limit, seed=options.seed)
    for kind in KINDS:
        group = [outcome for outcome in outcomes if outcome.planting.kind == kind]
        found = [outcome for outcome in group if outcome.found is not None]
        severities = {s: sum(o.found == s for o in group) for s in ("error", "warning", "info")}
        strays = sum(len(outcome.strays) for outcome in group)
        print(f"{kind}: {len(found)}/{len(group)} found {severities}; stray errors {strays}")
        for outcome in group:
            planting = outcome.planting
            if outcome.found is None:
                print(f"  missed {planting.series} {planting.report}: {planting.before} -> {planting.after}")
            for stray in outcome.strays:
                print(f"  stray  {planting.before} -> {planting.after}: {stray}")


if __name__ == "__main__":
    main()
