"""What happens on the page: each method takes what an event sends and returns what the components show."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio

from qa import Answer, Document, QAError, Service, Turn
from ui import render, source
from ui.questions import suggestions
from ui.render import Exchange, Span
from ui.texts import Language, text

History = tuple[Exchange, ...]
Asked = tuple[Any, Any, Any, Any]
SKIP = gradio.skip()

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """What a click asks for: a document, the words to show, and the other cited words in it."""

    doc_id: str
    focus: Span | None = None
    others: tuple[Span, ...] = ()


def place(history: History, data: Mapping[str, Any]) -> Place | None:
    """The place behind a citation or nearest passage; ``None`` when the click names no such thing."""
    turn, number, rank = (whole(data.get(key)) for key in ("turn", "number", "rank"))
    if turn is None or turn >= len(history):
        return None
    answer = history[turn].answer or Answer("not_found", "")
    for citation in answer.citations:
        if citation.number == number:
            return Place(citation.doc_id, (citation.start, citation.end), spans(answer, citation.doc_id))
    for hit in answer.nearest:
        if hit.rank == rank:
            return Place(hit.passage.doc_id, (hit.passage.start, hit.passage.end))
    return None


def spans(answer: Answer, doc_id: str) -> tuple[Span, ...]:
    """Every span that the answer cites in one document."""
    return tuple((one.start, one.end) for one in answer.citations if one.doc_id == doc_id)


def whole(value: object) -> int | None:
    """A whole number from zero, or ``None``: the browser is not trusted."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None


class Events:
    """The events of one page over one service."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def refresh(self, language: Language, doc_id: str) -> tuple[str, str, str, Any, Any]:
        """State of the index, examples, source head, source body, and a timer that stops when ready."""
        if not self.service.ready:
            failure = self.service.failure
            said = text("failed", language, reason=failure) if failure else text("preparing", language)
            return render.notice(said), "", "", SKIP, gradio.Timer(active=True)
        questions = suggestions(self.service.documents())
        head, body = self.pane(language, doc_id)
        return "", render.examples(questions, language), head, body, gradio.Timer(active=False)

    def pane(self, language: Language, doc_id: str) -> tuple[str, Any]:
        """Head and body of the source pane; the text of an open document is left as it is."""
        if doc_id:
            return source.source_head(self.service.document(doc_id), 0, language), SKIP
        entries = self.service.entries()
        return source.source_head(None, len(entries), language), source.document_list(entries, language)

    def submit(self, question: str, pending: str, history: History, language: Language) -> Asked:
        """Question box, notice, pending question, conversation; nothing while another one is pending."""
        if pending:
            return SKIP, SKIP, SKIP, SKIP
        if not question.strip():
            return SKIP, render.notice(text("empty", language)), SKIP, SKIP
        return "", "", question, self.conversation(question, history, language)

    def example(self, pending: str, history: History, language: Language, event: gradio.EventData) -> Asked:
        """Submit the question of the example that was clicked."""
        return self.submit(str(event._data.get("question", "")), pending, history, language)

    def answer(self, pending: str, history: History, language: Language) -> tuple[Any, Any, Any]:
        """Question box, notice and what was found; a refused question goes back into the box."""
        if not pending:
            return SKIP, SKIP, SKIP
        turns = [Turn(one.question, one.answer.text) for one in history if one.answer]
        try:
            return SKIP, "", Exchange(pending, self.service.ask(pending, history=turns))
        except QAError as error:
            return pending, render.notice(text("error", language, reason=error)), Exchange(pending)
        except Exception:  # a question must not stay pending for ever
            log.exception("answering failed")
            return pending, render.notice(text("broken", language)), Exchange(pending)

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

    def cite(
        self, history: History, language: Language, event: gradio.EventData
    ) -> tuple[Any, str, Any, Any]:
        """Open document, notice, source head, source body of what an answer points at."""
        found = place(history, event._data)
        return self.show(found, language) if found else (SKIP, "", SKIP, SKIP)

    def browse(self, language: Language, event: gradio.EventData) -> tuple[Any, str, Any, Any]:
        """Open a document of the list."""
        return self.show(Place(str(event._data.get("doc", ""))), language)

    def show(self, where: Place, language: Language) -> tuple[Any, str, Any, Any]:
        """Open document, notice, source head, source body; a notice alone when it cannot be opened."""
        try:
            document: Document = self.service.document(where.doc_id)
        except QAError as error:
            said = render.notice(text("error", language, reason=error))
            return SKIP, said, SKIP, SKIP
        body = source.document_text(document, where.focus, where.others)
        return document.doc_id, "", source.source_head(document, 0, language, where.focus), body

    def leave(self, language: Language) -> tuple[str, str, Any]:
        """No open document; the list of documents again."""
        return "", *self.pane(language, "")

    def clear(self, language: Language) -> tuple[str, str, str, History, str]:
        """Question box, notice, pending, history, conversation: all empty."""
        return "", "", "", (), self.conversation("", (), language)
