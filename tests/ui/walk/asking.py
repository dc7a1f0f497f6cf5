"""Item 1: asking, reading answers and their citations, and what becomes of the conversation."""

import io

import docx
from playwright.sync_api import Locator, expect

from qa.types import Status
from tests.ui.walk.city import NINE
from tests.ui.walk.visitor import Visitor

FACT, SHORT = "东岭水厂日供水能力是多少", "20万吨"
LIST = "碧湖公园推出了哪些便民服务"
PARTIAL = "西岭泵站新增了多少台机组"
CONFLICT, FOLLOW_UP = "镜湖市图书馆馆长是谁", "那老馆呢"
EDITED, HOLDINGS = "市图书馆藏书多少册", "一百二十万册"
NOWHERE = "火星上有几座水厂"
STEPS = """() => {
  window.steps = [];
  const look = () => {
    const turn = document.querySelector('#conversation .turn:last-child');
    if (!turn) return;
    const step = [!!turn.querySelector('.citations'), !!turn.querySelector('.words')].join();
    if (window.steps.at(-1) !== step) window.steps.push(step);
  };
  const log = document.getElementById('conversation');
  new MutationObserver(look).observe(log, {childList: true, subtree: true});
}"""
SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"
COLOUR = "element => getComputedStyle(element).color"


def asking(visitor: Visitor) -> None:
    """A person who came with questions, until they start anew."""
    is_offered_questions(visitor)
    asks_by_keyboard(visitor)
    rests_on_a_mark(visitor)
    opens_citations_by_their_numbers(visitor)
    reads_the_four_statuses(visitor)
    follows_up(visitor)
    takes_the_conversation_along(visitor)
    starts_anew(visitor)


def is_offered_questions(visitor: Visitor) -> None:
    """One click on a suggested question and one key show a citation."""
    page = visitor.page
    visitor.looks("1-welcome")
    offered = page.locator(".examples button").first
    question = offered.text_content() or ""
    offered.click()
    turn = visitor.answered(question)
    page.keyboard.press("1")
    visitor.sees_cited((turn.locator("blockquote").first.text_content() or "").split("\n")[0])
    visitor.leaves_source()


def asks_by_keyboard(visitor: Visitor) -> None:
    """``/``, the question, Enter: the citations are there before the text."""
    page = visitor.page
    page.evaluate(STEPS)
    page.keyboard.press("/")
    box = page.get_by_role("textbox", name=visitor.reads("question"), exact=True)
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-keyshortcuts", "/")
    page.keyboard.type(LIST)
    page.keyboard.press("Enter")
    turn = visitor.answered(LIST)
    assert page.evaluate("window.steps")[-3:] == ["false,false", "true,false", "true,true"]
    expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")
    expect(turn.locator(".words .mark")).to_have_count(len(NINE))


def rests_on_a_mark(visitor: Visitor) -> None:
    """A mark's card tells quote, document and date, to the pointer and to the keyboard."""
    page = visitor.page
    mark = visitor.answered(LIST).locator(".words .mark").nth(1)
    card = page.get_by_role("tooltip")
    mark.hover()
    for words in (NINE[1], "碧湖公园便民服务", "2024-06-01"):
        expect(card).to_contain_text(words)
    expect(card).to_be_in_viewport(ratio=1)
    visitor.looks("1-card", ".card")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    visitor.answered(LIST).locator(".words .mark").nth(2).focus()
    page.keyboard.press("Shift+Tab")
    expect(card).to_contain_text(NINE[1])
    expect(mark).to_have_attribute("aria-describedby", "card")
    page.keyboard.press("Enter")
    visitor.sees_cited(NINE[1])
    visitor.leaves_source()
    expect(mark).to_be_focused()


def opens_citations_by_their_numbers(visitor: Visitor) -> None:
    """Each key from 1 to 9 opens the source at the words of its number."""
    page = visitor.page
    for number, words in enumerate(NINE, 1):
        page.keyboard.press(str(number))
        expect(page.locator(".places .at")).to_have_text(f"{number} / {len(NINE)}")
        visitor.sees_cited(words)
    visitor.leaves_source()


def reads_the_four_statuses(visitor: Visitor) -> None:
    """Each status has its words and its colour; the short answer is larger; a refusal says so."""
    turn = visitor.asks(FACT)
    expect(turn.locator(".short")).to_contain_text(SHORT)
    assert turn.locator(".short").evaluate(SIZE) > turn.locator(".words").evaluate(SIZE)
    colours = [
        status_of(visitor, turn, "answered"),
        status_of(visitor, visitor.asks(PARTIAL), "partial"),
        status_of(visitor, visitor.asks(NOWHERE), "not_found"),
    ]
    sees_what_is_no_answer(visitor, visitor.answered(NOWHERE))
    turn = visitor.asks(CONFLICT)
    colours.append(status_of(visitor, turn, "conflict"))
    compares(visitor, turn)
    assert len(set(colours)) == 4
    visitor.looks("1-conflict")


def status_of(visitor: Visitor, turn: Locator, status: Status) -> str:
    """The colour of a status that reads as it should."""
    expect(turn.locator(".status")).to_have_text(visitor.reads(status))
    colour = turn.locator(".status").evaluate(COLOUR)
    assert isinstance(colour, str)
    return colour


def sees_what_is_no_answer(visitor: Visitor, turn: Locator) -> None:
    """The nearest passages are folded, named as no answer, and open."""
    expect(turn.locator(".words")).to_have_text(visitor.reads("not_found.message"))
    nearest = turn.locator("details.nearest")
    expect(nearest.locator("li").first).to_be_hidden()
    count = nearest.locator("li").count()
    expect(nearest.locator("summary")).to_have_text(visitor.reads("nearest", count=count))
    nearest.locator("summary").click()
    expect(visitor.button("ask")).to_be_in_viewport(ratio=1)
    visitor.looks("1-refusal", ".turn:last-child")
    nearest.locator("button.open").first.click()
    expect(visitor.source.locator("mark.focus").first).to_be_in_viewport()
    visitor.leaves_source()


def compares(visitor: Visitor, turn: Locator) -> None:
    """What disagrees stands in two columns under its dates; on a phone one below the other."""
    sides = turn.locator(".side")
    expect(sides.locator(".when")).to_have_text(["2025-03-08", "2019-06-01"])
    expect(sides.first).to_contain_text("林晓舟")
    expect(sides.last).to_contain_text("沈知白")
    left, right = sides.first.bounding_box(), sides.last.bounding_box()
    assert left
    assert right
    assert (left["y"] == right["y"]) == (not visitor.phone)


def follows_up(visitor: Visitor) -> None:
    """The question that was searched in place of a follow-up is shown, and edited where it stands."""
    turn = visitor.asks(FOLLOW_UP)
    expect(turn.locator(".searched")).to_contain_text("馆长")
    expect(turn.locator(".words")).to_contain_text("沈知白")
    turn.get_by_role("button", name=visitor.reads("rewrite"), exact=True).click()
    box = turn.get_by_role("textbox", name=visitor.reads("rewriting"))
    expect(box).to_be_focused()
    visitor.looks("1-edit", ".understood")
    box.fill(EDITED)
    box.press("Enter")
    expect(visitor.answered(EDITED).locator(".short")).to_contain_text(HOLDINGS)
    expect(visitor.page.locator(".asked", has_text=FOLLOW_UP)).to_have_count(0)


def takes_the_conversation_along(visitor: Visitor) -> None:
    """A reload keeps it; Markdown and Word hold what was asked, quoted and cited."""
    page = visitor.page
    asked = page.locator(".asked").all_text_contents()
    page.reload()
    expect(page.locator(".asked")).to_have_text(asked)
    if visitor.language == "en":
        page.get_by_role("button", name="English").click()
        expect(visitor.button("markdown")).to_be_visible()
    for key, name in (("markdown", "talk.md"), ("word", "talk.docx")):
        with page.expect_download() as saved:
            visitor.button(key).click()
        assert saved.value.suggested_filename.startswith(visitor.reads("transcript"))
        saved.value.save_as(visitor.downloads / name)
    markdown = (visitor.downloads / "talk.md").read_text(encoding="utf-8")
    document = docx.Document(io.BytesIO((visitor.downloads / "talk.docx").read_bytes()))
    word = "\n".join(one.text for one in document.paragraphs)
    for said in (*asked, *NINE, SHORT, HOLDINGS, visitor.reads("references"), visitor.reads("conflict")):
        assert said in markdown
        assert said in word
    assert f"> 一是{NINE[0]}" in markdown
    assert f"一是{NINE[0]}。" in [
        one.text for one in document.paragraphs if one.style and one.style.name == "Quote"
    ]


def starts_anew(visitor: Visitor) -> None:
    """A new conversation is empty, and stays so."""
    page = visitor.page
    visitor.button("clear").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".examples button").first).to_be_visible()
