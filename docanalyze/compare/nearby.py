"""The words around a figure of prose: before it, in its unit, after it, and at the head of its sentence."""

from __future__ import annotations

import re

from docanalyze.compare.names import read_name
from docanalyze.compare.view import ReportView
from docanalyze.core.analysis import Sentence
from docanalyze.core.mention import Mention, QuantityValue
from docanalyze.core.relation import Indicator

_RUN = re.compile(r"[^\W\d_]+")
_STOP = re.compile(
    r"[,;:.()]|\d|(?<!\w)(?:so với|tăng|giảm|đạt|chiếm|bằng|với|trong|trên|gồm|là|có|và|song|nhưng)(?!\w)"
)
_FIGURE = re.compile(r"\d")
_BEFORE = 10
_AFTER = 5
_HEAD = 14
_FEW = 2


def name_counted(view: ReportView, indicator: Indicator, mention: Mention, gap: str) -> str:
    """Return the name of a figure of prose; of one that is named by the words after it, those.

    So is a count without words before it, and one that follows a comma: `làm 05 người chết, 06 người
    bị thương`.
    """
    name = indicator.name
    counted = isinstance(mention.value, QuantityValue) and mention.value.base is None
    unit = (mention.value.unit if isinstance(mention.value, QuantityValue) else "").replace(",", "").split()
    classifiers = view.lexicon["series"]["classifier"]["words"]
    rest = " ".join(unit[1:]) if len(unit) > 2 or (len(unit) == 2 and unit[0] in classifiers) else ""
    listed = counted and indicator.of is None and gap.rstrip().endswith((",", ";", " và"))
    if not listed and read_name(name, view.lexicon).is_telling:
        return f"{name} {rest}" if rest else name
    words = _read_after(view, mention)
    following = " ".join([*(unit if counted else ()), *words])
    if listed and not words:
        return f"{name} {rest}" if rest else name
    return following


def read_near(view: ReportView, ends: list[int], mention: Mention) -> frozenset[str]:
    """Return the telling words before a figure, of its unit, and right after it.

    Before it they reach to the figure before; where none is telling there, to the one before that.
    """
    value = mention.value
    unit = value.unit if isinstance(value, QuantityValue) and value.base is None else ""
    words: frozenset[str] = frozenset()
    for piece in (unit, " ".join(_read_after(view, mention))):
        name = read_name(piece, view.lexicon)
        words |= name.words if name.is_telling else frozenset()
    for end in ends:
        name = read_name(
            " ".join(_RUN.findall(view.analysis.text[end : mention.start])[-_BEFORE:]), view.lexicon
        )
        if name.is_telling:
            return words | name.words
    return words


def _read_after(view: ReportView, mention: Mention) -> list[str]:
    """Return the words after a figure, up to a mark or a word that begins something else."""
    after = view.analysis.text[mention.end : mention.end + 60]
    stop = _STOP.search(after)
    return _RUN.findall(after[: stop.start()] if stop else after)[:_AFTER]


class Surroundings:
    """The telling words at the head of each sentence, up to its first figure, and of its list item."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._found: dict[str, frozenset[str]] = {}
        self._blocks: dict[str, frozenset[str]] = {}
        self._before: dict[str, frozenset[str]] = {}

    def find(self, sentence: Sentence) -> frozenset[str]:
        """Return the words around the names of a sentence."""
        found = self._found.get(sentence.id)
        if found is None:
            head = _head(self._view.read_sentence(sentence))
            lead, colon, _ = head.partition(":")
            block = sentence.block or ""
            words = read_name(head, self._view.lexicon).words
            if block not in self._blocks:
                self._blocks[block] = read_name(lead, self._view.lexicon).words if colon else frozenset()
            found = words | self._blocks[block]
            if len(words) < _FEW:  # `Đến 12/12/2023 giải ngân`: of what, the sentence before says
                found |= self._before.get(block, frozenset())
            self._before[block] = found
            self._found[sentence.id] = found
        return found


def _head(line: str) -> str:
    stop = _FIGURE.search(line, 4)
    return " ".join((line[: stop.start()] if stop else line).split()[:_HEAD])
