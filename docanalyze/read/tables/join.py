"""Tables that go on over pages."""

from __future__ import annotations

from docanalyze.read.tables.grid import Grid

_SNAP = 3.0


def is_continuation(before: Grid, after: Grid) -> bool:
    """Return whether `after` has the column borders of `before`, as a table carried over a page has."""
    if before.extents or after.extents:
        return after.continues
    return len(before.columns) == len(after.columns) and all(
        abs(a - b) <= 2 * _SNAP for a, b in zip(before.columns, after.columns, strict=True)
    )
