"""What a report's own form says, against the headers of the corpus' sources: letterhead, title, signer."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

import docanalyze
from docanalyze import Analysis

DEV = Path(__file__).resolve().parent.parent / "corpus" / "dev"
NAMES = sorted(path.stem for path in DEV.glob("*.pdf"))


@cache
def analyze(name: str) -> Analysis:
    return docanalyze.analyze_report(DEV / f"{name}.pdf")


def read_source(name: str) -> tuple[dict[str, Any], list[str]]:
    _, header, body = (DEV / f"{name}.report").read_text(encoding="utf-8").split("+++", 2)
    return tomllib.loads(header), body.splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_letterhead_and_signature(name: str) -> None:
    header, _ = read_source(name)
    report = analyze(name).report
    assert report is not UNSET
    head, closing = header["letterhead"], header.get("closing", {})
    assert (report.number, report.place, report.date) == (head["number"], head["place"], head["date"])
    assert report.issuer == " ".join(head["issuer"])
    assert report.signer == closing.get("signer")


@pytest.mark.parametrize("name", NAMES)
def test_title_and_period(name: str) -> None:
    header, lines = read_source(name)
    titles = [line.split(" ", 1)[1] for line in lines if line.startswith("@title")]
    plain = [_strip_marks(title) for title in titles]
    report = analyze(name).report
    assert report is not UNSET
    assert report.type == plain[0].lower()
    assert report.title == " ".join(plain[1:])
    assert report.periods, report.title
    years = {period.start[:4] for period in report.periods}
    assert header["period"]["start"][:4] in years


def _strip_marks(text: str) -> str:
    result = ""
    for piece in text.replace("⟦", "\0⟦").split("\0"):
        if piece.startswith("⟦"):
            inside, _, rest = piece[1:].partition("⟧")
            result += inside.split("|", 1)[0] + rest
        else:
            result += piece
    return result


@pytest.mark.parametrize("name", NAMES)
def test_every_block_is_in_the_text_once(name: str) -> None:
    analysis = analyze(name)
    at = 0
    for block in analysis.blocks:
        assert not analysis.text[at : block.start].strip()
        at = block.end
    assert analysis.status == "ok"
    assert analysis.warnings == ()
