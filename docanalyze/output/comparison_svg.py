"""Charts of series as small SVG pictures: a line a series, a link a point. No script is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from html import escape

from docanalyze.core.comparison import Point

_WIDE, _HIGH = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 16, 22, 34
_TICKS = 4


def draw_small(values: Sequence[Decimal]) -> str:
    """Return a sparkline of 96 x 24 pixels; empty for fewer than two values."""
    if len(values) < 2:
        return ""
    places = list(zip(_spread(len(values), 3, 93), _scale(values, 21, 3), strict=True))
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    return (
        '<svg class="small" viewBox="0 0 96 24" width="96" height="24" aria-hidden="true">'
        f'<polyline points="{line}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.4"/></svg>'
    )


def draw_chart(
    points: Sequence[Point],
    lines: Sequence[Sequence[Point]],
    label: Callable[[Point], str],
    show: Callable[[Decimal], str],
    anchor: Callable[[Point], str],
) -> str:
    """Return a chart: figures over their stretches, each a link to `anchor`; reprints stand beside the line.

    Each of `lines` joins points that are like each other, as first printed. `label` writes a point's
    stretch, `show` a value in the unit that is read.
    """
    stretches = list(dict.fromkeys((p.period.end, p.period.start) for p in points))
    columns = dict(zip(stretches, _spread(len(stretches), _LEFT + 20, _WIDE - _RIGHT - 30), strict=True))
    values = [point.value for point in points]
    low, high = _range(values)
    heights = dict(zip(range(len(points)), _scale(values, _HIGH - _BOTTOM, _TOP, low, high), strict=True))
    parts = [f'<svg class="chart" viewBox="0 0 {_WIDE} {_HIGH}" role="img">']
    for step in range(_TICKS + 1):
        value = low + (high - low) * step / _TICKS
        y = _scale([value], _HIGH - _BOTTOM, _TOP, low, high)[0]
        parts.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
            f"{escape(show(value))}</text>"
        )
    firsts: dict[tuple[str | None, str | None], int] = {}
    for number, point in enumerate(points):
        firsts.setdefault((point.period.end, point.period.start), number)
    for joined in lines:
        keys = [(point.period.end, point.period.start) for point in joined]
        line = " ".join(f"{columns[key]:.1f},{heights[firsts[key]]:.1f}" for key in keys)
        parts.append(f'<polyline points="{line}"/>')
    every = max(1, len(stretches) // 9)
    for number, (key, first) in enumerate(firsts.items()):
        if number % every == 0:
            parts.append(
                f'<text class="tick" x="{columns[key]:.1f}" y="{_HIGH - 10}" text-anchor="middle">'
                f"{escape(label(points[first]))}</text>"
            )
    for number, point in enumerate(points):
        key = (point.period.end, point.period.start)
        again = firsts[key] != number
        x = columns[key] + (7 if again else 0)
        parts.append(
            f'<a href="#{escape(anchor(point))}"><circle class="{"again" if again else "own"}" cx="{x:.1f}" '
            f'cy="{heights[number]:.1f}" r="5">'
            f"<title>{escape(label(point))}: {escape(show(point.value))}</title>"
            "</circle></a>"
        )
    return "".join([*parts, "</svg>"])


def _spread(count: int, first: float, last: float) -> list[float]:
    if count == 1:
        return [(first + last) / 2]
    return [first + (last - first) * at / (count - 1) for at in range(count)]


def _range(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the ends of the axis: from zero unless the figures lie close together far from it."""
    low, high = min(values), max(values)
    if low >= 0 and low * 2 < high:
        low = Decimal(0)
    room = (high - low) / 10 or abs(high) / 10 or Decimal(1)
    return low - (room if low != 0 else 0), high + room


def _scale(
    values: Sequence[Decimal],
    bottom: float,
    top: float,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> list[float]:
    low = min(values) if low is None else low
    high = max(values) if high is None else high
    if high == low:
        return [(bottom + top) / 2] * len(values)
    return [bottom - (bottom - top) * float((value - low) / (high - low)) for value in values]
