"""A comparison as one HTML file: findings, series with charts, every point with its quote and page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from docanalyze.core.comparison import Comparison, GrowthClaim, Point, Restatement, Series, Task
from docanalyze.core.errors import Language
from docanalyze.core.relation import Finding
from docanalyze.output.comparison_svg import draw_chart, draw_small
from docanalyze.output.comparison_words import (
    BASES,
    CHANGES,
    FORMS,
    describe_reports,
    group_alike,
    last_change,
    own_points,
    points_like_last,
    unit_of,
    write_change,
    write_period,
    write_score,
    write_value,
)
from docanalyze.output.html_page import build_page
from docanalyze.output.words import SEVERITIES, VERDICTS

_WORDS: dict[str, dict[Language, str]] = {
    "title": {"vi": "So sánh các báo cáo", "en": "Reports side by side"},
    "reports": {"vi": "Báo cáo", "en": "Reports"},
    "findings": {"vi": "Phát hiện", "en": "Findings"},
    "series": {"vi": "Chuỗi số liệu", "en": "Series"},
    "restatements": {"vi": "Số kỳ trước in lại khác", "en": "Restated figures"},
    "claims": {"vi": "Mức tăng, giảm nêu ra và theo chuỗi", "en": "Growth stated and growth given"},
    "references": {"vi": "Văn bản được dẫn", "en": "Documents cited"},
    "tasks": {"vi": "Nhiệm vụ đề ra và kết quả", "en": "Tasks and what became of them"},
    "unmatched": {"vi": "Chỉ tiêu chỉ có trong một báo cáo", "en": "Indicators of one report only"},
    "filter": {"vi": "Lọc theo tên chỉ tiêu…", "en": "Filter by name…"},
    "page": {"vi": "trang", "en": "page"},
    "report": {"vi": "báo cáo", "en": "report"},
    "gap": {"vi": "Thiếu báo cáo của kỳ", "en": "No report for"},
    "added": {"vi": "Mới dẫn", "en": "New"},
    "dropped": {"vi": "Không còn dẫn", "en": "No longer cited"},
    "kept": {"vi": "Vẫn dẫn", "en": "Still cited"},
    "inferred": {"vi": "suy ra từ mức tăng", "en": "inferred from the growth"},
    "explained": {"vi": "có thể do điều chỉnh", "en": "may be a revision"},
    "sound": {"vi": "Không có lỗi hay cảnh báo.", "en": "No errors or warnings."},
    "none": {"vi": "Không có.", "en": "None."},
}
_STATE: dict[str, dict[Language, str]] = {
    "done": {"vi": "đã thực hiện", "en": "done"},
    "under-way": {"vi": "đang thực hiện", "en": "under way"},
    "not-done": {"vi": "chưa đạt", "en": "not done"},
    "told": {"vi": "có nêu", "en": "told of"},
    "silent": {"vi": "không nêu lại", "en": "not mentioned"},
}


def comparison_to_html(comparison: Comparison, language: Language = "vi") -> str:
    """Return the comparison as one page without any outside resource; all that it shows is escaped.

    A chart's point links to the point's row with its quote; nothing needs a script but the filter.
    """
    title = _WORDS["title"][language]
    issuer = comparison.reports[-1].report.issuer or ""
    body = (
        f"<header><h1>{escape(title)}</h1><p>{escape(issuer)}</p></header>"
        f"<main>{''.join(_write_body(comparison, language))}</main>"
    )
    return build_page(title, body, language=language, styles=("comparison.css",), script="comparison.js")


def _write_body(comparison: Comparison, language: Language) -> Iterator[str]:
    yield _open("reports", language)
    yield "<ol class=reports>"
    for line in describe_reports(comparison, language):
        yield f"<li>{escape(line.partition('. ')[2])}</li>"
    yield "</ol>"
    for gap in comparison.gaps:
        yield f"<p class=gap>{_WORDS['gap'][language]} {escape(gap.start)} – {escape(gap.end)}</p>"
    yield "</section>"
    yield _open("findings", language, len(comparison.findings))
    told = [finding for finding in comparison.findings if finding.severity != "info"]
    rest = [finding for finding in comparison.findings if finding.severity == "info"]
    yield "".join(_write_finding(finding, comparison, language) for finding in told) or _none(
        language, "sound"
    )
    if rest:
        yield f"<details><summary>{getattr(SEVERITIES['info'], language)} ({len(rest)})</summary>"
        yield "".join(_write_finding(finding, comparison, language) for finding in rest) + "</details>"
    yield "</section>"
    yield _open("series", language, len(comparison.series))
    yield f'<input id=filter type=search placeholder="{escape(_WORDS["filter"][language])}">'
    for series in comparison.series:
        yield _write_series(series, language)
    yield "</section>"
    yield from _write_lists(comparison, language)


def _open(name: str, language: Language, count: int | None = None) -> str:
    number = "" if count is None else f" <small>{count}</small>"
    return f"<section id={name}><h2>{escape(_WORDS[name][language])}{number}</h2>"


def _none(language: Language, word: str = "none") -> str:
    return f"<p class=none>{_WORDS[word][language]}</p>"


def _where(report: int | None, page: int | None, language: Language) -> str:
    parts = [] if report is None else [f"{_WORDS['report'][language]} {report + 1}"]
    if page is not None:
        parts.append(f"{_WORDS['page'][language]} {page}")
    return f"<span class=where>{', '.join(parts)}</span>"


def _mark(quote: str, text: str) -> str:
    """Return a quote, escaped, with the figure in it marked."""
    figure = " ".join(text.split())
    if not figure:
        return escape(quote)
    before, found, after = quote.partition(figure)
    return f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}" if found else escape(quote)


def _write_finding(finding: Finding, comparison: Comparison, language: Language) -> str:
    message = finding.message.vi if language == "vi" else finding.message.en
    quotes = []
    seen: set[tuple[int | None, str]] = set()
    for evidence in finding.evidence:
        if (evidence.report, evidence.quote) not in seen:
            seen.add((evidence.report, evidence.quote))
            where = _where(evidence.report, evidence.page, language)
            text = evidence.text if evidence.mention is not None else ""
            quotes.append(f"<blockquote>{where} {_mark(evidence.quote, text)}</blockquote>")
    return (
        f'<article class=finding id="{escape(finding.id)}"><span class="badge {finding.severity}">'
        f"{getattr(SEVERITIES[finding.severity], language)}</span> <code>{escape(finding.code)}</code> "
        f"{escape(message)}{''.join(quotes)}</article>"
    )


def _write_series(series: Series, language: Language) -> str:
    factor, unit = unit_of(series)
    own = own_points(series)
    change = last_change(series)
    names = {id(point): f"{series.id}-{number}" for number, point in enumerate(series.points)}
    kind = f"{BASES[series.basis][language]}, {FORMS[series.form][language]}"
    if series.key.endswith("|before"):  # a growth of the same form, over the year before, is another series
        kind += f", {CHANGES['step'][language]}"
    latest = f"{write_value(own[-1].value, factor)} {unit}"
    chart = draw_chart(
        series.points,
        group_alike(own),
        lambda point: write_period(point.period, language),
        lambda value: write_value(value, factor),
        lambda point: names[id(point)],
    )
    likely = f" <span class=likely>≈ {write_score(series.score, language)}</span>" if series.score < 1 else ""
    rows = "".join(
        _write_point(series, number, point, factor, language) for number, point in enumerate(series.points)
    )
    return (
        f'<details class=series id="{series.id}" data-name="{escape(series.indicator.lower())}"><summary>'
        f"<span class=name>{escape(series.indicator)}{likely}</span><span class=kind>{kind}</span>"
        f"<span class=latest>{escape(latest)}</span>"
        f'<span class="change">{escape(write_change(change, factor)) if change is not None else ""}</span>'
        f"{draw_small([point.value for point in points_like_last(series)])}</summary>{chart}"
        f"<table><tbody>{rows}</tbody></table></details>"
    )


def _write_point(series: Series, number: int, point: Point, factor: int, language: Language) -> str:
    told = [
        f"{write_change(change, factor)} {CHANGES[change.kind][language]}"
        for change in series.changes
        if change.to == number
    ]
    estimate = " ≈" if point.estimate else ""
    return (
        f'<tr id="{series.id}-{number}"><td>{write_period(point.period, language)}</td>'
        f"<td class=value>{escape(write_value(point.value, factor))}{estimate}</td>"
        f"<td>{escape('; '.join(told))}</td>"
        f"<td class=quote>{_where(point.report, point.page, language)} "
        f"{_mark(point.quote, point.text)}</td></tr>"
    )


def _write_lists(comparison: Comparison, language: Language) -> Iterator[str]:
    yield _open("restatements", language, len(comparison.restatements))
    yield _table([_restatement(each, language) for each in comparison.restatements], language)
    yield "</section>" + _open("claims", language, len(comparison.claims))
    yield _table([_claim(each, language) for each in comparison.claims], language)
    yield "</section>" + _open("tasks", language, len(comparison.tasks))
    yield _table([_task(each, language) for each in comparison.tasks], language)
    yield "</section>" + _open("references", language)
    for name in ("added", "dropped", "kept"):
        group = getattr(comparison.references, name)
        yield f"<details><summary>{_WORDS[name][language]} ({len(group)})</summary>"
        rows = []
        for each in group:
            where = _where(each.reports[0], each.page, language)
            rows.append([escape(each.text), f"{where} {_mark(each.quote, each.text)}"])
        yield _table(rows, language) + "</details>"
    yield "</section>" + _open("unmatched", language, len(comparison.unmatched))
    rows = [
        [
            escape(each.name), _where(each.report, None, language), escape(each.section or ""),
            escape("; ".join(f"{c.name} ({write_score(c.score, language)})" for c in each.candidates)),
        ]
        for each in comparison.unmatched
    ]  # fmt: skip
    yield f"<details><summary>{len(rows)}</summary>{_table(rows, language)}</details></section>"


def _table(rows: list[list[str]], language: Language) -> str:
    if not rows:
        return _none(language)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tbody>{body}</tbody></table>"


def _restatement(each: Restatement, language: Language) -> list[str]:
    notes = [_WORDS[name][language] for name in ("inferred", "explained") if getattr(each, name)]
    return [
        escape(each.indicator), write_period(each.earlier.period, language),
        f"{_where(each.earlier.report, each.earlier.page, language)} "
        f"{_mark(each.earlier.quote, each.earlier.text)}",
        f"{_where(each.later.report, each.later.page, language)} {_mark(each.later.quote, each.later.text)}",
        escape(", ".join(notes)),
    ]  # fmt: skip


def _claim(each: GrowthClaim, language: Language) -> list[str]:
    low, high = each.given.low, each.given.high
    given = " … ".join(f"{end:.2f}%".replace(".", ",") for end in (low, high) if end is not None)
    return [
        escape(each.indicator), write_period(each.claim.period, language), escape(each.claim.text), given,
        f'<span class="{each.verdict}">{getattr(VERDICTS[each.verdict], language)}</span>',
        f"{_where(each.claim.report, each.claim.page, language)} {_mark(each.claim.quote, each.claim.text)}",
    ]  # fmt: skip


def _task(each: Task, language: Language) -> list[str]:
    answer = (
        ""
        if each.answer is None
        else f"{_where(each.answer_report, each.answer_page, language)} {escape(each.answer)}"
    )
    return [
        f"{_where(each.report, each.page, language)} {escape(each.text)}",
        _STATE[each.state][language],
        answer,
    ]
