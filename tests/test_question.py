from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question import Kind, Question, in_order


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("图书馆馆长是谁", "who"),
        ("Who runs the water works?", "who"),
        ("新建了多少公里管道", "quantity"),
        ("how many readers came", "quantity"),
        ("新馆什么时候开门", "time"),
        ("哪年搬的新馆", "time"),
        ("新馆是于公元几年建成的", "time"),
        ("民国几年设的新馆", "time"),
        ("新馆建于几世纪", "time"),
        ("新馆在几年内建成", "quantity"),
        ("新馆在哪里", "place"),
        ("where is the library", "place"),
        ("三项便民措施有哪些", "list"),
        ("推出了哪三项措施", "list"),
        ("“阅读护照”是什么意思", "definition"),
        ("馆員分别是誰", "who"),
        ("换一次水表要多久", "quantity"),
        ("图书馆电话", "quantity"),
        ("What items are free?", "list"),
        ("新馆的情况", "other"),
    ],
)
def test_kind_of_answer(text: str, kind: Kind) -> None:
    assert Question(text).kind == kind


def test_what_it_is_about() -> None:
    assert Question("请问图书馆的馆长是谁").content == "图书馆 馆长"
    assert Question("什么").content == ""
    assert Question("漏损率是多少").content == "漏损率"
    assert Question("新馆有多大").content == "新馆"
    assert Question("水价从什么时候开始执行").content == "水价 执行"
    assert Question("登记需要几天").content == "登记 天"
    assert Question("最新的水价").content == "水价"


def test_unit_count_years_and_present() -> None:
    assert Question("新建了多少公里").unit == "公里"
    assert Question("馆长是谁").unit == ""
    assert Question("推出了哪三项措施").count == 3
    assert Question("两个水厂").count == 2
    assert Question("馆长是谁").count == 0
    assert Question("2019年和２０２４年的馆长").years == ("2019", "2024")
    assert Question("编号120245").years == ()
    assert Question("现在的馆长").now
    assert not Question("馆长").now


def test_units_as_people_ask_for_them() -> None:
    assert Question("门票多少钱").of_unit("30元")
    assert Question("门票多少钱").of_unit("$30")
    assert not Question("门票多少钱").of_unit("30张")
    assert Question("新馆有多大").of_unit("3万平方米")
    assert Question("新建了多少公里").of_unit("86公里")
    assert not Question("日供水是多少").of_unit("20万吨")
    assert not Question("停车多少钱").of_unit("三十分钟")
    assert Question("审核要多少天").of_unit("二十个工作日")
    assert Question("换水表要多久").of_unit("30分钟")
    assert Question("热线电话是多少").of_unit("0571-88881234")
    assert not Question("热线电话是多少").of_unit("24")
    assert Question("How much does a card cost?").of_unit("$15")


def test_an_article_or_a_day_is_no_quantity() -> None:
    assert Question("罚款是多少").fit("第十八条 禁止在馆内停车。") == 0
    assert Question("罚款是多少").fit("条例自2024年5月1日起施行。") == 0
    assert Question("第几条说停车").fit("第十八条 禁止在馆内停车。") == 1
    assert Question("湖鲟的体长是多少").fit("湖鲟是鱼类的一种。") == 0
    assert Question("拱门有多大").fit("拱门建于1806年到1808年间。") == 0
    assert Question("持续多久").fit("自1895年6月17日起,至1945年9月2日。") == 0


def test_who_held_a_post_before_only_if_asked_for() -> None:
    assert Question("总经理是谁").holders("原总经理周启明先生辞职。") == []
    assert Question("原总经理是谁").holders("原总经理周启明先生辞职。") == [("原总经理", "周启明")]


def test_a_deputy_holds_the_post_of_a_deputy() -> None:
    assert Question("水务局局长是谁").holders("水务局副局长贺兰说,水很干净。") == []
    assert Question("水务局副局长是谁").holders("水务局副局长贺兰说,水很干净。") == [("水务局副局长", "贺兰")]


def test_a_post_is_named_by_its_rank() -> None:
    assert Question("教育局局长是谁").names("教育和体育局局长") == 1
    assert Question("市长是谁").names("市场监督管理局局长") == 0.5
    assert Question("水务局负责人是谁").names("水务局党组负责人") == 1


def test_who_does_something_is_anybody_with_a_post() -> None:
    assert Question("谁分管供水").fit("沈知白:副市长,负责水务。") == 0.6
    assert Question("水厂厂长是谁").fit("沈知白:副市长,负责水务。") < 0.5
    assert Question("谁分管供水").fit("供水由专人负责。") == 0


def test_what_is_counted() -> None:
    assert Question("下辖多少个村民小组").counted("村民小组") == 1.0
    assert Question("下辖多少个村民小组").counted("村民委员会") == 0.5
    assert Question("下辖多少个村民小组").counted("村") == 0.0
    assert Question("馆长是谁").counted("村民小组") == 0.0


@pytest.mark.parametrize(
    ("question", "part"), [("哪一年通水", "年"), ("几号开馆", "号"), ("几点开馆", "点"), ("何时开馆", "")]
)
def test_the_part_of_a_date_asked_for(question: str, part: str) -> None:
    assert Question(question).asked_of_time == part


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("市图书馆馆长是谁", "市图书馆馆长林晓舟说,", "水厂厂长贺兰说,"),
        ("市图书馆馆长是谁", "水厂厂长贺兰说,", "图书馆九点开门。"),
        ("新建了多少公里管道", "新建管道86公里。", "新建管道很长。"),
        ("新建了多少公里管道", "新建管道86公里。", "日供水20万吨。"),
        ("湖鲟的体长是多少", "体长可达18公分。", "湖鲟有2个鳍。"),
        ("新馆哪天开门", "新馆3月8日开门。", "新馆2024年开门。"),
        ("新馆几点开门", "新馆早上9:30开门。", "新馆2024年开门。"),
        ("2024年新馆几月开门", "新馆3月8日开门。", "新馆2024年开门。"),
        ("新馆在哪里", "新馆位于临波路18号。", "新馆很大。"),
        ("推出了哪三项措施", "推出抄表、热线、缴费措施。", "推出抄表、热线措施。"),
        ("推出了哪三项措施", "推出抄表、热线措施。", "推出措施。"),
        ("阅读护照是什么意思", "阅读护照就是盖章的小册子。", "阅读护照很受欢迎。"),
    ],
)
def test_what_fits_better(question: str, better: str, worse: str) -> None:
    asked = Question(question)
    assert 1 >= asked.fit(better) > asked.fit(worse) >= 0


@given(st.text(), st.text())
def test_fit_is_a_share(question: str, sentence: str) -> None:
    assert 0 <= Question(question).fit(sentence) <= 1


def test_a_question_without_a_kind_says_nothing() -> None:
    assert Question("新馆的情况").fit("新馆很大。") == 0.5


def longest_common(a: str, b: str) -> int:
    """The definition: the longest choice of characters of ``a`` that can be crossed out of ``b``."""

    def stands_in(choice: tuple[str, ...]) -> bool:
        rest = iter(b)
        return all(character in rest for character in choice)

    return max(n for n in range(len(a) + 1) if any(map(stands_in, combinations(a, n))))


@given(st.text("图书馆水", max_size=7), st.text("图书馆水", max_size=9))
def test_in_order_is_the_longest_common_subsequence(wanted: str, text: str) -> None:
    share = longest_common(wanted, text) / len(wanted) if wanted else 0
    assert in_order(wanted, text) == pytest.approx(share)


def test_a_post_in_another_language_is_any_post() -> None:
    question = Question("Who is the head of the library?")
    assert question.fit("镜湖市图书馆馆长林晓舟说,书很多。") == 1.0
    assert question.fit("图书馆很大。") == 0.0
