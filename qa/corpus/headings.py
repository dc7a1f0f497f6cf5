"""Headings, the sections under them, and the speaker and office that they name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.entities import interviewed, speakers
from qa.text import TERMINAL, is_furniture, lines, unfinished
from qa.types import Section, Span

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

_LONGEST_HEADING = 64
_SUBTITLE = re.compile(r"——|—(?=[^—])")
_NOT_IN_HEADING = re.compile(rf"[，,。；;：:{TERMINAL}](?!\d)")
_ENDS_ITEM = ("；", ";")
"""What a list's items end with but for the last, and no heading."""
_IMPRINT = re.compile(r"(?:发布|发表|更新|印发|成文)?(?:时间|日期)\s*[:：]\s*\d|(?:^|\s)来源\s*[:：]\s*\S")
_DATE_LIKE = re.compile(r"^\W*\d{4}[年\-/.]?\d|\d+日\W*$")
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    start: int


def is_imprint(line: str) -> bool:
    """Whether a line says when and where the text was published; it may stand between titles."""
    return len(line) <= 2 * _LONGEST_HEADING and bool(_IMPRINT.search(line))


def is_title(line: str) -> bool:
    """Whether a line without an outline mark reads as a heading: short, no sentence in it."""
    return (
        len(line) <= _LONGEST_HEADING
        and len(_CJK.findall(line)) >= 5
        and not _NOT_IN_HEADING.search(line)
        and not is_furniture(line)
        and not _DATE_LIKE.search(line)
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


def sections(text: str) -> tuple[Section, ...]:
    """Split ``text`` at its headings; the sections touch each other and cover all of it.

    Of titles on consecutive lines, which open one section together, the last with its subtitle names it.
    """
    stack: list[_Heading] = []
    starts: list[tuple[int, str]] = [(0, "")]
    seen, body = 0, False
    for heading in _headings(text):
        body = body or _is_body(text[seen : heading.start], starts[-1][1])
        stack = [above for above in stack if above.level < heading.level]
        stack.append(heading)
        if body:
            starts.append((heading.start, _trail(stack)))
        else:
            starts[-1] = (starts[-1][0], _trail(stack))
        seen, body = heading.start, False
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return tuple(
        _section(text, trail, (start, end)) for (start, trail), end in zip(starts, ends, strict=True)
    )


def _is_body(between: str, trail: str) -> bool:
    """Whether the lines since the last heading hold more than headings and page furniture."""
    shown = [line.strip() for line in between.splitlines() if line.strip()]
    return any(
        not is_furniture(line) and not is_title(line) and line not in trail for line in shown
    ) and bool(shown)


def _section(text: str, trail: str, span: Span) -> Section:
    speaker, office = spoken_by(trail, text[slice(*span)])
    return Section(trail, speaker, office, *span)
