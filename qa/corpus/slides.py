"""Text of .pptx: slides in order, each with its title, its text, its tables and its notes.

Dropped: hidden slides, dates, footers and slide numbers, charts, SmartArt, pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, cast

from qa.corpus import zipped
from qa.corpus.reading import Read
from qa.corpus.tables import Cell, write_table
from qa.corpus.writing import Writer, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.table import Table

_POINT = 12_700
"""Of the units in which slides are measured."""
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def read_pptx(data: bytes) -> Read:
    """Read a .pptx. Raises CorpusError for one that expands without bounds or holds no text."""
    zipped.check(data, ".pptx")
    from pptx import Presentation

    shown = Presentation(BytesIO(data))
    size = [(length or 0) / _POINT for length in (shown.slide_width, shown.slide_height)]
    out, title = Writer(), ""
    for number, slide in enumerate(shown.slides, start=1):
        if slide.element.get("show") in {"0", "false"}:
            continue
        with out.page(number, *size):
            heading = _write_slide(out, slide)
        title = title or heading
    return out.finish(title=title)


def _write_slide(out: Writer, slide: Slide) -> str:
    """Write a slide and return its title."""
    from pptx.shapes.graphfrm import GraphicFrame

    _choose(slide.shapes.element)
    heading = slide.shapes.title
    title = one_line(heading.text_frame.text) if heading is not None and heading.has_text_frame else ""
    out.heading(title, 1)
    for shape in _flat(slide.shapes):
        if heading is not None and shape.shape_id == heading.shape_id:
            continue
        if shape.has_text_frame:
            _write_text(out, cast("Shape", shape))
        elif isinstance(shape, GraphicFrame) and shape.has_table:
            write_table(out, _rows(shape.table), headers=1 if shape.table.first_row else None)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            if paragraph.text.strip():
                out.block("paragraph", f"备注：{paragraph.text.strip()}")
    return title


def _choose(tree: Element) -> None:
    """Put what is shown in the place of alternatives (for formulas), which the library passes over."""
    for choice in list(tree.iter(f"{_COMPATIBILITY}Choice")):
        alternatives = choice.getparent()
        parent = None if alternatives is None else alternatives.getparent()
        if parent is not None and alternatives is not None and alternatives[0] is choice:
            for shape in list(choice):
                alternatives.addprevious(shape)
            parent.remove(alternatives)


def _flat(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    """Shapes in their order, those of groups in the place of the group."""
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.shapes.group import GroupShape

    furniture = {
        PP_PLACEHOLDER.DATE,
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER,
        PP_PLACEHOLDER.HEADER,
    }
    waiting = list(shapes)[::-1]
    while waiting:
        shape = waiting.pop()
        if isinstance(shape, GroupShape):
            waiting.extend(list(shape.shapes)[::-1])
        elif not (shape.is_placeholder and shape.placeholder_format.type in furniture):
            yield shape


def _write_text(out: Writer, shape: Shape) -> None:
    listed = shape.is_placeholder and len(shape.text_frame.paragraphs) > 1
    for paragraph in shape.text_frame.paragraphs:
        properties = paragraph._p.find(f"{_DRAWING}pPr")
        marks = [] if properties is None else [child.tag for child in properties]
        bullet = any(f"{_DRAWING}{name}" in marks for name in ("buChar", "buAutoNum", "buBlip"))
        if bullet or paragraph.level or (listed and f"{_DRAWING}buNone" not in marks):
            out.block("item", paragraph.text, paragraph.level + 1)
        else:
            out.block("paragraph", paragraph.text)


def _rows(table: Table) -> Iterator[list[Cell]]:
    for number, row in enumerate(table.rows):
        yield [
            Cell(cell.text_frame.text, number, column, cell.span_height, cell.span_width)
            for column, cell in enumerate(row.cells)
            if not cell.is_spanned
        ]
