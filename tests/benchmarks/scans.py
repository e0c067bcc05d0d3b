"""Scans made from born-digital PDFs: skew, blur, noise, dust and a stamp, as image-only PDFs.

The same call gives the same picture: every random choice comes from `seed`.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from tests import factories


@dataclass(frozen=True)
class Wear:
    """What a scanner and a desk did to a page."""

    dpi: int = 200
    skew: float = 0.6
    """Largest angle in degrees; every page has its own."""
    noise: float = 7.0
    """Standard deviation of the grey noise, of 255."""
    blur: float = 0.6
    """Radius in pixels at 200 dpi."""
    dust: int = 120
    """Specks on a page."""
    stamp: bool = False
    """A round red stamp across the text."""
    bilevel: bool = False
    """Black and white, as a copier at an office is set."""
    turn: int = 0
    """Quarter turns clockwise by which the sheet was laid wrong."""


LIGHT = Wear(skew=0.6)
HEAVY = Wear(skew=2.0, noise=10, dust=200, stamp=True)


def make_scan(source: bytes, wear: Wear, *, pages: list[int] | None = None, seed: int = 1) -> bytes:
    """Return an image-only PDF of the pages (from 0; all by default) of `source`, worn as asked."""
    return save_pictures(draw_scan(source, wear, pages=pages, seed=seed), wear.dpi)


def draw_scan(
    source: bytes, wear: Wear, *, pages: list[int] | None = None, seed: int = 1
) -> list[Image.Image]:
    """Return the pictures of the worn pages."""
    rng = np.random.default_rng(seed)
    pictures = []
    with pypdfium2.PdfDocument(source) as document:
        for index in pages if pages is not None else range(len(document)):
            picture = document[index].render(scale=wear.dpi / 72).to_pil().convert("RGB")
            pictures.append(wear_out(picture, wear, rng))
    return pictures


def wear_out(picture: Image.Image, wear: Wear, rng: Any) -> Image.Image:
    """Return a clean page picture as it looks after printing, stamping and scanning."""
    if wear.stamp:
        _draw_stamp(picture, wear.dpi, rng)
    angle = rng.uniform(-wear.skew, wear.skew)
    picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    picture = picture.filter(ImageFilter.GaussianBlur(wear.blur * wear.dpi / 200))
    draw = ImageDraw.Draw(picture)
    for _ in range(wear.dust):
        x, y = rng.uniform(0, picture.width), rng.uniform(0, picture.height)
        radius = rng.uniform(0.4, 1.6) * wear.dpi / 200
        shade = int(rng.uniform(0, 110))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(shade,) * 3)
    pixels = np.asarray(picture, dtype=np.float32)
    # Paper is not quite white, ink not quite black.
    pixels = 18 + pixels * (232 / 255) + rng.normal(0, wear.noise, pixels.shape[:2])[..., None]
    result = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if not wear.stamp:
        result = result.convert("L")
    if wear.bilevel:
        result = result.convert("L").point(lambda v: 255 if v > 140 else 0).convert("1")
    return result.rotate(-90 * wear.turn, expand=True) if wear.turn else result


def _draw_stamp(picture: Image.Image, dpi: int, rng: Any) -> None:
    """Multiply a red seal of 36 mm onto the lower right of the page, over whatever stands there."""
    mm = dpi / 25.4
    size = int(36 * mm)
    seal = Image.new("RGB", (size, size), (255, 255, 255))
    draw = ImageDraw.Draw(seal)
    red = (214, 40, 60)
    for inset, width in ((0.3, 0.9), (2.0, 0.35), (9.5, 0.35)):
        draw.ellipse(
            (inset * mm, inset * mm, size - inset * mm, size - inset * mm),
            outline=red, width=max(1, int(width * mm)),
        )  # fmt: skip
    middle, radius = size / 2, 7.5 * mm
    star = [
        (
            middle + (radius if i % 2 == 0 else 0.4 * radius) * math.sin(math.pi * i / 5),
            middle - (radius if i % 2 == 0 else 0.4 * radius) * math.cos(math.pi * i / 5),
        )
        for i in range(10)
    ]
    draw.polygon(star, fill=red)
    for i in range(40):
        angle = 2 * math.pi * i / 40
        x, y = middle + 13 * mm * math.sin(angle), middle - 13 * mm * math.cos(angle)
        draw.line((x - 0.8 * mm, y - mm, x + 0.8 * mm, y + mm), fill=red, width=max(1, int(0.4 * mm)))
    x = int(rng.uniform(0.45, 0.7) * picture.width)
    y = int(rng.uniform(0.3, 0.8) * picture.height)
    under = np.asarray(picture.crop((x, y, x + size, y + size)), dtype=np.uint16)
    mixed = (under * np.asarray(seal, dtype=np.uint16) // 255).astype(np.uint8)
    picture.paste(Image.fromarray(mixed), (x, y))


def save_pictures(pictures: list[Image.Image], dpi: int, *, quality: int = 85) -> bytes:
    """Return a PDF with each picture filling its page."""
    buffer = io.BytesIO()
    # Black and white is kept without loss, as fax compression would.
    options = {} if pictures[0].mode == "1" else {"quality": quality}
    pictures[0].save(buffer, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:], **options)
    return buffer.getvalue()


def sample_sources() -> dict[str, bytes]:
    """Return the reports of the corpus that scans are made from, by name."""
    folder = factories.SAMPLES.parent
    files = [*sorted((folder / "dev").glob("*.pdf")), factories.SAMPLE_2022, factories.SAMPLE_2023]
    return {path.stem: path.read_bytes() for path in files}
