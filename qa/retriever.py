"""At work on a query: every searcher is asked, their rankings become one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from qa.fusion import weighted_sum
from qa.protocols import Reranker, Searcher, SentenceScorer
from qa.text import plain, runs
from qa.types import Document, Hit, Passage, Scored

WEIGHTS: Mapping[str, float] = {
    "sentences": 0.3,
    "passages": 0.2,
    "gist": 0.15,
    "words": 0.05,
    "characters": 0.3,
}
"""What each searcher's standardised score counts for."""

LEGS: Mapping[str, tuple[str, ...]] = {
    "dense": ("sentences", "passages", "gist"),
    "sparse": ("words", "characters"),
    "hybrid": tuple(WEIGHTS),
}
"""What an evaluation compares."""

MAIN = "hybrid"
"""The leg that answers; the others are for comparing."""

POOL = 20
"""Hits that the reranker may choose from."""

AGREES = 0.3
"""Share of common text from which two passages of different documents report the same thing."""


class Retriever:
    """Hybrid search over the passages of one generation."""

    def __init__(  # noqa: PLR0913 - the parts of one generation, and how they are used
        self,
        searchers: Mapping[str, Searcher],
        passages: Sequence[Passage],
        documents: Sequence[Document],
        *,
        sentences: SentenceScorer,
        reranker: Reranker,
        depth: int,
    ) -> None:
        self._searchers = searchers
        self._passages = passages
        self._documents = {document.doc_id: document for document in documents}
        self._sentences = sentences
        self._reranker = reranker
        self._depth = depth

    def search(self, query: str, k: int, *, leg: str = "hybrid") -> list[Hit]:
        """Return at most ``k`` hits, best first; passages never overlap.

        ``leg`` is a name in ``LEGS``; only the main one is reranked and knows what agrees.
        """
        query = plain(query)
        depth = max(self._depth, k)
        rankings = {name: self._searchers[name].search(query, depth) for name in LEGS[leg]}
        fused = weighted_sum(rankings, WEIGHTS)[: max(k, POOL)]
        hits = [self._hit(query, scored, rank, parts) for rank, (scored, parts) in enumerate(fused, start=1)]
        return agreeing(self._reranker.rerank(query, hits)[:k]) if leg == MAIN else hits[:k]

    def finds(self, passage: Passage, query: str, *, leg: str) -> bool:
        """Whether ``passage`` is among the first ten hits of one leg for ``query``."""
        return any(hit.passage == passage for hit in self.search(query, 10, leg=leg))

    def _hit(self, query: str, scored: Scored, rank: int, parts: Mapping[str, float]) -> Hit:
        passage = self._passages[scored.position]
        document = self._documents[passage.doc_id]
        closer = tuple(self._sentences.sentence_scores(query, scored.position))
        return Hit(passage, scored.score, rank, parts, document.title, document.date, sentence_scores=closer)


def agreeing(hits: Sequence[Hit]) -> list[Hit]:
    """Note on each hit the ranks of hits from other documents that report the same thing."""
    runs_of = [runs(hit.passage.text) for hit in hits]
    holders = defaultdict(list)
    for number, held in enumerate(runs_of):
        for run in held:
            holders[run].append(number)
    common = Counter(pair for numbers in holders.values() for pair in combinations(numbers, 2))
    same = defaultdict(list)
    for (a, b), count in common.items():
        other_document = hits[a].passage.doc_id != hits[b].passage.doc_id
        if other_document and count >= AGREES * min(len(runs_of[a]), len(runs_of[b])):
            same[a].append(hits[b].rank)
            same[b].append(hits[a].rank)
    return [replace(hit, agrees_with=tuple(sorted(same[number]))) for number, hit in enumerate(hits)]
