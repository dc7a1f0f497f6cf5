"""One generation and what answers from it; replaced as a whole."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from qa.addresses import names_articles
from qa.answerer import NOT_FOUND, Alignment, Decision, ExtractiveAnswerer, quoted
from qa.config import Settings
from qa.generation import Index
from qa.inventory import Listed, inventory
from qa.lookup import Found, Lookup
from qa.projection import PassageMap, project
from qa.protocols import EVERYTHING
from qa.reranker import QuestionReranker, read_weights
from qa.retriever import Retriever, agreeing
from qa.scope import Scope
from qa.segment import Encoders
from qa.spelling import Spelling, best_spelled
from qa.types import Answer, Filter, Hit, Turn

_COMPARED = 5
"""Hits that tell which reading of a follow-up is meant."""
_SCOPES = 16
"""Filters whose searchers are kept."""


class Opened:
    """An index with the retriever and the answerer over it. Safe to use from many threads."""

    def __init__(self, index: Index, encoders: Encoders, settings: Settings) -> None:
        self.index, self.encoders = index, encoders
        self.documents = index.documents.by_id
        self.ranker_weights = read_weights(settings.ranker)
        self._reranker = QuestionReranker(weight=index.token_weight, weights=self.ranker_weights)
        self._depth = settings.depth
        self.lookup = self._over(index)
        self.retriever = self.lookup.retriever
        self._within = lru_cache(maxsize=_SCOPES)(lambda wanted: self._over(Scope(index, wanted)))
        cut, is_word = index.segmenter.cut, index.segmenter.is_word
        self.spelling = Spelling(weight=index.token_weight, cut=cut, is_word=is_word)
        self.answerer = ExtractiveAnswerer(
            weight=index.token_weight,
            alignment=Alignment(encoders.compact, words=index.segmenter.cut, weight=index.word_weight),
            refuse_below=settings.refuse_below,
            ended=lambda doc_id: doc_id in index.ended,
            length=lambda doc_id: index.documents.entries.by_id[doc_id].characters,
        )

    def over(self, wanted: Filter) -> Retriever:
        """The retriever over the documents ``wanted``."""
        return (self.lookup if wanted == EVERYTHING else self._within(wanted)).retriever

    @cached_property
    def listed(self) -> Sequence[Listed]:
        """Every document and every file that was skipped."""
        return inventory(self.index)

    @cached_property
    def map(self) -> PassageMap:
        """Where the passages lie; made when it is first asked for."""
        return project(self.index)

    def find(
        self,
        query: str,
        k: int,
        wanted: Filter = EVERYTHING,
        *,
        searching: Callable[[str], Sequence[Hit]] | None = None,
    ) -> Found:
        """What ``query`` names, the query as it was understood, and its hits in the documents ``wanted``.

        ``searching`` is used in place of the retriever's search, to watch it.
        """
        lookup = self.lookup if wanted == EVERYTHING else self._within(wanted)
        found = searching or (lambda spelled: lookup.retriever.search(spelled, k))

        def search() -> tuple[str, Sequence[Hit]]:
            return best_spelled(query, self.spelling, found)

        return lookup.find(query, k, search)

    def follow(
        self,
        read: tuple[str, str],
        k: int,
        wanted: Filter = EVERYTHING,
        *,
        searching: Callable[[str], Sequence[Hit]] | None = None,
    ) -> Found:
        """What ``find`` finds for a question as ``readings`` read it: a new subject is asked about alone."""
        query, fresh = read
        if not fresh:
            return self.find(query, k, wanted, searching=searching)
        least = max(k, _COMPARED)
        found = self.find(query, least, wanted, searching=searching)
        if not found.address:
            alone = self.find(fresh, least, wanted, searching=searching)
            found = found if alone.address else self._meant(found, alone)
        return replace(found, hits=agreeing(found.hits[:k])) if k < least else found

    def _meant(self, found: Found, alone: Found) -> Found:
        """What a follow-up found with the topic before it or ``alone``, whichever names what it does."""
        hits = found.hits[:_COMPARED]
        question, own = self.answerer.meant((found.query, hits), (alone.query, alone.hits[:_COMPARED]))
        if question == found.query:
            return found
        within = {hit.passage for hit in hits}.issuperset(hit.passage for hit in own)
        return replace(found, asked=question, own=own) if within else alone

    def search(self, query: str, k: int) -> Sequence[Hit]:
        """The hits of ``query`` in all documents."""
        return self.find(query, k).hits

    def _over(self, searched: Index | Scope) -> Lookup:
        retriever = Retriever(
            searched.searchers,
            searched.passages,
            self.index.documents.entries.by_id,
            sentences=searched.sentences,
            reranker=self._reranker,
            depth=self._depth,
        )
        return Lookup(searched, retriever)

    def decision(self, found: Found) -> Decision | None:
        """Why what was found is answered or refused; None where what the question names decides that."""
        return None if found.address else self.answerer.decision(*found.answering)

    def answer(self, found: Found, history: Sequence[Turn]) -> Answer:
        """Answer from what was found: with the very words that the question names, or from its hits."""
        address, own = found.address, found.own
        if address is None:
            return self.answerer.answer(*found.answering, history, carried=found.asked and found.query)
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
