"""What is sent to the conversation that is shown: never more of it than what is new. Pure functions to HTML.

The page puts the articles where ``data-put`` says: in place of ``all``, as a ``turn`` (in place of the one of
the same number, else at the end), or before those that are shown (``older``).
"""

from collections.abc import Sequence

from ui.asking import render
from ui.asking.render import Exchange
from ui.texts import Language, text

LAST = 30
"""Turns that are shown of a conversation that is opened."""
MORE = 200
"""Turns that are added each time."""


def everything(history: Sequence[Exchange], language: Language, *, cleared: bool = False) -> str:
    """The last turns in place of all that is shown; a welcome where there are none.

    After the conversation was ``cleared`` the welcome has a button that brings it back.
    """
    last = before(history, len(history), LAST, language)
    inside = last if history else render.welcome(language, cleared=cleared)
    return f'<div data-put="all">{inside}</div>'


def turn(one: Exchange, position: int, language: Language, *, whole: bool = True) -> str:
    """One turn, new or in place of what was shown of it; of one that is not ``whole`` more will come."""
    coming = "" if whole else " data-coming"
    return f'<div data-put="turn"{coming}>{render.exchange(one, position, language)}</div>'


def older(history: Sequence[Exchange], first: int, language: Language) -> str:
    """The turns before the turn ``first``."""
    return f'<div data-put="older">{before(history, first, MORE, language)}</div>'


def before(history: Sequence[Exchange], end: int, most: int, language: Language) -> str:
    """At most so many turns before ``end``, and a button where there are older ones."""
    start = max(0, end - most)
    turns = "".join(render.exchange(history[at], at, language) for at in range(start, min(end, len(history))))
    if not start:
        return turns
    words = text("older", language, count=start)
    button = f'<button type="button" data-event="older" data-first="{start}">{words}</button>'
    return f'<p class="older">{button}</p>{turns}'
