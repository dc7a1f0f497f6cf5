"""The head of the source pane with its tools, and the list of documents. Pure functions to HTML.

What the script of the pane needs to know stands in ``data-`` attributes of the head.
"""

import json
from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlencode

from qa import Document, Entry
from ui.source.place import Place
from ui.texts import Language, text

LISTED = 100
"""Documents that are listed at a time."""
OPEN = {key: f"{{{key}}}" for key in ("at", "count", "page")}
"""Fields of words that the script fills in."""
SAID = (
    "source.found",
    "source.unfound",
    "source.at",
    "source.page",
    "source.pictureless",
    "source.headless",
    "source.copied",
    "source.pick",
    "source.uncopied",
)
"""Words that the script shows."""
NOTES = {"moved": "source.moved", "lost": "source.lost"}
"""What is told of the words that a place was to show."""
SOUGHT = ("source.words", "source.find.previous", "source.find.next")
"""Words of the box to find words with."""


def list_head(count: int, language: Language) -> str:
    """What the pane shows when no document is open: how many there are."""
    title, note = text("documents", language, count=count), text("documents.note", language)
    return f'<div class="source-head"><h2>{escape(title)}</h2><p>{escape(note)}</p></div>'


def gone_head(place: Place, language: Language) -> str:
    """What the pane shows when the document that is or shall be open cannot be had."""
    title, why = text("source.gone", language, name=place.doc_id), text("source.gone.note", language)
    return (
        f'<div class="source-head" data-state="gone"><h2>{escape(title)}</h2>{close(language)}'
        f"{told(why, 'source.again', language)}</div>"
    )


def close(language: Language) -> str:
    """The button that closes the document."""
    label = escape(text("close", language))
    named = f'aria-label="{label}" title="{label}"'
    return f'<button type="button" class="close" data-event="leave" {named}>✕</button>'


def told(words: str, button: str, language: Language) -> str:
    """What became of a document, and a button that opens it anew."""
    anew = f'<button type="button" data-event="reopen">{escape(text(button, language))}</button>'
    return f'<p class="standing" role="alert">{escape(words)} {anew}</p>'


def state(place: Place, language: Language, *, changed: bool) -> str:
    """That the document was changed while it was open or since it was cited; empty where it was not."""
    if changed:
        return told(text("source.changed", language), "source.reopen", language)
    if not place.note:
        return ""
    return f'<p class="standing" role="alert">{escape(text(NOTES[place.note], language))}</p>'


def source_head(document: Document, place: Place, language: Language, *, changed: bool = False) -> str:
    """A document's title and facts, the tools to read it with, and what the script needs to show it.

    With ``changed`` what is shown is an earlier text than that of ``document``.
    """
    official = document.official
    standing = text(official.status, language) if official.status in ("repealed", "superseded") else ""
    dated = document.date or text("undated", language)
    facts = [dated, document.source, official.number, standing, document.doc_id]
    line = "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    data = f'{attributes(document, place, language)} data-state="{"changed" if changed else ""}"'
    return (
        f'<div class="source-head" {data}><h2>{escape(document.title)}</h2>'
        f'{close(language)}<p class="facts">{line}</p>{state(place, language, changed=changed)}'
        f"{tools(document, Place(place.doc_id, collection=place.collection) if changed else place, language)}"
        f"{panels(language)}</div>"
    )


def attributes(document: Document, place: Place, language: Language) -> str:
    """What the script needs: addresses, spans, the reference of a quote, and its words."""
    address = f"v1/documents/{quote(document.doc_id, safe='/')}"
    stops = [[stop.doc_id == place.doc_id, stop.start, stop.end] for stop in place.tour]
    focused = next(
        (at for at, stop in enumerate(place.tour) if stop == (place.doc_id, *(place.focus or ()))), -1
    )
    dated = ",".join(fact for fact in (document.date, document.official.number) if fact)
    data = {
        "doc": document.doc_id,
        "collection": place.collection,
        "title": document.title,
        "view": f"{address}/view",
        "pages": f"{address}/pages",
        "spans": json.dumps([f"{start}-{end}" for start, end in place.spans]),
        "stops": json.dumps(stops),
        "stop": focused,
        "version": place.version,
        "focus": json.dumps(place.focus),
        "quote": document.text[slice(*place.focus)] if place.focus else "",
        "reference": f"《{document.title}》({dated})" if dated else f"《{document.title}》",
    } | {key.removeprefix("source."): text(key, language, **OPEN) for key in (*SAID, *SOUGHT)}
    return " ".join(f'data-{key}="{escape(str(value))}"' for key, value in data.items())


def tools(document: Document, place: Place, language: Language) -> str:
    """Buttons of the script, and links to the marked text as a page of its own and to the file."""

    def tool(key: str, inside: str = "", **attributes: str) -> str:
        name, act = escape(text(key, language)), key.removeprefix("source.")
        rest = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items())
        named = f' aria-label="{name}" title="{name}"' if inside else ""
        return f'<button type="button" data-act="{act}"{named}{rest}>{inside or name}</button>'

    group = escape(text("source.places", language))
    back, forth = tool("source.previous", "‹"), tool("source.next", "›")
    places = (
        f'<span class="places" role="group" aria-label="{group}">{back}<span class="at"></span>{forth}</span>'
    )
    parts = [
        places if place.tour else "",
        tool("source.contents", aria_expanded="false", aria_controls="source-contents"),
        tool("source.find", aria_expanded="false", aria_controls="source-find"),
        tool("source.picture", aria_pressed="false") if document.format == "pdf" else "",
        tool("source.copy"),
        links(place, language),
        '<button type="button" data-event="step" hidden></button>',
    ]
    label = escape(text("source.tools", language))
    return f'<div class="tools" role="group" aria-label="{label}">{"".join(parts)}</div>'


def links(place: Place, language: Language) -> str:
    """Links to the marked text as a page of its own, which can be sent on, and to the file itself."""
    address = f"v1/documents/{quote(place.doc_id, safe='/')}"
    where = [("collection", place.collection)] if place.collection else []
    focus = [("start", place.focus[0]), ("end", place.focus[1])] if place.focus else []
    query = urlencode([*focus, *where])
    page = f"{address}/view{'?' if query else ''}{query}{'#hit' if focus else ''}"
    file = f"{address}/original{'?' if where else ''}{urlencode(where)}"
    view, original = escape(text("view", language)), escape(text("original", language))
    return (
        f'<a class="view" href="{escape(page)}" target="_blank" rel="noopener">{view}</a>'
        f'<a href="{escape(file)}" download>{original}</a>'
    )


def panels(language: Language) -> str:
    """The contents, and what is said aloud; the script fills them."""
    contents = escape(text("source.contents", language))
    return (
        f'<nav id="source-contents" aria-label="{contents}" hidden></nav><p class="said" role="status"></p>'
    )


def finder(language: Language) -> str:
    """The box to find words with: in the page from the beginning, the script gives it its words later.

    Browsers read the whole page anew when a form comes into it: seconds beside a conversation of 2,000 turns.
    """
    words, back, forth = (escape(text(key, language)) for key in SOUGHT)
    return (
        f'<form id="source-find" role="search" hidden>'
        f'<input type="search" aria-label="{words}" placeholder="{words}" autocomplete="off"/>'
        f'<button type="button" data-act="back" aria-label="{back}" title="{back}">‹</button>'
        f'<button type="submit" aria-label="{forth}" title="{forth}">›</button></form>'
    )


def document_list(documents: Sequence[Entry], language: Language) -> str:
    """The first documents, each as a button that opens it, and how many are left out."""
    if not documents:
        return f'<p class="rest">{escape(text("documents.none", language))}</p>'
    items = "".join(
        f'<li><button type="button" data-event="browse" data-doc="{escape(one.doc_id)}">'
        f'<span class="title">{escape(one.title)}</span> '
        f'<span class="date">{escape(one.date or text("undated", language))}</span></button></li>'
        for one in documents[:LISTED]
    )
    left = len(documents) - LISTED
    rest = f'<p class="rest">{escape(text("documents.more", language, count=left))}</p>' if left > 0 else ""
    return f'<ul class="documents">{items}</ul>{rest}'
