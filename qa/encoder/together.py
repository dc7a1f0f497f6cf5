"""Questions that arrive together are encoded together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Condition

from qa.protocols import Vectors

Compute = Callable[[list[str]], Vectors]


@dataclass(eq=False)
class _Call:
    texts: list[str]
    taken: bool = False
    done: bool = False
    rows: list[Vectors] = field(default_factory=list)
    failure: BaseException | None = None


class Together:
    """At most ``at_once`` computations side by side; calls that have to wait share the next one.

    A lone caller computes at once in its own thread. Under load the time that a computation takes is
    the window in which the next batch gathers, so nobody ever waits for a timer. A batch holds at most
    ``most`` texts unless one call brings more.
    """

    def __init__(self, compute: Compute, *, at_once: int, most: int) -> None:
        self._compute = compute
        self._at_once = at_once
        self._most = most
        self._running = 0
        self._waiting: list[_Call] = []
        self._changed = Condition()

    def __call__(self, texts: Sequence[str]) -> list[Vectors]:
        """One row for each text. Raises what the computation raised."""
        call = _Call(list(texts))
        with self._changed:
            self._waiting.append(call)
        while batch := self._next(call):
            self._lead(batch)
        with self._changed:
            while not call.done:
                self._changed.wait()
        if call.failure is not None:
            raise call.failure
        return call.rows

    def _next(self, call: _Call) -> list[_Call]:
        """A batch for the thread of ``call`` to compute, or nothing once another has taken the call."""
        with self._changed:
            while not call.taken and self._running == self._at_once:
                self._changed.wait()
            return [] if call.taken else self._take()

    def _take(self) -> list[_Call]:
        """The calls that have waited longest, at least one; the lock is held."""
        batch: list[_Call] = []
        room = self._most
        while self._waiting and (not batch or len(self._waiting[0].texts) <= room):
            call = self._waiting.pop(0)
            call.taken = True
            room -= len(call.texts)
            batch.append(call)
        self._running += 1
        return batch

    def _lead(self, batch: list[_Call]) -> None:
        try:
            rows = iter(self._compute([text for call in batch for text in call.texts]))
            for call in batch:
                call.rows = [next(rows) for _ in call.texts]
        except BaseException as exc:  # noqa: BLE001 - every caller of the batch is told
            for call in batch:
                call.failure = exc
        with self._changed:
            self._running -= 1
            for call in batch:
                call.done = True
            self._changed.notify_all()
