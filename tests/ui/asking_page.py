"""Asking as a person does, for tests of the page in a browser."""

from playwright.sync_api import FrameLocator, Locator, Page, expect


def ask(page: Page, question: str) -> Locator:
    """Type a question, press Enter, wait for its answer."""
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    turn = page.locator(".turn").filter(has=page.get_by_role("heading", name=question, exact=True)).last
    expect(turn.locator(".answer")).to_be_visible(timeout=20_000)
    expect(page.locator("#conversation")).to_have_attribute("aria-busy", "false")
    return turn


def inside(page: Page) -> FrameLocator:
    """The document in the source pane."""
    return page.frame_locator("#source-frame")
