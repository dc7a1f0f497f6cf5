"""Titles as people name them: without the notice that issued them, without their version, abbreviated."""

import functools
import re
from collections.abc import Iterable

from qa.text import squeeze

RULES = re.compile(
    r"(?:办法|条例|规定|细则|规则|章程|制度|准则|守则|公约|规范|标准|规程|决定|通知|意见|方案|预案|法)$"
)
"""What a title or a name of rules ends with."""
AS_WRITTEN, AT_ALL = 2, 6
"""How exactly a title is named: as it stands, and at all."""
_LAW = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<![办方做看想说用书执司普守违合依非手技算疗文入])(?<!工作)(?<!学习)(?<!教学)法典?(?:第\w{1,8}条)?$"
)
"""Behind these characters 法 is a way to do something, or law as such."""
_VERSION = re.compile(r"[(][^()]*[)]$")
_ISSUED = re.compile(r"^.*?印发(?P<title>.+)的通知$")
_MARKS = re.compile("[《》〈〉]")
_GAP = 6
"""Characters of a title, at most, that an abbreviation leaves out at one place."""
_SHORTEST = 4
_LOOSE = ("规定", "制度", "文件")
"""What any rules may be called."""


def core_title(title: str) -> str:
    """A title without marks, version and notice: core_title("关于印发供水办法(试行)的通知") == "供水办法"."""
    bare = squeeze(title)
    issued = _ISSUED.match(bare)
    return _VERSION.sub("", _MARKS.sub("", issued["title"] if issued else bare))


@functools.lru_cache(maxsize=4096)
def is_law(title: str) -> bool:
    """Whether a document is a law, or an article of one, by its title.

    供水法, 供水法(修正) and 供水法第三条 are, 供水办法 and 学习《供水法》 are not.
    """
    bare = _VERSION.sub("", squeeze(title))
    named = re.fullmatch("《([^《》]+)》", bare)
    return bool(_LAW.search(named[1] if named else bare))


def best_named(name: str, titles: Iterable[str], *, most: int = AT_ALL) -> list[str]:
    """Which of the ``titles``, in their core, ``name`` names best, and no worse than ``most``.

    best_named("供水办法", ["湖市供水管理办法", "湖市供水管理办法解读"]) == ["湖市供水管理办法"]
    """
    wanted, titles = core_title(name), list(titles)
    if len(wanted) < _SHORTEST:
        return []
    for pattern in filter(None, (_abbreviated(wanted), _by_stem(wanted))):
        fits, ends = re.compile(pattern).search, re.compile(f"(?:{pattern})$").search
        ranks = {
            title: 1 if title.endswith(wanted) else 2 if wanted in title else 3 if ends(title) else 5
            for title in titles
            if fits(title)
        }
        best = min(ranks.values(), default=most + 1)
        if best <= most:
            return [title for title, rank in ranks.items() if rank == best]
    return []


def _abbreviated(name: str) -> str:
    """A pattern of titles that ``name`` abbreviates; it never looks back, whatever is asked."""
    first, *others = map(re.escape, name)
    return first + "".join(f"(?:(?!{one}).){{0,{_GAP}}}+{one}" for one in others)


def _by_stem(name: str) -> str:
    """A pattern of titles that say all but what kind of rules it is: a 办法 may be called 规定."""
    stem = RULES.sub("", name)
    loose = name.endswith(_LOOSE) and len(stem) > 1
    return f"{_abbreviated(stem)}.{{0,{_GAP}}}{RULES.pattern}" if loose else ""
