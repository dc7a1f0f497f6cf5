"""BM25 of every passage, token by token as the formula says: what keyword indexes are held against."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.keyword_stream import Numbers, Stream

Scores = NDArray[np.float32]

K1 = 1.2
TEN = 10
_BLOCK = 1 << 15
_ALIKE = 1e-5
"""Scores that differ by a smaller share are the same."""


def exact(stream: Stream, size: int, questions: Sequence[Sequence[int]], b: Sequence[float]) -> list[Scores]:
    """Scores (questions, size) for each value of ``b``; Lucene's inverse document frequency."""
    wanted = np.unique(np.concatenate([np.array(question) for question in questions]))
    lengths = stream.lengths(size)
    held = np.zeros(len(wanted), np.int64)
    blocks = []
    for first in range(0, size, _BLOCK):
        end = min(first + _BLOCK, size)
        numbers = stream.numbers(first, end)
        places = np.searchsorted(wanted, numbers).clip(max=len(wanted) - 1)
        asked = wanted[places] == numbers
        passages = np.repeat(np.arange(end - first), lengths[first:end])[asked]
        keys, told = np.unique(places[asked] * _BLOCK + passages, return_counts=True)
        held += np.bincount(keys // _BLOCK, minlength=len(wanted))
        blocks.append((keys.astype(np.int32), told.clip(max=0xFFFF).astype(np.uint16)))
    weight = np.log1p((size - held + 0.5) / (held + 0.5))
    found = [np.zeros((len(questions), size), np.float32) for _ in b]
    for number, (keys, counted) in enumerate(blocks):
        first, end = number * _BLOCK, min((number + 1) * _BLOCK, size)
        norms = [K1 * (1 - one + one * lengths[first:end] / lengths.mean()) for one in b]
        for row, question in enumerate(questions):
            tokens = _weighted(question, wanted, weight)
            for scores, norm in zip(found, norms, strict=True):
                scores[row, first:end] = _summed(keys, counted, tokens, norm)
    return found


def same_ten(found: Sequence[Sequence[int]], scores: Scores) -> float:
    """The share of ten that are among the best ten; which of several with one score does not matter.

    same_ten([[0, 2]], np.array([[3.0, 2.0, 1.0]])) == 0.5, when two are asked for
    """
    shares = []
    for positions, row in zip(found, scores, strict=False):
        k = min(TEN, len(row), int((row > 0).sum()))
        if not k:
            continue
        least = np.partition(row, -k)[-k] * (1 - _ALIKE)
        shares.append(float((row[np.array(positions[:k], np.int64)] >= least).sum()) / k)
    return float(np.mean(shares))


def _weighted(question: Sequence[int], wanted: Numbers, weight: NDArray[np.float64]) -> Mapping[int, float]:
    """How much each token counts, by its place among those wanted."""
    places = np.searchsorted(wanted, question).tolist()
    return {place: times * float(weight[place]) for place, times in Counter(places).items()}


def _summed(
    keys: NDArray[np.int32],
    told: NDArray[np.uint16],
    tokens: Mapping[int, float],
    norms: NDArray[np.float64],
) -> NDArray[np.float64]:
    sums = np.zeros(len(norms))
    for place, weight in tokens.items():
        held = slice(*np.searchsorted(keys, np.array([place, place + 1], np.int64) * _BLOCK))
        at = keys[held] - place * _BLOCK
        sums[at] += weight * told[held] / (told[held] + norms[at])
    return sums
