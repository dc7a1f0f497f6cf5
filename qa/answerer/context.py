"""What around a sentence tells what it is about: a question, the introduction of a list, a year."""

import re
from collections.abc import Iterable

from qa.answerer.rows import header_of
from qa.entities import item_mark
from qa.gaps import closed_up
from qa.types import Hit

_ASKS = re.compile(r"[?？][”’」』\"')）]*$")
_INTRODUCES = re.compile(r"[:：][”’]?$")
_BEFORE = re.compile(r"(\w{2,4})前[:：为]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGITS = re.compile(r"\d.*\d", re.DOTALL)
_RELATIVE = re.compile(r"(?<![比较同与])(?:今年|去年|明年|前年)")
_AWAY = {"今年": 0, "去年": -1, "明年": 1, "前年": -2}
_DAY = r"(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?"
_IMPRINT = re.compile(rf"[(（]?\s*{_DAY}\s*[)）]?|.*(?:时间|日期)\s*[:：]\s*{_DAY}.*")
"""A line that tells when the text was published, not when what it tells of was."""


def asks(text: str) -> bool:
    """Whether ``text`` is a question, which answers none: asks("记者:水价会涨吗?")."""
    return bool(_ASKS.search(text))


def replaced(text: str, passage: str) -> bool:
    """Whether a correction in the same passage replaces it.

    replaced("更正前:3人。", "更正前:3人。更正后:5人。")
    """
    found = _BEFORE.match(text)
    after = f"{found[1]}后" if found else ""
    return bool(after) and after in passage and after not in text


def introduction(hit: Hit, number: int) -> str:
    """What stands above the sentence with this number: a header, what asks for it or introduces its list."""
    said = _sentences(hit)
    if header := _header(hit, number):
        return header
    item = bool(item_mark(said[number]))
    for before in reversed(said[:number]):
        if asks(before) or (item and _INTRODUCES.search(before)):
            return before
        item = item and bool(item_mark(before))
    return ""


def _header(hit: Hit, number: int) -> str:
    """The header of the table in which the sentence with this number is a row, if it stands above it."""
    start, end = hit.passage.sentences[number]
    header = header_of(hit.passage.text, (start - hit.passage.start, end - hit.passage.start))
    return hit.passage.text[slice(*header)] if header else ""


def years_of(hit: Hit, number: int) -> tuple[str, ...]:
    """The years of which the sentence with this number tells, by what stands nearest: see ``told_years``.

    If nothing does, that of its document's date; nothing if there is none.
    """
    return told_years(hit, number) or _years_in(hit.date, "")


def told_years(hit: Hit, number: int) -> tuple[str, ...]:
    """The years that the text names for the sentence with this number.

    That is the sentence itself, the header of its table, its innermost heading that names one, the sentence
    before it that does, or its title. A day alone, as of a signature, is none of an event; 去年 is meant
    from the document's date.
    """
    said = _sentences(hit)
    headings = hit.passage.heading.split(" › ")[::-1]
    before = [one for one in said[:number][::-1] if not _IMPRINT.fullmatch(one)]
    places = (said[number], _header(hit, number), *headings, *before, hit.title)
    return next((years for place in places if (years := _years_in(place, hit.date))), ())


def names_year(hit: Hit, years: Iterable[str]) -> bool:
    """Whether one of the ``years`` stands in the passage, its heading or title, apart from a day alone."""
    shown = [line for line in hit.passage.text.splitlines() if not _IMPRINT.fullmatch(line.strip())]
    told = "\n".join([hit.title, hit.passage.heading, *shown])
    return any(year in told for year in years)


def _years_in(text: str, date: str) -> tuple[str, ...]:
    """The years that ``text`` of this date names, if none, those it tells from its own."""
    named = _YEAR.findall(closed_up(text)[0]) if _DIGITS.search(text) else []
    if not named and date[:4].isdigit():
        named = [str(int(date[:4]) + _AWAY[word]) for word in _RELATIVE.findall(text)]
    return tuple(dict.fromkeys(named))


def _sentences(hit: Hit) -> list[str]:
    start, text = hit.passage.start, hit.passage.text
    return [text[a - start : b - start] for a, b in hit.passage.sentences]
