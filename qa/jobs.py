"""Work on the index that takes a while: one job at a time, told as it goes, resumed after a restart.

Every job does the same: it makes the index what the folder is, or some named files of it. So those that wait
are done together, and one that was interrupted, with its process or by a crash, is resumed by doing it again.
"""

import datetime
import json
import logging
import queue
import secrets
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from qa.errors import CancelledError, NotFoundError, QAError
from qa.manifest import replace as write_whole
from qa.protocols import OnProgress
from qa.types import Job, JobState, Progress, Skipped

_KEPT = 100
"""Jobs that are remembered after they ended."""
ENDED = ("done", "failed", "cancelled")
"""States that a job stays in."""

log = logging.getLogger(__name__)

Work = Callable[[OnProgress, Collection[str] | None], Sequence[Skipped]]
"""Makes the index what these files are, or all of the folder; returns those that could not be read."""
Undo = Callable[[Job], None]
Recover = Callable[[Sequence[Job]], Collection[str]]
"""Puts in order what a crash left of these jobs; returns those that were being cancelled."""


class Jobs:
    """The jobs of one folder, in files below ``folder``. Safe to use from many threads of one process.

    ``undo`` takes away what a job that is cancelled had brought, ``settle`` is told of one that has ended
    otherwise.
    """

    def __init__(self, folder: Path, work: Work, *, undo: Undo, settle: Undo) -> None:
        self._folder, self._work, self._undo, self._settle = folder, work, undo, settle
        self._jobs: dict[str, Job] = {}
        self._stopping: set[str] = set()
        self._changed = threading.Condition(threading.RLock())
        self._waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def resume(self, recover: Recover) -> None:
        """Take up the jobs that another process left; called once, before anything else is."""
        with self._changed:
            left = sorted(self._read(), key=lambda job: job.created)
            cancelled = recover(left)
            for job in left:
                self._jobs[job.job_id] = job
                if job.job_id in cancelled:
                    self._end(job, "cancelled")
                elif job.state not in ENDED:
                    self._enqueue(replace(job, state="waiting", stage="", done=0, total=0))

    def start(self, kind: str, files: Sequence[str] = (), *, job_id: str = "") -> Job:
        """Begin a job as soon as those before it have ended; ``job_id`` is one of ``new_job_id``."""
        job = Job(job_id or new_job_id(), kind, files=tuple(files), created=_now())
        self._enqueue(job)
        return job

    def all(self) -> list[Job]:
        """The newest first."""
        with self._changed:
            return list(self._jobs.values())[::-1]

    def get(self, job_id: str) -> Job:
        """One job as it is now. Raises NotFoundError."""
        with self._changed:
            if job_id not in self._jobs:
                raise NotFoundError(
                    f"there is no job {job_id[:40]!r}; GET /v1/jobs lists them / 没有这项任务"
                )
            return self._jobs[job_id]

    def wait(self, job: Job, seconds: float) -> Job:
        """Return the job when it is no longer as it was, or after so long. Raises NotFoundError."""
        with self._changed:
            self._changed.wait_for(lambda: self.get(job.job_id) != job, timeout=seconds)
            return self.get(job.job_id)

    def cancel(self, job_id: str) -> Job:
        """Stop a job before it changes the index; one that has ended stays as it is. Raises NotFoundError."""
        with self._changed:
            job = self.get(job_id)
            if job.state not in ENDED:
                self._stopping.add(job_id)
            if job.state == "waiting":
                return self._cancelled(job)
            return job

    def _enqueue(self, job: Job) -> None:
        with self._changed:
            self._set(job)
            self._waiting.put(job.job_id)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="jobs")
                self._thread.start()

    def _run(self) -> None:
        while True:
            job_ids = [self._waiting.get()]
            while not self._waiting.empty():  # all of them want the same: it is done once
                job_ids.append(self._waiting.get())
            with self._changed:
                known = [self._jobs[job_id] for job_id in job_ids if job_id in self._jobs]
                jobs = [job.job_id for job in known if job.state == "waiting"]
                for job_id in jobs:
                    self._set(replace(self._jobs[job_id], state="running"))
            if jobs:
                self._do(jobs)

    def _do(self, job_ids: Sequence[str]) -> None:
        def on_progress(step: Progress) -> None:
            with self._changed:
                if self._stopping.intersection(job_ids):
                    raise CancelledError("the job was cancelled / 任务已取消")
                for job_id in job_ids:
                    job = self._jobs[job_id]
                    self._jobs[job_id] = replace(job, stage=step.stage, done=step.done, total=step.total)
                self._changed.notify_all()

        try:
            skipped = self._work(on_progress, self._files(job_ids))
        except CancelledError:
            self._stop(job_ids)
        except QAError as exc:
            self._end_all(job_ids, "failed", reason=str(exc))
        except Exception as exc:  # the thread must go on to the next job
            log.exception("jobs %s failed", job_ids)
            reason = (
                f"the job failed unexpectedly ({type(exc).__name__}); see the log / 任务意外失败,详见日志"
            )
            self._end_all(job_ids, "failed", reason=reason)
        else:
            for job in map(self.get, job_ids):
                own = tuple(file for file in skipped if not job.files or file.doc_id in job.files)
                self._end(job, "done", skipped=own)

    def _files(self, job_ids: Sequence[str]) -> Collection[str] | None:
        """The files that these jobs are about, None when one of them is about the folder."""
        jobs = [self.get(job_id) for job_id in job_ids]
        return {name for job in jobs for name in job.files} if all(job.files for job in jobs) else None

    def _stop(self, job_ids: Sequence[str]) -> None:
        """End what was cancelled; what ran with it begins again."""
        with self._changed:
            for job in map(self.get, job_ids):
                if job.job_id in self._stopping:
                    self._cancelled(job)
                else:
                    self._enqueue(replace(job, state="waiting"))

    def _cancelled(self, job: Job) -> Job:
        try:
            self._undo(job)
        except QAError as exc:
            return self._end(job, "failed", reason=str(exc))
        return self._end(job, "cancelled")

    def _end_all(self, job_ids: Sequence[str], state: JobState, **values: Any) -> None:  # noqa: ANN401
        for job in map(self.get, job_ids):
            self._end(job, state, **values)

    def _end(self, job: Job, state: JobState, **values: Any) -> Job:  # noqa: ANN401 - fields of Job
        with self._changed:
            self._stopping.discard(job.job_id)
            ended = replace(job, state=state, ended=_now(), **values)
            self._set(ended)
            if state != "cancelled":
                self._settle(ended)
            old = [one.job_id for one in self._jobs.values() if one.state in ENDED][:-_KEPT]
            for job_id in old:
                del self._jobs[job_id]
                (self._folder / f"{job_id}.json").unlink(missing_ok=True)
            return ended

    def _set(self, job: Job) -> None:
        self._jobs[job.job_id] = job
        self._changed.notify_all()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._folder / f"{job.job_id}.json", json.dumps(asdict(job), ensure_ascii=True))
        except OSError as exc:  # it is done all the same, but not resumed
            log.warning("job %s cannot be kept: %s", job.job_id, exc)

    def _read(self) -> list[Job]:
        found = []
        for path in self._folder.glob("*.json"):
            try:
                values = json.loads(path.read_bytes())
                skipped = tuple(Skipped(**file) for file in values.pop("skipped"))
                found.append(Job(**{**values, "files": tuple(values["files"]), "skipped": skipped}))
            except (OSError, ValueError, TypeError, LookupError):
                log.warning("%s is no job; it is left alone", path)
        return found


def new_job_id() -> str:
    """Return a name that no other job has."""
    return secrets.token_hex(8)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
