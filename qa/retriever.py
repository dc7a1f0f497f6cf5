"""At work on a query: every searcher is asked, their rankings become one."""

import functools
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from qa.fusion import standardise, weighted_sum
from qa.protocols import Reranker, Searcher, SentenceScorer
from qa.text import plain, squeeze
from qa.timing import Clock
from qa.types import Document, Entry, Hit, Passage, Scored

WEIGHTS: Mapping[str, float] = {
    "sentences": 0.3,
    "passages": 0.2,
    "gist": 0.15,
    "characters": 0.35,
}
"""What each searcher's standardised score counts for."""

LEGS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in WEIGHTS},
    "dense": ("sentences", "passages", "gist"),
    "sparse": ("characters",),
    "fused": tuple(WEIGHTS),
    "hybrid": tuple(WEIGHTS),
}
"""What an evaluation compares: each searcher alone, those of a kind, ``fused``, the plain weighted sum, and
``hybrid``, which is ranked anew."""

MAIN = "hybrid"
"""The leg that answers; the others are for comparing."""

BESIDE = ("gist", "characters", "passages")
"""Searchers for a second thread: two that do not wait for the main encoder, and one that needs no more than
what it has made for the sentences by then. Only one search at a time has a second thread; more would only
get in each other's way."""

POOL = 20
"""Hits that the reranker may choose from."""

AGREES, RUN = 0.3, 6
"""Share of common runs of so many characters from which two passages of different documents report the
same thing."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A search step by step: what each searcher found, the ``POOL`` best by plain sum, and these ranked anew.

    ``timings_ms`` has each searcher, which are asked one after the other, and ``fuse``, ``rerank`` and
    ``closer``, the look at each sentence.
    """

    rankings: Mapping[str, Sequence[Scored]]
    fused: Sequence[Hit]
    ranked: Sequence[Hit]
    positions: Mapping[Passage, int]
    timings_ms: Mapping[str, float]


class Retriever:
    """Hybrid search over the passages of one generation."""

    def __init__(  # noqa: PLR0913 - the parts of one generation, and how they are used
        self,
        searchers: Mapping[str, Searcher],
        passages: Sequence[Passage],
        documents: Mapping[str, Document | Entry],
        *,
        sentences: SentenceScorer,
        reranker: Reranker,
        depth: int,
    ) -> None:
        self._searchers = searchers
        self._passages = passages
        self._documents = documents
        self._sentences = sentences
        self._reranker = reranker
        self._depth = depth
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="searcher")
        self._second = Lock()

    def search(self, query: str, k: int, *, leg: str = "hybrid") -> list[Hit]:
        """Return at most ``k`` hits, best first; passages never overlap.

        ``leg`` is a name in ``LEGS``; only the main one is reranked and knows what agrees.
        """
        query = plain(query)
        rankings = self._rankings(query, max(self._depth, k), LEGS[leg])
        hits, positions = self._fused(rankings, max(k, POOL))
        best = self._reranker.rerank(query, hits)[:k] if leg == MAIN else hits[:k]
        best = self._closer(query, best, positions)
        return agreeing(best) if leg == MAIN else best

    def trace(self, query: str) -> Trace:
        """Search as ``search`` does, and keep every step."""
        query, clock = plain(query), Clock()
        rankings = {}
        for name in LEGS[MAIN]:
            rankings[name] = self._searchers[name].search(query, self._depth)
            clock.lap(name)
        hits, positions = self._fused(rankings, POOL)
        clock.lap("fuse")
        ranked = self._reranker.rerank(query, hits)
        clock.lap("rerank")
        ranked = self._closer(query, ranked, positions)
        clock.lap("closer")
        return Trace(rankings, hits, ranked, positions, clock.laps)

    def _fused(
        self, rankings: Mapping[str, Sequence[Scored]], k: int
    ) -> tuple[list[Hit], dict[Passage, int]]:
        """The best by plain sum, and where each passage is."""
        fused = weighted_sum(rankings, WEIGHTS, k=k)
        hits = [self._hit(scored, rank, parts) for rank, (scored, parts) in enumerate(fused, start=1)]
        return hits, {hit.passage: scored.position for hit, (scored, _) in zip(hits, fused, strict=True)}

    def _closer(self, query: str, hits: Sequence[Hit], positions: Mapping[Passage, int]) -> list[Hit]:
        """The same hits with the score of each of their sentences."""
        closer = self._sentences.sentence_scores(query, [positions[hit.passage] for hit in hits])
        return [replace(hit, sentence_scores=tuple(c)) for hit, c in zip(hits, closer, strict=True)]

    def among(self, query: str, positions: Sequence[int], k: int) -> list[Hit]:
        """Return the best ``k`` of the passages at ``positions``, by their sentences and what they say."""
        query, depth = plain(query), self._depth
        if not positions:
            return []
        cosines = self._sentences.sentence_scores(query, positions)
        scores = standardise([max(of_one, default=0.0) for of_one in cosines]).tolist()
        nearest = sorted(range(len(scores)), key=lambda at: -scores[at])[: max(k, depth)]
        hits = [
            replace(
                self._hit(Scored(positions[at], scores[at]), rank, {"sentences": scores[at]}),
                sentence_scores=tuple(cosines[at]),
            )
            for rank, at in enumerate(nearest, start=1)
        ]
        return self._reranker.rerank(query, hits)[:k]

    def _rankings(self, query: str, depth: int, names: Sequence[str]) -> dict[str, list[Scored]]:
        def ask(some: Sequence[str]) -> dict[str, list[Scored]]:
            return {name: self._searchers[name].search(query, depth) for name in some}

        beside = [name for name in BESIDE if name in names]
        here = [name for name in names if name not in BESIDE]
        if not beside or not here:
            return ask(names)
        if not self._second.acquire(blocking=False):
            return {**ask(beside), **ask(here)}
        try:
            asked = self._thread.submit(ask, beside)
            return {**ask(here), **asked.result()}
        finally:
            self._second.release()

    def finds(self, passage: Passage, query: str, *, leg: str) -> bool:
        """Whether ``passage`` is among the first ten hits of one leg for ``query``."""
        return any(hit.passage == passage for hit in self.search(query, 10, leg=leg))

    def _hit(self, scored: Scored, rank: int, parts: Mapping[str, float]) -> Hit:
        passage = self._passages[scored.position]
        document = self._documents[passage.doc_id]
        return Hit(passage, scored.score, rank, parts, document.title, document.date)


def agreeing(hits: Sequence[Hit]) -> list[Hit]:
    """Note on each hit the ranks of hits from other documents that report the same thing."""
    if not hits:
        return []
    runs_of = [_run_codes(hit.passage.text) for hit in hits]
    owners = np.repeat(np.arange(len(hits)), [len(codes) for codes in runs_of])
    _, columns = np.unique(np.concatenate(runs_of), return_inverse=True)
    holds = np.zeros((len(hits), int(columns.max(initial=-1)) + 1), np.float32)
    holds[owners, columns] = 1
    common, counts = holds @ holds.T, holds.sum(axis=1)
    documents = np.unique([hit.passage.doc_id for hit in hits], return_inverse=True)[1]
    enough = common >= np.maximum(1, AGREES * np.minimum.outer(counts, counts))
    same = enough & (documents[:, np.newaxis] != documents)
    return [
        replace(hit, agrees_with=tuple(sorted(hits[other].rank for other in np.flatnonzero(row).tolist())))
        for hit, row in zip(hits, same, strict=True)
    ]


@functools.lru_cache(maxsize=1024)
def _run_codes(text: str) -> NDArray[np.uint64]:
    """One number for each different run of ``RUN`` characters of ``text``, squeezed."""
    codes = np.frombuffer(squeeze(text).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if len(codes) < RUN:
        return np.empty(0, np.uint64)
    # modulo 2**64: two different runs have one number about once in 10**19
    powers = np.uint64(0x9E3779B97F4A7C15) ** np.arange(1, RUN + 1, dtype=np.uint64)
    mixed = codes * np.uint64(0xBF58476D1CE4E5B9) ^ (codes << np.uint64(29))
    return np.unique(sliding_window_view(mixed, RUN) @ powers)
