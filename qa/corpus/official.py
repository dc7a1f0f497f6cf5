"""What the head and tail of an official document state of it, and which others it repeals."""

import datetime
import functools
import re
from collections.abc import Iterator, Sequence

from qa.corpus.headings import outline
from qa.corpus.imprint import OFFICE
from qa.corpus.stated import signature_of, stated
from qa.numbers import DOCUMENT_NUMBER, NUMERAL, ORDER_NUMBER, number_of
from qa.text import TERMINAL, lines
from qa.types import Official

_HEAD, _LONGEST_LINE, _TITLE_LINES = 30, 120, 4
"""Lines of the head at most, characters of a line of it, lines of a title."""
_TITLE_END = re.compile(
    r"(?:通知|通报|通告|公告|意见|决定|决议|命令|批复|请示|报告|函|纪要|办法|规定|细则|条例|规则|章程|方案|规划|计划|要点|预案|标准|清单)"
    r"(?:[(（][^()（）]{1,20}[)）])?$"
)
_CHINESE_DATE = re.compile(rf"({NUMERAL})\s*年\s*({NUMERAL})\s*月\s*({NUMERAL})\s*日")
_DATE = rf"{NUMERAL}\s*年\s*{NUMERAL}\s*月\s*{NUMERAL}\s*日"
_DATE_LINE = re.compile(rf"[(（]?\s*{_DATE}\s*[)）]?")
_NUMBER_LINE = re.compile(
    rf"[(（【]?\s*(?P<number>{DOCUMENT_NUMBER}|{ORDER_NUMBER})\s*[)）】]?(?:\s*签发人\s*[:：].*)?"
)
_STATED_NUMBER = re.compile(
    rf"(?:发文字号|文件编号|公文文号|文\s*号)\s*[:：]\s*(?P<number>{DOCUMENT_NUMBER}|{ORDER_NUMBER})"
)
_ONLY_NUMBER = re.compile(rf"[(（]?\s*(第\s*{NUMERAL}\s*号)\s*[)）]?")
_MASTHEAD = re.compile(r"(?P<issuer>(?:(?!关于)[\u4e00-\u9fff、]){2,40}?)文件")
_STATED_ISSUER = re.compile(
    r"(?:发文机关|发文单位|发布机构|制定机关|发布单位)\s*[:：]\s*(?P<issuer>[\u4e00-\u9fff、]{2,40})"
)
_ORDER_HEAD = re.compile(
    rf"(?P<issuer>(?:(?!关于)[\u4e00-\u9fff、]){{1,30}}?(?:{OFFICE}(?=公告|通告)|(?=令)))(?:令|公告|通告)"
)
_ISSUES = re.compile(rf"[\u4e00-\u9fff、()（）\s]{{1,40}}{OFFICE}")
_ADDRESSED = re.compile(rf"各|有关|全体|驻|{OFFICE}[:：]$")
_ABOUT = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{2,40}?)关于")
_RECIPIENTS = re.compile(r"[^。;；!?！？《》:：]{2,120}[:：]")
_NOT_RECIPIENTS = re.compile(
    r"附件|如下|通知|决定|时间|日期|来源|字号|文号|发文机关|签发|以下|下列|编辑|作者|第[^,，、]*[条章]"
)
_ATTACHMENTS = re.compile(r"附\s*件\s*[:：]\s*(?P<first>.*)")
_ATTACHED = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、．]\s*(?P<name>\S.*)")
_EFFECTIVE = re.compile(
    rf"(?:自|从|于)\s*(?:(?P<day>{_DATE})|(?:发布|公布|印发|颁布|下发|签发|发文)之日)\s*起?\s*"
    rf"(?:(?P<later>{NUMERAL})\s*[日天]后)?\s*(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_TITLE = r"《[^《》]*(?:《[^《》]*》[^《》]*)*》"
_IN_BRACKETS = r"[(（](?:[^()（）]|[(（][^()（）]{0,60}[)）]){0,120}[)）]"
_NAMED = rf"{_TITLE}(?:\s*{_IN_BRACKETS})?"
_SEVERAL = rf"{_NAMED}(?:[、,，和及与\s]|以及)*"
_ITEM = rf"(?:\d{{1,2}}[.、．]|[(（]{NUMERAL}[)）]|{NUMERAL}、)"
_LISTED = rf"(?:{_ITEM}?\s*{_SEVERAL}[;；。]?\s*){{1,60}}"
_GONE = r"(?:废止|失效|停止执行|不再执行|停止使用)"
_AT_ONCE = r"(?:(?:即行|同时|予以|一并|相应|均|随之|即|自行|自[^。《》]{1,24}起|[,，])\s*)*"
_REPEALED = re.compile(rf"(?P<list>(?:{_SEVERAL}){{1,60}}){_AT_ONCE}{_GONE}(?![的后前之时日])")
_REPEALS = re.compile(
    rf"(?:决定|现|予以|同时|现将|现予)\s*{_GONE}\s*(?:以下|下列)?[^。《》]{{0,24}}[:：]?\s*(?P<named>{_LISTED})"
    rf"|(?:下列|以下)[^。《》]{{0,24}}{_GONE}\s*[:：]\s*(?P<listed>{_LISTED})"
)
_ONE = re.compile(_NAMED)


def official_of(text: str) -> Official:
    """What ``text`` states of itself as an official document; whatever it does not state is empty.

    ``effective`` is filled from the document's own date where it applies from the day of its publication.
    """
    shown = ["".join(text[start:end].split("\u200b")) for start, end in lines(text)]
    head = list(_head(shown))
    number = _number(head)
    return Official(
        number=number,
        issuer=_issuer(head, signature_of(text).office),
        recipients=_recipients(shown[: len(head) + 1]),
        attachments=tuple(_attachments(shown)),
        effective=_effective(text, "".join(shown)),
        repeals=tuple(dict.fromkeys(_repeals("".join(shown)))),
    )


def _head(shown: Sequence[str]) -> Iterator[str]:
    """The lines before the first sentence or the recipients."""
    for line in shown[:_HEAD]:
        if any(mark in line for mark in TERMINAL) or _is_recipients(line):
            return
        yield line


def official_title(text: str) -> str:
    """The title below the red head or the number, its lines joined; empty where there is neither."""
    head = list(_head([text[start:end] for start, end in lines(text)]))
    above = [at for at, line in enumerate(head) if _above_title(line)]
    title = ""
    for line in head[above[-1] + 1 :][:_TITLE_LINES] if above else ():
        if outline(line) or _DATE_LINE.fullmatch(line):
            break
        title += _bare(line)
        if _TITLE_END.search(title):
            return title
    return ""


def _above_title(line: str) -> bool:
    bare = _bare(line)
    patterns = (_MASTHEAD, _ORDER_HEAD, _ONLY_NUMBER)
    return bool(_NUMBER_LINE.fullmatch(line)) or any(pattern.fullmatch(bare) for pattern in patterns)


def _bare(words: str) -> str:
    return "".join(words.split())


def _number(head: Sequence[str]) -> str:
    """The number on a line of its own, or where the head names it; an order's may stand on two lines."""
    for at, line in enumerate(head):
        if len(line) > _LONGEST_LINE:
            continue
        found = _NUMBER_LINE.fullmatch(line) or _STATED_NUMBER.search(line)
        if found:
            return _bare(found["number"])
        alone = _ONLY_NUMBER.fullmatch(line)
        above = _ORDER_HEAD.fullmatch(_bare(head[at - 1])) if at else None
        if alone and above:
            return _bare(head[at - 1]) + _bare(alone[1])
    return ""


def _issuer(head: Sequence[str], signed: str) -> str:
    """Who issued it: as stated, by the red head, by the signature, by the title."""
    for pattern in (_STATED_ISSUER, _MASTHEAD, _ORDER_HEAD):
        for line in head:
            bare = line if pattern is _STATED_ISSUER else _bare(line)
            found = pattern.search(bare) if pattern is _STATED_ISSUER else pattern.fullmatch(bare)
            if found:
                return found["issuer"]
    return _bare(signed) or _by_title(head)


def _by_title(head: Sequence[str]) -> str:
    for line in head:
        found = _ABOUT.match(_bare(line))
        if found and _ISSUES.fullmatch(found["issuer"]):
            return found["issuer"]
    return ""


def _is_recipients(line: str) -> bool:
    addressed = _RECIPIENTS.fullmatch(line) and _ADDRESSED.search(line)
    return bool(addressed) and not _NOT_RECIPIENTS.search(line)


def _recipients(shown: Sequence[str]) -> str:
    """Who it is addressed to, without the colon; a line before belongs to it if it ends within a list."""
    for at, line in enumerate(shown):
        if _is_recipients(line):
            words = line[:-1]
            before = at - 1
            while (
                before >= 0
                and re.search(r"[,，、]", shown[before])
                and _RECIPIENTS.fullmatch(shown[before] + ":")
            ):
                words = shown[before] + words
                before -= 1
            return words.strip()
    return ""


def _attachments(shown: Sequence[str]) -> Iterator[str]:
    """Names of the attachments, without their numbers."""
    for at, line in enumerate(shown):
        found = _ATTACHMENTS.fullmatch(line)
        if not found:
            continue
        first = _ATTACHED.fullmatch(found["first"])
        if found["first"]:
            yield (first["name"] if first else found["first"]).strip()
        for more in shown[at + 1 :] if first or not found["first"] else ():
            numbered = _ATTACHED.fullmatch(more)
            if not numbered:
                return
            yield numbered["name"].strip()
        return


def _day(found: re.Match[str] | None) -> str:
    """The ISO date of a match of year, month and day; empty for a day that is not in the calendar."""
    parts = [number_of(part) for part in found.groups()[:3]] if found else []
    try:
        return datetime.date(*(part or 0 for part in parts)).isoformat() if parts else ""
    except ValueError:
        return ""


def _effective(text: str, whole: str) -> str:
    """From when it applies; what it says of another document (《…》 in the same clause) does not count."""
    published = functools.cache(lambda: stated(text)[0])
    for found in _EFFECTIVE.finditer(whole):
        clause = re.split(rf"[{TERMINAL}；;]", whole[max(0, found.start() - 80) : found.start()])[-1]
        if "《" in clause:
            continue
        start = _day(_CHINESE_DATE.fullmatch(found["day"])) if found["day"] else published()
        later = number_of(found["later"]) if found["later"] else 0
        if len(start) == len("2024-01-01"):
            return (datetime.date.fromisoformat(start) + datetime.timedelta(days=later or 0)).isoformat()
    return ""


def _repeals(whole: str) -> Iterator[str]:
    """The titles, with what stands in brackets behind them, that it says are repealed."""
    for pattern in (_REPEALED, _REPEALS):
        for found in pattern.finditer(whole):
            for words in found.groupdict().values():
                yield from (one.group() for one in _ONE.finditer(words or ""))
