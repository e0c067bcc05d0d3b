from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

import docanalyze
from docanalyze import Analysis, GoldError, MissingDocument, evaluate_analysis, load_gold
from docanalyze.cli import main
from docanalyze.core.analysis import encode_value

TEXT = (
    "I. KẾT QUẢ\n\n- Thu ngân sách đạt 91,38 tỷ đồng, bằng 52,22% dự toán năm 2023. Tiếp 421 lượt người.\n\n"
    "Thực hiện Chỉ thị số 27-CT/TU ngày 19/10/2022, toàn huyện có hơn 320 hộ nghèo.\n"
)


def analyze() -> Analysis:
    return docanalyze.analyze_bytes(TEXT.encode(), name="bao-cao.txt")


def write_gold(folder: Path, analysis: Analysis, *, damage: int = 0) -> Path:
    """Write an analysis as the gold of its own text; `damage` mentions are moved by a character."""
    (folder / "bao-cao.txt").write_bytes(TEXT.encode())
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    rows: list[dict[str, Any]] = [
        {"gold": 1, "document": "bao-cao.txt", "sha256": digest, "text": "file", "text_sha256": digest,
         "scope": [[0, len(TEXT)]]}
    ]  # fmt: skip
    assert analysis.mentions is not UNSET
    assert analysis.sentences is not UNSET
    for number, mention in enumerate(analysis.mentions):
        value = json.loads(encode_value(mention))["value"]
        end = mention.end + (2 if number < damage else 0)
        rows.append(
            {"type": "mention", "id": mention.id, "kind": docanalyze.mention_kind(mention), "status": "core",
             "start": mention.start, "end": end, "value": value}
        )  # fmt: skip
    rows.extend({"type": "sentence", "id": s.id, "spans": [[s.start, s.end]]} for s in analysis.sentences)
    path = folder / "bao-cao.gold.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_gold_against_itself_is_perfect(tmp_path: Path) -> None:
    analysis = analyze()
    scores = evaluate_analysis(load_gold(write_gold(tmp_path, analysis), shared=tmp_path), analysis)
    assert all(score.f1 == 1.0 and score.value_accuracy == 1.0 for score in scores.kinds.values())
    assert scores.sentences.f1 == 1.0
    assert scores.misses == ()


def test_damage_lowers_the_score_as_computed_by_hand(tmp_path: Path) -> None:
    analysis = analyze()
    assert analysis.mentions is not UNSET
    count = len(analysis.mentions)
    gold = load_gold(write_gold(tmp_path, analysis, damage=2), shared=tmp_path)
    scores = evaluate_analysis(gold, analysis)
    total = sum(scores.kinds.values(), docanalyze.Score(gold=0, found=0, right=0))
    assert (total.gold, total.found, total.right) == (count, count, count - 2)
    assert total.f1 == pytest.approx((count - 2) / count)
    assert sorted(miss.what for miss in scores.misses) == ["missed", "missed", "too much", "too much"]


def test_texts_that_differ_in_line_ends_and_order_are_aligned(tmp_path: Path) -> None:
    gold = load_gold(write_gold(tmp_path, analyze()), shared=tmp_path)
    first, second, third = TEXT.strip().split("\n\n")
    moved = f"{first}\n\n{third.replace(' toàn huyện', '  toàn huyện')}\n\n{second}"
    other = docanalyze.analyze_bytes(moved.encode(), name="x.txt")
    scores = evaluate_analysis(gold, other)
    assert scores.unaligned == 0
    assert all(score.f1 == 1.0 for score in scores.kinds.values())


def test_wrong_values_are_told_from_wrong_places(tmp_path: Path) -> None:
    path = write_gold(tmp_path, analyze())
    path.write_text(path.read_text(encoding="utf-8").replace('"52.22"', '"52.23"'), encoding="utf-8")
    scores = evaluate_analysis(load_gold(path, shared=tmp_path), analyze())
    assert scores.kinds["percent"].f1 == 1.0
    assert scores.kinds["percent"].value_accuracy == 0.0
    assert "52.23" in scores.misses[0].what


def test_what_is_no_gold_is_refused(tmp_path: Path) -> None:
    path = write_gold(tmp_path, analyze())
    with pytest.raises(MissingDocument):
        load_gold(path)
    (tmp_path / "bao-cao.txt").write_text("khác", encoding="utf-8")
    with pytest.raises(GoldError, match="not the file"):
        load_gold(path, shared=tmp_path)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(GoldError):
        load_gold(path, shared=tmp_path)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_gold(tmp_path, analyze(), damage=1)
    run = tmp_path / "run.json"
    assert main(["evaluate", str(path), "--shared", str(tmp_path), "--misses", "3", "-o", str(run)]) == 0
    out = capsys.readouterr().out
    assert "sentence" in out
    assert "missed" in out
    write_gold(tmp_path, analyze())
    assert main(["evaluate", str(tmp_path), "--shared", str(tmp_path), "--against", str(run), "--json"]) == 0
    out = capsys.readouterr().out
    assert "gained: bao-cao: missed" in out
    assert main(["evaluate", str(path)]) == 3
    assert main(["evaluate", str(tmp_path / "none")]) == 2


def test_gold_of_the_corpus_is_sound(shared: Path) -> None:
    root = Path(__file__).resolve().parents[3] / "corpus"
    paths = sorted(root.glob("dev/*.gold.jsonl")) + sorted(root.glob("standoff/*.gold.jsonl"))
    assert len(paths) >= 12
    for path in paths:
        gold = load_gold(path, shared=shared)
        ids = [mention["id"] for mention in gold.mentions]
        assert len(ids) == len(set(ids))
        known = set(ids)
        for relation in gold.relations:
            assert all(operand.get("mention") in known for operand in relation["operands"]), path.name
