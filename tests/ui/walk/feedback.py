"""Item 7: answers are judged, and a complaint becomes a test."""

from playwright.sync_api import Locator, expect

from qa.evaluation import Gold, parse_questions
from tests.lake_city import INTERVIEW
from tests.ui.walk.asking import CONFLICT, FACT, LIST, PARTIAL
from tests.ui.walk.visitor import Visitor
from ui.feedback.render import REASONS

ABSENT, RIGHT, DOCUMENT = "旧馆什么时候搬走", "去年搬进新馆", "图书馆/访谈.txt"
JUDGED = dict(zip(REASONS, (PARTIAL, CONFLICT, LIST, ABSENT), strict=True))
"""Each reason, and the question whose answer is complained of."""
PLACE = """words => {
  const main = document.getElementById('source-frame').contentDocument.querySelector('main');
  const walker = main.ownerDocument.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = main.ownerDocument.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    walker.currentNode.parentElement.scrollIntoView({ block: 'center' });
    const [first] = range.getClientRects(), last = [...range.getClientRects()].at(-1);
    return [first.left, (first.top + first.bottom) / 2, last.right, (last.top + last.bottom) / 2];
  }
}"""


def feedback(visitor: Visitor) -> str:
    """A person who says whether answers are right; gives the question file that comes of it."""
    visitor.goes_to("asking")
    turn = visitor.asks(FACT)
    good = turn.get_by_role("button", name=visitor.reads("feedback.good"), exact=True)
    good.press("Enter")
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(turn.locator(".told")).to_have_text(visitor.reads("feedback.thanks"))
    for reason, question in JUDGED.items():
        complains(visitor, visitor.asks(question), reason)
    return reads_what_was_said(visitor)


def complains(visitor: Visitor, turn: Locator, reason: str) -> None:
    """The thumb down, a reason, and where it should have been answered the words that are the answer."""
    page = visitor.page
    bad = turn.get_by_role("button", name=visitor.reads("feedback.bad"), exact=True)
    bad.click()
    form = page.get_by_role("dialog", name=visitor.reads("feedback.why"))
    form.get_by_label(visitor.reads(f"feedback.{reason}")).check()
    if reason == "answerable":
        visitor.looks("7-form", "dialog[open]")
        marks_the_answer(visitor, turn)
    form.get_by_role("button", name=visitor.reads("feedback.send"), exact=True).click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(bad).to_be_focused()


def marks_the_answer(visitor: Visitor, turn: Locator) -> None:
    """The words are selected with the pointer, in the document, beside the form."""
    page = visitor.page
    turn.locator("summary").press("Enter")
    turn.locator(".nearest button.open").filter(has_text="书香伴着湖光来").first.press("Enter")
    expect(visitor.source.locator("mark.focus").first).to_be_in_viewport()
    visitor.looks("7-marking", ".marking")
    left, top, right, bottom = page.evaluate(PLACE, RIGHT)
    frame = page.locator("#source-frame").bounding_box()
    assert frame
    x, y = frame["x"], frame["y"]
    visitor.drags((x + left + 1, y + top), (x + right - 1, y + bottom))
    visitor.button("feedback.here").click()
    expect(page.locator(".marking .told")).to_have_text(visitor.reads("feedback.marked", words=RIGHT))
    visitor.button("close").click()
    expect(page.locator(".rater .marks")).to_contain_text(RIGHT)


def reads_what_was_said(visitor: Visitor) -> str:
    """The list has every opinion with its reason; the file has the questions, read as an evaluation does."""
    page = visitor.page
    visitor.goes_to("feedback")
    opinions = page.locator(".opinion")
    expect(opinions).to_have_count(1 + len(JUDGED))
    for reason, question in JUDGED.items():
        opinion = opinions.filter(has=page.get_by_role("heading", name=question, exact=True))
        expect(opinion.locator(".verdict")).to_contain_text(visitor.reads("feedback.bad.said"))
        expect(opinion.locator(".verdict")).to_contain_text(visitor.reads(f"feedback.{reason}"))
    expect(opinions.filter(has_text=ABSENT).locator(".spans")).to_contain_text(RIGHT)
    visitor.looks("7-feedback")
    with page.expect_download() as saved:
        page.get_by_role("link", name=visitor.reads("feedback.export")).click()
    saved.value.save_as(visitor.downloads / "feedback.jsonl")
    text = (visitor.downloads / "feedback.jsonl").read_text(encoding="utf-8")
    questions = {one.text: one for one in parse_questions(text, "feedback.jsonl")}
    assert questions.keys() == {FACT, ABSENT}
    start = INTERVIEW.index(RIGHT)
    assert questions[ABSENT].evidence == (Gold(DOCUMENT, start, start + len(RIGHT)),)
    return text
