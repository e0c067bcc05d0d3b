"""Tables of analyses as Parquet: the columns that scripts rely on, exact figures, equal bytes."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docanalyze.cli import main
from docanalyze.core.analysis import Analysis
from docanalyze.output.parquet_files import ROWS, TableWriter, to_parquet
from docanalyze.output.tables import TABLES, Column
from docanalyze.pipeline import analyze_bytes, analyze_report
from tests import factories

parquet = pytest.importorskip("pyarrow.parquet")


def read(data: bytes) -> Any:
    return parquet.read_table(io.BytesIO(data))


def analyse(text: str) -> Analysis:
    return analyze_bytes(text.encode(), name="x.txt")


@pytest.fixture(scope="module")
def sample() -> Analysis:
    return analyze_report(factories.SAMPLE_2023)


def test_mentions_have_their_fixed_columns_and_a_row_each(sample: Analysis) -> None:
    table = read(to_parquet([sample]))
    assert table.num_rows == len(sample.mentions or ())
    fixed = [
        "document", "mention", "kind", "text", "start", "end", "page", "x0", "top", "x1", "bottom",
        "sentence", "table", "row", "col", "rule", "source", "confidence", "number", "number_text", "low",
        "low_text", "high", "high_text", "unit", "currency", "amount", "amount_text", "date",
        "period_start", "period_end", "canonical",
    ]  # fmt: skip
    assert set(fixed) <= set(table.column_names)
    assert str(table.schema.field("number").type) == "decimal128(38, 9)"
    rows = table.to_pylist()
    for mention, row in zip(sample.mentions or (), rows, strict=True):
        assert (row["mention"], row["text"]) == (mention.id, mention.text)
        assert row["page"] == (mention.boxes[0].page if mention.boxes else None)
    assert {row["source"] for row in rows} == {"text-layer"}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_written_with_rows_and_without(sample: Analysis, name: str) -> None:
    full, empty = read(to_parquet([sample], table=name)), read(to_parquet([], table=name))
    assert full.num_rows > 0 or name == "findings"
    assert (empty.num_rows, empty.schema) == (0, full.schema)


def test_figures_are_exact_or_left_to_their_text() -> None:
    long = "12345678901234567890123456789012"
    table = read(to_parquet([analyse(f"Thu được 1.234,5 tỷ đồng và {long} đồng, tăng 0,0000000001%.")]))
    rows = {row["number_text"]: row for row in table.to_pylist()}
    assert rows["1234.5"]["amount"] == Decimal("1234500000000")
    assert rows["1234.5"]["low_text"] == "1234450000000"
    assert rows[long]["number"] is None
    assert rows["0.0000000001"]["number"] is None


def test_operands_and_evidence_are_lists(sample: Analysis) -> None:
    relations = read(to_parquet([sample], table="relations")).to_pylist()
    first = (sample.relations or ())[0]
    assert relations[0]["operands"] == [{"mention": o.mention, "role": o.role} for o in first.operands]
    findings = read(to_parquet([sample], table="findings")).to_pylist()
    assert findings
    assert all(row["evidence"] and row["message_vi"] for row in findings)


def test_equal_analyses_give_equal_bytes(sample: Analysis) -> None:
    assert to_parquet([sample, sample]) == to_parquet([sample, sample])


def test_rows_are_written_in_groups_of_bounded_size() -> None:
    sink = io.BytesIO()
    column = Column("n", "whole", "a number", lambda value, _: value)
    with TableWriter(sink, [column], option="batch") as writer:
        for _ in range(3):
            writer.add({"n": list(range(ROWS))})
        writer.add({"n": [1]})
    assert parquet.ParquetFile(io.BytesIO(sink.getvalue())).num_row_groups == 4


def test_extract_writes_a_table_of_mentions(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Thu đạt 58,12% kế hoạch năm 2023.\n", encoding="utf-8")
    assert main(["extract", str(path), str(path), "-o", str(tmp_path / "x.parquet")]) == 0
    table = parquet.read_table(tmp_path / "x.parquet")
    assert table.column("text").to_pylist() == ["58,12%", "năm 2023"] * 2
