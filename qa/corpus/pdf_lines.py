"""From the characters of a page to its lines in reading order: pure geometry, y grows downwards."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from qa.corpus.pdf_glyphs import Glyph
from qa.corpus.pdf_rules import Box

_CLOSE, _BACK, _WORD = 1.0, 1.0, 0.6
"""In sizes: the widest gap in a run, how far a run may step back (a ligature), the gap that is a blank."""
_SAME_LINE = 0.5
"""Share of the lower of two runs that must overlap in height for them to stand on one line."""
_NARROWEST_GUTTER, _FEWEST_LINES, _SHORTEST_LINE, _FULL = 0.6, 3, 8, 0.6
"""Columns: width of the gutter in sizes; lines in each; characters in a run; share of the width it fills."""
_NEXT_LINE, _DEEPEST, _MOST_RUNS, _MOST_GUTTERS = 1.5, 8, 3_000, 60
_FEWEST_UPRIGHT = 10
_AFTER_MARK = 0.2
"""In sizes: a gap behind the mark of an article is a blank, which many files leave out."""
_MARK = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,8}[编章节条](?:之[一二三四五六七八九十]{1,3})?")
_CJK = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef，。；：、！？“”‘’（）《》〈〉【】—…·]"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow each other on one line, nothing wider than a character between them."""

    glyphs: tuple[Glyph, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        """The size most of it is set in."""
        return median(glyph.size for glyph in self.glyphs)


def turned(box: Box, turn: int) -> Box:
    """The box on a page turned ``turn`` quarters anticlockwise: turned((1, 2, 3, 5), 1) == (2, -3, 5, -1)."""
    left, top, right, bottom = box
    return (box, (top, -right, bottom, -left), (-right, -bottom, -left, -top), (-bottom, left, -top, right))[
        turn
    ]


def directions(glyphs: Sequence[Glyph]) -> dict[int, list[Glyph]]:
    """The glyphs by the way their lines run, most first, with boxes as if all lines ran to the right."""
    vertical = _vertical(glyphs)
    found: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        turn = 1 if vertical and glyph.turn == 0 else glyph.turn
        as_if = glyph._replace(box=turned(glyph.box, turn)) if turn else glyph
        found.setdefault(turn, []).append(as_if)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether upright characters follow each other downwards, as in vertical writing."""
    down = right = 0
    for one, other in pairwise(glyphs):
        across, under = other.box[0] - one.box[0], other.box[1] - one.box[1]
        down += abs(across) < 0.3 * one.size and 0.7 * one.size < under < 1.6 * one.size
        right += abs(under) < 0.3 * one.size and 0 < across < 2 * one.size
    return down >= _FEWEST_UPRIGHT and down > 2 * right


def runs(glyphs: Sequence[Glyph]) -> list[Run]:
    """Runs in the order in which the file draws them; blanks at their ends are gone."""
    made: list[list[Glyph]] = []
    for glyph in glyphs:
        if made and _continues(made[-1][-1], glyph):
            made[-1].append(glyph)
        elif not glyph.char.isspace():
            made.append([glyph])
    return [_run(part) for part in made]


def _continues(last: Glyph, glyph: Glyph) -> bool:
    em = max(last.size, glyph.size)
    gap = glyph.box[0] - last.box[2]
    return -_BACK * em <= gap <= _CLOSE * em and _overlap(last.box, glyph.box) > _SAME_LINE


def _overlap(one: Box, other: Box) -> float:
    lower = min(one[3] - one[1], other[3] - other[1])
    return (min(one[3], other[3]) - max(one[1], other[1])) / lower if lower > 0 else 0.0


def _run(glyphs: Sequence[Glyph]) -> Run:
    kept = list(glyphs)
    while kept[-1].char.isspace():
        kept.pop()
    lefts, tops, rights, bottoms = zip(*(glyph.box for glyph in kept), strict=True)
    return Run(tuple(kept), min(lefts), min(tops), max(rights), max(bottoms))


def box_of(run: Run) -> Box:
    """The box of a run."""
    return run.left, run.top, run.right, run.bottom


def rows(parts: Sequence[Run]) -> list[list[Run]]:
    """Runs that stand on one line together, from left to right, the lines from the top down."""
    found: list[list[Run]] = []
    for run in sorted(parts, key=lambda run: (run.top + run.bottom, run.left)):
        if found and _overlap(box_of(found[-1][-1]), box_of(run)) > _SAME_LINE:
            found[-1].append(run)
        else:
            found.append([run])
    return [sorted(row, key=lambda run: run.left) for row in found]


def in_order(parts: Sequence[Run], depth: int = 0) -> list[list[Run]]:
    """The lines in the order a person reads them: column by column where the page has columns."""
    lines = rows(parts)
    split = _columns(lines) if depth < _DEEPEST and len(parts) <= _MOST_RUNS else None
    if split is None:
        return lines
    return [line for part in split for line in in_order(part, depth + 1)]


def _columns(lines: Sequence[Sequence[Run]]) -> list[list[Run]] | None:
    """What stands above two columns, in the left, in the right, and below; None without columns."""
    best: tuple[int, list[list[Run]]] | None = None
    tried: set[int] = set()
    for at, (low, high) in _gutters(lines):
        if round(low + high) // 8 in tried:
            continue
        if len(tried) == _MOST_GUTTERS:
            break
        tried.add(round(low + high) // 8)
        first, last = _reach(lines, at, (low, high))
        if best and last - first <= best[0]:
            continue
        split = _split(lines, (first, last), (low + high) / 2)
        if all(_is_column(side) for side in split[1:3]) and _beside(split[1], split[2]):
            best = last - first, split
    return best[1] if best else None


def _gutters(lines: Sequence[Sequence[Run]]) -> Iterator[tuple[int, tuple[float, float]]]:
    """Gaps between neighbours on one line, or on two lines that follow each other (shifted columns)."""
    for at, line in enumerate(lines):
        near = sorted([*line, *(lines[at + 1] if at + 1 < len(lines) else [])], key=lambda run: run.left)
        right = near[0].right
        for run in near[1:]:
            if run.left - right >= _NARROWEST_GUTTER * run.size:
                yield at, (right, run.left)
            right = max(right, run.right)


def _reach(lines: Sequence[Sequence[Run]], at: int, gutter: tuple[float, float]) -> tuple[int, int]:
    """The first line and the line after the last around ``at`` that leave the gutter free."""
    first = last = at
    low, high = gutter
    for step in (1, -1):
        line = at
        while 0 <= line < len(lines):
            middle = (low + high) / 2
            rights = [run.right for run in lines[line] if run.left < middle]
            lefts = [run.left for run in lines[line] if run.left >= middle]
            narrower = max([low, *rights]), min([high, *lefts])
            if narrower[1] - narrower[0] < _NARROWEST_GUTTER * lines[line][0].size:
                break
            low, high = narrower
            first, last = min(first, line), max(last, line)
            line += step
    return first, last + 1


def _split(lines: Sequence[Sequence[Run]], reach: tuple[int, int], middle: float) -> list[list[Run]]:
    """Above, left, right, below. What stands on the left only is above, or below once a gap parts it."""
    first, last = reach
    two = [n for n in range(first, last) if any(run.left >= middle for run in lines[n])]
    if not two:
        return [[], [], [], []]
    first, end = two[0], two[-1] + 1
    while end < last and lines[end][0].top - lines[end - 1][0].bottom < _NEXT_LINE * lines[end][0].size:
        end += 1
    inside = [run for line in lines[first:end] for run in line]
    return [
        [run for line in lines[:first] for run in line],
        [run for run in inside if run.left < middle],
        [run for run in inside if run.left >= middle],
        [run for line in lines[end:] for run in line],
    ]


def _is_column(side: Sequence[Run]) -> bool:
    """Whether these are lines of prose: some, long enough, most filling the width."""
    lines = rows(side)
    if len(lines) < _FEWEST_LINES:
        return False
    width = max(run.right for run in side) - min(run.left for run in side)
    return (
        median(line[-1].right - line[0].left for line in lines) >= _FULL * width
        and median(len(run.glyphs) for run in side) >= _SHORTEST_LINE
    )


def _beside(left: Sequence[Run], right: Sequence[Run]) -> bool:
    one = (0, min(run.top for run in left), 0, max(run.bottom for run in left))
    other = (0, min(run.top for run in right), 0, max(run.bottom for run in right))
    return _overlap(one, other) > _SAME_LINE


def words(run: Run) -> str:
    """The text of a run; a gap without a blank is written as one where words are parted by blanks."""
    text = ""
    for before, glyph in zip((None, *run.glyphs), run.glyphs, strict=False):
        gap = glyph.box[0] - before.box[2] if before else 0.0
        blank = text[-1:].isspace() or glyph.char.isspace()
        wide = _AFTER_MARK if _MARK.fullmatch(text) else _WORD
        if before and not blank and (gap > wide * glyph.size or (glyph.spaced and not close(before, glyph))):
            text += " "
        text += glyph.char
    return text


def close(one: Glyph, other: Glyph) -> bool:
    """Whether characters are written without a blank between them, whatever space the page leaves."""
    return bool(_CJK.match(one.char) or _CJK.match(other.char))
