"""Passages: numbers in an array, and the bytes of their document's text."""

from array import array
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.records.documents import Documents
from qa.records.stored import Stored, Strings, encoded, read_numbers, save_numbers, writing
from qa.types import Passage

_HEADINGS, _PASSAGES, _SENTENCES = "headings.utf8", "passages.npy", "sentences.npy"


class Passages(Stored[Passage]):
    """The passages of a generation by position; of a document no more is read than the passage.

    A row of the array: number of the document, start, end, the bytes from and to which the text is in
    the file of texts, number of the heading, number of the first sentence and of the one after the last.
    """

    def __init__(self, folder: Path, documents: Documents) -> None:
        self._entries, self._texts = documents.entries, documents.texts
        self._headings = Strings(folder / _HEADINGS)
        self._rows = read_numbers(folder / _PASSAGES, -1, 8)
        self._spans = read_numbers(folder / _SENTENCES, -1, 2)
        if len(self) and self._rows[-1, -1] != len(self._spans):
            raise ValueError(f"{folder} holds more sentences than its passages, or fewer")

    def __len__(self) -> int:
        return len(self._rows)

    def of_document(self, document: int) -> range:
        """Return the numbers of the passages of the document with this number."""
        first, end = np.searchsorted(self._rows[:, 0], [document, document + 1]).tolist()
        return range(first, end)

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many passages each document has, by its number."""
        return np.bincount(self._rows[:, 0], minlength=len(self._entries))

    def _at(self, number: int) -> Passage:
        document, start, end, first_byte, end_byte, heading, first, last = self._rows[number].tolist()
        return Passage(
            self._entries[document].doc_id,
            start,
            end,
            self._texts.cut(first_byte, end_byte),
            self._headings[heading],
            tuple(map(tuple, self._spans[first:last].tolist())),
        )


def save_passages(folder: Path, passages: Iterable[Passage], documents: Documents) -> None:
    """Write what ``Passages`` reads; those of a document together, in the order of documents."""
    rows, spans, headings = array("q"), array("q"), dict[str, int]()
    for doc_id, group in groupby(passages, key=attrgetter("doc_id")):
        document, held = documents.entries.number_of(doc_id), list(group)
        places = {place for passage in held for place in (passage.start, passage.end)}
        bytes_before = _bytes_before(documents[document].text, places)
        first_byte = int(documents.texts.places[document])
        for passage in held:
            rows.extend((document, passage.start, passage.end))
            rows.extend(first_byte + bytes_before[place] for place in (passage.start, passage.end))
            rows.append(headings.setdefault(passage.heading, len(headings)))
            rows.append(len(spans) // 2)
            spans.extend(place for span in passage.sentences for place in span)
            rows.append(len(spans) // 2)
    save_numbers(folder / _PASSAGES, np.asarray(rows).reshape(-1, 8))
    save_numbers(folder / _SENTENCES, np.asarray(spans).reshape(-1, 2))
    with writing(folder / _HEADINGS) as write:
        for heading in headings:
            write(heading)


def _bytes_before(text: str, places: Iterable[int]) -> dict[int, int]:
    """How many bytes stand before each place: _bytes_before("水a", {1, 2}) == {1: 3, 2: 4}."""
    before, last, total = dict[int, int](), 0, 0
    for place in sorted(places):
        total += len(encoded(text[last:place]))
        before[place], last = total, place
    return before
