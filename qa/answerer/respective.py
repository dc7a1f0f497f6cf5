"""Values told side by side of as many names: 甲、乙分别增长3%、5%."""

import re
from collections.abc import Sequence

from qa.answerer.evidence import Asked
from qa.text import fold
from qa.types import Span

_RESPECTIVELY = re.compile(r"(?:分别|各)[^，,。；;]{0,12}$")
_JOINS, _BETWEEN = re.compile(r"[、和与及]"), re.compile(r"[、,，和与及]")
"""What joins names, and what stands between values."""
_MARKS = re.compile(r"[，,；;：:。]")
_SEVERAL = 2


def respective(asked: Asked, text: str, span: Span, values: Sequence[Span]) -> Span | None:
    """Of ``values`` in ``text[span]``, in their order, that of the name asked about.

    Nothing if they do not stand side by side behind 分别 or 各 and as many names, or no name is nearest.
    """
    run = _side_by_side(text, values)
    told = _RESPECTIVELY.search(fold(text[span[0] : run[0][0]])) if len(run) >= _SEVERAL else None
    if not told:
        return None
    names = _JOINS.split(fold(text[span[0] : span[0] + told.start()]))[-len(run) :]
    if len(names) < len(run):
        return None
    first, last = _MARKS.split(names[0])[-1], _MARKS.split(names[-1])[0]
    near = [asked.coverage(name) for name in (first, *names[1:-1], last)]
    best = max(near)
    return run[near.index(best)] if near.count(best) == 1 else None


def _side_by_side(text: str, values: Sequence[Span]) -> list[Span]:
    """The last of ``values`` with nothing but a mark between each other."""
    run: list[Span] = []
    for value in values:
        if run and not _BETWEEN.fullmatch(text[run[-1][1] : value[0]].strip()):
            run = []
        run.append(value)
    return run
