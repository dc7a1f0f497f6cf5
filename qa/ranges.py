"""Ranges that rules are stated for, and which of them holds a number: 满60个月不满120个月的, 80至89周岁."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from qa.numbers import number_of
from qa.text import fold
from qa.types import Span

_UNITS = {
    "岁": ("age", 1), "周岁": ("age", 1),
    "分钟": ("time", 1), "小时": ("time", 60), "个小时": ("time", 60),
    "天": ("days", 1), "日": ("days", 1),
    "个月": ("months", 1), "月": ("months", 1), "年": ("months", 12),
    "厘米": ("length", 0.01), "米": ("length", 1), "公里": ("length", 1000), "千米": ("length", 1000),
    "公斤": ("weight", 1), "千克": ("weight", 1), "吨": ("weight", 1000),
    "元": ("money", 1), "立方米": ("volume", 1), "平方米": ("area", 1), "亩": ("land", 1),
    "度": ("degrees", 1), "人": ("people", 1), "名": ("people", 1), "户": ("homes", 1), "级": ("levels", 1),
    "次": ("times", 1), "%": ("share", 1), "分": ("marks", 1),
}  # fmt: skip
"""What a unit measures, and how much of it one is."""
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_AMOUNT = r"(?P<{0}>\d{{1,12}}(?:\.\d{{1,6}})?|[一二三四五六七八九十百千两]{{1,9}})(?P<{0}m>[万亿]?)"
_ABOVE, _BELOW = r"超过|大于|高于|多于|满|达到", r"不满|不足|未满|不超过|低于|小于|少于"
_RANGE = re.compile(
    rf"(?P<above>{_ABOVE})?{_AMOUNT.format('a')}(?P<ua>{_UNIT})?(?:[(（]含[)）])?(?:及?以上|以外)?[,，、]?"
    rf"(?P<to>至|到|[-~～—–]{{1,2}}|{_BELOW}){_AMOUNT.format('b')}(?P<ub>{_UNIT})(?:及?以下|以内)?"
    rf"|(?P<under>{_BELOW}){_AMOUNT.format('c')}(?P<uc>{_UNIT})"
    rf"|{_AMOUNT.format('d')}(?P<ud>{_UNIT})及?(?:以下|以内|之内)"
    rf"|(?P<over>{_ABOVE}){_AMOUNT.format('e')}(?P<ue>{_UNIT})"
    rf"|{_AMOUNT.format('f')}(?P<uf>{_UNIT})及?以上"
)
_ASKED = re.compile(rf"{_AMOUNT.format('a')}(?P<ua>{_UNIT})(?!及?以[上下内])")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_OPEN_ABOVE, _CLOSED_BELOW = ("超过", "大于", "高于", "多于"), ("不超过",)
_MANY = {"": 1.0, "万": 1e4, "亿": 1e8}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of what is measured."""

    measure: str
    value: float


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high`` of what is measured, each of them in it or not."""

    span: Span
    measure: str
    low: float
    high: float
    with_low: bool = True
    with_high: bool = True

    def holds(self, amount: Amount) -> bool:
        """Whether it holds the amount."""
        above = amount.value >= self.low if self.with_low else amount.value > self.low
        below = amount.value <= self.high if self.with_high else amount.value < self.high
        return amount.measure == self.measure and above and below


def amount_asked(question: str) -> Amount | None:
    """The amount of which a question asks: amount_asked("90岁老人补贴多少") == Amount("age", 90)."""
    text = fold(question)
    found = _ASKED.search(_YEAR.sub(lambda year: " " * len(year[0]), text))
    return _amount(found, "a", found["ua"]) if found and not _RANGE.search(text) else None


def ranges(text: str) -> list[Range]:
    """The ranges that ``text`` states, in its order."""
    return [_range(found) for found in _RANGE.finditer(fold(text))]


def ranges_of(text: str, amount: Amount) -> list[Range]:
    """The ranges of ``text`` of what ``amount`` measures, if there are several; no year is one."""
    found = [one for one in ranges(text) if one.measure == amount.measure]
    return found if len(found) > 1 else []


def holding(found: Sequence[Range], amount: Amount) -> Range | None:
    """The only one of the ranges that holds the amount."""
    holds = [one for one in found if one.holds(amount)]
    return holds[0] if len(holds) == 1 else None


def _range(found: re.Match[str]) -> Range:
    span = found.span()
    if found["b"]:
        high = _amount(found, "b", found["ub"])
        low = _amount(
            found, "a", found["ua"] or found["ub"], found["am"] or (found["bm"] if not found["ua"] else "")
        )
        to = found["to"]
        closed = to in _CLOSED_BELOW or not re.fullmatch(_BELOW, to)
        return Range(span, high.measure, low.value, high.value, found["above"] not in _OPEN_ABOVE, closed)
    if found["c"]:
        high = _amount(found, "c", found["uc"])
        return Range(span, high.measure, -inf, high.value, with_high=found["under"] in _CLOSED_BELOW)
    if found["d"]:
        high = _amount(found, "d", found["ud"])
        return Range(span, high.measure, -inf, high.value)
    name = "e" if found["e"] else "f"
    low = _amount(found, name, found[f"u{name}"])
    return Range(span, low.measure, low.value, inf, with_low=found["over"] not in _OPEN_ABOVE)


def _amount(found: re.Match[str], name: str, unit: str, many: str | None = None) -> Amount:
    digits, measure = found[name], _UNITS[unit]
    number = float(digits) if digits[0].isdigit() else float(number_of(digits) or 0)
    return Amount(measure[0], number * _MANY[found[f"{name}m"] if many is None else many] * measure[1])
