"""Numbers that copying has broken: 2 0 2 3 年, 1 860户, 3,⏎560万."""

import re
from collections.abc import Iterator

from qa.types import Span

_GAPS = (
    re.compile(r"(?<![\d.,])\d(?: (?:[.,] )?\d)+(?![.,]?\d)"),  # every digit by itself
    re.compile(r"(?<![\d.,])\d{1,3}(?:[ \n]\d{3})+(?=[\u3400-\u9fff])"),
    re.compile(r"(?<![\d.,])\d{1,3},\s{1,3}\d{3}(?!\d)"),
    re.compile(r"(?<=\d) {1,2}(?=[年月日])"),
    re.compile(r"(?<=[年月]) {1,2}(?=\d)"),
)
_DIGIT = re.compile(r"\d")


def closed_up(text: str) -> tuple[str, list[int]]:
    """``text`` without the gaps in its numbers, and where each of its characters stood, with the end.

    closed_up("1 2 人") == ("12 人", [0, 2, 3, 4, 5])
    """
    dropped = set(_gaps(text)) if _DIGIT.search(text) else set()
    places = [at for at in range(len(text)) if at not in dropped]
    return "".join([text[at] for at in places]), [*places, len(text)]


def opened(span: Span, places: list[int]) -> Span:
    """Where a span of a closed-up text stood."""
    return places[span[0]], places[span[1] - 1] + 1


def _gaps(text: str) -> Iterator[int]:
    for gap in _GAPS:
        for found in gap.finditer(text):
            yield from (at for at in range(*found.span()) if text[at].isspace())
