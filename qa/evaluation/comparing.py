"""Two evaluations of the same questions, question by question."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.errors import EvaluationError
from qa.evaluation.bootstrap import SEED, Estimate, paired_difference
from qa.evaluation.report import Report

DRAWS = 10_000
_NEITHER = ("refused", "confidence")
"""Measures of which more is neither better nor worse."""
_ROUNDED = 1e-5
"""Reports are written with six digits."""

Measured = Mapping[str, Mapping[str, float]]
"""Measures by question."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure on the questions of both: which are better and worse now, and by how much on average.

    ``p`` is the chance that signs drawn at random would give as large a difference.
    """

    measure: str
    wins: tuple[str, ...]
    losses: tuple[str, ...]
    difference: Estimate
    p: float


def read_measured(path: Path) -> Measured:
    """The measures in a report that ``qa evaluate --json`` wrote. Raises EvaluationError."""
    try:
        outcomes = json.loads(path.read_text(encoding="utf-8"))["outcomes"]
        return {
            str(one["query_id"]): {str(name): float(value) for name, value in one["measures"].items()}
            for one in outcomes
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise EvaluationError(
            f"{path} cannot be read as a report ({exc!r}); wanted is a file of `qa evaluate --json`,"
            " not older than this version"
        ) from exc


def compare(report: Report, old: Measured) -> list[Compared]:
    """Every measure that both have. Raises EvaluationError when they have no question in common."""
    return compare_measured({one.query_id: one.measures for one in report.outcomes}, old)


def compare_measured(new: Measured, old: Measured) -> list[Compared]:
    """The same for two reports that were read."""
    common = [query_id for query_id in new if query_id in old]
    if not common:
        raise EvaluationError(
            "the two reports have no question in common; compare runs of one question file"
            " / 两份报告没有相同的问题"
        )
    names = dict.fromkeys(
        name
        for query_id in common
        for name in new[query_id]
        if name in old[query_id] and name not in _NEITHER
    )
    return [
        _compared(
            name,
            {
                query_id: (new[query_id][name], old[query_id][name])
                for query_id in common
                if name in new[query_id] and name in old[query_id]
            },
        )
        for name in names
    ]


def _compared(measure: str, pairs: Mapping[str, tuple[float, float]]) -> Compared:
    after, before = ([pair[side] for pair in pairs.values()] for side in (0, 1))
    return Compared(
        measure,
        wins=tuple(query_id for query_id, (a, b) in pairs.items() if a > b + _ROUNDED),
        losses=tuple(query_id for query_id, (a, b) in pairs.items() if a < b - _ROUNDED),
        difference=paired_difference(after, before),
        p=_by_chance(after, before),
    )


def _by_chance(after: Sequence[float], before: Sequence[float]) -> float:
    """Two-sided paired randomisation test (Fisher): 10,000 draws of signs, the seed fixed."""
    differences = np.array(after) - np.array(before)
    moved = differences[np.abs(differences) > _ROUNDED]
    if not len(moved):
        return 1.0
    generator = np.random.default_rng(SEED)
    signs = generator.choice((-1.0, 1.0), size=(DRAWS, len(moved)))
    as_far = np.abs(signs @ moved) >= abs(moved.sum()) - 1e-12
    return float((as_far.sum() + 1) / (DRAWS + 1))
