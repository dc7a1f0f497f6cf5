"""The view as components and events."""

from typing import Any

import gradio

from qa import Browse
from ui.documents import render
from ui.documents.events import Events, place
from ui.frame import DEFAULT, DIRECT, Frame, html, relay
from ui.source.view import Source


def part(name: str, event: str = "") -> str:
    """The script of one component, which sends ``event``: the page's own script is told of it."""
    return f"window.qingwen.documents('{name}', element, (data) => trigger('{event}', data), watch)"


class Documents:
    """Uploads, jobs, and the list of documents."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.events = Events(frame.service_of)
        self.browse = gradio.State(Browse())
        self.seen = gradio.State(())
        with gradio.Column(elem_id="papers"):
            self.upload = html(render.upload(DEFAULT), "documents-upload", part("upload"))
            self.jobs = html("", "documents-jobs", part("jobs", "look"))
            self.tools = html(render.tools(Browse(), DEFAULT), "documents-tools", part("tools", "browse"))
            script = f"{relay('open')}; {part('sheet', 'changed')}"
            self.sheet = html("", "documents-sheet", script)
            self.dialog = html(render.dialog(DEFAULT), "documents-dialog", part("dialog"))
        frame.speaks(self.dialog, render.dialog)

    def wire(self, tab: gradio.Tab, source: Source) -> None:  # noqa: ARG002 - of every view
        """Looking through the list, opening a document, and following what changes."""
        frame, events = self.frame, self.events
        shown = [self.jobs, self.sheet, self.seen]
        spoken = [frame.language, frame.collection]
        held = [self.browse, *spoken]
        many: dict[str, Any] = {"trigger_mode": "multiple", **DIRECT}
        self.tools.browse(events.browse, spoken, [self.browse, self.sheet], **many)
        self.jobs.look(events.look, [self.browse, self.seen, *spoken], [*shown, frame.notice], **many)
        source.opens(self.sheet.open, place, frame.collection)
        frame.after_change(self.sheet.changed(None, js="() => {}"))
        frame.when_ready(events.all, held, shown)
        frame.after_switch(events.all, held, shown)
        frame.after_switch(render.tools, [self.browse, frame.language], [self.tools])
        frame.after_switch(render.upload, spoken, [self.upload])
        frame.after_collection(events.turned, [self.browse, self.tools, self.upload, *shown])
