"""In which unit a question asks for a number, and what it counts."""

import re

HOW = (
    r"(?<![许很众诸更最不太好繁])多"
    r"(?:大(?![学型量数多户部家])|高(?![校层等级新])|长(?!期)|重(?![要点视大])|深(?!入)|[远宽久])"
)
"""多大, 多高 and the like where they ask, not 多大学 or 许多高校."""
ARTICLE = re.compile(r"一(?![\d零〇一二三四五六七八九十百千万亿])")
"""一个 says that there is such a thing, hardly ever how many."""
_THEN = r"[是为有达到约会能要共大概已经了]*"
"""What may stand between a measure and 多少."""
_UNIT = re.compile(
    rf"(?:多少|几)(?:个)?(人(?=[为是])|[\u3400-\u9fff]{{1,2}})|(?={HOW})多(.)|([人户票次家件字岁天年])数量?{_THEN}多少"
)
_OF_NUMBERS = "号码"
_UNIT_SAID = (
    ("久", re.compile(r"多(?:久|长时间|少时间)")),
    ("率", re.compile(r"多少的?(?:比例|百分比)")),
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
    ("率", r"率|比例|比重|占比|增速|增幅|百分比"),
    ("大", r"面积"),
    ("人", r"人口(?:总?数量?)?|人数"),
    ("长", r"[全体身]长|长度|里程"),
    ("高", r"高度|海拔|身高"),
    ("深", r"深度"),
    ("宽", r"宽度"),
    ("远", r"距离"),
    ("重", r"重量|体重|净重|载重"),
)
_MEASURED = tuple(
    (
        unit,
        re.compile(rf"(?:{nouns}){_THEN}多少|多少[\u3400-\u9fff]{{0,3}}?(?:{nouns})(?:[?\s]*$)"),
    )
    for unit, nouns in _MEASURES
)
"""A measure asked for tells the unit as well."""
_NUMBER = re.compile(r"\d(?:[\s-]?\d){4,}")
_COUNTED = re.compile(
    r"(?:多少|几)[个家所项条座处场名位户件只]?([\u3400-\u9fff]{2,6})|\bhow many (?:more |new )?([a-z]{3,})"
)
_LENGTHS = ("米", "里", "尺", "寸", "公分", "m")
_UNITS = {
    "钱": ("元", "$", "￥", "¥", "€", "£", "角", "英镑", "卢布", "法郎", "马克", "先令", "卢比"),
    "大": "平亩顷岁",
    "长": _LENGTHS,
    "远": _LENGTHS,
    "高": (*_LENGTHS, "层"),
    "深": _LENGTHS,
    "宽": _LENGTHS,
    "重": ("斤", "克", "吨", "磅", "kg"),
    "久": "年月天日时分周",
    "率": "%‰分成倍厘",
}
"""What of which one stands in an answer in such a unit."""
_SAME = ("天日号", "人名位")


def unit_asked(question: str) -> str:
    """The unit or measure that a folded question asks for, if any: unit_asked("修了多少公里") == "公里"."""
    said = next((unit for unit, asks in (*_UNIT_SAID, *_MEASURED) if asks.search(question)), "")
    found = _UNIT.search(question)
    return said or (found[1] or found[2] or found[3] if found else "")


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
