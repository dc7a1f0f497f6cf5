"""Item 5: why a question finds what it finds."""

from playwright.sync_api import expect

from tests.ui.walk.asking import FACT
from tests.ui.walk.visitor import Visitor
from ui.inspection.bars import STAGES

LEGS = ("inspect.sentences", "inspect.passages", "inspect.gist", "inspect.characters")


def inspection(visitor: Visitor) -> None:
    """A person who wonders about a result."""
    page = visitor.page
    visitor.goes_to("inspection")
    page.get_by_role("textbox", name=visitor.reads("inspect.question")).fill(FACT)
    visitor.button("inspect.run").click()
    expect(page.locator(".inspection .asked")).to_have_text(FACT)
    takes_the_best_passage_apart(visitor)
    sees_what_took_the_time(visitor)
    visitor.looks("5-inspection")
    page.locator(".found button.open").first.press("Enter")
    visitor.sees_cited("东岭水厂日供水能力达到20万吨")
    visitor.leaves_source()
    goes_over_the_map(visitor)


def takes_the_best_passage_apart(visitor: Visitor) -> None:
    """Every leg's part as a bar and its score and rank as numbers; fusion, ranker, matched words."""
    first = visitor.page.locator(".found").first
    expect(first.locator(".moved")).to_contain_text("→")
    expect(first.locator("p.said mark").first).to_contain_text("东岭水厂")
    for leg in LEGS:
        bar = first.locator(".bars li").filter(has_text=visitor.reads(leg))
        expect(bar.locator(".bar")).to_be_attached()
    first.locator("summary").click()
    table = first.locator(".scores").first
    for key in ("inspect.score", "inspect.rank", "inspect.standard", "inspect.weight"):
        expect(table.get_by_role("columnheader", name=visitor.reads(key), exact=True)).to_be_visible()
    for leg in LEGS:
        expect(table.get_by_role("rowheader", name=visitor.reads(leg), exact=True)).to_be_visible()
    expect(first.locator(".scores").last).to_contain_text("东岭水厂日供水能力达到20万吨")


def sees_what_took_the_time(visitor: Visitor) -> None:
    """Every stage with its milliseconds, and why there is an answer."""
    page = visitor.page
    expect(page.locator(".step-list li")).to_have_count(len(STAGES))
    for key in STAGES.values():
        expect(page.locator(".step-list li").filter(has_text=visitor.reads(key)).first).to_be_visible()
    expect(page.locator(".decision .status")).to_have_text(visitor.reads("answered"))


def goes_over_the_map(visitor: Visitor) -> None:
    """The question and its hits among all passages; a point opens its passage."""
    page = visitor.page
    asked = page.locator("svg.map .asked-point")
    asked.scroll_into_view_if_needed()
    expect(asked).to_have_count(1)
    expect(page.locator("svg.map .hit")).not_to_have_count(0)
    colours = page.locator("svg.map .points path:first-child").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill + getComputedStyle(one).stroke)"
    )
    assert len(set(colours)) == len(colours) > 1  # each document has its own
    visitor.looks("5-map", "svg.map")
    page.locator("svg.map .hit").first.dispatch_event("click")
    expect(visitor.source.locator("mark.focus").first).to_be_in_viewport()
    visitor.leaves_source()
