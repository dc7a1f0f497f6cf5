"""Against a ten-line BM25."""

from collections import Counter
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import IndexCorruptError
from qa.sparse import K1, B, SparseIndex, SparseSearcher
from qa.tokens import grams
from qa.types import Scored

TOKENS = st.lists(st.sampled_from(["水", "厂", "图", "书", "馆"]), max_size=8)
KNOWN = [["图", "书", "馆"], ["水", "厂", "水"], ["水"], []]


def idf(token: str, passages: list[list[str]]) -> float:
    holding = sum(token in passage for passage in passages)
    return log(1 + (len(passages) - holding + 0.5) / (holding + 0.5))


def bm25(query: list[str], passages: list[list[str]], number: int) -> float:
    mean = sum(map(len, passages)) / len(passages)
    counts = Counter(passages[number])
    norm = K1 * (1 - B + B * len(passages[number]) / mean)
    return sum(idf(t, passages) * counts[t] / (counts[t] + norm) for t in query)


@settings(deadline=None)
@given(st.lists(TOKENS, min_size=1, max_size=10).filter(any), TOKENS.filter(bool), st.integers(1, 12))
def test_scores_are_bm25_as_a_share_of_the_query(passages: list[list[str]], query: list[str], k: int) -> None:
    best = sum(idf(token, passages) for token in query)
    scores = {n: bm25(query, passages, n) / best for n in range(len(passages))}
    found = SparseIndex(passages).search(query, k)
    for scored in found:
        assert scored.score == pytest.approx(scores[scored.position], rel=1e-5)
        assert 0 < scored.score < 1
    wanted = sorted((score for score in scores.values() if score > 0), reverse=True)[:k]
    assert [scored.score for scored in found] == pytest.approx(wanted, rel=1e-5)


def test_unknown_tokens_lower_the_score() -> None:
    index = SparseIndex(KNOWN)
    (alone,) = index.search(["馆"], 5)
    (beside,) = index.search(["馆", "火星"], 5)
    assert beside.position == alone.position == 0
    assert beside.score == pytest.approx(
        alone.score * idf("馆", KNOWN) / (idf("馆", KNOWN) + idf("火星", KNOWN))
    )


def test_weight_is_the_inverse_document_frequency() -> None:
    index = SparseIndex(KNOWN)
    for token in ("水", "馆", "火星"):
        assert index.weight(token) == pytest.approx(idf(token, KNOWN))


def test_equal_scores_go_to_the_lower_position() -> None:
    assert [scored.position for scored in SparseIndex([["水"]] * 4).search(["水"], 4)] == [0, 1, 2, 3]


@pytest.mark.parametrize("query", [[], ["火星"]])
def test_nothing_known_finds_nothing(query: list[str]) -> None:
    assert SparseIndex(KNOWN).search(query, 3) == []


@pytest.mark.parametrize("passages", [[], [[]], [[], []]])
def test_an_index_without_tokens_finds_nothing(passages: list[list[str]], tmp_path: Path) -> None:
    index = SparseIndex(passages)
    index.save(tmp_path / "空")
    for opened in (index, SparseIndex.load(tmp_path / "空")):
        assert opened.search(["水"], 3) == []
        assert opened.weight("水") == 0


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    index = SparseIndex(KNOWN)
    index.save(tmp_path / "词")
    loaded = SparseIndex.load(tmp_path / "词")
    for query in (["水"], ["水", "馆"], ["火星"]):
        assert loaded.search(query, 3) == index.search(query, 3)
    assert loaded.weight("水") == index.weight("水")


def test_nothing_is_pickled(tmp_path: Path) -> None:
    SparseIndex(KNOWN).save(tmp_path)
    assert not [path.name for path in tmp_path.iterdir() if b"\x80\x04" in path.read_bytes()[:200]]


@pytest.mark.parametrize("length", [None, 0, 3])
def test_a_spoiled_file_is_told(length: int | None, tmp_path: Path) -> None:
    SparseIndex(KNOWN).save(tmp_path / "词")
    for number, name in enumerate(sorted(path.name for path in (tmp_path / "词").iterdir())):
        folder = tmp_path / str(number)
        SparseIndex(KNOWN).save(folder)
        if length is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes((folder / name).read_bytes()[:length])
        with pytest.raises(IndexCorruptError, match="run: qa index"):
            SparseIndex.load(folder)


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        SparseIndex.load(tmp_path / "没有")


def test_a_searcher_tokenises_the_query() -> None:
    index = SparseIndex([grams("东岭水厂"), grams("镜湖图书馆")])
    (found,) = SparseSearcher(grams, index).search("圖書館", 5)
    assert isinstance(found, Scored)
    assert found.position == 1
