"""Which of several ranges holds a number."""

from math import inf

import pytest

from qa.ranges import Amount, amount_asked, holding, ranges, ranges_of
from tests.answerer.parts import answer, hit

PENSION = "80至89周岁老人每人每月补贴100元,90至99周岁每人每月200元,100周岁以上每人每月600元。"
WATER = "月用水量20吨以下的,每吨2.1元;超过20吨不足35吨的,每吨3.0元;35吨以上的,每吨4.6元。"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("80至89周岁", 80, 89),
        ("满五年不满十五年", 60, 180),
        ("500万元以上不足2000万元", 5e6, 2e7),
        ("超过30分钟不超过2小时", 30, 120),
        ("不满3公里", -inf, 3000),
        ("1.2米以下", -inf, 1.2),
        ("满24个月", 24, inf),
        ("100周岁及以上", 100, inf),
    ],
)
def test_a_range_from_and_to(text: str, low: float, high: float) -> None:
    (found,) = ranges(text)
    assert (found.low, found.high) == (low, high)


def test_whether_the_ends_are_in_it() -> None:
    (found,) = ranges("超过20吨不足35吨")
    assert [found.holds(Amount("weight", one * 1000)) for one in (20, 21, 34.9, 35)] == [
        False,
        True,
        True,
        False,
    ]


def test_the_amount_asked_about_is_no_year_and_no_range() -> None:
    assert amount_asked("2023年90岁老人补贴多少") == Amount("age", 90)
    assert amount_asked("90岁以上老人补贴多少") is None
    assert amount_asked("2023年补贴多少") is None


def test_the_only_range_that_holds_it() -> None:
    found = ranges_of(PENSION, Amount("age", 90))
    assert len(found) == 3
    assert holding(found, Amount("age", 90)) == found[1]
    assert holding(found, Amount("age", 60)) is None
    assert ranges_of(PENSION, Amount("length", 90)) == []


@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        ("85岁老人每月补贴多少钱", PENSION, "100元"),
        ("90岁老人每月补贴多少", PENSION, "200元"),
        ("103岁老人每月补贴多少", PENSION, "600元"),
        ("月用水量10吨的每吨多少钱", WATER, "2.1元"),
        ("月用水量30吨的每吨多少钱", WATER, "3.0元"),
        ("月用水量80吨的每吨多少钱", WATER, "4.6元"),
    ],
)
def test_the_clause_whose_range_holds_the_number(question: str, text: str, short: str) -> None:
    found = answer(question, hit(text)).short_answer
    assert found
    assert found.quote == short


def test_a_number_in_no_range_has_no_answer() -> None:
    assert answer("60岁老人每月补贴多少", hit(PENSION)).status == "not_found"
