"""The source pane as components and events."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import gradio
from gradio.events import Dependency

from qa import Document, Filter, QAError
from ui.frame import DEFAULT, DIRECT, SKIP, Frame, html, notice, relay
from ui.source import render
from ui.source.place import Place, version_of
from ui.texts import Language, text

Data = Mapping[str, Any]
Shown = tuple[Any, str, Any]
FRAME = (
    '<iframe id="source-frame" title=""></iframe>'
    '<div id="source-pages" role="group" tabindex="0" hidden></div>'
)
"""The document is shown within a frame under a policy by which nothing of it can run. The frame is not also
sandboxed: browsers then keep our own script from what happens in it, and complain of that."""
HEAD = f"{relay('leave', 'step', 'reopen')}; window.qingwen.source(element, trigger, watch, 'check')"

__all__ = ["Place", "Source", "browsed", "stepped"]


class Source:
    """The open document beside whatever view is shown; the list of documents when none is open."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.opened = gradio.State(None)
        self.head = html("", "source-head", HEAD)
        box = gradio.Textbox("", **words(DEFAULT), elem_id="source-filter", max_lines=1)
        self.typed = frame.speaks(box, lambda language: gradio.Textbox(**words(language)))
        self.list = html("", "source-list", relay("browse"))
        self.finder = html(render.finder(DEFAULT), "source-finder")
        self.body = html(FRAME, "source-body")

    def wire(self) -> None:
        """Opening a document from the list, finding one, leaving it, going on; language and scope."""
        frame = self.frame
        scope = [frame.scope, frame.collection]
        self.opens(self.list.browse, browsed, frame.collection)
        self.opens(self.head.step, stepped, self.opened)
        self.opens(self.head.reopen, reopened, self.opened)
        self.head.leave(self.leave, [frame.language, *scope], [self.opened, self.head, self.list], **DIRECT)
        found = [frame.language, self.opened, *scope, self.typed]
        shown = [self.head, self.list]
        self.head.check(self.check, found, shown, **DIRECT)
        self.typed.change(self.pane, found, shown, **DIRECT)
        frame.when_ready(self.pane, found, shown)
        frame.after_switch(self.pane, found, shown)
        frame.after_scope(self.pane, found, shown)

    def opens(
        self,
        listener: Callable[..., Dependency],
        placed: Callable[[Data, Any], Place | None],
        held: gradio.components.Component | None = None,
    ) -> Dependency:
        """Let a click open the place that ``placed(data, value of held)`` names, if it names one.

        Returns what the events that come after it are hung on.
        """

        def show(language: Language, value: object, event: gradio.EventData) -> Shown:
            place = placed(event._data, value)
            return self.show(place, language) if place else (SKIP, "", SKIP)

        inputs = [self.frame.language, held or self.frame.language]
        outputs = [self.opened, self.frame.notice, self.head]
        opened = listener(show, inputs, outputs, **DIRECT)
        return opened.then(None, js="() => window.qingwen.reveal()")

    def show(self, place: Place, language: Language) -> Shown:
        """Open place, notice, head; the head says so when there is no such document."""
        try:
            text_now = self.document(place).text
        except QAError:
            return place, "", render.gone_head(place, language)
        place = place.standing(text_now)
        return place, "", self.opened_head(place, language)

    def document(self, place: Place) -> Document:
        """The document of a place as it is now. Raises QAError."""
        return self.frame.service_of(place.collection).document(place.doc_id)

    def opened_head(self, place: Place, language: Language) -> str:
        """The head of an open document, which tells when it was changed or removed meanwhile."""
        try:
            document = self.document(place)
        except QAError:
            return render.gone_head(place, language)
        changed = place.version not in ("", version_of(document.text))
        return render.source_head(document, place, language, changed=changed)

    def check(  # noqa: PLR0913, PLR0917 - what ``pane`` takes, and what the script saw
        self,
        language: Language,
        place: Place | None,
        wanted: Filter,
        collection: str,
        typed: str,
        event: gradio.EventData,
    ) -> tuple[Any, Any]:
        """Head and list anew when the open document is no longer in the state that the script saw it in."""
        if place is None or f'data-state="{event._data.get("state", "")}"' in self.opened_head(
            place, language
        ):
            return SKIP, SKIP
        return self.pane(language, place, wanted, collection, typed)

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
        head = self.opened_head(place, language) if place else render.list_head(len(entries), language)
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


def reopened(_: Data, place: Place | None) -> Place | None:
    """The document that is open, as it is now."""
    return replace(place, note="") if place else None


def words(language: Language) -> dict[str, Any]:
    """Label and placeholder of the box that finds documents."""
    return {"label": text("documents.filter", language), "placeholder": text("documents.filter", language)}
