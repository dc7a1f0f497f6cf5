"""Item 6: question files are run, their reports read, and two runs compared."""

import json

from playwright.sync_api import FilePayload, expect

from tests.ui.walk.asking import NOWHERE
from tests.ui.walk.feedback import ABSENT
from tests.ui.walk.visitor import Visitor


def evaluation(visitor: Visitor, complaints: str) -> None:
    """A person who measures: what was complained of is the first question file."""
    visitor.goes_to("evaluation")
    more = {"id": "none", "question": NOWHERE, "type": "none", "answerable": False}
    first, second = f"反馈-{visitor.name}.jsonl", f"more-{visitor.name}.jsonl"
    runs(visitor, first, complaints)
    runs(visitor, second, complaints + json.dumps(more, ensure_ascii=False))
    reads_the_report(visitor, second)
    compares(visitor)
    follows_a_failure(visitor)


def runs(visitor: Visitor, name: str, text: str) -> None:
    """A file is uploaded and run, and its progress followed."""
    page = visitor.page
    file = FilePayload(name=name, mimeType="application/jsonl", buffer=text.encode())
    page.get_by_label(visitor.reads("evaluate.choose")).set_input_files(file)
    expect(page.get_by_role("alert")).to_have_text(visitor.reads("evaluate.kept", name=name))
    page.evaluate(
        """() => {
          const look = () => (window.ran ||= !!document.querySelector('.running progress[aria-label]'));
          window.ran = false;
          const line = document.getElementById('evaluation-progress');
          new MutationObserver(look).observe(line, {childList: true, subtree: true});
        }"""
    )
    visitor.button("evaluate.start.name", name=name).click()
    ended = visitor.reads("evaluate.ended", name=name)
    expect(page.locator("#evaluation-progress")).to_have_text(ended)
    assert page.evaluate("window.ran")
    expect(page.locator(".shown h2")).to_contain_text(name)


def reads_the_report(visitor: Visitor, name: str) -> None:
    """Tables, plots and failures, within the page and as a page of its own."""
    page = visitor.page
    report = page.frame_locator("iframe.report")
    expect(report.locator("h1")).to_contain_text(name)
    expect(report.locator("table").first).to_be_visible()
    expect(report.locator("svg").first).to_be_visible()
    expect(page.locator(".failures li").filter(has_text=ABSENT)).not_to_have_count(0)
    visitor.looks("6-evaluation")
    page.locator("iframe.report").scroll_into_view_if_needed()
    visitor.looks("6-report", ".shown .links")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=visitor.reads("evaluate.report.open")).click()
    expect(opened.value.locator("h1")).to_contain_text(name)
    assert opened.value.evaluate("document.documentElement.scrollWidth") <= visitor.width
    opened.value.close()


def compares(visitor: Visitor) -> None:
    """The run against the one before it, measure by measure."""
    page = visitor.page
    page.locator(".others button").first.press("Enter")
    table = page.locator("table.compared")
    expect(table.get_by_role("rowheader", name="R@1", exact=True)).to_be_visible()
    expect(
        table.get_by_role("columnheader", name=visitor.reads("evaluate.better"), exact=True)
    ).to_be_visible()
    table.scroll_into_view_if_needed()
    visitor.looks("6-compared", "#evaluation-shown")


def follows_a_failure(visitor: Visitor) -> None:
    """A question that went wrong is inspected with one click."""
    page = visitor.page
    failure = page.locator(".failures li").filter(has_text=ABSENT).first
    failure.get_by_role("button", name=visitor.reads("evaluate.inspect.name", question=ABSENT)).press("Enter")
    expect(page.locator(".inspection .asked")).to_have_text(ABSENT)
    expect(page.locator(".decision .status")).to_have_text(visitor.reads("not_found"))
    visitor.looks("5-refusal", ".decision")
