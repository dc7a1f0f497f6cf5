"""Remembers the vectors of the questions asked last, and does not work on one in two threads."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Event, Lock

import numpy as np

from qa.protocols import Vectors

REMEMBERED_QUERIES = 1024


class RecentVectors:
    """At most ``size`` texts with their vectors, least recently used out first; thread-safe."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._rows: OrderedDict[str, Vectors] = OrderedDict()
        self._coming: dict[str, Event] = {}
        self._lock = Lock()

    def fill(self, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """What ``encode(texts)`` returns, calling it only for texts that are not remembered.

        What another thread is encoding is waited for. The matrix is the caller's own: changing it changes
        nothing here. Raises what ``encode`` raises.
        """
        wanted = list(dict.fromkeys(texts))
        with self._lock:
            known = self._known(wanted)
            awaited = [self._coming[text] for text in wanted if text in self._coming]
            missing = [text for text in wanted if text not in known and text not in self._coming]
            self._coming.update((text, Event()) for text in missing)
        try:
            fresh = encode(missing) if missing or not texts else np.empty((0, 0), np.float32)
            # A view would keep the whole matrix alive for one remembered row.
            known.update(zip(missing, (row.copy() for row in fresh), strict=True))
        finally:
            with self._lock:
                self._remember(known)
                for text in missing:
                    self._coming.pop(text).set()
        for event in awaited:
            event.wait()
        if awaited:
            with self._lock:
                known.update(self._known(wanted))
            if lost := [text for text in wanted if text not in known]:  # it failed there, or was pushed out
                known.update(zip(lost, encode(lost), strict=True))
        return np.stack([known[text] for text in texts]) if texts else fresh

    def _known(self, texts: Sequence[str]) -> dict[str, Vectors]:
        return {text: self._rows[text] for text in texts if text in self._rows}

    def _remember(self, known: Mapping[str, Vectors]) -> None:
        for text, row in known.items():
            self._rows[text] = row
            self._rows.move_to_end(text)
        while len(self._rows) > self._size:
            self._rows.popitem(last=False)
