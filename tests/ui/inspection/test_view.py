"""Inspecting as a person does, over the whole program."""

import re

from playwright.sync_api import Page, expect

from tests.ui.conftest import Visit

QUESTION = "东岭水厂日供水能力是多少"


def inspect(page: Page, question: str) -> None:
    page.locator("#view-inspection-button").click()
    box = page.locator("#inspect-question textarea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".inspection .asked")).to_have_text(question)


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
