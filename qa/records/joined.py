"""Documents and passages of several segments as those of one index."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from qa.live import Part, part_at
from qa.records.documents import Documents, Entries
from qa.records.passages import Passages
from qa.records.stored import Stored
from qa.types import Document, Entry, Passage

_T = TypeVar("_T")


class JoinedPassages(Stored[Passage]):
    """The passages of all parts by position."""

    def __init__(self, parts: Sequence[Part[Passages]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def _at(self, number: int) -> Passage:
        part = part_at(self._parts, number)
        return part.held[part.number(number)]

    def of_document(self, place: tuple[int, int]) -> list[int]:
        """Return the positions of a document's passages; ``place`` is where ``Directory`` finds it."""
        part = self._parts[place[0]]
        positions = map(part.position, part.held.of_document(place[1]))
        return [position for position in positions if position is not None]


class Directory:
    """Where each document is: its part, and its number there."""

    def __init__(self, parts: Sequence[Part[Entries]]) -> None:
        self.parts = parts

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    @cached_property
    def order(self) -> Sequence[tuple[int, int]]:
        """Number of the part and of the document in it, in the order of ``doc_id``."""
        places = (
            (part.held[number].doc_id, at, number)
            for at, part in enumerate(self.parts)
            for number in part.numbers()
        )
        return [(at, number) for _, at, number in sorted(places)]

    def find(self, doc_id: str) -> tuple[int, int]:
        """Return where the document of this name is. Raises KeyError."""
        for at, part in enumerate(self.parts):
            try:
                number = part.held.number_of(doc_id)
            except KeyError:
                continue
            if part.position(number) is not None:
                return at, number
        raise KeyError(doc_id)


class _Joined(Stored[_T]):
    """What is stored for each document, in the order of ``doc_id``."""

    def __init__(self, held: Sequence[Sequence[_T]], directory: Directory) -> None:
        self._held, self._directory = held, directory

    def __len__(self) -> int:
        return len(self._directory)

    def _at(self, number: int) -> _T:
        part, own = self._directory.order[number]
        return self._held[part][own]

    @property
    def by_id(self) -> Mapping[str, _T]:
        """The same by ``doc_id``."""
        return _ById(self._held, self._directory)


class JoinedEntries(_Joined[Entry]):
    """The entries of all documents."""


class JoinedDocuments(_Joined[Document]):
    """All documents; ``entries`` tells of each without reading its text."""

    def __init__(self, parts: Sequence[Part[Documents]]) -> None:
        directory = Directory([part.of(part.held.entries) for part in parts])
        super().__init__([part.held for part in parts], directory)
        self.entries = JoinedEntries([part.held.entries for part in parts], directory)
        self._parts, self.find = parts, directory.find

    @property
    def heads(self) -> list[Document]:
        """Every document without its text: its entry, and what its head states."""
        return [part.held.head(number) for part in self._parts for number in part.numbers()]


class _ById(Mapping[str, _T]):
    def __init__(self, held: Sequence[Sequence[_T]], directory: Directory) -> None:
        self._held, self._directory = held, directory

    def __getitem__(self, doc_id: str) -> _T:
        part, own = self._directory.find(doc_id)
        return self._held[part][own]

    def __iter__(self) -> Iterator[str]:
        parts = self._directory.parts
        return (parts[part].held[own].doc_id for part, own in self._directory.order)

    def __len__(self) -> int:
        return len(self._directory)
