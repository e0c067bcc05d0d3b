"""All checks of an analysis: relations that hold or not, findings, and the coverage ledger."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence

import msgspec

from docanalyze.check.facts import Claim, Facts
from docanalyze.check.findings import Judged, choose_edits, judge_claim, write_finding, write_relation
from docanalyze.check.grounds import Held, weigh_grounds
from docanalyze.check.rivals import drop_rivalled
from docanalyze.check.rules import Rule
from docanalyze.core.analysis import Analysis
from docanalyze.core.mention import Ordinal
from docanalyze.core.relation import Coverage, Finding, LedgerEntry, Relation, Severity
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.printed import read_figures

_COUNTED = ("arithmetic", "repeat")
_ORDER = {"error": 0, "warning": 1, "info": 2}


def run_checks(analysis: Analysis, rules: Sequence[Rule], lexicon: Lexicon) -> Analysis:
    """Return the analysis with relations, findings and coverage; findings by severity, then by place."""
    facts = Facts(analysis, lexicon, read_figures(analysis, lexicon))
    judged: list[Judged] = []
    dropped: set[str] = set()
    seen: set[object] = set()
    held: Held = {}
    doubted: list[tuple[Judged, Severity]] = []
    for rule in rules:
        for claim in rule.run(facts):
            key = _identify(claim)
            if key in seen:
                continue
            each = judge_claim(rule, claim)
            if each is not None and each.severity is not None:
                asked = each.severity
                each.severity = weigh_grounds(each, facts, held)
                if each.severity is None and each.verdict == "fails":
                    each = None
                elif asked != "info" and each.severity == "info":
                    doubted.append((each, asked))
            if each is not None:
                seen.add(key)  # one that was not sure enough may be claimed again on better grounds
                if each.severity == "error" and facts.is_scanned(claim):
                    each.severity = "warning"
                judged.append(each)
                if claim.equation is not None and each.verdict == "holds":
                    names = frozenset(figure.mention for _, figure in claim.equation.terms)
                    for name in names:
                        held.setdefault(name, []).append(names)
                    if claim.equation.form == "sum":  # for the rules behind, which ask what adds up
                        facts.memo.setdefault("sums", []).append(claim.equation)
            elif claim.equation is not None:
                dropped.update(figure.mention for _, figure in claim.equation.terms)
    for each, asked in doubted:  # again, by all that holds
        each.severity = asked
        each.severity = weigh_grounds(each, facts, held)
    judged, rivalled = drop_rivalled(judged, facts)
    for each in rivalled:
        if each.claim.equation is not None:
            dropped.update(figure.mention for _, figure in each.claim.equation.terms)
    relations: list[Relation] = []
    findings: list[Finding] = []
    counts: Counter[str] = Counter()
    # What the rules shared goes before the relations come, and each claim with its own: on a thousand
    # pages that is a third of the memory.
    facts.memo.clear()
    seen.clear()
    waiting = deque(choose_edits(judged))
    judged.clear()
    for number in range(1, len(waiting) + 1):
        each = waiting.popleft()
        relation = write_relation(number, each, facts)
        relations.append(relation)
        if each.severity is not None:
            findings.append(write_finding(each, relation, facts, counts))
    findings.sort(key=lambda f: (_ORDER[f.severity], f.evidence[0].start if f.evidence else 0))
    return msgspec.structs.replace(
        analysis,
        relations=tuple(relations),
        findings=tuple(findings),
        coverage=measure_coverage(facts, relations, dropped),
    )


def _identify(claim: Claim) -> object:
    if claim.equation is None:
        return claim.code, claim.mentions, claim.places
    terms = tuple(sorted([(role, figure.mention) for role, figure in claim.equation.terms]))
    return claim.equation.form, terms


def measure_coverage(facts: Facts, relations: Sequence[Relation], dropped: set[str]) -> Coverage:
    """Return for every figure whether it was checked, and if not, why.

    Only operands of arithmetic or repeat relations of at least two printed figures count. Reasons:
    `no-partner` (nothing printed to hold it against), `unsure` (a pairing that failed was not sure).
    """
    states: dict[str, str] = {}
    part_of: dict[str, list[str]] = {}
    for relation in relations:
        names = {operand.mention for operand in relation.operands}
        if relation.family not in _COUNTED or len(names) < 2 or relation.verdict == "not-checkable":
            continue
        failed = relation.verdict in ("fails", "suspicious")
        for name in names:
            part_of.setdefault(name, []).append(relation.id)
            if failed or name not in states:
                states[name] = "fails" if failed else "holds"
    ledger = []
    for name in facts.figures:
        if isinstance(facts.mentions[name], Ordinal):
            continue
        state = states.get(name, "not-checkable")
        reason = None if name in states else "unsure" if name in dropped else "no-partner"
        ledger.append(
            LedgerEntry(mention=name, state=state, reason=reason, relations=tuple(part_of.get(name, ())))  # type: ignore[arg-type]
        )
    return Coverage(
        figures=len(ledger),
        checked=sum(entry.state != "not-checkable" for entry in ledger),
        failed=sum(entry.state == "fails" for entry in ledger),
        ledger=tuple(ledger),
    )
