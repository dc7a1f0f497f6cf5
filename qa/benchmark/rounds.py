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
    questions: Sequence[str], tasks: Mapping[str, Task], *, on_progress: OnProgress | None = None
) -> dict[str, list[float]]:
    """The milliseconds of each task for each question after the first ``WARM_UP``.

    Every task gets every question; who begins changes with each question.
    """
    names = list(tasks)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for number, question in enumerate(questions):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            milliseconds = tasks[name](question)
            if number >= WARM_UP:
                taken[name].append(milliseconds)
        if on_progress:
            on_progress(Progress("questions", number + 1, len(questions)))
    return taken


def milliseconds(call: Callable[[], object]) -> float:
    """How long ``call`` takes."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000
