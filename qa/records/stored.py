"""Strings and numbers in files that are read or mapped in parts, and a sequence over what is made of them."""

import json
import operator
from abc import abstractmethod
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexCorruptError
from qa.scattered import ScatteredFile

AGAIN = "run: qa index"
UNREADABLE = (OSError, EOFError, ValueError, TypeError, LookupError)
"""What reading damaged files raises."""

Numbers = NDArray[np.int64]
_T = TypeVar("_T")
_UTF8 = ("utf-8", "surrogatepass")


class Stored(Sequence[_T]):
    """Values that are made when they are asked for; equal to any sequence of the same values."""

    @abstractmethod
    def _at(self, number: int) -> _T:
        """Make the value at ``number``, which is in range."""

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, index: int | slice) -> _T | tuple[_T, ...]:
        numbers = range(len(self))[index]
        if isinstance(numbers, range):
            return tuple(map(self.__getitem__, numbers))
        try:
            return self._at(numbers)
        except UNREADABLE as exc:
            raise IndexCorruptError(f"record {numbers} of the index cannot be read; {AGAIN}") from exc

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | list | Stored):
            return NotImplemented
        return len(self) == len(other) and all(map(operator.eq, self, other))

    __hash__ = None  # type: ignore[assignment]


class Strings(Stored[str]):
    """What ``writing`` wrote. Raises OSError, EOFError, LookupError or ValueError when it is damaged."""

    def __init__(self, path: Path) -> None:
        self.places = read_numbers(path.with_suffix(".npy"), -1)
        self._file = ScatteredFile(path)
        if self.places[-1] != self._file.size:
            raise ValueError(f"{path} is not as long as it was")

    def __len__(self) -> int:
        return len(self.places) - 1

    def _at(self, number: int) -> str:
        first, end = self.places[number : number + 2].tolist()
        return self.cut(first, end)

    def cut(self, first: int, end: int) -> str:
        """Return the text of these bytes of the file."""
        return self._file.read([first], end - first).decode(*_UTF8)


@contextmanager
def writing(path: Path) -> Iterator[Callable[[str], None]]:
    """Give a function that writes one more string."""
    places = array("q", [0])
    with path.open("wb") as file:

        def write(text: str) -> None:
            places.append(places[-1] + file.write(encoded(text)))

        yield write
    save_numbers(path.with_suffix(".npy"), np.asarray(places))


def encoded(text: str) -> bytes:
    """Return the bytes that ``Strings`` reads as ``text``."""
    return text.encode(*_UTF8)


def line(*values: object) -> str:
    """Return a line of JSON: line("a", 1) == '["a",1]⏎'."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def save_numbers(path: Path, numbers: NDArray[Any]) -> None:
    """Write an array."""
    np.save(path, numbers.astype(np.int64, copy=False), allow_pickle=False)


def read_numbers(path: Path, *shape: int) -> Numbers:
    """Map the array in ``path``; -1 in ``shape`` is any length. Raises OSError, EOFError, ValueError."""
    found = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    wanted = tuple(length if want == -1 else want for length, want in zip(found.shape, shape, strict=True))
    if found.dtype != np.int64 or found.shape != wanted:
        raise ValueError(f"{path} holds {found.dtype} of shape {found.shape}, wanted int64 of {shape}")
    return found
