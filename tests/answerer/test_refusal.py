"""The decision to say no: what it stands on, and that it is a probability."""

import json
from importlib import resources
from math import exp, isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answerer.evidence import sentences_of
from qa.answerer.refusal import confidence, features
from qa.types import Hit
from tests.answerer.parts import alignment, asked, hit

MODEL = json.loads(resources.files("qa.answerer").joinpath("refusal.json").read_text(encoding="utf-8"))
WEIGHTS = MODEL["weights"]
NAMES = sorted(set(WEIGHTS) - {"bias"})
VALUES = st.fixed_dictionaries({name: st.floats(-10, 10) for name in NAMES})


def found_in(question: str, *hits: Hit) -> dict[str, float]:
    return dict(features(asked(question), sentences_of(asked(question), hits), alignment()))


@pytest.mark.parametrize("question", ["东岭水厂日供水多少吨", "馆长是谁", "how much water", "?!", "什么"])
@pytest.mark.parametrize("text", ["东岭水厂日供水20万吨。", "The works give 200 000 tons a day.", "一"])
def test_what_is_decided_on_has_a_weight(question: str, text: str) -> None:
    values = found_in(
        question, hit(text, heading="供水"), hit("图书馆开门。", "访谈.txt", rank=2, cosines=[-0.2])
    )
    assert sorted(values) == NAMES
    assert all(isfinite(value) for value in values.values())


def test_better_evidence_is_surer() -> None:
    question = "东岭水厂日供水多少吨"
    good = confidence(found_in(question, hit("东岭水厂日供水20万吨。", cosines=[0.9])))
    poor = confidence(found_in(question, hit("图书馆九点开门。", cosines=[0.1])))
    assert good > poor


@given(VALUES)
def test_confidence_is_the_logistic_function_of_the_weighted_sum(values: dict[str, float]) -> None:
    total = WEIGHTS["bias"] + sum(WEIGHTS[name] * values[name] for name in NAMES)
    sure = confidence(values)
    assert 0 <= sure <= 1
    if abs(total) < 30:
        assert sure == pytest.approx(1 / (1 + exp(-total)))
    else:
        assert sure == pytest.approx(float(total > 0), abs=1e-9)


def test_the_weights_are_finite() -> None:
    assert all(isfinite(weight) for weight in WEIGHTS.values())
