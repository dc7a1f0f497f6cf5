"""Numbers that copying has broken are read as one, and quoted as they stand."""

import pytest

from qa.gaps import closed_up, opened
from qa.question import Question
from tests.answerer.parts import answer, hit

BROKEN = "2 0 2 3 年镜湖市共转移群众1 2 5 6 人,投入资金3 4 . 5万元,补助1 860户,蓄水3, 560万立方米。"


@pytest.mark.parametrize(
    ("text", "tight"),
    [
        ("2 0 2 4 年 6 月 1 2 日召开", "2024年6月12日召开"),
        ("投入3 4 . 5万元", "投入34.5万元"),
        ("惠及1 860户", "惠及1860户"),
        ("蓄水3,\n560万立方米", "蓄水3,560万立方米"),
        ("第 3 条 12 个", "第 3 条 12 个"),
        ("2023 500 人", "2023 500 人"),
        ("电话 8888 1234", "电话 8888 1234"),
        ("没有数字 的 话", "没有数字 的 话"),
    ],
)
def test_gaps_within_numbers_are_closed(text: str, tight: str) -> None:
    assert closed_up(text)[0] == tight


def test_a_span_is_found_again_where_it_stood() -> None:
    tight, places = closed_up("转移1 2 5 6 人。")
    start = tight.index("1256")
    first, last = opened((start, len(tight) - 1), places)
    assert "转移1 2 5 6 人。"[first:last] == "1 2 5 6 人"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2023年镜湖市转移群众多少人", "1 2 5 6 人"),
        ("镜湖市投入资金多少万元", "3 4 . 5万元"),
        ("镜湖市补助多少户", "1 860户"),
        ("镜湖市蓄水多少立方米", "3, 560万立方米"),
    ],
)
def test_short_answers(question: str, short: str) -> None:
    found = answer(question, hit(BROKEN)).short_answer
    assert found
    assert found.quote == short


def test_a_broken_year_is_no_quantity() -> None:
    places = Question("投入资金多少").things("2 0 2 3 年投入3 4 . 5万元")
    assert ["2 0 2 3 年投入3 4 . 5万元"[slice(*place)] for place in places] == ["3 4 . 5万元"]
