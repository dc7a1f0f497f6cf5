import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qa.errors import EvaluationError
from qa.evaluation import Gold, Question, read_questions

GOOD: dict[str, Any] = {
    "id": "q1",
    "question": "谁?",
    "type": "who",
    "answerable": True,
    "answers": ["甲"],
    "evidence": [{"file": "a.txt", "start": 3, "end": 5}],
}
SPANS = [{"file": "a.txt", "start": at, "end": at + 2} for at in (0, 10, 20, 30)]


def read(folder: Path, *rows: object) -> list[Question]:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return read_questions(folder / "questions.jsonl")


def test_the_development_questions() -> None:
    questions = read_questions(Path(__file__).parents[1] / "questions.jsonl")
    types = Counter(question.type for question in questions)
    assert len(questions) == 120
    assert sum(not question.answerable for question in questions) == 16
    assert (types["unanswerable_domain"], types["unanswerable_offtopic"], types["multi"]) == (11, 5, 6)
    assert all(question.history for question in questions if question.type == "followup")
    assert all(
        question.pieces == 1 for question in questions if question.answerable and not question.all_needed
    )
    assert {question.query_id: question.pieces for question in questions if question.all_needed}["d084"] == 2


def test_a_question_is_read(tmp_path: Path) -> None:
    row = {**GOOD, "history": ["早先"], "as_of": "2025", "note": "ignored"}
    assert read(tmp_path, row, "") == [
        Question("q1", "谁?", "who", True, ("甲",), (Gold("a.txt", 3, 5, 0),), False, ("早先",))
    ]


def test_without_all_needed_every_span_is_an_alternative(tmp_path: Path) -> None:
    (question,) = read(tmp_path, {**GOOD, "evidence": SPANS})
    assert [gold.piece for gold in question.evidence] == [0, 0, 0, 0]


def test_with_all_needed_a_span_without_piece_is_its_own(tmp_path: Path) -> None:
    spans = [{**SPANS[0], "piece": 1}, SPANS[1], {**SPANS[2], "piece": 1}, SPANS[3]]
    (question,) = read(tmp_path, {**GOOD, "all_needed": True, "evidence": spans})
    assert [gold.piece for gold in question.evidence] == [0, 1, 0, 2]
    assert question.pieces == 3


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"id": ""}, "`id` is empty"),
        ({"question": None}, "`question` is missing"),
        ({"question": 5}, "`question` is 5, a string"),
        ({"answerable": "yes"}, "`answerable` is 'yes', true or false"),
        ({"answers": []}, "`answers` is empty"),
        ({"answers": ["甲", 3]}, "list of non-empty strings"),
        ({"evidence": []}, "`evidence` is empty"),
        ({"evidence": ["a.txt"]}, "list of objects"),
        ({"evidence": [{"file": "a.txt", "start": 5, "end": 5}]}, r"evidence\[0\].*5\.\.5"),
        ({"evidence": [{"file": "a.txt", "start": "3", "end": 5}]}, "`start` is '3', an integer"),
        ({"evidence": [{"file": "a.txt", "start": True, "end": 5}]}, "`start` is True, an integer"),
        ({"answerable": False}, "`evidence` is given"),
        ({"id": "q0"}, "'q0' was used before"),
    ],
)
def test_a_bad_field_is_named_with_its_line(tmp_path: Path, change: dict[str, Any], found: str) -> None:
    with pytest.raises(EvaluationError, match=f"line 2.*{found}"):
        read(tmp_path, {**GOOD, "id": "q0"}, {**GOOD, **change})


@pytest.mark.parametrize("line", ["{not json", "[1, 2]"])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(EvaluationError, match=r"line 2 is .*one object a line"):
        read(tmp_path, GOOD, line)


def test_an_empty_missing_or_foreign_file(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="holds no question"):
        read(tmp_path, "")
    with pytest.raises(EvaluationError, match="does not exist"):
        read_questions(tmp_path / "none.jsonl")
    with pytest.raises(EvaluationError, match="cannot be read"):
        read_questions(tmp_path)
    (tmp_path / "gbk.jsonl").write_bytes("问题".encode("gb18030"))
    with pytest.raises(EvaluationError, match="not UTF-8"):
        read_questions(tmp_path / "gbk.jsonl")


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "mark.jsonl").write_text(json.dumps(GOOD), encoding="utf-8-sig")
    assert [question.query_id for question in read_questions(tmp_path / "mark.jsonl")] == ["q1"]
