"""bm25s over jieba's words, without any model: what keywords alone cost."""

from pathlib import Path

from tests.benchmarks.child import Corpus, Index, Search, System, run


def indexer(folder: Path, model: str) -> Index:
    """The texts are saved with the index; ``model`` is not used."""
    import bm25s
    import jieba

    jieba.initialize()

    def index(corpus: Corpus) -> None:
        bm25 = bm25s.BM25()
        bm25.index([jieba.lcut_for_search(text) for text in corpus.passages], show_progress=False)
        bm25.save(folder, corpus=corpus.passages)

    return index


def searcher(folder: Path, model: str) -> Search:
    """The index and the texts in memory; ``model`` is not used."""
    import bm25s
    import jieba

    bm25 = bm25s.BM25.load(folder, load_corpus=True)

    def search(question: str, k: int) -> list[str]:
        words = jieba.lcut_for_search(question)
        found, _ = bm25.retrieve([words], k=min(k, len(bm25.corpus)), show_progress=False)
        return [hit["text"] for hit in found[0]]

    return search


if __name__ == "__main__":
    run(System(indexer, searcher, ("bm25s", "jieba", "numpy")))
