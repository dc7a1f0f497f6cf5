import json
from dataclasses import replace

from qa import Browse, Job, Listed, Sheet
from qa.types import Skipped
from tests.ui.reading import Reading
from ui.documents import jobs, render

EVIL = '"><img src=x onerror=alert(1)>'
ROW = Listed("水务/年报.txt", "年报", date="2025-01-15", source="镜湖水务网", format="txt", passages=1200)
RUNNING = Job("1", "upload", "running", ("甲.txt", "乙.txt", "丙.txt", "丁.txt"), "sentences", 12, 40)


def acts(markup: str) -> list[str | None]:
    return [button.get("data-act") for button in Reading(markup).attributes("button") if "data-act" in button]


def test_a_document_says_what_is_known_of_it() -> None:
    said = Reading(render.row(ROW._replace(standing="repealed", number="镜政发〔2023〕12号"), "zh"))
    assert said.words.startswith(
        "年报2025-01-15镜湖水务网TXT镜政发〔2023〕12号1,200 段水务/年报.txt已收录 · 已废止"
    )
    assert said.attributes("li")[0]["data-source"] == "镜湖水务网"
    assert acts(render.row(ROW, "zh")) == ["edit", "remove", "undo"]
    english = Reading(render.row(ROW._replace(date=""), "en")).words
    assert english.startswith("年报undated镜湖水务网TXTpassages: 1,200水务/年报.txtindexed")


def test_what_was_skipped_says_why_and_opens_nothing() -> None:
    row = render.row(Listed("坏.pdf", "坏.pdf", "skipped", format="pdf", reason="文件已损坏"), "zh")
    assert "没有收录 · 文件已损坏" in Reading(row).words
    assert acts(row) == ["remove", "undo"]
    assert [b.get("data-event") for b in Reading(row).attributes("button")] == [None, None]
    assert acts(render.row(Listed("新.txt", "新.txt", "waiting", removable=False), "zh")) == []
    assert acts(render.row(ROW._replace(removable=False), "zh")) == ["edit"]


def test_nothing_of_a_document_becomes_markup() -> None:
    evil = Listed(EVIL, EVIL, "skipped", EVIL, EVIL, EVIL, EVIL, 3, "", EVIL)
    job = Job(EVIL, "upload", "failed", (EVIL,), reason=EVIL, skipped=(Skipped(EVIL, EVIL),))
    shown = render.sheet(Sheet((evil,), 1, version=EVIL), "zh") + jobs.jobs([job], "zh")
    shown += render.tools(Browse(words=EVIL, state=EVIL, order=EVIL), "zh")
    assert "img" not in {tag for tag, _ in Reading(shown).tags}
    assert shown.count(">&quot;&gt;&lt;img") or EVIL in Reading(shown).words


def test_thousands_are_counted_and_paged() -> None:
    many = Sheet((ROW,), 3001, 2, 61, {"indexed": 2990, "skipped": 8, "running": 2, "waiting": 1}, "v1")
    said = Reading(render.sheet(many, "zh"))
    assert "3,001 份已收录 2,990 · 没有收录 8 · 正在处理 3" in " ".join(said.words.split()).replace(
        "份 ", "份"
    )
    pages = [b["data-page"] for b in said.attributes("button") if b.get("data-act") == "page"]
    assert pages == ["1", "1", "3", "61"]
    first = Reading(render.sheet(replace(many, page=1), "en"))
    off = [b["data-page"] for b in first.attributes("button") if "disabled" in b]
    assert off == ["1", "0"]
    alone = render.sheet(Sheet((), 0), "zh")
    assert "没有这样的文件" in alone
    assert "nav" not in alone


def test_a_job_shows_its_stage_of_four() -> None:
    said = Reading(jobs.jobs([RUNNING], "zh"), inside="ol")
    assert "上传 进行中 甲.txt、乙.txt、丙.txt 等,另有 1 个" in said.words
    steps = [step for step in said.attributes("li") if "data-of" in step]
    assert [step["data-of"] for step in steps if "aria-current" in step] == ["sentences passages gist"]
    assert said.attributes("progress") == [{"aria-label": "进度", "max": "40", "value": "12"}]
    assert acts(jobs.jobs([RUNNING], "zh")) == ["cancel"]
    waiting = Reading(jobs.jobs([replace(RUNNING, state="waiting", stage="")], "en"))
    assert "waiting" in waiting.words
    assert waiting.attributes("progress") == []


def test_what_went_wrong_is_unfolded() -> None:
    bad = replace(RUNNING, state="done", skipped=(Skipped("乙.txt", "文件是空的"),))
    shown = Reading(jobs.jobs([bad], "zh"))
    assert "open" in shown.attributes("details")[0]
    assert "乙.txt 文件是空的" in shown.words
    assert acts(jobs.jobs([bad], "zh")) == []
    assert "open" not in Reading(jobs.jobs([replace(bad, skipped=())], "zh")).attributes("details")[0]
    assert jobs.jobs([], "zh") == ""


def test_the_form_has_the_values_that_are_looked_for() -> None:
    form = Reading(render.tools(Browse("供水", "ended", "date", descending=True), "zh"))
    assert form.attributes("input")[0]["value"] == "供水"
    assert [o["value"] for o in form.attributes("option") if "selected" in o] == ["ended", "date"]
    assert form.attributes("button")[0]["aria-pressed"] == "true"


def test_the_script_is_given_its_words() -> None:
    (root,) = [tag for tag in Reading(render.upload("en")).attributes("div") if "data-words" in tag]
    words = json.loads(root["data-words"] or "")
    assert set(words) == set(render.SAID)
    assert words["going"].startswith("“{title}” will be removed in {seconds}")
