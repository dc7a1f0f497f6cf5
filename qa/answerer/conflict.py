"""Documents that answer differently: another person in the same post, another number for the same thing."""

from collections.abc import Sequence

from qa.answerer.evidence import Asked, Ended, Evidence
from qa.answerer.slots import Slots, other_subjects, slots
from qa.question import Question
from qa.text import squeeze
from qa.types import Span

_SAME_POST = 0.95
"""Share of the question's characters, in order, that names the post asked about."""

_ABOUT = 0.1
"""Share of the question that one of two sentences may say less of, with its title, to be about the same."""
_NEXT_BEST, _HOLDS_IT = 1.5, 3.0
"""By how much the score of a sentence may be below the best, to be what was asked for as well; that of one
which fits the kind of question better."""
_SEVERAL = 2


def opposed(asked: Asked, found: Sequence[Evidence]) -> list[Evidence]:
    """The best evidence of ``found``, and that of other documents which contradicts it.

    Of documents that say the same in the best, which may not be what was asked for, those that contradict
    each other in the next best sentence are opposed by that.
    """
    best = found[0]
    against = rivals(asked, best, found)
    if against:
        return [best, *against]
    alike = {one.hit.passage.doc_id for one in copies(best, found)}
    near = [
        one
        for one in found[1:]
        if one.fit >= best.fit
        and best.score - one.score <= (_NEXT_BEST if one.fit == best.fit else _HOLDS_IT)
        and one.hit.passage.doc_id in alike
    ]
    sides = ([one, *rivals(asked, one, near)] for one in near)
    return next((side for side in sides if len(side) > 1), [best])


def copies(best: Evidence, found: Sequence[Evidence]) -> list[Evidence]:
    """Evidence in the words of ``best``, itself among it."""
    said = squeeze(best.text)
    return [one for one in found if squeeze(one.text) == said]


def rivals(asked: Asked, best: Evidence, found: Sequence[Evidence]) -> list[Evidence]:
    """Evidence of other documents that contradicts ``best``, one each, as good as it is."""
    chosen: dict[str, Evidence] = {}
    for evidence in found:
        doc_id = evidence.hit.passage.doc_id
        if doc_id == best.hit.passage.doc_id or doc_id in chosen:
            continue
        if asked.question.kind == "quantity" and other_subjects(best.hit.title, evidence.hit.title):
            continue
        differing = _contradiction(asked, best.text, evidence.text, topic=_topic(best))
        if differing and _as_much(asked, best, evidence, differing):
            chosen[doc_id] = evidence
    return list(chosen.values())


def _as_much(asked: Asked, best: Evidence, other: Evidence, differing: Slots) -> bool:
    """Whether both say as much of the question, apart from what their values say of it."""
    one, two = (
        side.held - _said_by_value(asked, side, span)
        for side, span in zip((best, other), differing, strict=True)
    )
    return min(abs(one - two), abs(best.held - other.held)) <= _ABOUT


def _said_by_value(asked: Asked, side: Evidence, span: Span) -> float:
    text = squeeze(side.text)
    rest = f"{_topic(side)}\n{text[: span[0]]}\n{text[span[1] :]}"
    return asked.share(asked.held(text) - asked.held(rest))


def _topic(evidence: Evidence) -> str:
    return f"{evidence.hit.title}\n{evidence.hit.passage.heading}\n{evidence.introduced}"


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
    return _contradiction(asked, a, b) is not None


def _contradiction(asked: Asked, a: str, b: str, *, topic: str = "") -> Slots | None:
    """Where two sentences, squeezed, answer differently; nowhere in particular for holders of a post."""
    question = asked.question
    if question.kind == "who":
        one, other = _holder(question, a), _holder(question, b)
        if one and other:
            return ((0, 0), (0, 0)) if one != other else None
    return slots(asked, squeeze(a), squeeze(b), topic=topic)
