"""What departments of agriculture print: sown and harvested, so far this year, by the commune, outbreaks."""

from __future__ import annotations

import pytest

from docanalyze.compare.entries import Entry
from docanalyze.compare.names import read_name
from docanalyze.lexicon import load_lexicon
from tests.unit.compare.test_seasons_and_areas import compare, list_joined, read_entries


def find_entry(text: str, figure: str, *, title: str = "6 tháng đầu năm 2024") -> Entry:
    (entry,) = [
        e for e in read_entries(text, title=title) if figure in {o.mention.text for o in e.observations}
    ]
    return entry


def list_texts(entry: Entry) -> list[str]:
    return [o.mention.text for o in entry.levels()]


def test_what_is_harvested_is_not_what_is_sown_though_it_is_all_of_it() -> None:
    text = "Vụ Đông Xuân, diện tích lúa gieo cấy 38.450 ha, thu hoạch xong 38.450 ha."
    assert [list_texts(e) for e in read_entries(text)] == [["38.450 ha"], ["38.450 ha"]]


def test_since_the_start_of_the_year_is_no_figure_of_last_year() -> None:
    text = "Trong tháng trồng được 486 ha rừng tập trung; lũy kế từ đầu năm 2.214 ha."
    entry = find_entry(text, "2.214 ha", title="tháng 4 năm 2024")
    assert list_texts(entry) == ["486 ha", "2.214 ha"]
    assert [(o.days.start, o.days.end) for o in entry.levels()] == [
        ("2024-04-01", "2024-04-30"),
        ("2024-01-01", "2024-04-30"),
    ]


def test_what_a_month_brings_the_year_to_is_of_the_same() -> None:
    text = "Trồng rừng tập trung tháng 5 đạt 512 ha, nâng tổng diện tích trồng từ đầu năm lên 2.726 ha."
    entry = find_entry(text, "2.726 ha", title="tháng 5 năm 2024")
    assert list_texts(entry) == ["512 ha", "2.726 ha"]


def test_what_a_month_brings_something_else_to_is_not() -> None:
    text = "Trồng rừng tập trung tháng 5 đạt 512 ha, nâng diện tích cây ăn quả từ đầu năm lên 2.726 ha."
    assert list_texts(find_entry(text, "2.726 ha", title="tháng 5 năm 2024")) == ["2.726 ha"]


@pytest.mark.parametrize("title", ["KẾ HOẠCH CÔNG TÁC THÁNG 5", "PHƯƠNG HƯỚNG CÔNG TÁC THÁNG 5"])
def test_work_planned_is_no_result(title: str) -> None:
    text = f"I. KẾT QUẢ\n\nTrồng rừng 486 ha.\n\nII. {title}\n\nTrồng rừng 500 ha."
    kinds = {
        o.mention.text: o.kind for e in read_entries(text, title="tháng 4 năm 2024") for o in e.observations
    }
    assert kinds["486 ha"] == "level"
    assert kinds.get("500 ha") != "level"


def test_work_done_under_a_plan_is_a_result() -> None:
    text = "I. KẾT QUẢ THỰC HIỆN KẾ HOẠCH CÔNG TÁC THÁNG 4\n\nTrồng rừng 486 ha."
    assert find_entry(text, "486 ha", title="tháng 4 năm 2024").first.kind == "level"


def test_a_model_commune_is_no_form() -> None:
    assert list_texts(find_entry("Nông thôn mới kiểu mẫu 05 xã.", "05 xã")) == ["05 xã"]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Bình quân 17,3 tiêu chí/xã.", "17,3 tiêu chí/xã"),
        ("Mỗi xã bình quân đạt 17,0 tiêu chí.", "17,0 tiêu chí"),
    ],
)
def test_a_broken_count_on_average_is_of_each(text: str, figure: str) -> None:
    assert find_entry(text, figure).broad_unit == "tiêu/"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Lao động bình quân 61 người.", "61 người"),
        ("Công suất bình quân đạt 71,5%.", "71,5%"),
        ("Đàn gia cầm bình quân 9,85 triệu con.", "9,85 triệu con"),
    ],
)
def test_what_is_on_average_need_not_be_of_each(text: str, figure: str) -> None:
    assert not find_entry(text, figure).broad_unit.endswith("/")


def test_all_seasons_are_not_one_of_them_though_the_names_are_equal() -> None:
    one = "Vụ Đông Xuân 2023 - 2024: tổng diện tích gieo trồng 23.618 ha."
    two = "Tổng diện tích gieo trồng cả năm 315.470 ha. Vụ Đông Xuân gieo trồng 23.618 ha."
    assert ["23.618 ha", "315.470 ha"] not in list_joined(compare(one, two))
    assert ["23.618 ha", "23.618 ha"] in list_joined(compare(one, two))


def test_one_district_is_not_all_districts() -> None:
    one = "Huyện Phù Lạc trồng 620 ha ngô sinh khối. Đàn bò 31.250 con."
    two = "Các huyện đã trồng 640 ha ngô. Đàn bò 31.310 con."
    assert list_joined(compare(one, two)) == [["31.250 con", "31.310 con"]]
    assert ["620 ha", "640 ha"] in list_joined(compare(one, two.replace("Các huyện", "Huyện Phù Lạc")))


def test_outbreaks_may_be_much_larger_the_next_time() -> None:
    one = "Từ đầu năm có 11 hộ chăn nuôi heo bị dịch tả, số heo tiêu hủy 297 con. Đàn bò 38.010 con."
    two = "Dịch tả heo châu Phi lũy kế 68 hộ ở 29 xã, tiêu hủy 2.146 con. Đàn bò 37.850 con."
    assert ["297 con", "2.146 con"] in list_joined(compare(one, two))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("bệnh đạo ôn lá", "bệnh đạo ôn cổ bông"),
        ("rầy nâu gây hại", "chuột gây hại"),
        ("giá cá tra nguyên liệu", "giá cá tra giống"),
        ("đã thu hoạch", "đã gieo cấy"),
    ],
)
def test_words_that_rule_each_other_out(one: str, two: str) -> None:
    groups = [{r.split()[0]: r for r in read_name(name, load_lexicon()).rivals} for name in (one, two)]
    assert any(groups[0][g] != groups[1][g] for g in groups[0].keys() & groups[1].keys())


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "Thu hoạch xong 62.480 ha lúa vụ Đông Xuân 2025, năng suất 70,8 tạ/ha, sản lượng 442.358 tấn.",
            "Lúa Hè Thu toàn tỉnh thu hoạch 118.730 ha, năng suất 60,4 tạ/ha, sản lượng 717.129 tấn.",
        ),
        (
            "Vụ Đông Xuân gieo trồng 62.480 ha lúa, năng suất 70,8 tạ/ha, sản lượng 442.358 tấn.",
            "Chỉ tiêu\tĐVT\tThực hiện\nVụ Hè Thu\t\t\nDiện tích lúa\tha\t61.730\nNăng suất\ttạ/ha\t60,4\n"
            "Sản lượng\ttấn\t372.849",
        ),
    ],
)
def test_yields_and_outputs_of_two_seasons_are_two(one: str, two: str) -> None:
    assert list_joined(compare(one, two)) == []


def test_a_season_is_read_by_its_whole_name() -> None:
    one = "Kết thúc vụ Đông Xuân, gieo trồng 62.480 ha lúa, năng suất 70,8 tạ/ha."
    two = "Lúa Đông Xuân: gieo trồng 62.510 ha, năng suất 70,9 tạ/ha."
    assert ["70,8 tạ/ha", "70,9 tạ/ha"] in list_joined(compare(one, two))


def test_what_both_bring_is_not_what_one_of_them_does() -> None:
    one = "Sản lượng nuôi trồng và khai thác thủy sản 107.229 tấn, trong đó sản lượng khai thác 32.283 tấn."
    two = "Sản lượng khai thác thủy sản 51.720 tấn."
    assert ["107.229 tấn", "51.720 tấn"] not in list_joined(compare(one, two))


def test_what_is_not_done_yet_names_what_is_missing() -> None:
    names = {
        e.first.mention.text: e.name.printed
        for e in read_entries("Còn 09 xã chưa đạt chuẩn. Có 35 xã chưa có công chức thú y.")
    }
    assert "chưa đạt" in names["09 xã"]
    assert "chưa có công chức" in names["35 xã"]
