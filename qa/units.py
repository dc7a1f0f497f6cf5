"""In which unit a question asks for a number, and what it counts."""

import re

_UNIT = re.compile(r"(?:多少|几)(?:个)?([\u3400-\u9fff]{1,2})|多([大长远高深宽重久])")
_OF_NUMBERS = "号码"
_UNIT_SAID = (
    ("久", re.compile(r"多(?:久|长时间)")),
    (
        _OF_NUMBERS,
        re.compile(
            r"(?:电话|号码|热线)(?:是|为)?(?:多少|什么|几号)?[?\s]*$|\b(?:phone|telephone|what) number\b"
        ),
    ),
    ("钱", re.compile(r"\bhow much (?:does|do|did|is|was|are|were|will|money)\b")),
)
_MEASURES = (
    ("钱", r"[费价款薪税金]|收入|支出|产值|总值|投资|工资|补贴|津贴|预算|利润|营收|成本|资本|金额"),
    ("率", r"[率]|比例|比重|占比|增速|增幅"),
    ("大", r"面积"),
    ("人", r"人口|人数"),
    ("长", r"全长|长度|里程"),
)
_MEASURED = tuple(
    (
        unit,
        re.compile(
            rf"(?:{nouns})[是为有达到约会能要共]*多少|多少[\u3400-\u9fff]{{0,3}}?(?:{nouns})(?:[?\s]*$)"
        ),
    )
    for unit, nouns in _MEASURES
)
"""A measure asked for tells the unit as well."""
_NUMBER = re.compile(r"\d(?:[\s-]?\d){4,}")
_COUNTED = re.compile(
    r"(?:多少|几)[个家所项条座处场名位户件只]?([\u3400-\u9fff]{2,6})|\bhow many (?:more |new )?([a-z]{3,})"
)
_UNITS = {
    "钱": "元$￥¥€£角",
    "大": "平亩顷岁",
    "长": "米里",
    "远": "米里",
    "高": "米层",
    "深": "米",
    "宽": "米",
    "重": "斤克吨",
    "久": "年月天日时分周",
    "率": "%‰分成倍",
}
"""Characters of which one stands in an answer in such a unit."""
_SAME = ("天日号", "人名位")


def unit_asked(question: str) -> str:
    """The unit or measure that a folded question asks for, if any: unit_asked("修了多少公里") == "公里"."""
    said = next((unit for unit, asks in (*_UNIT_SAID, *_MEASURED) if asks.search(question)), "")
    found = _UNIT.search(question)
    return said or (found[1] or found[2] if found else "")


def in_unit(quantity: str, unit: str) -> bool:
    """Whether ``quantity`` is in ``unit``, as ``unit_asked`` gives it: in_unit("20个工作日", "天")."""
    if unit == _OF_NUMBERS:
        return bool(_NUMBER.fullmatch(quantity))
    first = unit[:1]
    same = next((marks for marks in _SAME if first and first in marks), first)
    return any(mark in quantity for mark in _UNITS.get(unit, same))


def thing_counted(question: str) -> str:
    """What a folded question counts, or nothing: thing_counted("有多少所中小学") == "中小学"."""
    found = _COUNTED.search(question)
    return (found[1] or found[2]) if found else ""
