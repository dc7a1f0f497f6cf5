"""Dense search: inner product over unit vectors; a passage may own several of them."""

import json
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexCorruptError
from qa.live import Part, best_of, part_at
from qa.nearest import (
    FLAT,
    Approximate,
    Exhaustive,
    Matrix,
    Reach,
    Scattered,
    coded,
    likely_queries,
    read_codes,
    write_codes,
)
from qa.protocols import Encoder, Vectors
from qa.types import Scored

Owners = NDArray[np.int32]

_VECTORS, _OWNERS, _CODES, _FACTS = "vectors.npy", "owners.npy", "codes.faiss", "index.json"
_BEST, _TOLERANCE = 10, 1e-6
_BLOCK, _QUERIES = 32_768, 1024
_CANDIDATES = (200, 400, 800, 1600, 3200)


class DenseIndex:
    """Vectors and the position of the passage that owns each; a passage scores as its best vector.

    ``owners`` has shape (n,) and is ascending; ``recall`` is the share of the ten best passages that
    ``search`` finds, as measured when the index was written.
    """

    def __init__(self, vectors: Exhaustive | Approximate, owners: Owners, recall: float = 1.0) -> None:
        self._vectors, self._owners = vectors, owners
        self._per_passage = len(owners) / (int(owners[-1]) + 1) if len(owners) else 1.0
        self.kind, self.recall = vectors.kind, recall

    def search(self, vector: Vectors, k: int) -> list[Scored]:
        """Return at most ``k`` passages for a query vector of shape (dimension,), best first."""
        found: list[Scored] = []
        depth = math.ceil(k * (1 + self._per_passage) / 2)
        for scores, rows in self._vectors.rankings(vector, depth):
            owners = self._owners[rows]
            firsts = np.sort(np.unique(owners, return_index=True)[1])[:k]
            found = list(map(Scored, owners[firsts].tolist(), scores[firsts].tolist()))
            if len(found) == k:
                break
        return found

    def scores(self, vector: Vectors, position: int) -> list[float]:
        """Return the inner product of ``vector`` with each vector of one passage, in the order added."""
        scores: list[float] = np.einsum("ij,j->i", self.vectors(position), vector).tolist()
        return scores

    def vectors(self, position: int) -> Vectors:
        """Return the vectors of one passage, shape (v, dimension), in the order added."""
        ends = np.array([position, position + 1], dtype=self._owners.dtype)
        first, last = np.searchsorted(self._owners, ends).tolist()
        return self._vectors.rows(first, last)

    def recalled(self, queries: Vectors, tenth: Vectors) -> float:
        """Return the share of the ten best passages that ``search`` finds, over queries (q, dimension).

        ``tenth`` is the exact score of the tenth best passage for each; as good is good enough.
        """
        found: list[int] = [
            sum(passage.score >= least for passage in self.search(query, _BEST))
            for query, least in zip(queries, (tenth - _TOLERANCE).tolist(), strict=True)
        ]
        passages = 1 + int(np.count_nonzero(np.diff(self._owners)))
        return sum(found) / (len(found) * min(_BEST, passages))

    @classmethod
    def load(cls, folder: Path) -> "DenseIndex":
        """Open what ``DenseWriter`` finished. Raises IndexCorruptError."""
        try:
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            owners = np.asarray(np.load(folder / _OWNERS, mmap_mode="r", allow_pickle=False))
            vectors: Exhaustive | Approximate
            if facts["kind"] == Exhaustive.kind:
                vectors = Exhaustive(np.load(folder / _VECTORS, allow_pickle=False))
            else:
                reach = Reach(int(facts["lists"]), int(facts["candidates"]))
                vectors = Approximate(read_codes(folder / _CODES), Scattered(folder / _VECTORS), reach)
            loaded = cls(vectors, owners, float(facts["recall"]))
        except (OSError, EOFError, ValueError, TypeError, LookupError, RuntimeError) as exc:
            raise IndexCorruptError(f"{folder} cannot be read as a dense index; run: qa index") from exc
        if owners.shape != (vectors.count,):
            raise IndexCorruptError(f"{folder} has another number of vectors than of owners; run: qa index")
        return loaded


class DenseWriter:
    """Takes the vectors of an index batch by batch, in any order, and writes them to ``folder``."""

    def __init__(self, folder: Path, count: int, dimension: int) -> None:
        """Raises OSError, here and below, when there is no room."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._matrix = Matrix(folder / _VECTORS, count, dimension)

    def __setitem__(self, rows: Sequence[int] | NDArray[np.int64], vectors: Vectors) -> None:
        self._matrix[rows] = vectors

    def finish(
        self,
        owners: Sequence[int] | NDArray[Any],
        *,
        recall: float = 0.98,
        queries: "Vectors | None" = None,
        flat: int = FLAT,
    ) -> DenseIndex:
        """Write owners, ascending, one for each row, and what makes search quick; return the index, opened.

        More than ``flat`` vectors are searched approximately: the ten best passages of ``queries``, shape
        (q, dimension), are found as to ``recall``. Without ``queries`` such are made from the vectors.
        """
        owned = np.asarray(owners, dtype=np.int32)
        np.save(self._folder / _OWNERS, owned, allow_pickle=False)
        facts: dict[str, Any] = {"kind": Exhaustive.kind, "recall": 1.0}
        if self._matrix.count > flat:
            codes = coded(self._matrix)
            write_codes(codes, self._folder / _CODES)
            vectors = Scattered(self._matrix.path)
            exam = likely_queries(vectors, _QUERIES) if queries is None else queries
            tenth = _tenth_best(exam, self._matrix, owned)

            def recalled(reach: Reach, part: slice) -> float:
                return DenseIndex(Approximate(codes, vectors, reach), owned).recalled(exam[part], tenth[part])

            reach = _least(lambda tried: recalled(tried, slice(0, None, 2)), codes.nlist, recall)
            measured = recalled(reach, slice(1, None, 2))
            facts = {"kind": Approximate.kind, "recall": measured, **reach._asdict()}
        (self._folder / _FACTS).write_text(json.dumps(facts), encoding="utf-8")
        return DenseIndex.load(self._folder)


def _least(recalled: Callable[[Reach], float], total: int, wanted: float) -> Reach:
    """Find the least reach that will do: first candidates with all lists looked into, then lists.

    A quarter of what may be missed is kept for queries of which ``recalled`` does not know.
    """
    goal = wanted + (1 - wanted) / 4
    enough = goal + (1 - goal) / 2
    candidates = next((n for n in _CANDIDATES if recalled(Reach(total, n)) >= enough), _CANDIDATES[-1])
    ladder = sorted({round(2 ** (step / 4)) for step in range(4 * total.bit_length() - 3)})
    lists = next((n for n in ladder if recalled(Reach(n, candidates)) >= goal), total)
    return Reach(lists, candidates)


def _tenth_best(queries: Vectors, matrix: Matrix, owners: Owners) -> Vectors:
    """Return the exact score of the tenth best passage for queries (q, dimension); shape (q,)."""
    best = np.full((len(queries), _BEST), -np.inf, dtype=np.float32)
    edges = np.unique(np.searchsorted(owners, owners[::_BLOCK])).tolist()
    for start, end in pairwise([*edges, len(owners)]):
        firsts = np.flatnonzero(np.diff(owners[start:end], prepend=-1))
        passages = np.maximum.reduceat(queries @ matrix.block(start, end).T, firsts, axis=1)
        best = np.partition(np.concatenate([best, passages], axis=1), -_BEST, axis=1)[:, -_BEST:]
    tenth: Vectors = best.min(axis=1)
    return tenth


class DenseSearcher:
    """Searches the dense indexes of all parts as one, with the encoder that made them."""

    def __init__(self, encoder: Encoder, parts: Sequence[Part[DenseIndex]]) -> None:
        self._encoder = encoder
        self._parts = parts

    def search(self, query: str, k: int) -> list[Scored]:
        """Return at most ``k`` passages, best first, scored by cosine."""
        vector = self._encoder.encode_queries([query])[0]
        return best_of(self._parts, lambda index, depth: index.search(vector, depth), k)

    def sentence_scores(self, query: str, positions: Sequence[int]) -> list[list[float]]:
        """Return for the passage at each position the cosine of each of its vectors with ``query``."""
        vector = self._encoder.encode_queries([query])[0]
        parts = [(part_at(self._parts, position), position) for position in positions]
        return [part.held.scores(vector, part.number(position)) for part, position in parts]
