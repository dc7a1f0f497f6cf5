"""Dense search: FAISS inner product over unit vectors; a passage may own several of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexCorruptError
from qa.protocols import Encoder, Vectors
from qa.types import Scored

_INDEX, _OWNERS = "index.faiss", "owners.npy"


class DenseIndex:
    """Vectors and the position of the passage that owns each; a passage scores as its best vector.

    ``vectors`` has shape (n, dimension), float32, unit rows; ``owners`` has shape (n,) and is ascending.
    """

    def __init__(self, vectors: Vectors, owners: Sequence[int] | NDArray[np.int64]) -> None:
        import faiss

        # Each search is on one core: threads that spin while they wait took 1 ms more under load.
        faiss.omp_set_num_threads(1)
        self._owners = np.asarray(owners, dtype=np.int64)
        self._index: Any = faiss.IndexFlatIP(vectors.shape[1])
        if len(vectors):
            self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def search(self, vector: Vectors, k: int) -> list[Scored]:
        """Return at most ``k`` passages for a query vector of shape (dimension,), best first."""
        total = self._index.ntotal
        wanted, found = min(4 * k, total), dict[int, float]()
        while wanted:
            scores, rows = self._index.search(vector[np.newaxis, :], wanted)
            found = {}
            for score, row in zip(scores[0].tolist(), rows[0].tolist(), strict=True):
                if row >= 0:
                    found.setdefault(int(self._owners[row]), score)
            if len(found) >= k or wanted == total:
                break
            wanted = min(4 * wanted, total)
        return [Scored(position, score) for position, score in list(found.items())[:k]]

    def scores(self, vector: Vectors, position: int) -> list[float]:
        """Return the inner product of ``vector`` with each vector of one passage, in the order added."""
        first, last = np.searchsorted(self._owners, [position, position + 1]).tolist()
        if first == last:
            return []
        rows = self._index.reconstruct_n(first, last - first)
        scores: list[float] = (rows @ vector).tolist()
        return scores

    def save(self, folder: Path) -> None:
        """Write to ``folder``; FAISS gives bytes because it cannot open every path on Windows."""
        import faiss

        folder.mkdir(parents=True, exist_ok=True)
        (folder / _INDEX).write_bytes(faiss.serialize_index(self._index).tobytes())
        np.save(folder / _OWNERS, self._owners, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "DenseIndex":
        """Read what ``save`` wrote. Raises IndexCorruptError."""
        import faiss

        faiss.omp_set_num_threads(1)
        try:
            loaded = cls.__new__(cls)
            loaded._owners = np.load(folder / _OWNERS, allow_pickle=False)
            data = np.frombuffer((folder / _INDEX).read_bytes(), dtype=np.uint8)
            loaded._index = faiss.deserialize_index(data)
        except (OSError, EOFError, ValueError, RuntimeError) as exc:
            raise IndexCorruptError(f"{folder} cannot be read as a dense index; run: qa index") from exc
        if loaded._index.ntotal != len(loaded._owners):
            raise IndexCorruptError(f"{folder} has another number of vectors than of owners; run: qa index")
        return loaded


class DenseSearcher:
    """Searches a dense index with the encoder that made it."""

    def __init__(self, encoder: Encoder, index: DenseIndex) -> None:
        self._encoder = encoder
        self._index = index

    def search(self, query: str, k: int) -> list[Scored]:
        """Return at most ``k`` passages, best first, scored by cosine."""
        return self._index.search(self._encoder.encode_queries([query])[0], k)

    def sentence_scores(self, query: str, positions: Sequence[int]) -> list[list[float]]:
        """Return for the passage at each position the cosine of each of its vectors with ``query``."""
        vector = self._encoder.encode_queries([query])[0]
        return [self._index.scores(vector, position) for position in positions]
