"""The mapping file: what a reader accepted is joined, what he refused is not, and it is written anew."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from docanalyze import UsageError, compare_reports, load_mapping
from docanalyze.compare.mapping import write_mapping
from docanalyze.compare.run import open_book
from docanalyze.lexicon import load_lexicon
from tests.unit.compare.making import make_report

OLD = make_report("6 tháng đầu năm 2022", "2022-07-05", "Thu tiền thuê mặt nước đạt 48.153 triệu đồng.")
NEW = make_report("6 tháng đầu năm 2023", "2023-07-05", "Nguồn lợi từ bãi bồi mang về 52.310 triệu đồng.")
SAME = '[[same]]\none = "{}"\ntwo = "{}"\n'


def labels() -> tuple[str, str]:
    book = open_book([OLD, NEW], load_lexicon())
    return book.entries[0][0].label, book.entries[1][0].label


def test_a_pair_that_is_accepted_is_one_series(tmp_path: Path) -> None:
    assert not compare_reports([OLD, NEW]).series
    path = tmp_path / "pairs.toml"
    path.write_text(SAME.format(*labels()), encoding="utf-8")
    (series,) = compare_reports([OLD, NEW], mapping=path).series
    assert [point.text for point in series.points] == ["48.153 triệu đồng", "52.310 triệu đồng"]


@pytest.mark.parametrize("turned", [False, True])
def test_short_names_that_are_accepted_are_joined_whichever_stands_first(
    tmp_path: Path, turned: bool
) -> None:
    one = make_report("6 tháng đầu năm 2022", "2022-07-05", "Điều chuyển 52 cơ sở.")
    two = make_report("6 tháng đầu năm 2023", "2023-07-05", "Đang lập 63 cơ sở.")
    assert not compare_reports([one, two]).series
    book = open_book([one, two], load_lexicon())
    names = [book.entries[n][0].label for n in (0, 1)]
    path = tmp_path / "pairs.toml"
    path.write_text(SAME.format(*(reversed(names) if turned else names)), encoding="utf-8")
    (series,) = compare_reports([one, two], mapping=path).series
    assert [point.text for point in series.points] == ["52 cơ sở", "63 cơ sở"]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "pairs.toml"
    path.write_text(SAME.format(*labels()), encoding="utf-8")
    mapping = load_mapping(path)
    book = open_book([OLD, NEW], load_lexicon(), mapping=mapping)
    text = write_mapping(book.alignment, mapping)
    assert tomllib.loads(text)["same"]
    path.write_text(text, encoding="utf-8")
    assert load_mapping(path).same == mapping.same


def test_no_file_yet_is_an_empty_mapping_and_a_broken_one_an_error(tmp_path: Path) -> None:
    assert load_mapping(tmp_path / "none.toml").same == ()
    broken = tmp_path / "broken.toml"
    broken.write_text("[[same]]\none = 3\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"broken\.toml: not a mapping file"):
        load_mapping(broken)


FIRST = """Thu tiền thuê mặt nước đạt 48.153 triệu đồng; thu phí bến bãi 2.310 triệu đồng.

Điều chuyển 52 cơ sở, làm 14 người chết. Đánh cá bị phạt 3 người, chết 2 người.

Kế hoạch vốn 5.236,4 tỷ đồng. Đến nay giải ngân 612,9 tỷ đồng, đạt 11,7% kế hoạch."""
SECOND = """Thu tiền cho thuê mặt nước đạt 52.310 triệu đồng; phí các bến bãi thu 2.512 triệu đồng.

Đang lập 63 cơ sở; chết 12 người. Chết 3 người trên biển.

Kế hoạch vốn đầu tư 5.410,2 tỷ đồng. Giải ngân được 724,8 tỷ đồng, đạt 13,4% kế hoạch."""


def test_a_comparison_with_the_mapping_that_it_wrote_is_the_same(tmp_path: Path) -> None:
    reports = [
        make_report("6 tháng đầu năm 2022", "2022-07-05", FIRST),
        make_report("6 tháng đầu năm 2023", "2023-07-05", SECOND),
    ]
    path = tmp_path / "pairs.toml"
    lexicon = load_lexicon()
    book = open_book(reports, lexicon)
    path.write_text(write_mapping(book.alignment, load_mapping(path)), encoding="utf-8")
    assert "[[same]]" in path.read_text(encoding="utf-8")
    assert compare_reports(reports, mapping=path) == compare_reports(reports)


def test_a_label_that_a_reader_gives_to_another_leaves_its_old_one(tmp_path: Path) -> None:
    one = make_report(
        "6 tháng đầu năm 2022", "2022-07-05", "Thu phí chợ đêm 512 triệu đồng. Thu phí bãi xe 840 triệu đồng."
    )
    two = make_report("6 tháng đầu năm 2023", "2023-07-05", "Thu phí chợ đêm 871 triệu đồng.")
    path = tmp_path / "pairs.toml"
    book = open_book([one, two], load_lexicon())
    assert [point.text for point in compare_reports([one, two]).series[0].points] == [
        "512 triệu đồng",
        "871 triệu đồng",
    ]
    path.write_text(SAME.format(book.entries[0][1].label, book.entries[1][0].label), encoding="utf-8")
    (series,) = compare_reports([one, two], mapping=path).series
    assert [point.text for point in series.points] == ["840 triệu đồng", "871 triệu đồng"]
