import json
from collections.abc import Sequence
from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from qa.evaluation import Collection, Report, evaluate_collection, evaluate_questions, write_run
from qa.types import Answer, Hit, Progress, Turn

from .parts import ABSENT, BOTH, REFUSAL, WHO, answered, citation, hit, text_of

SECOND_ABSENT = type(ABSENT)("q4", "天气?", "offtopic", False, history=("早先?",))


def good(question: str, history: Sequence[Turn]) -> list[Hit]:
    return [hit("a.txt", 0, 5), hit("a.txt", 5, 10, rank=2)]


def poor(question: str, history: Sequence[Turn]) -> list[Hit]:
    return [hit("a.txt", 12, 18), hit("a.txt", 0, 5, rank=2)]


def ask(question: str, history: Sequence[Turn]) -> Answer:
    return {
        WHO.text: answered("甲任局长[1]", citation(1, "a.txt", 0, 5)),
        BOTH.text: REFUSAL,
        ABSENT.text: answered("丙是秘书长[1]", citation(1, "a.txt", 12, 18)),
        SECOND_ABSENT.text: REFUSAL,
    }[question]


@pytest.fixture(scope="module")
def report() -> Report:
    questions = [WHO, BOTH, ABSENT, SECOND_ABSENT]
    return evaluate_questions(questions, {"poor": poor, "good": good}, ask=ask, text_of=text_of)


def test_legs_are_measured_on_answerable_questions(report: Report) -> None:
    # WHO: found at 1 / at 2. BOTH: pieces at 1 and 2 / one piece at 2.
    assert report.queries == 4
    assert {name: figure.value for name, figure in report.legs["good"].items()} == {
        "R@1": 0.75, "R@5": 1, "R@10": 1, "Success@1": 1, "MRR@10": 1, "nDCG@10": 1,
    }  # fmt: skip
    assert report.legs["poor"]["R@1"].value == 0
    assert report.legs["poor"]["R@5"].value == 0.75
    assert report.legs["poor"]["MRR@10"].value == 0.5
    assert report.legs["poor"]["MRR@10"].n == 2


def test_the_last_leg_is_compared_with_the_others(report: Report) -> None:
    assert set(report.differences) == {"poor"}
    assert report.differences["poor"]["MRR@10"].value == 0.5


def test_answers(report: Report) -> None:
    values = {name: figure.value for name, figure in report.answers.items()}
    # lengths of the two answers without marks: 4 and 5 characters
    assert values == {
        "containment": 0.5,
        "citation precision": 0.5,
        "exact citations": 1,
        "median length": 4.5,
        "short containment": 0.5,
        "short median length": 4.5,
        "calibration error": pytest.approx(1 / 3),  # sure 0 of each: right, wrong and rightly refused
    }


def test_outcomes(report: Report) -> None:
    assert [outcome.query_id for outcome in report.outcomes] == ["q1", "q2", "q3", "q4"]
    found = {outcome.query_id: outcome.measures for outcome in report.outcomes}
    assert [found[query_id]["right"] for query_id in found] == [1, 0, 0, 1]
    assert found["q1"]["contained"] == 1
    assert found["q2"]["R@1"] == 0.5
    assert "contained" not in found["q3"]
    assert all(outcome.seconds >= 0 for outcome in report.outcomes)
    places = {outcome.query_id: outcome.places for outcome in report.outcomes}
    assert [(place.doc_id, place.start, place.right) for place in places["q2"]] == [
        ("a.txt", 0, True),
        ("a.txt", 5, True),
    ]
    assert places["q1"] == places["q4"] == ()  # nothing went wrong


def test_what_the_confidence_says(report: Report) -> None:
    # BOTH was refused: whether its answer would have been right is not known
    assert [(one.n, one.right) for one in report.reliability] == [(3, 1 / 3)]
    assert report.risk == ((1.0, 0.5),)


def test_refusals(report: Report) -> None:
    # refused BOTH (wrongly) and SECOND_ABSENT (rightly); answered ABSENT
    assert {name: figure.value for name, figure in report.refusals.items()} == {
        "precision": 0.5, "recall": 0.5, "F1": 0.5,
    }  # fmt: skip


def test_f1_is_the_harmonic_mean() -> None:
    def refuse(question: str, history: Sequence[Turn]) -> Answer:
        return REFUSAL

    found = evaluate_questions([WHO, BOTH, ABSENT], {"good": good}, ask=refuse, text_of=text_of).refusals
    # precision 1/3, recall 1: 2 * (1/3) / (4/3) = 1/2
    assert found["precision"].value == pytest.approx(1 / 3)
    assert found["recall"].value == 1
    assert found["F1"].value == pytest.approx(0.5)


def test_types_describe_the_last_leg_and_the_answers(report: Report) -> None:
    assert list(report.types) == ["who", "multi", "unanswerable", "offtopic"]
    assert report.types["multi"]["R@1"].value == 0.5
    assert report.types["multi"]["refused"].value == 1
    assert report.types["unanswerable"]["refused"].value == 0
    assert report.types["unanswerable"]["R@1"].n == 0


def test_failures_say_what_went_wrong(report: Report) -> None:
    assert [(one.query_id, one.status, one.fault) for one in report.failures] == [
        ("q2", "not_found", "refused"),
        ("q3", "answered", "answered what the documents do not say"),
    ]
    assert (report.failures[0].expected, report.failures[1].returned) == ("甲 / 乙", "丙是秘书长")


def test_a_question_can_fail_in_several_ways() -> None:
    def nothing(question: str, history: Sequence[Turn]) -> list[Hit]:
        return []

    def wrong(question: str, history: Sequence[Turn]) -> Answer:
        return answered("丁[1]", citation(1, "a.txt", 0, 5, quote="丁任局长。"))

    found = evaluate_questions([WHO], {"none": nothing}, ask=wrong, text_of=text_of)
    assert [one.fault for one in found.failures] == [
        "not among the first 5 hits",
        "gold answer not in the answer",
        "quote differs from its document",
    ]


def test_history_becomes_turns_and_progress_counts() -> None:
    seen: list[tuple[Turn, ...]] = []
    steps: list[Progress] = []

    def listen(question: str, history: Sequence[Turn]) -> Answer:
        seen.append(tuple(history))
        return REFUSAL

    evaluate_questions([WHO, SECOND_ABSENT], {}, ask=listen, text_of=text_of, on_progress=steps.append)
    assert seen == [(), (Turn("早先?", ""),)]
    assert [(step.done, step.total) for step in steps] == [(1, 2), (2, 2)]


def test_the_report_is_plain_json(report: Report) -> None:
    read = json.loads(json.dumps(report.to_json(), allow_nan=False))
    assert read["legs"]["good"]["R@1"] == {"value": 0.75, "low": 0.5, "high": 1.0, "n": 2}
    assert read["types"]["unanswerable"]["R@1"]["value"] is None
    assert read["failures"][0]["query_id"] == "q2"


COLLECTION = Collection(
    "tiny",
    (),
    (("q1", "甲"), ("q2", " "), ("q3", "乙")),
    {"q1": {"d2": 2, "d3": 1}, "q2": {"d1": 1}, "q3": {"d105": 1, "d1": 0}},
)


def tied(query: str) -> list[Hit]:
    assert query.strip(), "a blank query is not searched"
    if query == "甲":
        return [hit(doc_id, 0, 1, score=0.5) for doc_id in ("d9", "d9", "d2", "d1", "d3")]
    return [hit(f"d{number}", 0, 1, score=1 / number) for number in range(1, 121)]


def test_a_collection_is_folded_to_documents_and_cut_at_100() -> None:
    steps: list[Progress] = []
    report, runs = evaluate_collection(COLLECTION, {"tied": tied}, on_progress=steps.append)
    assert [item.doc_id for item in runs["tied"]["q1"]] == ["d9", "d2", "d1", "d3"]
    assert (len(runs["tied"]["q2"]), len(runs["tied"]["q3"])) == (0, 100)
    assert report.legs["tied"]["MRR@10"].value == pytest.approx(0.5 / 3)
    assert (report.queries, steps[-1].done) == (3, 3)


def test_the_figures_are_those_that_ir_measures_takes_from_the_run_file(tmp_path: Path) -> None:
    report, runs = evaluate_collection(COLLECTION, {"tied": tied})
    write_run(runs["tied"], tmp_path / "tied.run", tag="tied")
    qrels = [
        ir_measures.Qrel(query, doc, grade)
        for query, grades in COLLECTION.qrels.items()
        for doc, grade in grades.items()
    ]
    run = ir_measures.read_trec_run(str(tmp_path / "tied.run"))
    theirs = ir_measures.calc_aggregate([R @ 1, R @ 5, R @ 10, Success @ 1, RR @ 10, nDCG @ 10], qrels, run)
    ours = report.legs["tied"]
    for measure, value in theirs.items():
        assert ours[str(measure).replace("RR@", "MRR@")].value == pytest.approx(value, abs=1e-6)
