"""Answers judged as a person does it, over the whole program."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from qa import Service
from tests.lake_city import FILES
from tests.ui.conftest import ARTIFACTS, Visit

LONG = 60_000
DOC, WORDS = "图书馆/访谈.txt", "临波路18号"
SELECT = """([doc_id, start, end]) => { window.qingwen.selection = () => ({ doc_id, start, end }); }"""


def ask(page: Page, question: str) -> Locator:
    box = page.get_by_role("textbox", name="问题")
    box.fill(question)
    box.press("Enter")
    turn = page.locator(".turn").filter(has=page.get_by_role("heading", name=question, exact=True)).last
    expect(turn.locator(".rating")).to_be_visible(timeout=LONG)
    return turn


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_an_answer_is_judged_and_becomes_a_question(
    visit_lake: Visit, lake: Service, width: int, scheme: str
) -> None:
    for opinion in lake.feedback.all():
        lake.feedback.remove(opinion.feedback_id)
    page = visit_lake(width, 740, scheme)
    good = ask(page, "东岭水厂日供水能力是多少").get_by_role("button", name="回答得对")
    good.press("Enter")
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#rater .said")).to_contain_text("记下了")

    turn = ask(page, "火星上的火山有多高")
    expect(good).to_have_attribute("aria-pressed", "true")
    turn.get_by_role("button", name="回答得不对").click()
    form = page.get_by_role("dialog", name="这个回答哪里不对?")
    expect(form.locator(".about")).to_have_text("火星上的火山有多高")
    page.screenshot(path=ARTIFACTS / f"rating-{width}-{scheme}.png")
    start = FILES[DOC].index(WORDS)
    page.evaluate(SELECT, [DOC, start, start + len(WORDS)])
    page.evaluate("document.querySelector('#conversation .turn .mark').click()")
    page.get_by_role("button", name="这里才是答案").click()
    expect(form.locator(".marks")).to_contain_text(DOC)
    page.get_by_role("button", name="关闭原文").click()
    form.get_by_label("应当能答").check()
    form.get_by_label("补充").fill("<img src=x onerror=alert(1)>")
    form.get_by_role("button", name="送出").click()
    bad = turn.get_by_role("button", name="回答得不对")
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(bad).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == width

    opinions = lake.feedback.all()
    assert [(one.verdict, one.reason) for one in opinions] == [("bad", "answerable"), ("good", "")]
    lines = [json.loads(line) for line in lake.judged().lines]
    assert [line["answers"] for line in lines][1] == [WORDS]
    good.click()
    expect(good).to_have_attribute("aria-pressed", "false")
    assert lake.feedback.count() == 1


def test_the_list_is_filtered_opened_asked_again_and_shortened(visit_lake: Visit, lake: Service) -> None:
    page = visit_lake()
    ask(page, "东岭水厂日供水能力是多少").get_by_role("button", name="回答得对").click()
    expect(page.locator("#rater .said")).to_contain_text("记下了")
    page.get_by_role("tab", name="反馈").click()
    page.get_by_label("显示").select_option("good")
    item = page.locator(".opinion")
    expect(item).to_have_count(1)
    item.locator(".spans button").first.click()
    expect(page.locator("#source-head h2")).to_have_text("东岭水厂简报")
    page.screenshot(path=ARTIFACTS / "feedback-1280-light.png")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载考题文件").click()
    assert download.value.suggested_filename == "feedback.jsonl"
    item.get_by_role("button", name="再问一次").click()
    expect(page.get_by_role("textbox", name="问题")).to_have_value("东岭水厂日供水能力是多少")
    expect(page.get_by_role("textbox", name="问题")).to_be_focused()
    page.get_by_role("tab", name="反馈").click()
    item.get_by_role("button", name="删除").click()
    expect(item).to_have_count(1)
    item.get_by_role("button", name="再按一次").click()
    expect(item).to_have_count(0)
    assert lake.feedback.count("good") == 0
    page.get_by_role("button", name="English").click()
    expect(page.locator("#opinions")).to_contain_text("There is no feedback here")
