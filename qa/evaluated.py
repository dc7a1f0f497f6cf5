"""A service under examination: judged questions are searched with each of its legs and asked."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from qa.protocols import OnProgress
from qa.retriever import WEIGHTS
from qa.types import Answer, Document, Hit, SearchResult, Turn

if TYPE_CHECKING:
    from qa.evaluation import Question, Report

Leg = Callable[[str, int], list[Hit]]

PASSAGES = 20
"""Hits a leg gives for a question: the measures look at 10."""


class Evaluated(Protocol):
    """What is evaluated: the verbs of a service."""

    @property
    def index_version(self) -> str:
        """The name of the generation in use."""
        ...

    def search(self, query: str, *, k: int = 10, history: Sequence[Turn] = ()) -> SearchResult:
        """The best ``k`` passages."""
        ...

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        """Answer from the documents."""
        ...

    def document(self, doc_id: str) -> Document:
        """One document. Raises NotFoundError."""
        ...

    def legs(self) -> dict[str, Leg]:
        """Each leg alone and all together, by name."""
        ...


def evaluate(
    desk: Evaluated,
    questions: "Sequence[Question]",
    *,
    each: bool = False,
    on_progress: OnProgress | None = None,
) -> "Report":
    """Search and ask every question; with ``each`` also every searcher alone. Raises what ``desk`` raises."""
    from qa.evaluation import evaluate_questions

    return evaluate_questions(
        questions,
        {name: following(desk, leg) for name, leg in compared_legs(desk, each=each).items()},
        ask=lambda question, history: desk.ask(question, history=history),
        text_of=lambda doc_id: desk.document(doc_id).text,
        on_progress=on_progress,
    )


def compared_legs(desk: Evaluated, *, each: bool) -> dict[str, Leg]:
    """The legs of the desk; single searchers only if ``each`` is wanted."""
    return {name: leg for name, leg in desk.legs().items() if each or name not in WEIGHTS}


def following(desk: Evaluated, leg: Leg) -> Callable[[str, Sequence[Turn]], list[Hit]]:
    """A leg that first makes a follow-up stand alone, as ``search`` and ``ask`` do."""

    def search(question: str, history: Sequence[Turn]) -> list[Hit]:
        query = desk.search(question, k=1, history=history).query if history else question
        return leg(query, PASSAGES)

    return search
