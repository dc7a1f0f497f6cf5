"""Headings, the sections under them, and the speaker and office that they name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.corpus.imprint import is_imprint
from qa.entities import interviewed, speakers
from qa.numbers import DOCUMENT_NUMBER
from qa.text import TERMINAL, fold, is_furniture, lines, unfinished
from qa.types import Annotation, Section, Span

TRAIL = " › "
"""Stands between the headings of a trail."""

_NUMERALS = "一二三四五六七八九十百零〇"
_LEVELS = (
    re.compile(rf"第[{_NUMERALS}\d]{{1,8}}编"),
    re.compile(rf"第[{_NUMERALS}\d]{{1,8}}章"),
    re.compile(rf"第[{_NUMERALS}\d]{{1,8}}节"),
    re.compile(rf"[{_NUMERALS}]{{1,8}}、"),
    re.compile(rf"[(（][{_NUMERALS}]{{1,8}}[)）]"),
    re.compile(r"\d{1,2}[.、．](?!\d)"),
    re.compile(rf"第[{_NUMERALS}\d]{{1,8}}条(?:之[{_NUMERALS}]{{1,4}})?"),
    re.compile(r"——(?=.{30})"),
)
"""Outline marks from the outermost inwards; a title without a mark stands above all of them."""

_ABOVE = 100
"""Levels that an annotated title stands above the outline marks."""
_LONGEST_HEADING = 64
_SUBTITLE = re.compile(r"——|—(?=[^—])")
_NOT_IN_HEADING = re.compile(rf"[，,。；;：:{TERMINAL}](?!\d)")
_ENDS_ITEM = ("；", ";")
"""What a list's items end with but for the last, and no heading."""
_DATE_LIKE = re.compile(r"^\W*\d{4}[年\-/.]?\d|\d+日\W*$")
_MARKS = re.compile(r"^\s*#{1,6}\s+|\s+#+\s*$|\n\s*[=-]+\s*$")
_CJK = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(DOCUMENT_NUMBER)


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    start: int
    end: int = 0
    """Where its text ends, when a reader annotated it."""


def is_title(line: str) -> bool:
    """Whether a line without an outline mark reads as a heading: short, no sentence in it."""
    return (
        len(line) <= _LONGEST_HEADING
        and len(_CJK.findall(line)) >= 5
        and not _NOT_IN_HEADING.search(line)
        and not is_furniture(line)
        and not _DATE_LIKE.search(line)
        and not is_imprint(line)
    )


def outline(line: str) -> tuple[int, str] | None:
    """Level (from 1) and heading of a line with an outline mark, else None.

    outline("(一)抓项目。全年…") == (5, "(一)抓项目")
    """
    for level, mark in enumerate(_LEVELS, start=1):
        found = mark.match(line)
        if found:
            rest = line[found.end() :]
            stop = _NOT_IN_HEADING.search(rest)
            lead = rest[: stop.start()] if stop else rest
            if stop is None and len(rest) > _LONGEST_HEADING:
                lead = ""
            return level, (found.group() + lead[:_LONGEST_HEADING]).strip()
    return None


def _headings(text: str) -> list[_Heading]:
    found: list[_Heading] = []
    spans = lines(text)
    previous, group, listed = "", False, 0
    for index, (start, end) in enumerate(spans):
        line = text[start:end]
        if is_imprint(line):
            continue
        following = text[slice(*spans[index + 1])] if index + 1 < len(spans) else ""
        marked = outline(line)
        listed = marked[0] if marked and (line.endswith(_ENDS_ITEM) or listed == marked[0]) else 0
        if listed:
            previous = line
            continue
        subtitle = bool(_SUBTITLE.match(line)) and len(line) <= _LONGEST_HEADING and marked is None
        continues = unfinished(previous) and not _SUBTITLE.match(following)
        plain_title = not subtitle and marked is None and not continues and is_title(line)
        if subtitle and found and group and len(found[-1].text) <= _LONGEST_HEADING:
            found[-1] = _Heading(found[-1].level, f"{found[-1].text} {line}", found[-1].start)
        elif marked or subtitle or plain_title:
            level, heading = marked or (0, line)
            found.append(_Heading(level, heading, start))
        group = subtitle or plain_title
        previous = line
    return found


def _trail(stack: Sequence[_Heading]) -> str:
    return TRAIL.join(heading.text for heading in stack)


def spoken_by(heading: str, body: str) -> tuple[str, str]:
    """Name and office of who speaks in a section, from its heading or its only attribution."""
    for part in reversed(heading.split(TRAIL)):
        found = interviewed(part[max(part.rfind("——"), 0) :])
        if found:
            return found[1], found[0]
    said = speakers(body)
    return next(iter(said.items())) if len(said) == 1 else ("", "")


def sections(text: str, annotations: Sequence[Annotation] = ()) -> tuple[Section, ...]:
    """Split ``text`` at its headings; the sections touch each other and cover all of it.

    Headings that the reader annotated are the headings; where there are none, or only those of the title,
    which nothing but the document's number parts, they are found by their form outside tables. Of titles
    on consecutive lines, which open one section together, the last with its subtitle names it.
    """
    stack: list[_Heading] = []
    starts: list[tuple[int, str]] = [(0, "")]
    seen, end, body = 0, 0, False
    for heading in _annotated(text, annotations) or _headings(text):
        between = text[end or seen : heading.start]
        body = body or (bool(between.strip()) if end else _is_body(between, starts[-1][1]))
        stack = [above for above in stack if above.level < heading.level]
        stack.append(heading)
        if body:
            starts.append((heading.start, _trail(stack)))
        else:
            starts[-1] = (starts[-1][0], _trail(stack))
        seen, end, body = heading.start, heading.end, False
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return tuple(
        _section(text, trail, (start, end)) for (start, trail), end in zip(starts, ends, strict=True)
    )


def _annotated(text: str, annotations: Sequence[Annotation]) -> list[_Heading]:
    """Headings of a text that a reader annotated."""
    seen = [
        _Heading(int(one.values[0]), _shown(text[one.start : one.end]), one.start, one.end)
        for one in annotations
        if one.kind == "heading"
    ]
    tables = [(one.start, one.end) for one in annotations if one.kind == "table"]
    between = (text[one.end : other.start].strip() for one, other in pairwise(seen))
    titles_only = all(not part or _NUMBER.fullmatch(fold(part)) for part in between)
    if not (titles_only and (seen or tables)):
        return seen
    formed = _headings(_without(text, tables))
    below = [heading for heading in formed if not seen or heading.start >= seen[-1].end]
    return [*(replace(title, level=title.level - _ABOVE) for title in seen), *below]


def _without(text: str, spans: Sequence[Span]) -> str:
    """The text with these spans blank, as long as before."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], "\n" * (end - max(start, last))]
        last = max(last, end)
    return "".join([*pieces, text[last:]])


def _shown(heading: str) -> str:
    """A heading without the marks of Markdown: _shown("## 水厂") == "水厂"."""
    return " ".join(_MARKS.sub("", heading).split())[:_LONGEST_HEADING]


def _is_body(between: str, trail: str) -> bool:
    """Whether the lines since the last heading hold more than headings and page furniture."""
    shown = [line.strip() for line in between.splitlines() if line.strip()]
    return any(
        not is_furniture(line) and not is_title(line) and line not in trail for line in shown
    ) and bool(shown)


def _section(text: str, trail: str, span: Span) -> Section:
    speaker, office = spoken_by(trail, text[slice(*span)])
    return Section(trail, speaker, office, *span)
