"""Short references and the antecedents they take."""

from __future__ import annotations

import pytest

import docanalyze
from docanalyze.core.mention import LegalRef, Period, Quantity

HEAD = "BÁO CÁO\n\nKết quả công tác 6 tháng đầu năm 2024\n\n"


def refs(body: str, head: str = HEAD) -> list[LegalRef]:
    analysis = docanalyze.analyze_bytes((head + body).encode(), name="bao-cao.txt")
    return [m for m in analysis.mentions if isinstance(m, LegalRef)]  # type: ignore[union-attr]


def test_a_number_alone_takes_the_document_cited_before() -> None:
    first, second = refs(
        "Thực hiện Nghị quyết số 27-NQ/TU ngày 05/02/2024, huyện đã quán triệt Nghị quyết 27."
    )
    assert (second.text, second.value.resolves_to) == ("Nghị quyết 27", first.id)
    assert (second.value.canonical, second.value.symbol, second.value.system) == (
        "27-NQ/TU",
        "NQ/TU",
        "party",
    )


def test_two_documents_of_one_number_leave_it_open() -> None:
    found = refs("Theo Nghị quyết số 27-NQ/TU và Nghị quyết số 27/NQ-HĐND, Nghị quyết 27 được quán triệt.")
    assert found[-1].text == "Nghị quyết 27"
    assert (found[-1].value.resolves_to, found[-1].value.canonical) == (None, None)


def test_a_well_known_number_is_known_unless_the_text_cites_another() -> None:
    (known,) = refs("Thực hiện Nghị quyết 18, huyện đã sắp xếp bộ máy.")
    assert known.value.canonical == "18-NQ/TW"
    other = refs("Theo Nghị quyết số 18/NQ-HĐND, nội dung Nghị quyết 18 đã rõ.")
    assert other[-1].value.canonical == "18/NQ-HĐND"


def test_a_name_given_in_the_text_is_found_and_resolved() -> None:
    first, *rest = refs(
        "Căn cứ Nghị định số 10/2020/NĐ-CP ngày 17/01/2020 của Chính phủ (sau đây gọi là Nghị định 10).\n\n"
        "Các đơn vị thực hiện Nghị định 10 nghiêm túc."
    )
    assert [r.text for r in rest] == ["Nghị định 10", "Nghị định 10"]
    assert {r.value.resolves_to for r in rest} == {first.id}
    assert rest[-1].value.canonical == "10/2020/NĐ-CP"


def test_a_name_in_words_is_found_where_it_is_used() -> None:
    first, *rest = refs(
        "Theo Quyết định số 12/QĐ-UBND của UBND huyện (sau đây gọi tắt là Quyết định phân vốn).\n\n"
        "Quyết định phân vốn đã được gửi đến các xã."
    )
    assert [(r.text, r.rule, r.value.resolves_to) for r in rest] == [
        ("Quyết định phân vốn", "legal.alias", first.id)
    ] * len(rest)
    assert rest


@pytest.mark.parametrize(
    ("body", "target"),
    [("Báo cáo này được gửi đến các xã.", "document"), ("Nghị định này đã có hiệu lực.", "document")],
)
def test_this_paper_is_the_document(body: str, target: str) -> None:
    (found,) = refs(body)
    assert (found.value.self, found.value.resolves_to) == (True, target)


def test_this_decree_in_a_report_is_the_last_one_named() -> None:
    first, second = refs("Theo Nghị định số 10/2020/NĐ-CP, các quy định của Nghị định này đã rõ.")
    assert second.value.resolves_to == first.id


def test_bare_months_of_the_report_are_its_period() -> None:
    text = HEAD + "Kim ngạch 6 tháng, tăng mạnh. Tập huấn 6 tháng cho cán bộ. Bảo hành 9 tháng."
    analysis = docanalyze.analyze_bytes(text.encode(), name="bao-cao.txt")
    body = [m for m in analysis.mentions if m.start >= len(HEAD)]  # type: ignore[union-attr]
    assert [type(m) for m in body] == [Period, Quantity, Quantity]
    assert isinstance(body[0], Period)
    assert (body[0].value.start, body[0].value.end) == ("2024-01-01", "2024-06-30")
    assert body[0].rule == "period.own-months"
