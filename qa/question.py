"""What a question asks for: its kind of answer, how many, in which unit, of which time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from qa.entities import is_deputy, is_post, located, persons, rank_of
from qa.errors import InvalidInputError
from qa.gaps import closed_up, whole
from qa.text import alike_from_start, fold, is_chinese, squeeze
from qa.types import Span
from qa.units import ARTICLE, HOW, in_unit, thing_counted, unit_asked

Kind = Literal["who", "quantity", "time", "place", "list", "definition", "other"]

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_SEVERAL = "一两二三四五六七八九十"
_ASKS: tuple[tuple[Kind, str], ...] = (
    ("who", r"谁|哪一?位|何人|什么人|叫什么名字|姓什么|\bwho(?:se|m)?\b"),
    (
        "list",
        rf"哪些|哪[{_SEVERAL}几](?!年|天|月|日)|分别(?!.*(?:多少|何时|几|哪[年月天]))|都有(?:什么|谁)|包括什么|有什么(?!时候)"
        rf"|[{_SEVERAL}几](?:个|项|大|条|类|种|家)[^，,。？?]{{0,8}}(?:是什么|有什么)"
        r"|\bwhich (?:two|three|four|five|six|seven)\b|\bwhat are\b"
        r"|\b(?:what|which) (?:\w+ ){0,2}\w{2,}s (?:are|were|do|must|should|can|have|will)\b",
    ),
    (
        "time",
        r"哪一?[年月天日]|何时|什么时[候间侯]|几[月号点日]|几世纪|哪一?个?(?:世纪|年代|季度|月)"
        r"|(?:公元|西元|民国|[在于])几年(?![级内后前来间之里以多])"
        r"|\bwhen\b|\b(?:what|which) (?:year|date|time|day|month)\b",
    ),
    (
        "quantity",
        rf"多少|几(?!乎|何)|百分之|{HOW}|占比|(?:电话|号码|热线)(?:是|[?？\s]*$)"
        r"|\bhow (?:many|much|long|far|large|big|high)\b|\b(?:phone|telephone|what) number\b",
    ),
    ("place", r"哪里|哪儿|在哪|何处|什么地方|哪个(?:省|市|县|区|旗|城市|国家|地方)|地址|\bwhere\b"),
    ("definition", r"什么意思|指的?是|是个?什么(?:概念|样)?|何谓|什么叫|定义|含义|\bwhat (?:is|does)\b"),
)
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKS)
_FUNCTION = re.compile(
    r"换成|变成|改成|一把手|当家人|由谁|担任|出任|在?负责(?=[的吗呢呀啊?？]|$)"
    r"|[从自到在]?(?:什么时[候间侯]|何时)(?:开始)?|(?:[是为有]|达到?|需?要)(?:多少|几(?!乎|何)|多[久大高长重远宽深])"
    r"|多少|几(?!乎|何)|多久|多长时间|最新|当前|眼下|是什么意思|什么意思|叫什么名字|分别是|是什么|有什么|什么样|什么|哪一?位|是谁|谁|哪[些个家里儿几年月天种]|哪|"
    r"怎么样?|如何|为什么|为何|是不是|有没有|能不能|可不可以|到底|究竟|具体|请问|我想知道|告诉我|大概|一共|总共|[吗呢吧呀啊阿了的地得]|"
    r"现在|目前|如今|(?:19|20)\d\d年(?:底|初|中|末|时|的时候)?|"
    r"\b(?:what|which|who|whom|whose|when|where|how|many|much|is|are|was|were|does|do|did|has|have|had|will|would|can|should|"
    r"the|a|an|of|in|to|for|at|on|by|with|from|and|or|be|been|i|you|my|it|there)\b"
)
_OF_TIME = "年月天日时分周季岁久"
ORDINAL = re.compile("第[几多]")
_FORMER = ("原", "前任")
_YEARS = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d\d?月\d\d?[日号]|[\d一二三四五六七八九十]+(?:世纪|年代)"
)
_CALENDAR = re.compile(rf"(?:\d{{4}}年|\d{{1,2}}月|\d{{1,2}}[日号])+|(?:1[5-9]|20)\d\d|{_YEARS.pattern}")
_CLOCK, _DAY = "点时::", "天日号"
_PART_OF_DATE = re.compile(r"[哪几]一?(?:个)?([年月天日号点])")
_COUNT = re.compile(rf"哪([{_SEVERAL}])|([{_SEVERAL}])(?:个|项|大|条|类|种|家|点|方面)")
_NOW = re.compile(r"现在|目前|如今|当前|今年|最新|眼下|\b(?:now|current|currently|latest)\b")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_LONGEST_NAME, LONGEST_QUESTION, MOST_HITS = 120, 2_000, 100
_OTHER_UNIT = 0.6
"""What a number counts for in another unit, or a date without the part asked for."""
_OTHER_RANK = 0.5
_SOMEBODY = 0.6
"""What anybody with a post counts for where a question names none: 谁分管某事."""
_LOCATED = ("who", "quantity", "time", "place", "list")
_DEFINES = re.compile(r"就是|是指|指的?是|所谓|即|包括|以.{1,20}为")


@dataclass(frozen=True)
class Question:
    """A question, understood. ``count`` is 0 and ``unit`` empty when it names none."""

    text: str

    @cached_property
    def folded(self) -> str:
        """The question as it is matched."""
        return fold(self.text)

    @cached_property
    def kind(self) -> Kind:
        """The kind of answer: Question("局长是谁").kind == "who"."""
        return next((kind for kind, asks in _KINDS if asks.search(self.folded)), "other")

    @cached_property
    def content(self) -> str:
        """What it is about, without the words that only ask: Question("局长是谁").content == "局长"."""
        return " ".join(_FUNCTION.sub(" ", self.folded).split())

    @cached_property
    def named(self) -> str:
        """The content without marks and blanks: Question("某局 局长是谁?").named == "某局局长"."""
        return re.sub(r"\W", "", squeeze(self.content))

    @cached_property
    def unit(self) -> str:
        """The unit asked for, or the measure: Question("修了多少公里").unit == "公里"."""
        return unit_asked(self.folded)

    def of_unit(self, quantity: str) -> bool:
        """Whether ``quantity`` is in the unit asked for."""
        return in_unit(quantity, self.unit)

    def counted(self, after: str) -> float:
        """Share of what is counted ``after`` a number: Question("几所小学").counted("小学生") == 1.0."""
        counted = thing_counted(self.folded)
        alike = alike_from_start(counted, after.lstrip())
        return alike / len(counted) if alike > 1 else 0.0

    @cached_property
    def asked_of_time(self) -> str:
        """The part of a date asked for, if any: Question("哪一年通水").asked_of_time == "年"."""
        found = _PART_OF_DATE.search(self.folded)
        return found[1] if found else ""

    def of_part(self, date: str) -> bool:
        """Whether ``date`` has the part asked for: Question("哪一年通水").of_part("2023年5月")."""
        part = _DAY if self.asked_of_time in _DAY else self.asked_of_time
        marks = _CLOCK if part == "点" else part
        return any(mark in date for mark in marks) and bool(self.asked_of_time)

    @property
    def exact(self) -> bool:
        """Whether it asks for a number in a unit, or for a part of a date."""
        return bool((self.kind == "quantity" and self.unit) or (self.kind == "time" and self.asked_of_time))

    @cached_property
    def count(self) -> int:
        """How many things are asked for: Question("是哪三家").count == 3."""
        found = _COUNT.search(self.folded)
        return _DIGITS[found[1] or found[2]] if found else 0

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years that it names."""
        return tuple(_YEAR.findall(self.folded))

    @cached_property
    def now(self) -> bool:
        """Whether it asks for the present state of things."""
        return bool(_NOW.search(self.folded))

    def things(self, sentence: str) -> list[Span]:
        """Where ``sentence``, as it was read, holds what may be asked for and is not said by the question."""
        tight, places = closed_up(sentence)
        return whole(self._things(tight), places, sentence)

    def _things(self, sentence: str) -> list[Span]:
        folded = fold(sentence)
        found = [span for span in located(self.kind, sentence) if folded[slice(*span)] not in self.folded]
        if self.kind != "quantity":
            return found
        if not ORDINAL.search(self.folded):
            found = [span for span in found if folded[span[0]] != "第"]
        calendar = _YEARS if self.unit and self.unit[0] in _OF_TIME else _CALENDAR
        chinese = [day.span() for day in calendar.finditer(folded)]
        dates = chinese if is_chinese(sentence) else located("time", sentence)
        dated = {at for day in dates for at in range(*day)}
        return [span for span in found if not {span[0], span[1] - 1} <= dated]

    def holders(self, sentence: str) -> list[tuple[str, str]]:
        """Posts and who holds them, as ``sentence`` says; former holders and deputies only if asked for."""
        former, deputy = any(word in self.folded for word in _FORMER), "副" in self.folded
        held = [(squeeze(post), name) for post, name in persons(fold(sentence))]
        return [
            (post, name)
            for post, name in held
            if (former or not post.startswith(_FORMER)) and (deputy or not is_deputy(post))
        ]

    def names(self, post: str) -> float:
        """Share of the question that a post has, in order; half of it if it is of another rank.

        Question("教育局局长是谁").names("教育和体育局局长") == 1.0
        """
        return in_order(self.named, post) * (1.0 if post.endswith(rank_of(self.named)) else _OTHER_RANK)

    def fit(self, sentence: str) -> float:
        """How well ``sentence`` holds the thing asked for, in [0, 1]; 0.5 where the kind says nothing."""
        if self.kind not in _LOCATED:
            return 0.5 if self.kind == "other" else 1.0 if _DEFINES.search(fold(sentence)) else 0.3
        found = [fold(sentence[slice(*span)]) for span in self.things(sentence)]
        if self.kind == "who":
            return self._fit_person(sentence, found)
        if self.kind == "place" or not found:
            return 1.0 if found else 0.3 if self.kind == "place" else 0.0
        if self.kind == "quantity":
            other = 0.0 if all(map(ARTICLE.match, found)) else _OTHER_UNIT
            return 1.0 if not self.unit or any(map(self.of_unit, found)) else other
        return self._fit_time(found) if self.kind == "time" else self._fit_list(found)

    def _fit_person(self, sentence: str, found: Sequence[str]) -> float:
        if not (is_chinese(self.named) and is_chinese(sentence)):  # posts cannot be compared
            return float(bool(found))
        somebody = _SOMEBODY if found and not is_post(self.named) else 0.0
        return max([somebody, *(self.names(post) for post, _ in self.holders(sentence))])

    def _fit_time(self, found: Sequence[str]) -> float:
        return 1.0 if not self.asked_of_time or any(map(self.of_part, found)) else _OTHER_UNIT

    def _fit_list(self, found: Sequence[str]) -> float:
        sizes = {size for enumeration in found for size in _sizes(enumeration)}
        return 1.0 if not self.count or self.count in sizes else 0.5


def checked(question: str, k: int) -> str:
    """Return ``question`` without surrounding blanks. Raises InvalidInputError."""
    if not question.strip():
        raise InvalidInputError(
            "the question is empty; type what you want to know / 问题是空的,请输入要问的内容"
        )
    if len(question) > LONGEST_QUESTION:
        raise InvalidInputError(
            f"the question has {len(question)} characters, the most is {LONGEST_QUESTION}; shorten it"
            f" / 问题有 {len(question)} 个字,最多 {LONGEST_QUESTION} 个字,请缩短"
        )
    if not 1 <= k <= MOST_HITS:
        raise InvalidInputError(f"k is {k}; it must be from 1 to {MOST_HITS} / k 应在 1 到 {MOST_HITS} 之间")
    return question.strip()


def _sizes(enumeration: str) -> tuple[int, int]:
    """How many things are listed; 和 may join the last two or stand inside one of them."""
    apart = max(enumeration.count("、") + 1, enumeration.count("“"))
    return apart, apart + bool(re.search("[和与及]", enumeration))


def in_order(wanted: str, text: str) -> float:
    """Share of ``wanted`` that stands in ``text`` in the same order.

    in_order("教育局", "教育和体育局") == 1.0
    The longest common subsequence (Hirschberg, 1975) over the length of ``wanted``: what an
    abbreviation keeps of the full name. 0 for what is too long to be a name.
    """
    if not wanted or len(wanted) > _LONGEST_NAME:
        return 0.0
    row = [0] * (len(text) + 1)
    for character in wanted:
        previous = 0
        for column, other in enumerate(text, start=1):
            above = row[column]
            row[column] = previous + 1 if character == other else max(above, row[column - 1])
            previous = above
    return row[-1] / len(wanted)
