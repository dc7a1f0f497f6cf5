"""The page as Gradio components: a frame, five views side by side, and the source pane."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import gradio

from qa import Service, Shelf
from ui.asking.view import Asking
from ui.documents.view import Documents
from ui.evaluation.view import Evaluation
from ui.feedback.view import Feedback
from ui.frame import DEFAULT, Frame, button, html
from ui.inspection.view import Inspection
from ui.source.view import Source
from ui.texts import Language, text

HERE = Path(__file__).parent
SANS = ["system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
MONO = ["ui-monospace", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace"]


class View(Protocol):
    """One view: components made within its tab, and events wired when all components are there."""

    def wire(self, tab: gradio.Tab, source: Source) -> None:
        """Add the view's events; what opens a document goes through ``source``."""
        ...


VIEWS: dict[str, Callable[[Frame], View]] = {
    "asking": Asking,
    "documents": Documents,
    "inspection": Inspection,
    "evaluation": Evaluation,
    "feedback": Feedback,
}


def page_theme() -> gradio.themes.Base:
    """Fonts of the machine: Gradio's own theme would fetch them from elsewhere."""
    return gradio.themes.Base(font=SANS, font_mono=MONO).set(
        body_background_fill="#faf8f3",
        body_background_fill_dark="#171614",
        body_text_color="#22201c",
        body_text_color_dark="#e9e5dc",
    )


def page_head() -> str:
    """Our styles and scripts, for the head of the page: the frame's first, then each view's."""
    styles, scripts = (
        "".join(
            path.read_text(encoding="utf-8")
            for path in (HERE / f"page.{kind}", *sorted(HERE.glob(f"*/*.{kind}")))
        )
        for kind in ("css", "js")
    )
    return f"<style>{styles}</style><script>{scripts}</script>"


def header(language: Language) -> str:
    """Name and purpose; ``data-lang`` tells the script what language the page is in."""
    name, purpose = text("title", language), text("tagline", language)
    return f'<div class="brand" data-lang="{text("lang", language)}"><h1>{name}</h1><p>{purpose}</p></div>'


def tab(frame: Frame, name: str) -> gradio.Tab:
    """The tab of a view."""
    made = gradio.Tab(text(f"view.{name}", DEFAULT), id=name, elem_id=f"view-{name}")
    return frame.speaks(made, lambda language: gradio.Tab(label=text(f"view.{name}", language)))


def build_page(service: Service, collections: Shelf | None = None) -> gradio.Blocks:
    """The page over a service and the collections beside it; the service may still be preparing."""
    tabs: dict[str, gradio.Tab] = {}
    views: dict[str, View] = {}
    with gradio.Blocks(title=text("title", DEFAULT), analytics_enabled=False, fill_width=True) as page:
        frame = Frame(service, collections)
        with gradio.Row(elem_id="top"):
            head = html(header(DEFAULT), "header", "window.qingwen.speak(element, watch)")
            frame.speaks(head, header)
            switch = button(frame, "switch", "switch", size="sm")
        with gradio.Row(elem_id="panes"):
            with gradio.Column(elem_id="views"):
                frame.banner.render()
                frame.notice.render()
                with gradio.Tabs(selected="asking", elem_id="tabs", overflow_behavior="wrap") as frame.tabs:
                    for name, make in VIEWS.items():
                        with tab(frame, name) as tabs[name]:
                            if name != "asking":  # which has chips
                                frame.line(name)
                            views[name] = make(frame)
            with gradio.Column(elem_id="source"):
                source = Source(frame)
        for name, view in views.items():
            view.wire(tabs[name], source)
        source.wire()
        frame.wire(page, switch)
    return page
