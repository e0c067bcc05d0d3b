"""Reports in their order, of one body; drafts, gaps and new boundaries."""

from __future__ import annotations

import pytest

from docanalyze import Analysis, UsageError, analyze_bytes, compare_reports
from docanalyze.compare.order import Body, find_kinship
from docanalyze.compare.view import view_report
from docanalyze.lexicon import load_lexicon
from docanalyze.segment.report import name_body
from tests.unit.compare.making import make_report

TEXT = "Thu ngân sách trên địa bàn đạt {} triệu đồng."


def test_reports_are_ordered_by_their_own_periods_not_by_name_or_date() -> None:
    later = make_report("6 tháng đầu năm 2023", "2023-06-20", TEXT.format("52.310"), name="a.txt")
    first = make_report("6 tháng đầu năm 2022", "2023-08-20", TEXT.format("48.153"), name="b.txt")
    comparison = compare_reports([later, first])
    assert [each.source.path for each in comparison.reports] == ["b.txt", "a.txt"]
    assert [each.period.end for each in comparison.reports if each.period] == ["2022-06-30", "2023-06-30"]
    (change,) = comparison.series[0].changes
    assert (change.kind, str(change.percent)) == ("growth", "8.63")


def test_a_draft_is_told_from_the_final_report_of_its_period() -> None:
    draft = make_report("6 tháng đầu năm 2023", "2023-06-20", TEXT.format("52.300"), draft=True)
    final = make_report("6 tháng đầu năm 2023", "2023-07-04", TEXT.format("52.310"))
    again = make_report("6 tháng đầu năm 2023", "2023-07-08", TEXT.format("52.310"))
    comparison = compare_reports([again, final, draft])
    assert [each.edition for each in comparison.reports] == ["draft", "final", "again"]
    assert [change.kind for change in comparison.series[0].changes] == ["revision"]


def test_a_missing_month_is_named() -> None:
    months = [
        make_report(f"tháng {n} năm 2024", f"2024-{n + 1:02d}-02", TEXT.format("4.815")) for n in (1, 2, 4)
    ]
    (gap,) = compare_reports(months).gaps
    assert (gap.after, gap.before, gap.start, gap.end) == (1, 2, "2024-03-01", "2024-03-31")


def test_other_bodies_and_other_subjects_are_refused_but_with_force() -> None:
    one = make_report("6 tháng đầu năm 2022", "2022-07-05", TEXT.format("48.153"))
    two = make_report("6 tháng đầu năm 2023", "2023-07-05", TEXT.format("52.310"), body="HUYỆN LONG PHÚ")
    with pytest.raises(UsageError, match="different bodies"):
        compare_reports([one, two])
    assert compare_reports([one, two], force=True).series


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("CÔNG TY TNHH MỘT THÀNH VIÊN MÔI TRƯỜNG AN KHÊ", "CÔNG TY TNHH MTV MÔI TRƯỜNG AN KHÊ"),
        ("CÔNG TY CỔ PHẦN BẾN XE AN KHÊ", "CTCP BẾN XE AN KHÊ"),
        ("BẢO HIỂM XÃ HỘI TỈNH AN KHÊ", "BHXH TỈNH AN KHÊ"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "SỞ GD&ĐT"),
    ],
)
def test_a_body_whose_name_is_shortened_is_the_same(one: str, two: str) -> None:
    first = Body(name_body(one), frozenset(), frozenset())
    second = Body(name_body(two), frozenset(), frozenset())
    other = Body(name_body("CÔNG TY CỔ PHẦN BẾN XE AN LỘC"), frozenset(), frozenset())
    views = [
        view_report(
            n, make_report(f"năm {2022 + n}", f"{2023 + n}-01-05", TEXT.format("48.153")), load_lexicon()
        )
        for n in (0, 1)
    ]
    assert find_kinship(views[0], views[1], first, second) == "same"
    assert find_kinship(views[0], views[1], first, other) == "different"


def test_bodies_that_a_mapping_file_names_as_one_are_one(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "m.toml"
    path.write_text('[[body]]\nnames = ["ubnd:huyện:trà sơn", "ubnd:huyện:long phú"]\n', encoding="utf-8")
    one = make_report("6 tháng đầu năm 2022", "2022-07-05", TEXT.format("48.153"))
    two = make_report("6 tháng đầu năm 2023", "2023-07-05", TEXT.format("52.310"), body="HUYỆN LONG PHÚ")
    assert compare_reports([one, two], mapping=path).series


def test_provinces_merged_in_2025_follow_each_other_and_are_not_compared() -> None:
    old = make_report("6 tháng đầu năm 2024", "2024-07-05", TEXT.format("48.153"), body="TỈNH HẬU GIANG")
    new = make_report("6 tháng đầu năm 2026", "2026-07-05", TEXT.format("52.310"), body="THÀNH PHỐ CẦN THƠ")
    comparison = compare_reports([old, new])
    assert len(comparison.reports) == 2
    same = make_report("6 tháng đầu năm 2025", "2025-07-05", TEXT.format("48.153"), body="TỈNH VĨNH LONG")
    after = make_report("6 tháng đầu năm 2026", "2026-07-05", TEXT.format("152.310"), body="TỈNH VĨNH LONG")
    (change,) = compare_reports([same, after]).series[0].changes
    assert change.kind == "incomparable"
    assert change.reason is not None


def test_a_merger_that_a_report_tells_of_is_believed() -> None:
    old = make_report("quý I năm 2025", "2025-04-05", TEXT.format("48.153"), body="TỈNH AN TRẠCH")
    text = "Từ 01/7/2025, tỉnh An Trạch và tỉnh Phú Lam hợp nhất thành tỉnh An Lam. " + TEXT.format("152.310")
    new = make_report("9 tháng năm 2025", "2025-10-05", text, body="TỈNH AN LAM")
    comparison = compare_reports([old, new])
    assert {c.kind for s in comparison.series for c in s.changes} <= {"incomparable"}


def test_one_report_is_no_series() -> None:
    with pytest.raises(UsageError, match="at least two"):
        compare_reports([make_report("năm 2022", "2023-01-05", TEXT.format("1.000"))])


def test_the_list_of_mergers_makes_34_provinces() -> None:
    (provinces,) = (m for m in load_lexicon()["mergers"]["merger"] if m["level"] == "tỉnh")
    before = [name for _, names in provinces["pairs"] for name in names]
    assert len(provinces["pairs"]) == 23
    assert len(before) == len(set(before)) == 52
    assert all(after in names for after, names in provinces["pairs"])


def make_company(name: str, year: int, text: str, title: str = "Kết quả sản xuất kinh doanh") -> Analysis:
    page = (
        f"{name}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 45/BC-CTY\n\n"
        f"Rạch Chanh, ngày 05 tháng 7 năm {year}\n\nBÁO CÁO\n\n"
        f"{title} 6 tháng đầu năm {year}\n\nI. KẾT QUẢ\n\n{text}\n"
    )
    return analyze_bytes(page.encode(), name=f"{year}.txt", until="bind")


def test_a_company_that_tells_its_old_name_is_the_same_body() -> None:
    old = make_company("CÔNG TY CỔ PHẦN CẤP NƯỚC RẠCH CHANH", 2024, "Doanh thu đạt 52,3 tỷ đồng.")
    told = "Công ty được đổi tên từ Công ty Cổ phần Cấp nước Rạch Chanh. Doanh thu đạt 60,1 tỷ đồng."
    new = make_company("CÔNG TY CỔ PHẦN NƯỚC SẠCH ĐÔNG HÒA", 2025, told)
    (series,) = compare_reports([old, new]).series
    assert [change.kind for change in series.changes] == ["growth"]
    silent = make_company("CÔNG TY CỔ PHẦN NƯỚC SẠCH ĐÔNG HÒA", 2025, "Doanh thu đạt 60,1 tỷ đồng.")
    with pytest.raises(UsageError):
        compare_reports([old, silent])


def test_a_company_that_prints_the_old_one_s_figures_again_goes_on_under_its_new_name() -> None:
    levels = ("Doanh thu", "Sản lượng nước thương phẩm", "Nộp ngân sách", "Quỹ lương", "Vốn đầu tư")
    units = ("triệu đồng", "m3", "triệu đồng", "triệu đồng", "triệu đồng")
    old = " ".join(f"{n} đạt 2{k}.413 {u}." for k, (n, u) in enumerate(zip(levels, units, strict=True)))
    new = " ".join(
        f"{n} đạt 3{k}.154 {u}, cùng kỳ năm trước là 2{k}.413 {u}."
        for k, (n, u) in enumerate(zip(levels, units, strict=True))
    )
    first = make_company("CÔNG TY CỔ PHẦN CẤP NƯỚC RẠCH CHANH", 2024, old)
    assert compare_reports([first, make_company("CÔNG TY CỔ PHẦN NƯỚC SẠCH ĐÔNG HÒA", 2025, new)]).series
    with pytest.raises(UsageError):  # a hospital is no company, whatever it prints
        compare_reports([first, make_company("BỆNH VIỆN ĐA KHOA ĐÔNG HÒA", 2025, new)])


def test_a_name_may_lack_the_area_that_stands_above_it() -> None:
    short = Body("bệnh viện đa khoa tỉnh", frozenset({"an khê"}), frozenset())
    long = Body("bệnh viện đa khoa tỉnh an khê", frozenset({"an khê"}), frozenset())
    other = Body("bệnh viện đa khoa tỉnh an lộc", frozenset({"an lộc"}), frozenset())
    view = view_report(0, make_report("năm 2022", "2023-01-05", TEXT.format("48.153")), load_lexicon())
    assert find_kinship(view, view, short, long) == "same"
    assert find_kinship(view, view, short, other) == "different"


def test_other_words_in_the_title_are_no_other_subject_where_the_figures_are_the_same() -> None:
    names = ("Số vụ cháy", "Số vụ tai nạn", "Tiền phạt", "Số hồ sơ nhận", "Số thẻ cấp", "Số buổi tập huấn",
             "Số ca cấp cứu", "Thu viện phí", "Số đơn khiếu nại", "Số hộ vay vốn")  # fmt: skip
    text = " ".join(f"{name} là {120 + at} vụ." for at, name in enumerate(names))

    name = "CÔNG TY CỔ PHẦN BẾN XE AN KHÊ"
    one = make_company(name, 2024, text, "Kết quả phòng cháy")
    assert compare_reports([one, make_company(name, 2025, text, "Tình hình trật tự bến bãi")]).series
    with pytest.raises(UsageError):
        compare_reports([one, make_company(name, 2025, "Đã trồng 50 cây xanh.", "Tình hình trật tự bến bãi")])
