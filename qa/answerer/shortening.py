"""The clauses of a sentence that answer best."""

from collections.abc import Sequence

from qa.answerer.evidence import Asked, Evidence
from qa.text import clauses
from qa.types import Span


def best_clauses(asked: Asked, evidence: Evidence, *, longest: int) -> Span:
    """Shorten a sentence to the run of clauses, at most ``longest`` characters, that answers best."""
    base = evidence.hit.passage.start
    span = (evidence.span[0] - base, evidence.span[1] - base)
    start, end = best_clauses_of(asked, evidence.hit.passage.text, span, longest=longest)
    return start + base, end + base


def best_clauses_of(asked: Asked, text: str, span: Span, *, longest: int) -> Span:
    """The run of clauses of ``text[span]``, at most ``longest`` characters, that answers best.

    The run with the highest value wins, the longer among equals; a run within another says no more.
    A clause that is longer by itself stays whole.
    """
    parts = clauses(text, span)
    if span[1] - span[0] <= longest or len(parts) == 1:
        return span
    runs = _longest_runs(parts, longest) or parts
    return max(runs, key=lambda run: (round(asked.value(text[slice(*run)]), 3), run[1] - run[0]))


def _longest_runs(parts: Sequence[Span], longest: int) -> list[Span]:
    """From each part, the run of parts that goes as far as ``longest`` characters allow."""
    runs: list[Span] = []
    last = 0
    for first in range(len(parts)):
        last = max(last, first)
        while last + 1 < len(parts) and parts[last + 1][1] - parts[first][0] <= longest:
            last += 1
        if parts[last][1] - parts[first][0] <= longest and (not runs or parts[last][1] > runs[-1][1]):
            runs.append((parts[first][0], parts[last][1]))
    return runs
