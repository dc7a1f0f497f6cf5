"""A generation, opened: segments without what was removed from them, searched as one index."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from qa.catalog import Catalog
from qa.corpus import resolve, summarised
from qa.dense import DenseSearcher
from qa.errors import IndexCorruptError, IndexMismatchError
from qa.files import FileState
from qa.ledger import Generation
from qa.live import Part, joined, left_of
from qa.passages import LONGEST, SHORTEST
from qa.protocols import Searcher, SentenceScorer
from qa.records import JoinedDocuments, JoinedPassages
from qa.segment import Encoders, Segment, names_in, open_segment, tokens_of
from qa.sparse import Gone, SparseSearcher, Statistics, gone
from qa.tokens import Segmenter, grams
from qa.types import Document, Skipped

KEYWORDS = "characters"


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A segment, the numbers of its documents that were removed, and what these held."""

    segment: Segment
    removed: frozenset[int] = frozenset()
    gone: Gone = field(default_factory=lambda: Gone(Counter()))
    unnamed: Counter[str] = field(default_factory=Counter)

    def without(self, numbers: Iterable[int]) -> "Held":
        """Return the same with these documents removed too."""
        fresh = sorted(set(numbers) - self.removed)
        if not fresh:
            return self
        passages = [
            self.segment.passages[at] for one in fresh for at in self.segment.passages.of_document(one)
        ]
        names = (name for one in fresh for name in names_in(self.segment.documents[one]))
        return Held(
            self.segment,
            self.removed.union(fresh),
            self.gone.and_also(gone(map(tokens_of, passages))),
            self.unnamed + Counter(names),
        )

    @property
    def documents(self) -> Part[Segment]:
        """The share of the documents that is left."""
        count = len(self.segment.documents)
        return Part(self.segment, count, left_of(count, self.removed))

    @property
    def passages(self) -> Part[Segment]:
        """The share of the passages that is left."""
        places = [at for one in self.removed for at in self.segment.passages.of_document(one)]
        count = len(self.segment.passages)
        return Part(self.segment, count, left_of(count, places))


class Index:
    """A generation, opened: ``searchers`` by name, positions are indices into ``passages``.

    ``token_weight`` is the inverse document frequency of a character or pair (see ``tokens.grams``),
    ``whole`` whether every segment could be opened.
    """

    def __init__(self, opened: "_Opened", encoders: Encoders, segmenter: Segmenter) -> None:
        found = opened.generation
        self.version, self.facts, self.files = found.version, found.facts, found.files
        self.held, self.segmenter = opened.held, segmenter
        self.whole = len(self.held) == len(found.segments)
        removed = Gone(Counter())
        for one in self.held:
            removed = removed.and_also(one.gone)
        self._encoders = encoders
        self._statistics = Statistics([one.segment.sparse for one in self.held], removed)
        documents = joined([one.documents for one in self.held])
        self.documents = JoinedDocuments([part.of(part.held.documents) for part in documents])
        self.token_weight: Callable[[str], float] = self._statistics.weight
        everything = self.over([one.passages for one in self.held])
        self.passages, self.searchers = everything.passages, everything.searchers
        self.sentences = everything.sentences

    def over(self, parts: Sequence[Part[Segment]]) -> "Searched":
        """Search no more than these passages; they weigh as they do among all."""
        passages = joined(parts)
        dense = {
            name: DenseSearcher(encoder, [part.of(part.held.dense[name]) for part in passages])
            for name, encoder in self._encoders.by_index.items()
        }
        sparse = [part.of(part.held.sparse) for part in passages]
        keywords = SparseSearcher(grams, sparse, self._statistics)
        found = JoinedPassages([part.of(part.held.passages) for part in passages])
        return Searched(found, {**dense, KEYWORDS: keywords}, dense["sentences"])

    def file_of(self, doc_id: str) -> FileState | None:
        """The file that a document was read from, None for one that was not read from a file."""
        return self.files.of(doc_id)

    def standing(self, document: Document) -> Document:
        """The same document, with what others say of whether it still stands."""
        marked = self.ended.get(document.doc_id) or resolve([document])[0]
        return replace(document, official=marked.official)

    def positions_of(self, doc_id: str) -> list[int]:
        """The positions of a document's passages. Raises KeyError."""
        return self.passages.of_document(self.documents.find(doc_id))

    @cached_property
    def ended(self) -> Mapping[str, Document]:
        """The documents, without their text, that others repeal or supersede, by ``doc_id``."""
        if not any(one.segment.facts.get("repeals") for one in self.held):
            return {}
        return {head.doc_id: head for head in resolve(self.documents.heads) if head.official.superseded_by}

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Files that were not indexed, and why; of many with one reason, the first."""
        return tuple(summarised(self.files.skipped()))

    def lost(self) -> list[FileState]:
        """The files; one with a document that is in no segment that could be opened, as if it had changed."""
        entries = (
            one.segment.documents.entries[number] for one in self.held for number in one.documents.numbers()
        )
        there = {entry.doc_id for entry in entries}
        return [
            file if there.issuperset(file.documents) else replace(file, digest="", modified=0)
            for file in self.files.all()
        ]

    def word_weight(self, word: str) -> float:
        """Return the weight of the rarest token of ``word``; 0 when it has none."""
        return max(map(self.token_weight, grams(word)), default=0.0)


class Searched(NamedTuple):
    """What is searched: positions are indices into ``passages``."""

    passages: JoinedPassages
    searchers: Mapping[str, Searcher]
    sentences: SentenceScorer


class _Opened(NamedTuple):
    generation: Generation
    held: tuple[Held, ...]


def open_index(
    catalog: Catalog,
    encoders: Callable[[], Encoders],
    *,
    cache: Path,
    before: Index | None = None,
    damaged: bool = False,
) -> Index:
    """Open the generation in use; ``encoders`` is called last, for they may still be loading.

    Segments that ``before`` has open are not opened again. Raises QAIndexError when there is no
    generation, or it does not fit the encoders. With ``damaged``, segments that cannot be read are left
    out: what is opened is to be updated (see ``Index.lost``).
    """
    opened = _open(catalog, before, damaged=damaged)
    vocabulary = _vocabulary(opened.held)
    if before:
        segmenter = before.segmenter
        segmenter.learn(vocabulary)
    else:
        segmenter = Segmenter(vocabulary, cache=cache)
    loaded = encoders()
    check_shape(opened.generation.facts, loaded)
    return Index(opened, loaded, segmenter)


def shape_of(encoders: Encoders) -> dict[str, Any]:
    """Return what must be the same for an index to be usable."""
    return {
        "encoder": encoders.main.name,
        "encoder_fingerprint": encoders.main.fingerprint,
        "compact_fingerprint": encoders.compact.fingerprint,
        "passage_length": [SHORTEST, LONGEST],
    }


def check_shape(facts: Mapping[str, Any], encoders: Encoders) -> None:
    """Raise IndexMismatchError unless an index of these facts is searched with these encoders."""
    for key, wanted in shape_of(encoders).items():
        if facts.get(key) != wanted:
            raise IndexMismatchError(
                f"the index has {key} {facts.get(key)!r}, settings say {wanted!r}; run: qa index"
            )


def _open(catalog: Catalog, before: Index | None, *, damaged: bool) -> _Opened:
    """Open all but the searchers; again, if meanwhile another generation took its place."""
    known = {one.segment.name: one for one in before.held} if before else {}
    while True:
        found = catalog.current()
        try:
            held = []
            for name in found.segments:
                with suppress(*(IndexCorruptError,) if damaged else ()):
                    one = known.get(name) or Held(open_segment(catalog.segment(name)))
                    held.append(_held(one, found.removed.get(name, frozenset())))
            return _Opened(found, tuple(held))
        except IndexCorruptError:
            if catalog.version() == found.version:
                raise


def _held(known: Held, removed: frozenset[int]) -> Held:
    if not known.removed.issubset(removed):  # an older generation than the one before: begin again
        known = Held(known.segment)
    if any(not 0 <= number < len(known.segment.documents) for number in removed):
        raise IndexCorruptError(f"segment {known.segment.name} has no documents {removed}; run: qa index")
    return known.without(removed)


def _vocabulary(held: Iterable[Held]) -> set[str]:
    """Names that some document that is left gives."""
    names: Counter[str] = Counter()
    for one in held:
        names.update(one.segment.vocabulary)
        names.subtract(one.unnamed)
    return {name for name, count in names.items() if count > 0}
