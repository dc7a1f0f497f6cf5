from dataclasses import replace

import pytest

from qa import Answer
from tests.ui.reading import Reading
from tests.ui.two_documents import ACROSS_LINES, ANSWERS, NEAREST, NOTES, PARK, cite
from ui.asking import render
from ui.asking.render import Exchange
from ui.frame import notice

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;{{value}}${value}"
CONFLICT = ANSWERS["那荷花呢"]


def test_marks_with_a_citation_become_buttons_and_others_stay_text() -> None:
    citation = cite(1, NOTES, "荷花在八月开放")
    answer = Answer("answered", "八月[1],见附件[2]和[01x]。", (citation,))
    page = Reading(render.words(answer, 4, "zh"), inside="button")
    assert page.marked == ["[1]"]
    assert page.words == answer.text
    button = page.attributes("button")[0]
    assert (button["data-turn"], button["data-number"]) == ("4", "1")
    assert button["aria-label"] == f"打开出处 1:{NOTES.title}"


def test_marks_at_the_ends_and_side_by_side() -> None:
    page = Reading(
        render.words(Answer("conflict", "[1][2]\n中间[1]", CONFLICT.citations), 0, "zh"), inside="button"
    )
    assert page.marked == ["[1]", "[2]", "[1]"]
    assert page.words == "[1][2]\n中间[1]"


def test_hostile_words_are_only_words() -> None:
    citation = cite(1, NOTES, "荷花在八月开放")
    hostile = replace(citation, title=HOSTILE, date=HOSTILE, heading=f"章 › {HOSTILE}", quote=HOSTILE)
    short = replace(hostile, quote=HOSTILE)
    answer = Answer("answered", f"{HOSTILE}[1]{HOSTILE}", (hostile,), short, query=HOSTILE + "?")
    page = Reading(render.conversation([Exchange("a", answer), Exchange(HOSTILE, answer)], "zh"))
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img"})
    in_each_answer = ["short answer", "text", "text after the mark", "title", "date", "heading", "quote"]
    assert page.words.count(HOSTILE) == 2 * len(in_each_answer) + len(["question", "rewritten", "rewritten"])


def test_the_short_answer_comes_first_with_the_mark_of_its_citation() -> None:
    citation = cite(1, NOTES, "荷花在八月开放")
    short = replace(citation, start=citation.start + 3, end=citation.start + 5, quote="八月")
    answer = Answer("answered", "荷花在八月开放[1]", (citation,), short)
    page = Reading(render.answer(answer, 2, "zh"), inside="button")
    assert page.words.index("八月 [1]") < page.words.index("荷花在八月开放[1]")
    assert page.marked[0] == "[1]"
    whole = replace(answer, short_answer=citation)
    assert render.short(whole, 2, "zh") == ""


def test_status_is_said_in_words_in_both_languages() -> None:
    said = {"answered": "有据", "partial": "部分", "conflict": "说法不一", "not_found": "文件中没有"}
    for answer in [*ANSWERS.values(), Answer("not_found", "")]:
        page = Reading(render.answer(answer, 0, "zh"), inside="strong")
        assert page.marked == [said[answer.status]]
    assert Reading(render.answer(CONFLICT, 0, "en"), inside="strong").marked == ["Conflicting"]


def test_citations_are_listed_with_title_date_heading_and_quote() -> None:
    page = Reading(render.citations(CONFLICT, 0, "zh"), inside="blockquote")
    assert page.marked == [ACROSS_LINES, "荷花在八月开放"]
    for words in ("[1]", PARK.title, "2024-03-01", "二、花卉展览安排", "[2]", NOTES.title, "日期不详"):
        assert words in page.words


def test_heading_does_not_repeat_the_title() -> None:
    assert Reading(render.origin("报告", "2024", "报告 › 一、赛事", "zh")).words == "报告 2024 一、赛事"
    assert Reading(render.origin("题 目——副题", "2024", "题 目 ——副题", "zh")).words == "题 目——副题 2024"
    assert Reading(render.origin("报告", "2024", "报告会 › 其他", "zh")).words == "报告 2024 报告会 › 其他"


def test_nearest_passages_are_folded_and_named_as_no_answer() -> None:
    page = Reading(render.answer(Answer("not_found", "", nearest=NEAREST), 1, "zh"), inside="summary")
    assert page.marked == ["最接近的段落(2)——这些不是答案"]
    assert page.attributes("details") == [{"class": "nearest"}]
    assert [button["data-rank"] for button in page.attributes("button")] == ["1", "2"]
    assert "没有找到" in page.words


def test_nothing_near_shows_no_fold() -> None:
    assert "details" not in render.answer(Answer("not_found", ""), 0, "zh")


def test_how_a_question_was_understood_is_shown() -> None:
    first, second = Exchange("那荷花呢", CONFLICT), Exchange("荷花什么时候开", CONFLICT)
    assert "实际查找的问题:荷花什么时候开" in render.conversation([first], "zh")
    assert render.conversation([first, second], "zh").count("实际查找") == 1


def test_a_question_without_an_answer_is_pending() -> None:
    assert "正在文件里查找" in render.conversation([Exchange("问")], "zh")


@pytest.mark.parametrize(("message", "expected"), [("", ""), ("a<b", "a<b")])
def test_notice(message: str, expected: str) -> None:
    assert Reading(notice(message)).words == expected


def test_examples_carry_their_question() -> None:
    page = Reading(render.examples(['说"什么"?'], "zh"))
    assert page.attributes("button")[0]["data-question"] == '说"什么"?'
    assert render.examples([], "zh") == ""
