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
from itertools import pairwise
from pathlib import Path

from qa.types import Annotation, Document, Span

_BLOCKS = ("table", "heading", "item")
_RANK = {kind: rank for rank, kind in enumerate(_BLOCKS)}
_DEEPEST, _MOST_EMPTY = 6, 64
"""Level of a heading or item; empty cells filled in one row."""
_LINE_END = re.compile(r"\r?\n")
_PARTS = re.compile(r"[，：\t |]*")
_MARKED = re.compile(r"\s*(?:[(（]|\d|第|[一二三四五六七八九十]+[、.]|[•·●◆■★▲①-⑳-])")
_HEADINGS = {f"h{level}" for level in range(1, _DEEPEST + 1)}
_TAGS = {*_HEADINGS, "section", "p", "ul", "li", "div", "table", "tbody", "tr", "td", "mark"}
_ATTRIBUTES = {
    "mark": {"id"},
    "p": {"class"},
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


def render_document(document: Document, spans: Sequence[Span] = ()) -> str:
    """A page of ``document`` with ``spans`` marked, the first mark with the id ``hit``.

    A mark that goes over the end of a line, cell or page is one ``<mark>`` in each. What of a span lies
    outside the text is not marked.
    """
    body = _clean("".join(_body(document, _Marks(spans, len(document.text)))))
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


class _Marks:
    """Where the marks are; they neither touch nor overlap each other."""

    def __init__(self, spans: Iterable[Span], length: int) -> None:
        self.spans: list[Span] = []
        self._used = False
        for start, end in sorted((max(start, 0), min(end, length)) for start, end in spans):
            if start >= end:
                continue
            if self.spans and start <= self.spans[-1][1]:
                self.spans[-1] = self.spans[-1][0], max(end, self.spans[-1][1])
            else:
                self.spans.append((start, end))

    def write(self, text: str, span: Span) -> str:
        """The escaped text of a block, what of it is cited within marks."""
        at, parts = span[0], []
        for low, high in self.spans:
            start, end = max(low, span[0]), min(high, span[1])
            if start < end:
                first = "" if self._used else ' id="hit"'
                self._used = True
                parts.append(f"{_escaped(text[at:start])}<mark{first}>{_escaped(text[start:end])}</mark>")
                at = end
        return "".join(parts) + _escaped(text[at : span[1]])


def _escaped(text: str) -> str:
    return escape(text).replace("\r", "&#13;")


def _body(document: Document, marks: _Marks) -> Iterator[str]:
    """The pages with their blocks, and what stands between pages."""
    text, at = document.text, 0
    valid = [one for one in document.annotations if 0 <= one.start <= one.end <= len(text)]
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


def _blocks(text: str, blocks: Iterable[_Block], cells: _Starting, marks: _Marks) -> Iterator[str]:
    """The blocks one after the other; items that follow each other are one list."""
    listing = False
    for block in blocks:
        if listing != (block.kind == "item"):
            listing = not listing
            yield "<ul>" if listing else "</ul>"
        if block.kind == "table":
            yield _table(text, block, cells, marks)
        else:
            yield _element(text, block, marks)
    if listing:
        yield "</ul>"


def _divided(text: str, region: Span, blocks: _Starting) -> Iterator[_Block]:
    """Headings, items and tables as they are known, and every other line."""
    at = region[0]
    for one in blocks.within(*region):
        if one.start < at:
            continue
        yield from _lines(text, (at, one.start))
        at = min(_line_end(text, one.end), region[1])
        level = int(one.values[0]) if one.values and one.kind != "table" else 1
        yield _Block(one.kind, one.start, at, min(max(level, 1), _DEEPEST))
    yield from _lines(text, (at, region[1]))


def _lines(text: str, region: Span) -> Iterator[_Block]:
    start = region[0]
    while start < region[1]:
        end = text.find("\n", start, region[1]) + 1 or region[1]
        yield _Block("line", start, end)
        start = end


def _element(text: str, block: _Block, marks: _Marks) -> str:
    span = block.start, block.end
    inside = marks.write(text, span)
    if block.kind == "heading":
        return f"<h{block.level}>{inside}</h{block.level}>"
    if block.kind == "item":
        dot = "" if _MARKED.match(text, *span) else " dot"
        return f'<li class="l{block.level}{dot}">{inside}</li>'
    return f"<p>{inside}</p>" if text[slice(*span)].strip() else f'<p class="blank">{inside}</p>'


def _parted(text: str, one: Annotation, other: Annotation) -> int:
    """Where a cell ends and the next begins: behind the line break or the mark between them."""
    row = text.rfind("\n", one.end, other.start) + 1
    if row:
        return row
    found = _PARTS.match(text, one.end, other.start)
    return found.end() if found else one.end


def _table(text: str, block: _Block, within: _Starting, marks: _Marks) -> str:
    """A table; what parts two cells stands at the end of the first, a label at the start of its own cell."""
    cells = [one for one in within.within(block.start, block.end) if one.end <= block.end]
    if not cells:
        return "".join(_element(text, line, marks) for line in _lines(text, (block.start, block.end)))
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
