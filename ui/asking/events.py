"""What happens in the conversation: each method takes what an event sends and returns what is shown."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import gradio

from qa import Filter, Listing, QAError, Service, Turn
from ui.asking import keeping, render, shown
from ui.asking.keeping import History
from ui.asking.places import place
from ui.asking.questions import suggestions
from ui.asking.render import Exchange
from ui.frame import SKIP, notice, whole
from ui.source.place import Place
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
        key, again = str(event._data.get("key", "")), bool(event._data.get("again"))
        if history:
            return key, SKIP, SKIP, SKIP
        try:
            kept = (keeping.load if again else keeping.begin)(self.service, key)
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
        return SKIP, "", (pending, whole), shown.turn(coming, pending.turn, language, whole=False)

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
            one = replace(
                one,
                number=keeping.keep(self.service, asked.key, one, old, asked=self.service_of(one.collection)),
            )
        except QAError as error:
            said = notice(text("unkept", language, reason=error))
        history = (*history[: asked.turn], one, *history[asked.turn + 1 :])
        return None, None, history, shown.turn(one, asked.turn, language), said

    def everything(
        self, pending: Pending | None, history: History, language: Language, cleared: bool = False
    ) -> str:
        """The last turns, and the question that is being looked up, in place of all that is shown."""
        if pending:
            coming = Exchange(pending.question)
            history = (*history[: pending.turn], coming, *history[pending.turn + 1 :])
        return shown.everything(history, language, cleared=cleared)

    def older(self, history: History, language: Language, event: gradio.EventData) -> Any:  # noqa: ANN401
        """The turns before the first that is shown."""
        first = whole(event._data.get("first"))
        return SKIP if first is None else shown.older(history, first, language)

    def clear(self, key: str, language: Language) -> tuple[Any, str, None, History, str, bool]:
        """Question box, which may be typed into already, notice, pending, history, shown: empty.

        And whether the conversation can be brought back.
        """
        said, cleared = "", False
        try:
            cleared = keeping.clear(self.service, key or "")
        except QAError as error:
            said = notice(text("unkept", language, reason=error))
        return SKIP, said, None, (), shown.everything((), language, cleared=cleared), cleared

    def restore(
        self, pending: Pending | None, history: History, key: str, language: Language
    ) -> tuple[Any, Any, Any, bool]:
        """Notice, history, what is shown: what was cleared, unless something was asked since; not cleared."""
        if pending or history:
            return SKIP, SKIP, SKIP, False
        try:
            kept = keeping.restore(self.service, key or "")
        except QAError as error:
            return notice(text("unkept", language, reason=error)), SKIP, SKIP, True
        said = "" if kept else notice(text("clear.late", language))
        return said, kept, shown.everything(kept, language), False

    def sync(
        self, pending: Pending | None, history: History, key: str, language: Language
    ) -> tuple[Any, Any]:
        """History and what is shown without the turns that were forgotten; unchanged where none was."""
        try:
            kept = history if pending else keeping.still(self.service, key or "", history)
        except QAError:
            log.exception("a conversation cannot be read")
            return SKIP, SKIP
        if len(kept) == len(history):
            return SKIP, SKIP
        return kept, shown.everything(kept, language)
