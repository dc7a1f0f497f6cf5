import time

from qa.benchmark.rounds import WARM_UP, milliseconds, take_turns
from qa.benchmark.stages import FIRST, Stages
from qa.types import Progress


def test_all_get_every_question_and_begin_in_turn() -> None:
    heard: list[str] = []

    def task(name: str, question: str) -> float:
        heard.append(f"{name}{question}")
        return float(question)

    steps: list[Progress] = []
    questions = [str(number) for number in range(WARM_UP + 2)]
    taken = take_turns(
        questions, {"a": lambda q: task("a", q), "b": lambda q: task("b", q)}, on_progress=steps.append
    )
    assert heard[:6] == ["a0", "b0", "b1", "a1", "a2", "b2"]
    assert taken == {"a": [5.0, 6.0], "b": [5.0, 6.0]}
    assert steps[-1] == Progress("questions", 7, 7)


def test_several_questions_at_a_turn() -> None:
    heard: list[str] = []

    def task(name: str, question: str) -> float:
        heard.append(f"{name}{question}")
        return float(question)

    questions = [str(number) for number in range(WARM_UP + 2)]
    taken = take_turns(questions, {"a": lambda q: task("a", q), "b": lambda q: task("b", q)}, in_a_row=3)
    assert heard == ["a0", "a1", "a2", "b0", "b1", "b2", "b3", "b4", "b5", "a3", "a4", "a5", "a6", "b6"]
    assert taken == {"a": [5.0, 6.0], "b": [5.0, 6.0]}


def test_a_call_is_timed() -> None:
    assert 20 <= milliseconds(lambda: time.sleep(0.02)) < 1000


def test_a_stage_lasts_until_another_reports() -> None:
    now = iter([10.0, 11.0, 13.0, 16.0, 20.0, 25.0])
    heard: list[Progress] = []
    stages = Stages(heard.append, clock=lambda: next(now))
    for stage in ("words", "words", "dense", "words"):
        stages(Progress(stage, 1, 2))
    assert stages.end() == {FIRST: 1.0, "words": 2.0 + 3.0 + 5.0, "dense": 4.0}
    assert [step.stage for step in heard] == ["words", "words", "dense", "words"]
