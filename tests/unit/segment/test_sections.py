"""The tree of sections, as each document nests its own labels."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.check.numbering import find_numbering_gaps
from docanalyze.core.analysis import Section
from docanalyze.core.document import Block, BlockKind, Document
from docanalyze.core.span import Span
from docanalyze.segment.sections import find_sections


def read_outline(outline: str) -> Document:
    """A document of one block a line: `kind: text`; a line without a kind is a heading."""
    text, blocks = "", []
    for line in outline.strip().splitlines():
        kind, colon, rest = line.strip().partition(": ")
        if not colon or kind not in ("p", "item", "sign", "title", "note", "head"):
            kind, rest = "heading", line.strip()
        name: dict[str, BlockKind] = {
            "p": "paragraph", "item": "list-item", "sign": "signature", "title": "title", "note": "footnote",
            "head": "header", "heading": "heading",
        }  # fmt: skip
        span = Span(len(text), len(text) + len(rest))
        number = len(blocks) + 1
        blocks.append(Block(id=f"b{number}", kind=name[kind], start=span.start, end=span.end, spans=(span,)))
        text += rest + "\n\n"
    return Document(text, tuple(blocks))


def show(document: Document) -> list[str]:
    return ["  " * (s.level - 1) + s.label for s in find_sections(document)]


@pytest.mark.parametrize(
    ("outline", "wanted"),
    [
        ("I. A\n1. B\n2. C\nII. D\n1. E", ["I", "  1", "  2", "II", "  1"]),
        ("Phần I\nI. A\n1. B\na) C\nPhần II\nI. D", ["Phần I", "  I", "    1", "      a", "Phần II", "  I"]),
        ("A. X\nI. Y\nII. Z\nB. W\nC. V\nD. U", ["A", "  I", "  II", "B", "C", "D"]),
        ("1. X\n1.1. Y\n1.1.1. Z\n1.2. W\n2. V", ["1", "  1.1", "    1.1.1", "  1.2", "2"]),
        ("I. X\n1.1 Yên\n1.2 Zên\n2. V", ["I", "  1.1", "  1.2", "  2"]),
        ("I. X\na) Y\nII. Z\n1. W\na) V\n2. U", ["I", "  a", "II", "  1", "    a", "  2"]),
        ("1. X\nI. Y\nII. Z\n2. W\nI. V", ["1", "  I", "  II", "2", "  I"]),
        ("IV. X\nV. Y\nVI. Z", ["IV", "V", "VI"]),
        ("H. X\nI. Y\nK. Z", ["H", "I", "K"]),
        ("I. X\n3. Y\n3. Z\n7. W", ["I", "  3", "  3", "  7"]),
        ("I. X\nĐÁNH GIÁ CHUNG\n1. Y\nII. Z", ["I", "  ", "  1", "II"]),
        ("THU NGÂN SÁCH\n1. X\n2. Y\nCHI NGÂN SÁCH\n1. Z", ["", "  1", "  2", "", "  1"]),
        ("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. X\nitem: 1. a\nitem: 2. b\nĐiều 2. Y", None),
    ],
)
def test_nesting(outline: str, wanted: list[str] | None) -> None:
    found = show(read_outline(outline))
    assert found == (wanted or ["Chương I", "  Điều 1", "    1", "    2", "  Điều 2"])


def test_title_of_a_label_alone_is_on_the_next_line() -> None:
    sections = find_sections(read_outline("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\np: Nội dung."))
    assert [(s.label, s.title) for s in sections] == [("Chương I", "QUY ĐỊNH CHUNG"), ("Điều 1", "Phạm vi")]


def test_emphasis_and_line_ends_leave_the_title() -> None:
    text = "**I. KẾT QUẢ\nCHỦ YẾU**"
    block = Block(id="b1", kind="heading", start=0, end=len(text), spans=(Span(0, len(text)),), marker="I")
    (section,) = find_sections(Document(text, (block,)))
    assert (section.label, section.title) == ("I", "KẾT QUẢ CHỦ YẾU")


def test_a_marker_of_the_reader_is_used_where_the_text_has_none() -> None:
    block = Block(id="b1", kind="heading", start=0, end=7, spans=(Span(0, 7),), marker="II")
    (section,) = find_sections(Document("KẾT QUẢ", (block,)))
    assert (section.label, section.title) == ("II", "KẾT QUẢ")


def test_extent_takes_in_subsections_and_leaves_out_signature_and_running_heads() -> None:
    document = read_outline("p: Mở đầu.\nI. A\np: a.\n1. B\np: b.\nhead: x\nII. C\np: c.\nsign: CHỦ TỊCH")
    extents = {s.label: document.text[s.start : s.end] for s in find_sections(document)}
    assert extents["I"] == "I. A\n\na.\n\n1. B\n\nb."
    assert extents["1"] == "1. B\n\nb."
    assert extents["II"] == "II. C\n\nc."


def test_an_annex_after_the_signature_is_a_tree_of_its_own() -> None:
    sections = find_sections(read_outline("I. A\n1. B\nsign: CHỦ TỊCH\n1. C\n2. D"))
    assert [(s.label, s.level, s.parent) for s in sections] == [
        ("I", 1, None), ("1", 2, "s1"), ("1", 1, None), ("2", 1, None),
    ]  # fmt: skip


def make_sections(labels: list[str]) -> list[Section]:
    return [
        Section(id=f"s{i}", label=label, title="", level=1, parent=None, start=0, end=0)
        for i, label in enumerate(labels, 1)
    ]


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        (["I", "II", "III"], []),
        (["I", "II", "IV"], [("IV", "III", "gap")]),
        (["1", "2", "3", "6", "7"], [("6", "4", "gap")]),
        (["1", "2", "2", "3"], [("2", "3", "repeat")]),
        (["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"], []),
        (["a", "b", "d"], [("d", "c", "gap")]),
        (["1.1", "1.2", "1.4"], [("1.4", "1.3", "gap")]),
        (["Điều 1", "Điều 2", "Điều 2a", "Điều 4"], [("Điều 4", "Điều 3", "gap")]),
        (["Chương I", "Chương III"], [("Chương III", "Chương II", "gap")]),
        (["A", "B", "C", "D"], []),
        (["2", "3"], [("2", "1", "gap")]),
        (["", "?"], []),
    ],
)
def test_numbering_gaps(labels: list[str], wanted: list[tuple[str, str, str]]) -> None:
    assert [(g.label, g.expected, g.kind) for g in find_numbering_gaps(make_sections(labels))] == wanted


def test_gaps_are_counted_within_one_parent() -> None:
    assert find_numbering_gaps(find_sections(read_outline("I. A\n1. B\n2. C\nII. D\n1. E\n2. F"))) == []


LINES = st.sampled_from(
    ["I. A", "II. B", "V. C", "C. D", "1. E", "2. F", "1.1. G", "a) H", "đ) I", "(i) K", "Điều 1. L",
     "Chương I", "Phần II", "TIÊU ĐỀ", "p: Nội dung.", "item: 1. Mục", "item: - Ý", "sign: CHỦ TỊCH",
     "note: ¹ Chú", "title: BÁO CÁO"]
)  # fmt: skip


@given(st.lists(LINES, min_size=1, max_size=25).map("\n".join))
def test_any_outline_gives_a_sound_tree(outline: str) -> None:
    document = read_outline(outline)
    sections = find_sections(document)
    by_id = {s.id: s for s in sections}
    assert [s.id for s in sections] == [f"s{n}" for n in range(1, len(sections) + 1)]
    for before, after in pairwise(sections):
        assert before.start < after.start
        assert after.start >= before.end or after.end <= before.end
    for section in sections:
        assert 0 <= section.start < section.end <= len(document.text)
        parent = by_id.get(section.parent or "")
        assert section.level == (parent.level + 1 if parent else 1)
        if parent:
            assert parent.start < section.start <= section.end <= parent.end
    find_numbering_gaps(sections)
