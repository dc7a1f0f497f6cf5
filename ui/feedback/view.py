"""The view as components and events."""

from typing import Any

import gradio

from ui.feedback import render
from ui.feedback.events import Events, place
from ui.frame import DEFAULT, DIRECT, Frame, html, relay
from ui.source.view import Source

TOOLS = "window.qingwen.opinions('tools', element, (data) => trigger('browse', data))"
LIST = f"{relay('open')}; window.qingwen.opinions('list', element, (data) => trigger('forget', data), watch)"


class Feedback:
    """The list of what people said of answers."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.events = Events(frame.service_of)
        self.verdict, self.page = gradio.State(""), gradio.State(1)
        with gradio.Column(elem_id="opinions"):
            self.tools = html(render.tools("", DEFAULT), "opinions-tools", TOOLS)
            self.list = html("", "opinions-list", LIST)

    def wire(self, tab: gradio.Tab, source: Source) -> None:
        """The newest whenever the view is chosen; filter, pages, forgetting, and opening documents."""
        frame, events = self.frame, self.events
        spoken = [frame.language, frame.collection]
        held = [self.verdict, self.page, *spoken]
        shown = [self.verdict, self.page, self.list]
        tab.select(None, js="() => window.qingwen.relist()")
        many: dict[str, Any] = {"trigger_mode": "multiple", **DIRECT}
        for changed in (
            self.tools.browse(events.browse, spoken, shown, **many),
            self.list.forget(events.forget, held, [self.list], **DIRECT),
        ):
            changed.then(frame.gone, spoken, frame.notice, **DIRECT)
        source.opens(self.list.open, place, frame.collection)
        frame.after_switch(events.listed, held, [self.list])
        frame.after_switch(render.tools, [self.verdict, frame.language], [self.tools])
        frame.after_collection(events.turned, [self.verdict, self.page, self.tools, self.list])
