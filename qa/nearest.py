"""Nearest unit vectors by inner product: every vector while that is quick, beyond it lists of 4-bit codes.

The vectors lie on disk as float16. Few of them are read and compared one by one. Beyond ``FLAT`` FAISS
groups them into lists and keeps 4 bits for every 2 to 4 numbers (IVF, product quantization, "fast scan":
André et al., 2017, arXiv:1704.07355); a search compares the codes of the lists near the query and scores
the best candidates again by their vectors, which are read from the file.
"""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.scattered import ScatteredFile

Vectors = NDArray[np.float32]
Halves = NDArray[np.float16]
Rows = NDArray[np.int64]
Ranking = tuple[Vectors, Rows]
"""Inner products, best first, and the rows that have them."""
Untyped = Any
"""Of FAISS: its type hints lack half of what it has."""

FLAT = 32_768
"""Most vectors that are compared one by one."""

_BLOCK = 32_768
_CODES = 400_000_000
"""Bytes that the codes of an index may take, which are in memory whole."""
_THREADS = 2
_PER_LIST, _ROUNDS = 30, 8


class Reach(NamedTuple):
    """How far a search goes: lists whose codes are compared, rows that are scored by their vectors."""

    lists: int
    candidates: int


class Matrix:
    """Unit vectors as float16 in a ``.npy`` file, written in any order and read by blocks."""

    def __init__(self, path: Path, count: int, dimension: int) -> None:
        """Make a file of ``count`` rows of zeros. Raises OSError."""
        header = {"descr": "<f2", "fortran_order": False, "shape": (count, dimension)}
        self.path, self.count, self.dimension = path, count, dimension
        with path.open("wb") as file:
            np.lib.format.write_array_header_1_0(file, header)
            self._start = file.tell()
            file.truncate(self._start + 2 * count * dimension)

    def __setitem__(self, rows: Sequence[int] | Rows, vectors: Vectors) -> None:
        # Not through a memory map: there a full disk is a signal that ends the process.
        with self.path.open("r+b") as file:
            for row, vector in zip(rows, np.asarray(vectors, dtype="<f2"), strict=True):
                file.seek(self._start + 2 * self.dimension * int(row))
                file.write(vector.tobytes())

    def block(self, start: int, end: int) -> Vectors:
        """Return the rows from ``start`` to ``end`` as float32."""
        count, offset = (end - start) * self.dimension, self._start + 2 * self.dimension * start
        halves = np.fromfile(self.path, dtype="<f2", count=count, offset=offset)
        return halves.reshape(-1, self.dimension).astype(np.float32)

    def blocks(self) -> Iterator[Vectors]:
        """Yield all rows in order, as float32."""
        for start in range(0, self.count, _BLOCK):
            yield self.block(start, min(start + _BLOCK, self.count))


class Scattered:
    """The vectors of a ``Matrix``, read from its file when they are wanted: few at a time, from all over."""

    def __init__(self, path: Path) -> None:
        """Raises OSError and ValueError."""
        found = np.load(path, mmap_mode="r", allow_pickle=False)
        self.shape: tuple[int, ...] = found.shape
        """Number and length of the vectors."""
        self._type, self._start = found.dtype, found.offset
        self._file = ScatteredFile(path, far_apart=True)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, rows: Rows | slice) -> Halves:
        """A copy of the vectors at ``rows``, shape (r, dimension). Raises OSError."""
        count, length = self.shape
        width = length * self._type.itemsize
        if isinstance(rows, slice):
            first, end, _ = rows.indices(count)
            places, size = [first], width * (end - first)
        else:
            places, size = rows.tolist(), width
        read = self._file.read([self._start + width * place for place in places], size)
        found: Halves = np.frombuffer(read, self._type).reshape(-1, length)
        return found


class Exhaustive:
    """Compares every vector of ``vectors``, shape (n, dimension)."""

    kind = "flat"

    def __init__(self, vectors: Halves) -> None:
        self._scanner = _scanner(vectors)
        self.count = len(vectors)

    def rankings(self, vector: Vectors, depth: int) -> Iterator[Ranking]:
        """Yield the best ``depth`` rows for a vector of shape (dimension,), then more, up to all of them."""
        while depth and self.count:
            depth = depth if 2 * depth < self.count else self.count
            _one_thread()
            scores, rows = self._scanner.search(vector[np.newaxis], depth)
            yield scores[0], rows[0]
            depth = 4 * depth if depth < self.count else 0

    def rows(self, start: int, end: int) -> Vectors:
        """Return the vectors from ``start`` to ``end``."""
        found: Vectors = self._scanner.reconstruct_n(start, end - start)
        return found


class Approximate:
    """Compares codes, then the vectors of the best candidates; ``codes`` as from ``coded``."""

    kind = "ivf-pq"

    def __init__(self, codes: Untyped, vectors: Scattered, reach: Reach) -> None:
        if (codes.ntotal, codes.d) != vectors.shape:
            raise ValueError(f"codes of {codes.ntotal} vectors of length {codes.d}, vectors {vectors.shape}")
        self._codes, self._vectors, self._reach = codes, vectors, reach
        self._search_parameters = _faiss().SearchParametersIVF
        self.count = len(vectors)

    def rankings(self, vector: Vectors, depth: int) -> Iterator[Ranking]:
        """Yield about the best rows, ``depth`` or more, then more from more lists, up to all of them."""
        lists, depth = self._reach.lists, depth and max(depth, self._reach.candidates)
        while depth:
            if depth >= self.count:
                lists, depth = self._codes.nlist, self.count
            _one_thread()
            parameters = self._search_parameters(nprobe=min(lists, self._codes.nlist))
            (rows,) = self._codes.search(vector[np.newaxis], depth, params=parameters)[1]
            rows = np.sort(rows[rows >= 0])
            scores, order = _scanner(self._vectors[rows]).search(vector[np.newaxis], max(1, len(rows)))
            yield scores[0][: len(rows)], rows[order[0][: len(rows)]]
            lists, depth = 4 * lists, 4 * depth if depth < self.count else 0

    def rows(self, start: int, end: int) -> Vectors:
        """Return the vectors from ``start`` to ``end``."""
        return self._vectors[start:end].astype(np.float32)


def coded(matrix: Matrix) -> Untyped:
    """Group the vectors into sqrt(n) lists, about, and code them; a FAISS index.

    Unit vectors have one order by inner product and by Euclidean distance. Lists are chosen by distance:
    by inner product several times as many of them are needed. Four times as many lists leave fewer codes to
    compare and take as long, for every list looked into has a table of its own.
    """
    faiss = _faiss()
    lists = 2 ** round(math.log2(math.sqrt(matrix.count)))
    step = max(1, matrix.count // (_PER_LIST * lists))
    sample = np.concatenate([block[::step].copy() for block in matrix.blocks()])  # not views of whole blocks
    faiss.omp_set_num_threads(_THREADS)
    limits = {"niter": _ROUNDS, "min_points_per_centroid": 1, "max_points_per_centroid": _PER_LIST}
    middles = faiss.Kmeans(matrix.dimension, lists, **limits)
    middles.train(sample)
    codes = faiss.index_factory(matrix.dimension, f"IVF{lists},PQ{_pieces(matrix)}x4fs")
    codes.quantizer.add(middles.centroids)
    _one_thread()  # on a busy machine two need ten times as long for so many small trainings
    codes.train(sample)
    faiss.omp_set_num_threads(_THREADS)
    for block in matrix.blocks():
        codes.add(block)
    return codes


def _pieces(matrix: Matrix) -> int:
    """How many 4-bit codes a vector has: one for every 2 numbers where there is room for that, else 3 or 4.

    Codes of 2 numbers need a quarter of the candidates that those of 3 or 4 do.
    """
    possible = [matrix.dimension // width for width in (2, 3, 4, 1) if matrix.dimension % width == 0]
    return next((few for few in possible if matrix.count * few / 2 <= _CODES), min(possible))


def likely_queries(vectors: Scattered, count: int) -> Vectors:
    """Make queries as hard as questions: between two vectors, and as far away again as two others differ.

    Vectors themselves would be found too easily. On e5 vectors these want as many lists as real questions.
    """
    picked = np.random.default_rng(0).integers(0, len(vectors), (4, count))
    one, other, plus, minus = (vectors[rows].astype(np.float32) for rows in picked)
    queries = (one + other) / 2 + (plus - minus) / math.sqrt(2)
    made: Vectors = queries / np.linalg.norm(queries, axis=1, keepdims=True)
    return made


def write_codes(codes: Untyped, path: Path) -> None:
    """Write a FAISS index through Python: FAISS itself cannot open every path on Windows."""
    faiss = _faiss()
    with path.open("wb") as file:
        faiss.write_index(codes, faiss.PyCallbackIOWriter(file.write))


def read_codes(path: Path) -> Untyped:
    """Read what ``write_codes`` wrote. Raises OSError and RuntimeError."""
    faiss = _faiss()
    with path.open("rb") as file:
        return faiss.read_index(faiss.PyCallbackIOReader(file.read))


def _scanner(vectors: Halves) -> Untyped:
    faiss = _faiss()
    scanner = faiss.IndexScalarQuantizer(
        vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    if len(vectors):
        scanner.add_sa_codes(vectors.view(np.uint8))
    return scanner


def _one_thread() -> None:
    """Threads that spin while they wait cost more than they bring; the setting is of the calling thread."""
    _faiss().omp_set_num_threads(1)


def _faiss() -> Untyped:
    import faiss

    return faiss
