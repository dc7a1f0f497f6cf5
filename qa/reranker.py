"""Puts hits of the time asked about first."""

from collections.abc import Sequence
from dataclasses import replace

from qa.question import Question
from qa.types import Hit

TIME = 0.6
"""What the right time counts for beside the fused standard scores."""


class TimeReranker:
    """Prefers the year that a question names, or the newest documents when it asks for the present."""

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the same hits, best first, with ranks 1..n."""
        question = Question(query)
        known = sorted({hit.date for hit in hits if hit.date})
        scored = [replace(hit, score=hit.score + TIME * _time(question, hit, known)) for hit in hits]
        best = sorted(scored, key=lambda hit: (-hit.score, hit.rank))
        return [replace(hit, rank=rank) for rank, hit in enumerate(best, start=1)]


def _time(question: Question, hit: Hit, known: Sequence[str]) -> float:
    """1 where the passage is of a year asked about, or, if the present is asked about, of the newest date."""
    if question.years:
        return float(any(hit.date.startswith(year) or year in hit.passage.text for year in question.years))
    if question.now and hit.date and len(known) > 1:
        return known.index(hit.date) / (len(known) - 1)
    return 0.0
