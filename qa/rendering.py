"""A document as a page of HTML with spans of it marked: pure, self-contained, nothing of it can run.

The text of the body is ``document.text`` to the character; everything else (page numbers, the date) is drawn
by the style sheet from attributes.
"""

import base64
import functools
import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from pathlib import Path

from qa.marks import Marks, escaped
from qa.outline import outlined
from qa.types import Annotation, Document, Span

_BLOCKS = ("table", "heading", "lead", "item")
_RANK = {kind: rank for rank, kind in enumerate(_BLOCKS)}
_DEEPEST, _MOST_EMPTY = 6, 64
"""Level of a heading or item; empty cells filled in one row."""
_WHOLE, _PART = 30_000, 3_000
"""Characters up to which a text is one part; of a part, which is laid out only when it comes in sight."""
_LINE_END = re.compile(r"\r?\n")
_PARTS = re.compile(r"[，：\t |]*")
_MARKED = re.compile(r"\s*(?:[(（]|\d|第|[一二三四五六七八九十]+[、.]|[•·●◆■★▲①-⑳-])")
_HEADINGS = {f"h{level}" for level in range(1, _DEEPEST + 1)}
_TAGS = {*_HEADINGS, "section", "p", "ul", "li", "div", "table", "tbody", "tr", "td", "mark"}
_ATTRIBUTES = {
    "mark": {"id", "class"},
    "p": {"class", "data-heading", "data-level"},
    "li": {"class"},
    "div": {"class"},
    "section": {"class", "data-page"},
}
_STANDING = {
    "repealed": "此文件已废止:{by} Repealed by {by}",
    "superseded": "此文件已被替代:{by} Superseded by {by}",
}


@dataclass(frozen=True, slots=True)
class _Block:
    """A span that is shown as one thing; ``kind`` is line or a kind of annotation."""

    kind: str
    start: int
    end: int
    level: int = 1
    size: int = 0
    """How many characters of a line are its heading."""


@functools.cache
def style() -> str:
    """The style sheet that every page carries."""
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


@functools.cache
def policy() -> str:
    """The Content-Security-Policy under which the page looks as it should and can do nothing."""
    digest = base64.b64encode(hashlib.sha256(style().encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'"
    )


def render_document(document: Document, spans: Sequence[Span] = (), focus: Span | None = None) -> str:
    """A page of ``document`` with ``spans`` and ``focus`` marked as ``Marks`` says.

    A mark that goes over the end of a line, cell or page is one ``<mark>`` in each.
    """
    body = _clean("".join(_body(document, Marks(spans, len(document.text), focus))))
    official = document.official
    facts = [document.title, document.date, document.source, official.number, document.doc_id]
    shown = " · ".join(dict.fromkeys(fact for fact in facts if fact))
    standing = _STANDING.get(official.status, "").format(by=official.superseded_by)
    notice = f' data-notice="{escape(standing)}"' if standing else ""
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title><style>{style()}</style></head>"
        f'<body><main data-facts="{escape(shown)}"{notice}>{body}</main></body></html>\n'
    )


def _clean(body: str) -> str:
    """The same markup; a second net below the escaping. A carriage return would be read as a line feed."""
    import nh3

    known = nh3.clean(body, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None)
    return known.replace("\r", "&#13;")


def _body(document: Document, marks: Marks) -> Iterator[str]:
    """The pages with their blocks, and what stands between pages."""
    text, at = document.text, 0
    known = [*document.annotations, *outlined(document)]
    valid = [one for one in known if 0 <= one.start <= one.end <= len(text)]
    blocks = _Starting(one for one in valid if one.kind in _BLOCKS and one.start < one.end)
    cells = _Starting(one for one in valid if one.kind == "cell" and len(one.values) > 1)
    for page in _apart(one for one in valid if one.kind == "page" and one.values):
        start = at if text[at : page.start].isspace() else max(at, page.start)
        end = max(start, _line_end(text, page.end))
        yield from _blocks(text, _divided(text, (at, start), blocks), cells, marks)
        inside = "".join(_blocks(text, _divided(text, (start, end), blocks), cells, marks))
        yield f'<section class="page" data-page="{page.values[0]:.0f}">{inside}</section>'
        at = end
    yield from _blocks(text, _divided(text, (at, len(text)), blocks), cells, marks)


class _Starting:
    """Annotations by where they start, none within another."""

    def __init__(self, found: Iterable[Annotation]) -> None:
        self._found = sorted(found, key=lambda one: (one.start, -one.end, _RANK.get(one.kind, 0)))
        self._starts = [one.start for one in self._found]

    def within(self, start: int, end: int) -> list[Annotation]:
        """Those that start from ``start`` on and before ``end``."""
        return _apart(self._found[bisect_left(self._starts, start) : bisect_left(self._starts, end)])


def _apart(found: Iterable[Annotation]) -> list[Annotation]:
    """Annotations in the order of the text without those that begin within another."""
    kept: list[Annotation] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _line_end(text: str, end: int) -> int:
    """Where the line break behind ``end`` ends, or ``end``."""
    found = _LINE_END.match(text, end)
    return found.end() if found else end


def _blocks(text: str, blocks: Iterable[_Block], cells: _Starting, marks: Marks) -> Iterator[str]:
    """The blocks one after the other; of a large text in parts."""
    if len(text) <= _WHOLE:
        yield _elements(text, blocks, cells, marks)
        return
    for part in _parts(blocks):
        yield f'<div class="part">{_elements(text, part, cells, marks)}</div>'


def _parts(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    """Runs of blocks that hold so many characters; no list is in two of them."""
    part: list[_Block] = []
    for block in blocks:
        if part and block.start - part[0].start >= _PART and block.kind != "item":
            yield part
            part = []
        part.append(block)
    if part:
        yield part


def _elements(text: str, blocks: Iterable[_Block], cells: _Starting, marks: Marks) -> str:
    """The blocks; items that follow each other are one list."""
    written: list[str] = []
    for listing, run in groupby(blocks, key=lambda block: block.kind == "item"):
        inside = "".join(_element(text, block, cells, marks) for block in run)
        written.append(f"<ul>{inside}</ul>" if listing else inside)
    return "".join(written)


def _divided(text: str, region: Span, blocks: _Starting) -> Iterator[_Block]:
    """Headings, items and tables as they are known, and every other line."""
    at = region[0]
    for one in blocks.within(*region):
        if one.start < at:
            continue
        yield from _lines(text, (at, one.start))
        at = min(_line_end(text, one.end), region[1])
        level, size = (*map(int, one.values[:2]), 1, 0)[:2] if one.kind != "table" else (1, 0)
        yield _Block(one.kind, one.start, at, min(max(level, 1), _DEEPEST), size)
    yield from _lines(text, (at, region[1]))


def _lines(text: str, region: Span) -> Iterator[_Block]:
    start = region[0]
    while start < region[1]:
        end = text.find("\n", start, region[1]) + 1 or region[1]
        yield _Block("line", start, end)
        start = end


def _element(text: str, block: _Block, cells: _Starting, marks: Marks) -> str:
    if block.kind == "table":
        return _table(text, block, cells, marks)
    span = block.start, block.end
    inside = marks.write(text, span)
    if block.kind == "heading":
        return f"<h{block.level}>{inside}</h{block.level}>"
    if block.kind == "item":
        dot = "" if _MARKED.match(text, *span) else " dot"
        return f'<li class="l{block.level}{dot}">{inside}</li>'
    if block.kind == "lead":
        heading = escaped(text[slice(*span)].strip()[: block.size])
        return f'<p data-heading="{heading}" data-level="{block.level}">{inside}</p>'
    return f"<p>{inside}</p>" if text[slice(*span)].strip() else f'<p class="blank">{inside}</p>'


def _parted(text: str, one: Annotation, other: Annotation) -> int:
    """Where a cell ends and the next begins: behind the line break or the mark between them."""
    row = text.rfind("\n", one.end, other.start) + 1
    if row:
        return row
    found = _PARTS.match(text, one.end, other.start)
    return found.end() if found else one.end


def _table(text: str, block: _Block, within: _Starting, marks: Marks) -> str:
    """A table; what parts two cells stands at the end of the first, a label at the start of its own cell."""
    cells = [one for one in within.within(block.start, block.end) if one.end <= block.end]
    if not cells:
        lines = _lines(text, (block.start, block.end))
        return "".join(_element(text, line, within, marks) for line in lines)
    starts = [block.start, *(_parted(text, *pair) for pair in pairwise(cells)), block.end]
    rows: list[str] = []
    row, column = None, 0
    for at, cell in enumerate(cells):
        if cell.values[0] != row:
            row, column = cell.values[0], 0
            rows.append("")
        empty = min(max(int(cell.values[1]) - column, 0), _MOST_EMPTY)
        rows[-1] += "<td></td>" * empty + f"<td>{marks.write(text, (starts[at], starts[at + 1]))}</td>"
        column = int(cell.values[1]) + 1
    inside = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<div class="wide"><table><tbody>{inside}</tbody></table></div>'
