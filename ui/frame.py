"""What all views share: the language, the line for notices, the choice of a view, the source pane."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Protocol, TypeVar

import gradio
from gradio.events import Dependency

from qa import Filter, Listing, Service, Shelf
from ui.texts import Language, text

DEFAULT: Language = "zh"
# Without Gradio's queue each event is one request: its event stream can be closed under a waiting event.
DIRECT = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
SKIP = gradio.skip()
Components = Sequence[gradio.components.Component]
Wired = tuple[Callable[..., Any], list[Any], list[Any]]
Part = TypeVar("Part", bound=gradio.blocks.Block)
POLL_SECONDS = 1.5
NOTICES = "window.qingwen.notices(element, trigger, watch, 'check', 'fall')"
SHELF = "window.qingwen.shelf(element, trigger, watch, 'collect')"


def relay(*events: str) -> str:
    """The script of a component whose buttons carry ``data-event``: a click becomes that event."""
    names = ", ".join(f"'{event}'" for event in events)
    return f"window.qingwen.relay(element, trigger, [{names}])"


def html(value: str, elem_id: str, script: str | None = None, *, render: bool = True) -> gradio.HTML:
    """A bare HTML component; ``script`` runs once, with ``element``, ``trigger`` and ``watch``."""
    return gradio.HTML(value, elem_id=elem_id, js_on_load=script, apply_default_css=False, render=render)


def notice(message: str) -> str:
    """A sentence for the person; empty when there is nothing to say."""
    return f'<p class="notice" role="alert">{escape(message)}</p>' if message else ""


class Inspecting(Protocol):
    """The view that other views send questions to."""

    def inspects(self, listener: Callable[..., Any]) -> None:
        """Let a click of a button with ``data-question`` show how that question is searched."""
        ...


def whole(value: object) -> int | None:
    """A whole number from zero, or ``None``: the browser is not trusted."""
    short = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10
    return int(str(value)) if short else None


class Frame:
    """The components and events that belong to no view. Made first; ``wire`` is called last.

    ``scope`` holds the filter that a person chose, ``collection`` the name of a collection, or "".
    """

    def __init__(self, service: Service, collections: Shelf | None = None) -> None:
        self.service, self.collections = service, collections
        self.language = gradio.State(DEFAULT)
        self.scope = gradio.State(Filter())
        self.collection = gradio.State("")
        self.notice = html("", "notice", NOTICES, render=False)
        self.lines: dict[str, gradio.HTML] = {}
        self.banner = html("", "banner", render=False)
        self.timer = gradio.Timer(POLL_SECONDS)
        self.tabs: gradio.Tabs | None = None
        self.inspection: Inspecting | None = None
        self._spoken: list[tuple[gradio.blocks.Block, Callable[[Language], Any]]] = []
        self._switched: list[Wired] = []
        self._ready: list[Wired] = []
        self._rescoped: list[Wired] = []
        self._turned: list[tuple[Callable[[Language, str], Sequence[Any]], list[Any]]] = []
        self._shown = gradio.State("")
        self._choosing: list[Dependency] = []
        self._changes: list[Dependency] = []
        self._listings: dict[Service, Listing] = {}

    def service_of(self, collection: str) -> Service:
        """The service of a collection, of the folder that is served for "". Raises NotFoundError."""
        if not collection or self.collections is None:
            return self.service
        return self.collections.service(collection)

    def listing_of(self, collection: str) -> Listing:
        """What the documents of a collection are. Raises as ``service_of``."""
        service = self.service_of(collection)
        return self._listings.setdefault(service, Listing(service))

    def speaks(self, part: Part, words: Callable[[Language], Any]) -> Part:
        """Let ``part`` become ``words(language)`` when the language is switched; returns it."""
        self._spoken.append((part, words))
        return part

    def after_switch(self, event: Callable[..., Any], inputs: Components, outputs: Components) -> None:
        """Call ``event`` with the values of ``inputs`` once the language has been switched."""
        self._switched.append((event, list(inputs), list(outputs)))

    def after_scope(self, event: Callable[..., Any], inputs: Components, outputs: Components) -> None:
        """Call ``event`` with the values of ``inputs`` when another scope or collection was chosen."""
        self._rescoped.append((event, list(inputs), list(outputs)))

    def after_collection(self, event: Callable[[Language, str], Sequence[Any]], outputs: Components) -> None:
        """Call ``event`` when another collection than the one shown was chosen."""
        self._turned.append((event, list(outputs)))

    def turned(self, language: Language, collection: str, shown: str) -> list[Any]:
        """The collection that is shown now, and all that ``after_collection`` was told of; or nothing new."""
        if collection == shown:
            return [SKIP] * (1 + sum(len(outputs) for _, outputs in self._turned))
        made = [event(language, collection) for event, _ in self._turned]
        return [collection, *(value for values in made for value in values)]

    def gone(self, language: Language, collection: str) -> Any:  # noqa: ANN401 - of Gradio
        """A notice by which the page falls back, where a collection is no longer there; else nothing new."""
        shelf = self.collections
        if not collection or shelf is None or collection in shelf.names():
            return SKIP
        return f"<div data-gone>{notice(text('shelf.gone', language, name=collection))}</div>"

    def line(self, view: str) -> None:
        """Make the line of a view that says which collection it shows, and lets another be chosen."""
        self.lines[view] = html("", f"shelf-{view}", SHELF)

    def chooses_scope(self, choosing: Dependency) -> None:
        """Tell that an event may change the scope or the collection."""
        self._choosing.append(choosing)

    def when_ready(self, event: Callable[..., Any], inputs: Components, outputs: Components) -> None:
        """Call ``event`` with the values of ``inputs`` when the page is opened and the index is ready."""

        def guarded(*values: Any) -> Any:  # noqa: ANN401 - of Gradio
            if self.service.ready:
                return event(*values)
            return [SKIP] * len(outputs) if len(outputs) > 1 else SKIP

        self._ready.append((guarded, list(inputs), list(outputs)))

    def after_change(self, changed: Dependency) -> None:
        """Do what is done ``when_ready`` also after ``changed``, which tells of another index."""
        self._changes.append(changed)

    def refresh(self, language: Language) -> tuple[str, gradio.Timer]:
        """State of the index, and a timer that stops when it is ready."""
        if self.service.ready:
            return "", gradio.Timer(active=False)
        failure = self.service.failure
        said = text("failed", language, reason=failure) if failure else text("preparing", language)
        return notice(said), gradio.Timer(active=True)

    def wire(self, page: gradio.Blocks, switch: gradio.Button) -> None:
        """Readiness, and a button that switches the language of everything that was registered."""
        parts = [part for part, _ in self._spoken]

        def switched(language: Language) -> list[Any]:
            other: Language = "en" if language == "zh" else "zh"
            return [other, "", *(words(other) for _, words in self._spoken)]

        opened = gradio.on(
            [page.load, self.timer.tick], self.refresh, self.language, [self.banner, self.timer], **DIRECT
        )
        clicked = switch.click(switched, self.language, [self.language, self.notice, *parts], **DIRECT)
        self._switched.append((self.refresh, [self.language], [self.banner, self.timer]))
        scoped = [(one, self._rescoped) for one in self._choosing]
        changes = [(changed, self._ready) for changed in self._changes]
        following = [part for _, outputs in self._turned for part in outputs]
        shown = [self.language, self.collection, self._shown]
        self._rescoped.append((self.turned, shown, [self._shown, *following]))
        for first, events in ((opened, self._ready), (clicked, self._switched), *scoped, *changes):
            for event, inputs, outputs in events:
                first.then(event, inputs, outputs, **DIRECT)


def button(frame: Frame, key: str, elem_id: str, **looks: Any) -> gradio.Button:  # noqa: ANN401 - of Gradio
    """A button with the words of ``key``."""
    made = gradio.Button(text(key, DEFAULT), elem_id=elem_id, **looks)
    return frame.speaks(made, lambda language: text(key, language))
