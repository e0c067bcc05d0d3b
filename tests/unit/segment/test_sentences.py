"""Sentences: the cases that a linguist reads, and what holds for any text."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.core.document import Block, BlockKind, Document
from docanalyze.core.span import Span
from docanalyze.segment.sections import find_sections
from docanalyze.segment.sentences import find_sentences, split_text
from docanalyze.segment.splitters import SPLITTERS

ROOT = Path(__file__).parents[3]
CASES = tomllib.loads((ROOT / "tests/cases/segment/sentences.toml").read_text("utf-8"))["case"]

PIECES = st.sampled_from(
    [
        "Thu", "ngân sách", "đạt", "58,12%", "1.234", "TP.", "v.v.", "A.", "I.", "1.", "a)", "- ", "+", ".",
        ". ", "..", "...", "…", "?", "!", "./.", ";", ":", "“", "”", '"', "(", ")", "*", "**", "#", "\n",
        "\n\n", " ", "  ", "\t", "²", "Điều 5.",
        "\u00a0", "\r\n", "năm 2023", "Ủy ban", "Số", "/",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)


def split_marks(case: dict[str, Any]) -> tuple[str, list[str]]:
    text: str = case["text"]
    if "sentences" in case:
        return text, case["sentences"]
    if "ends" in case:
        wanted, at = [], 0
        for end in case["ends"]:
            stop = text.index(end, at) + len(end)
            wanted.append(text[at:stop].strip())
            at = stop
        return text, wanted
    return text.replace("|", " "), text.split("|")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text, wanted = split_marks(case)
    assert [span.of(text) for span in split_text(text)] == wanted


@given(TEXTS)
def test_spans_are_ordered_disjoint_and_cover_all_but_space_and_emphasis(text: str) -> None:
    spans = split_text(text)
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= len(text)
        assert not text[at : span.start].strip("*# \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029").strip()
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
        at = span.end
    assert not text[at:].strip().strip("*#").strip()


@pytest.mark.parametrize("name", sorted(SPLITTERS))
@given(text=TEXTS)
def test_every_splitter_gives_ordered_spans_of_the_text(name: str, text: str) -> None:
    at = 0
    for span in SPLITTERS[name](text):
        assert at <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        at = span.end


@pytest.mark.parametrize("name", sorted(SPLITTERS))
def test_splitters_agree_on_plain_sentences(name: str) -> None:
    text = "Xã đã họp dân.  Mọi người\nđồng ý. Việc này hoàn thành ."
    found = [" ".join(span.of(text).split()) for span in SPLITTERS[name](text)]
    assert found == ["Xã đã họp dân.", "Mọi người đồng ý.", "Việc này hoàn thành ."]


@pytest.mark.parametrize(
    "unit",
    [". ", "A. ", "1. ", 'x. "', ".)", "*", "**x** ", "\n ", "#", "a. ”", "TP. ", "… a", "\n- ", "(", "X"],
)
def test_time_grows_with_length_only(unit: str) -> None:
    def cost(count: int) -> float:
        text = unit * count
        best = 9.0
        for _ in range(3):
            begin = time.process_time()
            split_text(text)
            best = min(best, time.process_time() - begin)
        return best

    assert cost(80_000) < 30 * cost(8_000) + 0.05


def make_document(parts: list[tuple[BlockKind, list[str], str | None]]) -> Document:
    """Blocks from (kind, stretches, marker); stretches of one block are parted by a page number."""
    text, blocks = "", []
    for number, (kind, stretches, marker) in enumerate(parts, 1):
        spans = []
        for i, stretch in enumerate(stretches):
            if i:
                text += "7\n\n"
            spans.append(Span(len(text), len(text) + len(stretch)))
            text += stretch + "\n\n"
        blocks.append(
            Block(
                id=f"b{number}", kind=kind, marker=marker,
                start=spans[0].start, end=spans[-1].end, spans=tuple(spans),
            )
        )  # fmt: skip
    return Document(text, tuple(blocks))


def show(document: Document) -> list[str]:
    found = find_sentences(document, find_sections(document))
    return [" ⏎ ".join(" ".join(span.of(document.text).split()) for span in s.spans) for s in found]


def test_sentence_over_a_page_break_has_two_spans() -> None:
    document = make_document(
        [("paragraph", ["Xã đã họp. Kết quả được", "công bố ngày 12/4. Không có ý kiến."], None)]
    )
    assert show(document) == ["Xã đã họp.", "Kết quả được ⏎ công bố ngày 12/4.", "Không có ý kiến."]
    broken = find_sentences(document, [])[1]
    assert (broken.start, broken.end) == (broken.spans[0].start, broken.spans[-1].end)
    assert broken.block == "b1"


def test_one_item_for_each_part_of_the_form() -> None:
    document = make_document(
        [
            ("letterhead", ["---------"], None),
            ("title", ["**Kết quả công tác\nquý II. Năm 2024**"], None),
            ("heading", ["**II. KẾT QUẢ\nCHỦ YẾU**"], "II"),
            ("heading", ["2. Giải ngân hết vốn. Báo cáo đúng hạn."], "2"),
            ("header", ["Trang đầu"], None),
            ("list-item", ["- Họp dân. Đo đạc xong;"], "-"),
            ("caption", ["Biểu 01. Thu ngân sách. Chi ngân sách"], None),
            ("table", ["1\t2"], None),
            ("footnote", ["¹ Số liệu ước. Chưa quyết toán"], "1"),
            ("recipients", ["Nơi nhận:\n- Như trên;\n- Lưu: VT."], None),
            ("signature", ["TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nLê Văn An"], None),
        ]
    )
    assert show(document) == [
        "Kết quả công tác quý II. Năm 2024",
        "II. KẾT QUẢ CHỦ YẾU",
        "2. Giải ngân hết vốn. Báo cáo đúng hạn.",
        "- Họp dân.",
        "Đo đạc xong;",
        "Biểu 01. Thu ngân sách. Chi ngân sách",
        "¹ Số liệu ước. Chưa quyết toán",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
        "Lê Văn An",
    ]


def test_wrapped_lines_of_a_block_are_no_list() -> None:
    document = make_document([("paragraph", ["Gồm các việc:\n- 2025 là năm cuối;\n1. không phải mục"], None)])
    assert len(show(document)) == 1


def test_section_is_the_innermost_one() -> None:
    document = make_document(
        [
            ("paragraph", ["Mở đầu."], None),
            ("heading", ["I. KẾT QUẢ"], "I"),
            ("paragraph", ["Chung."], None),
            ("heading", ["1. Về kinh tế"], "1"),
            ("paragraph", ["Tăng."], None),
            ("heading", ["II. NHIỆM VỤ"], "II"),
            ("paragraph", ["Làm."], None),
            ("signature", ["CHỦ TỊCH"], None),
        ]
    )
    found = find_sentences(document, find_sections(document))
    assert [s.section for s in found] == [None, "s1", "s1", "s2", "s2", "s3", "s3", None]
    assert [s.id for s in found] == [f"x{n}" for n in range(1, 9)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["paragraph", "list-item", "footnote", "basis", "heading"]),
            st.lists(TEXTS.map(str.strip).filter(bool), min_size=1, max_size=3),
            st.none(),
        ),
        max_size=5,
    )
)
def test_body_blocks_are_covered(parts: Any) -> None:
    document = make_document(parts)
    covered = set()
    for sentence in find_sentences(document, find_sections(document)):
        at = sentence.start
        for span in sentence.spans:
            assert at <= span.start <= span.end <= sentence.end
            fresh = set(range(span.start, span.end))
            assert not fresh & covered
            covered |= fresh
            at = span.end
    for block in document.blocks:
        if not any(char.isalnum() for span in block.spans for char in span.of(document.text)):
            continue
        for span in block.spans:
            missed = [document.text[i] for i in range(span.start, span.end) if i not in covered]
            assert not "".join(missed).replace("*", "").replace("#", "").strip()


def test_the_shared_report_has_the_179_items_of_its_gold() -> None:
    path = ROOT.parent / "shared/reports/seed/duyen-hai-2023-h1.txt"
    if not path.exists():
        pytest.skip("the shared reports are not here")
    from docanalyze.read.text_file import read_text

    document = read_text(path.read_text("utf-8"))
    sentences = find_sentences(document, find_sections(document))
    assert len(sentences) == 179
    assert sum(len(s.spans) > 1 for s in sentences) == 7


def test_a_chapter_and_its_title_are_one_heading() -> None:
    document = make_document(
        [
            ("title", ["BÁO CÁO"], None),
            ("title", ["kết quả công tác năm 2024"], None),
            ("heading", ["Chương IV"], "Chương IV"),
            ("heading", ["TRÁCH NHIỆM CỦA CÁC BÊN"], None),
            ("heading", ["I. KẾT QUẢ"], "I"),
            ("heading", ["TÌNH HÌNH CHUNG"], None),
        ]
    )
    assert show(document) == [
        "BÁO CÁO",
        "kết quả công tác năm 2024",
        "Chương IV ⏎ TRÁCH NHIỆM CỦA CÁC BÊN",
        "I. KẾT QUẢ",
        "TÌNH HÌNH CHUNG",
    ]
