"""Of rules stated for ranges, the one for the number asked about."""

from collections.abc import Sequence
from dataclasses import replace

from qa.answerer.evidence import Asked, Evidence
from qa.ranges import amount_asked, holding, ranges_of
from qa.types import Span

_AHEAD = 0.1
"""What the sentence of the right range is put ahead of the best of the others."""


def in_range_first(asked: Asked, found: Sequence[Evidence]) -> Sequence[Evidence]:
    """``found``, best first: the sentence whose range holds the number asked about before its neighbours.

    Nothing if the best sentence is of several ranges of which none holds it.
    """
    amount = amount_asked(asked.question.text)
    if amount is None or not found or asked.question.kind not in ("quantity", "time"):
        return found
    passage, best = found[0].hit.passage, found[0]
    stated = ranges_of(passage.text, amount)
    own = [one for one in stated if _within(best, one.span)]
    if own and not any(one.holds(amount) for one in stated):
        return []
    right = holding(stated, amount)
    if not own or right is None or _within(best, right.span):
        return found
    told = next((one for one in found if one.hit.passage == passage and _within(one, right.span)), None)
    if told is None:
        return found
    first = replace(told, score=best.score + _AHEAD)
    return [first, *(one for one in found if one is not told)]


def part_in_range(asked: Asked, text: str, span: Span) -> Span | None:
    """The part of ``text[span]`` behind the range that holds the number asked about, up to the next range."""
    amount = amount_asked(asked.question.text)
    stated = ranges_of(text, amount) if amount else []
    right = holding(stated, amount) if amount else None
    if right is None or not (span[0] <= right.span[0] and right.span[1] <= span[1]):
        return None
    following = (one.span[0] for one in stated if one.span[0] >= right.span[1])
    return right.span[1], min(span[1], next(following, span[1]))


def _within(evidence: Evidence, place: Span) -> bool:
    base = evidence.hit.passage.start
    return evidence.span[0] - base <= place[0] and place[1] <= evidence.span[1] - base
