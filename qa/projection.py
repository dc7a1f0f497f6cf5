"""A map of the passages: their vectors seen along the two directions in which they differ most (PCA)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.generation import Index
from qa.live import joined, part_at
from qa.protocols import Vectors

INDEX = "passages"
"""The dense index whose vectors are drawn."""
MOST = 1000
"""Passages that are drawn; of more, as many at equal distances."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Point:
    """A passage on the map, both coordinates in [0, 1]."""

    place: Place
    doc_id: str
    heading: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class PassageMap:
    """The points of some of ``total`` passages; ``explained`` is the share of the variance that they show.

    ``titles`` of the documents, and how many points each has, by ``doc_id``.
    """

    points: Sequence[Point]
    titles: Mapping[str, str]
    counts: Mapping[str, int]
    total: int
    explained: float
    frame: "Frame"

    def places(self, vectors: Vectors) -> list[Place]:
        """Where other vectors, shape (n, dimension), lie; what is outside the map is put at its edge."""
        return self.frame.places(vectors)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """How a vector becomes a place: less ``mean``, along ``axes``, between ``low`` and ``high``."""

    mean: NDArray[np.float64]
    axes: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def places(self, vectors: Vectors) -> list[Place]:
        """One place for each row, in [0, 1]."""
        seen = (vectors - self.mean) @ self.axes
        scaled = np.clip((seen - self.low) / np.maximum(self.high - self.low, 1e-9), 0, 1)
        return [(float(x), float(y)) for x, y in scaled.tolist()]


def framed(vectors: Vectors) -> tuple[Frame, float]:
    """The principal axes of ``vectors``, shape (n, dimension), and the share of the variance they show."""
    mean = vectors.mean(axis=0, dtype=np.float64)
    centred = vectors - mean
    values, axes = np.linalg.eigh(centred.T @ centred)
    best = axes[:, :-3:-1]
    best = best * np.sign(
        best[np.abs(best).argmax(axis=0), range(best.shape[1])]
    )  # one sign on every machine
    seen = centred @ best
    total = float(values.sum())
    shown = float(values[:-3:-1].sum()) / total if total > 0 else 0.0
    return Frame(mean, best, seen.min(axis=0), seen.max(axis=0)), shown


def vectors_at(index: Index, positions: Sequence[int]) -> Vectors:
    """The vector of each passage as a whole, shape (n, dimension)."""
    parts = joined([one.passages for one in index.held])
    rows = (part_at(parts, position) for position in positions)
    found = [
        part.held.dense[INDEX].vectors(part.number(position))[0]
        for part, position in zip(rows, positions, strict=True)
    ]
    return np.stack(found)


def project(index: Index) -> PassageMap:
    """Draw the passages of ``index``."""
    total = len(index.passages)
    chosen = np.unique(np.linspace(0, total - 1, min(total, MOST)).round().astype(int)).tolist()
    if not chosen:
        nothing = np.zeros(0)
        return PassageMap((), {}, {}, 0, 0.0, Frame(nothing, nothing, nothing, nothing))
    vectors = vectors_at(index, chosen)
    frame, explained = framed(vectors)
    points, counts = [], dict[str, int]()
    for position, place in zip(chosen, frame.places(vectors), strict=True):
        passage = index.passages[position]
        counts[passage.doc_id] = counts.get(passage.doc_id, 0) + 1
        points.append(Point(place, passage.doc_id, passage.heading, (passage.start, passage.end)))
    titles = {doc_id: index.documents.entries.by_id[doc_id].title for doc_id in counts}
    return PassageMap(tuple(points), titles, counts, total, explained, frame)
