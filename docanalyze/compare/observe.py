"""What one report says, made ready for comparison: each indicator with its name, period, form and place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial

from docanalyze.compare.balances import Balances
from docanalyze.compare.names import Name, is_stock, read_name, unit_class
from docanalyze.compare.nearby import Near, Surroundings, name_change, name_counted, read_near
from docanalyze.compare.observation import PERCENT, Kind, Observation
from docanalyze.compare.periods import find_form, place_periods, place_within
from docanalyze.compare.view import ReportView
from docanalyze.core.days import Days, are_nested, whole_year
from docanalyze.core.mention import FigureValue, Mention, Period
from docanalyze.core.relation import Indicator
from docanalyze.lexicon.cues import cue_pattern
from docanalyze.lexicon.stretches import PlacedPeriod, choose_period

_KINDS: dict[str, Kind] = {
    "actual": "level", "prior-period": "level", "cumulative": "level", "plan": "plan",
    "plan-ratio": "plan-ratio", "share": "share", "growth": "growth", "change": "change",
}  # fmt: skip
_CHANGED = re.compile(r"chênh lệch|tăng|giảm")
_COLUMN = re.compile(
    r"\([^)]*\)|kế hoạch|dự toán|chỉ tiêu|thực hiện|ước tính|ước|cùng kỳ|kỳ này|kỳ trước|năm nay|năm trước|"
    r"báo cáo|đơn vị|tổng số|giá trị|(?:tháng|quý|năm|đầu|cuối|cả|lũy kế)(?!\w)|(?<!\w)[ivx]+(?!\w)|[\d/.:]+"
)
_PLANS = ("kế hoạch", "dự toán", "chỉ tiêu")
_RUN = re.compile(r"[^\W\d_]+")
_POWERS = str.maketrans("²³", "23")
_CUT = re.compile(r"(?:cắt|tiết) giảm(?: được)?\s*$", re.IGNORECASE)
"""What is cut is an amount, no change in one."""
_BOUND = re.compile(r"\s+trở (?:lên|xuống)")
_AS_OF = re.compile(r"(?<!\w)tại thời điểm(?!\w)", re.IGNORECASE)
_AGE = re.compile(r"(?<!\w)(?:tuổi|bình quân|trung bình)(?!\w)")
_ASIDE = ("recipients", "signature", "letterhead", "form", "title", "basis")
_BACK = 3
_NAMELESS = Name("", frozenset(), "", is_telling=False)
_GAP = 200
_OWN = 8
_CUT_WORDS = 4
_AFTER = 6
_ALL = re.compile(r"(?<!\w)cả năm(?!\w)", re.IGNORECASE)
_CLOSED = re.compile(r"[^()]*?\d(?:\s*[:,]\s*|\s+)(?:là |đạt |có |ước )?\d[^()]*\)")
_OTHER = re.compile(r"(?<!\w)(?:cùng|trước|kế hoạch|dự toán|năm|tháng|quý|kỳ|vụ|đầu|cuối|so|từ)(?!\w)")
_GREW = re.compile(r"(?<!\w)(?:mức|tốc độ) (?:tăng|giảm)(?: trưởng)?\W*$")
_OF = re.compile(r"\s*(?:chiếm|đạt|bằng|tăng|giảm|tương|tỷ lệ|tỉ lệ|trong|và|vượt|hoàn|còn|gấp)(?!\w)")


def observe_report(view: ReportView) -> list[Observation]:
    """Return the observations of a report, in text order; those of tasks and of ranges are left out."""
    heads = _read_heads(view)
    measured = _find_measured(view, {key: column for key, (_, column) in heads.items()})
    printed = _place_sentences(view)
    prices = _Prices(view)
    heads_of = Surroundings(view)
    balances = Balances(view)
    found: dict[str, Observation] = {}
    alone: set[str] = set()
    owners: dict[tuple[str, int], Observation] = {}
    carried: tuple[str | None, Days] | None = None
    last = amount_end = -1
    latest: Observation | None = None
    latest_block: str | None = None
    stretches: dict[str, list[Observation]] = {}
    stretched: str | None = None
    within: str | None = None
    ends: list[int] = []
    spoken, spoken_in = _NAMELESS, None
    planned = {each.of for each in view.indicators if each.basis == "plan-ratio"}
    for indicator in view.indicators:
        mention = view.mentions[indicator.mention]
        value = mention.value
        if not isinstance(value, FigureValue) or value.number is None or indicator.value is None:
            continue
        kind = _KINDS[indicator.basis]
        ahead = view.days_ahead(mention.start)
        if view.looks_ahead(mention.start):
            if ahead is None or kind not in ("level", "plan") or mention.cell is not None:
                continue
            kind = "target"
        unit = (indicator.unit or "").translate(_POWERS)
        if unit == "tuổi" and _AGE.search(indicator.name) is None:
            continue  # `trẻ dưới 1 tuổi`: whom it is about
        if kind == "level" and _BOUND.match(view.analysis.text, mention.end):
            continue  # `tàu từ 15 m trở lên`
        amount = indicator.value
        periods: list[PlacedPeriod]
        section = block = None
        column = ""
        apart = False
        if mention.cell is not None:
            cell = mention.cell
            periods, column = heads.get((cell.table, cell.col), ([], ""))
            at = 1 << 60
            if kind == "level" and _CHANGED.search(column):
                kind = "change"
            measure, tells = (
                measured.get((cell.table, cell.col), ("", False)) if kind == "level" else ("", False)
            )
            name = read_name(f"{indicator.name} {measure}" if tells else indicator.name, view.lexicon)
            if not name.words:  # `Tổng số`: what the whole table is about
                name = read_name(measure or view.titles.get(cell.table) or indicator.name, view.lexicon)
            scope = view.parents.get((cell.table, cell.row))
            row = (cell.table, cell.row)
            nearby: Callable[[], Near] = Near
            title = read_name(view.titles.get(cell.table, ""), view.lexicon)
            above = read_name(scope, view.lexicon) if scope is not None else _NAMELESS
            words = (
                title.terms
                | read_name(measure, view.lexicon).terms
                | (above.terms if above.is_telling else frozenset())
            )
            context = Near(words, above.rivals or title.rivals)
            prior = indicator.basis == "prior-period"
            if kind in ("growth", "plan-ratio", "share") and unit not in PERCENT:
                unit, amount = "%", value.number
        else:
            at = mention.start
            periods = _drop_closed(printed.get(mention.sentence or "", []), at, view.analysis.text)
            sentence = view.sentence_at(at)
            if sentence is not None and view.block_kinds.get(sentence.block or "") in _ASIDE:
                continue
            begin = last if 0 <= at - last < _GAP else at - 1
            gap = view.analysis.text[begin:at]
            name = read_name(name_counted(view, indicator, mention, gap), view.lexicon)
            if mention.sentence != within:
                within, ends = mention.sentence, [sentence.start if sentence is not None else begin]
            nearby = partial(read_near, view, ends, mention)
            own = None
            words_before = view.analysis.text[max(last, ends[-1]) : at]
            against = indicator.of is not None and indicator.role in ("total", "base")
            if against and not _is_base(periods, mention):
                own = _read_own(view, max(amount_end, ends[-1]), at)
            elif kind == "share":
                own = _read_apart(view, words_before, sure=indicator.sure or indicator.of is None)
            last = mention.end
            if unit not in PERCENT and unit != "lần":
                amount_end = last
            ends = [last, *ends][:_BACK]
            scope, row = None, None
            if sentence is not None:
                section, block = sentence.section, sentence.block
            context = Near() if sentence is None else heads_of.find(sentence)
            prior = indicator.basis == "prior-period"
            if kind == "level" and indicator.name.startswith(_PLANS):
                kind = "plan"
            if own is None and indicator.role == "total" and indicator.of in planned:
                kind = "plan"  # `giải ngân 86,2 tỷ đồng/210 tỷ đồng, đạt 41% kế hoạch`
            if own is not None:
                name, prior, apart = own, False, True
                kind = "level" if kind == "share" else kind
            elif kind == "change" and _CUT.search(gap) is not None:
                kind, prior, apart = "level", False, True
                name = read_name(" ".join(_RUN.findall(gap)[-_CUT_WORDS:]), view.lexicon)
            elif kind == "change":
                changed = name_change(view, mention)
                if changed:
                    name, apart = read_name(changed, view.lexicon), True
        if row is None and not name.is_telling:
            # `tăng 3,05% so với tháng trước, 7,88% so với cùng kỳ`: both are of one thing
            name = spoken if kind == "growth" and spoken_in == mention.sentence else _NAMELESS
        elif row is None:
            spoken, spoken_in = name, mention.sentence
        default = view.days
        if ahead is not None and kind == "target":
            default = whole_year(ahead.end) if _ALL.search(gap) else ahead
        if view.several and carried is not None and carried[0] == block is not None:
            default = carried[1]
        chosen = choose_period(
            at, periods, default, prior=prior, plan=kind in ("plan", "plan-ratio"), several=view.several
        )
        days = chosen.days or default
        if kind == "plan-ratio":  # done in the report's stretch, of the year's plan
            days = choose_period(at, periods, default, several=view.several).days or default
        if kind == "growth":
            amount = _as_growth(indicator, value, column, amount)
            held = found.get(indicator.against or "")
            if held is not None and held.kind == "plan":  # `cao hơn kế hoạch (9.020 tỷ đồng, tức vượt 0,18%)`
                kind, amount = "plan-ratio", amount + 100
        elif kind == "change" and indicator.direction == "decrease" and amount > 0:
            amount = -amount
        about = None if apart else found.get(indicator.of or "")
        if about is None and row is not None and kind != "level":
            about = owners.get(row)
        if about is not None and about.about is not None:
            about = about.about
        elif prior and about is not None:
            name = about.name
        if row is None and kind == "level" and not name.words and about is None and latest is not None:
            # `đạt 52.310 triệu đồng, cùng kỳ là 48.153 triệu đồng`, `lũy kế 5 tháng đạt 2.580,3 nghìn tỷ`:
            # what the figure before is of, in another stretch
            near = latest.mention.sentence == mention.sentence or (latest_block == block is not None)
            if near and latest.unit == unit and days != latest.days and chosen.printed:
                name = latest.name
                about = latest if days.end < latest.days.end else None
        elif row is None and kind == "level" and about is None and chosen.printed and not prior:
            levels = stretches.get(unit_class(unit), []) if stretched == block else []
            if len(name.terms) == 1 and not any(at - len(words_before) <= p.at < at for p in periods):
                levels = []  # `528 doanh nghiệp với số vốn`: no other stretch is named beside it
            whole = _find_whole(levels, name, days)
            if whole is not None:  # `lũy kế 5 tháng 861,6 tỷ đồng, trong đó tháng 5 thu 176,3 tỷ đồng`
                name = whole.name
        if row is None and prior and about is None and unit in PERCENT and _grew(name, words_before):
            continue  # `cao hơn mức tăng 5,48% của quý I`: a growth of something else
        heading = view.section_titles.get(section or "") if row is None else view.section_at(mention.start)
        observation = Observation(
            report=view.number, indicator=indicator, mention=mention, name=name, unit=unit, kind=kind,
            value=amount, days=days, base=chosen.base, form=find_form(days), certain=chosen.certain,
            printed=chosen.printed,
            sure=indicator.sure, price=prices.find(mention), nearby=nearby, surroundings=context,
            section=heading, section_name=view.read_title(heading), scope=scope, row=row, about=about,
        )  # fmt: skip
        as_of = row is None and not prior and _AS_OF.search(words_before) is not None
        stock = as_of or (name.words and is_stock(f"{indicator.name} {unit}", view.lexicon))
        if kind == "level" and stock:
            observation.form = "stock"
        found[indicator.id] = observation
        if row is None and kind == "level" and about is None:
            balances.add(observation, block, words_before)
        if apart:
            alone.add(indicator.id)
        if row is None and kind == "level" and name.words and about is None:
            latest, latest_block = observation, block
        if row is None and kind == "level" and block is not None and name.is_telling:
            if stretched != block:
                stretches, stretched = {}, block
            stretches.setdefault(unit_class(unit), []).append(observation)
        if row is not None and kind == "level":
            owners.setdefault(row, observation)
        if row is None and chosen.certain and kind == "level" and not prior:
            carried = (block, days)
    for observation in found.values():  # a level may follow its ratio: `bằng 97,4% cùng kỳ, còn 12 tấn`
        if (
            observation.about is None
            and observation.kind != "level"
            and observation.indicator.id not in alone
        ):
            about = found.get(observation.indicator.of or "") or owners.get(observation.row or ("", -1))
            if about is not None and about is not observation and about.kind == "level":
                observation.about = about
    return list(found.values())


def _drop_closed(periods: list[PlacedPeriod], at: int, text: str) -> list[PlacedPeriod]:
    """Return the periods without those of a bracket before: `131 vụ (năm 2022: 149 vụ), 5 người chết`."""
    return [
        period
        for period in periods
        if period.base or period.at > at or _CLOSED.match(text, period.at, at) is None
    ]


def _find_whole(levels: Iterable[Observation], name: Name, days: Days) -> Observation | None:
    """Return the latest level of a paragraph of which a figure under a shorter name is another stretch.

    `Thu từ hoạt động xuất nhập khẩu 1.041 tỷ đồng, trong đó tháng 6 thu 179 tỷ đồng`: one holds the other.
    """
    for each in reversed(list(levels)):
        within = are_nested(days, each.days)
        if within and name.key != each.name.key and name.terms <= each.near:
            return each
    return None


def _read_own(view: ReportView, start: int, end: int) -> Name | None:
    """Return the name of the whole or base that a figure is set against, if it is another thing.

    `chiếm 93% dân số (148.920 người)`, `gấp 1,3 lần nhập khẩu (720 triệu USD)`; not `so với cùng kỳ (85 vụ)`.
    """
    words = view.analysis.text[start:end].lower()
    _, bracket, inner = words.rpartition("(")
    if bracket and ")" not in inner and not _OTHER.search(inner):
        listed = read_name(inner, view.lexicon)  # `tăng 3,9% so cùng kỳ (nuôi trồng 20.160 tấn, …)`
        if listed.is_telling:
            return listed
    if cue_pattern(view.lexicon, "base", "against").search(words):
        return None
    name = read_name(" ".join(_RUN.findall(words)[-_OWN:]), view.lexicon)
    return name if name.is_telling else None


def _read_apart(view: ReportView, words: str, *, sure: bool) -> Name | None:
    """Return the name of a ratio that a mark sets apart: `lãi 5.570 đồng/cổ phiếu; ROE đạt 20,3%`.

    So too one that is not `sure` of the figure before it: `rác 494 tấn/ngày, thu gom, xử lý đạt 89,1%`.
    """
    _, mark, last = words.lower().rpartition(";")
    if not mark and not sure:
        mark, last = words[:1].strip(), words.lower().lstrip(" ,.")
    if not mark or _OF.match(last) or len(last.split()) > _OWN:
        return None
    name = read_name(last, view.lexicon)
    return name if name.is_telling else None


def _grew(name: Name, words: str) -> bool:
    return not name.words or _GREW.search(words) is not None


def _is_base(periods: list[PlacedPeriod], mention: Mention) -> bool:
    """Return whether words after a figure say that it is the base: `con số 1.004,4 tỷ đồng của cùng kỳ`."""
    return any(period.base and 0 <= period.at - mention.end <= _AFTER for period in periods)


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


def _find_measured(
    view: ReportView, columns: dict[tuple[str, int], str]
) -> dict[tuple[str, int], tuple[str, bool]]:
    """Return what the columns of levels measure, by their heads, where these say more than when and whose.

    It is part of the names (True) if it tells columns apart or is a measure (`Diện tích`).
    """
    measures = view.lexicon["wordings"]["measure"]["words"]
    rests: dict[str, dict[int, str]] = {}
    for indicator in view.indicators:
        cell = view.mentions[indicator.mention].cell
        if cell is None or _KINDS[indicator.basis] != "level":
            continue
        table = rests.setdefault(cell.table, {})
        if cell.col not in table:
            column = columns.get((cell.table, cell.col), "")
            rest = "" if _CHANGED.search(column) else _COLUMN.sub(" ", column)
            table[cell.col] = " ".join(word for word in _RUN.findall(rest) if len(word) > 2)
    found: dict[tuple[str, int], tuple[str, bool]] = {}
    for name, table in rests.items():
        several = len(set(table.values()) - {""}) > 1
        for col, rest in table.items():
            if rest:
                found[name, col] = rest, several or rest.startswith(tuple(measures))
    return found


def _place_sentences(view: ReportView) -> dict[str, list[PlacedPeriod]]:
    """Return the periods of each sentence by its id."""
    grouped: dict[str, list[Period]] = {}
    for mention in view.mentions.values():
        if isinstance(mention, Period) and mention.cell is None and mention.sentence is not None:
            grouped.setdefault(mention.sentence, []).append(mention)
    text = view.analysis.text
    placed = {name: place_periods(mentions, text, view.lexicon) for name, mentions in grouped.items()}
    for each in place_within(view.analysis):
        sentence = view.sentence_at(each.at)
        if sentence is not None:
            placed[sentence.id] = sorted([*placed.get(sentence.id, ()), each])
    return placed


def _read_heads(view: ReportView) -> dict[tuple[str, int], tuple[list[PlacedPeriod], str]]:
    """Return the periods and the words of each column's head, by table and column.

    Where no head of a table names a period, the one that its title names holds for all.
    """
    by_cell: dict[tuple[str, int, int], list[Period]] = {}
    for mention in view.mentions.values():
        if isinstance(mention, Period) and mention.cell is not None:
            cell = mention.cell
            by_cell.setdefault((cell.table, cell.row, cell.col), []).append(mention)
    text = view.analysis.text
    found: dict[tuple[str, int], tuple[list[PlacedPeriod], str]] = {}
    for table in view.analysis.tables:
        titles = view.title_periods(table)
        for col, column in enumerate(table.columns):
            found[table.id, col] = (list(titles), " ".join(column.header).lower())
        own: dict[int, list[PlacedPeriod]] = {}
        for head in table.cells:
            if not head.header:
                continue
            periods = place_periods(by_cell.get((table.id, head.row, head.col), ()), text, view.lexicon)
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
