"""Documents that answer differently: another person in the same post, another number for the same thing."""

import re
from collections.abc import Sequence

from qa.answerer.evidence import Evidence
from qa.entities import persons, quantities
from qa.question import Question, in_order
from qa.text import fold, shared, squeeze

_SAME_POST = 0.95
"""Share of the question's characters, in order, that names the post asked about."""

_SAME_STATEMENT = 0.5
_DIGITS = re.compile(r"[\d.,%]+")


def rivals(question: Question, best: Evidence, found: Sequence[Evidence]) -> list[Evidence]:
    """Evidence of other documents that contradicts ``best``, one each, as good as it is."""
    chosen: dict[str, Evidence] = {}
    for evidence in found:
        doc_id = evidence.hit.passage.doc_id
        if doc_id != best.hit.passage.doc_id and contradict(question, best.text, evidence.text):
            chosen.setdefault(doc_id, evidence)
    return list(chosen.values())


def settled(question: Question, sides: Sequence[Evidence]) -> list[Evidence]:
    """The sides that the time asked about leaves, newest first: all of them when it names none."""
    newest_first = sorted(sides, key=lambda side: side.hit.date, reverse=True)
    if question.years:
        of_year = [side for side in newest_first if side.hit.date.startswith(question.years)]
        return of_year or newest_first
    if question.now and newest_first[0].hit.date > newest_first[1].hit.date:
        return newest_first[:1]
    return newest_first


def _holder(question: Question, text: str) -> str:
    """Who holds the post asked about, or nothing."""
    held = [(in_order(question.named, squeeze(post)), name) for post, name in persons(fold(text))]
    share, name = max(held, default=(0.0, ""))
    return name if share >= _SAME_POST else ""


def contradict(question: Question, a: str, b: str) -> bool:
    """Whether two sentences answer ``question`` differently."""
    return question.kind in ("who", "quantity") and _differ(question, a, b)


def _differ(question: Question, a: str, b: str) -> bool:
    if question.kind == "who":
        one, other = _holder(question, a), _holder(question, b)
        return bool(one and other) and one != other
    alike = shared(_DIGITS.sub("", a), _DIGITS.sub("", b)) >= _SAME_STATEMENT
    first, second = _amounts(question, a), _amounts(question, b)
    return alike and bool(first and second) and not first & second


def _amounts(question: Question, text: str) -> set[str]:
    """The numbers of the unit asked for, or, if there are none, all that are not part of a date."""
    found = quantities(fold(text))
    of_unit = {amount for amount in found if question.unit and question.unit[0] in amount}
    return of_unit or {amount for amount in found if not amount.endswith(("年", "月", "日"))}
