"""The conversation as a person uses it, in a real browser."""

import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.asking_page import ask, inside
from tests.ui.conftest import ARTIFACTS, Visit
from tests.ui.test_page import marked
from tests.ui.two_documents import ACROSS_LINES, ANSWERS, NOTES, PARK, TwoDocuments

QUESTIONS = ("樱花什么时候开", "园内有什么")
TURNS = 2000
KEY = "0123456789abcdef" * 2


def box_in_viewport(page: Page, part: Locator) -> bool:
    box, size = part.bounding_box(), page.viewport_size
    assert box
    assert size
    right, bottom = box["x"] + box["width"], box["y"] + box["height"]
    return box["x"] >= 0 and box["y"] >= 0 and right <= size["width"] and bottom <= size["height"]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_a_mark_has_a_card_for_pointer_and_keyboard(visit: Visit, width: int, scheme: str) -> None:
    page = visit(width, 740, scheme)
    turn = ask(page, "那荷花呢")
    card = page.get_by_role("tooltip")
    turn.locator(".mark").last.hover()
    expect(card).to_contain_text("荷花在八月开放")
    expect(card).to_contain_text(NOTES.title)
    expect(card).to_contain_text("日期不详")
    assert box_in_viewport(page, card)
    page.screenshot(path=ARTIFACTS / f"card-{width}-{scheme}.png")
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    page.locator("#question textarea").focus()
    page.keyboard.press("Shift+Tab")
    while not page.evaluate("document.activeElement.matches('.mark')"):
        page.keyboard.press("Shift+Tab")
    expect(card).to_contain_text("荷花在八月开放")
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "card"
    assert box_in_viewport(page, card)
    page.keyboard.press("Enter")
    expect(inside(page).locator("mark.focus")).to_be_focused()
    expect(card).to_have_count(0)


def test_keys_focus_the_question_and_open_citations_but_not_while_typing(visit: Visit) -> None:
    page = visit()
    ask(page, "那荷花呢")
    ask(page, "园内有什么")
    question = page.locator("#question textarea")
    question.fill("")
    question.press_sequentially("1/2")
    expect(question).to_have_value("1/2")
    expect(page.locator("body")).not_to_have_class(re.compile("reading"))
    question.blur()
    page.keyboard.press("1")
    expect(inside(page).locator("mark.focus")).to_be_focused()
    assert marked(page) == "<b>园内</b> & 园外都能看到"
    page.keyboard.press("Escape")
    expect(page.locator("body")).not_to_have_class(re.compile("reading"))
    page.locator(".turn").first.locator(".mark").first.focus()
    page.keyboard.press("2")
    expect(page.locator("#source h2")).to_have_text(NOTES.title)
    expect(inside(page).locator("mark.focus")).to_be_focused()
    assert marked(page) == "荷花在八月开放"
    page.keyboard.press("Escape")
    expect(page.locator("body")).not_to_have_class(re.compile("reading"))
    page.keyboard.press("9")
    expect(page.locator("body")).not_to_have_class(re.compile("reading"))
    page.keyboard.press("/")
    expect(question).to_be_focused()
    expect(question).to_have_value("1/2")


def test_who_types_on_while_a_source_opens_keeps_the_keyboard(visit: Visit) -> None:
    page = visit()
    ask(page, "园内有什么")
    question = page.locator("#question textarea")
    page.evaluate(
        "document.querySelector('.mark').click(), document.querySelector('#question textarea').focus()"
    )
    page.keyboard.type("那荷花")
    expect(page.locator("body")).to_have_class(re.compile("reading"))
    expect(inside(page).locator("mark.focus")).to_be_visible()
    page.keyboard.type("呢")
    expect(question).to_have_value("那荷花呢")
    page.keyboard.press("Escape")
    page.locator(".mark").first.click()
    expect(inside(page).locator("mark.focus")).to_be_focused()


def test_single_keys_are_listed_and_switched_off_for_good(visit: Visit) -> None:
    page = visit(360, 740, "dark")
    ask(page, "那荷花呢")
    question = page.locator("#question textarea")
    question.press("?")
    expect(question).to_have_value("?")
    question.fill("")
    question.blur()
    page.keyboard.press("?")
    single = page.get_by_role("switch", name="单键快捷键")
    expect(single).to_be_checked()
    page.screenshot(path=ARTIFACTS / "keys-360-dark.png")
    assert box_in_viewport(page, page.locator(".key-list"))
    page.keyboard.press("Escape")
    expect(single).to_be_hidden()
    expect(page.locator("details.keys summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(single).to_be_focused()
    page.keyboard.press("Space")
    expect(single).not_to_be_checked()
    for key in ("1", "/", "?"):
        page.keyboard.press(key)
    expect(single).to_be_focused()
    expect(page.locator("body")).not_to_have_class(re.compile("reading"))
    expect(question).not_to_have_attribute("aria-keyshortcuts", "/")
    page.reload()
    expect(page.locator(".asked")).to_be_visible(timeout=20_000)
    page.get_by_text("快捷键", exact=True).click()
    expect(single).not_to_be_checked()
    page.get_by_role("button", name="English", exact=True).click()
    english = page.get_by_role("switch", name="Single-key shortcuts")
    page.get_by_text("Keys", exact=True).click()
    expect(english).not_to_be_checked()
    english.click()
    page.locator(".asked").click()
    expect(english).to_be_hidden()
    page.keyboard.press("/")
    expect(question).to_be_focused()


def test_clearing_can_be_undone_until_the_next_question(visit: Visit, library: TwoDocuments) -> None:
    page = visit(1440, 800)
    for question in QUESTIONS:
        ask(page, question)
    page.get_by_role("button", name="新对话").click()
    undo = page.get_by_role("button", name="撤销")
    expect(undo).to_be_visible()
    page.screenshot(path=ARTIFACTS / "cleared-1440-light.png")
    undo.click()
    expect(page.locator(".asked")).to_have_text(list(QUESTIONS))
    expect(page.locator("#clear")).to_be_focused()
    page.locator("#clear").click()
    page.get_by_role("button", name="English", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".asked")).to_have_text(list(QUESTIONS))
    page.locator("#clear").click()
    ask(page, "那荷花呢")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    key = page.evaluate("localStorage['qingwen.conversation']")
    assert [one.question for one in library.transcripts.load(key)] == ["那荷花呢"]


def test_the_rewritten_question_is_edited_in_place(visit: Visit, library: TwoDocuments) -> None:
    page = visit(360, 740)
    ask(page, "那荷花呢")
    ask(page, "火星上有什么")
    first = page.locator(".turn").first
    first.get_by_role("button", name="修改").click()
    box = first.get_by_role("textbox", name="要查找的问题")
    expect(box).to_be_focused()
    expect(box).to_have_value("荷花什么时候开")
    page.screenshot(path=ARTIFACTS / "edit-360-light.png")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    box.press("Escape")
    expect(box).to_be_hidden()
    first.get_by_role("button", name="修改").click()
    box.fill("樱花什么时候开")
    box.press("Enter")
    expect(first.locator(".asked")).to_have_text("樱花什么时候开")
    expect(first.locator(".words")).to_contain_text("三月下旬")
    expect(page.locator(".asked")).to_have_text(["樱花什么时候开", "火星上有什么"])
    assert library.heard[-1] == ()


def test_the_conversation_outlives_a_reload_until_it_is_cleared(visit: Visit, library: TwoDocuments) -> None:
    page = visit()
    for question in QUESTIONS:
        ask(page, question)
    page.reload()
    expect(page.locator(".asked")).to_have_text(list(QUESTIONS))
    page.locator(".turn").first.locator(".mark").click()
    expect(inside(page).locator("mark.focus")).to_be_focused()
    assert marked(page) == "𠮷野樱在三月下旬开放"
    ask(page, "那荷花呢")
    assert [turn.question for turn in library.heard[-1]] == list(QUESTIONS)
    key = page.evaluate("localStorage['qingwen.conversation']")
    assert len(library.transcripts.load(key)) == 3
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    assert library.transcripts.load(key) == []
    page.reload()
    expect(page.locator(".examples button")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_the_conversation_is_saved_as_markdown_and_word(visit: Visit, tmp_path: Path) -> None:
    page = visit()
    ask(page, "那荷花呢")
    for _ in range(2):  # the same file twice
        with page.expect_download() as saved:
            page.get_by_role("button", name="导出 Markdown").click()
        assert re.fullmatch(r"青问对话 \d{4}-\d\d-\d\d\.md", saved.value.suggested_filename)
    saved.value.save_as(tmp_path / "talk.md")
    assert f"> {ACROSS_LINES.splitlines()[1]}" in (tmp_path / "talk.md").read_text(encoding="utf-8")
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出 Word").click()
    saved.value.save_as(tmp_path / "talk.docx")
    document = docx.Document(io.BytesIO((tmp_path / "talk.docx").read_bytes()))
    assert ACROSS_LINES in [one.text for one in document.paragraphs]


def test_what_is_announced(visit: Visit) -> None:
    page = visit()
    turn = ask(page, "樱花什么时候开")
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-busy", "false")
    expect(log.get_by_role("button", name=f"打开出处 1:{PARK.title}")).to_have_count(2)
    page.get_by_role("textbox", name="问题").focus()
    expect(page.get_by_role("textbox", name="问题")).to_have_attribute("aria-keyshortcuts", "/")
    expect(turn.get_by_role("heading", name="樱花什么时候开")).to_be_visible()


MEASURE = """() => {
  window.slow = {};
  performance.clearResourceTimings();
  const note = (name, since) => {
    const longest = Math.max(window.slow[name] ?? 0, performance.now() - since);
    window.slow[name] = Math.round(longest);
  };
  const painted = action => requestAnimationFrame(() => setTimeout(action));
  const shown = () => document.body.classList.contains('reading')
    && document.getElementById('source-frame').contentDocument?.querySelector('mark.focus');
  const opening = since => shown() ? note('opened', since) : requestAnimationFrame(() => opening(since));
  for (const name of ['input', 'keydown', 'click'])
    document.addEventListener(name, event => {
      const since = event.timeStamp;
      painted(() => note(name, since));
      if (event.key === 'Enter') window.asked = since;
      if (name === 'click' && event.target.matches('.mark')) opening(since);
    }, true);
  new MutationObserver(() => {
    const turn = document.querySelector('#conversation .turn:last-child');
    if (turn.querySelector('.words')) note('answered', window.asked);
    else if (turn.querySelector('.pending')) note('pending', window.asked);
  }).observe(document.getElementById('conversation'), {childList: true, subtree: true});
}"""


@pytest.mark.timeout(280)
def test_two_thousand_turns_stay_responsive(visit: Visit, library: TwoDocuments) -> None:
    for number in range(TURNS):
        question, answer = list(ANSWERS.items())[number % len(ANSWERS)]
        library.transcripts.keep(KEY, f"第{number}问 {question}", replace(answer, query=question))
    page = visit()

    def until(condition: str) -> None:
        """Wait for what a script sees: locators that look at so much keep the page busy themselves."""
        page.wait_for_function(condition, polling=50, timeout=60_000)

    page.evaluate(f"localStorage['qingwen.conversation'] = '{KEY}'")
    page.reload()
    until("document.querySelector('.turn')")
    count = "document.querySelectorAll('.turn').length"
    shown = page.evaluate(count)
    assert shown < 50
    while shown < TURNS:
        page.evaluate("document.querySelector('.older button').click()")
        until(f"{count} > {shown}")
        shown = page.evaluate(count)
    assert page.evaluate("document.querySelector('.older')") is None
    page.evaluate(MEASURE)
    page.locator("#question textarea").focus()
    for char in "樱花什么时候开":
        page.keyboard.insert_text(char)
        page.evaluate("new Promise(requestAnimationFrame)")
    page.keyboard.press("Enter")
    until(f"{count} == {TURNS + 1} && [...document.querySelectorAll('.turn')].at(-1).querySelector('.words')")
    for turn in (TURNS, TURNS // 2):
        page.locator(f'.turn[data-turn="{turn}"] .mark').first.click(timeout=60_000)
        until("document.activeElement.contentDocument?.activeElement.matches('mark.focus')")
        page.keyboard.press("Escape")
        until("!document.body.classList.contains('reading')")
    assert page.locator(f'.turn[data-turn="{TURNS}"] .words').text_content() == "𠮷野樱在三月下旬开放。[1]"
    slow = page.evaluate("window.slow")
    print("\nms with 2,000 turns:", slow)
    assert {"input", "keydown", "click", "pending", "answered", "opened"} == slow.keys()
    assert max(slow.values()) < 2000  # rendering or sending all of it takes many seconds
    sent = page.evaluate("performance.getEntriesByType('resource').map(one => one.encodedBodySize)")
    assert 0 < max(sent) < 20_000  # bytes: never more than one turn, or the document that was opened
