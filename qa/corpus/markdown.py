"""Markdown: the text stays as it is, its headings, lists, tables and paragraphs are annotated."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from qa.corpus.dates import is_date
from qa.corpus.decoding import decode
from qa.corpus.reading import Read
from qa.types import Annotation, Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<fields>(?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(r"^(title|date|source)[ \t]*:(.*)", re.MULTILINE)
_CELL = re.compile(r"(?:\\.|[^|\\])+")
_LEAVES = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "fence": "paragraph",
    "code_block": "paragraph",
}


def read_markdown(data: bytes) -> Read:
    """Read Markdown (CommonMark and tables). Raises CorpusError."""
    from markdown_it import MarkdownIt

    text, encoding = decode(data)
    front = _FRONT.match(text)
    shown = text
    if front:  # the parser would take it for headings; a blank line for each keeps the numbers of lines
        shown = "\n" * len(re.findall(r"\r\n?|\n", front.group())) + text[front.end() :]
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    tokens = parser.parse(shown.replace("\ufeff", " ", 1) if shown.startswith("\ufeff") else shown)
    lines = [match.span() for match in _LINE.finditer(text)]
    found = _annotations(text, lines, tokens)
    if front:
        found.insert(0, Annotation("paragraph", 0, len(front.group().rstrip())))
    stated = dict(_FIELD.findall(front["fields"])) if front else {}
    fields = {name: value.strip().strip("'\"") for name, value in stated.items()}
    date = fields.get("date", "")[:10]
    return Read(
        text,
        tuple(sorted(found, key=lambda one: (one.start, -one.end))),
        fields.get("title", ""),
        date if is_date(date) else "",
        fields.get("source", ""),
        encoding,
    )


def _annotations(text: str, lines: Sequence[Span], tokens: Sequence[Any]) -> list[Annotation]:
    found: list[Annotation] = []
    depth, table = 0, 0
    for token in tokens:
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "table_open":
            table += 1
            found.extend(_table(text, _rows(lines, token.map)))
        elif token.type == "table_close":
            table -= 1
        elif token.type in _LEAVES and token.map and not table:
            start, end = _bounds(text, lines, token.map)
            kind = "item" if depth and token.type == "paragraph_open" else _LEAVES[token.type]
            level = int(token.tag[1:]) if kind == "heading" else depth
            if start < end:
                found.append(Annotation(kind, start, end, () if kind == "paragraph" else (level,)))
    return found


def _rows(lines: Sequence[Span], place: Sequence[int]) -> list[Span]:
    return list(lines[place[0] : place[1]])


def _bounds(text: str, lines: Sequence[Span], place: Sequence[int]) -> Span:
    rows = _rows(lines, place)
    part = text[rows[0][0] : rows[-1][1]]
    return rows[0][0] + len(part) - len(part.lstrip("\ufeff \t\r\n")), rows[0][0] + len(part.rstrip())


def _table(text: str, rows: Sequence[Span]) -> Iterator[Annotation]:
    """A table and its cells: the line of dashes below its header is no row."""
    spans = [(start, start + len(text[start:end].rstrip())) for start, end in rows]
    cells = [list(_cells(text, span)) for number, span in enumerate(spans) if number != 1]
    width = max(map(len, cells))
    yield Annotation("table", spans[0][0], spans[-1][1], (len(cells), width, 1))
    for number, row in enumerate(cells):
        for column, (start, end) in enumerate(row):
            yield Annotation("cell", start, end, (number, column))


def _cells(text: str, row: Span) -> Iterator[Span]:
    for match in _CELL.finditer(text, *row):
        start, end = match.span()
        inside = text[start:end]
        if inside.strip():
            yield start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())
