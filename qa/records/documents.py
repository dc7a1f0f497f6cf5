"""Documents, and what is known of them without reading their text."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import fields
from functools import lru_cache, partial
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from qa.errors import InvalidInputError
from qa.records.stored import Stored, Strings, encoded, line, read_numbers, save_numbers, writing
from qa.types import Document, Section

_ENTRIES, _SECTIONS, _TEXTS, _KEYS = "documents.jsonl", "sections.jsonl", "texts.utf8", "keys.npy"
_KNOWN = 4096
"""Entries that stay in memory: those of all hits of a few hundred questions."""
_KEPT = 8
"""Documents that stay in memory after they were read: about as many as one answer cites."""

_T = TypeVar("_T")
_section_values = attrgetter(*(field.name for field in fields(Section)))


class Entry(NamedTuple):
    """A document without its text and sections; ``characters`` is the length of the text."""

    doc_id: str
    title: str
    date: str
    source: str
    characters: int


def _entry(rows: Strings, number: int) -> Entry:
    return Entry(*json.loads(rows[number]))


class Entries(Stored[Entry]):
    """The entry of each document."""

    def __init__(self, folder: Path) -> None:
        self._rows = Strings(folder / _ENTRIES)
        self._known = lru_cache(maxsize=_KNOWN)(partial(_entry, self._rows))
        self._keys, self._numbers = read_numbers(folder / _KEYS, 2, len(self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    def _at(self, number: int) -> Entry:
        return self._known(number)

    def number_of(self, doc_id: str) -> int:
        """Return the number of the document with this name. Raises KeyError."""
        first, end = (np.searchsorted(self._keys, _key(doc_id), side) for side in ("left", "right"))
        for number in self._numbers[first:end].tolist():
            if self[number].doc_id == doc_id:
                return int(number)
        raise KeyError(doc_id)

    @property
    def by_id(self) -> Mapping[str, Entry]:
        """The entries by ``doc_id``."""
        return _ById(self, self)


class Documents(Stored[Document]):
    """The documents of a generation. Safe to use from many threads.

    ``entries`` tells of each without reading its text; ``texts`` is for passages, which need only a part.
    """

    def __init__(self, folder: Path) -> None:
        self.entries, self.texts = Entries(folder), Strings(folder / _TEXTS)
        sections = Strings(folder / _SECTIONS)
        if not len(self.entries) == len(self.texts) == len(sections):
            raise ValueError(f"{folder} holds more texts than documents, or fewer")
        # a cached method would keep its object, and with it the mapped files, for ever
        self._read = lru_cache(_KEPT)(partial(_document, self.entries, sections, self.texts))

    def __len__(self) -> int:
        return len(self.texts)

    def _at(self, number: int) -> Document:
        return self._read(number)

    @property
    def by_id(self) -> Mapping[str, Document]:
        """The documents by ``doc_id``."""
        return _ById(self, self.entries)


class _ById(Mapping[str, _T]):
    """What is stored in the order of ``entries``, by ``doc_id``."""

    def __init__(self, stored: Sequence[_T], entries: Entries) -> None:
        self._stored, self._entries = stored, entries

    def __getitem__(self, doc_id: str) -> _T:
        return self._stored[self._entries.number_of(doc_id)]

    def __iter__(self) -> Iterator[str]:
        return (entry.doc_id for entry in self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def save_documents(folder: Path, documents: Iterable[Document]) -> None:
    """Write what ``Documents`` reads. Raises InvalidInputError when two have the same name."""
    numbers: dict[str, int] = {}
    with ExitStack() as files:
        names = (_ENTRIES, _SECTIONS, _TEXTS)
        entries, sections, texts = (files.enter_context(writing(folder / name)) for name in names)
        for number, document in enumerate(documents):
            if numbers.setdefault(document.doc_id, number) != number:
                raise InvalidInputError(
                    f"two documents are named {document.doc_id!r}; give each its own name"
                    f" / 有两份文件都叫 {document.doc_id!r},请改成不同的名字"
                )
            entries(line(*(getattr(document, name) for name in Entry._fields[:-1]), len(document.text)))
            sections(line(*map(_section_values, document.sections)))
            texts(document.text)
    keys = sorted((_key(doc_id), number) for doc_id, number in numbers.items())
    save_numbers(folder / _KEYS, np.array(keys, dtype=np.int64).reshape(-1, 2).T)


def _document(entries: Entries, sections: Strings, texts: Strings, number: int) -> Document:
    entry = entries[number]
    parts = tuple(Section(*values) for values in json.loads(sections[number]))
    return Document(entry.doc_id, entry.title, entry.date, entry.source, texts[number], parts)


def _key(doc_id: str) -> int:
    """A number by which a name is looked up: what sorts fast and is always 8 bytes."""
    return int.from_bytes(blake2b(encoded(doc_id), digest_size=8).digest(), "big", signed=True)
