"""Which end of a period a question asks for, and where it stands."""

import re
from typing import Literal

from qa.types import Span

Bound = Literal["", "start", "end", "both"]

_WHEN = r"(?:什么时[候间侯]|何时|哪一?[年月天日]|几[年月号点日时])"
_ASKS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("both", re.compile(r"几[点时号月日](?:钟)?[到至]几[点时号月日]|起止")),
    (
        "end",
        re.compile(
            rf"[到至止]{_WHEN}|{_WHEN}(?:截止|结束|到期|为止|止)|(?:截止|结束|到期)(?:时间|日期|[是在到]?{_WHEN})"
        ),
    ),
    (
        "start",
        re.compile(rf"[从自]{_WHEN}|{_WHEN}(?:开始|起|启用|启动)|(?:开始|起始)(?:时间|日期|[是在]?{_WHEN})"),
    ),
)
_JOINED = re.compile(r"\s?[-~～—–－至到]{1,2}\s?(?=次日|翌日|当日|[上下早晚凌中\d])")
_ENDS_BEFORE = re.compile(r"(?:[至到止]|[至到]次日|[-~～—–])\s?$")
_ENDS_BEHIND = re.compile(r"\s?(?:前|之前|以前|截止|为止|止|结束|到期)")
_STARTS_BEFORE = re.compile(r"[从自]\s?$")
_STARTS_BEHIND = re.compile(r"\s?(?:起|开始|之后|以后)")


def bound_asked(question: str) -> Bound:
    """What a folded question asks for of a period: bound_asked("报名到什么时候截止") == "end"."""
    return next((bound for bound, asks in _ASKS if asks.search(question)), "")


def bounds(bound: Bound, date: str, before: str, after: str) -> float:
    """How surely ``date``, with the words on its sides, has the bound asked for: in [0, 1]."""
    joined = bool(_JOINED.search(date))
    if bound in ("", "both"):
        return float(bool(bound) and joined)
    if joined:
        return 1.0
    said = (_ENDS_BEFORE, _ENDS_BEHIND) if bound == "end" else (_STARTS_BEFORE, _STARTS_BEHIND)
    return float(bool(said[0].search(before) or said[1].match(after)))


def bound_of(bound: Bound, period: str) -> Span:
    """Where the bound stands in a period: bound_of("end", "3月1日至5日") == (5, 7)."""
    joined = _JOINED.search(period)
    if bound in ("", "both") or not joined:
        return 0, len(period)
    return (0, joined.start()) if bound == "start" else (joined.end(), len(period))
