"""What is measured, each in a process of its own: our encoders, our service, and two plain systems beside."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from qa.benchmark.beside import KEYWORDS, PASSAGES
from qa.benchmark.plan import Place
from qa.benchmark.rounds import K, milliseconds
from qa.config import Settings
from qa.encoder import CompactEncoder, SentenceEncoder, load_encoder
from qa.errors import EncoderError
from qa.protocols import Encoder, Library, OnProgress, Vectors
from qa.segment import Encoders
from qa.service import Service

Request = Mapping[str, Any]
Reply = Mapping[str, Any]
Verb = Callable[[Request, OnProgress], Reply]
Verbs = Mapping[str, Verb]
Encode = Callable[[Sequence[str]], Vectors]
Load = Callable[[Settings], Encoders]


class Opened(Library, Protocol):
    """What can be searched and asked once it is opened."""

    def open(self) -> None:
        """Open the index as it is."""
        ...


def load_main(settings: Settings) -> Encoder:
    """The encoder of the settings. Raises EncoderError."""
    return load_encoder(
        settings.encoder, cache=settings.cache, threads=settings.threads, runtime=settings.runtime
    )


def load_encoders(settings: Settings) -> Encoders:
    """Both encoders that an index is made with. Raises EncoderError."""
    return Encoders(load_main(settings), CompactEncoder(cache=settings.cache))


def reference(settings: Settings, _request: Request) -> Verbs:
    """The model on PyTorch as sentence-transformers runs it: its batch size, its threads, its waiting."""
    queries, passages = on_pytorch(settings)
    return _encoding(queries, passages)


def compiled(settings: Settings, _request: Request) -> Verbs:
    """Our encoder, as the settings say."""
    encoder = load_main(settings)
    return _encoding(encoder.encode_queries, encoder.encode_passages)


def compact(settings: Settings, _request: Request) -> Verbs:
    """Our second encoder."""
    encoder = CompactEncoder(cache=settings.cache)
    return _encoding(encoder.encode_queries, encoder.encode_passages)


def search_encoders(settings: Settings, _request: Request, *, load: Load = load_encoders) -> Verbs:
    """What a search must encode a question with: both encoders."""
    loaded = load(settings)

    def both(texts: Sequence[str]) -> Vectors:
        loaded.compact.encode_queries(texts)
        return loaded.main.encode_queries(texts)

    return _encoding(both, loaded.main.encode_passages)


def service(settings: Settings, _request: Request, *, make: Callable[[Settings], Opened] = Service) -> Verbs:
    """Our service over the index of the settings."""
    opened = make(settings)
    opened.open()
    return {
        "search": _timed(lambda question: opened.search(question, k=K)),
        "ask": _timed(opened.ask),
    }


def on_pytorch(settings: Settings) -> tuple[Encode, Encode]:
    """Encode queries and passages with the model's prompts and the defaults of its library."""
    # Before our encoder asks for other ways of waiting and tokenizing: these are the library's own.
    os.environ["TOKENIZERS_PARALLELISM"] = "true"
    import torch

    encoder = load_encoder(settings.encoder, cache=settings.cache, threads=settings.threads, runtime="torch")
    if not isinstance(encoder, SentenceEncoder):
        raise EncoderError(f"{encoder.name} is no model of sentence-transformers")
    torch.set_num_threads(settings.threads)
    model = encoder.model

    def encoding(prompt: str) -> Encode:
        return lambda texts: np.asarray(
            model.encode(
                list(texts), prompt=prompt or None, normalize_embeddings=True, show_progress_bar=False
            ),
            np.float32,
        )

    return encoding(encoder.prompts[0]), encoding(encoder.prompts[1])


def plain(
    settings: Settings,
    request: Request,
    *,
    load: Callable[[Settings], tuple[Encode, Encode]] = on_pytorch,
) -> Verbs:
    """sentence-transformers on PyTorch and one flat FAISS index, by hand."""
    queries, _ = load(settings)
    import faiss

    faiss.omp_set_num_threads(settings.threads)
    vectors = np.load(Place.of_json(request["place"]).folder / PASSAGES, mmap_mode="r", allow_pickle=False)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(np.ascontiguousarray(vectors))
    k = min(K, len(vectors))
    return {"search": _timed(lambda question: flat.search(queries([question]), k))}


def keywords(_settings: Settings, request: Request) -> Verbs:
    """bm25s over jieba's words, without any model."""
    import bm25s
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    folder: Path = Place.of_json(request["place"]).folder / KEYWORDS
    bm25 = bm25s.BM25.load(folder, allow_pickle=False)
    k = min(K, int(bm25.scores["num_docs"]))

    def search(question: str) -> object:
        return bm25.retrieve([jieba.lcut_for_search(question)], k=k, show_progress=False)

    return {"search": _timed(search)}


def _encoding(queries: Encode, passages: Encode) -> Verbs:
    """Encode ``texts``, say how long it took, and write the vectors to the file ``save`` if one is named."""

    def verb(encode: Encode) -> Verb:
        def call(request: Request, _on_progress: OnProgress) -> Reply:
            made: list[Vectors] = []
            taken = milliseconds(lambda: made.append(encode(request["texts"])))
            if "save" in request:
                np.save(request["save"], made[0], allow_pickle=False)
            return {"ms": taken}

        return call

    return {"queries": verb(queries), "passages": verb(passages)}


def _timed(search: Callable[[str], object]) -> Verb:
    def call(request: Request, _on_progress: OnProgress) -> Reply:
        return {"ms": milliseconds(lambda: search(request["text"]))}

    return call
