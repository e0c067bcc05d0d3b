"""Agreement of two annotators on which figures of successive reports are of one indicator.

Usage: ``python -m corpus.tools.agreement_series [--misses]``.

The second pass (`corpus/agreement/series.txt`) has `== REPORT` before each text of `corpus/series`, marked
anew as they are: `Thu ngân sách {thu:4.215,6 tỷ đồng}`. `corpus/agreement/dev-series.txt` has whole reports
of `corpus/dev` in the same way; the first pass over those are the rows of `series.toml`. Both are scored as
`python -m tests.series` scores a comparison: a link is an indicator in two neighbouring reports that have it,
and the other pass has the link too if one of its indicators holds a figure of each end. Names of indicators
are each pass's own; figures are told apart by their place.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

from corpus.tools.series import DEV, MARKED, MARKS, find_mentions, read_gold
from docanalyze import analyze_report

SECOND = MARKED.parent / "agreement" / "series.txt"
SECOND_DEV = MARKED.parent / "agreement" / "dev-series.txt"

Places = dict[str, dict[int, dict[int, str]]]
"""By indicator and report, the figures at their offsets in the text without marks."""


class Link(NamedTuple):
    """One indicator in two neighbouring reports, and whether the other pass has it.

    `how` is `both`, `unmarked` if the other pass leaves an end without any mark, `otherwise` if it joins
    the ends to something else.
    """

    series: str
    indicator: str
    figures: str
    how: str


class Agreement(NamedTuple):
    """The links of either pass over one series."""

    series: str
    first: list[Link]
    second: list[Link]

    @property
    def recall(self) -> float:
        """The part of the first pass's links that the second has."""
        return _share(self.first)

    @property
    def precision(self) -> float:
        """The part of the second pass's links that the first has."""
        return _share(self.second)


def _share(links: list[Link]) -> float:
    return sum(link.how == "both" for link in links) / max(1, len(links))


def read_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the reports of a second pass and their marked texts."""
    for part in f"\n{path.read_text(encoding='utf-8')}".split("\n== ")[1:]:
        name, _, text = part.partition("\n")
        yield name.strip(), f"{text.strip()}\n"


def read_second(path: Path = SECOND) -> dict[str, list[str]]:
    """Return the marked texts of the second pass by series, in the order of the reports."""
    series: dict[str, list[str]] = {}
    for name, text in read_texts(path):
        series.setdefault(name.rpartition("-")[0], []).append(text)
    return series


def read_first(series: str) -> list[str]:
    """Return the marked texts of the gold of a series, in the order of the reports."""
    paths = sorted(MARKED.glob(f"{series}-[0-9].txt"))
    return [f"{path.read_text(encoding='utf-8').strip()}\n" for path in paths]


def place_marks(texts: list[str]) -> Places:
    """Return the figures of each indicator of marked texts."""
    places: Places = {}
    for number, text in enumerate(texts):
        shift = 0
        for mark in MARKS.finditer(text):
            figures = places.setdefault(mark[1], {}).setdefault(number, {})
            figures[mark.start() - shift] = mark[2]
            shift += len(mark[0]) - len(mark[2])
    return places


def place_rows(reports: list[str], rows: list[list[str]]) -> Places:
    """Return the figures of each row of `series.toml` in the texts of its reports."""
    places: Places = {}
    for number, report in enumerate(reports):
        analysis = analyze_report(DEV / f"{report}.txt", until="bind")
        for name, *figures in rows:
            if figures[number]:
                found = find_mentions(analysis, figures[number])
                mentions = [m for m in analysis.mentions or () if m.id in found]
                places.setdefault(name, {})[number] = {m.start: m.text for m in mentions}
    return places


def compare_passes(series: str, first: Places, second: Places) -> Agreement:
    """Return the links of two passes over a series, each judged by the other.

    Example: with `{thu:486,3 tỷ đồng}` and `{thu:1.012,7 tỷ đồng}` in both passes the link is `both`.
    """
    return Agreement(
        series, list(_judge_links(series, first, second)), list(_judge_links(series, second, first))
    )


def _judge_links(series: str, own: Places, other: Places) -> Iterator[Link]:
    marked = {(n, at) for reports in other.values() for n, figures in reports.items() for at in figures}
    for indicator, reports in own.items():
        for one, two in pairwise(sorted(reports)):
            ends = [(number, at) for number in (one, two) for at in reports[number]]
            if any(
                theirs.get(one, {}).keys() & reports[one].keys()
                and theirs.get(two, {}).keys() & reports[two].keys()
                for theirs in other.values()
            ):
                how = "both"
            else:
                bare = any(marked.isdisjoint(end for end in ends if end[0] == n) for n in (one, two))
                how = "unmarked" if bare else "otherwise"
            figures = " ~ ".join(f"{n + 1}: {' / '.join(reports[n].values())}" for n in (one, two))
            yield Link(series, indicator, figures, how)


def score_series_pass() -> list[Agreement]:
    """Return the agreement on each series of `corpus/series` that has a second pass."""
    return [
        compare_passes(name, place_marks(read_first(name)), place_marks(texts))
        for name, texts in read_second().items()
    ]


def score_dev_pass() -> list[Agreement]:
    """Return the agreement on each series of `corpus/dev` that has a second pass."""
    texts = dict(read_texts(SECOND_DEV))
    return [
        compare_passes(name, place_rows(reports, rows), place_marks([texts[report] for report in reports]))
        for name, reports, rows, _ in read_gold()
        if texts.keys() >= set(reports)
    ]


def show_table(agreements: list[Agreement]) -> str:
    """Return the agreement as a table in Markdown; the last row is all series together."""
    total = Agreement(
        "both series" if len(agreements) == 2 else "all",
        [link for each in agreements for link in each.first],
        [link for each in agreements for link in each.second],
    )
    lines = ["| series | links of the first | of the second | precision | recall | F1 |"]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    for each in (*agreements, total):
        p, r = each.precision, each.recall
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        row = f"{each.series} | {len(each.first)} | {len(each.second)} | {p:.3f} | {r:.3f} | {f1:.3f}"
        lines.append(f"| {row} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Run the command line; the result is the exit code."""
    parser = argparse.ArgumentParser(description="Agreement of two passes over the indicators of series.")
    parser.add_argument("--misses", action="store_true", help="print every link that one pass has alone")
    options = parser.parse_args(arguments)
    tables = [score_series_pass(), score_dev_pass()]
    sys.stdout.write("\n".join(show_table(agreements) for agreements in tables))
    for which in ("first", "second") if options.misses else ():
        for each in chain(*tables):
            for link in getattr(each, which):
                if link.how != "both":
                    told = f"{link.how}: {link.series} {link.indicator} {link.figures}"
                    sys.stdout.write(f"{which} alone, {told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
