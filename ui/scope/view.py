"""The scope as components and events."""

from typing import Any

import gradio

from qa import Filter
from ui.frame import DEFAULT, DIRECT, Frame, html, relay
from ui.scope import render
from ui.scope.events import Choosing, collections
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
                made = gradio.Dropdown(**self.choice(DEFAULT), value="", elem_id="scope-collection")
                self.collection = frame.speaks(made, self.renewed)
            self.chips = html(render.chips(Filter(), "", str, DEFAULT), "scope-chips", CHIPS)

    def box(self, label: str, placeholder: str, elem_id: str) -> gradio.Textbox:
        """A box of one line whose words follow the language."""

        def words(language: Language) -> dict[str, Any]:
            return {"label": text(label, language), "placeholder": text(placeholder, language)}

        made = gradio.Textbox(**words(DEFAULT), elem_id=elem_id, max_lines=1)
        return self.frame.speaks(made, lambda language: gradio.Textbox(**words(language)))

    def choice(self, language: Language) -> dict[str, Any]:
        """The collections as choices; not shown where there are none."""
        shelf = self.frame.collections
        names = list(shelf.names()) if shelf else []
        label = text("scope.collection", language)
        return {"label": label, "choices": collections(names, language), "visible": bool(names)}

    def renewed(self, language: Language) -> gradio.Dropdown:
        """The collections as they are now."""
        return gradio.Dropdown(**self.choice(language))

    def wire(self) -> None:
        """Adding, taking away, days, collections; what is shown when the page opens or is switched."""
        frame, events = self.frame, self.events
        days = [self.first, self.last]
        shown = [frame.scope, frame.collection, self.chips, self.choices, *days, frame.notice]
        held = [frame.scope, frame.collection, self.typed, frame.language]
        dropped = self.chips.drop(events.drop, held, shown, **DIRECT)
        dropped.then(lambda collection: collection, frame.collection, self.collection, **DIRECT)
        dated = [box_event for box in days for box_event in (box.submit, box.blur)]
        between = [*days, frame.scope, frame.collection, frame.language]
        many: dict[str, Any] = {"trigger_mode": "multiple", **DIRECT}  # the second day while the first is set
        for choosing in (
            dropped,
            self.choices.choose(events.add, held, shown, **DIRECT),
            gradio.on(dated, events.between, between, shown, **many),
            self.collection.input(events.collect, [self.collection, frame.language], shown, **DIRECT),
        ):
            frame.chooses_scope(choosing)
        searched = [self.typed, frame.scope, frame.collection, frame.language]
        self.typed.change(events.typed, searched, self.choices, **DIRECT)
        frame.when_ready(events.shown, held, shown)
        frame.when_ready(
            lambda language: gradio.Dropdown(**self.choice(language)), [frame.language], [self.collection]
        )
        frame.after_switch(events.shown, held, shown)
