"""The file itself: found, opened within limits, and told apart by its bytes, not by its name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from docanalyze.core.analysis import MediaType
from docanalyze.core.errors import DamagedPdf, LimitExceeded, MissingFile, NotAReport

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost.

    More `bytes` or `pages` are refused. When `seconds` are over no page is begun any more, and the
    analysis says which pages are missing; `pixels` bounds the picture that is drawn of a page,
    `characters` the text of one, `inflated` what one compressed stream may hold if it is
    more than a hundred times as large as in the file.
    """

    bytes: int = 512 * 1024 * 1024
    pages: int = 5000
    seconds: float = 120.0
    pixels: int = 100_000_000
    characters: int = 1_000_000
    inflated: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file's bytes with the path as the user gave it, their SHA-256 and what they are."""

    path: str
    data: bytes
    sha256: str
    media_type: MediaType


def load_file(path: str | Path, *, limits: Limits | None = None) -> RawFile:
    """Return the file at `path`; raise an UnreadableFile error that says what is wrong with it."""
    limits = limits or Limits()
    name = str(path)
    where = Path(path)
    try:
        if where.is_dir():
            raise NotAReport(
                path=name, problem_en="a directory, not a file", problem_vi="là thư mục, không phải tệp"
            )
        if where.stat().st_size > limits.bytes:
            raise LimitExceeded(path=name, **_byte_limit(limits))
        data = where.read_bytes()
    except (OSError, ValueError) as error:
        raise MissingFile(path=name) from error
    return identify_bytes(data, name=name, limits=limits)


def identify_bytes(data: bytes, *, name: str, limits: Limits | None = None) -> RawFile:
    """Return `data` as a file called `name`, told to be PDF, Markdown or plain text by its bytes."""
    if len(data) > (limits or Limits()).bytes:
        raise LimitExceeded(path=name, **_byte_limit(limits or Limits()))
    suffix = Path(name).suffix.lower()
    media: MediaType
    if not data.strip(b"\0 \t\r\n"):
        raise NotAReport(path=name, problem_en="the file is empty", problem_vi="tệp rỗng")
    if b"%PDF-" in data[:1024]:
        _refuse_cut_pdf(data, name)
        media = "application/pdf"
    elif suffix == ".pdf":
        raise NotAReport(
            path=name, problem_en="named .pdf but not a PDF", problem_vi="có đuôi .pdf nhưng không phải PDF"
        )
    elif b"\0" in data[:4096]:
        raise NotAReport(
            path=name,
            problem_en="neither a PDF nor UTF-8 text",
            problem_vi="không phải PDF và cũng không phải văn bản UTF-8",
        )
    else:
        media = "text/markdown" if suffix in (".md", ".markdown") else "text/plain"
    return RawFile(write_name(name), data, hashlib.sha256(data).hexdigest(), media)


def _refuse_cut_pdf(data: bytes, name: str) -> None:
    """Raise DamagedPdf if objects follow the last end mark, or if there is none.

    PDFium rebuilds what it can of such a file and shows fewer pages without a word; an auditor
    must know that the report is not whole.
    """
    end = data.rfind(b"%%EOF")
    if end < 0 or (len(data) - end > 1024 and re.search(rb"\d\s+obj\b", data[end:])):
        raise DamagedPdf(path=name)


def _byte_limit(limits: Limits) -> dict[str, str]:
    size = f"{limits.bytes // (1024 * 1024)} MB"
    return {"limit_en": size, "limit_vi": size}


def write_name(path: str) -> str:
    r"""Return a path as text: bytes that are no UTF-8 (names from before Unicode) become marks.

    >>> write_name("b\udce1o-c\udce1o.pdf")
    'b�o-c�o.pdf'
    """
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", path)
