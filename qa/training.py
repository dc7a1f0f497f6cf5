"""Learns the ranker's weights from questions whose right passages are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.errors import RankerError
from qa.evaluation import Estimate, paired_difference
from qa.reranker import shipped_weights
from qa.types import Hit

FOLDS = 5
STRENGTH = 1.0
"""What a squared distance of 1 from the weights it starts from costs, beside the mean loss of a set."""
SHARPNESS = 2.0
"""Scores are multiplied by this in the loss: hits that are 1 apart are rarely mistaken for each other."""

_FEWEST = 2 * FOLDS
Numbers = NDArray[np.float64]
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """One question of a set: the features of its hits (hits x features), and which of them are right."""

    of: str
    values: Numbers
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Trained:
    """Fitted weights, and how much better they are than those they started from.

    ``gains`` are on questions held apart (cross-validation), by set and measure; ``losses`` are what the
    fitted weights lose on all questions when one feature counts nothing.
    """

    weights: Weights
    gains: Mapping[str, Mapping[str, Estimate]]
    losses: Mapping[str, Mapping[str, Estimate]]


def example(of: str, hits: Sequence[Hit], right: Sequence[bool]) -> Example | None:
    """What one question teaches; None where none of the hits is right or all of them are."""
    if all(right) or not any(right):
        return None
    rows = [[hit.scores.get(name, 0.0) for name in shipped_weights()] for hit in hits]
    return Example(of, np.array(rows, np.float64), np.array(right, np.bool_))


def train(examples: Sequence[Example], *, strength: float = STRENGTH) -> Trained:
    """Fit, and measure in five folds what that brings. Raises RankerError for too few questions."""
    if len(examples) < _FEWEST:
        raise RankerError(
            f"{len(examples)} questions have right and wrong passages among their hits;"
            f" at least {_FEWEST} are wanted: give more questions or sets"
        )
    start = np.array(list(shipped_weights().values()))
    apart = np.empty((len(examples), len(start)))
    for fold in range(FOLDS):
        learned = [one for at, one in enumerate(examples) if at % FOLDS != fold]
        apart[fold::FOLDS] = fit(learned, start, strength=strength)
    fitted = fit(examples, start, strength=strength)
    names = list(shipped_weights())
    return Trained(
        dict(zip(names, fitted.round(3).tolist(), strict=True)),
        gains=_compared(examples, apart, np.tile(start, (len(examples), 1))),
        losses={
            name: {
                key: value["MRR"]
                for key, value in _compared(
                    examples,
                    np.tile(np.where(np.array(names) == name, 0.0, fitted), (len(examples), 1)),
                    np.tile(fitted, (len(examples), 1)),
                ).items()
            }
            for name in names
        },
    )


def fit(examples: Sequence[Example], start: Numbers, *, strength: float) -> Numbers:
    """Weights with the least mean loss, every set counting alike, near ``start``.

    The loss of a question is minus the logarithm of the share that its right hits have of the softmax
    over all of its hits (ListNet's top-one probability: Cao et al., ICML 2007).
    """
    from scipy.optimize import minimize

    sizes = {of: sum(one.of == of for one in examples) for of in {one.of for one in examples}}

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        away = weights - start
        total, slope = strength * float(away @ away), 2 * strength * away
        for one in examples:
            scores = SHARPNESS * (one.values @ weights)
            share = np.exp(scores - scores.max())
            share /= share.sum()
            right = max(float(share[one.right].sum()), np.finfo(np.float64).tiny)
            total -= np.log(right) / sizes[one.of]
            slope += SHARPNESS * (one.values.T @ (share - share * one.right / right)) / sizes[one.of]
        return total, slope

    found: Numbers = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


def _compared(
    examples: Sequence[Example], weights: Numbers, against: Numbers
) -> dict[str, dict[str, Estimate]]:
    """Success@1 and MRR by set: each question's row of ``weights`` less its row of ``against``."""
    ranks: dict[str, tuple[list[int], list[int]]] = {}
    for one, new, old in zip(examples, weights, against, strict=True):
        after, before = ranks.setdefault(one.of, ([], []))
        after.append(_rank(one, new))
        before.append(_rank(one, old))
    return {
        of: {
            "Success@1": paired_difference([rank == 1 for rank in after], [rank == 1 for rank in before]),
            "MRR": paired_difference([1 / rank for rank in after], [1 / rank for rank in before]),
        }
        for of, (after, before) in ranks.items()
    }


def _rank(one: Example, weights: Numbers) -> int:
    """Rank of the first right hit, from 1."""
    order = np.argsort(-(one.values @ weights), kind="stable")
    return int(np.argmax(one.right[order])) + 1
