"""From token lists to postings on disk, in bounded memory: blocked sort-based indexing.

Runs of a few million tokens are sorted into temporary files, which are then merged token by token
(Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, section 4.2).
"""

import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from qa.postings import K1, SMALL, Array, B, frequencies

MOST = 0xFFFF
"""A higher frequency counts as this one."""

_COMMON = 10
"""A token gets a row when more than n / 10 passages hold it, in an index that is not small."""
_SORTED, _MERGED = 1 << 22, 1 << 21
"""Tokens sorted, and postings merged, at a time."""


class _Run(NamedTuple):
    """A file of sorted keys, number << 32 | (position - first) << 16 | frequency."""

    path: Path
    first: int


def invert(token_lists: Iterable[Sequence[str]], folder: Path) -> None:
    """Write the postings of ``token_lists``, one a passage, into ``folder``. Raises OSError.

    Memory holds the distinct tokens and some 300 MB, however many passages there are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    with tempfile.TemporaryDirectory(dir=folder) as spool:
        runs, lengths, counts = _spool(_batches(token_lists, numbers), Path(spool))
        common = (counts > len(lengths) / _COMMON) & (len(lengths) > SMALL)
        listed = np.where(common, 0, counts)
        starts = np.where(common, np.negative(np.cumsum(common)), np.cumsum(listed) - listed)
        mean = max(lengths.sum(), 1) / max(len(lengths), 1)
        norms = K1 * (1 - B + B * lengths / mean)
        excess = _fill(folder, _merge(runs, counts), starts=starts, norms=norms, posted=int(listed.sum()))
    names = sorted(numbers)
    order = np.array([numbers[name] for name in names], dtype=np.int64)
    excess[0] = np.argsort(order)[excess[0] >> 32] << 32 | excess[0] & 0xFFFFFFFF
    encoded = [name.encode("utf-8", "surrogatepass") for name in names]
    np.save(folder / "tokens.npy", np.frombuffer(b"".join(encoded), dtype=np.uint8))
    np.save(folder / "ends.npy", np.cumsum([len(name) for name in encoded], dtype=np.int64))
    np.save(folder / "counts.npy", counts[order])
    np.save(folder / "starts.npy", starts[order])
    np.save(folder / "norms.npy", norms)
    np.save(folder / "mean.npy", np.array([mean], dtype=np.float64))
    np.save(folder / "excess.npy", excess[:, np.argsort(excess[0])])


def _batches(lists: Iterable[Sequence[str]], numbers: Mapping[str, int]) -> Iterator[tuple[Array, Array]]:
    """Numbers of the tokens of many passages, one passage behind the other, and how many each has."""
    ids, sizes = array("I"), array("I")
    for tokens in lists:
        ids.extend(map(numbers.__getitem__, tokens))
        sizes.append(len(tokens))
        if len(ids) >= _SORTED or len(sizes) > 0xFFFF:
            yield np.array(ids, dtype=np.int64), np.array(sizes, dtype=np.int64)
            ids, sizes = array("I"), array("I")
    yield np.array(ids, dtype=np.int64), np.array(sizes, dtype=np.int64)


def _spool(batches: Iterable[tuple[Array, Array]], folder: Path) -> tuple[list[_Run], Array, Array]:
    """Write a run for each batch; return them, the length of each passage, the passages of each token."""
    runs, lengths, counts = list[_Run](), list[Array](), np.zeros(0, np.int64)
    for ids, sizes in batches:
        keys = ids << 16 | np.repeat(np.arange(len(sizes)), sizes)
        keys.sort()
        firsts = np.flatnonzero(np.diff(keys, prepend=-1))
        keys = keys[firsts] << 16 | np.diff(firsts, append=len(keys)).clip(max=MOST)
        runs.append(_Run(folder / str(len(runs)), sum(map(len, lengths))))
        keys.tofile(runs[-1].path)
        lengths.append(sizes)
        added = np.bincount(keys >> 32, minlength=len(counts))
        added[: len(counts)] += counts
        counts = added
    return runs, np.concatenate(lengths), counts


def _merge(runs: Sequence[_Run], counts: Array) -> Iterator[tuple[int, Array]]:
    """Sorted keys (number - low) << 48 | position << 16 | frequency of the tokens from ``low`` on."""
    ends, lows = np.cumsum(counts), [0]
    while lows[-1] < len(counts):
        low = lows[-1]
        high = int(ends.searchsorted(ends[low] - counts[low] + _MERGED, side="right"))
        lows.append(min(max(high, low + 1), low + 0x7FFF, len(counts)))
    bounds = np.array(lows) << 32
    cuts = [8 * np.fromfile(run.path, dtype=np.int64).searchsorted(bounds) for run in runs]
    for part, low in enumerate(lows[:-1]):
        keys = np.concatenate(
            [_part(run, cut[part : part + 2], low) for run, cut in zip(runs, cuts, strict=True)]
        )
        keys.sort()
        yield low, keys


def _part(run: _Run, cut: Array, low: int) -> Array:
    with run.path.open("rb") as file:
        file.seek(cut[0])
        keys = np.frombuffer(file.read(cut[1] - cut[0]), dtype=np.int64)
    return (keys - (low << 32) >> 32 << 48) | (keys & 0xFFFFFFFF) + (run.first << 16)


def _fill(
    folder: Path, merged: Iterable[tuple[int, Array]], *, starts: Array, norms: Array, posted: int
) -> Array:
    """Write rows, positions and impacts; return the frequencies that impacts are too coarse for."""
    excess = [np.zeros((2, 0), np.int64)]
    with ExitStack() as stack:
        rows, positions, impacts = (
            stack.enter_context((folder / f"{name}.npy").open("wb"))
            for name in ("rows", "positions", "impacts")
        )
        _head(rows, np.uint8, (int((starts < 0).sum()), len(norms)))
        _head(positions, np.int32, (posted,))
        _head(impacts, np.uint8, (posted,))
        for low, keys in merged:
            numbers, places, told = low + (keys >> 48), keys >> 16 & 0xFFFFFFFF, keys & MOST
            each = norms[places]
            shares = np.ceil(255 * told / (told + each)).astype(np.uint8)
            coarse = frequencies(shares, each) != told
            excess.append(np.stack([numbers << 32 | places, told << 8 | shares])[:, coarse])
            listed = starts[numbers] >= 0
            positions.write(places[listed].astype(np.int32).data)
            impacts.write(shares[listed].data)
            for number in np.unique(numbers[~listed]):
                held = slice(*numbers.searchsorted([number, number + 1]))
                row = np.zeros(len(norms), np.uint8)
                row[places[held]] = shares[held]
                rows.write(row.data)
    return np.concatenate(excess, axis=1)


def _head(file: BinaryIO, dtype: type[np.generic], shape: tuple[int, ...]) -> None:
    """Begin a file of NumPy whose values follow."""
    header = {"descr": np.lib.format.dtype_to_descr(np.dtype(dtype)), "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, header)
