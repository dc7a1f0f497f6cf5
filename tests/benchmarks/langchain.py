"""LangChain: its FAISS store over ``HuggingFaceEmbeddings``.

``save_local`` writes the texts as a pickle, which runs what it reads: only files written here are opened.
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from tests.benchmarks.child import Corpus, Index, Search, System, prompts, run


def indexer(folder: Path, model: str) -> Index:
    """``from_texts`` embeds and adds."""
    embeddings = _huggingface().HuggingFaceEmbeddings(**_settings(model))

    def index(corpus: Corpus) -> None:
        _stores().FAISS.from_texts(corpus.passages, embeddings).save_local(str(folder))

    return index


def searcher(folder: Path, model: str) -> Search:
    """``load_local`` asks that the pickle be trusted by name."""
    embeddings = _huggingface().HuggingFaceEmbeddings(**_settings(model))
    store = _stores().FAISS.load_local(str(folder), embeddings, allow_dangerous_deserialization=True)
    return lambda question, k: [hit.page_content for hit in store.similarity_search(question, k=k)]


def _settings(model: str) -> dict[str, object]:
    query, passage = prompts(model)
    return {
        "model_name": model,
        "encode_kwargs": {"prompt": passage, "normalize_embeddings": True},
        "query_encode_kwargs": {"prompt": query, "normalize_embeddings": True},
    }


def _huggingface() -> ModuleType:
    return import_module("langchain_huggingface")


def _stores() -> ModuleType:
    return import_module("langchain_community.vectorstores")


if __name__ == "__main__":
    packages = (
        "langchain-core",
        "langchain-community",
        "langchain-huggingface",
        "sentence-transformers",
        "torch",
        "transformers",
        "faiss-cpu",
    )
    run(System(indexer, searcher, packages))
