"""Against BM25 over every passage."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import IndexCorruptError
from qa.live import Part
from qa.sparse import SparseIndex, SparseSearcher
from qa.tokens import grams
from qa.types import Scored
from tests.bm25 import crowd, exhaustive, idf, positions, ranked

TOKENS = st.lists(st.sampled_from(["水", "厂", "图", "书", "馆"]), max_size=8)
KNOWN = [["图", "书", "馆"], ["水", "厂", "水"], ["水"], []]
CROWD = 20_000


def indexed(passages: Sequence[Sequence[str]]) -> SparseIndex:
    """An index whose files are gone but mapped."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        return SparseIndex.build(passages, Path(folder))


@pytest.fixture(scope="module")
def many() -> tuple[list[list[str]], SparseIndex]:
    """As many passages as make common tokens rows."""
    passages = crowd(CROWD)
    return passages, indexed(passages)


@settings(deadline=None)
@given(st.lists(TOKENS, min_size=1, max_size=10).filter(any), TOKENS.filter(bool), st.integers(1, 12))
def test_scores_are_bm25_as_a_share_of_the_query(passages: list[list[str]], query: list[str], k: int) -> None:
    scores = exhaustive(query, passages)
    found = indexed(passages).search(query, k)
    for scored in found:
        assert scored.score == pytest.approx(scores[scored.position], rel=1e-5)
        assert 0 < scored.score < 1
    wanted = sorted((score for score in scores if score > 0), reverse=True)[:k]
    assert [scored.score for scored in found] == pytest.approx(wanted, rel=1e-5)
    assert found == sorted(found, key=lambda scored: (-scored.score, scored.position))


@pytest.mark.parametrize("k", [1, 10, 200, CROWD + 1])
@pytest.mark.parametrize(
    "query",
    [
        pytest.param(["t3", "t20", "t21", "t77", "t150"], id="common and rare"),
        pytest.param(["t0"], id="in nearly all"),
        pytest.param(["t0", "t1", "t2"], id="only common"),
        pytest.param(["t199", "t0"], id="weights far apart"),
        pytest.param(["t180", "t190"], id="only rare"),
        pytest.param(["t5", "t40", "t5", "t5"], id="repeated"),
        pytest.param(["t9", "unheard"], id="unknown"),
        pytest.param([f"t{number}" for number in range(200)], id="all there are"),
    ],
)
def test_order_is_that_of_scoring_everything(
    query: list[str], k: int, many: tuple[list[list[str]], SparseIndex]
) -> None:
    passages, index = many
    scores = exhaustive(query, passages)
    found = index.search(query, k)
    assert positions(found) == ranked(scores, k)
    assert [s.score for s in found] == pytest.approx(scores[positions(found)].tolist(), rel=1e-5)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 210), min_size=1, max_size=12), st.integers(1, 300))
def test_any_query_is_answered_as_by_scoring_everything(
    many: tuple[list[list[str]], SparseIndex], numbers: list[int], k: int
) -> None:
    passages, index = many
    query = [f"t{number}" for number in numbers]
    assert positions(index.search(query, k)) == ranked(exhaustive(query, passages), k)


def test_unknown_tokens_lower_the_score() -> None:
    index = indexed(KNOWN)
    (alone,) = index.search(["馆"], 5)
    (beside,) = index.search(["馆", "火星"], 5)
    assert beside.position == alone.position == 0
    assert beside.score == pytest.approx(
        alone.score * idf("馆", KNOWN) / (idf("馆", KNOWN) + idf("火星", KNOWN)), rel=1e-6
    )


def test_weight_is_the_inverse_document_frequency(many: tuple[list[list[str]], SparseIndex]) -> None:
    index = indexed(KNOWN)
    for token in ("水", "馆", "火星"):
        assert index.statistics.weight(token) == pytest.approx(idf(token, KNOWN))
    for token in ("t0", "t100", "unheard"):
        assert many[1].statistics.weight(token) == pytest.approx(idf(token, many[0]))


@pytest.mark.parametrize("total", [4, CROWD])
def test_equal_scores_go_to_the_lower_position(total: int) -> None:
    assert positions(indexed([["水"]] * total).search(["水"], 4)) == [0, 1, 2, 3]


@pytest.mark.parametrize("times", [1, 15, 16, 40, 255, 256, 3000])
@pytest.mark.parametrize("total", [3, CROWD])
def test_a_frequency_counts_however_high_it_is(times: int, total: int) -> None:
    passages = [["水"] * times + ["厂"], ["水"] * (times + 1) + ["厂"], *[["水", "厂"]] * (total - 2)]
    scores = exhaustive(["水"], passages)
    found = indexed(passages).search(["水"], 3)
    assert positions(found) == ranked(scores, 3)
    assert [s.score for s in found] == pytest.approx(scores[positions(found)].tolist(), rel=1e-6)


@pytest.mark.parametrize("query", [[], ["火星"]])
def test_nothing_known_finds_nothing(query: list[str]) -> None:
    assert indexed(KNOWN).search(query, 3) == []


def test_none_wanted_is_none_found() -> None:
    assert indexed(KNOWN).search(["水"], 0) == []


@pytest.mark.parametrize("passages", [[], [[]], [[], []]])
def test_an_index_without_tokens_finds_nothing(passages: list[list[str]], tmp_path: Path) -> None:
    for index in (SparseIndex.build(passages, tmp_path / "空"), SparseIndex.load(tmp_path / "空")):
        assert index.search(["水"], 3) == []


def test_what_is_built_is_loaded(tmp_path: Path) -> None:
    built = SparseIndex.build(iter(KNOWN), tmp_path / "词")
    loaded = SparseIndex.load(tmp_path / "词")
    for query in (["水"], ["水", "馆"], ["火星"]):
        assert loaded.search(query, 3) == built.search(query, 3)
    assert loaded.statistics.weight("水") == built.statistics.weight("水")


def test_nothing_is_pickled(tmp_path: Path) -> None:
    SparseIndex.build(KNOWN, tmp_path)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".npy"] * 10
    for path in tmp_path.iterdir():
        np.load(path, allow_pickle=False)


@pytest.mark.parametrize("length", [None, 0, 3, -1])
def test_a_spoiled_file_is_told(length: int | None, tmp_path: Path) -> None:
    SparseIndex.build(KNOWN, tmp_path / "词")
    for number, name in enumerate(sorted(path.name for path in (tmp_path / "词").iterdir())):
        folder = tmp_path / str(number)
        SparseIndex.build(KNOWN, folder)
        if length is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes((folder / name).read_bytes()[:length])
        with pytest.raises(IndexCorruptError, match=r"run: qa index$"):
            SparseIndex.load(folder)


@pytest.mark.parametrize("name", ["tokens", "ends", "counts", "starts", "norms", "positions", "impacts"])
def test_a_file_of_another_index_is_told(name: str, tmp_path: Path) -> None:
    SparseIndex.build(KNOWN, tmp_path / "词")
    SparseIndex.build([*KNOWN, ["湖"]], tmp_path / "字")
    (tmp_path / "字" / f"{name}.npy").replace(tmp_path / "词" / f"{name}.npy")
    with pytest.raises(IndexCorruptError, match=r"run: qa index$"):
        SparseIndex.load(tmp_path / "词")


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexCorruptError, match=r"run: qa index$"):
        SparseIndex.load(tmp_path / "没有")


def test_a_searcher_tokenises_the_query() -> None:
    index = indexed([grams("东岭水厂"), grams("镜湖图书馆")])
    (found,) = SparseSearcher(grams, [Part(index, 2)], index.statistics).search("圖書館", 5)
    assert isinstance(found, Scored)
    assert found.position == 1


@pytest.mark.parametrize("step", [3, 17, 400])
@pytest.mark.parametrize("query", [["t3", "t20", "t77"], ["t0", "t1", "unheard"], ["t198"]])
def test_some_passages_rank_as_they_do_among_all(
    step: int, query: list[str], many: tuple[list[list[str]], SparseIndex]
) -> None:
    passages, index = many
    left = np.arange(5, CROWD, step)
    searcher = SparseSearcher(str.split, [Part(index, CROWD, left, first=7)], index.statistics)
    found = searcher.search(" ".join(query), 30)
    scores = exhaustive(query, passages)[left]
    assert positions(found) == [7 + at for at in ranked(scores, 30)]
    assert [one.score for one in found] == pytest.approx(
        [scores[one.position - 7] for one in found], rel=1e-5
    )
