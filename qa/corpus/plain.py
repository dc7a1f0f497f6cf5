"""Plain text: it stays as it is; tables drawn with bars or tabs in it are annotated."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from qa.corpus.decoding import decode
from qa.corpus.reading import Read
from qa.types import Annotation, Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELLS = {"|": re.compile(r"[^|\s](?:[^|\r\n]*[^|\s])?"), "\t": re.compile(r"[^\t\s](?:[^\t\r\n]*[^\t\s])?")}
_FEWEST = 3
"""Lines of a table: of fewer it is open what the first of them is."""
_FIGURES = re.compile(r"[-+−]?[\d.,]+%?")


def read_text(data: bytes) -> Read:
    """Read text as it is, to the character. Raises CorpusError."""
    text, encoding = decode(data)
    return Read(text, tuple(tables_in(text)), encoding=encoding)


def tables_in(text: str) -> Iterator[Annotation]:
    """Tables of lines with bars, the second a rule of dashes, or with tabs below a header; their cells."""
    if not any(mark in text for mark in _CELLS):
        return
    lines = [line.span() for line in _LINE.finditer(text)]
    for mark, run in groupby(lines, lambda line: _mark(text, line)):
        rows = list(run)
        if mark and len(rows) >= _FEWEST:
            yield from _table(text, rows, mark)


def _mark(text: str, line: Span) -> str:
    return next((mark for mark in _CELLS if text.find(mark, *line) >= 0), "")


def _table(text: str, lines: Sequence[Span], mark: str) -> Iterator[Annotation]:
    ruled = bool(_RULE.fullmatch(text, *lines[1]))
    rows = [
        [cell.span() for cell in _CELLS[mark].finditer(text, *line)]
        for number, line in enumerate(lines)
        if not (ruled and number == 1)
    ]
    width = len(rows[0])
    even = width > 1 and all(len(row) == width for row in rows)
    figures = [any(_FIGURES.fullmatch(text, *cell) for cell in row) for row in rows]
    if not (ruled or (mark == "\t" and even and not figures[0] and all(figures[1:]))):
        return
    end = rows[-1][-1][1] if rows[-1] else lines[-1][0]
    end += len(text[end : lines[-1][1]].rstrip("\r\n"))
    yield Annotation("table", lines[0][0], end, (len(rows), max(map(len, rows)), 1))
    for number, row in enumerate(rows):
        for column, (start, end) in enumerate(row):
            yield Annotation("cell", start, end, (number, column))
