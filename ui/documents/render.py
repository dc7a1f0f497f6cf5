"""The documents, what is done with them, and how they are looked through. Pure functions to HTML."""

import json
from collections.abc import Iterable, Sequence
from html import escape

from qa import Browse, Listed, Sheet
from ui.documents.jobs import ACTIVE
from ui.texts import TEXTS, Language, text

ORDERS = ("name", "title", "date", "source", "format", "passages")
STATES = ("", "indexed", "skipped", "working", "current", "ended")
SAID = (
    *("sent", "sending", "lost", "too.large", "going", "kept", "removed", "unremoved", "left", "described"),
    *("finished", "finished.some", "stopped", "failed.job", "replace", "dismiss"),
)
"""What the script says: the words for it are sent along."""


def upload(language: Language, collection: str = "") -> str:
    """Where files for a collection are dropped or chosen, what was refused, and a line that is read aloud."""
    choose = say("papers.choose", language)
    words = {key: TEXTS[f"papers.{key}"][language] for key in SAID}
    return (
        f'<div class="arriving" data-collection="{escape(collection)}" '
        f'data-words="{escape(json.dumps(words, ensure_ascii=False))}">'
        f'<div class="drop"><button type="button" data-act="choose">{choose}</button>'
        f'<span class="note">{say("papers.drop", language)}</span>'
        f'<input type="file" multiple hidden aria-label="{choose}"></div>'
        f'<p class="sending" hidden><progress aria-label="{say("papers.progress", language)}"></progress> '
        f'<span class="count"></span></p>'
        f'<ul class="refused" aria-label="{say("papers.refused", language)}"></ul>'
        '<p class="said" role="status"></p></div>'
    )


def echo(*asked: object) -> str:
    """What was asked for, unseen: replies may overtake one another, and the script asks again then."""
    return f'<i hidden data-asked="{escape(chr(10).join(map(str, asked)))}"></i>'


def tools(browse: Browse, language: Language) -> str:
    """Words to look for, states, orders: a form whose values are ``browse``."""
    states = choices("state", STATES, browse.state, language)
    orders = choices("order", ORDERS, browse.order, language)
    pressed = str(browse.descending).lower()
    return (
        f'<form class="tools" role="search"><input type="search" name="words" maxlength="200" '
        f'value="{escape(browse.words)}" aria-label="{say("papers.words", language)}" '
        f'placeholder="{say("papers.words", language)}">'
        f'<select name="state" aria-label="{say("papers.state", language)}">{states}</select>'
        f'<select name="order" aria-label="{say("papers.order", language)}">{orders}</select>'
        f'<button type="button" name="descending" aria-pressed="{pressed}">'
        f"{say('papers.descending', language)}</button></form>"
    )


def choices(kind: str, values: Sequence[str], chosen: str, language: Language) -> str:
    """The options of a selection."""
    return "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>'
        f"{say('papers.' + kind + '.' + (value or 'all'), language)}</option>"
        for value in values
    )


def sheet(shown: Sheet, language: Language, collection: str = "") -> str:
    """One page of the list of a collection with what is said of the whole, and the way to the other pages."""
    known = {
        "indexed": shown.counts.get("indexed", 0),
        "skipped": shown.counts.get("skipped", 0),
        "working": sum(shown.counts.get(state, 0) for state in ACTIVE),
    }
    total = say("papers.total", language, count=f"{shown.total:,}")
    parts = [
        f"{say(f'papers.state.{state}', language)} {count:,}"
        for state, count in known.items()
        if count or state == "indexed"
    ]
    line = f'<p class="total" tabindex="-1"><strong>{total}</strong> <span>{" · ".join(parts)}</span></p>'
    items = "".join(row(one, language) for one in shown.rows)
    empty = "" if shown.rows else f'<p class="note">{say("papers.none", language)}</p>'
    return (
        f'<div data-version="{escape(shown.version)}" data-collection="{escape(collection)}">{line}'
        f'<ul class="papers">{items}</ul>{empty}{pager(shown, language)}</div>'
    )


def row(one: Listed, language: Language) -> str:
    """One document or file: what opens it, what is known of it, what can be done with it."""
    title = f'<span class="title">{escape(one.title)}</span>'
    if one.state == "indexed" or one.passages:
        name = escape(text("open", language, title=one.title))
        title = (
            f'<button type="button" class="open" data-event="open" data-doc="{escape(one.doc_id)}" '
            f'aria-label="{name}">{title}</button>'
        )
    values = "".join(f' data-{name}="{escape(getattr(one, name))}"' for name in ("title", "date", "source"))
    return (
        f'<li class="paper {one.state}" data-doc="{escape(one.doc_id)}"{values}>'
        f"<div>{title}{facts(one, language)}{standing(one, language)}</div>{acts(one, language)}</li>"
    )


def facts(one: Listed, language: Language) -> str:
    """Date, source, format, number, passages, name."""
    passages = text("papers.passages", language, count=f"{one.passages:,}") if one.passages else ""
    dated = one.date or (text("undated", language) if one.passages else "")
    known: Iterable[str] = (dated, one.source, one.format.upper(), one.number, passages, one.doc_id)
    return '<p class="facts">' + "".join(f"<span>{escape(fact)}</span>" for fact in known if fact) + "</p>"


def standing(one: Listed, language: Language) -> str:
    """Whether it is indexed, still stands, is in a job, or why it was skipped."""
    words = [say(f"papers.row.{one.state}", language)]
    if one.standing:
        words.append(
            f'<span class="standing {one.standing}">{say(f"papers.row.{one.standing}", language)}</span>'
        )
    if one.reason:
        words.append(f'<span class="reason">{escape(one.reason)}</span>')
    return f'<p class="now">{" · ".join(words)}</p>'


def acts(one: Listed, language: Language) -> str:
    """Buttons: edit, remove, and undo, which is there while a removal waits."""
    keys = [
        *(["edit"] if one.state == "indexed" else []),
        *(["remove", "undo"] if one.removable and one.state not in ACTIVE else []),
    ]
    return (
        '<div class="acts">'
        + "".join(
            f'<button type="button" data-act="{key}"{" hidden" if key == "undo" else ""} '
            f'aria-label="{say(f"papers.{key}.named", language, title=one.title)}">'
            f"{say(f'papers.{key}', language)}</button>"
            for key in keys
        )
        + "</div>"
    )


def pager(shown: Sheet, language: Language) -> str:
    """To the first, previous, next and last page; nothing where there is one."""
    if shown.pages == 1:
        return ""
    where = say("papers.page", language, page=shown.page, pages=shown.pages)
    targets = {"first": 1, "previous": shown.page - 1, "next": shown.page + 1, "last": shown.pages}

    def to(key: str) -> str:
        off = " disabled" if not 1 <= targets[key] <= shown.pages or targets[key] == shown.page else ""
        act = f'data-act="page" data-page="{targets[key]}"{off}'
        return f'<button type="button" {act}>{say(f"papers.{key}", language)}</button>'

    return (
        f'<nav class="pager" aria-label="{say("papers.pages", language)}">{to("first")}{to("previous")}'
        f"<span>{where}</span>{to('next')}{to('last')}</nav>"
    )


def dialog(language: Language) -> str:
    """What a document is called, of when and of whom: a form that the script fills and sends."""
    fields = "".join(
        f"<label>{say(f'papers.field.{name}', language)}"
        f"<input name={name} maxlength=500 autocomplete=off></label>"
        for name in ("title", "date", "source")
    )
    close = f'<button type="button" data-act="close">{say("papers.cancel", language)}</button>'
    return (
        '<dialog aria-labelledby="editing"><form method="dialog">'
        f'<h3 id="editing">{say("papers.editing", language)}</h3><p class="name"></p>{fields}'
        f'<p class="note">{say("papers.editing.note", language)}</p><p class="wrong" role="alert"></p>'
        f'<p class="acts"><button type="submit">{say("papers.save", language)}</button>{close}</p>'
        "</form></dialog>"
    )


def say(key: str, language: Language, **values: object) -> str:
    """The words for ``key``, escaped."""
    return escape(text(key, language, **values))
