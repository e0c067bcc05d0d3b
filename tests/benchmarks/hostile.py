"""Time on texts made to cost it, a megabyte each: `python -m tests.benchmarks.hostile`.

Each text repeats what one rule begins to read, so that a rule that looks ahead without a limit would
take quadratic time. Shown are the seconds for a quarter and for all of it: four times is linear.
"""

from __future__ import annotations

import argparse
import time

from docanalyze.pipeline import split_sentences, tag_text

PIECES = {
    "digits": "1", "groups": "123 456 ", "dots": "1.1.", "commas": "1,", "slashes": "1/", "dashes": "1-",
    "numbers of documents": "1/A-", "spaces": " ", "line ends": "\n", "cells": "1\t", "increases": "tăng ",
    "comparisons": "cao hơn ", "joined changes": "giảm 5 và ", "clauses": "khoản 1 ", "points": "điểm a, ",
    "articles": "Điều 1 và ", "laws": "Luật Đất ", "amending laws": "Luật sửa đổi, bổ sung một số điều của ",
    "years": "năm 2023, ", "months": "tháng 5 và ", "bare months": "6 tháng ", "days": "ngày 1, ",
    "words": "hai mươi ", "scales": "nghìn ", "percentages": "5% ", "rows of them": "5% - ",
    "points of them": "5 điểm ", "brackets": "(5% ", "quotes": '"', "stops": ". ", "ellipses": "...",
    "abbreviations": "TP. ", "initials": "A. ", "names given": "Nghị định số 1/2020/NĐ-CP (sau đây gọi là ",
    "pairs": "5 xã, phường, ", "divisors": "5 đồng/kg/", "letters": "a", "same periods": "cùng kỳ ",
    "lists of amounts": "(5 tỷ USD) (4 tỷ) ", "hyphens": "xã-", "dates": "1/1/2020 ", "ranges": "2020-2021",
    "issuers": " của Ủy ban nhân dân ", "row formulas": "(1=2+3) 5% ", "tables": "a\t1,234.5\t2,345\n\n",
    "counts": "5 vụ/6 bị can/", "numbers in words": "5 (năm) ",
    "hours": "5 giờ 5 phút ", "lists": ": a 5, b 5",
    "seasons": "vụ hè thu 2023 ", "laws amended": "Luật sửa đổi ", "dotted years": "2023.2023.",
    "abbreviated months": "6T/2023 ", "relatives": "năm trước ", "coordinates": "9°5'",
}  # fmt: skip


def clock(piece: str, size: int) -> tuple[float, float]:
    """Return the seconds of processor time to tag and to split `size` characters of repeats."""
    text = piece * (size // len(piece) + 1)
    start = time.process_time()
    tag_text(text)
    tagged = time.process_time()
    split_sentences(text)
    return tagged - start, time.process_time() - tagged


def main() -> None:
    """Print the seconds for each text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000)
    size = parser.parse_args().size
    tag_text("5%")
    for name, piece in PIECES.items():
        quarter, whole = clock(piece, size // 4), clock(piece, size)
        print(
            f"{name:22} tag {quarter[0]:6.2f} {whole[0]:6.2f} ({whole[0] / max(quarter[0], 0.01):4.1f} times)"
            f"  split {quarter[1]:6.2f} {whole[1]:6.2f}"
        )


if __name__ == "__main__":
    main()
