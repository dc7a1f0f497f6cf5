"""Tables as text a reader can quote: a row with its header is one line, every cell is annotated.

::

    指标，单位，2023年
    指标：常住人口，单位：万人，2023年：12.5

Commas part the cells, for a sentence ends at a semicolon; none follows a cell that ends with a sentence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from qa.corpus.reading import Read
from qa.corpus.writing import Writer, one_line
from qa.text import TERMINAL

MOST_CELLS = 200_000
"""Cells of a table that are annotated; of a larger one its rows are lines still."""
_SEEN_FIRST = 12
"""Rows by which a table is judged."""
_LONGEST_LABEL = 40
_MOST_CAPTIONS = 4
_NUMBER = re.compile(r"[-+(（]?[¥$￥]?\d[\d,.\s]*(?:[%％‰)）]|[万亿]?元?)?$|[-—–/…]+$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_ENDS = re.compile(rf"[{TERMINAL}；;，,：:][”’」』》）)]*$")
_STATES = re.compile(r"[(（]?[^:：(（]{2,}[:：]\s*[^\s:：]")
_OF_A_FORM = re.compile(
    r"姓\s*名|性\s*别|民\s*族|出生|籍\s*贯|学\s*历|学位|职\s*务|职\s*称|电话|手机|邮编|邮箱|地\s*址|联系人|负责人|法定代表|身份证|申请"
    r"|索\s*引\s*号|文\s*号|发文字号|[发公]布(?:机构|机关|单位|日期)|发文(?:机关|单位|日期)|[成生]\s*[文效]\s*日\s*期"
    r"|标\s*题|主\s*题|有\s*效\s*性|公开(?:方式|形式|类型)|组配分类"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, in the first row and column that it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


Row = Sequence[Cell]
Labels = Mapping[int, str]


def write_table(out: Writer, rows: Iterable[Row], *, headers: int | None = None, form: bool = False) -> None:
    """Append a table row by row; ``headers`` is how many rows are known to be headers, None to find out.

    In a ``form``, which has none, each second cell is what the one before it asks for.

    Rows above the table that name no columns are captions. A cell merged downwards is repeated in the rows
    that it reaches, for a row is quoted by itself; it is annotated where it first stands.
    """
    filled = (row for row in map(_filled, rows) if row)
    first = list(islice(filled, _SEEN_FIRST))
    captions = _captions(first) if headers is None and not form else 0
    for cell in chain.from_iterable(first[:captions]):
        out.block("paragraph", cell.text)
    if len(first) > captions:
        found = _header_rows(first[captions:]) if headers is None else headers
        paired = form or _is_form(first[captions:])
        _Table(out, 0 if form else found, paired).write(chain(first[captions:], filled))


class _Table:
    """A table that is being written."""

    def __init__(self, out: Writer, headers: int, form: bool) -> None:
        self._out, self._headers, self._form = out, headers, form and not headers
        self._labels: dict[int, str] = {}
        self._open: dict[int, Cell] = {}
        self._columns = self._cells = 0

    def write(self, rows: Iterable[Row]) -> None:
        """Write all rows and annotate the table."""
        start, number = self._out.length, 0
        for number, row in enumerate(rows, start=1):
            self._columns = max(self._columns, *(cell.column + cell.columns for cell in row))
            if number <= self._headers:
                self._header(row, number - 1)
            else:
                self._line(row, number - 1)
        span = (start, self._out.length - 1)
        self._out.annotate("table", span, number, self._columns, min(self._headers, number))

    def _header(self, row: Row, number: int) -> None:
        for place, cell in enumerate(row):
            self._cell(cell, number, "，" if place else "")
            for column in range(cell.column, min(cell.column + cell.columns, cell.column + 1000)):
                above = self._labels.get(column, "")
                self._labels[column] = f"{above} {cell.text}" if above else cell.text
        self._out.write("\n")

    def _line(self, row: Row, number: int) -> None:
        whole = len(row) == 1 and (row[0].columns > 1 or row[0].column == 0) and self._columns > 2
        above = [] if whole else self._above(row)
        before = ""
        for place, cell in enumerate(sorted([*above, *row], key=lambda one: one.column)):
            label = "" if whole else self._labels.get(cell.column, "")
            parted = before and not _ENDS.search(before)
            keyed = self._form and place % 2 == 1
            self._out.write(("：" if keyed else "，") if parted else "")
            if label:
                self._out.write(label if label.endswith(("：", ":")) else f"{label}：")
            if cell.row < row[0].row:
                self._out.write(cell.text)
            else:
                self._cell(cell, number, "")
            before = cell.text
        self._out.write("\n")

    def _above(self, row: Row) -> list[Cell]:
        """Cells of rows above that reach down to this row."""
        at, here = row[0].row, {cell.column for cell in row}
        kept = {column: cell for column, cell in self._open.items() if cell.row + cell.rows > at}
        self._open = kept | {cell.column: cell for cell in row if cell.rows > 1}
        return [cell for column, cell in kept.items() if column not in here]

    def _cell(self, cell: Cell, number: int, before: str) -> None:
        self._out.write(before)
        start = self._out.write(cell.text)
        self._cells += 1
        if self._cells <= MOST_CELLS:
            self._out.annotate("cell", (start, self._out.length), number, cell.column)


def _filled(row: Row) -> list[Cell]:
    return [
        cell if text is cell.text else replace(cell, text=text)
        for cell in row
        if (text := one_line(cell.text))
    ]


def _captions(first: Sequence[Row]) -> int:
    """How many rows stand above the table: of one cell, or with the unit and the like in some of them."""
    for number, row in enumerate(first[: _MOST_CAPTIONS + 1]):
        if len(row) > 1 and not _is_caption(row, next(iter(first[number + 1 :]), ())):
            return number
    return 0


def _is_caption(row: Row, below: Row) -> bool:
    """Whether cells name no columns: they cover few of those below, or state something (单位:万吨)."""
    covered, columns = (sum(cell.columns for cell in cells) for cells in (row, below))
    stating = [bool(_STATES.match(cell.text)) for cell in row]
    if all(stating):
        return len(row) < len(below)
    return 2 * covered < columns or (any(stating) and covered < columns)


def _header_rows(first: Sequence[Row]) -> int:
    """How many of the first rows are headers: short labels, all different, over other rows."""
    top, below = first[0], first[1:]
    rows = max(*(cell.rows for cell in top), 2 if any(cell.columns > 1 for cell in top) else 1)
    if len(top) < 2 or len(below) < rows:
        return 0
    texts = [cell.text for cell in top]
    panels = texts == 2 * texts[: len(texts) // 2]  # one table goes on beside itself
    if not all(map(_is_label, top)) or (len(set(texts)) < len(texts) and not panels):
        return 0
    if rows > 1 and not all(_is_label(cell) for row in first[1:rows] for cell in row):
        rows = 1
    return 0 if _is_form(first) else min(rows, 3)


def _is_form(first: Sequence[Row]) -> bool:
    """Whether the cells are pairs of a label and what is filled in, as in a form or a list of two columns."""
    cells = [cell for row in first for cell in row]
    width = max(cell.column + cell.columns for cell in cells)
    if any(_NUMBER.match(cell.text) for row in first[1:] for cell in row[2:]) and width > 4:
        return False
    labels = sum(bool(_OF_A_FORM.search(row[0].text)) for row in first)
    if width == 2:
        figures = sum(bool(_NUMBER.match(row[-1].text)) for row in first[1:])
        return 2 * figures < len(first) or bool(_NUMBER.match(first[0][-1].text))
    return width % 2 == 0 and labels >= 2


def _is_label(cell: Cell) -> bool:
    text = cell.text
    return len(text) <= _LONGEST_LABEL and (not _NUMBER.match(text) or bool(_YEAR.match(text)))


def grid(texts: Iterable[Sequence[str]]) -> Iterator[list[Cell]]:
    """Cells of rows without merged ones."""
    for number, row in enumerate(texts):
        yield [Cell(text, number, column) for column, text in enumerate(row)]


def captioned(read: Read) -> Read:
    """Name what was read by the caption of its first table, where there is one."""
    captions = (one for one in read.annotations if one.kind in {"paragraph", "table"})
    first = next(captions, None)
    if first is None or first.kind == "table":
        return read
    return replace(read, title=read.text[first.start : first.end])
