"""Figures that a sentence names in turn: `chi phí bán hàng, chi phí quản lý lần lượt là 115,8 và 93 tỷ`."""

from __future__ import annotations

import re

from docanalyze.compare.names import Name, read_name
from docanalyze.compare.view import ReportView
from docanalyze.core.analysis import Sentence
from docanalyze.core.mention import FigureValue, Mention
from docanalyze.lexicon import Lexicon

_TURN = re.compile(r"lần lượt(?!\w)|theo thứ tự(?!\w)")
"""It begins with plain letters, which are found at once in a long text."""
_VERB = r"(?:ước|đều|đã|là|đạt|tăng|giảm|bằng|chiếm|còn|được|ở mức|đạt mức|khoảng|có)"
_LEAD = re.compile(rf"(?:\s*(?:{_VERB}|:))*\s*")
_BETWEEN = re.compile(rf"\s*(?:[,;]|và|[,;] và)\s*(?:{_VERB}\s*)*")
_TAIL = re.compile(rf"(?:[\s,;:]+{_VERB})+\s*$")
_PART = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+")
_FEWEST = 2


class InTurn:
    """The names of the figures of a report that are listed in turn, by the ids of their mentions."""

    def __init__(self, view: ReportView) -> None:
        self._names: dict[str, Name] = {}
        text = view.analysis.text
        places = [found.span() for found in _TURN.finditer(text)]
        if not places:
            return
        figures: dict[str, list[Mention]] = {}
        for mention in view.mentions.values():
            if mention.cell is None and isinstance(mention.value, FigureValue):
                figures.setdefault(mention.sentence or "", []).append(mention)
        for start, end in places:
            sentence = view.sentence_at(start)
            if sentence is not None:
                self._read(view, sentence, figures.get(sentence.id, []), start, end)

    def find(self, mention: Mention) -> Name | None:
        """Return the name of a figure by its turn; None for one that has none."""
        return self._names.get(mention.id)

    def _read(
        self, view: ReportView, sentence: Sentence, figures: list[Mention], start: int, end: int
    ) -> None:
        text = view.analysis.text
        run: list[Mention] = []
        for figure in figures:
            if figure.start < end:
                continue
            gap = text[run[-1].end if run else end : figure.start]
            if not (_BETWEEN if run else _LEAD).fullmatch(gap):
                break
            run.append(figure)
        before = max((each.end for each in figures if each.end <= start), default=sentence.start)
        parts = _split(text[before:start], len(run), view.lexicon) if len(run) >= _FEWEST else []
        names = [read_name(part, view.lexicon) for part in parts]
        if all(name.is_telling for name in names):
            self._names.update(zip((each.id for each in run), names, strict=False))


def _split(words: str, count: int, lexicon: Lexicon) -> list[str]:
    """Return as many names as there are figures: the last ones; none where there are fewer.

    A measure that begins the list is that of all: `sản lượng lúa, ngô lần lượt …`.
    """
    low = _TAIL.sub("", words.lower().rstrip()).strip(" ,;:.")
    parts = [part.strip() for part in low.split(";")]
    if len(parts) != count:
        parts = [part.strip() for part in _PART.split(low)]
    if len(parts) < count:
        return []
    parts = parts[-count:]
    measures = lexicon["wordings"]["measure"]["words"]
    first = next((each for each in measures if f" {parts[0]} ".find(f" {each} ") >= 0), None)
    if first is None or not parts[0].startswith(first):
        return parts
    return [part if part.startswith(first) else f"{first} {part}" for part in parts]
