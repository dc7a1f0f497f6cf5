"""Example questions, made from what the documents say about themselves."""

import re
from collections.abc import Iterator, Sequence

from qa import Document, Section

WELL_KNOWN = ("体育局的品牌赛事是什么", "品牌赛事")
"""The question of the README, and the words a document must hold for it to be offered."""
LOOKED_AT = 40
"""Documents that are read for it."""
OUTLINE = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[编章节条]\s+|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[.、])\s*"
)
PLAIN = re.compile(r"[\w、 ]{4,18}")
PARTS = re.compile(r"\s+[>›»/|·]\s+")


def suggestions(documents: Sequence[Document], limit: int = 4) -> list[str]:
    """At most ``limit`` questions, no two of them from one document."""
    question, words = WELL_KNOWN
    first = documents[:LOOKED_AT]
    chosen = [question] if any(words in document.text for document in first) else []
    for document in first:
        chosen.extend(next(([one] for one in asked(document) if one not in chosen), []))
    return chosen[:limit]


def asked(document: Document) -> Iterator[str]:
    """Questions about who holds an office in a document, then about its headings."""
    for section in document.sections:
        if section.office:
            yield f"{section.office}是谁?"
    for section in document.sections:
        heading = short_heading(section)
        if heading:
            yield f"“{heading}”讲了什么?"


def short_heading(section: Section) -> str:
    """The innermost heading without its outline mark; empty when it is no plain phrase."""
    inner = OUTLINE.sub("", PARTS.split(section.heading)[-1].strip())
    return inner if PLAIN.fullmatch(inner) else ""
