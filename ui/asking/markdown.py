"""A conversation as Markdown. Pure; what a document says is text, whatever Markdown would make of it."""

import re
from collections.abc import Iterator, Sequence

from qa import Answer
from ui.asking.references import asked_of, place_of, references
from ui.asking.render import Exchange, told
from ui.texts import Language, text

ANYWHERE = re.compile(r"([\\`*_\[\]<>&~|$])")
AT_START = re.compile(r"^([#+=:-]|\d+(?=[.)]))")


def markdown(history: Sequence[Exchange], day: str, language: Language) -> str:
    """The whole conversation: each question with its answer and citations, then the documents cited."""
    head = [f"# {text('transcript', language)}", text("exported", language, day=day, count=len(history))]
    turns = [block for number, one in enumerate(history, 1) for block in turn(number, one, language)]
    return "\n\n".join([*head, *turns, *sources(history, language)]) + "\n"


def turn(number: int, one: Exchange, language: Language) -> Iterator[str]:
    """The blocks of one question and its answer."""
    yield f"## {number}. {plain(one.question)}"
    value = one.answer
    if value is None:
        return
    if asked_of(one):
        yield plain(text("searched", language, query=value.query))
    yield f"**{text(value.status, language)}**"
    if value.short_answer:
        yield f"**{plain(value.short_answer.quote)}**"
    yield lines(told(value, language))
    yield from citations(value, language)


def citations(value: Answer, language: Language) -> Iterator[str]:
    """Each citation with its place and its words."""
    for one in value.citations:
        yield f"{plain(f'[{one.number}] {place_of(one, language)}')}"
        yield "\n".join(f"> {line}" for line in lines(one.quote).split("\n"))


def sources(history: Sequence[Exchange], language: Language) -> Iterator[str]:
    """The list of the documents cited."""
    listed = references(history, language)
    if listed:
        yield f"## {text('references', language)}"
        yield "\n".join(f"- {plain(line)}" for line in listed)


def lines(words: str) -> str:
    """Escape words of several lines, which stay lines."""
    return "\\\n".join(line for line in map(plain, words.splitlines()) if line)


def plain(words: str) -> str:
    r"""Escape words for one line of Markdown: plain("*a*") == r"\*a\*"."""
    line = ANYWHERE.sub(r"\\\1", " ".join(words.split()))
    return AT_START.sub(lambda found: found[1] + "\\" if found[1].isdigit() else f"\\{found[1]}", line)
