"""Questions that arrive together are computed together, with a computation that waits to be let go."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import numpy as np
import pytest

from qa.encoder.together import Together
from qa.errors import EncoderError
from qa.protocols import Vectors


class Held:
    """Encodes a text as its length; every computation waits until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.crowded: list[bool] = []
        self.go_on = Event()

    def __call__(self, texts: list[str], crowded: bool) -> Vectors:
        self.batches.append(texts)
        self.crowded.append(crowded)
        self.go_on.wait(10)
        return np.array([[len(text)] for text in texts], np.float32)


def value(together: Together, text: str) -> list[float]:
    return [float(row[0]) for row in together([text])]


def waiting(together: Together, count: int) -> None:
    while len(together._waiting) < count:
        sleep(0.001)


def test_one_call_alone_is_computed_at_once() -> None:
    held = Held()
    held.go_on.set()
    together = Together(held, at_once=1, most=4)
    assert [row.tolist() for row in together(["a", "bbb"])] == [[1], [3]]
    assert held.batches == [["a", "bbb"]]


def test_calls_that_have_to_wait_share_the_next_computation() -> None:
    held = Held()
    together = Together(held, at_once=1, most=3)
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(value, together, "a")
        while not held.batches:
            sleep(0.001)
        later = []
        for number in range(2, 6):
            later.append(pool.submit(value, together, "b" * number))
            waiting(together, number - 1)
        held.go_on.set()
        assert first.result(10) == [1]
        assert [future.result(10) for future in later] == [[2], [3], [4], [5]]
    assert held.batches == [["a"], ["bb", "bbb", "bbbb"], ["bbbbb"]]
    assert held.crowded == [False, True, True]


def test_no_more_computations_side_by_side_than_allowed() -> None:
    held = Held()
    together = Together(held, at_once=2, most=8)
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(value, together, "x" * number) for number in range(1, 5)]
        waiting(together, 2)
        assert len(held.batches) == 2
        held.go_on.set()
        assert sorted(future.result(10)[0] for future in futures) == [1, 2, 3, 4]


def test_a_failure_reaches_every_caller_of_the_batch_and_nobody_else() -> None:
    started, go_on = Event(), Event()

    def compute(texts: list[str], _crowded: bool) -> Vectors:
        started.set()
        go_on.wait(10)
        if "bad" in texts:
            raise EncoderError("no")
        return np.ones((len(texts), 1), np.float32)

    together = Together(compute, at_once=1, most=8)
    with ThreadPoolExecutor(3) as pool:
        good = pool.submit(value, together, "good")
        started.wait(10)
        failing = [pool.submit(value, together, text) for text in ("bad", "beside")]
        waiting(together, 2)
        go_on.set()
        assert good.result(10) == [1]
        for future in failing:
            with pytest.raises(EncoderError, match="no"):
                future.result(10)
        assert value(together, "again") == [1]
