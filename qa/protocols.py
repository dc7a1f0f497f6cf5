"""The seams: one verb each. Whatever has the verb can be plugged in."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from qa.feedback import Feedback
from qa.judgments import Judged
from qa.types import Answer, Document, Entry, Filter, Hit, Job, Progress, Scored, SearchResult, Skipped, Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vectors: TypeAlias = "NDArray[np.float32]"
"""One a row. In quotes: commands know the seams, and those without vectors start without NumPy."""
OnProgress = Callable[[Progress], None]
EVERYTHING = Filter()
"""Asks for nothing: every document is searched."""


class Encoder(Protocol):
    """Text to unit vectors."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes when the vectors would."""
        ...

    @property
    def dimension(self) -> int:
        """Columns of every matrix it returns."""
        ...

    def encode_queries(self, queries: Sequence[str]) -> Vectors:
        """Shape (len(queries), dimension), float32, rows of length 1."""
        ...

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        """Shape (len(passages), dimension), float32, rows of length 1."""
        ...


class Searcher(Protocol):
    """Dense and sparse are the same thing to the retriever: that sentence is hybrid retrieval."""

    def search(self, query: str, k: int) -> list[Scored]:
        """At most ``k`` passages, best first; fewer when nothing else matches."""
        ...


class SentenceScorer(Protocol):
    """Looks at passages more closely."""

    def sentence_scores(self, query: str, positions: Sequence[int]) -> list[list[float]]:
        """Return for the passage at each position the cosine of each of its sentences with ``query``."""
        ...


class Reranker(Protocol):
    """Puts hits in a better order; returns the same hits with ranks 1..n."""

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the same hits, best first."""
        ...


class Answerer(Protocol):
    """Answers from hits only, with exact citations, or says that they do not answer."""

    def answer(self, question: str, hits: Sequence[Hit], history: Sequence[Turn]) -> Answer:
        """Answer ``question``, which already stands alone."""
        ...


class Collections(Protocol):
    """Named sets of documents, each a library."""

    def names(self) -> Sequence[str]:
        """The names of all of them, in order."""
        ...

    def service(self, name: str) -> "Library":
        """One of them. Raises NotFoundError."""
        ...

    def create(self, name: str) -> "Library":
        """Make an empty one. Raises InvalidInputError."""
        ...

    def remove(self, name: str) -> None:
        """Delete one with its documents. Raises NotFoundError."""
        ...


class Library(Protocol):
    """What the doors need of an opened service."""

    @property
    def ready(self) -> bool:
        """Whether ``search`` and ``ask`` can be called."""
        ...

    @property
    def failure(self) -> str:
        """Why preparation failed, or an empty string."""
        ...

    @property
    def index_version(self) -> str:
        """The name of the generation in use."""
        ...

    def search(
        self, query: str, *, k: int = 10, history: Sequence[Turn] = (), wanted: Filter = EVERYTHING
    ) -> SearchResult:
        """The best ``k`` passages of the documents ``wanted``."""
        ...

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: Filter = EVERYTHING
    ) -> Answer:
        """Answer from the documents ``wanted`` with citations, or ``not_found``."""
        ...

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: Filter = EVERYTHING
    ) -> Iterator[Answer]:
        """What ``ask`` answers, as it comes: citations, then text; the last is whole."""
        ...

    def documents(self) -> Sequence[Document]:
        """Every indexed document."""
        ...

    def entries(self, *, named: str = "") -> Sequence[Entry]:
        """Every indexed document without its text, or those in whose title or name ``named`` stands."""
        ...

    def entry(self, doc_id: str) -> Entry:
        """One document without its text. Raises NotFoundError."""
        ...

    def document(self, doc_id: str) -> Document:
        """One document. Raises NotFoundError."""
        ...

    def original(self, doc_id: str) -> bytes:
        """The file it was read from. Raises NotFoundError, also when the file is gone or was changed."""
        ...

    def skipped(self) -> list[Skipped]:
        """Files that were not indexed, and why."""
        ...

    def upload(self, files: Sequence[tuple[str, bytes]], *, replace: bool = False) -> Job:
        """Put files, by name and bytes, into the folder and index them. Raises InvalidInputError."""
        ...

    def remove(self, doc_id: str) -> str:
        """Delete the file of a document; returns the new ``index_version``. Raises NotFoundError."""
        ...

    def purge(self) -> str:
        """Take all that was removed off the disk; returns the new ``index_version``."""
        ...

    def describe(
        self, doc_id: str, *, title: str | None = None, date: str | None = None, source: str | None = None
    ) -> str:
        """Say what a document is called, of when and of whom; returns the new ``index_version``.

        Raises InvalidInputError, NotFoundError.
        """
        ...

    def reindex(self) -> Job:
        """Make the index what the folder is, as a job."""
        ...

    def jobs(self) -> Sequence[Job]:
        """The newest first."""
        ...

    def job(self, job_id: str) -> Job:
        """One job. Raises NotFoundError."""
        ...

    def changed_job(self, job: Job, seconds: float) -> Job:
        """The same job when something of it has changed, or after so long."""
        ...

    def cancel(self, job_id: str) -> Job:
        """Stop a job before it changes the index. Raises NotFoundError."""
        ...

    @property
    def feedback(self) -> Feedback:
        """What people said of answers."""
        ...

    def judged(self) -> Judged:
        """The same as questions that ``qa evaluate`` reads."""
        ...
