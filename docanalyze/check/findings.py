"""Claims to relations and findings: verdict, severity, arithmetic in one line, evidence, suggestion."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from fractions import Fraction

import msgspec

from docanalyze.check.arithmetic import numeral, result_of, write_arithmetic
from docanalyze.check.edits import Edit, find_edits, is_telling
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import judge, says_little
from docanalyze.check.rules import Rule
from docanalyze.check.two_units import print_in_two
from docanalyze.core.figure import Figure
from docanalyze.core.relation import (
    Evidence,
    Finding,
    Operand,
    Relation,
    ReportName,
    Severity,
    Suggestion,
    Text,
    Verdict,
)

_QUOTE = 1000
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND = Fraction(1, 5)
"""A hedge hardly explains that sides are so much apart, as a share of the larger one."""
_OPEN = Text(vi="chỉ danh sách chưa kể hết mới giải thích được", en="only an open list may explain it")
_HEDGED = Text(
    vi="chỉ đúng nếu hiểu từ ước lượng theo nghĩa rộng nhất",
    en="it holds only in the widest sense of the hedge",
)


class Judged(msgspec.Struct):
    """A claim with its verdict; `edits` would each repair it, `severity` is None for what is not told."""

    rule: Rule
    claim: Claim
    verdict: Verdict
    severity: Severity | None = None
    edits: tuple[Edit, ...] = ()
    chosen: Edit | None = None


def judge_claim(rule: Rule, claim: Claim) -> Judged | None:
    """Return a claim with its verdict and severity; None for one that should not be heard of.

    Plain contradictions are errors; what a hedge, an open list, an estimate, OCR or an unsure pairing
    may explain is a warning. An unsure pairing that fails is only told if one misprint would explain it.
    """
    equation = claim.equation
    if equation is None:
        verdict = claim.verdict or "fails"
        told = claim.severity if verdict in ("fails", "suspicious") else None
        return Judged(rule, claim, verdict, told)
    verdict = judge(equation)
    if verdict in ("holds", "holds-by-truncation", "not-checkable"):
        return None if says_little(equation) else Judged(rule, claim, verdict)
    if verdict == "suspicious":
        if claim.sure and _gap(equation) < _BEYOND:
            return Judged(rule, claim, verdict, claim.severity or "warning")
        # No hedge is as wide as that: `hơn 5%` of what is 50 % is a misprint, if one digit explains it.
        plain = claim.sure and equation.form in ("growth", "ratio", "times", "difference", "at-most")
        plain = plain or (claim.tied and _gap(equation) > _BEYOND)
        edits = find_edits(equation) if plain else ()
        listed = () if _has_one_part(equation) else edits
        return Judged(rule, claim, "fails", "warning", listed) if edits else None
    if claim.sure and _has_one_part(equation):
        return Judged(rule, claim, "fails", claim.severity or "error")
    edits = find_edits(equation)
    soft = claim.open or equation.estimate or any(figure.unsure for _, figure in equation.terms)
    if claim.sure:
        if not edits and _gap(equation) > Fraction(1, 2):
            return None
        soft = soft or not (edits or rule.placed)
        severity: Severity = claim.severity or ("warning" if soft else "error")
    elif is_telling(equation):
        severity = "warning"
    else:
        return None
    return Judged(rule, claim, "suspicious" if soft and claim.open else "fails", severity, edits)


def _has_one_part(equation: Equation) -> bool:
    """Return whether one part exceeds its total: whatever it should be, many a digit would do."""
    return equation.form == "at-most" and len(equation.terms) == 2


def _gap(equation: Equation) -> Fraction:
    """Return how far the sides are apart, as a share of the printed one."""
    sides = equation.sides()
    if sides is None:
        return Fraction(0)
    printed, expected = sides.printed.middle(), sides.expected.middle()
    return abs(printed - expected) / max(abs(printed), abs(expected), Fraction(1, 10**6))


def choose_edits(judged: list[Judged]) -> list[Judged]:
    """Return the claims, each failing one with its edit: of the figure that most others fail on, too.

    A figure on which other relations hold is not the one that was misprinted.
    """
    failing: Counter[str] = Counter()
    holding: Counter[str] = Counter()
    repairs: Counter[tuple[str, str]] = Counter()
    for each in judged:
        equation = each.claim.equation
        if equation is None:
            continue
        if each.verdict in ("holds", "holds-by-truncation"):
            holding.update({figure.mention for _, figure in equation.terms})
        elif each.severity is not None:
            failing.update({figure.mention for _, figure in equation.terms})
            repairs.update({(equation.terms[e.at][1].mention, str(e.number)) for e in each.edits})
    for each in judged:
        equation = each.claim.equation
        if equation is None or not each.edits:
            continue
        terms = equation.terms

        def order(edit: Edit, terms: tuple[tuple[str, Figure], ...] = terms) -> tuple[float, ...]:
            name = terms[edit.at][1].mention
            mended = repairs[name, str(edit.number)]
            return holding[name] - failing[name], -mended, edit.rank, edit.miss, edit.at

        each.chosen = min(each.edits, key=order)
    return judged


def write_relation(number: int, judged: Judged, facts: Facts) -> Relation:
    """Return the relation of a judged claim."""
    claim, equation = judged.claim, judged.claim.equation
    operands = claim.mentions
    printed = expected = unit = sides = None
    if equation is not None:
        operands = tuple([(role, figure.mention) for role, figure in equation.terms])
        sides = equation.sides()
        if sides is not None:
            printed, expected = sides.printed.to_interval(), sides.expected.to_interval()
            unit = result_of(equation).dimension or None
    return Relation(
        id=f"r{number}",
        code=claim.code,
        family=judged.rule.family,
        verdict=judged.verdict,
        arithmetic=claim.arithmetic or (write_arithmetic(equation, sides) if equation is not None else ""),
        printed=printed,
        expected=expected,
        unit=unit,
        operands=tuple([Operand(mention=name, role=role) for role, name in operands]),
    )


def write_finding(judged: Judged, relation: Relation, facts: Facts, seen: Counter[str]) -> Finding:
    """Return the finding of a judged claim; `seen` tells equal ones apart."""
    assert judged.severity is not None
    equation = judged.claim.equation
    evidence = tuple(_find_evidence(judged, relation, facts))
    key = "\n".join(
        [relation.code, *(f"{e.role}={' '.join(e.text.split())}" for e in evidence),
         *sorted({" ".join(_WORD.findall(e.quote)).lower() for e in evidence})]
    )  # fmt: skip
    seen[key] += 1
    digest = hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest()[:12]
    suggestion, printed_text = judged.claim.repair, None
    if equation is not None:
        printed_text = numeral(result_of(equation))
        if judged.chosen is not None:
            figure = equation.terms[judged.chosen.at][1]
            two = print_in_two(figure, judged.chosen.number)
            suggestion = Suggestion(
                kind=judged.chosen.kind, mention=figure.mention, value=format(judged.chosen.number, "f"),
                replacement=two[1] if two is not None else judged.chosen.printed,
            )  # fmt: skip
    source = facts.analysis.source
    return Finding(
        id=f"{relation.code}-{digest}",
        report=ReportName(path=source.path, sha256=source.sha256),
        code=relation.code,
        family=relation.family,
        relation=relation.id,
        severity=judged.severity,
        message=_write_message(judged, relation),
        arithmetic=relation.arithmetic,
        printed=relation.printed,
        printed_text=printed_text,
        expected=relation.expected,
        suggestion=suggestion,
        evidence=evidence,
    )


def _find_evidence(judged: Judged, relation: Relation, facts: Facts) -> list[Evidence]:
    found = []
    for operand in relation.operands:
        mention = facts.mentions.get(operand.mention)
        if mention is not None:
            found.append(
                Evidence(
                    mention=mention.id, role=operand.role, start=mention.start, end=mention.end,
                    text=mention.text, page=mention.boxes[0].page if mention.boxes else None,
                    boxes=mention.boxes, quote=_quote(facts, mention.start),
                )
            )  # fmt: skip
    for start, end in judged.claim.places:
        text = facts.analysis.text[start:end]
        sentence = facts.sentence_at(start)
        boxes = () if sentence is None else sentence.boxes
        page = boxes[0].page if boxes else None
        found.append(
            Evidence(role="place", start=start, end=end, text=text, page=page, boxes=boxes,
                     quote=_quote(facts, start))
        )  # fmt: skip
    return found


def _quote(facts: Facts, offset: int) -> str:
    text = facts.analysis.text
    place = facts.cell_at(offset)
    if place is not None:
        table, cell = place
        row = [other.text for other in table.cells if other.row == cell.row and other.text.strip()]
        return _cut(" | ".join(" ".join(each.split()) for each in row))
    sentence = facts.sentence_at(offset)
    if sentence is None:
        return " ".join(text[max(0, offset - 40) : offset + 80].split())
    return _cut(" ".join(" ".join(text[span.start : span.end] for span in sentence.spans).split()))


def _cut(quote: str) -> str:
    return quote if len(quote) <= _QUOTE else quote[:_QUOTE].rsplit(" ", 1)[0] + " …"


def _write_message(judged: Judged, relation: Relation) -> Text:
    rule, note = judged.rule, judged.claim.note
    vi, en = rule.fails.vi, rule.fails.en
    if relation.arithmetic:
        vi, en = f"{vi}: {relation.arithmetic}", f"{en}: {relation.arithmetic}"
    if judged.verdict == "suspicious" and judged.claim.equation is not None:
        why = _OPEN if judged.claim.open else _HEDGED
        vi, en = f"{vi}; {why.vi}", f"{en}; {why.en}"
    if note is not None:
        vi, en = f"{vi}; {note.vi}", f"{en}; {note.en}"
    if judged.chosen is not None and judged.claim.equation is not None:
        figure = judged.claim.equation.terms[judged.chosen.at][1]
        two = print_in_two(figure, judged.chosen.number)
        before, after = two if two is not None else (numeral(figure), judged.chosen.printed)
        vi += f"; có thể {before} phải là {after}"
        en += f"; {before} may have to read {after}"
    return Text(vi=f"{vi}.", en=f"{en}.")
