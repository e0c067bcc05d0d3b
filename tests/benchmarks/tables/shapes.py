"""Tables as values: what is printed, and what a reader should get out of it.

The shapes (heads over several rows, units in the head, indented labels, `Trong đó:` rows, index rows)
are those of monthly statistics and budget forms; words and figures are made up here, from a seed.
"""

# ruff: noqa: E501
from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Rules = Literal["ruled", "unruled", "head", "columns"]


@dataclass(frozen=True)
class Head:
    """A cell of the head: its text and how many columns and rows it covers."""

    text: str
    cols: int = 1
    rows: int = 1


@dataclass
class Shape:
    """A table: `widths` are shares of the measure, `aligns` are l, c or r, `indents` are ems a row.

    `parents` gives each row the row it is a part of; `paths` and `units` are those of the columns;
    `padding` is the space in points above and below what stands in a cell.
    """

    name: str
    caption: str
    unit: str | None
    head: list[list[Head]]
    widths: list[float]
    aligns: str
    paths: list[tuple[str, ...]]
    units: list[str | None]
    rows: list[list[str]] = field(default_factory=list)
    parents: list[int | None] = field(default_factory=list)
    indents: list[float] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    rules: Rules = "ruled"
    valign: Literal["top", "middle", "bottom"] = "middle"
    padding: float = 3.5
    landscape: bool = False
    index: bool = False
    label: int = 0

    def add(
        self, cells: list[str], parent: int | None = None, indent: float = 0.0, *, bold: bool = False
    ) -> int:
        """Add a row and return its number."""
        self.rows.append(cells)
        self.parents.append(parent)
        self.indents.append(indent)
        self.bold.append(bold)
        return len(self.rows) - 1


_THINGS = (
    "lúa mùa", "ngô vụ xuân", "khoai lang", "đậu xanh", "rau màu các loại", "cam sành", "bưởi da xanh", "mía tím",
    "tôm thẻ chân trắng", "cá rô phi đơn tính", "nghêu giống", "sữa tươi", "trứng vịt", "gạch không nung",
    "nước sạch tập trung", "điện mặt trời mái nhà", "áo sơ mi", "bao bì giấy", "gỗ ván ép", "dầu dừa tinh luyện",
    "dịch vụ lưu trú", "vận tải đường thủy", "bưu chính chuyển phát", "cầu đường nông thôn", "kênh mương nội đồng",
)  # fmt: skip
_DOINGS = (
    "Sản lượng", "Diện tích", "Doanh thu", "Chi sửa chữa", "Số cơ sở", "Giá trị", "Năng suất", "Vốn cấp cho", "Thu từ",
)  # fmt: skip
_TAILS = (
    "", "", "", "của hộ nuôi trồng nhỏ", "tại vùng bãi ngang và cồn nổi phía Nam", "do hợp tác xã quản lý",
    "theo hợp đồng đã ký với các đơn vị thu mua trên địa bàn",
)  # fmt: skip
_PLACES = (
    "An Khê", "Bình Lục", "Cồn Thoi", "Đại Nghĩa", "Gò Nổi", "Hòa Lạc", "Kim Trà", "Long Phú Tây", "Mỹ Đức Đông",
    "Nam Sách", "Ô Lâu", "Phú Hải", "Quảng Thái", "Sông Cầu", "Tân Lập", "Thạnh Hải", "Vĩnh Châu Bắc", "Xuân Lộc",
    "Yên Hải", "Cẩm Thủy Hạ", "Đông Triều Thượng", "Giồng Găng",
)  # fmt: skip


class Writer:
    """Makes labels and figures of one table from its seed and its separators."""

    def __init__(self, seed: int, *, english: bool = False) -> None:
        self._random = random.Random(seed)
        self._english = english

    def label(self, *, long: bool = True) -> str:
        """Return a label, sometimes long enough to wrap."""
        tail = self._random.choice(_TAILS) if long else ""
        return f"{self._random.choice(_DOINGS)} {self._random.choice(_THINGS)} {tail}".strip()

    def place(self, number: int) -> str:
        """Return the name of a place; names come round with a number."""
        name = _PLACES[number % len(_PLACES)]
        return name if number < len(_PLACES) else f"{name} {number // len(_PLACES) + 1}"

    def figure(self, low: int = 10, high: int = 99999, places: int | None = None) -> str:
        """Return a figure printed with this table's separators."""
        if places is None:
            places = self._random.choice((0, 0, 1))
        value = Decimal(self._random.randint(low * 10**places, high * 10**places)).scaleb(-places)
        text = f"{value:,.{places}f}"
        return text if self._english else text.translate(str.maketrans(",.", ".,"))

    def share(self) -> str:
        """Return a percentage without its sign."""
        return self.figure(60, 140, 1)

    def maybe(self, text: str, *, blank: float = 0.06, dash: float = 0.06) -> str:
        """Return `text`, or sometimes nothing or a dash."""
        roll = self._random.random()
        return "" if roll < blank else "-" if roll < blank + dash else text

    def negative(self, text: str) -> str:
        """Return `text`, sometimes in the brackets of a negative."""
        return f"({text})" if self._random.random() < 0.3 else text


def make_quarters(w: Writer, size: int) -> Shape:
    """Label, three amounts, a spanning head over three shares; heads of three lines."""
    heads = [("Thực hiện quý I năm 2024",), ("Ước tính quý II năm 2024",), ("Cộng dồn 6 tháng năm 2024",)]
    over = "So với cùng kỳ năm trước (%)"
    subs = ["Quý I năm 2024", "Quý II năm 2024", "6 tháng năm 2024"]
    shape = Shape(
        "quy", "Biểu 1. Tổng giá trị tăng thêm theo giá so sánh", "tỷ đồng",
        [[Head("", 1, 2), *(Head(h[0], 1, 2) for h in heads), Head(over, 3)], [Head(s) for s in subs]],
        [34, 12, 12, 12, 10, 10, 10], "lrrrrrr",
        [(), *heads, *((over, s) for s in subs)], [None, None, None, None, "%", "%", "%"],
    )  # fmt: skip
    total = shape.add(["TỔNG SỐ", *_six(w)], bold=True)
    while len(shape.rows) < size:
        group = shape.add([w.label(), *_six(w)], total, 1.0)
        for _ in range(3):
            shape.add([w.label(), *_six(w)], group, 2.0)
    return shape


def _six(w: Writer) -> list[str]:
    return [*(w.maybe(w.figure(places=0)) for _ in range(3)), *(w.share() for _ in range(3))]


def make_plan(w: Writer, size: int) -> Shape:
    """Running number, label, unit, four figures, an index row with formulas, Roman groups."""
    names = [
        "TT",
        "Chỉ tiêu",
        "ĐVT",
        "Kế hoạch năm",
        "Cùng kỳ năm trước",
        "Thực hiện",
        "Tỷ lệ đạt kế hoạch (%)",
    ]
    shape = Shape(
        "ke-hoach", "Biểu số 02. Thực hiện các chỉ tiêu chủ yếu", None,
        [[Head(n) for n in names], [Head(t) for t in ("A", "B", "C", "1", "2", "3", "4=3/1")]],
        [6, 36, 11, 12, 12, 12, 11], "clcrrrr",
        [(n,) for n in names], [None] * 6 + ["%"], index=True, label=1,
    )  # fmt: skip
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
    part = 0
    while len(shape.rows) < size:
        group = shape.add([roman[part % 12], w.label(long=False), "", "", "", "", ""], bold=True)
        part += 1
        for number in range(1, 4):
            unit = w._random.choice(["tấn", "ha", "tỷ đồng", "hộ", "triệu đồng"])
            item = shape.add([str(number), w.label(), unit, *_plan(w)], group)
            if number == 2:
                for deeper in (1, 2):
                    shape.add([f"{number}.{deeper}", w.label(long=False), unit, *_plan(w)], item)
            if number == 3:
                shape.add(["", f"Trong đó: {w.label(long=False).lower()}", unit, *_plan(w)], item)
    return shape


def _plan(w: Writer) -> list[str]:
    return [w.maybe(w.figure()), w.maybe(w.figure()), w.figure(), w.share()]


def make_triple(w: Writer, size: int) -> Shape:
    """Place names and two spanning heads over three columns whose heads carry units, and a third."""
    groups = ["Vụ mùa năm 2023", "Vụ mùa năm 2024", "Năm 2024 so với năm 2023 (%)"]
    items = [("Diện tích", "ha"), ("Năng suất", "tạ/ha"), ("Sản lượng", "tấn")]
    paths: list[tuple[str, ...]] = [("Địa bàn",)]
    units: list[str | None] = [None]
    second: list[Head] = []
    for number, group in enumerate(groups):
        for item, unit in items:
            text = f"{item} ({unit})" if number < 2 else item
            second.append(Head(text))
            paths.append((group, text))
            units.append(unit if number < 2 else "%")
    shape = Shape(
        "nang-suat", "Bảng 3. Kết quả sản xuất lúa phân theo địa bàn", None,
        [[Head("Địa bàn", 1, 2), *(Head(g, 3) for g in groups)], second],
        [19, *[9] * 9], "l" + "r" * 9, paths, units, landscape=True,
    )  # fmt: skip
    total = shape.add(["TOÀN HUYỆN", *_nine(w)], bold=True)
    number = 0
    while len(shape.rows) < size:
        shape.add([w.place(number), *_nine(w)], total)
        number += 1
    return shape


def _nine(w: Writer) -> list[str]:
    row: list[str] = []
    for _ in range(2):
        row += [w.figure(20, 9000, 1), w.figure(30, 80, 1), w.figure(500, 60000, 0)]
    return [*row, w.share(), w.share(), w.share()]


def make_finance(w: Writer, size: int) -> Shape:
    """A company's statement: code and note columns, two amounts, negatives in brackets."""
    names = ["Chỉ tiêu", "Mã số", "Thuyết minh", "Kỳ này", "Kỳ trước"]
    shape = Shape(
        "tai-chinh", "Bảng 4. Kết quả kinh doanh", "triệu đồng",
        [[Head(n) for n in names], [Head(t) for t in ("1", "2", "3", "4", "5")]],
        [46, 9, 11, 17, 17], "lccrr", [(n,) for n in names], [None] * 5, index=True,
    )  # fmt: skip
    number = 0
    while len(shape.rows) < size:
        number += 1
        cells = ["", f"V.{number:02d}" if number % 2 else "", *_two(w)]
        group = shape.add([f"{number}. {w.label()}", *cells])
        shape.rows[-1][1] = f"{10 * number:02d}"
        for deeper in (1, 2):
            code = f"{10 * number + deeper}"
            shape.add([f"{number}.{deeper}. {w.label(long=deeper == 1)}", code, "", *_two(w)], group)
    return shape


def _two(w: Writer) -> list[str]:
    return [w.negative(w.figure(100, 900000, 0)), w.maybe(w.negative(w.figure(100, 900000, 0)))]


def make_years(w: Writer, size: int) -> Shape:
    """A head of bare years under one spanning head, groups that have no figures of their own."""
    years = ["2020", "2021", "2022", "2023"]
    shape = Shape(
        "nam", "Biểu 5. Số cơ sở và lao động qua các năm", None,
        [[Head("Nhóm", 1, 2), Head("Đơn vị tính", 1, 2), Head("Năm", 4)], [Head(y) for y in years]],
        [40, 12, 12, 12, 12, 12], "lcrrrr",
        [("Nhóm",), ("Đơn vị tính",), *(("Năm", y) for y in years)], [None] * 6,
    )  # fmt: skip
    while len(shape.rows) < size:
        group = shape.add([f"Phân theo {w._random.choice(_THINGS)}", *[""] * 5], bold=True)
        for _ in range(4):
            shape.add([w.label(), w._random.choice(["cơ sở", "người"]), *_years(w)], group, 1.0)
    return shape


def _years(w: Writer) -> list[str]:
    return [w.maybe(w.figure(5, 9000, 0)) for _ in range(4)]


def make_pairs(w: Writer, size: int) -> Shape:
    """The smallest: labels and two figures."""
    names = ["Khoản mục", "Dự toán", "Quyết toán"]
    shape = Shape(
        "hai-cot", "Bảng 6. Cân đối thu chi", "nghìn đồng", [[Head(n) for n in names]],
        [56, 22, 22], "lrr", [(n,) for n in names], [None] * 3,
    )  # fmt: skip
    while len(shape.rows) < size:
        group = shape.add(
            [f"{chr(65 + len(shape.rows) // 5)}. {w.label()}", w.figure(), w.figure()], bold=True
        )
        for _ in range(4):
            shape.add([f"- {w.label()}", w.maybe(w.figure()), w.figure()], group)
    return shape


def make_notes(w: Writer, size: int) -> Shape:
    """Numbered rows with units and a column of notes that is mostly empty."""
    names = ["STT", "Nội dung", "Đơn vị", "Số lượng", "Thành tiền (triệu đồng)", "Ghi chú"]
    shape = Shape(
        "ghi-chu", "Biểu 7. Danh mục hạng mục đã hoàn thành", None, [[Head(n) for n in names]],
        [7, 39, 10, 13, 16, 15], "clcrrl", [(n,) for n in names], [None] * 4 + ["triệu đồng", None], label=1,
    )  # fmt: skip
    for number in range(1, size + 1):
        note = w._random.choice(["", "", "", "", "xã Hòa Lạc", "chuyển tiếp", "đã nghiệm thu đợt 2"])
        unit = w._random.choice(["m", "m²", "cái", "công trình"])
        shape.add([str(number), w.label(), unit, w.figure(1, 900, 0), w.figure(10, 9999), note])
    return shape


def make_months(w: Writer, size: int) -> Shape:
    """Many narrow columns on a landscape page."""
    months = [f"Tháng {n}" for n in range(1, 10)]
    shape = Shape(
        "thang", "Bảng 8. Lượng khách theo tháng", "lượt khách",
        [[Head("Loại hình", 1, 2), Head("Năm 2024", 9), Head("Cộng", 1, 2)], [Head(m) for m in months]],
        [22, *[7.6] * 9, 9.6], "l" + "r" * 10,
        [("Loại hình",), *(("Năm 2024", m) for m in months), ("Cộng",)], [None] * 11, landscape=True,
    )  # fmt: skip
    while len(shape.rows) < size:
        shape.add(
            [
                w.label(long=False),
                *(w.maybe(w.figure(10, 9000, 0)) for _ in range(9)),
                w.figure(900, 90000, 0),
            ]
        )
    return shape


SHAPES: tuple[Callable[[Writer, int], Shape], ...] = (
    make_quarters, make_plan, make_triple, make_finance, make_years, make_pairs, make_notes, make_months,
)  # fmt: skip


def make_shapes(seeds: int = 0, longest: int = 80) -> list[Shape]:
    """Return the 64 tables: each shape ruled and unruled at four lengths, some with few rules instead.

    `seeds` gives other words and figures, `longest` the rows of the longest (80 rows take up to five
    pages, 110 up to six); where values stand beside a wrapped label and how much air
    there is between rows goes round.
    """
    made: list[Shape] = []
    for number, make in enumerate(SHAPES):
        for at, size in enumerate((7, 14, 30 + 4 * number, longest)):
            for rules in ("ruled", "unruled"):
                seed = 100000 * seeds + 1000 * number + 10 * at + (rules == "ruled")
                shape = make(Writer(seed, english=at == 1), size)
                shape.rules = rules  # type: ignore[assignment]
                shape.valign = ("middle", "top", "bottom")[(number + at) % 3]
                shape.padding = (3.5, 1.0, 0.0, 2.5)[(number + 2 * at) % 4]
                if rules == "unruled" and at == 0:
                    shape.rules = "head"
                if rules == "unruled" and at == 1 and number % 2:
                    shape.rules = "columns"
                shape.name = f"{shape.name}-{size}-{shape.rules}"
                made.append(shape)
    return made
