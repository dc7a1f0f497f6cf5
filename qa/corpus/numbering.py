"""Labels of numbered paragraphs of a .docx: Word shows them, but they are not in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of a document's elements, as lxml writes it."""

_CYCLES = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%([1-9])")
_LARGEST = 9999


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    legal: bool = False
    """Whether the numbers of the levels above are written in digits too."""


class Numbering:
    """Counts as Word does; ``root`` is the numbering part of a document, or None."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._restart: dict[tuple[str, int], int] = {}
        if root is None:
            return
        linked: dict[str, str] = {}
        for abstract in root.iter(f"{W}abstractNum"):
            for level in abstract.iter(f"{W}lvl"):
                self._levels[abstract.get(f"{W}abstractNumId", ""), _number(level, "ilvl")] = _level(level)
            if style := value(abstract, "styleLink"):
                linked[style] = abstract.get(f"{W}abstractNumId", "")
        elsewhere = {
            one.get(f"{W}abstractNumId"): linked.get(value(one, "numStyleLink"))
            for one in root.iter(f"{W}abstractNum")
        }
        for number in root.iter(f"{W}num"):
            key, own = number.get(f"{W}numId", ""), value(number, "abstractNumId")
            self._abstract[key] = elsewhere.get(own) or own
            for override in number.iter(f"{W}lvlOverride"):
                start = value(override, "startOverride")
                if start.isdecimal():
                    self._restart[key, _number(override, "ilvl")] = int(start)

    def label(self, number: str, level: int) -> str | None:
        """Count one more paragraph; its label, "" for a bullet, None for one that is not in a list."""
        abstract = self._abstract.get(number)
        here = self._levels.get((abstract or "", level))
        if number == "0" or abstract is None or here is None or not 0 <= level < 9:
            return None
        counts = self._counts.setdefault(abstract, [0] * 9)
        if (number, level) in self._restart:
            counts[level] = self._restart.pop((number, level)) - 1
        elif not counts[level]:
            counts[level] = here.start - 1
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        if here.form in {"bullet", "none"}:
            return ""
        return _PLACE.sub(
            lambda place: self._shown(abstract, int(place[1]) - 1, counts, here.legal), here.text
        )

    def _shown(self, abstract: str, level: int, counts: list[int], legal: bool) -> str:
        found = self._levels.get((abstract, level), _Level(1, "decimal", ""))
        return numeral(counts[level] or found.start, "decimal" if legal else found.form)


def value(parent: Element | None, name: str) -> str:
    """The value of a child element: value(<w:pPr><w:pStyle w:val="1"/></w:pPr>, "pStyle") == "1"."""
    child = None if parent is None else parent.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val", ""))


def numeral(number: int, form: str) -> str:
    """Write ``number`` in a form of Word: numeral(12, "chineseCounting") == "十二"."""
    if not 0 < number <= _LARGEST:
        return str(number)
    if form in {"upperLetter", "lowerLetter", "upperRoman", "lowerRoman"}:
        return _latin(number, form)
    if form.startswith(("chinese", "ideographDigital", "japaneseCounting", "taiwaneseCounting")):
        import cn2an

        written = str(cn2an.an2cn(number))
        return written.removeprefix("一") if 10 <= number < 20 else written
    if cycle := _CYCLES.get(form):
        return cycle[(number - 1) % len(cycle)]
    if form.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(ord("①") + number - 1)
    return f"{number:02}" if form == "decimalZero" else str(number)


def _latin(number: int, form: str) -> str:
    if form.endswith("Letter"):
        written = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    else:
        written = "".join(_roman(number)) if number < 40 else str(number)
    return written.upper() if form.startswith("upper") else written


def _roman(number: int) -> Iterator[str]:
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        yield letters * times


def _level(level: Element) -> _Level:
    start = value(level, "start")
    first = int(start) if start.isdecimal() else 1
    legal = level.find(f"{W}isLgl") is not None
    return _Level(first, value(level, "numFmt"), value(level, "lvlText"), legal)


def _number(element: Element, name: str) -> int:
    written = str(element.get(f"{W}{name}", "0"))
    return int(written) if written.isdecimal() else 0
