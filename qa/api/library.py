"""What the HTTP door needs of the service: the seam a test plugs its two documents into."""

from collections.abc import Sequence
from typing import Annotated, Protocol, cast

from fastapi import Depends, Request

from qa.types import Answer, Document, SearchResult, Skipped, Turn


class Library(Protocol):
    """The verbs of :class:`qa.service.Service` that have a route."""

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

    def search(self, query: str, *, k: int = 10, history: Sequence[Turn] = ()) -> SearchResult:
        """The best ``k`` passages."""
        ...

    def ask(self, question: str, *, history: Sequence[Turn] = (), k: int = 5) -> Answer:
        """Answer with citations, or ``not_found``."""
        ...

    def documents(self) -> list[Document]:
        """Every indexed document."""
        ...

    def document(self, doc_id: str) -> Document:
        """One document. Raises NotFoundError."""
        ...

    def skipped(self) -> list[Skipped]:
        """Files that were not indexed, and why."""
        ...


async def opened(request: Request) -> Library:
    """The library this application was created with."""
    return cast(Library, request.app.state.library)


OpenLibrary = Annotated[Library, Depends(opened)]
