"""The blocks of a web page: what a browser would show under each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from qa.corpus.signs import shifted
from qa.corpus.tables import Cell

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DROPPED = frozenset(
    re.findall(
        r"\w+",
        """script style noscript template svg math iframe frame object embed applet canvas audio video map
        select button input textarea option datalist dialog head title meta link base rp rt""",
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """p div section article main header footer nav aside address blockquote pre ul ol li dl dt dd h1 h2
        h3 h4 h5 h6 table caption thead tbody tfoot tr td th form fieldset legend figure figcaption details
        summary hr center body""",
    )
)
_AROUND = frozenset({"nav", "footer", "aside", "header"})
_ARTICLE = frozenset({"article", "main"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CJK = "\u2e80-\u9fff\uff00-\uffef，。；：、！？“”"
_BROKEN = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n][ \t\r\n]*(?=[{_CJK}])")
_BREAK = "\x1d"
"""Stands for <br> until the blanks of the source are closed."""
_LAYOUT = 400
_MOST_SPANNED = 1000
_INSIDE = frozenset({"div", "h1", "h2", "h3", "h4"})


@dataclass(frozen=True, slots=True)
class Block:
    """A block; ``within`` names the parts of a page around it, ``rows`` are those of a table.

    ``label`` is the number that a browser writes before an item; ``form``: of a table each cell of whose
    headers names the cell behind it.
    """

    kind: str
    text: str
    level: int = 0
    within: frozenset[str] = frozenset()
    rows: list[list[Cell]] = field(default_factory=list)
    headers: int = 0
    label: str = ""
    form: bool = False


def blocks(root: Element) -> list[Block]:
    """The blocks of a page in the order of its source; nothing is done with what a page asks for."""
    return list(_Walk(root))


class _Walk:
    """One pass over a page, without recursion: pages nest as deep as they like."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._text: list[str] = []
        self._around: list[str] = []
        self._lists: list[tuple[str, Iterator[int]]] = []
        self._kind: tuple[str, int] = ("paragraph", 0)
        self._label = ""
        self._skipped: Element | None = None

    def __iter__(self) -> Iterator[Block]:
        from lxml import etree

        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                yield from self._end(element, tag)
                continue
            data = tag == "table" and is_data(element)
            if data:
                yield from self._flush()
                yield from self._table(element)
            if data or tag in _DROPPED or is_hidden(element):
                walk.skip_subtree()
                self._skipped = element
            else:
                yield from self._start(element, tag)
        yield from self._flush()

    def _table(self, element: Element) -> Iterator[Block]:
        within = self._within()
        caption = element.find("caption")
        if caption is not None:
            yield Block("paragraph", text_of(caption), 0, within)
        rows = list(cells_of(element))
        text = "\n".join(cell.text for row in rows for cell in row)
        yield Block("table", text, 0, within, rows, _headers(element), form=_is_form(element))

    def _start(self, element: Element, tag: str) -> Iterator[Block]:
        if tag in _BLOCKS:
            yield from self._flush()
            if tag in _AROUND or tag in _ARTICLE:
                self._around.append(tag)
            elif tag in {"ul", "ol"}:
                self._lists.append((tag, count(_whole(element.get("start"), 1))))
            self._open(tag)
        elif tag == "br":
            self._text.append(_BREAK)
        self._text.append(shifted(element.text or "", tag))

    def _open(self, tag: str) -> None:
        if tag[0] == "h" and tag[1:].isdecimal():
            self._kind = ("heading", int(tag[1:]))
        elif tag == "li":
            self._kind = ("item", max(1, len(self._lists)))
            if self._lists and self._lists[-1][0] == "ol":
                self._label = f"{next(self._lists[-1][1])}. "

    def _end(self, element: Element, tag: str) -> Iterator[Block]:
        if element is self._skipped:
            self._skipped = None
        elif tag in _BLOCKS:
            yield from self._flush()
            self._kind, self._label = ("paragraph", 0), ""
            if self._around and (tag in _AROUND or tag in _ARTICLE):
                self._around.pop()
            elif self._lists and tag in {"ul", "ol"}:
                self._lists.pop()
        self._text.append(element.tail or "")

    def _flush(self) -> Iterator[Block]:
        text = closed("".join(self._text))
        self._text = []
        if text:
            yield Block(self._kind[0], text, self._kind[1], self._within(), label=self._label)
            self._label = ""
            if self._kind[0] == "heading":
                self._kind = ("paragraph", 0)

    def _within(self) -> frozenset[str]:
        around = frozenset(self._around)
        return around - {"header"} if around & _ARTICLE else around  # that of an article holds its title


def closed(text: str) -> str:
    """Close the blanks of the source; Chinese that goes on in the next line has none."""
    text = _BLANKS.sub(" ", _BROKEN.sub("", text))
    return re.sub(rf" *{_BREAK} *", "\n", text).strip()


def is_hidden(element: Element) -> bool:
    """Whether a browser does not show it."""
    get = element.get
    if get("hidden") is not None or (get("aria-hidden") or "").lower() == "true":
        return True
    return bool(_HIDDEN.search(get("style") or ""))


def text_of(element: Element) -> str:
    """The text in an element as it is shown, on as many lines as it has."""
    from lxml import etree

    found: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        tag = inner.tag if isinstance(inner.tag, str) else ""
        if event == "end":
            found.append(_BREAK if tag in _BLOCKS else "")
            found.append((inner.tail or "") if inner is not element else "")
        elif tag in _DROPPED or is_hidden(inner):
            walk.skip_subtree()
        else:
            found.append(_BREAK if tag == "br" else "")
            found.append(shifted(inner.text or "", tag))
    return closed("".join(found))


def is_data(table: Element) -> bool:
    """Whether a table holds data; those for the layout of a page hold parts of it, or long texts."""
    cells = [_cells(row) for row in _rows(table)]
    if max(map(len, cells), default=0) < 2 or table.find(".//table") is not None:
        return False
    return not any(_is_layout(cell) for row in cells for cell in row)


def _is_layout(cell: Element) -> bool:
    inside = sum(child.tag in _INSIDE for child in cell)
    return inside > 2 or sum(len("".join(str(text).split())) for text in cell.itertext()) > _LAYOUT


def _rows(table: Element) -> list[Element]:
    parts = [table, *(part for part in table if part.tag in {"thead", "tbody", "tfoot"})]
    order = {"thead": 0, "tfoot": 2}
    ordered = sorted(parts, key=lambda part: order.get(str(part.tag), 1))
    return [row for part in ordered for row in part if row.tag == "tr" and not is_hidden(row)]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in {"td", "th"} and not is_hidden(cell)]


def _headers(table: Element) -> int:
    """How many rows at the top hold only header cells."""
    rows = _rows(table)
    plain = (number for number, row in enumerate(rows) if not all(cell.tag == "th" for cell in _cells(row)))
    marked = next(plain, 0)
    return marked or len(table.findall("./thead/tr"))


def _is_form(table: Element) -> bool:
    """Whether header cells and others take turns in each row, and some row has two pairs of them."""
    rows = [[cell.tag == "th" for cell in _cells(row)] for row in _rows(table)]
    return max(map(len, rows), default=0) > 2 and all(row == [True, False] * (len(row) // 2) for row in rows)


def cells_of(table: Element) -> Iterator[list[Cell]]:
    """The rows of a table; cells that cover several columns or rows push the others aside."""
    covered: dict[int, int] = {}
    for number, row in enumerate(_rows(table)):
        made, column = [], 0
        for cell in _cells(row):
            while covered.get(column, 0) > number:
                column += 1
            if column >= _MOST_SPANNED:
                break
            width, height = (_whole(cell.get(name), 1) for name in ("colspan", "rowspan"))
            made.append(Cell(text_of(cell), number, column, height, width))
            covered.update(dict.fromkeys(range(column, column + width), number + height))
            column += width
        yield made


def _whole(written: str | None, otherwise: int) -> int:
    number = int(written) if written and written.strip().isdecimal() and len(written) < 9 else otherwise
    return min(max(number, 1), _MOST_SPANNED)
