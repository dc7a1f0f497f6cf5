"""Numbers that copying has broken: 2 0 2 3 年, 1 860户, 3,⏎560万."""

import re
from collections.abc import Iterable, Iterator

from qa.types import Span

_GAPS = (
    re.compile(r"(?<![\d.,])\d(?: (?:[.,] )?\d)+(?![.,]?\d)"),  # every digit by itself
    re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?=[\u3400-\u9fff])"),
    re.compile(r"(?<![\d.,])\d{1,3},\s{1,3}\d{3}(?!\d)"),
    re.compile(r"(?<=\d) {1,2}(?=[年月日])"),
    re.compile(r"(?<=[年月]) {1,2}(?=\d)"),
)
_DIGIT = re.compile(r"\d")
_CUT = re.compile(r"(?<![\d.,])\d{1,3}(?P<end>[ \t]*\r?\n[ \t]*)\d{3}(?=[\u3400-\u9fff])")
_BEFORE = re.compile(r"(?<![\d.,])\d{1,3}\s*\n\s*$")
_THREE, _BEHIND = re.compile(r"\d{3}(?!\d)"), re.compile(r"\s*\n\s*\d{3}(?!\d)")
_LONGEST = 8
"""Characters before a line's second part that are looked at."""
_FULL, _UNEVEN = 12, 2
"""Characters of a line that may be full, and how many fewer it may have than the next one."""


def closed_up(text: str) -> tuple[str, list[int]]:
    """``text`` without the gaps in its numbers, and where each of its characters stood, with the end.

    closed_up("1 2 人") == ("12 人", [0, 2, 3, 4, 5])
    """
    dropped = set(_gaps(text)) if _DIGIT.search(text) else set()
    places = [at for at in range(len(text)) if at not in dropped]
    return "".join([text[at] for at in places]), [*places, len(text)]


def whole(spans: Iterable[Span], places: list[int], text: str) -> list[Span]:
    """Where the spans of the closed-up ``text`` stood; of a number cut by the end of a line both parts.

    Of 4⏎630万 it is all of this, neither 4 nor 630万.
    """
    return [_widened(text, span) for one in spans if not _is_cut(text, span := opened(one, places))]


def _is_cut(text: str, span: Span) -> bool:
    return text[span[1] - 1].isdigit() and bool(_BEHIND.match(text, span[1]))


def _widened(text: str, span: Span) -> Span:
    first = max(0, span[0] - _LONGEST)
    before = _BEFORE.search(text[first : span[0]]) if _THREE.match(text, span[0]) else None
    return (first + before.start() if before else span[0]), span[1]


def opened(span: Span, places: list[int]) -> Span:
    """Where a span of a closed-up text stood."""
    return places[span[0]], places[span[1] - 1] + 1


def _gaps(text: str) -> Iterator[int]:
    for gap in _GAPS:
        for found in gap.finditer(text):
            yield from (at for at in range(*found.span()) if text[at].isspace())
    for found in _CUT.finditer(text):
        before, behind = text[: found.start("end")], text[found.end("end") :]
        width = len(before.rpartition("\n")[2])
        if width >= max(_FULL, len(behind.partition("\n")[0]) - _UNEVEN):
            yield from range(*found.span("end"))
