"""Chips of what was chosen, and choices that can be added. Pure functions to HTML."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby

from qa import Choice, Filter
from ui.texts import Language, text

KINDS = {
    "doc_ids": "scope.doc_ids",
    "sources": "scope.sources",
    "formats": "scope.formats",
    "numbers": "scope.numbers",
    "statuses": "scope.statuses",
}
"""The lists of a filter, and the key of the words for each."""
STANDING = ("current", "repealed", "superseded")
_ORDER = list(KINDS)


def chosen(
    wanted: Filter, titled: Callable[[str], str], language: Language
) -> Iterator[tuple[str, str, str]]:
    """Field, value and label of everything that a filter asks for; ``titled`` gives a document's title."""
    for kind in KINDS:
        for value in getattr(wanted, kind):
            yield kind, value, titled(value) if kind == "doc_ids" else label(kind, value, language)
    if wanted.date_from:
        yield "date_from", wanted.date_from, text("scope.since", language, day=wanted.date_from)
    if wanted.date_to:
        yield "date_to", wanted.date_to, text("scope.until", language, day=wanted.date_to)


def label(kind: str, value: str, language: Language) -> str:
    """What a person calls a value."""
    if kind == "statuses" and value in STANDING:
        return text(value, language)
    return value.upper() if kind == "formats" else value


def chips(wanted: Filter, collection: str, titled: Callable[[str], str], language: Language) -> str:
    """The button that opens the choices, and a button for each thing chosen that takes it away again."""
    found = [("collection", collection, collection)] if collection else []
    found += chosen(wanted, titled, language)
    items = "".join(f"<li>{chip(*one, language)}</li>" for one in found)
    if len(found) > 1:
        clear = button("drop", "all", "", text("scope.clear", language))
        items += f"<li>{clear}</li>"
    name, group = escape(text("scope", language)), escape(text("scope.chips", language))
    everything = "<li>" + escape(text("scope.all", language)) + "</li>"
    return (
        f'<div class="scope"><button type="button" data-act="scope" aria-expanded="false" '
        f'aria-controls="scope-panel">{name}</button>'
        f'<ul aria-label="{group}">{items or everything}</ul></div>'
    )


def chip(kind: str, value: str, words: str, language: Language) -> str:
    """One thing that was chosen."""
    name = escape(text("scope.drop", language, label=words))
    data = f'data-event="drop" data-kind="{kind}" data-value="{escape(value)}"'
    return (
        f'<button type="button" class="chip" {data} '
        f'aria-label="{name}" title="{name}"><span>{escape(words)}</span> ✕</button>'
    )


def button(event: str, kind: str, value: str, words: str) -> str:
    """A button that adds or drops something."""
    data = f'data-event="{event}" data-kind="{kind}" data-value="{escape(value)}"'
    return f'<button type="button" {data}>{escape(words)}</button>'


def line(view: str, collection: str, names: Sequence[str], language: Language) -> str:
    """Which collection a view shows, in words, and a choice of all; empty where there are none."""
    if not (names or collection):
        return ""
    words = text(f"shelf.{view}", language, name=collection) if collection else ""
    options = "".join(
        f'<option value="{escape(name)}"{" selected" if name == collection else ""}>{escape(shown)}</option>'
        for shown, name in collections(names, language)
    )
    return (
        f'<p class="shelf"><label>{escape(text("scope.collection", language))} '
        f'<select>{options}</select></label> <span role="status">{escape(words)}</span></p>'
    )


def collections(names: Sequence[str], language: Language) -> list[tuple[str, str]]:
    """Label and name of the folder that is served and of each collection."""
    return [(text("scope.first", language), ""), *((name, name) for name in names)]


def choices(found: Sequence[Choice], wanted: Filter, language: Language) -> str:
    """What can be added, by its kind; what was chosen already is left out."""
    left = [one for one in found if one.value not in getattr(wanted, one.kind)]
    if not left:
        return '<p class="rest">' + escape(text("scope.none", language)) + "</p>"
    rows = []
    for kind, group in groupby(
        sorted(left, key=lambda one: _ORDER.index(one.kind)), key=lambda one: one.kind
    ):
        items = "".join(f"<li>{choice(one, language)}</li>" for one in group)
        rows.append(f"<div><h3>{escape(text(KINDS[kind], language))}</h3><ul>{items}</ul></div>")
    return f'<div class="choices">{"".join(rows)}</div>'


def choice(one: Choice, language: Language) -> str:
    """One choice, with how many documents it fits where these are several."""
    words = one.label if one.kind == "doc_ids" else label(one.kind, one.value, language)
    return button("choose", one.kind, one.value, f"{words} ({one.documents})" if one.documents > 1 else words)
