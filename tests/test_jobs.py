"""Jobs run one after the other, are told as they go, can be cancelled, and go on after a restart."""

import json
import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import pytest

from qa.errors import CorpusError, NotFoundError, QAIndexError
from qa.jobs import Jobs
from qa.protocols import OnProgress
from qa.types import Job, Progress, Skipped

PATIENCE = 10


def ended(jobs: Jobs, job: Job) -> Job:
    for _ in range(200):
        job = jobs.get(job.job_id)
        if job.ended:
            return job
        jobs.wait(job, PATIENCE)
    raise AssertionError(job)


def nothing(left: Sequence[Job]) -> Sequence[str]:
    """Was being cancelled."""
    return ()


class Work:
    """Counts to two; each run waits before the second step until it is let on."""

    def __init__(self, error: Exception | None = None, *, free: int = 0) -> None:
        self._let, self._begun = threading.Semaphore(free), threading.Semaphore(0)
        self._error = error
        self.runs = 0
        self.asked: list[Collection[str] | None] = []

    def __call__(self, on_progress: OnProgress, names: Collection[str] | None) -> Sequence[Skipped]:
        self.runs += 1
        self.asked.append(names)
        on_progress(Progress("read", 1, 2))
        self._begun.release()
        assert self._let.acquire(timeout=PATIENCE)
        on_progress(Progress("read", 2, 2))
        if self._error:
            raise self._error
        return [Skipped("坏.txt", "the file is empty"), Skipped("旧.txt", "the file is empty")]

    def has_begun(self) -> bool:
        """Wait until one more run has."""
        return self._begun.acquire(timeout=PATIENCE)

    def go_on(self) -> None:
        """Let one run on."""
        self._let.release()


@pytest.fixture
def taken_back() -> list[str]:
    return []


@pytest.fixture
def settled() -> list[str]:
    return []


@pytest.fixture
def make(tmp_path: Path, taken_back: list[str], settled: list[str]) -> Callable[[Work], Jobs]:
    return lambda work: Jobs(
        tmp_path / "任务",
        work,
        undo=lambda job: taken_back.append(job.job_id),
        settle=lambda job: settled.append(job.job_id),
    )


def test_a_job_is_told_from_beginning_to_end(make: Callable[[Work], Jobs], settled: list[str]) -> None:
    work = Work()
    jobs = make(work)
    job = jobs.start("upload", ["坏.txt", "好.txt"])
    assert (job.kind, job.files, job.ended) == ("upload", ("坏.txt", "好.txt"), "")
    assert work.has_begun()
    running = jobs.get(job.job_id)
    assert (running.state, running.stage, running.done, running.total) == ("running", "read", 1, 2)
    work.go_on()
    done = ended(jobs, job)
    assert (done.state, done.done, done.reason) == ("done", 2, "")
    assert [file.doc_id for file in done.skipped] == ["坏.txt"]
    assert done.created <= done.ended
    assert settled == [job.job_id]


@pytest.mark.parametrize(
    ("error", "told"),
    [(CorpusError("the folder is gone"), "the folder is gone"), (ValueError("x"), "ValueError")],
)
def test_a_failure_is_told_and_the_next_job_runs(
    error: Exception, told: str, make: Callable[[Work], Jobs]
) -> None:
    jobs = make(Work(error, free=2))
    one = ended(jobs, jobs.start("index"))
    other = ended(jobs, jobs.start("index"))
    assert one.state == other.state == "failed"
    assert told in one.reason
    assert [job.job_id for job in jobs.all()] == [other.job_id, one.job_id]


def test_cancelling_takes_back_what_came(make: Callable[[Work], Jobs], taken_back: list[str]) -> None:
    work = Work()
    jobs = make(work)
    running, waiting = jobs.start("upload", ["甲.txt"]), jobs.start("upload", ["乙.txt"])
    assert work.has_begun()
    assert jobs.cancel(waiting.job_id).state == "cancelled"
    jobs.cancel(running.job_id)
    work.go_on()
    assert ended(jobs, running).state == "cancelled"
    assert taken_back == [waiting.job_id, running.job_id]
    assert work.runs == 1
    assert jobs.cancel(running.job_id) == jobs.get(running.job_id)


def test_jobs_that_wait_are_done_together(make: Callable[[Work], Jobs], taken_back: list[str]) -> None:
    work = Work()
    jobs = make(work)
    first = jobs.start("index")
    assert work.has_begun()
    waiting = [jobs.start("upload", [f"{number}.txt"]) for number in range(5)]
    work.go_on()
    work.go_on()
    assert {ended(jobs, job).state for job in (first, *waiting)} == {"done"}
    assert work.runs == 2
    assert work.asked == [None, {f"{number}.txt" for number in range(5)}]
    assert taken_back == []


def test_what_ran_with_a_cancelled_job_is_done_all_the_same(
    make: Callable[[Work], Jobs], taken_back: list[str]
) -> None:
    work = Work()
    jobs = make(work)
    first = jobs.start("index")
    assert work.has_begun()
    one, other = jobs.start("upload", ["甲.txt"]), jobs.start("upload", ["乙.txt"])
    work.go_on()
    assert ended(jobs, first).state == "done"
    assert work.has_begun()
    jobs.cancel(one.job_id)
    work.go_on()
    assert ended(jobs, one).state == "cancelled"
    work.go_on()
    assert ended(jobs, other).state == "done"
    assert taken_back == [one.job_id]
    assert work.runs == 3


def test_a_job_of_before_a_restart_goes_on(make: Callable[[Work], Jobs]) -> None:
    stuck = Work()
    before = make(stuck)
    ours = before.start("upload", ["甲.txt"])
    assert stuck.has_begun()
    quick = Work(free=9)
    again = make(quick)
    again.resume(nothing)
    assert ended(again, ours).state == "done"
    assert quick.runs == 1
    later = make(quick)
    later.resume(nothing)
    assert later.get(ours.job_id) == again.get(ours.job_id)
    assert quick.runs == 1
    stuck.go_on()


def test_what_was_being_cancelled_is_not_done_after_a_restart(make: Callable[[Work], Jobs]) -> None:
    stuck = Work()
    before = make(stuck)
    ours = before.start("upload", ["甲.txt"])
    assert stuck.has_begun()
    quick = Work(free=9)
    again = make(quick)
    again.resume(lambda left: [job.job_id for job in left])
    assert again.get(ours.job_id).state == "cancelled"
    assert quick.runs == 0
    stuck.go_on()


def test_what_cannot_be_taken_back_is_told(tmp_path: Path) -> None:
    def undo(job: Job) -> None:
        raise QAIndexError("the folder cannot be written")

    work = Work()
    jobs = Jobs(tmp_path, work, undo=undo, settle=lambda job: None)
    job = jobs.start("upload", ["甲.txt"])
    assert work.has_begun()
    jobs.cancel(job.job_id)
    work.go_on()
    told = ended(jobs, job)
    assert (told.state, told.reason) == ("failed", "the folder cannot be written")
    work.go_on()
    assert ended(jobs, jobs.start("index")).state == "done"


def test_what_is_no_job_is_left_alone(make: Callable[[Work], Jobs], tmp_path: Path) -> None:
    folder = tmp_path / "任务"
    folder.mkdir()
    for name, text in {
        "a.json": "",
        "b.json": "[]",
        "c.json": json.dumps({"job_id": 1, "skipped": 3}),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    jobs = make(Work())
    jobs.resume(nothing)
    assert jobs.all() == []
    assert len(list(folder.iterdir())) == 3
    with pytest.raises(NotFoundError, match="no job 'a'"):
        jobs.get("a")
