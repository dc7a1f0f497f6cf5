"""Spans of a text as ``<mark>`` elements, cut where one of them begins or ends."""

from bisect import bisect_right
from collections.abc import Iterable
from html import escape
from itertools import pairwise
from typing import NamedTuple

from qa.types import Span


class _Piece(NamedTuple):
    start: int
    end: int
    focused: bool


class Marks:
    """Where the marks of a text of ``length`` are; each lies within one span, or where spans overlap.

    Marks within ``focus`` have the class ``focus``, and the first of these the id ``hit``; without it, the
    first of all has both. What of a span lies outside the text is not marked.
    """

    def __init__(self, spans: Iterable[Span], length: int, focus: Span | None = None) -> None:
        asked = [*spans, *([focus] if focus else [])]
        clipped = [(max(start, 0), min(end, length)) for start, end in asked]
        kept = [span for span in clipped if span[0] < span[1]]
        low, high = focus or (0, 0)
        self._pieces = [
            _Piece(start, end, low <= start and end <= high)
            for start, end in pairwise(sorted({edge for span in kept for edge in span}))
            if any(first <= start and end <= last for first, last in kept)
        ]
        self._ends = [piece.end for piece in self._pieces]
        self._hit = next((piece for piece in self._pieces if piece.focused), None)
        self._hit = self._hit or next(iter(self._pieces), None)

    def write(self, text: str, span: Span) -> str:
        """The escaped text of a block, what of it is cited within marks; blocks come in their order."""
        at, parts = span[0], []
        for number in range(bisect_right(self._ends, span[0]), len(self._pieces)):
            piece = self._pieces[number]
            start, end = max(piece.start, span[0]), min(piece.end, span[1])
            if start >= end:
                break
            parts.append(
                f"{escaped(text[at:start])}<mark{self._looks(piece)}>{escaped(text[start:end])}</mark>"
            )
            at = end
        return "".join(parts) + escaped(text[at : span[1]])

    def _looks(self, piece: _Piece) -> str:
        first, self._hit = piece is self._hit, None if piece is self._hit else self._hit
        return (' class="focus"' if first or piece.focused else "") + (' id="hit"' if first else "")


def escaped(text: str) -> str:
    """HTML that a browser reads as ``text``; it would read a bare carriage return as a line feed."""
    return escape(text).replace("\r", "&#13;")
