"""Terms are found, and impacts tell the frequency that they were rounded from."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.inversion import invert
from qa.postings import K1, SMALL, UNKNOWN, B, Postings, frequencies
from tests.bm25 import crowd

NAMES = ["", "0", "a", "ab", "中", "中文", "文", "𠀀", "\ud800"]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Postings:
    folder = tmp_path_factory.mktemp("names")
    invert([NAMES], folder)
    return Postings(folder)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[str]], Postings]:
    folder = tmp_path_factory.mktemp("many")
    passages = crowd(SMALL + 1)
    invert(passages, folder)
    return passages, Postings(folder)


def test_tokens_are_in_the_order_of_their_code_points(names: Postings) -> None:
    assert [names.find(name).number for name in sorted(NAMES)] == list(range(len(NAMES)))
    assert names.tokens == len(NAMES)


@given(st.text(st.characters(), max_size=3))
def test_only_tokens_that_are_there_are_found(names: Postings, token: str) -> None:
    assert (names.find(token) != UNKNOWN) == (token in NAMES)


def test_many_passages_share_a_row_and_few_a_list(many: tuple[list[list[str]], Postings]) -> None:
    passages, postings = many
    for number in range(200):
        token = f"t{number}"
        term = postings.find(token)
        assert term.held == sum(token in passage for passage in passages)
        assert term.listed == (term.held <= len(passages) / 10)


def test_a_small_index_has_no_rows(tmp_path: Path) -> None:
    invert(crowd(SMALL), tmp_path)
    assert Postings(tmp_path).find("t0").listed


@pytest.mark.parametrize("token", ["t0", "t1", "t30", "t199"])
def test_impacts_are_of_the_passages_that_hold_the_token(
    token: str, many: tuple[list[list[str]], Postings]
) -> None:
    passages, postings = many
    held = postings.impacts([postings.find(token)], np.arange(len(passages)))[0] > 0
    assert held.tolist() == [token in passage for passage in passages]
    few = np.array([3, 7, 5000, len(passages) - 1])
    assert (postings.impacts([postings.find(token)], few)[0] > 0).tolist() == held[few].tolist()


def test_impacts_are_rounded_up_and_shares_are_not(many: tuple[list[list[str]], Postings]) -> None:
    passages, postings = many
    mean = sum(map(len, passages)) / len(passages)
    everywhere = np.arange(len(passages))
    for token in ("t0", "t2", "t50"):
        term = postings.find(token)
        (impacts,) = postings.impacts([term], everywhere)
        told = np.array([passage.count(token) for passage in passages])
        norms = K1 * (1 - B + B * np.array([len(passage) for passage in passages]) / mean)
        exact = told / (told + norms)
        number = np.array(term.number)
        own = postings.shares(impacts, everywhere, number, postings.norms(mean))
        assert own == pytest.approx(exact, rel=1e-12)
        longer = K1 * (1 - B + B * np.array([len(passage) for passage in passages]) / (3 * mean))
        among = postings.shares(impacts, everywhere, number, postings.norms(3 * mean))
        assert among == pytest.approx(told / (told + longer), rel=1e-9)
        assert (impacts >= 255 * exact).all()
        assert (impacts < 255 * exact + 1).all()
        assert impacts[told > 0].min() >= postings.lowest


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 900), st.integers(0, 900)), min_size=1, max_size=6))
def test_every_frequency_is_told_in_passages_of_every_length(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("sizes")
    invert([["水"] * times + ["厂"] * others for times, others in sizes], folder)
    postings = Postings(folder)
    mean = sum(map(sum, sizes)) / len(sizes)
    term, everywhere = postings.find("水"), np.arange(len(sizes))
    posted, impacts = postings.posted(term)
    shares = postings.shares(impacts, posted, np.array(term.number), postings.norms(postings.mean))
    told = np.array([times for times, _ in sizes])
    norms = K1 * (1 - B + B * np.array([sum(size) for size in sizes]) / mean)
    assert shares == pytest.approx(told / (told + norms), rel=1e-12)
    assert len(everywhere) == term.held


def test_a_frequency_is_the_highest_that_has_the_impact() -> None:
    impacts = np.array([0, 1, 116, 160, 254, 255], dtype=np.uint8)
    assert frequencies(impacts, np.array(1.2)).tolist() == [0, 0, 1, 2, 304, 0]
