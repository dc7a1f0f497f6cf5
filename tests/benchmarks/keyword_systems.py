"""Four keyword indexes behind one protocol: ours, tantivy, SQLite FTS5 and bm25s.

Passages are known by the position they came at, documents are ``DOCUMENT`` passages in a row. Each index is
told the tokens, and asked for a whole ranking; a restricted search sees every hundredth document.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.keyword_stream import DOCUMENT, Numbers

Lists = Iterable[Sequence[str]]

GROUPS, GROUP = 100, 7
"""A restricted search sees the documents whose number leaves this remainder."""
HEAP = 256 << 20
"""Bytes that tantivy may gather, and that SQLite may cache."""


class KeywordIndex(Protocol):
    """An index below a folder: built once, then opened, searched and changed."""

    def build(self, lists: Lists) -> None:
        """Index passages, one token list each."""

    def open(self, passages: int) -> None:
        """Open what was built of so many passages."""

    def add(self, position: int, lists: Sequence[Sequence[str]]) -> None:
        """Add a document whose first passage is ``position``; the next search finds it."""

    def remove(self, position: int, lists: Sequence[Sequence[str]]) -> None:
        """Remove the document whose first passage is ``position``; the next search does not find it."""

    def search(self, tokens: Sequence[str], k: int, *, some: bool = False) -> list[int]:
        """The positions of the best ``k``, best first, of all documents or of ``some``."""


class Ours:
    """Segments of ``qa.sparse``, merged as the indexer merges them."""

    def __init__(self, folder: Path) -> None:
        from qa.sparse import Gone

        self._folder = folder
        self._gone = Gone(Counter())
        self._segments: list[tuple[Any, Numbers, list[Sequence[str]]]] = []
        self._removed: set[int] = set()
        self._written = 0

    def build(self, lists: Lists) -> None:
        self._segment(lists)

    def open(self, passages: int) -> None:
        from qa.sparse import SparseIndex

        self._segments = [(SparseIndex.load(self._folder / "0"), np.arange(passages), [])]
        self._written = 1
        self._open()

    def add(self, position: int, lists: Sequence[Sequence[str]]) -> None:
        from qa.indexer import FAN

        small = self._segments[1:]
        merged = small if len(small) >= FAN else []
        places = [*(one[1] for one in merged), np.arange(position, position + len(lists))]
        kept = [*(tokens for one in merged for tokens in one[2]), *lists]
        made = (self._segment(kept), np.concatenate(places), kept)
        self._segments = [one for one in self._segments if one not in merged] + [made]
        self._open()

    def remove(self, position: int, lists: Sequence[Sequence[str]]) -> None:
        from qa.sparse import gone

        self._gone = self._gone.and_also(gone(lists))
        self._removed.update(range(position, position + len(lists)))
        self._open()

    def search(self, tokens: Sequence[str], k: int, *, some: bool = False) -> list[int]:
        from qa.live import part_at
        from qa.sparse import SparseSearcher

        parts = self._some if some else self._parts
        found = SparseSearcher(lambda _: list(tokens), parts, self._statistics).search("", k)
        placed = [(part_at(parts, one.position), one.position) for one in found]
        return [int(self._places[id(part.held)][part.number(at)]) for part, at in placed]

    def _segment(self, lists: Lists) -> Any:  # noqa: ANN401 - a SparseIndex, imported when it is needed
        from qa.sparse import SparseIndex

        folder = self._folder / str(self._written)
        made = SparseIndex.build(lists, folder)
        for path in folder.iterdir():
            _synced(path)
        self._written += 1
        return made

    def _open(self) -> None:
        from qa.live import Part, joined, left_of
        from qa.sparse import Statistics

        self._places = {id(held): places for held, places, _ in self._segments}
        self._statistics = Statistics([held for held, *_ in self._segments], self._gone)
        parts = []
        for held, places, _ in self._segments:
            removed = [int(at) for at in np.searchsorted(places, sorted(self._removed.intersection(places)))]
            parts.append(Part(held, len(places), left_of(len(places), removed)))
        self._parts = joined(parts)
        chosen = [np.flatnonzero(_chosen(places)) for _, places, _ in self._segments]
        whole = zip(self._segments, chosen, strict=True)
        self._some = joined([Part(one[0], len(one[1]), left) for one, left in whole])


class Tantivy:
    """One text field of frequencies; a writer with two threads that stays open, as a server's would."""

    def __init__(self, folder: Path) -> None:
        import tantivy  # type: ignore[import-not-found, unused-ignore]

        self._library = tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        schema.add_unsigned_field("position", fast=True)
        schema.add_unsigned_field("document", indexed=True)
        schema.add_unsigned_field("some", indexed=True)
        self._schema = schema.build()
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, str(folder))
        self._writer = self._index.writer(HEAP, 2)

    def build(self, lists: Lists) -> None:
        self._put(0, lists)
        self._writer.commit()
        self._writer.wait_merging_threads()

    def open(self, passages: int) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def add(self, position: int, lists: Sequence[Sequence[str]]) -> None:
        self._put(position, lists)
        self._commit()

    def remove(self, position: int, lists: Sequence[Sequence[str]]) -> None:
        one = self._library.Query.term_query(self._schema, "document", position // DOCUMENT)
        self._writer.delete_documents_by_query(one)
        self._commit()

    def search(self, tokens: Sequence[str], k: int, *, some: bool = False) -> list[int]:
        made, occur = self._library.Query, self._library.Occur
        terms = [
            (occur.Should, made.term_query(self._schema, "body", token, index_option="freq"))
            for token in tokens
        ]
        query = made.boolean_query(terms)
        if some:
            only = made.const_score_query(made.term_query(self._schema, "some", 1), 0.0)
            query = made.boolean_query([(occur.Must, query), (occur.Must, only)])
        hits = self._searcher.search(query, k, count=False).hits
        return list(map(int, self._searcher.fast_field_values("position", [address for _, address in hits])))

    def _put(self, position: int, lists: Lists) -> None:
        for at, tokens in enumerate(lists, start=position):
            document = self._library.Document()
            document.add_text("body", " ".join(tokens))
            document.add_unsigned("position", at)
            document.add_unsigned("document", at // DOCUMENT)
            document.add_unsigned("some", int(at // DOCUMENT % GROUPS == GROUP))
            self._writer.add_document(document)

    def _commit(self) -> None:
        self._writer.commit()
        self.open(0)


class Fts5:
    """A table without content, as the texts lie elsewhere; WAL, and fully synchronous when it changes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._rows = sqlite3.connect(folder / "keywords.sqlite", isolation_level=None)
        self._rows.execute(f"pragma cache_size = -{HEAP >> 10}")

    def build(self, lists: Lists) -> None:
        self._rows.execute("pragma journal_mode = off")
        self._rows.execute("pragma synchronous = off")
        self._rows.execute("create virtual table words using fts5(body, content='', tokenize='ascii')")
        self._change("insert into words (rowid, body) values (?, ?)", _rows(0, lists))
        self._rows.execute("insert into words (words) values ('optimize')")
        self._rows.execute("pragma journal_mode = wal")

    def open(self, passages: int) -> None:
        self._rows.execute("pragma synchronous = full")
        self._rows.execute(f"pragma mmap_size = {HEAP << 6}")

    def add(self, position: int, lists: Sequence[Sequence[str]]) -> None:
        self._change("insert into words (rowid, body) values (?, ?)", _rows(position, lists))

    def remove(self, position: int, lists: Sequence[Sequence[str]]) -> None:
        delete = "insert into words (words, rowid, body) values ('delete', ?, ?)"
        self._change(delete, _rows(position, lists))

    def search(self, tokens: Sequence[str], k: int, *, some: bool = False) -> list[int]:
        only = f"and rowid / {DOCUMENT} % {GROUPS} = {GROUP}" if some else ""
        query = f"select rowid from words where words match ? {only} order by rank limit ?"  # noqa: S608
        return [int(position) for (position,) in self._rows.execute(query, [" OR ".join(tokens), k])]

    def _change(self, statement: str, rows: Iterator[tuple[int, str]]) -> None:
        self._rows.execute("begin")
        self._rows.executemany(statement, rows)
        self._rows.execute("commit")


class Bm25s:
    """Scores of every token in every passage, calculated beforehand: each change makes all of them anew."""

    def __init__(self, folder: Path) -> None:
        import bm25s

        self._library, self._folder = bm25s, folder

    def build(self, lists: Lists) -> None:
        index = self._library.BM25(k1=1.2, b=0.6)
        index.index([list(tokens) for tokens in lists], show_progress=False)
        index.save(self._folder, show_progress=False)

    def open(self, passages: int) -> None:
        self._index = self._library.BM25.load(self._folder)
        self._chosen = _chosen(np.arange(passages)).astype(np.float32)

    def add(self, position: int, lists: Sequence[Sequence[str]]) -> None:
        raise NotImplementedError

    def remove(self, position: int, lists: Sequence[Sequence[str]]) -> None:
        raise NotImplementedError

    def search(self, tokens: Sequence[str], k: int, *, some: bool = False) -> list[int]:
        mask = self._chosen if some else None
        found, _ = self._index.retrieve([list(tokens)], k=k, show_progress=False, weight_mask=mask)
        return list(map(int, found[0]))


def _chosen(places: Numbers) -> NDArray[np.bool_]:
    chosen: NDArray[np.bool_] = places // DOCUMENT % GROUPS == GROUP
    return chosen


def _rows(position: int, lists: Lists) -> Iterator[tuple[int, str]]:
    return ((at, " ".join(tokens)) for at, tokens in enumerate(lists, start=position))


def _synced(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


SYSTEMS: dict[str, Callable[[Path], KeywordIndex]] = {
    "ours": Ours,
    "tantivy": Tantivy,
    "fts5": Fts5,
    "bm25s": Bm25s,
}
CHANGING = ("ours", "tantivy", "fts5")
"""Those that take updates; the other is built anew."""
LENGTH = {"ours": 0.6, "tantivy": 0.75, "fts5": 0.75, "bm25s": 0.6}
"""``b`` of BM25 as each has it; two do not let it be set."""
