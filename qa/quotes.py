"""Words of documents in whatever is kept of answers: what no document says any more is kept no longer."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from qa.errors import NotFoundError
from qa.types import Document

_TEXTS = 32
"""Texts of documents that are at hand while quotes are looked at."""


class Quote(NamedTuple):
    """A document, and what is said to be its words."""

    doc_id: str
    words: str


Stands = Callable[[Quote], bool]
"""Whether a document says these words."""


def quotes(kept: object) -> Iterator[Quote]:
    """Every object with a ``doc_id`` in values of JSON, with its ``quote`` or ``text``.

    list(quotes([{"doc_id": "a.txt", "quote": "镜湖"}])) == [Quote("a.txt", "镜湖")]
    """
    if isinstance(kept, Mapping):
        doc_id = kept.get("doc_id")
        if isinstance(doc_id, str):
            yield Quote(doc_id, str(kept.get("quote") or kept.get("text") or ""))
        kept = list(kept.values())
    if isinstance(kept, list):
        for one in kept:
            yield from quotes(one)


def quotes_in(content: str | bytes) -> Iterator[Quote]:
    """The same of a text of JSON; none of what is no JSON."""
    with suppress(ValueError):
        yield from quotes(json.loads(content))


def standing(document: Callable[[str], Document]) -> Stands:
    """Look quotes up in documents; ``document`` raises NotFoundError for one that there is not."""

    @lru_cache(maxsize=_TEXTS)
    def text_of(doc_id: str) -> str | None:
        try:
            return document(doc_id).text
        except NotFoundError:
            return None

    def stands(quote: Quote) -> bool:
        text = text_of(quote.doc_id)
        return text is not None and quote.words in text

    return stands
