"""Evaluations beside other work: one at a time, told as they go, kept until they are deleted."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qa.config import Settings
from qa.errors import EvaluationError, InvalidInputError, NotFoundError, NotReadyError
from qa.evaluation.report import REMOVED
from qa.evaluations import Evaluations
from qa.quotes import standing
from qa.runs import MOST_BYTES
from qa.types import Answer
from tests.api.two_documents import TwoDocuments
from tests.cli.test_evaluating import FOLLOW_UP, QUESTION

ABSENT = {"id": "3", "question": "火星有水吗", "type": "none", "answerable": False}
TEXT = "\n".join(json.dumps(row, ensure_ascii=False) for row in (QUESTION, FOLLOW_UP, ABSENT))


class Gated(TwoDocuments):
    """Answers only while its gate is open; ``broken`` it fails."""

    def __init__(self) -> None:
        super().__init__(Settings())
        self.open()
        self.gate = threading.Event()
        self.gate.set()
        self.broken: Exception | None = None

    def ask(self, question: str, **kept: object) -> Answer:
        assert self.gate.wait(60)
        if self.broken:
            raise self.broken
        return super().ask(question)


@pytest.fixture
def desk() -> Iterator[Gated]:
    gated = Gated()
    yield gated
    gated.gate.set()


@pytest.fixture
def evaluations(desk: Gated, tmp_path: Path) -> Evaluations:
    return Evaluations(tmp_path / "kept" / "evaluations", desk)


def until(ended: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not ended():
        assert time.monotonic() < deadline, "it did not end within a minute"
        time.sleep(0.01)


def ran(evaluations: Evaluations, name: str) -> str:
    run_id = evaluations.start(name).run_id
    until(lambda: evaluations.running is None)
    return run_id


def test_a_run_is_kept_with_its_report(evaluations: Evaluations, desk: Gated) -> None:
    text = f"{TEXT}\n{json.dumps({**QUESTION, 'id': '4', 'answers': ['十点']}, ensure_ascii=False)}"
    assert evaluations.put("问题.jsonl", text) == "问题.jsonl"
    run_id = ran(evaluations, "问题.jsonl")
    again = Evaluations(evaluations.folder, desk)
    (run,) = again.runs()
    assert (run.run_id, run.state, run.name, run.questions, run.done) == (run_id, "done", "问题.jsonl", 4, 4)
    assert run.figures["R@5"] == 1.0
    assert run.figures["F1"] == 1.0
    report = json.loads(again.report(run_id, "report.json"))
    assert report["queries"] == 4
    assert run.wrong == len({failure["query_id"] for failure in again.failures(run_id)}) == 1
    assert "青问 · 问题.jsonl" in again.report(run_id)
    assert again.report(run_id, "questions.jsonl") == text


def test_only_one_runs_at_a_time_and_it_tells_how_far_it_is(evaluations: Evaluations, desk: Gated) -> None:
    evaluations.put("a", TEXT)
    desk.gate.clear()
    run = evaluations.start("a.jsonl")
    assert (run.state, evaluations.run(run.run_id).done) == ("running", 0)
    with pytest.raises(NotReadyError, match=r"a\.jsonl is being evaluated"):
        evaluations.start("a.jsonl")
    desk.gate.set()
    until(lambda: evaluations.running is None)
    assert evaluations.run(run.run_id).state == "done"


@pytest.mark.parametrize("way", ["cancel", "remove"])
def test_a_run_that_is_stopped_leaves_nothing(evaluations: Evaluations, desk: Gated, way: str) -> None:
    evaluations.put("a.jsonl", TEXT)
    desk.gate.clear()
    run_id = evaluations.start("a.jsonl").run_id
    evaluations.cancel() if way == "cancel" else evaluations.remove(run_id)
    desk.gate.set()
    until(lambda: evaluations.running is None)
    assert evaluations.runs() == []
    assert sorted(path.name for path in evaluations.folder.iterdir()) == ["questions"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [(InvalidInputError("no words"), "no words"), (ZeroDivisionError(), "ZeroDivisionError")],
)
def test_a_run_that_fails_says_why_and_the_next_one_runs(
    evaluations: Evaluations, desk: Gated, broken: Exception, reason: str
) -> None:
    evaluations.put("a.jsonl", TEXT)
    desk.broken = broken
    failed = evaluations.run(ran(evaluations, "a.jsonl"))
    assert failed.state == "failed"
    assert reason in failed.reason
    with pytest.raises(NotFoundError, match=r"no report\.html"):
        evaluations.report(failed.run_id)
    desk.broken = None
    assert evaluations.run(ran(evaluations, "a.jsonl")).state == "done"
    evaluations.remove(failed.run_id)
    assert [run.state for run in evaluations.runs()] == ["done"]


def test_a_run_of_a_server_that_stopped_has_failed(evaluations: Evaluations, desk: Gated) -> None:
    evaluations.put("a.jsonl", TEXT)
    desk.gate.clear()
    run_id = evaluations.start("a.jsonl").run_id
    later = Evaluations(evaluations.folder, desk).run(run_id)
    assert later.state == "failed"
    assert "interrupted" in later.reason
    desk.gate.set()
    until(lambda: evaluations.running is None)


def test_two_runs_are_compared_question_by_question(evaluations: Evaluations) -> None:
    evaluations.put("a.jsonl", TEXT)
    worse = {**QUESTION, "evidence": [{"file": "没有.txt", "start": 0, "end": 5}]}
    evaluations.put("b.jsonl", json.dumps(worse, ensure_ascii=False))
    good, bad = ran(evaluations, "a.jsonl"), ran(evaluations, "b.jsonl")
    rows = {row.measure: row for row in evaluations.compare(bad, good)}
    assert (rows["R@5"].n, rows["R@5"].value, rows["R@5"].better) == (1, -1.0, ())
    assert rows["R@5"].worse == (("1", "图书馆几点开门"),)
    assert rows["contained"].worse == ()
    evaluations.put("c.jsonl", json.dumps({**ABSENT, "id": "9"}, ensure_ascii=False))
    with pytest.raises(EvaluationError, match="no question in common"):
        evaluations.compare(good, ran(evaluations, "c.jsonl"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{TEXT}\n{{", r"q\.jsonl line 4 is not JSON"),
        (TEXT.replace('"1"', '"2"'), r"q\.jsonl line 2: `id` '2' was used before"),
        ("", r"q\.jsonl holds no question"),
        ("\ud800", "surrogate"),
        ("x" * (MOST_BYTES + 1), "at most 5,000,000"),
    ],
)
def test_a_bad_file_is_refused_by_line_and_not_kept(evaluations: Evaluations, text: str, found: str) -> None:
    with pytest.raises((EvaluationError, InvalidInputError), match=found):
        evaluations.put("q.jsonl", text)
    assert evaluations.files() == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x.jsonl", "x.jsonl"),
        ("C:\\问题 (1).jsonl", "问题 (1).jsonl"),
        ("<img src=x>", "img src_x.jsonl"),
        ("..", "questions.jsonl"),
        ("长" * 200, "长" * 80 + ".jsonl"),
    ],
)
def test_names_are_made_harmless(evaluations: Evaluations, name: str, kept: str) -> None:
    assert evaluations.put(name, TEXT) == kept
    assert evaluations.files() == [kept]
    evaluations.discard(kept)
    assert evaluations.files() == []


@pytest.mark.parametrize("run_id", ["", "..", "questions", "20260101T120000-1a2b3c4d", "../kept"])
def test_what_is_not_there_is_not_found(evaluations: Evaluations, run_id: str) -> None:
    evaluations.put("a.jsonl", TEXT)
    for verb in (evaluations.run, evaluations.remove, evaluations.report, evaluations.failures):
        with pytest.raises(NotFoundError):
            verb(run_id)
    for refused in (evaluations.start, evaluations.discard):
        with pytest.raises(NotFoundError):
            refused(f"{run_id}.jsonl")
    assert evaluations.files() == ["a.jsonl"]


def test_a_report_does_not_quote_what_is_gone(evaluations: Evaluations, desk: Gated) -> None:
    wrong = [json.dumps({**row, "answers": ["十点半"]}, ensure_ascii=False) for row in (QUESTION, FOLLOW_UP)]
    evaluations.put("a", "\n".join(wrong))
    run_id = ran(evaluations, "a.jsonl")
    before = evaluations.report(run_id, "report.json")
    assert "九点" in before
    evaluations.sift(standing(desk.document))
    assert evaluations.report(run_id, "report.json") == before
    desk.remove("图书馆.txt")
    evaluations.sift(standing(desk.document))
    for name in ("report.json", "report.html", "questions.jsonl"):
        left = evaluations.report(run_id, name)
        assert "九点" not in left
        assert "十点半" not in left
        assert (REMOVED in left) == (name != "questions.jsonl")
    assert json.loads(evaluations.report(run_id, "report.json"))["legs"] == json.loads(before)["legs"]
    assert evaluations.compare(run_id, run_id)


class Leaving(Gated):
    """Holds no document any more when it is asked for its version again."""

    versions = 0

    @property
    def index_version(self) -> str:
        self.versions += 1
        if self.versions > 1:
            self.held.clear()
        return str(self.versions)


def test_a_document_that_goes_while_a_run_runs_is_not_quoted(tmp_path: Path) -> None:
    evaluations = Evaluations(tmp_path, Leaving())
    evaluations.put("a", json.dumps({**QUESTION, "answers": ["十点半"]}, ensure_ascii=False))
    run_id = ran(evaluations, "a.jsonl")
    assert "九点" not in evaluations.report(run_id, "report.json")
    assert REMOVED in evaluations.report(run_id)
