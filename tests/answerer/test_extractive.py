"""Every part of an answer is a quotation, or the answer is a no."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from qa.answerer.evidence import sentences_of
from qa.answerer.extractive import NOT_FOUND
from qa.answerer.refusal import answered, features
from qa.types import Answer, Hit
from tests.answerer.parts import alignment, answer, asked, hit

LIST = "集团推出三项便民措施:一是水表远程抄读,居民不必在家。二是热线昼夜值守。三是缴费一次办结。"
SAME = "集团新建输水管道86公里,东岭水厂投产。"
CASES = [
    ("集团推出的便民措施有哪些", [hit(f"供水很好。{LIST}", start=17)]),
    ("集团新建输水管道多少公里", [hit(SAME, start=3), hit(f"据悉。{SAME}", "简报.txt", rank=2)]),
    ("图书馆馆长是谁", [hit("——访镜湖市图书馆馆长林晓舟", "访谈.txt"), hit("水很干净。", rank=2)]),
    ("阅读护照是什么意思", [hit("\n阅读护照很受欢迎,就是\r\n读者盖章的小册子,", "访谈.txt", start=8)]),
    ("火星上的情况", [hit("水很干净。"), hit("图书馆九点开门。", "访谈.txt", rank=2)]),
    ("管道有多长", [hit("据统计[3],管道长86公里[12]。另有水表三万只[4]。")]),
]


def characters(hits: list[Hit]) -> dict[tuple[str, int], str]:
    """Every known character of the documents by its place."""
    return {
        (found.passage.doc_id, found.passage.start + offset): character
        for found in hits
        for offset, character in enumerate(found.passage.text)
    }


def check(found: Answer, hits: list[Hit]) -> None:
    """Every promise about an answer that was found."""
    known = characters(hits)
    marks = [int(number) for number in re.findall(r"\[(\d+)\]", found.text)]
    assert marks == [citation.number for citation in found.citations] == list(range(1, len(marks) + 1))
    for citation in found.citations:
        assert citation.quote
        there = "".join(known[citation.doc_id, offset] for offset in range(citation.start, citation.end))
        assert there == citation.quote
        assert citation.title == f"{citation.doc_id}的标题"
    quotes = iter(found.citations)
    for line in found.text.split("\n"):
        words, numbers = re.fullmatch(r"(.+?)((?:\[\d+\])+)", line, re.DOTALL).groups()  # type: ignore[union-attr]
        cited = [next(quotes) for _ in re.findall(r"\d+", numbers)]
        assert words in re.sub(r"\[\d+\]|\s*[\r\n]\s*", "", cited[0].quote)


@pytest.mark.parametrize(("question", "hits"), CASES, ids=[question for question, _ in CASES])
def test_every_mark_is_a_citation_and_every_citation_exact(question: str, hits: list[Hit]) -> None:
    found = answer(question, *hits)
    assert found.status in ("answered", "partial", "conflict")
    assert 0 <= found.confidence <= 1
    assert found.nearest == ()
    check(found, hits)


def test_a_list_is_cited_item_by_item() -> None:
    found = answer(*CASES[0][:1], *CASES[0][1])
    assert [line.rstrip("。[123]") for line in found.text.split("\n")] == [
        "一是水表远程抄读",
        "二是热线昼夜值守",
        "三是缴费一次办结",
    ]
    assert len(found.citations) == 3
    assert all(a.end <= b.start for a, b in pairwise(found.citations))


def test_documents_that_agree_are_both_cited_on_one_statement() -> None:
    found = answer("集团新建输水管道多少公里", *CASES[1][1])
    assert found.text.endswith("[1][2]")
    assert "\n" not in found.text
    assert {citation.doc_id for citation in found.citations} == {"年报.txt", "简报.txt"}


def test_marks_that_stand_in_the_document_are_not_taken_for_ours() -> None:
    found = answer(CASES[5][0], *CASES[5][1])
    assert [int(number) for number in re.findall(r"\[(\d+)\]", found.text)] == [1]
    assert "[12]" in found.citations[0].quote


def test_an_answer_has_no_line_breaks_of_the_page() -> None:
    found = answer("阅读护照是什么意思", *CASES[3][1])
    assert found.text == "阅读护照很受欢迎,就是读者盖章的小册子[1]"


def test_a_citation_tells_where_it_stands() -> None:
    found = answer(
        "水厂在哪里",
        hit("水厂在东岭路。", "简报.txt", heading="简报 › 一、水厂", date="2025-02", score=0.7, start=4),
    )
    (citation,) = found.citations
    assert (citation.heading, citation.date, citation.score) == ("简报 › 一、水厂", "2025-02", 0.7)
    assert (citation.start, citation.end, citation.quote) == (4, 11, "水厂在东岭路。")


@pytest.mark.parametrize("hits", [[], [hit("版权所有")]], ids=["none", "no sentences"])
def test_without_sentences_nothing_is_found(hits: list[Hit]) -> None:
    bare = [
        replace(found, passage=replace(found.passage, sentences=()), sentence_scores=()) for found in hits
    ]
    found = answer("馆长是谁", *bare)
    assert (found.status, found.text, found.citations) == ("not_found", NOT_FOUND, ())
    assert found.nearest == tuple(bare)
    assert found.confidence == 0


@pytest.mark.parametrize(("question", "hits"), CASES, ids=[question for question, _ in CASES])
def test_it_refuses_below_the_probability_asked_for(question: str, hits: list[Hit]) -> None:
    found = sentences_of(asked(question), hits)
    sure = answered(features(asked(question), found, alignment()))
    assert answer(question, *hits, refuse_below=sure).status != "not_found"
    refused = answer(question, *hits, refuse_below=min(1.0, sure + 1e-9))
    if sure < 1:
        assert (refused.status, refused.text, refused.citations) == ("not_found", NOT_FOUND, ())
        assert refused.nearest == tuple(hits)
        assert refused.confidence == answer(question, *hits).confidence


def test_something_is_refused() -> None:
    assert answer("火星上有几座水厂", hit("图书馆九点开门。", cosines=[0.0]), refuse_below=1.0).nearest


def test_what_was_not_asked_for_is_partial() -> None:
    assert answer("管道修了多少公里", hit("管道修了很长。")).status == "partial"
    assert answer("管道修了多少公里", hit("管道修了86公里。")).status == "answered"


PEOPLE = [
    hit("镜湖市图书馆馆长沈知白说,老馆要修。", "旧闻.txt", date="2019-06-01"),
    hit("镜湖市图书馆馆长林晓舟说,新馆开门。", "访谈.txt", rank=2, date="2025-03-08"),
]


def test_documents_that_differ_are_both_shown_newest_first() -> None:
    found = answer("镜湖市图书馆馆长是谁", *PEOPLE)
    assert found.status == "conflict"
    assert [citation.doc_id for citation in found.citations] == ["访谈.txt", "旧闻.txt"]
    check(found, PEOPLE)


@pytest.mark.parametrize(
    ("question", "doc_id"),
    [("现在镜湖市图书馆馆长是谁", "访谈.txt"), ("2019年镜湖市图书馆馆长是谁", "旧闻.txt")],
)
def test_the_time_asked_about_settles_it(question: str, doc_id: str) -> None:
    found = answer(question, *PEOPLE)
    assert found.status == "answered"
    assert {citation.doc_id for citation in found.citations} == {doc_id}


def test_numbers_that_differ_are_a_conflict() -> None:
    hits = [
        hit("2024年集团新建输水管道86公里。"),
        hit("2024年集团新建输水管道68公里。", "简报.txt", rank=2),
    ]
    found = answer("集团新建输水管道多少公里", *hits)
    assert found.status == "conflict"
    assert re.findall(r"(\d+)公里。\[(\d)\]", found.text) == [("86", "1"), ("68", "2")]
    check(found, hits)


def test_two_years_get_an_answer_each() -> None:
    hits = [
        hit("2023年图书馆馆长林晓舟表示欢迎。", "旧闻.txt", date="2023"),
        hit("2025年图书馆馆长沈静秋表示欢迎。", "新闻.txt", rank=2, date="2025"),
    ]
    found = answer("2023年和2025年的图书馆馆长分别是谁", *hits)
    assert found.status == "answered"
    assert [citation.doc_id for citation in found.citations] == ["旧闻.txt", "新闻.txt"]
    check(found, hits)
