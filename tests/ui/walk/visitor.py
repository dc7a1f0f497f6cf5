"""A person at the page: what they see it through, the language they read, and how they look at it."""

import json
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.ui.conftest import ARTIFACTS
from ui.texts import Language, text

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],
    "iframes": False,  # a frame is a look of its own
}
PATIENCE = 30_000
"""Milliseconds: other work may be done on the machine at the same time."""


def violations(page: Page, part: str = "") -> list[str]:
    """What axe-core calls serious or critical, with the places; ``part`` is a selector."""
    found = Axe().run(page, context=part or None, options=RULES).response["violations"]
    return [
        f"{one['id']}: {json.dumps([node['html'][:200] for node in one['nodes']], ensure_ascii=False)}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@dataclass(frozen=True, slots=True)
class Visitor:
    """``name`` tells this visit from the others, in pictures and in files that are uploaded."""

    page: Page
    language: Language
    width: int
    scheme: str
    downloads: Path

    @property
    def name(self) -> str:
        return f"{self.width}-{self.scheme}-{self.language}"

    @property
    def phone(self) -> bool:
        return self.width < 900

    def reads(self, key: str, **values: object) -> str:
        """The page's words for ``key`` in the language that is read."""
        return text(key, self.language, **values)

    def button(self, key: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.reads(key, **values), exact=True)

    def goes_to(self, view: str) -> None:
        """Choose a view by its tab."""
        tab = self.page.get_by_role("tab", name=self.reads(f"view.{view}"), exact=True)
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")

    def asks(self, question: str) -> Locator:
        """Type a question, press Enter, wait for its answer."""
        box = self.page.get_by_role("textbox", name=self.reads("question"), exact=True)
        before = self.page.locator(".turn").count()
        box.fill(question)
        box.press("Enter")
        expect(self.page.locator(".turn")).to_have_count(before + 1)
        return self.answered(question)

    def answered(self, question: str) -> Locator:
        """The turn of a question once its answer is whole."""
        turn = self.page.locator(".turn").filter(
            has=self.page.get_by_role("heading", name=question, exact=True)
        )
        expect(turn.last.locator(".rating")).to_be_visible(timeout=PATIENCE)
        expect(self.page.locator("#conversation")).to_have_attribute("aria-busy", "false")
        return turn.last

    @property
    def source(self) -> FrameLocator:
        """The document in the source pane."""
        return self.page.frame_locator("#source-frame")

    def sees_cited(self, words: str) -> None:
        """The source stands at these words."""
        focus = self.source.locator("mark.focus")
        expect(focus.first).to_be_in_viewport()
        expect(focus.first).to_be_focused()
        assert words in "".join(focus.all_text_contents())

    def leaves_source(self) -> None:
        """Escape closes the source, and the list or the view is there again."""
        self.page.keyboard.press("Escape")
        expect(self.page.locator("#source-frame")).to_be_hidden()

    def drags(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag the pointer, by the browser itself: Playwright waits for a script in the frame."""
        browser = self.page.context.new_cdp_session(self.page)
        halfway = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        steps = (("Moved", start, 0), ("Pressed", start, 1), ("Moved", halfway, 1), ("Moved", end, 1))
        for kind, (x, y), buttons in (*steps, ("Released", end, 0)):
            clicks = int(kind != "Moved")
            values = {"x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": clicks}
            browser.send("Input.dispatchMouseEvent", {"type": f"mouse{kind}", **values})
        browser.detach()

    def looks(self, what: str, part: str = "") -> None:
        """A picture; nothing is wider than the window, and axe-core finds nothing serious.

        Where only ``part`` of the page is new to the eye, only that is held against it.
        """
        self.page.screenshot(path=ARTIFACTS / "walk" / f"{what}-{self.name}.png")
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width
        found = violations(self.page, part)
        assert not found, f"{what}: {found}"

    def looks_inside(self, what: str) -> None:
        """The document in the source pane, likewise, in a page of its own: no script runs in its frame."""
        address = self.page.locator("#source-frame").evaluate("frame => frame.contentWindow.location.href")
        alone = self.page.context.new_page()
        alone.set_viewport_size({"width": self.width, "height": 800})
        alone.emulate_media(color_scheme="dark" if self.scheme == "dark" else "light")
        alone.goto(address)
        found = violations(alone)
        alone.close()
        assert not found, f"{what}: {found}"
