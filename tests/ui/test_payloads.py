"""Forty ways to run a script, in texts, titles, file names and questions; none may run in a browser."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from qa import Service, Settings
from qa.api import create_app
from tests.ui.asking_page import ask
from tests.ui.conftest import Visit, serving, visiting
from ui import mount_page

PAYLOADS = (Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines()
STRUCK = "window.struck ?? null"


def notice(number: int, payload: str) -> str:
    """A document whose title, heading and sentence hold the payload."""
    return f"{payload}\n\n一、{payload}\n\n第{number}号水库的水位是{number}米,{payload}由管理处公布。\n"


def file_name(number: int, payload: str) -> str:
    """A name that a file system takes, with as much of the payload as it can."""
    return f"{number}{payload.replace('/', '⁄')[:80]}.txt"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Service:
    base = tmp_path_factory.mktemp("hostile")
    (base / "files").mkdir()
    for number, payload in enumerate(PAYLOADS, start=1):
        path = base / "files" / file_name(number, payload)
        path.write_text(notice(number, payload), encoding="utf-8")
    service = Service(Settings(folder=base / "files", vectors=base / "vectors"))
    service.prepare()
    return service


@pytest.fixture(scope="module")
def address(hostile: Service) -> Iterator[str]:
    with serving(create_app(hostile, mount=lambda api: mount_page(api, hostile))) as url:
        yield url


@pytest.fixture
def visit_hostile(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as open_page:
        yield open_page


def dialogs(page: Page) -> list[str]:
    """What the page's dialogs say from now on; a page of ours has none."""
    said: list[str] = []

    def heard(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", heard)
    return said


def test_there_are_forty_and_every_document_is_there(hostile: Service) -> None:
    assert len(PAYLOADS) == 40
    assert len(hostile.entries()) == 40


def test_none_runs_in_the_conversation_and_the_source(visit_hostile: Visit) -> None:
    page = visit_hostile()
    said = dialogs(page)
    for payload in PAYLOADS:
        ask(page, payload)
    for number in range(1, len(PAYLOADS) + 1, 8):
        turn = ask(page, f"第{number}号水库的水位是多少米")
        turn.locator("[data-event=cite], [data-event=near]").first.click()
        expect(page.locator("#source-head h2")).to_be_visible()
    assert page.evaluate(STRUCK) is None
    assert said == []


def test_none_runs_in_what_people_say_and_in_the_lists(visit_hostile: Visit, address: str) -> None:
    page = visit_hostile()
    said = dialogs(page)
    for payload in PAYLOADS:
        opinion = {
            "verdict": "bad",
            "reason": "wrong",
            "question": payload,
            "remark": payload,
            "answer": payload,
        }
        assert page.request.post(f"{address}/v1/feedback", data=opinion).status == 201
    page.locator("#view-feedback-button").click()
    expect(page.get_by_text(PAYLOADS[-1]).first).to_be_visible()
    page.locator("#view-documents-button").click()
    expect(page.locator("#view-documents").get_by_text("40").first).to_be_visible()
    assert page.evaluate(STRUCK) is None
    assert said == []


def test_none_runs_in_the_rendered_documents(browser: Browser, address: str, hostile: Service) -> None:
    page = browser.new_page()
    said = dialogs(page)
    for entry in hostile.entries():
        page.goto(f"{address}/v1/documents/{quote(entry.doc_id)}/view?start=0&end=4#hit")
        assert page.locator("mark").count() > 0
        assert page.evaluate(STRUCK) is None, entry.doc_id
    assert said == []
    page.close()


def test_many_of_them_run_where_nothing_is_escaped(browser: Browser) -> None:
    page = browser.new_page()
    dialogs(page)
    struck = 0
    for payload in PAYLOADS:
        page.goto("about:blank")
        page.set_content(f"<title></title><body>{payload}</body>", wait_until="load")
        struck += page.evaluate(STRUCK) is not None
    page.close()
    assert struck >= 15
