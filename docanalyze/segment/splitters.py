"""The splitters by name: each turns a text into the spans of its sentences.

A splitter that returns strings sits behind `align_pieces` and never defines our text. To add one:
a function from str to list[Span], and a line in `SPLITTERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from docanalyze.core.errors import MissingPart
from docanalyze.core.span import Span, trim_span
from docanalyze.segment.align import align_pieces
from docanalyze.segment.sentences import split_text

Splitter = Callable[[str], list[Span]]


def split_with_underthesea(text: str) -> list[Span]:
    """Return the sentences of `text` as underthesea's `sent_tokenize` cuts it, with exact offsets.

    Raises MissingPart if underthesea is not installed.

    >>> split_with_underthesea("Thu đạt 58%. Chi đạt 41%.")
    [Span(start=0, end=12), Span(start=13, end=25)]
    """
    try:
        from underthesea import sent_tokenize
    except ImportError as error:
        raise MissingPart(option="--splitter underthesea", command="pip install underthesea") from error
    return align_pieces(text, sent_tokenize(text)) if text.strip() else []


def split_with_spacy(text: str) -> list[Span]:
    """Return the sentences of `text` as spaCy's rule-based sentencizer cuts it, with exact offsets.

    The multi-language blank pipeline: the Vietnamese one needs pyvi. Raises MissingPart if spaCy is
    not installed.

    >>> split_with_spacy("Thu đạt 58 %. Chi đạt 41 %.")
    [Span(start=0, end=13), Span(start=14, end=27)]
    """
    if not text.strip():
        return []
    nlp = _load_sentencizer()
    nlp.max_length = max(nlp.max_length, len(text) + 1)
    spans = (trim_span(text, sent.start_char, sent.end_char) for sent in nlp(text).sents)
    return [span for span in spans if span.start < span.end]


@lru_cache(maxsize=1)
def _load_sentencizer() -> Any:
    try:
        import spacy
    except ImportError as error:
        raise MissingPart(option="--splitter spacy", command="pip install spacy") from error
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return nlp


SPLITTERS: dict[str, Splitter] = {
    "own": split_text,
    "underthesea": split_with_underthesea,
    "spacy": split_with_spacy,
}
