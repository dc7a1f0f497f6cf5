"""Hits made by hand, and an answerer whose every token weighs the same."""

from collections.abc import Sequence

from qa.answerer import Alignment, ExtractiveAnswerer
from qa.answerer.evidence import Asked, understand
from qa.text import sentences
from qa.tokens import grams
from qa.types import Answer, Hit, Passage
from tests.hashing import HashingEncoder


def hit(
    text: str,
    doc_id: str = "年报.txt",
    *,
    start: int = 0,
    rank: int = 1,
    score: float = 1.0,
    cosines: Sequence[float] = (),
    heading: str = "",
    date: str = "",
) -> Hit:
    """A passage at ``start`` of its document; its sentences all have cosine 0.5 unless others are given."""
    spans = tuple((start + a, start + b) for a, b in sentences(text, (0, len(text))))
    passage = Passage(doc_id, start, start + len(text), text, heading, spans)
    scores = tuple(cosines) or (0.5,) * len(spans)
    return Hit(passage, score, rank, {}, f"{doc_id}的标题", date, sentence_scores=scores)


def alike(token: str) -> float:
    """Every token weighs the same."""
    return 1.0


def asked(question: str) -> Asked:
    """A question whose tokens weigh the same."""
    return understand(question, alike)


def alignment() -> Alignment:
    """Compares characters and pairs."""
    return Alignment(HashingEncoder(), words=grams, weight=alike)


def answer(question: str, *hits: Hit, refuse_below: float = 0.0) -> Answer:
    """What the answerer says; it never refuses unless told."""
    answerer = ExtractiveAnswerer(weight=alike, alignment=alignment(), refuse_below=refuse_below)
    return answerer.answer(question, hits, ())
