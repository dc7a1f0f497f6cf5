"""From documents to a published generation.

To change an index takes one new segment: of the documents that are new, and of small segments that it is
time to merge, as in a log-structured merge tree (O'Neil et al., 1996). So each document is written a few
times more than once, and what is large is left alone.
"""

import datetime
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from qa.catalog import Catalog, discard
from qa.corpus import Corpus
from qa.errors import CorpusError, QAIndexError
from qa.generation import Held, Index, shape_of
from qa.ledger import Change
from qa.manifest import whole
from qa.passages import LONGEST, split
from qa.protocols import OnProgress
from qa.records import Stored
from qa.segment import Encoders, Known, Segment, build_segment, made_with, open_segment
from qa.types import Document, Progress

FAN = 4
"""Segments of about one size that are merged, and how much larger the next size is."""
_SMALLEST = 512
"""Passages up to which all segments are of one size."""
_WASTE = 0.25
"""Share of a segment's passages that may be gone before it is written anew."""


class Writer:
    """Writes generations into ``catalog``. Call its methods while ``catalog.writing``."""

    def __init__(
        self,
        catalog: Catalog,
        encoders: Encoders,
        *,
        recall: float = 0.98,
        on_progress: OnProgress | None = None,
        purge: bool = False,
    ) -> None:
        """``recall`` is for dense indexes that are too large to be searched exactly (see ``DenseWriter``).

        ``purge``: nothing of what was removed stays on the disk. Every segment that holds some is written
        anew, and no earlier generation is kept.
        """
        self._catalog, self._encoders = catalog, encoders
        self._recall, self._on_progress = recall, on_progress
        self._purge = purge

    def build(self, corpus: Corpus, facts: Mapping[str, Any], *, salvage: bool = False) -> None:
        """Publish a generation of ``corpus`` alone; ``facts`` are kept with it.

        With ``salvage``, what stands in a segment that is whole is not encoded again, whoever names that.
        Nothing is switched when anything fails. Raises CorpusError when there is nothing to index,
        InvalidInputError when two documents have one name, EncoderError and QAIndexError.
        """
        if not any(split(document) for document in corpus.documents):
            raise CorpusError("there is no text to index; put documents into the folder")
        known = _known(corpus.documents, self._salvaged()) if salvage else {}
        self._publish([], corpus.documents, known, corpus=corpus, facts=facts)

    def begin(self, facts: Mapping[str, Any]) -> None:
        """Publish a generation of nothing, to be updated. Raises QAIndexError."""
        self._publish([], (), {}, corpus=Corpus((), ()), facts=facts)

    def update(self, index: Index, corpus: Corpus, facts: Mapping[str, Any]) -> None:
        """Publish a generation that differs by ``corpus`` from ``index``, which is the one in use.

        Raises as ``build``, and QAIndexError when it is not; but no CorpusError: an index may become empty.
        """
        if self._catalog.version() != index.version:
            raise QAIndexError(f"{index.version} is no longer in use; open the index again")
        gone = _places(index, {*corpus.removed, *(document.doc_id for document in corpus.documents)})
        held = [one.without(number for place, number in gone if place is one) for one in index.held]
        merged = [one for one in held if one.removed] if self._purge else []
        merged = _to_merge(held, corpus.documents, merged)
        kept = [(one.segment, number) for one in merged for number in one.documents.numbers()]
        moved = {segment.documents.entries[number].doc_id: Known(segment, number) for segment, number in kept}
        before = {_content(one.segment.documents[n]): Known(one.segment, n) for one, n in gone}
        known = {**_known(corpus.documents, before), **moved}  # renamed, or its date corrected
        rest = [one for one in held if one not in merged and len(one.documents)]
        self._publish(rest, _Chosen(corpus.documents, kept), known, corpus=corpus, facts=facts, anew=False)

    def _salvaged(self) -> dict[bytes, Known]:
        """What lies on the disk, made with these encoders, by its content; every byte was looked at."""
        found = dict[bytes, Known]()
        for name in self._catalog.sealed():
            with suppress(QAIndexError):
                whole(self._catalog.segment(name), thorough=True)
                segment = open_segment(self._catalog.segment(name))
                if segment.facts.get("made_with") == made_with(self._encoders):
                    numbers = range(len(segment.documents))
                    found |= {_content(segment.documents[n]): Known(segment, n) for n in numbers}
        return found

    def _publish(  # noqa: PLR0913 - what is kept, what is new, and what is said of it
        self,
        held: Sequence[Held],
        documents: Sequence[Document],
        known: Mapping[str, Known],
        *,
        corpus: Corpus,
        facts: Mapping[str, Any],
        anew: bool = True,
    ) -> None:
        made: list[Path] = []
        try:
            built: list[Mapping[str, Any]] = [
                {**one.segment.facts, "passages": len(one.passages)} for one in held
            ]
            names = [one.segment.name for one in held]
            if documents:
                made.append(self._catalog.new_segment())
                built.append(
                    build_segment(
                        made[0],
                        documents,
                        self._encoders,
                        known=known,
                        recall=self._recall,
                        on_progress=self._on_progress,
                    )
                )
                names.append(made[0].name)
            if self._on_progress:  # the last chance to cancel
                self._on_progress(Progress("write", 1, 1))
            count = len(documents) + sum(len(one.documents) for one in held)
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            found = {"documents": count, **_totals(built), **shape_of(self._encoders)}
            change = Change(
                {"built": now, **facts, **found},
                names,
                removed={one.segment.name: one.removed for one in held},
                files=corpus.changed,
                gone=corpus.gone,
                anew=anew,
            )
            self._catalog.publish(change, earlier=0 if self._purge else 1)
        except BaseException as exc:
            for folder in made:
                discard(folder)
            if not isinstance(exc, OSError):
                raise
            raise QAIndexError(
                f"{self._catalog.vectors} cannot be written ({exc.strerror}); make room or name another"
            ) from exc


def build_index(  # noqa: PLR0913 - what is indexed, with what, to where
    corpus: Corpus,
    encoders: Encoders,
    *,
    vectors: Path,
    facts: Mapping[str, Any],
    recall: float = 0.98,
    on_progress: OnProgress | None = None,
) -> None:
    """Index the documents of ``corpus`` as a new generation below ``vectors``; see ``Writer.build``."""
    catalog = Catalog(vectors)
    with catalog.writing():
        writer = Writer(catalog, encoders, recall=recall, on_progress=on_progress)
        writer.build(corpus, facts)


class _Chosen(Stored[Document]):
    """New documents and some of segments, which are read when asked for, in the order of ``doc_id``."""

    def __init__(self, added: Sequence[Document], kept: Sequence[tuple[Segment, int]]) -> None:
        new = [(document.doc_id, document) for document in added]
        old = [(segment.documents.entries[n].doc_id, (segment, n)) for segment, n in kept]
        pairs: list[tuple[str, Document | tuple[Segment, int]]] = [*new, *old]
        self._sources = [source for _, source in sorted(pairs, key=lambda pair: pair[0])]

    def __len__(self) -> int:
        return len(self._sources)

    def _at(self, number: int) -> Document:
        source = self._sources[number]
        return source if isinstance(source, Document) else source[0].documents[source[1]]


def _places(index: Index, doc_ids: Collection[str]) -> list[tuple[Held, int]]:
    """Where the documents of these names are, those that there are."""
    found = []
    for one in index.held:
        entries = one.segment.documents.entries
        for doc_id in doc_ids:
            with suppress(KeyError):
                number = entries.number_of(doc_id)
                if number not in one.removed:
                    found.append((one, number))
    return found


def _known(added: Iterable[Document], before: Mapping[bytes, Known]) -> dict[str, Known]:
    """Which of the new documents have the content of one that is known."""
    if not before:
        return {}
    found = {document.doc_id: before.get(_content(document)) for document in added}
    return {doc_id: known for doc_id, known in found.items() if known}


def _content(document: Document) -> bytes:
    """A hash of what passages are made of: text, sections, and what a reader saw of it."""
    parts = [(part.start, part.end, part.heading) for part in document.sections]
    made_of = f"{document.text}\0{parts}\0{list(document.annotations)}"
    return blake2b(made_of.encode("utf-8", "surrogatepass")).digest()


def _to_merge(held: Sequence[Held], added: Sequence[Document], surely: Sequence[Held]) -> list[Held]:
    """Segments to be written anew together with what is added: some ``surely``, and what goes with them."""
    sizes = {one: len(one.passages) for one in held}
    wasteful = [one for one, size in sizes.items() if size < (1 - _WASTE) * len(one.segment.passages)]
    merged = [one for one in held if one in wasteful or one in surely]
    total = sum(1 + len(document.text) // LONGEST for document in added)
    total += sum(sizes[one] for one in merged)
    while total:
        alike = [one for one in held if one not in merged and _tier(sizes[one]) <= _tier(total)]
        if len(alike) < FAN:
            break
        merged += alike
        total += sum(sizes[one] for one in alike)
    return merged


def _tier(passages: int) -> int:
    """Which size a segment has: each is ``FAN`` times the one before."""
    return math.ceil(math.log(max(passages / _SMALLEST, 1), FAN))


def _totals(built: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Passages of all segments; of the dense indexes the kind of the largest, and the lowest recall."""
    found: dict[str, Any] = {"passages": sum(facts["passages"] for facts in built)}
    for facts in sorted(built, key=lambda facts: facts["passages"]):
        for name in (key for key in facts if key.endswith("_index")):
            lowest = min(facts[name]["recall"], found.get(name, facts[name])["recall"])
            found[name] = {**facts[name], "recall": lowest}
    return found
