"""The page as a person uses it, in a real browser; ``visit`` also checks requests and the console."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.asking_page import ask, inside
from tests.ui.conftest import ARTIFACTS, Visit, application, serving
from tests.ui.two_documents import ACROSS_LINES, NOTES, PARK, TwoDocuments


def marked(page: Page) -> str:
    return "".join(inside(page).locator("mark.focus").all_text_contents())


def test_question_answer_citation_source(visit: Visit) -> None:
    page = visit()
    turn = ask(page, "樱花什么时候开")
    expect(turn.locator(".status")).to_have_text("有据")
    expect(page.locator("#source-frame")).to_be_hidden()
    turn.get_by_role("button", name="打开出处 1").first.click()
    expect(page.get_by_role("heading", name=PARK.title)).to_be_visible()
    expect(inside(page).locator("mark.focus")).to_be_in_viewport()
    assert marked(page) == "𠮷野樱在三月下旬开放"
    assert inside(page).locator("main").text_content() == PARK.text
    page.screenshot(path=ARTIFACTS / "page-1280-light.png")


def test_follow_up_conflict_and_marks_across_lines(visit: Visit) -> None:
    page = visit()
    ask(page, "樱花什么时候开")
    turn = ask(page, "那荷花呢")
    expect(turn.locator(".searched")).to_have_text("实际查找的问题:荷花什么时候开")
    expect(turn.locator(".status")).to_have_text("说法不一")
    turn.locator(".mark").nth(0).click()
    expect(inside(page).locator("mark.focus")).to_have_count(2)
    assert marked(page) == ACROSS_LINES
    turn.locator(".mark").nth(1).click()
    expect(page.locator("#source h2")).to_have_text(NOTES.title)
    expect(inside(page).locator("mark.focus")).to_have_text("荷花在八月开放")


def test_not_found_with_folded_passages_that_open(visit: Visit) -> None:
    page = visit()
    turn = ask(page, "火星上有什么")
    expect(turn.locator(".status")).to_have_text("文件中没有")
    nearest = turn.locator("details")
    expect(nearest.locator("li").first).to_be_hidden()
    nearest.locator("summary").click()
    expect(nearest.locator("summary")).to_contain_text("这些不是答案")
    nearest.get_by_role("button", name=PARK.title).click()
    expect(inside(page).locator("mark.focus")).to_be_in_viewport()
    assert marked(page) == "荷花在七月开放。"


def test_language_switches_every_word_and_keeps_the_conversation(visit: Visit) -> None:
    page = visit()
    ask(page, "樱花什么时候开").locator(".mark").click()
    expect(inside(page).locator("mark.focus")).to_be_in_viewport()
    page.locator("#question textarea").fill("还没问的话")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".status")).to_have_text("Supported")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title("Qingwen")
    expect(page.locator("#question textarea")).to_have_value("还没问的话")
    assert marked(page) == "𠮷野樱在三月下旬开放"
    quoted = page.locator(".asked, .words, blockquote, .title, .heading, #source h2, .facts, #switch")
    quoted.evaluate_all("all => all.forEach(one => one.remove())")
    assert re.findall("[一-鿿]+", page.locator("body").inner_text()) == []


def test_new_conversation_forgets_what_was_said(visit: Visit, library: TwoDocuments) -> None:
    page = visit()
    ask(page, "樱花什么时候开")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "园内有什么")
    assert library.heard[-1] == ()


def test_example_asks_itself_and_a_document_of_the_list_opens(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="花卉展览安排").click()
    expect(page.locator(".asked")).to_have_text("“花卉展览安排”讲了什么?")
    page.locator(".documents").get_by_role("button", name="工作笔记").click()
    expect(inside(page).locator("main")).to_have_text(NOTES.text)
    page.get_by_role("button", name="关闭原文").click()
    expect(page.locator(".documents")).to_be_visible()


def test_empty_and_over_long_questions_get_a_sentence(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="提问", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("请先输入一个问题。")
    page.locator("#question textarea").fill("长" * 2001)
    page.locator("#question textarea").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("2001")
    expect(page.locator(".turn")).to_have_count(0)


def test_documents_and_questions_cannot_run_scripts(visit: Visit) -> None:
    page = visit()
    page.evaluate("() => { window.alert = () => { window.struck = true } }")
    ask(page, "<img src=x onerror=alert(1)>")
    ask(page, "那荷花呢").locator(".mark").nth(1).click()
    expect(inside(page).locator("mark.focus")).to_be_in_viewport()
    assert page.evaluate("window.struck") is None


LUMINANCE = """element => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const behind = node => {
    const [r, g, b, a = 1] = numbers(getComputedStyle(node).backgroundColor);
    return a > 0 || !node.parentElement ? [r, g, b] : behind(node.parentElement);
  };
  const light = ([r, g, b]) => [r, g, b]
    .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ink = light(numbers(getComputedStyle(element).color)), paper = light(behind(element));
  return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_have_enough_contrast(visit: Visit, scheme: str) -> None:
    """WCAG 2 AA: 4.5 to 1 for text; the formula is the one of its definition of contrast ratio."""
    page = visit(1280, 800, scheme)
    ask(page, "园内有什么")
    ask(page, "火星上有什么")
    ask(page, "那荷花呢").locator(".mark").first.click()
    expect(inside(page).locator("mark.focus").first).to_be_in_viewport()
    selector = (
        ".brand h1, .brand p, #clear, #ask, .status, .note, .words, .mark, .number, .title, .date, .heading"
    )
    for one in page.locator(
        f"{selector}, blockquote, summary, .facts, .tools a, .tools button:visible, .scope button, .scope li"
    ).all():
        assert one.evaluate(LUMINANCE) >= 4.5, one.evaluate("node => node.outerHTML")


def test_page_waits_for_the_index_and_then_works_by_itself(browser: Browser) -> None:
    library = TwoDocuments()
    library.is_ready = False
    with serving(application(library)) as url:
        page = browser.new_page()
        page.goto(url)
        expect(page.get_by_role("alert")).to_contain_text("正在准备索引")
        library.is_ready = True
        expect(page.locator(".documents")).to_be_visible(timeout=10_000)
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(ask(page, "樱花什么时候开").locator(".status")).to_have_text("有据")
        page.close()


def test_a_newcomer_sees_a_highlighted_citation_after_one_click_and_one_key(visit_lake: Visit) -> None:
    page = visit_lake()
    page.locator(".examples button").first.click()
    expect(page.locator(".turn .citations")).to_be_visible()
    expect(page.locator("#conversation")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("1")
    expect(inside(page).locator("mark.focus").first).to_be_in_viewport()


def test_the_source_stands_beside_other_views_only_while_it_is_open(visit_lake: Visit) -> None:
    page = visit_lake(1440, 900)
    expect(page.locator("#source")).to_be_visible()
    page.locator("#view-documents-button").click()
    expect(page.locator("#source")).to_be_hidden()
    page.locator("#view-documents").get_by_role("button", name="东岭水厂简报").first.click()
    expect(inside(page).locator("main")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    page.locator("#view-asking-button").click()
    expect(page.locator("#source")).to_be_visible()
