"""What happens in the conversation: each method takes what an event sends and returns what is shown."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import gradio

from qa import Answer, Filter, Listing, QAError, Service, Turn
from ui.asking import render
from ui.asking.questions import suggestions
from ui.asking.render import Exchange
from ui.frame import SKIP, notice
from ui.source.place import Place, Span, Stop
from ui.texts import Language, text

History = tuple[Exchange, ...]
Asked = tuple[Any, Any, Any, Any]

EVERYTHING = Filter()
OFFERED = 4
"""Questions that are offered."""

log = logging.getLogger(__name__)


def place(data: Mapping[str, Any], history: History) -> Place | None:
    """The place behind a citation or nearest passage; ``None`` when the click names no such thing."""
    turn, number, rank = (whole(data.get(key)) for key in ("turn", "number", "rank"))
    if turn is None or turn >= len(history):
        return None
    answer, collection = history[turn].answer or Answer("not_found", ""), history[turn].collection
    stops = tuple(Stop(one.doc_id, one.start, one.end) for one in answer.citations)
    for citation, stop in zip(answer.citations, stops, strict=True):
        if citation.number == number:
            span = (stop.start, stop.end)
            return Place(stop.doc_id, span, spans(answer, stop.doc_id), collection, stops)
    for hit in answer.nearest:
        if hit.rank == rank:
            span = (hit.passage.start, hit.passage.end)
            return Place(hit.passage.doc_id, span, collection=collection)
    return None


def spans(answer: Answer, doc_id: str) -> tuple[Span, ...]:
    """Every span that the answer cites in one document."""
    return tuple((one.start, one.end) for one in answer.citations if one.doc_id == doc_id)


def whole(value: object) -> int | None:
    """A whole number from zero, or ``None``: the browser is not trusted."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None


class Events:
    """The events of one page over one service."""

    def __init__(
        self,
        service: Service,
        *,
        service_of: Callable[[str], Service] | None = None,
        listing_of: Callable[[str], Listing] | None = None,
    ) -> None:
        self.service_of = service_of or (lambda _: service)
        listing = Listing(service)
        self.listing_of = listing_of or (lambda _: listing)

    def examples(self, language: Language, wanted: Filter = EVERYTHING, collection: str = "") -> str:
        """Questions that the documents in scope can answer: some asked often, others of their headings."""
        try:
            listing = self.listing_of(collection)
            questions = [*listing.frequent(wanted), *suggestions(listing.sample(wanted))]
        except QAError:
            return ""
        return render.examples(list(dict.fromkeys(questions))[:OFFERED], language)

    def submit(self, question: str, pending: str, history: History, language: Language) -> Asked:
        """Question box, notice, pending question, conversation; nothing while another one is pending."""
        if pending:
            return SKIP, SKIP, SKIP, SKIP
        if not question.strip():
            return SKIP, notice(text("empty", language)), SKIP, SKIP
        return "", "", question, self.conversation(question, history, language)

    def example(self, pending: str, history: History, language: Language, event: gradio.EventData) -> Asked:
        """Submit the question of the example that was clicked."""
        return self.submit(str(event._data.get("question", "")), pending, history, language)

    def answer(
        self,
        pending: str,
        history: History,
        language: Language,
        wanted: Filter = EVERYTHING,
        collection: str = "",
    ) -> tuple[Any, Any, Any]:
        """Question box, notice and what was found; a refused question goes back into the box."""
        if not pending:
            return SKIP, SKIP, SKIP
        turns = [Turn(one.question, one.answer.text) for one in history if one.answer]
        try:
            answer = self.service_of(collection).ask(pending, history=turns, wanted=wanted)
            self.listing_of(collection).note(answer.query or pending, answer)
            return SKIP, "", Exchange(pending, answer, collection)
        except QAError as error:
            return pending, notice(text("error", language, reason=error)), Exchange(pending)
        except Exception:  # a question must not stay pending for ever
            log.exception("answering failed")
            return pending, notice(text("broken", language)), Exchange(pending)

    def settle(
        self, found: Exchange | None, pending: str, history: History, language: Language
    ) -> tuple[Any, Any, Any, Any]:
        """Found, pending, history, conversation; what answers no pending question is dropped.

        The conversation may have been cleared, and another question asked, since the search began;
        where nothing was searched, nothing may change: another question may be on its way.
        """
        if found is None:
            return SKIP, SKIP, SKIP, SKIP
        if found.question == pending:
            pending = ""
            history = (*history, found) if found.answer else history
        return None, pending, history, self.conversation(pending, history, language)

    def conversation(self, pending: str, history: History, language: Language) -> str:
        """The exchanges so far, and the question that is being looked up."""
        return render.conversation((*history, Exchange(pending)) if pending else history, language)

    def clear(self, language: Language) -> tuple[str, str, str, History, str]:
        """Question box, notice, pending, history, conversation: all empty."""
        return "", "", "", (), self.conversation("", (), language)
