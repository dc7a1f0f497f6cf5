"""Ends of periods, and losses told as such."""

import pytest

from qa.periods import bound_asked, bound_of, bounds
from tests.answerer.parts import answer, hit

SCHOOL = "镜湖小学报名时间为2025年3月10日至3月28日,每天上午9:00至下午4:30。"
BRIDGE = "东岭大桥从7月5日起封闭施工,到8月20日截止。"


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("报名到什么时候", "end"),
        ("报名什么时候截止", "end"),
        ("从哪天起封闭", "start"),
        ("什么时候开始报名", "start"),
        ("几点到几点开放", "both"),
        ("什么时候报名", ""),
    ],
)
def test_the_bound_that_is_asked_for(question: str, bound: str) -> None:
    assert bound_asked(question) == bound


def test_the_bound_of_a_period() -> None:
    assert bound_of("start", "3月1日至5日") == (0, 4)
    assert bound_of("end", "22时至次日5时") == (4, 8)
    assert bound_of("both", "22时至次日5时") == (0, 8)
    assert bound_of("end", "5月30日") == (0, 5)


def test_a_day_is_a_bound_by_the_words_beside_it() -> None:
    assert bounds("end", "8月20日", "到", "截止") == 1
    assert bounds("end", "7月5日", "从", "起") == 0
    assert bounds("both", "9:00至11:00", "", "") == 1


@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        ("镜湖小学报名到什么时候截止", SCHOOL, "3月28日"),
        ("镜湖小学报名从什么时候开始", SCHOOL, "2025年3月10日"),
        ("镜湖小学每天几点到几点报名", SCHOOL, "上午9:00至下午4:30"),
        ("东岭大桥封闭到什么时候截止", BRIDGE, "8月20日"),
        ("东岭大桥从什么时候起封闭", BRIDGE, "7月5日"),
        ("夜间施工几点到几点", "夜间施工时间为22时至次日5时。", "22时至次日5时"),
        ("水费收入同比变化多少", "水费收入同比下降3.5%,其他收入增长6.1%。", "下降3.5%"),
        ("水费收入下降了多少", "水费收入同比下降3.5%,其他收入增长6.1%。", "3.5%"),
        ("水费收入占比变为多少", "水费收入占比下降到3.5%。", "3.5%"),
        ("东岭一月平均气温多少度", "东岭一月平均气温为-9.6℃。", "-9.6℃"),
        ("东岭投资增速是多少", "东岭投资增速为−3.2%。", "−3.2%"),
        ("东岭最低气温多少度", "东岭最低气温为零下18度。", "零下18度"),
        ("图书馆的电话号码是多少", "图书馆的电话号码是0571-88881234。", "0571-88881234"),
    ],
)
def test_short_answers(question: str, text: str, short: str) -> None:
    found = answer(question, hit(text)).short_answer
    assert found
    assert found.quote == short
