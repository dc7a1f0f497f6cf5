"""Which lines of a PDF are headings: larger than the body, or bold with an outline mark."""

from collections import Counter
from collections.abc import Sequence

from qa.corpus.headings import outline
from qa.corpus.pdf_pages import Line

_LARGER = 1.15
_LONGEST, _MOST_LINES, _DEEPEST = 80, 4, 6
"""Characters of a heading, lines of one heading, and its deepest level."""
_APART = 1.2
"""In sizes: a wider gap between two lines parts two headings."""

Place = tuple[int, int]
"""Page and line, from 0."""


def headings(pages: Sequence[Sequence[Line]]) -> list[tuple[Place, Place, int]]:
    """First line, last line and level (from 1) of each heading; its lines are of one page and one size."""
    body, bold_body = _body(pages)
    groups: list[tuple[Place, Place, tuple[int, float]]] = []
    for number, lines in enumerate(pages):
        for at, line in enumerate(lines):
            kind = _kind(line, body, bold_body)
            if kind is None:
                continue
            first, last, above = groups[-1] if groups else ((-1, -1), (-1, -1), (0, 0.0))
            if last == (number, at - 1) and kind == above and not kind[0] and _next(lines[at - 1], line):
                groups[-1] = first, (number, at), kind
            else:
                groups.append(((number, at), (number, at), kind))
    groups = [group for group in groups if group[1][1] - group[0][1] < _MOST_LINES]
    levels = {kind: level for level, kind in enumerate(sorted({kind for _, _, kind in groups}), start=1)}
    return [(first, last, min(levels[kind], _DEEPEST)) for first, last, kind in groups]


def _body(pages: Sequence[Sequence[Line]]) -> tuple[float, bool]:
    """The size that most characters have, and whether most are bold."""
    sizes: Counter[float] = Counter()
    bold = total = 0
    for lines in pages:
        for line in lines:
            sizes[_rounded(line.size)] += len(line.text)
            bold += len(line.text) * line.bold
            total += len(line.text)
    return (sizes.most_common(1)[0][0] if sizes else 0.0), 2 * bold > total


def _rounded(size: float) -> float:
    return round(2 * size) / 2


def _kind(line: Line, body: float, bold_body: bool) -> tuple[int, float] | None:
    """What orders the levels: larger sizes first, then bold outline marks from the outermost inwards."""
    if line.table or len(line.text) > _LONGEST or not any(char.isalpha() for char in line.text):
        return None
    if line.size >= _LARGER * body:
        return 0, -_rounded(line.size)
    marked = outline(line.text) if line.bold and not bold_body else None
    return (1, marked[0]) if marked and marked[1] == line.text else None


def _next(above: Line, line: Line) -> bool:
    return -line.size < line.box[1] - above.box[3] < _APART * line.size
