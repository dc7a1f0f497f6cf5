"""Judging an answer, under the conversation: a form and what it sends, as components and events."""

import gradio

from ui.feedback import render
from ui.feedback.events import Events
from ui.frame import DEFAULT, DIRECT, Frame, html

RATER = "window.qingwen.rater(element, (data) => trigger('rate', data))"
GIVEN = "window.qingwen.rated(element, watch)"


class Rating:
    """The form for an answer that is wrong; the buttons themselves are part of each answer."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.events = Events(frame.service_of)
        self.form = frame.speaks(html(render.form(DEFAULT), "rater", RATER), render.form)
        self.given = html("", "rated", GIVEN)

    def wire(self, history: gradio.State) -> None:
        """Keep what is said of the turns of ``history``."""
        self.form.rate(self.events.rate, [history, self.frame.language], [self.given], **DIRECT)
