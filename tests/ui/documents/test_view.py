"""Documents as a person handles them, over the whole program."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from qa import Service, Settings
from qa.api import create_app
from tests.lake_city import write_files
from tests.ui.conftest import Visit, serving, visiting
from ui import mount_page

NOTICE = "东岭水厂通报\n\n2025年4月1日\n\n东岭水厂厂长林晓舟介绍,水厂明年扩建二期。\n"
DROP = """([name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  const zone = document.querySelector(".drop");
  for (const kind of ["dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
}"""
LONG = 60_000
"""Milliseconds: other work may be done on the machine at the same time."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A service of its own, for its documents change."""
    base = tmp_path_factory.mktemp("city")
    service = Service(Settings(folder=write_files(base / "files"), vectors=base / "vectors"))
    service.prepare()
    return service


@pytest.fixture(scope="module")
def city_address(city: Service) -> Iterator[str]:
    with serving(create_app(city, mount=lambda api: mount_page(api, city))) as url:
        yield url


@pytest.fixture
def visit_city(browser: Browser, city_address: str) -> Iterator[Visit]:
    with visiting(browser, city_address, refused="422 (Unprocessable Entity)") as open_page:
        yield open_page


def documents(page: Page) -> Page:
    page.get_by_role("tab", name="文件").click()
    expect(page.locator(".paper").first).to_be_visible()
    return page


def paper(page: Page, name: str) -> Locator:
    return page.locator(f'.paper[data-doc="{name}"]')


def chosen(page: Page, *files: tuple[str, str]) -> None:
    """Choose files by the button, as a person with a keyboard does."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件").press("Enter")
    chooser.value.set_files(
        [FilePayload(name=name, mimeType="text/plain", buffer=text.encode()) for name, text in files]
    )


def test_files_come_are_told_of_and_go(visit_city: Visit, city: Service) -> None:
    page = documents(visit_city())
    chosen(page, ("通报.txt", NOTICE), ("白.txt", " \n"), ("空.txt", ""), ("坏.exe", "x"))
    refused = page.locator(".arriving .refused li")
    expect(refused).to_have_count(2, timeout=LONG)
    expect(refused.nth(0)).to_contain_text("文件是空的")
    expect(refused.nth(1)).to_contain_text("不支持这种格式的文件")
    expect(page.locator("#papers .said")).to_contain_text("任务完成", timeout=LONG)
    expect(paper(page, "通报.txt")).to_contain_text("已收录")
    expect(paper(page, "白.txt")).to_contain_text("没有收录")
    expect(page.locator(".jobs .refused")).to_contain_text("白.txt")
    expect(page.locator("#source-head h2")).to_have_text("文件(5)")
    refused.first.get_by_role("button", name="知道了").click()
    expect(refused).to_have_count(1)

    chosen(page, ("通报.txt", NOTICE.replace("二期", "三期")))
    there = refused.filter(has_text="通报.txt")
    there.get_by_role("button", name="替换原来的").click(timeout=LONG)
    expect(there).to_have_count(0)
    expect(page.locator("#papers .said")).to_have_text("任务完成。", timeout=LONG)
    paper(page, "通报.txt").locator(".open").click()
    expect(page.locator("#source-head h2")).to_have_text("东岭水厂通报")
    opened = page.frame_locator("#source-frame").locator("html[data-pane]")
    expect(opened).to_contain_text("三期", timeout=LONG)  # the keyboard goes there when it is
    assert "三期" in city.document("通报.txt").text

    paper(page, "通报.txt").get_by_role("button", name="移除").click()
    undo = paper(page, "通报.txt").get_by_role("button", name="撤销")
    expect(undo).to_be_focused()
    expect(page.locator("#papers .said")).to_contain_text("可以撤销")
    undo.press("Enter")
    expect(page.locator("#papers .said")).to_contain_text("保留")
    page.clock.install()
    paper(page, "通报.txt").get_by_role("button", name="移除").click()
    assert (city.settings.folder / "通报.txt").exists(), "nothing is removed while it can be undone"
    page.clock.fast_forward(9000)
    expect(paper(page, "通报.txt")).to_have_count(0, timeout=LONG)
    assert not (city.settings.folder / "通报.txt").exists()
    expect(page.get_by_role("heading", name="通报.txt 现在打不开")).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="关闭原文").click()
    expect(page.get_by_text("已收录 4")).to_be_visible(timeout=LONG)


def test_leaving_keeps_what_was_not_removed_yet_and_says_so(visit_city: Visit, city: Service) -> None:
    page = documents(visit_city())
    paper(page, "图书馆/旧闻.txt").get_by_role("button", name="移除").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator("#question textarea").wait_for()
    documents(page)
    expect(page.locator("#papers .said")).to_contain_text("现在都保留着:老图书馆的一天")
    expect(paper(page, "图书馆/旧闻.txt")).not_to_have_class(re.compile("going"))
    assert (city.settings.folder / "图书馆/旧闻.txt").exists()


def test_facts_are_edited_and_the_list_looked_through(visit_city: Visit) -> None:
    page = documents(visit_city())
    paper(page, "水务/简报.txt").get_by_role("button", name="编辑").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("标题")).to_be_focused()
    dialog.get_by_label("日期").fill("去年")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog.get_by_role("alert")).to_contain_text("去年")
    dialog.get_by_label("日期").fill("2025-02")
    dialog.get_by_label("来源").fill("镜湖<晚报>")
    dialog.get_by_label("来源").press("Enter")
    expect(paper(page, "水务/简报.txt").locator(".facts")).to_contain_text("2025-02镜湖<晚报>", timeout=LONG)
    expect(dialog).to_have_count(0)
    page.locator("#views").get_by_role("searchbox").fill("晚报")
    expect(page.locator(".paper")).to_have_count(1)
    page.locator("#views").get_by_role("searchbox").fill("")
    page.get_by_label("排序").select_option("date")
    page.get_by_role("button", name="倒序").click()
    expect(page.locator(".paper").first).to_have_attribute("data-doc", "图书馆/访谈.txt")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Order")).to_have_value("date")
    expect(page.get_by_role("button", name="Reversed")).to_have_attribute("aria-pressed", "true")


def test_a_dropped_file_is_followed_by_stages_and_its_job_cancelled(visit_city: Visit, city: Service) -> None:
    page = documents(visit_city())
    text = "".join(f"第{number}号水表在镜湖市临波路{number}号,读数正常。\n" for number in range(3000))
    page.evaluate(DROP, ["水表.txt", f"水表清单\n\n{text}"])
    stage = page.locator(".jobs .stages [aria-current]")
    expect(stage).to_have_text("编码", timeout=LONG)
    expect(page.locator(".jobs .count")).to_contain_text(" / ")
    expect(paper(page, "水表.txt")).to_contain_text("处理中")
    page.locator(".jobs").get_by_role("button", name="取消").click(timeout=LONG)
    expect(page.locator("#papers .said")).to_contain_text("任务已取消", timeout=LONG)
    assert not (city.settings.folder / "水表.txt").exists()
