"""Passages: spans that end at sentence ends, stay within a section and keep a list together."""

import re
from collections.abc import Sequence

from qa.text import is_furniture, sentences
from qa.types import Document, Passage, Section, Span

SHORTEST, LONGEST = 150, 300
"""Characters a passage aims at; a single sentence may be longer, a short section shorter."""

_ITEM = re.compile(
    r"[“‘]?(?:[一二三四五六七八九十]+是|其[一二三四五六七八九十]|[(（][一二三四五六七八九十\d]+[)）]|[①-⑳]|\d{1,2}[、.．)）]"
    r"|首先|其次|再次|最后|第[一二三四五六七八九十]+[,，、是])"
)
_INTRODUCES = re.compile(
    r"[:：][”’]?$|以下|如下|[一二三四五六七八九十两几\d]+(?:个|项|大|方面|点)[^。]{0,12}[。:：,，]?[”’]?$"
)
_SPLIT_LIST, _SPLIT_PARAGRAPH, _SPLIT_INTRODUCTION = 40, 25, 80
"""Costs, in characters of length, of a passage that ends in a list, a paragraph, after an introduction."""


def split(document: Document) -> list[Passage]:
    """Cut ``document`` into passages that together cover every sentence, in order.

    Page furniture (navigation, copyright) stays in a passage's text but is none of its ``sentences``.
    """
    parts = document.sections or (Section("", "", "", 0, len(document.text)),)
    return [passage for part in parts for passage in _split_section(document, part)]


def _split_section(document: Document, part: Section) -> list[Passage]:
    spans = sentences(document.text, (part.start, part.end))
    made = []
    for first, last in _groups(document.text, spans):
        start, end = spans[first][0], spans[last][1]
        text = document.text[start:end]
        said = tuple(s for s in spans[first : last + 1] if not is_furniture(document.text[slice(*s)]))
        made.append(Passage(document.doc_id, start, end, text, part.heading, said))
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
