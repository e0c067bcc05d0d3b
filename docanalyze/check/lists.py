"""Checks of counts: a stated number of things against the things listed, and X of Y with X above Y."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from docanalyze.check.dates import Taken
from docanalyze.check.enumerations import list_items
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.named_lists import count_named, count_places
from docanalyze.check.slips import respells
from docanalyze.core.document import Block
from docanalyze.core.figure import Figure
from docanalyze.core.ladder import UPPER, read_bare_label
from docanalyze.core.mention import Date, LegalRef, Number, Percent, Quantity
from docanalyze.core.relation import Severity
from docanalyze.core.span import Span
from docanalyze.lexicon.cues import cue_pattern
from docanalyze.lexicon.forms import any_of, form_pattern, form_words

_FEWEST, _MOST = 2, 20
_LEAD = re.compile(
    r"[^:.;\n\d()]{0,90}?(?P<colon>:)\s*"
    r"|[^:.;\n\d()]{0,90}?\s(?P<word>gồm|bao gồm|là)\s+(?=\(?[1ia]\))"
)
_LEAD_LINE = re.compile(r"[^.;\n\d()]{0,120}?(?::|như sau[:.]?|sau đây[:.]?|sau[:.])\s*$")
_VAGUE = re.compile(
    r"(?<!\w)(?:trong đó|như|điển hình|tiêu biểu|chủ yếu|nhất là|đặc biệt|riêng|mỗi|một số"
    r"|các|những|tại|ở|cho|với)(?!\w)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"…|\.\.\.|,\s*\.|v\.\s?v|(?<!\w)(?:vân vân|và các|và một số|và những)(?!\w)", re.IGNORECASE
)
_END = re.compile(r"(?<![\d.])\.(?=\s|$)|\n\n|\t")
_AND = re.compile(r"\s(?:và|cùng)\s")
_PARENTHESES = re.compile(r"\([^()]*\)")
_WORDS = rf"[{UPPER}][^\W\d_]*(?:\s(?:[{UPPER}][^\W_]*|\d{{1,2}}))*"
_NAME = rf"(?:{any_of('place_class')}\s+)?{_WORDS}(?:\s?-\s?{_WORDS})?"
_NAMES = re.compile(
    r"\s+(?:này\s+là\s+|còn\s+lại\s+là\s+|là\s+)?"
    rf"(?P<list>{_NAME}(?:,\s+{_NAME})*(?:\s+và\s+{_NAME}|(?=[.;)\n]|\s*$)))"
)
_CLASS = form_pattern(r"<level>\s")
_EXCESS = form_pattern(r"(?<!\w)<over_fulfilled>(?!\w)", re.IGNORECASE)
_NEAR = 60
_FRACTION = re.compile(
    rf"(?P<part>\d(?<![\w/.,\-]\d)\d{{0,3}})/(?P<whole>\d{{1,4}})\s+{any_of('place_class')}(?!\w)"
)
_COUNTING = re.compile(r"(?<!\w)(?:có|đạt|được|là|còn|thêm|công nhận|hoàn thành|với|cho)\s+$", re.IGNORECASE)


class Counted(msgspec.Struct, frozen=True):
    """How many items a list has: at least, at most; `named` if every one begins like a name.

    `inside` is how many `và` may belong to a name: `Sở Tài chính và Sở Kế hoạch và Đầu tư`.
    """

    low: int
    high: int
    named: bool
    first: int
    last: int
    inside: int = 0


def find_wrong_counts(facts: Facts) -> Iterator[Claim]:
    """Yield the stated counts with the number of things listed after them.

    What: `03 đảng bộ: A, B, C`, `hai xã A và B`, `gồm 4 nhiệm vụ: (1) …; (4) …`, or list items below a line
        that ends in `sau:`: the number must be that of the items.
    Why: an item was added or taken out and the number was not, or the other way round.
    Tolerance: only lists with a plain end; open ones (`…`, `v.v.`) and examples (`như`, `trong đó`) are left
        aside. Items that may themselves hold a comma or `và` count once or twice, and are told only if one
        is missing. An error for items with numbers of their own, else a warning.
    Example: `có 03 đảng bộ: Phường 1, Phường 3, xã Tân Bàng và xã Vĩnh Trà`.
    """
    blocks = [block for block in facts.analysis.blocks if block.kind not in _SKIPPED]
    figures = [figure for figure in facts.prose() if _is_count(facts, figure)]
    starts = [figure.start for figure in figures]
    for at, block in enumerate(blocks):
        if block.kind not in ("paragraph", "list-item", "footnote"):
            continue
        counts = figures[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        for figure in counts:
            found = _count_numbered(facts, figure, block) or _count_below(facts, figure, blocks, at)
            severity: Severity = "error"
            if found is None:
                found = _count_after_colon(facts, figure, block) or _count_names(facts, figure, block)
                found = found or _count_named(facts, figure, block)
                severity = "warning"
            elif not found.named:
                severity = "warning"
            if found is None:
                continue
            number = int(figure.number)
            holds = found.low <= number <= found.high
            if not holds and found.low - found.inside <= number < found.low:
                continue
            if not holds and not found.named and number - found.high != 1:
                continue  # a thing may have several pieces, and kinds of things may be listed instead
            items = str(found.low) if found.low == found.high else f"{found.low}-{found.high}"
            yield Claim(
                "LST001",
                verdict="holds" if holds else "fails",
                severity=severity,
                mentions=(("total", figure.mention),),
                places=((found.first, found.last),),
                arithmetic=f"{figure.text.split()[0]} {'=' if holds else '≠'} {items}",
            )


_COUNTED = (Quantity, Number)
_SKIPPED = ("header", "footer", "page-number", "stamp")


def _is_count(facts: Facts, figure: Figure) -> bool:
    mention = facts.mentions[figure.mention]
    if not isinstance(mention, _COUNTED):
        return False
    if isinstance(mention, Quantity) and (mention.value.denominator is not None or mention.value.per):
        return False
    return (
        figure.exact
        and figure.comparator is None
        and not figure.estimate
        and figure.number == figure.high
        and figure.dimension not in form_words("no_list")
        and _FEWEST <= figure.number <= _MOST
    )


def _count_numbered(facts: Facts, figure: Figure, block: Block) -> Counted | None:
    """Return the items `(1) …; (2) …` that follow a count in its own paragraph."""
    text = facts.analysis.text
    end = facts.mentions[figure.mention].end
    lead = _LEAD.match(text, end, block.end)
    if lead is None or _VAGUE.search(lead[0]) or _has_figure(facts, end, lead.end()):
        return None
    marks = list_items(text, lead.end(), block.end)
    if len(marks) < 2 or marks[0].start > lead.end() + 2:
        return None
    numbers = [mark.number for mark in marks]
    if numbers != list(range(1, len(numbers) + 1)) or _OPEN.search(text, marks[-1].start, block.end):
        return None  # a gap has a check of its own
    return Counted(len(marks), len(marks), True, marks[0].start, marks[-1].end)


def _count_below(facts: Facts, figure: Figure, blocks: list[Block], at: int) -> Counted | None:
    """Return the list items below a line that ends in a count and `sau:`."""
    text = facts.analysis.text
    block = blocks[at]
    end = facts.mentions[figure.mention].end
    if not _LEAD_LINE.fullmatch(text[end : block.end].rstrip()) or _has_figure(facts, end, block.end):
        return None
    if _VAGUE.search(text, end, block.end):
        return None
    below: list[Block] = []
    style = None
    for other in blocks[at + 1 :]:
        label = read_bare_label(other.marker) if other.marker else None
        if other.kind == "footnote":
            continue
        if label is None or other.kind not in ("list-item", "heading"):
            if other.kind == "paragraph" and below and text[other.start : other.start + 1].islower():
                continue
            break
        style = style or label.style
        if label.style == style:
            if label.number is not None and label.number != len(below) + 1:
                break
            below.append(other)
        elif not below:
            return None
    if len(below) < 2:
        return None
    numbered = read_bare_label(below[0].marker or "")
    named = numbered is not None and numbered.number is not None
    return Counted(len(below), len(below), named, below[0].start, below[-1].end)


def _count_after_colon(facts: Facts, figure: Figure, block: Block) -> Counted | None:
    """Return the items after a colon in one sentence, set apart by semicolons or commas."""
    text = facts.analysis.text
    end = facts.mentions[figure.mention].end
    lead = _LEAD.match(text, end, block.end)
    if lead is None or not lead["colon"] or _VAGUE.search(lead[0]) or _has_figure(facts, end, lead.end()):
        return None
    start = lead.end()
    opened = text.rfind("(", block.start, figure.start)
    inside = opened >= 0 and text.find(")", opened, figure.start) < 0
    stop = _END.search(text, start, block.end)
    last = stop.start() if stop else block.end
    if inside:
        closed = text.find(")", start, last)
        if closed < 0:
            return None
        last = closed
    listed = _PARENTHESES.sub(lambda found: " " * len(found[0]), text[start:last])
    if _OPEN.search(listed) or "(" in listed or ":" in listed or len(listed) < 5:
        return None
    pieces = [p.strip() for p in re.split(r";\s*" if ";" in listed else r",\s+", listed) if p.strip()]
    if len(pieces) < 2 and not _AND.search(listed):
        return None
    if any(piece[0].isdigit() for piece in pieces):
        return None
    named = _look_alike([part for piece in pieces for part in _AND.split(piece)])
    high = sum(1 + len(_AND.findall(piece)) for piece in pieces)
    if ";" in listed:
        high += sum(len(re.findall(r",\s", piece)) for piece in pieces)
        named = named and high == len(pieces)
    low = high if named else len(pieces)
    ands = [len(_AND.findall(piece)) for piece in pieces]
    within = sum(ands[:-1]) + max(ands[-1] - 1, 0)  # a list has one `và`, before its last item
    return Counted(low - _count_others(facts, figure, pieces), high, named, start, last, within)


def _count_others(facts: Facts, figure: Figure, pieces: list[str]) -> int:
    """Return how many of the places listed are of another class than counted: `2 huyện: A, B, thị xã C`."""
    mention = facts.mentions[figure.mention]
    unit = mention.value.unit if isinstance(mention, Quantity) else ""
    if unit not in form_words("level"):
        return 0
    classes = [_CLASS.match(part) for piece in pieces for part in _AND.split(piece)]
    return sum(found is not None and found[0].strip() != unit for found in classes)


def _look_alike(pieces: list[str]) -> bool:
    """Return whether every piece is a short name: capitals, or the same class word before each."""
    firsts = {piece.split()[0].lower() for piece in pieces if piece.split()}
    short = all(len(piece.split()) <= 8 for piece in pieces)
    capital = re.compile(rf"(?:{any_of('place_class')}\s+)?[{UPPER}]")
    return short and (len(firsts) == 1 or all(capital.match(piece) for piece in pieces))


def _count_names(facts: Facts, figure: Figure, block: Block) -> Counted | None:
    """Return the places named right after a count of places: `hai xã A và B`."""
    mention = facts.mentions[figure.mention]
    if not isinstance(mention, Quantity) or mention.value.unit.split()[0] not in form_words("place_class"):
        return None
    text = facts.analysis.text
    found = _NAMES.match(text, mention.end, block.end)
    if found is None:
        return None
    listed = found["list"]
    pieces = re.split(r",\s+|\s+và\s+", listed)
    if len(pieces) == 1 or _OPEN.match(text, found.end(), block.end):
        return None
    low = len(pieces) - _count_others(facts, figure, pieces)
    return Counted(low, len(pieces), True, *found.span("list"))


def _count_named(facts: Facts, figure: Figure, block: Block) -> Counted | None:
    """Return the names in the bracket behind a count, or behind `là`, and the things with a figure each."""
    mention = facts.mentions[figure.mention]
    unit = mention.value.unit if isinstance(mention, Quantity) else ""
    if not unit or cue_pattern(facts.lexicon, "person").search(unit):
        return None  # `2 đồng chí (Nguyễn Văn A, Trưởng phòng; …)`
    text = facts.analysis.text
    found = count_named(text, mention.end, block.end, unit)
    found = found or count_places(text, mention.end, block.end, unit)
    if found is None:
        return None
    first = facts.analysis.text[found[1] : found[2]].lower()
    if figure.number >= 2 * found[0] and not first.startswith(f"{unit} "):
        return None  # the names may be of other things: `12 xã (Long Phú, Kế Sách)`
    return Counted(found[0], found[0], True, *found[1:])


def _has_figure(facts: Facts, start: int, end: int) -> bool:
    return next(facts.figures_between(start, end), None) is not None


def find_excess_parts(facts: Facts) -> Iterator[Claim]:
    """Yield the fractions X/Y with X above Y.

    What: in `X/Y xã` the part must not exceed the whole.
    Why: the two figures changed places, or one is misprinted.
    Tolerance: only places and bodies, of which there are only so many; targets may be exceeded: with
        `kế hoạch`, `chỉ tiêu`, `vượt`, or a percentage above 100 nearby it is left aside, as is what may
        be a day.
    Example: `có 12/11 xã đạt chuẩn nông thôn mới`.
    """
    text = facts.analysis.text
    taken = Taken(m.span for m in facts.of_kind(Date, LegalRef))
    for found in _find_fractions(facts, _FRACTION):
        part, whole = int(found["part"]), int(found["whole"])
        if part <= whole or not whole:
            continue
        span = Span(*found.span())
        before = text[max(0, span.start - _NEAR) : span.start]
        if part <= 31 and whole <= 12 and not _COUNTING.search(before):
            continue
        if _EXCESS.search(before + text[span.start : span.end + _NEAR]):
            continue
        if _has_excess(facts, span.start, span.end + 2 * _NEAR) or taken.meets(span):
            continue
        yield Claim(
            "LST002", severity="error", places=((span.start, span.end),), arithmetic=f"{part} > {whole}"
        )
    yield from _find_turned(facts, taken)


_ANY_FRACTION = re.compile(
    r"(?P<part>\d(?<![\w/.,\-]\d)(?:\d{0,2}(?:\.\d{3})+|\d{0,3}))/"
    r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d{1,4})\s+[^\W\d]"
)


def _find_fractions(facts: Facts, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begins with the whole number before a slash."""
    text = facts.analysis.text
    for slash in facts.slashes:
        start = slash
        while start and (text[start - 1].isdecimal() or text[start - 1] == "."):
            start -= 1
        found = pattern.match(text, start)
        if found is not None:
            yield found


def _find_turned(facts: Facts, taken: Taken) -> Iterator[Claim]:
    """Yield the fractions above one whose percentage says what was meant: `51/17 chỉ tiêu, chiếm 88,2%`."""
    for found in _find_fractions(facts, _ANY_FRACTION):
        part, whole = found["part"].replace(".", ""), int(found["whole"].replace(".", ""))
        if not 0 < whole < int(part) or taken.meets(Span(*found.span())):
            continue
        if next(facts.figures_between(found.start(), found.start() + 1), None) is not None:
            continue  # a figure of its own, which its percentage is held against
        ratios = [
            figure for figure in facts.figures_between(found.end(), found.end() + _NEAR)
            if figure.dimension == "%" and figure.decimals and figure.number < 100
        ]  # fmt: skip
        for ratio in ratios[:1]:
            low, high = ((ratio.rough + side * ratio.rough_slack) * whole / 100 for side in (-1, 1))
            if respells(part, low, high):
                yield Claim(
                    "LST002", severity="error", places=(found.span(),), mentions=(("ratio", ratio.mention),),
                    arithmetic=f"{found['part']} > {found['whole']}",
                )  # fmt: skip


def _has_excess(facts: Facts, start: int, end: int) -> bool:
    return any(
        isinstance(facts.mentions[figure.mention], Percent) and figure.number > 100
        for figure in facts.figures_between(start, end)
    )
