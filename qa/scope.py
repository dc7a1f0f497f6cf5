"""Some documents of an index, searched as if there were no others."""

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from qa.generation import Held, Index
from qa.live import Part
from qa.numbers import number_key
from qa.records import JoinedDocuments, Stored
from qa.segment import Segment
from qa.text import squeeze
from qa.types import Entry, Filter, Official

_BETWEEN = re.compile(r"[、,，;；]+")


class Scope:
    """The documents of ``index`` that ``wanted`` lets through; their words weigh as they do among all.

    ``searchers`` by name, positions are indices into ``passages``, as in ``Index``.
    """

    def __init__(self, index: Index, wanted: Filter) -> None:
        chosen = [_documents(index, held, wanted) for held in index.held]
        self.documents = JoinedDocuments([part.of(part.held.documents) for part in chosen])
        self.passages, self.searchers, self.sentences = index.over([_passages(part) for part in chosen])

    def positions_of(self, doc_id: str) -> list[int]:
        """The positions of a document's passages. Raises KeyError."""
        return self.passages.of_document(self.documents.find(doc_id))


def _documents(index: Index, held: Held, wanted: Filter) -> Part[Segment]:
    documents = held.segment.documents

    def fitting(number: int) -> bool:
        entry = documents.entries[number]
        stands = entry._replace(status=status_of(index, entry)) if wanted.statuses else entry
        return fits(stands, wanted, lambda: documents.head(number).official)

    left = np.fromiter(filter(fitting, held.documents.numbers()), np.int64)
    return Part(held.segment, len(documents), left)


def _passages(chosen: Part[Segment]) -> Part[Segment]:
    segment = chosen.held
    places = [np.arange(at.start, at.stop) for at in map(segment.passages.of_document, chosen.numbers())]
    return Part(segment, len(segment.passages), np.concatenate([np.zeros(0, np.int64), *places]))


def fits(entry: Entry, wanted: Filter, official: Callable[[], Official] = Official) -> bool:
    """Whether a document, whose status is that of its entry, is one of those wanted.

    What its head states is read only where it is asked for.
    """
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
        and (not (wanted.issuers or wanted.recipients or wanted.attachments) or _headed(official(), wanted))
    )


def _headed(official: Official, wanted: Filter) -> bool:
    """Whether it is issued by, addressed to and attached with what is wanted."""
    issuers = [_same(official.issuer), *map(_same, _BETWEEN.split(official.issuer))]
    recipients, attachments = [_same(official.recipients)], [*map(_same, official.attachments)]
    return (
        (not wanted.issuers or any(_same(name) in issuers for name in wanted.issuers))
        and (not wanted.recipients or _partly(wanted.recipients, recipients))
        and (not wanted.attachments or _partly(wanted.attachments, attachments))
    )


def _partly(wanted: Iterable[str], stated: Iterable[str]) -> bool:
    names = [*filter(None, map(_same, wanted))]
    return any(name in one for one in stated for name in names)


def _same(words: str) -> str:
    """The words without what may be written in one way or another."""
    return squeeze(words).strip("《》")


class Standing(Stored[Entry]):
    """Entries with whether each still stands, which is looked up when it is asked for."""

    def __init__(self, index: Index, entries: Sequence[Entry]) -> None:
        self._index, self._entries = index, entries

    def __len__(self) -> int:
        return len(self._entries)

    def _at(self, number: int) -> Entry:
        entry = self._entries[number]
        return entry._replace(status=status_of(self._index, entry))


def entries_of(index: Index, named: str = "") -> Standing:
    """The entries of all documents, or of those in whose title or name ``named`` stands, in any writing."""
    entries: Sequence[Entry] = index.documents.entries
    if wanted := squeeze(named):
        entries = [entry for entry in entries if wanted in squeeze(f"{entry.title}\n{entry.doc_id}")]
    return Standing(index, entries)


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
