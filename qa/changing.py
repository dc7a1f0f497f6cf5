"""Documents as they come, are described, change and go, and the index that follows them."""

import threading
from collections.abc import Callable, Sequence

from qa.config import Settings
from qa.corpus import describe, file_of, put
from qa.errors import NotFoundError, QAIndexError
from qa.jobs import Jobs
from qa.keeper import Keeper, load_encoders
from qa.protocols import OnProgress
from qa.segment import Encoders
from qa.types import Job, Skipped


class Changing:
    """A folder of documents and its index, which change. Safe to use from many threads.

    Construction is instant and touches nothing; ``prepare`` or ``open`` loads the index. ``load`` makes the
    encoders when they are needed.
    """

    def __init__(self, settings: Settings, *, load: Callable[[Settings], Encoders] = load_encoders) -> None:
        self.settings = settings
        self._keeper = Keeper(settings, load)
        self._describing = threading.Lock()
        self._jobs = Jobs(settings.vectors / "jobs", self._renew, self._take_back)

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

    def describe(
        self, doc_id: str, *, title: str | None = None, date: str | None = None, source: str | None = None
    ) -> str:
        """Say what a document is called, of when and of whom it is, in ``documents.toml`` of the folder.

        None leaves a field as it is; empty, it is again what the text says. Only this document is indexed
        again. Returns the new ``index_version``. Raises InvalidInputError, NotFoundError, QAIndexError,
        NotReadyError, and CorpusError when ``documents.toml`` was wrong already.
        """
        if self._keeper.newest().index.file_of(doc_id) is None:
            raise NotFoundError(f"no document {doc_id[:80]!r} is indexed / 没有收录这份文件")
        fields = {"title": title, "date": date, "source": source}
        given = {name: value for name, value in fields.items() if value is not None}
        try:
            with self._describing:
                describe(self.settings.folder, doc_id, given)
        except OSError as exc:
            raise QAIndexError(f"{self.settings.folder} cannot be written ({exc.strerror})") from exc
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
        return self._keeper.newest().index.skipped

    def _take_back(self, job: Job) -> None:
        opened = self._keeper.opened
        for name in job.files if job.kind == "upload" else ():
            if opened is None or name not in opened.documents:
                (self.settings.folder / name).unlink(missing_ok=True)
