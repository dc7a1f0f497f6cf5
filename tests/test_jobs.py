"""Jobs run one after the other, are told as they go, can be cancelled, and go on after a restart."""

import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from qa.errors import CorpusError, NotFoundError
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


class Work:
    """Counts to two; waits before the second step until it may go on."""

    def __init__(self, error: Exception | None = None) -> None:
        self.may_go_on, self.begun, self.error = threading.Event(), threading.Event(), error
        self.runs = 0

    def __call__(self, on_progress: OnProgress) -> Sequence[Skipped]:
        self.runs += 1
        on_progress(Progress("read", 1, 2))
        self.begun.set()
        assert self.may_go_on.wait(PATIENCE)
        on_progress(Progress("read", 2, 2))
        if self.error:
            raise self.error
        return [Skipped("坏.txt", "the file is empty"), Skipped("旧.txt", "the file is empty")]


@pytest.fixture
def taken_back() -> list[str]:
    return []


@pytest.fixture
def make(tmp_path: Path, taken_back: list[str]) -> Callable[[Work], Jobs]:
    return lambda work: Jobs(tmp_path / "任务", work, lambda job: taken_back.append(job.job_id))


def test_a_job_is_told_from_beginning_to_end(make: Callable[[Work], Jobs]) -> None:
    work = Work()
    jobs = make(work)
    job = jobs.start("upload", ["坏.txt", "好.txt"])
    assert (job.kind, job.files, job.ended) == ("upload", ("坏.txt", "好.txt"), "")
    assert work.begun.wait(PATIENCE)
    running = jobs.get(job.job_id)
    assert (running.state, running.stage, running.done, running.total) == ("running", "read", 1, 2)
    work.may_go_on.set()
    done = ended(jobs, job)
    assert (done.state, done.done, done.reason) == ("done", 2, "")
    assert [file.doc_id for file in done.skipped] == ["坏.txt"]
    assert done.created <= done.ended


@pytest.mark.parametrize(
    ("error", "told"),
    [(CorpusError("the folder is gone"), "the folder is gone"), (ValueError("x"), "ValueError")],
)
def test_a_failure_is_told_and_the_next_job_runs(
    error: Exception, told: str, make: Callable[[Work], Jobs]
) -> None:
    work = Work(error)
    work.may_go_on.set()
    jobs = make(work)
    one, other = jobs.start("index"), jobs.start("index")
    assert ended(jobs, one).state == ended(jobs, other).state == "failed"
    assert told in jobs.get(one.job_id).reason
    assert [job.job_id for job in jobs.all()] == [other.job_id, one.job_id]


def test_cancelling_takes_back_what_came(make: Callable[[Work], Jobs], taken_back: list[str]) -> None:
    work = Work()
    jobs = make(work)
    running, waiting = jobs.start("upload", ["甲.txt"]), jobs.start("upload", ["乙.txt"])
    assert work.begun.wait(PATIENCE)
    assert jobs.cancel(waiting.job_id).state == "cancelled"
    jobs.cancel(running.job_id)
    work.may_go_on.set()
    assert ended(jobs, running).state == "cancelled"
    assert taken_back == [waiting.job_id, running.job_id]
    assert work.runs == 1
    assert jobs.cancel(running.job_id) == jobs.get(running.job_id)


def test_a_job_of_before_a_restart_goes_on(make: Callable[[Work], Jobs]) -> None:
    stuck = Work()
    before = make(stuck)
    ours = before.start("upload", ["甲.txt"])
    assert stuck.begun.wait(PATIENCE)
    quick = Work()
    quick.may_go_on.set()
    again = make(quick)
    again.resume()
    assert ended(again, ours).state == "done"
    assert quick.runs == 1
    later = make(quick)
    later.resume()
    assert later.get(ours.job_id) == again.get(ours.job_id)
    assert quick.runs == 1
    stuck.may_go_on.set()


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
    jobs.resume()
    assert jobs.all() == []
    assert len(list(folder.iterdir())) == 3
    with pytest.raises(NotFoundError, match="no job 'a'"):
        jobs.get("a")
