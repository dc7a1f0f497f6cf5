"""Which of several values is meant: what stands near it, above all the words beside what asks."""

import re
from collections.abc import Iterator, Sequence

from qa.answerer.evidence import Asked
from qa.answerer.focus import focus
from qa.text import clauses, is_chinese
from qa.tokens import grams
from qa.types import Span

_MEANT = 0.5
"""What the words right beside what asks count for, beside all of the question's near a value."""
_MARKS = re.compile(r"[，,、。；;：:()（）]")
_BESIDE, _BESIDE_IN_ENGLISH = 14, 40
"""Characters on each side of a value, within the clause, that say what it is."""
_HANGS = 2
"""Characters that end a clause behind a thing of which the next clause tells, the mark among them."""


def nearness(asked: Asked, text: str, span: Span, values: Sequence[Span]) -> list[float]:
    """How much of the question stands near each of ``values``, which are in order, within ``text[span]``.

    Right beside a value stands what is between it and the next mark or value; a date before a comma is
    that of all up to the next.
    """
    near = list(_around(text, span, values, time=asked.question.kind == "time"))
    wanted = {token: asked.weights.get(token, 0.0) for token in grams(focus(asked.question))}
    total = sum(wanted.values()) or 1.0
    meant = [sum(wanted[token] for token in wanted.keys() & set(grams(beside))) / total for _, beside in near]
    return [asked.coverage(around) + _MEANT * more for (around, _), more in zip(near, meant, strict=True)]


def _around(text: str, span: Span, values: Sequence[Span], *, time: bool) -> Iterator[tuple[str, str]]:
    """What stands around each value, and what right beside it."""
    parts = clauses(text, span)
    most = _BESIDE if is_chinese(text[slice(*span)]) else _BESIDE_IN_ENGLISH
    bounds = [span[0], *(at for value in values for at in value), span[1]]
    for i, value in enumerate(values):
        within = [part for part in parts if part[0] < value[1] and value[0] < part[1]] or [value]
        if time and _opens(within[0], value):
            yield (text[value[1] : bounds[2 * i + 3]],) * 2
            continue
        hangs = time or value[0] - within[0][0] <= _HANGS
        if hangs and within[-1][1] - value[1] <= _HANGS and within[-1] != parts[-1]:
            within.append(parts[parts.index(within[-1]) + 1])  # 年底, begins what happened then
        before = _MARKS.split(text[bounds[2 * i] : value[0]])[-1]
        yield (
            text[max(within[0][0], value[0] - most) : min(within[-1][1], value[1] + most)],
            f"{before} {_MARKS.split(text[value[1] : bounds[2 * i + 3]])[0]}",
        )


def _opens(clause: Span, value: Span) -> bool:
    """Whether a value is all that its clause says: 1993年, says when was what comes behind."""
    return value[0] - clause[0] <= _HANGS and clause[1] - value[1] <= _HANGS
