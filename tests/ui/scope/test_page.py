"""The scope as a person chooses it, in a real browser over the real program."""

from playwright.sync_api import Page, expect

from qa import Service, Shelf
from tests.ui.conftest import ARTIFACTS, Visit

QUESTION = "东岭水厂日供水能力是多少"


def ask(page: Page, question: str, status: str) -> None:
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".turn").last.locator(".status")).to_have_text(status, timeout=30_000)


def test_a_scope_is_chosen_shown_followed_and_taken_away(visit_lake: Visit) -> None:
    page = visit_lake(360, 740)
    examples = page.locator(".examples button")
    expect(examples).to_have_count(3)
    opens = page.get_by_role("button", name="范围", exact=True)
    opens.click()
    expect(opens).to_have_attribute("aria-expanded", "true")
    box = page.get_by_role("textbox", name="按文件、来源")
    expect(box).to_be_focused()
    page.screenshot(path=ARTIFACTS / "scope-360-light.png")
    page.locator("#scope-choices").get_by_role("button", name="图书馆/").click()
    expect(page.get_by_role("button", name="去掉:图书馆/")).to_be_visible()
    expect(examples).to_have_count(1)
    box.fill("年报")
    page.locator("#scope-choices").get_by_role("button", name="镜湖市水务集团2024年工作报告").wait_for()
    page.get_by_role("textbox", name="日期从").fill("去年")
    page.get_by_role("textbox", name="日期从").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("去年")
    page.get_by_role("textbox", name="日期从").fill("2024年")
    page.get_by_role("textbox", name="日期从").press("Enter")
    expect(page.get_by_role("button", name="去掉:2024 起")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opens).to_be_focused()
    expect(box).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    ask(page, QUESTION, "文件中没有")
    page.get_by_role("button", name="全部去掉").click()
    expect(page.locator(".chip")).to_have_count(0)
    ask(page, QUESTION, "有据")
    page.get_by_role("button", name="新对话").click()
    ask(page, QUESTION, "有据")
    page.get_by_role("button", name="新对话").click()
    page.reload()
    expect(examples.first).to_have_text(QUESTION)


def test_a_collection_is_asked_and_its_documents_open(visit_lake: Visit, lake: Service) -> None:
    made = Shelf(lake).create("公报")
    job = made.upload([("供水办法.txt", "镜湖市供水办法\n\n第一条 供水单位应当昼夜供水。\n".encode())])
    while not job.ended:
        job = made.changed_job(job, 5)
    page = visit_lake(1440, 900, "dark")
    page.get_by_role("button", name="范围", exact=True).click()
    page.get_by_label("文件集").click()
    page.get_by_role("option", name="公报").click()
    expect(page.get_by_role("button", name="去掉:公报")).to_be_visible()
    expect(page.locator("#source h2")).to_have_text("文件(1)")
    page.screenshot(path=ARTIFACTS / "scope-1440-dark.png")
    page.keyboard.press("Escape")
    ask(page, "供水单位应当怎样供水", "有据")
    page.get_by_role("button", name="去掉:公报").click()
    expect(page.locator("#source h2")).to_have_text("文件(4)")
    page.locator(".turn .mark").first.click()
    expect(page.frame_locator("#source-frame").locator("mark.focus").first).to_contain_text("昼夜供水")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Scope", exact=True)).to_be_visible()
