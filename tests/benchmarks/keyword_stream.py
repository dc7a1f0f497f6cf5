"""Passages as token numbers on disk, the same for every keyword index that is measured, and the questions.

::

    tokens.i32      the numbers of all passages, one passage behind the other
    ends.npy        where each passage ends
    questions.json  the numbers of each question's tokens; -1, which no passage has, is left out

A token is given to every index as the decimal writing of its number, so that nobody's tokeniser changes it.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

DOCUMENT = 20
"""Passages of a document that comes or goes."""
_FLUSHED = 1 << 22


class Stream:
    """What ``write_stream`` wrote: ``passages`` of them, of which an index may take the first so many."""

    def __init__(self, folder: Path) -> None:
        self.ends: Numbers = np.load(folder / "ends.npy")
        self.passages = len(self.ends)
        self._tokens = np.memmap(folder / "tokens.i32", np.int32, "r")
        self.questions: list[list[int]] = json.loads((folder / "questions.json").read_bytes())

    def numbers(self, first: int, end: int) -> Numbers:
        """The tokens of the passages ``first`` up to ``end``, one passage behind the other."""
        begun = int(self.ends[first - 1]) if first else 0
        numbers: Numbers = self._tokens[begun : int(self.ends[end - 1])].astype(np.int64)
        return numbers

    def lengths(self, end: int) -> Numbers:
        """How many tokens each of the first ``end`` passages has."""
        return np.diff(self.ends[:end], prepend=0)

    def lists(self, first: int, end: int) -> Iterator[list[str]]:
        """The tokens of each of the passages ``first`` up to ``end``, as they are given to an index."""
        begun = int(self.ends[first - 1]) if first else 0
        names: dict[int, str] = {}
        for position in range(first, end):
            ended = int(self.ends[position])
            numbers = self._tokens[begun:ended].tolist()
            yield [names.get(number) or names.setdefault(number, str(number)) for number in numbers]
            begun = ended

    def asked(self) -> list[list[str]]:
        """The tokens of each question."""
        return [list(map(str, question)) for question in self.questions]


def write_stream(
    passages: Iterable[Sequence[str]], questions: Iterable[Sequence[str]], folder: Path
) -> Stream:
    """Number the tokens of ``passages`` and ``questions`` and write them into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers: dict[str, int] = {}
    ends, held, total = array("q"), array("i"), 0
    with (folder / "tokens.i32").open("wb") as file:
        for passage in passages:
            held.extend(numbers.setdefault(token, len(numbers)) for token in passage)
            total += len(passage)
            ends.append(total)
            if len(held) >= _FLUSHED:
                held.tofile(file)
                held = array("i")
        held.tofile(file)
    np.save(folder / "ends.npy", np.array(ends, np.int64))
    known = [[numbers[token] for token in question if token in numbers] for question in questions]
    (folder / "questions.json").write_text(json.dumps([question for question in known if question]))
    return Stream(folder)
