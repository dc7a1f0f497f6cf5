"""Every word of the interface, in both languages."""

from itertools import chain

from ui.words import asking, documents, evaluation, feedback, inspection, page, scope, source
from ui.words.language import Language, Table

TABLES = (page, asking, scope, source, documents, inspection, evaluation, feedback)
TEXTS: Table = dict(chain.from_iterable(table.TEXTS.items() for table in TABLES))

__all__ = ["TABLES", "TEXTS", "Language", "text"]


def text(key: str, language: Language, **values: object) -> str:
    """The words for ``key``, with ``{name}`` filled from ``values``; plain text, not HTML."""
    return TEXTS[key][language].format(**values)
