"""One document scored against its gold, and two runs compared."""

from __future__ import annotations

from typing import Literal

from docanalyze.core.analysis import Analysis
from docanalyze.core.base import Value, always
from docanalyze.evaluate.align import Alignment
from docanalyze.evaluate.mentions import MentionScores, score_mentions
from docanalyze.evaluate.relations import score_findings, score_relations
from docanalyze.evaluate.scores import Miss, Score, Scores
from docanalyze.evaluate.structure import score_sections, score_sentences, score_tables
from docanalyze.gold.items import Gold


class Run(Value, frozen=True, kw_only=True):
    """The scores of a set of documents as `docanalyze evaluate -o` keeps them; `version` is the tool's."""

    run: Literal[1] = always(1)
    version: str
    documents: tuple[Scores, ...]


class Change(Value, frozen=True, kw_only=True):
    """A mention that one of two runs has right and the other has not; `miss` says what was wrong."""

    what: Literal["gained", "lost"]
    name: str
    miss: Miss


class Changes(Value, frozen=True, kw_only=True):
    """What changed from one run to another.

    `regraded` documents have other gold now, `unmatched` ones are in one of the runs only: both are
    left out of `changes`.
    """

    changes: tuple[Change, ...] = always(())
    regraded: tuple[str, ...] = always(())
    unmatched: tuple[str, ...] = always(())


def evaluate_analysis(gold: Gold, analysis: Analysis) -> Scores:
    """Return how an analysis agrees with the gold of its document.

    The analysis' text need not be the reference text: lines are joined, notes moved, spaces differ.
    The two are aligned over their visible characters. Optional mentions count neither way; what was
    found outside the gold's scope is left aside.

    >>> gold = docanalyze.load_gold("corpus/dev/kim-linh-2024-02.gold.jsonl")  # doctest: +SKIP
    >>> scores = evaluate_analysis(gold, docanalyze.analyze_report(gold.document))  # doctest: +SKIP
    >>> round(scores.kinds["money"].f1, 2)  # doctest: +SKIP
    0.98
    """
    aligned = Alignment(gold.text, analysis.text)
    # Gold of tables alone says nothing of the mentions and sentences in its stretch.
    told = bool(gold.mentions) or gold.complete
    mentions = score_mentions(gold, analysis, aligned) if told else MentionScores()
    return Scores(
        name=gold.name,
        gold=gold.sha256,
        kinds=mentions.kinds,
        keys=dict(sorted(mentions.keys.items())),
        sentences=score_sentences(gold, analysis, aligned) if gold.sentences or gold.complete else Score(),
        sections=score_sections(gold, analysis, aligned),
        cells=score_tables(gold, analysis, aligned),
        relations=score_relations(gold, analysis, aligned),
        findings=score_findings(gold, analysis, aligned),
        negatives=len(gold.negatives),
        negatives_hit=mentions.negatives_hit,
        unaligned=mentions.unaligned,
        unplaced=mentions.unplaced,
        misses=tuple(mentions.misses),
    )


def compare_runs(before: Run, after: Run) -> Changes:
    """Return which mentions were gained and lost from one run to another, document by document.

    A mention is gained if it was missed, had other ends or another value, or was a false alarm, and
    no longer is. Ties are broken by place, so the order is always the same.
    """
    old = {scores.name: scores for scores in before.documents}
    new = {scores.name: scores for scores in after.documents}
    both = [name for name in new if name in old]
    regraded = tuple(name for name in both if old[name].gold != new[name].gold)
    changes: list[Change] = []
    for name in both:
        if name in regraded:
            continue
        were = {_key(miss): miss for miss in old[name].misses}
        are = {_key(miss): miss for miss in new[name].misses}
        changes += [Change(what="gained", name=name, miss=were[key]) for key in were if key not in are]
        changes += [Change(what="lost", name=name, miss=are[key]) for key in are if key not in were]
    return Changes(
        changes=tuple(changes),
        regraded=regraded,
        unmatched=tuple(sorted(old.keys() ^ new.keys())),
    )


def _key(miss: Miss) -> tuple[str, str, int | None, str]:
    side = "found" if miss.what == "false-alarm" else "gold"
    return side, miss.kind, miss.start, miss.text
