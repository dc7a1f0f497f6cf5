"""The forty payloads as questions that are inspected and evaluated over documents that hold them."""

import json

from playwright.sync_api import FilePayload, expect

from tests.ui.conftest import Visit
from tests.ui.test_payloads import (
    PAYLOADS,
    STRUCK,
    address,
    dialogs,
    file_name,
    hostile,
    notice,
    visit_hostile,
)

__all__ = ["address", "hostile", "visit_hostile"]


def judged(number: int, payload: str) -> dict[str, object]:
    start = notice(number, payload).rindex(payload)
    return {
        "id": f"{number}{payload}",
        "question": f"第{number}号水库{payload}的水位是多少",
        "type": payload,
        "answerable": True,
        "answers": [payload],
        "evidence": [{"file": file_name(number, payload), "start": start, "end": start + len(payload)}],
    }


def test_none_runs_in_an_evaluation_or_an_inspection(visit_hostile: Visit) -> None:
    page = visit_hostile()
    said = dialogs(page)
    page.locator("#view-evaluation-button").click()
    rows = [judged(number, payload) for number, payload in enumerate(PAYLOADS, start=1)]
    for name in ("a", "b"):
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        bad_name = f"{PAYLOADS[0]}{name}.jsonl"
        file: FilePayload = {"name": bad_name, "mimeType": "text/plain", "buffer": text.encode()}
        page.locator(".choose input").set_input_files(file)
        expect(page.locator(".file")).to_have_count(1 if name == "a" else 2)
        page.locator("[data-event=start]").last.click()
        expect(page.locator("#evaluation-progress")).to_contain_text(f"{name}.jsonl", timeout=120_000)
        expect(page.locator(".runs tr")).to_have_count(2 if name == "a" else 3, timeout=120_000)
    page.locator(".others button").first.click()
    expect(page.locator(".compared")).to_be_visible()
    assert page.frame_locator("iframe.report").locator("script, img, iframe").count() == 0
    count = page.locator(".failures [data-event=inspect]").count()
    assert count > 0
    for number in range(0, count, max(1, count // 6)):
        page.locator("#view-evaluation-button").click()
        page.locator(".failures [data-event=inspect]").nth(number).click()
        expect(page.locator("svg.map .hit").first).to_be_visible()
    for payload in PAYLOADS:
        page.locator("#inspect-question textarea").fill(payload)
        page.locator("#inspect-question textarea").press("Enter")
        expect(page.locator(".inspection .asked")).to_have_text(payload)
    assert page.evaluate(STRUCK) is None
    assert said == []
