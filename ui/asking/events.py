"""What happens in the conversation: each method takes what an event sends and returns what is shown."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import gradio

from qa import Answer, Citation, Document, Filter, Listing, QAError, Service, Turn
from ui.asking import keeping, render, shown
from ui.asking.keeping import History
from ui.asking.questions import suggestions
from ui.asking.render import Exchange
from ui.frame import SKIP, notice, whole
from ui.source.place import Place, Span, Stop
from ui.texts import Language, text

EVERYTHING = Filter()
OFFERED = 4
"""Questions that are offered."""
REMEMBERED = 50
"""Turns that a follow-up is understood from."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that is looked for: the turn it will be, and the key of its conversation.

    One that is ``edited`` stands alone.
    """

    question: str
    turn: int
    key: str = ""
    edited: bool = False


Found = tuple[Pending, Exchange]
Asked = tuple[Any, Any, Any, Any, Any]


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

    It opens at no words when they are gone; when it is gone itself, whoever opens it says so.
    """

    def stood(one: Quote) -> Span | None:
        try:
            return found(document(one.doc_id), one)
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
    return Place(focus.doc_id, here, others, stops=stops)


def found(document: Document, quote: Quote) -> Span | None:
    """Where a document says these words, first of all where they were cited; ``None`` where it does not."""
    there = document.text[quote.start : quote.end] == quote.words
    start = quote.start if there else document.text.find(quote.words)
    return (start, start + len(quote.words)) if start >= 0 else None


class Events:
    """The events of one page over one service."""

    def __init__(
        self,
        service: Service,
        *,
        service_of: Callable[[str], Service] | None = None,
        listing_of: Callable[[str], Listing] | None = None,
    ) -> None:
        self.service = service
        self.service_of = service_of or (lambda _: service)
        listing = Listing(service)
        self.listing_of = listing_of or (lambda _: listing)

    def place(self, data: Mapping[str, Any], history: History) -> Place | None:
        """The place that a click in the conversation names, if it names one."""
        return place(data, history, lambda name, doc_id: self.service_of(name).document(doc_id))

    def examples(self, language: Language, wanted: Filter = EVERYTHING, collection: str = "") -> str:
        """Questions that the documents in scope can answer: some asked often, others of their headings."""
        try:
            listing = self.listing_of(collection)
            questions = [*listing.frequent(wanted), *suggestions(listing.sample(wanted))]
        except QAError:
            return ""
        return render.examples(list(dict.fromkeys(questions))[:OFFERED], language)

    def open(self, history: History, language: Language, event: gradio.EventData) -> tuple[Any, ...]:
        """Key, notice, history and what is shown of a conversation that was kept; of one open the key."""
        key = str(event._data.get("key", ""))
        if history:
            return key, SKIP, SKIP, SKIP
        try:
            kept = keeping.load(self.service, key)
        except QAError as error:
            return key, notice(text("unkept", language, reason=error)), SKIP, SKIP
        return key, SKIP, kept, shown.everything(kept, language) if kept else SKIP

    def submit(
        self, question: str, pending: Pending | None, history: History, key: str, language: Language
    ) -> Asked:
        """Question box, notice, pending question, history, what is shown; nothing while one is pending."""
        key = key or ""  # what the browser sends may be nothing at all
        if pending:
            return SKIP, SKIP, SKIP, SKIP, SKIP
        if not question.strip():
            return SKIP, notice(text("empty", language)), SKIP, SKIP, SKIP
        history = history or self.recalled(key)  # a session that ended while its page was open
        coming = shown.turn(Exchange(question), len(history), language)
        return "", "", Pending(question, len(history), key), history, coming

    def recalled(self, key: str) -> History:
        """What was kept of a conversation, nothing where that cannot be read."""
        try:
            return keeping.load(self.service, key)
        except QAError:
            log.exception("a conversation cannot be read")
            return ()

    def example(
        self, pending: Pending | None, history: History, key: str, language: Language, event: gradio.EventData
    ) -> Asked:
        """Submit the question of the example that was clicked."""
        return self.submit(str(event._data.get("question", "")), pending, history, key, language)

    def rewrite(
        self, pending: Pending | None, history: History, key: str, language: Language, event: gradio.EventData
    ) -> Asked:
        """Ask an edited question in place of the turn that it was edited in."""
        turn, question = whole(event._data.get("turn")), str(event._data.get("question", ""))
        if turn is None or turn >= len(history) or not question.strip():
            return SKIP, SKIP, SKIP, SKIP, SKIP
        question_box, said, asked, _, _ = self.submit(question, pending, history, key, language)
        if not isinstance(asked, Pending):
            return question_box, said, SKIP, SKIP, SKIP
        coming = shown.turn(Exchange(question), turn, language)
        return SKIP, "", replace(asked, turn=turn, edited=True), SKIP, coming

    def answer(
        self,
        pending: Pending | None,
        history: History,
        language: Language,
        wanted: Filter = EVERYTHING,
        collection: str = "",
    ) -> tuple[Any, Any, Any, Any]:
        """Question box, notice, what was found, and its citations, shown before its text.

        A refused question goes back into the box.
        """
        if not pending:
            return SKIP, SKIP, SKIP, SKIP
        before = history[max(0, pending.turn - REMEMBERED) : pending.turn] if not pending.edited else ()
        turns = [Turn(one.question, one.answer.text) for one in before if one.answer]
        try:
            answers = self.service_of(collection).stream(pending.question, history=turns, wanted=wanted)
            first, *_, last = answers
            self.listing_of(collection).note(last.query or pending.question, last)
        except QAError as error:
            return self.refused(pending, notice(text("error", language, reason=error)))
        except Exception:  # a question must not stay pending for ever
            log.exception("answering failed")
            return self.refused(pending, notice(text("broken", language)))
        coming, whole = (Exchange(pending.question, one, collection) for one in (first, last))
        return SKIP, "", (pending, whole), shown.turn(coming, pending.turn, language)

    def refused(self, pending: Pending, said: str) -> tuple[Any, str, Found, Any]:
        """The question in the box again, the reason, and nothing found."""
        return pending.question, said, (pending, Exchange(pending.question)), SKIP

    def settle(
        self, found: Found | None, pending: Pending | None, history: History, language: Language
    ) -> tuple[Any, Any, Any, Any, Any]:
        """Found, pending, history, what is shown, notice; what answers no pending question is dropped.

        The conversation may have been cleared, and another question asked, since the search began;
        where nothing was searched, nothing may change: another question may be on its way.
        """
        if found is None:
            return SKIP, SKIP, SKIP, SKIP, SKIP
        asked, one = found
        if asked != pending or one.answer is None:
            left = None if asked == pending else pending
            return None, left, history, self.everything(left, history, language), SKIP
        said: Any = SKIP
        old = history[asked.turn].number if asked.turn < len(history) else 0
        try:
            one = replace(one, number=keeping.keep(self.service, asked.key, one, old))
        except QAError as error:
            said = notice(text("unkept", language, reason=error))
        history = (*history[: asked.turn], one, *history[asked.turn + 1 :])
        return None, None, history, shown.turn(one, asked.turn, language), said

    def everything(self, pending: Pending | None, history: History, language: Language) -> str:
        """The last turns, and the question that is being looked up, in place of all that is shown."""
        if pending:
            coming = Exchange(pending.question)
            history = (*history[: pending.turn], coming, *history[pending.turn + 1 :])
        return shown.everything(history, language)

    def older(self, history: History, language: Language, event: gradio.EventData) -> Any:  # noqa: ANN401
        """The turns before the first that is shown."""
        first = whole(event._data.get("first"))
        return SKIP if first is None else shown.older(history, first, language)

    def clear(self, key: str, language: Language) -> tuple[str, str, None, History, str]:
        """Question box, notice, pending, history, what is shown: all empty, also what was kept."""
        said = ""
        try:
            keeping.remove(self.service, key or "")
        except QAError as error:
            said = notice(text("unkept", language, reason=error))
        return "", said, None, (), shown.everything((), language)
