"""People, numbers, dates, places and lists, as official English writes them."""

import re

from qa.types import Span

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_CLOCK = r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.m\.|[ap]m\b)|\d{1,2}:\d\d(?!\d)"
_DATES = re.compile(
    rf"(?:{_DAY},?\s)?\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?:,?\s\d{{4}})?"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s\d{{4}})?"
    rf"|(?:{_MONTH}\s(?:to|and|until|or)\s)?{_MONTH}\s\d{{4}}"
    rf"|(?:{_CLOCK})(?:\s(?:to|and|until)\s(?:{_CLOCK}))?"
    rf"|{_DAY}s?(?:\s(?:to|and)\s{_DAY}s?)?|(?<![\d.,$€£])(?:19|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?s?(?![\d.,]*\d)",
    re.IGNORECASE,
)
_SMALL = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?)"
)
_LARGE = r"(?:\s(?:hundred|thousand|million|billion|trillion))+"
_QUANTITY = re.compile(
    rf"(?:[$€£¥]|\b)\d+(?:[.,]\d+)*(?:(?:-\d{{3,8}}|\s\d{{4}})(?![\d.,]))*(?:{_LARGE})?"
    r"(?:\s?%|\sper\s?cent\b|\s?(?:km|kg|mm|cm|m|ha)\b)?"
    rf"|\b(?:{_SMALL}(?:{_LARGE})?|one{_LARGE})\b",
    re.IGNORECASE,
)
_OPENS = (
    r"(?!(?:The|An?|In|On|At|By|For|From|And|But|Of|To|With|This|These|Those|There|That|After|Before|When|If|Our"
    r"|We|It)\s)"
)
_WORD = r"[A-Z][\w'’-]+"
_NAME = re.compile(rf"\b(?:(?:Mrs?|Ms|Dr|Prof)\.?\s)?{_OPENS}{_WORD}(?:\s(?:[A-Z]\.|{_WORD}))+")
_PLACE = re.compile(
    rf"\b(?:at|in|on|near|outside|behind|opposite)\s(?:the\s)?"
    rf"(?P<place>(?:\d+\w?\s)?(?!{_MONTH}|{_DAY}){_WORD}(?:,?\s(?:of\s)?{_WORD})*)"
)
_ITEM = r"[^,.;:]{2,60}"
_LIST = re.compile(rf"{_ITEM}(?:,\s{_ITEM})+?,?\s(?:and|or)\s{_ITEM}")
_PATTERNS = {"who": _NAME, "quantity": _QUANTITY, "time": _DATES, "place": _PLACE, "list": _LIST}


def located_in_english(kind: str, text: str) -> list[Span]:
    """Where ``text``, with its capitals, holds things of a kind.

    located_in_english("quantity", "3 km") == [(0, 4)]
    """
    pattern = _PATTERNS.get(kind)
    return [found.span(found.lastgroup or 0) for found in pattern.finditer(text)] if pattern else []
