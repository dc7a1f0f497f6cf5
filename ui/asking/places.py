"""Where the words that an answer quotes stand now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from qa import Answer, Citation, Document, QAError
from ui.asking.keeping import History
from ui.frame import whole
from ui.source.place import Note, Place, Span, Stop, stands


class Quote(NamedTuple):
    """Words of a document, and where they stood when they were cited."""

    doc_id: str
    start: int
    end: int
    words: str


def place(
    data: Mapping[str, Any], history: History, document: Callable[[str, str], Document]
) -> Place | None:
    """The place behind a citation or nearest passage; ``None`` when the click names no such thing.

    ``document`` gives a document by its collection and its name.
    """
    turn, number, rank = (whole(data.get(key)) for key in ("turn", "number", "rank"))
    if turn is None or turn >= len(history):
        return None
    answer, collection = history[turn].answer or Answer("not_found", ""), history[turn].collection
    its = partial(document, collection)
    short = (answer.short_answer,) if data.get("part") == "short" and answer.short_answer else ()
    quotes = [quote_of(one) for one in answer.citations]
    for citation in (*short, *answer.citations):
        if citation.number == number:
            return replace(now(quote_of(citation), quotes, its), collection=collection)
    for hit in answer.nearest:
        if hit.rank == rank:
            passage = hit.passage
            quote = Quote(passage.doc_id, passage.start, passage.end, passage.text)
            return replace(now(quote, (), its), collection=collection)
    return None


def quote_of(one: Citation) -> Quote:
    """The words of a citation."""
    return Quote(one.doc_id, one.start, one.end, one.quote)


def now(focus: Quote, quotes: Sequence[Quote], document: Callable[[str], Document]) -> Place:
    """Where the words are now: a document may have been changed since a kept conversation cited it.

    It opens at no words when they are gone, which its note tells; when it is gone itself, whoever opens it
    says so.
    """

    def stood(one: Quote) -> Span | None:
        try:
            return stands(document(one.doc_id).text, one.start, one.words)
        except QAError:
            return None

    spans = [(one.doc_id, stood(one)) for one in quotes]
    others = tuple(span for doc_id, span in spans if span and doc_id == focus.doc_id)
    here = stood(focus)

    def stop(doc_id: str, span: Span) -> Stop:
        """The short answer where it is what is looked at, and not the words around it."""
        within = here and doc_id == focus.doc_id and span[0] <= here[0] and here[1] <= span[1]
        return Stop(doc_id, *(here if here and within else span))

    stops = tuple(stop(doc_id, span) for doc_id, span in spans if span)
    note: Note = "lost" if here is None else "moved" if here[0] != focus.start else ""
    said = {Stop(one.doc_id, *span): one.words for one, (_, span) in zip(quotes, spans, strict=True) if span}
    if here:
        said[Stop(focus.doc_id, *here)] = focus.words
    return Place(focus.doc_id, here, others, stops=stops, note=note, quoted=said)
