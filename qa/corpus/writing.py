"""Text put together block by block, and the annotations of the blocks beside it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from qa.corpus.reading import Read
from qa.errors import CorpusError
from qa.types import Annotation

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile(r"[\xa0\u2002-\u200a\u202f\u205f]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_UNPAIRED = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_LATIN_BREAK = re.compile(r"(?<=[!-~])\n(?=[!-~])")
_AROUND_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")


def clean(text: str) -> str:
    r"""Return what is seen of ``text``: no control, direction or zero-width characters, ``\n`` at line ends.

    clean(" 水\u200b厂\r\n") == "水厂"
    """
    if text.isprintable():
        return text.strip()
    text = _BLANK.sub(" ", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))
    return _AROUND_BREAK.sub("\n", _UNPAIRED.sub("\N{REPLACEMENT CHARACTER}", text)).strip()


def one_line(text: str) -> str:
    r"""Return ``text`` cleaned, its line ends made blanks: one_line("常住\n人口") == "常住 人口"."""
    return clean(text).replace("\n", " ")


def unbroken(text: str) -> str:
    r"""Return ``text`` of several lines as one, with a blank where two parted Latin words.

    unbroken("东岭\n水厂 Water\nworks") == "东岭水厂 Water works"
    """
    return _LATIN_BREAK.sub(" ", clean(text)).replace("\n", "")


class Writer:
    """Grows a text. Every block ends with a line end that its annotation does not hold."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._annotations: list[Annotation] = []
        self.length = 0
        """Characters written."""

    def write(self, text: str) -> int:
        """Append ``text`` as it is; returns where it begins."""
        start = self.length
        self._pieces.append(text)
        self.length += len(text)
        return start

    def annotate(self, kind: str, span: tuple[int, int], *values: float) -> None:
        """Note what a span that was written is."""
        self._annotations.append(Annotation(kind, *span, values))

    def block(self, kind: str, text: str, *values: float) -> None:
        """Append ``text``, cleaned, as a block of this kind; nothing when nothing is left of it."""
        text = clean(text)
        if text:
            start = self.write(text)
            self.annotate(kind, (start, self.length), *values)
            self.write("\n")

    def cut(self, length: int) -> None:
        """Take back everything from ``length`` on, which is where a block begins."""
        while self.length > length:
            self.length -= len(self._pieces.pop())
        self._annotations = [one for one in self._annotations if one.end <= length]

    def heading(self, text: str, level: int) -> None:
        """Append a heading on one line; ``level`` counts from 1."""
        self.block("heading", one_line(text), level)

    @contextmanager
    def page(self, number: int, width: float = 0, height: float = 0) -> Iterator[None]:
        """Annotate everything that is written meanwhile as one page; points."""
        start = self.length
        yield
        if self.length > start:
            self.annotate("page", (start, self.length - 1), number, width, height)

    def finish(self, *, title: str = "", date: str = "", source: str = "", encoding: str = "") -> Read:
        """Return what was written, outer annotations first. Raises CorpusError when that is nothing."""
        if not self.length:
            raise CorpusError(
                "no text was found in the file; if it is a scan, save one with text"
                " / 文件里没有文字;如为扫描件,请提供带文字的版本"
            )
        ordered = sorted(self._annotations, key=lambda one: (one.start, -one.end, _OUTER.get(one.kind, 2)))
        return Read("".join(self._pieces), tuple(ordered), title, date, source, encoding)


_OUTER = {"page": 0, "table": 1, "cell": 3}
"""Of annotations of one span, which are around the others."""
