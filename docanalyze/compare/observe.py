"""What one report says, made ready for comparison: each indicator with its name, period, form and place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Literal

from docanalyze.compare.names import Name, is_stock, read_name
from docanalyze.compare.periods import (
    Days,
    PeriodAt,
    choose_period,
    find_form,
    place_periods,
)
from docanalyze.compare.view import ReportView
from docanalyze.core.analysis import Sentence
from docanalyze.core.comparison import Form, Point
from docanalyze.core.mention import FigureValue, Mention, Period, QuantityValue
from docanalyze.core.relation import Indicator

Kind = Literal["level", "plan", "plan-ratio", "growth", "share", "change"]
_KINDS: dict[str, Kind] = {
    "actual": "level", "prior-period": "level", "cumulative": "level", "plan": "plan",
    "plan-ratio": "plan-ratio", "share": "share", "growth": "growth", "change": "change",
}  # fmt: skip
_PERCENT = ("%", "point", "‰")
_CHANGED = re.compile(r"chênh lệch|tăng|giảm")
_COLUMN = re.compile(
    r"\([^)]*\)|kế hoạch|dự toán|chỉ tiêu|thực hiện|ước tính|ước|cùng kỳ|kỳ này|kỳ trước|năm nay|năm trước|"
    r"báo cáo|đơn vị|tổng số|giá trị|(?:tháng|quý|năm|đầu|cuối|cả|lũy kế)(?!\w)|(?<!\w)[ivx]+(?!\w)|[\d/.:]+"
)
_PLANS = ("kế hoạch", "dự toán", "chỉ tiêu")
_RUN = re.compile(r"[^\W\d_]+")
_STOP = re.compile(
    r"[,;:.()]|\d|(?<!\w)(?:so với|tăng|giảm|đạt|chiếm|bằng|với|trong|trên|gồm|là|có|và|song|nhưng)(?!\w)"
)
_ASIDE = ("recipients", "signature", "letterhead", "form", "title", "basis")
_BEFORE = 10
_BACK = 3
_NAMELESS = Name("", frozenset(), "", is_telling=False)
_FIGURE = re.compile(r"\d")
_AFTER = 5
_HEAD = 14
_FEW = 2
_GAP = 200


@dataclass(slots=True, eq=False)
class Observation:
    """One figure of one report as a comparison sees it.

    `value` is in the base unit (a growth in per cent), `days` what it is of, `base` what it is measured
    against, `about` the level that a ratio is of; `printed` is True where its own period stands beside it,
    `certain` where none other can be meant; `nearby` finds the words around the figure, `context` are those
    of the sentence, list item or table that tell equal names apart.
    """

    report: int
    indicator: Indicator
    mention: Mention
    name: Name
    unit: str
    kind: Kind
    value: Decimal
    days: Days
    base: Days | None
    form: Form
    certain: bool
    printed: bool
    sure: bool
    price: str | None
    nearby: Callable[[], frozenset[str]]
    context: frozenset[str]
    section: str | None
    section_words: frozenset[str]
    scope: str | None
    row: tuple[str, int] | None
    about: Observation | None = None
    point: Point | None = None
    _near: frozenset[str] | None = None

    @property
    def near(self) -> frozenset[str]:
        """The words of the name and around the figure, found when first asked for."""
        if self._near is None:
            self._near = self.name.words | self.nearby()
        return self._near

    @property
    def estimate(self) -> bool:
        """Whether the report calls the figure an estimate (`ước`)."""
        value = self.mention.value
        return isinstance(value, FigureValue) and value.estimate

    @property
    def hedged(self) -> bool:
        """Whether a hedge stands before the figure (`gần`, `trên`)."""
        value = self.mention.value
        return isinstance(value, FigureValue) and value.comparator is not None

    @property
    def slack(self) -> float:
        """Half a unit of the last printed place, in the unit of `value`; 0 for an exact count."""
        value = self.mention.value
        if not isinstance(value, FigureValue) or not value.number or value.step is None:
            return 0.0
        plain = (value.scale or 1) == 1 and value.step == 1
        if plain and isinstance(value, QuantityValue) and value.base is None:
            return 0.0
        if self.unit in _PERCENT:
            return 0.5 * float(value.step)
        printed = float(value.number) * float(value.scale or 1)  # `step` is in number x scale
        return 0.5 * float(value.step) * abs(float(self.value) / printed)

    @property
    def digits(self) -> int:
        """How many digits are printed: a figure of four or more is seldom the same by chance."""
        return sum(char.isdigit() for char in self.mention.text)


def observe_report(view: ReportView) -> list[Observation]:
    """Return the observations of a report, in text order; those of tasks and of ranges are left out."""
    heads = _read_heads(view)
    printed = _place_sentences(view)
    prices = _Prices(view)
    heads_of = _Surroundings(view)
    found: dict[str, Observation] = {}
    owners: dict[tuple[str, int], Observation] = {}
    carried: tuple[str | None, Days] | None = None
    last = -1
    latest: Observation | None = None
    latest_block: str | None = None
    within: str | None = None
    ends: list[int] = []
    spoken, spoken_in = _NAMELESS, None
    for indicator in view.indicators:
        mention = view.mentions[indicator.mention]
        value = mention.value
        if not isinstance(value, FigureValue) or value.number is None or indicator.value is None:
            continue
        if view.looks_ahead(mention.start):
            continue
        kind = _KINDS[indicator.basis]
        unit = indicator.unit or ""
        amount = indicator.value
        periods: list[PeriodAt]
        section = block = None
        column = ""
        if mention.cell is not None:
            cell = mention.cell
            periods, column = heads.get((cell.table, cell.col), ([], ""))
            at = 1 << 60
            if kind == "level" and _CHANGED.search(column):
                kind = "change"
            name = read_name(_join_column(indicator.name, column, kind), view.lexicon)
            if not name.words:  # `Tổng số`: what the whole table is about
                name = read_name(view.titles.get(cell.table) or indicator.name, view.lexicon)
            scope = view.parents.get((cell.table, cell.row))
            row = (cell.table, cell.row)
            nearby = _no_words
            context = view.table_words.get(cell.table, frozenset())
            if scope is not None and read_name(scope, view.lexicon).is_telling:
                context |= read_name(scope, view.lexicon).words
            prior = indicator.basis == "prior-period"
            if kind in ("growth", "plan-ratio", "share") and unit not in _PERCENT:
                unit, amount = "%", value.number
        else:
            at = mention.start
            periods = printed.get(mention.sentence or "", [])
            sentence = view.sentence_at(at)
            if sentence is not None and view.block_kinds.get(sentence.block or "") in _ASIDE:
                continue
            begin = last if 0 <= at - last < _GAP else at - 1
            gap = view.analysis.text[begin:at]
            name = read_name(_name_counted(view, indicator, mention, gap), view.lexicon)
            if mention.sentence != within:
                within, ends = mention.sentence, [sentence.start if sentence is not None else begin]
            nearby = partial(_read_near, view, ends, mention)
            last = mention.end
            ends = [last, *ends][:_BACK]
            scope, row = None, None
            if sentence is not None:
                section, block = sentence.section, sentence.block
            context = frozenset() if sentence is None else heads_of.find(sentence)
            prior = indicator.basis == "prior-period"
            if kind == "level" and indicator.name.startswith(_PLANS):
                kind = "plan"
        if row is None and not name.is_telling:
            # `tăng 3,05% so với tháng trước, 7,88% so với cùng kỳ`: both are of one thing
            name = spoken if kind == "growth" and spoken_in == mention.sentence else _NAMELESS
        elif row is None:
            spoken, spoken_in = name, mention.sentence
        default = view.days
        if view.several and carried is not None and carried[0] == block is not None:
            default = carried[1]
        chosen = choose_period(
            at, periods, default, prior=prior, plan=kind in ("plan", "plan-ratio"), several=view.several
        )
        days = chosen.days
        if kind == "plan-ratio":  # done in the report's stretch, of the year's plan
            days = choose_period(at, periods, default, prior=False, plan=False, several=view.several).days
        if kind == "growth":
            amount = _as_growth(indicator, value, column, amount)
        elif kind == "change" and indicator.direction == "decrease" and amount > 0:
            amount = -amount
        about = found.get(indicator.of or "")
        if about is None and row is not None and kind != "level":
            about = owners.get(row)
        if about is not None and about.about is not None:
            about = about.about
        elif prior and about is not None:
            name = about.name
        if row is None and kind == "level" and not name.words and about is None:
            # `đạt 52.310 triệu đồng, cùng kỳ là 48.153 triệu đồng`, `lũy kế 5 tháng đạt 2.580,3 nghìn tỷ`:
            # what the figure before is of, in another stretch
            if latest is not None and latest.unit == unit and days != latest.days and chosen.printed:
                if latest.mention.sentence == mention.sentence or (latest_block == block is not None):
                    name = latest.name
                    about = latest if days.end < latest.days.end else None
        title = view.section_titles.get(section or "") if row is None else view.section_at(mention.start)
        observation = Observation(
            report=view.number, indicator=indicator, mention=mention, name=name, unit=unit, kind=kind,
            value=amount, days=days, base=chosen.base, form=find_form(days), certain=chosen.certain,
            printed=chosen.printed,
            sure=indicator.sure, price=prices.find(mention), nearby=nearby, context=context, section=title,
            section_words=view.read_title(title), scope=scope,
            row=row, about=about,
        )  # fmt: skip
        if kind == "level" and name.words and is_stock(f"{indicator.name} {unit}", view.lexicon):
            observation.form = "stock"
        found[indicator.id] = observation
        if row is None and kind == "level" and name.words and about is None:
            latest, latest_block = observation, block
        if row is not None and kind == "level":
            owners.setdefault(row, observation)
        if row is None and chosen.certain and kind == "level" and not prior:
            carried = (block, days)
    for observation in found.values():  # a level may follow its ratio: `bằng 97,4% cùng kỳ, còn 12 tấn`
        if observation.about is None and observation.kind != "level":
            about = found.get(observation.indicator.of or "") or owners.get(observation.row or ("", -1))
            if about is not None and about is not observation and about.kind == "level":
                observation.about = about
    return list(found.values())


def _as_growth(indicator: Indicator, value: FigureValue, column: str, amount: Decimal) -> Decimal:
    """Return a growth in per cent, signed: `bằng 97,4% so với cùng kỳ` is -2.6."""
    ratio = indicator.role == "ratio"
    if indicator.role is None and column:
        ratio = not _CHANGED.search(column) and abs(amount) > 40
    if ratio and value.number is not None:
        return value.number - 100
    if indicator.role == "times" and value.number is not None:
        return (value.number - 1) * 100
    return -amount if indicator.direction == "decrease" and amount > 0 else amount


def _join_column(label: str, column: str, kind: Kind) -> str:
    """Return a row's label with what its column measures, if the head says more than when and whose."""
    if kind != "level":
        return label
    rest = " ".join(word for word in _RUN.findall(_COLUMN.sub(" ", column)) if len(word) > 2)
    return f"{label} {rest}" if rest else label


def _name_counted(view: ReportView, indicator: Indicator, mention: Mention, gap: str) -> str:
    """Return the name of a figure of prose; of one that is named by the words after it, those.

    So is a count without words before it, and one that follows a comma: `làm 05 người chết, 06 người
    bị thương`.
    """
    name = indicator.name
    counted = isinstance(mention.value, QuantityValue) and mention.value.base is None
    unit = (mention.value.unit if isinstance(mention.value, QuantityValue) else "").replace(",", "").split()
    classifiers = view.lexicon["series"]["classifier"]["words"]
    rest = " ".join(unit[1:]) if len(unit) > 2 or (len(unit) == 2 and unit[0] in classifiers) else ""
    listed = counted and indicator.of is None and gap.rstrip().endswith((",", ";", " và"))
    if not listed and read_name(name, view.lexicon).is_telling:
        return f"{name} {rest}" if rest else name
    words = _read_after(view, mention)
    following = " ".join([*(unit if counted else ()), *words])
    if listed and not words:
        return f"{name} {rest}" if rest else name
    return following


def _no_words() -> frozenset[str]:
    return frozenset()


def _read_near(view: ReportView, ends: list[int], mention: Mention) -> frozenset[str]:
    """Return the telling words before a figure, of its unit, and right after it.

    Before it they reach to the figure before; where none is telling there, to the one before that.
    """
    value = mention.value
    unit = value.unit if isinstance(value, QuantityValue) and value.base is None else ""
    words: frozenset[str] = frozenset()
    for piece in (unit, " ".join(_read_after(view, mention))):
        name = read_name(piece, view.lexicon)
        words |= name.words if name.is_telling else frozenset()
    for end in ends:
        name = read_name(
            " ".join(_RUN.findall(view.analysis.text[end : mention.start])[-_BEFORE:]), view.lexicon
        )
        if name.is_telling:
            return words | name.words
    return words


def _read_after(view: ReportView, mention: Mention) -> list[str]:
    """Return the words after a figure, up to a mark or a word that begins something else."""
    after = view.analysis.text[mention.end : mention.end + 60]
    stop = _STOP.search(after)
    return _RUN.findall(after[: stop.start()] if stop else after)[:_AFTER]


class _Surroundings:
    """The telling words at the head of each sentence, up to its first figure, and of its list item."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._found: dict[str, frozenset[str]] = {}
        self._blocks: dict[str, frozenset[str]] = {}
        self._before: dict[str, frozenset[str]] = {}

    def find(self, sentence: Sentence) -> frozenset[str]:
        """Return the words around the names of a sentence."""
        found = self._found.get(sentence.id)
        if found is None:
            head = _head(self._view.read_sentence(sentence))
            lead, colon, _ = head.partition(":")
            block = sentence.block or ""
            words = read_name(head, self._view.lexicon).words
            if block not in self._blocks:
                self._blocks[block] = read_name(lead, self._view.lexicon).words if colon else frozenset()
            found = words | self._blocks[block]
            if len(words) < _FEW:  # `Đến 12/12/2023 giải ngân`: of what, the sentence before says
                found |= self._before.get(block, frozenset())
            self._before[block] = found
            self._found[sentence.id] = found
        return found


def _head(line: str) -> str:
    stop = _FIGURE.search(line, 4)
    return " ".join((line[: stop.start()] if stop else line).split()[:_HEAD])


def _place_sentences(view: ReportView) -> dict[str, list[PeriodAt]]:
    """Return the periods of each sentence by its id."""
    grouped: dict[str, list[Period]] = {}
    for mention in view.mentions.values():
        if isinstance(mention, Period) and mention.cell is None and mention.sentence is not None:
            grouped.setdefault(mention.sentence, []).append(mention)
    text = view.analysis.text
    return {name: place_periods(mentions, text) for name, mentions in grouped.items()}


def _read_heads(view: ReportView) -> dict[tuple[str, int], tuple[list[PeriodAt], str]]:
    """Return the periods and the words of each column's head, by table and column.

    Where no head of a table names a period, the one that its title names holds for all.
    """
    by_cell: dict[tuple[str, int, int], list[Period]] = {}
    for mention in view.mentions.values():
        if isinstance(mention, Period) and mention.cell is not None:
            cell = mention.cell
            by_cell.setdefault((cell.table, cell.row, cell.col), []).append(mention)
    text = view.analysis.text
    found: dict[tuple[str, int], tuple[list[PeriodAt], str]] = {}
    for table in view.analysis.tables:
        titles = view.title_periods(table)
        for col, column in enumerate(table.columns):
            found[table.id, col] = (list(titles), " ".join(column.header).lower())
        own: dict[int, list[PeriodAt]] = {}
        for head in table.cells:
            if not head.header:
                continue
            periods = place_periods(by_cell.get((table.id, head.row, head.col), ()), text)
            for col in range(head.col, head.col + head.col_span):
                own.setdefault(col, []).extend(periods)
        for col, periods in own.items():
            if periods and (table.id, col) in found:
                found[table.id, col] = (periods, found[table.id, col][1])
    return found


class _Prices:
    """The price basis of figures: constant or current prices, as their sentence or table says."""

    def __init__(self, view: ReportView) -> None:
        words = view.lexicon["series"]["constant"]
        forms = dict.fromkeys(words["constant"], "constant") | dict.fromkeys(words["current"], "current")
        choice = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
        self._places = [
            (found.start(), forms[found[0]]) for found in re.finditer(choice, view.analysis.text.lower())
        ]
        self._view = view

    def find(self, mention: Mention) -> str | None:
        """Return `constant` or `current`; None where nothing is said."""
        if not self._places:
            return None
        if mention.cell is not None:
            low = self._view.rows.get((mention.cell.table, mention.cell.row), "").lower()
            return "constant" if "so sánh" in low else "current" if "hiện hành" in low else None
        sentence = self._view.sentence_at(mention.start)
        if sentence is None:
            return None
        near = [basis for at, basis in self._places if sentence.start <= at < mention.start]
        return near[-1] if near else None


def iter_levels(observations: list[Observation]) -> Iterator[Observation]:
    """Yield the observations that are levels: amounts, counts and rates, of whatever period."""
    return (each for each in observations if each.kind == "level")


__all__ = ["Kind", "Observation", "iter_levels", "observe_report"]
