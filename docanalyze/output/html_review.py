"""Findings as one HTML file that an auditor works with: each beside its page, with its arithmetic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

import msgspec

from docanalyze.core.analysis import Analysis, Section
from docanalyze.core.document import Page
from docanalyze.core.errors import Language
from docanalyze.core.interval import Interval, plain_decimal
from docanalyze.core.printing import print_day
from docanalyze.core.quotes import cut_quote
from docanalyze.core.relation import Coverage, Finding, Relation, Text
from docanalyze.output.html_page import both, build_page, picture_url
from docanalyze.output.words import EDITS, REASONS, SEVERITIES, STATES, WORDS

_HOLDS = ("holds", "holds-by-truncation")


class Reviewed(msgspec.Struct, frozen=True):
    """A checked report to be shown: its findings, those that are gone, and pictures of pages (WebP)."""

    analysis: Analysis
    findings: tuple[Finding, ...]
    gone: tuple[Finding, ...] = ()
    pictures: Mapping[int, bytes] = {}


def write_review(reports: Sequence[Reviewed], *, language: Language = "vi") -> str:
    """Return the HTML of checked reports: coverage first, then findings by severity and section.

    The page is one file without a network; the reader chooses between Vietnamese and English, filters,
    and walks through findings with the keyboard. Text of the reports is shown as text.
    """
    title = "docanalyze: " + ", ".join(report.analysis.source.path for report in reports)
    several = len(reports) > 1
    parts = [_write_tools(reports)]
    for number, report in enumerate(reports):
        parts.append(_write_report(report, f"{number}-" if several else ""))
    return build_page(title, "\n".join(parts), language=language, styles=("review.css",), script="review.js")


def _write_tools(reports: Sequence[Reviewed]) -> str:
    findings = [finding for report in reports for finding in report.findings]
    counts = Counter(finding.severity for finding in findings)
    severities = "".join(
        f'<button type="button" class="{severity}" data-severity="{severity}" aria-pressed="true">'
        f"{both(name)} {counts[severity]}</button>"
        for severity, name in SEVERITIES.items()
        if counts[severity]
    )
    states = Counter(finding.state for finding in findings)
    chosen = "".join(
        f'<button type="button" data-state="{state}" aria-pressed="true">'
        f"{both(STATES[state])} {count}</button>"
        for state, count in states.items()
    )
    return (
        f'<div class="tools screen">{severities}{chosen if len(states) > 1 else ""}'
        '<input id="search" type="search" aria-label="Tìm / Search" placeholder="Tìm / Search">'
        f'<span class="kbd">{_w("keys")}</span>'
        '<span class="right"><button type="button" data-language="vi">Tiếng Việt</button>'
        '<button type="button" data-language="en">English</button></span></div>'
    )


def _write_report(report: Reviewed, prefix: str) -> str:
    pages = "".join(_write_page(report, page, prefix) for page in report.analysis.pages or ())
    alone = "" if pages else ' class="alone"'
    without = "" if pages or not report.analysis.pages else f'<p class="soft">{_w("no-pictures")}</p>'
    return (
        f"{_write_head(report)}<main{alone}><div class='list'>{without}{_write_findings(report, prefix)}"
        f"{_write_gone(report)}{_write_relations(report)}{_write_unchecked(report)}</div>"
        + (f"<div class='pages'>{pages}</div>" if pages else "")
        + "</main>"
    )


def _write_head(report: Reviewed) -> str:
    analysis = report.analysis
    told = analysis.report
    title = ""
    facts = [escape(analysis.source.path)]
    if told is not msgspec.UNSET:
        title = told.title or ""
        day = print_day(told.date) if told.date else None
        facts += [escape(part) for part in (told.issuer, told.number, day) if part]
    coverage = analysis.coverage
    measured = _write_coverage(coverage) if isinstance(coverage, Coverage) else ""
    title = escape(title or analysis.source.path)
    return f"<header><h1>{title}</h1><div class='soft'>{' · '.join(facts)}</div>{measured}</header>"


def _write_coverage(coverage: Coverage) -> str:
    held, failed = coverage.checked - coverage.failed, coverage.failed
    whole = max(coverage.figures, 1)
    share = round(100 * coverage.checked / whole)
    first, second = 1000 * held / whole, 1000 * failed / whole
    bar = (
        '<svg class="bar" viewBox="0 0 1000 8" preserveAspectRatio="none" role="img">'
        f'<rect class="open" width="1000" height="8"/><rect class="held" width="{first:.1f}" height="8"/>'
        f'<rect class="failed" x="{first:.1f}" width="{second:.1f}" height="8"/></svg>'
    )
    told = (
        (
            f"{coverage.checked} / {coverage.figures} ({share} %)",
            _w("checked"),
        ),
        (str(held), _w("agree")),
        (str(failed), _w("disagree")),
        (str(coverage.figures - coverage.checked), _w("not-checkable")),
    )
    return (
        bar
        + '<div class="numbers">'
        + "".join(f"<span><b>{n}</b> {what}</span>" for n, what in told)
        + "</div>"
    )


def _write_findings(report: Reviewed, prefix: str) -> str:
    if not report.findings:
        return f'<p class="empty">{_w("none")}</p>'
    parts = [f'<p class="empty none-left" hidden>{_w("none-left")}</p>']
    for severity, name in SEVERITIES.items():
        grouped: dict[str, list[Finding]] = {}
        for finding in report.findings:
            if finding.severity == severity:
                grouped.setdefault(_find_section(report.analysis, finding), []).append(finding)
        for section, findings in grouped.items():
            heading = f'<span class="badge {severity}">{both(name)}</span> {escape(section)}'
            told = "".join(_write_finding(finding, prefix) for finding in findings)
            parts.append(f'<section class="group"><h2>{heading}</h2>{told}</section>')
    return "".join(parts)


def _find_section(analysis: Analysis, finding: Finding) -> str:
    """Return label and title of the innermost section that a finding's first figure stands in."""
    start = finding.evidence[0].start if finding.evidence else -1
    inside: list[Section] = [s for s in analysis.sections or () if s.start <= start < s.end]
    if not inside:
        return ""
    section = max(inside, key=lambda s: s.level)
    return " ".join(f"{section.label} {section.title}".split())[:120]


def _write_finding(finding: Finding, prefix: str) -> str:
    pages = sorted({e.page for e in finding.evidence if e.page is not None})
    page = f"{_w('page')} {', '.join(map(str, pages))}" if pages else ""
    facts = [(_w("arithmetic"), escape(finding.arithmetic))] if finding.arithmetic else []
    if finding.printed is not None and finding.expected is not None:
        printed = finding.printed_text or write_interval(finding.printed)
        facts.append((_w("printed"), escape(printed)))
        facts.append((_w("expected"), escape(write_expected(finding))))
    if finding.suggestion is not None:
        edit = EDITS[finding.suggestion.kind]
        facts.append(
            (
                _w("suggestion"),
                f"<b>{escape(finding.suggestion.replacement)}</b> ({both(edit)})",
            )
        )
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
    return (
        f'<article class="finding" id="{prefix}{escape(finding.id)}" tabindex="0" '
        f'data-severity="{finding.severity}" data-state="{finding.state}">'
        f'<div class="meta"><span class="badge {finding.severity}">'
        f"{both(SEVERITIES[finding.severity])}</span><b>{escape(finding.code)}</b><span>{page}</span>"
        f'<span class="soft">{both(STATES[finding.state])}</span>'
        f'<span class="soft end">{escape(finding.id)}</span></div>'
        f"<h3>{both(finding.message)}</h3>{''.join(_write_quotes(finding))}<dl>{rows}</dl></article>"
    )


def _write_quotes(finding: Finding) -> Iterator[str]:
    quotes: dict[tuple[int | None, str], list[str]] = {}
    for evidence in finding.evidence:
        quotes.setdefault((evidence.page, evidence.quote), []).append(" ".join(evidence.text.split()))
    several = len({page for page, _ in quotes}) > 1
    for (page, quote), figures in quotes.items():
        pieces = "".join(
            f"<mark>{escape(piece)}</mark>" if marked else escape(piece)
            for piece, marked in cut_quote(quote, figures)
        )
        where = f'<span class="soft">{_w("page")} {page}: </span>' if several and page is not None else ""
        yield f"<blockquote>{where}{pieces}</blockquote>"


def write_expected(finding: Finding) -> str:
    """Return what the other figures give, in the unit of the printed one: `9.060,1` beside `9.200,3` tỷ đồng.

    It is signed as that is printed: `giảm 8.154` has no sign.
    """
    expected, printed = finding.expected, finding.printed
    assert expected is not None
    falls = printed is not None and printed.high is not None and printed.high < 0
    if falls and expected.high is not None and expected.low is not None and expected.high < 0:
        expected = Interval(low=-expected.high, high=-expected.low)
    scale = _find_scale(finding)
    low, high = (None if end is None else plain_decimal(end) / scale for end in (expected.low, expected.high))
    return write_interval(Interval(low=low, high=high))


_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9, 12, 1, 2, 4))


def _find_scale(finding: Finding) -> Decimal:
    """Return what one of the printed figure's unit is in its base unit, as its digits and interval say."""
    printed, text = finding.printed, re.sub(r"[^\d.,]", "", finding.printed_text or "").strip(".,")
    if printed is None or printed.low is None or printed.high is None or not text:
        return _SCALES[0]
    low, high = sorted(abs(plain_decimal(end)) for end in (printed.low, printed.high))
    readings = [text.replace(".", "").replace(",", "."), text.replace(",", "")]
    values = [Decimal(each) for each in readings if each.count(".") < 2]
    return next((s for s in _SCALES for v in values if low <= v * s <= high), _SCALES[0])


def write_interval(interval: Interval) -> str:
    """Return an interval as people read it: one number if its ends are equal, else both ends."""
    low, high = interval.low, interval.high
    if low is None or high is None:
        return f"≥ {_number(low)}" if low is not None else f"≤ {_number(high)}" if high is not None else "?"
    return _number(low) if low == high else f"{_number(low)} – {_number(high)}"


def _number(value: Any) -> str:
    """Return a number in the Vietnamese notation, to three decimals: points part thousands."""
    value = plain_decimal(value)
    text = format(round(value, 3) if value.as_tuple().exponent < -3 else value, ",f")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def _write_gone(report: Reviewed) -> str:
    if not report.gone:
        return ""
    rows = "".join(
        f"<tr><td>{escape(f.code)}</td><td>{both(f.message)}</td><td class='soft'>{escape(f.id)}</td></tr>"
        for f in report.gone
    )
    head = _w("gone")
    return f"<details><summary>{head} ({len(report.gone)})</summary><table>{rows}</table></details>"


def _write_relations(report: Reviewed) -> str:
    analysis = report.analysis
    holding = [r for r in analysis.relations or () if r.verdict in _HOLDS and r.arithmetic]
    if not holding:
        return ""
    pages = {m.id: m.boxes[0].page for m in analysis.mentions or () if m.boxes}
    rows = "".join(_write_relation(relation, pages) for relation in holding)
    head = _w("holding")
    titles = f"<tr><th>{_w('code')}</th><th>{_w('arithmetic')}</th><th>{_w('page')}</th></tr>"
    return f"<details><summary>{head} ({len(holding)})</summary><table>{titles}{rows}</table></details>"


def _write_relation(relation: Relation, pages: Mapping[str, int]) -> str:
    where = sorted({pages[o.mention] for o in relation.operands if o.mention in pages})
    cut = _w("cut-off") if relation.verdict == _HOLDS[1] else ""
    numbers = ", ".join(map(str, where))
    told = f"{escape(relation.arithmetic)}{cut}"
    return f"<tr><td>{relation.code}</td><td>{told}</td><td class='number'>{numbers}</td></tr>"


def _write_unchecked(report: Reviewed) -> str:
    analysis = report.analysis
    if not isinstance(analysis.coverage, Coverage):
        return ""
    open_ones = [entry for entry in analysis.coverage.ledger if entry.state == "not-checkable"]
    if not open_ones:
        return ""
    mentions = {m.id: m for m in analysis.mentions or ()}
    rows = []
    for entry in open_ones:
        mention = mentions[entry.mention]
        before = " ".join(analysis.text[max(0, mention.start - 60) : mention.start].split())
        after = " ".join(analysis.text[mention.end : mention.end + 40].split())
        page = mention.boxes[0].page if mention.boxes else ""
        reason = REASONS.get(entry.reason or "", Text(vi=entry.reason or "", en=entry.reason or ""))
        rows.append(
            f"<tr><td>…{escape(before)} <mark>{escape(mention.text)}</mark> {escape(after)}…</td>"
            f"<td>{both(reason)}</td><td class='number'>{page}</td></tr>"
        )
    head = _w("unchecked")
    titles = f"<tr><th>{_w('figure')}</th><th>{_w('why')}</th><th>{_w('page')}</th></tr>"
    table = f"<table>{titles}{''.join(rows)}</table>"
    return f"<details><summary>{head} ({len(open_ones)})</summary>{table}</details>"


def _write_page(report: Reviewed, page: Page, prefix: str) -> str:
    """Return a page's picture with the evidence of findings boxed; nothing for a page without either."""
    picture = report.pictures.get(page.number)
    if picture is None:
        return ""
    boxes = "".join(_write_boxes(report.findings, page.number, prefix))
    return (
        f'<figure id="{prefix}page-{page.number}"><figcaption>{_w("page")} {page.number}</figcaption>'
        f'<div class="sheet"><img alt="" src="{picture_url(picture, "webp")}">'
        f'<svg viewBox="0 0 {page.width:.2f} {page.height:.2f}" preserveAspectRatio="none">{boxes}</svg>'
        "</div></figure>"
    )


def _write_boxes(findings: Iterable[Finding], page: int, prefix: str) -> Iterator[str]:
    for finding in findings:
        for evidence in finding.evidence:
            for box in evidence.boxes:
                if box.page == page:
                    name = f"{prefix}{escape(finding.id)}"
                    width, height = box.x1 - box.x0 + 2, box.bottom - box.top + 2
                    yield (
                        f'<rect class="{finding.severity}" data-finding="{name}" x="{box.x0 - 1:.2f}" '
                        f'y="{box.top - 1:.2f}" width="{width:.2f}" height="{height:.2f}">'
                        f"<title>{escape(finding.code)}</title></rect>"
                    )


def _w(name: str) -> str:
    return both(WORDS[name])
