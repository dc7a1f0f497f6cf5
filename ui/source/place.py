"""A place in a document: what a click asks the source pane to show."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Span = tuple[int, int]
Note = Literal["", "moved", "lost"]
"""What became of the words to show: they stand elsewhere than where they were cited, or nowhere."""
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

    ``stops`` are the cited places of the whole answer; without them those in this document are. ``quoted``
    has the words of places as far as they are known, ``version`` tells the text that was opened from others.
    """

    doc_id: str
    focus: Span | None = None
    others: tuple[Span, ...] = ()
    collection: str = ""
    stops: tuple[Stop, ...] = ()
    note: Note = ""
    quoted: Mapping[Stop, str] = field(default_factory=dict, compare=False)
    version: str = field(default="", compare=False)

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
        focus = (stop.start, stop.end)
        return replace(self, doc_id=stop.doc_id, focus=focus, others=others, stops=self.tour, note="")

    def standing(self, text: str) -> "Place":
        """The same place in the document's text as it is now: what no longer stands there is not marked."""

        def now(span: Span) -> Span | None:
            words = self.quoted.get(Stop(self.doc_id, *span))
            return span if words is None else stands(text, span[0], words)

        focus = now(self.focus) if self.focus else None
        others = tuple(filter(None, map(now, self.others)))
        moved = ((stop, now((stop.start, stop.end))) for stop in self.stops if stop.doc_id == self.doc_id)
        places = {stop: Stop(self.doc_id, *span) if span else None for stop, span in moved}
        stops = tuple(filter(None, (places.get(stop, stop) for stop in self.stops)))
        note = self.note if focus == self.focus else "moved" if focus else "lost"
        place = replace(self, focus=focus, others=others, stops=stops, note=note, version=version_of(text))
        read = {Stop(self.doc_id, *span): text[slice(*span)] for span in place.spans}
        kept = {stop: words for stop, words in self.quoted.items() if stop.doc_id != self.doc_id}
        return replace(place, quoted=kept | read)


def version_of(text: str) -> str:
    """Tells a text from any other that a document had: version_of("水") == "7ae7ac2d"."""
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def stands(text: str, start: int, words: str) -> Span | None:
    """Where a text says these words, first of all at ``start``; ``None`` where it does not."""
    at = start if text.startswith(words, start) else text.find(words)
    return (at, at + len(words)) if at >= 0 else None
