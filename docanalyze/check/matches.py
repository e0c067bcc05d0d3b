"""Which cell of a table prints the same figure as the text: by value, names, and the figures beside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from docanalyze.check.facts import Facts
from docanalyze.check.judge import agree
from docanalyze.core.figure import Figure
from docanalyze.core.kept import Kept
from docanalyze.core.names import fold_all, fold_name, fold_words
from docanalyze.core.relation import Stretch
from docanalyze.lexicon import Lexicon

_ENOUGH = 6.5
"""Points from which an equal figure is the same one; see `_weigh`."""
_NEAR = 5000
"""So many characters lie between a table and the text that goes with it, at most."""
_MOST = 24
"""A value that so many cells share says nothing."""
_WIDE = 8
"""So many figures back the words of a sentence are of one."""
_LEAD, _TAIL = 300, 120
"""So many characters before and after a figure are looked at."""
_SHORTEST, _LONGEST = 3, 6
"""So many words have initials: `XDCB`, `NSNN`."""
_TELLING = 3
"""Figures with so many digits hardly agree by chance where names agree too."""
_BOUNDS = ("at-least", "at-most")
"""`ít nhất 95%` is a target, and no figure printed again."""
_CLAUSE = re.compile(r"[,;:.(]\s|\(")
_UNIT = re.compile(r"\([^()]*\)")
_RATE = fold_words("số tỷ lệ")
_TOTAL = fold_words("tổng số cộng")
_ROMAN = re.compile(r"(?!(?:vi|xi)$)[ivx]{1,5}")
"""Numbers of rows and sectors, but for what is a word too: `vi phạm`, `xi măng`."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BASES: dict[str, tuple[str, ...]] = {
    "level": ("actual", "cumulative"), "total": ("actual", "cumulative"), "base": ("prior-period", "actual"),
    "plan": ("plan",), "growth": ("growth",), "ratio": ("growth",), "plan-ratio": ("plan-ratio", "share"),
    "share": ("share",), "change": ("change",),
}  # fmt: skip
"""The bases of columns in which a figure of each role can stand."""


class Spot(msgspec.Struct, frozen=True, dict=True):
    """A figure in a cell, its period, and the words of its row, its column's head and its table's title.

    `line` and `column` are its row and its column among all tables, `kind` is that of its figure.
    """

    figure: Figure
    kind: str
    table: str
    col: int
    line: tuple[str, int]
    column: tuple[str, int]
    basis: str
    label: frozenset[str]
    head: frozenset[str]
    header: str
    period: Stretch | None = None

    @Kept
    def years(self) -> frozenset[str]:
        """The years in its column's head."""
        return frozenset(_YEAR.findall(self.header))

    @Kept
    def sort(self) -> frozenset[str]:
        """The words of its column's head alone, but for its unit, `số` and `tỷ lệ`."""
        return fold_words(_UNIT.sub(" ", self.header)) - _RATE


class Words(msgspec.Struct, frozen=True, dict=True):
    """The folded words about a figure of the text: `near` it, and in its whole sentence up to it."""

    near: frozenset[str]
    last: Sequence[frozenset[str]] = ()

    @Kept
    def wide(self) -> frozenset[str]:
        """The words near it and near the figures before it."""
        return self.near.union(*self.last)

    @Kept
    def years(self) -> frozenset[str]:
        """The years named near it."""
        return frozenset(word for word in self.near if len(word) == 4 and _YEAR.fullmatch(word))


_UNSAID = Words(frozenset())


class Matches(msgspec.Struct, dict=True):
    """The cells that figures of the text repeat, and all cells by row and by column."""

    facts: Facts
    spots: list[Spot] = msgspec.field(default_factory=list)
    rows: dict[tuple[str, int], list[Spot]] = msgspec.field(default_factory=dict)
    columns: dict[tuple[str, int], list[Spot]] = msgspec.field(default_factory=dict)
    found: dict[str, Spot] = msgspec.field(default_factory=dict)

    @Kept
    def unnamed(self) -> dict[str, list[Spot]]:
        """The cells of rows that have no name, by kind: totals, and those of a month, a quarter or a year."""
        found: dict[str, list[Spot]] = {}
        for spot in self.spots:
            if spot.label <= _TOTAL:
                found.setdefault(spot.kind, []).append(spot)
        return found

    @Kept
    def words(self) -> dict[str, Words]:
        """The words about each figure of the text, by its mention."""
        return dict(_find_words(self.facts))

    def words_of(self, figure: Figure) -> Words:
        """Return the words about a figure of the text."""
        return self.words.get(figure.mention, _UNSAID)

    def owner(self, figure: Figure) -> str:
        """Return the mention of the level that a figure is, or is a ratio or a base of."""
        indicator = self.facts.by_mention.get(figure.mention)
        for _ in range(3):
            above = self.facts.indicators.get((indicator.of if indicator is not None else None) or "")
            if above is None or above is indicator:
                break
            indicator = above
        return indicator.mention if indicator is not None else figure.mention


def find_matches(facts: Facts) -> Matches:
    """Return the cells that figures of the text repeat."""
    known = facts.memo.get("matches")
    if known is None:
        known = facts.memo["matches"] = _find_matches(facts)
    matches: Matches = known
    return matches


def count_digits(figure: Figure) -> int:
    """Return how many digits a figure tells: zeros at its ends say little.

    `5.475.000` tells four, `0,26` two.
    """
    return figure.telling


def is_alike(figure: Figure, spot: Spot) -> bool:
    """Return whether a figure of the text and a cell can be the same: of one unit, or bare counts."""
    return figure.kind == spot.kind


def fits_role(facts: Facts, figure: Figure, spot: Spot) -> bool:
    """Return whether the head of a cell's column goes with what the figure is in its sentence."""
    return spot.basis in _BASES.get(facts.role_of(figure) or "", ())


def agree_in_years(words: Words, spot: Spot) -> bool:
    """Return whether the words about a figure and the head of a cell's column do not name different years."""
    return not words.years or not spot.years or not words.years.isdisjoint(spot.years)


def _find_matches(facts: Facts) -> Matches:
    matches = Matches(facts)
    matches.spots = list(_read_spots(facts))
    if not matches.spots:
        return matches
    for spot in matches.spots:
        matches.rows.setdefault(spot.line, []).append(spot)
        matches.columns.setdefault(spot.column, []).append(spot)
    by_kind: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for at, spot in enumerate(matches.spots):
        by_kind[spot.kind].append((spot.figure.rough, at))
    for values in by_kind.values():
        values.sort()
    equal = {
        figure.mention: spots
        for figure in facts.prose()
        if figure.kind in by_kind and (spots := _find_equal(matches, by_kind[figure.kind], figure))
    }
    for group in facts.by_sentence.values():
        inside = [figure for figure in group if figure.mention in equal]
        if inside:
            _match_sentence(matches, inside, equal)
    return matches


def _match_sentence(matches: Matches, figures: list[Figure], equal: dict[str, list[Spot]]) -> None:
    """Keep for each figure of a sentence its likeliest cell: first alone, then with those beside it."""
    weights = {
        figure.mention: [(spot, _weigh(matches, figure, spot)) for spot in equal[figure.mention]]
        for figure in figures
    }
    for _ in range(2):
        rows: Counter[tuple[str, int]] = Counter()
        columns: Counter[tuple[str, int]] = Counter()
        for figure in figures:
            spot = matches.found.get(figure.mention)
            if spot is not None and figure.telling >= _TELLING:
                rows[spot.line] += 1
                columns[spot.column] += 1
        for figure in figures:
            own = matches.found.get(figure.mention)
            best, points = None, 0.0
            told = own if own is not None and figure.telling >= _TELLING else None
            for spot, weight in weights[figure.mention]:
                beside = rows[spot.line] > (told is not None and told.line == spot.line)
                below = columns[spot.column] > (told is not None and told.column == spot.column)
                weight = weight + 2 * beside + below
                if weight > points:
                    best, points = spot, weight
            if best is not None and points >= _ENOUGH:
                matches.found[figure.mention] = best


def _weigh(matches: Matches, figure: Figure, spot: Spot) -> float:
    """Return how much speaks for an equal cell: digits, the row's and the column's names, nearness, role."""
    words = matches.words_of(figure)
    named = len(spot.label & words.wide) / len(spot.label) if spot.label else 0.0
    heads = min(len(spot.head & words.wide), 2)
    apart = abs(spot.figure.start - figure.start) > _NEAR
    if not named and not heads and (apart or figure.telling < _TELLING):
        return 0.0
    fitting = 1 if fits_role(matches.facts, figure, spot) else -1
    other = 0 if agree_in_years(words, spot) else 2
    other += 2 * matches.facts.differ_in_scope(figure, spot.figure)
    return min(figure.telling, 6) + 3 * named + heads + (not apart) + fitting - other


def _find_equal(matches: Matches, values: list[tuple[float, int]], figure: Figure) -> list[Spot]:
    if figure.number != figure.high or not figure.number or figure.comparator in _BOUNDS:
        return []
    rough = figure.rough
    if figure.comparator:  # `khoảng 20%` repeats 20,4, not 12,6, though it may stand for both
        place = 10.0**-figure.decimals * figure.factor.numerator / figure.factor.denominator
        give = max(place, 0.02 * rough)
    else:
        give = max(2 * figure.rough_slack, 0.006 * rough)
    low = bisect_left(values, (rough - give, -1))
    high = bisect_right(values, (rough + give, len(values)), low)
    if high - low > _MOST:
        return []
    near = [matches.spots[at] for _, at in values[low:high]]
    return [spot for spot in near if agree(figure, spot.figure)]


def _read_spots(facts: Facts) -> Iterator[Spot]:
    empty, plain = empty_words(facts), _plain_words(facts.lexicon)
    titles = {
        table.id: fold_words(_YEAR.sub(" ", table.title or "")) - empty for table in facts.analysis.tables
    }
    labels: dict[str, frozenset[str]] = {}
    heads: dict[tuple[str, str], frozenset[str]] = {}
    for (table, row, col), figures in facts.cells.items():
        if len(figures) != 1:
            continue
        indicator = facts.by_mention.get(figures[0].mention)
        if indicator is None:
            continue
        name, header = indicator.name, indicator.column or ""
        if name not in labels:
            # folded, `khai khoáng` would lose a word to `khoảng`
            words = fold_words(" ".join(word for word in name.split() if word not in plain))
            labels[name] = frozenset(word for word in words if not _ROMAN.fullmatch(word))
        head = heads.get((table, header))
        if head is None:
            head = heads[table, header] = (fold_words(header) - empty) | titles.get(table, frozenset())
        yield Spot(
            figures[0], figures[0].kind, table, col, (table, row), (table, col), indicator.basis,
            labels[name], head, header, indicator.period,
        )  # fmt: skip


@lru_cache(maxsize=8)
def _plain_words(lexicon: Lexicon) -> frozenset[str]:
    """Return the single words that name nothing, with their accents."""
    words = {word for name in ("lead", "base", "against") for word in lexicon["cues"][name]["words"]}
    return frozenset(word for word in words if " " not in word) | frozenset("0123456789")


@lru_cache(maxsize=8)
def _empty_words(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(part for word in _plain_words(lexicon) for part in fold_words(word))


def empty_words(facts: Facts) -> frozenset[str]:
    """Return the words that name nothing: `đạt`, `của`, `năm`."""
    return _empty_words(facts.lexicon)


def _find_row_names(facts: Facts) -> set[str]:
    owners = (facts.by_mention.get(figures[0].mention) for figures in facts.cells.values())
    return {owner.name for owner in owners if owner is not None}


def _find_initials(names: set[str]) -> dict[str, str]:
    """Return the words that initials stand for, of all rows: `nsdp` for `ngân sách địa phương`."""
    found: dict[str, str] = {}
    for name in sorted(names):
        words = name.split()
        letters = [" ".join(fold_words(word[0])) or " " for word in words]  # a mark parts initials
        for size in range(_SHORTEST, min(len(words), _LONGEST) + 1):
            for at in range(len(words) - size + 1):
                for short in "".join(letters[at : at + size]).split():
                    found.setdefault(short, " ".join(words[at : at + size]))
    return found


def _find_shortened(names: set[str]) -> frozenset[str]:
    """Return the words of rows' names that are initials, as they have no vowel: `nộp nsnn`."""
    words = {word for name in names for word in name.split()}
    words = {word for word in words if _SHORTEST <= len(word) <= _LONGEST and word.isalpha()}
    return frozenset(part for word in words for part in fold_words(word) if not _VOWEL.search(part))


def _find_said(shortened: frozenset[str], words: str) -> set[str]:
    """Return the initials that words next to each other have."""
    firsts = fold_name("".join([word[0] for word in words.split()]))
    return {short for short in shortened if short in firsts}


_VOWEL = re.compile(r"[aeiouy]")


def _find_words(facts: Facts) -> Iterator[tuple[str, Words]]:
    text = facts.analysis.text
    names = _find_row_names(facts)
    initials, shortened = _find_initials(names), _find_shortened(names)
    shorts = frozenset(initials)  # a dict is walked through to its end
    ends = {sentence.id: sentence.end for sentence in facts.sentences}
    for name, figures in facts.by_sentence.items():
        if name not in ends:
            continue
        last: list[frozenset[str]] = []
        for at, figure in enumerate(figures):
            after = figure.start + len(figure.text)
            stop = figures[at + 1].start if at + 1 < len(figures) else max(after, ends[name])
            stop = min(stop, after + _TAIL)
            mark = _CLAUSE.search(text, after, stop)
            tail = text[after : stop if mark is None else mark.start()]
            near = fold_all(f"{facts.words_before(figure)[-_LEAD:]} {figure.text.lower()} {tail.lower()}")
            if not near.isdisjoint(shorts):
                near = near.union(*(fold_words(initials[word]) for word in near if word in initials))
            if shortened:
                near |= _find_said(shortened, facts.words_before(figure))
            last = [*last[1 - _WIDE :], near]
            yield figure.mention, Words(near, last)
