"""The conversation as it is kept, and as it is taken away."""

import base64
from datetime import date

from qa import Service
from ui.asking.markdown import markdown
from ui.asking.render import Exchange
from ui.asking.word import word
from ui.texts import Language, text

History = tuple[Exchange, ...]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def load(service: Service, key: str) -> History:
    """The turns kept under ``key``. Raises QAError."""
    kept = service.transcripts.load(key)
    return tuple(Exchange(one.question, one.answer, one.collection, one.number) for one in kept)


def begin(service: Service, key: str) -> History:
    """The turns kept under ``key`` for a page just opened: what was cleared is gone. Raises QAError."""
    service.transcripts.forget_cleared(key)
    return load(service, key)


def keep(service: Service, key: str, one: Exchange, number: int, *, asked: Service) -> int:
    """Keep a turn, in place of the turn ``number`` where that is kept; its number. Raises QAError.

    What it quotes may have been removed since ``asked``, the service of its collection, answered.
    """
    if not one.answer:
        return 0
    kept = service.transcripts.keep(key, one.question, one.answer, number, collection=one.collection)
    asked.forget_gone(since=one.answer.index_version)
    return kept


def still(service: Service, key: str, history: History) -> History:
    """The turns without those that were kept and are no more: they quoted a document that was removed.

    Raises QAError.
    """
    if not key or not any(one.number for one in history):
        return history
    there = service.transcripts.numbers(key)
    return tuple(one for one in history if not one.number or one.number in there)


def clear(service: Service, key: str) -> bool:
    """Empty what was kept under ``key``; whether it can be brought back. Raises QAError."""
    return service.transcripts.clear(key)


def restore(service: Service, key: str) -> History:
    """Bring back what was cleared; the turns that are there again. Raises QAError."""
    service.transcripts.restore(key)
    return load(service, key)


def as_markdown(history: History, language: Language) -> dict[str, str]:
    """The conversation as a Markdown file for the browser to save."""
    content = markdown(history, date.today().isoformat(), language).encode("utf-8", "replace")
    return file("md", "text/markdown;charset=utf-8", content, language)


def as_word(history: History, language: Language) -> dict[str, str]:
    """The conversation as a Word file for the browser to save."""
    return file("docx", DOCX, word(history, date.today().isoformat(), language), language)


def file(suffix: str, kind: str, content: bytes, language: Language) -> dict[str, str]:
    """A file as JSON: name, media type, and content in base 64."""
    name = f"{text('transcript', language)} {date.today().isoformat()}.{suffix}"
    return {"name": name, "type": kind, "content": base64.b64encode(content).decode("ascii")}
