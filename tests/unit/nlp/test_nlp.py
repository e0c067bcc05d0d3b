"""spaCy components, Doc and DocBin and back, words with offsets."""

from __future__ import annotations

import tomllib
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

import docanalyze
from docanalyze import nlp as ours
from docanalyze.core.analysis import Analysis
from docanalyze.core.mention import mention_kind

ROOT = Path(__file__).resolve().parents[3]
TEXT = (
    "I. KẾT QUẢ\n\n- Thu ngân sách đạt 91,38 tỷ đồng, bằng 52,22% dự toán năm 2023; có 59căn nhà.\n\n"
    "Thực hiện Chỉ thị số 27-CT/TU ngày 19/10/2022,  toàn huyện còn 320 hộ nghèo. Tiếp 421 lượt người.\n"
)


def analyze() -> Analysis:
    return docanalyze.analyze_bytes(TEXT.encode(), name="bao-cao.txt")


def pairs(mentions: object) -> list[tuple[int, int, str]]:
    return [(m.start, m.end, mention_kind(m)) for m in mentions]  # type: ignore[attr-defined]


def test_the_pipeline_finds_what_tag_text_finds() -> None:
    doc = ours.blank()(TEXT)
    assert doc.text == TEXT
    spans = doc.spans["docanalyze"]
    expected = pairs(docanalyze.tag_text(TEXT))
    assert [(s.start_char, s.end_char, s.label_) for s in spans] == expected
    assert len(expected) >= 8
    assert [(e.start_char, e.end_char, e.label_) for e in doc.ents] == expected
    money = next(s for s in spans if s.label_ == "money")
    assert money._.docanalyze_value["amount"] == "91380000000"
    assert str(money._.docanalyze.value.number) == "91.38"


def test_sentences_are_ours() -> None:
    doc = ours.blank()(TEXT)
    starts = {span.start for span in docanalyze.split_sentences(TEXT)}
    assert {sent.start_char for sent in doc.sents} == starts
    assert len(starts) == 4


def test_a_pipeline_survives_the_disk(tmp_path: Path) -> None:
    ours.blank().to_disk(tmp_path / "nlp")
    doc = spacy.load(tmp_path / "nlp")(TEXT)
    assert len(doc.spans["docanalyze"]) == len(docanalyze.tag_text(TEXT))


def test_a_users_lexicon_is_used(tmp_path: Path) -> None:
    (tmp_path / "counters.toml").write_text(
        '[[noun]]\ngroup = "goods"\nnames = ["bịch lúa"]\nsource = "local usage"\n', encoding="utf-8"
    )
    text = "Cấp 12 bịch lúa giống."
    assert [e.text for e in ours.blank(lexicon=tmp_path)(text).ents] == ["12 bịch lúa"]


def coarse(nlp: spacy.language.Language, text: str) -> Doc:
    """Return tokens as a word segmenter cuts them: several syllables and marks in one."""
    pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
    return Doc(nlp.vocab, words=pieces, spaces=[False] * len(pieces))


def test_no_mention_is_dropped_on_other_tokens() -> None:
    nlp = spacy.blank("xx")
    nlp.tokenizer = lambda text: coarse(nlp, text)  # type: ignore[assignment]
    nlp.add_pipe("docanalyze_sentences")
    nlp.add_pipe("docanalyze_mentions")
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert [(s.start_char, s.end_char, s.label_) for s in doc.spans["docanalyze"]] == pairs(
        docanalyze.tag_text(TEXT)
    )


def test_entities_of_others_stay_where_no_mention_is() -> None:
    nlp = ours.blank(sentences=False, mentions=False)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "LOC", "pattern": "huyện"}, {"label": "X", "pattern": "hộ"}])  # type: ignore[attr-defined]
    nlp.add_pipe("docanalyze_mentions")
    doc = nlp("Toàn huyện còn 320 hộ nghèo.")
    assert [(e.text, e.label_) for e in doc.ents] == [("huyện", "LOC"), ("320 hộ", "quantity")]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab 0123456789.,%/-()\n\tđồngtỷư²½", max_size=60))
def test_tokens_hold_the_text_and_the_borders_of_mentions(text: str) -> None:
    doc = ours.make_doc(Vocab(), text)
    assert doc.text == text
    borders = {0, len(text)} | {token.idx for token in doc} | {t.idx + len(t.text) for t in doc}
    for mention in docanalyze.tag_text(text):
        assert {mention.start, mention.end} <= borders


@pytest.mark.parametrize("path", sorted((ROOT / "corpus/dev").glob("*.txt"))[:6], ids=lambda p: p.stem)
def test_tokens_have_the_borders_of_every_mention_of_a_report(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    doc = ours.make_doc(Vocab(), text)
    assert doc.text == text
    assert all(doc.char_span(m.start, m.end) is not None for m in docanalyze.tag_text(text))


def test_an_analysis_comes_back_from_doc_and_docbin() -> None:
    analysis = analyze()
    doc = ours.to_doc(analysis)
    assert ours.from_doc(doc) == analysis
    assert doc.text == TEXT
    restored = ours.from_docbin(ours.to_docbin([analysis, analysis]))
    assert restored == [analysis, analysis]
    assert docanalyze.to_json(restored[0]) == docanalyze.to_json(analysis)


def test_a_docbin_keeps_spans_values_and_entities() -> None:
    analysis = analyze()
    data = ours.to_docbin([analysis])
    (doc,) = DocBin(store_user_data=True).from_bytes(data).get_docs(Vocab())
    spans = doc.spans["docanalyze"]
    assert pairs(analysis.mentions) == [(s.start_char, s.end_char, s.label_) for s in spans]
    assert [s._.docanalyze for s in spans] == list(analysis.mentions)  # type: ignore[arg-type]
    assert len(doc.ents) == len(spans)


def test_a_doc_of_others_is_no_analysis() -> None:
    with pytest.raises(ValueError, match="not made of an analysis"):
        ours.from_doc(ours.make_doc(Vocab(), "Thu đạt 5%."))


def test_displacy_shows_entities_and_spans() -> None:
    doc = ours.blank()(TEXT)
    page = displacy.render(doc, style="ent", page=True, jupyter=False)
    assert "91,38 tỷ đồng" in page
    spans = displacy.render(doc, style="span", options={"spans_key": "docanalyze"}, jupyter=False)
    assert "legal_ref" in spans


def test_words_cover_the_sentences_and_change_no_text() -> None:
    analysis = analyze()
    with_words = ours.add_words(analysis)
    assert with_words.text == analysis.text
    words = with_words.words
    assert words
    covered = "".join(TEXT[w.start : w.end] for w in words)
    assert "".join(covered.split()) == "".join(TEXT.split())
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert any(" " in TEXT[w.start : w.end] and w.pos for w in words)


def test_entry_points_name_what_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for group in ("spacy_factories", "spacy_tokenizers"):
        for name, target in project["entry-points"][group].items():
            module, _, attribute = target.partition(":")
            assert callable(getattr(import_module(module), attribute)), name
    assert spacy.blank("xx").has_factory("docanalyze_mentions")
