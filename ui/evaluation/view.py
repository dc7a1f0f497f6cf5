"""The view as components and events."""

import gradio

from ui.evaluation.events import NOTHING, Events
from ui.frame import DIRECT, Frame, button, html, relay
from ui.source.view import Source

SECONDS = 1.0
"""Between two looks at a run."""
SCRIPT = f"{relay('start', 'discard', 'show', 'delete')}; window.qingwen.questions(element, trigger, 'bring')"


class Evaluation:
    """Question files, the runs over them, and the report of one run."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.events = Events(frame.service_of)
        self.followed = gradio.State("")
        self.shown = gradio.State(NOTHING)
        self.timer = gradio.Timer(SECONDS, active=False)
        self.progress = html("", "evaluation-progress")
        self.stop = button(frame, "evaluate.cancel", "evaluation-stop", size="sm", visible=False)
        self.overview = html("", "evaluation", SCRIPT)
        self.report = html("", "evaluation-shown", relay("compare", "inspect"))

    def wire(self, tab: gradio.Tab, source: Source) -> None:  # noqa: ARG002 - of every view
        """Files and runs, how far a run is, its report, and questions that are inspected."""
        frame, events = self.frame, self.events
        looked = [self.timer, self.overview, self.progress, self.stop, self.followed]
        replied = [frame.notice, *looked]
        spoken = [frame.language, frame.collection]
        for listener, act in (
            (self.overview.bring, events.upload),
            (self.overview.start, events.start),
            (self.stop.click, events.cancel),
            (self.overview.discard, events.discard),
        ):
            listener(act, spoken, replied, **DIRECT)
        opened = [self.shown, self.report]
        self.overview.delete(events.delete, [self.shown, *spoken], [*replied, *opened], **DIRECT)
        for listener in (self.overview.show, self.report.compare):
            shown = listener(events.show, spoken, [frame.notice, *opened], **DIRECT)
            shown.then(None, js="() => window.qingwen.begin('.shown')")
        seen = [self.followed, *spoken]
        refreshed = [*looked, *opened]
        looked_at = [self.shown, self.report, *spoken]
        self.timer.tick(events.refresh, seen, refreshed, **DIRECT)
        selected = tab.select(events.refresh, seen, refreshed, **DIRECT)
        selected.then(events.look, looked_at, opened, **DIRECT)
        frame.when_ready(events.refresh, seen, refreshed)
        frame.when_ready(events.look, looked_at, opened)
        frame.after_switch(events.again, [self.shown, *spoken], [self.overview, self.progress, self.report])
        frame.after_collection(events.turned, refreshed)
        if frame.inspection:
            frame.inspection.inspects(self.report.inspect)
