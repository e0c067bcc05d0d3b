"""Changes whose base is the level printed beside them: `từ a lên b, tăng c`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.changes_alone import find_changes_alone
from docanalyze.check.edits import has_edit, is_telling, only_telling
from docanalyze.check.equation import COMPARISONS, compare
from docanalyze.check.facts import Claim, Facts, is_same_unit
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure

_SELDOM = Fraction(1, 20)
_GAPS = ("khoảng cách", "chênh lệch", "chênh nhau")
_APART = (*_GAPS, "tức", "cắt giảm", "giảm trừ", "tiết kiệm")
_SINCE = re.compile(r"\s+so\s+với\s+(?P<time>(?:quý|tháng|năm|vụ)\s+[\w/]+)", re.IGNORECASE)


def find_steps(facts: Facts) -> Iterator[Claim]:
    """Yield changes whose base is the level printed before: `từ a lên b, tăng c`.

    What: two levels of one kind followed by their difference or growth agree.
    Why: one of the three was changed.
    Tolerance: the difference of the intervals must meet that of the change.
    Example: `đầu vụ 6.600 đồng/kg, cuối vụ lên 7.050 đồng/kg, tức tăng 450 đồng/kg`.
    """
    yield from _find_bracketed(facts)
    yield from _find_gaps(facts)
    yield from _find_raised(facts)
    yield from find_changes_alone(facts)
    for indicator in facts.in_roles("change", "growth"):
        if indicator.against is not None or indicator.of is None:
            continue
        change = facts.figures[indicator.mention]
        owner = facts.indicators[indicator.of]
        actual = facts.figures[owner.mention]
        whole = facts.indicators[owner.part_of].mention if owner.part_of is not None else None
        levels = facts.levels_of(facts.mentions[actual.mention].sentence)
        before = [level for level in levels if level.start < actual.start and is_same_unit(level, actual)]
        before = [level for level in before if level.mention != whole]  # no part grew from its whole
        form = COMPARISONS[indicator.role or ""]
        equations = [compare(form, actual, base, change) for base in reversed(before)]
        fitting = next((equation for equation in equations if holds(equation)), None)
        if fitting is not None and (change.decimals or change.number >= 10):
            yield Claim("CHG004", fitting)
        elif form == "growth":
            since = _find_named_base(facts, change, before)
            if since is not None:
                yield Claim("CHG004", compare(form, actual, since, change), severity="warning")
        elif len(equations) == 1 and form == "difference":
            said = facts.analysis.text[actual.start + len(actual.text) : change.start].lower()
            named = any(cue in said for cue in _APART) or _is_step(facts, before[0], actual)
            if any(cue in said for cue in _GAPS):  # between two figures, whichever is the greater
                other = compare(form, before[0], actual, change)
                turned = before[0].value > actual.value
                equations = [other, *equations] if turned else [*equations, other]
                equations.sort(key=lambda equation: not has_edit(equation))
            if named or is_telling(equations[0], most=_SELDOM):
                yield Claim("CHG004", equations[0], sure=named, severity="warning" if named else None)


def _find_bracketed(facts: Facts) -> Iterator[Claim]:
    """Yield changes with both levels in the bracket behind: `giảm 12 người chết (từ 108 xuống 96 người)`."""
    for figures in facts.sentences_in_roles("change", "growth").values():
        for change, base, actual in zip(figures, figures[1:], figures[2:], strict=False):
            if facts.role_of(change) not in ("change", "growth") or change.dimension == "point":
                continue
            opened = _OPENED.search(facts.words_before(base)) is not None
            if not opened or _TO.fullmatch(facts.words_before(actual)) is None:
                continue
            if base.dimension and base.dimension != actual.dimension:
                continue
            base = replace(base, dimension=actual.dimension, exact=actual.exact and not base.decimals)
            form = COMPARISONS[facts.role_of(change) or ""]
            equation = compare(form, actual, base, change)
            if holds(equation) or has_edit(equation):
                yield Claim("CHG004", equation, severity="warning", tied=True)


_OPENED = re.compile(r"\((?:giảm |tăng )?từ(?: mức| khoảng| gần| hơn| trên)?$")


_RAISED = re.compile(
    r"\W*(?:và |qua đó |từ đó )?(?:nâng|đưa|kéo|giảm|làm) (?:[^\W\d]+ ){1,8}(?:lên|xuống|còn|thành)"
    r"(?: mức| khoảng| còn)?"
)
_MADE = re.compile(r"(?<!\w)(?:tăng|giảm|bổ sung|thêm|hụt)(?!\w)[^,;]*$")
_BEFORE = 3
"""How many sentences before a change may print the level that it changes."""


def _find_raised(facts: Facts) -> Iterator[Claim]:
    """Yield changes with the level that they make and the one before, which an earlier sentence prints.

    `quyết toán 16.204,7 tỷ đồng. … Kiểm toán làm tăng số thu 43,8 tỷ đồng, nâng tổng thu lên 16.248,5 …`.
    """
    told = facts.behind("nâng", "đưa", "kéo", "giảm", "làm")
    for figures in facts.by_sentence.values() if told else ():
        for change, actual in pairwise(figures):
            if actual.mention not in told or not is_same_unit(change, actual) or change.value > actual.value:
                continue
            raised = _RAISED.fullmatch(facts.words_before(actual)) is not None
            if not raised or not _MADE.search(facts.words_before(change)):
                continue
            equations = [
                compare("difference", actual, base, change)
                for name in facts.paragraph_before(change, _BEFORE)[1:] for base in facts.levels_of(name)
                if is_same_unit(base, actual) and facts.role_of(base) == "level"
            ]  # fmt: skip
            fitting = next((each for each in equations if holds(each)), None)
            mended = fitting or only_telling(equations, most=_SELDOM)
            if mended is not None:
                yield Claim("CHG004", mended, severity="warning", tied=True)


def _find_gaps(facts: Facts) -> Iterator[Claim]:
    """Yield the points between the two rates of a sentence: `cao nhất A (56,5%), thấp nhất B (30,6%)`."""
    for figures in facts.by_sentence.values():
        for at, points in enumerate(figures):
            gap = points.dimension == "point" and any(g in facts.words_before(points) for g in _GAPS)
            if not gap or facts.by_mention[points.mention].of is not None:
                continue
            rates = [figure for figure in figures[:at] if figure.dimension == "%"]
            if len(rates) == 2 and figures[:at] == tuple(rates):
                first, second = sorted(rates, key=lambda figure: -figure.value)
                equation = compare("difference", first, second, replace(points, sign=1))
                if holds(equation) or has_edit(equation):
                    yield Claim("CHG004", equation, severity="warning", tied=True)


def _is_step(facts: Facts, base: Figure, actual: Figure) -> bool:
    """Return whether words lead from one level to the next: `từ 20.350 tỷ đồng lên 20.600 tỷ đồng`."""
    return (
        _FROM.search(facts.words_before(base)) is not None
        and _TO.fullmatch(facts.words_before(actual)) is not None
    )


_FROM = re.compile(r"(?<!\w)từ(?: mức| khoảng| gần| hơn| trên)?$")
_TO = re.compile(
    r"(?:tăng |giảm |nâng )?(?:lên|xuống|còn|thành|đến|tới)(?: mức| khoảng| gần| hơn| trên| thành| tới| đến)?"
)


def _find_named_base(facts: Facts, change: Figure, before: list[Figure]) -> Figure | None:
    """Return the level that a growth names by its time: `quý I 320 …, tăng 28,75% so với quý I`."""
    found = _SINCE.match(facts.analysis.text, change.start + len(change.text))
    time = " ".join(found["time"].lower().split()) if found else ""
    own = re.compile(rf"(?<!so )(?<!với ){re.escape(time)}(?!\w)")  # not what the growth before compares with
    same = [base for base in before if time and own.search(facts.words_before(base))]
    return same[0] if len(same) == 1 else None
