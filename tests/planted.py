"""Errors planted in the figures of the corpus: `python -m tests.planted [SOURCE…] --through text|pdf`.

One figure of one holding relation is changed (a digit, two digits swapped, the separator moved, a digit
dropped); the corpus tools recompute the relation, and only changes that break it beyond rounding and
hedge count. Then the whole report is analysed, and the new findings are judged: was an error or
warning raised on the relation (recall), does it stand on the changed figure (localised), does it
suggest what was printed before (suggested)?
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from msgspec import UNSET
from rich.console import Console
from rich.progress import track
from rich.table import Table

from corpus.tools.gold import annotate
from corpus.tools.problems import Problems, SourceError
from corpus.tools.reference import Mention, Reference, place_report
from corpus.tools.relations import Relation, check_relations
from corpus.tools.source import SourceReport, parse_report
from corpus.tools.typeset import typeset_report
from corpus.tools.values import read_numeral
from docanalyze import Analysis, analyze_bytes
from docanalyze.core.relation import Finding
from docanalyze.evaluate.align import Alignment, Place

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
MODES = ("digit", "swap", "separator", "drop")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_SMALL = 100
_UNCHANGED = {"NUMB", "REF", "DATE", "LIST", "COIN", "HEDGE", "IMPL"}
"""Kinds without a printed result that a changed figure contradicts."""


@dataclass(frozen=True)
class Planting:
    """A figure of a report (the operand `at` of the relation `number`) printed otherwise than it was."""

    source: Path
    number: int
    code: str
    role: str
    at: int
    mode: str
    line: int
    before: str
    after: str
    english: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a planting."""

    planting: Planting
    raised: bool
    localised: bool
    suggested: bool


def change_numeral(numeral: str, mode: str, dice: random.Random) -> str | None:
    """Return a numeral with an error of `mode` in it; None if it has no room for one.

    >>> change_numeral("1.179", "separator", random.Random(1))
    '1,179'
    """
    digits = [at for at, char in enumerate(numeral) if char.isdigit()]
    if mode == "digit":
        at = dice.choice(digits)
        low = "1" if at == 0 else "0"
        return (
            numeral[:at]
            + dice.choice([d for d in "0123456789" if d >= low and d != numeral[at]])
            + numeral[at + 1 :]
        )
    if mode == "swap":
        pairs = [
            (a, b) for a, b in pairwise(digits)
            if numeral[a] != numeral[b] and not (a == 0 and numeral[b] == "0")
        ]  # fmt: skip
        if not pairs:
            return None
        a, b = dice.choice(pairs)
        return numeral[:a] + numeral[b] + numeral[a + 1 : b] + numeral[a] + numeral[b + 1 :]
    whole, comma, decimals = numeral.partition(",")
    plain = whole.replace(".", "")
    if mode == "separator":
        if not comma:
            return numeral[::-1].replace(".", ",", 1)[::-1] if numeral.count(".") == 1 else None
        if len(decimals) > 1:
            return f"{_group(plain + decimals[0], whole)},{decimals[1:]}"
        return f"{_group(plain[:-1], whole)},{plain[-1]}{decimals}" if len(plain) > 1 else None
    if len(plain) < 2:
        return None
    at = dice.randrange(1, len(plain))
    return _group(plain[:at] + plain[at + 1 :], whole) + comma + decimals


def _group(digits: str, like: str) -> str:
    if "." not in like and len(like) > 3:
        return digits
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", digits)


def find_plantings(source: Path, dice: random.Random) -> Iterator[Planting]:
    """Yield a planting a mode for each operand of each holding relation of a report."""
    annotated = annotate(source)
    for number, relation in enumerate(annotated.relations):
        if relation.stated.code in _UNCHANGED or relation.verdict not in ("holds", "holds-by-truncation"):
            continue
        for at, (role, mention) in enumerate(relation.operands):
            numeral = _NUMERAL.search(mention.mark.surface)
            if numeral is None or is_undecidable(relation.stated.code, numeral[0]):
                continue
            printed = mention.mark.value.get("number")
            english = printed is not None and Decimal(printed) != read_numeral(numeral[0])
            plain = _turn(numeral[0], english)
            for mode in MODES:
                after = change_numeral(plain, mode, dice)
                if after is not None and read_numeral(after) not in (None, read_numeral(plain)):
                    yield Planting(
                        source, number, relation.stated.code, role, at, mode, mention.mark.line,
                        numeral[0], _turn(after, english), english,
                    )  # fmt: skip


def is_undecidable(code: str, numeral: str) -> bool:
    """Return whether a changed figure could as well be right: a small count that is only printed again.

    `02 xã` here and `32 xã` there may be two things; no arithmetic ties them. All other figures stay in.

    >>> is_undecidable("REP", "02"), is_undecidable("REP", "46,2"), is_undecidable("SUM", "02")
    (True, False, False)
    """
    return code == "REP" and numeral.isdecimal() and int(numeral) < _SMALL


def _turn(numeral: str, english: bool) -> str:
    """Return a numeral with point and comma exchanged if it is printed as `1,234.5`."""
    return numeral.translate(str.maketrans(".,", ",.")) if english else numeral


def plant(planting: Planting) -> tuple[SourceReport, Reference, Relation] | None:
    """Return the changed report with the relation recomputed; None if its relation still holds.

    None too where the figure stands twice on its line, so that the change has no certain place.
    """
    lines = planting.source.read_text(encoding="utf-8").split("\n")
    raw = lines[planting.line - 1]
    places = list(re.finditer(rf"(?<![\d.,=]){re.escape(planting.before)}(?![\d]|[.,]\d)", raw))
    if len(places) != 1:
        return None
    head, tail = raw[: places[0].start()], raw[places[0].end() :]
    old, new = (read_numeral(_turn(n, planting.english)) for n in (planting.before, planting.after))
    number = re.compile(rf"(\|[^⟧|]*?\bnumber=){re.escape(str(old))}(?=[\s⟧])")
    lines[planting.line - 1] = head + planting.after + number.sub(rf"\g<1>{new}", tail, count=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / planting.source.name
        path.write_text("\n".join(lines), encoding="utf-8")
        try:
            report = parse_report(path)
        except SourceError:  # a bracket or a sign that the format asks to be marked by hand
            return None
    reference = place_report(report)
    date = report.header.letterhead.get("date") or report.header.cutoff
    relations = check_relations(report.relations, reference, date, Problems(path))
    relation = relations[planting.number]
    return (report, reference, relation) if relation.verdict == "fails" else None


def judge(planting: Planting, known: frozenset[str], *, through: str) -> Outcome | None:
    """Return what the findings say of a planting; None if it breaks nothing."""
    planted = plant(planting)
    if planted is None:
        return None
    report, reference, relation = planted
    analysis = analyze(report, reference, through=through)
    aligned = Alignment(reference.text, analysis.text)
    places = [_place(aligned, mention) for _, mention in relation.operands]
    new = [finding for finding in raised(analysis) if describe(finding) not in known]
    hits = [f for f in new if any(_stands_on(f, aligned, place) for place in places)]
    local = [f for f in hits if _stands_on(f, aligned, places[planting.at])]
    old = read_numeral(_turn(planting.before, planting.english))
    right = any(
        f.suggestion is not None and Decimal(f.suggestion.value) == old
        and _is_at(analysis, f.suggestion.mention, aligned, places[planting.at])
        for f in local
    )  # fmt: skip
    return Outcome(planting, bool(hits), bool(local), right)


def analyze(report: SourceReport, reference: Reference, *, through: str) -> Analysis:
    """Return the analysis of a report of the corpus, from its text or from its typeset PDF."""
    if through == "pdf":
        return analyze_bytes(typeset_report(report), name="planted.pdf")
    return analyze_bytes(reference.text.encode(), name="planted.txt")


def raised(analysis: Analysis) -> list[Finding]:
    """Return the errors and warnings of an analysis."""
    return [] if analysis.findings is UNSET else [f for f in analysis.findings if f.severity != "info"]


def describe(finding: Finding) -> str:
    """Return what makes a finding the same one in the unchanged report."""
    return finding.code + "|".join(sorted(evidence.text for evidence in finding.evidence))


def _place(aligned: Alignment, mention: Mention) -> Place | None:
    return aligned.find(mention.mark.start, mention.mark.end)


def _stands_on(finding: Finding, aligned: Alignment, place: Place | None) -> bool:
    spots = [aligned.place(evidence.start, evidence.end) for evidence in finding.evidence]
    return place is not None and any(low < place[1] and place[0] < high for low, high in spots)


def _is_at(analysis: Analysis, name: str, aligned: Alignment, place: Place | None) -> bool:
    mentions = () if analysis.mentions is UNSET else analysis.mentions
    mention = next((m for m in mentions if m.id == name), None)
    if mention is None or place is None:
        return False
    low, high = aligned.place(mention.start, mention.end)
    return low < place[1] and place[0] < high


def run(sources: list[Path], *, through: str, limit: int, seed: int) -> list[Outcome]:
    """Return the outcomes of `limit` plantings (0: all), drawn evenly with a fixed seed."""
    dice = random.Random(seed)
    plantings: list[Planting] = []
    known: dict[Path, frozenset[str]] = {}
    for source in sources:
        annotated = annotate(source)
        whole = analyze(annotated.source, annotated.reference, through=through)
        known[source] = frozenset(describe(finding) for finding in raised(whole))
        in_table = [
            any(mention.table is not None for _, mention in relation.operands)
            for relation in annotated.relations
        ]
        plantings += [
            p for p in find_plantings(source, dice) if through == "pdf" or not in_table[p.number]
        ]  # fmt: skip
    dice.shuffle(plantings)
    outcomes: list[Outcome] = []
    for planting in track(plantings, console=Console(stderr=True), transient=True):
        outcome = judge(planting, known[planting.source], through=through)
        if outcome is not None:
            outcomes.append(outcome)
            if limit and len(outcomes) >= limit:
                break
    return outcomes


def summarise(outcomes: list[Outcome]) -> dict[str, dict[str, float]]:
    """Return counts and shares by code, by mode and for all."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for name in (outcome.planting.code, f"mode {outcome.planting.mode}", "all"):
            groups.setdefault(name, []).append(outcome)
    return {
        name: {
            "planted": len(group),
            "recall": sum(o.raised for o in group) / len(group),
            "localised": sum(o.localised for o in group) / len(group),
            "suggested": sum(o.suggested for o in group) / len(group),
        }
        for name, group in sorted(groups.items())
    }


def main() -> None:
    """Plant, judge and print a table; `--json` prints the misses too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="*", type=Path, help="sources (default: all of corpus/dev)")
    parser.add_argument("--through", choices=("text", "pdf"), default="text")
    parser.add_argument("--limit", type=int, default=0, help="stop after so many that break their relation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sources = options.sources or sorted((CORPUS / "dev").glob("*.report"))
    outcomes = run(sources, through=options.through, limit=options.limit, seed=options.seed)
    table = summarise(outcomes)
    if options.json:
        missed = [
            {**vars(o.planting), "source": o.planting.source.name, "raised": o.raised,
             "localised": o.localised, "suggested": o.suggested}
            for o in outcomes if not o.suggested
        ]  # fmt: skip
        print(json.dumps({"scores": table, "missed": missed}, ensure_ascii=False, indent=1))
        return
    shown = Table("relation", "planted", "recall", "localised", "suggested")
    for name, row in table.items():
        shares = (f"{row[key]:.3f}" for key in ("recall", "localised", "suggested"))
        shown.add_row(name, str(row["planted"]), *shares)
    Console().print(shown)


if __name__ == "__main__":
    main()
