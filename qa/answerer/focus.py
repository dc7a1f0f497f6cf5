"""The words right beside what asks, which name what is meant: 总面积 in 酒店的总面积是多少."""

import functools
import re

from qa.entities import quantities
from qa.question import Question
from qa.units import HOW

_ASKS = re.compile(
    rf"多少|几(?!乎|何)|{HOW}|哪一?个?[年月天日里儿]|在哪[里儿]?|何[时处]|什么(?:时[候间侯]|地方)|哪个(?:[省市县区旗]|国家|城市|地方)"
)
_LEADS = re.compile(
    r"(?:[是为有在于从自至到达需要能会可共约]|大约|大概|分别|至少|最多|一共|总共|[当其之]?中)+$"
)
_COUNTS = re.compile(r"^[个家所项条座处场名位户件只部]?[是为的]?")
_CUTS = re.compile(r"[的和与及，,、。；;：:?？]")
_NAMES = 8
"""Characters beside what asks that name what is meant."""


@functools.lru_cache(maxsize=1024)  # for each sentence that is looked at
def focus(question: Question) -> str:
    """The words beside what asks: focus(Question("酒店的总面积是多少")) == "总面积".

    Those behind what asks come first: in 委员中有多少人为学生 students are counted.
    """
    found = _ASKS.search(question.folded)
    if not found:
        return ""
    behind = question.folded[found.end() :].removeprefix("个")
    if quantities(f"1{question.unit}") == [f"1{question.unit}"]:  # 公斤, not the 居委 of 居委会
        behind = behind.removeprefix(question.unit)
    behind = _CUTS.split(_COUNTS.sub("", behind, count=1))[0][:_NAMES].strip()
    return behind or _CUTS.split(_LEADS.sub("", question.folded[: found.start()]))[-1][-_NAMES:].strip()
