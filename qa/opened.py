"""One generation and what answers from it; replaced as a whole."""

from collections.abc import Sequence
from functools import lru_cache

from qa.answerer import Alignment, ExtractiveAnswerer
from qa.config import Settings
from qa.generation import Index, Searched
from qa.protocols import EVERYTHING
from qa.reranker import QuestionReranker, read_weights
from qa.retriever import Retriever
from qa.scope import within
from qa.segment import Encoders
from qa.spelling import Spelling, best_spelled
from qa.types import Filter, Hit

_SCOPES = 16
"""Filters whose searchers are kept."""


class Opened:
    """An index with the retriever and the answerer over it. Safe to use from many threads."""

    def __init__(self, index: Index, encoders: Encoders, settings: Settings) -> None:
        self.index = index
        self.documents = index.documents.by_id
        self._reranker = QuestionReranker(weight=index.token_weight, weights=read_weights(settings.ranker))
        self._depth = settings.depth
        self.retriever = self._over(Searched(index.passages, index.searchers, index.sentences))
        self._within = lru_cache(maxsize=_SCOPES)(lambda wanted: self._over(within(index, wanted)))
        cut, is_word = index.segmenter.cut, index.segmenter.is_word
        self.spelling = Spelling(weight=index.token_weight, cut=cut, is_word=is_word)
        self.answerer = ExtractiveAnswerer(
            weight=index.token_weight,
            alignment=Alignment(encoders.compact, words=index.segmenter.cut, weight=index.word_weight),
            refuse_below=settings.refuse_below,
        )

    def search(self, query: str, k: int, wanted: Filter = EVERYTHING) -> tuple[str, Sequence[Hit]]:
        """The query as it was understood, and its hits in the documents that are ``wanted``."""
        retriever = self.retriever if wanted == EVERYTHING else self._within(wanted)
        return best_spelled(query, self.spelling, lambda spelled: retriever.search(spelled, k))

    def _over(self, searched: Searched) -> Retriever:
        return Retriever(
            searched.searchers,
            searched.passages,
            self.index.documents.entries.by_id,
            sentences=searched.sentences,
            reranker=self._reranker,
            depth=self._depth,
        )
