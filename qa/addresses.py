"""What a question names exactly: a document by its number or title, an article of rules."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from qa.articles import addresses_asked, article_key
from qa.numbers import ORDER, cores, in_one_form, number_key, parted
from qa.question import in_order
from qa.text import fold, is_chinese, squeeze
from qa.titles import AS_WRITTEN, AT_ALL, RULES, best_named, core_title
from qa.types import Entry, Span

MOST = 20
"""Documents that a question may mean; what names more names none."""

_ISSUER = re.compile(r"[\u4e00-\u9fffa-z][\u4e00-\u9fffa-z\s]{0,30}$")
_OPENS = re.compile(
    r"^(?:违反了?|违背了?|请问一?下?|请|我?想(?:要?知道|了解|问一?下?|看一?下?|查一?下?)|告诉我|查一?下?|看一?下?|那么?|根据|按照|依照|依据|关于"
    r"|对照|在|按|和|与|及|文件|的|,|:|;|。|\?|!|\s)+"
)
_BEHIND_NUMBER = re.compile(r"\s*(?:的?(?:文件|通知|公告|规定)|文(?!化|旅|体|物|明|艺))")
_TITLE = re.compile(r"《([^《》]{2,80})》")
_NAME = re.compile(r"[\u4e00-\u9fffa-z0-9()、·\-]{2,60}$")
_NAME_ENDS = re.compile(r"(?:[的里中内上之]|(?<=[法例则程度定])(?:规定|里面|当中|中|内))+$")
_BROKEN = re.compile(r"(?:违反|违背|不遵守|不符合|未按照?)[^,。;?!]{0,40}$")
"""What asks for the consequence of breaking an article, which another article tells."""
_ASKING = re.compile(
    r"请问|请|告诉我|我?想(?:要?知道|了解|问|看|查)|查一?下|看一?下|具体|分别|主要|到底|究竟|一下|说明|介绍|列出|给出|写出|显示"
    r"|规定|讲述?|谈|说|写|要求|包[括含]|涉及|提[到出]|指|怎[么样]样?|如何|表述|什么|哪些|啥|内容|事情|事|意思|原文|全文|条文|条款"
    r"|大意|文件|根据|按照|依照|依据|关于|[的了呢吗呀啊吧在里中是有做作为下对和与及至到各、]"
    r"|\b(?:what|does|do|did|says?|said|is|are|the|of|in|about|please|show|me|tell|text|under|reads?|states?|and)\b"
)
_WORD = re.compile(r"[^\W_]")
_JUNK = re.compile(r"[的据在和与看问下到对由出布照于是按了给查找请从把将及以有,、\s]")
"""What may stand before an issuer and is no part of its name."""


class Address(NamedTuple):
    """What a question names.

    ``documents`` are those meant, the newest first; none though ``words`` name one where there is no such
    document. ``articles`` are addresses in the rules, ``rest`` the question without what names
    these, empty if it asks for nothing else; without ``words`` it may describe a document in English.
    """

    documents: tuple[str, ...]
    words: str
    articles: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Numbers of entries: by the number of the document without its issuer, by title."""

    numbers: Mapping[str, Sequence[int]]
    by_title: Mapping[str, Sequence[int]]


class Addresses:
    """Reads questions by the entries of all documents, which are looked at when the first names something."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def read(self, question: str) -> Address | None:
        """What ``question`` names, None if that is nothing or the documents have nothing of the kind."""
        folded, asked = fold(question), addresses_asked(question)
        if "号" not in folded and "《" not in folded and not asked:
            return None
        cuts: list[Span] = []
        before = folded[: asked[0][1][0]] if asked else ""
        words, found = self._numbered(folded, cuts)
        if not words:
            words, found = self._titled(folded, cuts, loosely=bool(asked))
        if not words and asked:
            words, found = self._before(before, cuts)
        articles = () if _BROKEN.search(before) else tuple(article for article, _ in asked)
        cuts += [span for _, span in asked if articles]
        rest = _without(question, cuts)
        foreign = not words and not is_chinese(question)
        rest = rest if _asks(rest) else ""
        if (not words and not (articles and (foreign or not rest))) or (rest and not found and not articles):
            return None
        return Address(tuple(self._newest(found)), words, articles, rest)

    @cached_property
    def _known(self) -> _Known:
        numbers, by_title = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        for at, entry in enumerate(self._entries):
            if core := parted(number_key(entry.number))[1] if entry.number else "":
                numbers[core].append(at)
            by_title[core_title(entry.title)].append(at)
        return _Known(dict(numbers), dict(by_title))

    def _newest(self, found: Sequence[int]) -> Iterator[str]:
        entries = sorted((self._entries[at] for at in found), key=lambda entry: entry.doc_id)
        for entry in sorted(entries, key=lambda entry: entry.date, reverse=True):
            yield entry.doc_id

    def _numbered(self, folded: str, cuts: list[Span]) -> tuple[str, list[int]]:
        """The documents whose numbers stand in the question; their places are added to ``cuts``."""
        words, meant, last = "", dict[int, None](), 0
        for core, (begin, end), sure in cores(folded):
            before, last = _ISSUER.search(folded[last:begin]), end
            named = squeeze(_OPENS.sub("", before[0])) if before else ""
            chosen, issuer = self._issued(named, core)
            if not chosen and not (sure and (named or core.startswith(ORDER))):
                continue
            words = words or f"{issuer or named}{core}"
            meant.update(dict.fromkeys(chosen))
            behind = _BEHIND_NUMBER.match(folded, end)
            cuts.append((_start_of(issuer or named, folded[:begin]), behind.end() if behind else end))
        return words, list(meant)[:MOST]

    def _issued(self, named: str, core: str) -> tuple[list[int], str]:
        """Which of the documents of one number ``named`` issued, and the issuer's part of ``named``."""
        known, order = self._known.numbers.get(core, ()), core.startswith(ORDER)
        issuers = {at: _issuer(self._entries[at]) for at in known}
        longest = max((one for one in issuers.values() if _ends_with(named, one)), key=len, default="")
        if longest:
            return [at for at, one in issuers.items() if one == longest], longest
        if order and named:
            return [at for at, one in issuers.items() if in_order(named, one) == 1], named
        return (list(known) if order or len(known) == 1 else []) if not named else [], ""

    def _titled(self, folded: str, cuts: list[Span], *, loosely: bool) -> tuple[str, list[int]]:
        """The documents whose titles stand in 《》."""
        words, meant = "", dict[int, None]()
        for found in _TITLE.finditer(folded):
            named = self._meant(found[1], AT_ALL if loosely else AS_WRITTEN)
            if len(named) > MOST:  # 《办法》 says nothing
                cuts += [found.span()] if loosely else []
            elif named or loosely:
                words = words or squeeze(found[1])
                meant.update(dict.fromkeys(named))
                cuts.append(found.span())
        return words, list(meant)

    def _before(self, before: str, cuts: list[Span]) -> tuple[str, list[int]]:
        """The rules that are named without 《》 before an article of them."""
        before = before.rstrip(" ,:;、")
        name = _NAME.search(before)
        if not name:
            return "", []
        opens = _OPENS.match(name[0])
        start = name.start() + (opens.end() if opens else 0)
        words = _NAME_ENDS.sub("", squeeze(before[start:]))
        if not RULES.search(words):
            return "", []
        cuts.append((start, len(before)))
        found = self._meant(words, AT_ALL)
        return (words, found) if len(found) <= MOST else ("", [])

    def _meant(self, name: str, most: int) -> list[int]:
        """The documents whose titles are named best, as a whole if one is."""
        known = self._known.by_title
        exactly = core_title(name)
        titles = [exactly] if exactly in known else best_named(name, known, most=most)
        return [at for title in titles for at in known[title]]


def names(address: Address, text: str) -> bool:
    """Whether ``text`` tells of what an address names in other documents: by its words and its article."""
    bare, words = in_one_form(text), re.escape(address.words)
    alone = (
        rf"(?:^|(?<=[^\u4e00-\u9fffa-z])|(?<={_JUNK.pattern})){words}" if parted(address.words)[1] else words
    )
    return bool(re.search(alone, bare)) and names_articles(address, text)


def names_articles(address: Address, text: str) -> bool:
    """Whether ``text`` names all the articles of an address, in whatever writing."""
    told = {article_key(words) for words, _ in addresses_asked(text)}
    return told.issuperset(map(article_key, address.articles))


def _issuer(entry: Entry) -> str:
    return parted(number_key(entry.number))[0]


def _ends_with(named: str, issuer: str) -> bool:
    """Whether ``named`` ends with just this issuer: 镜政发 is not 政发."""
    before = named.removesuffix(issuer)
    return named.endswith(issuer) and bool(not before or _JUNK.match(before[-1]))


def _start_of(issuer: str, before: str) -> int:
    """Where the ``issuer`` begins that ``before`` ends with, blanks or none within."""
    start = len(before)
    while start > 0 and len(squeeze(before[start:])) < len(issuer):
        start -= 1
    return start


def _without(question: str, cuts: Sequence[Span]) -> str:
    pieces, last = [], 0
    for start, end in sorted(cuts):
        pieces.append(question[last : max(start, last)])
        last = max(end, last)
    return " ".join([*pieces, question[last:]]).strip(" ,，的")


def _asks(rest: str) -> bool:
    """Whether anything is left but words that only ask."""
    return bool(_WORD.search(_ASKING.sub("", fold(rest))))
