"""The view as components and events."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import gradio
from gradio.events import Dependency

from qa import Inspection as Found
from qa import QAError
from ui.frame import DEFAULT, DIRECT, SKIP, Frame, button, html, notice, relay, whole
from ui.inspection import render
from ui.source.view import Place, Source
from ui.texts import Language, text

log = logging.getLogger(__name__)
SCRIPT = f"{relay('passage')}; window.qingwen.map(element, trigger)"


class Inspection:
    """A question, and every step of what is found for it."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        frame.inspection = self
        self.found = gradio.State(None)
        with gradio.Row(elem_id="inspect-form"):
            box = gradio.Textbox("", **words(DEFAULT), lines=1, max_lines=4, elem_id="inspect-question")
            self.question = frame.speaks(box, lambda language: gradio.Textbox(**words(language)))
            self.run = button(frame, "inspect.run", "inspect-run", variant="primary")
        self.result = html(render.inspection(None, DEFAULT), "inspection", SCRIPT)

    def wire(self, tab: gradio.Tab, source: Source) -> None:  # noqa: ARG002 - of every view
        """A question of the box, passages that open, and the language."""
        frame = self.frame
        shown = [frame.notice, self.found, self.result]
        gradio.on(
            [self.question.submit, self.run.click],
            self.inspect,
            [self.question, frame.language, frame.collection],
            shown,
            **DIRECT,
        )
        source.opens(self.result.passage, place, frame.collection)
        frame.after_switch(self.again, [self.found, frame.language], [self.result])
        frame.after_collection(self.turned, [self.found, self.result])

    def inspects(self, listener: Callable[..., Dependency]) -> None:
        """Let a click show this view with the question that its ``data-question`` names."""

        def clicked(language: Language, collection: str, event: gradio.EventData) -> tuple[Any, ...]:
            question = str(event._data.get("question", ""))
            return gradio.Tabs(selected="inspection"), question, *self.inspect(question, language, collection)

        frame = self.frame
        outputs = [frame.tabs, self.question, frame.notice, self.found, self.result]
        shown = listener(clicked, [frame.language, frame.collection], outputs, **DIRECT)
        shown.then(None, js="() => window.qingwen.begin('#tabs')")

    def inspect(self, question: str, language: Language, collection: str) -> tuple[str, Any, Any]:
        """Notice, what was found, and how it is shown; the notice alone when it cannot be."""
        if not question.strip():
            return notice(text("empty", language)), SKIP, SKIP
        try:
            found = self.frame.service_of(collection).inspect(question)
        except QAError as error:
            return notice(text("error", language, reason=error)), SKIP, SKIP
        except Exception:  # the person must be told
            log.exception("inspecting failed")
            return notice(text("broken", language)), SKIP, SKIP
        return "", found, render.inspection(found, language)

    def turned(self, language: Language, _: str) -> tuple[None, str]:
        """Nothing of one collection is shown when another is chosen; the question stays in its box."""
        return None, render.inspection(None, language)

    def again(self, found: Found | None, language: Language) -> str:
        """The same in another language."""
        return render.inspection(found, language)


def place(data: Mapping[str, Any], collection: str) -> Place | None:
    """The passage that was clicked; None when the click names none: the browser is not trusted."""
    doc_id, start, end = data.get("doc"), whole(data.get("start")), whole(data.get("end"))
    if not isinstance(doc_id, str) or start is None or end is None:
        return None
    return Place(doc_id, (start, end), collection=collection)


def words(language: Language) -> dict[str, Any]:
    """Label and placeholder of the question box."""
    return {"label": text("inspect.question", language), "placeholder": text("inspect.placeholder", language)}
