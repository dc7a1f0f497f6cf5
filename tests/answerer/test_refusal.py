"""The decision to say no: what it stands on, and that it is a probability."""

import json
from importlib import resources
from math import exp, isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answerer.evidence import sentences_of
from qa.answerer.refusal import answered, doubts, features, right
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
    good = answered(found_in(question, hit("东岭水厂日供水20万吨。", cosines=[0.9])))
    poor = answered(found_in(question, hit("图书馆九点开门。", cosines=[0.1])))
    assert good > poor


@pytest.mark.parametrize(
    ("question", "text", "heading", "untimely"),
    [
        ("2024年供水多少吨", "全年供水5亿吨。", "2024年供水公报", 0),
        ("2023年供水多少吨", "全年供水5亿吨。", "2024年供水公报", 2),
        ("2023年供水多少吨", "2025年3月1日\n全年供水5亿吨。", "2024年供水公报", 2),
        ("2023年供水多少吨", "全年供水5亿吨。", "供水公报", 1),
        ("2023年供水多少吨", "2024年供水5亿吨。\n比2023年多。", "供水公报", 1),
        ("2023年馆长是谁", "2024年馆长林晓舟在馆。", "", 1),
    ],
)
def test_another_year_counts_more_where_the_text_names_it(
    question: str, text: str, heading: str, untimely: float
) -> None:
    values = found_in(question, hit(text, heading=heading, date="2025-03-01"))
    assert values["untimely"] == untimely


def test_a_post_written_out_is_said() -> None:
    text = "镜湖市体育和旅游发展局局长林晓舟说,湖边新建步道。"
    assert found_in("体旅局局长是谁", hit(text))["says"] == 1
    assert found_in("体旅局副局长是谁", hit(text))["says"] < 1
    assert found_in("体改办主任是谁", hit(text))["says"] < 1


@given(VALUES)
def test_answered_is_the_logistic_function_of_the_weighted_sum(values: dict[str, float]) -> None:
    total = WEIGHTS["bias"] + sum(WEIGHTS[name] * values[name] for name in NAMES)
    sure = answered(values)
    assert 0 <= sure <= 1
    if abs(total) < 30:
        assert sure == pytest.approx(1 / (1 + exp(-total)))
    else:
        assert sure == pytest.approx(float(total > 0), abs=1e-9)


def test_the_weights_are_finite() -> None:
    assert all(isfinite(weight) for weight in (*WEIGHTS.values(), *MODEL["right"].values()))


def doubts_of(question: str, *hits: Hit) -> dict[str, float]:
    found = sentences_of(asked(question), hits)
    values = features(asked(question), found, alignment())
    assert 0 <= right(values, found) <= 1
    return dict(doubts(values, found))


def test_an_answer_is_surer_the_further_it_stands_out() -> None:
    question = "东岭水厂日供水多少吨"
    alone = doubts_of(question, hit("东岭水厂日供水20万吨。"))
    clear = doubts_of(question, hit("东岭水厂日供水20万吨。图书馆九点开门。"))
    close = doubts_of(question, hit("东岭水厂日供水20万吨。东岭水厂夜间供水10万吨。"))
    assert alone["ahead"] == 4.0 >= clear["ahead"] > close["ahead"] >= 0
    assert set(alone) == set(MODEL["right"]) - {"bias"}
    assert MODEL["right"]["ahead"] > 0
    assert MODEL["right"]["answered"] > 0


def test_who_says_the_same_casts_no_doubt() -> None:
    same = hit("东岭水厂日供水20万吨,很好。", "简报.txt", rank=2)
    assert doubts_of("东岭水厂日供水多少吨", hit("东岭水厂日供水20万吨。"), same)["ahead"] == 4.0


def test_without_a_holder_of_the_post_asked_for_it_is_hardly_answered() -> None:
    said = hit("图书馆馆长林晓舟表示欢迎。")
    assert found_in("博物馆馆长是谁", said)["lacks"] > found_in("博物馆那边是谁说的", said)["lacks"] > 0
    assert found_in("图书馆馆长是谁", said)["lacks"] == 0


def test_a_number_or_a_part_of_a_date_cannot_come_from_a_sentence_without_any() -> None:
    said = hit("镜湖大剧院完成选址。")
    assert found_in("镜湖大剧院花了多少钱", said)["bare"] == 1
    assert found_in("镜湖大剧院哪一年开张", said)["bare"] == 1
    assert found_in("镜湖大剧院何时开张", said)["bare"] == 0
    assert found_in("镜湖大剧院花了多少钱", hit("镜湖大剧院造价3亿元。"))["bare"] == 0
    assert WEIGHTS["bare"] < WEIGHTS["lacks"] < 0


def test_one_word_that_nothing_comes_near_casts_doubt() -> None:
    said = hit("东岭水厂日供水20万吨。")
    near, far = found_in("东岭水厂日供水", said), found_in("东岭水厂日供气", said)
    assert near["least"] > far["least"]
    assert near["says"] > far["says"]
    assert min(WEIGHTS["least"], WEIGHTS["says"]) > 0


@pytest.mark.parametrize(
    ("question", "untimely"),
    [("2023年日供水多少吨", 0), ("2021年日供水多少吨", 2), ("日供水多少吨", 0)],
)
def test_another_year_casts_doubt(question: str, untimely: float) -> None:
    assert found_in(question, hit("2023年水厂日供水20万吨。", date="2024-03-01"))["untimely"] == untimely
