"""The wiring: the only room that knows all the others."""

import logging
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from qa.answerer import Alignment, ExtractiveAnswerer, verify
from qa.catalog import current, manifest_of
from qa.config import Settings
from qa.conversation import standalone
from qa.corpus import Corpus, folder_state, read_folder, read_original
from qa.encoder import CompactEncoder, load_encoder
from qa.errors import NotFoundError, NotReadyError, QAError, QAIndexError
from qa.indexer import Encoders, Index, build_index, open_index
from qa.protocols import OnProgress
from qa.question import checked
from qa.reranker import QuestionReranker, read_weights
from qa.retriever import LEGS, MAIN, Retriever
from qa.selftest import self_test
from qa.spelling import Spelling, best_spelled
from qa.timing import Clock
from qa.types import Answer, Document, Hit, SearchResult, Skipped, Turn

log = logging.getLogger(__name__)


class _Opened:
    """One generation and what answers from it; replaced as a whole."""

    def __init__(self, index: Index, encoders: Encoders, settings: Settings) -> None:
        self.index = index
        self.documents = index.documents.by_id
        self.retriever = Retriever(
            index.searchers,
            index.passages,
            index.documents.entries.by_id,
            sentences=index.sentences,
            reranker=QuestionReranker(weight=index.token_weight, weights=read_weights(settings.ranker)),
            depth=settings.depth,
        )
        cut, is_word = index.segmenter.cut, index.segmenter.is_word
        self.spelling = Spelling(weight=index.token_weight, cut=cut, is_word=is_word)
        self.answerer = ExtractiveAnswerer(
            weight=index.token_weight,
            alignment=Alignment(encoders.compact, words=index.segmenter.cut, weight=index.word_weight),
            refuse_below=settings.refuse_below,
        )

    def search(self, query: str, k: int) -> tuple[str, Sequence[Hit]]:
        """The query as it was understood, and its hits."""
        return best_spelled(query, self.spelling, lambda spelled: self.retriever.search(spelled, k))


class Service:
    """A folder of documents, ready to be searched and asked. Safe to call from many threads.

    Construction is instant and touches nothing; ``prepare`` or ``open`` loads the index.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._opened: _Opened | None = None
        self._encoders: Encoders | None = None
        self._failure = ""
        self._preparing = threading.Lock()

    @classmethod
    @contextmanager
    def over(
        cls, documents: Sequence[Document], settings: Settings, *, on_progress: OnProgress | None = None
    ) -> Iterator["Service"]:
        """Give a ready service over ``documents``; its index is temporary. Raises as ``prepare`` does."""
        with tempfile.TemporaryDirectory(prefix="qingwen-") as folder:
            service = cls(settings.model_copy(update={"vectors": Path(folder)}))
            service._build(Corpus(tuple(documents), ()), {}, on_progress)
            service._open()
            yield service

    def prepare(self, *, on_progress: OnProgress | None = None, rebuild: bool = False) -> None:
        """Index the folder when the index is missing, unusable or older than the folder; then open it.

        Raises CorpusError, EncoderError or QAIndexError; the error is also kept as ``failure``.
        """
        with self._preparing, self._remembered():
            state = folder_state(self.settings.folder)
            read_weights(self.settings.ranker)  # a bad file is told before the index is built
            if rebuild or not self._opened_at(state):
                facts = {"folder": str(self.settings.folder.resolve()), "folder_state": state}
                self._build(read_folder(self.settings.folder), facts, on_progress)
                self._open()

    def open(self) -> None:
        """Open the index as it is. Raises QAIndexError when there is none or it cannot be used."""
        with self._preparing, self._remembered():
            manifest_of(self.settings.vectors)  # before the model is loaded: a missing index is told at once
            self._open()

    @property
    def ready(self) -> bool:
        """Whether ``search`` and ``ask`` can be called."""
        return self._opened is not None

    @property
    def failure(self) -> str:
        """Why preparation failed, or an empty string."""
        return self._failure

    @property
    def index_version(self) -> str:
        """The name of the generation in use; empty before ``ready``."""
        return self._opened.index.version if self._opened else ""

    @property
    def facts(self) -> Mapping[str, Any]:
        """The manifest of the generation in use. Raises NotReadyError."""
        return self._ready().index.facts

    def search(self, query: str, *, k: int = 10, history: Sequence[Turn] = ()) -> SearchResult:
        """The best ``k`` passages (1..100). Raises InvalidInputError, NotReadyError."""
        opened, clock = self._ready(), Clock()
        rewritten = standalone(checked(query, k), history)
        clock.lap("rewrite")
        rewritten, hits = opened.search(rewritten, k)
        clock.lap("search")
        return SearchResult(rewritten, tuple(hits), clock.laps)

    def ask(self, question: str, *, history: Sequence[Turn] = (), k: int = 5) -> Answer:
        """Answer with citations, or ``not_found``. Raises InvalidInputError, NotReadyError."""
        opened, clock = self._ready(), Clock()
        rewritten = standalone(checked(question, k), history)
        clock.lap("rewrite")
        rewritten, hits = opened.search(rewritten, k)
        clock.lap("search")
        answer = opened.answerer.answer(rewritten, hits, history)
        clock.lap("answer")
        short = (answer.short_answer,) if answer.short_answer else ()
        verify((*answer.citations, *short), opened.documents)
        return replace(answer, query=rewritten, timings_ms=clock.laps, index_version=opened.index.version)

    def legs(self) -> dict[str, Callable[[str, int], list[Hit]]]:
        """Each searcher and leg alone and all together, by name, for evaluation. Raises NotReadyError."""
        opened = self._ready()

        def searching(leg: str) -> Callable[[str, int], list[Hit]]:
            return lambda query, k: opened.retriever.search(query, k, leg=leg)

        return {
            **{leg: searching(leg) for leg in LEGS},
            MAIN: lambda query, k: list(opened.search(query, k)[1]),
        }

    def documents(self) -> Sequence[Document]:
        """Every indexed document in the order of ``doc_id``. Raises NotReadyError."""
        return self._ready().index.documents

    def document(self, doc_id: str) -> Document:
        """One document. Raises NotFoundError, NotReadyError."""
        try:
            return self._ready().documents[doc_id]
        except KeyError:
            raise NotFoundError(f"no document {doc_id!r} is indexed; GET /v1/documents lists them") from None

    def original(self, doc_id: str) -> bytes:
        """The file a document was read from. Raises NotFoundError (also gone or changed), NotReadyError."""
        self.document(doc_id)
        return read_original(self.settings.folder, doc_id, built=self.facts["built"])

    def skipped(self) -> list[Skipped]:
        """Files of the folder that were not indexed, and why. Raises NotReadyError."""
        return list(self._ready().index.skipped)

    def self_test(self) -> list[tuple[str, bool, str]]:
        """Whether every file is as it was written and each leg finds passages by their own words.

        Of each check its name, whether it passed, and details. Every file is read, whatever its date.
        """
        opened = self._ready()
        try:
            _, manifest = current(self.settings.vectors, thorough=True)
            files = ("files", True, f"{len(manifest['files'])} as they were written")
        except QAIndexError as exc:
            files = ("files", False, str(exc))
        return [files, *self_test(opened.index, opened.retriever)]

    def _ready(self) -> _Opened:
        if self._opened is None:
            raise NotReadyError(self._failure or "the index is being prepared; try again in a moment")
        return self._opened

    def _load_encoders(self) -> Encoders:
        if self._encoders is None:
            settings = self.settings
            with ThreadPoolExecutor(1) as pool:  # loading spends most of its time outside Python
                compact = pool.submit(CompactEncoder, cache=settings.cache)
                main = load_encoder(
                    settings.encoder, cache=settings.cache, threads=settings.threads, runtime=settings.runtime
                )
                self._encoders = Encoders(main, compact.result())
        return self._encoders

    def _opened_at(self, state: str) -> bool:
        """Open the index if it is whole, fits the encoder and was made from this state of the folder."""
        try:
            if manifest_of(self.settings.vectors).get("folder_state") != state:
                return False
            self._open()
        except QAIndexError as exc:
            log.info("building the index: %s", exc)
            return False
        return True

    def _build(self, corpus: Corpus, facts: Mapping[str, Any], on_progress: OnProgress | None) -> None:
        for file in corpus.skipped:
            log.info("%s was not indexed: %s", file.doc_id, file.reason)
        build_index(
            corpus,
            self._load_encoders(),
            vectors=self.settings.vectors,
            facts=facts,
            cache=self.settings.cache,
            recall=self.settings.recall,
            on_progress=on_progress,
        )

    def _open(self) -> None:
        with ThreadPoolExecutor(1) as pool:  # beside the dictionary and the indexes
            loading = pool.submit(self._load_encoders)
            index = open_index(self.settings.vectors, loading.result, cache=self.settings.cache)
        self._opened = _Opened(index, loading.result(), self.settings)

    @contextmanager
    def _remembered(self) -> Iterator[None]:
        self._failure = ""
        try:
            yield
        except QAError as exc:
            self._failure = str(exc)
            raise
        except Exception as exc:
            self._failure = f"preparing the index failed unexpectedly ({type(exc).__name__}); see the log"
            raise
