"""Plans of one year as several reports have them, printed or implied by `đạt x%`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from docanalyze.compare.book import Book, Slip, is_sure, word_pattern
from docanalyze.compare.entries import meets
from docanalyze.compare.names import same_unit
from docanalyze.compare.observation import Observation
from docanalyze.core.bounds import Bounds
from docanalyze.core.printing import write_number
from docanalyze.core.relation import Severity, Text

_HUNDRED = Fraction(100)


def find_plan_changes(book: Book) -> Iterator[Slip]:
    """Yield a slip for each plan of one year that two reports print otherwise."""
    for identity in book.identities:
        if not identity.is_likely:
            continue
        years: dict[str, dict[int, list[Observation]]] = {}
        for number, entry in identity.entries.items():
            for each in entry.observations:
                if each.kind == "plan":
                    years.setdefault(each.days.end[:4], {}).setdefault(number, []).append(each)
        for year, plans in years.items():
            numbers = sorted(plans)
            for one, two in pairwise(numbers):
                if any(meets(a, b) for a in plans[one] for b in plans[two] if same_unit(a.unit, b.unit)):
                    continue
                old, new = plans[one][0], plans[two][0]
                if not same_unit(old.unit, new.unit):
                    continue
                view = book.views[two]
                revised = word_pattern(book.lexicon, "revised").search(view.quote(new.mention).lower())
                printed_again = old.mention.text.split()[0] in view.analysis.text
                sure = is_sure(old, new) and identity.score == 1.0 and not book.is_broken(one, two)
                severity: Severity = "warning" if sure and not revised and not printed_again else "info"
                told = f"{old.mention.text} -> {new.mention.text}"
                name = identity.title
                yield Slip(
                    "PLN001", severity,
                    Text(
                        vi=f"{name}: kế hoạch năm {year} thay đổi giữa hai báo cáo: {told}.",
                        en=f"{name}: the plan of {year} is another in the later report: {told}.",
                    ),
                    (book.place(new, "plan"), book.place(old, "plan")), told,
                )  # fmt: skip


def find_implied_plans(book: Book) -> Iterator[Slip]:
    """Yield a slip where the plans that `đạt x%` implies in two reports of a year cannot be one plan."""
    for identity in book.identities:
        if len(identity.entries) < 2 or not identity.is_likely:
            continue
        years: dict[str, dict[int, list[tuple[Observation, Observation, Bounds]]]] = {}
        printed: dict[str, set[int]] = {}
        for number, entry in identity.entries.items():
            for each in entry.observations:
                if each.kind == "plan":
                    printed.setdefault(each.days.end[:4], set()).add(number)
                if each.kind != "plan-ratio":
                    continue
                implied = _imply(book, each, entry.observations)
                if implied is not None:
                    years.setdefault(each.days.end[:4], {}).setdefault(number, []).append(implied)
        for year, found in years.items():
            numbers = sorted(found)
            for one, two in pairwise(numbers):
                if {one, two} <= printed.get(year, set()):
                    continue
                if any(a[2].meets(b[2]) for a in found[one] for b in found[two]):
                    continue
                yield _tell(book, identity.title, year, found[one][0], found[two][0])


def _imply(
    book: Book, ratio: Observation, observations: list[Observation]
) -> tuple[Observation, Observation, Bounds] | None:
    """Return the level, the ratio and the plan that they imply."""
    level = ratio.about
    if ratio.row is not None:
        rows = (o for o in observations if o.row == ratio.row and o.kind == "level" and o.days == ratio.days)
        level = next(rows, None)
    if level is None or level.kind != "level" or level.unit in ("%", "point") or not is_sure(level, ratio):
        return None
    top, share = book.bounds(level), book.bounds(ratio)
    plan = None if top is None or share is None else top.scaled(_HUNDRED).over(share)
    return None if plan is None or plan.high is None else (level, ratio, plan)


def _tell(
    book: Book,
    name: str,
    year: str,
    one: tuple[Observation, Observation, Bounds],
    two: tuple[Observation, Observation, Bounds],
) -> Slip:
    factor = Fraction(two[0].value) / Fraction(two[0].figure.number or 1) or Fraction(1)
    shown = [
        "["
        + "; ".join(write_number(Fraction(end) / factor) for end in (b.low, b.high) if end is not None)
        + "]"
        for b in (one[2], two[2])
    ]
    told = "; ".join(
        f"{level.mention.text} / {ratio.mention.text} = {plan}"
        for (level, ratio, _), plan in zip((one, two), shown, strict=True)
    )
    return Slip(
        "PLN002", "info",
        Text(
            vi=f"{name}: hai báo cáo của năm {year} suy ra hai kế hoạch khác nhau: {told}; "
            "kế hoạch đã điều chỉnh, hoặc một tỷ lệ sai.",
            en=f"{name}: two reports of {year} imply different plans: {told}; "
            "the plan was changed or a ratio is wrong.",
        ),
        tuple(
            book.place(o, role)
            for level, ratio, _ in (two, one)
            for o, role in ((ratio, "ratio"), (level, "actual"))
        ),
        told,
    )  # fmt: skip
