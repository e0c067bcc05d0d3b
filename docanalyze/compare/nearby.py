"""The words around a figure of prose: before it, in its unit, after it, and at the head of its sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from docanalyze.compare.names import plain_terms, read_name
from docanalyze.compare.places import find_places
from docanalyze.compare.view import ReportView
from docanalyze.core.analysis import Sentence
from docanalyze.core.mention import Mention, QuantityValue
from docanalyze.core.relation import Indicator
from docanalyze.lexicon import Lexicon

_RUN = re.compile(r"[^\W\d_]+")
_STOP = re.compile(
    r"[,;:.()]|\d|(?<!\w)(?:so với|tăng|giảm|(?<!chưa )(?<!không )đạt(?! chuẩn)|chiếm|bằng|với|trong|trên|gồm"
    r"|là|(?<!chưa )(?<!không )có|và|song|nhưng)(?!\w)"
)
"""What ends the words after a figure; `chưa đạt`, `chưa có công chức thú y` go on."""
_FIGURE = re.compile(r"\d")
_LIST = re.compile(r"(?<=\w{2} )(?:bao )?gồm (?=\w)")
_NEXT = re.compile(r"(?:[,;(:]|\svà)(?:\s(?:chỉ|có|còn|đã|thêm|làm|với))*\s*$")
"""`lấy 1.342 mẫu nước, chỉ 02 mẫu không đạt`: a list goes on; `Hộ tịch: 121 ca khai sinh`: it begins."""
_OF = re.compile(r"\s((?:về|luật|trong lĩnh vực|lĩnh vực)(?:\s[^\W\d_]+){1,3})", re.IGNORECASE)
"""`55 vụ vi phạm về môi trường`, `96 vụ vi phạm Luật Lâm nghiệp`."""
_REMARK = re.compile(r"^\s*\([^()]*\)")
"""Right behind a figure, and so on that: `4.781 tỷ (điều chỉnh trong tháng 8), giải ngân 2.902 tỷ`."""
_BEFORE = 10
_AFTER = 5
_HEAD = 14
_FEW = 2


def name_counted(view: ReportView, indicator: Indicator, mention: Mention, gap: str, name: str) -> str:
    """Return the name of a figure of prose, given what bind has; of one named by the words after it, those.

    So is a count without words before it, and one that follows a comma: `làm 05 người chết, 06 người
    bị thương`.
    """
    name, value = _cut_list(name), mention.value
    counted, unit, rest = False, "", ""
    if isinstance(value, QuantityValue):
        counted = value.base is None
        unit, rest = _read_unit(value.unit, view.lexicon)
    if rest and (of := _OF.match(view.analysis.text, mention.end)) is not None:
        rest = f"{rest} {of[1]}"
    plain = not counted and mention.cell is None and name.count(" ") < _FEW
    if plain and len(read_name(name, view.lexicon).terms) == 1:
        # `trồng được 6.870 ha rừng tập trung`, `nạo vét 12 km kênh`: what is done does not say to what
        return " ".join([name, *_read_after(view, mention)])
    listed = counted and indicator.of is None and _NEXT.search(gap) is not None
    # before a count, who has it does not name it
    before = name
    if name in view.lexicon["series"]["reporter"]["whole"]:  # `cả nước có 142,6 nghìn người`
        before = ""
    elif counted:
        before = _drop_reporters(name, view.lexicon)
    telling = read_name(before, view.lexicon).is_telling
    words = _read_after(view, mention) if listed or not telling else []
    if not words and (telling or listed):
        if telling:
            return f"{name} {rest}".strip()
        return rest or (unit if " " in unit else "")  # `81 người; 57 đảng viên`
    return " ".join([unit, *words] if counted else words)


@lru_cache(maxsize=4096)
def _read_unit(unit: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return the words of a unit, and what it says of the things counted: `vụ`, `tai nạn giao thông`."""
    words = unit.replace(",", "").split()
    compounds = lexicon["wordings"]["compound"]["words"]
    if len(words) > _FEW and " ".join(words) in compounds:
        return " ".join(words), " ".join(words)  # `07 hợp tác xã`
    if len(words) > _FEW and " ".join(words[:2]) in compounds:
        return " ".join(words), " ".join(words[2:])  # `152 tổ chức đảng`
    classified = len(words) == _FEW and words[0] in lexicon["series"]["classifier"]["words"]
    return " ".join(words), " ".join(words[1:]) if len(words) > _FEW or classified else ""


@lru_cache(maxsize=16384)
def _drop_reporters(name: str, lexicon: Lexicon) -> str:
    return _reporters(lexicon).sub(" ", name)


@lru_cache(maxsize=8)
def _reporters(lexicon: Lexicon) -> re.Pattern[str]:
    words = sorted(map(re.escape, lexicon["series"]["reporter"]["words"]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


def name_change(view: ReportView, mention: Mention) -> str:
    """Return the name of a change in a count by the words after it: `giảm 01 người chết`."""
    value = mention.value
    if not isinstance(value, QuantityValue) or value.base is not None:
        return ""
    words = _read_after(view, mention)
    return " ".join([value.unit, *words]) if read_name(" ".join(words), view.lexicon).is_telling else ""


def _cut_list(name: str) -> str:
    """Return a name without the parts of the thing: `doanh nghiệp rút lui gồm tạm ngừng và giải thể`."""
    found = _LIST.search(name) if "gồm " in name else None
    return name[: found.start()] if found is not None else name


class Near(NamedTuple):
    """The telling words around a figure, and those of them that rule others out."""

    words: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()


def read_near(view: ReportView, ends: list[int], mention: Mention) -> Near:
    """Return the telling words before a figure, of its unit, and right after it.

    Before it they reach to the figure before; where none is telling there, to the one before that.
    """
    value = mention.value
    unit = value.unit if isinstance(value, QuantityValue) and value.base is None else ""
    words: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()
    passing = plain_terms(view.lexicon, "measure") | _doings(view.lexicon)
    for piece in filter(None, (unit, " ".join(_read_after(view, mention)))):
        name = read_name(piece, view.lexicon)
        if name.is_telling:
            words |= name.terms
            rivals |= name.rivals
    for end in ends:
        before = view.analysis.text[end : mention.start]
        name = read_name(" ".join(_RUN.findall(_REMARK.sub("", before, count=1))[-_BEFORE:]), view.lexicon)
        if name.is_telling:
            places = find_places(before, view.lexicon)
            rivals = _join_rivals(name.rivals, rivals) if rivals and name.rivals else name.rivals or rivals
            words, rivals = words | name.terms, rivals | places
            if not name.terms <= passing:
                break
    return Near(words, rivals)


@lru_cache(maxsize=8)
def _doings(lexicon: Lexicon) -> frozenset[str]:
    """Return the terms of what is done with a thing that the words before name: `giải ngân`, `thu được`."""
    words = lexicon["cues"]["dealt-with"]["words"]
    return frozenset().union(*(read_name(word, lexicon).terms for word in words))


def _join_rivals(first: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Return words that rule others out with those of further groups: `thu hoạch`, `lúa vụ Đông Xuân`."""
    groups = {word.partition(" ")[0] for word in first}
    return first | {word for word in others if word.partition(" ")[0] not in groups}


def _read_after(view: ReportView, mention: Mention) -> list[str]:
    """Return the words after a figure, up to a mark or a word that begins something else."""
    after = view.analysis.text[mention.end : mention.end + 60]
    stop = _STOP.search(after)
    return _RUN.findall(after[: stop.start()] if stop else after)[:_AFTER]


class Surroundings:
    """The telling words at the head of each sentence, up to its first figure, and of its list item."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._found: dict[str, Near] = {}
        self._blocks: dict[str, Near] = {}
        self._before: dict[str, Near] = {}

    def find(self, sentence: Sentence) -> Near:
        """Return the words around the names of a sentence."""
        found = self._found.get(sentence.id)
        if found is None:
            head = _head(self._view.read_sentence(sentence))
            lead, colon, _ = head.partition(":")
            block = sentence.block or ""
            own = read_name(head, self._view.lexicon)
            if block not in self._blocks:
                item = read_name(lead, self._view.lexicon) if colon else None
                self._blocks[block] = Near(item.terms, item.rivals) if item is not None else Near()
            item_near = self._blocks[block]
            found = Near(own.terms | item_near.words, own.rivals or item_near.rivals)
            if len(own.words) < _FEW:  # `Đến 12/12/2023 giải ngân`: of what, the sentence before says
                before = self._before.get(block, Near())
                found = Near(found.words | before.words, found.rivals or before.rivals)
            self._before[block] = found
            self._found[sentence.id] = found
        return found


def _head(line: str) -> str:
    stop = _FIGURE.search(line, 4)
    return " ".join((line[: stop.start()] if stop else line).split()[:_HEAD])
