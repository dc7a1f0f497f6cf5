"""How much of a question a text says in its own or in other words."""

import re
import threading
from collections.abc import Callable, Sequence

import numpy as np

from qa.protocols import Encoder, Vectors
from qa.text import fold, squeeze, written_out

_KEPT = 50_000
_SINGLE = 0.1
"""What a word of one character counts for beside its weight: 办 or 能 is near to something anywhere."""
_ABBREVIATED = 0.9
"""How near a name written out is to its abbreviation."""
_WORD = re.compile(r"[^\W_]")


class Alignment:
    """Compares words by their vectors, so that 大夫 can stand for 医生 and ``sewage`` for 污水.

    ``words`` splits a text, ``weight`` gives a word's inverse document frequency. Vectors of words are
    kept. Safe to call from many threads.
    """

    def __init__(
        self, encoder: Encoder, *, words: Callable[[str], list[str]], weight: Callable[[str], float]
    ) -> None:
        self._encoder = encoder
        self._words = words
        self._weight = weight
        self._vectors: dict[str, Vectors] = {}
        self._lock = threading.Lock()

    def coverage(self, question: str, text: str) -> tuple[float, float]:
        """How near ``text`` comes to the question's words, in [0, 1]: all by weight, and the least near one.

        Each word of ``question`` counts with the cosine to the nearest word of ``text`` (the recall of
        BERTScore, Zhang et al., 2020, on whole words without context), or as an abbreviation of what
        stands there; a single character counts little, and not as the least near. 0 when either has no words.
        """
        wanted, found = self._distinct(question), self._distinct(text)
        weights = np.array([self._weight(word) * (1 if len(word) > 1 else _SINGLE) for word in wanted])
        if not found or not weights.sum():
            return 0.0, 0.0
        nearest = (self._encode(wanted) @ self._encode(found).T).max(axis=1)
        whole = squeeze(text)
        said = [_ABBREVIATED * written_out(word, whole) for word in wanted]
        nearest = np.clip(np.maximum(nearest, np.array(said, np.float32)), 0.0, 1.0)
        least = min(
            (float(one) for one, word in zip(nearest, wanted, strict=True) if len(word) > 1), default=1.0
        )
        return float((weights * nearest).sum() / weights.sum()), least

    def names(self, text: str) -> bool:
        """Whether ``text`` has a word of more than one character, which can be compared by itself."""
        return any(len(word) > 1 for word in self._distinct(text))

    def _distinct(self, text: str) -> list[str]:
        return [word for word in dict.fromkeys(self._words(fold(text))) if _WORD.search(word)]

    def _encode(self, words: Sequence[str]) -> Vectors:
        with self._lock:
            missing = [word for word in words if word not in self._vectors]
            if len(self._vectors) + len(missing) > _KEPT:
                self._vectors.clear()
                missing = list(words)
            if missing:
                self._vectors.update(zip(missing, self._encoder.encode_passages(missing), strict=True))
            return np.stack([self._vectors[word] for word in words])
