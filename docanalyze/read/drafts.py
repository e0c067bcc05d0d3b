"""Pages of lines -> drafts of blocks in reading order: the layout of a whole document.

A *draft* is a block whose text is not yet part of the document's text. Paragraphs broken by the
end of a page are joined here; what interrupted them (page number, header, footnotes) follows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise
from statistics import median

from docanalyze.core.document import BlockKind
from docanalyze.lexicon.forms import form_pattern
from docanalyze.read.asides import find_beside, find_side_by_side, measure_column, split_beside
from docanalyze.read.closing import (
    Closing,
    draft_closing_rest,
    draft_recipients,
    draft_signature,
    find_signature,
    is_recipients,
    merge_closing,
)
from docanalyze.read.columns import Item, measure_first_column, split_columns
from docanalyze.read.draft import FURNITURE, Draft, PageContent
from docanalyze.read.figure_labels import box_labels, order_labels
from docanalyze.read.letterhead import find_letterhead
from docanalyze.read.lines import Line, goes_on
from docanalyze.read.markers import (
    classify_paragraph,
    find_hidden_headings,
    find_marker,
    is_basis,
    is_capitals,
    is_type_line,
    is_unit_line,
)
from docanalyze.read.notes import find_footnotes, raise_label
from docanalyze.read.paragraphs import Measure, continues_over_page, group_lines, is_centred, measure_body
from docanalyze.read.placement import PieceBox
from docanalyze.read.running import find_running_lines
from docanalyze.read.signers import find_signers
from docanalyze.read.tables.cell_rows import make_cell_grid
from docanalyze.read.tables.grid import Grid
from docanalyze.read.tables.join import has_own_head, is_continuation

_SUPERSCRIPT_VALUES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ADDRESSEE = form_pattern("<addressee>")
_MAKER = form_pattern("<office>|<body>", re.IGNORECASE)
_NOTE_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\(?\d{1,3}\)?|\*{1,3}")
_CONTINUED = re.compile(r"\((?:tiếp|tiếp theo)(?: theo)?\)\W*$|^Tiếp theo\b", re.IGNORECASE)
_LEFT, _RIGHT = 0.15, 0.91
"""Of a page's width, where its text begins and ends by the decree (margins of 30-35 and 15-20 mm)."""
_SHORT = 0.55
"""Of a page's width, what its longest line has at most if none fills the measure."""
_JOINED_KINDS = ("paragraph", "list-item", "basis", "heading")


def draft_blocks(pages: Sequence[PageContent]) -> list[Draft]:
    """Return the document's blocks in reading order."""
    _level_bold(pages)
    running = find_running_lines([(page.height, page.lines) for page in pages])
    whole = measure_body(
        [
            line
            for page, kinds in zip(pages, running, strict=True)
            for i, line in enumerate(page.lines)
            if i not in kinds
        ]
    )
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    body_size = sizes.most_common(1)[0][0] if sizes else 12.0
    drafts: list[Draft] = []
    before: Measure | None = None
    closing: Closing | None = None
    above: list[Line] = []
    for page, kinds in zip(pages, running, strict=True):
        lines = [line for i, line in enumerate(page.lines) if i not in kinds]
        measure = _measure_page(page, lines, above, whole, body_size)
        body, furniture, closing = _draft_page(
            page, kinds, measure, body_size, first=page is pages[0], closing=closing
        )
        _append_page(drafts, body, furniture, before or measure, measure)
        before, above = measure, lines
    for upper, draft in pairwise(drafts):
        # The last căn cứ line ends with a stop, not a semicolon.
        if draft.kind == "paragraph" and upper.kind == "basis" and is_basis(_text_of(draft.lines)):
            draft.kind = "basis"
    described = [
        (draft.kind, draft.marker, _text_of(draft.lines) if draft.kind in ("list-item", "paragraph") else "")
        for draft in drafts
    ]
    for i in find_hidden_headings(described):
        drafts[i].kind = "heading"
    return drafts


def _level_bold(pages: Sequence[PageContent]) -> None:
    """Take bold off all lines where most of the text has it: there it sets nothing apart.

    Fonts without a telling name get their weight from the stem width, which some producers invent.
    """
    letters = sum(len(line.text) for page in pages for line in page.lines)
    bold = sum(len(line.text) for page in pages for line in page.lines if line.bold)
    if bold > 0.6 * letters:
        for page in pages:
            for line in page.lines:
                line.bold = False


def _measure_page(
    page: PageContent, lines: list[Line], above: list[Line], whole: Measure | None, body_size: float
) -> Measure:
    """Return the look of a page's body; `lines` are without running heads, `above` of the page before."""
    body = [line for line in lines if line.size > 0.93 * body_size]
    found = measure_body(body) or measure_first_column(body, above) or whole
    if found is None:
        left = min((line.x0 for line in body), default=0.0)
        right = max((line.x1 for line in body), default=page.width)
        longest = max((line.x1 - line.x0 for line in body), default=0.0)
        if longest < _SHORT * page.width and not any(map(goes_on, body, body[1:])):
            # Where no line goes on in the next one the text may be wider than they are.
            left, right = min(left, _LEFT * page.width), max(right, _RIGHT * page.width)
        return Measure(left, right, body_size, 1.3 * body_size)
    return replace(found, indented=whole.indented, justified=whole.justified) if whole is not None else found


def _draft_page(
    page: PageContent,
    kinds: dict[int, BlockKind],
    measure: Measure,
    body_size: float,
    *,
    first: bool,
    closing: Closing | None,
) -> tuple[list[Draft], list[Draft], Closing | None]:
    """Return one page's body drafts, its furniture drafts, and the closing block if it was reached."""
    furniture = [Draft(kind, [page.lines[i]]) for i, kind in sorted(kinds.items())]
    furniture.extend(Draft("stamp", lines) for lines in page.stamps if lines)
    lines = [line for i, line in enumerate(page.lines) if i not in kinds]
    notes = find_footnotes(lines, body_size=body_size, height=page.height, rulings=page.rulings)
    if notes:
        lines = lines[: lines.index(notes[0][0])]
        furniture.extend(_draft_note(note) for note in notes)
    drafts: list[Draft] = []
    if first:
        count, columns = find_letterhead(lines, width=page.width, height=page.height)
        head = {id(line) for line in sorted(lines, key=lambda line: line.middle)[:count]}
        lines = [line for line in lines if id(line) not in head]
        drafts.extend(Draft("letterhead", column) for column in columns)
    if closing is not None:
        drafts.extend(draft_closing_rest(lines, closing, page.width))
        taken = {
            id(line) for draft in drafts if draft.kind in ("recipients", "signature") for line in draft.lines
        }
        lines = [line for line in lines if id(line) not in taken]
        drafts.extend(_draft_body(lines, page, measure, titled=False))
        return drafts, furniture, replace(closing, is_last=False)
    start, recipients, signature = find_signature(lines, width=page.width)
    signers = [signature]
    if not any(is_recipients(line.text) for line in recipients) and (found := find_signers(lines)):
        signers, recipients, signature = found, [], [line for column in found for line in column]
        taken = {id(line) for line in signature}
        start = next(i for i, line in enumerate(lines) if id(line) in taken)
        lines = [*lines[:start], *signature, *(line for line in lines[start:] if id(line) not in taken)]
    if not recipients and not signature:
        drafts.extend(_draft_body(lines, page, measure, titled=first))
        return drafts, furniture, None
    bottom = max(line.bottom for line in (*recipients, *signature))
    rest = [line for line in lines[start:] if line.top > bottom]
    drafts.extend(_draft_body(lines[:start], page, measure, titled=first))
    drafts.extend(draft_recipients(recipients))
    for column in signers:
        drafts.extend(draft_signature(column))
    drafts.extend(_draft_body(rest, page, measure, titled=False, tables=False))
    size = recipients[-1].size if recipients else 0.0
    is_last = not rest and all(grid.box[1] < bottom for grid in page.grids)
    middle = median((line.x0 + line.x1) / 2 for line in signature) if signature else None
    return drafts, furniture, Closing(size, is_last, middle)


def _draft_note(lines: list[Line]) -> Draft:
    match = _NOTE_MARK.match(lines[0].text)
    lines = [raise_label(lines[0]), *lines[1:]]
    marker = match.group().translate(_SUPERSCRIPT_VALUES).strip("()") if match else None
    return Draft("footnote", lines, marker)


def _draft_body(
    lines: list[Line], page: PageContent, measure: Measure, *, titled: bool, tables: bool = True
) -> list[Draft]:
    """Return the drafts of body lines with the page's tables between them by height."""
    grids = list(page.grids) if tables else []
    bands = split_columns(lines, grids)
    if bands and not any(beside.rows for beside in find_side_by_side(lines, measure)):
        if page.figures and tables:
            every = sorted([*lines, *chain.from_iterable(page.figures)], key=lambda line: line.middle)
            bands = split_columns(every, grids) or [[[*every, *grids]]]
        return _draft_bands(bands, page, measure, titled=titled)
    parts: list[Draft] = []
    aside: list[Draft] = []
    at, before = 0, None
    items: list[tuple[PieceBox, Grid | list[Line]]] = [(grid.box, grid) for grid in grids]
    if tables and page.figures:
        items += [(box_labels(figure), figure) for figure in page.figures]
        items.sort(key=lambda item: item[0][1])
    for box, item in items:
        first, last = find_beside(lines, at, box)
        flow = _draft_flow(lines[at:first], page, measure, titled=titled and not parts)
        _append_beside(parts, flow, aside, before, measure)
        column, own = split_beside(lines[first:last], box)
        before = measure_column(column, measure) if column else None
        if before is not None:
            text = _draft_paragraphs(column, page, before, titled=False)
            _append_beside(parts, text, [], measure, before)
        aside = _draft_paragraphs(own, page, measure, titled=False)
        if isinstance(item, Grid):
            aside.append(Draft("table", [], grids=[item]))
        else:
            for labels in order_labels(item):
                aside += _draft_paragraphs(labels, page, measure_column(labels, measure), titled=False)
        at = last
    flow = _draft_flow(lines[at:], page, measure, titled=titled and not parts and not aside)
    _append_beside(parts, flow, aside, before, measure)
    return parts


def _draft_flow(lines: list[Line], page: PageContent, measure: Measure, *, titled: bool) -> list[Draft]:
    """Return the drafts of body lines; what stands beside a paragraph follows it, cells come row by row."""
    parts: list[Draft] = []
    aside: list[Draft] = []
    at, before = 0, None
    for beside in find_side_by_side(lines, measure):
        above = _draft_paragraphs(lines[at : beside.first], page, measure, titled=titled and not parts)
        _append_beside(parts, above, aside, before, measure)
        main = beside.columns if beside.flow else [] if beside.rows else [beside.columns[beside.main]]
        above_it, before = measure, None
        for column in main:
            before = measure_column(column, measure)
            _append_beside(parts, _draft_paragraphs(column, page, before, titled=False), [], above_it, before)
            above_it = before
        grid = None if beside.corners else make_cell_grid(page.number, beside.columns, beside.rows)
        if grid is not None:
            aside.append(Draft("table", [], grids=[grid]))
            at = beside.last
            continue
        for column in [cell for row in beside.rows for cell in row if cell] or beside.columns:
            if not any(column is other for other in main):
                reach = measure_column(column, measure, beside.columns if beside.corners else ())
                aside += _draft_paragraphs(column, page, reach, titled=False)
        at = beside.last
    _append_beside(
        parts,
        _draft_paragraphs(lines[at:], page, measure, titled=titled and not parts),
        aside,
        before,
        measure,
    )
    return parts


def _append_beside(
    parts: list[Draft], more: list[Draft], aside: list[Draft], before: Measure | None, here: Measure | None
) -> None:
    """Add drafts to those of a page, the first to the paragraph that it goes on with; then what is aside."""
    count = len(parts)
    if parts and before is not None and here is not None:
        _append_page(parts, more, [], before, here)
    else:
        parts.extend(more)
    parts[count:count] = aside
    aside.clear()


def _draft_bands(
    bands: list[list[list[Item]]], page: PageContent, measure: Measure, *, titled: bool
) -> list[Draft]:
    """Return the drafts of a page set in columns, column by column, with the tables that stand in them."""
    parts: list[Draft] = []
    for band in bands:
        before: Measure | None = None
        for column in filter(None, band):
            lines = [item for item in column if not isinstance(item, Grid)]
            here = (measure_body(lines, fallback=measure) or measure) if len(band) > 1 else measure
            drafts: list[Draft] = []
            for is_table, items in groupby(column, lambda item: isinstance(item, Grid)):
                if is_table:
                    drafts += [Draft("table", [], grids=[item]) for item in items if isinstance(item, Grid)]
                    continue
                prose = [item for item in items if not isinstance(item, Grid)]
                drafts += _draft_paragraphs(prose, page, here, titled=titled and not (parts or drafts))
            if before is not None:
                _append_page(parts, drafts, [], before, here)
            else:
                parts.extend(drafts)
            before = here
    return parts


def _draft_paragraphs(lines: list[Line], page: PageContent, measure: Measure, *, titled: bool) -> list[Draft]:
    drafts: list[Draft] = []
    if titled and (subject := _find_subject(lines)) is not None:
        first, last = subject
        drafts = _draft_paragraphs(lines[:first], page, measure, titled=True)
        drafts.append(Draft("title", lines[first:last]))
        drafts.extend(_draft_paragraphs(lines[last:], page, measure, titled=False))
        return drafts
    groups = group_lines(lines, measure, width=page.width)
    in_title = titled
    for number, group in enumerate(groups):
        text = _text_of(group)
        bold = all(line.bold for line in group)
        centred = all(is_centred(line, measure=measure, width=page.width) for line in group)
        kind, marker = classify_paragraph(text, bold=bold, centred=centred)
        beside = number > 0 and group[0].top < groups[number - 1][-1].bottom - 2
        if in_title and beside and not centred:
            drafts.append(Draft(kind, group, marker))  # a stamp beside the type line
            continue
        if in_title and not (
            number < 6
            and marker is None
            and (is_type_line(text) or ((centred or is_capitals(text)) and kind in ("heading", "paragraph")))
        ):
            in_title = False
        if in_title and not _ADDRESSEE.match(text):
            kind = "title"
        drafts.append(Draft(kind, group, marker))
    return drafts


def _find_subject(lines: list[Line]) -> tuple[int, int] | None:
    """Return where the bold lines of the subject (trích yếu) below a bold type line begin and end.

    They may fill the measure, so that being centred does not tell them from a paragraph.
    """
    kind = next((i for i, line in enumerate(lines[:12]) if is_type_line(line.text)), None)
    if kind is None or not lines[kind].bold:
        return None
    last = kind + 1
    while (
        last < min(len(lines), kind + 8)
        and lines[last].bold
        and lines[last].middle - lines[last - 1].middle < 2.6 * lines[last].size
        and find_marker(lines[last].text)[0] is None
        and not _ADDRESSEE.match(lines[last].text)
        and not is_type_line(lines[last].text)
        and not (last > kind + 1 and _names_maker(lines[last].text) and not is_capitals(lines[last - 1].text))
    ):
        last += 1
    return (kind + 1, last) if last > kind + 1 else None


def _names_maker(text: str) -> bool:
    """Return whether a line below the subject names who decides: `CHỦ TỊCH ỦY BAN NHÂN DÂN …`."""
    return _MAKER.match(text) is not None and is_capitals(text)


def _text_of(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def _append_page(
    drafts: list[Draft], body: list[Draft], furniture: list[Draft], before: Measure, here: Measure
) -> None:
    """Add a page's drafts; its first paragraph or table goes on with the last one of the page before."""
    last = next((i for i in range(len(drafts) - 1, -1, -1) if drafts[i].kind not in FURNITURE), None)
    if last is not None and body:
        old, new = drafts[last], body[0]
        both = old.kind in _JOINED_KINDS and new.kind in _JOINED_KINDS
        if both and continues_over_page(old.lines, new.lines, left=before, right=here):
            old.lines.extend(new.lines)
            body = body[1:]
            kind, old.marker = classify_paragraph(
                _text_of(old.lines), bold=all(x.bold for x in old.lines), centred=False
            )
            old.kind = "list-item" if old.kind == "list-item" and kind == "heading" else kind
        elif old.kind == "table" and (at := _find_continuation(old, body)) is not None:
            # What the new page says above its part of the table follows the table.
            old.grids.extend(body[at].grids)
            body = body[:at] + body[at + 1 :]
    if body and body[0].kind in ("recipients", "signature") and any(d.kind == "signature" for d in drafts):
        body = merge_closing(drafts, body)
    drafts.extend(body)
    drafts.extend(furniture)


def _find_continuation(table: Draft, body: Sequence[Draft]) -> int | None:
    """Return which draft of a page goes on with the table of the page before.

    Only its name with `(tiếp theo)` and its unit may stand above it.
    """
    for at, draft in enumerate(body[:3]):
        if draft.kind == "table":
            goes_on = is_continuation(table.grids[-1], draft.grids[0])
            return at if goes_on and not has_own_head(table.grids[0], draft.grids[0]) else None
        text = _text_of(draft.lines)
        if not (_CONTINUED.search(text) or is_unit_line(text)):
            return None
    return None
