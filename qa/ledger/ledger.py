"""Generations of one index: what each consists of, and the step from one to the next."""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from qa.errors import IndexCorruptError, IndexMissingError
from qa.files import Files, FileState
from qa.ledger.database import Database
from qa.ledger.files import LedgerFiles, add_files, end_all, end_files
from qa.ledger.tables import GENERATIONS, METADATA, OF_FILES, REMOVED, SEGMENTS, held_at, insert
from qa.manifest import AGAIN

_LONGER = 16
"""Generations for which what was known of files is kept beyond their segments: someone may still answer."""


@dataclass(frozen=True, slots=True)
class Generation:
    """What an index consists of: segments in their order, and the numbers of documents removed from each."""

    number: int
    version: str
    facts: Mapping[str, Any]
    segments: tuple[str, ...]
    removed: Mapping[str, frozenset[int]]
    files: Files


@dataclass(frozen=True, slots=True)
class Change:
    """The step to the next generation, of ``segments`` and with these ``facts``.

    ``removed`` are the documents removed from these segments, by then, ``files`` those that are new or
    changed, ``gone`` the paths of those that are no longer there. With ``anew``, no file is taken over.
    """

    facts: Mapping[str, Any]
    segments: Sequence[str]
    removed: Mapping[str, Iterable[int]] = field(default_factory=dict)
    files: Sequence[FileState] = ()
    gone: Sequence[str] = ()
    anew: bool = False


class Ledger:
    """The rows of one index in a database. Every method raises as ``Database.transaction``."""

    def __init__(self, database: Database, place: str) -> None:
        self.database, self._place = database, place
        self._newest = (
            select(GENERATIONS.c.number, GENERATIONS.c.version)
            .where(GENERATIONS.c.place == place)
            .order_by(GENERATIONS.c.number.desc())
            .limit(1)
        )

    def version(self) -> str:
        """The name of the newest generation. Raises IndexMissingError when there is none."""
        with self.database.transaction() as rows:
            return self._last(rows)[1]

    def newest(self) -> Generation:
        """The newest generation, as it was written. Raises as ``version``, and IndexCorruptError."""
        with self.database.transaction() as rows:
            number, version = self._last(rows)
            of_it = (GENERATIONS.c.place == self._place) & (GENERATIONS.c.number == number)
            said, gone, proof = rows.execute(
                select(GENERATIONS.c.facts, GENERATIONS.c.gone, GENERATIONS.c.proof).where(of_it)
            ).one()
            segments = self._segments(rows, number)
            removed = self._removed(rows, number)
            if proof != _proof(number, said, segments, gone) or gone != _sum(removed):
                raise IndexCorruptError(f"{self.database.name} is not what was written; {AGAIN}")
            files = LedgerFiles(self.database, self._place, number)
            return Generation(number, version, json.loads(said), segments, removed, files)

    def publish(self, version: str, change: Change, *, earlier: int) -> set[str]:
        """Add a generation, all or nothing; return the segments that it or an ``earlier`` one needs."""
        with self.database.transaction(writes=True) as rows:
            number = 1 + (self._number(rows) or 0)
            before = self._removed(rows, number)
            segments = self._switch(rows, number, change)
            fresh = {name: set(numbers) - before.get(name, set()) for name, numbers in change.removed.items()}
            insert(rows, REMOVED, self._place, _removals(fresh, number))
            now = {name: before.get(name, frozenset()).union(fresh.get(name, ())) for name in segments}
            said, gone = json.dumps(change.facts, ensure_ascii=False), _sum(now)
            row = {"number": number, "version": version, "facts": said, "gone": gone}
            proof = _proof(number, said, segments, gone)
            insert(rows, GENERATIONS, self._place, [{**row, "proof": proof}])
            if change.anew:
                end_all(rows, self._place, number)
            else:
                end_files(rows, self._place, number, [*change.gone, *(file.path for file in change.files)])
            add_files(rows, self._place, number, change.files)
            return self._pruned(rows, number, earlier)

    def forget(self) -> None:
        """Delete every row of this index."""
        with self.database.transaction(writes=True) as rows:
            for table in METADATA.sorted_tables:
                rows.execute(delete(table).where(table.c.place == self._place))

    def _last(self, rows: Connection) -> tuple[int, str]:
        found = rows.execute(self._newest).first()
        if found is None:
            raise IndexMissingError(f"{self.database.name} holds no index; {AGAIN}")
        return int(found[0]), str(found[1])

    def _number(self, rows: Connection) -> int | None:
        numbers = select(func.max(GENERATIONS.c.number)).where(GENERATIONS.c.place == self._place)
        return rows.execute(numbers).scalar()

    def _segments(self, rows: Connection, number: int) -> tuple[str, ...]:
        held = select(SEGMENTS.c.name).where(held_at(SEGMENTS, self._place, number))
        return tuple(rows.execute(held.order_by(SEGMENTS.c.since, SEGMENTS.c.name)).scalars())

    def _removed(self, rows: Connection, number: int) -> dict[str, frozenset[int]]:
        removed = select(REMOVED.c.segment, REMOVED.c.document).join(
            SEGMENTS, (SEGMENTS.c.place == REMOVED.c.place) & (SEGMENTS.c.name == REMOVED.c.segment)
        )
        found = defaultdict[str, set[int]](set)
        here = held_at(SEGMENTS, self._place, number) & (REMOVED.c.since <= number)
        for name, document in rows.execute(removed.where(here)):
            found[name].add(document)
        return {name: frozenset(numbers) for name, numbers in found.items()}

    def _switch(self, rows: Connection, number: int, change: Change) -> tuple[str, ...]:
        """Let segments end and begin; return those of the new generation."""
        before = self._segments(rows, number)
        for name in set(before) - set(change.segments):
            mine = (SEGMENTS.c.place == self._place) & (SEGMENTS.c.name == name) & SEGMENTS.c.until.is_(None)
            rows.execute(update(SEGMENTS).where(mine).values(until=number))
        new = [{"name": name, "since": number} for name in change.segments if name not in before]
        insert(rows, SEGMENTS, self._place, new)
        return self._segments(rows, number)

    def _pruned(self, rows: Connection, number: int, earlier: int) -> set[str]:
        oldest = number - earlier
        old = (GENERATIONS.c.place == self._place) & (GENERATIONS.c.number < oldest)
        rows.execute(delete(GENERATIONS).where(old))
        rows.execute(delete(SEGMENTS).where(SEGMENTS.c.place == self._place, SEGMENTS.c.until <= oldest))
        kept = select(SEGMENTS.c.name).where(SEGMENTS.c.place == self._place)
        rows.execute(delete(REMOVED).where(REMOVED.c.place == self._place, REMOVED.c.segment.not_in(kept)))
        for table in OF_FILES:
            last = oldest - _LONGER if earlier else oldest
            rows.execute(delete(table).where(table.c.place == self._place, table.c.until <= last))
        return set(rows.execute(kept).scalars())


def _removals(removed: Mapping[str, Iterable[int]], since: int) -> Iterable[Mapping[str, Any]]:
    for name, numbers in removed.items():
        for number in sorted(numbers):
            yield {"segment": name, "document": number, "since": since}


def _sum(removed: Mapping[str, Iterable[int]]) -> int:
    """A number that is another when a document more or less is removed, or another one."""
    return sum(zlib.crc32(f"{name} {one}".encode()) for name, numbers in removed.items() for one in numbers)


def _proof(number: int, facts: str, segments: Sequence[str], gone: int) -> str:
    """What tells that a generation is as it was written."""
    return blake2b(json.dumps([number, facts, segments, gone]).encode(), digest_size=16).hexdigest()
