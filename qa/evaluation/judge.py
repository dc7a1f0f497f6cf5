"""Judges one ranking or one answer against the gold spans and the gold answers of its question."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.errors import NotFoundError
from qa.evaluation.measures import measure_pieces
from qa.evaluation.questions import Question
from qa.types import Answer, Citation, Hit, Status

TextOf = Callable[[str], str]
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one answer was worth: ``contained`` in [0, 1]; ``length`` in characters without marks.

    Of its ``citations``, ``relevant`` overlap a gold span and ``exact`` quote their document exactly.
    """

    query_id: str
    type: str
    answerable: bool
    status: Status
    contained: float
    length: int
    short_contained: float
    short_length: int
    citations: int
    relevant: int
    exact: int
    confidence: float

    @property
    def right(self) -> bool:
        """Whether a gold answer (most, if all are needed) is in the answer, or the refusal was right."""
        return self.contained > _MOST if self.answerable else self.refused

    @property
    def refused(self) -> bool:
        """Whether the answer says that the documents do not say."""
        return self.status == "not_found"


def covered_pieces(question: Question, span: Hit | Citation) -> frozenset[int]:
    """The pieces whose gold spans lie in the same document and overlap the span of a hit or a citation.

    Half-open spans that only touch, (0, 5) and (5, 9), do not overlap.
    """
    place = span.passage if isinstance(span, Hit) else span
    return frozenset(
        gold.piece
        for gold in question.evidence
        if gold.doc_id == place.doc_id and place.start < gold.end and gold.start < place.end
    )


def judge_ranking(question: Question, hits: Sequence[Hit]) -> dict[str, float]:
    """All measures of the hits, best first, for an answerable question."""
    return measure_pieces([covered_pieces(question, hit) for hit in hits], question.pieces)


def judge_answer(question: Question, answer: Answer, text_of: TextOf) -> Verdict:
    """Judge one answer; ``text_of`` gives a document's text as read and may raise NotFoundError."""
    text = without_marks(answer)
    short = answer.short_answer.quote if answer.short_answer else "" if answer.status == "not_found" else text
    return Verdict(
        query_id=question.query_id,
        type=question.type,
        answerable=question.answerable,
        status=answer.status,
        contained=0.0 if answer.status == "not_found" else containment(question, text),
        length=len(text),
        short_contained=containment(question, short),
        short_length=len(short),
        citations=len(answer.citations),
        relevant=sum(bool(covered_pieces(question, citation)) for citation in answer.citations),
        exact=sum(is_exact(citation, text_of) for citation in answer.citations),
        confidence=answer.confidence,
    )


def without_marks(answer: Answer) -> str:
    """The text without the ``[n]`` of its citations; other brackets are the document's own and stay."""
    text = answer.text
    for citation in answer.citations:
        text = text.replace(f"[{citation.number}]", "")
    return text.strip()


def containment(question: Question, text: str) -> float:
    """1 when the text contains any gold answer; the share of them it contains when all are needed."""
    folded = fold(text)
    found = [fold(answer) in folded for answer in question.answers]
    if not found:
        return 0.0
    return sum(found) / len(found) if question.all_needed else float(any(found))


def fold(text: str) -> str:
    """NFKC, without whitespace, case folded: 「１０ Km²」 becomes 「10km2」."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def is_exact(citation: Citation, text_of: TextOf) -> bool:
    """Whether the document is there and ``text[start:end]`` is the quote (a quote of nothing is not)."""
    try:
        text = text_of(citation.doc_id)
    except NotFoundError:
        return False
    return bool(citation.quote) and text[citation.start : citation.end] == citation.quote
