"""Item 8: how the page looks, in whichever size, scheme and language."""

import re

from playwright.sync_api import expect

from tests.ui.walk.asking import CONFLICT, LIST
from tests.ui.walk.visitor import Visitor
from ui.page import VIEWS
from ui.texts import text

PAPER = {"light": "rgb(250, 248, 243)", "dark": "rgb(23, 22, 20)"}
QUOTED = (
    "textarea, .asked, .words, .short, blockquote, .title, .heading, .side h3, .searched, .said, .spans, "
    ".facts, .reason, .jobs .files, .jobs .refused, .file span, .runs td, .shown, #source, #switch, .chip, "
    ".legend span, svg title, .inspection .scores, .examples button, .opinion h3, .was"
)
"""What documents and people said, in whatever language."""
BREAKS = """() => {
  const wrong = [];
  for (const part of document.querySelectorAll('.turn .words, .turn blockquote')) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    let line = null;
    while (walker.nextNode()) {
      const text = walker.currentNode;
      for (let at = 0; at < text.length; at += 1) {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const { bottom, width } = range.getBoundingClientRect();
        if (!width) continue;
        const next = line !== null && bottom > line + 8;
        if (next && /[,。、;:?!)」』》”]/.test(text.data[at])) wrong.push(text.data);
        line = bottom;
      }
    }
  }
  return wrong;
}"""

READ = """quoted => {
  const copy = document.body.cloneNode(true);
  const shown = [...document.body.querySelectorAll('*')];
  const away = (one) => one.matches(`script, style, template, ${quoted}`) || !one.checkVisibility();
  [...copy.querySelectorAll('*')].forEach((one, at) => away(shown[at]) && (one.dataset.away = ''));
  copy.querySelectorAll('[data-away]').forEach(one => one.remove());
  return copy.textContent;
}"""


def look(visitor: Visitor) -> None:
    """A person who looks at the page as such."""
    page = visitor.page
    visitor.goes_to("asking")
    colour = page.evaluate("getComputedStyle(document.querySelector('.gradio-container')).backgroundColor")
    assert colour == PAPER[visitor.scheme]
    visitor.asks(LIST)
    visitor.asks(CONFLICT).locator(".mark").first.click()
    expect(visitor.source.locator("mark.focus").first).to_be_in_viewport()
    sheet = visitor.source.locator("html").evaluate("page => page.dataset.theme")
    assert sheet == visitor.scheme
    visitor.leaves_source()
    assert page.evaluate(BREAKS) == []
    uses_fonts_of_the_machine(visitor)
    switches_the_language(visitor)


def uses_fonts_of_the_machine(visitor: Visitor) -> None:
    """Songti or its like for what documents say; no font was fetched."""
    page = visitor.page
    words = visitor.answered(LIST).locator(".words")
    family = words.evaluate("element => getComputedStyle(element).fontFamily")
    assert family.startswith('"Songti SC", "Noto Serif CJK SC"')
    fetched = page.evaluate(
        "performance.getEntriesByType('resource').map(one => one.name).filter(url => /woff|[ot]tf/.test(url))"
    )
    assert [url for url in fetched if not url.startswith(page.url.rstrip("/"))] == []


def switches_the_language(visitor: Visitor) -> None:
    """One button and every word of every view is of the other language, and back; nothing is loaded anew."""
    page = visitor.page
    page.evaluate("window.stayed = true")
    switch = page.locator("#switch")
    for language in ("en", "zh") if visitor.language == "zh" else ("zh", "en"):
        switch.click()
        for view in VIEWS:
            expect(page.locator(f"#view-{view}-button")).to_have_text(text(f"view.{view}", language))
        if language == "en":
            reads_only_english(visitor)
    assert page.evaluate("window.stayed")
    expect(page.locator(".turn").last.locator(".status")).to_have_text(visitor.reads("conflict"))


def reads_only_english(visitor: Visitor) -> None:
    """No Chinese in any view but what documents and people said."""
    for view in VIEWS:
        visitor.page.locator(f"#view-{view}-button").click()
        left = visitor.page.evaluate(READ, QUOTED)
        assert re.findall("[一-鿿]+", left) == [], view
    visitor.page.locator("#view-asking-button").click()
