"""Small documents, questions, hits and answers, made by hand."""

from qa.errors import NotFoundError
from qa.evaluation import Gold, Question
from qa.types import Answer, Citation, Hit, Passage

TEXTS = {"a.txt": "甲任局长。乙任书记。\n\n丙是秘书长。", "b.txt": "局长是甲。"}
"""Sentences of a.txt: 0..5, 5..10, 12..18."""


def text_of(doc_id: str) -> str:
    """The text of a document, or NotFoundError as the service raises it."""
    if doc_id not in TEXTS:
        raise NotFoundError(f"no document {doc_id!r}")
    return TEXTS[doc_id]


def hit(doc_id: str, start: int, end: int, *, score: float = 1.0, rank: int = 1) -> Hit:
    """A hit on a span."""
    text = TEXTS.get(doc_id, "")[start:end]
    return Hit(Passage(doc_id, start, end, text, ""), score, rank)


def citation(number: int, doc_id: str, start: int, end: int, *, quote: str = "") -> Citation:
    """A citation, with the quote that stands there unless another is given."""
    quote = quote or TEXTS.get(doc_id, "")[start:end]
    return Citation(number, doc_id, "", "", "", start, end, quote, 1.0)


def answered(text: str, *citations: Citation) -> Answer:
    """An answer that was given."""
    return Answer("answered", text, citations)


WHO = Question("q1", "谁是局长?", "who", True, ("甲", "某甲"), (Gold("a.txt", 0, 4), Gold("b.txt", 0, 5)))
BOTH = Question(
    "q2",
    "局长和书记是谁?",
    "multi",
    True,
    ("甲", "乙"),
    (Gold("a.txt", 0, 5, 0), Gold("b.txt", 0, 5, 0), Gold("a.txt", 5, 10, 1)),
    all_needed=True,
)
ABSENT = Question("q3", "谁是市长?", "unanswerable", False)
REFUSAL = Answer("not_found", "文件中没有。")
