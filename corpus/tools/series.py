"""The gold of series: which figure of a report is of which indicator, found in the analyses of the reports.

`corpus/dev/series.toml` names the figures of whole reports, `corpus/series/` holds short texts with marks:
`Thu ngân sách {thu:4.215,6 tỷ đồng}`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docanalyze import Analysis, analyze_bytes, analyze_report

CORPUS = Path(__file__).resolve().parent.parent
DEV = CORPUS / "dev"
MARKED = CORPUS / "series"
_BEFORE = re.compile(r"\[([^\]]+)\] (.+)")
MARKS = re.compile(r"\{(\w+):([^{}]*)\}")


class GoldFinding(NamedTuple):
    """What a comparison should tell: a kind, and the figures of the later and the earlier report."""

    kind: str
    report: int
    figure: str
    mentions: set[str]
    other: int
    others: set[str]


class GoldSeries(NamedTuple):
    """Reports of one body and, by the names of indicators, the ids of their mentions in each report."""

    name: str
    analyses: list[Analysis]
    indicators: list[tuple[str, dict[int, set[str]]]]
    findings: list[GoldFinding]


def read_gold(split: str | None = None) -> Iterator[tuple[str, list[str], list[list[str]], list[list[str]]]]:
    """Yield name, reports, indicators and findings of each series of `corpus/dev`, of a split or of all."""
    table = tomllib.loads((DEV / "series.toml").read_text(encoding="utf-8"))
    for series in table["series"]:
        if split in (None, series["split"]):
            yield series["name"], series["reports"], series["indicators"], series.get("findings", [])


def read_dev_series(split: str | None = None) -> Iterator[GoldSeries]:
    """Yield the series of `corpus/dev`, of a split or of all, analysed."""
    for name, reports, rows, findings in read_gold(split):
        analyses = [analyze_report(DEV / f"{report}.pdf", until="bind") for report in reports]
        indicators = [
            (row[0], {n: find_mentions(analyses[n], text) for n, text in enumerate(row[1:]) if text})
            for row in rows
        ]
        yield GoldSeries(name, analyses, indicators, list(_place_findings(findings, reports, analyses)))


def _place_findings(
    rows: list[list[str]], reports: list[str], analyses: list[Analysis]
) -> Iterator[GoldFinding]:
    for kind, report, figure, other, earlier, *_ in rows:
        one, two = reports.index(report), reports.index(other)
        ones, twos = _look(analyses[one], figure), _look(analyses[two], earlier)
        yield GoldFinding(kind, one, figure, ones, two, twos)


def read_marked_series(split: str | None = None) -> Iterator[GoldSeries]:
    """Yield the series of `corpus/series`, of a split or of all, analysed."""
    table = tomllib.loads((MARKED / "SOURCES.toml").read_text(encoding="utf-8"))
    for series in table["series"]:
        if split not in (None, series.get("split", "tune")):
            continue
        name = series["name"]
        analyses: list[Analysis] = []
        indicators: dict[str, dict[int, set[str]]] = {}
        paths = sorted(MARKED.glob(f"{name}-[0-9].txt"))
        for number, path in enumerate(paths):
            marked = path.read_text(encoding="utf-8")
            analysis = analyze_bytes(MARKS.sub(r"\2", marked).encode(), name=path.name, until="bind")
            analyses.append(analysis)
            for key, ids in find_marks(analysis, marked):
                indicators.setdefault(key, {}).setdefault(number, set()).update(ids)
        findings = _place_findings(series.get("findings", []), [path.stem for path in paths], analyses)
        yield GoldSeries(name, analyses, list(indicators.items()), list(findings))


def find_marks(analysis: Analysis, marked: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the marks of a text with the mentions at their figures; one that no tagger sees has none."""
    at = 0
    for mark in MARKS.finditer(marked):
        figure = re.escape(mark[2])
        found = re.compile(rf"(?<![\d.,]){figure}").search(analysis.text, at)
        if found is None:
            raise ValueError(f"{analysis.source.path}: no figure {mark[2]!r}")
        at = found.end()
        start = found.start()
        yield mark[1], {m.id for m in analysis.mentions or () if m.start <= start < m.end}


def find_mentions(analysis: Analysis, figure: str) -> set[str]:
    """Return the ids of the mentions that a figure of the gold means; raise ValueError for none."""
    found = _look(analysis, figure)
    if not found:
        raise ValueError(f"{analysis.source.path}: no figure {figure!r}")
    return found


def _look(analysis: Analysis, figure: str) -> set[str]:
    """Return the ids of the mentions of a figure; none for one that no tagger sees."""
    if " / " in figure:
        return set().union(*(find_mentions(analysis, each) for each in figure.split(" / ")))
    marked = _BEFORE.fullmatch(figure)
    before, printed = (marked[1], marked[2]) if marked else ("", figure)
    found = set()
    for mention in analysis.mentions or ():
        text, wanted = " ".join(mention.text.split()), printed.replace(" ", "")
        if text.replace(" ", "") != wanted and not text.startswith(f"{printed} "):
            continue
        head = " ".join(analysis.text[max(0, mention.start - 60) : mention.start].split())
        if not before or head.endswith(before):
            found.add(mention.id)
    return found
