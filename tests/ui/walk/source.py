"""Item 2: reading the source behind an answer."""

from playwright.sync_api import expect

from tests.ui.walk.asking import FACT
from tests.ui.walk.visitor import Visitor

TABLE = "东岭水厂负责人贺兰的年供水量是多少"
HEADING = "(一)热线的运行"
FOUND = "document.getElementById('source-frame').contentWindow.CSS.highlights.get('found').size"


def source(visitor: Visitor) -> None:
    """A person who checks what an answer says."""
    goes_through_citations(visitor)
    finds_the_way_about(visitor)
    takes_words_along(visitor)
    visitor.leaves_source()
    looks_at_pages(visitor)
    visitor.leaves_source()
    visitor.button("clear").click()
    expect(visitor.page.locator(".turn")).to_have_count(0)


def goes_through_citations(visitor: Visitor) -> None:
    """Next and previous lead over all that is cited, in whichever document, each marked."""
    page = visitor.page
    turn = visitor.asks(FACT)
    turn.locator(".words .mark").first.click()
    visitor.sees_cited("20万吨")
    titles = turn.locator(".citations .title").all_text_contents()
    counter, heading = page.locator(".places .at"), page.locator("#source h2")
    for number, key in ((1, ""), (2, "source.next"), (1, "source.previous"), (2, "source.next")):
        if key:
            visitor.button(key).click()
        expect(counter).to_have_text(f"{number} / 2")
        expect(heading).to_have_text(titles[number - 1])
        expect(visitor.source.locator("mark.focus").first).to_be_in_viewport()
    visitor.looks("2-source")
    visitor.looks_inside("2-source")


def finds_the_way_about(visitor: Visitor) -> None:
    """The contents lead to a heading, and words are found."""
    page = visitor.page
    if "工作报告" not in (page.locator("#source h2").text_content() or ""):
        visitor.button("source.previous").click()
        expect(page.locator("#source h2")).to_contain_text("工作报告")
        expect(visitor.source.locator("mark.focus").first).to_be_in_viewport()
    contents = visitor.button("source.contents")
    contents.click()
    visitor.looks("2-contents", "#source-head")
    page.locator("#source-contents").get_by_role("button", name=HEADING).click()
    expect(visitor.source.get_by_role("heading", name=HEADING)).to_be_focused()
    expect(visitor.source.get_by_role("heading", name=HEADING)).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(contents).to_have_attribute("aria-expanded", "false")
    visitor.button("source.find").click()
    box = page.get_by_role("searchbox", name=visitor.reads("source.words"))
    expect(box).to_be_focused()
    page.keyboard.type("集团")
    count = (visitor.source.locator("main").text_content() or "").count("集团")
    said = page.locator("#source-head .said")
    expect(said).to_have_text(visitor.reads("source.found", at=1, count=count))
    assert page.evaluate(FOUND) == count
    page.keyboard.press("Enter")
    expect(said).to_have_text(visitor.reads("source.found", at=2, count=count))
    visitor.looks("2-find", "#source-head")
    page.keyboard.press("Escape")
    expect(visitor.button("source.find")).to_be_focused()


def takes_words_along(visitor: Visitor) -> None:
    """The quote is copied with its reference; the link opens a page of its own at the same words."""
    page = visitor.page
    cited = "".join(visitor.source.locator("mark.focus").all_text_contents())
    visitor.button("source.copy").click()
    expect(page.locator("#source-head .said")).to_have_text(visitor.reads("source.copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{cited}”\n——《镜湖市水务集团2024年工作报告》(2025-01-15),水务/年报.txt [")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=visitor.reads("view"), exact=True).click()
    other = opened.value
    expect(other.locator("#hit")).to_be_in_viewport()
    assert "".join(other.locator("mark.focus").all_text_contents()) == cited
    assert other.evaluate("document.documentElement.scrollWidth") <= visitor.width
    other.close()


def looks_at_pages(visitor: Visitor) -> None:
    """A PDF is read as text and seen as it was printed, the cited line marked in both."""
    page = visitor.page
    visitor.asks(TABLE).locator(".mark").first.click()
    visitor.sees_cited("1200万吨")
    picture = visitor.button("source.picture")
    picture.click()
    expect(picture).to_have_attribute("aria-pressed", "true")
    image = page.get_by_role("img", name=visitor.reads("source.page", page=2))
    page.wait_for_function("document.querySelector('#source-pages img[data-page=\"2\"]').naturalWidth > 1000")
    expect(image).to_be_in_viewport(ratio=0.3)
    visitor.looks("2-page", "#source")
    picture.click()
    expect(visitor.source.locator("main")).to_be_visible()
