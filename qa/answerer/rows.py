"""Rows of tables that are drawn with bars or tabs: their values with the labels above them."""

import re
from dataclasses import dataclass

from qa.text import squeeze
from qa.types import Hit, Span

_MARKS = {"|": re.compile(r"[^|\s](?:[^|\r\n]*[^|\s])?"), "\t": re.compile(r"[^\t\s](?:[^\t\r\n]*[^\t\s])?")}
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_UNIT = re.compile(r"[(（](?P<unit>[^()（）]{1,6})[)）]$")
_UNIT_LINE = re.compile(r"[(（]?\s*(?:计量|金额|货币|数量)?单\s*位\s*[:：]\s*[^\s，,。；;]{1,12}\s*[)）]?")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell of a row and what stands above it; ``label`` is empty in a column that has none."""

    label: str
    span: Span

    def said(self, text: str, unit: str) -> str:
        """As one says it, with the unit of its label or else ``unit``: 造林面积(亩)：1850亩."""
        own = _UNIT.search(self.label)
        return f"{self.label}：{text[slice(*self.span)]}{own['unit'] if own else unit}"


def is_unit(text: str) -> bool:
    """Whether a line tells the unit of a table and nothing else: is_unit("单位:万元")."""
    return bool(_UNIT_LINE.fullmatch(text.strip()))


def header_of(text: str, span: Span) -> Span | None:
    """Where the header of the table stands of which ``text[span]`` is a row; None if it is not above it."""
    mark = next((mark for mark in _MARKS if mark in text[slice(*span)]), "")
    start, end, header = span[0], span[0], None
    while mark and start > 0:
        end = len(text[:start].rstrip())
        start = text.rfind("\n", 0, end) + 1
        if mark not in text[start:end]:
            break
        header = (start, end)
    return header


def values_of(text: str, span: Span) -> list[Value]:
    """The cells of the row ``text[span]`` with their labels; none if it is no row below a header."""
    header = header_of(text, span)
    if header is None:
        return []
    mark = next(mark for mark in _MARKS if mark in text[slice(*header)])
    labels = [text[slice(*cell.span())] for cell in _MARKS[mark].finditer(text, *header)]
    cells = [cell.span() for cell in _MARKS[mark].finditer(text, *span)]
    if len(cells) != len(labels) or _RULE.fullmatch(text, *span):
        return []
    return [Value(label, cell) for label, cell in zip(labels, cells, strict=True)]


def unit_line(hit: Hit, span: Span) -> Span | None:
    """Where the unit of the table stands of which ``span`` is a row: the last such line above it."""
    above = [one for one in hit.passage.sentences if one[1] <= span[0]]
    return next((one for one in reversed(above) if is_unit(_at(hit, one))), None)


def row_said(hit: Hit, span: Span, question: str) -> str | None:
    """The row at ``span`` as one says it, nothing if ``question``, squeezed, tells no part of its name.

    None if it is no row below a header.
    """
    base, text = hit.passage.start, hit.passage.text
    values = values_of(text, (span[0] - base, span[1] - base))
    if not values:
        return None
    name = squeeze(text[slice(*values[0].span)])
    if not any(name[at : at + 2] in question for at in range(max(len(name) - 1, bool(name)))):
        return ""
    line = unit_line(hit, span)
    unit = re.split("[:：]", _at(hit, line))[-1].strip(" )）") if line else ""
    return "，".join(value.said(text, unit) for value in values)


def _at(hit: Hit, span: Span) -> str:
    return hit.passage.text[span[0] - hit.passage.start : span[1] - hit.passage.start]
