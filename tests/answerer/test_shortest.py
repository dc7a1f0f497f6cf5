"""The few words that answer, each exactly where they stand."""

import pytest

from qa.answerer.shortest import LONGEST
from tests.answerer.parts import answer, hit

ROADS = "去年新建公园12处、改造管道86公里,第三届灯会办了9天。"
SHORT = [
    ("集团改造管道多少公里", ROADS, "86公里"),
    ("新建公园有多少处", ROADS, "12处"),
    ("女职工多少名", "共有职工1021位,其中女性224名。", "224名"),
    ("最早何时有人居住", "早在距今1万年之前已经有人居住。", "距今1万年之前"),
    ("湖的面积全国第几大", "湖的面积为47.3平方公里,排名全国第6。", "第6"),
    ("捐了多少钱", "厂方捐了1亿7千5百万元。", "1亿7千5百万元"),
    ("门票多少钱", "门票9800日元,可坐船。", "9800日元"),
    ("灯会是第几届", ROADS, "第三届"),
    ("图书馆馆长是谁", "图书馆馆长林晓舟表示,夜间也开门。", "林晓舟"),
    ("新馆什么时候开馆", "新馆历时三年建成,2023年5月开馆。", "2023年5月"),
    (
        "湖区有哪些鸟",
        "湖区水很清,近年来能看到白鹭、苍鹭、夜鹭、池鹭,游客很多。",
        "近年来能看到白鹭、苍鹭、夜鹭、池鹭",
    ),
    ("热线有多少人值守", "热线增加到5万余人次。", "5万余人次"),
    ("东岭水厂在哪里", "镜湖市东岭水厂位于柳河区滨江路88号,日供水20万吨。", "柳河区滨江路88号"),
    ("热线号码是多少", "热线号码:0571-88881234。", "0571-88881234"),
    ("要做好哪三项工作", "今年做好三项工作:一是修路,二是换管,三是调价。", "一是修路,二是换管,三是调价。"),
    ("幕府维持了多少年", "幕府1185年成立,1333年灭亡,历经149年。", "149年"),
    ("镇上人口有多少", "十六世纪建成,有1000幢民居,人口4604以上。", "4604"),
    ("哪一年再建", "在永安末年(682年),再度建立,最后在745年灭亡。", "682年"),
    ("成人票多少钱", "儿童票每张3元,成人票每张8元,月票每张50元。", "8元"),
    ("水价是多少钱", "水价由每吨3元调整为每吨4元。", "4元"),
    ("2019年管道有多少公里", "管道由2019年的50公里延长到86公里。", "50公里"),
    ("How much does a card cost?", "A card costs $15.50, not $14, since 3 May 2024.", "$15.50"),
    ("How many readers came?", "In 2024 the library had 310,500 readers and 27 rooms.", "310,500"),
    ("Who is the director?", "Mr. Tom Lake, Director of Water, said so.", "Mr. Tom Lake"),
    ("When was the hall opened?", "The Lake Hall was opened on 14 March 2024.", "14 March 2024"),
    ("Where is the desk?", "The desk is at 18 Harbour Street, Lake Town.", "18 Harbour Street, Lake Town"),
    ("委员中有多少人为读者", "理事会共有20位委员:11位是馆员,7位是教师,余下2位则为读者。", "2位"),
    ("镇上的女性有多少人", "2015年全镇人口,男性6139人、女性5748人,男比女多391人。", "5748人"),
    ("每亩地需要多少公斤的草木灰", "每亩地施肥量为河泥160～220公斤,草木灰50～75公斤。", "50～75公斤"),
    ("湖鲟的头部长度有多长", "湖鲟的头部长度只有16.4公分,身长估计有1.3公尺。", "16.4公分"),
    ("书院在哪一年更名为第一中学", "1903年,书院更名为第一中学,1912年改为第一师范学校。", "1903年"),
    ("水厂在哪一年败诉", "1939年十月,水厂败诉,在之后的10年期间付费使用专利。", "1939年"),
    ("老厂总共开了多久", "老厂自1895年6月17日开工,至1945年9月2日关门,计约50年。", "50年"),
    ("老馆是什么时候扩建的", "老馆在1995年至2003年扩建。", "1995年至2003年"),
    ("读者占人口的多少比例", "读者有3万人,占人口的五分之一。", "五分之一"),
    ("哪一年开始推广夜读", "2003年底,图书馆开始推广夜读,3月8日扩建。", "2003年底"),
]


@pytest.mark.parametrize(("question", "text", "words"), SHORT)
def test_the_thing_asked_for_comes_first(question: str, text: str, words: str) -> None:
    found = answer(question, hit(f"据悉。{text}", start=17)).short_answer
    assert found is not None
    assert found.quote == words
    assert found.start == 17 + len("据悉。") + text.index(words)
    assert found.end == found.start + len(words)


def test_a_short_answer_is_part_of_the_citation_with_its_number() -> None:
    found = answer("集团改造管道多少公里", hit(ROADS, start=3))
    assert found.short_answer is not None
    cited = found.citations[found.short_answer.number - 1]
    assert cited.start <= found.short_answer.start < found.short_answer.end <= cited.end
    assert cited.doc_id == found.short_answer.doc_id


def test_without_such_a_thing_the_best_clauses_are_the_answer() -> None:
    text = (
        "水厂坚持为民服务的宗旨,在各个小区走访,听取居民的意见建议,水压不够的住户由专人上门加装增压泵,"
        "费用由集团承担,其余住户照常供水,居民都说好。"
    )
    found = answer("水压不够怎么办", hit(text)).short_answer
    assert found is not None
    assert "水压不够的住户由专人上门加装增压泵" in found.quote
    assert len(found.quote) <= LONGEST


def test_lists_of_statements_and_refusals_have_no_short_answer() -> None:
    listed = "集团推出三项便民措施:一是水表远程抄读,居民不必在家。二是热线昼夜值守。三是缴费一次办结。"
    assert answer("集团推出的便民措施有哪些", hit(listed)).short_answer is None
    assert answer("火星上的情况", hit("水很干净。"), refuse_below=1.1).short_answer is None
