"""The headings of a document that no reader annotated, found again from its sections."""

from collections.abc import Iterator

from qa.types import Annotation, Document, Section, Span

TRAIL = " › "
"""Stands between the headings of a section's trail."""
_BEFORE = 8
"""Lines of a page's frame that may stand before the title."""
_ALIKE = 4
"""Characters with which a title must begin as its heading does, behind such lines."""


def outlined(document: Document) -> Iterator[Annotation]:
    """The lines that are headings, and the ``lead`` lines that begin with one; in the order of the text.

    Their values are the level from 1; of a lead also how many characters of it are the heading. Nothing
    where the reader annotated the headings itself.
    """
    if not any(one.kind == "heading" for one in document.annotations):
        for section in document.sections:
            yield from _opening(document.text, section)


def _opening(text: str, section: Section) -> Iterator[Annotation]:
    """The lines at the start of a section that its trail names; before the first title others may stand."""
    trail = [part for part in section.heading.split(TRAIL) if part]
    skipped = 0 if section.start else _BEFORE
    for start, end in _lines(text, section):
        line = text[start:end].strip()
        level = _level(line, trail)
        heading = trail[level - 1] if level else ""
        if not heading or (skipped and not line.startswith(heading[:_ALIKE])):
            skipped -= 1
            if skipped < 0:
                return
            continue
        skipped = 0
        if line not in heading:
            yield Annotation("lead", start, end, (level, len(heading)))
            return
        yield Annotation("heading", start, end, (level,))


def _lines(text: str, section: Section) -> Iterator[Span]:
    """The lines of a section that hold something, without their ends."""
    start = text.rfind("\n", 0, section.start) + 1
    while start < section.end:
        end = text.find("\n", start, section.end)
        end = section.end if end < 0 else end
        if text[start:end].strip():
            yield start, end
        start = end + 1


def _level(line: str, trail: list[str]) -> int:
    """Which heading of the trail, from 1, a line is or begins with; 0 for none."""
    for level, heading in enumerate(trail, start=1):
        if line in heading or line.startswith(heading):
            return level
    return 0
