"""Values to HTML. Pure functions; every character that comes from a document or a person is escaped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from qa import Answer, Citation, Hit
from ui.feedback.render import bar
from ui.texts import Language, text

MARK = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the conversation and its answer, which is ``None`` while it is looked for."""

    question: str
    answer: Answer | None = None


def conversation(exchanges: Sequence[Exchange], language: Language) -> str:
    """All exchanges, oldest first; a welcome when there are none."""
    if not exchanges:
        title, note = text("welcome", language), text("welcome.note", language)
        return f'<div class="welcome"><h2>{escape(title)}</h2><p>{escape(note)}</p></div>'
    return "".join(exchange(one, turn, language) for turn, one in enumerate(exchanges))


def exchange(one: Exchange, turn: int, language: Language) -> str:
    """One question with its answer; ``turn`` is its position in the conversation."""
    if one.answer is None:
        body = f'<p class="pending">{escape(text("pending", language))}</p>'
    else:
        body = searched(one, language) + answer(one.answer, turn, language)
        body += bar(one.question, one.answer, turn, language)
    return f'<article class="turn"><h2 class="asked">{escape(one.question)}</h2>{body}</article>'


def searched(one: Exchange, language: Language) -> str:
    """How a follow-up or a question typed by sound was understood; nothing if it was searched as typed."""
    if one.answer is None or one.answer.query in ("", one.question.strip()):
        return ""
    return f'<p class="searched">{escape(text("searched", language, query=one.answer.query))}</p>'


def answer(value: Answer, turn: int, language: Language) -> str:
    """Status in words, the text with its marks as buttons, then citations or nearest passages."""
    label = f'<strong class="status">{escape(text(value.status, language))}</strong>'
    if value.status == "not_found":
        message = escape(value.text or text("not_found.message", language))
        folded = nearest(value.nearest, turn, language)
        inside = f'<p class="state">{label}</p><p class="words">{message}</p>{folded}'
    else:
        note = escape(text(f"{value.status}.note", language))
        inside = (
            f'<p class="state">{label} <span class="note">{note}</span></p>'
            f"{short(value, turn, language)}"
            f'<div class="words">{words(value, turn, language)}</div>{citations(value, turn, language)}'
        )
    return f'<div class="answer {value.status}">{inside}</div>'


def short(value: Answer, turn: int, language: Language) -> str:
    """What answers by itself, in larger type; nothing where the whole answer is no longer than that."""
    part = value.short_answer
    if part is None or len(part.quote) >= len(value.text) - len(f"[{part.number}]"):
        return ""
    return f'<p class="short">{escape(" ".join(part.quote.split()))} {mark(part, turn, language)}</p>'


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


def mark(citation: Citation, turn: int, language: Language) -> str:
    """A numbered button in the sentence that opens the source at the cited words."""
    name = escape(text("cite", language, number=citation.number, title=citation.title))
    data = f'data-event="cite" data-turn="{turn}" data-number="{citation.number}"'
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
