"""Every view held against axe-core (WCAG 2 A and AA), in both schemes, at a phone's width and wide."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.ui.asking_page import ask
from tests.ui.conftest import Visit
from ui.page import VIEWS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
SIZES = [(360, "dark"), (1440, "light")]


def violations(page: Page) -> list[str]:
    """What axe-core calls serious or critical, with the places."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {json.dumps([node['html'][:200] for node in one['nodes']], ensure_ascii=False)}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_no_serious_violation(visit_lake: Visit, view: str, width: int, scheme: str) -> None:
    page = visit_lake(width, 800, scheme)
    page.locator(f"#view-{view}-button").click()
    expect(page.locator(f"#view-{view}-button")).to_have_attribute("aria-selected", "true")
    page.wait_for_timeout(800)
    assert violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_answers_and_an_open_source_have_no_serious_violation(
    visit_lake: Visit, width: int, scheme: str
) -> None:
    page = visit_lake(width, 800, scheme)
    ask(page, "火星上有几座水厂")
    turn = ask(page, "东岭水厂日供水能力是多少")
    assert violations(page) == []
    turn.locator(".mark").first.click()
    page.wait_for_timeout(800)
    assert violations(page) == []
