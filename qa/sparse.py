"""Sparse search: BM25 over whatever tokens it is given."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from qa.errors import IndexCorruptError
from qa.types import Scored

Tokenize = Callable[[str], list[str]]
K1, B = 1.2, 0.6
"""Saturation of term frequency and strength of length normalisation (Robertson and Zaragoza, 2009)."""


class SparseIndex:
    """BM25 (Lucene's variant) over token lists, one a passage, as a share of the best it could be."""

    def __init__(self, token_lists: Sequence[Sequence[str]]) -> None:
        import bm25s

        self._bm25: Any = None
        if any(token_lists):
            self._bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
            self._bm25.index([list(tokens) for tokens in token_lists], show_progress=False)

    def search(self, tokens: Sequence[str], k: int) -> list[Scored]:
        """Return at most ``k`` passages that hold one of the tokens, best first.

        A score is the BM25 sum divided by the weight of all ``tokens``, those that no passage holds
        included: in [0, 1), so that a question of mostly unknown words scores low everywhere.
        """
        known = [token for token in tokens if self._bm25 is not None and token in self._bm25.vocab_dict]
        if not known:
            return []
        scores = self._bm25.get_scores(known) / sum(map(self.weight, tokens))
        k = min(k, len(scores))
        best = np.argpartition(-scores, k - 1)[:k]
        best = best[np.lexsort((best, -scores[best]))]
        return [Scored(int(i), float(scores[i])) for i in best if scores[i] > 0]

    def weight(self, token: str) -> float:
        """Inverse document frequency, ln(1 + (n - df + 0.5) / (df + 0.5)) as in Lucene; df 0 if unknown."""
        if self._bm25 is None:
            return 0.0
        columns = self._bm25.scores["indptr"]
        column = self._bm25.vocab_dict.get(token)
        frequency = 0 if column is None else int(columns[column + 1] - columns[column])
        total = int(self._bm25.scores["num_docs"])
        return math.log1p((total - frequency + 0.5) / (frequency + 0.5))

    def save(self, folder: Path) -> None:
        """Write to ``folder``; an index without a single token is an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._bm25 is not None:
            self._bm25.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "SparseIndex":
        """Read what ``save`` wrote. Raises IndexCorruptError."""
        import bm25s

        loaded = cls([])
        try:
            if any(folder.iterdir()):
                loaded._bm25 = bm25s.BM25.load(folder, allow_pickle=False)
        except (OSError, EOFError, ValueError, KeyError, TypeError) as exc:
            raise IndexCorruptError(f"{folder} cannot be read as a keyword index; run: qa index") from exc
        return loaded


class SparseSearcher:
    """Searches a sparse index with the tokens it was made of."""

    def __init__(self, tokenize: Tokenize, index: SparseIndex) -> None:
        self._tokenize = tokenize
        self._index = index

    def search(self, query: str, k: int) -> list[Scored]:
        """Return at most ``k`` passages, best first; none when no token is known."""
        return self._index.search(self._tokenize(query), k)
