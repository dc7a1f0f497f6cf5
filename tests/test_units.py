"""The unit a question asks for, said or told by what is measured."""

import pytest

from qa.units import in_unit, thing_counted, unit_asked


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("修了多少公里", "公里"),
        ("要多长时间", "久"),
        ("平均工资是多少", "钱"),
        ("能拿多少奖金", "钱"),
        ("馆区面积有多少", "大"),
        ("入学率是多少", "率"),
        ("热线电话多少", "号码"),
        ("热线一年接多少次", "次"),
        ("日供水是多少", ""),
        ("航程要花费多少时间", "久"),
        ("体重是多少", "重"),
        ("海拔约是多少", "高"),
        ("坝体的高度已经达到多少", "高"),
        ("镇上的人口数量达到了多少", "人"),
        ("总字数大概多少", "字"),
        ("女性占多少比例", "率"),
        ("委员中有多少人为读者", "人"),
        ("水文大学是不是多伦多大学", ""),
        ("许多高校在哪里", ""),
    ],
)
def test_the_unit_asked_for(question: str, unit: str) -> None:
    assert unit_asked(question) == unit


@pytest.mark.parametrize(
    ("quantity", "unit", "right"),
    [
        ("5元", "钱", True),
        ("5人", "钱", False),
        ("98%", "率", True),
        ("5亿元", "率", False),
        ("5名", "人", True),
        ("356万英镑", "钱", True),
        ("18公分", "长", True),
        ("3.7m", "长", True),
        ("13100磅", "重", True),
        ("10至30厘", "率", True),
        ("5斤", "长", False),
    ],
)
def test_numbers_in_a_unit(quantity: str, unit: str, right: bool) -> None:
    assert in_unit(quantity, unit) is right


def test_what_is_counted() -> None:
    assert thing_counted("有多少所中小学") == "中小学"
    assert thing_counted("how many new readers came") == "readers"
    assert thing_counted("馆长是谁") == ""
