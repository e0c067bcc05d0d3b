"""Agreement of two annotators: a second pass on a tenth of `dev/`, scored as an analysis is.

Usage: ``python -m corpus.tools.agreement [--draw | --misses]``. Without an option the table is printed;
``--draw`` prints the blocks that a second annotator is given, without the gold; ``--misses`` what differs.

The second pass (`corpus/agreement/second.txt`) has `== REPORT:NUMBER` before each block, then a sentence
a line with the marks of a source, then `= CODE verdict role=id …` for relations whose figures all stand in
the block. Blocks are counted from 1 in the report's text, tables and letterhead included; a block is drawn
if the hash of `REPORT:NUMBER` is a multiple of ten, it is no table, and the gold's scope holds it. Reports of
which the second pass has no block came later and are left aside.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from corpus.tools.marks import Line, Mark, read_line
from corpus.tools.problems import Problems
from docanalyze import Analysis, load_gold
from docanalyze.core.analysis import Sentence, Source, Tool
from docanalyze.core.mention import Mention
from docanalyze.core.relation import Operand, Relation
from docanalyze.core.span import Span
from docanalyze.evaluate.run import evaluate_analysis
from docanalyze.evaluate.scores import Score, Scores, sum_scores
from docanalyze.gold.items import Gold

CORPUS = Path(__file__).resolve().parent.parent
SECOND = CORPUS / "agreement" / "second.txt"
_ONE_IN = 10


@dataclass
class Drawn:
    """A block of a report's text that the second annotator is given."""

    name: str
    start: int
    end: int
    text: str


@dataclass
class Again:
    """A block as annotated the second time."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    relations: list[list[str]] = field(default_factory=list)


def draw_blocks(gold: Gold) -> list[Drawn]:
    """Return the blocks of a report that are drawn, in the order of the text."""
    drawn, start = [], 0
    report = gold.document.stem
    for number, block in enumerate(gold.text.split("\n\n"), 1):
        end = start + len(block)
        name = f"{report}:{number}"
        told = any(scope.start <= start and end <= scope.end for scope in gold.scope)
        chosen = int(hashlib.sha256(name.encode()).hexdigest(), 16) % _ONE_IN == 0
        if chosen and told and block.strip() and "\t" not in block:
            drawn.append(Drawn(name, start, end, block))
        start = end + 2
    return drawn


def read_second(path: Path = SECOND) -> dict[str, Again]:
    """Return the blocks of the second pass by name.

    Raises:
        SourceError: a mark breaks the format of the sources.
    """
    problems = Problems(path)
    blocks: dict[str, Again] = {}
    current: Again | None = None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if raw.startswith("== "):
            current = Again(raw[3:].strip(), number)
            blocks[current.name] = current
        elif current is None or not raw.strip():
            continue
        elif raw.startswith("= "):
            current.relations.append(raw[2:].split())
        else:
            current.lines.append(read_line(raw, number, problems))
    problems.raise_any()
    return blocks


def build_analysis(gold: Gold, drawn: list[Drawn], second: dict[str, Again]) -> Analysis:
    """Return the second pass over a report as an analysis of its text."""
    mentions: list[Mention] = []
    sentences: list[Sentence] = []
    relations: list[Relation] = []
    for block in drawn:
        again, at = second[block.name], block.start
        ids: dict[str, str] = {}
        for line in again.lines:
            at = gold.text.index(line.text, at, block.end)
            span = Span(at, at + len(line.text))
            sentences.append(Sentence(id=f"s{len(sentences)}", start=span.start, end=span.end, spans=(span,)))
            for mark in line.marks:
                if mark.status == "core" and mark.kind != "neg":
                    mentions.append(_make_mention(mark.moved(at), f"m{len(mentions)}"))
                    ids[mark.name] = mentions[-1].id
            at = span.end
        for code, verdict, *words in again.relations:
            pairs = [word.split("=") for word in words]
            operands = [{"mention": ids[name], "role": role} for role, name in pairs if name in ids]
            relations.append(_make_relation(code, verdict, operands))
    return Analysis(
        schema_version="1", status="ok", stages=(), tool=Tool(version="1", engines={}, options={}),
        source=Source(path=gold.document.name, sha256="", media_type="text/plain"), text=gold.text,
        blocks=(), tables=(), warnings=(), sentences=tuple(sentences),
        mentions=tuple(mentions), relations=tuple(relations),
    )  # fmt: skip


def _make_mention(mark: Mark, name: str) -> Mention:
    value: dict[str, Any] = dict(mark.value)
    if "implied" in value:
        value["implied"] = [value["implied"]]
    plain = {
        "kind": mark.kind, "id": name, "text": mark.surface, "start": mark.start, "end": mark.end,
        "rule": "second-pass", "value": value,
    }  # fmt: skip
    return msgspec.convert(plain, Mention, strict=False)  # type: ignore[arg-type]


def _make_relation(code: str, verdict: str, operands: list[dict[str, str]]) -> Relation:
    plain = {"code": code, "family": "arithmetic", "verdict": verdict}
    made = msgspec.convert(plain, Relation)
    return msgspec.structs.replace(made, operands=tuple(Operand(**operand) for operand in operands))


def narrow_gold(gold: Gold, drawn: list[Drawn]) -> Gold:
    """Return the gold of the drawn blocks alone: relations whose figures all stand in one of them."""
    spans = [Span(block.start, block.end) for block in drawn]
    block_of = {
        mention.id: at
        for mention in gold.mentions
        for at, span in enumerate(spans)
        if span.start <= mention.start < span.end
    }
    inside = [
        relation
        for relation in gold.relations
        if len({block_of.get(operand.mention) for operand in relation.operands}) == 1
        and relation.operands[0].mention in block_of
    ]
    return msgspec.structs.replace(
        gold,
        scope=tuple(spans),
        complete=False,
        mentions=tuple(mention for mention in gold.mentions if mention.id in block_of),
        sections=(),
        tables=(),
        relations=tuple(inside),
    )


def score_second() -> Iterator[Scores]:
    """Yield the scores of the second pass, a report at a time."""
    second = read_second()
    for path in sorted((CORPUS / "dev").glob("*.gold.jsonl")):
        gold = load_gold(path)
        drawn = draw_blocks(gold)
        if any(block.name in second for block in drawn):
            narrow = narrow_gold(gold, drawn)
            yield evaluate_analysis(narrow, build_analysis(gold, drawn, second))


def show_table(total: dict[str, Score]) -> str:
    """Return the scores as a table in Markdown."""
    lines = [
        "| what | first | second | F1 | lenient F1 | values equal |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, score in total.items():
        if score.gold or score.found:
            near, values = f"{score.lenient_f1:.3f}", f"{score.value_accuracy:.3f}"
            near = "" if name in ("sentence", "relation") else near
            values = "" if name == "sentence" else values
            lines.append(f"| {name} | {score.gold} | {score.found} | {score.f1:.3f} | {near} | {values} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Run the command line; the result is the exit code."""
    parser = argparse.ArgumentParser(description="Agreement of a second annotator with the gold of dev/.")
    parser.add_argument("--draw", action="store_true", help="print the blocks that are drawn, without gold")
    parser.add_argument("--misses", action="store_true", help="print every mention that differs")
    options = parser.parse_args(arguments)
    if options.draw:
        for path in sorted((CORPUS / "dev").glob("*.gold.jsonl")):
            for block in draw_blocks(load_gold(path)):
                sys.stdout.write(f"== {block.name}\n{block.text}\n\n")
        return 0
    scores = list(score_second())
    sys.stdout.write(show_table(sum_scores(scores)))
    for each in scores if options.misses else ():
        for miss in each.misses:
            sys.stdout.write(
                f"{each.name}: {miss.what} {miss.kind} `{miss.text}` {miss.detail or miss.found or ''}"
                f" … {miss.context}\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
