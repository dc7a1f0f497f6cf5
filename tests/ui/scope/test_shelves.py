"""Every view follows the collection that is chosen, over the whole program."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from qa import Service, Settings, Shelf
from qa.api import create_app
from tests.lake_city import write_files
from tests.ui.conftest import ARTIFACTS, Visit, serving, visiting
from tests.ui.walk.visitor import violations
from ui import mount_page

LONG = 60_000
RULES = "镜湖市供水办法\n\n第一条 供水单位应当昼夜供水。\n\n第二条 水厂每月公布一次水质。\n"
NOTICE = "关于停水的通知\n\n2025年5月1日\n\n东岭水厂五月六日检修,停水两小时。\n"
NEWS = "水厂开放日\n\n2025年6月1日\n\n东岭水厂六月一日向市民开放。\n"
QUESTION = "水厂多久公布一次水质"
ROWS = [
    {
        "id": str(number),
        "question": question,
        "type": "fact",
        "answerable": True,
        "answers": [words],
        "evidence": [{"file": "供水办法.txt", "start": RULES.index(words), "end": RULES.index(words) + 6}],
    }
    for number, (question, words) in enumerate([(QUESTION, "每月公布一次"), ("馆长是谁", "应当昼夜供水")])
]


def filled(service: Service, *files: tuple[str, str]) -> Service:
    job = service.upload([(name, text.encode()) for name, text in files])
    while not job.ended:
        job = service.changed_job(job, 5)
    return service


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The documents of 镜湖市."""
    base = tmp_path_factory.mktemp("shelf")
    service = Service(Settings(folder=write_files(base / "files"), vectors=base / "vectors"))
    service.prepare()
    return service


@pytest.fixture
def shelf(first: Service) -> Shelf:
    """Two collections beside them, one of them empty."""
    shelf = Shelf(first)
    for name in shelf.names():
        shelf.remove(name)
    filled(shelf.create("公报"), ("供水办法.txt", RULES), ("通知.txt", NOTICE))
    shelf.create("空架")
    return shelf


@pytest.fixture
def visit_shelf(browser: Browser, shelf: Shelf) -> Iterator[Visit]:
    app = create_app(shelf.first, mount=lambda api: mount_page(api, shelf.first, shelf), collections=shelf)
    with serving(app) as address, visiting(browser, address, refused="404 (Not Found)") as open_page:
        yield open_page


def view(page: Page, name: str) -> Page:
    page.locator(f"#view-{name}-button").click()
    return page


def choose(page: Page, name: str, collection: str) -> None:
    """Choose a collection by the line of a view."""
    view(page, name).locator(f"#shelf-{name} select").select_option(collection)


def files(name: str, text: str) -> list[FilePayload]:
    return [FilePayload(name=name, mimeType="text/plain", buffer=text.encode())]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_documents_and_inspection_are_of_the_collection(
    visit_shelf: Visit, shelf: Shelf, width: int, scheme: str
) -> None:
    page, first, other = visit_shelf(width, 860, scheme), shelf.first, shelf.service("公报")
    papers = page.locator(".paper")
    choose(page, "documents", "公报")
    expect(papers).to_have_count(2, timeout=LONG)
    expect(page.locator("#shelf-documents [role=status]")).to_contain_text("文件集“公报”里的文件")
    page.locator(".drop input").set_input_files(files("开放日.txt", NEWS))
    expect(papers).to_have_count(3, timeout=LONG)
    expect(page.locator("#papers .said")).to_contain_text("任务完成", timeout=LONG)
    assert (other.settings.folder / "开放日.txt").exists()
    assert len(first.documents()) == 4
    page.screenshot(path=ARTIFACTS / f"shelf-documents-{width}-{scheme}.png")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []

    news = papers.filter(has_text="开放日")
    news.get_by_role("button", name="编辑").click()
    page.get_by_role("dialog").get_by_label("来源").fill("镜湖晚报")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(news.locator(".facts")).to_contain_text("镜湖晚报", timeout=LONG)
    news.get_by_role("button", name="移除").click()
    news.get_by_role("button", name="撤销").click()
    page.clock.install()
    news.get_by_role("button", name="移除").click()
    choose(page, "documents", "")
    expect(papers).to_have_count(4, timeout=LONG)
    page.clock.fast_forward(9000)
    choose(page, "documents", "公报")
    expect(papers).to_have_count(2, timeout=LONG)
    assert not (other.settings.folder / "开放日.txt").exists(), "removed where it was, whatever is shown"
    papers.filter(has_text="供水办法").locator(".open").click()
    expect(page.frame_locator("#source-frame").locator("main")).to_contain_text("昼夜供水", timeout=LONG)
    page.keyboard.press("Escape")

    box = view(page, "inspection").locator("#inspect-question textarea")
    expect(page.locator("#shelf-inspection [role=status]")).to_contain_text("公报")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator(".found .said").first).to_contain_text("每月公布一次水质", timeout=LONG)
    assert page.locator(".found", has_text="林晓舟").count() == 0
    page.screenshot(path=ARTIFACTS / f"shelf-inspection-{width}-{scheme}.png")
    page.locator("svg.map .points path").first.dispatch_event("click")
    marked = page.frame_locator("#source-frame").locator("mark.focus").first
    expect(marked).to_contain_text("水", timeout=LONG)
    address = page.locator("#source-frame").evaluate("frame => frame.contentWindow.location.href")
    assert "collection=" in address
    page.keyboard.press("Escape")
    choose(page, "inspection", "")
    expect(page.locator(".found")).to_have_count(0, timeout=LONG)
    box.press("Enter")
    expect(page.locator(".found").first).to_be_visible(timeout=LONG)
    assert page.locator(".found", has_text="每月公布一次水质").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_runs_and_feedback_are_of_the_collection(
    visit_shelf: Visit, shelf: Shelf, width: int, scheme: str
) -> None:
    page, first, other = visit_shelf(width, 860, scheme), shelf.first, shelf.service("公报")
    choose(page, "evaluation", "公报")
    expect(page.locator("#shelf-evaluation [role=status]")).to_contain_text("公报")
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
    page.locator(".choose input").set_input_files(files("题.jsonl", lines))
    page.get_by_role("button", name="评测 题.jsonl").click()
    expect(page.locator(".shown h2")).to_contain_text("公报 · 题.jsonl", timeout=LONG)
    expect(page.frame_locator("iframe.report").locator("h1")).to_contain_text("公报 · 题.jsonl")
    assert ([run.collection for run in other.evaluations.runs()], first.evaluations.runs()) == (["公报"], [])
    page.screenshot(path=ARTIFACTS / f"shelf-evaluation-{width}-{scheme}.png")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []
    page.locator(".failures li").filter(has_text="馆长是谁").get_by_role("button").click()
    expect(page.locator(".inspection .asked")).to_have_text("馆长是谁", timeout=LONG)
    assert page.locator(".found", has_text="林晓舟").count() == 0, "it is inspected in the collection"
    choose(page, "evaluation", "")
    expect(page.locator(".shown, .runs")).to_have_count(0, timeout=LONG)
    choose(page, "evaluation", "公报")
    expect(page.locator(".runs tr")).to_have_count(2, timeout=LONG)

    box = view(page, "asking").locator("#question textarea")
    expect(page.get_by_role("button", name="去掉:公报")).to_be_visible()
    box.fill(QUESTION)
    box.press("Enter")
    page.get_by_role("button", name="回答得对").click(timeout=LONG)
    expect(page.locator("#rater .said")).to_contain_text("记下了", timeout=LONG)
    assert (other.feedback.count(), first.feedback.count()) == (1, 0)
    view(page, "feedback")
    expect(page.locator(".opinion")).to_have_count(1, timeout=LONG)
    expect(page.locator("#shelf-feedback [role=status]")).to_contain_text("公报")
    page.screenshot(path=ARTIFACTS / f"shelf-feedback-{width}-{scheme}.png")
    page.locator(".opinion .spans button").first.click()
    expect(page.frame_locator("#source-frame").locator("mark.focus").first).to_contain_text(
        "水质", timeout=LONG
    )
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载考题文件").click()
    assert download.value.suggested_filename == "feedback-公报.jsonl"
    assert QUESTION in download.value.path().read_text(encoding="utf-8")
    choose(page, "feedback", "")
    expect(page.locator(".opinion")).to_have_count(0, timeout=LONG)


def test_a_collection_that_was_removed_is_told_of_and_left(visit_shelf: Visit, shelf: Shelf) -> None:
    page = visit_shelf()
    page.get_by_role("button", name="English").click()
    box = page.locator("#inspect-question textarea")
    acts: dict[str, Callable[[], object]] = {
        "documents": lambda: None,  # it looks by itself
        "inspection": lambda: page.get_by_role("button", name="Inspect", exact=True).click(),
        "evaluation": lambda: page.locator(".choose input").set_input_files(files("题.jsonl", "{}")),
        "feedback": lambda: page.get_by_label("Show").select_option("good"),
    }
    for name, act in acts.items():
        choose(page, name, "公报")
        expect(page.locator(f"#shelf-{name} [role=status]")).to_contain_text("公报", timeout=LONG)
        if name == "inspection":
            box.fill(QUESTION)
        Shelf(shelf.first).remove("公报")  # as another process does
        act()
        expect(page.locator("#notice .notice")).to_have_text(
            "The collection “公报” is no longer there; the main folder is used now.", timeout=LONG
        )
        expect(page.locator(f"#shelf-{name} select")).to_have_value("", timeout=LONG)
        expect(page.locator(f"#shelf-{name} [role=status]")).to_have_text("")
        expect(page.locator("#shelf-documents option", has_text="公报")).to_have_count(0)
        view(page, "documents")
        expect(page.locator(".paper")).to_have_count(4, timeout=LONG)
        shelf.create("公报")
        view(page, "asking")
