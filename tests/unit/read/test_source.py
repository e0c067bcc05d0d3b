from __future__ import annotations

from pathlib import Path

import pytest

from docanalyze.core.errors import DamagedPdf, LimitExceeded, MissingFile, NotAReport
from docanalyze.read.source import Limits, identify_bytes, load_file


def test_kinds_are_told_by_bytes() -> None:
    assert identify_bytes(b"%PDF-1.7\n%%EOF", name="x").media_type == "application/pdf"
    assert identify_bytes(b"# Report", name="x.md").media_type == "text/markdown"
    assert identify_bytes("Báo cáo".encode(), name="x").media_type == "text/plain"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.pdf"),
        (b" \n\n", "a.txt"),
        (b"hello", "a.pdf"),
        (b"PK\x03\x04\x00\x00", "a.docx"),
        (b"\x89PNG\0", "a.txt"),
    ],
)
def test_what_is_no_report(data: bytes, name: str) -> None:
    with pytest.raises(NotAReport, match=name):
        identify_bytes(data, name=name)


def test_a_cut_pdf_is_damaged(samples: Path) -> None:
    data = (samples / "bao-cao-6-thang-2023.pdf").read_bytes()
    for share in (0.05, 0.3, 0.6, 0.9, 0.99):
        with pytest.raises(DamagedPdf):
            identify_bytes(data[: int(len(data) * share)], name="cut.pdf")


def test_the_end_mark_may_be_followed_by_a_little_noise(samples: Path) -> None:
    data = (samples / "bao-cao-6-thang-2023.pdf").read_bytes()
    assert identify_bytes(data + b"\n\n\0\0<!-- saved -->", name="a.pdf").media_type == "application/pdf"


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"none\.pdf"):
        load_file(tmp_path / "none.pdf")
    with pytest.raises(NotAReport, match="directory"):
        load_file(tmp_path)
    with pytest.raises(MissingFile):
        load_file("a\0b.pdf")
    big = tmp_path / "big.txt"
    big.write_bytes(b"x" * 2000)
    with pytest.raises(LimitExceeded):
        load_file(big, limits=Limits(bytes=1000))
