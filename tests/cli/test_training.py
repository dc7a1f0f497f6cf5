import json
from pathlib import Path

from qa.reranker import read_weights, shipped_weights
from tests.cli.desks import Qa
from tests.cli.test_evaluating import FOLLOW_UP, QUESTION


def write_questions(folder: Path, count: int) -> None:
    rows = [{**QUESTION, "id": str(number)} for number in range(count)]
    lines = [json.dumps(row, ensure_ascii=False) for row in (*rows, {**FOLLOW_UP, "id": "last"})]
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_train_ranker_writes_weights_and_reports(run: Qa, tmp_path: Path) -> None:
    write_questions(tmp_path, 12)
    result = run("train-ranker", "questions.jsonl", "--out", "ranker.json")
    assert result.exit_code == 0, result.output
    assert "covers" in result.stdout
    assert "held apart" in result.stdout
    assert read_weights(tmp_path / "ranker.json").keys() == shipped_weights().keys()


def test_too_few_questions(run: Qa, tmp_path: Path) -> None:
    write_questions(tmp_path, 2)
    result = run("train-ranker", "questions.jsonl")
    assert result.exit_code == 1
    assert "at least 10" in result.stderr


def test_a_collection(run: Qa, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, rows in (
        ("corpus", [{"_id": "d0", "text": "图书馆九点开门。"}, {"_id": "d1", "text": "图书馆周一闭馆。"}]),
        ("queries", [{"_id": f"q{n}", "text": "图书馆"} for n in range(15)]),
    ):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    judged = "".join(f"q{n}\td0\t1\n" for n in range(15))
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + judged, encoding="utf-8")
    result = run("train-ranker", "--beir", str(folder), "--first", "11")
    assert result.exit_code == 0, result.output
    assert " 11 " in result.stdout


def test_nothing_to_learn_from(run: Qa) -> None:
    result = run("train-ranker")
    assert result.exit_code == 2
    assert "--beir" in result.stderr


def test_a_place_that_cannot_be_written(run: Qa, tmp_path: Path) -> None:
    write_questions(tmp_path, 12)
    result = run("train-ranker", "questions.jsonl", "--out", str(tmp_path))
    assert result.exit_code == 1
    assert "is a folder; name a file" in result.stderr
