"""The searchers of an opened index against the passages themselves."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from qa.catalog import Catalog
from qa.corpus import Corpus
from qa.errors import CorpusError, IndexCorruptError, IndexMismatchError, IndexMissingError
from qa.files import FileState
from qa.generation import Index, open_index
from qa.indexer import build_index
from qa.manifest import whole
from qa.passages import split
from qa.protocols import Vectors
from qa.segment import Encoders
from qa.text import plain
from qa.tokens import grams
from qa.types import Document, Progress, Skipped
from tests.hashing import HashingEncoder

QUERY = "东岭水厂日供水多少吨"
HALF = 1e-3
"""Vectors are kept as float16."""


class Broken(HashingEncoder):
    """Fails at its second batch."""

    batches = 0

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        self.batches += 1
        if self.batches == 2:
            raise MemoryError
        return super().encode_passages(passages)


def test_an_index_holds_the_documents_and_their_passages(lake_city: Corpus, lake_city_index: Index) -> None:
    assert lake_city_index.documents == lake_city.documents
    assert list(lake_city_index.passages) == [p for document in lake_city.documents for p in split(document)]
    assert lake_city_index.facts["folder"] == "镜湖"
    assert lake_city_index.facts["documents"] == len(lake_city.documents)
    assert lake_city_index.facts["passages"] == len(lake_city_index.passages)


@pytest.mark.parametrize(("name", "salt"), [("passages", ""), ("gist", "compact")])
def test_dense_search_over_whole_passages(name: str, salt: str, lake_city_index: Index) -> None:
    encoder = HashingEncoder(salt)
    rows = encoder.encode_passages([plain(f"{p.heading}\n{p.text}") for p in lake_city_index.passages])
    products = rows @ encoder.encode_queries([QUERY])[0]
    found = lake_city_index.searchers[name].search(QUERY, 4)
    assert [scored.score for scored in found] == pytest.approx(sorted(products, reverse=True)[:4], abs=HALF)
    assert products[[scored.position for scored in found]] == pytest.approx(
        [scored.score for scored in found], abs=HALF
    )


def test_dense_search_over_sentences(lake_city_index: Index) -> None:
    encoder = HashingEncoder()
    query = encoder.encode_queries([QUERY])[0]
    texts = {document.doc_id: document.text for document in lake_city_index.documents}
    best = {}
    for position, passage in enumerate(lake_city_index.passages):
        sentences = [plain(texts[passage.doc_id][start:end]) for start, end in passage.sentences]
        products = encoder.encode_passages(sentences) @ query
        assert lake_city_index.sentences.sentence_scores(QUERY, [position])[0] == pytest.approx(
            products.tolist(), abs=HALF
        )
        best[position] = products.max()
    for scored in lake_city_index.searchers["sentences"].search(QUERY, 5):
        assert scored.score == pytest.approx(best[scored.position], abs=HALF)


@pytest.mark.parametrize("name", ["characters"])
def test_keyword_search_reads_heading_and_text(name: str, lake_city_index: Index) -> None:
    best = lake_city_index.searchers[name].search("热线的运行", 1)[0]
    assert lake_city_index.passages[best.position].heading.endswith("(一)热线的运行")
    assert lake_city_index.searchers[name].search("?!", 5) == []


def test_the_vocabulary_is_learned_from_the_documents(lake_city_index: Index) -> None:
    learned = {"镜湖水管家", "周启明", "水务集团总经理", "林晓舟", "镜湖市图书馆馆长", "沈知白"}
    assert learned <= set(lake_city_index.segmenter.vocabulary)
    assert "镜湖水管家" in lake_city_index.segmenter.cut("拨打镜湖水管家")


def test_rare_tokens_weigh_more(lake_city_index: Index) -> None:
    texts = [f"{p.heading}\n{p.text}" for p in lake_city_index.passages]
    for weight, common, rare in [
        (lake_city_index.token_weight, "水", "护照"),
        (lake_city_index.word_weight, "水厂", "周启明"),
    ]:
        assert sum(rare in text for text in texts) < sum(common in text for text in texts)
        assert weight("没有的词") > weight(rare) > weight(common) > 0
    assert "护照" in grams("护照")


def test_the_same_documents_give_the_same_vectors(
    lake_city: Corpus, hashing_encoders: Encoders, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        build_index(lake_city, hashing_encoders, vectors=tmp_path / name, facts={})
    one, other = (whole(next((tmp_path / name / "segments").iterdir()))["files"] for name in ("a", "b"))
    dense = [path for path in one if path.endswith((".faiss", ".npy", "jsonl", "vocabulary.txt"))]
    assert len(dense) >= 10
    assert {path: one[path] for path in dense} == {path: other[path] for path in dense}


def test_progress_is_told(lake_city: Corpus, hashing_encoders: Encoders, tmp_path: Path) -> None:
    told: list[Progress] = []
    build_index(lake_city, hashing_encoders, vectors=tmp_path, facts={}, on_progress=told.append)
    stages = list(dict.fromkeys(step.stage for step in told))
    assert set(stages) == {"characters", "sentences", "passages", "gist", "write"}
    assert stages[-1] == "write"
    for stage in stages:
        steps = [step for step in told if step.stage == stage]
        assert [step.done for step in steps] == sorted(step.done for step in steps)
        assert steps[-1].done == steps[-1].total > 0


def test_vectors_of_many_batches_stand_with_their_sentences(
    hashing_encoders: Encoders, jieba_cache: Path, tmp_path: Path
) -> None:
    text = "".join(f"第{n}号水表在{'临' * (n % 9)}波路。" for n in range(200))
    corpus = Corpus((Document("水表.txt", "水表", "", "", text),), ())
    build_index(corpus, hashing_encoders, vectors=tmp_path, facts={})
    index = open_index(Catalog(tmp_path), lambda: hashing_encoders, cache=jieba_cache)
    for position, passage in enumerate(index.passages):
        for number, (start, end) in enumerate(passage.sentences):
            scores = index.sentences.sentence_scores(text[start:end], [position])[0]
            assert scores[number] == pytest.approx(1, abs=HALF)
            assert np.argmax(scores) == number or max(scores) == pytest.approx(1, abs=HALF)


def test_skipped_files_are_kept(hashing_encoders: Encoders, lake_city: Corpus, tmp_path: Path) -> None:
    skipped = (Skipped("扫描件.txt", "the file is empty"),)
    files = (FileState("扫描件.txt", 0, 0, "", skipped=skipped),)
    build_index(Corpus(lake_city.documents, (), files), hashing_encoders, vectors=tmp_path, facts={})
    index = open_index(Catalog(tmp_path), lambda: hashing_encoders, cache=tmp_path / "cache")
    assert index.skipped == skipped
    assert tuple(index.files.all()) == files


@pytest.mark.parametrize("documents", [(), (Document("空.txt", "", "", "", " \n"),)])
def test_nothing_to_index(
    documents: tuple[Document, ...], hashing_encoders: Encoders, tmp_path: Path
) -> None:
    with pytest.raises(CorpusError, match=r"no text to index; put documents"):
        build_index(Corpus(documents, ()), hashing_encoders, vectors=tmp_path / "索引", facts={})
    assert {path.name for path in (tmp_path / "索引").iterdir()} <= {".lock"}


def test_a_failure_leaves_the_old_index_in_use(
    lake_city: Corpus, hashing_encoders: Encoders, tmp_path: Path
) -> None:
    build_index(lake_city, hashing_encoders, vectors=tmp_path, facts={"state": "old"})
    with pytest.raises(MemoryError):
        build_index(lake_city, replace(hashing_encoders, main=Broken()), vectors=tmp_path, facts={})
    assert Catalog(tmp_path).current().facts["state"] == "old"
    assert len(list((tmp_path / "segments").iterdir())) == 1


def test_page_furniture_alone_can_be_indexed(
    hashing_encoders: Encoders, jieba_cache: Path, tmp_path: Path
) -> None:
    corpus = Corpus((Document("页脚.txt", "页脚", "", "", "版权所有 镜湖市图书馆"),), ())
    build_index(corpus, hashing_encoders, vectors=tmp_path, facts={})
    index = open_index(Catalog(tmp_path), lambda: hashing_encoders, cache=jieba_cache)
    assert index.searchers["sentences"].search("图书馆", 5) == []
    assert index.sentences.sentence_scores("图书馆", [0]) == [[]]
    assert len(index.searchers["passages"].search("图书馆", 5)) == 1


def test_another_encoder_does_not_fit(lake_city: Corpus, hashing_encoders: Encoders, tmp_path: Path) -> None:
    build_index(lake_city, hashing_encoders, vectors=tmp_path, facts={})
    for other in (
        replace(hashing_encoders, main=HashingEncoder("other")),
        replace(hashing_encoders, compact=HashingEncoder("other")),
    ):
        with pytest.raises(IndexMismatchError, match=r"other.*run: qa index"):
            open_index(Catalog(tmp_path), partial(Encoders, other.main, other.compact), cache=tmp_path)


def test_an_index_that_is_missing_or_spoiled(
    lake_city: Corpus, hashing_encoders: Encoders, tmp_path: Path
) -> None:
    with pytest.raises(IndexMissingError, match="run: qa index"):
        open_index(Catalog(tmp_path), lambda: hashing_encoders, cache=tmp_path)
    build_index(lake_city, hashing_encoders, vectors=tmp_path, facts={})
    (segment,) = (tmp_path / "segments").iterdir()
    (segment / "gist" / "vectors.npy").write_bytes(b"")
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        open_index(Catalog(tmp_path), lambda: hashing_encoders, cache=tmp_path)
