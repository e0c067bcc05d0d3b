"""A UTF-8 `.txt` or `.md` file -> `Document`: its own characters, nothing moved.

Paragraphs are told by blank lines, labels and the fill of lines; a paragraph cut by a page break or
an interposed footnote becomes one block with several spans.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docanalyze.core.document import Block, BlockKind, Document, Table
from docanalyze.core.errors import NotAReport
from docanalyze.core.ladder import UPPER
from docanalyze.core.span import Span, trim_span
from docanalyze.lexicon.forms import form_pattern
from docanalyze.read.markers import (
    classify_paragraph,
    find_hidden_headings,
    find_marker,
    is_capitals,
    is_tabbed,
    is_type_line,
)
from docanalyze.read.source import RawFile

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_CHUNK_BREAK = re.compile(r"(?:\r\n|[\n\r\f])[ \t\xa0]*(?:\r\n|[\n\r\f])|\f")
_TERMINAL = (".", ";", ":", "!", "?", "…", "./.", "”", ")", "*")
_NOTE = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*\S|\[\^(\d+)\]:")
_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\^\d+\](?!:)")
_SUPERSCRIPT_VALUES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LONGEST_TITLE = 400
_PAGE_NUMBER = re.compile(r"(?:[Tt]rang\s*)?[-–—]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—]?$")
_RECIPIENTS = form_pattern(r"\**<recipients>\s*:?")
_ADDRESSEE = form_pattern(r"\**<addressee>")
_AUTHORITY = form_pattern(rf"\**<authority>\s*\.?\s+[{UPPER}]")
_LETTERHEAD = form_pattern(
    r"\**(?:<motto>|<motto_line>|Số\s*:?\s*[\d.…\s]*[/-]\S|[-_*]{4,}$)"
    r"|.{2,40}, ngày\s.{0,12}tháng\s.{0,12}năm\s*[\d.…]*$|\*$"
)


@dataclass(slots=True)
class _Draft:
    kind: BlockKind
    spans: list[Span]
    marker: str | None


def decode_text(file: RawFile) -> tuple[str, bool]:
    """Return the file's text in NFC without its BOM, and whether NFC changed it.

    Raises NotAReport if the bytes are not UTF-8.
    """
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAReport(
            path=file.path, problem_en="the text is not UTF-8", problem_vi="văn bản không phải mã UTF-8"
        ) from error
    normal = unicodedata.normalize("NFC", text)
    return normal, normal != text


def is_table(lines: Sequence[str]) -> bool:
    r"""Return whether the lines of a paragraph are the rows of a table: two and more, cells by tabs.

    >>> is_table(["Chỉ tiêu\tKế hoạch", "Thu ngân sách\t175"]), is_table(["1.\tVề kinh tế"])
    (True, False)
    """
    parted = sum("\t" in line.strip() for line in lines)
    return len(lines) > 1 and parted >= 2 and parted >= 0.6 * len(lines)


def read_text(text: str) -> Document:
    r"""Return the document in a plain or Markdown text.

    >>> [b.kind for b in read_text("I. KẾT QUẢ\n\n- Thu ngân sách đạt 58%.").blocks]
    ['heading', 'list-item']
    """
    drafts = _join_broken(text, _draft_paragraphs(text))
    _label_closing(text, drafts)
    _label_opening(text, drafts)
    described = [(draft.kind, draft.marker, draft.spans[-1].of(text)) for draft in drafts]
    for i in find_hidden_headings(described):
        drafts[i].kind = "heading"
    blocks = tuple(
        Block(
            id=f"b{number}",
            kind=draft.kind,
            start=draft.spans[0].start,
            end=draft.spans[-1].end,
            spans=tuple(draft.spans),
            marker=draft.marker,
            refers_from=_find_marks(text, draft) if draft.kind == "footnote" else (),
        )
        for number, draft in enumerate(drafts, 1)
    )
    return Document(text, blocks, tables=tuple(_read_tables(text, drafts)))


def _read_tables(text: str, drafts: list[_Draft]) -> Iterator[Table]:
    if not any(draft.kind == "table" for draft in drafts):
        return
    # What tables need is a part of reading PDFs; a text without any does without it.
    from docanalyze.read.text_tables import read_text_table

    found = 0
    for at, draft in enumerate(drafts):
        if draft.kind == "table" and "\t" in draft.spans[0].of(text):
            found += 1
            above = [before.spans[0].of(text) for before in drafts[max(0, at - 2) : at]]
            from docanalyze.read.text_tables import read_text_table  # brings the reader of PDFs

            yield read_text_table(text, draft.spans[0], f"t{found}", above)


def _find_marks(text: str, note: _Draft) -> tuple[Span, ...]:
    return tuple(
        Span(*match.span())
        for match in _MARK.finditer(text)
        if match.group().translate(_SUPERSCRIPT_VALUES).strip("[^]") == note.marker
        and match.start() != note.spans[0].start
    )


def _draft_paragraphs(text: str) -> list[_Draft]:
    drafts: list[_Draft] = []
    at = 0
    ends = [match.start() for match in _CHUNK_BREAK.finditer(text)] + [len(text)]
    for end in ends:
        for span in _split_chunk(text, at, end):
            drafts.append(_classify(text, span))
        at = end
    return drafts


def _split_chunk(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the paragraphs of a stretch without blank lines: a label or an early line end splits."""
    lines = [trim_span(text, *match.span()) for match in _LINE.finditer(text, start, end)]
    lines = [line for line in lines if line.start < line.end]
    if not lines:
        return
    widest = max(len(line) for line in lines)
    wrapped = len(lines) >= 4 and widest <= 140
    if is_tabbed([line.of(text) for line in lines]):
        yield Span(lines[0].start, lines[-1].end)
        return
    first = lines[0]
    current = first
    last = first
    for line in lines[1:]:
        if _splits(text, last, line, widest if wrapped else None):
            yield current
            current = line
        else:
            current = Span(current.start, line.end)
        last = line
    yield current


def _splits(text: str, last: Span, line: Span, width: int | None) -> bool:
    before, here = last.of(text), line.of(text)
    label, style, _ = find_marker(here.lstrip("*_"))
    ended = before.endswith(_TERMINAL)
    if width is None and len(line) > 140 and len(last) > 140:
        return True
    spare = 0.12 if ended else 0.3
    room = width is not None and len(here.split(" ", 1)[0]) + 1 < width - len(last) - spare * width
    if label is not None and (style in ("part", "article", "roman", "bullet") or ended or room):
        return style != "bullet" or here[:1] not in "*" or here[1:2] == " "
    if _RECIPIENTS.match(here) or is_type_line(before) or _AUTHORITY.match(here):
        return True
    if _LETTERHEAD.match(here) or _LETTERHEAD.match(before):
        return True
    if width is None or (is_capitals(here) and is_capitals(before)):
        return False
    return room


def _classify(text: str, span: Span) -> _Draft:
    raw = span.of(text)
    if "\t" in raw and is_tabbed([line for line in _LINE.findall(raw) if line.strip()]):
        return _Draft("table", [span], None)
    note = _NOTE.match(raw)
    if note:
        return _Draft("footnote", [span], (note.group(1) or note.group(2)).translate(_SUPERSCRIPT_VALUES))
    if _PAGE_NUMBER.match(raw):
        return _Draft("page-number", [span], None)
    if raw.startswith("#"):
        bare = raw.lstrip("# ")
        return _Draft("heading", [span], find_marker(bare)[0])
    if raw.startswith("|"):
        return _Draft("table", [span], None)
    bold = raw.startswith("**") and raw.endswith("**") and len(raw) > 4
    kind, marker = classify_paragraph(re.sub(r"\s+", " ", raw), bold=bold, centred=False)
    return _Draft(kind, [span], marker)


def _join_broken(text: str, drafts: list[_Draft]) -> list[_Draft]:
    """Return the drafts with a paragraph that a page break or a note cuts put together.

    It is cut if it has no end mark and what follows, notes and page numbers aside, begins with a
    small letter. Its spans keep their places; what stood between stays a block of its own.
    """
    result: list[_Draft] = []
    body: _Draft | None = None
    for draft in drafts:
        if draft.kind in ("footnote", "page-number"):
            result.append(draft)
            continue
        opening = draft.spans[0].of(text)[:1]
        if (
            body is not None
            and draft.marker is None
            and draft.kind in ("paragraph", "heading")
            and body.kind in ("paragraph", "list-item", "heading", "basis")
            and opening.islower()
            and not is_type_line(body.spans[-1].of(text))
            and not body.spans[-1].of(text).endswith((".", ";", ":", "!", "?"))
        ):
            if text.count("\n", body.spans[-1].end, draft.spans[0].start) <= 1:
                body.spans[-1] = Span(body.spans[-1].start, draft.spans[0].end)
            else:
                body.spans.extend(draft.spans)
            continue
        result.append(draft)
        body = draft
    return result


def _label_opening(text: str, drafts: list[_Draft]) -> None:
    """Name the letterhead lines and the title among the first paragraphs."""
    titled = named = False
    for draft in drafts[:16]:
        raw = draft.spans[0].of(text)
        bare = raw.strip("* \n")
        if _LETTERHEAD.match(raw) and not titled:
            draft.kind = "letterhead"
        elif is_type_line(bare):
            draft.kind, titled = "title", True
        elif (
            titled
            and draft.marker is None
            and not bare.endswith((".", ":", ";"))
            and (raw.startswith("**") or is_capitals(bare) or not named)
            and len(bare) <= _LONGEST_TITLE
            and draft.kind in ("heading", "paragraph")
            and not _ADDRESSEE.match(bare)
        ):
            # The line under `BÁO CÁO` is its subject, in capitals or not.
            draft.kind, named = "title", True
        elif titled:
            return
        elif is_capitals(bare) and draft.kind in ("heading", "paragraph") and draft.marker is None:
            draft.kind = (
                "letterhead" if any(_LETTERHEAD.match(d.spans[0].of(text)) for d in drafts[:10]) else "title"
            )
        elif draft.kind != "letterhead":
            return


def _label_closing(text: str, drafts: list[_Draft]) -> None:
    """Name the recipients and the signature after the body's end."""
    start = next((i for i, d in enumerate(drafts) if _RECIPIENTS.match(d.spans[0].of(text))), None)
    signed = next(
        (
            i
            for i, d in enumerate(drafts)
            if _AUTHORITY.match(d.spans[0].of(text)) and is_capitals(d.spans[0].of(text))
        ),
        None,
    )
    if start is not None:
        for draft in drafts[start:]:
            raw = draft.spans[0].of(text)
            if draft.marker is None and not _RECIPIENTS.match(raw):
                break
            draft.kind, draft.marker = "recipients", draft.marker
    if signed is None:
        return
    for i, draft in enumerate(drafts[signed : signed + 3]):
        raw = draft.spans[0].of(text).strip("* ")
        if (
            i == 0
            or is_capitals(raw)
            or ((raw.istitle() or (len(raw.split()) <= 6 and raw[:1].isupper())) and draft.marker is None)
        ):
            draft.kind = "signature"
        else:
            break
