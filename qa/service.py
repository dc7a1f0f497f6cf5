"""The wiring: the only room that knows all the others."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from qa.answerer import verify
from qa.catalog import checked_files
from qa.config import Settings
from qa.conversation import standalone
from qa.corpus import file_of, put, read_original
from qa.errors import NotFoundError, QAIndexError
from qa.jobs import Jobs
from qa.keeper import Keeper, load_encoders
from qa.opened import Opened
from qa.protocols import EVERYTHING, OnProgress
from qa.question import checked
from qa.retriever import LEGS, MAIN
from qa.scope import status_of
from qa.segment import Encoders
from qa.selftest import self_test
from qa.streaming import growing
from qa.timing import Clock
from qa.transcripts import Transcripts
from qa.types import Answer, Document, Entry, Filter, Hit, Job, SearchResult, Skipped, Turn


class Service:
    """A folder of documents, ready to be searched and asked. Safe to call from many threads.

    Construction is instant and touches nothing; ``prepare`` or ``open`` loads the index, ``load`` encoders.
    """

    def __init__(self, settings: Settings, *, load: Callable[[Settings], Encoders] = load_encoders) -> None:
        self.settings = settings
        self.transcripts = Transcripts(settings.vectors / "kept")
        self._keeper = Keeper(settings, load)
        self._jobs = Jobs(settings.vectors / "jobs", self._renew, self._take_back)

    @classmethod
    @contextmanager
    def over(
        cls, documents: Sequence[Document], settings: Settings, *, on_progress: OnProgress | None = None
    ) -> Iterator["Service"]:
        """Give a ready service over ``documents``; its index is temporary. Raises as ``prepare`` does."""
        with tempfile.TemporaryDirectory(prefix="qingwen-") as folder:
            service = cls(settings.model_copy(update={"vectors": Path(folder)}))
            service._keeper.build(documents, on_progress)
            yield service

    def prepare(self, *, on_progress: OnProgress | None = None, rebuild: bool = False) -> None:
        """Make the index what the folder is, reading only files that changed, and open it.

        It is built anew when it is missing or unusable, or with ``rebuild``. Raises CorpusError,
        EncoderError or QAIndexError; the error is also kept as ``failure``.
        """
        self._keeper.prepare(on_progress=on_progress, rebuild=rebuild)

    def begin(self) -> None:
        """Make an index of nothing where there is none, so that ``prepare`` takes an empty folder, too."""
        self._keeper.begin()

    def encoders(self) -> Encoders:
        """The encoders, for another service to share. Raises EncoderError."""
        return self._keeper.encoders()

    def open(self) -> None:
        """Open the index as it is. Raises QAIndexError when there is none or it cannot be used."""
        self._keeper.open()

    @property
    def ready(self) -> bool:
        """Whether ``search`` and ``ask`` can be called."""
        return self._keeper.opened is not None

    @property
    def failure(self) -> str:
        """Why preparation failed, or an empty string."""
        return self._keeper.failure

    @property
    def index_version(self) -> str:
        """The name of the generation in use; empty before ``ready``."""
        opened = self._keeper.opened
        return opened.index.version if opened else ""

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
        rewritten = standalone(checked(query, k), history)
        clock.lap("rewrite")
        rewritten, hits = opened.search(rewritten, k, wanted)
        clock.lap("search")
        return SearchResult(rewritten, tuple(hits), clock.laps)

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: Filter = EVERYTHING
    ) -> Answer:
        """Answer from the documents ``wanted`` with citations, or ``not_found``.

        Raises InvalidInputError, NotReadyError.
        """
        opened, clock = self._ready(), Clock()
        rewritten = standalone(checked(question, k), history)
        clock.lap("rewrite")
        found = opened.find(rewritten, k, wanted)
        clock.lap("search")
        answer = opened.answer(found, history)
        clock.lap("answer")
        short = (answer.short_answer,) if answer.short_answer else ()
        verify((*answer.citations, *short), opened.documents)
        return replace(answer, query=found.query, timings_ms=clock.laps, index_version=opened.index.version)

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
            MAIN: lambda query, k: list(opened.search(query, k)[1]),
        }

    def documents(self) -> Sequence[Document]:
        """Every indexed document in the order of ``doc_id``. Raises NotReadyError."""
        return self._ready().index.documents

    def entries(self) -> Sequence[Entry]:
        """Every indexed document without its text, in the order of ``doc_id``. Raises NotReadyError."""
        index = self._ready().index
        return [entry._replace(status=status_of(index, entry)) for entry in index.documents.entries]

    def document(self, doc_id: str) -> Document:
        """One document. Raises NotFoundError, NotReadyError."""
        opened = self._ready()
        try:
            return opened.index.standing(opened.documents[doc_id])
        except KeyError:
            raise NotFoundError(f"no document {doc_id!r} is indexed; GET /v1/documents lists them") from None

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

    def upload(self, files: Sequence[tuple[str, bytes]], *, replace: bool = False) -> Job:
        """Put files, by name and bytes, into the folder and index them: a job, which may still be waiting.

        All of them or none: raises InvalidInputError for a name that cannot be used, for an empty file, and
        when there is another file of that name and ``replace`` is not set. Raises QAIndexError.
        """
        try:
            names = put(self.settings.folder, files, replace=replace)
        except OSError as exc:
            raise QAIndexError(f"{self.settings.folder} cannot be written ({exc.strerror})") from exc
        return self._jobs.start("upload", names)

    def remove(self, doc_id: str) -> str:
        """Delete the file of a document and return the new ``index_version``; nothing finds it from then on.

        Raises NotFoundError when there is no such file, QAIndexError when it cannot be deleted.
        """
        path = file_of(self.settings.folder, doc_id)
        try:
            path.unlink()
        except OSError as exc:
            raise QAIndexError(f"{doc_id} cannot be deleted ({exc.strerror})") from exc
        self.prepare()
        return self.index_version

    def reindex(self) -> Job:
        """Make the index what the folder is, as a job."""
        return self._jobs.start("index")

    def resume(self) -> None:
        """Take up the jobs that a server before this one left."""
        self._jobs.resume()

    def jobs(self) -> list[Job]:
        """The newest first."""
        return self._jobs.all()

    def job(self, job_id: str) -> Job:
        """One job. Raises NotFoundError."""
        return self._jobs.get(job_id)

    def changed_job(self, job: Job, seconds: float) -> Job:
        """The same job when something of it has changed, or after so long. Raises NotFoundError."""
        return self._jobs.wait(job, seconds)

    def cancel(self, job_id: str) -> Job:
        """Stop a job before it changes the index; new files that it brought are taken away.

        Raises NotFoundError. A job that has ended stays as it is.
        """
        return self._jobs.cancel(job_id)

    def _renew(self, on_progress: OnProgress) -> Sequence[Skipped]:
        self.prepare(on_progress=on_progress)
        return self.skipped()

    def _take_back(self, job: Job) -> None:
        opened = self._keeper.opened
        for name in job.files if job.kind == "upload" else ():
            if opened is None or name not in opened.documents:
                (self.settings.folder / name).unlink(missing_ok=True)

    def self_test(self) -> list[tuple[str, bool, str]]:
        """Whether every file is as it was written and each leg finds passages by their own words.

        Of each check its name, whether it passed, and details. Every file is read, whatever its date.
        """
        opened = self._ready()
        try:
            count = checked_files(self.settings.vectors)
            files = ("files", True, f"{count} as they were written")
        except QAIndexError as exc:
            files = ("files", False, str(exc))
        return [files, *self_test(opened.index, opened.retriever)]

    def _ready(self) -> Opened:
        return self._keeper.newest()
