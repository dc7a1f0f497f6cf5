"""A page's lines with their boxes, and what of them belongs to the page only: running heads, page numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from qa.corpus.pdf_glyphs import Glyph, Page
from qa.corpus.pdf_lines import Run, box_of, close, directions, in_order, rows, runs, turned, words
from qa.corpus.pdf_rules import Box
from qa.corpus.pdf_tables import Table, inside, tables
from qa.types import Span

_GAP, _LATIN_GAP, _WIDE_GAP, _WIDE = 0.6, 0.2, 1.5, "  "
"""In sizes: gaps between runs that are written as a blank, between Latin words, and as two."""
_MARGIN, _HEIGHT = 0.12, 6.0
"""Share of the page's height that is margin, and points within which two lines stand at the same height."""
_MOST = 0.4
"""Share of the pages; a head that stands on left pages only is on half of them."""
_PAGE_NUMBER = re.compile(
    r"[-—–―·.•~\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*页)?(?:\s*[,，/／|共of]+\s*\d{1,4}\s*页?)?[-—–―·.•~\s]*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,5}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a row of a table with all that its cells hold.

    ``pieces`` are spans of ``text`` with their boxes. ``table`` is (number on the page, rows, columns), of a
    row only; its ``cells`` are row, column and span.
    """

    text: str
    pieces: tuple[tuple[Span, Box], ...]
    box: Box
    size: float
    bold: bool
    table: tuple[int, int, int] | None = None
    cells: tuple[tuple[int, int, Span], ...] = ()


def page_lines(page: Page) -> list[Line]:
    """The lines of a page in reading order; those of the most usual direction first."""
    found: list[Line] = []
    for turn, glyphs in directions(page.glyphs).items():
        drawn = tables(glyphs, [turned(rule, turn) for rule in page.rules])
        back = (4 - turn) % 4
        rest = [glyph for glyph in glyphs if not any(inside(glyph, table.box) for table in drawn)]
        frames = {_frame(table): number for number, table in enumerate(drawn)}
        for row in in_order([*runs(rest), *frames]):
            plain = [run for run in row if run not in frames]
            if plain:
                found.append(_line(plain, back))
            for run in row:
                if run in frames:
                    found.extend(_table_lines(drawn[frames[run]], frames[run], back))
    return found


def _frame(table: Table) -> Run:
    """A run that stands for the table while the lines are put in order."""
    return Run(
        (Glyph("\ufffc", table.box, 1, "", bold=False, turn=0, spaced=False, unmapped=False),), *table.box
    )


@dataclass(slots=True)
class _Writer:
    """Text that grows by runs."""

    turn: int
    text: str = ""
    pieces: list[tuple[Span, Box]] = field(default_factory=list)

    def add(self, run: Run, between: str) -> None:
        self.text += between
        start = len(self.text)
        self.text += words(run)
        self.pieces.append(((start, len(self.text)), turned(box_of(run), self.turn)))

    def line(self, written: Sequence[Run]) -> Line:
        lefts, tops, rights, bottoms = zip(*(box for _, box in self.pieces), strict=True)
        glyphs = [glyph for run in written for glyph in run.glyphs]
        return Line(
            text=self.text,
            pieces=tuple(self.pieces),
            box=(min(lefts), min(tops), max(rights), max(bottoms)),
            size=median(glyph.size for glyph in glyphs),
            bold=all(glyph.bold for glyph in glyphs if not glyph.char.isspace()),
        )


def _line(row: Sequence[Run], turn: int) -> Line:
    """A line; with two wide gaps or more it is the row of a table, its cells parted by tabs."""
    writer = _Writer(turn)
    gaps = ["", *(_between(one, other) for one, other in pairwise(row))]
    cell = "\t" if gaps.count(_WIDE) > 1 else _WIDE
    for run, gap in zip(row, gaps, strict=True):
        writer.add(run, cell if gap == _WIDE else gap)
    return writer.line(row)


def _between(one: Run, other: Run) -> str:
    """What is written between two runs of one line."""
    gap = (other.left - one.right) / max(one.size, other.size)
    if gap > _WIDE_GAP:
        return _WIDE
    narrow = _GAP if close(one.glyphs[-1], other.glyphs[0]) else _LATIN_GAP
    return " " if gap > narrow else ""


def _table_lines(table: Table, number: int, turn: int) -> Iterator[Line]:
    """One line for each row that holds something, a tab between its cells."""
    for row in range(table.shape[0]):
        writer, cells = _Writer(turn), []
        written: list[Run] = []
        for column in range(table.shape[1]):
            lines = rows(runs(table.cells.get((row, column), ())))
            between = "\t" if writer.text else ""
            start = len(writer.text) + len(between)
            for line in lines:
                for run in line:
                    if written and not between:
                        last = written[-1]
                        between = _between(last, run) if run is not line[0] else _broken(last, run)
                    writer.add(run, between)
                    written.append(run)
                    between = ""
            if lines:
                cells.append((row, column, (start, len(writer.text))))
        if cells:
            plain = writer.line(written)
            yield Line(
                plain.text,
                plain.pieces,
                plain.box,
                plain.size,
                plain.bold,
                (number, *table.shape),
                tuple(cells),
            )


def _broken(one: Run, other: Run) -> str:
    """What is written where a line is broken within a cell: nothing between Chinese characters."""
    return "" if close(one.glyphs[-1], other.glyphs[0]) else " "


def running(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[tuple[int, int]]:
    """Page and line, from 0, of running heads and feet: on most pages at one height, or only a number."""
    seen: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for number, (page, its) in enumerate(zip(pages, lines, strict=True)):
        for at, line in enumerate(its):
            middle = (line.box[1] + line.box[3]) / 2
            if line.table or _MARGIN < middle / page.height < 1 - _MARGIN:
                continue
            if _PAGE_NUMBER.fullmatch(line.text):
                found.add((number, at))
            for key in _keys(line.text, number):
                seen[key].append((middle, number, at))
    least = max(2, _MOST * sum(1 for its in lines if its))
    for places in seen.values():
        usual = median(middle for middle, _, _ in places)
        same = [(number, at) for middle, number, at in places if abs(middle - usual) <= _HEIGHT]
        if len({number for number, _ in same}) >= least:
            found.update(same)
    return found


def _keys(text: str, page: int) -> set[str]:
    """The text, and the text with its numbers counted from the page, as a page number in a head is."""
    bare = "".join(text.split())
    return {bare, _NUMBER.sub(lambda found: f"\0{int(found.group()) - page}", bare)}
