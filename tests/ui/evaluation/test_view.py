"""Evaluating as a person does, over the whole program."""

import json
import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.lake_city import INTERVIEW, REPORT
from tests.ui.conftest import ARTIFACTS, Visit
from tests.ui.walk.visitor import violations

EVIL = "<img src=x onerror=window.struck=1>"
PATIENCE = 120_000


def asked(number: int, question: str, file: str, text: str, answer: str) -> dict[str, object]:
    start = text.index(answer)
    gold = {"file": file, "start": start, "end": start + len(answer)}
    return {
        "id": f"q{number}",
        "question": question,
        "type": "fact",
        "answerable": True,
        "answers": [answer],
        "evidence": [gold],
    }


ROWS = [
    asked(1, "东岭水厂日供水能力是多少", "水务/年报.txt", REPORT, "20万吨"),
    asked(2, "新馆在哪里", "图书馆/访谈.txt", INTERVIEW, "临波路18号"),
    asked(3, f"市长{EVIL}是谁", "图书馆/访谈.txt", INTERVIEW, "林晓舟"),
    {"id": "q4", "question": "火星上有几座水厂", "type": f"none{EVIL}", "answerable": False},
]


def questions(name: str, rows: list[dict[str, object]]) -> FilePayload:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return {"name": name, "mimeType": "application/jsonl", "buffer": text.encode()}


def bring(page: Page, file: FilePayload) -> None:
    page.locator(".choose input").set_input_files(file)


def evaluate(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"评测 {name}").click()
    expect(page.locator("#evaluation-progress")).to_contain_text(f"评测完成:{name}", timeout=PATIENCE)
    expect(page.locator(".shown h2")).to_contain_text(name)


def test_a_file_is_run_compared_inspected_and_deleted(visit_lake: Visit) -> None:
    page = visit_lake(1440, 900)
    page.locator("#view-evaluation-button").click()
    bring(page, {"name": "坏.jsonl", "mimeType": "text/plain", "buffer": b'{"id": "1"}'})
    expect(page.get_by_role("alert")).to_contain_text("坏.jsonl line 1: `answerable` is missing")
    bring(page, questions("一.jsonl", ROWS))
    expect(page.get_by_role("alert")).to_contain_text("已收下 一.jsonl")
    evaluate(page, "一.jsonl")
    bring(page, questions("二.jsonl", ROWS[1:]))
    evaluate(page, "二.jsonl")
    expect(page.locator(".runs tr")).to_have_count(3)
    page.locator(".others button").click()
    expect(page.locator(".compared th[scope=row]").first).to_have_text("R@1")
    report = page.frame_locator("iframe.report")
    expect(report.locator("h1")).to_contain_text("二.jsonl")
    expect(report.locator("svg").first).to_be_visible()
    assert violations(page) == []
    page.locator("iframe.report").scroll_into_view_if_needed()
    page.screenshot(path=ARTIFACTS / "evaluation-1440-light.png")
    failures = page.locator(".failures li").filter(has_text="市长")
    expect(failures.first).to_contain_text(EVIL)
    failures.first.get_by_role("button").click()
    expect(page.locator(".inspection .asked")).to_contain_text("市长")
    expect(page.locator("#inspect-question textarea")).to_be_in_viewport()
    page.locator("#view-evaluation-button").click()
    expect(page.locator(".shown h2")).to_contain_text("二.jsonl")
    page.locator(".runs").get_by_role("button", name="删除").first.click()
    expect(page.locator(".runs tr")).to_have_count(2)
    expect(page.locator(".shown")).to_have_count(0)
    assert page.evaluate("window.struck") is None


def test_on_a_phone_a_run_goes_on_behind_another_view_and_can_be_stopped(visit_lake: Visit) -> None:
    page = visit_lake(360, 780, "dark")
    page.locator("#view-evaluation-button").click()
    many = [{**ROWS[at % 2], "id": str(at)} for at in range(600)]
    bring(page, questions("多.jsonl", many))
    page.get_by_role("button", name="评测 多.jsonl").click()
    expect(page.locator(".running progress")).to_be_visible()
    page.get_by_role("button", name="评测 多.jsonl").click()
    expect(page.get_by_role("alert")).to_contain_text("正在评测另一份")
    page.locator("#view-asking-button").click()
    page.locator("#view-evaluation-button").click()
    expect(page.locator(".running")).to_contain_text("/ 600")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".running")).to_contain_text("Evaluating 多.jsonl", timeout=PATIENCE)
    page.screenshot(path=ARTIFACTS / "evaluation-360-dark.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".running")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("#evaluation-stop")).to_be_hidden()
    page.locator(".file span, .runs td, .shown, #source, #switch, .notice").evaluate_all(
        "all => all.forEach(one => one.remove())"
    )
    assert re.findall("[一-鿿]+", page.locator("body").inner_text()) == []


@pytest.mark.parametrize("width", [360, 1440])
def test_a_report_alone_fits_and_runs_no_script(visit_lake: Visit, lake_address: str, width: int) -> None:
    page = visit_lake(width, 800, "dark")
    page.locator("#view-evaluation-button").click()
    bring(page, questions("三.jsonl", ROWS))
    evaluate(page, "三.jsonl")
    report = page.frame_locator("iframe.report")
    expect(report.get_by_role("heading", name="检索", exact=True)).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="English").click()
    expect(report.get_by_role("heading", name="Retrieval", exact=True)).to_be_visible(timeout=20_000)
    expect(report.get_by_role("heading", name="检索", exact=True)).to_be_hidden()
    address = page.get_by_role("link", name="Open the report").get_attribute("href")
    page.goto(f"{lake_address}/{address}")
    expect(page.get_by_text("share wrong")).to_be_visible()
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_text("答错的比例")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("三.jsonl")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("details").first).to_contain_text("市长<img src=x")
    page.screenshot(path=ARTIFACTS / f"report-{width}-dark.png")
