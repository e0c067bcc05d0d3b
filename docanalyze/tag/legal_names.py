"""Laws by name: `Luật Đất đai (sửa đổi)`, `Bộ luật Dân sự năm 2015`; where such a name ends.

A name goes on in lower case, so its right edge comes from the list of laws, or from what follows:
a year, `(sửa đổi)`, `số …`, `ngày …`, a stop word, the end of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from docanalyze.lexicon import Lexicon
from docanalyze.tag.bounds import DASH, GAP, GAP0

_HEAD = re.compile(
    rf"(?:Bộ{GAP}[Ll]uật|BỘ{GAP}LUẬT|Luật|LUẬT|Pháp{GAP}[Ll]ệnh|PHÁP{GAP}LỆNH)(?={GAP}[\w“\"])"
)
_CONSTITUTION = re.compile(
    rf"Hiến{GAP}pháp(?!{GAP}này)(?:{GAP}nước{GAP}[Cc]ộng{GAP}h(?:òa|oà){GAP}xã{GAP}hội{GAP}chủ{GAP}nghĩa{GAP}Việt{GAP}Nam)?"
    rf"(?:{GAP}(?:năm{GAP})?((?:19|20)\d\d)(?!\d))?"
)
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)?")
_BETWEEN = re.compile(rf"(?:{GAP0}[,;/(“\"]{GAP0}|{GAP}?{DASH}{GAP}?|{GAP})")
_YEAR = re.compile(rf"(?:{GAP}năm{GAP}|{GAP})((?:19|20)\d\d)(?![\d/])(?!{DASH}\d)")
_REVISED = re.compile(
    rf"{GAP}\((?:sửa{GAP}đổi|đã{GAP}sửa{GAP}đổi)(?:,?{GAP}bổ{GAP}sung)?(?:{GAP}năm{GAP}\d{{4}})?\)", re.I
)
_COUNTRY = re.compile(
    rf"{GAP}(?:nước{GAP})?(?:Cộng{GAP}h(?:òa|oà){GAP}xã{GAP}hội{GAP}chủ{GAP}nghĩa{GAP})?Việt{GAP}Nam(?!\w)"
)
_AMENDING = re.compile(
    rf"{GAP}sửa{GAP}đổi(?:{GAP0},)?(?:{GAP}(?:và{GAP})?bổ{GAP}sung)?{GAP}(?:(?:một{GAP}số|các|\d+)(?:{GAP}nội{GAP}dung{GAP}của)?{GAP})?"
    rf"(?:[Đđ]iều(?:{GAP}khoản)?(?:{GAP}\d+(?:(?:,{GAP}|{GAP}và{GAP})(?:Điều{GAP})?\d+)*)?{GAP})?(?:của{GAP})?(?=[BLP])",
    re.I,
)
_AMENDS = re.compile(rf"{GAP}sửa{GAP}đổi(?!\w)", re.I)
# Several laws amended by one: `Luật sửa đổi, bổ sung một số điều của 11 luật liên quan … số …`.
_AMENDED = re.compile(
    r"(?:(?!Nghị định|Thông tư|Quyết định|Điều)[^.;:()\n\t]){8,180}?"
    rf"(?={GAP}(?:ngày{GAP}\d|số{GAP}\d|năm{GAP}(?:19|20)\d\d))"
)
_SURE_AFTER = re.compile(
    rf"(?:{GAP0},)?{GAP}(?:(?:năm{GAP})?(?:19|20)\d\d(?!\d)|ngày{GAP}\d|số{GAP}:?{GAP0}\d|\(sửa)"
)
_DATED_AFTER = re.compile(rf"(?:{GAP0},)?{GAP}(?:ngày{GAP}\d|số{GAP}:?{GAP0}\d{{1,3}}/)")
_CLAUSE_END = re.compile(rf"{GAP0}(?:[.;:)”\"\t\n]|$)")
_LONGEST = 16
_MAY_BE_INSIDE = frozenset(("về", "của", "có", "cho", "với", "tại", "trong", "và"))
"""Stop words that a name may hold if a date or number after it shows where it ends."""
_GAP = re.compile(GAP)
_IN_NAME = re.compile(rf"(?:{GAP0},)?{GAP}")
_NEXT_WORD = re.compile(rf"{GAP}([^\W\d_]+)")
_STOPS = frozenset(
    [
        "này",
        "đã",
        "được",
        "được",
        "có",
        "về",
        "quy",
        "qui",
        "theo",
        "tại",
        "trong",
        "trên",
        "là",
        "thì",
        "khi",
        "nếu",
        "phải",
        "và",
        "hoặc",
        "do",
        "để",
        "từ",
        "đến",
        "cho",
        "ban",
        "mới",
        "căn",
        "với",
        "bị",
        "sẽ",
        "như",
        "nêu",
        "nói",
        "trước",
        "sau",
        "số",
        "ngày",
        "năm",
        "trừ",
        "ngoài",
        "gồm",
        "bao",
        "cũng",
        "chưa",
        "hay",
        "áp",
        "của",
        "mà",
        "vẫn",
        "luôn",
        "chỉ",
        "cần",
    ]
)
_NEXT_CLAUSE = frozenset(
    ("các", "những", "một", "luật", "bộ", "pháp", "nghị", "thông", "quyết", "chỉ", "văn", "hướng", "chính")
).union(("điều", "khoản"))
_NO_LAW_AFTER = frozenset(["gia", "học", "khoa", "pháp", "lệ", "này"])
_NO_LAW_BEFORE = re.compile(
    rf"(?:[Đđ]ại{GAP}học|[Tt]rường|[Kk]hoa|[Nn]gành|[Cc]ử{GAP}nhân|[Cc]ông{GAP}ty|ĐH|[Tt]hạc{GAP}s[ĩỹ]|[Tt]iến{GAP}s[ĩỹ]|(?:Đoàn|[Vv]ăn{GAP}phòng|Hội){GAP}*){GAP}\Z"
)
# Both places of the tone mark are in use: `hoà` and `hòa`, `uỷ` and `ủy`.
_TONES = (
    *zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True),
    *zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True),
    *zip(("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe"), strict=True),
)


class LawName(NamedTuple):
    """A law named without its number; `listed` where the lexicon has the name, so its edge is sure."""

    start: int
    end: int
    type: str
    title: str
    year: int | None
    ids: tuple[str, ...]
    listed: bool


def fold_syllable(word: str) -> str:
    """Return a syllable in lower case with its tone mark in the old place: `Hoà` and `hòa` agree."""
    low = word.lower()
    for new, old in _TONES:
        if low.endswith(new) and not low.startswith("qu"):
            return low[: -len(new)] + old
    return low


@lru_cache(maxsize=8)
def _trie(lexicon: Lexicon) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for law in lexicon["laws"]["law"]:
        node = root
        for word in _WORD.findall(law["name"]):
            node = node.setdefault(fold_syllable(word), {})
        node[""] = law
    return root


def find_law_names(text: str, lexicon: Lexicon) -> Iterator[LawName]:
    """Yield the laws, codes and ordinances that `text` names, and the Constitution, in order.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [n.title for n in find_law_names("theo Luật Đất đai năm 2013 và Luật Nhà ở.", load_lexicon())]
    ['Luật Đất đai', 'Luật Nhà ở']
    """
    done = 0
    for found in _HEAD.finditer(text):
        if found.start() < done or (found.start() and text[found.start() - 1].isalnum()):
            continue
        name = read_law_name(text, found.start(), found.end(), lexicon)
        if name is not None:
            done = name.end
            yield name
    for found in _CONSTITUTION.finditer(text):
        title = " ".join(found[0].split())
        year = int(found[1]) if found[1] else None
        yield LawName(found.start(), found.end(), "hiến pháp", title, year, (), True)


def read_law_name(
    text: str, start: int, after: int, lexicon: Lexicon, *, nested: bool = False
) -> LawName | None:
    """Return the law whose name starts with its head `text[start:after]`, or None without a sure edge."""
    head = " ".join(text[start:after].split()).lower()
    if head == "luật" and _NO_LAW_BEFORE.search(text, max(0, start - 24), start):
        return None
    amending = None if nested else _AMENDING.match(text, after)
    if amending is not None:
        inner_head = _HEAD.match(text, amending.end())
        inner = (
            None
            if inner_head is None
            else read_law_name(text, amending.end(), inner_head.end(), lexicon, nested=True)
        )
        if inner is not None:
            title = " ".join(text[start : inner.end].split())
            return LawName(start, inner.end, head, title, None, (), inner.listed)
    if _AMENDS.match(text, after):
        whole = _AMENDED.match(text, after)
        if whole is None:
            return None
        return LawName(start, whole.end(), head, " ".join(text[start : whole.end()].split()), None, (), False)
    end, law = _listed_end(text, start, lexicon)
    if law is None:
        end = _open_end(text, after)
        if end == after:
            return None
    country = _COUNTRY.match(text, end)
    if country is not None:
        end = country.end()
    title = " ".join(text[start:end].split())
    revised = _REVISED.match(text, end)
    if revised is not None:
        end = revised.end()
    year = _YEAR.match(text, end)
    if year is not None:
        end = year.end()
        revised = revised or _REVISED.match(text, end)
        end = max(end, revised.end() if revised else 0)
    ids = tuple(law["ids"]) if law is not None else ()
    return LawName(start, end, head, title, int(year[1]) if year else None, ids, law is not None)


def _listed_end(text: str, start: int, lexicon: Lexicon) -> tuple[int, dict[str, Any] | None]:
    """Return the end and entry of the longest name of the lexicon at `start`, commas and dashes apart."""
    node = _trie(lexicon)
    best: tuple[int, dict[str, Any] | None] = (start, None)
    at = start
    while True:
        word = _WORD.match(text, at)
        if word is None or (node_next := node.get(fold_syllable(word[0]))) is None:
            return best
        node = node_next
        at = word.end()
        if "" in node:
            end = at + 1 if text[at : at + 1] == ")" and "(" in text[start:at] else at
            best = (end, node[""])
        gap = _BETWEEN.match(text, at)
        if gap is None:
            return best
        at = gap.end()


def _open_end(text: str, after: int) -> int:
    """Return where a name that no list has ends: a year, number, date, stop word or clause end."""
    at = after
    words: list[str] = []
    while len(words) < _LONGEST:
        if words and (_SURE_AFTER.match(text, at) or _CLAUSE_END.match(text, at)):
            return at
        gap = _GAP.match(text, at)
        word = None if gap is None else _WORD.match(text, gap.end())
        if word is None:
            return at if words and words[0][0].isupper() else after
        low = word[0].lower()
        if not words and (low in _NO_LAW_AFTER or low in _STOPS):
            return _dated_end(text, after) or after
        if words and low == "luật" and words[-1].lower() != "pháp":
            return at if words[0][0].isupper() else after  # the next law of a list
        if low in _STOPS and not _goes_on(text, word):
            return _dated_end(text, after) or (at if words[0][0].isupper() else after)
        words.append(word[0])
        at = word.end()
    return after


def _dated_end(text: str, after: int) -> int | None:
    """Return where a name ends that a date or number follows: `Pháp lệnh về thuế nhà, đất số 69/LCT`."""
    at = after
    for count in range(2 * _LONGEST):
        if count and _DATED_AFTER.match(text, at):
            return at
        gap = _IN_NAME.match(text, at)
        word = None if gap is None else _WORD.match(text, gap.end())
        if word is None or (gap is not None and "," in gap[0] and not count):
            return None
        low = word[0].lower()
        if low in _NO_LAW_AFTER or low in _NEXT_CLAUSE or (low in _STOPS and low not in _MAY_BE_INSIDE):
            return None
        following = _NEXT_WORD.match(text, word.end())
        if low == "của" and following is not None and following[1][0].isupper():
            return None  # `của Quốc hội`: who issued it
        at = word.end()
    return None


def _goes_on(text: str, word: re.Match[str]) -> bool:
    """Return whether a stop word is inside a name: `Luật Hôn nhân và gia đình`, not `và các …`."""
    if word[0] != "và":
        return False
    following = _NEXT_WORD.match(text, word.end())
    if following is None:
        return False
    next_word = following[1].lower()
    return next_word not in _STOPS and next_word not in _NEXT_CLAUSE
