"""The corpus generator: sources are refused with a line, gold and verdicts come out exact."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from corpus.tools.figures import last_place, unit_factor
from corpus.tools.gold import Annotated, annotate, gold_items, write_gold
from corpus.tools.problems import SourceError
from corpus.tools.typeset import typeset_report
from corpus.tools.values import read_numeral

DATA = Path(__file__).resolve().parents[2] / "data" / "corpus"
PARTY = DATA / "bai-gao-dang-uy-2024-q1.report"
COMPANY = DATA / "muoi-hon-tranh-2023.report"
HEAD = """+++
name = "x"
series = "x"
split = "dev"
body = "Xã Bãi Gáo"
period = { start = "2024-01-01", end = "2024-03-31", grain = "quarter" }
+++
"""
FIRST = HEAD.count("\n") + 1  # the line where the body starts


def read(folder: Path, body: str, head: str = HEAD) -> Annotated:
    path = folder / "x.report"
    path.write_text(head + body, encoding="utf-8")
    return annotate(path)


@pytest.fixture(scope="module")
def party() -> Annotated:
    return annotate(PARTY)


def test_reference_text_has_blocks_notes_and_table_rows(party: Annotated) -> None:
    text = party.reference.text
    assert text.startswith(
        "HUYỆN ỦY SÔNG THOA\n\nĐẢNG ỦY XÃ BÃI GÁO\n\n*\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nSố 07-BC/ĐU\n\n"
    )
    assert "88 nữ¹. Tỷ lệ nữ là 41,9%, kết nạp" in text
    assert "COVID - 19.\n\n¹ Không tính 02 đồng chí chuyển sinh hoạt.\n\n1. Thu quỹ" in text
    assert "\nTT\tChi bộ\tĐảng viên\t\tTăng/giảm (%)\n\t\tNam\tNữ\t\nA\tB\t1\t2\t3\n1\tẤp Thượng\t60" in text
    assert text.endswith("- Lưu Đảng ủy.\n\nT/M BAN THƯỜNG VỤ\n\nPHÓ BÍ THƯ\n\nTạ Mộc Nhiên\n")


@pytest.mark.parametrize("path", [PARTY, COMPANY], ids=lambda path: path.stem)
def test_every_span_prints_its_surface_and_every_digit_is_covered(path: Path) -> None:
    reference = annotate(path).reference
    covered: set[int] = set()
    for mention in reference.mentions:
        mark = mention.mark
        assert reference.text[mark.start : mark.end] == mark.surface
        covered.update(range(*(mark.full or (mark.start, mark.end))))
    for mark in reference.negatives:
        assert reference.text[mark.start : mark.end] == mark.surface
        covered.update(range(mark.start, mark.end))
    start, end = reference.scope
    assert [at for at in range(start, end) if reference.text[at].isdecimal() and at not in covered] == []


def test_values_carry_derived_keys_and_signs(party: Annotated) -> None:
    values = {item["id"]: item["value"] for item in gold_items(party) if item["type"] == "mention"}
    by_number = {value["number"]: value for value in values.values() if "number" in value}
    assert by_number["1250.5"]["amount"] == "1250500000"
    assert by_number["1.5"] == {"number": "1.5", "direction": "decrease"}
    assert by_number["2.25"] == {"number": "2.25", "negative": True}
    assert by_number["3.0"] == {"number": "3.0", "unit": "%"}
    reference = next(value for value in values.values() if value.get("symbol") == "CTr/HU")
    assert party.reference.text[slice(*reference["full"])].endswith("ngày 01/02/2021 của Huyện ủy")


def test_table_cells_keep_their_spans_over_merged_places(party: Annotated) -> None:
    table = next(item for item in gold_items(party) if item["type"] == "table")
    assert (table["rows"], table["cols"], len(table["cells"])) == (6, 5, 26)
    wide = table["cells"][2]
    assert (wide["row_span"], wide["col_span"], wide["header"]) == (1, 2, True)


def test_gold_is_json_lines_with_the_hash_of_the_text() -> None:
    annotated = annotate(COMPANY)
    rows = [json.loads(line) for line in write_gold(annotated, "dev", b"%PDF").splitlines()]
    assert rows[0]["text"] == "corpus"
    assert rows[0]["document"] == "dev/muoi-hon-tranh-2023.pdf"
    assert {row["type"] for row in rows[1:]} == {
        "mention",
        "negative",
        "sentence",
        "section",
        "table",
        "relation",
    }


@pytest.mark.parametrize("path", [PARTY, COMPANY], ids=lambda path: path.stem)
def test_pdf_is_the_same_each_time(path: Path) -> None:
    pytest.importorskip("typst")
    source = annotate(path).source
    assert typeset_report(source) == typeset_report(source)


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("@para\nVăn bản.\n", 0, "unknown directive @para"),
        ("@p\nCó 12 hộ.\n", 1, "`12` stands outside any mark"),
        ("@p\nCó ⟦12 hộ|quantity number=12 unit=hộ.\n", 1, "mark not closed"),
        ("@p\nCó ⟦12 hộ|quantity number=12 unit=hộ size=3⟧.\n", 1, "`size` is no key of quantity"),
        ("@p\nCó ⟦12 hộ|figure number=12⟧.\n", 1, "unknown kind `figure`"),
        ("@p\nCó ⟦12 hộ|quantity number=21 unit=hộ⟧.\n", 1, "number=21 is not what `12 hộ` prints"),
        ("@p\nThu ⟦12 tỷ đồng|money number=12 scale=1000000 currency=VND⟧.\n", 1, "prints scale=1000000000"),
        ("@p\nVào ⟦31/6/2024|date date=2024-06-31⟧.\n", 1, "is no ISO date"),
        ("@p\nVào ⟦13/6/2024|date date=2024-06-12⟧.\n", 1, "is not the day printed"),
        ("@p\nCó chú thích[^1].\n", 1, "[^1] has no @note 1"),
        ("@p\n\n@p\nVăn bản.\n", 0, "the paragraph is empty"),
        ("Văn bản.\n", 0, "text outside a block"),
        ("@li Thiếu dấu đầu dòng.\n", 0, "a list item starts with its marker"),
        ("@p\nVăn bản.\n@relations\nSUM holds total=a part=b\n", 3, "no mark has the id a"),
        ("@p\nVăn bản.\n@relations\nADD holds total=a\n", 3, "a relation is `CODE verdict"),
        ("@table t1 cells=number\n| a | b |\n| c |\n---\n| 1 | 2 |\n@end-table\n", 2, "this row has 1 cells"),
        ("@table t1 cells=number\n| a | b |\n---\n| x | 12.5 |\n@end-table\n", 3, "no numeral as 1.234,5"),
    ],
)
def test_errors_name_the_line(tmp_path: Path, body: str, line: int, message: str) -> None:
    with pytest.raises(SourceError) as refused:
        read(tmp_path, body)
    assert f"x.report:{FIRST + line}: " in str(refused.value)
    assert message in str(refused.value)


FIGURES = """@p
⟦100 hộ|quantity number=100 unit=hộ #a⟧ ⟦60 hộ|quantity number=60 unit=hộ #b⟧
⟦41 hộ|quantity number=41 unit=hộ #c⟧
⟦2.674 hộ|quantity number=2674 unit=hộ comparator=more-than #d⟧ ⟦2.674 hộ|quantity number=2674 unit=hộ #e⟧
⟦51 hộ|quantity number=51 unit=hộ #f⟧ ⟦60,0%|percent number=60.0 #g⟧ ⟦34,06%|percent number=34.06 #h⟧
⟦2.555,069 tỷ đồng|money number=2555.069 scale=1000000000 currency=VND #i⟧
⟦7.500 tỷ đồng|money number=7500 scale=1000000000 currency=VND #j⟧ ⟦102,86%|percent number=102.86 #k⟧
⟦36 hộ|quantity number=36 unit=hộ #l⟧ ⟦40 hộ|quantity number=40 unit=hộ direction=decrease #m⟧
⟦40%|percent number=40 role=growth direction=decrease #n⟧ ⟦60,5%|percent number=60.5 estimate=yes #o⟧
⟦7.500,0 tỷ đồng|money number=7500.0 scale=1000000000 currency=VND #p⟧
⟦50 tạ/ha|quantity number=50 unit=tạ per=ha #q⟧
⟦40 ha|quantity number=40 unit=ha #r⟧ ⟦200 tấn|quantity number=200 unit=tấn #s⟧
⟦27/40 xã|quantity number=27 denominator=40 unit=xã #t⟧
⟦67,5%|percent number=67.5 #u⟧ ⟦1,5 lần|quantity number=1.5 unit=lần #v⟧ ⟦90 hộ|quantity number=90 unit=hộ #w⟧

@relations
"""


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        ("SUM total=a part=b part=c", "fails"),
        ("SUM total=a part=b list=open", "holds"),
        ("SUM total=d part=e part=f", "suspicious"),
        ("SUM total=d part=e", "fails"),
        ("SHARE part=b total=a ratio=g", "holds"),
        ("SHARE part=b total=a ratio=o", "suspicious"),
        ("PLAN actual=i plan=p ratio=h", "holds-by-truncation"),
        ("INT actual=l ratio=k", "holds"),
        ("DIFF actual=b base=a difference=m", "holds"),
        ("GROW actual=b base=a ratio=n", "holds"),
        ("GROW actual=w base=b growth-ratio=v", "holds"),
        ("COMPL total=a part=b result=m", "holds"),
        ("STOCK base=a part=m result=b", "holds"),
        ("AVG factor=q factor=r result=s", "holds"),
        ("XY part=t ratio=u", "holds"),
        ("SUM100 part=g part=n", "holds"),
        ("REP other=j other=p", "holds"),
        ("IMPL actual=i ratio=h", "not-checkable"),
        ("LIST total=l items=3", "fails"),
        ("HEDGE total=d part=e part=f", "suspicious"),
    ],
)
def test_verdicts_are_computed(tmp_path: Path, formula: str, verdict: str) -> None:
    code, _, operands = formula.partition(" ")
    assert len(read(tmp_path, f"{FIGURES}{code} {verdict} {operands}\n").relations) == 1
    wrong = "holds" if verdict != "holds" else "fails"
    with pytest.raises(SourceError, match=f"is stated `{wrong}` but computed `{verdict}`|needs"):
        read(tmp_path, f"{FIGURES}{code} {wrong} {operands}\n")


def test_units_and_places() -> None:
    assert unit_factor("triệu đồng") == (Fraction(10**6), True)
    assert unit_factor("1.000 tấn") == (Fraction(10**6), True)
    assert unit_factor("hộ") == (Fraction(1), False)
    assert [last_place(Fraction(value), 0) for value in (2674, 2600)] == [1, 100]
    assert read_numeral("1.2345") is None
