"""The corpus generator's own opinion on citations, days, numbering, hedges and equal figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.tools.gold import annotate, gold_items
from corpus.tools.numbering import check_numbering, read_labels
from corpus.tools.problems import SourceError

DATA = Path(__file__).resolve().parents[2] / "data" / "corpus"
SOURCE = (DATA / "xa-bai-gao-2024-q1.report").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        ("REF other=a other=da", "holds"),
        ("REF other=a other=da other=b other=db", "fails"),
        ("REF other=a other=dc", "fails"),
        ("REF base=a other=c other=dc", "fails"),
        ("REF base=c other=a other=da", "holds"),
        ("REF other=d", "fails"),
        ("REF other=e", "holds"),
        ("REF other=f", "fails"),
        ("REF other=g other=dg", "fails"),
        ("REF other=h", "fails"),
        ("REF other=i", "holds"),
        ("DATE other=da", "holds"),
        ("DATE other=late", "fails"),
        ("DATE other=late total=q", "holds"),
        ("DATE other=dg total=q", "fails"),
        ("DATE base=dc other=da", "fails"),
        ("DATE other=short", "holds"),
        ("DATE other=bad", "fails"),
        ("NUMB section=I section=II", "holds"),
        ("NUMB section=II section=I", "fails"),
        ("NUMB section=I/1 section=I/2 section=I/4", "fails"),
        ("NUMB table=t1 table=t2", "fails"),
        ("NUMB note=1 note=2", "holds"),
        ("HEDGE total=p120 part=p80 part=p46", "holds"),
        ("HEDGE total=p120 part=p80 part=p40", "suspicious"),
        ("HEDGE total=p120 part=p80 part=p61", "suspicious"),
        ("COIN other=p46 other=v46", "not-checkable"),
        ("COIN other=p46 other=v460", "fails"),
    ],
)
def test_verdicts_are_computed(tmp_path: Path, formula: str, verdict: str) -> None:
    path = tmp_path / "xa-bai-gao-2024-q1.report"
    code, _, operands = formula.partition(" ")
    path.write_text(f"{SOURCE}{code} {verdict} {operands}\n", encoding="utf-8")
    assert len(annotate(path).relations) == 1
    wrong = "holds" if verdict != "holds" else "fails"
    path.write_text(f"{SOURCE}{code} {wrong} {operands} ; in words\n", encoding="utf-8")
    with pytest.raises(SourceError, match=f"is stated `{wrong}` but computed `{verdict}`"):
        annotate(path)


def test_numbering_is_anchored_at_its_labels(tmp_path: Path) -> None:
    path = tmp_path / "xa-bai-gao-2024-q1.report"
    path.write_text(
        f"{SOURCE}NUMB fails table=t1 table=t2\nNUMB holds note=1 note=2\nNUMB holds section=I section=II\n",
        encoding="utf-8",
    )
    annotated = annotate(path)
    tables, notes, sections = (item for item in gold_items(annotated) if item["type"] == "relation")
    text = annotated.reference.text
    assert [text[slice(*anchor)] for anchor in tables["anchors"]] == ["1", "3"]
    assert tables["arithmetic"] == "1, 3: 3 after 1"
    assert [text[slice(*anchor)] for anchor in notes["anchors"]] == ["¹", "²"]
    assert "sections" not in notes
    assert len(sections["sections"]) == len(sections["anchors"]) == 2


def test_numbering_needs_two_labels(tmp_path: Path) -> None:
    path = tmp_path / "xa-bai-gao-2024-q1.report"
    path.write_text(f"{SOURCE}NUMB holds section=I\nNUMB holds table=t1 table=t9\n", encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        annotate(path)
    assert "NUMB needs two labels" in str(refused.value)
    assert "has no label" in str(refused.value)


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (["I", "II", "III", "IV"], [1, 2, 3, 4]),
        (["A", "B", "C"], [1, 2, 3]),
        (["a", "b", "c", "d", "đ", "e", "g"], [1, 2, 3, 4, 5, 6, 7]),
        (["1.1", "1.2", "1.4"], [1, 2, 4]),
        (["01", "02"], [1, 2]),
        (["thứ nhất", "thứ hai"], [1, 2]),
        (["THỨ NHẤT", "THỨ TƯ"], [1, 4]),
        (["XVIII", "XIX"], [18, 19]),
    ],
)
def test_labels_are_read_in_one_style(labels: list[str], numbers: list[int]) -> None:
    assert read_labels(labels) == numbers


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert check_numbering(["a", "b", "c", "d", "e"])[0] == "fails"
    assert check_numbering(["1", "2", "2"]) == ("fails", "1, 2, 2: 2 after 2")
    assert check_numbering(["2", "3"])[0] == "fails"
    assert check_numbering(["1", "I"])[0] == "not-checkable"
