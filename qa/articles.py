"""Addresses within a regulation: 第三章第十二条第(二)项, and where they lie in the text."""

import re
from collections.abc import Iterator

from qa.numbers import NUMERAL, number_of
from qa.text import fold, lines, paragraphs, squeeze, trim, unfinished
from qa.types import Document, Span

_PARTS = ("编", "章", "节", "条")
"""From the outermost inwards; each begins on a line of its own."""
_ADDRESS = re.compile(
    rf"(?:第?(?P<编>{NUMERAL})编)?(?:第?(?P<章>{NUMERAL})章)?(?:第?(?P<节>{NUMERAL})节)?"
    rf"(?:第?(?P<条>{NUMERAL})条(?:之(?P<之>{NUMERAL}))?)?(?:第?(?P<款>{NUMERAL})款)?(?:第?[(（]?(?P<项>{NUMERAL})[)）]?项)?"
)
_MARK = rf"第\s*(?P<number>{NUMERAL})\s*(?P<part>[编章节条])(?:之(?P<more>{NUMERAL}))?"
_LINE = re.compile(rf"{_MARK}(?![款项之第])")
_WITHIN = re.compile(rf"(?<=[。；;])\s*(?={_MARK}[ \t\u3000])(?=第[^编章节]*条)")
"""An article that begins within a line, as copying leaves it: a blank stands behind its number."""
_ENGLISH_LINE = re.compile(r"(?P<part>(?i:Part|Chapter|Section|Article))\s+(?P<number>\d+)\b(?!\s*[a-z,(])")
_ITEM = re.compile(
    rf"(?:(?<=[;；:：。,，\s])|^)(?P<mark>[(（]\s*(?P<number>{NUMERAL})\s*[)）])", re.MULTILINE
)
_DOTTED = re.compile(
    rf"(?:(?<=[；;：:])[ \t\u3000]*|^[ \t\u3000]*)(?P<mark>(?P<number>{NUMERAL})[.、．])(?!\d)", re.MULTILINE
)
"""An item without brackets, where none has any."""
_NUMBERED = re.compile(r"([一二三四五六七八九十百]+)、")
"""What counts as an article in a document without articles: 一、."""
_ENDS = re.compile(r"附\s*[则件录表](?:\s|[:：\d]|$)")

_BRACKETED = rf"[(（]\s*{NUMERAL}\s*[)）]\s*项?"
_COUNTED = rf"(?:第\s*{NUMERAL}|\d+)\s*"
_SUB = rf"(?:\s*{_COUNTED}款)?(?:\s*(?:{_COUNTED}项|第?\s*{_BRACKETED}))?"
_OUTER = rf"第\s*{NUMERAL}\s*[编章节]"
_ASKED = re.compile(
    rf"(?:{_OUTER}\s*)*(?:第\s*|(?<=[法例定则程度》]))(?P<article>{NUMERAL}\s*条(?:\s*之\s*{NUMERAL}(?!般))?){_SUB}"
    rf"|{_OUTER}(?:\s*{_OUTER})*"
)
_TO, _MOST_BETWEEN = re.compile(r"\s*(?:[至到~\-—–]+)\s*"), 20
_SUB_ASKED = re.compile(_SUB)
_OPEN_ITEM = re.compile(r"[)）]$")
_ENGLISH = re.compile(
    r"(?:(?:item|paragraph|para\.?) \(?(?P<first>\d+)\)? of )?(?:chapter (?P<章>\d+),? )?"
    r"(?P<word>article|chapter) (?P<条>\d+)"
    r"(?:(?:,? (?:paragraph|para\.?) (?P<款>\d+))?(?:,? ?(?:item )?\((?P<项>\d+)\))?)"
)
_ENGLISH_PARTS = {"part": "编", "chapter": "章", "section": "节", "article": "条"}

Key = tuple[tuple[str, int, int], ...]
"""Part, number, and the number behind 之 (0 without), from the outermost inwards."""


def article_parts(text: str) -> Key:
    """The first address that ``text`` names, in numbers.

    article_parts("第3章第十二条") == (("章", 3, 0), ("条", 12, 0))
    """
    for found in _ADDRESS.finditer(squeeze(text)):
        parts = [
            (part, number_of(numeral) or 0, number_of(found["之"] or "") or 0 if part == "条" else 0)
            for part, numeral in found.groupdict().items()
            if numeral and part != "之"
        ]
        if parts and any(part in _PARTS for part, _, _ in parts):
            return tuple(parts)
    return ()


def article_key(text: str) -> str:
    """The first address that ``text`` names, in one form; empty when it names none.

    article_key("第三章第十二条第(二)项") == article_key("第3章第12条第2项") == "3章12条2项"
    """
    return "".join(
        f"{number}{part}" + (f"之{more}" if more else "") for part, number, more in article_parts(text)
    )


def addresses_asked(question: str) -> list[tuple[str, Span]]:
    """The addresses within a regulation that ``question`` names, and where it does.

    addresses_asked("办法第十二条第(二)项是什么") == [("第十二条第(二)项", (2, 11))]
    Of a range (第八条至第十条) each article is named.
    A number of things (三条措施) is none; 第一条 is one also before a thing that is counted by 条.
    """
    folded = fold(question)
    asked = list(_with_those_between(folded))
    return asked or [(_translated(found), found.span()) for found in _ENGLISH.finditer(folded)]


def _with_those_between(folded: str) -> Iterator[tuple[str, Span]]:
    last, end = 0, 0
    for found in _ASKED.finditer(folded):
        parts = article_parts(_written(squeeze(found[0])))
        number = parts[0][1] if len(parts) == 1 and parts[0][0] == "条" else 0
        if last and _TO.fullmatch(folded, end, found.start()):
            for between in range(last + 1, min(number, last + _MOST_BETWEEN)):
                yield f"第{between}条", found.span()
        yield _written(squeeze(found[0])), found.span()
        last, end = number, found.end()


def _written(words: str) -> str:
    """_written("12条(二)") == "第12条(二)项"."""
    return ("" if words.startswith("第") else "第") + words + ("项" if _OPEN_ITEM.search(words) else "")


def _translated(found: re.Match[str]) -> str:
    """_translated of "chapter 3, article 12(2)" == "第3章第12条第2项"."""
    if found["word"] == "chapter":
        return f"第{found['条']}章"
    first = f"第{found['first']}{'项' if found[0].startswith('item') else '款'}" if found["first"] else ""
    return "".join(f"第{found[part]}{part}" for part in ("章", "条", "款", "项") if found[part]) + first


def in_each_writing(address: str) -> str:
    """How texts may name the innermost of its parts, for searching.

    in_each_writing("第三章第12条") == "第12条 第十二条 Article 12"
    """
    import cn2an

    part, number, _ = next(
        (one for one in reversed(article_parts(address)) if one[0] in _PARTS), ("条", 0, 0)
    )
    written = str(cn2an.an2cn(number))
    chinese = written.removeprefix("一") if 10 <= number < 20 else written
    english = next(word for word, named in _ENGLISH_PARTS.items() if named == part).capitalize()
    return f"第{number}{part} 第{chinese}{part} {english} {number}"


def beside(address: str, question: str) -> tuple[str, str]:
    """Another paragraph or item of the same article that ``question`` begins with, and what follows there.

    beside("第十二条第一项", "第二项呢") == ("第12条第二项", "呢"); empty when it begins with neither.
    """
    found = _SUB_ASKED.match(fold(question))
    if not found or not found[0]:
        return "", ""
    dropped = ("款", "项") if "款" in found[0] else ("项",)
    kept = (
        f"第{number}{part}" + (f"之{more}" if more else "")
        for part, number, more in article_parts(address)
        if part not in dropped
    )
    return "".join(kept) + _written(squeeze(found[0])), question[found.end() :]


def find_article(document: Document, address: str, *, outlined: bool = False) -> Span | None:
    """Where the article, paragraph or item that ``address`` names stands in the text; None when it does not.

    With ``outlined``, what is numbered 一、二、 counts as articles where there are none. A chapter is found
    by its longest occurrence: a table of contents names it as well.
    """
    text, span = document.text, (0, len(document.text))
    parts = article_parts(address)
    if not parts:
        return None
    for part, number, more in parts:
        if part in _PARTS:
            found = _part(text, span, (part, number, more), outlined=outlined)
        elif part == "款":
            found = _paragraph(text, span, number)
        else:
            found = _item(text, span, number)
        if found is None:
            return None
        span = found
    return span


def _starts(text: str, span: Span) -> Iterator[tuple[int, str, int, int]]:
    """Where parts begin: position, kind, number, number behind 之. A line that goes on a sentence is none."""
    before = ""
    for start, end in lines(text[slice(*span)]):
        line = text[span[0] + start : span[0] + end]
        for at in () if unfinished(before) else _marks(line):
            yield span[0] + start + at[0], *at[1:]
        if _ENDS.match(line):
            yield span[0] + start, "编", 0, 0
        before = line


def _marks(line: str) -> Iterator[tuple[int, str, int, int]]:
    """The parts that begin in ``line``: mostly one, at its start."""
    english = _ENGLISH_LINE.match(line)
    if english:
        yield 0, _ENGLISH_PARTS[english["part"].lower()], int(english["number"]), 0
    marks = [_LINE.match(line), *(_LINE.match(line, found.end()) for found in _WITHIN.finditer(line))]
    for mark in filter(None, marks):
        yield mark.start(), mark["part"], number_of(mark["number"]) or 0, number_of(mark["more"] or "") or 0


def _outlined(text: str, span: Span) -> Iterator[tuple[int, str, int, int]]:
    for start, end in lines(text[slice(*span)]):
        found = _NUMBERED.match(text, span[0] + start, span[0] + end)
        if found:
            yield found.start(), "条", number_of(found[1]) or 0, 0


def _part(text: str, span: Span, wanted: tuple[str, int, int], *, outlined: bool) -> Span | None:
    starts = list(_starts(text, span))
    if outlined and wanted[0] == "条" and not any(part == "条" for _, part, _, _ in starts):
        starts = sorted([*starts, *_outlined(text, span)])
    rank = _PARTS.index(wanted[0])
    found: list[Span] = []
    for at, (start, *what) in enumerate(starts):
        if tuple(what) != wanted:
            continue
        ends = (later for later, part, _, _ in starts[at + 1 :] if _PARTS.index(part) <= rank)
        found.append(trim(text, (start, next(ends, span[1]))))
    return max(found, key=lambda one: one[1] - one[0]) if found else None


def _paragraph(text: str, span: Span, number: int) -> Span | None:
    """The paragraph with the items that follow it; items are no paragraphs of their own."""
    own = [
        part
        for part in paragraphs(text, span)
        if not (_ITEM.match(text, *part) or _DOTTED.match(text, *part))
    ]
    if not 1 <= number <= len(own):
        return None
    end = own[number][0] if number < len(own) else span[1]
    return trim(text, (own[number - 1][0], end))


def _item(text: str, span: Span, number: int) -> Span | None:
    for form in (_ITEM, _DOTTED):
        marks = [(found.start("mark"), number_of(found["number"])) for found in form.finditer(text, *span)]
        for at, (start, value) in enumerate(marks):
            if value == number:
                ends = [end for begin, end in paragraphs(text, span) if begin <= start < end]
                following = marks[at + 1][0] if at + 1 < len(marks) else span[1]
                return trim(text, (start, min([following, *ends])))
        if marks:
            return None
    return None
