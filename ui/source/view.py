"""The source pane as components and events."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import gradio
from gradio.events import Dependency

from qa import Filter, QAError
from ui.frame import DEFAULT, DIRECT, SKIP, Frame, html, notice, relay
from ui.source import render
from ui.source.place import Place
from ui.texts import Language, text

Data = Mapping[str, Any]
Shown = tuple[Any, str, Any]
FRAME = (
    '<iframe id="source-frame" title=""></iframe>'
    '<div id="source-pages" role="group" tabindex="0" hidden></div>'
)
"""The document is shown within a frame under a policy by which nothing of it can run. The frame is not also
sandboxed: browsers then keep our own script from hearing the keys that are pressed in it."""
HEAD = f"{relay('leave', 'step')}; window.qingwen.source(element, watch)"

__all__ = ["Place", "Source", "browsed", "stepped"]


class Source:
    """The open document beside whatever view is shown; the list of documents when none is open."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.opened = gradio.State(None)
        self.head = html(
            "", "source-head", f"{relay('leave', 'step')}; window.qingwen.source(element, watch)"
        )
        box = gradio.Textbox(**words(DEFAULT), elem_id="source-filter", max_lines=1)
        self.typed = frame.speaks(box, lambda language: gradio.Textbox(**words(language)))
        self.list = html("", "source-list", relay("browse"))
        self.body = html(FRAME, "source-body")

    def wire(self) -> None:
        """Opening a document from the list, finding one, leaving it, going on; language and scope."""
        frame = self.frame
        scope = [frame.scope, frame.collection]
        self.opens(self.list.browse, browsed, frame.collection)
        self.opens(self.head.step, stepped, self.opened)
        self.head.leave(self.leave, [frame.language, *scope], [self.opened, self.head, self.list], **DIRECT)
        found = [frame.language, self.opened, *scope, self.typed]
        shown = [self.head, self.list]
        self.typed.change(self.pane, found, shown, **DIRECT)
        frame.when_ready(self.pane, found, shown)
        frame.after_switch(self.pane, found, shown)
        frame.after_scope(self.pane, found, shown)

    def opens(
        self,
        listener: Callable[..., Dependency],
        placed: Callable[[Data, Any], Place | None],
        held: gradio.components.Component | None = None,
    ) -> None:
        """Let a click open the place that ``placed(data, value of held)`` names, if it names one."""

        def show(language: Language, value: object, event: gradio.EventData) -> Shown:
            place = placed(event._data, value)
            return self.show(place, language) if place else (SKIP, "", SKIP)

        inputs = [self.frame.language, held or self.frame.language]
        outputs = [self.opened, self.frame.notice, self.head]
        listener(show, inputs, outputs, **DIRECT).then(None, js="() => window.qingwen.reveal()")

    def show(self, place: Place, language: Language) -> Shown:
        """Open place, notice, head; a notice alone when it cannot be opened."""
        try:
            return place, "", self.opened_head(place, language)
        except QAError as error:
            return SKIP, notice(text("error", language, reason=error)), SKIP

    def opened_head(self, place: Place, language: Language) -> str:
        """The head of an open document. Raises QAError when there is none of this name."""
        document = self.frame.service_of(place.collection).document(place.doc_id)
        return render.source_head(document, place, language)

    def pane(
        self, language: Language, place: Place | None, wanted: Filter, collection: str, typed: str = ""
    ) -> tuple[str, str]:
        """Head and list; the document stays open where there is one."""
        if not self.frame.service.ready:
            return "", ""
        try:
            entries = self.frame.listing_of(collection).entries(wanted, typed)
        except QAError as error:
            return "", notice(text("error", language, reason=error))
        head = render.list_head(len(entries), language)
        with suppress(QAError):  # one that was removed meanwhile is no longer open
            head = self.opened_head(place, language) if place else head
        return head, render.document_list(entries, language)

    def leave(self, language: Language, wanted: Filter, collection: str) -> tuple[None, str, Any]:
        """No open document; the list of documents again."""
        return None, self.pane(language, None, wanted, collection)[0], SKIP


def browsed(data: Data, collection: str) -> Place:
    """The document of the list that was clicked."""
    return Place(str(data.get("doc", "")), collection=collection)


def stepped(data: Data, place: Place | None) -> Place | None:
    """The cited place that the script asks for, by its number in the tour; the browser is not trusted."""
    at = str(data.get("at", ""))
    if place is None or not (at.isascii() and at.isdigit()) or int(at) >= len(place.tour):
        return None
    return place.at(int(at))


def words(language: Language) -> dict[str, Any]:
    """Label and placeholder of the box that finds documents."""
    return {"label": text("documents.filter", language), "placeholder": text("documents.filter", language)}
