"""The invariants of the values, on what the rooms make of real and of small documents."""

import dataclasses
import inspect
import re
from pathlib import Path

import pytest

from qa import types
from qa.answerer import Alignment, ExtractiveAnswerer
from qa.corpus import read_folder
from qa.generation import Index
from qa.retriever import Retriever
from qa.types import Answer, Document, Passage, Span
from tests.calibrate.searching import retriever_over
from tests.hashing import HashingEncoder

SEEDS = Path(__file__).parents[1] / "seeds"
QUESTIONS = [
    "市图书馆馆长是谁",
    "现在市图书馆馆长是谁",
    "2024年新建输水管道多少公里",
    "集团推出的三项便民措施有哪些",
    "阅读护照是什么意思",
    "新馆在哪里",
    "火星上有几座水厂",
    "?!",
    "library",
]
VALUES = [value for value in vars(types).values() if dataclasses.is_dataclass(value)]


@pytest.fixture(scope="module")
def retriever(lake_city_index: Index) -> Retriever:
    return retriever_over(lake_city_index)


def answerer(index: Index, *, refuse_below: float) -> ExtractiveAnswerer:
    alignment = Alignment(HashingEncoder(), words=index.segmenter.cut, weight=index.word_weight)
    return ExtractiveAnswerer(weight=index.token_weight, alignment=alignment, refuse_below=refuse_below)


def answers(index: Index, retriever: Retriever, question: str) -> list[Answer]:
    hits = retriever.search(question, 5)
    return [answerer(index, refuse_below=below).answer(question, hits, ()) for below in (0.0, 0.5, 1.0)]


def test_values_are_frozen_and_take_nothing_else() -> None:
    assert {"Document", "Section", "Passage", "Scored", "Hit", "Turn", "Citation", "Answer"} <= {
        value.__name__ for value in VALUES if inspect.isclass(value)
    }
    for value in VALUES:
        assert inspect.isclass(value)
        assert value.__dataclass_params__.frozen, value  # type: ignore[attr-defined]
        assert hasattr(value, "__slots__"), value


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Document("a.txt", "", "", "", "").text = "other"  # type: ignore[misc]


def test_a_document_holds_what_the_file_holds() -> None:
    documents = read_folder(SEEDS).documents
    assert len(documents) == len(list(SEEDS.glob("*.txt")))
    for document in documents:
        assert document.text.encode("utf-8") == (SEEDS / document.doc_id).read_bytes()


def test_passages_point_into_their_document(lake_city_index: Index) -> None:
    texts = {document.doc_id: document.text for document in lake_city_index.documents}
    assert lake_city_index.passages
    for passage in lake_city_index.passages:
        assert texts[passage.doc_id][passage.start : passage.end] == passage.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_scored_comes_best_first(question: str, lake_city_index: Index) -> None:
    for name, searcher in lake_city_index.searchers.items():
        scores = [scored.score for scored in searcher.search(question, 50)]
        assert scores == sorted(scores, reverse=True), name


@pytest.mark.parametrize("question", QUESTIONS)
def test_ranks_are_1_to_n(question: str, retriever: Retriever) -> None:
    hits = retriever.search(question, 4)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_and_citations(question: str, lake_city_index: Index, retriever: Retriever) -> None:
    texts = {document.doc_id: document.text for document in lake_city_index.documents}
    for answer in answers(lake_city_index, retriever, question):
        assert (answer.status == "not_found") == (not answer.citations)
        assert bool(answer.nearest) <= (answer.status == "not_found")
        assert 0 <= answer.confidence <= 1
        marks = [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]
        assert marks == [citation.number for citation in answer.citations]
        assert marks == list(range(1, len(marks) + 1))
        for citation in answer.citations:
            assert texts[citation.doc_id][citation.start : citation.end] == citation.quote != ""


def test_spans_are_two_offsets() -> None:
    passage = Passage("a.txt", 0, 2, "供水", "", ((0, 2),))
    span: Span = passage.sentences[0]
    assert passage.text[slice(*span)] == "供水"
