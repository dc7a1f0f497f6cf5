"""Documents, and what is known of them without reading their text."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from functools import cached_property, lru_cache, partial
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from qa.errors import InvalidInputError
from qa.records.stored import Stored, Strings, encoded, line, read_numbers, save_numbers, writing
from qa.types import Annotation, Document, Entry, Official, Section

_ENTRIES, _SECTIONS, _TEXTS, _KEYS = "documents.jsonl", "sections.jsonl", "texts.utf8", "keys.npy"
_OFFICIALS, _ANNOTATIONS = "officials.jsonl", "annotations.jsonl"
_KNOWN = 4096
"""Entries that stay in memory: those of all hits of a few hundred questions."""
_KEPT = 8
"""Documents that stay in memory after they were read: about as many as one answer cites."""

_T = TypeVar("_T")
_section_values = attrgetter(*(field.name for field in fields(Section)))
_official_values = attrgetter(*(field.name for field in fields(Official)))


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


class Annotations(Stored[Annotation]):
    """What a reader saw of one document; its line is read when it is first looked at."""

    def __init__(self, rows: Strings, number: int) -> None:
        self._rows, self._number = rows, number

    @cached_property
    def _read(self) -> tuple[Annotation, ...]:
        values = json.loads(self._rows[self._number])
        return tuple(Annotation(kind, start, end, tuple(rest)) for kind, start, end, *rest in values)

    def __len__(self) -> int:
        return len(self._read)

    def _at(self, number: int) -> Annotation:
        return self._read[number]


class _Files:
    """The files of strings, one string for each document."""

    def __init__(self, folder: Path) -> None:
        self.texts, self.sections = Strings(folder / _TEXTS), Strings(folder / _SECTIONS)
        self.officials, self.annotations = Strings(folder / _OFFICIALS), Strings(folder / _ANNOTATIONS)

    def each_holds(self, count: int) -> bool:
        """Whether there is one string for each of so many documents."""
        return {count} == {
            len(file) for file in (self.texts, self.sections, self.officials, self.annotations)
        }


class Documents(Stored[Document]):
    """The documents of a generation. Safe to use from many threads.

    ``entries`` tells of each without reading its text; ``texts`` is for passages, which need only a part.
    """

    def __init__(self, folder: Path) -> None:
        self.entries, files = Entries(folder), _Files(folder)
        self.texts, self._officials = files.texts, files.officials
        if not files.each_holds(len(self.entries)):
            raise ValueError(f"{folder} holds more texts than documents, or fewer")
        # a cached method would keep its object, and with it the mapped files, for ever
        self._read = lru_cache(_KEPT)(partial(_document, self.entries, files))

    def __len__(self) -> int:
        return len(self.texts)

    def _at(self, number: int) -> Document:
        return self._read(number)

    def head(self, number: int) -> Document:
        """Return a document without its text and what belongs to that."""
        return _head(self.entries, self._officials, number)

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
        names = (_ENTRIES, _SECTIONS, _TEXTS, _OFFICIALS, _ANNOTATIONS)
        entries, sections, texts, officials, annotations = (
            files.enter_context(writing(folder / name)) for name in names
        )
        for number, document in enumerate(documents):
            if numbers.setdefault(document.doc_id, number) != number:
                raise InvalidInputError(
                    f"two documents are named {document.doc_id!r}; give each its own name"
                    f" / 有两份文件都叫 {document.doc_id!r},请改成不同的名字"
                )
            entries(line(*_entry_of(document)))
            sections(line(*map(_section_values, document.sections)))
            texts(document.text)
            officials(line(document.encoding, _official_values(document.official)))
            annotations(line(*((one.kind, one.start, one.end, *one.values) for one in document.annotations)))
    keys = sorted((_key(doc_id), number) for doc_id, number in numbers.items())
    save_numbers(folder / _KEYS, np.array(keys, dtype=np.int64).reshape(-1, 2).T)


def _entry_of(document: Document) -> Entry:
    stated, official = (document.doc_id, document.title, document.date, document.source), document.official
    return Entry(*stated, len(document.text), document.format, official.number, official.status)


def _document(entries: Entries, files: _Files, number: int) -> Document:
    return replace(
        _head(entries, files.officials, number),
        text=files.texts[number],
        sections=tuple(Section(*values) for values in json.loads(files.sections[number])),
        annotations=Annotations(files.annotations, number),
    )


def _head(entries: Entries, officials: Strings, number: int) -> Document:
    entry = entries[number]
    encoding, official = json.loads(officials[number])
    return Document(
        *(entry.doc_id, entry.title, entry.date, entry.source, ""),
        format=entry.format,
        encoding=encoding,
        official=_official(official),
    )


def _official(values: Sequence[Any]) -> Official:
    made: list[Any] = [tuple(value) if isinstance(value, list) else value for value in values]
    return Official(*made)


def _key(doc_id: str) -> int:
    """A number by which a name is looked up: what sorts fast and is always 8 bytes."""
    return int.from_bytes(blake2b(encoded(doc_id), digest_size=8).digest(), "big", signed=True)
