"""Puts hits first that are of the time asked about, or that name the person asked for."""

from collections.abc import Sequence
from dataclasses import replace

from qa.question import Question
from qa.text import is_chinese
from qa.types import Hit

TIME, PERSON = 1.0, 2.0
"""What the right time and the person in the post asked for count for beside the fused standard scores."""
POST = 0.5
"""Share of the post asked for that a post must have, in order, to be it."""


class QuestionReranker:
    """Prefers what a question asks for beside its words.

    That is the year it names, the newest documents when it asks for the present, and, when it asks who,
    passages that name somebody in the post it names.
    """

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the same hits, best first, with ranks 1..n."""
        question = Question(query)
        known = sorted({hit.date for hit in hits if hit.date})
        scored = [
            replace(
                hit, score=hit.score + TIME * _time(question, hit, known) + PERSON * _person(question, hit)
            )
            for hit in hits
        ]
        best = sorted(scored, key=lambda hit: (-hit.score, hit.rank))
        return [replace(hit, rank=rank) for rank, hit in enumerate(best, start=1)]


def _time(question: Question, hit: Hit, known: Sequence[str]) -> float:
    """1 where the passage is of a year asked about, or, if the present is asked about, of the newest date."""
    if question.years:
        return float(any(hit.date.startswith(year) or year in hit.passage.text for year in question.years))
    if question.now and hit.date and len(known) > 1:
        return known.index(hit.date) / (len(known) - 1)
    return 0.0


def _person(question: Question, hit: Hit) -> float:
    """How well somebody in the passage fits the post; between languages posts cannot be compared."""
    if question.kind != "who" or not is_chinese(question.text):
        return 0.0
    passage = hit.passage
    spans = ((start - passage.start, end - passage.start) for start, end in passage.sentences)
    best = max((question.fit(passage.text[slice(*span)]) for span in spans), default=0.0)
    return best if best >= POST else 0.0
