import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.conversation import depends, standalone, topic
from qa.types import Turn

CHIEF = "市图书馆馆长是谁?"


def asked(*questions: str) -> list[Turn]:
    return [Turn(question) for question in questions]


@pytest.mark.parametrize(
    "question",
    [
        "东岭水厂日供水能力是多少吨?",
        "市图书馆的新馆在哪里",
        "阅读护照是什么意思?",
        "其他水厂的供水能力是多少吨",
        "读者应该怎样预约座位",
    ],
)
def test_what_stands_alone_is_left_alone(question: str) -> None:
    assert not depends(question)
    assert standalone(question, asked(CHIEF)) == question


@given(st.text())
def test_without_history_only_blanks_go(question: str) -> None:
    assert standalone(question, []) == question.strip()


@given(
    st.text(st.sampled_from("他她那呢谁是馆长水厂现在2019年?， "), max_size=12),
    st.lists(st.text(), max_size=3),
)
def test_any_conversation_has_a_query(question: str, before: list[str]) -> None:
    query = standalone(question, asked(*before))
    assert bool(query) == any(text.strip() for text in [question, *before])


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("他是哪里人?", "市图书馆馆长是哪里人?"),
        ("水厂的人见过他吗", "水厂的人见过市图书馆馆长吗"),
        ("她的办公室在哪里", "市图书馆馆长办公室在哪里"),
        ("此人多大年纪", "市图书馆馆长多大年纪"),
    ],
)
def test_a_pronoun_becomes_the_topic(question: str, query: str) -> None:
    assert standalone(question, asked(CHIEF)) == query


@pytest.mark.parametrize("question", ["那开放时间呢?", "开放时间呢", "还有开放时间呢?", "那么开放时间"])
def test_an_ellipsis_gets_the_topic_in_front(question: str) -> None:
    query = standalone(question, asked("市图书馆的新馆有多少层"))
    assert query.startswith("市图书馆的新馆")
    assert "开放时间" in query
    assert not query.startswith("那")


@pytest.mark.parametrize(
    ("question", "before", "query"),
    [
        ("三级的呢", "二级水表多少钱", "三级水表多少钱"),
        ("三级水表呢", "二级水表多少钱", "三级水表多少钱"),
        ("那第三阶梯呢?", "第二阶梯水价多少", "第三阶梯水价多少"),
        ("15吨呢", "每月用水20吨怎么收费", "每月用水15吨怎么收费"),
        ("那书记呢?", "市图书馆的馆长是谁", "市图书馆的书记是谁"),
        ("副馆长呢", "市图书馆的馆长是谁", "市图书馆的副馆长是谁"),
        ("馆长呢", "市图书馆的副馆长是谁", "市图书馆的馆长是谁"),
        ("三类呢", "二级水表多少钱", "二级水表钱 三类 多少"),
        ("开放时间是什么呢", "市图书馆在哪里", "市图书馆在 开放时间是什么呢"),
    ],
)
def test_a_number_or_a_post_replaces_the_one_before(question: str, before: str, query: str) -> None:
    assert standalone(question, [Turn(before)]) == query


def test_a_topic_does_not_grow_with_every_turn() -> None:
    before = asked("2023年水厂供水量是多少", "漏损率呢")
    assert standalone("水质呢", before) == "2023年水厂供水量 水质 是多少"
    assert standalone("2024年呢", before) == "2024年水厂供水量 漏损率 是多少"


@pytest.mark.parametrize("question", ["那2024年呢?", "2024年呢", "2024年的时候是谁?"])
def test_a_time_replaces_the_one_before(question: str) -> None:
    query = standalone(question, asked("2019年市图书馆馆长是谁?"))
    assert "市图书馆馆长" in query
    assert "2024" in query
    assert "2019" not in query


def test_without_a_new_time_the_old_one_stays() -> None:
    assert "2019年" in standalone("他是哪里人?", asked("2019年市图书馆馆长是谁?"))


def test_the_present_replaces_a_year() -> None:
    query = standalone("那现在换成谁了?", asked("2019年市图书馆馆长是谁?"))
    assert "市图书馆馆长" in query
    assert "现在" in query
    assert "2019" not in query


def test_two_steps_of_history() -> None:
    query = standalone("那现在呢?", asked("东岭水厂在哪里", CHIEF, "2019年呢?"))
    assert "市图书馆馆长" in query
    assert "现在" in query
    assert "2019" not in query
    assert "水厂" not in query


def test_a_new_subject_ends_the_old_one() -> None:
    query = standalone("它日供水多少吨", asked(CHIEF, "东岭水厂的厂长贺兰是谁"))
    assert "东岭水厂" in query
    assert "图书馆" not in query


@pytest.mark.parametrize("before", [[""], ["  "], ["?"]])
def test_a_history_that_says_nothing_changes_nothing(before: list[str]) -> None:
    assert standalone("他是谁", asked(*before)) == "他是谁"


def test_answers_are_not_looked_at() -> None:
    answered = [Turn(CHIEF, "馆长是林晓舟[1]")]
    assert standalone("他是哪里人?", answered) == standalone("他是哪里人?", asked(CHIEF))


def test_topic() -> None:
    assert topic(CHIEF, keep_time=True) == "市图书馆馆长"
    assert topic("请问2019年市图书馆馆长是谁?", keep_time=True) == "2019年市图书馆馆长"
    assert topic("2019年市图书馆馆长是谁?", keep_time=False) == "市图书馆馆长"


@pytest.mark.parametrize(
    ("question", "before", "query"),
    [
        ("那2024年呢?", "图书馆馆长是谁?", "2024年图书馆馆长是谁?"),
        ("2023年呢", "2024年图书馆馆长是谁?", "2023年图书馆馆长是谁?"),
        ("现在呢?", "2024年图书馆馆长是谁?", "现在图书馆馆长是谁?"),
    ],
)
def test_only_another_time_asks_the_same_again(question: str, before: str, query: str) -> None:
    assert standalone(question, [Turn(before)]) == query


@pytest.mark.parametrize(
    "question",
    [
        "居民该怎么办理户口?",
        "如何帮助他人?",
        "国家马耳他在哪里?",
        "那曲市的面积是多少?",
        "镜湖人口有多少?",
        "吉他班什么时候开课?",
    ],
)
def test_what_only_looks_like_a_pronoun_is_left_alone(question: str) -> None:
    assert standalone(question, [Turn("镜湖市图书馆馆长是谁?")]) == question


def test_this_thing_is_the_topic() -> None:
    assert standalone("这个政策什么时候开始?", [Turn("公租房政策是什么?")]) == "公租房政策 政策什么时候开始?"


def test_another_office_is_asked_the_same() -> None:
    before = [Turn("镜湖市教育局局长是谁?")]
    assert standalone("那水务局呢?", before) == "镜湖市水务局局长是谁?"
    assert "教育局" in standalone("那报名呢?", before)
