"""What one report says, made ready for comparison: each indicator with its name, period, form and place."""

from __future__ import annotations

import re
from calendar import monthrange
from decimal import Decimal

from docanalyze.compare.balances import Balances
from docanalyze.compare.cells import Cells
from docanalyze.compare.columns import CHANGED
from docanalyze.compare.draft import Draft, draft_figure
from docanalyze.compare.names import is_stock, plain_terms
from docanalyze.compare.observation import PERCENT, Observation, find_slack
from docanalyze.compare.periods import find_form
from docanalyze.compare.prices import Prices
from docanalyze.compare.prose import Prose
from docanalyze.compare.recent import Recent
from docanalyze.compare.view import ReportView
from docanalyze.core.days import Days, whole_year
from docanalyze.lexicon.stretches import ChosenPeriod, choose_period

_ESTIMATED = re.compile(r"(?<!\w)ước(?!\w)")
_AS_OF = re.compile(r"(?<!\w)tại thời điểm(?!\w)", re.IGNORECASE)
_ALL = re.compile(r"(?<!\w)cả năm(?!\w)", re.IGNORECASE)
_GREW = re.compile(r"(?<!\w)(?:mức|tốc độ) (?:tăng|giảm)(?: trưởng)?\W*$")
_RATIO_FROM = 40
_ROUGH = 0.02
_MONTHS, _NEAR = 12, 48
_BASE_DAY = re.compile(
    r"(?:(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>[12]\d{3})"
    r"|đầu năm|cuối năm (?:trước|ngoái|(?P<named>\d{4})))"
    r"\s*[:(]?\s*(?:(?:là|đạt|có|ở mức|khoảng|gần|hơn)\s+)*$"
)


def observe_report(view: ReportView) -> list[Observation]:
    """Return the observations of a report, in text order; those of tasks and of ranges are left out."""
    return _Observer(view).observe()


class _Observer:
    """A report read figure by figure: what has been told so far says what the next one is of."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._cells, self._prose = Cells(view), Prose(view)
        self._prices, self._balances = Prices(view), Balances(view)
        self._recent = Recent(view.analysis.text, plain_terms(view.lexicon, "measure"))
        self._found: dict[str, Observation] = {}
        self._apart: set[str] = set()
        self._owners: dict[tuple[str, int], Observation] = {}
        self._carried: tuple[str | None, Days] | None = None

    def observe(self) -> list[Observation]:
        """Return the observations of the report."""
        for indicator in self._view.indicators:
            draft = draft_figure(self._view, indicator)
            if draft is None:
                continue
            cell = draft.mention.cell
            if not (self._prose.read(draft) if cell is None else self._cells.read(draft, cell)):
                continue
            chosen = self._choose_period(draft)
            self._find_amount(draft)
            about = self._find_about(draft, chosen)
            if not self._is_foreign(draft, about):
                self._keep(draft, self._write(draft, chosen, about))
        self._tie_loose()
        self._find_plans()
        return list(self._found.values())

    def _choose_period(self, draft: Draft) -> ChosenPeriod:
        """Return what a figure is of and against, as the words before it, its section or the title say."""
        default, several = self._view.days, self._view.several
        if draft.ahead is not None:
            default = whole_year(draft.ahead.end) if self._is_of_all(draft) else draft.ahead
        if several and self._carried is not None and self._carried[0] == draft.block is not None:
            default = self._carried[1]
        plan = draft.kind in ("plan", "plan-ratio")
        chosen = choose_period(
            draft.at, draft.periods, default, prior=draft.prior, plan=plan, several=several
        )
        days = chosen.days or default
        day = self._find_base_day(draft)
        if day is not None:
            return chosen._replace(days=day)
        if draft.kind == "plan-ratio":  # done in the report's stretch, of the year's plan
            days = choose_period(draft.at, draft.periods, default, several=several).days or default
        return chosen if days is chosen.days else chosen._replace(days=days)

    def _find_base_day(self, draft: Draft) -> Days | None:
        """Return the year up to the day printed before what a stock was: `đầu năm (31/12/2023: 104 tỷ)`."""
        if not draft.prior or draft.row is not None or draft.kind != "level":
            return None
        found = _BASE_DAY.search(self._view.analysis.text, max(0, draft.at - _NEAR), draft.at)
        if found is None:
            return None
        if found["day"]:
            year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
            if not (1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]):
                return None
            return Days(f"{year:04}-01-01", f"{year:04}-{month:02}-{day:02}")
        if not is_stock(f"{draft.name.printed} {draft.unit}", self._view.lexicon):
            return None
        before = int(found["named"] or int(self._view.days.end[:4]) - 1)
        return Days(f"{before:04}-01-01", f"{before:04}-12-31")

    def _is_of_all(self, draft: Draft) -> bool:
        """Return whether a sentence says before a figure that its aims are of the year: `cả năm đạt …`."""
        sentence = self._view.sentence_at(draft.mention.start)
        start = sentence.start if sentence is not None else draft.mention.start
        return _ALL.search(self._view.analysis.text, start, draft.mention.start) is not None

    def _find_amount(self, draft: Draft) -> None:
        """Sign a growth or change; a growth over a plan is a ratio of it."""
        if draft.kind == "growth":
            draft.amount = _read_growth(draft)
            held = self._found.get(draft.indicator.against or "")
            if held is not None and held.kind == "plan":  # `cao hơn kế hoạch (9.020 tỷ đồng, tức vượt 0,18%)`
                draft.kind, draft.amount = "plan-ratio", draft.amount + 100
        elif draft.kind == "target":
            draft.amount = abs(draft.amount)
        elif draft.kind == "change" and draft.indicator.direction == "decrease" and draft.amount > 0:
            draft.amount = -draft.amount

    def _find_about(self, draft: Draft, chosen: ChosenPeriod) -> Observation | None:
        """Return the level that a figure is of, as far as it is told; name the figure after it."""
        about = self._found.get(draft.of or "")
        if draft.apart and (about is None or draft.kind != "change" or about.name.key != draft.name.key):
            about = None
        if about is None and draft.row is not None and draft.kind != "level":
            about = self._owners.get(draft.row)
        if about is not None:
            if about.about is not None:
                return about.about
            if draft.prior:
                draft.name = about.name
            return about
        if draft.row is None and draft.kind == "level" and chosen.printed and chosen.days is not None:
            if not draft.name.words or draft.prior:
                latest = self._recent.find_nameless(draft, chosen.days)
                if latest is not None and (not draft.name.words or draft.name.terms <= latest.near):
                    draft.name = latest.name
                    return latest if chosen.days.end < latest.days.end else None
            elif not draft.prior:
                # `trồng rừng tháng 5 đạt 512 ha, nâng tổng diện tích trồng từ đầu năm lên 2.726 ha`
                latest = self._recent.find_raised(draft, chosen.days)
                if latest is not None:
                    draft.name = latest.name
                    return None
                # `lũy kế 5 tháng 861,6 tỷ đồng, trong đó tháng 5 thu 176,3 tỷ đồng`
                draft.name = self._recent.find_whole(draft, chosen.days) or draft.name
        return None

    def _is_foreign(self, draft: Draft, about: Observation | None) -> bool:
        """Return whether a growth is of something else: `cao hơn mức tăng 5,48% của quý I`."""
        return (
            draft.row is None and draft.prior and about is None and draft.unit in PERCENT
            and (not draft.name.words or _GREW.search(draft.words) is not None)
        )  # fmt: skip

    def _write(self, draft: Draft, chosen: ChosenPeriod, about: Observation | None) -> Observation:
        """Return the observation that a draft has become."""
        view, indicator, mention, figure = self._view, draft.indicator, draft.mention, draft.figure
        days, prose = chosen.days or view.days, draft.row is None
        section = view.section_titles.get(draft.section or "") if prose else view.section_at(mention.start)
        form = "stock" if self._is_stock(draft) else find_form(days)
        return Observation(  # by place: a figure in five of the time of all names
            view.number, indicator, mention, figure, draft.name, draft.unit, draft.kind, draft.amount,
            find_slack(figure, draft.unit, draft.amount, indicator.role), figure.comparator is not None,
            days, chosen.base, form, chosen.certain, chosen.printed, indicator.sure,
            self._prices.find(mention), draft.nearby, draft.context,
            section, view.read_title(section), draft.scope, draft.row, about,
            draft.column != "" and _ESTIMATED.search(draft.column) is not None,
        )  # fmt: skip

    def _is_stock(self, draft: Draft) -> bool:
        """Return whether a figure is of a day: a level of what stands, by its name or by its words."""
        if draft.kind != "level":
            return False
        if draft.name.words and is_stock(f"{draft.indicator.name} {draft.unit}", self._view.lexicon):
            return True
        return draft.row is None and not draft.prior and _AS_OF.search(draft.words) is not None

    def _keep(self, draft: Draft, each: Observation) -> None:
        """Take in an observation: the next ones may be of it, or of its stretch."""
        self._found[each.indicator.id] = each
        if draft.apart:
            self._apart.add(each.indicator.id)
        if each.kind != "level":
            return
        if each.row is not None:
            self._owners.setdefault(each.row, each)
            return
        if each.about is None:
            self._balances.add(each, draft.block, draft.words)
        self._recent.add(each, draft.block)
        if each.certain and not draft.prior:
            self._carried = draft.block, each.days

    def _tie_loose(self) -> None:
        """Tie ratios to a level that follows them: `bằng 97,4% cùng kỳ, còn 12 tấn`."""
        for each in self._found.values():
            if each.about is None and each.kind != "level" and each.indicator.id not in self._apart:
                about = self._found.get(each.indicator.of or "") or self._owners.get(each.row or ("", -1))
                if about is not None and about is not each and about.kind == "level":
                    each.about = about

    def _find_plans(self) -> None:
        """Make plans of levels that ratios are of: `vốn năm 2024 là 100 tỷ, giải ngân 61 tỷ, đạt 61%`."""
        before: dict[int, Observation] = {}
        last: Observation | None = None
        for each in self._found.values():
            if each.row is not None or each.unit in PERCENT:
                done = each.about
                plan = before.get(id(done)) if done is not None and each.kind == "plan-ratio" else None
                if plan is None or done is None or not plan.value or each.hedged:
                    continue
                ratio = 100 * float(done.value) / float(plan.value)
                if plan.kind == "level" and abs(ratio - float(each.value)) <= each.slack + _ROUGH:
                    year, own = whole_year(plan.days.end), self._view.days
                    plan.kind, plan.days, plan.form = "plan", year, find_form(year)
                    if (
                        done.days == year and year.start <= own.start and own.end <= year.end
                    ):  # the year named is that of the plan
                        for one in (done, each):
                            one.days, one.form = own, find_form(own)
            elif each.kind == "level" and each.about is None:
                near = last is not None and last.mention.sentence == each.mention.sentence
                if last is not None and near and last.unit == each.unit:
                    before[id(each)] = last
                last = each


def _read_growth(draft: Draft) -> Decimal:
    """Return a growth in per cent, signed: `bằng 97,4% so với cùng kỳ` is -2.6."""
    role = draft.indicator.role
    if role == "ratio" or (
        role is None and draft.column and not CHANGED.search(draft.column) and abs(draft.amount) > _RATIO_FROM
    ):
        return draft.number - 100
    if role == "times":
        return (draft.number - 1) * 100
    return -draft.amount if draft.indicator.direction == "decrease" and draft.amount > 0 else draft.amount
