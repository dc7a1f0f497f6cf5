"""Postings on disk: which passages hold a token, and how much of its weight each of them gets.

A folder holds arrays of NumPy that are mapped, not read: V tokens, n passages, P postings::

    tokens.npy     the tokens in the order of their code points, UTF-8, one behind the other
    ends.npy       where each of them ends (V)
    counts.npy     how many passages hold it (V)
    starts.npy     its first posting, or -1 - its row (V)
    norms.npy      K1 * (1 - B + B * length / mean length) of each passage (n)
    mean.npy       the mean length, in tokens (1)
    positions.npy  of the passages that hold a token, ascending (P)
    impacts.npy    f / (f + norm) in 255ths, rounded up, f its frequency in the passage (P)
    rows.npy       the same by position, 0 where it is not, of tokens that many passages hold (rows, n)
    excess.npy     frequencies that an impact is too coarse for: number << 32 | position, f << 8 | impact

A frequency is not stored where only one has this impact in a passage of this norm, as is so unless the
token is there a dozen times.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

K1, B = 1.2, 0.6
"""Saturation of term frequency and strength of length normalisation (Robertson and Zaragoza, 2009)."""
SMALL = 1 << 14
"""An index of so many passages has no rows."""

_ODDS = np.arange(256) / np.append(255.0 - np.arange(255), np.inf)


class Term(NamedTuple):
    """A token: its number, how many passages hold it, its first posting or -1 - its row."""

    number: int
    held: int
    start: int

    @property
    def listed(self) -> bool:
        """Whether it has postings, not a row."""
        return self.start >= 0


UNKNOWN = Term(-1, 0, 0)


class Postings:
    """The arrays of a folder that ``inversion.invert`` wrote, mapped.

    Raises OSError, EOFError or ValueError when they are not whole.
    """

    def __init__(self, folder: Path) -> None:
        tokens, ends = _mapped(folder, "tokens"), _mapped(folder, "ends")
        self._counts, self._starts = _mapped(folder, "counts"), _mapped(folder, "starts")
        self._positions, self._impacts = _mapped(folder, "positions"), _mapped(folder, "impacts")
        self._norms, self._rows = _mapped(folder, "norms"), _mapped(folder, "rows")
        self._excess, self._frequencies = _mapped(folder, "excess")
        if not len(ends) == len(self._counts) == len(self._starts) or len(tokens) != ends[-1:].sum():
            raise ValueError("arrays of tokens differ in length")
        if len(self._positions) != len(self._impacts) or self._rows.shape[1:] != self._norms.shape:
            raise ValueError("arrays of postings differ in length")
        self._names, self._ends = tokens.data, ends.data
        (self.mean,) = _mapped(folder, "mean").tolist()
        """Tokens of a passage on average."""
        self._coarse = int((self._frequencies & 255).min(initial=256))
        self.passages, self.tokens = len(self._norms), len(ends)
        """How many there are; distinct ones of tokens."""
        self.lowest = math.ceil(255 / (1 + float(self._norms.max(initial=0))))
        """No impact is lower: that of a token that is there once in the longest passage."""
        self.find = lru_cache(maxsize=1 << 16)(self._find)
        """The term of a token, ``UNKNOWN`` when no passage holds it."""

    def _find(self, token: str) -> Term:
        raw = token.encode("utf-8", "surrogatepass")
        number = bisect_left(range(len(self._ends)), raw, key=self._token)
        if number == len(self._ends) or self._token(number) != raw:
            return UNKNOWN
        return Term(number, int(self._counts[number]), int(self._starts[number]))

    def _token(self, number: int) -> bytes:
        return bytes(self._names[self._ends[number - 1] if number else 0 : self._ends[number]])

    def row(self, term: Term) -> Array:
        """Impacts of a term that has a row, uint8, shape (n,)."""
        row: Array = self._rows[-1 - term.start]
        return row

    def posted(self, term: Term) -> tuple[Array, Array]:
        """Positions (int32, ascending) and impacts (uint8) of a term that has postings."""
        held = slice(term.start, term.start + term.held)
        return self._positions[held], self._impacts[held]

    def impacts(self, terms: Sequence[Term], positions: Array) -> Array:
        """Impacts of terms in the passages at ``positions``, which ascend: (terms, positions), 0 for none."""
        found = np.empty((len(terms), len(positions)), np.uint8)
        wanted = positions.astype(np.int32)
        for row, term in zip(found, terms, strict=True):
            if term.listed:
                listed, impacts = self.posted(term)
                places = listed.searchsorted(wanted)
                held = listed.take(places, mode="clip") == wanted
                np.multiply(impacts.take(places, mode="clip"), held, out=row)
            else:
                self.row(term).take(positions, out=row, mode="clip")
        return found

    def norms(self, mean: float) -> Array:
        """Norms of the passages (n) as they are among others whose mean length is ``mean``."""
        if mean == self.mean:
            return self._norms
        fixed = K1 * (1 - B)
        scaled: Array = fixed + (self._norms - fixed) * (self.mean / mean)
        return scaled

    def lengths(self) -> Array:
        """Tokens of each passage (n)."""
        found: Array = np.rint((self._norms / K1 - (1 - B)) / B * self.mean)
        return found

    def shares(self, impacts: Array, positions: Array, numbers: Array, norms: Array) -> Array:
        """Shares f / (f + norm), float64, for what ``impacts`` at positions of tokens of these numbers round.

        ``norms`` are as from ``norms``: those among other passages.
        """
        told = frequencies(impacts, self._norms.take(positions))
        asked = np.nonzero(impacts >= self._coarse)
        if len(asked[0]):
            keys = np.broadcast_to(numbers << 32 | positions, impacts.shape)[asked]
            places = np.minimum(self._excess.searchsorted(keys), len(self._excess) - 1)
            found = self._excess[places] == keys
            told[tuple(axis[found] for axis in asked)] = self._frequencies[places[found]] >> 8
        shares: Array = told / (told + norms.take(positions))
        return shares


def frequencies(impacts: Array, norms: Array) -> Array:
    """The highest frequency that has this impact in a passage of this norm: float64, 0 for impact 0."""
    highest: Array = np.floor(_ODDS.take(impacts) * norms + 1e-9)
    return highest


def _mapped(folder: Path, name: str) -> Array:
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
