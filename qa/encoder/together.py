"""Questions that arrive together are encoded together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock

from qa.protocols import Vectors

Compute = Callable[[list[str], bool], Vectors]
"""Rows for texts; told whether these had to wait, which means that the other cores have work as well."""


@dataclass(eq=False)
class _Call:
    texts: list[str]
    woken: Event = field(default_factory=Event)
    batch: "list[_Call]" = field(default_factory=list)
    """What its thread is to compute, when it was woken for that."""
    rows: list[Vectors] = field(default_factory=list)
    failure: BaseException | None = None


class Together:
    """At most ``at_once`` computations side by side; calls that have to wait share the next one.

    A lone caller computes at once in its own thread. Under load the time that a computation takes is
    the window in which the next batch gathers, so nobody ever waits for a timer. A batch holds at most
    ``most`` texts unless one call brings more. Every waiting thread is woken once: when its rows are
    there, or to compute the next batch.
    """

    def __init__(self, compute: Compute, *, at_once: int, most: int) -> None:
        self._compute = compute
        self._at_once = at_once
        self._most = most
        self._running = 0
        self._waiting: list[_Call] = []
        self._lock = Lock()

    def __call__(self, texts: Sequence[str]) -> list[Vectors]:
        """One row for each text. Raises what the computation raised."""
        call = _Call(list(texts))
        with self._lock:
            if self._running < self._at_once:
                self._running += 1
                call.batch = [call]
            else:
                self._waiting.append(call)
        if not call.batch:
            call.woken.wait()
        if call.batch:
            self._lead(call.batch, crowded=call.woken.is_set())
        if call.failure is not None:
            raise call.failure
        return call.rows

    def _lead(self, batch: list[_Call], *, crowded: bool) -> None:
        try:
            rows = iter(self._compute([text for call in batch for text in call.texts], crowded))
            for call in batch:
                call.rows = [next(rows) for _ in call.texts]
        except BaseException as exc:  # noqa: BLE001 - every caller of the batch is told
            for call in batch:
                call.failure = exc
        self._hand_over()
        for call in batch:
            call.woken.set()

    def _hand_over(self) -> None:
        """Wake one of those who wait to compute the next batch, or be one computation less."""
        with self._lock:
            batch = self._take()
            if not batch:
                self._running -= 1
                return
        batch[0].batch = batch
        batch[0].woken.set()

    def _take(self) -> list[_Call]:
        """The calls that have waited longest, at least one if there are any; the lock is held."""
        taken, room = 0, self._most
        for call in self._waiting:
            if taken and len(call.texts) > room:
                break
            room -= len(call.texts)
            taken += 1
        batch, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return batch
