"""What one line says of when, where and by whom a text was published. All patterns are for folded lines."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from qa.corpus.dates import DAY
from qa.text import fold

OFFICE = (
    r"(?:政府|办公室|办公厅|委员会|常委会|人大|法院|检察院|[局厅部署院处馆会委办所站校]"
    r"|中心|集团|公司|中学|小学|大学)"
)
"""What the name of an office ends with."""
_LONGEST = 128
"""Characters of an imprint."""

_WEEKDAY = (
    r"\(?(?:(?:星期|周|礼拜)[一二三四五六日天]"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\)?"
)
_CLOCK = r"t?\d\d?[:时]\d\d?(?:[:分]\d\d?)?(?:[分秒]|\.\d+)?(?:z|[+-]\d\d:?\d\d)?\s?(?:[ap]\.?m\b\.?)?"
_DATED = rf"(?:{_WEEKDAY},?\s*)?(?P<day>{DAY})(?:\s*{_WEEKDAY})?(?:\s*{_CLOCK})?"
_RANGE = rf"\s*(?:{_WEEKDAY}\s*)?(?:{_CLOCK}\s*)?(?:[-~—–]+\s*\d|[至到起前后止]|(?:to|until)\b)"
"""What follows the first day of a range, or a day from which something holds."""

_TIME = r"\s{0,2}(?:时\s{0,4}间|日\s{0,4}期)"
_KINDS = {
    "published": r"(?:信息|文章|首次|网站)?(?:发布|发表|印发|成文|发文|公布|公开|颁布|刊登|刊发|签发|生成"
    rf"|出版|发稿|上传|登载){_TIME}"
    r"|(?:发布|发表|刊发|刊登)于|(?:first\s)?(?:published|posted|issued|released)(?:\s(?:on|date|at))?"
    r"|(?:publication|publish|publishing|release|issue|posting)\sdate"
    r"|date\s(?:published|posted|issued|released|of\s(?:issue|publication|release))",
    "updated": rf"(?:信息|文章|最后|最近|网站|页面|本页){{0,2}}(?:更新|修改|修订){_TIME}"
    r"|(?:最后)?(?:更新|修改)于"
    r"|(?:page\s)?(?:last\s)?(?:updated|modified|revised|reviewed)(?:\s(?:on|date|at))?"
    r"|(?:last\s)?update|(?:revision|review)\sdate|date\s(?:updated|modified|revised)",
    "plain": r"时\s{0,4}间|日\s{0,4}期|dated?",
}
_BEGIN = r"(?:^|[\s|·])[(\[【]?"
_ONE_KIND = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
_LABEL = (
    rf"{_BEGIN}(?:{_ONE_KIND})\s{{0,4}}(?:\([dmy/ -]{{2,12}}\)\s{{0,2}})?(?P<colon>[\]】]?\s{{0,4}}:|[\]】])?"
)
_ONLY_LABEL = re.compile(_LABEL)
_LABELLED = re.compile(rf"{_LABEL}\s{{0,4}}{_DATED}(?!{_RANGE})")
_CLEAR = re.compile(r"(?:^|[|·\t]\s?|\s{2}|[^\x00-\x7f]\s)[(\[【]?$")
"""What stands before a label in English that is not the end of a sentence."""
_ENDS = re.compile(r"(?:[\s|·)\]】].{0,30})?$")
"""What follows a day whose label has no colon."""
_ROW = re.compile(r",(?!\s*(?:来源|作者|记者))[^:]{1,20}:")
"""The next cell of a table written as a line."""

_BODIES = (
    r"(?:信息|文章|稿件|新闻|内容)来源|发布单位|发布机构|发布部门|发文单位|发文机关|发文机构"
    r"|source|published\sby|issued\sby"
)
_OTHERS = r"作者|记者|编辑|责任编辑|责编|发布|发表|更新|时间|日期|浏览|字号|字体|点击|阅读|访问|发文|成文"
_STOP = (
    rf"\s+(?:(?:信息)?(?:{_OTHERS})|【|\(?\d{{4}}[-/.年]|(?:by|date|published|posted|updated|author)\b)"
    r"|\s{2,}|\s*[|·]|\s*[)】]?$"
)
_SOURCES = tuple(
    re.compile(
        rf"{_BEGIN}(?:{label})\s*(?:】\s*:?|:)\s*(?!(?:{_OTHERS})[^\s:]{{0,6}}:)(?P<source>\S.*?)(?={_STOP})"
    )
    for label in ("来源", _BODIES)
)
_ALONE = re.compile(rf"[(\[]?\s*{_DATED}\s*[)\]]?")
_DATED_LINE = re.compile(rf"(?:日\s{{0,4}}期\s*:|dated?\s*:?)\s*{_DATED}")
_BEGINS = re.compile(rf"{_DATED}")
_SIGNED = re.compile(rf"(?P<office>[\u4e00-\u9fff、()\s]{{1,40}}{OFFICE})\s*\(?{_DATED}\)?")
_PRINTED = re.compile(rf"[\u4e00-\u9fff、()\s]{{0,40}}(?P<day>{DAY})\s*印[发制]")
WHOLE = {"alone": _ALONE, "dated": _DATED_LINE, "signed": _SIGNED, "printed": _PRINTED}
"""Lines that are a day, a label and a day, an office and a day, an office that printed the text on a day."""


class Labelled(NamedTuple):
    """A day with a label: ``published``, ``updated``, or a ``plain`` 「时间」; and what follows it."""

    kind: str
    day: str
    rest: str


def is_imprint(line: str) -> bool:
    """Whether a line says when and where the text was published; it may stand between titles."""
    if len(line) > _LONGEST:
        return False
    folded = fold(line)
    return (
        _LABELLED.search(folded) is not None
        or any(pattern.search(folded) for pattern in _SOURCES)
        or any(pattern.fullmatch(folded) for pattern in WHOLE.values())
    )


def is_label(folded: str) -> bool:
    """Whether a line is nothing but a label, whose day then stands on the next."""
    return _ONLY_LABEL.fullmatch(folded) is not None


def labelled(folded: str) -> Iterator[Labelled]:
    """The days of a line that have a label, as written; none of running text or of a row of a table."""
    if "。" in folded[:-1]:
        return
    for found in _LABELLED.finditer(folded):
        kind = next(kind for kind in _KINDS if found[kind])
        label, rest = found[kind], folded[found.end() :]
        clear = not label.isascii() or _CLEAR.search(folded[: found.start(kind)])
        closed = found["colon"] or (kind != "plain" and clear and _ENDS.match(rest))
        if closed and (kind != "plain" or clear) and not _ROW.match(rest):
            yield Labelled(kind, found["day"], folded[found.end("day") :])


def before_source(folded: str) -> str:
    """The day that a line begins with which names the source then: 2024-10-08 09:30 来源:镜湖日报."""
    found = _BEGINS.match(folded)
    return found["day"] if found and any(pattern.search(folded) for pattern in _SOURCES) else ""


def source_in(line: str, folded: str, *, bodies: bool) -> str:
    """The source that a line names (来源), or, with ``bodies``, who published it; empty where it does not."""
    if len(line) > _LONGEST or "。" in line:
        return ""
    found = _SOURCES[bodies].search(folded)
    return line[slice(*found.span("source"))].strip() if found else ""
