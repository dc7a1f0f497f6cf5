"""Sparse search: BM25 over whatever tokens it is given."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from qa.errors import IndexCorruptError
from qa.inversion import invert
from qa.live import Part, best_of
from qa.postings import SMALL, Array, Postings
from qa.screening import Weighted, likely
from qa.types import Scored

Tokenize = Callable[[str], list[str]]

_FEW = 1 << 16
"""So many postings of a small index are simply added up."""
_AT_ONCE = 1 << 20
"""Impacts made exact at a time."""


_LITTLE = 16
"""When less than one in so many passages is left, these are scored and no others are looked for."""


class Gone(NamedTuple):
    """What removed passages held: how many each token was in, how many they were, their tokens in all."""

    held: Counter[str]
    passages: int = 0
    length: int = 0

    def and_also(self, other: "Gone") -> "Gone":
        """Return both together."""
        return Gone(self.held + other.held, self.passages + other.passages, self.length + other.length)


def gone(token_lists: Iterable[Sequence[str]]) -> Gone:
    """Count what removed passages held, as they were indexed."""
    lists = list(token_lists)
    held = Counter(token for tokens in lists for token in set(tokens))
    return Gone(held, len(lists), sum(map(len, lists)))


class Statistics:
    """What BM25 knows of all passages together: of the indexes, without what is gone from them."""

    def __init__(self, indexes: "Sequence[SparseIndex]", removed: Gone) -> None:
        self._indexes, self._removed = indexes, removed
        self.passages = sum(index.passages for index in indexes) - removed.passages
        length = sum(index.length for index in indexes) - removed.length
        self.mean = max(length, 1) / max(self.passages, 1)
        """Tokens of a passage on average."""
        self.weight = lru_cache(maxsize=1 << 16)(self._weight)
        """Inverse document frequency, ln(1 + (n - df + 0.5) / (df + 0.5)) as in Lucene; df 0 if unknown."""

    def _weight(self, token: str) -> float:
        held = sum(index.held(token) for index in self._indexes) - self._removed.held[token]
        return math.log1p((self.passages - held + 0.5) / (held + 0.5))


class SparseIndex:
    """BM25 (Lucene's variant) over token lists, one a passage, as a share of the best it could be."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self.passages = postings.passages
        self.length = round(postings.mean * postings.passages)
        """Tokens of all passages."""
        self._norms = lru_cache(maxsize=2)(postings.norms)
        self.statistics = Statistics([self], Gone(Counter()))
        """Of these passages alone."""

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

    def held(self, token: str) -> int:
        """How many passages hold ``token``."""
        return self._postings.find(token).held

    def search(
        self, tokens: Sequence[str], k: int, among: Statistics | None = None, *, only: Array | None = None
    ) -> list[Scored]:
        """Return at most ``k`` passages that hold one of the tokens, best first, ``only`` of these positions.

        They are scored as they are ``among`` others, or by themselves; ``only`` ascends. A score is the BM25
        sum divided by the weight of all ``tokens``, those that no passage holds included: in [0, 1), so that
        a question of mostly unknown words scores low everywhere.
        """
        among = among or self.statistics
        norms = self._norms(among.mean)
        weighted = [
            (times * among.weight(token), self._postings.find(token))
            for token, times in Counter(tokens).items()
        ]
        terms = [(weight, term) for weight, term in weighted if term.held]
        if not terms or k < 1:
            return []
        if only is not None:
            sums = self._sums(terms, only, norms)
            positions, sums = only[sums > 0], sums[sums > 0]
        elif self._postings.passages <= SMALL and sum(term.held for _, term in terms) <= _FEW:
            positions, sums = self._added(terms, norms)
        else:
            # candidates are found by the norms of these passages alone: as many again for the others' sake
            positions = likely(self._postings, terms, k if among.mean == self._postings.mean else 2 * k)
            sums = self._sums(terms, positions, norms)
        scores = (sums / sum(weight for weight, _ in weighted)).astype(np.float32)
        if len(scores) > k:
            kept = scores >= np.partition(scores, -k)[-k]
            positions, scores = positions[kept], scores[kept]
        best = np.lexsort((positions, -scores))[:k]
        return list(map(Scored, positions[best].tolist(), scores[best].tolist()))

    def _added(self, terms: Weighted, norms: Array) -> tuple[Array, Array]:
        """Positions and BM25 sums of all passages that hold one of ``terms``, which have no rows."""
        posted = [self._postings.posted(term) for _, term in terms]
        positions, impacts = (np.concatenate(column) for column in zip(*posted, strict=True))
        counts = [term.held for _, term in terms]
        weights = np.repeat([weight for weight, _ in terms], counts)
        numbers = np.repeat([term.number for _, term in terms], counts)
        sums = np.bincount(positions, weights * self._postings.shares(impacts, positions, numbers, norms))
        held = np.flatnonzero(sums)
        return held, sums[held]

    def _sums(self, terms: Weighted, positions: Array, norms: Array) -> Array:
        """BM25 sums of the passages at ``positions``, which ascend."""
        weights = np.array([[weight] for weight, _ in terms])
        numbers = np.array([[term.number] for _, term in terms])
        sums, step = np.zeros(len(positions)), max(1, _AT_ONCE // len(terms))
        for start in range(0, len(positions), step):
            part = positions[start : start + step]
            impacts = self._postings.impacts([term for _, term in terms], part)
            shares = self._postings.shares(impacts, part, numbers, norms)
            sums[start : start + step] = (weights * shares).sum(axis=0)
        return sums


class SparseSearcher:
    """Searches the sparse indexes of all parts as one, with the tokens they were made of."""

    def __init__(self, tokenize: Tokenize, parts: Sequence[Part[SparseIndex]], among: Statistics) -> None:
        self._tokenize = tokenize
        self._most = [part for part in parts if not _is_little(part)]
        self._few = [(part, part.left) for part in parts if part.left is not None and _is_little(part)]
        self._among = among

    def search(self, query: str, k: int) -> list[Scored]:
        """Return at most ``k`` passages, best first; none when no token is known."""
        tokens = self._tokenize(query)
        found = best_of(self._most, lambda index, depth: index.search(tokens, depth, self._among), k)
        for part, left in self._few:
            best = part.held.search(tokens, k, self._among, only=left)
            places = left.searchsorted([scored.position for scored in best]).tolist()
            found += [Scored(part.first + at, scored.score) for at, scored in zip(places, best, strict=True)]
        return sorted(found, key=lambda scored: (-scored.score, scored.position))[:k]


def _is_little(part: Part[SparseIndex]) -> bool:
    return part.left is not None and _LITTLE * len(part.left) < part.count
