"""Files made to eat memory or time end in a clear error, quickly."""

from __future__ import annotations

import zlib

import pytest

from docanalyze.core.errors import LimitExceeded
from docanalyze.read.bombs import refuse_bomb
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import Limits, identify_bytes
from tests import factories


def make_page(content: bytes, *objects: bytes, resources: bytes = b"") -> bytes:
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << "
        + resources
        + b" >> >>"
    )
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", content, *objects, page]
    return factories._assemble(bodies, [len(bodies)])


def make_form(content: bytes, *, draws: int) -> bytes:
    return (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /a %d 0 R >> >> "
        b"/Length %d >>\nstream\n%s\nendstream" % (draws, len(content), content)
    )


def make_stream(packed: bytes, filters: bytes) -> bytes:
    return b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(packed), filters, packed)


SPACES = zlib.compress(b" " * (40 << 20), 9)
BOMBS = {
    "inflates a thousandfold": make_page(make_stream(SPACES, b"/FlateDecode")),
    "packed twice": make_page(make_stream(zlib.compress(SPACES, 9), b"[/FlateDecode /FlateDecode]")),
    "a drawing inside itself": make_page(
        factories._stream(b"/a Do"), make_form(b"/a Do /a Do", draws=4), resources=b"/XObject << /a 4 0 R >>"
    ),
    "a drawing inside itself by a reference": make_page(
        factories._stream(b"/a Do"),
        make_form(b"/a Do /a Do", draws=4).replace(b"<< /XObject << /a 4 0 R >> >>", b"5 0 R"),
        b"<< /XObject << /a 4 0 R >> >>",
        resources=b"/XObject << /a 4 0 R >>",
    ),
    "ten times ten times ten": make_page(
        factories._stream(b"/a Do"),
        *[make_form(b"/a Do " * 10, draws=5 + i) for i in range(7)],
        make_form(b"0 0 m", draws=99),
        resources=b"/XObject << /a 4 0 R >>",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(name: str) -> None:
    with pytest.raises(LimitExceeded):
        read_pdf(identify_bytes(BOMBS[name], name="x.pdf"))


def test_drawings_used_as_they_should_are_none() -> None:
    logo = make_form(b"0 0 m 9 9 l S", draws=4)
    data = make_page(factories._stream(b"/a Do " * 300), logo, resources=b"/XObject << /a 4 0 R >>")
    refuse_bomb(identify_bytes(data, name="x.pdf"), Limits())
    refuse_bomb(identify_bytes(factories.SAMPLE_2023.read_bytes(), name="x.pdf"), Limits())


def test_a_page_flooded_with_text_is_left_out_and_said() -> None:
    data = factories.make_text_pdf([[factories.Line(85, 700, "Kết quả thực hiện nhiệm vụ")]])
    document = read_pdf(identify_bytes(data, name="x.pdf"), limits=Limits(characters=10), ocr="never")
    assert [warning.code for warning in document.warnings] == ["page-too-large"]


def test_ten_thousand_pages_are_refused() -> None:
    data = factories.make_many_pages_pdf(200)
    with pytest.raises(LimitExceeded, match="100 pages"):
        read_pdf(identify_bytes(data, name="x.pdf"), limits=Limits(pages=100))
