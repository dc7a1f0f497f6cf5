"""The inspection shows what ``ask`` and ``search`` do, and nothing else."""

from pathlib import Path

import pytest

from qa.config import Settings
from qa.corpus import document_of, make_document
from qa.corpus.readers import read_parts
from qa.errors import InvalidInputError
from qa.inspection import STAGES, matched
from qa.retriever import WEIGHTS
from qa.segment import Encoders
from qa.service import Service
from qa.types import Document, Filter, Turn
from tests.lake_city import write_files

QUESTION = "东岭水厂日供水能力是多少"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory, hashing_encoders: Encoders) -> Service:
    base = tmp_path_factory.mktemp("lake")
    settings = Settings(folder=write_files(base / "files"), vectors=base / "vectors")
    service = Service(settings, load=lambda _: hashing_encoders)
    service.prepare()
    return service


@pytest.mark.parametrize("question", [QUESTION, "火星上有几座水厂", "馆长是谁", "“镜湖水管家”是什么"])
def test_ranks_and_answer_are_those_of_ask_and_search(lake: Service, question: str) -> None:
    found, answer = lake.inspect(question), lake.ask(question)
    assert (found.answer.status, found.answer.text) == (answer.status, answer.text)
    hits = lake.search(question, k=20).hits
    assert [row.hit.passage for row in found.hits] == [hit.passage for hit in hits]
    assert [row.hit.score for row in found.hits] == pytest.approx([hit.score for hit in hits])


def test_what_each_part_adds_sums_to_the_score(lake: Service) -> None:
    for row in lake.inspect(QUESTION).hits:
        votes = sum(vote.standard * vote.weight for vote in row.votes.values())
        assert votes == pytest.approx(row.fused_score)
        beside = sum(value * weight for value, weight in row.features.values())
        assert votes + beside == pytest.approx(row.hit.score)


def test_votes_are_the_rankings_of_the_legs(lake: Service) -> None:
    found, legs = lake.inspect(QUESTION), lake.legs()
    assert set(found.hits[0].votes) == set(WEIGHTS)
    for name in WEIGHTS:
        order = [hit.passage for hit in legs[name](QUESTION, 20)]
        for row in found.hits:
            rank = row.votes[name].rank
            assert rank is None or order[rank - 1] == row.hit.passage
            assert (rank is None) == (row.votes[name].score is None)
    order = [hit.passage for hit in legs["fused"](QUESTION, 20)]
    assert [order[(row.fused_rank or 0) - 1] for row in found.hits] == [row.hit.passage for row in found.hits]


def test_the_decision_adds_up_and_agrees_with_the_answer(lake: Service) -> None:
    for question in (QUESTION, "火星上有几座水厂"):
        found = lake.inspect(question)
        assert found.decision is not None
        odds = found.decision.bias + sum(adds for _, adds in found.decision.features.values())
        assert found.decision.probability == pytest.approx(1 / (1 + 2.718281828459045**-odds))
        refused = found.decision.probability < found.decision.least
        assert refused == (found.answer.status == "not_found")


RULES = "镜湖市露营收费\n\n1至3人每晚收费80元,4至6人每晚收费120元,7至9人每晚收费200元。\n"
TABLE = "# 各乡水塘\n\n| 乡 | 水塘(口) |\n|---|---|\n| 芦花乡 | 31 |\n| 白鹭乡 | 57 |\n| 石桥乡 | 44 |\n"


@pytest.mark.parametrize(
    ("question", "rule", "status"),
    [
        ("5人每晚收费多少", "evidence", "answered"),
        ("12人每晚收费多少", "range", "not_found"),
        ("哪个乡水塘最多", "table", "answered"),
    ],
)
def test_the_decision_is_that_of_the_answer_where_a_rule_decides(
    question: str, rule: str, status: str
) -> None:
    read = [read for _, read in read_parts(".md", TABLE.encode()) if not isinstance(read, str)]
    documents = [make_document("费.txt", RULES, {}), document_of("塘.md", read[0], {}, ".md")]
    with Service.over(documents, Settings()) as service:
        found = service.inspect(question)
    assert found.decision is not None
    assert (found.decision.rule, found.answer.status) == (rule, status)
    assert (found.decision.probability < found.decision.least) == (status == "not_found")
    assert bool(found.decision.features) == (rule == "evidence")


def test_what_a_question_names_stands_first_and_has_no_decision() -> None:
    rules = "镜湖市供水办法\n\n第一条 供水单位应当按时供水。\n\n第二条 水价由市物价部门公布。\n"
    documents = [Document("办法.txt", "镜湖市供水办法", "2024", "", rules)]
    with Service.over(documents, Settings()) as service:
        found = service.inspect("镜湖市供水办法第二条怎么规定")
    assert found.named[0] == "镜湖市供水办法"
    assert found.decision is None
    assert "第二条" in found.answer.text
    assert found.hits[0].hit.scores["address"] == 1.0
    assert found.hits[0].place is not None


def test_only_the_documents_wanted_are_inspected_and_lie_where_they_lie(lake: Service) -> None:
    everything = {row.hit.passage: row.place for row in lake.inspect(QUESTION).hits}
    found = lake.inspect(QUESTION, wanted=Filter(doc_ids=("水务/简报.txt",)))
    assert {row.hit.passage.doc_id for row in found.hits} == {"水务/简报.txt"}
    for row in found.hits:
        assert row.place == pytest.approx(everything[row.hit.passage])


def test_a_follow_up_is_rewritten_and_every_stage_is_timed(lake: Service) -> None:
    found = lake.inspect("那满意率呢", history=[Turn("镜湖水管家热线接听多少来电")])
    assert found.query == lake.search("那满意率呢", history=[Turn("镜湖水管家热线接听多少来电")]).query
    assert tuple(found.timings_ms) == STAGES
    assert min(found.timings_ms.values()) >= 0


def test_an_empty_question_is_refused_and_an_empty_index_shows_nothing(
    lake: Service, hashing_encoders: Encoders, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInputError):
        lake.inspect("  ")
    (tmp_path / "files").mkdir()
    empty = Service(
        Settings(folder=tmp_path / "files", vectors=tmp_path / "v"), load=lambda _: hashing_encoders
    )
    empty.begin()
    empty.prepare()
    found = empty.inspect(QUESTION)
    assert (found.hits, found.place, found.answer.status) == ((), None, "not_found")


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("水厂在哪里", "东岭水厂和水廠", ["水厂", "水廠"]),
        ("供水能力是多少", "供水的能力,供水能力", ["供水", "能力", "供水能力"]),
        ("WiFi密码", "wifi 密码", ["wifi", "密码"]),
        ("谁", "谁来", ["谁"]),
        ("水厂", "", []),
    ],
)
def test_words_of_the_question_are_marked(question: str, text: str, words: list[str]) -> None:
    assert [text[slice(*span)] for span in matched(question, text)] == words
