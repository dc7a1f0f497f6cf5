"""txtai: ``Embeddings`` with its content kept, as in its own first example; saved and loaded as a folder."""

from importlib import import_module
from pathlib import Path

from tests.benchmarks.child import Corpus, Index, Search, System, prompts, run


def indexer(folder: Path, model: str) -> Index:
    """``content`` keeps the texts in SQLite; the vectors are in FAISS."""
    query, data = prompts(model)
    embeddings = import_module("txtai").Embeddings(
        path=model, content=True, instructions={"query": query, "data": data}
    )

    def index(corpus: Corpus) -> None:
        embeddings.index(corpus.passages)
        embeddings.save(str(folder))

    return index


def searcher(folder: Path, model: str) -> Search:
    """The saved configuration names the model."""
    embeddings = import_module("txtai").Embeddings()
    embeddings.load(str(folder))
    return lambda question, k: [hit["text"] for hit in embeddings.search(question, k)]


if __name__ == "__main__":
    run(System(indexer, searcher, ("txtai", "torch", "transformers", "tokenizers", "faiss-cpu")))
