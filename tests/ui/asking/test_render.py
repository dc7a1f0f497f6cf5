from dataclasses import replace

import pytest

from qa import Answer
from qa.streaming import growing
from tests.ui.reading import Reading
from tests.ui.two_documents import ACROSS_LINES, ANSWERS, NEAREST, NOTES, PARK, cite
from ui.asking import render, shown
from ui.asking.render import Exchange
from ui.frame import notice

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;{{value}}${value}"
CONFLICT = ANSWERS["那荷花呢"]


@pytest.mark.parametrize("said", ["", "文件中没有"])
def test_a_refusal_that_says_no_more_than_its_status_is_put_in_the_words_of_the_page(said: str) -> None:
    assert "Nothing in these documents" in render.told(Answer("not_found", said), "en")
    assert render.told(Answer("not_found", "只有2023年的。"), "en") == "只有2023年的。"
    assert render.told(Answer("answered", "二十人[1]"), "en") == "二十人[1]"


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
    page = Reading(shown.everything([Exchange("a", answer), Exchange(HOSTILE, answer)], "zh"), inside="p")
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img"})
    in_each_answer = ["short answer", "text", "text after the mark", "title", "date", "heading", "quote"]
    assert page.words.count(HOSTILE) == 2 * len(in_each_answer) + len(["question", "rewritten", "rewritten"])
    assert [box["value"] for box in page.attributes("input")] == [HOSTILE + "?"] * 2


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
    page = Reading(render.exchange(Exchange("那荷花呢", CONFLICT), 0, "zh"), inside="p")
    assert page.marked[0] == "实际查找的问题:荷花什么时候开"
    assert page.attributes("input")[0]["value"] == "荷花什么时候开"
    assert "实际查找" not in render.exchange(Exchange("荷花什么时候开", CONFLICT), 0, "zh")


def test_a_question_without_an_answer_is_pending() -> None:
    assert "正在文件里查找" in render.exchange(Exchange("问"), 0, "zh")


def test_citations_are_shown_before_there_is_a_text() -> None:
    page = render.answer(next(growing(CONFLICT)), 0, "zh")
    assert "正在写回答" in page
    assert ACROSS_LINES in page
    assert "七月开放[1]" not in Reading(page).words


def test_a_conflict_is_shown_in_columns_with_dates() -> None:
    page = Reading(render.said(CONFLICT, 0, "zh"), inside="section")
    assert page.marked == [f"2024-03-01 {PARK.title}七月开放[1]", f"日期不详 {NOTES.title}八月开放[2]"]
    assert [button["data-number"] for button in page.attributes("button")] == ["1", "2"]


def test_several_statements_of_one_document_are_one_column() -> None:
    citations = (cite(1, PARK, "荷花"), cite(2, NOTES, "八月"), cite(3, PARK, "七月"))
    three = Answer("conflict", "荷花[1]\n八月[2]\n七月[3]", citations)
    assert [words for _, words in render.sides(three)] == ["荷花[1]\n七月[3]", "八月[2]"]
    for text in ("荷花[1]八月[2]", "荷花[1]\n没有出处", "荷花[1]\n七月[3]"):
        assert "section" not in render.said(replace(three, text=text), 0, "zh")


def test_only_the_last_turns_are_shown_and_older_ones_on_demand() -> None:
    history = [Exchange(f"问{number}") for number in range(shown.LAST + shown.MORE + 5)]
    page = Reading(shown.everything(history, "zh"), inside="button")
    turns = [int(article["data-turn"] or "") for article in page.attributes("article")]
    assert turns == list(range(len(history) - shown.LAST, len(history)))
    (button,) = page.attributes("button")
    assert (page.marked, button["data-first"]) == (["更早的(205)"], "205")
    page = Reading(shown.older(history, 205, "zh"))
    assert [int(article["data-turn"] or "") for article in page.attributes("article")] == list(range(5, 205))
    page = Reading(shown.older(history, 5, "zh"))
    assert len(page.attributes("article")) == 5
    assert page.attributes("button") == []


@pytest.mark.parametrize("first", [0, 10**8])
def test_a_first_turn_that_cannot_be_shows_no_more_than_there_is(first: int) -> None:
    page = Reading(shown.older([Exchange("问")], first, "zh"))
    assert len(page.attributes("article")) <= 1


@pytest.mark.parametrize(("message", "expected"), [("", ""), ("a<b", "a<b")])
def test_notice(message: str, expected: str) -> None:
    assert Reading(notice(message)).words == expected


def test_examples_carry_their_question() -> None:
    page = Reading(render.examples(['说"什么"?'], "zh"))
    assert page.attributes("button")[0]["data-question"] == '说"什么"?'
    assert render.examples([], "zh") == ""
