"""The page over the real service and API: the question of the README, answered and opened at its words."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from qa.api import create_app
from qa.service import Service
from tests.ui.asking_page import ask, inside
from tests.ui.conftest import ARTIFACTS, serving
from tests.ui.test_page import marked
from ui import mount_page


@pytest.fixture(scope="module")
def address(seeds: Service) -> Iterator[str]:
    with serving(create_app(seeds, mount=lambda app: mount_page(app, seeds))) as url:
        yield url


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_the_question_is_answered_and_its_citation_opens_at_the_words(
    visit: Callable[..., Page], width: int, scheme: str
) -> None:
    page = visit(width=width, height=900, scheme=scheme)
    turn = ask(page, "体育局的品牌赛事是什么")
    expect(turn.locator(".answer")).to_contain_text("马拉松、足球、冰雪、赛马、自行车")
    turn.locator(".mark").first.click()
    expect(inside(page).locator("mark.focus").first).to_be_in_viewport()
    assert "马拉松" in marked(page)
    page.screenshot(path=ARTIFACTS / f"seeds-{width}-{scheme}.png")


def test_what_the_documents_do_not_say_is_refused(visit: Callable[..., Page]) -> None:
    page = visit()
    turn = ask(page, "红烧排骨怎么做才好吃")
    expect(turn.locator(".status")).to_have_text("文件中没有")
    expect(turn.locator("details")).to_contain_text("不是答案")
