"""What a question names exactly: a document by its number or title, an article of rules."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from qa.articles import addresses_asked, article_key
from qa.numbers import ORDER, cores, number_key, numbers_named, parted
from qa.question import in_order
from qa.records import Entry
from qa.text import fold, is_chinese, squeeze
from qa.types import Span

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
_KIND = re.compile(
    r"(?:办法|条例|规定|细则|规则|章程|制度|准则|守则|公约|规范|标准|规程|决定|通知|意见|方案|预案|法)$"
)
_BROKEN = re.compile(r"(?:违反|违背|不遵守|不符合|未按照?)[^,。;?!]{0,40}$")
"""What asks for the consequence of breaking an article, which another article tells."""
_ASKING = re.compile(
    r"请问|请|告诉我|我?想(?:要?知道|了解|问|看|查)|查一?下|看一?下|具体|主要|到底|究竟|一下|说明|介绍|列出|给出|写出|显示"
    r"|规定|讲述?|谈|说|写|要求|包[括含]|涉及|提[到出]|指|怎[么样]样?|如何|表述|什么|哪些|啥|内容|事情|事|意思|原文|全文|条文|条款"
    r"|大意|文件|根据|按照|依照|依据|关于|[的了呢吗呀啊吧在里中是有做作为下对和与及、]"
    r"|\b(?:what|does|do|did|says?|said|is|are|the|of|in|about|please|show|me|tell|text|under|reads?|states?|and)\b"
)
_WORD = re.compile(r"[^\W_]")
_VERSION = re.compile(r"[(][^()]*[)]$")
_ISSUED = re.compile(r"^.*?印发(?P<title>.+)的通知$")
_GAP = "[\u3400-\u9fff()]{0,6}"
_SHORTEST = 4
_WITHIN, _LOOSE = 2, 6
"""How exactly a title is named: up to where as it stands, up to where at all."""


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
    """Numbers of entries: by the number of the document without its issuer, by title; titles in order."""

    numbers: Mapping[str, Sequence[int]]
    titles: Sequence[str]
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
            by_title[_core_title(entry.title)].append(at)
        return _Known(dict(numbers), tuple(by_title), dict(by_title))

    def _newest(self, found: Sequence[int]) -> Iterator[str]:
        entries = sorted((self._entries[at] for at in found), key=lambda entry: entry.doc_id)
        for entry in sorted(entries, key=lambda entry: entry.date, reverse=True):
            yield entry.doc_id

    def _numbered(self, folded: str, cuts: list[Span]) -> tuple[str, list[int]]:
        """The documents whose numbers stand in the question; their places are added to ``cuts``."""
        words, meant = "", dict[int, None]()
        for core, (begin, end), sure in cores(folded):
            before = _ISSUER.search(folded[:begin])
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
        longest = max((one for one in issuers.values() if named.endswith(one)), key=len, default="")
        if longest:
            return [at for at, one in issuers.items() if one == longest], longest
        if order and named:
            return [at for at, one in issuers.items() if in_order(named, one) == 1], named
        return (list(known) if order or len(known) == 1 else []) if not named else [], ""

    def _titled(self, folded: str, cuts: list[Span], *, loosely: bool) -> tuple[str, list[int]]:
        """The documents whose titles stand in 《》."""
        words, meant = "", dict[int, None]()
        for found in _TITLE.finditer(folded):
            named = self.meant(found[1], _LOOSE if loosely else _WITHIN)
            if named or loosely:
                words = words or squeeze(found[1])
                meant.update(dict.fromkeys(named))
                cuts.append(found.span())
        return words, list(meant)

    def _before(self, before: str, cuts: list[Span]) -> tuple[str, list[int]]:
        """The rules that are named without 《》 before an article of them."""
        name = _NAME.search(before)
        if not name:
            return "", []
        opens = _OPENS.match(name[0])
        start = name.start() + (opens.end() if opens else 0)
        words = _NAME_ENDS.sub("", squeeze(before[start:]))
        if not _KIND.search(words):
            return "", []
        cuts.append((start, len(before)))
        return words, self.meant(words, _LOOSE)

    def meant(self, name: str, most: int) -> list[int]:
        """The documents whose titles are named best: as a whole, as its end, within it, or abbreviated."""
        wanted = _core_title(name)
        if wanted in self._known.by_title:
            return list(self._known.by_title[wanted])
        if len(wanted) < _SHORTEST:
            return []
        for pattern in (_GAP.join(map(re.escape, wanted)), _by_stem(wanted)):
            fits = re.compile(pattern).search
            ranks = {title: _rank(wanted, title, pattern) for title in self._known.titles if fits(title)}
            best = min(ranks.values(), default=most + 1)
            titles = [title for title, rank in ranks.items() if rank == best <= most]
            if titles:
                places = [at for title in titles for at in self._known.by_title[title]]
                return places if len(places) <= MOST else []
        return []


def names(address: Address, text: str) -> bool:
    """Whether ``text`` tells of what an address names in other documents: by its words and its article."""
    bare = squeeze(text)
    told = {article_key(words) for words, _ in addresses_asked(text)}
    named = address.words in bare or bool(numbers_named(text, [address.words]))
    return named and told.issuperset(map(article_key, address.articles))


def _rank(wanted: str, title: str, pattern: str) -> int:
    """How exactly a title is named, 0 the best; a title says last what it is."""
    if title.endswith(wanted):
        return 1
    if wanted in title:
        return 2
    return 3 if re.search(f"(?:{pattern})$", title) else 5


def _by_stem(name: str) -> str:
    """A pattern of titles that say all but what kind of rules it is: a 办法 may be called 规定."""
    stem = _KIND.sub("", name)
    loose = name.endswith(("规定", "制度", "文件")) and len(stem) > 1
    return f"{_GAP.join(map(re.escape, stem))}{_GAP}{_KIND.pattern}" if loose else "$."


def _core_title(title: str) -> str:
    """A title without marks, version and the notice that issued it."""
    bare = squeeze(title)
    issued = _ISSUED.match(bare)
    return _VERSION.sub("", re.sub("[《》〈〉]", "", issued["title"] if issued else bare))


def _issuer(entry: Entry) -> str:
    return parted(number_key(entry.number))[0]


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
