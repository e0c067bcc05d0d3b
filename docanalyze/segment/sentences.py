"""Text -> sentences with exact offsets, and a document's blocks -> its sentences.

The rules are those of the project's guideline for sentences: `;` and `:` never split; a stop splits
also before a small letter (a slip of typing) unless it belongs to an abbreviation, an initial, a
label or an ellipsis; closing quotes, brackets and note marks stay with what they close.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from docanalyze.core.analysis import Section, Sentence
from docanalyze.core.document import Block, BlockKind, Document
from docanalyze.core.edits import join_spans
from docanalyze.core.ladder import BULLETS, UPPER
from docanalyze.core.span import Span, trim_span
from docanalyze.lexicon import Lexicon, load_lexicon
from docanalyze.segment.stops import ROMAN, is_boundary, lacks_space, take_closers

_NO_SENTENCES = frozenset[BlockKind]({"table", "header", "footer", "page-number", "stamp"})
_PART_LABEL = re.compile(r"\**(?:phần|chương|mục|tiểu mục|phụ lục)\s", re.IGNORECASE)
_SUBJECT_GOES_ON = re.compile(rf"(?:VÀ|và|NHIỆM VỤ|PHƯƠNG HƯỚNG|TẠI|CỦA|NĂM|THÁNG|QUÝ)\s|[^\W\d_{UPPER}]")
_WHOLE = frozenset[BlockKind]({"title", "letterhead", "caption", "form", "heading", "footnote"})

_CLOSERS = '"”’»)\\]}*⁰¹²³⁴⁵⁶⁷⁸⁹'
_CANDIDATE = re.compile(rf"[.?!…](?!\d)[.?!…/{_CLOSERS}]*\s*")
_LINE_MARKER = (
    rf"(?:[{re.escape(BULLETS)}]\s|"
    r"\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s"
    rf"|{ROMAN}\.\s|\*\*\S|#+\s|(?:Điều|Chương|Phần|Nơi nhận)\b)"
)
_PARAGRAPH_BREAK = re.compile(rf"\n[^\S\n]*(?:\n\s*|(?={_LINE_MARKER}))")
_ENDED = frozenset('.;:?!…”")*,')
_RECIPIENT_BREAK = re.compile(r"\n\s*(?=[-–+•]\s?\S)|(?<=[;:.])\s+(?=[-–+•]\s)")


@lru_cache(maxsize=8)
def _load_abbreviations(lexicon: Lexicon) -> tuple[Mapping[str, str], Mapping[str, str]]:
    table = lexicon["abbreviations"]
    words = {word: entry["before"] for entry in table["abbreviation"] for word in entry["words"]}
    return words, {word: kind for kind in ("label", "surname") for word in table[kind]["words"]}


def split_text(text: str, *, lexicon: Lexicon | None = None) -> list[Span]:
    """Return the spans of the sentences of a paragraph, or of a plain text with blank-line paragraphs.

    Spans are in order, do not overlap, begin and end on non-space characters, and leave out only
    white space and Markdown marks around a whole sentence. Runs in linear time.

    >>> text = "Thu đạt 58,12% kế hoạch. UBND TP. Trà Vinh báo cáo./."
    >>> [span.of(text) for span in split_text(text)]
    ['Thu đạt 58,12% kế hoạch.', 'UBND TP. Trà Vinh báo cáo./.']
    """
    words, labels = _load_abbreviations(lexicon or load_lexicon())
    found: list[Span] = []
    at = 0
    if "\n" in text:
        for match in _PARAGRAPH_BREAK.finditer(text):
            start, end = match.span()
            if text.count("\n", start, end) < 2 and not _ends_line(text, at, start, end):
                continue
            _split_paragraph(text, at, start, words, labels, found)
            at = end
    _split_paragraph(text, at, len(text), words, labels, found)
    return found


def _ends_line(text: str, at: int, start: int, end: int) -> bool:
    """Return whether the label after a single line end opens an item rather than being wrapped text."""
    last = trim_span(text, max(at, start - 8), start)
    if not len(last) or text[last.end - 1] in _ENDED:
        return True
    return text[end] not in f"{BULLETS}0123456789(" or text[end : end + 2] == "**"


def _split_paragraph(
    text: str, start: int, end: int, words: Mapping[str, str], labels: Mapping[str, str], found: list[Span]
) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end and text[start] in "*#":
        start, end = _strip_marks(text, start, end)
    at = start
    for match in _CANDIDATE.finditer(text, start, end):
        stop = match.end()
        if stop >= end:
            break
        if stop <= at:
            continue
        mark = match.group()
        first = match.start()
        char = text[stop]
        close = stop
        if not mark[-1].isspace():
            if not lacks_space(text, first, stop, words):
                continue
        else:
            close = first + len(mark.rstrip())
            if char in '”»)]}’"':
                close, stop = take_closers(text, at, first, close, stop)
                if stop >= end:
                    break
                char = text[stop]
            if not is_boundary(text, at, first, close, stop, char, words, labels):
                continue
        _add(text, at, close, found)
        at = stop
    _add(text, at, end, found)


def _add(text: str, start: int, end: int, found: list[Span]) -> None:
    if start < end and text[start] == "*" and text[end - 1] == "*":
        start, end = _strip_marks(text, start, end)
    if start < end:
        found.append(Span(start, end))


def _strip_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without a Markdown heading mark and without emphasis around all of it."""
    if text[start] == "#":
        at = start
        while at < end and text[at] == "#":
            at += 1
        if at < end and text[at] == " ":
            start = trim_span(text, at, end).start
    run = start
    while run < end and text[run] == "*":
        run += 1
    width = run - start
    inner_end = end - width
    if width == 0 or run >= inner_end or text[run].isspace() or text[inner_end:end] != "*" * width:
        return start, end
    if text.find("*" * width, run, inner_end) >= 0:
        return start, end
    inner = trim_span(text, run, inner_end)
    return inner.start, inner.end


def find_sentences(
    document: Document, sections: Sequence[Section], *, splitter: Callable[[str], list[Span]] = split_text
) -> list[Sentence]:
    """Return the document's sentences in text order, each with its section and block.

    One for each sentence, heading, list item, addressee or recipient line, signature part, note and
    caption; none for tables, running heads, page numbers and stamps. A sentence that a page or a
    note breaks has several spans. Boxes are left to the caller, who knows the pages.

    >>> from docanalyze.core.document import Block
    >>> text = "1. Thu ngân sách đạt 58%. Chi đạt 41%."
    >>> block = Block(id="b1", kind="list-item", start=0, end=38, spans=(Span(0, 38),), marker="1")
    >>> [s.spans[0].of(text) for s in find_sentences(Document(text, (block,)), [])]
    ['1. Thu ngân sách đạt 58%.', 'Chi đạt 41%.']
    """
    text = document.text
    points, owners = _index_sections(sections)
    found: list[tuple[int, int, tuple[Span, ...], str]] = []
    for block in _join_blocks(document):
        if block.kind in _NO_SENTENCES:
            continue
        if len(block.spans) == 1:
            shift = block.spans[0].start
            for piece in _split_block(block, block.spans[0].of(text), splitter):
                span = Span(piece.start + shift, piece.end + shift)
                found.append((span.start, span.end, (span,), block.id))
            continue
        joined, back = join_spans(text, block.spans)
        for piece in _split_block(block, joined, splitter):
            outer = back.span_to_source(piece)
            spans = tuple(
                trim_span(text, max(span.start, outer.start), min(span.end, outer.end))
                for span in block.spans
                if span.meets(outer)
            )
            found.append((outer.start, outer.end, spans, block.id))
    found.sort(key=lambda item: item[0])
    return [
        Sentence(
            id=f"x{number}", start=start, end=end, spans=spans, block=block_id,
            section=owners[bisect_right(points, start)],
        )
        for number, (start, end, spans, block_id) in enumerate(found, 1)
    ]  # fmt: skip


def _join_blocks(document: Document) -> Iterator[Block]:
    """Yield the blocks, with `Chương IV` and its title, or the lines of the subject, as one.

    They are printed as lines of their own, far apart or not, and are one heading all the same.
    """
    text = document.text
    before: Block | None = None
    for block in document.blocks:
        if before is not None and _goes_on(text, before, block):
            spans = (*before.spans, *block.spans)
            before = msgspec.structs.replace(before, end=block.end, spans=spans)
            continue
        if before is not None:
            yield before
        before = block
    if before is not None:
        yield before


def _goes_on(text: str, before: Block, block: Block) -> bool:
    if before.kind != block.kind or block.marker is not None:
        return False
    first, second = text[before.start : before.end], text[block.start : block.end]
    if before.kind == "title":
        if first.isupper() and not second.isupper():
            return False  # `BÁO CÁO` above its subject
        return bool(_SUBJECT_GOES_ON.match(second)) and not first.endswith((".", ":", ";"))
    bare_label = before.marker is not None and first.strip("*_ .") == before.marker
    return before.kind == "heading" and bare_label and _PART_LABEL.match(first) is not None


def _index_sections(sections: Sequence[Section]) -> tuple[list[int], list[str | None]]:
    """Return the places where the innermost section changes, and its id before and after each."""
    points: list[int] = []
    owners: list[str | None] = [None]
    open_sections: list[Section] = []

    def close_until(offset: int | None) -> None:
        while open_sections and (offset is None or open_sections[-1].end <= offset):
            points.append(open_sections.pop().end)
            owners.append(open_sections[-1].id if open_sections else None)

    for section in sections:
        close_until(section.start)
        open_sections.append(section)
        points.append(section.start)
        owners.append(section.id)
    close_until(None)
    return points, owners


def _split_block(block: Block, text: str, splitter: Callable[[str], list[Span]]) -> list[Span]:
    if block.kind == "recipients":
        return _cut(text, [match.span() for match in _RECIPIENT_BREAK.finditer(text)])
    if block.kind == "signature":
        return _split_signature(text)
    if "\n" in text:
        text = text.replace("\n", " ")
    if block.kind in _WHOLE and not (block.marker or "").startswith(("Điều", "ĐIỀU")):
        # A rule under the letterhead (`-------`) is no sentence.
        return _cut(text, []) if any(char.isalnum() for char in text) else []
    return splitter(text)


def _split_signature(text: str) -> list[Span]:
    """Return the lines in capitals (in whose name, which office) as one item, other lines each as one."""
    cuts: list[tuple[int, int]] = []
    for match in re.finditer(r"\s*\n\s*", text):
        before = text[: match.start()].rsplit("\n", 1)[-1]
        after = text[match.end() :].split("\n", 1)[0]
        if not (before.upper() == before and after.upper() == after):
            cuts.append(match.span())
    return _cut(text, cuts)


def _cut(text: str, cuts: Sequence[tuple[int, int]]) -> list[Span]:
    found: list[Span] = []
    at = 0
    for start, end in [*cuts, (len(text), len(text))]:
        piece = trim_span(text, at, start)
        begin, stop = piece.start, piece.end
        if begin < stop and text[begin] in "*#":
            begin, stop = _strip_marks(text, begin, stop)
        if text[begin:stop].strip("*"):
            found.append(Span(begin, stop))
        at = end
    return found
