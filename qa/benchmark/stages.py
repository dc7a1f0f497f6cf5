"""Where the time of building goes."""

import time
from collections.abc import Callable

from qa.protocols import OnProgress
from qa.types import Progress

FIRST = "read and split"
"""The stage before the first report of progress."""


class Stages:
    """Passes progress on and notes the seconds of each stage: until another one reports, or the end."""

    def __init__(
        self, on_progress: OnProgress | None = None, *, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._pass_on = on_progress
        self._clock = clock
        self._seconds: dict[str, float] = {}
        self._stage, self._last = FIRST, clock()

    def __call__(self, step: Progress) -> None:
        """The time since the last report belongs to the stage that made it."""
        self._lap()
        self._stage = step.stage
        if self._pass_on:
            self._pass_on(step)

    def end(self) -> dict[str, float]:
        """Seconds by stage, in the order in which they began."""
        self._lap()
        return dict(self._seconds)

    def _lap(self) -> None:
        now = self._clock()
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._last
        self._last = now
