"""What stands on a page of a PDF: every character with its box.

Boxes are (left, top, right, bottom) in points from the top left corner of the page as it is shown.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from qa.corpus.pdf_rules import Box, rules
from qa.errors import CorpusError

MOST_CHARACTERS = 100_000
"""Characters a page may have; a large poster has a tenth of that."""
LONGEST_SIDE = 20_000
"""Points, seven metres; the format itself ends at 14,400."""
_ASKEW = math.radians(10)
_DOUBLED = 0.15
"""Of the size: two of the same character nearer to each other than this are one in bold or with a shadow."""
_BOLD = re.compile(r"bold|black|heavy|simhei|heiti|黑体|fzht|-hei|dengxian-b", re.IGNORECASE)
_BOLD_WEIGHT, _STROKED = 700, 2
_HYPHEN, _QUARTER = "-", math.pi / 2
_BLANKS, _REPLACEMENT = frozenset({9, 10, 13, 0xA0}), 0xFFFD


class Glyph(NamedTuple):
    """A character; ``turn`` counts the quarters that its line is turned clockwise from rightwards.

    ``size`` is that of its font in points, ``spaced`` whether a gap as wide as a blank stands before it,
    ``unmapped`` whether its font does not say which character it is.
    """

    char: str
    box: Box
    size: float
    font: str
    bold: bool
    turn: int
    spaced: bool
    unmapped: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page; its size is in points. ``rules`` are straight lines; ``drawn``: there is more than paper."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Box, ...] = ()
    drawn: bool = True


class _Style(NamedTuple):
    size: float
    font: str
    bold: bool
    angle: float


def read_page(pdf: Any, index: int) -> Page:  # noqa: ANN401 - a document of pypdfium2, which has no types
    """Read page ``index`` (from 0). Raises CorpusError for a page without a usable size."""
    import pypdfium2

    try:
        page = pdf[index]
    except pypdfium2.PdfiumError as exc:
        raise CorpusError(
            f"第{index + 1}页已损坏。Page {index + 1} cannot be read ({exc}); save the file anew"
        ) from exc
    try:
        width, height = page_size(page, index)
        shown = _Shown(page)
        glyphs = tuple(_glyphs(page, shown, (width, height), index))
        drawn = pypdfium2.raw.FPDFPage_CountObjects(page.raw) > 0
        return Page(index + 1, width, height, glyphs, rules(page, shown.point) if glyphs else (), drawn)
    finally:
        page.close()


def page_size(page: Any, index: int) -> tuple[float, float]:  # noqa: ANN401 - a page of pypdfium2
    """Width and height of a page as shown, in points. Raises CorpusError when it cannot be."""
    width, height = page.get_size()
    if not (1 <= width <= LONGEST_SIDE and 1 <= height <= LONGEST_SIDE):
        raise CorpusError(
            f"第{index + 1}页的尺寸是{width:g}×{height:g}点。"
            f"Page {index + 1} is {width:g} by {height:g} points; "
            f"1 to {LONGEST_SIDE} can be read: save the file anew with a paper size"
        )
    return width, height


class _Shown:
    """From the page's own coordinates (upwards, before it is turned) to those of the page as shown."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 - a page of pypdfium2
        self.quarters = page.get_rotation() // 90
        self.left, self.bottom, self.right, self.top = page.get_bbox()

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (
            (x - self.left, self.top - y),
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )[self.quarters]

    def box(self, x: tuple[float, float], y: tuple[float, float]) -> Box:
        one, other = self.point(x[0], y[0]), self.point(x[1], y[1])
        return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _glyphs(page: Any, shown: _Shown, size: tuple[float, float], index: int) -> Iterator[Glyph]:  # noqa: ANN401
    """Characters in the order of the file; none twice, none askew (a watermark), none off the page."""
    import pypdfium2.raw as c

    text_page = page.get_textpage()
    raw, count = text_page.raw, text_page.count_chars()
    if count > MOST_CHARACTERS:
        raise CorpusError(
            f"第{index + 1}页有{count:,}个字符。Page {index + 1} has {count:,} characters, "
            f"the most is {MOST_CHARACTERS:,}; split the page"
        )
    rect, seen, spaced = c.FS_RECTF(), _Seen(), False
    known, style = None, _Style(1, "", False, 0)
    for at, char in _characters(raw, count):
        if not char:
            spaced = True
            continue
        drawn = ctypes.cast(c.FPDFText_GetTextObject(raw, at), ctypes.c_void_p).value
        if drawn != known:
            known, style = drawn, _style(raw, at, shown.quarters)
        turn = round(style.angle / _QUARTER)
        if abs(style.angle - turn * _QUARTER) > _ASKEW or not c.FPDFText_GetLooseCharBox(raw, at, rect):
            continue
        box = shown.box((rect.left, rect.right), (rect.bottom, rect.top))
        unmapped = c.FPDFText_HasUnicodeMapError(raw, at) == 1
        glyph = Glyph(char, box, style.size, style.font, style.bold, turn % 4, spaced, unmapped)
        if _on_page(box, size) and not seen.before(glyph, drawn):
            yield glyph
            spaced = False


def _characters(raw: Any, count: int) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - a text page of pdfium
    """Index and character; an empty one where the library saw a gap as wide as a blank."""
    import pypdfium2.raw as c

    high = 0
    for at in range(count):
        code = c.FPDFText_GetUnicode(raw, at)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond 16 bits
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else _REPLACEMENT
        high = 0
        if c.FPDFText_IsGenerated(raw, at) == 1:
            yield at, ""
        elif c.FPDFText_IsHyphen(raw, at) == 1:
            yield at, _HYPHEN
        elif code in _BLANKS or (code >= 32 and code != 127 and code <= 0x10FFFF):
            yield at, " " if code in _BLANKS else chr(code)


def _on_page(box: Box, size: tuple[float, float]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return 0 <= x <= size[0] and 0 <= y <= size[1]


def _style(raw: Any, at: int, quarters: int) -> _Style:  # noqa: ANN401 - a text page of pdfium
    import pypdfium2.raw as c

    matrix, name, flags = c.FS_MATRIX(), ctypes.create_string_buffer(128), ctypes.c_int()
    size, angle = c.FPDFText_GetFontSize(raw, at), 0.0
    if c.FPDFText_GetMatrix(raw, at, matrix):
        size *= math.hypot(matrix.c, matrix.d)
        angle = -math.atan2(matrix.b, matrix.a)  # of the line: the library's own is that of slanted letters
    c.FPDFText_GetFontInfo(raw, at, name, len(name), flags)
    font = name.value.decode("utf-8", "replace")
    drawn = c.FPDFText_GetTextObject(raw, at)
    stroked = bool(drawn) and c.FPDFTextObj_GetTextRenderMode(drawn) == _STROKED
    bold = stroked or c.FPDFText_GetFontWeight(raw, at) >= _BOLD_WEIGHT or bool(_BOLD.search(font))
    return _Style(abs(size) or 1.0, font, bold, (angle + quarters * _QUARTER) % (4 * _QUARTER))


class _Seen:
    """Tells a character that another drawing already put at nearly the same place."""

    def __init__(self) -> None:
        self._at: dict[tuple[str, int, int], list[tuple[float, float, int | None]]] = {}

    def before(self, glyph: Glyph, drawn: int | None) -> bool:
        """Whether it was there; else remember it."""
        (left, top, _, _), near = glyph.box, glyph.size * _DOUBLED
        for column in {int((left - near) // 8), int((left + near) // 8)}:
            for row in {int((top - near) // 8), int((top + near) // 8)}:
                for x, y, other in self._at.get((glyph.char, column, row), ()):
                    if other != drawn and abs(x - left) < near and abs(y - top) < near:
                        return not glyph.char.isspace()
        key = glyph.char, int(left // 8), int(top // 8)
        self._at[key] = [*self._at.get(key, ())[-7:], (left, top, drawn)]
        return False
