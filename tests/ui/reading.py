"""Reads HTML back, with the parser of the standard library, as a check on what was written."""

from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input"}
"""Tags that have no end."""


class Reading(HTMLParser):
    """Everything tests ask of a piece of HTML: its tags, all its text, and the text inside one tag."""

    def __init__(self, markup: str, inside: str = "mark") -> None:
        super().__init__(convert_charrefs=True)
        self.inside = inside
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.marked: list[str] = []
        self.stack: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)
        if tag == self.inside:
            self.marked.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:  # of SVG, which ends what it likes at once
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag, "tags are nested"

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.inside in self.stack:
            self.marked[-1] += data

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every ``tag``, in order."""
        return [attributes for name, attributes in self.tags if name == tag]
