"""Numbers and days as Vietnamese reports print them: `4.552,59`, in the unit people read; `09/3/2023`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_READ = {
    "VND": ((10**9, "tỷ đồng"), (10**6, "triệu đồng"), (1, "đồng")),
    "USD": ((10**6, "triệu USD"), (1, "USD")),
    "kg": ((1000, "tấn"), (1, "kg")),
    "m2": ((10**4, "ha"), (1, "m2")),
    "kWh": ((10**6, "triệu kWh"), (1, "kWh")),
}


def write_number(value: Decimal | Fraction, places: int | None = None) -> str:
    """Return a number as Vietnamese reports print it: `4.552,59`.

    >>> write_number(Decimal("4552.59")), write_number(Fraction(-1, 3), 2)
    ('4.552,59', '-0,33')
    """
    if isinstance(value, Fraction):
        value = round_fraction(value, 2 if places is None else places)
    elif places is not None:
        value = round(value, places)
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def print_day(iso: str) -> str:
    """Return an ISO date as decree 30/2020/NĐ-CP prints it: a zero before days, and before months 1 and 2.

    >>> print_day("2022-12-20"), print_day("2023-03-09")
    ('20/12/2022', '09/3/2023')
    """
    year, month, day = iso.split("-")
    return f"{day}/{month if int(month) < 3 else int(month)}/{year}"


def round_fraction(value: Fraction, places: int) -> Decimal:
    """Return a fraction at so many decimals, halves away from zero."""
    scaled = abs(value) * 10**places + Fraction(1, 2)
    whole = scaled.numerator // scaled.denominator
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def choose_unit(unit: str | None, largest: Decimal) -> tuple[int, str]:
    """Return by what to divide base units and the unit that is read: 10**9 and `tỷ đồng` for large amounts.

    >>> choose_unit("VND", Decimal("4552590000000"))
    (1000000000, 'tỷ đồng')
    >>> choose_unit("VND/người/tháng", Decimal("9400000"))
    (1000000, 'triệu đồng/người/tháng')
    """
    measured, slash, per = (unit or "").partition("/")
    for factor, name in _READ.get(measured, ()):
        if abs(largest) >= factor:
            return factor, name + slash + per
    return 1, unit or ""
