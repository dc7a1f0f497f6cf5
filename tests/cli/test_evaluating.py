import json
from pathlib import Path

import pytest

from tests.api.two_documents import DOCUMENTS
from tests.cli.desks import Qa

QUESTION = {
    "id": "1",
    "question": "图书馆几点开门",
    "type": "fact",
    "answerable": True,
    "answers": ["九点"],
    "evidence": [{"file": "图书馆.txt", "start": 9, "end": 19}],
}
FOLLOW_UP = {
    "id": "2",
    "question": "周一呢",
    "type": "fact",
    "answerable": True,
    "answers": ["闭馆"],
    "evidence": [{"file": "图书馆.txt", "start": 20, "end": 37}],
    "history": ["图书馆几点开门"],
}


def test_evaluate_prints_tables_and_writes_the_report(run: Qa, tmp_path: Path) -> None:
    lines = [json.dumps(row, ensure_ascii=False) for row in (QUESTION, FOLLOW_UP)]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run("evaluate", "questions.jsonl", "--json", "report.json", "--failures")
    assert result.exit_code == 0, result.output
    assert "hybrid" in result.stdout
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["queries"] == 2
    # the double writes the history behind the question, so the first passage wins both times:
    # right for the first question, second for the follow-up, whose own words name the other line
    assert report["legs"]["hybrid"]["R@1"]["value"] == 0.5
    assert report["legs"]["hybrid"]["R@5"]["value"] == 1.0
    assert list(report["legs"]) == ["dense", "sparse", "hybrid"]
    assert "周一呢" in result.stdout


@pytest.mark.parametrize(
    ("option", "place", "told"),
    [
        ("--json", ".", "name a file"),
        ("--json", "none/report.json", "there is no folder none"),
        ("--json", "年" * 99, "cannot be written"),
        ("--report", "questions.jsonl", "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_told(option: str, place: str, told: str, run: Qa, tmp_path: Path) -> None:
    line = json.dumps(QUESTION, ensure_ascii=False)
    (tmp_path / "questions.jsonl").write_text(line, encoding="utf-8")
    result = run("evaluate", "questions.jsonl", option, place)
    assert result.exit_code == 1
    assert option in result.stderr
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_runs_that_cannot_be_written_are_told_before_the_work(run: Qa, collection: Path) -> None:
    result = run("evaluate", "--beir", str(collection), "--runs", str(collection / "qrels.tsv"))
    assert result.exit_code == 1
    assert "--runs" in result.stderr
    assert isinstance(result.exception, SystemExit)


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    folder.mkdir()
    corpus = [{"_id": f"d{n}", "title": d.title, "text": d.text} for n, d in enumerate(DOCUMENTS)]
    queries = [{"_id": "q0", "text": "图书馆几点开门"}, {"_id": "q1", "text": "六月开放"}]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    qrels = "query-id\tcorpus-id\tscore\nq0\td0\t1\nq1\td1\t1\n"
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_evaluate_a_collection_writes_one_run_for_each_leg(run: Qa, collection: Path, tmp_path: Path) -> None:
    result = run("evaluate", "--beir", str(collection), "--json", "out.json")
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "out.json").read_text())["legs"]["dense"]["R@1"]["value"] == 1.0
    runs = tmp_path / "runs-tiny"
    assert sorted(path.name for path in runs.iterdir()) == ["dense.run", "hybrid.run", "sparse.run"]
    assert (runs / "hybrid.run").read_text().splitlines()[0].split()[:4] == ["q0", "Q0", "d0", "1"]
    elsewhere = run("evaluate", "--beir", str(collection), "--runs", "elsewhere")
    assert elsewhere.exit_code == 0
    assert len(list((tmp_path / "elsewhere").iterdir())) == 3


def test_evaluate_says_what_is_wrong_with_its_files(run: Qa, tmp_path: Path) -> None:
    for arguments in (("missing.jsonl",), ("--beir", "missing")):
        result = run("evaluate", *arguments)
        assert result.exit_code == 1
        assert "missing" in result.stderr
        assert "Traceback" not in result.output


def test_queries_left_out(run: Qa, collection: Path, tmp_path: Path) -> None:
    result = run("evaluate", "--beir", str(collection), "--json", "out.json", "--skip", "1")
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["queries"] == 1
    result = run("evaluate", "--beir", str(collection), "--skip", "2")
    assert result.exit_code == 1
    assert "--skip 2 leaves none of the 2 queries" in result.stderr


def test_a_report_to_read_and_to_compare_with(run: Qa, tmp_path: Path) -> None:
    lines = [json.dumps(row, ensure_ascii=False) for row in (QUESTION, FOLLOW_UP)]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run("evaluate", "questions.jsonl", "--report", "out/first")
    assert result.exit_code == 0, result.output
    assert "周一呢" in (tmp_path / "out/first/report.html").read_text(encoding="utf-8")
    result = run(
        "evaluate", "questions.jsonl", "--against", "out/first/report.json", "--report", "out/second"
    )
    assert result.exit_code == 0, result.output
    assert "Against the other report" in result.stdout
    assert "Against the other report" in (tmp_path / "out/second/report.html").read_text(encoding="utf-8")


def test_reports_that_cannot_be(run: Qa, tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text(json.dumps(QUESTION, ensure_ascii=False), encoding="utf-8")
    result = run("evaluate", "questions.jsonl", "--against", "questions.jsonl")
    assert result.exit_code == 1
    assert "cannot be read as a report" in result.stderr
    result = run("evaluate", "questions.jsonl", "--report", "questions.jsonl")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
