"""`docanalyze evaluate`: analyses against gold."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

import docanalyze
from docanalyze.cli import print_error
from docanalyze.cli.extract import write_file
from docanalyze.cli.progress import show_progress
from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import Language, UsageError
from docanalyze.evaluate.run import Run, compare_runs, evaluate_analysis
from docanalyze.evaluate.scores import Miss, Score, Scores, sum_scores
from docanalyze.gold.items import Gold
from docanalyze.gold.load import GoldError, MissingDocument, load_gold
from docanalyze.pipeline import analyze_bytes, analyze_report

_WORDS: dict[str, dict[Language, str]] = {
    "gained": {"en": "gained", "vi": "tìm thêm"},
    "lost": {"en": "lost", "vi": "mất đi"},
    "regraded": {"en": "its gold has changed since", "vi": "chú giải chuẩn đã thay đổi"},
    "unmatched": {"en": "in one of the two runs only", "vi": "chỉ có trong một lần chấm"},
    "nothing": {"en": "no gold was scored", "vi": "không chấm được tệp nào"},
    "missed": {"en": "missed", "vi": "bỏ sót"},
    "boundary": {"en": "other ends", "vi": "sai ranh giới"},
    "value": {"en": "other value", "vi": "sai giá trị"},
    "false-alarm": {"en": "false alarm", "vi": "báo thừa"},
}
_HEAD: dict[Language, tuple[str, ...]] = {
    "en": ("kind", "gold", "found", "precision", "recall", "F1", "lenient F1", "values right"),
    "vi": ("loại", "chuẩn", "tìm được", "độ chính xác", "độ phủ", "F1", "F1 nới", "đúng giá trị"),
}
_PLAIN = ("sentence", "section", "cell")
"""Rows whose lenient score is the strict one, and which have no values."""


def run(options: argparse.Namespace) -> int:
    """Print the scores of every gold file whose document is here; return the exit code."""
    language: Language = options.lang or "en"
    before = _load_run(Path(options.against)) if options.against else None
    scored: list[Scores] = []
    paths = _find_gold(options.gold)
    if options.peers:
        return _run_peers(paths, options, language)
    code = 0
    with show_progress([str(path) for path in paths]) as progress:
        for path in paths:
            try:
                gold = load_gold(path, root=Path(options.shared) if options.shared else None)
            except MissingDocument as error:
                print_error(error, language)
                continue
            except GoldError as error:
                print_error(error, language)
                code = 3
                continue
            scored.append(evaluate_analysis(gold, _analyze(gold, from_text=options.text)))
            progress.file_done(path.name)
    if not scored:
        print(f"docanalyze: {_WORDS['nothing'][language]}.", file=sys.stderr)
        return code or 3
    this = Run(version=docanalyze.__version__, documents=tuple(scored))
    if options.output:
        write_file(Path(options.output), [msgspec.json.format(msgspec.json.encode(this), indent=1)])
    if options.json:
        print(json.dumps(_as_json(this, before), ensure_ascii=False, indent=1))
        return code
    _show(scored, options.misses, language)
    if before is not None:
        _show_changes(before, this, language)
    return code


def _run_peers(paths: list[Path], options: argparse.Namespace, language: Language) -> int:
    from docanalyze.cli.show_peers import show_peers
    from docanalyze.peers import score_peers

    for name in ("text", "output", "against", "misses"):
        if getattr(options, name):
            raise UsageError(reason=f"--peers goes with --json and --shared only, not with --{name}")
    golds: list[Gold] = []
    for path in paths:
        try:
            golds.append(load_gold(path, root=Path(options.shared) if options.shared else None))
        except (MissingDocument, GoldError) as error:
            print_error(error, language)
    if not golds:
        print(f"docanalyze: {_WORDS['nothing'][language]}.", file=sys.stderr)
        return 3
    with show_progress([str(gold.document) for gold in golds]) as progress:
        rows = score_peers(golds, watch=progress.file_done)
    if options.json:
        plain = [
            {
                "name": row.name,
                "missing": row.missing,
                "failed": row.failed,
                "scores": {k: _row(v) for k, v in row.scores.items()},
            }
            for row in rows
        ]
        print(json.dumps({"version": docanalyze.__version__, "peers": plain}, ensure_ascii=False, indent=1))
    else:
        show_peers(rows, language)
    return 0 if len(golds) == len(paths) else 3


def _analyze(gold: Gold, *, from_text: bool) -> Analysis:
    if from_text:
        return analyze_bytes(gold.text.encode(), name=f"{gold.name}.txt")
    return analyze_report(gold.document)


def _find_gold(names: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found.extend(sorted(path.rglob("*.gold.jsonl")))
        elif path.is_file():
            found.append(path)
        else:
            raise UsageError(reason=f"{name}: no such gold file or folder")
    return found


def _load_run(path: Path) -> Run:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Run)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(reason=f"--against {path}: not a run kept with -o ({error})") from error


def _as_json(this: Run, before: Run | None) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "version": this.version,
        "total": {name: _row(score) for name, score in sum_scores(list(this.documents)).items()},
        "documents": [_document(scores) for scores in this.documents],
    }
    if before is not None:
        plain["against"] = msgspec.to_builtins(compare_runs(before, this))
    return plain


def _document(scores: Scores) -> dict[str, Any]:
    rows = sum_scores([scores])
    return {
        "name": scores.name,
        "scores": {name: _row(score) for name, score in rows.items() if score.gold or score.found},
        "keys": {key: [score.right, score.gold] for key, score in scores.keys.items()},
        "negatives": scores.negatives,
        "negatives_hit": scores.negatives_hit,
        "unaligned": scores.unaligned,
        "unplaced": scores.unplaced,
        "misses": msgspec.to_builtins(scores.misses),
    }


def _row(score: Score) -> dict[str, float]:
    return {
        "gold": score.gold,
        "found": score.found,
        "right": score.right,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "lenient_f1": round(score.lenient_f1, 4),
        "value_accuracy": round(score.value_accuracy, 4),
    }


def _show(scored: list[Scores], misses: int, language: Language) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
    table = Table(*_HEAD[language])
    for kind, total in sum_scores(scored).items():
        if not (total.gold or total.found):
            continue
        numbers = [f"{n:.3f}" for n in (total.precision, total.recall, total.f1)]
        if kind not in _PLAIN:
            numbers.append("" if kind in ("relation", "finding") else f"{total.lenient_f1:.3f}")
            numbers.append("" if kind == "finding" else f"{total.value_accuracy:.3f}")
        table.add_row(kind, str(total.gold), str(total.found), *numbers)
    console.print(table)
    for scores in scored:
        rows = sum_scores([scores])
        console.print(
            f"{scores.name}: mentions F1 {rows['mention'].f1:.3f}, sentences F1 {scores.sentences.f1:.3f}, "
            f"{scores.negatives_hit} of {scores.negatives} negatives hit, {scores.unaligned} without a place",
            soft_wrap=True,
        )
        for miss in scores.misses[:misses]:
            console.print(f"  {_tell(miss, language)}", markup=False, soft_wrap=True)


def _tell(miss: Miss, language: Language) -> str:
    detail = f" ({miss.detail})" if miss.detail else f" -> {miss.found}" if miss.found else ""
    return f"{_WORDS[miss.what][language]}: {miss.kind} {miss.text!r}{detail}: … {miss.context} …"


def _show_changes(before: Run, this: Run, language: Language) -> None:
    changes = compare_runs(before, this)
    for change in changes.changes:
        print(f"{_WORDS[change.what][language]}: {change.name}: {_tell(change.miss, language)}")
    for word, names in (("regraded", changes.regraded), ("unmatched", changes.unmatched)):
        for name in names:
            print(f"{name}: {_WORDS[word][language]}")
