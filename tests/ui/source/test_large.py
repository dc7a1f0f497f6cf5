"""A text of two megabytes in the source pane; how long each step took is printed (``pytest -s``)."""

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from qa import Answer, Citation, Document, Turn
from qa.corpus import make_document
from qa.protocols import EVERYTHING
from qa.types import Filter
from tests.ui.conftest import application, serving, visiting
from tests.ui.two_documents import TwoDocuments

TEXT = "镜湖市水务年鉴\n\n" + "".join(
    f"第{number}条 管道\n"
    f"第{number}号管道位于镜湖市东岭镇𠮷,全长86公里,由水务集团按时巡查,水质合格,价格公开,居民可以随时查询。\n"
    for number in range(1, 13_000)
)
CITED = [(at, at + 20) for number in (9000, 200) if (at := TEXT.index(f"第{number}号管道位于"))]
QUESTION = "管道在哪里"


class Large(TwoDocuments):
    """One document more, and a question whose answer cites both ends of it."""

    document_of_all = make_document("年鉴.txt", TEXT, {})

    def documents(self) -> list[Document]:
        return [*super().documents(), self.document_of_all]

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: Filter = EVERYTHING
    ) -> Answer:
        cited = tuple(
            Citation(number, "年鉴.txt", "镜湖市水务年鉴", "", "", start, end, TEXT[start:end], 1.0)
            for number, (start, end) in enumerate(CITED, start=1)
        )
        return Answer("answered", "在东岭镇。[1][2]", cited)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(application(Large())) as url:
        yield url


STEP = """async ([action, done]) => {
  const began = performance.now();
  eval(action);
  while (!eval(done)) await new Promise((drawn) => requestAnimationFrame(drawn));
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  return Math.round(performance.now() - began);
}"""
SEEN = """(() => {
  const frame = document.getElementById('source-frame');
  const mark = frame.contentDocument?.querySelector('mark.focus');
  if (!mark || !mark.textContent.startsWith('%s') || frame.hasAttribute('aria-busy')) return false;
  const box = mark.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= frame.contentWindow.innerHeight;
})()"""


def step(page: Page, name: str, action: str, done: str = "true") -> None:
    print(f"{name}: {page.evaluate(STEP, [action, done])} ms")


def test_two_megabytes_open_at_the_words_and_can_be_worked_with(browser: Browser, address: str) -> None:
    assert len(TEXT.encode()) > 2_000_000
    with visiting(browser, address) as visit:
        page = visit()
        page.locator("#question textarea").fill(QUESTION)
        page.locator("#question textarea").press("Enter")
        page.locator(".turn .mark").first.wait_for()
        step(page, "open", "document.querySelector('.turn .mark').click()", SEEN % "第9000号")
        step(page, "next", "document.querySelector('[data-act=next]').click()", SEEN % "第200号")
        contents = page.locator("#source-contents button")
        step(page, "contents", "document.querySelector('[data-act=contents]').click()")
        expect(contents.first).to_have_text("镜湖市水务年鉴")
        first = contents.count()
        contents.last.scroll_into_view_if_needed()
        expect(contents.nth(first)).to_be_attached()
        step(page, "heading", "document.querySelectorAll('#source-contents button')[250].click()")
        step(page, "find open", "document.querySelector('[data-act=find]').click()")
        typed = "{ const box = document.querySelector('#source-find input'); box.value = '随时查询';"
        step(page, "find", typed + "box.dispatchEvent(new Event('input', { bubbles: true })); }")
        expect(page.locator("#source-head .said")).to_have_text("第 1 个,共 12999 个")
        step(page, "find next", "document.querySelector('#source-find').requestSubmit()")
        step(page, "close", "document.querySelector('#source .close').click()")
        expect(page.locator("#source-list")).to_be_visible()
        step(page, "open again", "document.querySelector('.turn .mark').click()", SEEN % "第9000号")
        chosen = page.evaluate("""() => {
          const frame = document.getElementById('source-frame');
          frame.contentWindow.getSelection().selectAllChildren(frame.contentDocument.querySelector('mark.focus'));
          return window.qingwen.selection();
        }""")
        assert (chosen["start"], chosen["end"]) == CITED[0]
