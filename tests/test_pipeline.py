"""The promises that hold for any input: exact offsets, true places, a clear error or an analysis."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET

import docanalyze
from docanalyze import Analysis, DocanalyzeError, Mention, Span
from tests import factories

WORDS = [
    "5.145,10 tỷ đồng", "58,12%", "năm 2023", "số 27-CT/TU", "ngày 19/10/2022", "(1)", "1.", "\n", "\n\n",
    "\t", " ", "07 cuộc", "hơn", "Điều 5", "quý II", "¹", "…", "./.", "“", "”", "**", "TP.", "-", "năm", "và",
    "đạt", "²", "\u00a0",
]  # fmt: skip
lists = st.lists(st.sampled_from(WORDS), max_size=30)
texts = st.one_of(st.text(max_size=200), lists.map(" ".join), lists.map("".join))


@given(texts)
def test_a_mention_is_the_text_at_its_place(text: str) -> None:
    last = 0
    for mention in docanalyze.tag_text(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip()
        assert mention.start >= last
        last = mention.end


@given(texts)
def test_sentences_are_disjoint_and_in_order(text: str) -> None:
    last = 0
    for span in docanalyze.split_sentences(text):
        assert last <= span.start < span.end <= len(text)
        last = span.end


def check_offsets(analysis: Analysis) -> None:
    text = analysis.text
    assert analysis.mentions is not UNSET
    assert analysis.sentences is not UNSET
    assert analysis.sections is not UNSET
    ids: set[str] = set()
    for item in (*analysis.blocks, *analysis.sentences):
        assert item.id not in ids
        ids.add(item.id)
        assert (item.start, item.end) == (item.spans[0].start, item.spans[-1].end)
        assert all(0 <= span.start < span.end <= len(text) for span in item.spans)
    for mention in analysis.mentions:
        assert text[mention.start : mention.end] == mention.text
        if mention.sentence is not None:
            sentence = next(s for s in analysis.sentences if s.id == mention.sentence)
            assert sentence.start <= mention.start < sentence.end
    for section in analysis.sections:
        assert 0 <= section.start < section.end <= len(text)


def check_analysis_or_error(data: bytes, name: str) -> None:
    message = name
    try:
        check_offsets(docanalyze.analyze_bytes(data, name=name))
    except DocanalyzeError as error:
        message = str(error)
    assert name in message


@given(st.binary(max_size=400))
def test_any_bytes_give_a_clear_error_or_an_analysis(data: bytes) -> None:
    for name in ("x.txt", "x.pdf"):
        check_analysis_or_error(data, name)


@given(st.text(max_size=400))
def test_any_text_gives_an_analysis_unless_it_is_empty(text: str) -> None:
    try:
        check_offsets(docanalyze.analyze_bytes(text.encode(), name="x.md"))
    except docanalyze.NotAReport:
        assert not text.strip("\0 \t\r\n") or "\0" in text


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_pdf_gives_a_clear_error_or_an_analysis(data: st.DataObject) -> None:
    original = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(original) - 1))
        original[at] = data.draw(st.integers(0, 255))
    check_analysis_or_error(bytes(original), "x.pdf")


PLAIN = factories.make_text_pdf(
    [[factories.Line(85, 700, "Thu ngân sách đạt 91,38 tỷ đồng, bằng 52,22% dự toán.")]]
)


@pytest.fixture(scope="module")
def sample(samples: Path) -> Analysis:
    return docanalyze.analyze_report(samples / "bao-cao-6-thang-2023.pdf")


def test_the_sample_holds_together(sample: Analysis) -> None:
    check_offsets(sample)
    assert sample.status == "ok"
    assert sample.report is not UNSET
    report = sample.report
    assert (report.type, report.number) == ("báo cáo", "215/BC-UBND")
    assert report.issuer == "ỦY BAN NHÂN DÂN HUYỆN MỘC GIANG"
    assert report.body == "ubnd:huyện:mộc giang"
    assert (report.place, report.date, report.cutoff) == ("Mộc Giang", "2023-06-16", "2023-06-14")
    assert report.signer == "Lâm Tịnh Khuê"
    assert report.periods[0].start == "2023-01-01"
    assert report.periods[0].end == "2023-06-30"
    assert report.signatures[0].office == "PHÓ CHỦ TỊCH"


def test_every_block_sentence_and_mention_of_a_pdf_has_a_place(sample: Analysis) -> None:
    assert sample.mentions is not UNSET
    assert sample.sentences is not UNSET
    assert all(block.boxes for block in sample.blocks)
    assert all(sentence.boxes for sentence in sample.sentences)
    assert all(mention.boxes for mention in sample.mentions)


def test_every_kind_of_mention_comes_out(sample: Analysis) -> None:
    assert sample.mentions is not UNSET
    found = {docanalyze.mention_kind(mention) for mention in sample.mentions}
    assert found == {"number", "percent", "money", "quantity", "ordinal", "date", "period", "legal_ref"}


def test_page_numbers_labels_and_running_numbers_are_no_figures(sample: Analysis) -> None:
    assert sample.mentions is not UNSET
    blocks = {block.id: block for block in sample.blocks}
    for mention in sample.mentions:
        block = next(b for b in blocks.values() if b.start <= mention.start < b.end)
        assert block.kind not in ("page-number", "header", "footer")
    cells = {(t.id, c.row, c.col): c for t in sample.tables for c in t.cells}
    for mention in sample.mentions:
        if mention.cell is not None:
            assert cells[mention.cell.table, mention.cell.row, mention.cell.col].role != "stt"


def test_a_tagger_of_ones_own() -> None:
    def find_shouts(text: str, lexicon: docanalyze.Lexicon) -> list[Mention]:
        at = text.find("!")
        value = docanalyze.core.mention.NumberValue()  # type: ignore[attr-defined]
        return (
            [docanalyze.Number(text="!", start=at, end=at + 1, rule="mine.shout", value=value)]
            if at >= 0
            else []
        )

    mentions = docanalyze.tag_text("đạt 58%!", taggers=(*docanalyze.TAGGERS, find_shouts))
    assert [mention.rule for mention in mentions][-1] == "mine.shout"


def test_splitters_are_aligned_to_our_text() -> None:
    text = "Thu đạt 58,12%. Chi đạt 40%."
    for name in docanalyze.SPLITTERS:
        spans = docanalyze.split_sentences(text, splitter=name)
        assert [span.of(text) for span in spans] == ["Thu đạt 58,12%.", "Chi đạt 40%."]
    with pytest.raises(docanalyze.UsageError):
        docanalyze.split_sentences(text, splitter="none")


def test_wrong_options() -> None:
    with pytest.raises(docanalyze.UsageError):
        docanalyze.analyze_bytes(b"x", name="a.txt", until="verify")  # type: ignore[arg-type]
    with pytest.raises(docanalyze.UsageError):
        docanalyze.analyze_bytes(b"x", name="a.txt", pages=[(1, 2)])


def test_boxes_follow_the_words(sample: Analysis) -> None:
    assert sample.mentions is not UNSET
    pages = {page.number: page for page in sample.pages} if sample.pages is not UNSET else {}
    for mention in sample.mentions:
        for box in mention.boxes:
            assert 0 <= box.x0 < box.x1 <= pages[box.page].width
            assert 5 < box.bottom - box.top < 30
        assert len({round(box.top) for box in mention.boxes}) == len(mention.boxes)
    assert Span(0, 1).of(sample.text) == sample.text[0]
