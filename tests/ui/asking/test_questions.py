import pytest

from qa import Document, Section
from tests.ui.two_documents import NOTES, PARK
from ui.asking.questions import short_heading, suggestions


def document(text: str, *sections: Section) -> Document:
    return Document("d", "t", "", "", text, sections)


@pytest.mark.parametrize(
    ("heading", "short"),
    [
        ("报告 › 二、花卉展览安排", "花卉展览安排"),
        ("(一)基础设施建设", "基础设施建设"),
        ("第三章 供水设施管理", "供水设施管理"),
        ("总则", ""),
        ("这是一个长得不能放进按钮里面去的很长很长的标题", ""),
        ("谁说的?“他”", ""),
        ("", ""),
    ],
)
def test_short_heading(heading: str, short: str) -> None:
    assert short_heading(Section(heading, "", "", 0, 1)) == short


def test_offices_come_before_headings_and_documents_without_either_are_passed_over() -> None:
    office = document("", Section("一、基本情况介绍", "", "", 0, 1), Section("", "李青", "园长", 1, 2))
    assert suggestions([PARK, NOTES, office]) == ["“花卉展览安排”讲了什么?", "园长是谁?"]


def test_no_question_twice_and_no_more_than_the_limit() -> None:
    papers = [document("", Section(f"第{mark}章的名字", "", "", 0, 1)) for mark in "甲甲乙丙"]
    assert suggestions(papers, limit=2) == ["“第甲章的名字”讲了什么?", "“第乙章的名字”讲了什么?"]


def test_the_known_question_is_offered_only_where_its_words_occur() -> None:
    assert suggestions([document("五大品牌赛事")]) == ["体育局的品牌赛事是什么"]
    assert suggestions([NOTES]) == []
