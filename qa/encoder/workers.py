"""Encodes many texts in small batches on a few threads, without starving the single question."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from qa.protocols import Vectors

EncodeBatch = Callable[[list[str]], Vectors]


class Workers:
    """Threads shared by all callers of one encoder; safe to call from many threads.

    A call never has more than ``threads`` batches waiting, so that a question asked while a folder is
    being encoded waits for one batch, not for the folder.
    """

    def __init__(self, *, threads: int, batch_size: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="encoder")
        self._threads = threads
        self._batch_size = batch_size

    def encode(self, texts: Sequence[str], encode_batch: EncodeBatch, *, dimension: int) -> Vectors:
        """Shape (len(texts), dimension), rows in the order of ``texts``; longest texts go first.

        Texts of similar length share a batch, so that little padding is computed.
        """
        vectors = np.empty((len(texts), dimension), np.float32)
        by_length = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        waiting: deque[tuple[list[int], Future[Vectors]]] = deque()
        try:
            for batch in self._batches(by_length):
                if len(waiting) == self._threads:
                    _store(vectors, *waiting.popleft())
                waiting.append((batch, self._pool.submit(encode_batch, [encodable(texts[i]) for i in batch])))
            while waiting:
                _store(vectors, *waiting.popleft())
        finally:
            for _, future in waiting:
                future.cancel()
        return vectors

    def _batches(self, positions: Sequence[int]) -> Iterator[list[int]]:
        for start in range(0, len(positions), self._batch_size):
            yield list(positions[start : start + self._batch_size])


def _store(vectors: Vectors, batch: list[int], future: Future[Vectors]) -> None:
    vectors[batch] = future.result()


def encodable(text: str) -> str:
    """``text`` with lone surrogates (JSON can carry them, UTF-8 cannot) as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
