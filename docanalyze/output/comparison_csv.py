"""A comparison as a tidy CSV: a row a point, with the place and words that it comes from."""

from __future__ import annotations

import csv
import io

from docanalyze.core.comparison import ROW_COLUMNS, Comparison
from docanalyze.output.csv_files import neutralise


def comparison_to_csv(comparison: Comparison) -> str:
    """Return the points of all series as CSV text; text that could run as a formula is neutralised."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*ROW_COLUMNS, "x0", "top", "x1", "bottom"])
    points = [point for series in comparison.series for point in series.points]
    for row, point in zip(comparison.iter_rows(), points, strict=True):
        box = point.boxes[0] if point.boxes else None
        place = ("", "", "", "") if box is None else (box.x0, box.top, box.x1, box.bottom)
        writer.writerow([*(neutralise(row[column]) for column in ROW_COLUMNS), *place])
    return buffer.getvalue()
