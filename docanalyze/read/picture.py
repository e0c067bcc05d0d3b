"""The picture of a page made ready for reading: grey without stamps, quiet, upright, free of dust.

Everything here is numpy on whole pictures: a page of A4 at 300 dpi has nine million pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, tan
from typing import Any

import numpy as np

Pixels = Any
"""A picture as a numpy array of bytes: rows x columns, or rows x columns x 3 of colour."""

READING_DPI = 300
"""The resolution at which pictures are read: Tesseract is at its best with it."""

LARGEST_SKEW = 2.5
"""Degrees up to which a page is turned straight; feeders do not go beyond."""

LEAST_SKEW = 0.1
"""Degrees below which a page is level enough: turning it would only blur it."""

_MM = 1 / 25.4
_INK = 128
_BLUR = 0.8
"""Radius in pixels of a picture of 200 dpi or more; less makes grain of letters, more takes small type."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be read.

    What is darker than `threshold` is ink; `skew` is by how many degrees its rows fell to the right.
    """

    grey: Pixels
    dpi: int
    threshold: int
    skew: float
    rulings: list[tuple[int, int, int, int]]


def prepare_picture(pixels: Pixels, dpi: int) -> Prepared:
    """Return the picture in grey, level, without seals, grain, dust and rulings; these as boxes.

    A coarse picture is enlarged: the engine is at its best with letters of a certain height.
    """
    grey = smooth(drop_colour(pixels, dpi), dpi)
    if dpi < READING_DPI:
        grey, dpi = enlarge(grey, READING_DPI / dpi), READING_DPI
    threshold = find_threshold(grey)
    skew = measure_skew(grey < threshold)
    level = abs(skew) < LEAST_SKEW
    grey = grey.copy() if level else turn_straight(grey, skew)
    ink = grey < threshold
    grey[find_specks(ink, dpi)] = 255
    grey = whiten_paper(grey, ink)
    rulings = find_rulings(ink, dpi)
    erase_boxes(grey, rulings, round(0.3 * _MM * dpi))
    return Prepared(grey, dpi, threshold, 0.0 if level else skew, rulings)


def whiten_paper(grey: Pixels, ink: Pixels) -> Pixels:
    """Return the picture with its paper quite white and its ink as it is.

    On an empty stretch the engine would take the grain of the paper for letters.
    """
    paper = grey[~ink][::97]
    if not paper.size:
        return grey
    # Three standard deviations of the grain below the usual paper; the fringes of letters are few.
    middle = float(np.median(paper))
    white = max(middle - 3 * 1.48 * float(np.median(np.abs(paper - middle))), 1.0)
    scaled = np.arange(256, dtype=np.float64) * (255 / white)
    return np.clip(scaled, 0, 255).astype(np.uint8)[grey]


def enlarge(grey: Pixels, factor: float) -> Pixels:
    """Return the picture `factor` times as wide and high."""
    from PIL import Image

    size = (round(grey.shape[1] * factor), round(grey.shape[0] * factor))
    return np.array(Image.fromarray(grey).resize(size, Image.Resampling.BICUBIC))


def drop_colour(pixels: Pixels, dpi: float) -> Pixels:
    """Return the picture in grey, with seals in red or blue ink wiped out and black under them kept.

    A seal is a coloured patch more than 16 mm in both directions; coloured type, figures written
    in blue and underlines are smaller in one and stay.
    """
    if pixels.ndim == 2:
        return pixels
    light = pixels.max(axis=2)
    coloured = (light - pixels.min(axis=2)) > 60
    red, green, blue = (pixels[..., i].astype(np.uint16) for i in range(3))
    grey = ((red * 77 + green * 151 + blue * 28) >> 8).astype(np.uint8)
    if coloured.mean() < 1e-4:
        return grey
    step = max(1, round(1.5 * _MM * dpi))
    for top, left, bottom, right in _find_patches(coloured, step):
        if min(bottom - top, right - left) > 16 * _MM * dpi:
            view = (slice(top, bottom), slice(left, right))
            grey[view] = np.where(coloured[view], np.maximum(light[view], grey[view]), grey[view])
    return grey


def _find_patches(mask: Pixels, step: int) -> list[tuple[int, int, int, int]]:
    """Return the boxes of the mask's connected patches, looked at in squares of `step` pixels."""
    height, width = (side - side % step for side in mask.shape)
    squares = mask[:height, :width].reshape(height // step, step, width // step, step).any(axis=(1, 3))
    todo = {(int(y), int(x)) for y, x in zip(*np.nonzero(squares), strict=True)}
    patches: list[tuple[int, int, int, int]] = []
    while todo:
        queue = [todo.pop()]
        seen = list(queue)
        while queue:
            y, x = queue.pop()
            for near in ((y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)):
                if near in todo:
                    todo.remove(near)
                    queue.append(near)
                    seen.append(near)
        ys, xs = [y for y, _ in seen], [x for _, x in seen]
        patches.append((min(ys) * step, min(xs) * step, (max(ys) + 1) * step, (max(xs) + 1) * step))
    return patches


def smooth(grey: Pixels, dpi: float) -> Pixels:
    """Return the picture with its grain, and the stairs of black and white, blurred away.

    Measured on reports with tables in 10 pt type: a blur this light, before anything is enlarged,
    leaves a fifth fewer wrong characters than the median of 3 x 3 pixels, which takes decimal
    points and accents with the grain.
    """
    from PIL import Image, ImageFilter

    radius = _BLUR * min(1.0, dpi / 200)
    return np.array(Image.fromarray(grey).filter(ImageFilter.GaussianBlur(radius)))


def find_threshold(grey: Pixels) -> int:
    """Return the grey below which a pixel is ink (Otsu 1979: the two classes farthest apart)."""
    counts = np.bincount(grey[::2, ::2].ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below = counts.cumsum()
    above = below[-1] - below
    mass = (counts * levels).cumsum()
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = below * above * (mass / below - (mass[-1] - mass) / above) ** 2
    spread[~np.isfinite(spread)] = 0
    return int(spread.argmax()) + 1 if spread.max() else _INK


def measure_skew(ink: Pixels) -> float:
    """Return by how many degrees the rows of text fall to the right (0 if they are level or unclear)."""
    angle, gain, _ = _find_sharpest(ink[::2, ::2], 0.05)
    return angle if gain > 1.02 else 0.0


def runs_down(pixels: Pixels, dpi: int) -> bool:
    """Return whether the lines of text run up or down the picture instead of across it."""
    grey = pixels if pixels.ndim == 2 else pixels.min(axis=2)
    small = grey[:: max(1, dpi // 75), :: max(1, dpi // 75)]
    ink = small < find_threshold(small)
    # Rules of tables are as sharp along both ways.
    for x0, top, x1, bottom in find_rulings(ink, 75):
        ink[max(0, top - 1) : bottom + 1, max(0, x0 - 1) : x1 + 1] = False
    return _find_sharpest(ink.T, 0.25)[2] > 1.5 * _find_sharpest(ink, 0.25)[2]


def _find_sharpest(ink: Pixels, step: float) -> tuple[float, float, float]:
    """Return the angle along which ink adds up to the sharpest rows, the gain by it, the sharpness."""
    ys, xs = np.nonzero(ink)
    if len(ys) < 500:
        return 0.0, 1.0, 0.0
    pick = slice(None, None, max(1, len(ys) // 60_000))
    ys, xs = ys[pick].astype(np.float64), xs[pick] - ink.shape[1] / 2

    def sharpness(angle: float) -> float:
        rows = (ys - xs * tan(angle * pi / 180) + ink.shape[1]).astype(np.int64)
        profile = np.bincount(rows).astype(np.float64)
        return float(((profile[1:] - profile[:-1]) ** 2).sum())

    best = max(np.arange(-LARGEST_SKEW, LARGEST_SKEW + 0.01, 0.25), key=sharpness)
    if step < 0.25:
        best = max(np.arange(best - 0.25, best + 0.26, step), key=sharpness)
    found, level = sharpness(best), sharpness(0.0)
    return float(round(best, 2)), found / level if level else 1.0, found / len(ys)


def turn_straight(grey: Pixels, degrees: float) -> Pixels:
    """Return the picture turned counter-clockwise by `degrees`, the corners white."""
    from PIL import Image

    turned = Image.fromarray(grey).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    return np.array(turned)


def find_specks(ink: Pixels, dpi: float) -> Pixels:
    """Return which ink is dust: a speck of less than 0.5 mm with nothing else within 2 mm of it.

    Full stops and the dots of letters stand nearer than that to what they belong to.
    """
    # Half the resolution will do, at a quarter of the cost.
    height, width = (side - side % 2 for side in ink.shape)
    half = ink[:height, :width].reshape(height // 2, 2, width // 2, 2).any(axis=(1, 3))
    near, far = round(0.3 * _MM * dpi), round(1.1 * _MM * dpi)
    inner, outer = _count_around(half, near), _count_around(half, far)
    alone = half & (inner == outer) & (inner <= (0.27 * _MM * dpi) ** 2)
    specks = np.zeros_like(ink)
    specks[:height, :width] = alone.repeat(2, axis=0).repeat(2, axis=1)
    # The grey fringe around a speck goes with it.
    specks[1:] |= specks[:-1]
    specks[:-1] |= specks[1:]
    specks[:, 1:] |= specks[:, :-1]
    specks[:, :-1] |= specks[:, 1:]
    return specks


def _count_around(ink: Pixels, reach: int) -> Pixels:
    """Return how many pixels of the square of 2 * reach + 1 around each pixel are ink."""
    height, width = ink.shape
    sums = np.zeros((height + 1, width + 1), dtype=np.int32)
    np.cumsum(ink, axis=0, dtype=np.int32, out=sums[1:, 1:])
    np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
    y0 = np.clip(np.arange(height) - reach, 0, height)
    y1 = np.clip(np.arange(height) + reach + 1, 0, height)
    x0 = np.clip(np.arange(width) - reach, 0, width)
    x1 = np.clip(np.arange(width) + reach + 1, 0, width)
    down = sums[y1] - sums[y0]
    return down[:, x1] - down[:, x0]


def find_blobs(ink: Pixels) -> tuple[Pixels, list[tuple[int, int, int, int]]]:
    """Return the ink with its connected pieces numbered from 1, and their boxes (x0, top, x1, bottom)."""
    from scipy import ndimage

    labels, _ = ndimage.label(ink, np.ones((3, 3), dtype=np.int8))
    boxes = [(x.start, y.start, x.stop, y.stop) for y, x in ndimage.find_objects(labels)]
    return labels, boxes


def is_blank(pixels: Pixels) -> bool:
    """Return whether a picture holds less ink than a short word."""
    grey = pixels if pixels.ndim == 2 else pixels.min(axis=2)
    return bool(np.count_nonzero(grey < _INK) < 2e-5 * grey.size)


def find_rulings(ink: Pixels, dpi: float) -> list[tuple[int, int, int, int]]:
    """Return the straight strokes longer than 8 mm as boxes (x0, top, x1, bottom) in pixels."""
    length, thick = round(8 * _MM * dpi), max(3, round(1.0 * _MM * dpi))
    flat = [(x0, y0, x1, y1) for y0, x0, y1, x1 in _find_strokes(ink, length, thick)]
    upright = _find_strokes(np.ascontiguousarray(ink.T), length, thick)
    return [*flat, *upright]


def _find_strokes(ink: Pixels, length: int, thick: int) -> list[tuple[int, int, int, int]]:
    """Return the strokes along the rows as (row, column, row, column) of their corners.

    A stroke is a run of `length` pixels of ink in one row, small breaks closed, with its
    neighbours above and below joined as long as they are not thicker than a stroke is.
    """
    # A worn or slanting stroke wanders over rows: look at each row together with its neighbours.
    wide = ink.copy()
    wide[1:] |= ink[:-1]
    wide[:-1] |= ink[1:]
    runs: list[tuple[int, int, int]] = []
    counts = np.zeros((wide.shape[0], wide.shape[1] + 1), dtype=np.int32)
    np.cumsum(wide, axis=1, dtype=np.int32, out=counts[:, 1:])
    full = (counts[:, length:] - counts[:, :-length]) >= 0.97 * length
    for y in np.nonzero(full.any(axis=1))[0]:
        edges = np.flatnonzero(np.diff(np.concatenate(([0], full[y].view(np.int8), [0]))))
        runs.extend(
            (int(y), int(start), int(stop) + length - 1)
            for start, stop in zip(edges[::2], edges[1::2], strict=True)
        )
    strokes: list[list[int]] = []
    open_now: list[list[int]] = []
    for row, start, stop in runs:
        open_now = [stroke for stroke in open_now if stroke[2] >= row - 1]
        owner = next((s for s in open_now if start < s[3] and stop > s[1]), None)
        if owner is None:
            owner = [row, start, row, stop]
            strokes.append(owner)
            open_now.append(owner)
        else:
            owner[1], owner[2], owner[3] = min(owner[1], start), row, max(owner[3], stop)
    return [(a, b, c + 1, d) for a, b, c, d in strokes if c + 1 - a <= thick + 2]


def erase_boxes(grey: Pixels, boxes: list[tuple[int, int, int, int]], margin: int) -> None:
    """Make boxes of the picture white, with a margin across them."""
    for x0, top, x1, bottom in boxes:
        grey[max(0, top - margin) : bottom + margin, max(0, x0 - margin) : x1 + margin] = 255


def encode_pnm(grey: Pixels) -> bytes:
    """Return the picture as a PGM file, which every reader of pictures takes."""
    height, width = grey.shape
    return b"P5\n%d %d\n255\n" % (width, height) + np.ascontiguousarray(grey).tobytes()
