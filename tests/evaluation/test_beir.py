import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from qa.errors import EvaluationError
from qa.evaluation import read_beir
from qa.types import Document

CORPUS = [{"_id": "d1", "title": "题", "text": "第一行\u2028仍是第一行"}, {"_id": "d2", "text": "乙"}]
QUERIES = [{"_id": "q1", "text": "问?"}, {"_id": "q2", "text": ""}, {"_id": "q3", "text": "不判"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\td2\t2\nq1\td1\t0\nq2\td9\t1\r\n"


def write(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if name.endswith(".gz"):
        (folder / name).write_bytes(gzip.compress(text.encode()))
    else:
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "corpus.jsonl", CORPUS)
    write(tmp_path, "queries.jsonl", QUERIES)
    (tmp_path / "qrels.tsv").write_text(QRELS, encoding="utf-8")
    return tmp_path


def test_a_collection_is_read(folder: Path) -> None:
    found = read_beir(folder)
    assert found.name == folder.name
    assert found.documents == (
        Document("d1", "题", "", "", "第一行\u2028仍是第一行"),
        Document("d2", "", "", "", "乙"),
    )
    assert found.queries == (("q1", "问?"), ("q2", ""))
    assert found.qrels == {"q1": {"d2": 2, "d1": 0}, "q2": {"d9": 1}}


def test_gzip_and_the_nested_qrels_read_the_same(folder: Path) -> None:
    plain = read_beir(folder)
    for name, rows in (("corpus.jsonl", CORPUS), ("queries.jsonl", QUERIES)):
        (folder / name).unlink()
        write(folder, f"{name}.gz", rows)
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert read_beir(folder) == plain


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(EvaluationError, match=f"neither {name} nor"):
        read_beir(folder)


def test_only_a_line_feed_ends_a_line(folder: Path) -> None:
    qrels = "query-id\tcorpus-id\tscore\nq1\td1\rd2\t1\n"
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8", newline="")
    assert read_beir(folder).qrels == {"q1": {"d1\rd2": 1}}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="none is not a folder"):
        read_beir(tmp_path / "none")


@pytest.mark.parametrize(
    ("qrels", "found"),
    [
        ("q1\td1\t1\n", "no header"),
        ("", "no header"),
        ("query-id\tcorpus-id\tscore\n", "judges nothing"),
        ("query-id\tcorpus-id\tscore\nq1 d1 1\n", "line 2 is 'q1 d1 1'"),
        ("query-id\tcorpus-id\tscore\nq1\td1\thigh\n", "line 2 .*whole number"),
        ("query-id\tcorpus-id\tscore\nq7\td1\t1\n", "judges query 'q7'"),
    ],
)
def test_bad_judgments(folder: Path, qrels: str, found: str) -> None:
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    with pytest.raises(EvaluationError, match=found):
        read_beir(folder)


def test_an_id_twice_or_an_empty_corpus(folder: Path) -> None:
    write(folder, "corpus.jsonl", [CORPUS[0], CORPUS[0]])
    with pytest.raises(EvaluationError, match="line 2: `_id` 'd1' was used before"):
        read_beir(folder)
    write(folder, "corpus.jsonl", [])
    with pytest.raises(EvaluationError, match="is empty"):
        read_beir(folder)


def test_a_gzip_file_that_is_cut_short(folder: Path) -> None:
    (folder / "corpus.jsonl").unlink()
    write(folder, "corpus.jsonl.gz", CORPUS)
    whole = (folder / "corpus.jsonl.gz").read_bytes()
    (folder / "corpus.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EvaluationError, match="cannot be read"):
        read_beir(folder)
