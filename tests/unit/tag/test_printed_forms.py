"""Every printed form of a number, date, period or reference reads back as what was printed."""

from __future__ import annotations

import datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from docanalyze.core.mention import (
    Date,
    LegalRef,
    Mention,
    Money,
    Percent,
    Period,
    Quantity,
)
from docanalyze.pipeline import tag_text

FEW = settings(max_examples=120, deadline=None)
SCALES = {"nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9, "nghìn tỷ": 10**12}
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
whole = st.integers(min_value=1, max_value=999_999_999)
years = st.integers(min_value=2001, max_value=2049)


def only(text: str) -> Mention:
    """Return the one mention of a text, which must be of `[…]`, the marked stretch."""
    start, end = text.index("["), text.index("]") - 1
    (found,) = tag_text(text.replace("[", "").replace("]", ""))
    assert (found.start, found.end) == (start, end), found
    return found


def print_number(number: Decimal) -> str:
    """Return the number as a Vietnamese report prints it: `5.145,10`."""
    return f"{number:,f}".replace(",", "#").replace(".", ",").replace("#", ".")


def print_words(number: int) -> str:
    """Return a number below a thousand in words."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds else []
    if rest and hundreds and not tens:
        words.append("lẻ")
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [DIGITS[tens], "mươi"]
    if ones:
        late = {1: "mốt" if tens > 1 else "một", 5: "lăm" if tens else "năm"}
        words.append(late.get(ones, DIGITS[ones]))
    return " ".join(words)


@FEW
@given(whole, st.integers(min_value=1, max_value=2), st.sampled_from(sorted(SCALES)))
def test_amounts_with_a_scale(units: int, places: int, scale: str) -> None:
    number = Decimal(units).scaleb(-places)
    found = only(f"Tổng chi [{print_number(number)} {scale} đồng] trong kỳ.")
    assert isinstance(found, Money)
    assert found.value.number == number
    assert found.value.amount == number * SCALES[scale]


@FEW
@given(st.integers(min_value=1, max_value=999), st.integers(min_value=1, max_value=999))
def test_compound_amounts(billions: int, millions: int) -> None:
    found = only(f"Đã chi [{billions} tỷ {millions} triệu đồng] cho việc này.")
    assert isinstance(found, Money)
    assert found.value.amount == billions * 10**9 + millions * 10**6


@FEW
@given(whole, st.sampled_from([".", " ", "\u00a0", "\u202f"]))
def test_grouped_counts(number: int, mark: str) -> None:
    printed = f"{number:,}".replace(",", mark)
    found = only(f"Toàn tỉnh có [{printed} người] tham gia.")
    assert isinstance(found, Quantity)
    assert found.value.number == number


@FEW
@given(st.integers(min_value=1, max_value=9))
def test_leading_zeros_count_nothing(number: int) -> None:
    found = only(f"Hỗ trợ [0{number} hộ] nghèo.")
    assert isinstance(found, Quantity)
    assert found.value.number == number


@FEW
@given(st.integers(min_value=2, max_value=999))
def test_counts_in_words(number: int) -> None:
    if number == 5:  # `năm dự án` is also a year's
        return
    found = only(f"Đã hoàn thành [{print_words(number)} dự án].")
    assert isinstance(found, Quantity)
    assert (found.value.number, found.value.spelled) == (number, True)


@FEW
@given(
    st.integers(min_value=0, max_value=99_999),
    st.sampled_from(["%", " %", " phần trăm", "‰", " điểm phần trăm"]),
)
def test_percentages(units: int, sign: str) -> None:
    number = Decimal(units).scaleb(-2)
    found = only(f"Chỉ số ở mức [{print_number(number)}{sign}] theo điều tra.")
    assert isinstance(found, Percent)
    assert found.value.number == number
    assert found.value.unit == {"‰": "‰", " điểm phần trăm": "point"}.get(sign, "%")


@FEW
@given(
    st.integers(min_value=1, max_value=500),
    st.integers(min_value=1, max_value=400),
    st.sampled_from(["-", " - ", " – ", " đến "]),
)
def test_ranges(low: int, more: int, join: str) -> None:
    found = only(f"Giá bán [{low}{join}{low + more} đồng/kg] tại ruộng.")
    assert isinstance(found, Money)
    assert found.value.range is not None
    assert (found.value.range.low, found.value.range.high, found.value.per) == (low, low + more, "kg")


@FEW
@given(st.integers(min_value=1, max_value=60), st.integers(min_value=0, max_value=60))
def test_shares_of_a_count(part: int, rest: int) -> None:
    found = only(f"Có [{part}/{part + rest} xã] đạt chuẩn.")
    assert isinstance(found, Quantity)
    assert (found.value.number, found.value.denominator) == (part, part + rest)


@FEW
@given(
    st.dates(min_value=datetime.date(2001, 1, 1), max_value=datetime.date(2049, 12, 31)),
    st.sampled_from(
        ["ngày {d}/{m}/{y}", "{d}/{m}/{y}", "ngày {d:02}/{m:02}/{y}", "{d:02}-{m:02}-{y}",
         "{d:02}.{m:02}.{y}", "ngày {d:02} tháng {m:02} năm {y}", "ngày {d} tháng {m} năm {y}"]
    ),
)  # fmt: skip
def test_dates(day: datetime.date, form: str) -> None:
    printed = form.format(d=day.day, m=day.month, y=day.year)
    found = only(f"Báo cáo gửi trước [{printed}] để tổng hợp.")
    assert isinstance(found, Date)
    assert found.value.date == day.isoformat()


MONTHS = ["tháng {m}/{y}", "tháng {m:02}/{y}", "tháng {m} năm {y}", "Tháng {m}/{y}", "T{m}/{y}", "{m:02}/{y}"]


@FEW
@given(st.integers(min_value=1, max_value=12), years, st.sampled_from(MONTHS))
def test_months(month: int, year: int, form: str) -> None:
    found = only(f"Số liệu của [{form.format(m=month, y=year)}] đã chốt.")
    assert isinstance(found, Period)
    assert found.value.grain == "month"
    assert found.value.start == f"{year}-{month:02}-01"


QUARTERS = ["quý {r}/{y}", "quý {q}/{y}", "quý {r} năm {y}", "Quý {q} năm {y}", "Q{q}/{y}"]


@FEW
@given(st.integers(min_value=1, max_value=4), years, st.sampled_from(QUARTERS))
def test_quarters(quarter: int, year: int, form: str) -> None:
    roman = ("I", "II", "III", "IV")[quarter - 1]
    found = only(f"Số liệu của [{form.format(q=quarter, r=roman, y=year)}] đã chốt.")
    assert isinstance(found, Period)
    assert (found.value.grain, found.value.start) == ("quarter", f"{year}-{3 * quarter - 2:02}-01")


PARTS = {
    "6 tháng đầu năm {y}": ("half-year", "01-01", "06-30"),
    "sáu tháng đầu năm {y}": ("half-year", "01-01", "06-30"),
    "6 tháng cuối năm {y}": ("half-year", "07-01", "12-31"),
    "nửa đầu năm {y}": ("half-year", "01-01", "06-30"),
    "9 tháng đầu năm {y}": ("nine-months", "01-01", "09-30"),
    "9 tháng năm {y}": ("nine-months", "01-01", "09-30"),
    "6T/{y}": ("half-year", "01-01", "06-30"),
    "năm {y}": ("year", "01-01", "12-31"),
}


@FEW
@given(years, st.sampled_from(sorted(PARTS)))
def test_parts_of_years(year: int, form: str) -> None:
    grain, start, end = PARTS[form]
    found = only(f"Kết quả [{form.format(y=year)}] như trên.")
    assert isinstance(found, Period)
    assert (found.value.grain, found.value.start, found.value.end) == (
        grain,
        f"{year}-{start}",
        f"{year}-{end}",
    )


SPANS = [
    "giai đoạn {a} - {b}",
    "giai đoạn {a}-{b}",
    "nhiệm kỳ {a} - {b}",
    "thời kỳ {a} – {b}",
    "5 năm {a}-{b}",
]


@FEW
@given(years, st.integers(min_value=1, max_value=10), st.sampled_from(SPANS))
def test_spans_of_years(first: int, length: int, form: str) -> None:
    found = only(f"Chương trình [{form.format(a=first, b=first + length)}] đang triển khai.")
    assert isinstance(found, Period)
    assert (found.value.start, found.value.end) == (f"{first}-01-01", f"{first + length}-12-31")


TYPES = {"NĐ-CP": "Nghị định", "QĐ-TTg": "Quyết định", "TT-BTC": "Thông tư", "NQ-HĐND": "Nghị quyết"}
IDS = ["{t} số {n}/{y}/{s}", "{t} {n}/{y}/{s}", "{t} số: {n}/{y}/{s}", "{t} số {n:02}/{y}/{s}"]


@FEW
@given(st.integers(min_value=1, max_value=3999), years, st.sampled_from(sorted(TYPES)), st.sampled_from(IDS))
def test_numbers_of_state_documents(number: int, year: int, symbol: str, form: str) -> None:
    printed = form.format(t=TYPES[symbol], n=number, y=year, s=symbol)
    found = only(f"Thực hiện [{printed}] nêu trên.")
    assert isinstance(found, LegalRef)
    value = found.value
    assert (int(value.number or 0), value.year, value.symbol) == (number, year, symbol)
    assert (value.type, value.system) == (TYPES[symbol].lower(), "state")


PARTY = {"NQ": "Nghị quyết", "CT": "Chỉ thị", "KL": "Kết luận", "CTr": "Chương trình"}


@FEW
@given(
    st.integers(min_value=1, max_value=999),
    st.sampled_from(sorted(PARTY)),
    st.sampled_from(["TW", "TU", "HU", "ĐU"]),
    st.sampled_from(["{t} số {n:02}-{k}/{b}", "{t} số {n}-{k}/{b}", "{t} số {n:02} - {k}/{b}"]),
)
def test_numbers_of_party_documents(number: int, kind: str, body: str, form: str) -> None:
    found = only(f"Quán triệt [{form.format(t=PARTY[kind], n=number, k=kind, b=body)}] tại chi bộ.")
    assert isinstance(found, LegalRef)
    assert (int(found.value.number or 0), found.value.symbol, found.value.system) == (
        number,
        f"{kind}/{body}",
        "party",
    )


@FEW
@given(
    st.integers(min_value=1, max_value=300),
    st.integers(min_value=1, max_value=20),
    st.sampled_from("abcdđeghik"),
)
def test_parts_of_documents(article: int, clause: int, point: str) -> None:
    found = only(f"Theo quy định tại [điểm {point} khoản {clause} Điều {article} Luật Đất đai năm 2024].")
    assert isinstance(found, LegalRef)
    value = found.value
    assert (value.article, value.clause, value.point) == (str(article), str(clause), point)
    assert value.type == "luật"
