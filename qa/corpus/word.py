"""Text of .docx: headings, lists with their numbers, tables, text boxes and notes, in the order of the page.

Dropped: headers and footers, tables of contents, comments, hidden and deleted text, pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from qa.corpus import zipped
from qa.corpus.numbering import Numbering, W, value
from qa.corpus.reading import Read
from qa.corpus.signs import shifted, sign
from qa.corpus.styles import Styles
from qa.corpus.tables import Cell, write_table
from qa.corpus.writing import Writer, one_line, unbroken

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart as Part
    from lxml.etree import _Element as Element

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_DROPPED = {
    _FALLBACK,
    _BOX,
    *(f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "fldData")),
}
_SHOWN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTES = {f"{W}footnoteReference": "脚注", f"{W}endnoteReference": "尾注"}
_LONGEST_HEADING = 120
_LAYOUT = 400
"""Characters of a cell from which a table is there for the layout of the page."""
_WIDEST = 1000


def read_docx(data: bytes) -> Read:
    """Read a .docx. Raises CorpusError for one that expands without bounds or holds no text."""
    zipped.check(data, ".docx")
    from docx import Document

    return _Word(Document(BytesIO(data)).part).read()


class _Word:
    """One document that is being read; ``part`` is its main part."""

    def __init__(self, part: Part) -> None:
        self._body = part.element.body
        self._out = Writer()
        self._styles = Styles(part.styles.element)
        self._numbering = Numbering(_root(part, "numbering"))
        self._notes = {
            (name, note.get(f"{W}id")): note
            for kind, name in (("footnotes", "脚注"), ("endnotes", "尾注"))
            for note in _children(_root(part, kind))
        }
        self._titles = [p for p in self._body.iter(f"{W}p") if self._styles.is_title(p)]

    def read(self) -> Read:
        self._blocks(self._body)
        return self._out.finish(title=self._title())

    def _title(self) -> str:
        """The first paragraph in the style of a title, and those that follow it at once in that style."""
        lines: list[str] = []
        last = None
        for paragraph in self._titles:
            if last is not None and paragraph.getprevious() is not last:
                break
            lines.append("".join(_inline(paragraph)))
            last = paragraph
        return unbroken("\n".join(lines))

    def _blocks(self, parent: Element) -> None:
        for block in _content(parent):
            if block.tag == f"{W}tbl":
                self._table(block)
            else:
                self._paragraph(block)

    def _paragraph(self, paragraph: Element) -> None:
        if not self._styles.is_contents(paragraph):
            text = "".join(_inline(paragraph))
            label, depth = self._label(paragraph) if text.strip() else ("", 0)
            level = self._level(paragraph)
            if level and len(text) <= _LONGEST_HEADING:
                self._out.heading(label + text.strip(), level)
            elif depth:
                self._out.block("item", label + text.strip(), depth)
            else:
                self._out.block("paragraph", text)
        for box in _boxes(paragraph):
            self._blocks(box)
        self._write_notes(paragraph)

    def _level(self, paragraph: Element) -> int:
        if self._styles.is_title(paragraph):
            return 1
        level = self._styles.level(paragraph)
        return level + 1 if level and self._titles else level

    def _label(self, paragraph: Element) -> tuple[str, int]:
        """The number that Word shows before a paragraph, and the level of the item from 1."""
        numbered = self._styles.numbered(paragraph)
        label = self._numbering.label(*numbered) if numbered else None
        if numbered is None or label is None:
            return "", 0
        return label + (" " if label[-1:].isascii() and label else ""), numbered[1] + 1

    def _write_notes(self, block: Element) -> None:
        for reference in block.iter(*_NOTES):
            name, key = _NOTES[reference.tag], reference.get(f"{W}id")
            note = self._notes.get((name, key))
            if note is not None and not _within(reference, {f"{W}del", _FALLBACK}):
                self._out.block("paragraph", f"{name}{key}：{_flat(note)}")

    def _table(self, table: Element) -> None:
        rows = [(row, list(_cells(row))) for row in _rows(table)]
        cells = [cell for _, held in rows for cell in held]
        nested = any(cell.find(f".//{W}tbl") is not None for cell in cells)
        merged = _grid([(row, [(cell, "") for cell in held]) for row, held in rows])
        width = max((cell.column + cell.columns for row in merged for cell in row), default=0)
        if nested or width < 2 or any(len(_flat(cell)) > _LAYOUT for cell in cells):
            for cell in cells:
                self._blocks(cell)
            return
        marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row, _ in rows]
        headers = marked.index(False) if False in marked else 0
        labelled = [(row, [(cell, self._cell(cell)) for cell in held]) for row, held in rows]
        write_table(self._out, _grid(labelled), headers=headers or None)
        self._write_notes(table)

    def _cell(self, cell: Element) -> str:
        shown = (
            self._label(paragraph)[0] + "".join(_inline(paragraph))
            for paragraph in cell.iter(f"{W}p")
            if not _within(paragraph, {_FALLBACK, f"{W}del"}, cell)
        )
        return "\n".join(shown)


def _root(part: Part, kind: str) -> Element | None:
    """The root of a part that the main part refers to, or None."""
    from lxml import etree

    end = f"/relationships/{kind}"
    blobs = [one.target_part.blob for one in part.rels.values() if one.reltype.endswith(end)]
    return etree.fromstring(blobs[0], etree.XMLParser(resolve_entities=False)) if blobs else None


def _children(root: Element | None) -> list[Element]:
    return [] if root is None else [note for note in root if note.get(f"{W}type") in {None, "normal"}]


def _content(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, also those in content controls and inserted ones."""
    for child in parent:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"}:
            yield from _content(child)


def _inline(element: Element) -> Iterator[str]:
    """The text of a paragraph as it is shown."""
    for child in element:
        tag = child.tag
        if tag in {f"{W}t", f"{_MATH}t"}:
            yield child.text or ""
        elif tag in _SHOWN:
            yield _SHOWN[tag]
        elif tag == f"{W}sym":
            yield sign(child.get(f"{W}font", ""), child.get(f"{W}char", ""))
        elif tag not in _DROPPED and not _is_hidden(child):
            place = value(child.find(f"{W}rPr"), "vertAlign")
            yield from (shifted(text, place) for text in _inline(child)) if place else _inline(child)


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return hidden is not None and hidden.get(f"{W}val") not in {"0", "false"}


def _boxes(paragraph: Element) -> Iterator[Element]:
    for box in paragraph.iter(_BOX):
        if not _within(box, {_FALLBACK, f"{W}del", _BOX}, paragraph):
            yield box


def _within(element: Element, tags: set[str], top: Element | None = None) -> bool:
    """Whether one of these is around ``element``, no further out than ``top``."""
    for outer in element.iterancestors():
        if outer is top:
            return False
        if outer.tag in tags:
            return True
    return False


def _flat(element: Element) -> str:
    return one_line(" ".join("".join(_inline(paragraph)) for paragraph in element.iter(f"{W}p")))


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{W}tr" and child.find(f"{W}trPr/{W}del") is None:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins"}:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent"}:
            yield from _cells(child)


def _grid(rows: list[tuple[Element, list[tuple[Element, str]]]]) -> list[list[Cell]]:
    """Cells in their columns; one merged over rows or columns is there once."""
    made: list[list[Cell]] = []
    above: dict[int, tuple[int, int]] = {}
    for number, (row, cells) in enumerate(rows):
        made.append([])
        before = value(row.find(f"{W}trPr"), "gridBefore")
        column = min(int(before), _WIDEST) if before.isdecimal() else 0
        for cell, text in cells:
            properties = cell.find(f"{W}tcPr")
            span = value(properties, "gridSpan")
            width = min(max(int(span), 1), _WIDEST) if span.isdecimal() else 1
            merge = None if properties is None else properties.find(f"{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart" and column in above:
                row_above, place = above[column]
                upper = made[row_above][place]
                made[row_above][place] = replace(upper, rows=upper.rows + 1)
            else:
                above[column] = number, len(made[-1])
                made[-1].append(Cell(text, number, column, 1, width))
            column += width
    return made
