"""What the start and the look of a paragraph say about its kind: heading, list item, basis.

These are facts of form (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW); meaning comes
in later stages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docanalyze.core.document import BlockKind
from docanalyze.core.ladder import BULLETS, UPPER
from docanalyze.lexicon.forms import form_pattern

_MARKER = form_pattern(
    r"(?:"
    r"(?P<part><division>\s+(?:thứ\s+\w+|[IVXLC]+|\d+|[A-Z])(?=[\s.:\-]|$))[.:]?"
    r"|(?P<article>điều\s+\d+[a-zđ]?)(?:[.:]|$)"
    r"|(?-i:"
    r"(?P<roman>[IVX]{1,5})(?:[./)]|\s?-(?=\s))(?!\d)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})"
    rf"(?:(?:\.(?!\d)|\)|/(?=\s)|\s?-(?=\s[{UPPER}]))|(?<=\d\.\d)(?=\s+[{UPPER}]))"
    r"|(?P<letter>[a-zđ])\)"
    r"|(?P<inner>\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\))(?=\s)"
    rf"|(?P<capital>[A-Z])\.(?=\s+[{UPPER}])"
    rf"|(?P<bullet>[{re.escape(BULLETS)}])(?=\s|[^\W\d_])"
    r"))",
    re.IGNORECASE,
)
_BULLETS = frozenset(BULLETS) - frozenset("-+*")
_BASIS = form_pattern(r"<basis>\b")
_BASIS_ONLY = re.compile(r"Căn cứ\b|(?:Xét|Theo) (?:đề nghị|Tờ trình)\b[^:]*\.$")
_CAPTION = form_pattern(r"<caption>\s+(?:số\s*:?\s*)?(?:\d|[IVX]+\b|(?-i:[A-Z])\s?\d)", re.IGNORECASE)
_UNIT_LINE = form_pattern(r"\(?\s*<unit_line>\s*:")
# Where each branch begins with a plain character the engine skips to the next of these.
_LEADERS = re.compile(r"\.\.{4,}|……+|____+|\.\s(?:\.\s){4,}")
_TYPE_LINE = form_pattern(r"<document_type>$")
_HEADING_LENGTH = 260
_OUTSIDE_BODY = ("header", "footer", "page-number", "footnote", "stamp")


def find_marker(text: str) -> tuple[str | None, str, int]:
    """Return a paragraph's label without its punctuation, the label's style, and where the label ends.

    Styles are part, article, roman, number, letter, inner, capital, bullet; (None, "", 0) if there
    is no label.

    >>> find_marker("1.2. Về nông nghiệp")[:2]
    ('1.2', 'number')
    """
    match = _MARKER.match(text)
    if match is None or match.lastgroup is None:
        return None, "", 0
    style = match.lastgroup
    label = match.group(style)
    if style == "inner":
        label = label.strip("()")
    if style == "bullet" and label in "*" and text.startswith("**"):
        return None, "", 0
    return label, style, match.end()


def is_capitals(text: str) -> bool:
    """Return whether nearly all letters of `text` are capitals, and there are at least three."""
    if 10 * sum(map(str.islower, text[:24])) > len(text):
        return False  # these alone are more than a tenth of the letters
    letters = list(filter(str.isalpha, text))
    return len(letters) >= 3 and sum(map(str.isupper, letters)) >= 0.9 * len(letters)


def is_type_line(text: str) -> bool:
    """Return whether the line is a document's type name alone, as `BÁO CÁO` above its subject."""
    return _TYPE_LINE.match(text.strip(" *_\n")) is not None


def is_unit_line(text: str) -> bool:
    """Return whether the line names a table's unit, as `ĐVT: triệu đồng`."""
    return _UNIT_LINE.match(text) is not None


def is_caption(text: str) -> bool:
    """Return whether the line names a table or a figure (`Biểu số 01`) or a table's unit."""
    return len(text) <= 300 and (_CAPTION.match(text) is not None or is_unit_line(text))


def is_tabbed(lines: Sequence[str]) -> bool:
    r"""Return whether the lines of a paragraph are the rows of a table: two and more, cells by tabs.

    >>> is_tabbed(["Chỉ tiêu\tKế hoạch", "Thu ngân sách\t175"]), is_tabbed(["1.\tVề kinh tế"])
    (True, False)
    """
    parted = sum("\t" in line.strip() for line in lines)
    return len(lines) > 1 and parted >= 2 and parted >= 0.6 * len(lines)


def is_basis(text: str) -> bool:
    """Return whether the line says on which document the paper is based (`Căn cứ Luật …`)."""
    return _BASIS_ONLY.match(text.lstrip("*_ ")) is not None


def is_form(text: str) -> bool:
    """Return whether dots or underscores to write on make up much of the paragraph."""
    leaders = sum(len(match.group()) for match in _LEADERS.finditer(text))
    return leaders > 0 and leaders >= 0.2 * len(text)


def classify_paragraph(text: str, *, bold: bool, centred: bool) -> tuple[BlockKind, str | None]:
    """Return the kind and the label of a paragraph from its words and its look.

    >>> classify_paragraph("II. KẾT QUẢ THỰC HIỆN", bold=True, centred=False)
    ('heading', 'II')
    """
    bare = text.lstrip("*_ ")
    label, style, _ = find_marker(bare)
    if is_caption(bare):
        return "caption", None
    if is_form(bare):
        return "form", label
    if label is None:
        if _BASIS.match(bare) and bare.rstrip("*_ ").endswith((";", ",")):
            return "basis", None
        short = len(bare) <= _HEADING_LENGTH and not bare.rstrip("*_ ").endswith((".", ";", ":", ","))
        if short and is_capitals(bare) and len(bare.split()) >= 2:
            return "heading", None
        if short and bold and centred:
            return "heading", None
        return "paragraph", None
    if style == "bullet":
        return "list-item", "-" if label in _BULLETS and label in "–—" else label
    if style == "part" or style == "article":
        return "heading", label
    ending = bare.rstrip("*_ ”\"’')»")
    is_open = not ending.endswith((".", ";", ":", ",", "./.")) and len(bare) <= _HEADING_LENGTH
    if style == "roman" and len(bare) <= _HEADING_LENGTH and (is_open or bold or is_capitals(bare)):
        return "heading", label
    if style in ("number", "letter", "capital") and (is_open or (bold and len(bare) <= _HEADING_LENGTH)):
        return "heading", label
    return "list-item", label


def find_hidden_headings(paragraphs: Sequence[tuple[BlockKind, str | None, str]]) -> list[int]:
    """Return which of the (kind, marker, text) list items are headings by their neighbours.

    `2. Đẩy mạnh giải ngân … được giao.` ends with a stop, but a deeper label (`-`, `a)`) follows it
    and the number before or after it is a heading: so it is one, too.
    """
    headings = {
        (marker, i)
        for i, (kind, marker, _) in enumerate(paragraphs)
        if kind == "heading" and marker is not None
    }
    by_marker: dict[str, list[int]] = {}
    for label, i in headings:
        by_marker.setdefault(label, []).append(i)
    found: list[int] = []
    for i, (kind, marker, text) in enumerate(paragraphs):
        if kind != "list-item" or marker is None or not re.fullmatch(r"\d+(?:\.\d+)*", marker):
            continue
        if len(text) > 200 or text.endswith((":", ";", ",")):
            continue
        after = next((p for p in paragraphs[i + 1 : i + 12] if p[0] not in _OUTSIDE_BODY), None)
        if (
            after is None
            or after[1] is None
            or after[1][0].isdigit()
            or after[0] not in ("list-item", "paragraph")
        ):
            continue
        head, dot, last = marker.rpartition(".")
        siblings = (f"{head}{dot}{int(last) - 1}", f"{head}{dot}{int(last) + 1}")
        if any(abs(j - i) <= 60 for sibling in siblings for j in by_marker.get(sibling, ())):
            found.append(i)
    return sorted({*found, *_find_bracketed_headings(paragraphs)})


def _find_bracketed_headings(paragraphs: Sequence[tuple[BlockKind, str | None, str]]) -> list[int]:
    """Return which short items such as `(2) Lĩnh vực dịch vụ` stand above a paragraph each.

    The last item of a list does, too: so the item before or after it must be one of the same row.
    """
    row: list[tuple[int, int, bool]] = []
    for i, (kind, marker, text) in enumerate(paragraphs):
        if kind != "list-item" or marker is None or not marker.isdigit() or not text.startswith("("):
            continue
        after = next((p for p in paragraphs[i + 1 : i + 12] if p[0] not in _OUTSIDE_BODY), None)
        above = after is not None and after[0] == "paragraph" and after[1] is None and len(after[2]) > 90
        row.append((i, int(marker), above and len(text) <= 90 and not text.endswith((";", ","))))
    found: set[int] = set()
    for (i, number, heads), (j, following, follows) in pairwise(row):
        if heads and follows and following == number + 1 and j - i <= 40:
            found |= {i, j}
    return sorted(found)
