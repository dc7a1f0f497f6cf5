"""What the fitting scripts share: rows of the sets, and a search as the service makes it."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.config import Settings
from qa.generation import Index
from qa.reranker import QuestionReranker, shipped_weights
from qa.retriever import Retriever


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzipped JSON lines file. Raises OSError and ValueError."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def retriever_over(index: Index) -> Retriever:
    """The retriever that the service would have over ``index``."""
    return Retriever(
        index.searchers,
        index.passages,
        index.documents.entries.by_id,
        sentences=index.sentences,
        reranker=QuestionReranker(weight=index.token_weight, weights=shipped_weights()),
        depth=Settings().depth,
    )
