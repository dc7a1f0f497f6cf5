"""Answers that are the words of a place itself."""

from collections.abc import Sequence

from qa.answerer.extractive import citation, text_of
from qa.answerer.statements import Statement
from qa.types import Answer, Hit, Status

_SURE = 0.95
"""The confidence of what stands at the place that the question names; shared by several such places."""


def quoted(places: Sequence[Hit], status: Status = "answered") -> Answer:
    """Quote each passage of ``places`` as a whole, in their order; a single document answers shortly too."""
    chosen = [Statement(hit, (hit.passage.start, hit.passage.end)) for hit in places]
    citations = tuple(citation(number, one.hit, one.span) for number, one in enumerate(chosen, start=1))
    documents = {one.doc_id for one in citations}
    short = citations[0] if len(documents) == 1 else None
    return Answer(status, text_of(chosen), citations, short, confidence=_SURE / len(documents))
