"""Inspecting as a person does, over the whole program."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.asking_page import inside
from tests.ui.conftest import ARTIFACTS, Visit
from tests.ui.test_accessible import violations

QUESTION = "东岭水厂日供水能力是多少"


def inspect(page: Page, question: str) -> None:
    page.locator("#view-inspection-button").click()
    box = page.locator("#inspect-question textarea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".inspection .asked")).to_have_text(question)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_a_question_is_taken_apart_and_its_passages_open(visit_lake: Visit, width: int, scheme: str) -> None:
    page = visit_lake(width, 900, scheme)
    inspect(page, QUESTION)
    expect(page.locator(".decision .status")).to_have_text("有据")
    expect(page.locator(".step-list li")).to_have_count(11)
    first = page.locator(".found").first
    expect(first.locator(".moved")).to_contain_text("排序第 1")
    expect(first.locator("mark").first).to_contain_text("东岭水厂")
    expect(first.locator(".bars li")).not_to_have_count(0)
    first.locator("summary").click()
    expect(first.locator(".scores").last).to_contain_text("东岭水厂日供水能力达到20万吨")
    expect(page.locator("svg.map .hit")).not_to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.screenshot(path=ARTIFACTS / f"inspection-{width}-{scheme}.png")
    first.locator("button.open").focus()
    page.keyboard.press("Enter")
    expect(inside(page).locator("mark.focus").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.locator("svg.map .asked-point").scroll_into_view_if_needed()
    page.screenshot(path=ARTIFACTS / f"inspection-map-{width}-{scheme}.png")
    page.locator("svg.map .points path").first.dispatch_event("click")
    expect(inside(page).locator("mark.focus").first).to_be_in_viewport()


def test_a_refusal_says_why_and_the_language_switches(visit_lake: Visit) -> None:
    page = visit_lake()
    inspect(page, "火星上有几座水厂")
    expect(page.locator(".decision .status")).to_have_text("文件中没有")
    expect(page.locator(".decision .note").last).to_contain_text("拒答")
    page.locator(".decision summary").click()
    expect(page.locator(".decision .scores th[scope=row]").last).to_have_text("起点")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".decision .status")).to_have_text("Not in the documents")
    page.locator(
        ".asked, .said, .title, .heading, #switch, #source, .searched, svg title, .legend span"
    ).evaluate_all("all => all.forEach(one => one.remove())")
    assert re.findall("[一-鿿]+", page.locator("body").inner_text()) == []


def test_nothing_typed_is_told(visit_lake: Visit) -> None:
    page = visit_lake()
    page.locator("#view-inspection-button").click()
    page.get_by_role("button", name="检视", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("请先输入一个问题。")
