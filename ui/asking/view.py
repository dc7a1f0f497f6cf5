"""Asking as components and events."""

from typing import Any

import gradio
from gradio.events import Dependency

from ui.asking import keeping, render
from ui.asking.events import Events
from ui.feedback.rating import Rating
from ui.frame import DEFAULT, DIRECT, Frame, button, html, relay
from ui.scope.view import Scope
from ui.source.view import Source
from ui.texts import Language, text

TALK = f"{relay('cite', 'older', 'restore')}; window.qingwen.talk(element, trigger, 'open', 'rewrite')"
ARRIVED = "watch('value', () => window.qingwen.arrive(props.value))"


class Asking:
    """The conversation, examples and the question box.

    Only what is new is sent to the conversation that is shown, through ``arrived``. Under ``key``, which
    the browser remembers, it is kept; ``history`` holds all of it, turn n of the page being ``history[n]``.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.events = Events(frame.service, service_of=frame.service_of, listing_of=frame.listing_of)
        self.history = gradio.State(())
        self.pending = gradio.State(None)
        self.found = gradio.State(None)
        self.cleared = gradio.State(False)
        self.file = gradio.JSON(visible=False)
        self.key = gradio.Textbox("", visible=False)
        self.arrived = gradio.HTML(
            "", html_template="", elem_id="arrived", js_on_load=ARRIVED, apply_default_css=False
        )
        with gradio.Column(elem_id="chat"):
            with gradio.Row(elem_id="talk"):
                self.markdown = button(frame, "markdown", "markdown", size="sm")
                self.word = button(frame, "word", "word", size="sm")
                self.clear = button(frame, "clear", "clear", size="sm")
            self.conversation = html(render.welcome(DEFAULT), "conversation", TALK)
            self.examples = html("", "examples", relay("example"))
            with gradio.Row(elem_id="composer"):
                self.scope = Scope(frame)
                box = gradio.Textbox("", **words(DEFAULT), lines=1, max_lines=6, elem_id="question")
                self.question = frame.speaks(box, lambda language: gradio.Textbox(**words(language)))
                self.ask = button(frame, "ask", "ask", variant="primary")
            keys = html(render.keys(DEFAULT), "keys", "window.qingwen.keys(element, watch)")
            frame.speaks(keys, render.keys)
            self.rating = Rating(frame)

    def wire(self, tab: gradio.Tab, source: Source) -> None:
        """Asking, by the box or an example; opening what an answer points at; starting again."""
        frame, events = self.frame, self.events
        said = [self.pending, self.history, self.key, frame.language]
        self.scope.wire()
        asked = [self.question, frame.notice, self.pending, self.history, self.arrived]
        asks = (self.question.submit, self.ask.click)
        self.answers(gradio.on(asks, events.submit, [self.question, *said], asked, **DIRECT))
        self.answers(self.examples.example(events.example, said, asked, **DIRECT))
        self.answers(self.conversation.rewrite(events.rewrite, said, asked, **DIRECT))
        self.clear.click(events.clear, [self.key, frame.language], [*asked, self.cleared], **DIRECT)
        restored = [frame.notice, self.history, self.arrived, self.cleared]
        undone = self.conversation.restore(events.restore, said, restored, **DIRECT)
        undone.then(None, js="() => document.getElementById('clear').focus()")
        self.rating.wire(self.history)
        synced = [self.history, self.arrived]
        cited = source.opens(self.conversation.cite, events.place, self.history)
        for after in (cited.then, tab.select):
            after(events.sync, said, synced, **DIRECT)
        frame.when_ready(events.sync, said, synced)
        held = [self.history, frame.language]
        opened = [self.key, frame.notice, self.history, self.arrived]
        self.conversation.open(events.open, held, opened, **DIRECT)
        self.conversation.older(events.older, held, self.arrived, **DIRECT)
        for export, made in ((self.markdown, keeping.as_markdown), (self.word, keeping.as_word)):
            saved = export.click(events.sync, said, synced, **DIRECT)
            saved = saved.then(made, held, self.file, **DIRECT)
            saved.then(None, self.file, js="file => window.qingwen.save(file)")
        asked_of = [frame.language, frame.scope, frame.collection]
        for after in (frame.when_ready, frame.after_switch, frame.after_scope):
            after(events.examples, asked_of, [self.examples])
        frame.after_switch(events.everything, [self.pending, *held, self.cleared], [self.arrived])

    def answers(self, submitted: Dependency) -> None:
        """What follows a question: its citations, its text, and the page shows it from its beginning."""
        frame, events = self.frame, self.events
        said = [self.pending, self.history, frame.language]
        many: dict[str, Any] = {"trigger_mode": "multiple", **DIRECT}
        found = submitted.then(
            events.answer,
            [*said, frame.scope, frame.collection],
            [self.question, frame.notice, self.found, self.arrived],
            **many,
        )
        settled = found.then(
            events.settle,
            [self.found, *said],
            [self.found, self.pending, self.history, self.arrived, frame.notice],
            **many,
        )
        settled.then(None, js="() => window.qingwen.latest()")


def words(language: Language) -> dict[str, Any]:
    """Label and placeholder of the question box."""
    return {"label": text("question", language), "placeholder": text("placeholder", language)}
