"""Asking as components and events."""

from typing import Any

import gradio

from ui.asking import render
from ui.asking.events import Events, place
from ui.feedback.rating import Rating
from ui.frame import DEFAULT, DIRECT, Frame, button, html, relay
from ui.source.view import Source
from ui.texts import Language, text

TALK = f"{relay('cite')}; window.qingwen.talk(element, watch)"


class Asking:
    """The conversation, examples and the question box."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.events = Events(frame.service)
        self.history = gradio.State(())
        self.pending = gradio.State("")
        self.found = gradio.State(None)
        with gradio.Column(elem_id="chat"):
            self.clear = button(frame, "clear", "clear", size="sm")
            self.conversation = html(render.conversation((), DEFAULT), "conversation", TALK)
            self.examples = html("", "examples", relay("example"))
            with gradio.Row(elem_id="composer"):
                box = gradio.Textbox(**words(DEFAULT), lines=1, max_lines=6, elem_id="question")
                self.question = frame.speaks(box, lambda language: gradio.Textbox(**words(language)))
                self.ask = button(frame, "ask", "ask", variant="primary")

            self.rating = Rating(frame)

    def wire(self, tab: gradio.Tab, source: Source) -> None:  # noqa: ARG002 - of every view
        """Asking, by the box or an example; opening what an answer points at; starting again."""
        frame, events = self.frame, self.events
        said = [self.pending, self.history, frame.language]
        asked = [self.question, frame.notice, self.pending, self.conversation]
        typed = gradio.on(
            [self.question.submit, self.ask.click], events.submit, [self.question, *said], asked, **DIRECT
        )
        clicked = self.examples.example(events.example, said, asked, **DIRECT)
        for submitted in (typed, clicked):
            found = submitted.then(
                events.answer,
                said,
                [self.question, frame.notice, self.found],
                trigger_mode="multiple",
                **DIRECT,
            )
            settled = found.then(
                events.settle,
                [self.found, *said],
                [self.found, self.pending, self.history, self.conversation],
                trigger_mode="multiple",
                **DIRECT,
            )
            settled.then(None, js="() => window.qingwen.latest()")
        emptied = [self.question, frame.notice, self.pending, self.history, self.conversation]
        self.clear.click(events.clear, frame.language, emptied, **DIRECT)
        self.rating.wire(self.history)
        source.opens(self.conversation.cite, place, self.history)
        frame.when_ready(events.examples, [frame.language], [self.examples])
        frame.after_switch(events.examples, [frame.language], [self.examples])
        frame.after_switch(events.conversation, said, [self.conversation])


def words(language: Language) -> dict[str, Any]:
    """Label and placeholder of the question box."""
    return {"label": text("question", language), "placeholder": text("placeholder", language)}
