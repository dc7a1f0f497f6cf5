"""What was asked and answered, kept beside the index: one SQLite file for all conversations.

::

    vectors/kept/conversations.sqlite      and its -wal and -shm while it is written

A conversation is named by a key that only the one who asks knows. What is kept is bounded: the oldest turns
of a conversation go first, then the conversations that were not used for longest. One that was cleared lies
for a while under its key with the second it was cleared in, so that it can be brought back.
"""

import logging
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from qa.errors import TranscriptError
from qa.quotes import Stands, quotes_in
from qa.types import Answer

MOST_TURNS = 5_000
"""Turns of one conversation."""
MOST_BYTES = 256 * 1024 * 1024
"""Of all conversations."""
LARGEST = 1024 * 1024
"""Bytes of one answer; a larger one is not kept."""
RESTORABLE = 3600
"""Seconds that a conversation can be brought back in after it was cleared."""
PATIENCE = 2.0
"""Seconds to wait for another process that writes."""
_KEY = re.compile(r"[0-9a-f]{32}")
_FORMAT = 1
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS turns (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation TEXT NOT NULL, collection TEXT NOT NULL, question TEXT NOT NULL, answer BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS of_conversation ON turns (conversation, number);
PRAGMA user_version = {_FORMAT};
"""
_TRIM = """
DELETE FROM turns WHERE conversation = :key AND number <= (
  SELECT number FROM turns WHERE conversation = :key ORDER BY number DESC LIMIT 1 OFFSET :most
)
"""
_OLDEST = """
SELECT conversation FROM turns WHERE conversation != ? GROUP BY conversation ORDER BY max(number) LIMIT 1
"""
_CLEARED = "DELETE FROM turns WHERE conversation GLOB ? || ' *'"
_EXPIRED = "DELETE FROM turns WHERE conversation GLOB '* *' AND CAST(substr(conversation, 34) AS INTEGER) < ?"

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Kept(NamedTuple):
    """A turn of a conversation; ``number`` is its own among those of all conversations.

    ``collection`` is the name of what was asked, empty for the folder that is served.
    """

    number: int
    collection: str
    question: str
    answer: Answer


class Transcripts:
    """The conversations below ``folder``. Safe to use from many threads and processes.

    Nothing is kept under a key that is not 32 hexadecimal digits. Every method raises TranscriptError when
    the file cannot be used; one that is damaged is put aside and a new one begun.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "conversations.sqlite"

    def load(self, key: str) -> list[Kept]:
        """The turns of a conversation, oldest first; those that cannot be read are left out."""
        if not _KEY.fullmatch(key):
            return []
        query = (
            "SELECT number, collection, question, answer FROM turns WHERE conversation = ? ORDER BY number"
        )
        rows = self._do(lambda turns: turns.execute(query, [key]).fetchall())
        return list(_readable(rows))

    def keep(self, key: str, question: str, answer: Answer, number: int = 0, *, collection: str = "") -> int:
        """Add a turn, or put it in place of the turn ``number``; returns its number, 0 if it is not kept."""
        content = _codec().dump_json(answer)
        values = [collection, question, content]
        if not _KEY.fullmatch(key) or len(content) > LARGEST:
            return 0

        def write(turns: sqlite3.Connection) -> int:
            changed = turns.execute(
                "UPDATE turns SET collection = ?, question = ?, answer = ?"
                " WHERE number = ? AND conversation = ?",
                [*values, number, key],
            )
            if changed.rowcount:
                return number
            added = turns.execute(
                "INSERT INTO turns (conversation, collection, question, answer) VALUES (?, ?, ?, ?)",
                [key, *values],
            )
            turns.execute(_CLEARED, [key])
            turns.execute(_TRIM, {"key": key, "most": MOST_TURNS})
            _make_room(turns, key)
            return added.lastrowid or 0

        return self._do(write)

    def numbers(self, key: str) -> set[int]:
        """The numbers of the turns of a conversation that are there."""
        query = "SELECT number FROM turns WHERE conversation = ?"
        return {number for (number,) in self._do(lambda turns: turns.execute(query, [key]).fetchall())}

    def clear(self, key: str) -> bool:
        """Empty a conversation; whether there was something that ``restore`` can bring back.

        It is deleted when a turn is kept under its key again, or by the first clearing of any conversation
        after ``RESTORABLE`` seconds.
        """
        now = int(time.time())
        query = "UPDATE turns SET conversation = conversation || ? WHERE conversation = ?"

        def work(turns: sqlite3.Connection) -> bool:
            turns.execute(_EXPIRED, [now - RESTORABLE])
            return turns.execute(query, [f" {now}", key]).rowcount > 0

        return self._do(work) if _KEY.fullmatch(key) else False

    def restore(self, key: str) -> None:
        """Bring back what was cleared and is still there."""
        query = "UPDATE turns SET conversation = ? WHERE conversation GLOB ? || ' *'"
        if _KEY.fullmatch(key):
            self._do(lambda turns: turns.execute(query, [key, key]))

    def forget_cleared(self, key: str) -> None:
        """Delete what was cleared of a conversation for good."""
        if _KEY.fullmatch(key) and self.path.exists():
            self._do(lambda turns: turns.execute(_CLEARED, [key]))

    def sift(self, stands: Stands, *, collection: str = "") -> None:
        """Delete every turn about a collection, or the folder served, that quotes what does not stand."""

        def delete(turns: sqlite3.Connection) -> None:
            query = "SELECT number, answer FROM turns WHERE collection = ?"
            kept = turns.execute(query, [collection]).fetchall()
            gone = [row for row in kept if not all(map(stands, quotes_in(row[1])))]
            turns.executemany("DELETE FROM turns WHERE number = ? AND answer = ?", gone)

        if self.path.exists():
            self._do(delete)

    def _do(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            try:
                with self._opened() as turns:
                    return work(turns)
            except sqlite3.OperationalError:  # locked, full, not writable: the file itself is sound
                raise
            except sqlite3.DatabaseError as exc:
                log.warning("%s is damaged (%s) and put aside", self.path, exc)
                self._put_aside()
                with self._opened() as turns:
                    return work(turns)
        except (sqlite3.Error, OSError) as exc:
            raise TranscriptError(
                f"对话无法保存在 {self.path} ({exc});请检查这个文件。"
                f"Conversations cannot be kept in {self.path} ({exc}); look at that file"
            ) from exc

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=PATIENCE)) as turns:
            version = turns.execute("PRAGMA user_version").fetchone()[0]
            if version > _FORMAT:
                raise TranscriptError(
                    f"{self.path} 由更新的版本写成;请更新程序。"
                    f"{self.path} has format {version}, this program knows {_FORMAT}; update it"
                )
            turns.execute("PRAGMA journal_mode = WAL")
            turns.execute("PRAGMA synchronous = NORMAL")
            turns.execute("PRAGMA secure_delete = ON")
            if version < _FORMAT:
                turns.executescript(_SCHEMA)
            with turns:
                yield turns

    def _put_aside(self) -> None:
        self.path.replace(self.path.with_suffix(".damaged"))
        for suffix in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.path.with_name(self.path.name + suffix).unlink()


def _make_room(turns: sqlite3.Connection, key: str) -> None:
    """Delete conversations, the one unused for longest first, until the rest is within the bound."""
    while _used(turns) > MOST_BYTES:
        oldest = turns.execute(_OLDEST, [key]).fetchone()
        if oldest is None:
            return
        turns.execute("DELETE FROM turns WHERE conversation = ?", oldest)


def _used(turns: sqlite3.Connection) -> int:
    pages, free, size = (
        turns.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _readable(rows: list[tuple[int, str, str, bytes]]) -> Iterator[Kept]:
    for number, collection, question, content in rows:
        try:
            yield Kept(number, collection, question, _codec().validate_json(content))
        except ValueError as exc:
            log.warning("turn %s cannot be read and is left out: %s", number, exc)


@lru_cache(maxsize=2)
def _codec(kind: type = Answer) -> Any:  # noqa: ANN401 - pydantic's, imported when it is needed
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
