"""Encodes many texts in small batches on a few threads, without starving the single question."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from qa.protocols import Vectors

Item = TypeVar("Item", bound=Sized)


class Workers:
    """Threads shared by all callers of one encoder; safe to call from many threads.

    A batch has at most ``batch_size`` items and, padded to its longest, at most ``batch_area`` places
    (0: any number). A call never has more than ``threads`` batches waiting, so that a question asked
    while a folder is being encoded waits for one batch, not for the folder.
    """

    def __init__(self, *, threads: int, batch_size: int, batch_area: int = 0) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="encoder")
        self._threads = threads
        self._batch_size = batch_size
        self._batch_area = batch_area

    def encode(
        self, items: Sequence[Item], encode_batch: Callable[[list[Item]], Vectors], *, dimension: int
    ) -> Vectors:
        """Shape (len(items), dimension), rows in the order of ``items``; longest items go first.

        Items of similar length share a batch, so that little padding is computed.
        """
        vectors = np.empty((len(items), dimension), np.float32)
        waiting: deque[tuple[list[int], Future[Vectors]]] = deque()
        try:
            for batch in self._batches([len(item) for item in items]):
                if len(waiting) == self._threads:
                    _store(vectors, *waiting.popleft())
                waiting.append((batch, self._pool.submit(encode_batch, [items[i] for i in batch])))
            while waiting:
                _store(vectors, *waiting.popleft())
        finally:
            for _, future in waiting:
                future.cancel()
        return vectors

    def _batches(self, lengths: Sequence[int]) -> Iterator[list[int]]:
        by_length = sorted(range(len(lengths)), key=lambda i: -lengths[i])
        start = 0
        while start < len(by_length):
            room = self._batch_size
            if self._batch_area:
                room = min(room, max(1, self._batch_area // max(1, lengths[by_length[start]])))
            yield by_length[start : start + room]
            start += room


def _store(vectors: Vectors, batch: list[int], future: Future[Vectors]) -> None:
    vectors[batch] = future.result()


def encodable(text: str) -> str:
    """``text`` with lone surrogates (JSON can carry them, UTF-8 cannot) as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
