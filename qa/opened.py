"""One generation and what answers from it; replaced as a whole."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from qa.addresses import names_articles
from qa.answerer import NOT_FOUND, Alignment, ExtractiveAnswerer, quoted
from qa.config import Settings
from qa.generation import Index, Searched
from qa.inventory import Listed, inventory
from qa.lookup import Found, Lookup
from qa.protocols import EVERYTHING
from qa.reranker import QuestionReranker, read_weights
from qa.retriever import Retriever
from qa.scope import within
from qa.segment import Encoders
from qa.spelling import Spelling, best_spelled
from qa.types import Answer, Filter, Hit, Turn

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
        self.lookup = Lookup(index, self.retriever)
        cut, is_word = index.segmenter.cut, index.segmenter.is_word
        self.spelling = Spelling(weight=index.token_weight, cut=cut, is_word=is_word)
        self.answerer = ExtractiveAnswerer(
            weight=index.token_weight,
            alignment=Alignment(encoders.compact, words=index.segmenter.cut, weight=index.word_weight),
            refuse_below=settings.refuse_below,
        )

    @cached_property
    def listed(self) -> Sequence[Listed]:
        """Every document and every file that was skipped."""
        return inventory(self.index)

    def find(self, query: str, k: int, wanted: Filter = EVERYTHING) -> Found:
        """What ``query`` names, the query as it was understood, and its hits in the documents ``wanted``.

        Nothing is looked up by its name where only some documents are wanted.
        """
        retriever = self.retriever if wanted == EVERYTHING else self._within(wanted)

        def search() -> tuple[str, Sequence[Hit]]:
            return best_spelled(query, self.spelling, lambda spelled: retriever.search(spelled, k))

        return self.lookup.find(query, k, search) if wanted == EVERYTHING else Found(*search())

    def search(self, query: str, k: int, wanted: Filter = EVERYTHING) -> tuple[str, Sequence[Hit]]:
        """The query as it was understood, and its hits in the documents that are ``wanted``."""
        found = self.find(query, k, wanted)
        return found.query, found.hits

    def _over(self, searched: Searched) -> Retriever:
        return Retriever(
            searched.searchers,
            searched.passages,
            self.index.documents.entries.by_id,
            sentences=searched.sentences,
            reranker=self._reranker,
            depth=self._depth,
        )

    def answer(self, found: Found, history: Sequence[Turn]) -> Answer:
        """Answer from what was found: with the very words that the question names, or from its hits."""
        address, own = found.address, found.own
        if address is None:
            return self.answerer.answer(found.query, found.hits, history)
        if found.places and not (address.words and address.rest):
            return quoted(found.places)
        if address.articles and address.documents and not found.places:
            own = ()  # the rules named have no such article
        asked = (address.documents and address.rest) or found.query
        answer = self.answerer.answer(asked, own, history)
        if answer.status == "not_found" and found.places:  # another article may tell of this one
            telling = [
                hit
                for hit in found.hits
                if hit.passage.doc_id in address.documents and names_articles(address, hit.passage.text)
            ]
            answer = self.answerer.answer(found.query, telling, history)
        if answer.status != "not_found":
            return answer
        if found.places:
            return quoted(found.places, "partial")
        if address.documents and not address.articles:
            return self.answerer.answer(found.query, found.hits, history)
        return Answer("not_found", NOT_FOUND, nearest=tuple(found.hits))
