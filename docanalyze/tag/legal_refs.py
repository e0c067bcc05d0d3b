"""References to documents: `Chỉ thị số 27-CT/TU`, `khoản 2 Điều 5 Luật Đất đai` -> `LegalRef` mentions.

The span is the core citation, type word to symbol; `value.full` takes in the tail with the date and
the issuer. What `Nghị định này` points at is left to binding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import msgspec

from docanalyze.core.mention import LegalRef, LegalRefValue
from docanalyze.core.span import Span
from docanalyze.lexicon import Lexicon
from docanalyze.tag.bounds import DASH, GAP, GAP0, fold, word_choice
from docanalyze.tag.legal_ids import LegalId, find_ids, find_standards
from docanalyze.tag.legal_names import find_law_names
from docanalyze.tag.legal_parts import PartRef, find_part_groups, joins_document
from docanalyze.tag.legal_tails import Tail, read_tail

_NUMBER_WORD = rf"(?:s[ốô]{GAP0}[:.]?{GAP0}|SỐ{GAP0}:?{GAP0})"
_LIST_GAP = re.compile(rf"{GAP0}[,;]{GAP0}(?:và{GAP})?(?:số{GAP})?|{GAP}(?:và|hoặc){GAP}(?:số{GAP})?")
_DRAFT = re.compile(rf"dự{GAP}(?:thảo|án){GAP}\Z")
_STANDARD_HEAD = re.compile(
    rf"(?:tiêu|quy){GAP}chuẩn(?:{GAP}kỹ{GAP}thuật)?(?:{GAP}quốc{GAP}gia|{GAP}quốc{GAP}tế|{GAP}việt{GAP}nam|{GAP}cơ{GAP}sở)?{GAP}\Z"
)
_AFTER_NUMBER = re.compile(
    rf"(?={GAP0}(?:[,.;:)”\"\t]|$|\n\n))(?!{GAP0}[.,]\d)|{GAP}(?={DASH}{GAP}|(?:của|về|ngày|và|trên|tại|với|theo|đã|được|là|thì|do|khóa|khoá|cũng|trong|nêu|để|có|đối|như|khi|nếu|chưa|không|thực"
    rf"|này|giai|đến|cho|hoặc|trước|sau|năm{GAP}(?:19|20)\d\d)(?!\w)(?!{GAP0}{DASH}{GAP0}\d))"
)
_LOOK_BACK = 64


@dataclass
class _Found:
    """A document reference before it is joined to its parts."""

    start: int
    end: int
    rule: str
    value: LegalRefValue
    tail: bool = True
    ids: tuple[str, ...] = ()
    full_start: int | None = None


@dataclass(frozen=True)
class _Words:
    types: frozenset[str]
    abbreviations: dict[str, str]
    type_back: re.Pattern[str]
    number_only: re.Pattern[str]
    self_back: re.Pattern[str]
    nicknames: dict[str, dict[str, str]]
    nickname: re.Pattern[str]
    congress: re.Pattern[str]
    relations: list[tuple[str, re.Pattern[str]]]
    not_law: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(lexicon: Lexicon) -> _Words:
    table = lexicon["legal_types"]
    names = [t["name"] for t in table["type"]]
    capital = [n[0].upper() + n[1:] for n in names]
    numbered = [t["name"][0].upper() + t["name"][1:] for t in table["type"] if t.get("numbered", True)]
    nicknames = {n: e for e in lexicon["nicknames"]["nickname"] for n in e["names"]}
    short = "|".join(sorted(table["abbreviations"], key=len, reverse=True))
    return _Words(
        types=frozenset(names),
        abbreviations=dict(table["abbreviations"]),
        type_back=re.compile(
            rf"(?<!\w)(?:(?P<type>(?i:{word_choice(names)}))|(?P<short>{short}))"
            rf"{GAP}(?P<so>(?i:{_NUMBER_WORD})(?P<lost>\d{{1,3}}[ \u00a0])?)?$"
            rf"|(?<!\w)(?P<so2>(?i:{_NUMBER_WORD}))$"
        ),
        number_only=re.compile(
            rf"(?P<type>{word_choice(numbered)}){GAP}(?P<so>số{GAP}:?{GAP0})?(?P<no>\d{{1,4}}[a-z]?)(?![\w/%]|{DASH}\w|[.,]\d|:\d|{GAP}\d)"
        ),
        self_back=re.compile(rf"(?<!\w){word_choice(capital + [n.upper() for n in names])}{GAP}\Z"),
        nicknames=nicknames,
        nickname=re.compile(word_choice(list(nicknames)) + r"(?!\w|[.,/]\d)"),
        congress=re.compile(
            rf"(?:Nghị{GAP}quyết|Kết{GAP}luận){GAP}(?:Hội{GAP}nghị{GAP})?(?:(?:lần{GAP}thứ{GAP}\w+{GAP})?(?:BCH{GAP})?Trung{GAP}ương{GAP}(?P<no>\d{{1,2}})"
            rf"|Đại{GAP}hội(?:{GAP}Đảng)?(?:{GAP}(?:lần{GAP}thứ|khóa))?{GAP}(?=[IVX]))(?:{GAP}?\(?(?:khóa|khoá){GAP}(?P<term>[IVX]+)\)?|(?P<term2>[IVX]+))?(?!\w)"
        ),
        relations=[
            (
                relation,
                re.compile(
                    rf"(?<!\w){word_choice(cues)}{GAP}(?:các{GAP}|(?:một{GAP}số{GAP})?điều{GAP}của{GAP})?\Z"
                ),
            )
            for relation, cues in table["relations"].items()
        ],
        not_law=re.compile(rf"(?:{GAP0},)?{GAP}(?:của{GAP})?{word_choice(table['not_law']['names'])}(?!\w)"),
    )


def find_legal_refs(text: str, lexicon: Lexicon) -> Iterator[LegalRef]:
    """Yield the references of `text` in order, none overlapping, each with the keys that it prints.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [r.value.canonical for r in find_legal_refs("theo Nghị định số 30/2020/NĐ-CP", load_lexicon())]
    ['30/2020/NĐ-CP']
    """
    low = fold(text)
    documents = _find_documents(text, low, lexicon)
    _carry_over(low, documents)
    finished = [_finish(text, low, found, lexicon) for found in documents]
    _share_issuers(low, finished)
    refs = _join_parts(text, low, finished, lexicon)
    refs.sort(key=lambda r: (r.start, -r.end))
    done = 0
    for ref in refs:
        if ref.start >= done:
            done = ref.end
            yield ref


# -- documents ------------------------------------------------------------------------------------


def _find_documents(text: str, low: str, lexicon: Lexicon) -> list[_Found]:
    words = _words(lexicon)
    ids = [_from_id(text, i, words) for i in find_ids(text, lexicon)]
    numbered = [i for i in ids if i is not None]
    found: list[_Found] = []
    found.extend(_from_names(text, low, numbered, lexicon))
    found.extend(numbered)
    for s in find_standards(text):
        value = LegalRefValue(
            type="tiêu chuẩn",
            number=s.number,
            year=s.year,
            symbol=s.symbol,
            canonical=s.canonical,
            system="standard",
        )
        head = _STANDARD_HEAD.search(low, max(0, s.start - 40), s.start)
        found.append(
            _Found(s.start, s.end, "legal.standard", value, False, (), head.start() if head else None)
        )
    found.extend(_find_nicknames(text, words))
    found.extend(_find_number_only(text, words))
    found.extend(_find_selves(text, low, words))
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[_Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return [k for k in kept if k.rule != "legal.none"]


def _from_id(text: str, found: LegalId, words: _Words) -> _Found | None:
    """Return the reference of a number with the type word before it, or None where nothing proves it one."""
    back = words.type_back.search(text, max(0, found.start - _LOOK_BACK), found.start)
    start, kind, printed = found.start, found.type, False
    if back is not None:
        start = back.start()
        if (
            back["type"]
            and back["type"].lower() == "luật"
            and text[max(0, start - 5) : start].endswith(("pháp ", "pháp\n"))
        ):
            start = back.start("so") if back["so"] else found.start  # `văn bản quy phạm pháp luật số …`
        elif back["type"]:
            kind, printed = " ".join(back["type"].split()).lower(), True
            if found.type is not None and found.type != kind:
                # `Thông báo kết luận số 12-TB/TU`: the symbol names the word in front
                front = re.search(_front(found.type), text[max(0, start - _LOOK_BACK) : start])
                if front is not None:
                    start, kind = start - len(front[0]), found.type
        elif back["short"]:
            kind, printed = words.abbreviations[back["short"]], True
        elif found.type is not None and found.issuer is not None:
            # `Nghị định của Chính phủ số 132/2008/NĐ-CP`
            issued = re.search(_front(found.type, found.issuer), text[max(0, start - 2 * _LOOK_BACK) : start])
            if issued is not None:
                start, printed = start - len(issued[0]), True
    if not found.known and not (back is not None and (printed or len(found.symbol) > 2)):
        return None
    if not found.known and " " in found.canonical and not (back is not None and (back["so"] or back["so2"])):
        return None  # the old `43 TC/QLCS` needs the word `số`
    if back is not None and back["lost"]:  # `số 3 7/2003/NĐ-CP`: a gap in the line, not two numbers
        number = back["lost"].strip() + found.number
        raw = text[back.start("lost") : found.end]
        found = found._replace(number=number, canonical=back["lost"].strip() + found.canonical, raw=raw)
    value = LegalRefValue(
        type=kind, number=found.number, year=found.year, symbol=found.symbol, issuer=found.issuer,
        canonical=found.canonical, system=found.system, raw=found.raw,
    )  # fmt: skip
    return _Found(start, found.end, "legal.party-id" if found.system == "party" else "legal.state-id", value)


@lru_cache(maxsize=512)
def _front(kind: str, issuer: str | None = None) -> str:
    """Return the pattern of a type word before a number, up to two words or its issuer between them."""
    name = GAP.join(map(re.escape, kind.split()))
    if issuer is None:
        return rf"(?<!\w)(?i:{name}){GAP}(?:[^\W\d_]+{GAP}){{0,2}}$"
    return rf"(?<!\w)(?i:{name}){GAP}của{GAP}(?i:{GAP.join(map(re.escape, issuer.split()))}){GAP}\Z"


def _from_names(text: str, low: str, ids: list[_Found], lexicon: Lexicon) -> Iterator[_Found]:
    """Yield the laws named in words, each with the number printed after its name, if any."""
    by_start = {i.start: i for i in ids}
    between = re.compile(rf"(?:{GAP0},)?{GAP}")
    for name in find_law_names(text, lexicon):
        value = LegalRefValue(type=name.type, year=name.year, title=name.title, system="state")
        end, rule = name.end, "legal.named-law"
        gap = between.match(text, end)
        numbered = by_start.get(gap.end()) if gap is not None else None
        if (
            numbered is not None
            and numbered.value.symbol
            and re.match(r"(?i:s[ốô]|\d)", text[numbered.start : numbered.start + 2])
        ):
            printed = numbered.value
            value = msgspec.structs.replace(
                value, number=printed.number, year=printed.year, symbol=printed.symbol, issuer=printed.issuer,
                canonical=printed.canonical, raw=printed.raw,
            )  # fmt: skip
            end = numbered.end
        elif not name.listed:
            rule = "legal.named-law-open"
        draft = _DRAFT.search(low, max(0, name.start - 12), name.start) is not None
        yield _Found(
            name.start, end, "legal.draft-law" if draft else rule, value, ids=() if draft else name.ids
        )


def _listed_number(year: int | None, ids: tuple[str, ...]) -> str | None:
    """Return the number that the lexicon has for the law of that year, if it has just one."""
    same = [i for i in ids if year is not None and f"/{year}/" in i]
    return same[0] if len(same) == 1 else None


def _find_nicknames(text: str, words: _Words) -> Iterator[_Found]:
    for found in words.nickname.finditer(text):
        if found.start() and text[found.start() - 1].isalnum():
            continue
        entry = words.nicknames[" ".join(found[0].split())]
        if not entry["type"]:
            yield _Found(*found.span(), "legal.none", LegalRefValue())
            continue
        value = LegalRefValue(
            type=entry["type"], number=entry["number"], canonical=entry.get("canonical"),
            date=entry.get("date"), system="state",
        )  # fmt: skip
        yield _Found(*found.span(), "legal.nickname", value)
    for found in words.congress.finditer(text):
        term = found["term"] or found["term2"]
        kind = "nghị quyết" if found[0].startswith("Nghị") else "kết luận"
        title = " ".join(found[0].split())
        if term or found["no"]:
            yield _Found(
                *found.span(), "legal.nickname",
                LegalRefValue(type=kind, number=found["no"], title=title, system="party"),
            )  # fmt: skip


def _find_number_only(text: str, words: _Words) -> Iterator[_Found]:
    """Yield `Nghị định 30`, `Nghị quyết số 18`: a type in a capital and a number that counts nothing."""
    for found in words.number_only.finditer(text):
        start, end = found.span()
        if start and text[start - 1].isalnum():
            continue
        if not (found["so"] or _AFTER_NUMBER.match(text, end)):
            continue
        number = found["no"]
        if re.fullmatch(r"(?:19|20)\d\d", number) and not found["so"]:
            continue  # `Kế hoạch 2022` is a year
        kind = " ".join(found["type"].split()).lower()
        yield _Found(start, end, "legal.number-only", LegalRefValue(type=kind, number=number))


def _find_selves(text: str, low: str, words: _Words) -> Iterator[_Found]:
    at = low.find("này")
    while at >= 0:
        end = at + 3
        back = words.self_back.search(text, max(0, at - 24), at)
        if back is not None and not text[end : end + 1].isalnum():
            kind = " ".join(back[0].split()).lower()
            yield _Found(back.start(), end, "legal.self", LegalRefValue(type=kind, self=True), False)
        at = low.find("này", end)


def _carry_over(low: str, documents: list[_Found]) -> None:
    """Give the members of a list what one of them prints: the type before it, the symbol after it."""
    for before, here in pairwise(documents):
        carried = before.value.type
        if (
            here.value.type is None
            and here.value.symbol == before.value.symbol
            and carried
            and _LIST_GAP.fullmatch(low, before.end, here.start)
        ):
            here.value = msgspec.structs.replace(here.value, type=carried)
    for here, after in zip(reversed(documents[:-1]), reversed(documents[1:]), strict=True):
        symbol = after.value.symbol
        if here.rule != "legal.number-only" or not symbol or not low[after.start : after.start + 1].isdigit():
            continue
        if _LIST_GAP.fullmatch(low, here.end, after.start):
            source = after.value
            join = "-" if source.canonical == f"{source.number}-{symbol}" else "/"
            here.rule = after.rule
            here.value = msgspec.structs.replace(
                    here.value, symbol=symbol, system=source.system, issuer=source.issuer,
                    canonical=f"{here.value.number}{join}{symbol}",
                )  # fmt: skip
            after.value = msgspec.structs.replace(source, type=here.value.type or source.type)


def _share_issuers(low: str, documents: list[_Found]) -> None:
    """Give the members of a list the issuer printed after the last: `các Quyết định số A và B của X`."""
    for here, after in zip(reversed(documents[:-1]), reversed(documents[1:]), strict=True):
        alike = here.value.type == after.value.type and here.value.symbol == after.value.symbol
        lacks = alike and here.value.symbol and here.value.issuer is None and here.value.full is None
        if lacks and after.value.issuer and _LIST_GAP.fullmatch(low, here.end, after.start):
            here.value = msgspec.structs.replace(here.value, issuer=after.value.issuer)


def _finish(text: str, low: str, found: _Found, lexicon: Lexicon) -> _Found:
    """Return the reference with its tail, and how the words before it relate to it."""
    value = found.value
    tail = read_tail(text, found.end, lexicon) if found.tail else Tail(found.end, None, None)
    start = found.start if found.full_start is None else found.full_start
    relation = None
    for name, cue in _words(lexicon).relations:
        if cue.search(low, max(0, found.start - 48), found.start):
            relation = name
            break
    year = value.year
    if year is None and tail.date is not None and value.type in ("luật", "bộ luật", "pháp lệnh"):
        year = int(tail.date[:4])
    found.value = msgspec.structs.replace(
        value,
        date=tail.date or value.date,
        issuer=tail.issuer or value.issuer,
        year=year,
        canonical=value.canonical or _listed_number(year, found.ids),
        full=Span(start, tail.end) if (start, tail.end) != (found.start, found.end) else None,
        relation=relation,
    )
    return found


# -- parts ----------------------------------------------------------------------------------------


def _join_parts(text: str, low: str, documents: list[_Found], lexicon: Lexicon) -> list[LegalRef]:
    """Return the references of documents and parts, a part and the document after it being one."""
    words = _words(lexicon)
    refs: list[LegalRef] = []
    used: set[int] = set()
    index = 0
    for group in find_part_groups(text, low):
        last = group[-1]
        while index < len(documents) and documents[index].start < last.end:
            index += 1
        document = documents[index] if index < len(documents) else None
        if document is not None and (last.itself or not joins_document(low, last.end, document.start)):
            document = None
        if document is None and words.not_law.match(low, last.end):
            continue
        if document is not None:
            used.add(index)
        for ref in group:
            refs.append(_part_ref(text, ref, document, ref is last))
    refs.extend(
        _mention(text, d.start, d.end, d.rule, d.value) for i, d in enumerate(documents) if i not in used
    )
    return refs


def _part_ref(text: str, ref: PartRef, document: _Found | None, joined: bool) -> LegalRef:
    base = LegalRefValue() if document is None else document.value
    end = document.end if document is not None and joined else ref.end
    full = base.full
    if full is not None:
        full = Span(ref.start, full.end) if joined else None
    value = msgspec.structs.replace(
        base, **ref.keys, range_end=ref.range_end, full=full, self=base.self or ref.itself
    )
    return _mention(text, ref.start, end, "legal.part", value)


def _mention(text: str, start: int, end: int, rule: str, value: LegalRefValue) -> LegalRef:
    return LegalRef(text=text[start:end], start=start, end=end, rule=rule, value=value)
