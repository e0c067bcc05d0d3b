"""Checks of form: separators, hedges on exact figures, the letterhead, and percentages that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import UNSET

from docanalyze.check.facts import Claim, Facts
from docanalyze.core.figure import Figure
from docanalyze.core.mention import Percent, Quantity, QuantityValue
from docanalyze.core.relation import Severity, Suggestion, Text
from docanalyze.lexicon.forms import form_pattern

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_VIETNAMESE = re.compile(
    r"\d+,\d{1,2}|\d{1,3},\d{4,}|0,\d*[1-9]\d*|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"
)
_ENGLISH = re.compile(
    r"\d+\.\d{1,2}|\d{1,3}\.\d{4,}|0\.\d*[1-9]\d*|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"
)
_SHOWN = 5
_TELLING_DIGITS = 3
_HEDGES = ("more-than", "nearly", "about")
_MAY_FALL_BELOW_ZERO = form_pattern(r"(?<!\w)<balance>(?!\w)", re.IGNORECASE)
_PART_NAMES = {
    "number": Text(vi="số, ký hiệu", en="number"),
    "issuer": Text(vi="tên cơ quan ban hành", en="issuer"),
    "date": Text(vi="ngày tháng ban hành", en="date"),
    "place": Text(vi="địa danh", en="place"),
}


def find_mixed_separators(facts: Facts) -> Iterator[Claim]:
    """Yield the decimals written otherwise than in most of the document.

    What: `12,5%` and `12.5%` in one document, or `1.234.567` and `1,234,567`.
    Why: `1.250` may then be a thousand or one and a quarter, and figures copied from software slip in.
    Tolerance: only numerals that can be read in one way count; one finding a document. Info.
    Example: `tăng 12,5%` in the text and `12.5` in a table.
    """
    commas: list[Figure] = []
    points: list[Figure] = []
    for figure in facts.figures.values():
        found = _NUMERAL.search(figure.text) if "," in figure.text or "." in figure.text else None
        if found is None:
            continue
        if _VIETNAMESE.fullmatch(found[0]):
            commas.append(figure)
        elif _ENGLISH.fullmatch(found[0]):
            points.append(figure)
    fewer, more = sorted((points, commas), key=len)
    if not fewer:
        return
    yield Claim(
        "FRM001",
        severity="info",
        mentions=tuple(("other", figure.mention) for figure in fewer[:_SHOWN]),
        arithmetic=f"{_numeral(fewer[0])} / {_numeral(more[0])}",
        note=Text(
            vi=f"{len(fewer)} số viết khác {len(more)} số còn lại",
            en=f"{len(fewer)} written otherwise than the other {len(more)}",
        ),
    )


def _numeral(figure: Figure) -> str:
    found = _NUMERAL.search(figure.text)
    return found[0] if found else figure.text


def find_exact_hedges(facts: Facts) -> Iterator[Claim]:
    """Yield the counts that look exact behind a hedge.

    What: `hơn`, `gần`, `khoảng` before a whole count of at least three digits that is not rounded.
    Why: either the count is exact and the hedge wrong, or the last digits claim more than is known.
    Tolerance: measured figures and percentages are left aside: `hơn 5,6%` is cut off, not counted. Info.
    Example: `ban hành hơn 2.674 văn bản`.
    """
    for name, figure in facts.figures.items():
        if figure.comparator not in _HEDGES:
            continue
        counted = isinstance(facts.mentions[name], Quantity) and figure.exact and "/" not in figure.dimension
        if not counted or figure.number != figure.high:
            continue
        digits = format(figure.number, "f")
        if len(digits) >= _TELLING_DIGITS and not digits.endswith("0"):
            yield Claim(
                "FRM002",
                severity="info",
                mentions=(("total", name),),
                arithmetic=" ".join(figure.text.split()),
            )


_COMMA_GROUP = re.compile(r"[1-9]\d{0,2},\d{3}")
_POINT_GROUP = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_FEWEST_GROUPED = 3
_SELDOM = 5


def find_broken_counts(facts: Facts) -> Iterator[Claim]:
    """Yield the counts of whole things that are printed with a decimal comma.

    What: `5,248 vụ` in a document that groups thousands by points: five cases and a quarter are none; so
        in `2,318/2.516 hộ`; and groups of thousands that have not three digits: `1.820.3100 tỷ đồng`,
        `23.49,7` in a cell.
    Why: the comma was typed for the point, and the figure is a thousand times too small; or a digit was lost.
    Tolerance: only counted things, three digits behind the comma, no scale and no `per`; silent where
        commas group thousands in more than one of five such numerals of the document.
    Example: `kiểm tra 6.915 vụ, xử lý 5,248 vụ`: 5.248.
    """
    yield from _find_torn(facts)
    yield from _find_misgrouped(facts)
    broken = []
    grouped = 0
    for name, figure in facts.figures.items():
        if "." not in figure.text and "," not in figure.text:
            continue
        numeral = figure.numeral
        if "." in numeral and _POINT_GROUP.fullmatch(numeral):
            grouped += 1
        elif "," in numeral and _COMMA_GROUP.fullmatch(numeral) and _is_whole(facts, name):
            broken.append(figure)
    if grouped < _FEWEST_GROUPED or len(broken) * _SELDOM > grouped + _SELDOM:
        return
    for figure in broken:
        printed = figure.numeral.replace(",", ".")
        yield Claim(
            "FRM004", severity="warning", mentions=(("total", figure.mention),),
            arithmetic=f"{figure.numeral} → {printed}",
            repair=Suggestion(
                kind="separator", mention=figure.mention,
                value=figure.numeral.replace(",", ""), replacement=printed,
            ),
        )  # fmt: skip


_LONGEST_COUNT = 12
_TORN = re.compile(
    r"(?<![\w.,/])(?:(?P<part>[1-9]\d{0,2},\d{3})/[1-9]\d{0,2}(?:\.\d{3})+"
    r"|[1-9]\d{0,2}(?:\.\d{3})+/(?P<whole>[1-9]\d{0,2},\d{3}))(?![\w.,/])"
)


def _find_torn(facts: Facts) -> Iterator[Claim]:
    """Yield fractions of which one count has a comma and the other points: `2,318/2.516 hộ`."""
    text = facts.analysis.text
    for slash in facts.slashes:
        if not text[max(0, slash - 3) : slash].isdecimal():
            continue
        found = _TORN.search(text, max(0, slash - 3 - _LONGEST_COUNT), slash + 1 + _LONGEST_COUNT)
        if found is None or not found.start() < slash < found.end():
            continue
        name = "part" if found["part"] else "whole"
        yield Claim(
            "FRM004", verdict="fails", severity="warning", places=(found.span(),),
            arithmetic=f"{found[name]} → {found[name].replace(',', '.')}",
        )  # fmt: skip


_ODD = r"[1-9]\d{0,2}(?:\.\d{3})*\.(?:\d{3}\.(?:\d{4}|\d{1,2})|(?:\d{4}|\d{1,2})\.\d{3})(?:\.\d{3})*"
_ODD = rf"(?:{_ODD}|[1-9]\d{{0,2}}(?:\.\d{{3}})*\.(?:\d{{4}}|\d{{1,2}})(?:\.\d{{3}})*,\d{{1,3}})"
_MISGROUPED = (
    rf"(?<![\w.,/:-]){_ODD}(?![\w.,/-])(?=[ \u00a0]<amount_unit>(?!\w))|(?<=\t)\(?{_ODD}\)?(?=[\t\n])"
)
"""Before a unit, or as the whole of a cell behind its row's label."""
_ODD_GROUP = re.compile(r"\.(?:\d{4}|\d{1,2}(?!\d))")
_FOUR_BEHIND = re.compile(r"[1-9]\d{0,2}\.\d{4}")


def _find_misgrouped(facts: Facts) -> Iterator[Claim]:
    """Yield numerals with a group of thousands that has too many digits or too few."""
    text, end = facts.analysis.text, 0
    for odd in _ODD_GROUP.finditer(text):
        start = max(end, odd.start() - _LONGEST_COUNT)
        found = form_pattern(_MISGROUPED).search(text, start, odd.end() + _LONGEST_COUNT)
        if found is not None and found.start() < odd.start() < found.end():
            end = found.end()
            yield Claim(
                "FRM004", verdict="fails", severity="warning", places=(found.span(),), arithmetic=found[0],
            )  # fmt: skip
    for name, figure in facts.figures.items():
        if "." not in figure.text or "." not in figure.numeral:
            continue
        value = facts.mentions[name].value
        counted = isinstance(value, QuantityValue) and value.scale is None and value.base is None
        if counted and _FOUR_BEHIND.fullmatch(figure.numeral) and "/" not in figure.dimension:
            yield Claim(
                "FRM004", verdict="fails", severity="warning", mentions=(("total", name),),
                arithmetic=figure.numeral,
            )  # fmt: skip


def _is_whole(facts: Facts, name: str) -> bool:
    """Return whether a figure counts things that come whole, one by one."""
    value = facts.mentions[name].value
    if not isinstance(value, QuantityValue) or value.ambiguous is None:
        return False
    return value.scale is None and value.base is None and value.per is None


def find_missing_parts(facts: Facts) -> Iterator[Claim]:
    """Yield the letterhead that lacks a part which every administrative paper bears.

    What: issuer, number, place and date in the letterhead of a PDF, by Nghị định 30/2020/NĐ-CP.
    Why: without them the report cannot be cited, and copies without them are hard to tell apart.
    Tolerance: only where a letterhead was found in part; drafts, text files and chosen pages are left aside.
        Info.
    Example: `Số: 12/BC-SCN` without `Kim Lĩnh, ngày 20 tháng 6 năm 2023` beside it.
    """
    analysis = facts.analysis
    report = analysis.report
    if report is UNSET or analysis.pages is UNSET or report.draft or "pages" in analysis.tool.options:
        return
    head = next((block for block in analysis.blocks if block.kind == "letterhead"), None)
    parts = {name: getattr(report, name) for name in _PART_NAMES if name not in report.implied}
    missing = [name for name in _PART_NAMES if not parts.get(name)]
    if head is None or not missing or len(missing) > 2:
        return
    names = [_PART_NAMES[name] for name in missing]
    yield Claim(
        "FRM003",
        severity="info",
        places=((head.start, head.end),),
        note=Text(
            vi="thiếu " + ", ".join(name.vi for name in names),
            en="no " + ", no ".join(name.en for name in names),
        ),
    )


_SHARE = re.compile(r"(?<!\w)(?:chiếm|tỷ trọng|tỉ trọng|cơ cấu|trong tổng)(?!\w)", re.IGNORECASE)
_MAY_EXCEED = re.compile(
    r"(?<!\w)(?:công suất|quá tải|vượt|đạt|hoàn thành|kế hoạch|dự toán|chỉ tiêu|so với|bằng|hệ số|tỷ suất)"
    r"(?!\w)",
    re.IGNORECASE,
)
_AS_MUCH = re.compile(
    r"(?<!\w)(?:bằng|đạt|tương đương|tương ứng)(?: với)?(?: (?:hơn|gần|trên|khoảng))?\s*\S+\s?%$"
)


def _is_of_mean(facts: Facts, name: str) -> bool:
    """Return whether a percentage is of an average, which has no shares: not behind `chiếm`."""
    indicator = facts.by_mention.get(name)
    owner = facts.indicators.get((indicator.of if indicator is not None else None) or "")
    of_mean = owner is not None and "/" in facts.figures[owner.mention].dimension
    return of_mean and "chiếm" not in facts.words_before(facts.figures[name])


def find_impossible_percents(facts: Facts) -> Iterator[Claim]:
    """Yield the shares above 100 %, and the falls by more than 100 %.

    What: `chiếm x%` with x above 100, `giảm x%` with x above 100.
    Why: a part is not larger than its whole, and what is counted cannot fall below nothing; often a digit or
        the decimal comma is wrong, or `bằng` was meant.
    Tolerance: profits and balances may fall below zero and are left aside. `đạt 125% kế hoạch` is possible.
    Example: `khu vực dịch vụ chiếm 116,89%`; `giảm 134% so với cùng kỳ`.
    """
    text = facts.analysis.text
    for mention in facts.of_kind(Percent):
        name, figure = mention.id, facts.figures.get(mention.id)
        if figure is None or mention.value.unit != "%" or figure.high <= 100:
            continue
        is_share = mention.value.role == "share"
        is_fall = mention.value.direction == "decrease" and mention.value.role in ("growth", None)
        if not (is_share or is_fall):
            continue
        sentence = facts.sentence_at(mention.start)
        said = text[sentence.start : mention.end] if sentence is not None else ""
        if is_share and _AS_MUCH.search(said):
            continue  # `bằng 103,1% số ước thực hiện`
        plain = is_fall or _SHARE.search(said) is not None
        if not plain and _MAY_EXCEED.search(said):
            continue  # `quá tải ở bệnh viện huyện (112%)`: no word says that it is a part
        if is_share and _is_of_mean(facts, name):
            continue  # `54,25 tạ/ha (100,46%)`: of the yield a year ago
        if is_fall and _MAY_FALL_BELOW_ZERO.search(said):
            continue
        doubtful = figure.comparator is not None or mention.cell is not None or not plain
        severity: Severity = "warning" if doubtful else "error"
        yield Claim(
            "PCT006",
            severity=severity,
            mentions=(("ratio", name),),
            arithmetic=f"{_numeral(figure)}% > 100%",
        )
