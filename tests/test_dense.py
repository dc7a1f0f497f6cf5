"""Against a NumPy product: a passage scores as its best row."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.dense import DenseIndex, DenseSearcher
from qa.errors import IndexCorruptError
from qa.protocols import Vectors
from tests.hashing import HashingEncoder

DIMENSION = 8


def unit_rows(count: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def expected(vectors: Vectors, owners: list[int], query: Vectors, k: int) -> dict[int, float]:
    products = vectors @ query
    best = {owner: max(products[np.array(owners) == owner]) for owner in set(owners)}
    return dict(sorted(best.items(), key=lambda pair: -pair[1])[:k])


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), max_size=60).map(sorted), st.integers(1, 20), st.integers(0, 99))
def test_search_is_a_product(owners: list[int], k: int, seed: int) -> None:
    vectors, query = unit_rows(len(owners), seed), unit_rows(1, seed + 100)[0]
    found = DenseIndex(vectors, owners).search(query, k)
    wanted = expected(vectors, owners, query, k)
    assert [scored.position for scored in found] == list(wanted)
    assert [scored.score for scored in found] == pytest.approx(list(wanted.values()), abs=1e-6)


def test_one_passage_that_owns_nearly_all_rows_does_not_hide_the_others() -> None:
    query = unit_rows(1, 0)[0]
    vectors = np.vstack([np.tile(query, (500, 1)), unit_rows(3, 1)])
    found = DenseIndex(vectors, [0] * 500 + [1, 2, 3]).search(query, 4)
    assert {scored.position for scored in found} == {0, 1, 2, 3}


def test_more_than_there_are() -> None:
    assert len(DenseIndex(unit_rows(3, 0), range(3)).search(unit_rows(1, 1)[0], 50)) == 3


def test_an_empty_index_finds_nothing() -> None:
    index = DenseIndex(np.zeros((0, DIMENSION), dtype=np.float32), [])
    assert index.search(unit_rows(1, 0)[0], 5) == []
    assert index.scores(unit_rows(1, 0)[0], 0) == []


def test_scores_of_each_row_of_a_passage() -> None:
    vectors, query = unit_rows(6, 0), unit_rows(1, 9)[0]
    index = DenseIndex(vectors, [0, 0, 2, 2, 2, 5])
    assert index.scores(query, 2) == pytest.approx((vectors[2:5] @ query).tolist(), abs=1e-6)
    assert index.scores(query, 5) == pytest.approx([float(vectors[5] @ query)], abs=1e-6)
    assert index.scores(query, 1) == []


@pytest.mark.parametrize("count", [0, 7])
def test_what_is_saved_is_loaded(count: int, tmp_path: Path) -> None:
    index, query = DenseIndex(unit_rows(count, 0), range(count)), unit_rows(1, 1)[0]
    index.save(tmp_path / "句子")
    loaded = DenseIndex.load(tmp_path / "句子")
    assert loaded.search(query, 5) == index.search(query, 5)
    assert loaded.scores(query, 3) == index.scores(query, 3)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    DenseIndex(unit_rows(7, 0), range(7)).save(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["index.faiss", "owners.npy"])
@pytest.mark.parametrize("length", [None, 0, 20])
def test_a_spoiled_file_is_told(name: str, length: int | None, saved: Path) -> None:
    path = saved / name
    if length is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        DenseIndex.load(saved)


def test_vectors_and_owners_must_be_as_many(saved: Path) -> None:
    np.save(saved / "owners.npy", np.arange(6))
    with pytest.raises(IndexCorruptError, match="number of vectors"):
        DenseIndex.load(saved)


def test_objects_are_not_unpickled(saved: Path) -> None:
    np.save(saved / "owners.npy", np.array([{}] * 7, dtype=object), allow_pickle=True)
    with pytest.raises(IndexCorruptError):
        DenseIndex.load(saved)


def test_a_searcher_finds_a_text_by_itself() -> None:
    encoder, texts = HashingEncoder(), ["东岭水厂日供水二十万吨", "图书馆九点开门", "阅读护照"]
    searcher = DenseSearcher(encoder, DenseIndex(encoder.encode_passages(texts), [0, 0, 1]))
    (found,) = searcher.search("阅读护照", 1)
    assert found.position == 1
    assert found.score == pytest.approx(1)
    cosines = (encoder.encode_passages(texts[:2]) @ encoder.encode_queries(["几点开门"])[0]).tolist()
    assert searcher.sentence_scores("几点开门", [0])[0] == pytest.approx(cosines, abs=1e-6)
