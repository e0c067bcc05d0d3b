"""Boxes of mentions on real pages, against pdfplumber's character boxes of the same text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

import docanalyze
from docanalyze import Box, Mention

FILES = (
    "decrees/nghi-dinh-01-2020.pdf",
    "decrees/nghi-dinh-19-2019.pdf",
    "scanned/nghi-dinh-335-2025.text-layer.pdf",
    "tables/thong-tu-199-2014.pdf",
)
SAMPLE = 60
"""Mentions looked at in each file; 240 in all."""


def page_chars(page: Any) -> list[tuple[str, tuple[float, float, float, float]]]:
    chars = []
    for char in page.chars:
        if char["text"].strip():
            box = (char["x0"], char["top"], char["x1"], char["bottom"])
            chars.extend((letter, box) for letter in char["text"])
    return chars


def occurrences(
    chars: list[tuple[str, Any]], wanted: str
) -> Iterator[list[tuple[float, float, float, float]]]:
    text = "".join(letter for letter, _ in chars)
    at = text.find(wanted)
    while at >= 0:
        yield [box for _, box in chars[at : at + len(wanted)]]
        at = text.find(wanted, at + 1)


def join_lines(boxes: list[tuple[float, float, float, float]], page: int) -> list[Box]:
    """Return the union of the character boxes on each printed line."""
    lines: list[list[tuple[float, float, float, float]]] = []
    for box in boxes:
        if lines and abs(box[1] - lines[-1][-1][1]) < 4 and box[0] >= lines[-1][0][0] - 1:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [
        Box(
            page,
            min(b[0] for b in line),
            min(b[1] for b in line),
            max(b[2] for b in line),
            max(b[3] for b in line),
        )
        for line in lines
    ]


def overlap_share(ours: list[Box], theirs: list[Box]) -> float:
    if len(ours) != len(theirs):
        return 0.0
    shared = sum(a.overlap(b) for a, b in zip(ours, theirs, strict=True))
    return shared / (sum(b.area() for b in (*ours, *theirs)) - shared)


def best_share(mention: Mention, chars: dict[int, list[tuple[str, Any]]]) -> float | None:
    """Return the best overlap with any place of the same text; None if pdfplumber has no such text."""
    page = mention.boxes[0].page
    if any(box.page != page for box in mention.boxes):
        return None
    wanted = "".join(mention.text.split())
    shares = [
        overlap_share(list(mention.boxes), join_lines(found, page))
        for found in occurrences(chars[page], wanted)
    ]
    return max(shares, default=None)


def test_boxes_overlap_pdfplumbers(shared: Path) -> None:
    import pdfplumber

    shares: list[float] = []
    for name in FILES:
        path = shared / "reports" / name
        analysis = docanalyze.analyze_report(path)
        assert analysis.mentions is not UNSET
        chosen = random.Random(0).sample(analysis.mentions, min(SAMPLE, len(analysis.mentions)))
        with pdfplumber.open(path) as pdf:
            needed = {box.page for mention in chosen for box in mention.boxes}
            chars = {}
            for number in needed:
                page = pdf.pages[number - 1]
                chars[number] = page_chars(page)
                page.close()
        found = [share for mention in chosen if (share := best_share(mention, chars)) is not None]
        assert len(found) >= 0.8 * len(chosen), name
        shares.extend(found)
    assert len(shares) >= 200
    assert sum(share >= 0.8 for share in shares) >= 0.99 * len(shares)


@pytest.mark.parametrize("angle", [90, 270])
def test_boxes_on_a_turned_page(shared: Path, tmp_path: Path, angle: int) -> None:
    import pdfplumber

    from tests import factories

    path = tmp_path / "turned.pdf"
    path.write_bytes(factories.rotate_pages((shared / "reports" / FILES[0]).read_bytes(), angle))
    analysis = docanalyze.analyze_report(path)
    plain = docanalyze.analyze_report(shared / "reports" / FILES[0])
    assert analysis.text == plain.text
    assert analysis.mentions is not UNSET
    with pdfplumber.open(path) as pdf:
        chars = {page.page_number: page_chars(page) for page in pdf.pages}
    one_line = [m for m in analysis.mentions if len(m.boxes) == 1]
    shares = []
    for mention in one_line:
        page = mention.boxes[0].page
        wanted = "".join(mention.text.split())
        unions = []
        for boxes in occurrences(chars[page], wanted):
            unions.append(
                Box(
                    page,
                    min(b[0] for b in boxes),
                    min(b[1] for b in boxes),
                    max(b[2] for b in boxes),
                    max(b[3] for b in boxes),
                )
            )
        if unions:
            shares.append(max(overlap_share(list(mention.boxes), [union]) for union in unions))
    assert len(shares) >= 30
    assert sum(share >= 0.8 for share in shares) >= 0.97 * len(shares)


def test_boxes_hold_the_ink(shared: Path) -> None:
    """In this file pdfplumber misplaces characters (word spacing); so the rendered page is the judge."""
    import pypdfium2

    path = shared / "reports" / "legacy-font" / "ke-hoach-2005.pdf"
    analysis = docanalyze.analyze_report(path)
    assert analysis.mentions is not UNSET
    chosen = random.Random(0).sample([m for m in analysis.mentions if len(m.boxes) == 1], SAMPLE)
    scale = 4
    good = 0
    document = pypdfium2.PdfDocument(path)
    for mention in chosen:
        (box,) = mention.boxes
        page = document[box.page - 1].render(scale=scale, grayscale=True).to_pil()
        crop = page.crop(tuple(round(edge * scale) for edge in (box.x0, box.top, box.x1, box.bottom)))
        ink = crop.point(lambda value: 255 if value < 128 else 0).getbbox()
        if ink is not None:
            good += (
                ink[0] <= 2.5 * scale
                and crop.width - ink[2] <= 2.5 * scale
                and ink[3] - ink[1] >= 0.4 * crop.height
            )
    document.close()
    assert good >= 0.97 * len(chosen)
