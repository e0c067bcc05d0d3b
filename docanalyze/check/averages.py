"""Averages, yields and unit prices: a figure per something, the total and what it is spread over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from docanalyze.check.each_of import EACH, find_sides, keep_levels, names_total, spread_over
from docanalyze.check.edits import has_edit, only_telling
from docanalyze.check.equation import Equation
from docanalyze.check.even_rates import find_even_rates
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.far_yields import find_far_yields
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.mean_growths import find_mean_growths
from docanalyze.check.named_ratios import find_named_ratios
from docanalyze.check.per_period import find_per_period
from docanalyze.check.round_figures import find_rough
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_name, fold_words
from docanalyze.lexicon.cues import cue_pattern
from docanalyze.lexicon.opposites import are_opposed
from docanalyze.lexicon.unit_names import read_unit


def find_averages(facts: Facts) -> Iterator[Claim]:
    """Yield averages, yields and prices with the total and the number that they come from.

    What: total / number = average: area × yield = output, revenue / visitors, price × quantity = value; and
    the growth of an average is that of its total over that of the number: 1,146 / 1,082 = 1,059.
    Why: one of the three was changed; the others were copied from the last report.
    Tolerance: the intervals, divided, must meet that of the average; units are converted (tạ, tấn, ha).
    Example: `9.846 ha, năng suất 68,4 tạ/ha, sản lượng 67.347 tấn`: 67.347 tấn / 9.846 ha = 68,4 tạ/ha.
    """
    average = cue_pattern(facts.lexicon, "average")
    before: tuple[Figure, ...] = ()
    sentences = list(facts.by_sentence.values())
    spread = facts.behind("mỗi", "bình quân", "trung bình")
    for at, figures in enumerate(sentences):
        after = sentences[at + 1] if at + 1 < len(sentences) else ()
        for rate in figures:
            head, slash, per = rate.dimension.partition("/")
            if not slash or "/" in per:
                continue
            indicator = facts.by_mention.get(rate.mention)
            if indicator is None or indicator.role == "change":
                continue
            words = facts.words_before(rate)
            near = indicator.role == "level" and bool(average.search(words) or words.endswith("×"))
            yield from _claim_average(facts, rate, (head, per), (figures, before, after), near=near)
        yield from _find_each(facts, figures, spread)
        before = figures
    yield from find_named_ratios(facts)
    yield from find_mean_growths(facts)
    yield from find_far_yields(facts)
    yield from find_even_rates(facts)
    yield from find_per_period(facts)


_SELDOM, _OFTEN = Fraction(1, 20), Fraction(1, 5)
_NEXT, _EARLIER = 2, 5
"""How many sentences before an average may tell what it is over, where they are called so."""


def _find_each(facts: Facts, figures: tuple[Figure, ...], spread: frozenset[str]) -> Iterator[Claim]:
    """Yield what each of a sentence's things has: `49,2 tỷ đồng cho 533 người, mỗi người 92,3 triệu đồng`.

    `spread` are the mentions before which a word of an average stands.
    """
    for at, rate in enumerate(figures):
        found = EACH.search(facts.words_before(rate)) if rate.mention in spread else None
        if found is None:
            continue
        totals, bases = find_sides(facts, found["unit"], rate, figures[:at])
        if len(totals) == len(bases) == 1:
            yield Claim("AVG001", spread_over(totals[0], bases[0], rate), severity="warning")
        elif not bases and (told := _find_before(facts, found, rate)) is not None:
            yield Claim("AVG001", told, severity="warning", tied=True)


def _find_before(facts: Facts, found: re.Match[str], rate: Figure) -> Equation | None:
    """Return what an average comes from in the sentences before it: the next ones, or what is called so."""
    names = facts.sentences_before(rate, _EARLIER)[1:]
    sides = [find_sides(facts, found["unit"], rate, facts.by_sentence.get(name, ())) for name in names]
    for totals, bases in sides[:_NEXT]:
        if len(totals) == len(bases) == 1:
            equation = spread_over(totals[0], bases[0], rate)
            named = names_total(facts, found, totals[0]) and _names_base(facts, found, bases[0])
            return equation if holds(equation) or (named and has_edit(equation)) else None
        if bases:
            break
    named_totals = [total for totals, _ in sides for total in totals if names_total(facts, found, total)]
    equations = [
        spread_over(total, base, rate) for total in named_totals for _, bases in sides for base in bases
    ]
    fitting = next((each for each in equations if holds(each)), None)
    if fitting is None and len(equations) == 1 and has_edit(equations[0]):
        return equations[0]
    return fitting or only_telling(equations, most=_SELDOM)


_WHEN = fold_words("tháng đầu cuối năm quý kỳ nay này qua vừa")


def _names_base(facts: Facts, found: re.Match[str], base: Figure) -> bool:
    """Return whether the sentence of a base has the words for each thing: not `một trang trại chăn nuôi`."""
    said = fold_words(found.string[found.start("unit") :]) - empty_words(facts) - _WHEN
    sentence = facts.sentence_at(base.start)
    text = base.text if sentence is None else facts.analysis.text[sentence.start : sentence.end]
    initials = "".join(word[0] for word in fold_name(base.dimension).split())
    told = fold_words(text) | fold_words(base.dimension) | {initials}
    return all(word in told or not word.isalpha() for word in said)


def _claim_average(
    facts: Facts, rate: Figure, unit: tuple[str, str], around: tuple[tuple[Figure, ...], ...], *, near: bool
) -> Iterator[Claim]:  # fmt: skip
    rate = replace(rate, exact=False)  # `473 người/km2` is rounded, though `473 người` is not
    head = read_unit(unit[0], facts.lexicon)
    per = read_unit(unit[1], facts.lexicon)
    currency = unit[0].isupper()
    factor = per.factor / (1 if currency else head.factor)
    here, before, after = around
    sides = (unit[0] if currency else head.dimension, per.dimension)
    beside_it = _find_beside(facts, here, rate, sides, near=near)
    priced = _find_priced(facts, here, rate, sides)
    for pair, firm in ((beside_it, near), (priced, False)):
        if pair is None:
            continue
        equation = Equation("quotient", (("total", pair[0]), ("base", pair[1]), ("result", rate)), factor)
        equation = equation if holds(equation) else find_rough(equation) or equation
        if holds(equation) or (has_edit(equation) and not _is_other_crop(facts, *pair)):
            yield Claim("AVG001", equation, severity=None if firm else "warning", tied=True)
            return
    own = [
        _pick(figures, unit[0] if currency else head.dimension, per.dimension, rate, facts)
        for figures in (here, (*before, *here), after)
    ]
    for totals, bases in own:
        pairs = [(t, b) for t in totals for b in bases if _are_close(t, b, (*totals, *bases))]
        for total, base in pairs:
            equation = Equation("quotient", (("total", total), ("base", base), ("result", rate)), factor)
            if holds(equation):
                yield Claim("AVG001", equation)
                return
    totals, bases = (_keep_outer(facts, keep_levels(facts, figures), rate) for figures in own[0])
    totals = [total for total in totals if not _is_limit(facts, total, bases)]
    far = _find_named_base(facts, rate, per.dimension) if near and len(totals) == 1 and not bases else None
    if far is not None:
        equation = Equation("quotient", (("total", totals[0]), ("base", far), ("result", rate)), factor)
        if has_edit(equation):
            yield Claim("AVG001", equation, severity="warning", tied=True)
        return
    if totals and bases:
        before_it = [figure for figure in totals if figure.start < rate.start]
        totals = before_it or totals
        alone = len({figure.value for figure in bases}) == len({figure.value for figure in totals}) == 1
        if not (near or (alone and facts.role_of(rate) == "level")):
            return
        terms = (("total", totals[0]), ("base", bases[0]), ("result", rate))
        equation = Equation("quotient", terms, factor)
        beside = {figure.mention for figure in [f for f in here if f.start < rate.start][-2:]}
        close = {totals[0].mention, bases[0].mention} == beside
        if _is_other_crop(facts, totals[0], bases[0]) or find_rough(equation) is not None:
            return
        if _SEASON.search(facts.analysis.text, rate.start, max(rate.start, totals[0].start)):
            return  # `303.300 ha đã thu hoạch; năng suất 48,4 tạ/ha; sản lượng toàn vụ 2,8 triệu tấn`
        if has_edit(equation) or _is_same_thing(facts, rate, bases[0]):
            yield Claim("AVG001", equation, sure=near and (alone or close))
    elif near and (totals or bases):
        totals, bases = (_keep_whole(facts, keep_levels(facts, figures)) for figures in own[1])
        here_before = [base for base in own[0][1] if base.start < rate.start]
        bases = here_before[:1] or bases  # `118.426 hộ, bình quân 51,9 triệu đồng/hộ; trong đó 21.874 hộ …`
        named = [base for base in bases if _names(facts, rate, base)]
        bases = named if len(named) == 1 else bases
        equations = [
            Equation("quotient", (("total", total), ("base", base), ("result", rate)), factor)
            for total in totals for base in bases
        ]  # fmt: skip
        told = only_telling(equations, most=_SELDOM if bases is not named else _OFTEN)
        told = _find_far_base(facts, rate, totals, per.dimension, factor) or told
        if told is not None:
            yield Claim("AVG001", told, sure=False)


def _find_far_base(
    facts: Facts, rate: Figure, totals: list[Figure], per: str, factor: Fraction
) -> Equation | None:
    """Return what a base of the paragraph makes of the one total beside an average, if that is the average.

    `Gieo cấy 719,7 nghìn ha. Đã thu hoạch 319,1 nghìn ha. Năng suất 56,1 tạ/ha; sản lượng 4,04 triệu tấn`.
    """
    if len(totals) != 1:
        return None
    equations: list[Equation] = []
    for name in facts.paragraph_before(rate, _FAR)[1:]:
        for base in facts.levels_of(name):
            if _is_one(base, per):
                terms = (("total", totals[0]), ("base", base), ("result", rate))
                equations.append(Equation("quotient", terms, factor))
    fitting = next((each for each in equations if holds(each)), None)
    return fitting or only_telling(equations, most=_SELDOM)


def _are_close(total: Figure, base: Figure, listed: tuple[Figure, ...]) -> bool:
    """Return whether no other pair stands between: `chè 2,9 tỷ USD, 84 nghìn tấn; tiêu 1,3 tỷ USD, 9 …`."""
    first, last = sorted((total.start, base.start))
    between = [f for f in listed if first < f.start < last]
    return not (any(is_alike(f, total) for f in between) and any(is_alike(f, base) for f in between))


_LIMIT = re.compile(r"\s*(?:có |đạt )?(?:dưới|chưa đến|không quá|từ)?\s*")


def _is_limit(facts: Facts, total: Figure, bases: list[Figure]) -> bool:
    """Return whether a figure is what each of a count has more or less than: `còn 7 xã dưới 10 tiêu chí`."""
    if total.comparator is None or _LIMIT.fullmatch(facts.words_before(total)) is None:
        return False
    return any(base.start < total.start and not any(
        base.start < f.start < total.start for f in facts.figures_between(base.start + 1, total.start)
    ) for base in bases)  # fmt: skip


def _find_beside(
    facts: Facts, figures: tuple[Figure, ...], rate: Figure, unit: tuple[str, str], *, near: bool
) -> tuple[Figure, Figure] | None:
    """Return total and base beside a rate: `486 ha, năng suất 61,5 tạ/ha, sản lượng 2.989 tấn`.

    So too right before an average: `412 nhà trị giá 28,84 tỷ đồng, bình quân 70 triệu đồng/nhà`.
    """
    head, per = unit
    at = next(place for place, figure in enumerate(figures) if figure.mention == rate.mention)
    pairs: list[tuple[Figure, Figure]] = []
    if near and at > 1 and not facts.is_past(rate, figures[at - 2]):
        pairs.append((figures[at - 2], figures[at - 1]))
    if 0 < at < len(figures) - 1 and not facts.is_past(figures[at + 1], figures[at - 1]):
        pairs.append((figures[at - 1], figures[at + 1]))
    for one, two in pairs:
        if facts.role_of(one) != "level" or facts.role_of(two) != "level":
            continue
        if len({facts.depths.get(figure.mention, 0) for figure in (one, two, rate)}) > 1:
            continue  # `1.245 ha (vụ đông xuân 640 ha, hè thu 605 ha), năng suất 62 tạ/ha`
        if _counts(facts, one, per) and _counts(facts, two, head):
            return two, one
        if _counts(facts, one, head) and _counts(facts, two, per):
            return one, two
    return None


_AMOUNT = re.compile(
    r"\W*(?:tổng (?:số tiền|cộng|giá trị|kinh phí|số)(?: là)?|với (?:số tiền|tổng số tiền))?\W*"
)
"""What may stand between a price and its amount: `2.500 đồng/cổ phiếu), tổng số tiền 1.048,8 tỷ đồng`."""


def _find_priced(
    facts: Facts, figures: tuple[Figure, ...], rate: Figure, unit: tuple[str, str]
) -> tuple[Figure, Figure] | None:
    """Return the amount right behind a price and the one count of its sentence that it is per."""
    bases = [f for f in figures if _is_one(f, unit[1]) and f.exact and facts.role_of(f) in ("level", "total")]
    at = next(place for place, figure in enumerate(figures) if figure.mention == rate.mention)
    behind = figures[at + 1] if at + 1 < len(figures) else None
    if len(bases) != 1 or behind is None or not _is_one(behind, unit[0]):
        return None
    return (behind, bases[0]) if _AMOUNT.fullmatch(facts.words_before(behind)) else None


def _names(facts: Facts, rate: Figure, base: Figure) -> bool:
    """Return whether an average says what it is over: `lúa 1.872 ha, …. Năng suất lúa 65,8 tạ/ha`."""
    own = fold_words(facts.by_mention[base.mention].name) - empty_words(facts)
    return bool(own) and own <= fold_words(facts.words_before(rate))


def _find_named_base(facts: Facts, rate: Figure, per: str) -> Figure | None:
    """Return the one base of sentences before that a sentence names: `(hè thu 1.874 ha). … Vụ hè thu`."""
    sentence = facts.sentence_at(rate.start)
    if sentence is None:
        return None
    said = fold_words(facts.analysis.text[sentence.start : rate.start])
    for name in facts.paragraph_before(rate, _FAR)[1:]:
        named = []
        for figure in facts.levels_of(name):
            own = fold_words(facts.by_mention[figure.mention].name) - empty_words(facts)
            if own and own <= said and _is_one(figure, per) and facts.role_of(figure) == "level":
                named.append(figure)
        if named:
            return named[0] if len(named) == 1 else None
    return None


_FAR = 4
"""How many sentences before an average may name its base."""


_SEASON = re.compile(r"(?<!\w)(?:toàn vụ|cả vụ|cả năm)(?!\w)")


def _is_same_thing(facts: Facts, rate: Figure, base: Figure) -> bool:
    """Return whether an average is named for nothing but its base: not `năng suất lúa` of all land sown."""
    cues = fold_words(" ".join(facts.lexicon["cues"]["average"]["words"])) | empty_words(facts)
    return fold_words(facts.clause_before(rate)) - cues <= fold_words(facts.words_before(base))


_GROWN = re.compile(
    r"(?<!\w)(?:sản lượng|diện tích)(?: gieo trồng| gieo cấy| gieo sạ| thu hoạch)? (?P<crop>[^,;:()]+)$"
)


def _is_other_crop(facts: Facts, output: Figure, area: Figure) -> bool:
    """Return whether output and area name their own things: `sản lượng lương thực`, `diện tích lúa`.

    So too of two seasons: `lúa Xuân 241.278 tấn, lúa Mùa 41.760 ha`.
    """
    named = [fold_words(facts.clause_before(figure)) for figure in (output, area)]
    if are_opposed(named[0], named[1], facts.lexicon):
        return True
    said = [_GROWN.search(facts.words_before(figure)) for figure in (output, area)]
    crops = [fold_words(found["crop"]) - empty_words(facts) for found in said if found is not None]
    return len(crops) == 2 and all(crops) and crops[0].isdisjoint(crops[1])


def _keep_whole(facts: Facts, figures: list[Figure]) -> list[Figure]:
    """Return the figures that are not listed as parts of another of them."""
    inside = {facts.by_mention[figure.mention].id for figure in figures if figure.mention in facts.by_mention}
    return [f for f in figures if facts.by_mention[f.mention].part_of not in inside]


def _keep_outer(facts: Facts, figures: list[Figure], rate: Figure) -> list[Figure]:
    """Return the figures in no deeper bracket than a rate, if there are any."""
    depth = facts.depths.get(rate.mention, 0)
    return [figure for figure in figures if facts.depths.get(figure.mention, 0) <= depth] or figures


def _pick(
    figures: tuple[Figure, ...], head: str, per: str, rate: Figure, facts: Facts
) -> tuple[list[Figure], list[Figure]]:
    """Return the totals and the bases of an average among figures, the nearest first."""
    ordered = sorted(figures, key=lambda figure: abs(figure.start - rate.start))

    def is_level(figure: Figure) -> bool:
        indicator = facts.by_mention.get(figure.mention)
        return indicator is not None and indicator.role in ("level", "total", "duration", "plan", "base")

    levels = [figure for figure in ordered if figure.mention != rate.mention and is_level(figure)]
    return [f for f in levels if _is_one(f, head)], [f for f in levels if _is_one(f, per)]


def _counts(facts: Facts, figure: Figure, dimension: str) -> bool:
    """Return whether a figure counts what a rate is of or per; persons by any of their words."""
    if _is_one(figure, dimension):
        return True
    person = dimension == _PERSON and figure.exact
    return person and cue_pattern(facts.lexicon, "person").search(figure.dimension) is not None


_PERSON = "người"


def _is_one(figure: Figure, dimension: str) -> bool:
    """Return whether a figure counts what a rate is per: `09 trường hợp vi phạm`, `325 lượt người`."""
    own = figure.dimension
    return (
        own == dimension or f" {own} ".startswith(f" {dimension} ") or f" {own} ".endswith(f" {dimension} ")
    )
