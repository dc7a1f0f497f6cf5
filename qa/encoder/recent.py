"""Remembers the vectors of the questions asked last."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np

from qa.protocols import Vectors

REMEMBERED_QUERIES = 1024


class RecentVectors:
    """At most ``size`` texts with their vectors, least recently used out first; thread-safe."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._rows: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    def fill(self, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """What ``encode(texts)`` returns, calling it only for texts that are not remembered.

        The matrix is the caller's own: changing it changes nothing here.
        """
        with self._lock:
            known = {text: self._rows[text] for text in texts if text in self._rows}
        missing = list(dict.fromkeys(text for text in texts if text not in known))
        fresh = encode(missing) if missing or not texts else np.empty((0, 0), np.float32)
        # A view would keep the whole matrix alive for one remembered row.
        known.update(zip(missing, (row.copy() for row in fresh), strict=True))
        with self._lock:
            for text in texts:
                self._rows[text] = known[text]
                self._rows.move_to_end(text)
            while len(self._rows) > self._size:
                self._rows.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else fresh
