"""Time to compare ten long reports from loaded analyses: `python -m tests.benchmarks.compare`.

The reports are made up: 40 pages' worth of sentences on 150 indicators each with value, growth and base,
half-yearly for five years, with names that drift. Imports are done before the clock starts; the median
processor time of several runs is told (one thread), whatever else the machine does, and the time by
number of series, which should grow no faster than they do. With `--alone 0.5`, half of the rows of
each report are of places that no other report names, so that they are looked at for partners in vain.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator

from docanalyze import Analysis, analyze_bytes, compare_reports

_HEADS = (
    "sản lượng lúa", "diện tích ngô", "đàn heo", "đàn bò", "số vụ tai nạn", "thu phí tham quan",
    "chi sự nghiệp giáo dục", "doanh thu vận tải", "số hộ vay vốn", "sản lượng tôm", "diện tích dừa",
    "giá trị xuất khẩu gạo", "vốn đầu tư đường giao thông", "số lượt khám bệnh", "số học sinh mầm non",
)  # fmt: skip
_PLACES = (
    "xã An Hòa", "xã Bình Lộc", "xã Cẩm Khê", "xã Đông Giang", "xã Hưng Thạnh", "xã Kim Sơn", "xã Long Vĩnh",
    "xã Mỹ Đức", "xã Phú Cường", "xã Tân Lập", "xã Quảng Lâm", "xã Sơn Trà", "xã Thuận Yên", "xã Vĩnh Phước",
    "xã Xuân Đỉnh", "xã Yên Bài", "xã Nghĩa Trung", "xã Hải Đường", "xã Gia Lạc", "xã Diên Khê",
    "xã Bảo Tâm", "xã Chân Mai", "xã Đức Lân", "xã Hòa Quân", "xã Khánh Tường", "xã Liên Sa", "xã Minh Hưng",
    "xã Ngọc Thiện", "xã Phong Lĩnh", "xã Tiên Du", "xã Trung Nghĩa", "xã Văn Phú", "xã Việt Cường",
    "xã Vũ Thư", "xã Song Mai", "xã Thạch Bàn", "xã Tam Đa", "xã Ninh Xá", "xã Lạc Đạo", "xã Hồng Thái",
)  # fmt: skip
_UNITS = (
    "tấn",
    "ha",
    "con",
    "con",
    "vụ",
    "triệu đồng",
    "triệu đồng",
    "triệu đồng",
    "hộ",
    "tấn",
    "ha",
    "triệu đồng",
    "triệu đồng",
    "lượt",
    "học sinh",
)


_SYLLABLES = (
    "An Bình Cao Chi Đại Điền Đông Gia Hà Hải Hậu Hòa Hưng Khánh Kiên Lạc Lâm Liên Lộc Mai Mỹ Nghĩa Ngọc "
    "Nhân Ninh Phong Phú Phước Quế Trà"
)


def write_reports(indicators: int, reports: int, seed: int = 1, alone: float = 0.0) -> Iterator[str]:
    """Yield the texts of half-yearly reports of one district, oldest first.

    A share of their rows, `alone`, is of places that each report names by itself.
    """
    dice = random.Random(seed)
    names = [(head, place, unit) for place in _PLACES for head, unit in zip(_HEADS, _UNITS, strict=True)]
    levels = {at: dice.randint(2_000, 90_000) for at in range(indicators)}
    before: dict[int, dict[int, int]] = {}
    for number in range(reports):
        year, half = 2015 + number // 2, number % 2
        title = f"{'6 tháng đầu năm' if half == 0 else 'năm'} {year}"
        lines = [
            "ỦY BAN NHÂN DÂN", "HUYỆN TRÀ SƠN", "", f"Số: {100 + number}/BC-UBND", "", "BÁO CÁO", "",
            f"Tình hình kinh tế - xã hội {title}", "", "I. KẾT QUẢ", "",
        ]  # fmt: skip
        own: dict[int, int] = {}
        for at in range(indicators):
            head, place, unit = names[at]
            if at >= indicators * (1 - alone):
                place = f"xã {' '.join(dice.sample(_SYLLABLES.split(), 3))}"
            own[at] = round(levels[at] * (1 + 0.04 * (number // 2)) * (1 + half) * dice.uniform(0.97, 1.03))
            old = before.get(number - 2, {}).get(at)
            verb = dice.choice(("đạt", "ước đạt", "là"))
            told = f"{head} {place} {verb} {own[at]:,} {unit}".replace(",", ".")
            if old:
                growth = f"{(own[at] / old - 1) * 100:+.2f}".replace(".", ",")
                word = "tăng" if growth[0] == "+" else "giảm"
                told += f", {word} {growth[1:]}% so với cùng kỳ ({old:,} {unit})".replace(
                    f"{old:,}", f"{old:,}".replace(",", ".")
                )
            lines += [f"{told[:1].upper()}{told[1:]}.", ""]
        before[number] = own
        yield "\n".join(lines)


def analyze(indicators: int, reports: int, alone: float = 0.0) -> list[Analysis]:
    """Return the analyses of made-up reports."""
    return [
        analyze_bytes(text.encode(), name=f"{number}.txt", until="bind")
        for number, text in enumerate(write_reports(indicators, reports, alone=alone))
    ]


def measure(analyses: list[Analysis], runs: int) -> tuple[float, int]:
    """Return the median seconds of a comparison (of this process alone), and how many series it has."""
    times = []
    series = 0
    for _ in range(runs):
        start = time.process_time()
        series = len(compare_reports(analyses).series)
        times.append(time.process_time() - start)
    return statistics.median(times), series


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--alone", type=float, default=0.0, help="share of the rows without a partner")
    options = parser.parse_args()
    measure(analyze(5, 2), 1)  # imports
    for indicators in (75, 150, 300, 600):
        seconds, series = measure(analyze(indicators, 10, options.alone), options.runs)
        print(f"{indicators} indicators, 10 reports: {series} series in {seconds:.3f} s")


if __name__ == "__main__":
    main()
