"""Checks of citations: the same document cited twice, its symbol, and the order of dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from msgspec import UNSET

from docanalyze.check.citations import (
    Citation,
    group_citations,
    iso_day,
    list_citations,
    printed_day,
    printed_when,
)
from docanalyze.check.facts import Claim, Facts
from docanalyze.core.mention import LegalRef
from docanalyze.core.printing import print_day
from docanalyze.core.relation import Severity, Text
from docanalyze.lexicon import load_lexicon
from docanalyze.lexicon.bodies import Body, do_conflict, read_body

_SHARED = ("UBND", "HĐND")
"""Symbols that bodies of every level bear: without the name of the body, the number says too little."""
_ATTACHED = frozenset(
    {"kế hoạch", "đề án", "chương trình", "quy chế", "quy định", "phương án", "dự án", "quy hoạch", "điều lệ"}
)
"""What is issued with a decision or resolution and often goes by the number of that one."""
_CARRIERS = ("quyết định", "nghị quyết", "thông tư", "nghị định")
_LOOSE = frozenset({"văn bản", "công văn", "công bố"})
_ALIKE = ({"thông báo", "kết luận"}, {"chỉ thị", "chương trình"})
_ACTS = re.compile(
    r"[\s,]*(?:(?:về(?: việc)?|để|nhằm) )?(?:(?:ban hành|tổ chức|tiếp tục) )?"
    r"(?P<act>triển khai thực hiện|thực hiện|triển khai|thi hành|cụ thể hóa|cụ thể hoá"
    r"|quy định chi tiết(?: thi hành)?|hướng dẫn(?: thực hiện| thi hành)?"
    r"|sửa đổi, bổ sung(?: một số điều của)?|sửa đổi|thay thế|bãi bỏ)\s*$"
)
_ACTED_ON = re.compile(
    r"[\s,(]*(?:đã )?được (?:sửa đổi, bổ sung|sửa đổi|bổ sung|thay thế)(?: một số điều)?"
    r" (?:bởi|bằng|theo|tại)\s*$"
)
_FOLLOWED = re.compile(
    r",? (?:[^.;:]{0,60}? )?(?:(?:đã|vừa|kịp thời|chủ động) )*(?:ban hành|xây dựng|tham mưu ban hành) $"
)
_FOLLOWS = re.compile(
    r"(?:^|[.;:\n-]\s*)(?:Thực hiện|Triển khai(?: thực hiện)?|Quán triệt|Căn cứ|Chấp hành|Theo)\s+$"
)
_LATER = Text(vi="văn bản thi hành lại có trước văn bản được thi hành", en="the acting document is older")


def find_other_dates(facts: Facts) -> Iterator[Claim]:
    """Yield the documents that are cited with two dates.

    What: citations with the same number and symbol must bear the same date.
    Why: one of the dates is misprinted, or one of the numbers; the reader finds another document.
    Tolerance: numbers restart (each year for the State, each term for the Party), and UBND and HĐND of
        every level use the same symbols: citations of other bodies, or of other years and days, count
        as other documents. Where the body is not printed with both, it is a warning.
    Example: `Nghị quyết số 14-NQ/ThU, ngày 22/12/2021` and further on `14-NQ/ThU, ngày 12/12/2021`.
    """
    for number, citations in group_citations(list_citations(facts)).items():
        dated = [c for c in citations if c.day is not None]
        if len(dated) < 2:
            continue
        usual = Counter(iso_day(c) for c in dated).most_common(1)[0][0]
        main = next(c for c in dated if iso_day(c) == usual)
        same = [c for c in dated if iso_day(c) == usual]
        if len(same) > 1:
            names = tuple(pair for c in same for pair in c.printed)
            yield Claim(
                "REF001", verdict="holds", mentions=names, arithmetic=f"{number}: {printed_day(main)}"
            )
        for other in dated:
            if iso_day(other) == usual:
                continue
            severity = _weigh_dates(main, other)
            if severity is not None:
                first, second = sorted((main, other), key=lambda c: c.mention.start)
                yield Claim(
                    "REF001",
                    severity=severity,
                    mentions=(*first.printed, *second.printed),
                    arithmetic=f"{number}: {printed_day(first)} ≠ {printed_day(second)}",
                )


def _weigh_dates(a: Citation, b: Citation) -> Severity | None:
    """Return how sure it is that two dates of one number are a contradiction; None: two documents."""
    if a.body is not None and b.body is not None and do_conflict(a.body, b.body):
        return None
    first, second = date.fromisoformat(iso_day(a)), date.fromisoformat(iso_day(b))
    same_day = (first.day, first.month) == (second.day, second.month)
    value = a.mention.value
    if value.year is None and not same_day:
        party = value.system == "party"
        if abs((first - second).days) > 366 if party else first.year != second.year:
            return None
    shared = (value.symbol or "").split("-")[-1] in _SHARED
    if shared and (a.body is None or b.body is None) and not _is_slip(iso_day(a), iso_day(b)):
        return "warning"
    return "error"


def _is_slip(a: str, b: str) -> bool:
    """Return whether two dates differ in one digit, or by two digits that changed places."""
    other = [at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(other) == 1 or (len(other) == 2 and [a[at] for at in other] == [b[at] for at in other[::-1]])


def find_other_issuers(facts: Facts) -> Iterator[Claim]:
    """Yield the documents that are cited as those of two bodies, or as of two types.

    What: citations with the same number and the same date must name the same body and type.
    Why: two documents of one number and day are most unlikely: one of the two names is wrong.
    Tolerance: names are brought to one form (`UBND` = `Ủy ban nhân dân`, `Chủ tịch UBND tỉnh` = `UBND tỉnh`,
        `Ban Thường vụ Tỉnh ủy` = `Tỉnh ủy`); a shorter name agrees with a longer one; names of no known
        kind are left aside.
    Example: `Kế hoạch số 61/KH-UBND ngày 09/3/2022 của UBND tỉnh`, then `… ngày 09/3/2022 của UBND huyện`.
    """
    for number, citations in group_citations(list_citations(facts)).items():
        kinds: dict[tuple[object, ...], Citation] = {}
        for other in citations:
            if other.day is None:
                continue
            for main in kinds.values():
                names = _differ(main, other) if iso_day(main) == iso_day(other) else None
                if names is not None:
                    yield Claim(
                        "REF002",
                        severity="error",
                        mentions=(*main.printed, *other.printed),
                        arithmetic=f"{number}, {printed_day(main)}: {names[0]} ≠ {names[1]}",
                    )
                    break
            kinds.setdefault((iso_day(other), other.body, other.mention.value.type), other)


def _differ(a: Citation, b: Citation) -> tuple[str, str] | None:
    if a.body is not None and b.body is not None and do_conflict(a.body, b.body):
        return a.mention.value.issuer or "", b.mention.value.issuer or ""
    types = a.mention.value.type or "", b.mention.value.type or ""
    alike = types[0].startswith(types[1]) or types[1].startswith(types[0])
    if read_symbol_types(a.mention) or not all(types) or alike:
        return None  # REF003 tells of a type that its own symbol contradicts
    return None if _LOOSE & set(types) or _ATTACHED & set(types) else types


def find_wrong_symbols(facts: Facts) -> Iterator[Claim]:
    """Yield the citations whose type does not go with the symbol in their number.

    What: the word before a number (`Chỉ thị`) must be the type that the symbol stands for (`CT`).
    Why: either the word or the number is wrong, and the document cannot be found.
    Tolerance: in Party papers `QĐ` is `quyết định` or `quy định`; a `Kết luận` may go by the number of its
        `Thông báo`; what is issued with a decision (`đề án`, `kế hoạch`) goes by the decision's number: info,
        as is `công văn` with any symbol, since the word is used for letters of every kind.
    Example: `Chỉ thị số 12/QĐ-UBND ngày 01/02/2022 của UBND tỉnh`.
    """
    for citation in list_citations(facts):
        mention = citation.mention
        said, kinds = mention.value.type, read_symbol_types(mention)
        if said is None or not kinds or any(k.startswith(said) or said.startswith(k) for k in kinds):
            continue
        meant = kinds[0]
        severity = _weigh_types(meant, said, party=mention.value.system == "party")
        if severity is not None:
            yield Claim(
                "REF003",
                severity=severity,
                mentions=(("reference", mention.id),),
                arithmetic=f"{mention.value.canonical} = {meant} ≠ {said}",
            )


def _weigh_types(meant: str, said: str, *, party: bool) -> Severity | None:
    if said == "văn bản" or meant == "văn bản hợp nhất" or any({meant, said} <= pair for pair in _ALIKE):
        return None
    if party and meant == "quyết định" and said == "quy định":
        return None
    if said in _LOOSE or (said in _ATTACHED and meant in _CARRIERS):
        return "info"
    return "error"


def read_symbol_types(mention: LegalRef) -> list[str]:
    """Return the types that the parts of a reference's symbol stand for, if its first part names one.

    The word itself must be printed before the number, as in `Chỉ thị số 27-CT/TU`. Old symbols have the
    type behind the body: `1296/TC/QĐ/CĐKT`.
    """
    if mention.text[:1].isdigit() or not mention.value.symbol:
        return []
    state, party = _symbols()
    parts = re.split(r"[-/.]", mention.value.symbol)
    table = party if mention.value.system == "party" else state
    if len(parts) < 2 or parts[0] not in table:
        return []
    return [table[part] for part in parts if part in table]


@lru_cache(maxsize=1)
def _symbols() -> tuple[dict[str, str], dict[str, str]]:
    rows = load_lexicon()["legal_types"]["type"]
    return (
        {symbol: row["name"] for row in reversed(rows) for symbol in row["state"]},
        {symbol: row["name"] for row in reversed(rows) for symbol in row["party"]},
    )


def find_wrong_bodies(facts: Facts) -> Iterator[Claim]:
    """Yield the citations whose body is not the one that the symbol in their number stands for.

    What: `TT-BTC` is of the Bộ Tài chính, `NQ-HĐND` of a Hội đồng nhân dân.
    Why: either the number or the body is wrong, and the document cannot be found.
    Tolerance: symbols of several bodies, joint documents and names of no known kind are left aside, as is
        `Chính phủ` for its Thủ tướng and `Quốc hội` for its Ủy ban Thường vụ.
    Example: `Thông tư số 80/2021/TT-BTC ngày 29/9/2021 của Bộ Y tế`.
    """
    for citation in list_citations(facts):
        symbol, body = citation.mention.value.symbol or "", citation.body
        parts = symbol.split("-")
        if body is None or len(parts) > 2 or "TTLT" in symbol or "LT" in parts[0]:
            continue
        meant, name = _bodies().get(parts[-1].rstrip("0123456789"), (None, ""))
        if meant is None or body.kind not in {known.kind for known, _ in _bodies().values()}:
            continue
        one, other = meant.kind, body.kind
        agree = one.endswith(other) or other.endswith(one) or not do_conflict(Body(one), Body(other))
        said = "" if agree else f" ≠ {citation.mention.value.issuer}"
        ministries = one.startswith("bộ ") and other.startswith("bộ ")  # one may be the other's successor
        yield Claim(
            "REF007",
            verdict="holds" if agree else "fails",
            severity="warning" if ministries else "error",
            mentions=citation.printed[:1],
            arithmetic=f"{citation.number} = {name}{said}",
        )


@lru_cache(maxsize=1)
def _bodies() -> dict[str, tuple[Body, str]]:
    """Return the bodies that a symbol means, with their names: one alone, or a kind with many of its like."""
    found = {"UBND": (Body("ubnd"), "UBND"), "HĐND": (Body("hđnd"), "HĐND")}
    for row in load_lexicon()["issuers"]["body"]:
        body = read_body(row["name"])
        if row.get("sole") and body is not None:
            found[row["symbol"]] = body, row["name"]
    return found


def find_early_acts(facts: Facts) -> Iterator[Claim]:
    """Yield documents that implement or amend another one, with the order of their dates.

    What: in `A thực hiện B`, `A hướng dẫn B`, `A sửa đổi B`, `B được sửa đổi bởi A` and `Thực hiện B, UBND
        tỉnh ban hành A`, A must not be dated before B.
    Why: what does not exist yet cannot be carried out: one of the dates or numbers is wrong.
    Tolerance: the words between the two references must be those of the relation and nothing else; with one
        date missing, only the years in the numbers are compared.
    Example: `Kế hoạch số 20/KH-UBND ngày 10/3/2022 … thực hiện Chỉ thị số 01/CT-TTg ngày 03/01/2023`.
    """
    citations = list_citations(facts)
    text = facts.analysis.text
    for first, second in pairwise(citations):
        full = first.mention.value.full
        end = max(first.mention.end, full.end if full is not None else 0)
        gap = text[end : second.mention.start] if second.mention.start - end <= 80 else ""
        if not gap or "\n\n" in gap:
            continue
        gap = " ".join(gap.split()) + " "
        if _ACTS.fullmatch(" " + gap):
            later, earlier = first, second
        elif _ACTED_ON.fullmatch(" " + gap) or (
            _FOLLOWED.fullmatch(gap if gap.startswith(",") else " " + gap)
            and _FOLLOWS.search(text[max(0, first.mention.start - 40) : first.mention.start])
        ):
            later, earlier = second, first
        else:
            continue
        order = _compare_dates(later, earlier)
        if order is not None:
            yield Claim(
                "REF004",
                verdict="fails" if order < 0 else "holds",
                severity="error",
                mentions=(*later.printed, *earlier.printed),
                arithmetic=f"{printed_when(later)} {'<' if order < 0 else '>='} {printed_when(earlier)}",
                note=_LATER if order < 0 else None,
            )


def _compare_dates(a: Citation, b: Citation) -> int | None:
    if a.day is not None and b.day is not None:
        return (iso_day(a) > iso_day(b)) - (iso_day(a) < iso_day(b))
    years = [int(iso_day(c)[:4]) if c.day is not None else c.mention.value.year for c in (a, b)]
    return None if years[0] is None or years[1] is None else (years[0] > years[1]) - (years[0] < years[1])


def find_future_references(facts: Facts) -> Iterator[Claim]:
    """Yield the citations that are dated after the report itself.

    What: the date printed with a citation must not be later than the date in the report's letterhead.
    Why: the report cannot know it: the date of the citation or of the report is wrong.
    Tolerance: none; a report without a date is left aside.
    Example: a report of `ngày 19 tháng 12 năm 2022` that cites `Nghị quyết số 48/NQ-HĐND ngày 20/12/2022`.
    """
    report = facts.analysis.report
    if report is UNSET or report.date is None or "date" in report.implied:
        return
    for citation in list_citations(facts):
        if citation.day is None:
            continue
        later = iso_day(citation) > report.date
        yield Claim(
            "REF005",
            verdict="fails" if later else "holds",
            severity="error",
            mentions=citation.printed,
            arithmetic=f"{printed_day(citation)} {'>' if later else '<='} {print_day(report.date)}",
        )


def find_years_in_numbers(facts: Facts) -> Iterator[Claim]:
    """Yield the citations whose number bears another year than their date.

    What: `12/2020/NQ-HĐND` must bear a date in 2020.
    Why: numbers with a year are counted within that year, so one of the two years is misprinted.
    Tolerance: none.
    Example: `Nghị định số 61/2018/NĐ-CP ngày 23/4/2019`.
    """
    for citation in list_citations(facts):
        year = citation.mention.value.year
        if citation.day is not None and year is not None and iso_day(citation)[:4] != str(year):
            yield Claim(
                "REF006",
                severity="error",
                mentions=citation.printed,
                arithmetic=f"{year} ≠ {printed_day(citation)}",
            )
