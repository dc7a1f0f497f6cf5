"""A segment: some documents and every index of them, written once and never changed."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.dense import DenseIndex, DenseWriter
from qa.errors import IndexCorruptError
from qa.manifest import seal, whole
from qa.passages import LONGEST, SHORTEST, split
from qa.protocols import Encoder, OnProgress, Vectors
from qa.records import Documents, Passages, load_records, save_records
from qa.sparse import SparseIndex
from qa.text import plain
from qa.tokens import grams, named
from qa.types import Document, Passage, Progress

_BATCH = 256
_BLOCK = 4096
"""Texts that are encoded, and passages whose texts are sorted by length, at a time."""
_VOCABULARY, _SPARSE = "vocabulary.json", "characters"
_DENSE = ("sentences", "passages", "gist")


@dataclass(frozen=True, slots=True)
class Encoders:
    """The encoder of the settings, and a small one of another family that sees whole passages."""

    main: Encoder
    compact: Encoder

    @property
    def by_index(self) -> Mapping[str, Encoder]:
        """Which encoder makes the vectors of which dense index."""
        return dict(zip(_DENSE, (self.main, self.main, self.compact), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A segment, opened. ``vocabulary`` tells how many of the documents give each name (see ``names_in``)."""

    name: str
    facts: Mapping[str, Any]
    documents: Documents
    passages: Passages
    dense: Mapping[str, DenseIndex]
    sparse: SparseIndex
    vocabulary: Mapping[str, int]


class Known(NamedTuple):
    """Where a document of the same text and sections is indexed already: its segment, its number there."""

    segment: Segment
    number: int

    def passages(self, doc_id: str) -> list[Passage]:
        """Return the passages of the document, under this name."""
        return [replace(self.segment.passages[at], doc_id=doc_id) for at in self.numbers()]

    def numbers(self) -> range:
        """Return the numbers of its passages in the segment."""
        return self.segment.passages.of_document(self.number)


def tokens_of(passage: Passage) -> list[str]:
    """Return what the keyword index holds of a passage."""
    return grams(f"{passage.heading}\n{passage.text}")


def names_in(document: Document) -> set[str]:
    """Return names in quotes, speakers and their offices: words that jieba cannot know."""
    spoken = (name for part in document.sections for name in (part.speaker, part.office) if name)
    return {*named(document.text), *spoken}


def build_segment(  # noqa: PLR0913 - what is indexed, with what, to where
    folder: Path,
    documents: Sequence[Document],
    encoders: Encoders,
    *,
    known: Mapping[str, Known],
    recall: float,
    on_progress: OnProgress | None,
) -> Mapping[str, Any]:
    """Write a segment of ``documents``, at least one, to an empty folder; return what its manifest says.

    What is ``known`` by ``doc_id`` is copied, not encoded. ``recall`` is for dense indexes too large to
    be searched exactly (see ``DenseWriter``). Raises OSError, EncoderError.
    """
    cut = (_passages_of(document, known.get(document.doc_id)) for document in documents)
    save_records(folder, documents, chain.from_iterable(cut))
    stored, passages = load_records(folder)
    counts = Counter(name for document in documents for name in names_in(document))
    (folder / _VOCABULARY).write_text(json.dumps(counts, ensure_ascii=False), encoding="utf-8")
    SparseIndex.build(_tokenised(passages, on_progress), folder / _SPARSE)
    copied = _copied([known.get(document.doc_id) for document in stored], passages, stored)
    found: dict[str, Any] = {}
    for name, encoder in encoders.by_index.items():
        job = _Dense(name, encoder, passages, copied)
        index = job.write(folder / name, recall, on_progress)
        found[f"{name}_index"] = {"kind": index.kind, "recall": round(index.recall, 4)}
    repeals = any(document.official.repeals for document in documents)
    facts = {"documents": len(stored), "passages": len(passages), "repeals": repeals, **found}
    facts["made_with"] = made_with(encoders)
    seal(folder, facts)
    return facts


def made_with(encoders: Encoders) -> list[Any]:
    """Return what must be the same for vectors of a segment to be used again."""
    return [encoders.main.fingerprint, encoders.compact.fingerprint, SHORTEST, LONGEST]


def open_segment(folder: Path) -> Segment:
    """Open what ``build_segment`` wrote. Raises IndexCorruptError, IndexMismatchError."""
    facts = whole(folder)
    documents, passages = load_records(folder)
    try:
        vocabulary = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
        vocabulary = {str(name): int(count) for name, count in vocabulary.items()}
    except (OSError, ValueError, TypeError, AttributeError) as exc:
        raise IndexCorruptError(f"{folder / _VOCABULARY} cannot be read; run: qa index") from exc
    dense = {name: DenseIndex.load(folder / name) for name in _DENSE}
    sparse = SparseIndex.load(folder / _SPARSE)
    return Segment(folder.name, facts, documents, passages, dense, sparse, vocabulary)


def _passages_of(document: Document, known: Known | None) -> list[Passage]:
    return known.passages(document.doc_id) if known else split(document)


def _tokenised(passages: Sequence[Passage], on_progress: OnProgress | None) -> Iterator[list[str]]:
    for done, passage in enumerate(passages, start=1):
        yield tokens_of(passage)
        if on_progress and (done % _BATCH == 0 or done == len(passages)):
            on_progress(Progress(_SPARSE, done, len(passages)))


Copied = Mapping[int, tuple[Segment, int]]
"""Of passages whose vectors are known: the segment that has them, and their number there."""


def _copied(known: Iterable[Known | None], passages: Passages, documents: Documents) -> Copied:
    return {
        here: (one.segment, there)
        for number, one in zip(range(len(documents)), known, strict=True)
        if one
        for here, there in zip(passages.of_document(number), one.numbers(), strict=True)
    }


class _Dense(NamedTuple):
    """A dense index to be written."""

    name: str
    encoder: Encoder
    passages: Passages
    copied: Copied

    def write(self, folder: Path, recall: float, on_progress: OnProgress | None) -> DenseIndex:
        """Encode what is not known, copy the rest."""
        many = self.name == "sentences"
        each = [len(passage.sentences) if many else 1 for passage in self.passages]
        ends = np.cumsum([0, *each])
        owners = np.arange(len(each)).repeat(each)
        writer = DenseWriter(folder, len(owners), self.encoder.dimension)
        done = 0
        for start in range(0, len(each), _BLOCK):
            block = range(start, min(start + _BLOCK, len(each)))
            for rows, vectors in self._block(block, ends):
                writer[rows] = vectors
                done += len(rows)
                if on_progress:
                    on_progress(Progress(self.name, done, len(owners)))
        return writer.finish(owners, recall=recall)

    def _block(self, block: range, ends: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
        """Rows and vectors of some passages, batch by batch."""
        rows: list[int] = []
        texts: list[str] = []
        for at in block:
            own = range(ends[at], ends[at + 1])
            if at in self.copied:
                segment, number = self.copied[at]
                yield np.array(own), segment.dense[self.name].vectors(number)
            else:
                rows.extend(own)
                texts.extend(self.texts(self.passages[at]))
        numbers = np.array(rows)
        for chosen, vectors in _encoded(self.encoder, texts):
            yield numbers[chosen], vectors

    def texts(self, passage: Passage) -> Sequence[str]:
        """What of a passage has a vector each: its sentences, or all of it."""
        if self.name != "sentences":
            return [plain(f"{passage.heading}\n{passage.text}")]
        first = passage.start
        return [plain(passage.text[start - first : end - first]) for start, end in passage.sentences]


def _encoded(encoder: Encoder, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
    """Rows and vectors, batch by batch: texts of like length together, so that little is padded."""
    order = np.argsort([len(text) for text in texts], kind="stable")
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        yield rows, encoder.encode_passages([texts[row] for row in rows])
