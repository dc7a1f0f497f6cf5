"""Which of several values is meant, and the words of a question that tell."""

import pytest

from qa.answerer.focus import focus
from qa.answerer.nearness import nearness
from qa.question import Question
from tests.answerer.parts import asked


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("酒店的总面积大约是多少?", "总面积"),
        ("委员中有多少人为读者", "读者"),
        ("镇上的女性有多少人", "女性"),
        ("要用多少公斤的草木灰", "草木灰"),
        ("街道有多少个居委会", "居委会"),
        ("新建了几所小学", "小学"),
        ("图书馆在哪里", "图书馆"),
        ("水厂建成于哪一年", "水厂建成"),
        ("新馆什么时候开门", "开门"),
        ("馆长是谁", ""),
        ("", ""),
    ],
)
def test_the_words_beside_what_asks(question: str, words: str) -> None:
    assert focus(Question(question)) == words


def test_what_stands_right_beside_a_value_counts_more_than_what_is_near() -> None:
    text = "全镇的人口,男性613人、女性574人"
    men, women = ((text.index(number), text.index(number) + 4) for number in ("613人", "574人"))
    near = nearness(asked("全镇的女性有多少人"), text, (0, len(text)), [men, women])
    assert near[1] > near[0]


def test_a_date_before_a_comma_is_that_of_what_follows_up_to_the_next() -> None:
    text = "1903年,书院扩建之后更名为第一中学并且招生,1912年,改为师范"
    spans = [(0, 5), (text.index("1912"), text.index("1912") + 5)]
    near = nearness(asked("哪一年招生"), text, (0, len(text)), spans)
    assert near[0] > near[1] == 0
