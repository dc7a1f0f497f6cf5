"""The source pane as components and events."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import gradio
from gradio.events import Dependency

from qa import QAError
from ui.frame import DIRECT, SKIP, Frame, html, notice, relay
from ui.source import render
from ui.source.render import Span
from ui.texts import Language, text

Data = Mapping[str, Any]
Shown = tuple[Any, str, Any, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """What a click asks for: a document, the words to show, and the other cited words in it."""

    doc_id: str
    focus: Span | None = None
    others: tuple[Span, ...] = ()


class Source:
    """The open document beside whatever view is shown; the list of documents when none is open."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.opened = gradio.State("")
        self.head = html("", "source-head", relay("leave"))
        self.body = html("", "source-body", relay("browse"))

    def wire(self) -> None:
        """Opening a document from the list, leaving it, and the language."""
        frame = self.frame
        self.opens(self.body.browse, browsed)
        self.head.leave(self.leave, frame.language, [self.opened, self.head, self.body], **DIRECT)
        held = [frame.language, self.opened]
        frame.when_ready(self.pane, held, [self.head, self.body])
        frame.after_switch(self.pane, held, [self.head, self.body])

    def opens(
        self,
        listener: Callable[..., Dependency],
        placed: Callable[[Data, Any], Place | None],
        held: gradio.components.Component | None = None,
    ) -> None:
        """Let a click open the place that ``placed(data, value of held)`` names, if it names one."""

        def show(language: Language, value: object, event: gradio.EventData) -> Shown:
            place = placed(event._data, value)
            return self.show(place, language) if place else (SKIP, "", SKIP, SKIP)

        inputs = [self.frame.language, held or self.frame.language]
        outputs = [self.opened, self.frame.notice, self.head, self.body]
        listener(show, inputs, outputs, **DIRECT).then(None, js="() => window.qingwen.reveal()")

    def show(self, place: Place, language: Language) -> Shown:
        """Open document, notice, head, body; a notice alone when it cannot be opened."""
        try:
            document = self.frame.service.document(place.doc_id)
        except QAError as error:
            return SKIP, notice(text("error", language, reason=error)), SKIP, SKIP
        body = render.document_text(document, place.focus, place.others)
        return document.doc_id, "", render.source_head(document, 0, language, place.focus), body

    def pane(self, language: Language, doc_id: str) -> tuple[str, Any]:
        """Head and body; the text of an open document is left as it is."""
        service = self.frame.service
        if not service.ready:
            return "", ""
        with suppress(QAError):  # one that was removed meanwhile is no longer open
            if doc_id:
                return render.source_head(service.document(doc_id), 0, language), SKIP
        entries = service.entries()
        return render.source_head(None, len(entries), language), render.document_list(entries, language)

    def leave(self, language: Language) -> tuple[str, str, Any]:
        """No open document; the list of documents again."""
        return "", *self.pane(language, "")


def browsed(data: Data, _: object) -> Place:
    """The document of the list that was clicked."""
    return Place(str(data.get("doc", "")))
