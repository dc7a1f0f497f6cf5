"""A day as people write it, in Chinese, of the Republic, in English or in figures, as ISO 8601."""

import datetime
import re
from collections.abc import Iterator
from typing import Literal

from qa.numbers import number_of
from qa.text import fold

Order = Literal["dmy", "mdy", ""]
"""What stands first in 08/10/2024; empty where nothing tells."""

_ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_FIGURE = r"[\d〇零○◯o一二三四五六七八九十廿卅]"
_FEW = rf"{_FIGURE}(?:\s?{_FIGURE}){{0,2}}"
_MONTH_AND_DAY = rf"\s*年\s*{_FEW}\s*月\s*{_FEW}\s*[日号]"
_YEAR = r"(?:19|20)\d\d"
_FORMS = {
    "roc": rf"(?:中华)?民国\s*[{_FIGURE[1:-1]}百](?:\s?[{_FIGURE[1:-1]}百]){{0,4}}{_MONTH_AND_DAY}",
    "chinese": rf"(?<!{_FIGURE}){_FIGURE}(?:\s?{_FIGURE}){{3}}{_MONTH_AND_DAY}",
    "figures": rf"(?<![\d./-]){_YEAR}\s?(?:-\s?\d\d?\s?-|/\s?\d\d?\s?/|\.\s?\d\d?\s?\.)\s?\d\d?"
    r"(?![\d/]|[.-]\d)",
    "dmy": rf"(?<![\w.])\d\d?(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}(?!\d)",
    "mdy": rf"(?<!\w){_MONTH}\s+\d\d?(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)",
    "slashes": rf"(?<![\d/])\d\d?/\d\d?/{_YEAR}(?![\d/])",
}
DAY = "|".join(_FORMS.values())
"""A day in a folded text, as a regular expression without groups."""
_ANY_DAY = re.compile(DAY)
_READ = {name: re.compile(form) for name, form in _FORMS.items()}
_PART = re.compile(rf"[{_FIGURE[1:-1]}百]+")
_SLASHES = re.compile(rf"(?<![\d/])(\d\d?)/(\d\d?)/{_YEAR}(?![\d/])")
_NAMED_ORDER = re.compile(r"\b(?:(dd?[/-]mm?)|mm?[/-]dd?)[/-]yy")
_SAME = str.maketrans({"◯": "〇", "o": "〇", "廿": "二十", "卅": "三十"})
_REPUBLIC, _FIRST, _LAST, _MOST_MONTHS = 1911, 1900, 2099, 12


def is_date(written: str) -> bool:
    """Whether it is YYYY, YYYY-MM or a day of the calendar as YYYY-MM-DD."""
    if not _ISO_DATE.match(written):
        return False
    try:
        datetime.date.fromisoformat(written + "2000-01-01"[len(written) :])
    except ValueError:
        return False
    return True


def date_in(written: str) -> str:
    """Return the first day in ``written`` as ISO 8601: date_in("2023/1/5 10:00") == "2023-01-05"."""
    return next((day for _, _, day in days(fold(written))), "")


def days(folded: str, order: Order = "") -> Iterator[tuple[int, int, str]]:
    """Where the days of a folded text stand, and which they are; none that is not in the calendar."""
    for found in _ANY_DAY.finditer(folded):
        if day := day_of(found.group(), order):
            yield found.start(), found.end(), day


def day_of(folded: str, order: Order = "") -> str:
    """The day that a match of ``DAY`` is; empty when it is not in the calendar, or not told.

    day_of("民国一一三年五月二日") == day_of("2 may 2024") == "2024-05-02"
    """
    form = next((name for name, form in _READ.items() if form.fullmatch(folded)), "")
    if form in {"dmy", "mdy"}:
        day, year = re.findall(r"\d+", folded)
        month = next(at for at, name in enumerate(_MONTHS, 1) if re.search(rf"(?<![a-z]){name}", folded))
        return _iso(int(year), month, int(day))
    parts = [_number(part) for part in _PART.findall("".join(folded.split()))]
    if not form or len(parts) != 3:
        return ""
    if form == "slashes":
        return _iso(parts[2], *_month_and_day(parts[0], parts[1], order))
    return _iso(parts[0] + (_REPUBLIC if form == "roc" else 0), parts[1], parts[2])


def order_of(folded: str) -> Order:
    """What stands first in a text's 08/10/2024: as it names it, or as another day of it shows."""
    if named := _NAMED_ORDER.search(folded):
        return "dmy" if named[1] else "mdy"
    told: set[Order] = set()
    for found in _SLASHES.finditer(folded):
        first, second = int(found[1]), int(found[2])
        if first != second and max(first, second) > 12:
            told.add("dmy" if first > second else "mdy")
    return told.pop() if len(told) == 1 else ""


def _month_and_day(first: int, second: int, order: Order) -> tuple[int, int]:
    """Which is which where one cannot be a month, both are the same, or the order is known; else zeros."""
    if first > _MOST_MONTHS or (order == "dmy" and second <= _MOST_MONTHS):
        return second, first
    return (first, second) if second > _MOST_MONTHS or first == second or order else (0, 0)


def _number(figures: str) -> int:
    return number_of(figures.translate(_SAME)) or 0


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat() if _FIRST <= year <= _LAST else ""
    except ValueError:
        return ""
