"""Vectors of synthetic texts from the vectors of their clauses: every clause is really encoded, once."""

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.benchmark.clauses import Clause, bodies
from qa.protocols import Encoder, OnProgress, Vectors
from qa.text import plain
from qa.types import Progress

_BATCH = 256


class RecombinedEncoder:
    """Stands in for ``encoder`` (:class:`qa.protocols.Encoder`) where really encoding would take days.

    A passage or a sentence whose clauses are all among ``keys`` has the mean of their ``vectors``, each
    counting by its characters, scaled to length 1; any other text and every query is really encoded.
    ``vectors`` has shape (len(keys), dimension). Such vectors lie nearer to each other than real ones.
    """

    def __init__(self, encoder: Encoder, keys: Sequence[str], vectors: Vectors) -> None:
        self._encoder = encoder
        self._rows = {key: row for row, key in enumerate(keys)}
        self._vectors = vectors

    @property
    def name(self) -> str:
        """That of the encoder, so that whoever has it can open the index."""
        return self._encoder.name

    @property
    def fingerprint(self) -> str:
        """That of the encoder, so that whoever has it can open the index."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """Columns of every matrix it returns."""
        return self._encoder.dimension

    def encode_queries(self, queries: Sequence[str]) -> Vectors:
        """As the encoder does."""
        return self._encoder.encode_queries(queries)

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        """Shape (len(passages), dimension), float32, rows of length 1."""
        made = np.empty((len(passages), self.dimension), np.float32)
        unknown = []
        for place, text in enumerate(passages):
            parts = bodies(text)
            rows = [self._rows.get(part, -1) for part in parts]
            if not rows or min(rows) < 0:
                unknown.append(place)
                continue
            weights = np.array([len(part) for part in parts], np.float32)
            mean = weights @ self._vectors[rows]
            made[place] = mean / np.linalg.norm(mean)
        if unknown:
            made[unknown] = self._encoder.encode_passages([passages[place] for place in unknown])
        return made


def keys_of(clauses: Iterable[Clause]) -> list[str]:
    """The clauses as an encoder sees them."""
    return [plain(clause.body) for clause in clauses]


def clause_vectors(
    encoder: Encoder, keys: Sequence[str], *, work: Path, on_progress: OnProgress | None = None
) -> Vectors:
    """The vectors of ``keys``, encoded now or when ``work`` was used before; shape (len(keys), dimension)."""
    digest = hashlib.sha256("\n".join([encoder.fingerprint, *keys]).encode("utf-8", "replace"))
    path = work / f"clauses-{digest.hexdigest()[:16]}.npy"
    if not path.is_file():
        _write(path, _encode(encoder, keys, on_progress))
    kept: NDArray[np.float32] = np.load(path, allow_pickle=False)
    return kept


def _encode(encoder: Encoder, keys: Sequence[str], on_progress: OnProgress | None) -> Vectors:
    vectors = np.empty((len(keys), encoder.dimension), np.float32)
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        vectors[start : start + len(batch)] = encoder.encode_passages(batch)
        if on_progress:
            on_progress(Progress("clauses", start + len(batch), len(keys)))
    return vectors


def _write(path: Path, vectors: Vectors) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npy", delete=False) as file:
        np.save(file, vectors, allow_pickle=False)
    Path(file.name).replace(path)
