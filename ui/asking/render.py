"""Values to HTML. Pure functions; every character that comes from a document or a person is escaped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from qa import Answer, Citation, Hit
from ui.feedback.render import bar
from ui.texts import Language, text

DOCUMENTS: Language = "zh"
"""The language of the documents, in which an answerer refuses."""
MARK = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the conversation and its answer, which is ``None`` while it is looked for.

    ``collection`` is what was asked, ``number`` that of the turn as it is kept, 0 where it is not.
    """

    question: str
    answer: Answer | None = None
    collection: str = ""
    number: int = 0


def welcome(language: Language, *, cleared: bool = False) -> str:
    """What stands where nothing was asked yet; after a conversation was cleared, how to bring it back."""
    title, note = text("welcome", language), text("welcome.note", language)
    back = ""
    if cleared:
        words, undo = escape(text("cleared", language)), escape(text("clear.undo", language))
        back = f'<p class="cleared">{words} <button type="button" data-event="restore">{undo}</button></p>'
    return f'<div class="welcome">{back}<h2>{escape(title)}</h2><p>{escape(note)}</p></div>'


def exchange(one: Exchange, turn: int, language: Language) -> str:
    """One question with its answer; ``turn`` is its position in the conversation."""
    if one.answer is None:
        body = f'<p class="pending">{escape(text("pending", language))}</p>'
    else:
        body = searched(one, language) + answer(one.answer, turn, language)
        if one.answer.text:  # it is whole
            body += bar(one.question, one.answer, turn, language)
    asked = f'<h2 class="asked">{escape(one.question)}</h2>'
    of = f'data-turn="{turn}" data-collection="{escape(one.collection)}"'
    return f'<article class="turn" {of}>{asked}{body}</article>'


def searched(one: Exchange, language: Language) -> str:
    """How a follow-up or a question typed by sound was understood, to be corrected; nothing if as typed."""
    if one.answer is None or one.answer.query in ("", one.question.strip()):
        return ""
    said = escape(text("searched", language, query=one.answer.query))
    box = f'<input type="text" maxlength="2000" value="{escape(one.answer.query)}"'
    return (
        f'<div class="understood"><p class="searched">{said}</p>'
        f'<button type="button" class="rewrite">{escape(text("rewrite", language))}</button>'
        f'<form class="rewriting" hidden>{box} aria-label="{escape(text("rewriting", language))}">'
        f'<button type="submit">{escape(text("search", language))}</button>'
        f'<button type="button" class="cancel">{escape(text("cancel", language))}</button></form></div>'
    )


def answer(value: Answer, turn: int, language: Language) -> str:
    """Status in words, the text with its marks as buttons, then citations or nearest passages."""
    label = f'<strong class="status">{escape(text(value.status, language))}</strong>'
    if value.status == "not_found":
        message = escape(told(value, language))
        folded = nearest(value.nearest, turn, language)
        inside = f'<p class="state">{label}</p><p class="words">{message}</p>{folded}'
    else:
        note = escape(text(f"{value.status}.note", language))
        inside = (
            f'<p class="state">{label} <span class="note">{note}</span></p>'
            f"{short(value, turn, language)}{said(value, turn, language)}{citations(value, turn, language)}"
        )
    return f'<div class="answer {value.status}">{inside}</div>'


def told(value: Answer, language: Language) -> str:
    """The text; of a refusal that says no more than its status the page's own words."""
    bare = value.status == "not_found" and value.text in ("", text("not_found", DOCUMENTS))
    return text("not_found.message", language) if bare else value.text


def short(value: Answer, turn: int, language: Language) -> str:
    """What answers by itself, in larger type; nothing where the whole answer is no longer than that."""
    part = value.short_answer
    if part is None or len(part.quote) >= len(value.text) - len(f"[{part.number}]"):
        return ""
    opener = mark(part, turn, language, part="short")
    return f'<p class="short">{escape(" ".join(part.quote.split()))} {opener}</p>'


def said(value: Answer, turn: int, language: Language) -> str:
    """The text, what documents disagree on side by side; a line in its place before it is there."""
    if not value.text:
        return f'<p class="pending">{escape(text("coming", language))}</p>'
    columns = sides(value)
    if value.status != "conflict" or len(columns) < 2:
        return f'<div class="words">{words(value, turn, language)}</div>'
    return f'<div class="sides">{"".join(side(*one, value, turn, language) for one in columns)}</div>'


def sides(value: Answer) -> list[tuple[Citation, str]]:
    """What each document says, a line being its first citation's document's, with that citation."""
    numbered = {citation.number: citation for citation in value.citations}
    lines: dict[str, tuple[Citation, list[str]]] = {}
    for line in value.text.splitlines():
        first = next((numbered[int(one)] for one in MARK.findall(line) if int(one) in numbered), None)
        if first is None:
            return []
        lines.setdefault(first.doc_id, (first, []))[1].append(line)
    return [(first, "\n".join(its)) for first, its in lines.values()]


def side(first: Citation, its: str, value: Answer, turn: int, language: Language) -> str:
    """One column of a comparison: the date, the document, and what it says."""
    when = escape(first.date or text("undated", language))
    inside = words(replace(value, text=its), turn, language)
    return (
        f'<section class="side"><h3><span class="when">{when}</span> {escape(first.title)}</h3>'
        f'<div class="words">{inside}</div></section>'
    )


def words(value: Answer, turn: int, language: Language) -> str:
    """The answer's text; an ``[n]`` with a citation becomes a button, any other stays text."""
    cited = {citation.number: citation for citation in value.citations}
    parts = []
    last = 0
    for found in MARK.finditer(value.text):
        citation = cited.get(int(found[1]))
        if citation is not None:
            parts.append(escape(value.text[last : found.start()]))
            parts.append(mark(citation, turn, language))
            last = found.end()
    return "".join(parts) + escape(value.text[last:])


def mark(citation: Citation, turn: int, language: Language, *, part: str = "whole") -> str:
    """A numbered button in the sentence that opens the source at the cited words, or its short answer's."""
    name = escape(text("cite", language, number=citation.number, title=citation.title))
    data = f'data-event="cite" data-turn="{turn}" data-number="{citation.number}" data-part="{part}"'
    return f'<button type="button" class="mark" {data} aria-label="{name}">[{citation.number}]</button>'


def citations(value: Answer, turn: int, language: Language) -> str:
    """The numbered list of what the answer stands on."""
    items = "".join(cited(one, turn, language) for one in value.citations)
    return f'<h3>{escape(text("citations", language))}</h3><ol class="citations">{items}</ol>'


def cited(one: Citation, turn: int, language: Language) -> str:
    """One citation: where it is from, as a button that opens it, and its words."""
    name = escape(text("cite", language, number=one.number, title=one.title))
    where = origin(one.title, one.date, one.heading, language)
    number = f'<span class="number">[{one.number}]</span>'
    return (
        f'<li><button type="button" class="open" data-event="cite" data-turn="{turn}" '
        f'data-number="{one.number}" aria-label="{name}">{number} {where}</button>'
        f"<blockquote>{escape(one.quote)}</blockquote></li>"
    )


def nearest(hits: Sequence[Hit], turn: int, language: Language) -> str:
    """Passages that are not an answer, folded and named so."""
    if not hits:
        return ""
    items = "".join(near(hit, turn, language) for hit in hits)
    summary = escape(text("nearest", language, count=len(hits)))
    return f'<details class="nearest"><summary>{summary}</summary><ol>{items}</ol></details>'


def near(hit: Hit, turn: int, language: Language) -> str:
    """One passage that is not an answer, with a button that opens it."""
    name = escape(text("open", language, title=hit.title))
    where = origin(hit.title, hit.date, hit.passage.heading, language)
    return (
        f'<li><button type="button" class="open" data-event="cite" data-turn="{turn}" '
        f'data-rank="{hit.rank}" aria-label="{name}">{where}</button>'
        f"<blockquote>{escape(hit.passage.text)}</blockquote></li>"
    )


def origin(title: str, date: str, heading: str, language: Language) -> str:
    """Title, date and heading; what the heading repeats of the title is left out."""
    when = escape(date or text("undated", language))
    line = f'<span class="title">{escape(title)}</span> <span class="date">{when}</span>'
    first, _, rest = heading.partition(" › ")
    below = rest if "".join(first.split()) == "".join(title.split()) else heading
    return line + (f' <span class="heading">{escape(below)}</span>' if below else "")


def examples(questions: Sequence[str], language: Language) -> str:
    """Buttons that ask a question."""
    if not questions:
        return ""
    buttons = "".join(
        f'<button type="button" data-event="example" data-question="{escape(one)}">{escape(one)}</button>'
        for one in questions
    )
    return f'<h3>{escape(text("examples", language))}</h3><div class="examples">{buttons}</div>'


def keys(language: Language) -> str:
    """Which keys do what, folded, and a switch for those that are single characters."""
    rows = (("/", "keys.question"), ("1–9", "keys.citation"), ("?", "keys.list"), ("Esc", "keys.close"))
    items = "".join(
        f"<div><dt><kbd>{key}</kbd></dt><dd>{escape(text(words, language))}</dd></div>" for key, words in rows
    )
    switch, note = escape(text("keys.single", language)), escape(text("keys.note", language))
    return (
        f'<details class="keys"><summary>{escape(text("keys", language))}</summary><div class="key-list">'
        f'<dl>{items}</dl><button type="button" role="switch" aria-checked="true">{switch}</button>'
        f"<p>{note}</p></div></details>"
    )
