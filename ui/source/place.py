"""A place in a document: what a click asks the source pane to show."""

from dataclasses import dataclass, replace
from typing import NamedTuple

Span = tuple[int, int]
MOST_SPANS = 50
"""Spans that one view marks."""


class Stop(NamedTuple):
    """A cited place of an answer, in whichever document."""

    doc_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """A document, the words to show, the other cited words in it, and all that can be gone to from here.

    ``stops`` are the cited places of the whole answer; without them those in this document are.
    """

    doc_id: str
    focus: Span | None = None
    others: tuple[Span, ...] = ()
    collection: str = ""
    stops: tuple[Stop, ...] = ()

    @property
    def spans(self) -> list[Span]:
        """What is marked in the document, in the order of its text."""
        cited = [(stop.start, stop.end) for stop in self.stops if stop.doc_id == self.doc_id]
        first = [self.focus] if self.focus else []
        return sorted(list(dict.fromkeys([*first, *self.others, *cited]))[:MOST_SPANS])

    @property
    def tour(self) -> tuple[Stop, ...]:
        """The places that "next" and "previous" go to; only those that are marked of this document."""
        marked = set(self.spans)
        stops = self.stops or tuple(Stop(self.doc_id, *span) for span in self.spans)
        return tuple(one for one in stops if one.doc_id != self.doc_id or (one.start, one.end) in marked)

    def at(self, number: int) -> "Place":
        """The place that is this number, from 0, of the tour. Raises IndexError."""
        stop = self.tour[number]
        others = self.others if stop.doc_id == self.doc_id else ()
        return replace(self, doc_id=stop.doc_id, focus=(stop.start, stop.end), others=others, stops=self.tour)
