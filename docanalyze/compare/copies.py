"""Stale copies: a sentence or row of an earlier report with its figures, under a new period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from docanalyze.compare.book import Book, Slip, mention_place, sentence_place, word_pattern
from docanalyze.compare.names import is_stock
from docanalyze.compare.observation import Observation
from docanalyze.compare.view import ReportView
from docanalyze.core.analysis import Sentence
from docanalyze.core.mention import Date, FigureValue, Mention, Period, QuantityValue
from docanalyze.core.relation import Severity, Text

_WORDS = 7
_DIGITS = 3
_TIMES = re.compile(
    r"(?:\d+\s+)?tháng(?:\s+\d+)?|quý\s+[ivx\d]+|năm\s+\d{4}|(?:\d+\s+)?ngày(?:\s+\d[\d/]*)?|/\d{4}"
)
_TIME_WORDS = ("tháng", "quý", "năm", "ngày", "/")
"""Every match of the pattern above has one of these: a quick look."""
_SPANS = ("tháng", "quý", "năm", "ngày")
"""`Gia hạn thuế 5 tháng cho 614 lượt doanh nghiệp`: five months in May, and a length of time in June."""
_MARKS = str.maketrans(dict.fromkeys("-–—•*+", " "))
_TIMED = (Period, Date)
_LASTING = (
    "kế hoạch",
    "chỉ tiêu",
    "chuẩn",
    "mỗi",
    "diện tích tự nhiên",
    "gồm",
    "theo quy định",
    "hiện có",
    "toàn huyện có",
)


class _Line(NamedTuple):
    """A sentence without its periods; `labels` are those, `figures` its figures."""

    report: int
    sentence: Sentence
    labels: tuple[str, ...]
    figures: tuple[Mention, ...]


def find_copies(book: Book) -> Iterator[Slip]:
    """Yield a slip for each sentence that stands in an earlier report with the same figures.

    Sentences on what stands (`huyện có 12 xã`) may well be the same: those are told as info.
    """
    known: dict[str, _Line] = {}
    stocks = word_pattern(book.lexicon, "stock")
    figured = [
        [(_print(figures), sentence, figures) for sentence, figures in _list_figured(view)]
        for view in book.views
    ]
    counts = Counter(each for lines in figured for each in {printed for printed, _, _ in lines})
    for view, lines_of in zip(book.views, figured, strict=True):
        again = [(sentence, figures) for printed, sentence, figures in lines_of if counts[printed] > 1]
        lines = dict(_read_lines(view, again))
        for key, line in lines.items():
            old = known.get(key)
            if old is None:
                continue
            if view.days == book.views[old.report].days:
                continue
            yield _tell(book, view, old, line, lasting=stocks.search(key) is not None)
        known.update(lines)


def _list_figured(view: ReportView) -> Iterator[tuple[Sentence, list[Mention]]]:
    """Yield the sentences on what was done that have figures, with these."""
    printed: dict[str, list[Mention]] = {}
    for mention in view.mentions.values():
        value = mention.value
        if mention.sentence is None or mention.cell is not None or not isinstance(value, FigureValue):
            continue
        if not (isinstance(value, QuantityValue) and value.unit in _SPANS):
            printed.setdefault(mention.sentence, []).append(mention)
    for sentence in view.sentences:
        figures = printed.get(sentence.id)
        if figures and not view.looks_ahead(sentence.start):
            yield sentence, figures


def _print(figures: list[Mention]) -> str:
    """Return the figures of a sentence as printed: what is copied has them all."""
    return " ".join(" ".join([figure.text for figure in figures]).split())


def _read_lines(
    view: ReportView, sentences: Sequence[tuple[Sentence, list[Mention]]]
) -> Iterator[tuple[str, _Line]]:
    if not sentences:
        return
    times: dict[str, list[Mention]] = {}
    for mention in view.mentions.values():
        if mention.sentence is not None and mention.cell is None and isinstance(mention, _TIMED):
            times.setdefault(mention.sentence, []).append(mention)
    whole = view.analysis.text
    for sentence, figures in sentences:
        text, at = [], sentence.start
        labels = []
        for time in sorted(times.get(sentence.id, ()), key=attrgetter("start")):
            text.append(whole[at : time.start])
            labels.append(" ".join(time.text.split()).lower())
            at = max(at, time.end)
        text.append(whole[at : sentence.end])
        key = _drop_times(_drop_heading(" ".join(text)).lower())
        if key.count(" ") >= _WORDS - 1:
            yield key, _Line(view.number, sentence, tuple(labels), tuple(figures))


def _drop_heading(text: str) -> str:
    """Return a sentence without the words in capitals before it: a heading that ran into its line."""
    words = text.split()
    at = next((n for n, word in enumerate(words) if any(map(str.islower, word))), len(words))
    return " ".join(words[at:])


def _drop_times(low: str) -> str:
    """Return a line without times and dashes, by which sentences of several reports are equal."""
    if any(word in low for word in _TIME_WORDS):
        low = _TIMES.sub(" ", low)
    return " ".join(low.translate(_MARKS).split()).strip(" ,")


def _list_levels(book: Book, number: int) -> dict[str, list[Observation]]:
    """Return the levels of a report by their sentence, put in order when first asked for."""
    memo = book.memo.setdefault("levels by sentence", {})
    assert isinstance(memo, dict)
    if number not in memo:
        found = memo[number] = {}
        for entry in book.entries[number]:
            for each in entry.levels():
                if each.mention.cell is None and each.mention.sentence is not None:
                    found.setdefault(each.mention.sentence, []).append(each)
    levels: dict[str, list[Observation]] = memo[number]
    return levels


def _tell(book: Book, view: ReportView, old: _Line, line: _Line, *, lasting: bool) -> Slip:
    low = view.read_sentence(line.sentence).lower()
    levels = _list_levels(book, view.number).get(line.sentence.id, ())
    flows = [
        o for o in levels
        if o.form != "stock" and not is_stock(o.name.printed, book.lexicon) and o.unit not in ("%", "point")
    ]  # fmt: skip
    lasting = (lasting and not flows) or any(word in low for word in _LASTING) or not flows
    relabelled = old.labels != line.labels and bool(line.labels)
    telling = relabelled or len(flows) > 1 or any(o.digits >= _DIGITS for o in flows)
    severity: Severity = "info" if lasting or not telling else "warning"
    figures = ", ".join(" ".join(m.text.split()) for m in line.figures[:4])
    return Slip(
        "CPY001", severity,
        Text(
            vi=f"Câu này có trong báo cáo kỳ trước với cùng số liệu ({figures}), chỉ khác mốc thời gian: "
            "có thể chép lại mà chưa cập nhật.",
            en=f"This sentence stands in an earlier report with the same figures ({figures}), "
            "under another period: it may have been copied without being updated.",
        ),
        (
            *(mention_place(view, m, "again") for m in line.figures[:4]),
            sentence_place(book.views[old.report], old.sentence, "first"),
        ),
    )  # fmt: skip


def find_row_copies(book: Book) -> Iterator[Slip]:
    """Yield a slip for each long figure of a flow that a table prints again for the next stretch."""
    for track in book.tracks:
        if track.kind != "level" or track.form == "stock" or track.identity.score < 1:
            continue
        by_days = list(track.by_days.values())
        for old, new in pairwise(by_days):
            one, two = old[0], new[0]
            if one.report == two.report or one.row is None or two.row is None or one.value != two.value:
                continue
            if one.telling <= _DIGITS or one.unit in ("%", "point"):
                continue
            name = track.identity.title
            yield Slip(
                "CPY002", "warning",
                Text(
                    vi=f"{name}: hai kỳ cùng in {two.mention.text}; có thể chép lại số kỳ trước.",
                    en=f"{name}: two stretches have the same {two.mention.text}; a copy?",
                ),
                (book.place(two, "again"), book.place(one, "first")),
            )  # fmt: skip
