"""From documents to a published generation, and from a generation back to searchers."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qa.catalog import current, discard, new_generation, publish
from qa.corpus import Corpus
from qa.dense import DenseIndex, DenseSearcher
from qa.errors import CorpusError, IndexCorruptError, IndexMismatchError, QAIndexError
from qa.passages import LONGEST, SHORTEST, split
from qa.protocols import Encoder, OnProgress, Searcher, SentenceScorer, Vectors
from qa.records import Documents, Passages, load_records, save_records
from qa.sparse import SparseIndex, SparseSearcher, Tokenize
from qa.text import plain
from qa.tokens import Segmenter, grams, named
from qa.types import Document, Passage, Progress, Skipped

_BATCH = 64
_VOCABULARY = "vocabulary.json"


@dataclass(frozen=True, slots=True)
class Encoders:
    """The encoder of the settings, and a small one of another family that sees whole passages."""

    main: Encoder
    compact: Encoder


@dataclass(frozen=True, slots=True)
class Index:
    """A generation, opened: ``searchers`` by name, positions are indices into ``passages``.

    The weights are inverse document frequencies: of a character or pair (see ``tokens.grams``), of a word.
    """

    version: str
    facts: Mapping[str, Any]
    documents: Documents
    passages: Passages
    skipped: tuple[Skipped, ...]
    searchers: Mapping[str, Searcher]
    sentences: SentenceScorer
    token_weight: Callable[[str], float]
    word_weight: Callable[[str], float]
    segmenter: Segmenter


def build_index(  # noqa: PLR0913 - what is indexed, with what, to where
    corpus: Corpus,
    encoders: Encoders,
    *,
    vectors: Path,
    facts: Mapping[str, Any],
    cache: Path | None = None,
    on_progress: OnProgress | None = None,
) -> None:
    """Index the documents of ``corpus`` as a new generation below ``vectors`` and switch to it.

    ``facts`` is kept in the manifest, ``cache`` is for jieba (see ``Segmenter``). Nothing is switched
    when anything fails. Raises CorpusError when there is nothing to index, EncoderError and QAIndexError.
    """
    documents = corpus.documents
    passages = [passage for document in documents for passage in split(document)]
    if not passages:
        raise CorpusError("there is no text to index; put .txt files into the folder")
    folder = new_generation(vectors)
    try:
        save_records(folder, documents, passages, corpus.skipped)
        segmenter = Segmenter(_vocabulary(documents), cache=cache)
        _save_sparse(folder, passages, segmenter, on_progress)
        _save_dense(folder, {d.doc_id: d.text for d in documents}, passages, encoders, on_progress)
        counts = {"documents": len(documents), "passages": len(passages)}
        publish(folder, {**facts, **counts, **_shape(encoders)})
    except OSError as exc:
        discard(folder)
        raise QAIndexError(
            f"{vectors} cannot be written ({exc.strerror}); make room or name another"
        ) from exc
    except BaseException:
        discard(folder)
        raise


def open_index(vectors: Path, encoders: Encoders, *, cache: Path) -> Index:
    """Open the generation in use. Raises QAIndexError when there is none or it does not fit ``encoders``."""
    folder, manifest = current(vectors)
    for key, wanted in _shape(encoders).items():
        if manifest.get(key) != wanted:
            raise IndexMismatchError(
                f"{folder} was built with {key} {manifest.get(key)!r}, settings say {wanted!r}; run: qa index"
            )
    documents, passages, skipped = load_records(folder)
    segmenter = Segmenter(_load_vocabulary(folder), cache=cache)
    dense = {
        name: DenseSearcher(enc, DenseIndex.load(folder / name)) for name, enc in _dense(encoders).items()
    }
    sparse = {name: SparseIndex.load(folder / name) for name in _sparse(segmenter)}
    keyword = {name: SparseSearcher(tokenize, sparse[name]) for name, tokenize in _sparse(segmenter).items()}
    return Index(
        version=folder.name,
        facts=manifest,
        documents=documents,
        passages=passages,
        skipped=skipped,
        searchers={**dense, **keyword},
        sentences=dense["sentences"],
        token_weight=sparse["characters"].weight,
        word_weight=sparse["words"].weight,
        segmenter=segmenter,
    )


def _shape(encoders: Encoders) -> dict[str, Any]:
    """What must be the same for an index to be usable."""
    return {
        "encoder": encoders.main.name,
        "encoder_fingerprint": encoders.main.fingerprint,
        "compact_fingerprint": encoders.compact.fingerprint,
        "passage_length": [SHORTEST, LONGEST],
    }


def _dense(encoders: Encoders) -> dict[str, Encoder]:
    return {"sentences": encoders.main, "passages": encoders.main, "gist": encoders.compact}


def _sparse(segmenter: Segmenter) -> dict[str, Tokenize]:
    return {"words": segmenter.words, "characters": grams}


def _vocabulary(documents: Sequence[Document]) -> set[str]:
    """Names in quotes, speakers and their offices: words that jieba cannot know."""
    learned = {word for document in documents for word in named(document.text)}
    for document in documents:
        learned.update(name for part in document.sections for name in (part.speaker, part.office) if name)
    return learned


def _load_vocabulary(folder: Path) -> list[str]:
    try:
        return [str(word) for word in json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError) as exc:
        raise IndexCorruptError(f"{folder / _VOCABULARY} cannot be read; run: qa index") from exc


def _save_sparse(
    folder: Path, passages: Sequence[Passage], segmenter: Segmenter, on_progress: OnProgress | None
) -> None:
    (folder / _VOCABULARY).write_text(json.dumps(segmenter.vocabulary, ensure_ascii=False), encoding="utf-8")
    texts = [f"{passage.heading}\n{passage.text}" for passage in passages]
    for name, tokenize in _sparse(segmenter).items():
        token_lists = []
        for done, text in enumerate(texts, start=1):
            token_lists.append(tokenize(text))
            if on_progress and (done % _BATCH == 0 or done == len(texts)):
                on_progress(Progress(name, done, len(texts)))
        SparseIndex(token_lists).save(folder / name)


def _save_dense(
    folder: Path,
    texts: Mapping[str, str],
    passages: Sequence[Passage],
    encoders: Encoders,
    on_progress: OnProgress | None,
) -> None:
    whole = [plain(f"{passage.heading}\n{passage.text}") for passage in passages]
    sentences = [
        (position, plain(texts[passage.doc_id][start:end]))
        for position, passage in enumerate(passages)
        for start, end in passage.sentences
    ]
    owners = {"sentences": [position for position, _ in sentences]}
    inputs = {"sentences": [sentence for _, sentence in sentences]}
    for name, encoder in _dense(encoders).items():
        vectors = np.zeros((len(inputs.get(name, whole)), encoder.dimension), dtype=np.float32)
        for rows, encoded, done in _encoded(encoder, inputs.get(name, whole)):
            vectors[rows] = encoded
            if on_progress:
                on_progress(Progress(name, done, len(vectors)))
        DenseIndex(vectors, owners.get(name, range(len(passages)))).save(folder / name)


def _encoded(encoder: Encoder, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors, int]]:
    """Rows and vectors, batch by batch: texts of like length together, so that little is padded."""
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        yield rows, encoder.encode_passages([texts[row] for row in rows]), start + len(rows)
