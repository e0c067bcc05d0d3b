"""The same pipeline as spaCy components, analyses as spaCy's Doc and DocBin, and underthesea's words.

    import docanalyze.nlp
    nlp = docanalyze.nlp.blank()
    doc = nlp("Thu ngân sách đạt 58,12% kế hoạch năm 2023.")
    [(span.text, span._.docanalyze_value) for span in doc.spans["docanalyze"]]

In any other pipeline: `nlp.add_pipe("docanalyze_mentions")`. Text and offsets stay what they were: a
token that a mention's end runs through is split, and no mention is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import spacy
from msgspec import UNSET
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span, SpanGroup
from spacy.util import filter_spans
from spacy.vocab import Vocab

from docanalyze.core.analysis import Analysis, Word, decode_analysis, encode_value
from docanalyze.core.errors import MissingPart
from docanalyze.core.mention import Mention, mention_kind
from docanalyze.core.span import Span as Place
from docanalyze.lexicon import load_lexicon
from docanalyze.pipeline import TAGGERS, split_sentences
from docanalyze.segment.align import align_pieces
from docanalyze.tag.numerals import LETTER
from docanalyze.tag.run import run_taggers

KEY = "docanalyze"
"""The key of the mentions in `doc.spans`, and of the rest of an analysis in `doc.user_data`."""

_TOKEN = re.compile(rf"{LETTER}+|[0-9]+(?:[.,][0-9]+)*|\s+|.", re.DOTALL)
_DECODER: msgspec.json.Decoder[Mention] = msgspec.json.Decoder(Mention)


# -- tokens ---------------------------------------------------------------------------------------


class Tokenizer:
    """Text -> Doc: runs of letters, printed numerals, single marks. A mention begins and ends with one.

    Vietnamese syllables are tokens of their own: `use_pyvi` is off, and no model is loaded.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the Doc of `text`; `doc.text` is the text, white space included."""
        return make_doc(self.vocab, text)

    def pipe(self, texts: Iterable[str], **_: Any) -> Iterator[Doc]:
        """Yield the Docs of the texts."""
        for text in texts:
            yield self(text)

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the tokenizer has no state."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        """Return the tokenizer itself."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Write nothing."""

    def from_disk(self, _path: str | Path, **_: Any) -> Tokenizer:
        """Return the tokenizer itself."""
        return self


def make_doc(vocab: Vocab, text: str) -> Doc:
    """Return `text` cut into tokens; one space after a token is its own, other white space is a token."""
    words: list[str] = []
    spaces: list[bool] = []
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece.isspace():
            if piece[0] == " " and words and not words[-1].isspace():
                spaces[-1] = True
                piece = piece[1:]
            if not piece:
                continue
        words.append(piece)
        spaces.append(False)
    return Doc(vocab, words=words, spaces=spaces)


def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return what builds the tokenizer of a pipeline (`docanalyze.Tokenizer.v1` in its config)."""
    return lambda nlp: Tokenizer(nlp.vocab)


def _split_tokens(doc: Doc, borders: Iterable[int]) -> None:
    """Split the tokens that one of the offsets runs through."""
    cuts: dict[int, list[int]] = {}
    starts = [token.idx for token in doc]
    at = 0
    for border in sorted(set(borders)):
        while at + 1 < len(starts) and starts[at + 1] <= border:
            at += 1
        if starts and starts[at] < border < starts[at] + len(doc[at].text):
            cuts.setdefault(at, []).append(border - starts[at])
    if not cuts:
        return
    with doc.retokenize() as retokenizer:
        for index, places in cuts.items():
            token = doc[index]
            ends = [*places, len(token.text)]
            pieces = [token.text[a:b] for a, b in zip([0, *places], ends, strict=True)]
            retokenizer.split(token, pieces, heads=[(token, 0)] * len(pieces))


# -- components -----------------------------------------------------------------------------------


def make_sentences(nlp: Language, name: str, splitter: str) -> Callable[[Doc], Doc]:
    """Return the component `docanalyze_sentences`: sentences as `split_sentences` cuts them."""

    def mark(doc: Doc) -> Doc:
        spans = split_sentences(doc.text, splitter=splitter)
        return _mark_sentences(doc, [span.start for span in spans])

    return mark


def _mark_sentences(doc: Doc, starts: Sequence[int]) -> Doc:
    _split_tokens(doc, starts)
    wanted = set(starts)
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in wanted
    return doc


def make_mentions(nlp: Language, name: str, lexicon: str | None, ents: bool) -> Callable[[Doc], Doc]:
    """Return the component `docanalyze_mentions`: `doc.spans["docanalyze"]`, and `doc.ents` if `ents`.

    `lexicon` names a folder of TOML files whose entries are added to the shipped ones.
    """
    words = load_lexicon(Path(lexicon)) if lexicon else load_lexicon()

    def mark(doc: Doc) -> Doc:
        return add_mentions(doc, run_taggers(doc.text, words, TAGGERS), ents=ents)

    return mark


def add_mentions(doc: Doc, mentions: Iterable[Mention], *, ents: bool = True) -> Doc:
    """Return the Doc with the mentions as spans, their values as span extensions.

    `span._.docanalyze` is the mention, `span._.docanalyze_value` its value as plain data. Entities
    that are there already stay where no mention overlaps them. The tokens' attributes stay, too.
    """
    found = list(mentions)
    _split_tokens(doc, (at for mention in found for at in (mention.start, mention.end)))
    group = []
    for mention in found:
        span = doc.char_span(mention.start, mention.end, label=mention_kind(mention))
        assert span is not None
        span._.docanalyze_json = encode_value(mention).decode("utf-8")
        group.append(span)
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=group)
    if ents:
        theirs = [e for e in doc.ents if not any(e.start < s.end and s.start < e.end for s in group)]
        doc.set_ents(filter_spans([*group, *theirs]))
    return doc


def _get_mention(span: Span) -> Mention | None:
    return _DECODER.decode(span._.docanalyze_json) if span._.docanalyze_json else None


def _get_value(span: Span) -> dict[str, Any] | None:
    found = span._.docanalyze_json
    return msgspec.json.decode(found)["value"] if found else None


def _register() -> None:
    """Make the components and extensions known to spaCy, which looks them up by name."""
    Language.factory("docanalyze_sentences", default_config={"splitter": "own"}, func=make_sentences)
    Language.factory(
        "docanalyze_mentions", default_config={"lexicon": None, "ents": True}, func=make_mentions
    )
    spacy.registry.tokenizers.register("docanalyze.Tokenizer.v1", func=make_tokenizer)
    Span.set_extension("docanalyze_json", default=None, force=True)
    Span.set_extension("docanalyze", getter=_get_mention, force=True)
    Span.set_extension("docanalyze_value", getter=_get_value, force=True)


_register()


def blank(*, sentences: bool = True, mentions: bool = True, lexicon: str | Path | None = None) -> Language:
    """Return a spaCy pipeline for Vietnamese with our tokenizer and components; it needs no model.

    >>> doc = blank()("Thu đạt 58,12%. Chi đạt 40%.")
    >>> [sent.text for sent in doc.sents], [ent.label_ for ent in doc.ents]
    (['Thu đạt 58,12%.', 'Chi đạt 40%.'], ['percent', 'percent'])
    """
    tokenizer = {"@tokenizers": "docanalyze.Tokenizer.v1"}
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {**tokenizer}}})
    if sentences:
        nlp.add_pipe("docanalyze_sentences")
    if mentions:
        nlp.add_pipe("docanalyze_mentions", config={"lexicon": str(lexicon) if lexicon else None})
    return nlp


# -- analyses -------------------------------------------------------------------------------------


def to_doc(analysis: Analysis, vocab: Vocab | None = None) -> Doc:
    """Return the analysis as a Doc: tokens, sentences, mentions with their ids and anchored values.

    What spaCy has no place for (blocks, tables, findings) goes along in `doc.user_data`. A sentence
    that a page or a note breaks begins anew after it: spaCy's sentences have no gaps.
    """
    doc = make_doc(vocab or Vocab(), analysis.text)
    if analysis.sentences is not UNSET:
        _mark_sentences(doc, [span.start for s in analysis.sentences for span in s.spans])
    if analysis.mentions is not UNSET:
        add_mentions(doc, analysis.mentions)
    rest = msgspec.structs.replace(analysis, text="")
    doc.user_data[KEY] = encode_value(rest).decode("utf-8")
    return doc


def from_doc(doc: Doc) -> Analysis:
    """Return the analysis that `to_doc` made a Doc of; raise ValueError for any other Doc."""
    kept = doc.user_data.get(KEY)
    if kept is None:
        raise ValueError("the Doc was not made of an analysis")
    return msgspec.structs.replace(decode_analysis(kept), text=doc.text)


def to_docbin(analyses: Iterable[Analysis]) -> bytes:
    """Return the analyses as the bytes of a DocBin (a `.spacy` file), values and all."""
    vocab = Vocab()
    docs = [to_doc(analysis, vocab) for analysis in analyses]
    attributes = ["ORTH", "SPACY", "SENT_START", "ENT_IOB", "ENT_TYPE"]
    return bytes(DocBin(attrs=attributes, store_user_data=True, docs=docs).to_bytes())


def from_docbin(data: bytes) -> list[Analysis]:
    """Return the analyses in the bytes of a DocBin that `to_docbin` made."""
    vocab = Vocab()
    return [from_doc(doc) for doc in DocBin(store_user_data=True).from_bytes(data).get_docs(vocab)]


# -- words ----------------------------------------------------------------------------------------


def find_words(text: str, places: Iterable[Place]) -> Iterator[Word]:
    """Yield underthesea's words and parts of speech within each place, with offsets into `text`.

    The words are aligned to the text, which stays as it is. Raises MissingPart without underthesea.

    >>> text = "Giá trị sản xuất tăng."
    >>> [(text[w.start : w.end], w.pos) for w in find_words(text, [Place(0, len(text))])]
    [('Giá trị', 'N'), ('sản xuất', 'V'), ('tăng', 'V'), ('.', 'CH')]
    """
    try:
        from underthesea import pos_tag
    except ImportError as error:
        raise MissingPart(option="--words", command="pip install underthesea") from error
    for place in places:
        piece = place.of(text)
        tagged = [(word, pos) for word, pos in pos_tag(piece) if word.strip()]
        spans = align_pieces(piece, [word for word, _ in tagged])
        for span, (_, pos) in zip(spans, tagged, strict=False):
            yield Word(start=place.start + span.start, end=place.start + span.end, pos=pos)


def add_words(analysis: Analysis) -> Analysis:
    """Return the analysis with its words: those of its sentences and of its tables' cells."""
    places = [span for s in analysis.sentences or () for span in s.spans] if analysis.sentences else []
    places += [Place(c.start, c.end) for t in analysis.tables for c in t.cells if c.start < c.end]
    words = tuple(find_words(analysis.text, sorted(places)))
    return msgspec.structs.replace(analysis, words=words)
