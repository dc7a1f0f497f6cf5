"""Numbers as official Chinese writes them: numerals, and the numbers of documents (发文字号) in one form."""

import re
from collections.abc import Collection, Iterator

from qa.text import squeeze
from qa.types import Span

NUMERAL = r"[\d〇零○一二两三四五六七八九十百千]+"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LONGEST_NUMERAL = 9

_OPEN, _CLOSE = r"[〔\[［(（【〖﹝]", r"[〕\]］)）】〗﹞]"
DOCUMENT_NUMBER = rf"[\u4e00-\u9fffA-Za-z]{{1,20}}\s*{_OPEN}\s*\d{{4}}\s*{_CLOSE}\s*(?:第\s*)?{NUMERAL}\s*号"
"""A year between brackets of any kind: 镜政发〔2023〕12号."""
ORDER_NUMBER = (
    rf"[\u4e00-\u9fff]{{0,30}}令\s*{_OPEN}?\s*第\s*{NUMERAL}\s*号{_CLOSE}?"
    rf"|[\u4e00-\u9fff]{{0,30}}第\s*{NUMERAL}\s*号令"
)
"""An order: 镜湖市人民政府令第12号, 第12号令."""

_YEAR = re.compile(rf"{_OPEN}(\d{{4}}){_CLOSE}(?:第)?({NUMERAL})号")
_ORDER = re.compile(rf"令{_OPEN}?第({NUMERAL})号{_CLOSE}?|第({NUMERAL})号令")
_WHOLE = re.compile(r"[\u4e00-\u9fffa-z]{1,20}〔\d{4}〕\d+号|[\u4e00-\u9fff]{0,30}令第\d+号")
_CORE = re.compile(r"(?P<issuer>.*?)(?P<core>〔\d{4}〕\d+号|令第\d+号)")
_IN_QUESTION = re.compile(
    rf"{_OPEN}\s*(?P<year>\d{{4}})\s*{_CLOSE}\s*(?:第\s*)?(?P<number>{NUMERAL})\s*号"
    rf"|(?P<bare>(?:19|20)\d\d)\s*年?\s*(?:第\s*)?(?P<of_bare>{NUMERAL})\s*号"
    rf"|令\s*{_OPEN}?\s*第?\s*(?P<order>{NUMERAL})\s*号{_CLOSE}?|第\s*(?P<before_order>{NUMERAL})\s*号\s*令"
)
ORDER = "令"
"""What the core of an order's number begins with."""


def number_of(numeral: str) -> int | None:
    """The number a Chinese or Arabic numeral stands for, up to nine digits: number_of("二十三") == 23."""
    if not numeral or len(numeral) > _LONGEST_NUMERAL or not re.fullmatch(NUMERAL, numeral):
        return None
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    if not any(char in _UNITS for char in numeral):
        return int("".join(str(_DIGITS.get(char, char)) for char in numeral))
    total, digit = 0, 0
    for char in numeral:
        if char in _UNITS:
            total += (digit or (1 if not total else 0)) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char] if char in _DIGITS else int(char)
    return total + digit


def in_one_form(text: str) -> str:
    """``text`` squeezed, with every number of a document in it written in one way."""
    bare = squeeze(text)
    bare = _YEAR.sub(lambda found: f"〔{found[1]}〕{number_of(found[2])}号", bare)
    return _ORDER.sub(lambda found: f"令第{number_of(found[1] or found[2])}号", bare)


def number_key(number: str) -> str:
    """The number of a document in one form, for looking up; empty when it is none.

    number_key("镜政发[2023]第12号") == number_key("镜政发〔2023〕12号") == "镜政发〔2023〕12号"
    """
    key = in_one_form(number)
    return key if _WHOLE.fullmatch(key) else ""


def numbers_named(text: str, keys: Collection[str]) -> list[str]:
    """Which of the ``keys`` a question names, in the order of ``text``; of two at one place the longer.

    numbers_named("镜政发[2023]12号讲什么", {"镜政发〔2023〕12号"}) == ["镜政发〔2023〕12号"]
    """
    bare = in_one_form(text)
    if "号" not in bare:
        return []
    ends: dict[int, tuple[int, str]] = {}
    for key in keys:
        at = bare.find(key) if key else -1
        while at >= 0:
            end = at + len(key)
            ends[end] = min(ends.get(end, (at, key)), (at, key))
            at = bare.find(key, end)
    return list(dict.fromkeys(key for _, key in sorted(ends.values())))


def parted(key: str) -> tuple[str, str]:
    """Who issued a document, as its ``number_key`` says, and the rest of it; empty when it is none.

    parted("镜政发〔2023〕12号") == ("镜政发", "〔2023〕12号")
    """
    found = _CORE.fullmatch(key)
    return (found["issuer"], found["core"]) if found else ("", "")


def cores(question: str) -> Iterator[tuple[str, Span, bool]]:
    """The numbers in ``question`` without who issued them, where, and whether surely meant as such.

    A year without brackets may be that of a day: [*cores("2023年12号")] == [("〔2023〕12号", (0, 8), False)]
    """
    for found in _IN_QUESTION.finditer(question):
        year = found["year"] or found["bare"]
        value = number_of(found["number"] or found["of_bare"] or found["order"] or found["before_order"])
        core = f"〔{year}〕{value}号" if year else f"{ORDER}第{value}号"
        yield core, found.span(), not found["bare"]
