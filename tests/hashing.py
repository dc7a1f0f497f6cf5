"""An encoder without a model: characters and pairs, hashed into 64 signed columns."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from qa.protocols import Vectors
from qa.text import fold


class HashingEncoder:
    """The same text has the same vector on every machine; texts that share pairs are near each other."""

    dimension = 64

    def __init__(self, salt: str = "") -> None:
        self.salt = salt

    @property
    def name(self) -> str:
        return f"hashing{self.salt}"

    @property
    def fingerprint(self) -> str:
        return f"fingerprint{self.salt}"

    def encode_queries(self, queries: Sequence[str]) -> Vectors:
        return np.array([self.row(text) for text in queries], dtype=np.float32).reshape(-1, self.dimension)

    def encode_passages(self, passages: Sequence[str]) -> Vectors:
        return self.encode_queries(passages)

    def row(self, text: str) -> Vectors:
        row = np.zeros(self.dimension)
        row[0] = 1e-3  # an empty text has a direction too
        folded = fold(text)
        for piece in [*folded, *(folded[i : i + 2] for i in range(len(folded) - 1))]:
            digest = blake2b(f"{self.salt}{piece}".encode(), digest_size=2).digest()
            row[digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
        return (row / np.linalg.norm(row)).astype(np.float32)
