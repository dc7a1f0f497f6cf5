"""What around a sentence tells what it is about: a question, the introduction of a list, a year."""

import re

from qa.entities import item_mark
from qa.types import Hit

_ASKS = re.compile(r"[?？][”’」』\"')）]*$")
_INTRODUCES = re.compile(r"[:：][”’]?$")
_BEFORE = re.compile(r"(\w{2,4})前[:：为]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


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
    """The sentence before the one with this number that asks for it, or that introduces its list."""
    said = _sentences(hit)
    item = bool(item_mark(said[number]))
    for before in reversed(said[:number]):
        if asks(before) or (item and _INTRODUCES.search(before)):
            return before
        item = item and bool(item_mark(before))
    return ""


def years_of(hit: Hit, number: int) -> tuple[str, ...]:
    """The years of which the sentence with this number tells, by what stands nearest.

    That is the sentence itself, its innermost heading that names one, the sentence before it that does,
    its title, or the date of its document; nothing if none names a year.
    """
    said = _sentences(hit)
    headings = hit.passage.heading.split(" › ")[::-1]
    places = (said[number], *headings, *said[:number][::-1], hit.title, hit.date)
    found = (tuple(dict.fromkeys(_YEAR.findall(place))) for place in places)
    return next((years for years in found if years), ())


def _sentences(hit: Hit) -> list[str]:
    start, text = hit.passage.start, hit.passage.text
    return [text[a - start : b - start] for a, b in hit.passage.sentences]
