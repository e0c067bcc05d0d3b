"""Text layers good and bad, forty pages of them: `python -m tests.benchmarks.layers`.

Invisible text under a scan, sound or with 2, 5, 15 % of its letters damaged; ToUnicode maps taken
out or shuffled; TCVN3 in a font without a telling name. The pages are made from the bundled
samples, the thresholds of `docanalyze/read/grade.py` were chosen on the reports of `corpus/dev`
(`--calibrate` shows the shares of impossible words there).
"""

from __future__ import annotations

import argparse
import io
import random
import unicodedata
from collections.abc import Callable, Iterator

import pypdf
import pypdfium2

import docanalyze
from docanalyze.read.grade import LayerGrade, grade_layer, measure_damage
from docanalyze.read.legacy import find_encodings
from docanalyze.read.pdfium import PdfFile
from docanalyze.read.raw_page import RawPage
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.benchmarks.scans import sample_sources, save_pictures

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
CONFUSIONS = {
    "l": "1",
    "i": "l",
    "o": "0",
    "u": "n",
    "n": "u",
    "h": "b",
    "c": "e",
    "e": "c",
    "g": "q",
    "đ": "d",
}


def damage_randomly(text: str, share: float, rng: random.Random) -> str:
    """Return the text with a share of its letters replaced by any others."""
    return "".join(rng.choice(LETTERS) if c.isalpha() and rng.random() < share else c for c in text)


def damage_like_ocr(text: str, share: float, rng: random.Random) -> str:
    """Return the text with a share of its letters misread: accents lost, look-alikes taken."""

    def misread(char: str) -> str:
        parts = unicodedata.normalize("NFD", char)
        return unicodedata.normalize("NFC", parts[:-1]) if len(parts) > 1 else CONFUSIONS.get(char, char)

    return "".join(misread(c) if c.isalpha() and rng.random() < share else c for c in text)


def page_texts(source: bytes) -> Iterator[str]:
    """Yield the running text of a PDF in stretches of a page."""
    analysis = docanalyze.analyze_bytes(source, name="x.pdf", until="read", ocr="never")
    kinds = ("paragraph", "list-item", "heading")
    text = " ".join(analysis.text[b.start : b.end] for b in analysis.blocks if b.kind in kinds)
    text = "".join(c for c in text if c in LETTERS or c in LETTERS.upper() or c.isascii())
    for start in range(0, len(text) - 1500, 1600):
        yield text[start : start + 1600]


def set_lines(text: str) -> list[factories.Line]:
    """Return the text as lines of a page."""
    lines: list[factories.Line] = []
    words = text.split()
    while words and len(lines) < 38:
        line = words.pop(0)
        while words and factories.measure_text(f"{line} {words[0]}") < 460:
            line = f"{line} {words.pop(0)}"
        lines.append(factories.Line(70, 780 - 19 * len(lines), line))
    return lines


def put_over_scan(text: str, layer: str) -> bytes:
    """Return a page that shows a picture of `text` and says `layer` in invisible letters."""
    with pypdfium2.PdfDocument(factories.make_text_pdf([set_lines(text)])) as document:
        picture = document[0].render(scale=150 / 72).to_pil().convert("L")
    over = pypdf.PdfReader(io.BytesIO(factories.make_text_pdf([set_lines(layer)], invisible=True)))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(save_pictures([picture], 150)))
    writer.pages[0].merge_page(over.pages[0])
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def shuffle_unicode(text: str, rng: random.Random) -> bytes:
    """Return a page whose ToUnicode map names other letters than are shown."""
    used = sorted({c for c in text if not c.isspace()})
    others = used[:]
    rng.shuffle(others)
    pages = [set_lines(text)]
    return factories.make_text_pdf(pages, to_unicode=dict(zip(used, others, strict=True)))


def set_tcvn3(text: str) -> bytes:
    """Return a page in TCVN3 codes, in a font whose name says nothing."""
    back = {ord(new): chr(old) for old, new in find_encodings()["tcvn3"].letters.items() if new.islower()}
    text = "".join(c for c in text.lower() if back.get(ord(c), c).isprintable())
    lines = [line._replace(text=line.text.translate(back)) for line in set_lines(text)]
    return factories.make_text_pdf([lines], font_names={"regular": "F1"})


def make_pages() -> Iterator[tuple[str, str, bytes]]:
    """Yield the forty pages: what was done, the verdict wanted, the PDF."""
    rng = random.Random(7)
    texts = [
        t for path in (factories.SAMPLE_2022, factories.SAMPLE_2023) for t in page_texts(path.read_bytes())
    ]
    at = 0

    def text() -> str:
        nonlocal at
        at += 1
        return texts[at % len(texts)]

    for _ in range(8):
        good = text()
        yield "sound layer under a scan", "sound", put_over_scan(good, good)
    damages: tuple[Callable[[str, float, random.Random], str], ...] = (damage_randomly, damage_like_ocr)
    for share in (0.02, 0.05, 0.15):
        for number in range(6):
            good = text()
            bad = damages[number % 2](good, share, rng)
            yield (
                f"{share:.0%} of the letters {damages[number % 2].__name__}",
                "bad",
                put_over_scan(good, bad),
            )
    for _ in range(5):
        yield "ToUnicode taken out", "bad", factories.make_text_pdf([set_lines(text())], to_unicode=False)
    for _ in range(5):
        yield "ToUnicode shuffled", "bad", shuffle_unicode(text(), rng)
    for _ in range(4):
        yield "TCVN3 without a name", "decoded", set_tcvn3(text())


def grade_pdf(data: bytes) -> tuple[str, LayerGrade]:
    """Return the verdict on the first page of a PDF: sound, decoded from an old encoding, or bad."""
    with PdfFile(identify_bytes(data, name="x.pdf")) as pdf:
        page: RawPage = pdf.read_page(0)
        layer = grade_layer(page)
    if layer.verdict == "sound":
        return "decoded" if page.legacy_fonts else "sound", layer
    return "bad", layer


def calibrate() -> None:
    """Print the shares of impossible words in pages of corpus/dev, sound and damaged."""
    rng = random.Random(1)
    sources = sample_sources()
    texts = [t for name, data in sources.items() if not name.startswith("bao-cao") for t in page_texts(data)]
    for name, change in (
        ("sound", lambda text: text),
        ("2 % at random", lambda text: damage_randomly(text, 0.02, rng)),
        ("2 % like OCR", lambda text: damage_like_ocr(text, 0.02, rng)),
        ("5 % like OCR", lambda text: damage_like_ocr(text, 0.05, rng)),
        ("15 % like OCR", lambda text: damage_like_ocr(text, 0.15, rng)),
    ):
        shares = sorted(odd / words for words, odd in (measure_damage(change(text)) for text in texts))
        row = [f"{shares[round(q * (len(shares) - 1))]:.4f}" for q in (0, 0.05, 0.5, 0.95, 1)]
        print(f"{name:16s} least, 5 %, median, 95 %, most: {' '.join(row)} ({len(shares)} pages)")


def main() -> int:
    """Grade the forty pages; return 1 if one is graded wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calibrate", action="store_true")
    if parser.parse_args().calibrate:
        calibrate()
        return 0
    wrong = 0
    for what, wanted, data in make_pages():
        verdict, layer = grade_pdf(data)
        wrong += verdict != wanted
        print(f"{'' if verdict == wanted else 'WRONG '}{what}: {verdict}, grade {layer.grade}")
    print(f"{40 - wrong} of 40 right")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
