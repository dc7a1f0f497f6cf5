from dataclasses import replace

from qa import Answer, Judged, Mark, Opinion, Turn
from tests.ui.reading import Reading
from tests.ui.two_documents import ANSWERS
from ui.asking.render import Exchange, exchange
from ui.feedback import render

EVIL = '"><img src=x onerror=alert(1)>'
GOOD = Opinion(
    "good",
    "日供水多少",
    (Turn("东岭水厂在哪里", "城北"),),
    answer="20万吨[1]",
    citations=(Mark("简报.txt", 4, 8, "20万吨"),),
    feedback_id="00ff00ff00ff00ff",
    time="2025-03-08T09:30:00.000+00:00",
)
BAD = replace(
    GOOD, verdict="bad", reason="answerable", remark="明明有", status="not_found", marks=GOOD.citations
)


def test_every_answer_ends_with_two_buttons() -> None:
    shown = Reading(exchange(Exchange("樱花什么时候开", ANSWERS["樱花什么时候开"]), 3, "zh"))
    (bar,) = [tag for tag in shown.attributes("p") if tag.get("class") == "rating"]
    buttons = [tag for tag in shown.attributes("button") if "data-verdict" in tag]
    assert bar["data-turn"] == "3"
    assert [(b["data-verdict"], b["aria-pressed"], b["aria-label"]) for b in buttons] == [
        ("good", "false", "回答得对"),
        ("bad", "false", "回答得不对"),
    ]
    assert "rating" not in exchange(Exchange("还在找"), 4, "zh")


def test_an_answer_is_known_again_and_another_is_another() -> None:
    one = Answer("answered", "水", index_version="g1")
    first = render.bar("问", one, 0, "zh")
    assert first == render.bar("问", one, 0, "zh")
    assert first.replace('data-turn="0"', "") != render.bar("问", one, 1, "zh").replace('data-turn="1"', "")
    assert first != render.bar("问", replace(one, text="火"), 0, "zh")
    assert render.bar("\ud800", one, 0, "zh")


def test_an_opinion_says_everything() -> None:
    said = Reading(render.item(BAD, "zh"))
    for words in (
        "答得不对 · 应当能答",
        "2025-03-08 09:30",
        "日供水多少",
        "之前问过",
        "东岭水厂在哪里",
        "明明有",
    ):
        assert words in said.words
    spans = [tag for tag in said.attributes("button") if tag.get("data-event") == "open"]
    assert [(tag["data-doc"], tag["data-start"], tag["data-end"]) for tag in spans] == [
        ("简报.txt", "4", "8")
    ] * 2
    again = replace(GOOD, query="东岭水厂日供水多少")
    assert 'data-question="东岭水厂日供水多少"' in render.item(again, "zh")
    assert 'data-question="日供水多少"' in render.item(GOOD, "zh")


def test_the_list_says_what_is_exported_and_what_is_not() -> None:
    judged = Judged(("{}",), unmarked=2, changed=1)
    said = Reading(render.export(judged, "zh") + render.listing([GOOD], "zh", total=41))
    assert "可导出 1 道考题 · 2 条没有标出正确的字,不导出 · 1 条所指的字已不在文件里,不导出" in said.words
    assert said.attributes("a") == [{"href": "v1/feedback/questions", "download": "feedback.jsonl"}]
    assert "第 1 / 3 页" in said.words
    (link,) = Reading(render.export(judged, "zh", "公报 &")).attributes("a")
    assert link["href"] == "v1/feedback/questions?collection=%E5%85%AC%E6%8A%A5+%26"
    assert link["download"] == "feedback-公报 &.jsonl"
    assert Reading(render.export(Judged((), unmarked=1), "en")).attributes("a") == []
    assert "还没有反馈" in render.listing([], "zh")


def test_nothing_of_an_opinion_becomes_markup() -> None:
    marks = (Mark(EVIL, 0, 1, EVIL),)
    evil = Opinion(
        "bad",
        EVIL,
        (Turn(EVIL, EVIL),),
        EVIL,
        "conflict",
        EVIL,
        marks,
        EVIL,
        "wrong",
        EVIL,
        marks,
        EVIL,
        EVIL,
    )
    shown = render.listing([evil], "en") + render.given(EVIL, EVIL, EVIL) + render.refused(EVIL)
    shown += render.bar(EVIL, Answer("answered", EVIL), 0, "zh")
    assert "img" not in {tag for tag, _ in Reading(shown).tags}


def test_the_form_has_every_reason_and_the_words_of_the_script() -> None:
    form = Reading(render.form("en"))
    assert [tag["value"] for tag in form.attributes("input")] == list(render.REASONS)
    (root,) = [tag for tag in form.attributes("div") if tag.get("class") == "rater"]
    assert root["data-nothing-marked"] == "Please select some words of the document first."
