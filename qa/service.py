"""The wiring: the only room that knows all the others."""

from collections.abc import Sequence

from qa.config import Settings
from qa.protocols import OnProgress
from qa.types import Answer, Document, SearchResult, Skipped, Turn


class Service:
    """A folder of documents, ready to be searched and asked. Safe to call from many threads.

    Construction is instant and touches nothing; ``prepare`` loads the index.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def prepare(self, *, on_progress: OnProgress | None = None, rebuild: bool = False) -> None:
        """Index the folder when the index is missing or the folder changed, then open it.

        Raises CorpusError, EncoderError or QAIndexError; the error is also kept as ``failure``.
        """
        raise NotImplementedError

    def open(self) -> None:
        """Open the index as it is. Raises QAIndexError when there is none or it cannot be used."""
        raise NotImplementedError

    @property
    def ready(self) -> bool:
        """Whether ``search`` and ``ask`` can be called."""
        raise NotImplementedError

    @property
    def failure(self) -> str:
        """Why preparation failed, or an empty string."""
        raise NotImplementedError

    @property
    def index_version(self) -> str:
        """The name of the generation in use; empty before ``ready``."""
        raise NotImplementedError

    def search(self, query: str, *, k: int = 10, history: Sequence[Turn] = ()) -> SearchResult:
        """The best ``k`` passages (1..100). Raises InvalidInputError, NotReadyError."""
        raise NotImplementedError

    def ask(self, question: str, *, history: Sequence[Turn] = (), k: int = 5) -> Answer:
        """Answer with citations, or ``not_found``. Raises InvalidInputError, NotReadyError."""
        raise NotImplementedError

    def documents(self) -> list[Document]:
        """Every indexed document in the order of ``doc_id``. Raises NotReadyError."""
        raise NotImplementedError

    def document(self, doc_id: str) -> Document:
        """One document. Raises NotFoundError, NotReadyError."""
        raise NotImplementedError

    def skipped(self) -> list[Skipped]:
        """Files of the folder that were not indexed, and why."""
        raise NotImplementedError
