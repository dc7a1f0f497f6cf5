"""Runs are merged into the postings that one sort would have made."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from qa.inversion import MOST, invert
from qa.postings import K1, B, Postings


def test_postings_of_three_passages(tmp_path: Path) -> None:
    invert([["水", "厂", "水"], ["图"], ["水"]], tmp_path)
    postings = Postings(tmp_path)
    positions, impacts = postings.posted(postings.find("水"))
    assert positions.tolist() == [0, 2]
    long, short = (K1 * (1 - B + B * length / (5 / 3)) for length in (3, 1))
    assert impacts.tolist() == [int(255 * 2 / (2 + long)) + 1, int(255 / (1 + short)) + 1]


@pytest.mark.parametrize("total", [65_535, 65_536, 65_537, 150_000])
def test_passages_of_several_runs(total: int, tmp_path: Path) -> None:
    invert((["每"] if number % 50 else ["每", "五十"] for number in range(total)), tmp_path)
    postings = Postings(tmp_path)
    assert postings.passages == postings.find("每").held == total
    assert postings.posted(postings.find("五十"))[0].tolist() == list(range(0, total, 50))
    assert (postings.row(postings.find("每")) > 0).all()


def test_tokens_of_several_merges(tmp_path: Path) -> None:
    total = 70_000
    invert(([str(number), str(number // 2)] for number in range(total)), tmp_path)
    postings = Postings(tmp_path)
    for number in (0, 1, 32_766, 32_767, 32_768, 34_999, 35_000, 65_535, 65_536, total - 1):
        halves = [2 * number, 2 * number + 1] if 2 * number < total else []
        assert postings.posted(postings.find(str(number)))[0].tolist() == sorted({number, *halves})


def test_passages_are_taken_one_by_one(tmp_path: Path) -> None:
    alive = set[int]()

    class Passage(list[str]):
        def __init__(self, number: int) -> None:
            super().__init__(["水"])
            self.number = number
            alive.add(number)

        def __del__(self) -> None:
            alive.discard(self.number)

    def passages() -> Iterator[Passage]:
        for number in range(1000):
            assert len(alive) <= 2
            yield Passage(number)

    invert(passages(), tmp_path)
    assert Postings(tmp_path).passages == 1000


def test_a_frequency_beyond_the_most_counts_as_the_most(tmp_path: Path) -> None:
    invert([["水"] * (MOST + 5)], tmp_path)
    postings = Postings(tmp_path)
    term = postings.find("水")
    posted, impacts = postings.posted(term)
    (share,) = postings.shares(impacts, posted, np.array(term.number), postings.norms(postings.mean))
    assert share == pytest.approx(MOST / (MOST + K1))


def test_nothing_is_left_over_in_the_folder(tmp_path: Path) -> None:
    invert([["水"]], tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".npy"}


def test_a_failure_of_the_source_leaves_no_temporary_files(tmp_path: Path) -> None:
    def failing() -> Iterator[list[str]]:
        yield ["水"]
        raise KeyError("gone")

    with pytest.raises(KeyError):
        invert(failing(), tmp_path)
    assert not list(tmp_path.iterdir())
