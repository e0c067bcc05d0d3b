"""Changes in units with the percentage that they are: `giảm 12 vụ (5,9%)`, `giảm 5,9% (-12 vụ)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.complements import find_complements
from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, compare
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.losses import find_losses
from docanalyze.check.matches import empty_words
from docanalyze.check.portions import whole_of
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_GAIN = re.compile(
    r"(?:đồng)?\W*(?:so (?:với )?(?:cùng kỳ|đầu năm|cuối năm|năm|tháng|quý)(?: (?:năm )?(?:trước|\d{4}))?)?"
    r"\W*(?:với )?(?:(?:tốc độ|tỷ lệ|tỉ lệ) )?(?:tức|tương đương|tương ứng|bằng|hay|tăng|giảm)?"
    r"\W*(?:tăng|giảm|với|đạt|là)?\W*"
    r"(?:thêm )?(?:hơn|gần|trên|khoảng|xấp xỉ)?\W*"
    r"|(?:[^\W\d]+ ){1,6}\( ?(?:(?:tăng|giảm)(?: |$)|[-+\u2013])?"
)
"""What may stand between a change and its percentage: `tăng 12 vụ (5,9%)`, `tăng 01 người chết (5,6%)`,
`giảm 4 ca, tương ứng giảm 9%`."""
_AS_UNITS = re.compile(
    r"(?:so với [^,;()]{3,40})?,? ?(?:tức|tương đương|tương ứng|hay|cụ thể)(?: là| với)? (?:tăng|giảm)"
    r"(?: thêm)?(?: hơn| gần| trên| khoảng)?"
)
"""`tăng 23,1%, tương ứng tăng 28,55 tỷ USD`."""
_COMPARED = re.compile(r"so (?:với )?[^\d,;.()]{3,20}(?: \d{4})?")
"""`tăng 14,7% so với cùng kỳ năm trước (tương đương tăng 43,11 tỷ USD)`."""
_SAID = re.compile(r"tức|tương đương|tương ứng|bằng|hay|cụ thể|tỷ lệ (?:tăng|giảm)")
_COUNTED = frozenset({"so", "tang", "giam"})
_BACK = 3
"""How many sentences back the figure may stand that has changed."""
_BEHIND = 24
"""So many characters behind a figure still name it: `881 người chết`."""


def find_gains(facts: Facts) -> Iterator[Claim]:
    """Yield changes in units with the percentage that they are.

    What: `214 vụ, tăng 12 vụ (5,9%)`: the change is that percentage of what the figure was before it;
    `91,35 tỷ đồng, bằng 92,8% so với cùng kỳ, hụt 7,11 tỷ đồng`: the figure is that percentage of it; so of
    losses: `mất 1,42 tỷ USD, tương đương 12,3%, chỉ đạt 10,12 tỷ USD`.
    Why: one of the three was changed, or taken from another period.
    Tolerance: the intervals of change and earlier figure, divided, must meet that of the percentage.
    Example: `214 vụ, tăng 12 vụ (5,9%)`: 12 / (214 - 12) = 5,9 %; so `tăng 5,9% (tăng 12 vụ)`.
    """
    yield from find_complements(facts)
    yield from find_losses(facts)
    for figures in facts.sentences_in_roles("change", "base").values():
        for first, second in pairwise(figures):
            if facts.role_of(second) == "base" and facts.role_of(first) == "growth":
                yield from _find_in_bracket(facts, first, second)
            if "change" not in (facts.role_of(first), facts.role_of(second)):
                continue
            growth = first.dimension == "%" and facts.role_of(first) == "growth"
            again = growth and _AS_UNITS.fullmatch(facts.words_before(second)) is not None
            said = growth and _SAID.search(facts.words_before(second)) is not None
            turned_round = said or again or (first.dimension == "%" and _opens_bracket(facts, second))
            change, ratio = (second, first) if turned_round else (first, second)
            one, two = facts.by_mention.get(change.mention), facts.by_mention.get(ratio.mention)
            if one is None or two is None or one.role != "change" or ratio.dimension != "%":
                continue
            if not change.dimension:
                yield from _find_bare(facts, figures, change, ratio)
                continue
            if change.dimension in ("%", "point") or two.role not in ("growth", "share", "level", "ratio"):
                continue
            if turned_round and two.role != "growth":
                continue  # `18/22 trường đỗ 100% (tăng 8 trường)`: no growth
            gap = facts.words_before(second)
            if two.against is not None or not (_GAIN.fullmatch(gap) or (again and turned_round)):
                continue
            if one.of is None:
                yield from _find_distant(facts, change, ratio)
                continue
            actual = facts.figures[facts.indicators[one.of].mention]
            if not is_alike(actual, change) or (two.direction and two.direction != one.direction):
                continue
            named = _find_reached(facts, figures, second) or _find_named(facts, change)
            actual = named or actual
            turned = replace(ratio, sign=change.sign)
            equation = Equation("gain", (("actual", actual), ("difference", change), ("ratio", turned)))
            own = two.direction is not None and gap.startswith(",") and not _SAID.search(gap)
            other = _find_joined(facts, figures, change, ratio)
            if other is not None and not holds(equation):
                equation = other  # `tăng 13 vụ, 6 bị cáo so với năm 2022, tỷ lệ tăng 19,1%`: of the cases
            if gap.strip() == "(" and not holds(equation):
                base = compare("growth", actual, replace(change, sign=1), ratio)
                if has_edit(base) and not has_edit(equation):
                    # `tăng 5,9% (38,4 triệu kWh)`: a base that has lost a digit looks like a change
                    yield Claim("CHG005", base, severity="warning", tied=True)
                    continue
            if "bằng" in gap and not holds(equation):
                prior = Equation("prior", (("actual", actual), ("difference", change), ("ratio", ratio)))
                if holds(prior) or "(" not in gap:
                    # `giảm 20 ha, bằng 99,1% cùng kỳ`: what it is of the earlier figure, and no fall
                    if holds(prior) or (_THAN_THEN.match(_read_tail(facts, ratio)) and has_edit(prior)):
                        yield Claim("CHG005", prior, severity="warning", tied=True)
                    continue
            if not holds(equation) and _is_of_others(facts, actual, change, gap):
                continue  # `làm chết 26 người, … tăng 6 người chết (30%), 35 người bị thương (15,3%)`
            alone = gap.strip() == "(" and change.dimension != "người" and _is_alone(facts, actual, change)
            sure = (one.sure or named is not None or (alone and has_edit(equation))) and not own
            tied = again or named is not None or _is_tied(facts, actual, change, gap)
            yield Claim("CHG005", equation, sure=sure, severity="warning", tied=tied)


def _find_in_bracket(facts: Facts, ratio: Figure, inside: Figure) -> Iterator[Claim]:
    """Yield what a growth comes to, alone in the bracket behind it, where it cannot be the base.

    `17.724 tấn, giảm 1,074% (2.133 tấn)`: a misprinted growth makes it look like one.
    """
    said = facts.by_mention[ratio.mention]
    owner = facts.indicators.get(said.of or "")
    said_so = _THAT_IS.fullmatch(facts.words_before(inside).strip()) is not None
    if owner is None or ratio.dimension != "%" or not (said_so or facts.words_before(inside).strip() == "("):
        return
    actual = facts.figures[owner.mention]
    if not is_alike(actual, inside) or inside.value * _PARTS > actual.value or not said.sure:
        return
    terms = (("actual", actual), ("difference", replace(inside, sign=ratio.sign)), ("ratio", ratio))
    equation, base = Equation("gain", terms), compare("growth", actual, inside, ratio)
    right = said_so and holds(equation)
    if right or (not (holds(base) or (has_edit(base) and not said_so)) and has_edit(equation)):
        yield Claim("CHG005", equation, severity="warning", tied=True)


_THAT_IS = re.compile(r"\((?:tức|tương (?:đương|ứng)|hay)(?: là| với)?(?: hơn| gần| khoảng| trên)?")
_PARTS = 3
"""No figure has grown to so many times what it was where its growth is no more than that."""


def _find_bare(facts: Facts, figures: Sequence[Figure], change: Figure, ratio: Figure) -> Iterator[Claim]:
    """Yield a change without a unit, right behind its level: `29,9 ha, giảm 1,5 (tương đương 5%)`."""
    at = figures.index(change)
    actual = figures[at - 1] if at else None
    if actual is None or facts.role_of(actual) != "level" or not _BARE.fullmatch(facts.words_before(change)):
        return
    if not actual.dimension or actual.dimension in ("%", "point") or actual.comparator is not None:
        return
    plain = replace(change, dimension=actual.dimension, factor=actual.factor, exact=actual.exact)
    terms = (("actual", actual), ("difference", plain), ("ratio", replace(ratio, sign=change.sign)))
    equation = Equation("gain", terms)
    if holds(equation) or has_edit(equation):
        yield Claim("CHG005", equation, severity="warning", tied=True)


_BARE = re.compile(r"(?:[^\W\d]+ ){0,3}?\W*(?:tăng|giảm)?(?: thêm)?\W*")
_THAN_THEN = re.compile(
    r" so (?:với )?(?!(?:kế hoạch|kh|dự toán|chỉ tiêu|mục tiêu|tổng|định mức)(?!\w))"
    r"| (?:của )?(?:mức )?(?:cùng kỳ|năm|vụ|tháng|quý|kỳ|đầu năm|cuối năm)(?!\w)"
)
"""`bằng 99,1% so với vụ trước`, `bằng 104% năm 2023`: an earlier figure, and no plan."""


def _read_tail(facts: Facts, figure: Figure) -> str:
    """Return the words right behind a figure, in lower case."""
    end = figure.start + len(figure.text)
    return " ".join(facts.analysis.text[end : end + 2 * _BEHIND].lower().split(" "))


def _find_joined(facts: Facts, figures: Sequence[Figure], change: Figure, ratio: Figure) -> Equation | None:
    """Return the share that the first of two changes is, which only a mark parts: `tăng 13 vụ, 6 bị cáo`."""
    before = [figure for figure in figures if figure.start < change.start][-1:]
    first = facts.by_mention.get(before[0].mention) if before else None
    if first is None or first.role != "change" or first.of is None:
        return None
    if facts.words_before(change).strip() not in (",", "/", "và"):
        return None
    actual, turned = facts.figures[facts.indicators[first.of].mention], replace(ratio, sign=change.sign)
    return Equation("gain", (("actual", actual), ("difference", before[0]), ("ratio", turned)))


_REACHED = re.compile(
    r"(?:xuống |chỉ )?(?:còn|về|lên|xuống|đạt)(?: còn| mức| chỉ còn| còn)?(?: hơn| gần| khoảng)?"
)


def _find_reached(facts: Facts, figures: Sequence[Figure], last: Figure) -> Figure | None:
    """Return the level that a change names behind it: `giảm 24,5%, tương ứng giảm 219 tỷ đồng, về 676 tỷ`."""
    behind = next((figure for figure in figures if figure.start > last.start), None)
    if behind is None or facts.role_of(behind) != "level" or behind.dimension == "%":
        return None
    said = _REACHED.fullmatch(facts.words_before(behind).strip(" ,)"))
    return behind if said and is_alike(behind, last if last.dimension != "%" else behind) else None


def _find_named(facts: Facts, change: Figure) -> Figure | None:
    """Return the one level whose words a change names: `xét xử 11.242 vụ; … số xét xử tăng 1.075 vụ`."""
    said = fold_words(facts.clause_before(change)) - empty_words(facts) - _COUNTED
    named = [
        figure for figure in facts.levels_of(facts.mentions[change.mention].sentence)
        if said and figure.start < change.start and is_alike(figure, change)
        and said <= fold_words(facts.words_before(figure))
    ]  # fmt: skip
    return named[0] if len(named) == 1 else None


def _is_tied(facts: Facts, actual: Figure, change: Figure, gap: str) -> bool:
    """Return whether a change with its bracket is surely that of a level: by its noun, or alone of its kind.

    `làm chết 171 người, …, giảm 19 người chết (-10,0%)`; `618 đối tượng …, tăng 71 đối tượng (13,0%)`.
    """
    if "(" not in gap:
        return False
    noun = fold_words(gap.partition("(")[0])
    if noun and noun <= _read_name(facts, actual):
        return True
    return _is_alone(facts, actual, change)


def _is_alone(facts: Facts, actual: Figure, change: Figure) -> bool:
    """Return whether a level is the only count of its kind that a sentence has before a change."""
    counts = [
        figure for figure in facts.levels_of(facts.mentions[change.mention].sentence)
        if figure.start < change.start and figure.dimension == change.dimension
    ]  # fmt: skip
    return change.exact and counts == [actual]


def _is_of_others(facts: Facts, actual: Figure, change: Figure, gap: str) -> bool:
    """Return whether a change in persons says what befell them, and its level has others of its kind."""
    noun = fold_words(gap.partition("(")[0]) if "(" in gap else frozenset()
    return bool(noun) and actual.dimension == change.dimension == "người" and not (
        noun & _read_name(facts, actual)
    )  # fmt: skip


def _find_distant(facts: Facts, change: Figure, ratio: Figure) -> Iterator[Claim]:
    """Yield the change of a figure of the sentences before: `So với tháng trước, số vụ giảm 5,9% (-12 vụ)`.

    The one of its name goes first; if none agrees, only that one is told of, and if a misprint explains it.
    """
    said = f"{facts.words_before(change)} {change.text} {facts.words_before(ratio)}"
    own = fold_words(said) - empty_words(facts)
    turned = replace(ratio, sign=change.sign)

    def gain(actual: Figure) -> Equation:
        return Equation("gain", (("actual", actual), ("difference", change), ("ratio", turned)))

    places = _list_places(facts, change)
    ranked: list[tuple[int, Figure]] = []
    for name in places:
        for figure in facts.levels_of(name):
            listed = facts.by_mention[figure.mention].part_of is not None
            if listed and whole_of(facts, figure) is not None:
                continue  # `phát hiện 14 vụ, trong đó 9/14 vụ có chủ. So với cùng kỳ, số vụ giảm 16 vụ (53%)`
            if figure.start < change.start and is_alike(figure, change) and facts.role_of(figure) == "level":
                ranked.append((len(own & _read_name(facts, figure)), figure))
    ranked = _leave_fractions(facts, ranked)
    ranked.sort(key=lambda each: -each[0])
    # `Xảy ra 486 vụ, làm chết 171 người. So với cùng kỳ, giảm 19 người chết (-10,0%)`: right behind it
    beside = [
        each for each in ranked if each[0] and facts.mentions[each[1].mention].sentence == places[:2][-1]
    ]
    likely = beside or ranked
    named = bool(likely) and all(each[0] < likely[0][0] for each in likely[1:])
    if beside and named and holds(gain(likely[0][1])):
        yield Claim("CHG005", gain(likely[0][1]), sure=False)
        return
    fitting = next((equation for _, figure in ranked if holds(equation := gain(figure))), None)
    if fitting is None and (of_all := _gain_of_whole(facts, [figure for _, figure in likely], gain)):
        yield Claim("CHG005", of_all, severity="warning", tied=True)
        return
    well = named and likely[0][0] >= _NAMED and all(each[0] + 1 < likely[0][0] for each in likely[1:])
    if fitting is not None:
        if ratio.decimals or (well and fitting.one("actual") is likely[0][1]):
            yield Claim("CHG005", fitting, sure=False)
    elif named and has_edit(gain(likely[0][1])) and not _is_part_of(facts, change, likely[0][1]):
        if _is_other(facts, change, likely[0][1]):
            return
        sure = bool(beside) or well
        yield Claim("CHG005", gain(likely[0][1]), sure=sure, severity="warning", tied=sure)


def _gain_of_whole(facts: Facts, likely: list[Figure], gain: Callable[[Figure], Equation]) -> Equation | None:
    """Return the change of all cases of which some are dealt with: `điều tra 341/360 vụ. … giảm 171 vụ`."""
    wholes = [(figure, whole_of(facts, figure)) for figure in likely]
    found = [(figure, whole) for figure, whole in wholes if whole is not None]
    if len(found) != 1 or not _DEALT.search(facts.clause_before(found[0][0])):
        return None
    equation = gain(found[0][1])
    return equation if holds(equation) or has_edit(equation) else None


_DEALT = re.compile(r"(?<!\w)(?:điều tra|khám phá|làm rõ|giải quyết|xử lý|xét xử)(?!\w)")


def _is_other(facts: Facts, change: Figure, level: Figure) -> bool:
    """Return whether the words before a change name something else: `giải thể 212 …, tạm ngừng tăng 30 …`."""
    said = fold_words(facts.clause_before(change)) - empty_words(facts) - _COUNTED
    name = _read_name(facts, level)
    return len(said - name) >= len(said & name) > 0


def _is_part_of(facts: Facts, change: Figure, whole: Figure) -> bool:
    """Return whether a change is that of a part: `1,4 triệu lượt. Trong đó, đường bộ tăng 90 nghìn`."""
    return facts.by_mention[change.mention].part_of == facts.by_mention[whole.mention].id


_NAMED = 3
"""So many words in common, and two more than any other has, say of what figure a change is."""
_COMPARES = re.compile(r"\W*so (?:sánh )?(?:với |cùng )")


def _leave_fractions(facts: Facts, ranked: list[tuple[int, Figure]]) -> list[tuple[int, Figure]]:
    """Leave out the parts of a count, as `9/14 vụ`, that stands beside them by itself: it has changed."""
    plain = {figure.value for _, figure in ranked if whole_of(facts, figure) is None}
    kept = []
    for each in ranked:
        whole = whole_of(facts, each[1])
        if whole is None or whole.value not in plain:
            kept.append(each)
    return kept


def _list_places(facts: Facts, change: Figure) -> list[str]:
    """Return the sentences that may print what has changed: of its paragraph, and before `So với …`.

    A paragraph that begins so is about what the one before it prints.
    """
    places = facts.paragraph_before(change, _BACK)
    first = facts.sentence_of(places[-1])
    if first is None:
        return places
    if _COMPARES.match(facts.analysis.text[first.start : first.end].lower()) is None:
        return places
    far = facts.sentences_before(change, len(places) + _BACK - 1)
    before = [sentence for name in far[len(places) :] if (sentence := facts.sentence_of(name)) is not None]
    near = [sentence.id for sentence in before if sentence.block == before[0].block]
    return [*places, *near]


def _read_name(facts: Facts, figure: Figure) -> frozenset[str]:
    """Return the words about a level: those before it and those right behind it."""
    end = figure.start + len(figure.text)
    behind = re.split(r"[,;]", facts.analysis.text[end : end + _BEHIND], maxsplit=1)[0]
    return fold_words(f"{facts.clause_before(figure)} {figure.text} {behind}")


def _opens_bracket(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure stands in a bracket of its own: `tăng 18,5% (tăng 3,9 tỷ USD)`."""
    before, opened, _ = facts.words_before(figure).partition("(")
    return bool(opened) and (not before.strip() or _COMPARED.fullmatch(before.strip()) is not None)
