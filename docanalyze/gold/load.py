"""Gold files: loaded from JSON Lines, checked, and put beside the text they are about.

The first line of a file is its header (which document, which reference text, which stretches are
annotated completely), the others are items with offsets into the reference text, as
`corpus/guidelines.md` describes them. Published documents are not part of the project: their gold
holds no words, and its document is looked for in a folder beside the checkout.
"""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from docanalyze.core.errors import Language, UnreadableFile
from docanalyze.gold.items import (
    Gold,
    GoldHeader,
    GoldIndicator,
    GoldItem,
    GoldMention,
    GoldNegative,
    GoldPair,
    GoldRelation,
    GoldSection,
    GoldSentence,
    GoldTable,
)
from docanalyze.gold.problems import Problem, find_problems


class GoldError(UnreadableFile):
    """A gold file that cannot be read or does not fit its document; `en` and `vi` say why."""

    messages: ClassVar[dict[Language, str]] = {
        "en": "{path}: not usable as gold ({en}); mend the annotation or fetch the right document.",
        "vi": "{path}: không dùng làm chú giải chuẩn được ({vi}); hãy sửa chú giải hoặc lấy đúng tài liệu.",
    }


class MissingDocument(GoldError):
    """A gold file whose document is not on this machine; `document` is what the header calls it."""

    messages: ClassVar[dict[Language, str]] = {
        "en": "{path}: skipped, its document {document} is not here; give its folder with --shared.",
        "vi": "{path}: bỏ qua vì không có tài liệu {document}; hãy chỉ thư mục bằng --shared.",
    }


def load_gold(path: str | Path, *, root: Path | None = None) -> Gold:
    """Return the gold in a `.gold.jsonl` file with its reference text, checked.

    `root` is the folder of the documents; by default the gold file's own for reports of the corpus
    (`NAME.txt` beside is their reference text), and the folder `shared` beside the checkout for
    published ones. Raises MissingDocument if the document is not there, GoldError if the file is no
    gold, the document is another one, or an item breaks the rules of `corpus/guidelines.md`.

    >>> gold = load_gold("corpus/dev/kim-linh-2024-01.gold.jsonl")  # doctest: +SKIP
    >>> gold.mentions[0].kind, gold.text[gold.mentions[0].start : gold.mentions[0].end]  # doctest: +SKIP
    ('period', 'tháng 01 năm 2024')
    """
    path = Path(path)
    try:
        data = path.read_bytes()
        lines = [(at, line) for at, line in enumerate(data.decode().split("\n"), 1) if line.strip()]
    except (OSError, ValueError) as error:
        raise _refuse(path, (f"it cannot be read: {error}", f"không đọc được: {error}")) from error
    if not lines:
        raise _refuse(path, ("the file is empty", "tệp rỗng"))
    header = _decode(path, *lines[0], GoldHeader)
    items = [_decode(path, at, line, GoldItem) for at, line in lines[1:]]
    document = _find_document(path, header, root)
    gold = Gold(
        name=path.name.removesuffix(".gold.jsonl"),
        document=document,
        text=_read_reference(path, header, document, root),
        scope=header.scope,
        complete=header.text == "corpus",
        sha256=hashlib.sha256(data).hexdigest(),
        mentions=tuple(item for item in items if isinstance(item, GoldMention)),
        negatives=tuple(item for item in items if isinstance(item, GoldNegative)),
        sentences=tuple(item for item in items if isinstance(item, GoldSentence)),
        sections=tuple(item for item in items if isinstance(item, GoldSection)),
        tables=tuple(item for item in items if isinstance(item, GoldTable)),
        relations=tuple(item for item in items if isinstance(item, GoldRelation)),
        indicators=tuple(item for item in items if isinstance(item, GoldIndicator)),
        pairs=tuple(item for item in items if isinstance(item, GoldPair)),
    )
    problems = list(find_problems(gold))
    if problems:
        more = len(problems) - 1
        english, vietnamese = problems[0]
        if more:
            english, vietnamese = f"{english}, and {more} more", f"{vietnamese}, và {more} lỗi nữa"
        raise _refuse(path, (english, vietnamese))
    return gold


def _decode(path: Path, at: int, line: str, kind: Any) -> Any:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.DecodeError as error:
        raise _refuse(path, (f"line {at}: {error}", f"dòng {at}: {error}")) from error


def _refuse(path: Path, problem: Problem) -> GoldError:
    return GoldError(path=str(path), en=problem[0], vi=problem[1])


def _find_folder(path: Path, root: Path | None) -> Path | None:
    """Return the folder of published documents: the one given, or `shared` beside a folder above the gold."""
    if root is not None:
        return root
    beside = (parent / "shared" for parent in path.resolve().parents)
    return next((folder for folder in beside if (folder / "reports").is_dir()), None)


def _find_document(path: Path, header: GoldHeader, root: Path | None) -> Path:
    name = header.document
    places = [path.parent / Path(name).name] if header.text == "corpus" else []
    folder = root if header.text == "corpus" else _find_folder(path, root)
    if folder is not None:
        places += [folder / name, folder / Path(name).name]
    for place in places:
        if place.is_file():
            if hashlib.sha256(place.read_bytes()).hexdigest() != header.sha256:
                raise _refuse(
                    path,
                    (f"{place} is not the file that was annotated", f"{place} không phải tệp đã chú giải"),
                )
            return place
    raise MissingDocument(path=str(path), document=name)


def _read_reference(path: Path, header: GoldHeader, document: Path, root: Path | None) -> str:
    if header.text == "pdfium":
        text = _read_pages(document)
    else:
        place = document
        if header.text == "corpus":
            place = document.with_suffix(".txt")
        elif header.text == "transcript":
            place = (_find_folder(path, root) or document.parent) / (header.transcript or "")
        if not place.is_file():
            raise MissingDocument(path=str(path), document=place)
        text = place.read_bytes().decode("utf-8-sig" if header.text == "file" else "utf-8", errors="replace")
    if hashlib.sha256(text.encode()).hexdigest() != header.text_sha256:
        raise _refuse(
            path,
            (
                "the reference text is not the one that was annotated",
                "văn bản tham chiếu không phải bản đã chú giải",
            ),
        )
    return text


def _read_pages(document: Path) -> str:
    from docanalyze.read.pdfium import read_plain_pages

    pages = read_plain_pages(document.read_bytes())
    return "\f".join(unicodedata.normalize("NFC", page.replace("\r\n", "\n")) for page in pages)
