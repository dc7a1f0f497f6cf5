"""Some documents of an index, searched as if there were no others."""

import numpy as np

from qa.generation import Held, Index, Searched
from qa.live import Part
from qa.numbers import number_key
from qa.segment import Segment
from qa.types import Entry, Filter


def within(index: Index, wanted: Filter) -> Searched:
    """Search the documents that ``wanted`` lets through; their words weigh as they do among all."""
    return index.over([_part(index, held, wanted) for held in index.held])


def _part(index: Index, held: Held, wanted: Filter) -> Part[Segment]:
    segment = held.segment
    entries = segment.documents.entries
    numbers = [number for number in held.documents.numbers() if _fits(index, entries[number], wanted)]
    places = [np.arange(at.start, at.stop) for at in map(segment.passages.of_document, numbers)]
    left = np.concatenate([np.zeros(0, np.int64), *places])
    return Part(segment, len(segment.passages), left)


def _fits(index: Index, entry: Entry, wanted: Filter) -> bool:
    stands = entry._replace(status=status_of(index, entry)) if wanted.statuses else entry
    return fits(stands, wanted)


def fits(entry: Entry, wanted: Filter) -> bool:
    """Whether a document, whose status is that of its entry, is one of those wanted."""
    if wanted.doc_ids and not any(_named(entry.doc_id, name) for name in wanted.doc_ids):
        return False
    if (wanted.date_from or wanted.date_to) and not _between(entry.date, wanted.date_from, wanted.date_to):
        return False
    if wanted.numbers and number_key(entry.number) not in map(number_key, wanted.numbers):
        return False
    return (
        (not wanted.sources or entry.source in wanted.sources)
        and (not wanted.formats or entry.format in wanted.formats)
        and (not wanted.statuses or entry.status in wanted.statuses)
    )


def status_of(index: Index, entry: Entry) -> str:
    """``current``, ``repealed`` or ``superseded``; empty for what is no official document."""
    ended = index.ended.get(entry.doc_id)
    return ended.official.status if ended else "current" if entry.number else ""


def _named(doc_id: str, name: str) -> bool:
    return doc_id.startswith(name) if name.endswith("/") else name in (doc_id, doc_id.partition("#")[0])


def _between(date: str, first: str, last: str) -> bool:
    """Whether some day of ``date`` is: _between("2024", "2024-03", "") is True."""
    return bool(date) and (_padded(date, "-12-31") >= first) and (not last or date <= _padded(last, "-12-31"))


def _padded(date: str, end: str) -> str:
    return date + end[len(date) - len("2024") :]
