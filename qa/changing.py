"""Documents as they come, are described, change and go, and the index that follows them."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qa.config import Settings
from qa.corpus import Arrivals, Arrived, describe, file_of, undescribe
from qa.errors import NotFoundError, QAIndexError
from qa.jobs import ENDED, Jobs, new_job_id
from qa.keeper import Keeper, load_encoders
from qa.protocols import OnProgress
from qa.quotes import Stands, standing
from qa.segment import Encoders
from qa.transcripts import Transcripts
from qa.types import Document, Job, Skipped


class Changing(ABC):
    """A folder of documents and its index, which change. Safe to use from many threads.

    Construction is instant and touches nothing; ``prepare`` or ``open`` loads the index. ``load`` makes the
    encoders when they are needed.
    """

    def __init__(self, settings: Settings, *, load: Callable[[Settings], Encoders] = load_encoders) -> None:
        self.settings = settings
        first, self._name = _beside(settings)
        self.transcripts = Transcripts(first / "kept")
        self._sifted = ""
        self._keeper = Keeper(settings, load)
        self._describing = threading.Lock()
        jobs = settings.vectors / "jobs"
        self._arrivals = Arrivals(settings.folder, jobs / "kept")
        self._jobs = Jobs(jobs, self._renew, undo=self._take_back, settle=self._settle)

    def prepare(self, *, on_progress: OnProgress | None = None, rebuild: bool = False) -> None:
        """Make the index what the folder is, reading only files that changed, and open it.

        It is built anew when it is missing or unusable, or with ``rebuild``. Raises CorpusError,
        EncoderError or QAIndexError; the error is also kept as ``failure``. What quotes a document that is
        gone is forgotten, whoever removed it: raises as ``forget_gone``.
        """
        self._keeper.prepare(on_progress=on_progress, rebuild=rebuild)
        self.forget_gone()

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

    def upload(self, files: Sequence[tuple[str, bytes]], *, replace: bool = False) -> Job:
        """Put files, by name and bytes, into the folder and index them: a job, which may still be waiting.

        All of them or none: raises InvalidInputError for a name that cannot be used, for an empty file, and
        when there is another file of that name and ``replace`` is not set. Raises QAIndexError. What is
        replaced is kept until the job has ended, for ``cancel``.
        """
        job_id = new_job_id()
        with self._written():
            names = self._arrivals.put(job_id, files, replace=replace)
        return self._jobs.start("upload", names, job_id=job_id)

    def remove(self, doc_id: str) -> str:
        """Delete the file of a document and return the new ``index_version``; nothing finds it from then on.

        Conversations and opinions that quote it are forgotten. Its bytes leave the index's files when these
        are written anew, with ``purge`` at once.

        Raises NotFoundError when there is no such file, QAIndexError when it cannot be deleted,
        TranscriptError or FeedbackError when what is kept cannot be changed, and CorpusError when
        ``documents.toml``, which shall no longer tell of it, is wrong.
        """
        path = file_of(self.settings.folder, doc_id)
        name = path.relative_to(self.settings.folder).as_posix()
        with self._written(), self._describing:  # first, for it may be refused
            undescribe(self.settings.folder, name)
        try:
            path.unlink()
            self._arrivals.forget(name)
        except OSError as exc:
            raise QAIndexError(f"{doc_id} cannot be deleted ({exc.strerror})") from exc
        try:
            self._keeper.prepare(names=[name])
        finally:  # whatever becomes of the index
            self._sift(lambda quote: quote.doc_id.partition("#")[0] != name)
        return self.index_version

    def forget_gone(self, since: str | None = None) -> None:
        """Forget whatever quotes words that no document of the index in use says any more.

        Nothing is looked at when nothing has changed ``since`` this ``index_version``, or the last look.
        Raises TranscriptError, FeedbackError or QAIndexError when what is kept cannot be changed.
        """
        version = self._keeper.newest().index.version
        if version != (self._sifted if since is None else since):
            self._sift(standing(self.document))
            self._sifted = version

    def _sift(self, stands: Stands) -> None:
        """Take what does not stand out of all that quotes documents."""
        self.transcripts.sift(stands, collection=self._name)

    def purge(self) -> str:
        """Take what was removed off the disk, too, and return the new ``index_version``.

        Segments that hold any of it are written anew, and no earlier generation is kept. Nothing is encoded,
        but it takes time in proportion to these segments. Raises as ``prepare``.
        """
        self._keeper.prepare(purge=True)
        return self.index_version

    def describe(
        self, doc_id: str, *, title: str | None = None, date: str | None = None, source: str | None = None
    ) -> str:
        """Say what a document is called, of when and of whom it is, in ``documents.toml`` of the folder.

        None leaves a field as it is; empty, it is again what the text says. Only this document is indexed
        again. Returns the new ``index_version``. Raises InvalidInputError, NotFoundError, QAIndexError,
        NotReadyError, and CorpusError when ``documents.toml`` was wrong already.
        """
        file = self._keeper.newest().index.file_of(doc_id)
        if file is None:
            raise NotFoundError(f"no document {doc_id[:80]!r} is indexed / 没有收录这份文件")
        fields = {"title": title, "date": date, "source": source}
        given = {name: value for name, value in fields.items() if value is not None}
        with self._written(), self._describing:
            describe(self.settings.folder, doc_id, given)
        self._keeper.prepare(names=[file.path])
        return self.index_version

    def reindex(self) -> Job:
        """Make the index what the folder is, as a job."""
        return self._jobs.start("index")

    def resume(self) -> None:
        """Take up the jobs that a server before this one left."""
        self._jobs.resume(self._recover)

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
        """Stop a job before it changes the index; files that it brought are taken away, replaced ones back.

        Raises NotFoundError. A job that has ended stays as it is.
        """
        return self._jobs.cancel(job_id)

    def _renew(self, on_progress: OnProgress, names: Collection[str] | None) -> Sequence[Skipped]:
        self._keeper.prepare(on_progress=on_progress, names=names)
        index = self._keeper.newest().index
        if names is None:
            self.forget_gone()
            return index.skipped
        held = standing(self.document)  # of other files nothing that is quoted is gone
        self._sift(lambda quote: quote.doc_id.partition("#")[0] not in names or held(quote))
        return [one for file in index.files.among(names) for one in file.skipped]

    def _settle(self, job: Job) -> None:
        self._arrivals.settle(job.job_id)

    def _take_back(self, job: Job) -> None:
        with self._written():
            undone = self._arrivals.take_back(job.job_id)
        self._follow(undone)

    def _recover(self, jobs: Sequence[Job]) -> Collection[str]:
        ended = [job.job_id for job in jobs if job.state in ENDED]
        running = [job.job_id for job in jobs if job.state not in ENDED]
        with self._written():
            stopped, undone = self._arrivals.recover(running, ended)
        self._follow(undone)
        return stopped

    def _follow(self, undone: Sequence[Arrived]) -> None:
        """Index again where something that was taken back is indexed already, beside another change."""
        opened = self._keeper.opened
        known = opened.index.files.among([one.name for one in undone]) if opened and undone else ()
        if {(file.path, file.digest) for file in known}.intersection(
            (one.name, one.digest) for one in undone
        ):
            self._jobs.start("index")

    @abstractmethod
    def document(self, doc_id: str) -> Document:
        """One document. Raises NotFoundError."""

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            yield
        except OSError as exc:
            raise QAIndexError(f"{self.settings.folder} cannot be written ({exc.strerror})") from exc


def _beside(settings: Settings) -> tuple[Path, str]:
    """The index folder that conversations are beside, and under which name they are about these documents.

    Those about a collection are with the others, beside the index of the folder that is served.
    """
    if settings.vectors.parts[-3:] == ("collections", settings.collection, "index"):
        return settings.vectors.parents[2], settings.collection
    return settings.vectors, ""
