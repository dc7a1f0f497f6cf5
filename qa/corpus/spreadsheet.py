"""Text of .xlsx: each sheet is a section, each row with its headers is a line, values as they are displayed.

Dropped: hidden sheets, charts, comments. A formula is shown by the value kept beside it, or not at all.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from qa.corpus import zipped
from qa.corpus.display import displayed
from qa.corpus.reading import Read
from qa.corpus.tables import Cell, captioned, write_table
from qa.corpus.writing import Writer, one_line
from qa.errors import CorpusError

if TYPE_CHECKING:
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
"""Of a sheet, in every spreadsheet program."""
_DAY, _CLOCK, _HALF = 'm"月"d"日"', 'h"时"mm"分"', "上午/下午"
_OF_CHINA = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY),
    **dict.fromkeys((34, 55), _HALF + _CLOCK),
    **dict.fromkeys((35, 56), f'{_HALF}{_CLOCK}ss"秒"'),
    30: "m-d-yy",
    31: f'yyyy"年"{_DAY}',
    32: _CLOCK,
    33: f'{_CLOCK}ss"秒"',
}
"""Number formats that files written in China name by number only (ECMA-376, part 1, 18.8.30)."""
_UNNAMED = re.compile(r"(?:sheet|工作表)\s*\d*$", re.IGNORECASE)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_MOST_MERGED = 100_000

Merges = dict[tuple[int, int], tuple[int, int]]
"""Rows and columns that a cell covers, by its row and column from 1."""


def read_xlsx(data: bytes) -> Read:
    """Read an .xlsx. Raises CorpusError for one that expands without bounds or shows nothing."""
    zipped.check(data, ".xlsx")
    from openpyxl import load_workbook
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    BUILTIN_FORMATS.update(_OF_CHINA)  # it knows those of every country only, and shows days as numbers
    out = Writer()
    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    with zipfile.ZipFile(BytesIO(data)) as container:
        for number, sheet in enumerate(sheets, start=1):
            _write_sheet(out, sheet, number, _merges(container, sheet), len(sheets) > 1)
    return captioned(out.finish())


def _write_sheet(out: Writer, sheet: ReadOnlyWorksheet, number: int, merges: Merges, named: bool) -> None:
    with out.page(number):
        name = one_line(sheet.title)
        before = out.length
        if named or not _UNNAMED.match(name):
            out.heading(name, 1)
        after = out.length
        for table in _tables(_rows(sheet, merges)):
            write_table(out, table)
        if out.length == after:  # an empty sheet has no name either
            out.cut(before)


def _rows(sheet: ReadOnlyWorksheet, merges: Merges) -> Iterator[list[Cell]]:
    """The rows of a sheet that hold something; numbers are those of the sheet, from 0."""
    sheet.reset_dimensions()  # they are what the file says, which may be all rows there are
    for row in sheet.iter_rows():
        cells = [
            Cell(text, one.row - 1, one.column - 1, *merges.get((one.row, one.column), (1, 1)))
            for one in row
            if one.value is not None and (text := _shown(one))
        ]
        if cells and (cells[-1].column >= MOST_COLUMNS or cells[-1].row >= MOST_ROWS):
            raise CorpusError("a sheet has more rows or columns than a sheet can have; save it again")
        if cells:
            yield cells


def _shown(cell: ReadOnlyCell) -> str:
    return displayed(cell.value, cell.number_format)


def _tables(rows: Iterator[list[Cell]]) -> Iterator[Iterator[list[Cell]]]:
    """The tables of a sheet: two or more empty rows part them."""
    last, table = 0, 0

    def key(row: list[Cell]) -> int:
        nonlocal last, table
        if row[0].row - last > 2:
            table += 1
        last = max(row[0].row, *(cell.row + cell.rows - 1 for cell in row if cell.rows < _MOST_MERGED))
        return table

    for _, group in groupby(rows, key):
        yield group


def _merges(container: zipfile.ZipFile, sheet: ReadOnlyWorksheet) -> Merges:
    """Read what is merged, which stands after the rows: reading a sheet row by row does not tell it."""
    from openpyxl.utils import column_index_from_string

    found: Merges = {}
    with container.open(sheet._worksheet_path) as file:
        before = b""
        while piece := file.read(1 << 20):
            held = before + piece
            for match in _MERGED.finditer(held):
                left, right = (column_index_from_string(match[at].decode()) for at in (1, 3))
                top, bottom = int(match[2]), int(match[4])
                found[top, left] = max(1, bottom - top + 1), max(1, right - left + 1)
            before = held[-200:]
            if len(found) > _MOST_MERGED:
                raise CorpusError("a sheet has more merged cells than anybody merges; save it as .csv")
    return found
