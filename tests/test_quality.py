"""A floor under the figures of the development questions; ``qa evaluate`` prints the figures themselves."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from qa.evaluated import following
from qa.evaluation import Report, evaluate_questions, read_questions
from qa.service import Service
from qa.types import Hit, Turn


@pytest.fixture(scope="module")
def report(seeds: Service) -> Report:
    legs: dict[str, Callable[[str, Sequence[Turn]], list[Hit]]] = {
        name: following(seeds, leg) for name, leg in seeds.legs().items()
    }
    return evaluate_questions(
        read_questions(Path(__file__).with_name("questions.jsonl")),
        legs,
        ask=lambda question, history: seeds.ask(question, history=history),
        text_of=lambda doc_id: seeds.document(doc_id).text,
    )


@pytest.mark.parametrize(("measure", "floor"), [("R@1", 0.75), ("R@5", 0.92), ("MRR@10", 0.83)])
def test_hybrid_retrieval(report: Report, measure: str, floor: float) -> None:
    assert report.legs["hybrid"][measure].value >= floor


@pytest.mark.parametrize("leg", ["dense", "sparse"])
def test_hybrid_is_better_than_each_leg(report: Report, leg: str) -> None:
    assert report.legs["hybrid"]["MRR@10"].value > report.legs[leg]["MRR@10"].value


def test_answers_hold_the_gold_answer_and_are_short(report: Report) -> None:
    assert report.answers["containment"].value >= 0.65
    assert report.answers["median length"].value <= 120


def test_every_quote_is_exact(report: Report) -> None:
    assert report.answers["exact citations"].value == 1.0
    assert report.answers["exact citations"].n >= 80


def test_refusals(report: Report) -> None:
    assert report.refusals["F1"].value >= 0.6
