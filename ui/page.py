"""The page as Gradio components, wired to events."""

from pathlib import Path
from typing import Any

import gradio

from qa import Service
from ui import render
from ui.events import Events
from ui.texts import Language, text

HERE = Path(__file__).parent
SANS = ["system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
MONO = ["ui-monospace", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace"]
DEFAULT: Language = "zh"
POLL_SECONDS = 1.5
# Without Gradio's queue each event is one request: its event stream can be closed under a waiting event.
DIRECT = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def page_theme() -> gradio.themes.Base:
    """Fonts of the machine: Gradio's own theme would fetch them from elsewhere."""
    return gradio.themes.Base(font=SANS, font_mono=MONO).set(
        body_background_fill="#faf8f3",
        body_background_fill_dark="#171614",
        body_text_color="#22201c",
        body_text_color_dark="#e9e5dc",
    )


def page_head() -> str:
    """Our style and script, for the head of the page."""
    style = (HERE / "page.css").read_text(encoding="utf-8")
    script = (HERE / "page.js").read_text(encoding="utf-8")
    return f"<style>{style}</style><script>{script}</script>"


def relay(*events: str) -> str:
    """The script of a component whose buttons carry ``data-event``: a click becomes that event."""
    names = ", ".join(f"'{event}'" for event in events)
    return f"window.qingwen.relay(element, trigger, [{names}])"


TALK = f"{relay('cite')}; window.qingwen.talk(element, watch)"


def header(language: Language) -> str:
    """Name and purpose; ``data-lang`` tells the script what language the page is in."""
    name, purpose = text("title", language), text("tagline", language)
    return f'<div class="brand" data-lang="{text("lang", language)}"><h1>{name}</h1><p>{purpose}</p></div>'


class Parts:
    """The components, top to bottom, left to right."""

    def __init__(self) -> None:
        self.language = gradio.State(DEFAULT)
        self.history = gradio.State(())
        self.pending = gradio.State("")
        self.found = gradio.State(None)
        self.opened = gradio.State("")
        self.timer = gradio.Timer(POLL_SECONDS)
        with gradio.Row(elem_id="top"):
            self.header = self.html(header(DEFAULT), "header", "window.qingwen.speak(element, watch)")
            self.clear = gradio.Button(text("clear", DEFAULT), elem_id="clear", size="sm")
            self.switch = gradio.Button(text("switch", DEFAULT), elem_id="switch", size="sm")
        with gradio.Row(elem_id="panes"):
            with gradio.Column(elem_id="chat"):
                self.conversation = self.html(render.conversation((), DEFAULT), "conversation", TALK)
                self.examples = self.html("", "examples", relay("example"))
                self.banner = self.html("", "banner", None)
                self.notice = self.html("", "notice", None)
                with gradio.Row(elem_id="composer"):
                    self.question = gradio.Textbox(**words(DEFAULT), lines=1, max_lines=6, elem_id="question")
                    self.ask = gradio.Button(text("ask", DEFAULT), elem_id="ask", variant="primary")
            with gradio.Column(elem_id="source"):
                self.head = self.html("", "source-head", relay("leave"))
                self.body = self.html("", "source-body", relay("browse"))

    @staticmethod
    def html(value: str, elem_id: str, script: str | None) -> gradio.HTML:
        """A bare HTML component."""
        return gradio.HTML(value, elem_id=elem_id, js_on_load=script, apply_default_css=False)


def words(language: Language) -> dict[str, Any]:
    """Label and placeholder of the question box."""
    return {"label": text("question", language), "placeholder": text("placeholder", language)}


def build_page(service: Service) -> gradio.Blocks:
    """The page over a service, as ``gradio.Blocks``; the service may still be preparing."""
    events = Events(service)
    with gradio.Blocks(title=text("title", DEFAULT), analytics_enabled=False, fill_width=True) as page:
        parts = Parts()
        wire_conversation(parts, events)
        wire_source(parts, events)
        wire_page(page, parts, events)
    return page


def wire_conversation(parts: Parts, events: Events) -> None:
    """Asking, by the box or an example, and starting again."""
    said = [parts.pending, parts.history, parts.language]
    asked = [parts.question, parts.notice, parts.pending, parts.conversation]
    typed = gradio.on(
        [parts.question.submit, parts.ask.click], events.submit, [parts.question, *said], asked, **DIRECT
    )
    clicked = parts.examples.example(events.example, said, asked, **DIRECT)
    for submitted in (typed, clicked):
        found = submitted.then(
            events.answer,
            said,
            [parts.question, parts.notice, parts.found],
            trigger_mode="multiple",
            **DIRECT,
        )
        settled = found.then(
            events.settle,
            [parts.found, *said],
            [parts.found, parts.pending, parts.history, parts.conversation],
            trigger_mode="multiple",
            **DIRECT,
        )
        settled.then(None, js="() => window.qingwen.latest()")
    emptied = [parts.question, parts.notice, parts.pending, parts.history, parts.conversation]
    parts.clear.click(events.clear, parts.language, emptied, **DIRECT)


def wire_source(parts: Parts, events: Events) -> None:
    """Opening a document at cited words or from the list, and leaving it."""
    shown = [parts.opened, parts.notice, parts.head, parts.body]
    reveal = {"js": "() => window.qingwen.reveal()"}
    parts.conversation.cite(events.cite, [parts.history, parts.language], shown, **DIRECT).then(
        None, **reveal
    )
    parts.body.browse(events.browse, parts.language, shown, **DIRECT).then(None, **reveal)
    parts.head.leave(events.leave, parts.language, [parts.opened, parts.head, parts.body], **DIRECT)


def wire_page(page: gradio.Blocks, parts: Parts, events: Events) -> None:
    """Readiness, and the language of every word."""

    def switch(language: Language, doc_id: str) -> list[Any]:
        other: Language = "en" if language == "zh" else "zh"
        return [
            other,
            header(other),
            text("clear", other),
            text("switch", other),
            gradio.Textbox(**words(other)),
            text("ask", other),
            "",
            *events.refresh(other, doc_id),
        ]

    state = [parts.banner, parts.examples, parts.head, parts.body, parts.timer]
    named = [parts.header, parts.clear, parts.switch, parts.question, parts.ask, parts.notice]
    held = [parts.language, parts.opened]
    gradio.on([page.load, parts.timer.tick], events.refresh, held, state, **DIRECT)
    switched = parts.switch.click(switch, held, [parts.language, *named, *state], **DIRECT)
    said = [parts.pending, parts.history, parts.language]
    switched.then(events.conversation, said, parts.conversation, **DIRECT)
