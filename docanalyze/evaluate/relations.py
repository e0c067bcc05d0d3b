"""Relations and findings against gold: what was related, with which verdict, and what was raised."""

from __future__ import annotations

from msgspec import UNSET

from docanalyze.core.analysis import Analysis
from docanalyze.core.relation import Finding
from docanalyze.evaluate.align import Alignment, Place
from docanalyze.evaluate.scores import Score
from docanalyze.gold.items import Gold, GoldRelation

Places = list[Place]
_WRONG = ("fails", "suspicious")
_CHECKABLE = ("holds", "holds-by-truncation", *_WRONG)


def score_relations(gold: Gold, analysis: Analysis, aligned: Alignment) -> Score | None:
    """Return how many checkable gold relations the analysis has, and with how many the verdict agrees.

    A relation is the same if at least two figures, and at least half of the larger set of figures, are
    the same; relations with fewer than two marked figures are left aside. None without a check stage.
    """
    if analysis.relations is UNSET or analysis.mentions is UNSET:
        return None
    place_of = {m.id: aligned.place(m.start, m.end) for m in analysis.mentions}
    ours = [
        (relation, [place_of[o.mention] for o in relation.operands if o.mention in place_of])
        for relation in analysis.relations
        if relation.verdict != "not-checkable"
    ]
    total = Score(found=sum(_is_placed(places, aligned) for _, places in ours))
    taken: set[int] = set()
    for relation in gold.relations:
        wanted = find_places(gold, relation, aligned)
        if relation.verdict not in _CHECKABLE or len(relation.operands) < 2:
            continue
        best = max(
            ((_share(wanted, places), -at) for at, (_, places) in enumerate(ours) if at not in taken),
            default=(0.0, 0),
        )
        right = best[0] >= 0.5
        agree = False
        if right:
            taken.add(-best[1])
            verdict = ours[-best[1]][0].verdict
            agree = (verdict in _WRONG) == (relation.verdict in _WRONG)
        total += Score(gold=1, right=int(right), near=int(right), values=int(agree))
    return total


def score_findings(gold: Gold, analysis: Analysis, aligned: Alignment) -> Score | None:
    """Return how many failing gold relations were told, and how many errors and warnings are right.

    A finding is right if it stands on at least two figures of a relation that fails in the gold (on
    one, where the gold marks no more). A relation is told by a finding of any severity (a gap in the
    numbering is `info`); what no slip explains is false if it is an error or a warning. `near` counts
    the relations raised as errors. None without a check stage.
    """
    if analysis.findings is UNSET:
        return None
    told = [
        (finding, places)
        for finding in analysis.findings
        if _is_placed(places := _evidence(finding, aligned), aligned)
    ]
    failing = [relation for relation in gold.relations if relation.verdict in _WRONG]
    matched: set[int] = set()
    right = errors = 0
    for relation in failing:
        wanted = find_places(gold, relation, aligned)
        hits = [at for at, (_, places) in enumerate(told) if _stands_on(wanted, places)]
        matched.update(hits)
        right += bool(hits)
        errors += any(told[at][0].severity == "error" for at in hits)
    # Of several findings about one slip, all are right: the false ones are what no slip explains.
    false = sum(at not in matched and told[at][0].severity != "info" for at in range(len(told)))
    return Score(gold=len(failing), found=right + false, right=right, near=errors)


def find_places(gold: Gold, relation: GoldRelation, aligned: Alignment) -> Places:
    """Return where the figures and anchors of a gold relation stand in the other reading."""
    by_id = {mention.id: mention for mention in gold.mentions}
    spans = [(by_id[o.mention].start, by_id[o.mention].end) for o in relation.operands if o.mention in by_id]
    spans += [(anchor.start, anchor.end) for anchor in relation.anchors]
    heads = {section.id: section for section in gold.sections}
    spans += [(heads[name].start, heads[name].end) for name in relation.sections if name in heads]
    return [place for start, end in spans if (place := aligned.find(start, end)) is not None]


def _evidence(finding: Finding, aligned: Alignment) -> Places:
    return [aligned.place(evidence.start, evidence.end) for evidence in finding.evidence]


def _is_placed(places: Places, aligned: Alignment) -> bool:
    return any(aligned.source(place) is not None for place in places)


def _share(wanted: Places, places: Places) -> float:
    """Return the share of figures in common, of the larger set; 0 with fewer than two in common."""
    common = _common(wanted, places)
    return common / max(len(wanted), len(places)) if common >= 2 else 0.0


def _common(wanted: Places, places: Places) -> int:
    return sum(any(a[0] < b[1] and b[0] < a[1] for b in places) for a in wanted)


def _stands_on(wanted: Places, places: Places) -> bool:
    return bool(wanted) and _common(wanted, places) >= min(2, len(wanted))
