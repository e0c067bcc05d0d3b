"""Born-digital reports read back: `python -m tests.benchmarks.layout [--seed FILE]`.

The reports of the corpus as their PDFs are, and set anew by WeasyPrint (`pip install weasyprint`)
and LibreOffice (`apt-get install libreoffice-writer`), with running heads, page numbers, notes and
page turns inside paragraphs. Every deviation from what was set is named with `--show`:

- characters: all blocks in reading order, then the notes, against the source (white space folded);
- blocks: paragraphs, headings, titles, items that are one block, to the letter;
- turns: blocks cut by a page end, and how many of them are whole;
- heads, numbers, notes: labelled as such, of those printed.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

import pypdfium2
from rich.console import Console
from rich.table import Table

import docanalyze
from tests.benchmarks.ocr import count_errors, fold
from tests.benchmarks.typeset.markup import write_flat_odt, write_html
from tests.benchmarks.typeset.source import Paper, read_corpus_report, read_plain_report
from tests.factories import SAMPLES

_ASIDE = ("header", "footer", "page-number", "footnote", "stamp")
_KINDS = {
    "title": ("title",), "addressee": ("paragraph", "title"), "basis": ("basis",), "heading": ("heading",),
    "caption": ("caption", "heading"), "paragraph": ("paragraph", "list-item"),
}  # fmt: skip
_NEVER_A_BLOCK = ("letterhead", "recipients", "signature", "table")


def set_weasyprint(paper: Paper, folder: Path) -> Path:
    """Return the PDF that WeasyPrint makes of a paper."""
    os.environ["FONTCONFIG_FILE"] = str(_write_font_list(folder))
    from weasyprint import HTML

    target = folder / f"{paper.name}.wp.pdf"
    HTML(string=write_html(paper)).write_pdf(target)
    return target


def set_libreoffice(paper: Paper, folder: Path) -> Path:
    """Return the PDF that LibreOffice makes of a paper."""
    source = folder / f"{paper.name}.lo.fodt"
    source.write_text(write_flat_odt(paper), encoding="utf-8")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to"]
    command += ["pdf", "--outdir", str(folder), str(source)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(_write_font_list(folder))}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
    return source.with_suffix(".pdf")


def _write_font_list(folder: Path) -> Path:
    """Return a configuration that shows a typesetter the fonts of the samples only."""
    path = folder / "fonts.conf"
    path.write_text(
        f"<fontconfig><dir>{SAMPLES / 'fonts'}</dir><cachedir>{folder}/fonts</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return path


SETTERS = {"weasyprint": set_weasyprint, "libreoffice": set_libreoffice}


@dataclass
class Score:
    """What came out right, of what there is."""

    letters: int = 0
    errors: int = 0
    blocks: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    deviations: list[str] = field(default_factory=list)

    def count(self, what: str, *, right: bool, name: str = "") -> None:
        """Count one thing; name it if it went wrong."""
        self.blocks[what] += 1
        self.right[what] += right
        if not right:
            self.deviations.append(f"{what}: {name}")

    def row(self) -> list[str]:
        """Return the score as the cells of a table."""
        cells = [f"{100 * self.errors / max(1, self.letters):.3f} ({self.letters})"]
        for what in ("block", "turn", "head", "number", "note", "kind"):
            cells.append(f"{self.right[what]} of {self.blocks[what]}")
        cells[1] += f" = {self.right['block'] / max(1, self.blocks['block']):.4f}"
        return cells


def list_truth(paper: Paper) -> list[tuple[str, str]]:
    """Return kind and text of every block of a paper in reading order, notes aside."""
    truth: list[tuple[str, str]] = []
    if paper.under:
        truth += [("letterhead", " ".join([*paper.left, paper.under[0]]))]
        truth += [("letterhead", " ".join([*paper.right, paper.under[1]]))]
    for item in paper.items:
        if item.unit:
            truth.append(("unit", item.unit))
        if item.kind == "table":
            truth.append(("table", " ".join(cell[5] for cell in item.cells if cell[5])))
        else:
            truth.append((item.kind, item.text))
    if paper.signer:
        truth += [("recipients", " ".join(["Nơi nhận:", *(f"- {r}" for r in paper.recipients)]))]
        truth += [("signature", " ".join([*paper.authority, paper.signer]))]
    return [(kind, fold(text)) for kind, text in truth]


def judge(paper: Paper, path: Path, score: Score) -> None:
    """Read a PDF and add to the score."""
    analysis = docanalyze.analyze_report(path, until="read", ocr="never")
    blocks = [(b, fold(analysis.text[b.start : b.end])) for b in analysis.blocks]
    body = [(b, text) for b, text in blocks if b.kind not in _ASIDE]
    truth = list_truth(paper)
    notes = [fold(note) for item in paper.items for note in item.notes]
    found_notes = [(b, text.lstrip("⁰¹²³⁴⁵⁶⁷⁸⁹ ")) for b, text in blocks if b.kind == "footnote"]
    for at, note in enumerate(notes):
        ok = any(
            text == note and b.marker == str(at + 1) and len(b.refers_from) == 1 for b, text in found_notes
        )
        score.count("note", right=ok, name=f"{path.name}: {at + 1} {note[:80]}")
    wanted = " ".join([*(text for _, text in truth), *notes])
    found = " ".join([*(text for _, text in body), *(text for _, text in found_notes)])
    errors = count_errors(found, fold(wanted))
    score.letters += len(wanted)
    score.errors += errors
    if errors:
        score.deviations.append(f"characters: {path.name}: {errors} of {len(wanted)}")
    _judge_blocks(path, truth, body, score)
    _judge_furniture(paper, path, [(b, t) for b, t in blocks if b.kind in _ASIDE[:3]], score)


def _judge_blocks(path: Path, truth: list[tuple[str, str]], body: list[tuple], score: Score) -> None:
    at = 0
    for kind, text in truth:
        if kind in _NEVER_A_BLOCK:
            continue
        hit = next((i for i in range(at, len(body)) if body[i][1] == text), None)
        if kind != "unit":
            name = f"{path.name}: {kind} {_compare(text, body[at:])}" if hit is None else ""
            score.count("block", right=hit is not None, name=name)
        if hit is not None:
            at = hit + 1
            block = body[hit][0]
            if kind in _KINDS:
                right = block.kind in _KINDS[kind]
                score.count(
                    "kind", right=right, name=f"{path.name}: {kind} read as {block.kind}: {text[:80]}"
                )
            if len({box.page for box in block.boxes}) > 1:
                score.count("turn", right=True)
            continue
        for i, (block, start) in enumerate(body[at:-1], at):
            if text.startswith(start) and body[i + 1][0].boxes[0].page > block.boxes[-1].page:
                score.count("turn", right=False, name=f"{path.name}: …{start[-50:]} | {body[i + 1][1][:50]}")
                break


def _compare(text: str, body: list[tuple]) -> str:
    """Return where a text and the block that begins most like it part."""
    same, near = max(
        (
            (
                sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False))),
                other,
            )
            for _, other in body
        ),
        default=(0, ""),
    )
    return f"…{text[max(0, same - 40) : same]}[{text[same : same + 40]}], read [{near[same : same + 40]}]"


def _judge_furniture(paper: Paper, path: Path, furniture: list[tuple], score: Score) -> None:
    with pypdfium2.PdfDocument(path) as document:
        texts = [fold(page.get_textpage().get_text_range()) for page in document]
    by_page: dict[int, list[tuple[str, str]]] = {}
    for block, text in furniture:
        by_page.setdefault(block.boxes[0].page, []).append((block.kind, text))
    for page, raw in enumerate(texts, 1):
        have = by_page.get(page, [])
        if paper.running_head and paper.running_head in raw:
            right = ("header", paper.running_head) in have
            score.count("head", right=right, name=f"{path.name} page {page}: {have}")
        printed = re.search(rf"(?:^|\D){page}\s*$", raw) or re.match(
            rf"\W*(?:{re.escape(paper.running_head)})?\W*{page}\b", raw
        )
        if printed:
            score.count(
                "number", right=("page-number", str(page)) in have, name=f"{path.name} page {page}: {have}"
            )
        for kind, text in have:
            if (kind, text) not in (("header", paper.running_head), ("page-number", str(page))):
                score.deviations.append(f"no {kind}: {path.name} page {page}: {text}")


def main() -> int:
    """Measure and print a table; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=Path, help="a plain text to be set, too")
    parser.add_argument("--only", default="", help="a part of the names of the reports")
    parser.add_argument("--by", nargs="*", default=["corpus", *SETTERS])
    parser.add_argument("--keep", type=Path, help="a folder for the PDFs; those in it are not set again")
    parser.add_argument("--show", action="store_true", help="name every deviation")
    options = parser.parse_args()
    corpus = SAMPLES.parent
    paths = sorted(
        p for s in ("samples", "dev") for p in (corpus / s).glob("*.report") if options.only in p.name
    )
    console = Console(width=150, soft_wrap=True)
    head = (
        "set by",
        "characters wrong % (of)",
        "blocks whole",
        "turns whole",
        "heads",
        "numbers",
        "notes",
        "kinds",
    )
    table = Table(*head)
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(exist_ok=True, parents=True)
        for setter in options.by:
            score = Score()
            for number, path in enumerate(paths):
                paper = read_corpus_report(path)
                if setter == "corpus":
                    paper.running_head = _running_head_of(path)
                    judge(paper, path.with_suffix(".pdf"), score)
                    continue
                if number % 2:
                    paper.running_head, paper.number_at = (
                        f"Báo cáo của {paper.left[-1] if paper.left else 'cơ quan'}",
                        "bottom",
                    )
                _set_and_judge(setter, paper, folder, score)
            if options.seed and setter != "corpus" and options.only in options.seed.name:
                _set_and_judge(setter, read_plain_report(options.seed), folder, score)
            if options.show:
                for line in score.deviations:
                    console.print(f"{setter}: {line}", markup=False, highlight=False)
            table.add_row(setter, *score.row())
    console.print(table)
    return 0


def _set_and_judge(setter: str, paper: Paper, folder: Path, score: Score) -> None:
    suffix = {"weasyprint": "wp", "libreoffice": "lo"}[setter]
    path = folder / f"{paper.name}.{suffix}.pdf"
    if not path.exists():
        path = SETTERS[setter](paper, folder)
    judge(paper, path, score)


def _running_head_of(path: Path) -> str:
    from corpus.tools.source import parse_report

    return str(parse_report(path).header.layout["running_head"])


if __name__ == "__main__":
    raise SystemExit(main())
