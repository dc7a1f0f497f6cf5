"""Batches, their order, and what is remembered; with an encoder that can be redone on paper."""

from collections.abc import Sequence
from threading import Event, Thread
from time import sleep

import numpy as np
import pytest

from qa.encoder.recent import RecentVectors
from qa.encoder.workers import Workers, encodable
from qa.errors import EncoderError
from qa.protocols import Vectors


class Lengths:
    """Encodes a text as its length and keeps the batches it was given."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        return np.array([[len(text)] for text in texts], np.float32).reshape(-1, 1)


def test_batches_hold_texts_of_similar_length_and_rows_keep_their_order() -> None:
    lengths = Lengths()
    vectors = Workers(threads=1, batch_size=2).encode(
        ["a", "cccc", "bb", "eeeee", "ddd"], lengths, dimension=1
    )
    assert vectors.ravel().tolist() == [1, 4, 2, 5, 3]
    assert lengths.batches == [["eeeee", "cccc"], ["ddd", "bb"], ["a"]]


def test_a_failing_batch_raises_and_the_workers_go_on() -> None:
    def fail(texts: list[str]) -> Vectors:
        raise EncoderError("no")

    workers = Workers(threads=2, batch_size=1)
    with pytest.raises(EncoderError, match="no"):
        workers.encode(["a", "b", "c", "d"], fail, dimension=1)
    assert workers.encode(["ab"], Lengths(), dimension=1).tolist() == [[2]]


def test_a_question_does_not_wait_for_a_whole_folder() -> None:
    workers, lengths, started, go_on = Workers(threads=1, batch_size=1), Lengths(), Event(), Event()

    def slow(texts: list[str]) -> Vectors:
        started.set()
        go_on.wait(10)
        return lengths(texts)

    folder = Thread(target=lambda: workers.encode(["folder"] * 50, slow, dimension=1))
    folder.start()
    started.wait(10)
    question = Thread(target=lambda: workers.encode(["question"], lengths, dimension=1))
    question.start()
    while not workers._pool._work_queue.qsize():
        sleep(0.001)
    go_on.set()
    question.join(10)
    folder.join(10)
    assert lengths.batches.index(["question"]) <= 2


def test_lone_surrogates_become_question_marks() -> None:
    assert encodable("好\ud800a😀") == "好?a😀"


def test_the_oldest_query_is_forgotten_first() -> None:
    lengths, recent = Lengths(), RecentVectors(2)
    assert recent.fill(["a", "bb", "a"], lengths).ravel().tolist() == [1, 2, 1]
    recent.fill(["a"], lengths)
    recent.fill(["ccc"], lengths)
    recent.fill(["a", "ccc"], lengths)
    recent.fill(["bb"], lengths)
    assert lengths.batches == [["a", "bb"], ["ccc"], ["bb"]]
    assert recent.fill([], lengths).shape == (0, 1)


def test_what_another_thread_encodes_is_waited_for() -> None:
    lengths, recent, started, go_on = Lengths(), RecentVectors(9), Event(), Event()

    def slow(texts: Sequence[str]) -> Vectors:
        started.set()
        go_on.wait(10)
        return lengths(texts)

    found: list[Vectors] = []
    first = Thread(target=lambda: recent.fill(["a", "bb"], slow))
    first.start()
    started.wait(10)
    second = Thread(target=lambda: found.append(recent.fill(["bb", "ccc"], lengths)))
    second.start()
    while ["ccc"] not in lengths.batches:
        sleep(0.001)
    go_on.set()
    first.join(10)
    second.join(10)
    assert found[0].ravel().tolist() == [2, 3]
    assert lengths.batches == [["ccc"], ["a", "bb"]]


def test_who_waited_for_a_failure_encodes_it() -> None:
    lengths, recent, started, go_on = Lengths(), RecentVectors(9), Event(), Event()

    def failing(texts: Sequence[str]) -> Vectors:
        started.set()
        go_on.wait(10)
        raise EncoderError("no")

    told: list[str] = []

    def ask() -> None:
        try:
            recent.fill(["a"], failing)
        except EncoderError as exc:
            told.append(str(exc))

    found: list[Vectors] = []
    first = Thread(target=ask)
    first.start()
    started.wait(10)
    second = Thread(target=lambda: found.append(recent.fill(["a", "bb"], lengths)))
    second.start()
    while ["bb"] not in lengths.batches:
        sleep(0.001)
    go_on.set()
    first.join(10)
    second.join(10)
    assert told == ["no"]
    assert found[0].ravel().tolist() == [1, 2]
    assert lengths.batches == [["bb"], ["a"]]
