"""Questions behind others: about the same thing, about a new one, and about one that no document names."""

from collections.abc import Iterator

import pytest

from qa.config import Settings
from qa.corpus import make_document
from qa.service import Service
from qa.types import Answer, Turn

VALLEY = """银杏谷游览须知

银杏谷缆车往返票价70元,运行时间为9:10至16:40。

漂流每人150元,救生衣押金60元。

萤火馆门票36元,位于南坡。停车场可停车420辆。
"""
WORKS = """白鹭湾泵站简介

白鹭湾泵站日排水能力9万吨,员工47人。水位合格率98.6%。
"""
PRICE, POWER = "缆车往返票价多少", "白鹭湾泵站日排水能力是多少"


@pytest.fixture(scope="module")
def valley() -> Iterator[Service]:
    documents = [make_document("谷.txt", VALLEY, {}), make_document("泵.txt", WORKS, {})]
    with Service.over(documents, Settings()) as service:
        yield service


def asked(service: Service, question: str, before: str) -> Answer:
    return service.ask(question, history=[Turn(before)])


@pytest.mark.parametrize(
    ("question", "before", "words"),
    [
        ("那萤火馆门票呢", PRICE, "36元"),
        ("救生衣押金呢", PRICE, "60元"),
        ("运行时间呢", PRICE, "9:10至16:40"),
        ("萤火馆呢", "救生衣押金多少", "36元"),
        ("停车场能停多少辆车呢", "萤火馆在哪里", "420辆"),
        ("有多少员工呢", POWER, "47人"),
        ("水位合格率呢", POWER, "98.6%"),
    ],
)
def test_a_follow_up_is_answered_with_what_it_names(
    valley: Service, question: str, before: str, words: str
) -> None:
    found = asked(valley, question, before)
    assert found.status == "answered"
    assert found.short_answer is not None
    assert found.short_answer.quote == words


@pytest.mark.parametrize(
    ("question", "before"), [("那博物馆门票呢", PRICE), ("那游泳馆门票呢", "救生衣押金多少")]
)
def test_a_new_subject_that_nothing_names_is_not_found(valley: Service, question: str, before: str) -> None:
    assert asked(valley, question, before).status == "not_found"


@pytest.mark.parametrize("question", ["那萤火馆门票呢", "有多少员工呢", "那博物馆门票呢"])
def test_asking_searching_and_inspecting_read_a_follow_up_alike(valley: Service, question: str) -> None:
    history = [Turn(PRICE)]
    found, inspected = valley.ask(question, history=history), valley.inspect(question, history=history)
    assert (inspected.query, inspected.answer.text) == (found.query, found.text)
    assert valley.search(question, k=1, history=history).query == found.query
    assert len(valley.search(question, k=1, history=history).hits) == 1
    assert inspected.decision is not None
    assert (inspected.decision.probability < inspected.decision.least) == (found.status == "not_found")
