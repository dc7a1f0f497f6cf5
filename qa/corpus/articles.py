"""Addresses within a regulation: 第三章第十二条第(二)项, and where they lie in the text."""

import re
from collections.abc import Iterator

from qa.corpus.numbers import NUMERAL, number_of
from qa.text import lines, paragraphs, squeeze, trim, unfinished
from qa.types import Document, Span

_PARTS = ("编", "章", "节", "条")
"""From the outermost inwards; each begins on a line of its own."""
_ADDRESS = re.compile(
    rf"(?:第?(?P<编>{NUMERAL})编)?(?:第?(?P<章>{NUMERAL})章)?(?:第?(?P<节>{NUMERAL})节)?"
    rf"(?:第?(?P<条>{NUMERAL})条(?:之(?P<之>{NUMERAL}))?)?(?:第?(?P<款>{NUMERAL})款)?(?:第?[(（]?(?P<项>{NUMERAL})[)）]?项)?"
)
_LINE = re.compile(
    rf"第\s*(?P<number>{NUMERAL})\s*(?P<part>[编章节条])(?:之(?P<more>{NUMERAL}))?(?![款项之第])"
)
_ITEM = re.compile(rf"(?:(?<=[;；:：。,，\s])|^)[(（]\s*({NUMERAL})\s*[)）]", re.MULTILINE)
_ENDS = re.compile(r"附\s*[则件录表](?:\s|[:：\d]|$)")

Key = tuple[tuple[str, int, int], ...]
"""Part, number, and the number behind 之 (0 without), from the outermost inwards."""


def article_parts(text: str) -> Key:
    """The first address that ``text`` names, in numbers.

    article_parts("第3章第十二条") == (("章", 3, 0), ("条", 12, 0))
    """
    for found in _ADDRESS.finditer(squeeze(text)):
        parts = [
            (part, number_of(numeral) or 0, number_of(found["之"] or "") or 0 if part == "条" else 0)
            for part, numeral in found.groupdict().items()
            if numeral and part != "之"
        ]
        if parts and any(part in _PARTS for part, _, _ in parts):
            return tuple(parts)
    return ()


def article_key(text: str) -> str:
    """The first address that ``text`` names, in one form; empty when it names none.

    article_key("第三章第十二条第(二)项") == article_key("第3章第12条第2项") == "3章12条2项"
    """
    return "".join(
        f"{number}{part}" + (f"之{more}" if more else "") for part, number, more in article_parts(text)
    )


def find_article(document: Document, address: str) -> Span | None:
    """Where the article, paragraph or item that ``address`` names stands in the text; None when it does not.

    A chapter is found by its longest occurrence: a table of contents names it as well.
    """
    text, span = document.text, (0, len(document.text))
    parts = article_parts(address)
    if not parts:
        return None
    for part, number, more in parts:
        if part in _PARTS:
            found = _part(text, span, (part, number, more))
        elif part == "款":
            found = _paragraph(text, span, number)
        else:
            found = _item(text, span, number)
        if found is None:
            return None
        span = found
    return span


def _starts(text: str, span: Span) -> Iterator[tuple[int, str, int, int]]:
    """Where parts begin: position, kind, number, number behind 之. A line that goes on a sentence is none."""
    before = ""
    for start, end in lines(text[slice(*span)]):
        line = text[span[0] + start : span[0] + end]
        found = _LINE.match(line)
        if found and not unfinished(before):
            yield (
                span[0] + start,
                found["part"],
                number_of(found["number"]) or 0,
                number_of(found["more"] or "") or 0,
            )
        elif _ENDS.match(line):
            yield span[0] + start, "编", 0, 0
        before = line


def _part(text: str, span: Span, wanted: tuple[str, int, int]) -> Span | None:
    starts = list(_starts(text, span))
    rank = _PARTS.index(wanted[0])
    found: list[Span] = []
    for at, (start, *what) in enumerate(starts):
        if tuple(what) != wanted:
            continue
        ends = (later for later, part, _, _ in starts[at + 1 :] if _PARTS.index(part) <= rank)
        found.append(trim(text, (start, next(ends, span[1]))))
    return max(found, key=lambda one: one[1] - one[0]) if found else None


def _paragraph(text: str, span: Span, number: int) -> Span | None:
    """The paragraph with the items that follow it; items are no paragraphs of their own."""
    own = [part for part in paragraphs(text, span) if not _ITEM.match(text, *part)]
    if not 1 <= number <= len(own):
        return None
    end = own[number][0] if number < len(own) else span[1]
    return trim(text, (own[number - 1][0], end))


def _item(text: str, span: Span, number: int) -> Span | None:
    marks = [(found.start(), number_of(found[1])) for found in _ITEM.finditer(text, *span)]
    for at, (start, value) in enumerate(marks):
        if value == number:
            ends = [end for begin, end in paragraphs(text, span) if begin <= start < end]
            following = marks[at + 1][0] if at + 1 < len(marks) else span[1]
            return trim(text, (start, min([following, *ends])))
    return None
