"""Values of a spreadsheet as it displays them: 0.125 under "0.0%" is 12.5%."""

import datetime
import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

_SECTION = re.compile(r"[^;\"\\]*(?:(?:\"[^\"]*\"|\\.)[^;\"\\]*)*")
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+,*)?")
_GENERAL = re.compile(r"General|G/通用格式", re.IGNORECASE)
_COLOUR = re.compile(r"\[(?:red|blue|green|magenta|cyan|yellow|color\s?\d+)\]", re.IGNORECASE)
_LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)|_.|\*.|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]")
_DATE_PART = re.compile(
    r"\"([^\"]*)\"|\\(.)|\[\$?[^\]]*\]|(AM/PM|A/P|上午/下午|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4})", re.IGNORECASE
)
_LOCAL = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}
"""Formats that are shown as the country writes dates, and how China does."""
_OF_SYSTEM = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}
"""How formats begin that are shown as the computer is set to, and how it is in China."""
_WEEKDAYS = "一二三四五六日"
_EXACT = 10**15
"""A spreadsheet keeps 15 digits."""
_PRECISE = Context(prec=1_000)
_MARK = "\0"


def displayed(value: object, form: str) -> str:
    """Return ``value`` of a cell as its number format ``form`` shows it, or plainly where it is not known.

    displayed(1234.5, "#,##0.00") == "1,234.50"; displayed(date(2025, 3, 8), "yyyy-mm-dd") == "2025-03-08"
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return _moment(value, form)
    return str(value)


def _number(value: float, form: str) -> str:
    section, shown = _section(value, form)
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or found[3] or "")
        return _MARK

    kept = _LITERAL.sub(keep, section)
    bare = _GENERAL.sub("0", kept)
    places = _DIGITS.findall(bare)
    parted = len(places) > 1 and ("," in bare.rstrip(f",{_MARK} ") or "." in bare)
    if not math.isfinite(value) or parted or "E" in bare.upper() or "/" in bare:
        return _plain(value)
    if not places:
        return "".join(literals) or _plain(value)
    written = [_plain(shown)] if bare != kept else _written(shown, places, percent=bare.count("%"))
    parts = iter([*written, *places[len(written) :]])
    text = _DIGITS.sub(lambda _: next(parts), bare)
    for literal in literals:
        text = text.replace(_MARK, literal, 1)
    return text.strip()


def _section(value: float, form: str) -> tuple[str, float]:
    """The part of a format that is for ``value``, and the number it shows."""
    sections = [match.group() for match in _SECTION.finditer(form)][::2] if ";" in form else [form]
    if value < 0 and len(sections) > 1 and sections[1]:
        told = sections[1]
        by_colour = _COLOUR.search(told) and _COLOUR.sub("", told) == _COLOUR.sub("", sections[0])
        return told, value if by_colour else -value  # a colour is not in the text: the sign is
    if value == 0 and len(sections) > 2 and sections[2]:
        return sections[2], value
    return sections[0], value


def _written(value: float, places: Sequence[str], *, percent: int) -> list[str]:
    """The digits for each of the places, which literals part: 12345 in "0" and "0," is "1" and "2"."""
    form = "".join(places)
    whole, _, fraction = form.rstrip(",").partition(".")
    thousands = len(form) - len(form.rstrip(",")) + len(whole) - len(whole.rstrip(","))
    exact = Decimal(f"{value:.15g}").scaleb(2 * percent - 3 * thousands)
    rounded = exact.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, _PRECISE)
    if not rounded and "0" not in form:
        return ["" for _ in places]
    text = f"{rounded:,f}" if "," in whole.rstrip(",") else f"{rounded:f}"
    for optional in reversed(fraction):
        if optional != "#" or not text.endswith("0"):
            break
        text = text[:-1]
    text = text.removesuffix(".")
    sign, bare = ("-", text[1:]) if text.startswith("-") else ("", text)
    text = sign + "0" * (whole.count("0") - len(bare.partition(".")[0])) + bare
    parts: list[str] = []
    for place in places[:0:-1]:
        cut = len(text) - len(place.rstrip(","))
        parts, text = [text[cut:], *parts], text[:cut]
    return [text, *parts]


def _plain(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < _EXACT):
        return str(int(value))
    return f"{value:.11g}"


def _moment(value: datetime.datetime | datetime.date | datetime.time, form: str) -> str:
    system = (shown for begins, shown in _OF_SYSTEM.items() if form.startswith(begins))
    section = next(system, _LOCAL.get(form, form)).partition(";")[0]
    if not re.search("[ymdh]|aaa", re.sub(r"\"[^\"]*\"|\[[^\]]*\]", "", section), re.IGNORECASE):
        return str(value).removesuffix(" 00:00:00")
    twelve = bool(re.search("AM/PM|A/P|上午/下午", section, re.IGNORECASE))
    names = [match[3] for match in _DATE_PART.finditer(section) if match[3]]
    parts = iter(_minutes(names))

    def written(found: re.Match[str]) -> str:
        if found[3] is None:
            return found[1] or found[2] or ""
        return _part(value, next(parts), twelve)

    return _DATE_PART.sub(written, section).strip().rstrip("@").strip()


def _minutes(names: list[str]) -> list[str]:
    """Tell minutes from months: an m after hours or before seconds; minutes are written n."""
    lower = [name.lower() for name in names]
    made = []
    for place, name in enumerate(lower):
        beside = (place and lower[place - 1][0] == "h") or lower[place + 1 : place + 2] in (["s"], ["ss"])
        made.append(name.replace("m", "n") if name[0] == "m" and name != "am/pm" and beside else name)
    return made


def _part(value: datetime.datetime | datetime.date | datetime.time, name: str, twelve: bool) -> str:
    day = value if isinstance(value, datetime.date) else None
    time = value if isinstance(value, datetime.datetime | datetime.time) else datetime.time()
    hour = (time.hour % 12 or 12) if twelve else time.hour
    if name in {"am/pm", "a/p", "上午/下午"}:
        return ("上午", "下午")[time.hour >= 12] if name[0] == "上" else ("AM", "PM")[time.hour >= 12]
    if name.startswith(("h", "n", "s")):
        number = {"h": hour, "n": time.minute, "s": time.second}[name[0]]
        return f"{number:02}" if len(name) > 1 else str(number)
    return _of_day(day, name) if day else ""


def _of_day(day: datetime.date, name: str) -> str:
    if name[0] == "a":
        return ("星期" if len(name) > 3 else "") + _WEEKDAYS[day.weekday()]
    if name[0] == "y":
        return f"{day.year:04}" if len(name) > 2 else f"{day.year % 100:02}"
    if len(name) > 2:
        return day.strftime({"m3": "%b", "m4": "%B", "d3": "%a", "d4": "%A"}[f"{name[0]}{min(len(name), 4)}"])
    number = day.month if name[0] == "m" else day.day
    return f"{number:02}" if len(name) > 1 else str(number)
