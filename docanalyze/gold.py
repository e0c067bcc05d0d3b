"""Gold standoff annotations: loaded from JSON Lines, checked, and put beside the text they are about.

The first line of a file is its header (which document, which reference text, which stretches are
annotated completely), the others are items with offsets into the reference text. Published
documents are not part of the project: their gold holds no words, and is skipped where they are not.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docanalyze.core.errors import UnreadableFile
from docanalyze.core.span import Span


class GoldError(UnreadableFile):
    """A gold file that cannot be read or does not fit its document."""


class MissingDocument(GoldError):
    """A gold file whose document is not on this machine."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One document's gold: where the document is, its reference text, the scope, and the items."""

    name: str
    document: Path
    text: str
    scope: tuple[Span, ...]
    mentions: tuple[dict[str, Any], ...]
    negatives: tuple[dict[str, Any], ...]
    sentences: tuple[dict[str, Any], ...]
    relations: tuple[dict[str, Any], ...]


def load_gold(path: Path, *, shared: Path | None = None) -> Gold:
    """Return the gold in a `.gold.jsonl` file with its reference text.

    `shared` is the folder of published documents. Raises MissingDocument if the document is not
    there, GoldError if the file is no gold or the document is not the one that was annotated.
    """
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        header, items = lines[0], lines[1:]
        document = _find_document(path, header, shared)
        text = _read_reference(path, header, document, shared)
        scope = tuple(Span(*pair) for pair in header["scope"])
        by_type: dict[str, list[dict[str, Any]]] = {}
        for item in items:
            by_type.setdefault(item["type"], []).append(item)
            for start, end in _places(item):
                if not 0 <= start < end <= len(text):
                    raise GoldError(path=str(path), reason=f"an item leaves the text: {item}")
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise GoldError(path=str(path), reason=f"no gold: {error}") from error
    return Gold(
        path.name.removesuffix(".gold.jsonl"),
        document,
        text,
        scope,
        tuple(by_type.get("mention", ())),
        tuple(by_type.get("negative", ())),
        tuple(by_type.get("sentence", ())),
        tuple(by_type.get("relation", ())),
    )


def _places(item: dict[str, Any]) -> list[tuple[int, int]]:
    if item["type"] == "sentence":
        return [(start, end) for start, end in item["spans"]]
    return [(item["start"], item["end"])] if item["type"] in ("mention", "negative") else []


def _find_document(path: Path, header: dict[str, Any], shared: Path | None) -> Path:
    name = header["document"]
    places = [path.parent / Path(name).name] if header["text"] == "corpus" else []
    if shared is not None:
        places.append(shared / name)
    for place in places:
        if place.is_file():
            if hashlib.sha256(place.read_bytes()).hexdigest() != header["sha256"]:
                raise GoldError(path=str(path), reason=f"{name} is not the file that was annotated")
            return place
    raise MissingDocument(path=str(path), reason=f"its document {name} is not here")


def _read_reference(path: Path, header: dict[str, Any], document: Path, shared: Path | None) -> str:
    kind = header["text"]
    if kind == "corpus":
        text = document.with_suffix(".txt").read_text(encoding="utf-8")
    elif kind == "transcript":
        transcript = (shared or Path()) / header["transcript"]
        text = transcript.read_bytes().decode("utf-8")
    elif kind == "pdfium":
        text = _read_pages(document)
    else:
        text = document.read_bytes().decode("utf-8-sig")
    if hashlib.sha256(text.encode()).hexdigest() != header["text_sha256"]:
        raise GoldError(path=str(path), reason="the reference text is not the one that was annotated")
    return text


def _read_pages(document: Path) -> str:
    from docanalyze.read.pdfium import read_plain_pages

    pages = read_plain_pages(document.read_bytes())
    return "\f".join(unicodedata.normalize("NFC", page.replace("\r\n", "\n")) for page in pages)
