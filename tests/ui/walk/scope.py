"""Item 3: asking only some of the documents."""

from playwright.sync_api import Locator, expect

from tests.ui.walk.asking import FACT
from tests.ui.walk.city import COLLECTION
from tests.ui.walk.visitor import Visitor

REPORT, TITLE = "水务/年报.txt", "镜湖市水务集团2024年工作报告"
CHOICES = (
    ("doc_ids", REPORT, TITLE, "工作报告"),
    ("sources", "镜湖水务网", "镜湖水务网", "水务网"),
    ("formats", "txt", "TXT", "txt"),
)
"""Kind, value, label of the chip, and what is typed to find it."""


def scope(visitor: Visitor) -> None:
    """A person who knows where the answer ought to be."""
    page = visitor.page
    opens = visitor.button("scope")
    opens.click()
    expect(opens).to_have_attribute("aria-expanded", "true")
    narrows(visitor)
    page.keyboard.press("Escape")
    expect(opens).to_be_focused()
    asks_within(visitor)
    asks_a_collection(visitor)


def chip(visitor: Visitor, label: str) -> Locator:
    return visitor.button("scope.drop", label=label)


def narrows(visitor: Visitor) -> None:
    """A document, a source, a type and days are added; each is a chip that takes it away again."""
    page = visitor.page
    box = page.get_by_role("textbox", name=visitor.reads("scope.typed"))
    expect(box).to_be_focused()
    for kind, value, label, typed in CHOICES:
        box.fill(typed)
        page.locator(f'#scope-choices [data-kind="{kind}"][data-value="{value}"]').click()
        expect(chip(visitor, label)).to_be_visible()
    since = page.get_by_role("textbox", name=visitor.reads("scope.from"), exact=True)
    until = page.get_by_role("textbox", name=visitor.reads("scope.to"), exact=True)
    for days, day in ((since, "2024年"), (until, "2025-06")):
        days.fill(day)
        days.press("Enter")
    labels = [label for _, _, label, _ in CHOICES]
    labels += [visitor.reads("scope.since", day="2024"), visitor.reads("scope.until", day="2025-06")]
    expect(chip(visitor, labels[-1])).to_be_visible()
    expect(page.locator(".chip")).to_have_count(len(labels))
    expect(page.locator(".examples")).to_be_visible()
    expect(page.locator(".examples")).not_to_contain_text("碧湖公园")  # its document is out of scope
    visitor.looks("3-scope", "#composer")
    for left, label in enumerate(labels[:0:-1], 1):
        chip(visitor, label).press("Enter")
        expect(page.locator(".chip")).to_have_count(len(labels) - left)
    expect(visitor.button("scope")).to_be_focused()


def asks_within(visitor: Visitor) -> None:
    """What the chosen documents do not say is not in the documents; without the chip it is."""
    page = visitor.page
    outside = "新馆在哪里"
    expect(visitor.asks(outside).locator(".status")).to_have_text(visitor.reads("not_found"))
    chip(visitor, TITLE).click()
    expect(page.locator(".chip")).to_have_count(0)
    visitor.button("clear").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(visitor.asks(outside).locator(".status")).to_have_text(visitor.reads("answered"))
    visitor.button("clear").click()


def asks_a_collection(visitor: Visitor) -> None:
    """Another collection is asked, quoted from and left."""
    page = visitor.page
    visitor.button("scope").click()
    page.get_by_label(visitor.reads("scope.collection")).click()
    page.get_by_role("option", name=COLLECTION).click()
    expect(chip(visitor, COLLECTION)).to_be_visible()
    page.keyboard.press("Escape")
    expect(visitor.button("scope")).to_have_attribute("aria-expanded", "false")
    turn = visitor.asks("供水单位应当怎样供水")
    visitor.looks("3-collection", "#composer")
    turn.locator(".mark").first.click()
    visitor.sees_cited("昼夜供水")
    visitor.leaves_source()
    chip(visitor, COLLECTION).click()
    expect(page.locator(".chip")).to_have_count(0)
    visitor.button("clear").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(visitor.asks(FACT).locator(".status")).to_have_text(visitor.reads("answered"))
    visitor.button("clear").click()
    expect(page.locator(".turn")).to_have_count(0)
