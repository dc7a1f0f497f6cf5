"""Files as they were read, generation by generation: a change writes the rows of the files that changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, select, update

from qa.files import FileState
from qa.ledger.database import Database
from qa.ledger.tables import DOCUMENTS, FILES, OF_FILES, SKIPPED, held_at, insert
from qa.types import Skipped

_MANY = 500
"""Values of one statement: databases bound how many they take."""
_OF_STATE = ("path", "size", "modified", "digest", "fields", "same_as")
T = TypeVar("T")


class LedgerFiles:
    """The ``Files`` of one generation, read when they are asked for."""

    def __init__(self, database: Database, place: str, number: int) -> None:
        self._database, self._place, self._number = database, place, number

    def all(self) -> Sequence[FileState]:
        """All of them, in the order of ``path``."""
        with self._database.transaction() as rows:
            return sorted(self._states(rows, None), key=attrgetter("path"))

    def among(self, paths: Collection[str], digests: Collection[str] = ()) -> Sequence[FileState]:
        """Those of these paths or with these digests."""
        found = dict[str, FileState]()
        with self._database.transaction() as rows:
            for column, values in ((FILES.c.path, paths), (FILES.c.digest, digests)):
                for some in _cut(values):
                    here = held_at(FILES, self._place, self._number) & column.in_(some)
                    named = rows.execute(select(FILES.c.path).where(here)).scalars().all()
                    found |= {state.path: state for state in self._states(rows, named)}
        return list(found.values())

    def of(self, doc_id: str) -> FileState | None:
        """The file that a document was read from."""
        with self._database.transaction() as rows:
            here = held_at(DOCUMENTS, self._place, self._number) & (DOCUMENTS.c.doc_id == doc_id)
            path = rows.execute(select(DOCUMENTS.c.path).where(here)).scalar()
            return next(iter(self._states(rows, [path])), None) if path else None

    def paths(self) -> set[str]:
        """The names of all of them that are files."""
        with self._database.transaction() as rows:
            here = held_at(FILES, self._place, self._number) & (FILES.c.size >= 0)
            return set(rows.execute(select(FILES.c.path).where(here)).scalars())

    def skipped(self) -> Sequence[Skipped]:
        """What was not indexed, in the order of ``path``."""
        columns = (SKIPPED.c.path, SKIPPED.c.at, SKIPPED.c.doc_id, SKIPPED.c.reason)
        told = select(*columns).where(held_at(SKIPPED, self._place, self._number))
        with self._database.transaction() as rows:
            found = sorted(map(tuple, rows.execute(told)))  # databases have orders of their own
            return [Skipped(doc_id, reason) for _, _, doc_id, reason in found]

    def _states(self, rows: Connection, paths: Collection[str] | None) -> list[FileState]:
        """The files of these paths, or all, with what else is told of them."""
        states: list[FileState] = []
        for some in _cut(paths) if paths is not None else [None]:
            documents, skipped = defaultdict[str, list[str]](list), defaultdict[str, list[Skipped]](list)
            for row in self._rows(rows, some, DOCUMENTS):
                documents[row.path].append(row.doc_id)
            for row in self._rows(rows, some, SKIPPED):
                skipped[row.path].append(Skipped(row.doc_id, row.reason))
            for row in self._rows(rows, some, FILES):
                values = {name: getattr(row, name) for name in _OF_STATE}
                given, told = documents.get(row.path, ()), skipped.get(row.path, ())
                states.append(FileState(**values, documents=tuple(given), skipped=tuple(told)))
        return states

    def _rows(self, rows: Connection, paths: Sequence[str] | None, table: Table) -> Iterator[Row[Any]]:
        here = held_at(table, self._place, self._number)
        if paths is not None:
            here &= table.c.path.in_(paths)
        found = select(table).where(here)
        yield from rows.execute(found.order_by(table.c.at) if "at" in table.c else found)


def add_files(rows: Connection, place: str, since: int, files: Iterable[FileState]) -> None:
    """Add files that hold from generation ``since`` on."""
    for some in _cut(files):
        insert(rows, FILES, place, ({"since": since, **_values(file)} for file in some))
        insert(rows, DOCUMENTS, place, _documents(some, since))
        insert(rows, SKIPPED, place, _skipped(some, since))


def end_files(rows: Connection, place: str, until: int, paths: Iterable[str]) -> None:
    """Let what is known of the files of these paths end."""
    for some in _cut(paths):
        for table in OF_FILES:
            mine = (table.c.place == place) & table.c.until.is_(None) & table.c.path.in_(some)
            rows.execute(update(table).where(mine).values(until=until))


def end_all(rows: Connection, place: str, until: int) -> None:
    """Let what is known of all files end."""
    for table in OF_FILES:
        mine = (table.c.place == place) & table.c.until.is_(None)
        rows.execute(update(table).where(mine).values(until=until))


def _values(file: FileState) -> dict[str, Any]:
    return {name: getattr(file, name) for name in _OF_STATE}


def _documents(files: Iterable[FileState], since: int) -> Iterator[Mapping[str, Any]]:
    for file in files:
        for at, doc_id in enumerate(file.documents):
            yield {"path": file.path, "since": since, "at": at, "doc_id": doc_id}


def _skipped(files: Iterable[FileState], since: int) -> Iterator[Mapping[str, Any]]:
    for file in files:
        for at, one in enumerate(file.skipped):
            yield {"path": file.path, "since": since, "at": at, "doc_id": one.doc_id, "reason": one.reason}


def _cut(values: Iterable[T]) -> Iterator[list[T]]:
    """Pieces that one statement takes."""
    left = iter(values)
    while some := list(islice(left, _MANY)):
        yield some
