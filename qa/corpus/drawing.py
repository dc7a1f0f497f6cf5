"""Pages of PDFs as pictures, drawn in a process of their own that ends when nobody looks any more."""

import threading
from collections.abc import Sequence

from qa.corpus.pdf_rules import Box
from qa.corpus.worker import Worker

PATIENCE = 30
"""Seconds that one page may take, reading its file included."""
_IDLE = 60
"""Seconds without a page after which the process ends."""


class Drawing:
    """Draws one page at a time. Safe to use from many threads."""

    def __init__(self, *, patience: float = PATIENCE, idle: float = _IDLE) -> None:
        self._worker, self._idle = Worker(patience=patience), idle
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    @property
    def running(self) -> bool:
        """Whether there is a process."""
        return self._worker.running

    def draw(self, data: bytes, page: int, scale: float, *, boxes: Sequence[Box] = ()) -> bytes:
        """PNG of a page, as ``page_image`` gives it. Raises NotFoundError, CorpusError."""
        with self._lock:
            if self._timer:
                self._timer.cancel()
            try:
                return self._worker.draw(data, page, scale, boxes=boxes)
            finally:
                self._timer = threading.Timer(self._idle, self.end)
                self._timer.daemon = True
                self._timer.start()

    def end(self) -> None:
        """End the process; the next page starts another."""
        with self._lock:
            self._worker.end()
