"""Against a NumPy product over the same rows as float16: a passage scores as its best row."""

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.dense import DenseIndex, DenseSearcher, DenseWriter
from qa.errors import IndexCorruptError
from qa.live import Part
from qa.nearest import Scattered
from qa.protocols import Vectors
from tests.hashing import HashingEncoder

DIMENSION = 8
MANY, GROUPS = 6000, 300


def unit_rows(count: int, seed: int, dimension: int = DIMENSION) -> Vectors:
    """Rows that float16 can write down, so that products are equal up to the order of adding."""
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float16).astype(np.float32)


def built(vectors: Vectors, owners: Sequence[int] | NDArray[Any], folder: Path, **options: Any) -> DenseIndex:  # noqa: ANN401
    """An index to which the rows were given in two batches, the later half first."""
    writer = DenseWriter(folder, *vectors.shape)
    half = len(vectors) // 2
    for rows in (range(half, len(vectors)), range(half)):
        writer[rows] = vectors[rows.start : rows.stop]
    return writer.finish(owners, **options)


def expected(vectors: Vectors, owners: Sequence[int], query: Vectors, k: int) -> dict[int, float]:
    products = vectors @ query
    best = {owner: float(max(products[np.array(owners) == owner])) for owner in set(owners)}
    return dict(sorted(best.items(), key=lambda pair: -pair[1])[:k])


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), max_size=60).map(sorted), st.integers(1, 20), st.integers(0, 99))
def test_search_is_a_product(owners: list[int], k: int, seed: int) -> None:
    vectors, query = unit_rows(len(owners), seed), unit_rows(1, seed + 100)[0]
    with tempfile.TemporaryDirectory() as folder:
        found = built(vectors, owners, Path(folder)).search(query, k)
    wanted = expected(vectors, owners, query, k)
    assert [scored.position for scored in found] == list(wanted)
    assert [scored.score for scored in found] == pytest.approx(list(wanted.values()), abs=1e-6)


def test_one_passage_that_owns_nearly_all_rows_does_not_hide_the_others(tmp_path: Path) -> None:
    query = unit_rows(1, 0)[0]
    vectors = np.vstack([np.tile(query, (500, 1)), unit_rows(3, 1)])
    found = built(vectors, [0] * 500 + [1, 2, 3], tmp_path).search(query, 4)
    assert {scored.position for scored in found} == {0, 1, 2, 3}


def test_more_than_there_are(tmp_path: Path) -> None:
    assert len(built(unit_rows(3, 0), range(3), tmp_path).search(unit_rows(1, 1)[0], 50)) == 3


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = built(np.zeros((0, DIMENSION), dtype=np.float32), [], tmp_path)
    assert index.search(unit_rows(1, 0)[0], 5) == []
    assert index.scores(unit_rows(1, 0)[0], 0) == []


def test_scores_of_each_row_of_a_passage(tmp_path: Path) -> None:
    vectors, query = unit_rows(6, 0), unit_rows(1, 9)[0]
    index = built(vectors, [0, 0, 2, 2, 2, 5], tmp_path)
    assert index.scores(query, 2) == pytest.approx((vectors[2:5] @ query).tolist(), abs=1e-6)
    assert index.scores(query, 5) == pytest.approx([float(vectors[5] @ query)], abs=1e-6)
    assert index.scores(query, 1) == []


@pytest.fixture(scope="module")
def rows_of_groups() -> Vectors:
    """Rows that lie in groups, as sentences about the same things do."""
    chance = np.random.default_rng(5)
    middles, spread = chance.normal(size=(GROUPS, 24)), chance.normal(size=(MANY, 24))
    rows = middles[chance.integers(0, GROUPS, MANY)] + 0.4 * spread
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float16).astype(np.float32)


@pytest.fixture(scope="module")
def approximate(rows_of_groups: Vectors, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("approximate")
    index = built(rows_of_groups, np.arange(MANY) // 3, folder, recall=0.95, flat=1000)
    assert index.kind == "ivf-pq"
    return folder


def test_a_large_index_finds_what_it_says_it_finds(approximate: Path, rows_of_groups: Vectors) -> None:
    index, owners = DenseIndex.load(approximate), np.arange(MANY) // 3
    chance = np.random.default_rng(6)
    picked = rows_of_groups[chance.integers(0, MANY, (2, 200))].mean(axis=0)
    queries = np.asarray(picked / np.linalg.norm(picked, axis=1, keepdims=True), np.float32)
    found = 0
    for query in queries:
        exact = np.maximum.reduceat(rows_of_groups @ query, np.flatnonzero(np.diff(owners, prepend=-1)))
        tenth = np.partition(exact, -10)[-10]
        ranking = index.search(query, 10)
        for scored in ranking:
            assert scored.score == pytest.approx(exact[scored.position], abs=1e-4)
        found += sum(exact[scored.position] >= tenth - 1e-6 for scored in ranking)
    assert found / (10 * len(queries)) >= 0.95
    assert index.recall >= 0.95


@pytest.mark.parametrize("system", ["any", "windows"])
def test_vectors_are_read_from_all_over_the_file(
    system: str, approximate: Path, rows_of_groups: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    if system == "windows":
        monkeypatch.delattr(os, "pread", raising=False)
    scattered = Scattered(approximate / "vectors.npy")
    assert scattered.shape == rows_of_groups.shape
    for rows in (np.array([5, MANY - 1, 0, 5]), slice(7, 11), slice(MANY - 2, None), slice(3, 3)):
        np.testing.assert_array_equal(scattered[rows], rows_of_groups[rows].astype(np.float16))


def test_the_recall_is_measured(approximate: Path, rows_of_groups: Vectors, tmp_path: Path) -> None:
    """An index whose codes belong to other rows finds little, and knows it."""
    index = DenseIndex.load(approximate)
    queries = rows_of_groups[:100]
    exact = np.maximum.reduceat(queries @ rows_of_groups.T, np.arange(0, MANY, 3), axis=1)
    tenth = np.partition(exact, -10, axis=1)[:, -10]
    for path in approximate.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    np.save(tmp_path / "vectors.npy", rows_of_groups[::-1].astype(np.float16))
    assert index.recalled(queries, tenth) > 0.9
    assert DenseIndex.load(tmp_path).recalled(queries, tenth) < 0.2


def test_a_large_index_still_finds_everything_when_asked(approximate: Path) -> None:
    assert len(DenseIndex.load(approximate).search(unit_rows(1, 3, 24)[0], MANY)) == MANY // 3


def test_a_small_index_is_exact_and_says_so(tmp_path: Path) -> None:
    index = built(unit_rows(7, 0), range(7), tmp_path)
    assert (index.kind, index.recall) == ("flat", 1.0)


@pytest.mark.parametrize("count", [0, 7])
def test_what_is_written_is_loaded(count: int, tmp_path: Path) -> None:
    index, query = built(unit_rows(count, 0), range(count), tmp_path / "句子"), unit_rows(1, 1)[0]
    loaded = DenseIndex.load(tmp_path / "句子")
    assert loaded.search(query, 5) == index.search(query, 5)
    assert loaded.scores(query, 3) == index.scores(query, 3)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    built(unit_rows(7, 0), range(7), tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["vectors.npy", "owners.npy", "index.json"])
@pytest.mark.parametrize("length", [None, 0, 20])
def test_a_spoiled_file_is_told(name: str, length: int | None, saved: Path) -> None:
    path = saved / name
    if length is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        DenseIndex.load(saved)


@pytest.mark.parametrize("length", [0, 100, 5000])
def test_spoiled_codes_are_told(length: int, approximate: Path, tmp_path: Path) -> None:
    for path in approximate.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "codes.faiss").write_bytes((approximate / "codes.faiss").read_bytes()[:length])
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        DenseIndex.load(tmp_path)


def test_vectors_and_owners_must_be_as_many(saved: Path) -> None:
    np.save(saved / "owners.npy", np.arange(6))
    with pytest.raises(IndexCorruptError, match="number of vectors"):
        DenseIndex.load(saved)


@pytest.mark.parametrize("facts", ["[]", '{"kind": "ivf-pq"}', '{"kind": "flat", "recall": "much"}'])
def test_foreign_facts_are_not_believed(facts: str, saved: Path) -> None:
    assert json.loads((saved / "index.json").read_text("utf-8"))["kind"] == "flat"
    (saved / "index.json").write_text(facts, "utf-8")
    with pytest.raises(IndexCorruptError):
        DenseIndex.load(saved)


def test_objects_are_not_unpickled(saved: Path) -> None:
    np.save(saved / "owners.npy", np.array([{}] * 7, dtype=object), allow_pickle=True)
    with pytest.raises(IndexCorruptError):
        DenseIndex.load(saved)


def test_a_searcher_finds_a_text_by_itself(tmp_path: Path) -> None:
    encoder, texts = HashingEncoder(), ["东岭水厂日供水二十万吨", "图书馆九点开门", "阅读护照"]
    index = built(encoder.encode_passages(texts), [0, 0, 1], tmp_path)
    searcher = DenseSearcher(encoder, [Part(index, 2)])
    (found,) = searcher.search("阅读护照", 1)
    assert found.position == 1
    assert found.score == pytest.approx(1, abs=1e-3)
    cosines = (encoder.encode_passages(texts[:2]) @ encoder.encode_queries(["几点开门"])[0]).tolist()
    one, other = searcher.sentence_scores("几点开门", [0, 1])
    assert one == pytest.approx(cosines, abs=1e-3)
    assert len(other) == 1
