"""Exact look-ups: the document, article or item that a question names stands before what is found."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.addresses import MOST, Address, Addresses, names
from qa.articles import find_article, in_each_writing
from qa.generation import Index
from qa.retriever import Retriever, agreeing
from qa.scope import Scope
from qa.text import TERMINAL
from qa.types import Document, Hit, Passage, Span

ADDRESS = "address"
"""The name, among a hit's scores, of whether it was looked up."""
_FIRST = 10.0
"""What a passage that was looked up scores beside its own score: more than any that was only found."""
_LOOKED_AT = 4000
"""Passages of the documents named, at most, that are compared with the rest of a question."""
_SHOWN = 5
"""Documents, at most, whose article or content is shown where a question may mean each of them."""
_LONGEST, _LEAD = 3000, 200
"""Characters of a place and of the beginning of a document that are quoted."""
_LATIN_WORD = re.compile(r"[a-z]{4,}")
_SAID = re.compile(rf"[{TERMINAL};；][”’」』\"')）]*$")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question; ``hits`` best first, what was looked up before all others.

    ``places`` hold exactly the words that the question names, each as one passage. ``own`` are what is left
    of the hits where only what is named may answer. ``asked``, if given, is what they answer: a follow-up
    without the topic that ``query`` puts before it.
    """

    query: str
    hits: Sequence[Hit]
    address: Address | None = None
    places: Sequence[Hit] = ()
    own: Sequence[Hit] = ()
    asked: str = ""

    @property
    def answering(self) -> tuple[str, Sequence[Hit]]:
        """What is to be answered, and from which hits, where nothing is looked up."""
        return (self.asked, self.own) if self.asked else (self.query, self.hits)


class Lookup:
    """Looks up what questions name in one generation or some of its documents, over which ``retriever`` is.

    Safe to use from many threads.
    """

    def __init__(self, index: Index | Scope, retriever: Retriever) -> None:
        self._index, self.retriever = index, retriever
        self._documents = index.documents.by_id
        self._addresses = Addresses(index.documents.entries)

    def find(self, query: str, k: int, search: Callable[[], tuple[str, Sequence[Hit]]]) -> Found:
        """What ``query`` names first, then what ``search`` finds, which is all when it names nothing."""
        address = self._addresses.read(query)
        if address is None:
            return Found(*search())
        hits = self.retriever.search(query, k)
        if address.words and not address.documents:
            own = [hit for hit in hits if names(address, hit.passage.text)]
            return Found(query, hits, address, (), own)
        documents = address.documents or self._having(address, hits)
        places = list(self._places(address, documents))
        if address.articles and places:
            held = [hit for place in places for hit in self._within(query, place)]
            own = [_clipped(hit, place) for place in places for hit in held if _overlap(hit, place)]
        else:
            held = own = self._of(address, documents, query, k)
        first = [_looked_up(hit) for hit in _distinct(held)]
        known = {hit.passage for hit in first}
        ranked = [*first, *(hit for hit in hits if hit.passage not in known)][:k]
        hits = agreeing([replace(hit, rank=rank) for rank, hit in enumerate(ranked, start=1)])
        return Found(query, hits, address, places, own)

    def _having(self, address: Address, hits: Sequence[Hit]) -> list[str]:
        """Documents that may have the articles, where the question does not say of which."""
        words = " ".join(map(in_each_writing, address.articles))
        by_words = self.retriever.search(words, MOST, leg="characters")
        titles = {hit.passage.doc_id: hit.title for hit in (*hits, *by_words)}
        having = [doc_id for doc_id in titles if self._spans(doc_id, address)]
        described = set(_LATIN_WORD.findall(address.rest.lower()))
        having.sort(key=lambda doc_id: -len(described.intersection(titles[doc_id].lower().split())))
        return having[:1] if address.rest else having[:_SHOWN]

    def _spans(self, doc_id: str, address: Address) -> list[Span]:
        document, named = self._documents[doc_id], bool(address.words)
        spans = (find_article(document, article, outlined=named) for article in address.articles)
        return [span for span in spans if span]

    def _places(self, address: Address, documents: Sequence[str]) -> Iterator[Hit]:
        """The articles named, or what a document is about if the question asks for nothing else."""
        shown = 0
        for doc_id in documents:
            if address.articles:
                spans = self._spans(doc_id, address)
            else:
                spans = [] if address.rest else self._gist(self._documents[doc_id])
            shown += bool(spans)
            if shown > _SHOWN:
                return
            for span in spans:
                yield self._whole(self._documents[doc_id], span)

    def _gist(self, document: Document) -> list[Span]:
        """Where its text says its title, and its first sentences."""
        bare = "".join(document.title.split())  # a blank between two \s* would be tried at every place
        found = re.search(r"\s*".join(map(re.escape, bare)), document.text) if bare else None
        title = [found.span()] if found else []
        for position in self._index.positions_of(document.doc_id):
            passage = self._index.passages[position]
            said = [span for span in passage.sentences if _SAID.search(document.text[slice(*span)])]
            if said:
                ends = [end for _, end in said if end - said[0][0] <= _LEAD]
                return [*title, (said[0][0], ends[-1] if ends else said[0][1])]
        return title

    def _whole(self, document: Document, span: Span) -> Hit:
        """A span of a document as one passage."""
        start, end = span[0], min(span[1], span[0] + _LONGEST)
        heading = next((part.heading for part in document.sections if part.start <= start < part.end), "")
        passage = Passage(document.doc_id, start, end, document.text[start:end], heading)
        return Hit(passage, _FIRST, 1, {ADDRESS: 1.0}, document.title, document.date)

    def _within(self, query: str, place: Hit) -> list[Hit]:
        """The passages that hold a place, in their order."""
        positions = self._index.positions_of(place.passage.doc_id)
        held = [at for at in positions if _overlap(replace(place, passage=self._index.passages[at]), place)]
        hits = self.retriever.among(query, held, len(held))
        return sorted(hits, key=lambda hit: hit.passage.start)

    def _of(self, address: Address, documents: Sequence[str], query: str, k: int) -> list[Hit]:
        """The passages of the documents that say most of what is asked beside their names."""
        positions = [at for doc_id in documents for at in self._index.positions_of(doc_id)]
        if not address.rest and not address.articles:
            each = max(1, k // max(1, len(documents)))
            positions = [at for doc_id in documents for at in self._index.positions_of(doc_id)[:each]]
            hits = self.retriever.among(query, positions, k)
            return sorted(hits, key=lambda hit: (documents.index(hit.passage.doc_id), hit.passage.start))
        return self.retriever.among(address.rest or query, positions[:_LOOKED_AT], k)


def _overlap(hit: Hit, place: Hit) -> bool:
    one, other = hit.passage, place.passage
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end


def _clipped(hit: Hit, place: Hit) -> Hit:
    """A hit that holds no more than a place does."""
    passage, start = hit.passage, max(hit.passage.start, place.passage.start)
    end = min(passage.end, place.passage.end)
    kept = [
        ((max(a, start), min(b, end)), score)
        for (a, b), score in zip(passage.sentences, hit.sentence_scores, strict=True)
        if a < end and start < b
    ]
    text = passage.text[start - passage.start : end - passage.start]
    sentences, scores = tuple(span for span, _ in kept), tuple(score for _, score in kept)
    clipped = replace(passage, start=start, end=end, text=text, sentences=sentences)
    return replace(hit, passage=clipped, sentence_scores=scores)


def _looked_up(hit: Hit) -> Hit:
    return replace(hit, score=hit.score + _FIRST, scores={**hit.scores, ADDRESS: 1.0})


def _distinct(hits: Sequence[Hit]) -> list[Hit]:
    return list({hit.passage: hit for hit in hits}.values())
