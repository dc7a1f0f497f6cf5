"""The straight lines drawn on a page of a PDF."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left corner of the page as it is shown."""
Point = tuple[float, float]
Shown = Callable[[float, float], Point]
"""From the page's own coordinates to those of the page as it is shown."""

_PATH = 2
_MOST_PATHS, _MOST_RULES = 4_000, 2_000
"""A page with more drawings, or more lines in them, is a map or a chart, not a table."""
_THIN, _SHORTEST = 2.0, 8.0
"""Points: how far a rule may lean, and how long it is at least."""


def rules(page: Any, point: Shown) -> tuple[Box, ...]:  # noqa: ANN401 - a page of pypdfium2
    """Straight lines across and down, also the sides of rectangles; none where there are too many."""
    found = set()
    for (x, y), (to_x, to_y) in _strokes(page, point):
        thin, long = sorted((abs(x - to_x), abs(y - to_y)))
        if thin <= _THIN and long >= _SHORTEST:
            ends = min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
            found.add((round(ends[0], 1), round(ends[1], 1), round(ends[2], 1), round(ends[3], 1)))
        if len(found) > _MOST_RULES:
            return ()
    return tuple(sorted(found))


def _strokes(page: Any, point: Shown) -> Iterator[tuple[Point, Point]]:  # noqa: ANN401
    import pypdfium2.raw as c

    matrix, x, y = c.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    count = c.FPDFPage_CountObjects(page.raw)
    for at in range(count if count <= _MOST_PATHS else 0):
        path = c.FPDFPage_GetObject(page.raw, at)
        if c.FPDFPageObj_GetType(path) != _PATH or not c.FPDFPageObj_GetMatrix(path, matrix):
            continue
        first = last = None
        for number in range(min(c.FPDFPath_CountSegments(path), _MOST_RULES)):
            segment = c.FPDFPath_GetPathSegment(path, number)
            c.FPDFPathSegment_GetPoint(segment, x, y)
            at_x = matrix.a * x.value + matrix.c * y.value + matrix.e
            at_y = matrix.b * x.value + matrix.d * y.value + matrix.f
            place, kind = point(at_x, at_y), c.FPDFPathSegment_GetType(segment)
            if kind == c.FPDF_SEGMENT_MOVETO:
                first = place
            elif kind == c.FPDF_SEGMENT_LINETO and last:
                yield last, place
            if first and c.FPDFPathSegment_GetClose(segment):
                yield place, first
            last = place
