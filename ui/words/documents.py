"""The documents."""

from ui.words.language import Table

TEXTS: Table = {}
