"""A complaint becomes a test: the export is read, and run, by ``qa evaluate``."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from qa.cli import app
from qa.config import Settings
from qa.errors import NotFoundError
from qa.evaluation import read_questions
from qa.evaluation.questions import Gold
from qa.feedback import Mark, Opinion
from qa.judgments import Judged, judged
from qa.service import Service
from qa.types import Document, Turn
from tests.lake_city import write_files

TEXT = "东岭水厂简报\n\n东岭水厂日供水能力达到20万吨。\n值班人员昼夜巡查。\n"
BRIEF = Document("简报.txt", "东岭水厂简报", "", "", TEXT)


def mark(words: str) -> Mark:
    return Mark("简报.txt", TEXT.index(words), TEXT.index(words) + len(words), words)


GOOD = Opinion("good", "日供水多少", citations=(mark("20万吨"), mark("昼夜")), feedback_id="1")
REFUSED = Opinion("good", "火星上有水吗", status="not_found", feedback_id="2")
MARKED = Opinion(
    "bad", "谁巡查", (Turn("春节呢"),), marks=(mark("值班人员"),), reason="answerable", feedback_id="3"
)
UNMARKED = Opinion("bad", "几点开门", status="not_found", reason="answerable", feedback_id="4")


def made(*opinions: Opinion, text: str = TEXT) -> Judged:
    """Judge ``opinions`` over the brief as it is now."""

    def document(doc_id: str) -> Document:
        if doc_id != BRIEF.doc_id:
            raise NotFoundError(doc_id)
        return replace(BRIEF, text=text)

    return judged(opinions, document)


def rows(found: Judged) -> list[dict[str, Any]]:
    return [json.loads(line) for line in found.lines]


def test_each_kind_of_opinion(tmp_path: Path) -> None:
    found = made(UNMARKED, MARKED, REFUSED, GOOD)
    assert (found.unmarked, found.changed, found.repeated) == (1, 0, 0)
    (tmp_path / "questions.jsonl").write_text(found.text, encoding="utf-8")
    good, refused, bad = read_questions(tmp_path / "questions.jsonl")
    assert (good.query_id, good.answers, good.answerable) == ("feedback-1", ("20万吨", "昼夜"), True)
    assert {(gold.start, gold.end, gold.piece) for gold in good.evidence} == {
        (one.start, one.end, 0) for one in GOOD.citations
    }
    assert (refused.answerable, refused.evidence) == (False, ())
    marked = mark("值班人员")
    assert bad.evidence == (Gold("简报.txt", marked.start, marked.end),)
    assert (bad.history, bad.answers) == (("春节呢",), ("值班人员",))


def test_both_sides_of_a_conflict_are_needed() -> None:
    (row,) = rows(made(replace(GOOD, status="conflict")))
    assert row["all_needed"] is True


def test_the_newest_opinion_of_a_question_counts() -> None:
    found = made(replace(GOOD, verdict="bad", marks=(mark("昼夜"),), feedback_id="9"), GOOD, UNMARKED)
    assert [row["id"] for row in rows(found)] == ["feedback-9"]
    assert (found.repeated, found.unmarked) == (1, 1)
    assert len(made(GOOD, replace(GOOD, history=(Turn("春节呢"),))).lines) == 2


def test_words_that_moved_are_found_and_words_that_went_are_counted() -> None:
    (row,) = rows(made(MARKED, text=f"新的开头\n{TEXT}"))
    start = row["evidence"][0]["start"]
    assert f"新的开头\n{TEXT}"[start : start + 4] == "值班人员"
    for text in ("没有了", TEXT[20:] + TEXT, ""):
        found = made(MARKED, text=text)
        assert (found.lines, found.changed) == ((), 1)
    assert made(replace(MARKED, marks=(Mark("没有.txt", 0, 2, "水水"),))).changed == 1


def test_odd_characters_do_not_spoil_the_file() -> None:
    found = made(replace(REFUSED, question="水\ud800\u2028<b>"))
    assert json.loads(found.text.encode())["question"] == "水?\u2028<b>"
    assert made().text == ""


@pytest.mark.parametrize("question", ["东岭水厂日供水能力是多少"])
def test_qa_evaluate_runs_on_what_people_said(question: str, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files")
    service = Service(Settings(folder=folder, vectors=tmp_path / "vectors"))
    service.prepare()
    service.feedback.add(Opinion.of("good", question, service.ask(question)))
    refusal = "火星上的火山有多高"
    service.feedback.add(Opinion.of("good", refusal, service.ask(refusal)))
    service.prepare(rebuild=True)
    assert service.feedback.count() == 2, "a new index leaves it alone"
    path = tmp_path / "feedback.jsonl"
    path.write_text(service.judged().text, encoding="utf-8")
    report = tmp_path / "report.json"
    wanted = ["evaluate", str(path), "--folder", str(folder), "--vectors", str(tmp_path / "vectors")]
    done = CliRunner().invoke(app, [*wanted, "--json", str(report)])
    assert done.exit_code == 0, done.output
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["queries"] == 2
    assert told["legs"]["hybrid"]["R@1"]["value"] == 1.0
