"""How long the steps of a call take."""

import time


class Clock:
    """Milliseconds of each step, by name, in the order they were taken."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        """Note the time since the last step, or since the beginning."""
        now = time.perf_counter()
        self.laps[name] = round((now - self._last) * 1000, 3)
        self._last = now
