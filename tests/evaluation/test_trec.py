from pathlib import Path

import ir_measures
import numpy as np
import pytest

from qa.errors import EvaluationError
from qa.evaluation.trec import Ranked, rank_documents, read_run, write_run


def test_scores_fall_strictly_in_single_precision_and_order_is_kept() -> None:
    # 1.00000001 and 1 are one number in single precision; 2 comes too late; 0 twice
    ranking = rank_documents([("b", 1.00000001), ("c", 1.0), ("a", 2.0), ("z", 0.0), ("y", 0.0)])
    assert [item.doc_id for item in ranking] == ["b", "c", "a", "z", "y"]
    assert all(np.diff(np.array([item.score for item in ranking], dtype=np.float32)) < 0)


def test_the_first_passage_of_a_document_counts() -> None:
    ranking = rank_documents([("a", 0.75), ("b", 0.5), ("a", 0.25)])
    assert ranking == (Ranked("a", 0.75), Ranked("b", 0.5))


def test_write_and_read_are_inverse(tmp_path: Path) -> None:
    run = {
        "问1": rank_documents([("文件.txt", 0.1), ("b", 0.1), ("a", 0.1), ("c", -3.7e-9)]),
        "q2": rank_documents([(f"d{i}", 1 / 3) for i in range(12)]),
    }
    write_run(run, tmp_path / "run.txt", tag="hybrid")
    assert read_run(tmp_path / "run.txt") == run


def test_the_line_is_the_one_trec_wants(tmp_path: Path) -> None:
    write_run({"q1": rank_documents([("d7", 0.1)])}, tmp_path / "run.txt", tag="dense")
    assert (tmp_path / "run.txt").read_text(encoding="utf-8") == "q1 Q0 d7 1 0.1 dense\n"


def test_ranks_order_a_run_whose_lines_are_shuffled(tmp_path: Path) -> None:
    (tmp_path / "run.txt").write_text(
        "q Q0 b 2 0.25 t\nq Q0 a 10 0.125 t\nq Q0 c 1 0.5 t\n", encoding="utf-8"
    )
    assert [item.doc_id for item in read_run(tmp_path / "run.txt")["q"]] == ["c", "b", "a"]


def test_ir_measures_reads_the_order_that_was_written(tmp_path: Path) -> None:
    write_run({"q": rank_documents([("a", 0.5), ("z", 0.5), ("m", 0.5)])}, tmp_path / "run.txt", tag="t")
    read = list(ir_measures.read_trec_run(str(tmp_path / "run.txt")))
    by_score = sorted(read, key=lambda line: -line.score)
    assert [line.doc_id for line in by_score] == ["a", "z", "m"]
    assert len({np.float32(line.score) for line in read}) == 3


@pytest.mark.parametrize("doc_id", ["two words", "", "tab\tbed"])
def test_an_id_with_blanks_is_refused(tmp_path: Path, doc_id: str) -> None:
    with pytest.raises(EvaluationError, match="blanks"):
        write_run({"q": (Ranked(doc_id, 1.0),)}, tmp_path / "run.txt", tag="t")


@pytest.mark.parametrize(
    ("line", "found"),
    [("q Q0 d 1 0.5", "5 columns"), ("q Q0 d first 0.5 t", "'first'"), ("q Q0 d 1 high t", "'high'")],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, found: str) -> None:
    (tmp_path / "run.txt").write_text(f"q Q0 a 1 0.9 t\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=f"line 2.*{found}"):
        read_run(tmp_path / "run.txt")
