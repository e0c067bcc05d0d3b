"""`docanalyze evaluate`: analyses against gold."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from docanalyze.cli import print_error
from docanalyze.cli.extract import write_file
from docanalyze.core.errors import Language, UsageError
from docanalyze.core.mention import KINDS
from docanalyze.evaluate import Score, Scores, evaluate_analysis
from docanalyze.gold import GoldError, MissingDocument, load_gold
from docanalyze.pipeline import analyze_report

_WORDS: dict[str, dict[Language, str]] = {
    "gained": {"en": "gained", "vi": "tìm thêm"},
    "lost": {"en": "lost", "vi": "mất đi"},
    "nothing": {"en": "no gold was scored", "vi": "không chấm được tệp nào"},
}


def run(options: argparse.Namespace) -> int:
    """Print the scores of every gold file whose document is here; return the exit code."""
    language: Language = options.lang or "en"
    scored: list[Scores] = []
    code = 0
    for path in _find_gold(options.gold):
        try:
            gold = load_gold(path, shared=Path(options.shared) if options.shared else _find_shared(path))
        except MissingDocument as error:
            print_error(error, language)
            continue
        except GoldError as error:
            print_error(error, language)
            code = 3
            continue
        scored.append(evaluate_analysis(gold, analyze_report(gold.document)))
    if not scored:
        print(f"docanalyze: {_WORDS['nothing'][language]}.", file=sys.stderr)
        return code or 3
    if options.output:
        write_file(Path(options.output), [msgspec.json.format(msgspec.json.encode(scored), indent=1)])
    if options.json:
        print(json.dumps([_as_json(scores) for scores in scored], ensure_ascii=False, indent=1))
    else:
        _show(scored, options.misses)
    if options.against:
        _show_changes(Path(options.against), scored, language)
    return code


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


def _find_shared(path: Path) -> Path | None:
    """Return the folder `shared/` beside one of the folders that hold the gold file."""
    beside = (parent / "shared" for parent in path.resolve().parents)
    return next((folder for folder in beside if (folder / "reports").is_dir()), None)


def _as_json(scores: Scores) -> dict[str, Any]:
    rows = {**scores.kinds, "sentence": scores.sentences}
    return {
        "name": scores.name,
        "scores": {kind: _row(score) for kind, score in rows.items() if score.gold or score.found},
        "negatives": scores.negatives,
        "negatives_hit": scores.negatives_hit,
        "unaligned": scores.unaligned,
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
        "value_accuracy": round(score.value_accuracy, 4),
    }


def _show(scored: list[Scores], misses: int) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    table = Table("kind", "gold", "found", "precision", "recall", "F1", "values right")
    for kind in (*KINDS, "sentence"):
        parts = [scores.sentences if kind == "sentence" else scores.kinds[kind] for scores in scored]
        total = sum(parts, Score(gold=0, found=0, right=0))
        if total.gold or total.found:
            values = "" if kind == "sentence" else f"{total.value_accuracy:.3f}"
            numbers = (f"{n:.3f}" for n in (total.precision, total.recall, total.f1))
            table.add_row(kind, str(total.gold), str(total.found), *numbers, values)
    console.print(table)
    for scores in scored:
        right = sum(scores.kinds.values(), Score(gold=0, found=0, right=0))
        console.print(
            f"{scores.name}: mentions F1 {right.f1:.3f}, sentences F1 {scores.sentences.f1:.3f}, "
            f"{scores.negatives_hit} of {scores.negatives} negatives hit, {scores.unaligned} without a place"
        )
        for miss in scores.misses[:misses]:
            console.print(f"  {miss.what} {miss.kind} {miss.text!r}: … {miss.context} …", markup=False)


def _show_changes(path: Path, scored: list[Scores], language: Language) -> None:
    try:
        before = msgspec.json.decode(path.read_bytes(), type=list[Scores])
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(reason=f"--against {path}: not a run kept with -o ({error})") from error
    old = {(scores.name, miss) for scores in before for miss in scores.misses}
    new = {(scores.name, miss) for scores in scored for miss in scores.misses}
    for word, changes in (("gained", old - new), ("lost", new - old)):
        for name, miss in sorted(changes, key=lambda change: (change[0], change[1].context)):
            print(f"{_WORDS[word][language]}: {name}: {miss.what} {miss.kind} {miss.text!r}")
