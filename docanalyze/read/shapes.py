"""What is drawn on a page besides text: its rulings, and how much of it pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import compress, islice, repeat
from math import sqrt
from operator import ne
from typing import Any

import pypdfium2.raw as raw

from docanalyze.read.calls import bind_plain, point_at
from docanalyze.read.placement import PieceBox, Placement

_GET_OBJECT = bind_plain(raw.FPDFPage_GetObject, ctypes.c_void_p)
_GET_TYPE = bind_plain(raw.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
_DEPTH_OF_FORMS = 3
_THIN = 2.5
_RULING_MIN = 6.0
_DOT_GAP = 4.0
_DOTS_MIN = 4
_MOST_OBJECTS = 200_000
"""Of one page; what is drawn beyond them is left aside, as no page of a report needs so many."""


@dataclass(slots=True)
class Shapes:
    """A page's thin strokes as boxes of the page as shown, and its pictures.

    `image_share` is the part of the page that pictures cover (overlaps counted twice, at most 1),
    `image_dpi` the resolution of the largest, `paths` how many lines and outlines are drawn.
    """

    rulings: list[PieceBox] = field(default_factory=list)
    image_share: float = 0.0
    image_dpi: float = 0.0
    paths: int = 0


def read_shapes(page: Any, place: Placement, texts: Container[int | None] = ()) -> Shapes:
    """Return what is drawn on a page besides text; `texts` are objects known to be text."""
    shapes = Shapes()
    largest = 0.0
    dots: list[PieceBox] = []
    for pointer, kind, matrices in islice(_walk_objects(page, texts), _MOST_OBJECTS):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            shapes.paths += 1
            for x0, y0, x1, y1 in _find_strokes(pointer, matrices):
                box = place.show(x0, y0, x1, y1)
                if box[2] - box[0] >= _RULING_MIN or box[3] - box[1] >= _RULING_MIN:
                    shapes.rulings.append(box)
                else:
                    dots.append(box)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            bounds = _get_bounds(pointer)
            if bounds is not None and place.width and place.height:
                x0, top, x1, bottom = place.show(*_transform(bounds, matrices))
                if x1 - x0 <= _THIN or bottom - top <= _THIN:
                    # Some producers draw rules as pictures: a dotted one is a row of tiny ones.
                    long = x1 - x0 >= _RULING_MIN or bottom - top >= _RULING_MIN
                    (shapes.rulings if long else dots).append((x0, top, x1, bottom))
                    continue
                width = min(x1, place.width) - max(x0, 0.0)
                height = min(bottom, place.height) - max(top, 0.0)
                share = max(0.0, width) * max(0.0, height) / (place.width * place.height)
                shapes.image_share = min(1.0, shapes.image_share + round(share, 3))
                if share > largest:
                    largest, shapes.image_dpi = share, _find_resolution(pointer, x1 - x0, bottom - top)
    if len(dots) >= _DOTS_MIN:
        shapes.rulings.extend(_join_dots(dots))
    return shapes


def _find_resolution(image: Any, width: float, height: float) -> float:
    """Return the dots an inch of a picture shown in `width` x `height` points, turned or not."""
    columns, rows = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(image, columns, rows) or width <= 0 or height <= 0:
        return 0.0
    return 72 * sqrt(columns.value * rows.value / (width * height))


def _join_dots(dots: list[PieceBox]) -> Iterator[PieceBox]:
    """Yield the horizontal and vertical strokes that rows of dots or dashes make up."""
    for across, along in ((1, 0), (0, 1)):
        rows: dict[int, list[PieceBox]] = {}
        for dot in dots:
            rows.setdefault(round(dot[across]), []).append(dot)
        for row in rows.values():
            row.sort(key=lambda dot: dot[along])
            start = 0
            for i in range(1, len(row) + 1):
                if i < len(row) and row[i][along] - row[i - 1][along + 2] <= _DOT_GAP:
                    continue
                run = row[start:i]
                start = i
                if len(run) >= _DOTS_MIN and run[-1][along + 2] - run[0][along] >= _RULING_MIN:
                    yield (
                        min(dot[0] for dot in run), min(dot[1] for dot in run),
                        max(dot[2] for dot in run), max(dot[3] for dot in run),
                    )  # fmt: skip


Matrix = tuple[float, float, float, float, float, float]


def _walk_objects(page: Any, texts: Container[int | None]) -> Iterator[tuple[Any, int, tuple[Matrix, ...]]]:
    # Most objects are text; they are passed over by their plain addresses.
    text = raw.FPDF_PAGEOBJ_TEXT
    objects = map(_GET_OBJECT, repeat(point_at(page)), range(raw.FPDFPage_CountObjects(page)))
    addresses = [address for address in objects if address not in texts]
    kinds = list(map(_GET_TYPE, addresses))
    for address, kind in compress(zip(addresses, kinds, strict=True), map(ne, kinds, repeat(text))):
        pointer = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _walk_form(pointer, (), _DEPTH_OF_FORMS)
        else:
            yield pointer, kind, ()


def _walk_form(
    form: Any, outer: tuple[Matrix, ...], depth: int
) -> Iterator[tuple[Any, int, tuple[Matrix, ...]]]:
    if depth == 0:
        return
    matrices = (_get_matrix(form), *outer)
    for i in range(max(0, raw.FPDFFormObj_CountObjects(form))):
        pointer = raw.FPDFFormObj_GetObject(form, i)
        kind = raw.FPDFPageObj_GetType(pointer)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _walk_form(pointer, matrices, depth - 1)
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            yield pointer, kind, matrices


def _get_matrix(pointer: Any) -> Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(pointer, m):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _move(x: float, y: float, matrices: tuple[Matrix, ...]) -> tuple[float, float]:
    for a, b, c, d, e, f in matrices:
        x, y = a * x + c * y + e, b * x + d * y + f
    return x, y


def _transform(bounds: PieceBox, matrices: tuple[Matrix, ...]) -> PieceBox:
    if not matrices:
        return bounds
    (ax, ay), (bx, by) = _move(bounds[0], bounds[1], matrices), _move(bounds[2], bounds[3], matrices)
    return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _get_bounds(pointer: Any) -> PieceBox | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(pointer, *edges):
        return None
    return (edges[0].value, edges[1].value, edges[2].value, edges[3].value)


def _find_strokes(pointer: Any, matrices: tuple[Matrix, ...]) -> Iterator[PieceBox]:
    """Yield the thin horizontal and vertical strokes of a path, in the page's own coordinates."""
    bounds = _get_bounds(pointer)
    if bounds is None:
        return
    box = _transform(bounds, matrices)
    if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
        yield box
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(pointer, fill, stroke)
    segments = raw.FPDFPath_CountSegments(pointer)
    if not stroke.value and segments <= 5:
        return
    chain = (_get_matrix(pointer), *matrices)
    if not stroke.value:
        yield from _find_thin_areas(pointer, min(segments, 2000), chain)
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    at = first = (0.0, 0.0)
    for i in range(min(segments, 2000)):
        segment = raw.FPDFPath_GetPathSegment(pointer, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        to = _move(x.value, y.value, chain)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = to
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _axis_aligned(at, to)
        at = to
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _axis_aligned(at, first)
            at = first


def _find_thin_areas(pointer: Any, segments: int, chain: tuple[Matrix, ...]) -> Iterator[PieceBox]:
    """Yield the thin areas of a filled path: the four sides of a cell may be one path."""
    x, y = ctypes.c_float(), ctypes.c_float()
    xs: list[float] = []
    ys: list[float] = []
    for i in range(segments + 1):
        segment = raw.FPDFPath_GetPathSegment(pointer, i) if i < segments else None
        if segment is None or raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if xs and (max(xs) - min(xs) <= _THIN or max(ys) - min(ys) <= _THIN):
                yield (min(xs), min(ys), max(xs), max(ys))
            xs, ys = [], []
        if segment is not None:
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            moved = _move(x.value, y.value, chain)
            xs.append(moved[0])
            ys.append(moved[1])


def _axis_aligned(a: tuple[float, float], b: tuple[float, float]) -> Iterator[PieceBox]:
    if abs(a[0] - b[0]) <= 1.0 or abs(a[1] - b[1]) <= 1.0:
        yield (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
