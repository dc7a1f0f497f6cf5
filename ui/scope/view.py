"""The scope as components and events."""

from typing import Any

import gradio

from qa import Filter
from ui.frame import DEFAULT, DIRECT, Frame, html, relay
from ui.scope import render
from ui.scope.events import Choosing
from ui.texts import Language, text

CHIPS = f"{relay('drop')}; window.qingwen.scope(element, watch)"


class Scope:
    """Chips, and a panel with a box to find what can be added, two days and the collections."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.events = Choosing(frame.listing_of)
        with gradio.Column(elem_id="scope"):
            with gradio.Column(elem_id="scope-panel"):
                self.typed = self.box("scope.typed", "scope.typed", "scope-typed")
                self.choices = html("", "scope-choices", relay("choose"))
                with gradio.Row(elem_id="scope-days"):
                    self.first = self.box("scope.from", "scope.day", "scope-from")
                    self.last = self.box("scope.to", "scope.day", "scope-to")
                choice = self.choice(DEFAULT, self.names())
                self.collection = gradio.Dropdown(**choice, value="", elem_id="scope-collection")
            self.chips = html(render.chips(Filter(), "", str, DEFAULT), "scope-chips", CHIPS)

    def box(self, label: str, placeholder: str, elem_id: str) -> gradio.Textbox:
        """A box of one line whose words follow the language."""

        def words(language: Language) -> dict[str, Any]:
            return {"label": text(label, language), "placeholder": text(placeholder, language)}

        made = gradio.Textbox("", **words(DEFAULT), elem_id=elem_id, max_lines=1)
        return self.frame.speaks(made, lambda language: gradio.Textbox(**words(language)))

    def names(self) -> list[str]:
        """The collections that there are."""
        return self.frame.collections.names() if self.frame.collections else []

    def choice(self, language: Language, names: list[str]) -> dict[str, Any]:
        """The collections as choices; not shown where there are none."""
        label = text("scope.collection", language)
        return {"label": label, "choices": render.collections(names, language), "visible": bool(names)}

    def offered(self, language: Language, collection: str) -> list[Any]:
        """The collections as they are now: as choices of the scope, and the line of each other view."""
        names = self.names()
        lines = [render.line(view, collection, names, language) for view in self.frame.lines]
        return [gradio.Dropdown(**self.choice(language, names), value=collection), *lines]

    def wire(self) -> None:
        """Adding, taking away, days, collections; what is shown when the page opens or is switched."""
        frame, events = self.frame, self.events
        days = [self.first, self.last]
        shown = [frame.scope, frame.collection, self.chips, self.choices, *days, frame.notice]
        held = [frame.scope, frame.collection, self.typed, frame.language]
        dropped = self.chips.drop(events.drop, held, shown, **DIRECT)
        spoken = [frame.language, frame.collection]
        offered = [self.collection, *frame.lines.values()]
        collected = [
            dropped,
            self.collection.input(events.collect, [self.collection, frame.language], shown, **DIRECT),
            frame.notice.fall(events.fall, [frame.collection, frame.language], shown, **DIRECT),
            *(line.collect(events.choose, frame.language, shown, **DIRECT) for line in frame.lines.values()),
        ]
        for collecting in collected:
            collecting.then(self.offered, spoken, offered, **DIRECT)
        frame.notice.check(frame.gone, spoken, frame.notice, **DIRECT)
        dated = [box_event for box in days for box_event in (box.submit, box.blur)]
        between = [*days, frame.scope, frame.collection, frame.language]
        last: dict[str, Any] = {
            "trigger_mode": "always_last",
            **DIRECT,
        }  # a second day while the first is set
        for choosing in (
            *collected,
            self.choices.choose(events.add, held, shown, **DIRECT),
            gradio.on(dated, events.between, between, shown, **last),
        ):
            frame.chooses_scope(choosing)
        searched = [self.typed, frame.scope, frame.collection, frame.language]
        self.typed.change(events.typed, searched, self.choices, **DIRECT)
        frame.when_ready(events.shown, held, shown)
        frame.after_switch(events.shown, held, shown)
        for after in (frame.when_ready, frame.after_switch):
            after(self.offered, spoken, offered)
        if frame.tabs:
            frame.tabs.change(self.offered, spoken, offered, **DIRECT)
            frame.tabs.change(frame.gone, spoken, frame.notice, **DIRECT)
