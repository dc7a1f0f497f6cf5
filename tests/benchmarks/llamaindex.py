"""LlamaIndex: a ``VectorStoreIndex`` over its FAISS store, persisted as a folder."""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.benchmarks.child import Corpus, Index, Search, System, prompts, run


def indexer(folder: Path, model: str) -> Index:
    """Passages become nodes as they are: nothing is split again."""
    import faiss

    core, schema = import_module("llama_index.core"), import_module("llama_index.core.schema")
    encoder = _huggingface().HuggingFaceEmbedding(**_settings(model))
    dimension = len(encoder.get_text_embedding("0"))

    def index(corpus: Corpus) -> None:
        store = _stores().FaissVectorStore(faiss_index=faiss.IndexFlatIP(dimension))
        made = core.VectorStoreIndex(
            [schema.TextNode(text=text) for text in corpus.passages],
            storage_context=core.StorageContext.from_defaults(vector_store=store),
            embed_model=encoder,
        )
        made.storage_context.persist(persist_dir=str(folder))

    return index


def searcher(folder: Path, model: str) -> Search:
    """The retriever alone: no language model is asked."""
    core = import_module("llama_index.core")
    store = _stores().FaissVectorStore.from_persist_dir(str(folder))
    encoder = _huggingface().HuggingFaceEmbedding(**_settings(model))
    context = core.StorageContext.from_defaults(vector_store=store, persist_dir=str(folder))
    opened = core.load_index_from_storage(context, embed_model=encoder)
    retrievers: dict[int, Any] = {}

    def search(question: str, k: int) -> list[str]:
        retriever = retrievers.setdefault(k, opened.as_retriever(similarity_top_k=k))
        return [hit.node.get_content() for hit in retriever.retrieve(question)]

    return search


def _settings(model: str) -> dict[str, str]:
    query, text = prompts(model)
    return {"model_name": model, "query_instruction": query, "text_instruction": text}


def _huggingface() -> ModuleType:
    return import_module("llama_index.embeddings.huggingface")


def _stores() -> ModuleType:
    return import_module("llama_index.vector_stores.faiss")


if __name__ == "__main__":
    packages = (
        "llama-index-core",
        "llama-index-embeddings-huggingface",
        "llama-index-vector-stores-faiss",
        "sentence-transformers",
        "torch",
        "transformers",
        "faiss-cpu",
    )
    run(System(indexer, searcher, packages))
