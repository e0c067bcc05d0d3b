from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.core.errors import NotAReport
from docanalyze.read.source import identify_bytes
from docanalyze.read.text_file import decode_text, read_text

BROKEN = """- Công tác cấp giấy chứng nhận

¹ Tính đến ngày 14/6.

quyền sử dụng đất² đạt 97,51%.

² Cấp lần đầu.
"""


def test_a_paragraph_cut_by_a_note_is_one_block_with_two_spans() -> None:
    document = read_text(BROKEN)
    item, first, second = document.blocks
    assert item.kind == "list-item"
    assert [span.of(BROKEN) for span in item.spans] == [
        "- Công tác cấp giấy chứng nhận",
        "quyền sử dụng đất² đạt 97,51%.",
    ]
    assert (first.kind, first.marker) == ("footnote", "1")
    assert (second.kind, second.marker) == ("footnote", "2")
    assert second.refers_from[0].of(BROKEN) == "²"


def test_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "Trong sáu tháng đầu năm, tình hình kinh tế - xã hội của huyện tiếp tục ổn",
        "định và có bước phát triển; thu ngân sách nhà nước trên địa bàn đạt khá so",
        "với dự toán được giao đầu năm, nhất là các khoản thu từ doanh nghiệp ngoài",
        "quốc doanh và hộ kinh doanh.",
        "Công tác an sinh xã hội được quan tâm thực hiện đầy đủ, kịp thời theo đúng",
        "quy định hiện hành của Nhà nước.",
    ]
    text = "\n".join(lines)
    document = read_text(text)
    assert [text[b.start : b.end].count("\n") for b in document.blocks] == [3, 1]


def test_list_lines_without_blank_lines_are_blocks_of_their_own() -> None:
    text = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\n**TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH**\n\nLâm Tịnh Khuê"
    kinds = [block.kind for block in read_text(text).blocks]
    assert kinds == ["recipients"] * 3 + ["signature"] * 2


def test_title_and_letterhead() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nHUYỆN MỘC GIANG\n\nSố: 215/BC-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n\nMộc Giang, ngày 16 tháng 6 năm 2023\n\nBÁO CÁO\n\n"
        "**Tình hình 6 tháng đầu năm 2023**\n\nThực hiện chương trình công tác.\n"
    )
    kinds = [block.kind for block in read_text(text).blocks]
    assert kinds == ["letterhead"] * 5 + ["title"] * 2 + ["paragraph"]


@given(st.text(max_size=300))
def test_blocks_cover_every_character_that_shows(text: str) -> None:
    document = read_text(text)
    covered = {at for block in document.blocks for span in block.spans for at in range(span.start, span.end)}
    breaks = set("\r\n\f\v\x85\u2028\u2029")
    assert all(at in covered or char.isspace() or char in breaks for at, char in enumerate(text))
    for block in document.blocks:
        assert (block.start, block.end) == (block.spans[0].start, block.spans[-1].end)


def test_decoding() -> None:
    nfd = "Uy\u0309 ban"
    text, changed = decode_text(identify_bytes(b"\xef\xbb\xbf" + nfd.encode(), name="a.txt"))
    assert (text, changed) == ("U\u1ef7 ban", True)
    assert decode_text(identify_bytes("năm".encode(), name="a.txt")) == ("năm", False)
    with pytest.raises(NotAReport, match="UTF-8"):
        decode_text(identify_bytes("năm 2023".encode("utf-16-le")[1:], name="a.txt"))
