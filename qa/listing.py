"""The documents of a service as lists and choices, known from their entries: no text is read."""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from qa.errors import InvalidInputError
from qa.frequent import Frequent
from qa.protocols import EVERYTHING
from qa.scope import fits
from qa.service import Service
from qa.text import squeeze
from qa.types import Answer, Document, Entry, Filter

Kind = Literal["doc_ids", "sources", "formats", "numbers", "statuses"]
OFTEN = 2
"""How often a question is asked before it is offered to others."""
_SHOWN = 6
"""Choices of one kind that are shown at a time."""
_LARGE, _SAMPLE = 200_000, 40
"""Characters of a document, and documents, that are read to find questions in their headings."""
_DAY = re.compile(r"(\d{4})(?:[年/.-](\d{1,2})(?:[月/.-](\d{1,2})[日号]?|月)?|年)?")


class Choice(NamedTuple):
    """A value for the field ``kind`` of a filter: what a person calls it, and how many documents it fits."""

    kind: Kind
    value: str
    label: str
    documents: int


class Listing:
    """What the pages and boxes of a page list. Safe to use from many threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._frequent = Frequent(service.settings.vectors / "kept" / "frequent.json")
        self._lock = threading.Lock()
        self._version, self._entries = "", dict[str, tuple[Entry, str]]()

    def entries(self, wanted: Filter = EVERYTHING, typed: str = "") -> list[Entry]:
        """The documents ``wanted`` whose title, name or number holds what is typed. Raises NotReadyError."""
        words = squeeze(typed).casefold()
        return [one for one, said in self._known().values() if words in said and self._fits(one, wanted)]

    def _fits(self, entry: Entry, wanted: Filter) -> bool:
        return fits(entry, wanted, lambda: self._service.document(entry.doc_id).official)

    def choices(self, typed: str = "") -> list[Choice]:
        """What a scope can be made of, each kind's most frequent first; documents once something is typed.

        Raises NotReadyError.
        """
        words, known = squeeze(typed).casefold(), [one for one, _ in self._known().values()]
        found = [
            *_kept("doc_ids", _folders(known), words),
            *_kept("sources", (e.source for e in known), words),
        ]
        found += [*_kept("formats", (e.format for e in known), words)]
        found += [*_kept("statuses", (e.status for e in known), "")] if not words else []
        if words:
            found += _kept("numbers", (e.number for e in known), words)
            papers = self.entries(typed=typed)[:_SHOWN]
            found += [Choice("doc_ids", one.doc_id, one.title, 1) for one in papers]
        return found

    def title(self, doc_id: str) -> str:
        """The title of a document, or the name itself when it is of a folder or of none."""
        known = self._known().get(doc_id)
        return known[0].title if known else doc_id

    def sample(self, wanted: Filter = EVERYTHING) -> Sequence[Document]:
        """A few of the documents ``wanted``, small ones if there are any. Raises NotReadyError."""
        fitting = self.entries(wanted)
        small = [one for one in fitting if one.characters <= _LARGE][:_SAMPLE]
        return [self._service.document(one.doc_id) for one in small or fitting[:1]]

    def note(self, question: str, answer: Answer) -> None:
        """Count a question that was answered."""
        if answer.status == "answered" and self._service.index_version:
            self._frequent.note(question, [one.doc_id for one in answer.citations])

    def frequent(self, wanted: Filter = EVERYTHING, limit: int = 2) -> list[str]:
        """Questions asked ``OFTEN`` that one of the documents ``wanted`` answers. Raises NotReadyError."""
        often = [one for one in self._frequent.all() if one.times >= OFTEN]
        there = {one.doc_id for one in self.entries(wanted)} if often else set()
        return [one.question for one in often if there.intersection(one.doc_ids)][:limit]

    def _known(self) -> Mapping[str, tuple[Entry, str]]:
        """Each entry by its name, with what is searched of it."""
        version = self._service.index_version
        with self._lock:
            if self._version != version or not version:
                self._version = version
                self._entries = {one.doc_id: (one, _searched(one)) for one in self._service.entries()}
            return self._entries


def day(typed: str) -> str:
    """A year, month or day as ISO 8601: day("2024年3月") == "2024-03". Raises InvalidInputError."""
    bare = squeeze(typed)
    if not bare:
        return ""
    found = _DAY.fullmatch(bare)
    parts = [part for part in found.groups() if part] if found else []
    months, days = (int(part) for part in (*parts[1:], "1", "1")[:2])
    if not parts or not 1 <= months <= 12 or not 1 <= days <= 31:
        raise InvalidInputError(
            f"“{typed[:40]}”不是日期,请写成 2024、2024-03 或 2024-03-01。"
            f"{typed[:40]!r} is no date; write 2024, 2024-03 or 2024-03-01"
        )
    return "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])


def _searched(entry: Entry) -> str:
    return squeeze(f"{entry.title}\n{entry.doc_id}\n{entry.number}").casefold()


def _folders(entries: Iterable[Entry]) -> Iterator[str]:
    """The folders above each document, outermost first, with a slash at the end."""
    for one in entries:
        parts = one.doc_id.split("/")[:-1]
        yield from ("/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1))


def _kept(kind: Kind, values: Iterable[str], words: str) -> Iterator[Choice]:
    """The most frequent values that hold the words."""
    counted = Counter(value for value in values if value)
    fitting = ((value, count) for value, count in counted.most_common() if words in squeeze(value).casefold())
    for (value, count), _ in zip(fitting, range(_SHOWN), strict=False):
        yield Choice(kind, value, value, count)
