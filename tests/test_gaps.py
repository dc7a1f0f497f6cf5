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
        ("2022年白鹭湾全年蓄水量达到了4\n630万立方米", "2022年白鹭湾全年蓄水量达到了4630万立方米"),
        ("蓄水4\n630万立方米", "蓄水4\n630万立方米"),
        (
            "白鹭湾泵站全年蓄水4\n630万立方米,比前两年的平均水平多",
            "白鹭湾泵站全年蓄水4\n630万立方米,比前两年的平均水平多",
        ),
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


def test_no_part_of_a_number_that_a_line_may_have_cut_is_shown() -> None:
    text = "白鹭湾蓄水4\n630万立方米,比前两年的平均水平多出三成以上。"
    found = answer("白鹭湾蓄水多少万立方米", hit(text))
    assert found.text.startswith("白鹭湾蓄水4 630万立方米")
    assert found.short_answer
    assert "4\n630万立方米" in found.short_answer.quote


def test_a_number_cut_where_a_full_line_ends_is_one() -> None:
    text = "2022年白鹭湾全年蓄水量达到了4\n630万立方米。库容有余。"
    found = answer("白鹭湾蓄水量多少万立方米", hit(text)).short_answer
    assert found
    assert found.quote == "4\n630万立方米"


def test_a_year_above_a_number_is_no_part_of_it() -> None:
    text = "白鹭湾泵站的2023\n500座和别处一样,都已修好。"
    assert [text[slice(*place)] for place in Question("修好多少座").things(text)] == ["500座"]


def test_numbers_below_each_other_are_not_cut() -> None:
    text = "附件1\n120个泵站名单。"
    found = answer("有多少个泵站", hit(text)).short_answer
    assert found
    assert found.quote == "120个"
