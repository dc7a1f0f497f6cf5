"""Things that are compared take turns, so that a machine that slows down slows all of them."""

import time
from collections.abc import Callable, Mapping, Sequence

from qa.protocols import OnProgress
from qa.types import Progress

WARM_UP = 5
"""Questions before the clock counts."""
K = 10
"""Hits that are asked for."""

Task = Callable[[str], float]
"""Does one question and gives the milliseconds it took."""


def take_turns(
    questions: Sequence[str],
    tasks: Mapping[str, Task],
    *,
    in_a_row: int = 1,
    on_progress: OnProgress | None = None,
) -> dict[str, list[float]]:
    """The milliseconds of each task for each question after the first ``WARM_UP``.

    Every task gets every question, ``in_a_row`` of them at a turn; who begins changes with each turn.
    """
    names = list(tasks)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for turn, begin in enumerate(range(0, len(questions), in_a_row)):
        part = range(begin, min(begin + in_a_row, len(questions)))
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            found = [(number, tasks[name](questions[number])) for number in part]
            taken[name] += [milliseconds for number, milliseconds in found if number >= WARM_UP]
        if on_progress:
            on_progress(Progress("questions", part.stop, len(questions)))
    return taken


def milliseconds(call: Callable[[], object]) -> float:
    """How long ``call`` takes."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000
