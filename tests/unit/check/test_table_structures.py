"""Rows of shares below rows of amounts, and shares trimmed so that they make a hundred."""

import pytest

from tests.unit.check.tables import failing, holding, make_table

HEADS = ("TT", "Chỉ tiêu", "ĐVT", "Năm 2022", "Năm 2023", "Năm 2024")
AMOUNTS = [
    ("1", "Giá trị tăng thêm", "Tỷ đồng", "2.418,6", "2.655,1", "2.911,4"),
    ("", "Nông, lâm nghiệp, thủy sản", "Tỷ đồng", "911,3", "958,7", "1.004,2"),
    ("", "Công nghiệp, xây dựng", "Tỷ đồng", "840,9", "951,0", "1.082,5"),
    ("", "Dịch vụ", "Tỷ đồng", "666,4", "745,4", "824,7"),
]
SHARES = [
    ("2", "Cơ cấu giá trị tăng thêm", "%", "", "", ""),
    ("", "Nông, lâm nghiệp, thủy sản", "%", "37,68", "36,11", "34,49"),
    ("", "Công nghiệp, xây dựng", "%", "34,77", "35,82", "37,18"),
    ("", "Dịch vụ", "%", "27,55", "28,07", "28,33"),
]
POVERTY = [("3", "Tỷ lệ hộ nghèo", "%", "3,12", "2,45", "2,01")]


def _change(rows: list[tuple[str, ...]], old: str, new: str) -> list[tuple[str, ...]]:
    return [tuple(new if cell == old else cell for cell in row) for row in rows]


@pytest.mark.parametrize("hundred", ["", "100", "100,00"])
def test_rows_of_shares_make_a_hundred_and_are_those_of_their_amounts(hundred: str) -> None:
    head = (*SHARES[0][:3], *[hundred] * 3)
    table = make_table(HEADS, [*AMOUNTS, head, *SHARES[1:], *POVERTY])
    assert failing(table) == []
    assert len(holding(table, "TAB004")) == 12


def test_a_misprinted_share_is_told_by_both() -> None:
    rows = _change([*AMOUNTS, *SHARES, *POVERTY], "35,82", "38,52")
    told = {finding.arithmetic for finding in failing(make_table(HEADS, rows))}
    assert "951,0 / 2.655,1 × 100 = 35,82 ≠ 38,52" in told
    assert len(told) == 2


def test_shares_without_their_amounts_make_a_hundred() -> None:
    assert failing(make_table(HEADS, [*SHARES, *POVERTY])) == []
    (finding,) = failing(make_table(HEADS, _change([*SHARES, *POVERTY], "27,55", "25,75")))
    assert (finding.code, finding.arithmetic) == ("TAB004", "37,68 + 34,77 + 25,75 = 98,20 ≠ 100")


def test_shares_at_other_prices_are_not_of_these_amounts() -> None:
    other = [("", name, "%", *cells) for (_, name, *_), cells in zip(
        SHARES[1:], [("40,10", "38,05", "36,66"), ("33,20", "34,75", "35,90"), ("26,70", "27,20", "27,44")],
        strict=True,
    )]  # fmt: skip
    assert failing(make_table(HEADS, [*AMOUNTS, SHARES[0], *other, *POVERTY])) == []


def test_rows_that_only_name_a_structure_make_no_hundred() -> None:
    rows = [
        ("1", "Cơ cấu mùa vụ chuyển đổi", "%", "12,50", "14,20", "15,10"),
        ("", "Vụ mùa", "%", "61,20", "58,90", "57,30"),
        ("", "Vụ đông", "%", "18,40", "19,70", "21,60"),
    ]
    assert failing(make_table(HEADS, [*AMOUNTS, *rows])) == []


TRIMMED = [
    ("Tổng số", "41.029", "100,0"),
    ("Bán lẻ", "29.726", "72,5"),
    ("Lưu trú, ăn uống", "6.651", "16,2"),
    ("Dịch vụ khác", "4.652", "11,3"),
]


def test_a_share_trimmed_so_that_all_make_a_hundred_is_right() -> None:
    heads = ("Chỉ tiêu", "Trị giá", "Tỷ trọng (%)")
    rows = _change(_change(TRIMMED, "72,5", "72,4"), "16,2", "16,3")
    assert failing(make_table(heads, rows, unit="tỷ đồng")) == []
    (finding,) = failing(make_table(heads, _change(rows, "72,4", "72,5"), unit="tỷ đồng"))
    assert finding.arithmetic == "6.651 / 41.029 × 100 = 16,2 ≠ 16,3"
