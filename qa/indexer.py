"""From documents to a published generation, and from a generation back to searchers."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.catalog import current, discard, new_generation, publish
from qa.corpus import Corpus
from qa.dense import DenseIndex, DenseSearcher, DenseWriter
from qa.errors import CorpusError, IndexCorruptError, IndexMismatchError, QAIndexError
from qa.passages import LONGEST, SHORTEST, split
from qa.protocols import Encoder, OnProgress, Searcher, SentenceScorer, Vectors
from qa.records import Documents, Passages, load_records, save_records
from qa.sparse import SparseIndex, SparseSearcher, Tokenize
from qa.text import plain
from qa.tokens import Segmenter, grams, named
from qa.types import Document, Passage, Progress, Skipped

_BATCH = 256
_BLOCK = 4096
"""Texts that are encoded, and passages whose texts are sorted by length, at a time."""
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
    recall: float = 0.98,
    on_progress: OnProgress | None = None,
) -> None:
    """Index the documents of ``corpus`` as a new generation below ``vectors`` and switch to it.

    ``facts`` is kept in the manifest, ``cache`` is for jieba (see ``Segmenter``), ``recall`` for dense
    indexes that are too large to be searched exactly (see ``DenseWriter``). Nothing is switched
    when anything fails. Raises CorpusError when there is nothing to index, EncoderError and QAIndexError.
    """
    if not any(split(document) for document in corpus.documents):
        raise CorpusError("there is no text to index; put documents into the folder")
    folder = new_generation(vectors)
    try:
        cut = (passage for document in corpus.documents for passage in split(document))
        save_records(folder, corpus.documents, cut, corpus.skipped)
        documents, passages, _ = load_records(folder)
        segmenter = Segmenter(_vocabulary(documents), cache=cache)
        _save_sparse(folder, passages, segmenter, on_progress)
        found = _save_dense(folder, passages, encoders, recall=recall, on_progress=on_progress)
        counts = {"documents": len(documents), "passages": len(passages)}
        publish(folder, {**facts, **counts, **_shape(encoders), **found})
    except OSError as exc:
        discard(folder)
        raise QAIndexError(
            f"{vectors} cannot be written ({exc.strerror}); make room or name another"
        ) from exc
    except BaseException:
        discard(folder)
        raise


def open_index(vectors: Path, encoders: Callable[[], Encoders], *, cache: Path) -> Index:
    """Open the generation in use; ``encoders`` is called last, for they may still be loading.

    Raises QAIndexError when there is none or it does not fit the encoders.
    """
    folder, manifest = current(vectors)
    documents, passages, skipped = load_records(folder)
    segmenter = Segmenter(_load_vocabulary(folder), cache=cache)
    sparse = {name: SparseIndex.load(folder / name) for name in _sparse(segmenter)}
    loaded = encoders()
    for key, wanted in _shape(loaded).items():
        if manifest.get(key) != wanted:
            raise IndexMismatchError(
                f"{folder} was built with {key} {manifest.get(key)!r}, settings say {wanted!r}; run: qa index"
            )
    dense = {
        name: DenseSearcher(encoder, DenseIndex.load(folder / name))
        for name, encoder in _dense(loaded).items()
    }
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
    for name, tokenize in _sparse(segmenter).items():
        SparseIndex.build(_tokenised(name, tokenize, passages, on_progress), folder / name)


def _tokenised(
    name: str, tokenize: Tokenize, passages: Sequence[Passage], on_progress: OnProgress | None
) -> Iterator[list[str]]:
    for done, passage in enumerate(passages, start=1):
        yield tokenize(f"{passage.heading}\n{passage.text}")
        if on_progress and (done % _BATCH == 0 or done == len(passages)):
            on_progress(Progress(name, done, len(passages)))


def _save_dense(
    folder: Path,
    passages: Sequence[Passage],
    encoders: Encoders,
    *,
    recall: float,
    on_progress: OnProgress | None,
) -> dict[str, Any]:
    """Encode and write the dense indexes; returns what the manifest says of each."""
    found = {}
    for name, encoder in _dense(encoders).items():
        texts_of, owners = _whole, np.arange(len(passages))
        if name == "sentences":
            texts_of, owners = _sentences, owners.repeat([len(passage.sentences) for passage in passages])
        writer = DenseWriter(folder / name, len(owners), encoder.dimension)
        first = done = 0
        for start in range(0, len(passages), _BLOCK):
            texts = [text for passage in passages[start : start + _BLOCK] for text in texts_of(passage)]
            for rows, encoded in _encoded(encoder, texts):
                writer[first + rows] = encoded
                done += len(rows)
                if on_progress:
                    on_progress(Progress(name, done, len(owners)))
            first = done
        index = writer.finish(owners, recall=recall)
        found[f"{name}_index"] = {"kind": index.kind, "recall": round(index.recall, 4)}
    return found


def _whole(passage: Passage) -> list[str]:
    return [plain(f"{passage.heading}\n{passage.text}")]


def _sentences(passage: Passage) -> list[str]:
    return [
        plain(passage.text[start - passage.start : end - passage.start]) for start, end in passage.sentences
    ]


def _encoded(encoder: Encoder, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
    """Rows and vectors, batch by batch: texts of like length together, so that little is padded."""
    order = np.argsort([len(text) for text in texts], kind="stable")
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        yield rows, encoder.encode_passages([texts[row] for row in rows])
