"""Whether two values are one: in other writing, in another unit, rounded, or one told more exactly."""

import functools
import re

from qa.entities import located
from qa.numbers import NUMERAL, number_of
from qa.text import fold
from qa.types import Span

Place = tuple[str, Span]
"""A squeezed text, and where in it the value stands."""

_ROUNDED = 0.05
"""How far, of the larger, two numbers may be apart if one is told as about so many."""
_ABOUT_BEFORE = re.compile(r"(?:约为?|大概|大约|近|将近|接近)$")
_ABOUT_BEHIND = re.compile(r"[余多]|左右|上下")
_BEFORE = 4
"""Characters before a number that tell that it is rounded."""
_NUMERAL = re.compile(r"\d[\d,.]*[万亿]*|[零〇一二三四五六七八九十百千万亿两]+")
_PERCENT = re.compile(r"百分之([\d.]+)")
_MEASURE = re.compile(r"[$￥¥]?(\d+(?:\.\d+)?)(\D*)")
_LENGTH, _AREA, _WEIGHT, _PEOPLE = "米", "平方米", "公斤", "人"
_UNITS = {
    "公里": (1000, _LENGTH),
    "千米": (1000, _LENGTH),
    "km": (1000, _LENGTH),
    "公尺": (1, _LENGTH),
    "m": (1, _LENGTH),
    "平方公里": (1_000_000, _AREA),
    "平方千米": (1_000_000, _AREA),
    "平方公尺": (1, _AREA),
    "公顷": (10_000, _AREA),
    "吨": (1000, _WEIGHT),
    "千克": (1, _WEIGHT),
    "名": (1, _PEOPLE),
    "位": (1, _PEOPLE),
    "％": (1, "%"),
}
_PART = re.compile(rf"({NUMERAL})([年月日时分])")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")


def same(one: Place, other: Place, *, part: str = "") -> bool:
    """Whether two quantities, dates or names are one: same(("约3万人", (1, 4)), ("30200名", (0, 6))).

    Of two dates that both tell the ``part`` asked for, 年, only that part is compared.
    """
    a, b = (text[slice(*span)] for text, span in (one, other))
    if normal(a) == normal(b):
        return True
    dates = _parts(a), _parts(b)
    if part in dates[0] and part in dates[1]:
        return dates[0][part] == dates[1][part]
    if any(dates):
        return _agree(*dates)
    measured = _measure(a), _measure(b)
    if not (measured[0] and measured[1] and measured[0][1] == measured[1][1]):
        return False
    first, second = measured[0][0], measured[1][0]
    apart = abs(first - second) / max(first, second, 1e-9)
    return apart < 1e-9 or (apart <= _ROUNDED and any(map(_about, (one, other))))


def values_differ(a: str, b: str) -> bool:
    """Whether each of two texts has a number or date that the other lacks: then they do not say the same."""
    return any(_differ(kind, fold(a), fold(b)) for kind in ("quantity", "time"))


def _differ(kind: str, a: str, b: str) -> bool:
    ones, others = ([(text, span) for span in located(kind, text)] for text in (a, b))
    return any(not any(same(x, y) for y in others) for x in ones) and any(
        not any(same(x, y) for x in ones) for y in others
    )


def normal(words: str) -> str:
    """Numbers in one writing: normal("三万人") == "30000人"."""
    return _PERCENT.sub(r"\1%", _NUMERAL.sub(lambda found: _amount(found[0]), words))


@functools.lru_cache(maxsize=10_000)
def _amount(numeral: str) -> str:
    import cn2an

    try:
        return f"{cn2an.cn2an(numeral.replace(',', ''), 'smart'):.12g}"
    except (ValueError, KeyError):
        return numeral


def _measure(words: str) -> tuple[float, str] | None:
    """A single number in the unit that others are told in, or nothing."""
    found = _MEASURE.fullmatch(_ABOUT_BEHIND.sub("", normal(words)))
    if not found:
        return None
    times, unit = _UNITS.get(found[2], (1, found[2]))
    return float(found[1]) * times, unit


def _about(place: Place) -> bool:
    text, (start, end) = place
    before, behind = text[max(0, start - _BEFORE) : start], text[start : end + 2]
    return bool(_ABOUT_BEFORE.search(before) or _ABOUT_BEHIND.search(behind))


def _parts(words: str) -> dict[str, set[int]]:
    """Years, months, days and hours of a date; nothing if it is none."""
    plain = _CLOCK.sub(r"\1时\2分", words).replace("号", "日").replace("点", "时").replace("时00分", "时")
    parts: dict[str, set[int]] = {}
    for numeral, part in _PART.findall(plain):
        value = number_of(numeral)
        if value is not None:
            parts.setdefault(part, set()).add(value)
    return parts


def _agree(one: dict[str, set[int]], other: dict[str, set[int]]) -> bool:
    """Whether two dates agree in the parts that both tell: a day may be told without its year."""
    both = one.keys() & other.keys()
    return all(one[part] <= other[part] or other[part] <= one[part] for part in both)
