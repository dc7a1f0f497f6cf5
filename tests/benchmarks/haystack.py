"""Haystack: an in-memory store saved as JSON, a pipeline of text embedder and embedding retriever."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from tests.benchmarks.child import Corpus, Index, Search, System, prompts, run

STORE = "store.json"


def indexer(folder: Path, model: str) -> Index:
    """Embed, write, save."""
    document = import_module("haystack").Document
    embedder = _embedders().SentenceTransformersDocumentEmbedder(
        model=model, prefix=prompts(model)[1], progress_bar=False, normalize_embeddings=True
    )
    embedder.warm_up()

    def index(corpus: Corpus) -> None:
        embedded = embedder.run([document(content=text) for text in corpus.passages])["documents"]
        store = _stores().InMemoryDocumentStore(embedding_similarity_function="cosine")
        store.write_documents(embedded)
        store.save_to_disk(str(folder / STORE))

    return index


def searcher(folder: Path, model: str) -> Search:
    """The pipeline of Haystack's own tutorials."""
    store = _stores().InMemoryDocumentStore.load_from_disk(str(folder / STORE))
    embedder = _embedders().SentenceTransformersTextEmbedder(
        model=model, prefix=prompts(model)[0], progress_bar=False, normalize_embeddings=True
    )
    retrievers = import_module("haystack.components.retrievers.in_memory")
    pipeline = import_module("haystack").Pipeline()
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("retriever", retrievers.InMemoryEmbeddingRetriever(document_store=store))
    pipeline.connect("embedder.embedding", "retriever.query_embedding")

    def search(question: str, k: int) -> list[str]:
        answer = pipeline.run({"embedder": {"text": question}, "retriever": {"top_k": k}})
        return [found.content for found in answer["retriever"]["documents"]]

    return search


def _embedders() -> ModuleType:
    return import_module("haystack_integrations.components.embedders.sentence_transformers")


def _stores() -> ModuleType:
    return import_module("haystack.document_stores.in_memory")


if __name__ == "__main__":
    packages = (
        "haystack-ai",
        "sentence-transformers-haystack",
        "sentence-transformers",
        "torch",
        "transformers",
    )
    run(System(indexer, searcher, packages))
