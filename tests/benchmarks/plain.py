"""sentence-transformers and a flat FAISS index, by hand: what the model alone costs."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.child import Corpus, Index, Search, System, prompts, run

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

VECTORS, TEXTS = "vectors.faiss", "texts.json"


def indexer(folder: Path, model: str) -> Index:
    """Inner products of vectors of length 1 are cosines."""
    import faiss

    encoder, prompt = _load(model), prompts(model)[1]

    def index(corpus: Corpus) -> None:
        encoded = encoder.encode(corpus.passages, prompt=prompt, normalize_embeddings=True)
        vectors = np.asarray(encoded, np.float32)
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        faiss.write_index(flat, str(folder / VECTORS))
        (folder / TEXTS).write_text(json.dumps(corpus.passages, ensure_ascii=False), encoding="utf-8")

    return index


def searcher(folder: Path, model: str) -> Search:
    """The index in memory, the texts in a list."""
    import faiss

    encoder, prompt = _load(model), prompts(model)[0]
    flat = faiss.read_index(str(folder / VECTORS))
    texts = json.loads((folder / TEXTS).read_text(encoding="utf-8"))

    def search(question: str, k: int) -> list[str]:
        encoded = encoder.encode([question], prompt=prompt, normalize_embeddings=True)
        vectors = np.asarray(encoded, np.float32)
        return [texts[position] for position in flat.search(vectors, min(k, len(texts)))[1][0]]

    return search


def _load(model: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(model, local_files_only=True)


if __name__ == "__main__":
    run(
        System(
            indexer, searcher, ("sentence-transformers", "torch", "transformers", "tokenizers", "faiss-cpu")
        )
    )
