"""The wiring: the only room that knows all the others."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from qa.answerer import verify
from qa.changing import Changing
from qa.config import Settings
from qa.conversation import readings
from qa.corpus import read_original
from qa.errors import NotFoundError, QAIndexError
from qa.evaluations import Evaluations
from qa.feedback import Feedback
from qa.inspection import Inspection, inspect
from qa.inventory import Browse, Sheet, sheet
from qa.judgments import Judged, judged
from qa.opened import Opened
from qa.protocols import EVERYTHING, OnProgress
from qa.question import checked
from qa.quotes import Stands
from qa.retriever import LEGS, MAIN
from qa.scope import entries_of, status_of
from qa.selftest import self_test
from qa.streaming import growing
from qa.timing import Clock
from qa.types import Answer, Document, Entry, Filter, Hit, SearchResult, Skipped, Turn


class Service(Changing):
    """A folder of documents, ready to be searched and asked. Safe to call from many threads.

    Construction is instant and touches nothing; ``prepare`` or ``open`` loads the index, ``load`` encoders.
    """

    @classmethod
    @contextmanager
    def over(
        cls, documents: Sequence[Document], settings: Settings, *, on_progress: OnProgress | None = None
    ) -> Iterator["Service"]:
        """Give a ready service over ``documents``; its index is temporary. Raises as ``prepare`` does."""
        with tempfile.TemporaryDirectory(prefix="qingwen-", ignore_cleanup_errors=True) as folder:
            service = cls(settings.model_copy(update={"vectors": Path(folder), "catalog": ""}))
            service._keeper.build(documents, on_progress)
            yield service

    @property
    def facts(self) -> Mapping[str, Any]:
        """The manifest of the generation in use. Raises NotReadyError."""
        return self._ready().index.facts

    def search(
        self, query: str, *, k: int = 10, history: Sequence[Turn] = (), wanted: Filter = EVERYTHING
    ) -> SearchResult:
        """The best ``k`` passages (1..100) of the documents ``wanted``.

        Raises InvalidInputError, NotReadyError.
        """
        opened, clock = self._ready(), Clock()
        read = readings(checked(query, k), history)
        clock.lap("rewrite")
        found = opened.follow(read, k, wanted)
        clock.lap("search")
        return SearchResult(found.query, tuple(found.hits), clock.laps)

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: Filter = EVERYTHING
    ) -> Answer:
        """Answer from the documents ``wanted`` with citations, or ``not_found``.

        Raises InvalidInputError, NotReadyError.
        """
        opened, clock = self._ready(), Clock()
        read = readings(checked(question, k), history)
        clock.lap("rewrite")
        found = opened.follow(read, k, wanted)
        clock.lap("search")
        answer = opened.answer(found, history)
        clock.lap("answer")
        short = (answer.short_answer,) if answer.short_answer else ()
        verify((*answer.citations, *short), opened.documents)
        return replace(answer, query=found.query, timings_ms=clock.laps, index_version=opened.index.version)

    @cached_property
    def evaluations(self) -> Evaluations:
        """Evaluations of this service on question files, and their reports."""
        kept = self.settings.vectors / "kept" / "evaluations"
        return Evaluations(kept, self, collection=self.settings.collection)

    def inspect(
        self, question: str, *, history: Sequence[Turn] = (), wanted: Filter = EVERYTHING
    ) -> Inspection:
        """Ask, and keep every step of it to be looked at. Raises InvalidInputError, NotReadyError."""
        return inspect(self._ready(), question, history=history, wanted=wanted)

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: Filter = EVERYTHING
    ) -> Iterator[Answer]:
        """What ``ask`` answers, as it comes: citations, then text; the last is whole. Raises as ``ask``."""
        yield from growing(self.ask(question, history=history, k=k, wanted=wanted))

    def legs(self) -> dict[str, Callable[[str, int], list[Hit]]]:
        """Each searcher and leg alone and all together, by name, for evaluation. Raises NotReadyError."""
        opened = self._ready()

        def searching(leg: str) -> Callable[[str, int], list[Hit]]:
            return lambda query, k: opened.retriever.search(query, k, leg=leg)

        return {
            **{leg: searching(leg) for leg in LEGS},
            MAIN: lambda query, k: list(opened.search(query, k)),
        }

    def documents(self) -> Sequence[Document]:
        """Every indexed document in the order of ``doc_id``. Raises NotReadyError."""
        return self._ready().index.documents

    def entries(self, *, named: str = "") -> Sequence[Entry]:
        """Every indexed document without its text, in the order of ``doc_id``; made when they are looked at.

        Only those in whose title or ``doc_id`` ``named`` stands, if it is given. Raises NotReadyError.
        """
        return entries_of(self._ready().index, named)

    def entry(self, doc_id: str) -> Entry:
        """One document without its text. Raises NotFoundError, NotReadyError."""
        index = self._ready().index
        with _named(doc_id):
            entry = index.documents.entries.by_id[doc_id]
        return entry._replace(status=status_of(index, entry))

    def document(self, doc_id: str) -> Document:
        """One document. Raises NotFoundError, NotReadyError."""
        opened = self._ready()
        with _named(doc_id):
            document = opened.documents[doc_id]
        return opened.index.standing(document)

    def original(self, doc_id: str) -> bytes:
        """The file a document was read from. Raises NotFoundError (also gone or changed), NotReadyError."""
        file = self._ready().index.file_of(doc_id)
        if file is None:
            self.document(doc_id)
            raise NotFoundError(f"{doc_id} 不是从文件读来的。{doc_id} was not read from a file")
        return read_original(self.settings.folder, file.path, file.digest)

    def skipped(self) -> list[Skipped]:
        """Files of the folder that were not indexed, and why. Raises NotReadyError."""
        return list(self._ready().index.skipped)

    def sheet(self, browse: Browse) -> Sheet:
        """A page of the list of documents, skipped files and files in a job. Raises NotReadyError."""
        opened = self._ready()
        return sheet(opened.listed, self.jobs(), browse, opened.index.version)

    @cached_property
    def feedback(self) -> Feedback:
        """What people said of answers."""
        return Feedback(self.settings.vectors / "kept", self.document)

    def _sift(self, stands: Stands) -> None:
        super()._sift(stands)
        self.feedback.sift(stands)
        self.evaluations.sift(stands)

    def judged(self) -> Judged:
        """What people said of answers, as questions that ``qa evaluate`` reads. Raises FeedbackError."""
        return judged(self.feedback.all(), self.document)

    def self_test(self) -> list[tuple[str, bool, str]]:
        """Whether every file is as it was written and each leg finds passages by their own words.

        Of each check its name, whether it passed, and details. Every file is read, whatever its date.
        """
        opened = self._ready()
        try:
            count = self._keeper.catalog.checked_files()
            files = ("files", True, f"{count} as they were written")
        except QAIndexError as exc:
            files = ("files", False, str(exc))
        return [files, *self_test(opened.index, opened.retriever)]

    def _ready(self) -> Opened:
        return self._keeper.newest()


@contextmanager
def _named(doc_id: str) -> Iterator[None]:
    try:
        yield
    except KeyError:
        raise NotFoundError(f"no document {doc_id!r} is indexed; GET /v1/documents lists them") from None
