import json
from pathlib import Path

import pytest

from qa.benchmark.source import (
    ENDINGS,
    Source,
    evenly,
    passage_texts,
    questions,
    read_source,
    sentence_texts,
)
from qa.corpus import Corpus
from qa.errors import CorpusError, EvaluationError
from qa.types import Document


@pytest.fixture
def source(lake_city: Corpus) -> Source:
    return Source(lake_city)


def test_questions_differ_and_the_fewer_begin_the_more(source: Source) -> None:
    many = questions(source, 200)
    assert len(many) == len(set(many)) == 200
    assert questions(source, 30) == many[:30]
    assert all(question.endswith(ENDINGS) for question in many)


def test_a_source_gives_every_clause_with_every_ending_and_no_more(source: Source) -> None:
    every = questions(source, 10_000)
    assert len(every) % len(ENDINGS) == 0
    assert f"网上网下价格相同{ENDINGS[-1]}" in every


def test_the_questions_of_a_collection_come_first(source: Source) -> None:
    collection = Source(source.corpus, ("谁负责防汛", " 谁负责防汛", "", "几点开门"))
    assert questions(collection, 3)[:2] == ["谁负责防汛", "几点开门"]
    assert questions(Source(Corpus((), ()), ("谁负责防汛",)), 1) == ["谁负责防汛"]
    with pytest.raises(EvaluationError, match="clauses"):
        questions(Source(Corpus((), ()), ("谁负责防汛",)), 2)


def test_a_collection_is_read_instead_of_the_folder(tmp_path: Path) -> None:
    rows = {"corpus": {"_id": "d", "title": "", "text": "水厂投产。"}, "queries": {"_id": "q", "text": "谁"}}
    for name, row in rows.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\td\t1\n", encoding="utf-8")
    found = read_source(tmp_path / "missing", tmp_path)
    assert found == Source(Corpus((Document("d", "", "", "", "水厂投产。"),), ()), ("谁",))
    with pytest.raises(CorpusError):
        read_source(tmp_path / "missing")


def test_texts_are_as_the_index_encodes_them() -> None:
    made = Document("a.txt", "", "", "", "水廠　投產。管道Ａ換新。")
    assert passage_texts([made]) == ["水厂投产。管道A换新。"]
    assert sentence_texts([made]) == ["水厂投产。", "管道A换新。"]


def test_texts_are_taken_evenly() -> None:
    assert evenly(["a", "b", "c", "d"], 2) == ["a", "c"]
    assert evenly(["a", "b"], 9) == ["a", "b"]
