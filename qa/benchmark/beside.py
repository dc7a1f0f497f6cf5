"""What the plain systems search: one vector for each passage, and an index of jieba's words."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qa.protocols import Encoder, OnProgress
from qa.types import Progress

PASSAGES, KEYWORDS = "passages.npy", "keywords"
"""Below the folder of a place."""
_AT_ONCE = 2048
"""Texts between two reports of progress."""


def write_vectors(
    texts: Sequence[str], encoder: Encoder, path: Path, *, on_progress: OnProgress | None = None
) -> None:
    """A matrix of shape (len(texts), dimension), unless it is there already."""
    if path.is_file():
        return
    unfinished = path.with_suffix(".unfinished")
    vectors = np.lib.format.open_memmap(unfinished, "w+", np.float32, (len(texts), encoder.dimension))
    for start in range(0, len(texts), _AT_ONCE):
        batch = texts[start : start + _AT_ONCE]
        vectors[start : start + len(batch)] = encoder.encode_passages(batch)
        if on_progress:
            on_progress(Progress("passages beside", start + len(batch), len(texts)))
    vectors.flush()
    unfinished.replace(path)


def write_keywords(texts: Sequence[str], folder: Path, *, on_progress: OnProgress | None = None) -> None:
    """bm25s with its defaults over jieba's words, unless it is there already."""
    if folder.is_dir():
        return
    import bm25s
    import jieba

    jieba.setLogLevel(60)
    numbers: dict[str, int] = {}
    rows = []
    for done, text in enumerate(texts, start=1):
        # numbers, not words: a list of fresh strings for each passage would need ten times the memory
        rows.append([numbers.setdefault(word, len(numbers)) for word in jieba.cut_for_search(text)])
        if on_progress and (done % _AT_ONCE == 0 or done == len(texts)):
            on_progress(Progress("words beside", done, len(texts)))
    index = bm25s.BM25()
    index.index((rows, numbers), show_progress=False)
    unfinished = folder.with_suffix(".unfinished")
    index.save(unfinished, show_progress=False)
    unfinished.replace(folder)
