"""One generation and what answers from it; replaced as a whole."""

from collections.abc import Sequence

from qa.answerer import Alignment, ExtractiveAnswerer
from qa.config import Settings
from qa.generation import Index
from qa.reranker import QuestionReranker, read_weights
from qa.retriever import Retriever
from qa.segment import Encoders
from qa.spelling import Spelling, best_spelled
from qa.types import Hit


class Opened:
    """An index with the retriever and the answerer over it. Safe to use from many threads."""

    def __init__(self, index: Index, encoders: Encoders, settings: Settings) -> None:
        self.index = index
        self.documents = index.documents.by_id
        self.retriever = Retriever(
            index.searchers,
            index.passages,
            index.documents.entries.by_id,
            sentences=index.sentences,
            reranker=QuestionReranker(weight=index.token_weight, weights=read_weights(settings.ranker)),
            depth=settings.depth,
        )
        cut, is_word = index.segmenter.cut, index.segmenter.is_word
        self.spelling = Spelling(weight=index.token_weight, cut=cut, is_word=is_word)
        self.answerer = ExtractiveAnswerer(
            weight=index.token_weight,
            alignment=Alignment(encoders.compact, words=index.segmenter.cut, weight=index.word_weight),
            refuse_below=settings.refuse_below,
        )

    def search(self, query: str, k: int) -> tuple[str, Sequence[Hit]]:
        """The query as it was understood, and its hits."""
        return best_spelled(query, self.spelling, lambda spelled: self.retriever.search(spelled, k))
