"""The figures of a sentence in order, with the words before, between and after them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from docanalyze.core.analysis import Analysis, Sentence
from docanalyze.core.figure import Figure
from docanalyze.core.kept import Kept
from docanalyze.core.passages import Passages
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_words

_BROKEN = re.compile(r".*(?:[,;:.](?:\s|$)|[;:()])", re.DOTALL)
"""All up to the last mark or bracket."""


MARKED = ("base", "against", "plan", "complete", "partial")
"""The lists of cues that many patterns look for."""


class Item(msgspec.Struct, dict=True):
    """A figure in its sentence: `lead` are the words since the figure before it, `tail` those up to the next.

    `depth` counts open brackets, `group` numbers the bracket it stands in (0: none); `sentence` is the
    place of its sentence, `direction` that of the change that it is: `tăng 6,60%`, `giảm 05 vụ`; `cued` names
    the lists of cues of which a word stands in the lead, a first look before a pattern's.
    """

    figure: Figure
    kind: str
    lead: str
    tail: str = ""
    depth: int = 0
    group: int = 0
    sentence: int = 0
    percent_role: str | None = None
    direction: str | None = None
    cued: Collection[str] = MARKED

    @Kept
    def near(self) -> str:
        """The words of the lead since its last mark or bracket; a colon at its end is none."""
        lead = self.lead.rstrip(" :")
        broken = _BROKEN.match(lead)
        return lead if broken is None else lead[broken.end() :]


class Clause(msgspec.Struct):
    """A sentence with its figures."""

    sentence: Sentence
    items: list[Item]


def read_clauses(
    analysis: Analysis, figures: Mapping[str, Figure], kinds: Mapping[str, str]
) -> Iterator[Clause]:
    """Yield the sentences that hold figures outside tables, in order.

    `figures` are those of prose by mention id, in text order, `kinds` the kinds of their mentions.
    """
    sentences = analysis.sentences or ()
    ordered = list(figures.values())
    at, count = 0, len(ordered)
    for number, sentence in enumerate(sentences):
        while at < count and ordered[at].start < sentence.start:
            at += 1
        inside: list[Figure] = []
        look = at
        while look < count and (place := ordered[look].start) < sentence.end:
            for span in sentence.spans:
                if span.start <= place < span.end:
                    inside.append(ordered[look])
                    break
            look += 1
        if inside:
            yield _read_clause(analysis.text, sentence, number, inside, kinds)


def mark_cues(clauses: Sequence[Clause], lexicon: Lexicon) -> None:
    """Write into the figures of all sentences where cues that many patterns look for can stand at all."""
    items = [item for clause in clauses for item in clause.items]
    leads = Passages({item.figure.mention: item.lead for item in items})
    cued: dict[str, set[str]] = {item.figure.mention: set() for item in items}
    for name in MARKED:
        for mention in leads.holding(*cue_words(lexicon, name), *_ALSO.get(name, ())):
            cued[mention].add(name)
    for item in items:
        item.cued = cued[item.figure.mention]


_ALSO = dict.fromkeys(("base", "against", "plan"), (" đầu năm", " cuối năm"))
"""`6 tháng đầu năm` may be read as `6 kỳ`."""


def _read_clause(
    text: str, sentence: Sentence, number: int, figures: list[Figure], kinds: Mapping[str, str]
) -> Clause:
    single = len(sentence.spans) == 1

    def words(start: int, end: int) -> str:
        if single:
            return " ".join(text[start:end].split()).lower()
        parts = [text[max(span.start, start) : min(span.end, end)] for span in sentence.spans]
        return " ".join(" ".join(part for part in parts if part).split()).lower()

    items: list[Item] = []
    groups = 0
    opened: list[int] = []
    previous = sentence.start
    for figure in figures:
        lead = words(previous, figure.start)
        for char in lead if "(" in lead or ")" in lead else "":
            if char == "(":
                groups += 1
                opened.append(groups)
            elif char == ")" and opened:
                opened.pop()
        group = opened[-1] if opened else 0
        items.append(
            Item(figure, kinds[figure.mention], lead, depth=len(opened), group=group, sentence=number)
        )
        previous = figure.start + len(figure.text)
    for one, two in pairwise(items):
        one.tail = two.lead
    items[-1].tail = words(previous, sentence.end)
    return Clause(sentence, items)
