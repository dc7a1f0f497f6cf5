"""What stands around a sentence: who asked for it, what introduces it, the year it tells of."""

import pytest

from qa.answerer.context import asks, introduction, replaced, years_of
from qa.answerer.evidence import sentences_of
from tests.answerer.parts import asked, hit

TALK = "记者:水价会涨吗?周启明:不会。水质也不变。记者:水压呢?周启明:会加大。"
RULES = "骑车应当遵守下列规定:\n(一)年满十六周岁;\n(二)佩戴头盔。\n违者罚款。"


def test_questions_ask() -> None:
    assert asks("水价会涨吗?")
    assert asks("“水价会涨吗？”")
    assert not asks("水价不会涨。")


def test_what_a_correction_replaces_is_no_evidence() -> None:
    found = sentences_of(asked("水厂收入多少"), [hit("更正前:水厂收入5亿元。更正后:水厂收入6亿元。")])
    assert [evidence.text for evidence in found] == ["更正后:水厂收入6亿元。"]
    assert not replaced("更正前:5亿元,更正后:6亿元。", "更正前:5亿元,更正后:6亿元。")


def test_an_answer_belongs_to_its_question() -> None:
    assert [introduction(hit(TALK), number) for number in range(5)] == [
        "",
        "记者:水价会涨吗?",
        "记者:水价会涨吗?",
        "记者:水价会涨吗?",
        "记者:水压呢?",
    ]


def test_items_belong_to_what_introduces_them() -> None:
    passage = hit(RULES)
    assert [bool(introduction(passage, number)) for number in range(4)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "number", "heading", "date", "years"),
    [
        ("2023年增长。", 0, "2022年工作", "2024", ("2023",)),
        ("增长。", 0, "2022年工作 › 一、供水", "2024", ("2022",)),
        ("2021年增长。收入5亿元。", 1, "", "2024", ("2021",)),
        ("增长。", 0, "", "2024-03-01", ("2024",)),
        ("增长。", 0, "", "", ()),
        ("2022年3月15日\n全年供水5亿吨。", 1, "镜湖市2021年公报", "2022-03-15", ("2021",)),
        ("镜湖市2021年公报\n2022年3月15日\n全年供水5亿吨。", 2, "", "2022-03-15", ("2021",)),
        ("发布时间:2024-01-05\n供水5亿吨。", 1, "2023年的水", "2024-01-05", ("2023",)),
        ("明年新建水厂3座。", 0, "", "2023-12-26", ("2024",)),
        ("今年新建水厂3座,比去年多1座。已建2座。", 1, "", "2023-12-26", ("2023",)),
        ("2021年新建水厂3座,去年还没有。", 0, "", "2023-12-26", ("2021",)),
        ("明年新建水厂3座。", 0, "", "", ()),
    ],
)
def test_the_year_is_the_nearest_one(
    text: str, number: int, heading: str, date: str, years: tuple[str, ...]
) -> None:
    assert years_of(hit(text, heading=heading, date=date), number) == years


def test_a_question_in_a_document_answers_none() -> None:
    found = sentences_of(asked("水价会涨吗"), [hit(TALK)])
    assert [evidence.text for evidence in found if asks(evidence.text)] == []
    assert found[0].introduced == "记者:水价会涨吗?"


def test_a_document_of_questions_is_still_evidence() -> None:
    assert [evidence.text for evidence in sentences_of(asked("水价"), [hit("水价会涨吗?")])] == [
        "水价会涨吗?"
    ]


def test_the_year_asked_about_comes_first() -> None:
    both = [
        hit("水厂收入5亿元。", "a.txt", heading="2022年工作回顾", cosines=[0.5]),
        hit("水厂收入6亿元。", "b.txt", heading="2023年工作回顾", cosines=[0.5]),
    ]
    for year, doc_id in (("2022", "a.txt"), ("2023", "b.txt")):
        assert sentences_of(asked(f"{year}年水厂收入多少"), both)[0].hit.passage.doc_id == doc_id
