"""Passages: spans that end at sentence ends, stay within a section and keep a list together."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from qa.text import is_furniture, sentences
from qa.types import Annotation, Document, Passage, Section, Span

SHORTEST, LONGEST = 150, 300
"""Characters a passage aims at; a single sentence may be longer, a short section shorter."""

_ITEM = re.compile(
    r"[“‘]?(?:[一二三四五六七八九十]+是|其[一二三四五六七八九十]|[(（][一二三四五六七八九十\d]+[)）]|[①-⑳]|\d{1,2}[、.．)）]"
    r"|首先|其次|再次|最后|第[一二三四五六七八九十]+[,，、是])"
)
_INTRODUCES = re.compile(
    r"[:：][”’]?$|以下|如下|[一二三四五六七八九十两几\d]+(?:个|项|大|方面|点)[^。]{0,12}[。:：,，]?[”’]?$"
)
_BLOCKS = frozenset({"heading", "item", "paragraph", "table"})
_LONGEST_ROW = 1200
"""Characters of a table's row that is kept in one passage."""
_SPLIT_LIST, _SPLIT_PARAGRAPH, _SPLIT_INTRODUCTION = 40, 25, 80
"""Costs, in characters of length, of a passage that ends in a list, a paragraph, after an introduction."""


def split(document: Document) -> list[Passage]:
    """Cut ``document`` into passages that together cover every sentence, in order.

    A sentence ends where a block does that the reader annotated; a row of a table stays in one passage.
    Page furniture (navigation, copyright) and the headers of tables stay in a passage's text but are
    none of its ``sentences``.
    """
    parts = document.sections or (Section("", "", "", 0, len(document.text)),)
    blocks = _Blocks(document.text, document.annotations)
    return [passage for part in parts for passage in _split_section(document, part, blocks)]


class _Blocks:
    """Where the blocks and rows that a reader saw begin and end."""

    def __init__(self, text: str, annotations: Iterable[Annotation]) -> None:
        places = {0, len(text)}
        self._rows: dict[int, int] = {}
        self._headers: set[int] = set()
        annotations = list(annotations)
        cells = sorted((one.start, one.values[0]) for one in annotations if one.kind == "cell")
        for one in annotations:
            if one.kind in _BLOCKS:
                places.update((one.start, one.end))
            if one.kind == "table":
                rows = _rows(_lines(text, one), cells)
                places.update(place for row in rows for place in row)
                self._rows.update(rows)
                self._headers.update(start for start, _ in rows[: _headers(one)])
        self._text, self._places, self._next = text, sorted(places), 0

    def sentences(self, part: Section) -> list[tuple[Span, int]]:
        """Sentences of the next part, and where the row begins that each lies in, or -1."""
        while self._next and self._places[self._next] > part.start:
            self._next -= 1
        found: list[tuple[Span, int]] = []
        while self._next + 1 < len(self._places) and self._places[self._next] < part.end:
            start, end = self._places[self._next : self._next + 2]
            row = start if self._rows.get(start, -1) == end else -1
            cut = max(start, part.start), min(end, part.end)
            found.extend((span, row) for span in sentences(self._text, cut))
            self._next += 1
        return found

    def is_said(self, span: Span, row: int) -> bool:
        """Whether a sentence is one that can be cited."""
        words = self._text[slice(*span)]
        if row < 0:
            return not is_furniture(words)
        return row not in self._headers and any(map(str.isalnum, words))

    def is_whole(self, row: int) -> bool:
        """Whether this row is kept in one passage."""
        return row >= 0 and self._rows[row] - row <= _LONGEST_ROW


def _lines(text: str, table: Annotation) -> list[Span]:
    ends = [match.start() for match in re.finditer("\n", text[table.start : table.end])]
    starts = [table.start, *(table.start + end + 1 for end in ends)]
    return list(zip(starts, [*(table.start + end for end in ends), table.end], strict=True))


def _rows(lines: Sequence[Span], cells: Sequence[tuple[int, float]]) -> list[Span]:
    """Lines of a table, those joined in which cells of one row begin."""
    rows: list[Span] = []
    at, row = bisect_left(cells, (lines[0][0], 0.0)), -1.0
    for start, end in lines:
        first = cells[at][1] if at < len(cells) and cells[at][0] <= end else None
        while at < len(cells) and cells[at][0] <= end:
            at += 1
        if rows and row >= 0 and first == row:
            rows[-1] = (rows[-1][0], end)
        else:
            rows.append((start, end))
        row = row if first is None else first
    return rows


def _headers(table: Annotation) -> int:
    rows, headers = table.values[0], table.values[2] if len(table.values) > 2 else 0
    return int(headers) if headers < rows else 0


def _split_section(document: Document, part: Section, blocks: _Blocks) -> list[Passage]:
    found = blocks.sentences(part)
    units = [0]
    for number, ((_, before), (_, row)) in enumerate(pairwise(found), start=1):
        if row != before or not blocks.is_whole(row):
            units.append(number)
    bounds = list(pairwise([*units, len(found)])) if found else []
    spans = [(found[first][0][0], found[end - 1][0][1]) for first, end in bounds]
    made = []
    for first, last in _groups(document.text, spans):
        start, end = spans[first][0], spans[last][1]
        held = found[bounds[first][0] : bounds[last][1]]
        said = tuple(span for span, row in held if blocks.is_said(span, row))
        made.append(Passage(document.doc_id, start, end, document.text[start:end], part.heading, said))
    return made


def _groups(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """First and last sentence of each passage: the division with the least cost, by dynamic programming."""
    best = [0.0] + [float("inf")] * len(spans)
    back = [0] * (len(spans) + 1)
    for end in range(1, len(spans) + 1):
        ending = _split_cost(text, spans, end)
        for start in range(end - 1, -1, -1):
            length = spans[end - 1][1] - spans[start][0]
            if length > LONGEST and start < end - 1:
                break
            cost = best[start] + _length_cost(length) + ending
            if cost < best[end]:
                best[end], back[end] = cost, start
    groups = []
    end = len(spans)
    while end:
        groups.append((back[end], end - 1))
        end = back[end]
    return groups[::-1]


def _length_cost(length: int) -> float:
    """Characters missing to, or beyond, the length aimed at; each passage costs a little by itself."""
    return 10 + max(SHORTEST - length, length - LONGEST, 0)


def _split_cost(text: str, spans: Sequence[Span], end: int) -> float:
    """Cost of a passage that ends before sentence ``end``."""
    if end == len(spans):
        return 0
    before, after = text[slice(*spans[end - 1])], text[slice(*spans[end])]
    if _INTRODUCES.search(before) and _ITEM.match(after):
        return _SPLIT_INTRODUCTION
    if _ITEM.match(after):
        return _SPLIT_LIST
    return 0 if "\n" in text[spans[end - 1][1] : spans[end][0]] else _SPLIT_PARAGRAPH
