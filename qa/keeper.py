"""Keeps the index as the folder is, and the newest generation of it open."""

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from qa.catalog import Catalog
from qa.config import Settings
from qa.corpus import Comparison, Corpus
from qa.encoder import CompactEncoder, load_encoder
from qa.errors import (
    CancelledError,
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    NotReadyError,
    QAError,
    QAIndexError,
)
from qa.generation import Index, open_index
from qa.indexer import Writer
from qa.opened import Opened
from qa.protocols import OnProgress
from qa.reranker import read_weights
from qa.segment import Encoders
from qa.types import Document

log = logging.getLogger(__name__)


def load_encoders(settings: Settings) -> Encoders:
    """Load the encoder of the settings and the compact one. Raises EncoderError."""
    with ThreadPoolExecutor(1) as pool:  # loading spends most of its time outside Python
        compact = pool.submit(CompactEncoder, cache=settings.cache)
        main = load_encoder(
            settings.encoder, cache=settings.cache, threads=settings.threads, runtime=settings.runtime
        )
        return Encoders(main, compact.result())


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How the index is to be made what the folder is; ``damaged``: what there is of it is not to be read."""

    on_progress: OnProgress | None = None
    rebuild: bool = False
    purge: bool = False
    all_of_it: bool = True
    damaged: bool = False


class Keeper:
    """Opens, builds and updates the index of ``settings``. Safe to use from many threads and processes.

    Construction is instant and touches nothing; ``load`` makes the encoders when they are needed.
    """

    def __init__(self, settings: Settings, load: Callable[[Settings], Encoders] = load_encoders) -> None:
        self._load = load
        self.settings = settings
        self.failure = ""
        self.catalog = Catalog(settings.vectors, settings.catalog)
        self._owed: set[str] = set()
        self._opened: Opened | None = None
        self._encoders: Encoders | None = None
        self._index: Index | None = None
        self._changing, self._opening = threading.Lock(), threading.Lock()

    @property
    def opened(self) -> Opened | None:
        """The generation that was opened last, None before that."""
        return self._opened

    def newest(self) -> Opened:
        """The newest generation, whoever published it. Raises NotReadyError before there is one."""
        opened = self._opened
        if opened is None:
            raise NotReadyError(self.failure or "the index is being prepared; try again in a moment")
        with suppress(QAIndexError):  # an index that cannot be read any more is still open here
            if self.catalog.version() != opened.index.version:
                return self._use(self._open())
        return opened

    def open(self) -> None:
        """Open the index as it is. Raises QAIndexError when there is none or it cannot be used."""
        with self._changing, self._remembered():
            self.catalog.check()  # before the model is loaded: a missing index is told at once
            self._use(self._open())

    def prepare(
        self,
        *,
        on_progress: OnProgress | None = None,
        rebuild: bool = False,
        purge: bool = False,
        names: Collection[str] | None = None,
    ) -> None:
        """Make the index what the folder is, reading only what changed, and open it.

        It is built anew when it is missing or unusable, or with ``rebuild``; of one that is damaged what can
        be read is kept. With ``names``, only these files are looked at, and those that an attempt before
        that failed had to look at. ``purge`` takes all that was removed off the disk (see ``Writer``). Raises
        CorpusError, EncoderError or QAIndexError; the error is also kept as ``failure``.
        """
        wanted = _Wanted(on_progress, rebuild=rebuild, purge=purge, all_of_it=names is None)
        with self._changing, self._remembered():
            self._owed.update(names or ())
            read_weights(self.settings.ranker)  # a bad file is told before the index is built
            index = None if rebuild else self._usable()
            try:
                self._follow(index, wanted)
            except IndexCorruptError as exc:
                if index is None:
                    raise
                log.warning("building the index: %s", exc)
                self._index = None
                self._follow(None, replace(wanted, damaged=True))
            self._owed.clear()

    def _follow(self, index: Index | None, wanted: "_Wanted") -> None:
        names = None if wanted.all_of_it else frozenset(self._owed)
        compared = self._compared(index, names)
        if index and index.whole and not compared.differs and not wanted.purge:
            self._use(index)
            return
        with self.catalog.writing():
            anew = wanted.rebuild or wanted.damaged
            newest = None if anew else index if self._is_current(index) else self._usable()
            if newest is not index:  # another process has written meanwhile
                index, compared = newest, self._compared(newest, names)
            self._write(compared.read(wanted.on_progress), index, wanted)
        self._use(self._open())

    def build(self, documents: Sequence[Document], on_progress: OnProgress | None) -> None:
        """Index ``documents`` instead of a folder, and open it. Raises as ``prepare``."""
        with self._changing, self._remembered():
            with self.catalog.writing():
                self._write(Corpus(tuple(documents), ()), None, _Wanted(on_progress))
            self._use(self._open())

    def begin(self) -> None:
        """Make an index of nothing where there is none yet, to be filled. Raises QAIndexError."""
        with self._changing, self._remembered(), self.catalog.writing():
            try:
                self.catalog.version()
            except IndexMissingError:
                Writer(self.catalog, self.encoders()).begin({})

    def _compared(self, index: Index | None, names: Collection[str] | None) -> Comparison:
        if index and index.whole and names is not None:
            return Comparison.of(self.settings.folder, index.files, names)
        before = () if index is None else index.files.all() if index.whole else index.lost()
        return Comparison(self.settings.folder, before)

    def _write(self, corpus: Corpus, index: Index | None, wanted: "_Wanted") -> None:
        for file in corpus.skipped:
            log.info("%s was not indexed: %s", file.doc_id, file.reason)
        facts = {"folder": str(self.settings.folder.resolve())}
        writer = Writer(
            self.catalog,
            self.encoders(),
            recall=self.settings.recall,
            on_progress=wanted.on_progress,
            purge=wanted.purge,
        )
        if index:
            writer.update(index, corpus, facts)
        else:
            writer.build(corpus, facts, salvage=not wanted.rebuild)

    def _usable(self) -> Index | None:
        """The newest generation if it fits the encoders; only what is whole of it."""
        try:
            if self._index is None:
                self.catalog.check()
            try:
                return self._open()
            except IndexCorruptError as exc:
                log.warning("only the rest of the index is kept: %s", exc)
                return open_index(self.catalog, self.encoders, cache=self.settings.cache, damaged=True)
        except (IndexMissingError, IndexCorruptError, IndexMismatchError) as exc:
            log.info("building the index: %s", exc)
            return None

    def _is_current(self, index: Index | None) -> bool:
        """Whether no other process has published anything since it was opened."""
        with suppress(QAIndexError):
            return index is not None and index.version == self.catalog.version()
        return False

    def _open(self) -> Index:
        """The newest generation; one that is open is not opened again."""
        with self._opening:
            before = self._index
            if before and before.version == self.catalog.version():
                return before
            with ThreadPoolExecutor(1) as pool:  # beside the dictionary and the indexes
                loading = pool.submit(self.encoders)
                self._index = open_index(
                    self.catalog, loading.result, cache=self.settings.cache, before=before
                )
            return self._index

    def _use(self, index: Index) -> Opened:
        opened = self._opened
        if opened is None or opened.index is not index:
            self._opened = opened = Opened(index, self.encoders(), self.settings)
        return opened

    def encoders(self) -> Encoders:
        """The encoders, loaded once. Raises EncoderError."""
        if self._encoders is None:
            self._encoders = self._load(self.settings)
        return self._encoders

    @contextmanager
    def _remembered(self) -> Iterator[None]:
        self.failure = ""
        try:
            yield
        except CancelledError:
            raise
        except QAError as exc:
            self.failure = str(exc)
            raise
        except Exception as exc:
            self.failure = f"preparing the index failed unexpectedly ({type(exc).__name__}); see the log"
            raise
