"""The source pane as a person uses it, in a real browser over the real program."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from qa import Service, Settings
from qa.api import create_app
from qa.shelf import Shelf
from tests.lake_city import write_files
from tests.ui.conftest import ARTIFACTS, Visit, serving, visiting
from ui import mount_page

ODD = (
    "𠮷野水厂简介\n\n一、😀概况\n镜湖市𠮷野水厂建于1980年,\n日供水𠮷5万吨。\n\n"
    "二、管道\n<b>管道</b>&长度86公里。\n"
)
TABLE = "# 𠮷供水表\n\n| 水厂 | 年供水 |\n|---|---|\n| 东岭 | 12 |\n| 😀西岭 | 8 |\n\n- 第一项𠮷\n- 第二项\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    base = tmp_path_factory.mktemp("pane")
    folder = write_files(base / "files")
    for name, data in {
        "奇字.txt": ODD.encode(),
        "表.md": TABLE.encode(),
    }.items():
        (folder / name).write_bytes(data)
    service = Service(Settings(folder=folder, vectors=base / "vectors"))
    service.prepare()
    shelf = Shelf(service)
    app = create_app(service, mount=lambda api: mount_page(api, service, shelf), collections=shelf)
    with serving(app) as url:
        yield url


def opened(page: Page, title: str) -> FrameLocator:
    """Open a document from the list; wait until it is there."""
    page.locator("#source-list").get_by_role("button", name=title).click()
    inside = page.frame_locator("#source-frame")
    expect(inside.locator("main")).to_be_visible()
    expect(page.locator("#source-frame")).not_to_have_attribute("aria-busy", "true")
    return inside


def ask(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".turn .answer").last).to_be_visible(timeout=30_000)


SELECT = """([start, end]) => {
  const page = document.getElementById('source-frame').contentDocument;
  const main = page.querySelector('main'), walker = page.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const chars = [];
  while (walker.nextNode()) {
    let at = 0;
    for (const char of walker.currentNode.data) {
      chars.push([walker.currentNode, at, at + char.length]);
      at += char.length;
    }
  }
  const range = page.createRange();
  range.setStart(chars[start][0], chars[start][1]);
  range.setEnd(chars[end - 1][0], chars[end - 1][2]);
  const chosen = page.getSelection();
  chosen.removeAllRanges();
  chosen.addRange(range);
  return [window.qingwen.selection(), String(range)];
}"""


@pytest.mark.parametrize(
    ("title", "doc_id", "text"),
    [("野水厂简介", "奇字.txt", ODD), ("供水表", "表.md", TABLE)],
    ids=["text", "table"],
)
def test_what_is_selected_is_told_in_the_characters_of_the_document(
    browser: Browser, address: str, title: str, doc_id: str, text: str
) -> None:
    with visiting(browser, address) as visit:
        page = visit()
        opened(page, title)
        assert page.evaluate("window.qingwen.selection()") is None
        for start in range(0, len(text), 7):
            for end in (start + 1, min(start + 9, len(text)), len(text)):
                told, words = page.evaluate(SELECT, [start, end])
                assert told == {"doc_id": doc_id, "collection": "", "start": start, "end": end}
                assert words == text[start:end]
        page.evaluate(
            "document.getElementById('source-frame').contentWindow.getSelection().selectAllChildren("
            "document.getElementById('source-frame').contentDocument.body)"
        )
        assert page.evaluate("window.qingwen.selection()") == {
            "doc_id": doc_id,
            "collection": "",
            "start": 0,
            "end": len(text),
        }


def test_what_an_answer_cites_is_gone_through_over_documents(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit()
        ask(page, "东岭水厂日供水能力是多少")
        page.locator(".turn .mark").first.click()
        inside = page.frame_locator("#source-frame")
        expect(inside.locator("mark.focus").first).to_be_focused()
        expect(inside.locator("mark.focus").first).to_be_in_viewport()
        titles = page.locator(".turn .open .title").all_text_contents()
        expect(page.locator("#source-frame")).to_have_attribute("title", titles[0])
        expect(page.locator(".places .at")).to_have_text("1 / 2")
        page.get_by_role("button", name="下一处引用").click()
        expect(page.locator("#source h2")).to_have_text(titles[1])
        expect(page.locator(".places .at")).to_have_text("2 / 2")
        expect(inside.locator("mark.focus").first).to_be_in_viewport()
        expect(page.get_by_role("button", name="下一处引用")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".turn .mark").first).to_be_focused()
        expect(page.locator("#source-list")).to_be_visible()


def test_contents_lead_to_headings_and_words_are_found(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit(360, 740)
        ask(page, "东岭水厂日供水能力是多少")
        page.locator(".turn .open").filter(has_text="工作报告").click()
        inside = page.frame_locator("#source-frame")
        expect(inside.locator("mark.focus").first).to_be_in_viewport()
        contents = page.get_by_role("button", name="目录")
        contents.click()
        expect(contents).to_have_attribute("aria-expanded", "true")
        page.get_by_role("navigation", name="目录").get_by_role("button", name="(一)热线的运行").click()
        expect(inside.get_by_role("heading", name="(一)热线的运行")).to_be_focused()
        expect(inside.get_by_role("heading", name="(一)热线的运行")).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(contents).to_have_attribute("aria-expanded", "false")
        page.get_by_role("button", name="查找", exact=True).click()
        expect(page.get_by_role("searchbox", name="在原文里查找")).to_be_focused()
        page.keyboard.type("水厂日")
        expect(page.locator("#source-head .said")).to_have_text("第 1 个,共 1 个")
        page.get_by_role("searchbox", name="在原文里查找").fill("水")
        count = len([char for char in page.evaluate(TEXT) if char == "水"])
        expect(page.locator("#source-head .said")).to_have_text(f"第 1 个,共 {count} 个")
        page.keyboard.press("Enter")
        expect(page.locator("#source-head .said")).to_have_text(f"第 2 个,共 {count} 个")
        page.keyboard.press("Shift+Enter")
        page.keyboard.press("Shift+Enter")
        expect(page.locator("#source-head .said")).to_have_text(f"第 {count} 个,共 {count} 个")
        lit = "document.getElementById('source-frame').contentWindow.CSS.highlights.get('found').size"
        assert page.evaluate(lit) == count
        page.screenshot(path=ARTIFACTS / "pane-find-360-light.png")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.get_by_role("searchbox", name="在原文里查找").fill("2024-(03)[")
        expect(page.locator("#source-head .said")).to_have_text("没有找到")
        page.get_by_role("searchbox", name="在原文里查找").fill("火星")
        expect(page.locator("#source-head .said")).to_have_text("没有找到")
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="查找", exact=True)).to_be_focused()


TEXT = "document.getElementById('source-frame').contentDocument.querySelector('main').textContent"


def test_words_are_found_over_the_end_of_a_line(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit()
        opened(page, "野水厂简介")
        page.get_by_role("button", name="查找", exact=True).click()
        page.keyboard.type("1980年,日供水𠮷5万")
        expect(page.locator("#source-head .said")).to_have_text("第 1 个,共 1 个")
        page.get_by_role("searchbox", name="在原文里查找").fill("<B>管道</b>&")
        expect(page.locator("#source-head .said")).to_have_text("第 1 个,共 1 个")


def test_a_quote_is_copied_with_where_it_stands(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit()
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        opened(page, "野水厂简介")
        page.get_by_role("button", name="复制引文").click()
        expect(page.locator("#source-head .said")).to_have_text("请先在原文里选中要复制的话")
        start = ODD.index("日供水")
        page.evaluate(SELECT, [start, start + 7])
        page.get_by_role("button", name="复制引文").click()
        expect(page.locator("#source-head .said")).to_have_text("已复制引文和出处")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"“日供水𠮷5万吨”\n——《𠮷野水厂简介》,奇字.txt [{start}:{start + 7}]"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_document_is_as_dark_as_the_page(browser: Browser, address: str, scheme: str) -> None:
    with visiting(browser, address) as visit:
        page = visit(1440, 900, "light")
        page.goto(f"{address}/?__theme={scheme}")
        inside = opened(page, "野水厂简介")
        colour = inside.locator("main").evaluate("main => getComputedStyle(main).backgroundColor")
        assert (colour == "rgb(31, 29, 26)") == (scheme == "dark")
        page.screenshot(path=ARTIFACTS / f"pane-1440-{scheme}.png")


@pytest.fixture
def changing(browser: Browser, tmp_path: Path) -> Iterator[tuple[Service, Visit]]:
    """A program of its own, whose files are changed while its page is open."""
    service = Service(Settings(folder=write_files(tmp_path / "files"), vectors=tmp_path / "vectors"))
    service.prepare()
    app = create_app(service, mount=lambda api: mount_page(api, service, None))
    with serving(app) as url, visiting(browser, url) as visit:
        yield service, visit


def look_again(page: Page) -> None:
    """Come back to the window some time later."""
    page.wait_for_timeout(3100)
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_a_document_that_changes_under_the_reader_is_told_and_opened_anew(
    changing: tuple[Service, Visit],
) -> None:
    service, visit = changing
    page = visit(360, 740)
    ask(page, "东岭水厂日供水能力是多少")
    cited = page.locator(".turn .open").filter(has_text="工作报告")
    cited.click()
    inside = page.frame_locator("#source-frame")
    expect(inside.locator("mark.focus").first).to_be_in_viewport()
    words = "".join(inside.locator("mark.focus").all_text_contents())
    doc_id = page.locator("#source-frame").evaluate(
        "frame => decodeURI(frame.contentWindow.location.pathname)"
    )
    path = service.settings.folder / doc_id.removeprefix("/v1/documents/").removesuffix("/view")
    text = path.read_text(encoding="utf-8")
    path.write_text("新加的一行说明。\n" + text, encoding="utf-8")
    service.prepare()
    look_again(page)
    expect(page.get_by_role("alert")).to_contain_text("这份文件在打开以后改过")
    expect(inside.locator("main")).not_to_contain_text("新加的一行说明")
    page.screenshot(path=ARTIFACTS / "pane-changed-360-light.png")
    page.get_by_role("button", name="重新打开").click()
    expect(page.get_by_role("alert")).to_contain_text("所引的话现在在这里")
    expect(inside.locator("main")).to_contain_text("新加的一行说明")
    assert "".join(inside.locator("mark.focus").all_text_contents()) == words
    page.keyboard.press("Escape")
    path.write_text("公告\n\n这里什么都没有说。\n", encoding="utf-8")
    service.prepare()
    cited.click()
    expect(page.get_by_role("alert")).to_contain_text("所引的话已经没有了")
    expect(inside.locator("main")).to_contain_text("什么都没有说")
    expect(inside.locator("mark")).to_have_count(0)
    path.unlink()
    service.prepare()
    look_again(page)
    expect(page.get_by_role("heading", name="现在打不开")).to_be_visible()
    expect(page.locator("#source-frame")).to_be_hidden()
    expect(page.locator("#source-list button")).to_have_count(3)
    assert page.evaluate("document.getElementById('source-frame').contentDocument.body.textContent") == ""
    page.screenshot(path=ARTIFACTS / "pane-gone-360-light.png")
    with page.expect_response("**/run/predict"):
        page.get_by_role("button", name="再试一次").click()
    expect(page.get_by_role("heading", name="现在打不开")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("body")).not_to_have_class(re.compile("reading"))


def test_a_removed_document_leaves_the_conversation_that_is_open(changing: tuple[Service, Visit]) -> None:
    service, visit = changing
    page = visit()
    ask(page, "东岭水厂日供水能力是多少")
    cited = page.locator(".turn .open").first
    name = cited.locator(".title").text_content()
    doc_id = next(one.doc_id for one in service.documents() if one.title == name)
    service.remove(doc_id)
    cited.click()
    expect(page.get_by_role("heading", name="现在打不开")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#conversation")).not_to_contain_text(str(name))


def test_a_document_is_found_in_the_list(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit()
        page.get_by_role("searchbox", name="按标题").fill("简报")
        expect(page.locator("#source-list button")).to_have_count(1)
        expect(page.locator("#source h2")).to_have_text("文件(1)")
        page.get_by_role("searchbox", name="按标题").fill("没有这样的")
        expect(page.locator("#source-list")).to_contain_text("没有这样的文件")
