"""Scores: perfect on the gold itself, lowered by damage as computed by hand, text aligned."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import UNSET

import docanalyze
from docanalyze import Analysis, GoldError, MissingDocument, evaluate_analysis, load_gold, sum_scores
from docanalyze.cli import main
from docanalyze.core.analysis import encode_value
from docanalyze.core.relation import Evidence, Finding, Operand, Relation, ReportName, Text

TEXT = (
    "I. KẾT QUẢ\n\n- Thu ngân sách đạt 91,38 tỷ đồng, bằng 52,22% dự toán năm 2023. Tiếp 421 lượt người.\n\n"
    "Thực hiện Chỉ thị số 27-CT/TU ngày 19/10/2022, toàn huyện có hơn 320 hộ nghèo.\n"
)
Rows = list[dict[str, Any]]


def analyze(text: str = TEXT) -> Analysis:
    return docanalyze.analyze_bytes(text.encode(), name="bao-cao.txt")


def gold_rows(analysis: Analysis) -> Rows:
    """Return an analysis as the gold of its own text."""
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    rows: Rows = [
        {"gold": 1, "document": "bao-cao.txt", "sha256": digest, "text": "file", "text_sha256": digest,
         "scope": [[0, len(TEXT)]]}
    ]  # fmt: skip
    assert analysis.mentions is not UNSET
    assert analysis.sentences is not UNSET
    assert analysis.sections is not UNSET
    for mention in analysis.mentions:
        value = json.loads(encode_value(mention))["value"]
        kind = docanalyze.mention_kind(mention)
        rows.append(
            {"type": "mention", "id": mention.id, "kind": kind, "status": "core",
             "start": mention.start, "end": mention.end, "value": value}
        )  # fmt: skip
    rows += [{"type": "sentence", "id": s.id, "spans": [[s.start, s.end]]} for s in analysis.sentences]
    for section in analysis.sections:
        end = section.start + len("I. KẾT QUẢ")
        rows.append(
            {"type": "section", "id": section.id, "label": section.label, "level": section.level,
             "parent": None, "start": section.start, "end": end}
        )  # fmt: skip
    return rows


def write_gold(folder: Path, rows: Rows | None = None) -> Path:
    (folder / "bao-cao.txt").write_bytes(TEXT.encode())
    path = folder / "bao-cao.gold.jsonl"
    rows = gold_rows(analyze()) if rows is None else rows
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def mention_row(rows: Rows, text: str) -> dict[str, Any]:
    return next(row for row in rows if row.get("kind") and TEXT[row["start"] : row["end"]] == text)


def test_gold_against_itself_is_perfect(tmp_path: Path) -> None:
    analysis = analyze()
    scores = evaluate_analysis(load_gold(write_gold(tmp_path), root=tmp_path), analysis)
    total = sum_scores([scores])
    assert {"mention", "sentence", "section", "money"} <= total.keys()
    assert all(score.f1 == 1.0 and score.lenient_f1 == 1.0 for score in total.values())
    assert all(score.value_accuracy == 1.0 for score in scores.kinds.values())
    assert scores.misses == ()
    assert (scores.unaligned, scores.unplaced) == (0, 0)


def test_damage_lowers_the_score_as_computed_by_hand(tmp_path: Path) -> None:
    analysis = analyze()
    rows = gold_rows(analysis)
    mentions = [row for row in rows if row.get("kind")]
    mention_row(rows, "421 lượt người")["start"] -= len("Tiếp ")  # another beginning, same value
    mention_row(rows, "52,22%")["value"]["number"] = "52.23"  # same place, another value
    rows.remove(mention_row(rows, "91,38 tỷ đồng"))  # found, and not in the gold
    rows.append(
        {"type": "negative", "start": TEXT.index("91,38"), "end": TEXT.index("91,38") + 5, "role": "code"}
    )
    mention_row(rows, "320 hộ")["kind"] = "number"  # another kind
    rows.append({"type": "sentence", "id": "x9", "spans": [[0, 2]]})  # a sentence that nobody finds
    scores = evaluate_analysis(load_gold(write_gold(tmp_path, rows), root=tmp_path), analysis)
    kinds = scores.kinds
    count = {kind: sum(row["kind"] == kind for row in mentions) for kind in kinds}
    assert kinds["quantity"].gold == 1
    assert kinds["quantity"].found == 2
    assert kinds["quantity"].right == 0
    assert kinds["quantity"].near == 1
    assert (kinds["percent"].right, kinds["percent"].near, kinds["percent"].values) == (1, 0, 0)
    assert (kinds["money"].gold, kinds["money"].found) == (0, 1)
    assert (kinds["number"].gold, kinds["number"].found) == (1, 0)
    assert kinds["legal_ref"].f1 == 1.0
    assert kinds["legal_ref"].gold == count["legal_ref"] == 1
    assert scores.negatives == scores.negatives_hit == 1
    assert scores.sentences.recall == pytest.approx(scores.sentences.right / (scores.sentences.right + 1))
    assert sorted(miss.what for miss in scores.misses) == [
        "boundary", "false-alarm", "false-alarm", "missed", "value",
    ]  # fmt: skip
    total = sum_scores([scores])["mention"]
    assert total.right == len(mentions) - 3
    assert total.precision == pytest.approx((len(mentions) - 3) / len(mentions))
    assert total.recall == pytest.approx((len(mentions) - 3) / (len(mentions) - 1))


def test_texts_that_differ_in_line_ends_and_order_are_aligned(tmp_path: Path) -> None:
    gold = load_gold(write_gold(tmp_path), root=tmp_path)
    first, second, third = TEXT.strip().split("\n\n")
    moved = f"{first}\n\n{third.replace(' toàn huyện', '  toàn huyện')}\n\n{second}"
    scores = evaluate_analysis(gold, analyze(moved))
    assert scores.unaligned == 0
    assert all(score.f1 == 1.0 for score in scores.kinds.values())


def test_optional_mentions_and_labels_count_neither_way(tmp_path: Path) -> None:
    rows = gold_rows(analyze())
    mention_row(rows, "421 lượt người")["status"] = "optional"
    scores = evaluate_analysis(load_gold(write_gold(tmp_path, rows), root=tmp_path), analyze())
    assert (scores.kinds["quantity"].gold, scores.kinds["quantity"].found) == (1, 1)
    found_less = analyze(TEXT.replace("421 lượt người", "xyz lượt người"))
    scores = evaluate_analysis(load_gold(write_gold(tmp_path, rows), root=tmp_path), found_less)
    assert scores.kinds["quantity"].f1 == 1.0


def relate(analysis: Analysis, *, verdict: str = "fails", figures: tuple[str, ...] = ()) -> Analysis:
    """Return the analysis with one relation between the named figures, and a finding if it fails."""
    assert analysis.mentions is not UNSET
    mentions = [m for m in analysis.mentions if m.text in figures]
    relation = Relation(
        id="r1", code="SUM001", family="arithmetic", verdict=verdict,  # type: ignore[arg-type]
        operands=tuple(Operand(mention=m.id, role="part") for m in mentions),
    )  # fmt: skip
    finding = Finding(
        id="f1", report=ReportName(path="", sha256=""), code="SUM001", family="arithmetic", severity="error",
        message=Text(vi="", en=""),
        evidence=tuple(Evidence(role="part", start=m.start, end=m.end, text=m.text) for m in mentions),
    )  # fmt: skip
    findings = (finding,) if verdict == "fails" else ()
    return msgspec.structs.replace(analysis, relations=(relation,), findings=findings)


def test_relations_and_findings_are_scored_by_their_figures(tmp_path: Path) -> None:
    rows = gold_rows(analyze())
    wanted = [mention_row(rows, text)["id"] for text in ("91,38 tỷ đồng", "52,22%")]
    rows.append(
        {"type": "relation", "id": "r1", "code": "PLAN", "verdict": "fails",
         "operands": [{"mention": name, "role": "part"} for name in wanted]}
    )  # fmt: skip
    gold = load_gold(write_gold(tmp_path, rows), root=tmp_path)
    unchecked = docanalyze.analyze_bytes(TEXT.encode(), name="bao-cao.txt", until="tag")
    assert evaluate_analysis(gold, unchecked).relations is None
    right = evaluate_analysis(gold, relate(analyze(), figures=("91,38 tỷ đồng", "52,22%")))
    assert right.relations is not None
    assert right.findings is not None
    assert (right.relations.f1, right.relations.value_accuracy, right.findings.f1) == (1.0, 1.0, 1.0)
    silent = evaluate_analysis(gold, relate(analyze(), figures=("91,38 tỷ đồng", "52,22%"), verdict="holds"))
    assert silent.relations is not None
    assert silent.findings is not None
    assert (silent.relations.f1, silent.relations.value_accuracy) == (1.0, 0.0)
    assert (silent.findings.recall, silent.findings.found) == (0.0, 0)
    other = evaluate_analysis(gold, relate(analyze(), figures=("91,38 tỷ đồng", "421 lượt người")))
    assert other.relations is not None
    assert other.findings is not None
    assert (other.relations.right, other.findings.recall, other.findings.precision) == (0, 0.0, 0.0)


def test_what_is_no_gold_is_refused(tmp_path: Path) -> None:
    path = write_gold(tmp_path)
    with pytest.raises(MissingDocument):
        load_gold(path, root=tmp_path / "elsewhere")
    (tmp_path / "bao-cao.txt").write_text("khác", encoding="utf-8")
    with pytest.raises(GoldError, match="not the file"):
        load_gold(path, root=tmp_path)
    for content in ("", "{}", "[1]", '{"gold": 2}', "không"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(GoldError):
            load_gold(path, root=tmp_path)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"end": 9999}, "leaves the text"),
        ({"end": -1}, "leaves the text"),
        ({"start": TEXT.index("421") - 1}, "white space"),
        ({"value": {"number": "4.2.1"}}, "cannot be read"),
        ({"value": {"start": "2023-02-30"}}, "cannot be read"),
        ({"id": "m1"}, "used twice"),
        ({"start": TEXT.index("421") + 1}, "has no item"),
        ({"start": TEXT.index("421"), "end": TEXT.index("421") + 2}, "has no item"),
        ({"kind": "percent", "start": TEXT.index("52"), "end": TEXT.index("421") + 3}, "overlap"),
    ],
)
def test_gold_that_breaks_the_guideline_is_refused(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    rows = gold_rows(analyze())
    mention_row(rows, "421 lượt người").update(change)
    with pytest.raises(GoldError, match=reason):
        load_gold(write_gold(tmp_path, rows), root=tmp_path)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = gold_rows(analyze())
    mention_row(rows, "421 lượt người")["start"] -= len("Tiếp ")
    path = write_gold(tmp_path, rows)
    run = tmp_path / "run.json"
    given = ["--shared", str(tmp_path)]
    assert main(["evaluate", str(path), *given, "--misses", "3", "-o", str(run)]) == 0
    out = capsys.readouterr().out
    assert "sentence" in out
    assert "other ends: quantity 'Tiếp 421 lượt người'" in out
    assert main(["evaluate", str(tmp_path), *given, "--against", str(run), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["against"] == {"changes": [], "regraded": [], "unmatched": []}
    assert told["total"]["quantity"]["right"] == 1
    assert main(["evaluate", str(path), "--shared", str(tmp_path / "none")]) == 3
    assert main(["evaluate", str(tmp_path / "none")]) == 2
    assert main(["evaluate", str(path), *given, "--against", str(path)]) == 2


def test_what_was_gained_and_lost_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = load_gold(write_gold(tmp_path), root=tmp_path)
    worse = analyze(TEXT.replace("421 lượt", "4?1 lượt"))
    before = docanalyze.Run(version="1", documents=(evaluate_analysis(gold, worse),))
    kept = tmp_path / "before.json"
    kept.write_bytes(msgspec.json.encode(before))
    capsys.readouterr()
    given = ["--shared", str(tmp_path), "--against", str(kept)]
    assert main(["evaluate", str(gold.document.with_suffix(".gold.jsonl")), *given]) == 0
    out = capsys.readouterr().out
    assert "gained: bao-cao: missed: quantity '421 lượt người'" in out
    assert "lost:" not in out
