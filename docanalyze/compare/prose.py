"""Figures in sentences: named by the words before and after them, in the order of the text."""

from __future__ import annotations

import re
from functools import partial

from docanalyze.compare.draft import NAMELESS, NOTHING_NEAR, Draft, read_clause
from docanalyze.compare.in_turn import InTurn
from docanalyze.compare.names import Name, plain_terms, read_name
from docanalyze.compare.nearby import Near, Surroundings, name_change, name_counted, read_near
from docanalyze.compare.observation import PERCENT
from docanalyze.compare.periods import place_periods, place_within
from docanalyze.compare.seasons import add_season
from docanalyze.compare.view import ReportView
from docanalyze.core.analysis import Sentence
from docanalyze.core.mention import Mention, Period, QuantityValue
from docanalyze.lexicon.cues import cue_pattern
from docanalyze.lexicon.stretches import PlacedPeriod

_PLANS = ("kế hoạch", "dự toán", "chỉ tiêu")
_WHEN = re.compile(r"(?<!\w)(?:cùng kỳ|trước|kế hoạch|dự toán|năm|tháng|quý|kỳ|so)(?!\w)")
_PACE = frozenset(("toc_do", "tang_truong"))
_RATES = ("tỷ lệ", "tỉ lệ", "tỷ suất", "tỉ suất", "công suất")
_MONEY = "dự toán"
"""The plan of money alone."""
_ASIDE = ("recipients", "signature", "letterhead", "form", "title", "basis")
_RUN = re.compile(r"[^\W\d_]+")
_CUT = re.compile(
    r"(?:(?:cắt|tiết) giảm(?: được)?|giảm (?:chi|trừ|thanh toán|cấp phát)(?: [^\W\d_]+){0,4})\s*$",
    re.IGNORECASE,
)
"""What is cut is an amount, no change in one: `kiến nghị giảm chi thường xuyên 92.465 triệu đồng`."""
_CLOSED = re.compile(r"[^()]*?\d(?:\s*[:,]\s*|\s+)(?:là |đạt |có |ước )?\d[^()]*\)")
_OTHER = re.compile(r"(?<!\w)(?:cùng|trước|kế hoạch|dự toán|năm|tháng|quý|kỳ|vụ|đầu|cuối|so|từ)(?!\w)")
_CODE = re.compile(r"\(\s*(?:tỷ lệ |chỉ số |hệ số )?([A-ZĐ]{3,6})\s*(?:là|đạt|ở mức|=|:)?\s*$")
"""What has a code of its own in brackets: `chi phí hoạt động 1.518,2 tỷ đồng (CIR 45,3%)`."""
_OF = re.compile(r"\s*(?:chiếm|đạt|bằng|tăng|giảm|tương|tỷ lệ|tỉ lệ|trong|và|vượt|hoàn|còn|gấp)(?!\w)")
_GROWN = re.compile(r"[,;]\s+(\D{3,80}?)\s+(?:ước |chỉ |đã |đều )?(?:tăng|giảm)(?:\s\w+){0,2}\s*$")
_LED = re.compile(r"^(?:trong|riêng|cụ thể|nhờ|do)(?!\w)[^,:]*[,:] ")
_AIM = re.compile(
    r"^(?:(?:phấn đấu|tiếp tục|tập trung|hoàn thành|bảo đảm|đảm bảo|duy trì|nâng|đưa|giữ|thực hiện|chuẩn bị"
    r"|vượt|triển khai|kế hoạch|chỉ tiêu|mục tiêu|dự toán|đạt|tối thiểu|ít nhất|thêm)\s+)+(?=\w)"
)
"""What is to be done with what an aim measures: `phấn đấu hoàn thành kế hoạch trồng 11.000 ha rừng`."""
_BACK = 3
_REMARK = re.compile(r"\s*\([^()]*\)")
_BEFORE = re.compile(
    r"[\s,;(:]*(?:trong khi |còn )?cùng (?:kỳ|thời điểm)(?: năm (?:trước|\d{4}))? (?!tăng|giảm|chiếm|so)",
    re.IGNORECASE,
)
"""`đạt 98,7 tỷ đồng, cùng kỳ giải ngân 71,5 tỷ đồng`: the second is of a year before."""
_GAP = 200
_OWN = 8
_CUT_WORDS = 4
_AFTER = 6


class Prose:
    """The sentences of a report, read figure by figure: where the last ones ended, what the last is of."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._text = view.analysis.text
        self._periods = _place_sentences(view)
        self._heads = Surroundings(view)
        self._turns = InTurn(view)
        self._against = cue_pattern(view.lexicon, "base", "against")
        self._planned = {each.of for each in view.indicators if each.basis == "plan-ratio"}
        self._within: Sentence | None = None
        self._aside, self._around = False, NOTHING_NEAR
        self._before: Draft | None = None
        self._last = self._amount_end = -1
        self._sentence: str | None = None
        self._remarks: set[int] = set()
        self._ends: list[int] = []
        self._spoken = NAMELESS
        self._spoken_in: str | None = None

    def read(self, draft: Draft) -> bool:
        """Fill in what the sentence of a figure says of it; return False where no figures are reported."""
        view, at, mention = self._view, draft.at, draft.mention
        sentence = view.sentence_at(at)
        if sentence is not None:
            if sentence is not self._within:
                self._within = sentence
                self._aside = view.block_kinds.get(sentence.block or "") in _ASIDE
                self._around = NOTHING_NEAR if self._aside else self._heads.find(sentence)
            if self._aside:
                return False
            draft.section, draft.block, draft.context = sentence.section, sentence.block, self._around
        begin = self._last if 0 <= at - self._last < _GAP else at - 1
        if mention.sentence != self._sentence:
            self._sentence = mention.sentence
            self._ends = [sentence.start if sentence is not None else begin]
        draft.gap = self._text[begin:at]
        draft.words = self._text[max(self._last, self._ends[-1]) : at]
        draft.periods = self._find_periods(mention, at, begin)
        self._find_kind_and_name(draft)
        if sentence is not None and draft.kind in ("level", "plan") and draft.name.words:
            start = view.block_starts.get(sentence.block or "", sentence.start)
            draft.context = add_season(draft.context, draft.name, self._text, start, at, view.lexicon)
        # a figure with a name of its own, `chiếm 61% dân số (92.300 người)`, is not of what stands before
        ends = self._ends[:1] if draft.apart else self._ends
        if draft.turn:
            draft.nearby = partial(Near, draft.name.terms, draft.name.rivals)
        else:
            draft.nearby = partial(read_near, view, ends, mention)
        self._pass_over(draft)
        return True

    def _find_periods(self, mention: Mention, at: int, begin: int) -> list[PlacedPeriod]:
        """Return the periods that may be those of a figure, without those of brackets before it.

        So of one right behind the figure before, as for all figures that follow: `4.781 tỷ (điều chỉnh trong
        tháng 8), giải ngân 2.902 tỷ, đạt 60,7%`.
        """
        periods = self._periods.get(mention.sentence or "")
        if not periods:
            return []
        periods = _drop_closed(periods, at, self._text)
        remark = _REMARK.match(self._text, begin, at)
        if remark is not None:
            self._remarks.update(p.at for p in periods if not p.base and begin < p.at < remark.end())
        return [p for p in periods if p.at not in self._remarks] if self._remarks else periods

    def _find_kind_and_name(self, draft: Draft) -> None:
        """Fill in what a figure is and of what; a change or ratio may be of another thing than is told."""
        view, indicator = self._view, draft.indicator
        turn = self._turns.find(draft.mention)
        if turn is not None and not (indicator.of is not None and indicator.sure):
            draft.name, draft.prior, draft.apart, draft.turn = turn, False, True, True
            return
        other = self._name_other(draft)
        if draft.kind == "level" and indicator.name.startswith(_PLANS):
            counted = isinstance(draft.figure, QuantityValue)
            if not (counted and indicator.name.startswith(_MONEY)):  # `dự toán được thẩm định 97 hồ sơ`
                draft.kind = "plan"
        if other is None and indicator.role == "total" and self._is_planned(draft):
            draft.kind = "plan"
        if other is not None:
            draft.name, draft.prior, draft.apart = other, False, True
            draft.kind = "level" if draft.kind == "share" else draft.kind
            return
        if draft.kind == "level" and _BEFORE.match(draft.words) is not None:
            draft.prior = True
        if draft.kind == "change":
            if _CUT.search(draft.gap) is not None:
                draft.kind, draft.prior, draft.apart = "level", False, True
                draft.amount = abs(draft.amount)
                draft.name = read_name(" ".join(_RUN.findall(draft.gap)[-_CUT_WORDS:]), view.lexicon)
                return
            changed = name_change(view, draft.mention)
            if changed:
                draft.name, draft.apart = read_name(changed, view.lexicon), True
                return
        if draft.kind == "target":
            draft.name = self._name_aim(draft)
            return
        draft.name = self._name_counted(draft, indicator.name)

    def _name_aim(self, draft: Draft) -> Name:
        """Return the name of what is to be reached; that of a ratio stands between it and the last mark."""
        indicator, name = draft.indicator, draft.indicator.name
        if draft.unit not in PERCENT:
            return self._name_counted(draft, _AIM.sub("", name))
        if indicator.of is not None:
            draft.of, draft.apart = None, True
            name = " ".join((read_clause(self._view, draft.mention) or "").lower().split())
        return read_name(_AIM.sub("", name), self._view.lexicon)

    def _name_counted(self, draft: Draft, name: str) -> Name:
        view, indicator = self._view, draft.indicator
        return read_name(name_counted(view, indicator, draft.mention, draft.gap, name), view.lexicon)

    def _name_other(self, draft: Draft) -> Name | None:
        """Return the name of a figure that is of another thing than the one it is measured with."""
        indicator = draft.indicator
        against = indicator.of is not None and indicator.role in ("total", "base")
        change = self._before
        if against and change is not None and self._is_from(change, draft):
            draft.of = change.of  # `giảm 02 học sinh bỏ học (27 học sinh)`: of what the change is, too
            return None
        if against and not _is_base(draft.periods, draft.mention):
            return self._read_own(self._text[max(self._amount_end, self._ends[-1]) : draft.at].lower())
        code = _CODE.search(draft.words) if draft.unit in PERCENT and draft.kind != "growth" else None
        if code is not None:
            return read_name(code[1].lower(), self._view.lexicon)
        if draft.kind == "share":
            if indicator.of is not None and not indicator.sure and indicator.name.startswith(_RATES):
                return read_name(indicator.name, self._view.lexicon)  # `tỷ lệ lấp đầy 05 khu đạt 66,1%`
            return _read_apart(self._view, draft.words, sure=indicator.sure or indicator.of is None)
        if draft.kind == "growth" and indicator.of is not None and not indicator.sure:
            return self._read_grown(draft)
        return None

    def _read_grown(self, draft: Draft) -> Name | None:
        """Return the name of what a growth in a list is of, if it is not that of the figure before.

        `GRDP đạt 38.705 tỷ đồng, tăng 7,21%; nông, lâm, thủy sản tăng 3,18%, dịch vụ tăng 6,71%`.
        """
        found = _GROWN.search(draft.words.lower())
        if found is None or _WHEN.search(found[1]) or self._against.search(found[1]):
            return None
        name = read_name(_LED.sub("", found[1]), self._view.lexicon)
        if name.terms <= plain_terms(self._view.lexicon, "measure") | _PACE:
            return None
        if not name.is_telling or (
            self._spoken_in == draft.mention.sentence and name.terms <= self._spoken.terms
        ):
            return None
        return name

    def _is_planned(self, draft: Draft) -> bool:
        """Return whether a whole is the plan: `giải ngân 86,2 tỷ đồng/210 tỷ đồng`, `…, đạt 41% kế hoạch`."""
        money = not isinstance(draft.figure, QuantityValue) and draft.gap.strip() == "/"
        return draft.indicator.of in self._planned or money

    def _is_from(self, change: Draft, base: Draft) -> bool:
        """Return whether a figure is what the change right before it is from, and no word says otherwise."""
        if (
            change.kind != "change"
            or change.indicator.against != base.indicator.id
            or change.unit != base.unit
        ):
            return False
        between = " ".join(_RUN.findall(self._text[change.mention.end : base.mention.start]))
        return read_name(between, self._view.lexicon).terms <= change.name.terms

    def _read_own(self, words: str) -> Name | None:
        """Return the name of the whole or base that a figure is set against, if it is another thing.

        `chiếm 93% dân số (148.920 người)`, `gấp 1,3 lần nhập khẩu (720 triệu USD)`; not `so với cùng kỳ (85
        vụ)`.
        """
        lexicon = self._view.lexicon
        _, bracket, inner = words.rpartition("(")
        if bracket and ")" not in inner and not _OTHER.search(inner):
            listed = read_name(inner, lexicon)  # `tăng 3,9% so cùng kỳ (nuôi trồng 20.160 tấn, …)`
            if listed.is_telling:
                return listed
        if self._against.search(words):
            return None
        for clause in (words.rpartition(", ")[2], words):
            name = read_name(" ".join(_RUN.findall(clause)[-_OWN:]), lexicon)
            if name.is_telling:
                return name
        return None

    def _pass_over(self, draft: Draft) -> None:
        """Go on behind a figure; one without a name has that of the growth before it, or none.

        `tăng 3,05% so với tháng trước, 7,88% so với cùng kỳ`: both are of one thing.
        """
        self._last, self._before = draft.mention.end, draft
        if draft.unit not in PERCENT and draft.unit != "lần":
            self._amount_end = self._last
        self._ends = [self._last, *self._ends][:_BACK]
        if draft.name.is_telling:
            self._spoken, self._spoken_in = draft.name, draft.mention.sentence
        elif draft.kind == "growth" and self._spoken_in == draft.mention.sentence:
            draft.name = self._spoken
        else:
            draft.name = NAMELESS


def _place_sentences(view: ReportView) -> dict[str, list[PlacedPeriod]]:
    """Return the periods of each sentence by its id."""
    grouped: dict[str, list[Period]] = {}
    for mention in view.mentions.values():
        if isinstance(mention, Period) and mention.cell is None and mention.sentence is not None:
            grouped.setdefault(mention.sentence, []).append(mention)
    text = view.analysis.text
    placed = {name: place_periods(mentions, text, view.lexicon) for name, mentions in grouped.items()}
    for each in place_within(view.analysis):
        sentence = view.sentence_at(each.at)
        if sentence is not None:
            placed[sentence.id] = sorted([*placed.get(sentence.id, ()), each])
    return placed


def _drop_closed(periods: list[PlacedPeriod], at: int, text: str) -> list[PlacedPeriod]:
    """Return the periods without those of a bracket before: `131 vụ (năm 2022: 149 vụ), 5 người chết`."""
    if text.find(")", periods[0].at, at) < 0:
        return periods
    return [
        period
        for period in periods
        if period.base or period.at > at or _CLOSED.match(text, period.at, at) is None
    ]


def _read_apart(view: ReportView, words: str, *, sure: bool) -> Name | None:
    """Return the name of a ratio that a mark sets apart: `lãi 5.570 đồng/cổ phiếu; ROE đạt 20,3%`.

    So too one that is not `sure` of the figure before it: `rác 494 tấn/ngày, thu gom, xử lý đạt 89,1%`.
    """
    _, mark, last = words.lower().rpartition(";")
    if not mark and not sure:
        mark, last = words[:1].strip(), words.lower().lstrip(" ,.")
    if not mark or _OF.match(last) or len(last.split()) > _OWN:
        return None
    name = read_name(last, view.lexicon)
    return name if name.is_telling else None


def _is_base(periods: list[PlacedPeriod], mention: Mention) -> bool:
    """Return whether words after a figure say that it is the base: `con số 1.004,4 tỷ đồng của cùng kỳ`."""
    return any(period.base and 0 <= period.at - mention.end <= _AFTER for period in periods)
