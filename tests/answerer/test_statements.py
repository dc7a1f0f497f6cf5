"""A sentence, or a list with each of its items; and who else says so."""

import pytest

from qa.answerer.evidence import sentences_of
from qa.answerer.statements import LONGEST, Statement, listed, statements
from qa.types import Hit
from tests.answerer.parts import asked, hit

ITEMS = "一是水表远程抄读,居民不必在家。二是热线昼夜值守。三是缴费一次办结,价格相同。"


def chosen(question: str, *hits: Hit) -> list[Statement]:
    found = sentences_of(asked(question), hits)
    return statements(asked(question), found[0], found)


def items(found: Hit, number: int, *hits: Hit) -> list[str]:
    """The list that sentence ``number`` belongs to."""
    run = listed(found, found.passage.sentences[number], [found, *hits])
    return [Statement(other, span).text for other, span in run]


WHOLE = ["一是水表远程抄读,居民不必在家。", "二是热线昼夜值守。", "三是缴费一次办结,价格相同。"]


@pytest.mark.parametrize("number", range(1, 5))
def test_the_list_of_an_introduction_or_of_any_item(number: int) -> None:
    found = hit(f"供水很好。推出三项便民措施。{ITEMS}大家满意。")
    assert items(found, number) == WHOLE


@pytest.mark.parametrize("number", range(1, 4))
def test_the_first_item_may_stand_behind_the_colon(number: int) -> None:
    found = hit(f"供水很好。推出三项便民措施:{ITEMS}大家满意。", start=9)
    assert items(found, number) == WHOLE


@pytest.mark.parametrize(
    ("text", "number"), [("供水很好。大家满意。", 0), ("供水很好。", 0), (f"{ITEMS}大家满意。", 3)]
)
def test_what_introduces_nothing_has_no_list(text: str, number: int) -> None:
    assert items(hit(text), number) == []


@pytest.mark.parametrize(
    "marks",
    [("(一)", "(二)", "(三)"), ("1.", "2.", "3."), ("１、", "２、", "３、"), ("“一是", "二是", "三是")],
)
def test_other_marks(marks: tuple[str, ...]) -> None:
    lines = [f"{mark}办好一件实事。" for mark in marks]
    assert items(hit("措施如下。" + "".join(lines)), 0) == lines


def test_a_list_ends_where_the_kind_of_mark_changes() -> None:
    assert items(hit("措施如下。一是修管道。二是建水厂。(三)换水表。"), 0) == ["一是修管道。", "二是建水厂。"]


def test_a_list_goes_on_in_the_next_passage_of_the_document() -> None:
    first, second = hit("推出两项措施。一是修管道。"), hit("二是建水厂。", start=13)
    other = hit("二是闭馆。", "图书馆.txt", start=13)
    assert items(first, 0, second, other) == ["一是修管道。", "二是建水厂。"]
    assert items(second, 0, other, first) == ["一是修管道。", "二是建水厂。"]


@pytest.mark.parametrize("introduction", ["集团推出三项便民措施。", "集团推出三项便民措施:"])
def test_a_list_is_answered_item_by_item(introduction: str) -> None:
    found = chosen("集团推出的便民措施有哪些", hit(introduction + ITEMS, start=5))
    assert [statement.text for statement in found] == [
        "一是水表远程抄读",
        "二是热线昼夜值守。",
        "三是缴费一次办结",
    ]


def test_an_introduction_with_things_side_by_side_is_not_the_list() -> None:
    text = "迁移、更换水表的,应当提交下列材料:\n(一)申请书;\n(二)房屋权属证明。"
    found = chosen("更换水表要提交哪些材料", hit(text))
    assert [statement.text for statement in found] == ["(一)申请书", "(二)房屋权属证明。"]


def test_one_sentence_answers_what_is_not_a_list() -> None:
    (found,) = chosen("东岭水厂日供水多少吨", hit("天气很好。东岭水厂日供水20万吨。"))
    assert found.text == "东岭水厂日供水20万吨。"
    assert found.others == ()


def test_a_long_sentence_is_shortened() -> None:
    filler = "职工们克服了各种各样的困难并且取得了令人瞩目的优异成绩,"
    text = f"{filler * 4}东岭水厂日供水能力达到20万吨,{filler * 4}大家满意。"
    (found,) = chosen("东岭水厂日供水能力是多少吨", hit(text))
    assert "东岭水厂日供水能力达到20万吨" in found.text
    assert len(found.text) <= LONGEST
    assert found.text in text


def test_documents_that_say_the_same_are_named_beside_it() -> None:
    same = "集团新建输水管道86公里,东岭水厂投产。"
    hits = [
        hit(f"天气很好。{same}"),
        hit(f"据悉。{same}", "简报.txt", start=20, rank=2, score=0.9),
        hit("图书馆新建书架86个,读者满意。", "图书馆.txt", rank=3, score=0.1),
        hit(same, "年报.txt", start=100, rank=4, score=0.5),
    ]
    (found,) = chosen("集团新建输水管道多少公里", *hits)
    assert found.text == same
    assert [other.passage.doc_id for other, _ in found.others] == ["简报.txt"]
    assert [Statement(*place).text for place in found.others] == [same]
