"""Sparse search: BM25 over whatever tokens it is given."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from qa.errors import IndexCorruptError
from qa.inversion import invert
from qa.postings import SMALL, Array, Postings, Term
from qa.screening import Weighted, likely
from qa.types import Scored

Tokenize = Callable[[str], list[str]]

_FEW = 1 << 16
"""So many postings of a small index are simply added up."""
_AT_ONCE = 1 << 20
"""Impacts made exact at a time."""


class SparseIndex:
    """BM25 (Lucene's variant) over token lists, one a passage, as a share of the best it could be."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    @classmethod
    def build(cls, token_lists: Iterable[Sequence[str]], folder: Path) -> "SparseIndex":
        """Index ``token_lists``, one a passage, in ``folder``, and open it. Raises OSError."""
        invert(token_lists, folder)
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> "SparseIndex":
        """Open what ``build`` wrote: it is mapped, not read. Raises IndexCorruptError."""
        try:
            return cls(Postings(folder))
        except (OSError, EOFError, ValueError, TypeError) as exc:
            raise IndexCorruptError(f"{folder} cannot be read as a keyword index; run: qa index") from exc

    def search(self, tokens: Sequence[str], k: int) -> list[Scored]:
        """Return at most ``k`` passages that hold one of the tokens, best first.

        A score is the BM25 sum divided by the weight of all ``tokens``, those that no passage holds
        included: in [0, 1), so that a question of mostly unknown words scores low everywhere.
        """
        found = [(times, self._postings.find(token)) for token, times in Counter(tokens).items()]
        weighted = [(times * self._weight(term), term) for times, term in found]
        terms = [(weight, term) for weight, term in weighted if term.held]
        if not terms or k < 1:
            return []
        if self._postings.passages <= SMALL and sum(term.held for _, term in terms) <= _FEW:
            positions, sums = self._added(terms)
        else:
            positions = likely(self._postings, terms, k)
            sums = self._sums(terms, positions)
        scores = (sums / sum(weight for weight, _ in weighted)).astype(np.float32)
        if len(scores) > k:
            kept = scores >= np.partition(scores, -k)[-k]
            positions, scores = positions[kept], scores[kept]
        best = np.lexsort((positions, -scores))[:k]
        return list(map(Scored, positions[best].tolist(), scores[best].tolist()))

    def weight(self, token: str) -> float:
        """Inverse document frequency, ln(1 + (n - df + 0.5) / (df + 0.5)) as in Lucene; df 0 if unknown."""
        return self._weight(self._postings.find(token)) if self._postings.tokens else 0.0

    def _weight(self, term: Term) -> float:
        return math.log1p((self._postings.passages - term.held + 0.5) / (term.held + 0.5))

    def _added(self, terms: Weighted) -> tuple[Array, Array]:
        """Positions and BM25 sums of all passages that hold one of ``terms``, which have no rows."""
        posted = [self._postings.posted(term) for _, term in terms]
        positions, impacts = (np.concatenate(column) for column in zip(*posted, strict=True))
        counts = [term.held for _, term in terms]
        weights = np.repeat([weight for weight, _ in terms], counts)
        numbers = np.repeat([term.number for _, term in terms], counts)
        sums = np.bincount(positions, weights * self._postings.shares(impacts, positions, numbers))
        held = np.flatnonzero(sums)
        return held, sums[held]

    def _sums(self, terms: Weighted, positions: Array) -> Array:
        """BM25 sums of the passages at ``positions``, which ascend."""
        weights = np.array([[weight] for weight, _ in terms])
        numbers = np.array([[term.number] for _, term in terms])
        sums, step = np.zeros(len(positions)), max(1, _AT_ONCE // len(terms))
        for start in range(0, len(positions), step):
            part = positions[start : start + step]
            impacts = self._postings.impacts([term for _, term in terms], part)
            sums[start : start + step] = (weights * self._postings.shares(impacts, part, numbers)).sum(axis=0)
        return sums


class SparseSearcher:
    """Searches a sparse index with the tokens it was made of."""

    def __init__(self, tokenize: Tokenize, index: SparseIndex) -> None:
        self._tokenize = tokenize
        self._index = index

    def search(self, query: str, k: int) -> list[Scored]:
        """Return at most ``k`` passages, best first; none when no token is known."""
        return self._index.search(self._tokenize(query), k)
