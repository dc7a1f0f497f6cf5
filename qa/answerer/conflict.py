"""Documents that answer differently: another person in the same post, another number for the same thing."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from qa.answerer.evidence import Asked, Ended, Evidence
from qa.answerer.shortest import thing
from qa.entities import quantities
from qa.question import Question
from qa.text import alike_from_start, clauses, fold, squeeze
from qa.types import Span

_SAME_POST = 0.95
"""Share of the question's characters, in order, that names the post asked about."""

_SAME_STATEMENT = 0.6
"""Share of two sentences that is alike, in order, from which they state the same thing."""

_SAME_FRAME = 0.5
"""Share of the shorter of two sentences around one name, from which they state the same of two names."""

_ABOUT = 0.1
"""Share of the question that one of two sentences may say less of, with its title, to be about the same."""
_BY_ITSELF = 0.5
"""Share of the question that a clause says if it can be compared without its sentence."""
_SEVERAL = 2
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_NUMERAL = re.compile(r"[\d,.零〇一二三四五六七八九十百千万亿两]+")
_NAME = re.compile(r"[\u3400-\u9fff·]{1,14}")


def rivals(asked: Asked, best: Evidence, found: Sequence[Evidence]) -> list[Evidence]:
    """Evidence of other documents that contradicts ``best``, one each, as good as it is."""
    chosen: dict[str, Evidence] = {}
    for evidence in found:
        doc_id = evidence.hit.passage.doc_id
        other = doc_id != best.hit.passage.doc_id and abs(best.held - evidence.held) <= _ABOUT
        if other and contradict(asked, best.text, evidence.text):
            chosen.setdefault(doc_id, evidence)
    return list(chosen.values())


def of_each_year(question: Question, found: Sequence[Evidence]) -> list[Evidence]:
    """The best evidence for each of several years asked about, in their order; nothing if one has none."""
    if len(question.years) < _SEVERAL:
        return []
    best = [next((one for one in found if year in one.years), None) for year in dict.fromkeys(question.years)]
    told = [one for one in best if one]
    apart = {(one.hit.passage.doc_id, one.span) for one in told}
    return told if len(told) == len(best) == len(apart) > 1 else []


def settled(question: Question, sides: Sequence[Evidence], *, ended: Ended) -> list[Evidence]:
    """The sides that the time asked about leaves, newest first: those that still stand when it names none.

    ``ended`` tells whether a document was repealed or superseded; if all were, they still disagree.
    """
    newest_first = sorted(sides, key=lambda side: side.hit.date, reverse=True)
    if question.years:
        of_year = [side for side in newest_first if side.timely(question) == 1]
        return of_year or newest_first
    newest_first = [side for side in newest_first if not ended(side.hit.passage.doc_id)] or newest_first
    if len(newest_first) == 1:
        return newest_first
    if question.now and newest_first[0].hit.date > newest_first[1].hit.date:
        return newest_first[:1]
    return newest_first


def _holder(question: Question, text: str) -> str:
    """Who holds the post asked about, or nothing."""
    held = [(question.names(post), name) for post, name in question.holders(text)]
    share, name = max(held, default=(0.0, ""))
    return name if share >= _SAME_POST else ""


def contradict(asked: Asked, a: str, b: str) -> bool:
    """Whether two sentences answer differently: another holder of a post, or all but the answer alike."""
    question = asked.question
    if question.kind not in ("who", "quantity", "time", "place"):
        return False
    if question.kind == "who":
        one, other = _holder(question, a), _holder(question, b)
        if one and other:
            return one != other
    return _differ(asked, squeeze(a), squeeze(b))


def numbers_differ(a: str, b: str) -> bool:
    """Whether each of two sentences has a number that the other lacks: then they do not say the same."""
    one, other = ({_value(number) for number in quantities(fold(text))} for text in (a, b))
    return bool(one - other) and bool(other - one)


def _differ(asked: Asked, a: str, b: str) -> bool:
    """Whether ``a`` and ``b``, squeezed, are one statement with two values of what is asked for."""
    kind = asked.question.kind
    if kind != "time" and _of_other_years(a, b):
        return False
    one, other = (thing(asked, text, (0, len(text))) for text in (a, b))
    if (
        one
        and other
        and (_alike(a, b) or _clauses_alike(asked, (a, one), (b, other)))
        and _value(a[slice(*one)]) != _value(b[slice(*other)])
    ):
        return True
    # a name of which only its place in the sentence tells that it is one
    return (kind == "place" or (kind == "who" and not (one and other))) and _names_differ(a, b)


def _clauses_alike(asked: Asked, *things: tuple[str, Span]) -> bool:
    """Whether the clauses that hold two things are alike and both say by themselves what is asked about."""
    a, b = (text[slice(*_clause(text, place))] for text, place in things)
    return min(asked.coverage(a), asked.coverage(b)) >= _BY_ITSELF and _alike(a, b)


def _clause(text: str, place: Span) -> Span:
    within = [part for part in clauses(text, (0, len(text))) if part[0] < place[1] and place[0] < part[1]]
    return within[0][0], within[-1][1]


def _alike(a: str, b: str) -> bool:
    compared = SequenceMatcher(None, a, b, autojunk=False)
    bounds = (compared.real_quick_ratio, compared.quick_ratio, compared.ratio)  # each dearer and nearer
    return all(bound() >= _SAME_STATEMENT for bound in bounds)


def _names_differ(a: str, b: str) -> bool:
    """Whether two sentences are the same but for one name each."""
    start = alike_from_start(a, b)
    end = alike_from_start(a[start:][::-1], b[start:][::-1])
    swapped = [text[start : len(text) - end] for text in (a, b)]
    named = all(_NAME.fullmatch(name) and not _NUMERAL.fullmatch(name) for name in swapped)
    return named and start + end >= _SAME_FRAME * min(len(a), len(b))


def _of_other_years(a: str, b: str) -> bool:
    one, other = set(_YEAR.findall(a)), set(_YEAR.findall(b))
    return bool(one and other) and not one & other


def _value(words: str) -> str:
    """Numbers in one writing: _value("三万人") == _value("30000人")."""
    return _NUMERAL.sub(lambda found: _amount(found[0]), words)


def _amount(numeral: str) -> str:
    import cn2an

    try:
        return f"{cn2an.cn2an(numeral.replace(',', ''), 'smart'):g}"
    except (ValueError, KeyError):
        return numeral
