"""What the styles of a .docx make of a paragraph: a heading and its level, a numbered item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.corpus.numbering import W, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])(?!\d)", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|标题)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|table of figures|图表目录)(?:\s*\d|\s*heading|$)", re.IGNORECASE)
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    properties: Element | None


class Styles:
    """The paragraph styles of a document; ``root`` is its styles part."""

    def __init__(self, root: Element) -> None:
        self._styles = {
            style.get(f"{W}styleId", ""): _Style(
                value(style, "name"), value(style, "basedOn"), style.find(f"{W}pPr")
            )
            for style in root.iter(f"{W}style")
        }
        defaults = (
            style.get(f"{W}styleId", "")
            for style in root.iter(f"{W}style")
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}
        )
        self._default = next(defaults, "")

    def _chain(self, paragraph: Element) -> Iterator[_Style]:
        key = value(paragraph.find(f"{W}pPr"), "pStyle") or self._default
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            key = style.based_on

    def is_contents(self, paragraph: Element) -> bool:
        """Whether it is a line of a table of contents."""
        return any(_CONTENTS.match(style.name) for style in self._chain(paragraph))

    def is_title(self, paragraph: Element) -> bool:
        """Whether it is the title of the document."""
        return any(_TITLE.match(style.name) for style in self._chain(paragraph))

    def level(self, paragraph: Element) -> int:
        """The level from 1 of a heading, else 0: by its outline level, or the name of its style."""
        for properties in self._properties(paragraph):
            written = value(properties, "outlineLvl")
            if written.isdecimal():
                return int(written) + 1 if int(written) < 9 else 0
        for style in self._chain(paragraph):
            found = _HEADING.match(style.name)
            if found:
                return int(found[1])
        return 0

    def numbered(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and the level in it, from 0, that the paragraph is counted in."""
        for properties in self._properties(paragraph):
            found = None if properties is None else properties.find(f"{W}numPr")
            if found is not None and value(found, "numId"):
                level = value(found, "ilvl")
                return value(found, "numId"), int(level) if level.isdecimal() else 0
        return None

    def _properties(self, paragraph: Element) -> Iterator[Element | None]:
        yield paragraph.find(f"{W}pPr")
        for style in self._chain(paragraph):
            yield style.properties
