"""What lies on disk: segments, which are never changed, and the catalogue that says which of them are in use.

::

    vectors/
    ├── catalog.sqlite              generations: their segments, what was removed, the files as they were read
    ├── .lock                       held by the one process that writes
    └── segments/
        └── 20260101T115959-5e6f7a8b/   a segment: some documents and their indexes
            ├── …                   what the indexes and the records wrote
            └── manifest.json       of every file its hash and its stamp; written last

Generations share the segments that did not change: to add a document takes a segment of one document. A
segment is whole before a transaction of the catalogue begins that names it; that transaction is the switch.
A segment that no generation names goes with the next publication. With the URL of another database the
catalogue is there, and ``catalog.id`` names this index among others of it.
"""

import datetime
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace as but
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import (
    IndexBusyError,
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    QAIndexError,
)
from qa.manifest import AGAIN, FORMAT, Stamp, is_sealed, replace, stamp_of, whole

if TYPE_CHECKING:
    from qa.ledger import Change, Generation, Ledger

_FILE, _ID, _SEGMENTS, _LOCK = "catalog.sqlite", "catalog.id", "segments", ".lock"
_FORMER = "CURRENT"
"""What formats to 9 had in place of a catalogue."""
_NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")
_OWN, _PLACE = "own", re.compile(r"[0-9a-f]{32}")


class Catalog:
    """What is below ``vectors``; ``url`` is of the database that tells of it, a file of its own unless told.

    Construction touches nothing. Safe to use from many threads and processes.
    """

    def __init__(self, vectors: Path, url: str = "") -> None:
        self.vectors, self._url = vectors, url
        self._ledger: Ledger | None = None
        self._seen: tuple[list[Stamp], str] = [], ""

    @contextmanager
    def writing(self, *, wait: float = 60) -> Iterator[None]:
        """Hold the right to write; only one process has it, and only one thread of it.

        Raises IndexBusyError when another has it for ``wait`` seconds, QAIndexError.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.vectors / _LOCK)
        try:
            self.vectors.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=wait)
        except Timeout as exc:
            raise IndexBusyError(
                f"another process is writing to {self.vectors}; wait until it is done, or name another with"
                " --vectors / 另一个进程正在写索引,请稍后再试"
            ) from exc
        except OSError as exc:
            raise self._unwritable(exc) from exc
        with lock.acquire():
            lock.release()  # the first of two
            yield

    def new_segment(self) -> Path:
        """Make an empty folder for a segment to be written into. Raises QAIndexError."""
        folder = self.segment(_new_name())
        try:
            folder.mkdir(parents=True)
        except OSError as exc:
            raise self._unwritable(exc) from exc
        return folder

    def segment(self, name: str) -> Path:
        """Where the segment of this name lies."""
        return self.vectors / _SEGMENTS / name

    def sealed(self) -> list[str]:
        """The segments that were finished, whether or not any generation names them, oldest first."""
        return [path.name for path in _ours(self.vectors / _SEGMENTS) if is_sealed(path)]

    def publish(self, change: "Change", *, earlier: int = 1) -> str:
        """Switch to the next generation, in one transaction; return its name.

        What no generation that is kept needs is removed: as many ``earlier`` ones are kept, for processes
        that are about to open one. Call it while ``writing``. Raises QAIndexError; nothing has changed then.
        """
        version, change = _new_name(), but(change, facts={"format": FORMAT, **change.facts})
        ledger = self._opened(create=True)
        try:
            needed = self._published(ledger, version, change, earlier)
        except OSError as exc:
            raise self._unwritable(exc) from exc
        except IndexCorruptError:
            if not change.anew:
                raise
            ledger.database.discard()
            needed = self._published(ledger, version, change, earlier)
        if not earlier:
            ledger.database.wipe()
        self._clean(needed)
        return version

    def version(self) -> str:
        """Return the name of the generation in use. Raises IndexMissingError, QAIndexError.

        While the catalogue's own file and its log lie as they were, nothing is asked of the database.
        """
        stamps = [] if self._url else self._stamps()
        before, version = self._seen
        if not stamps or stamps != before:
            version = self._opened().version()
            self._seen = stamps, version
        return version

    def current(self) -> "Generation":
        """Return the generation in use; its segments are not looked at.

        Raises IndexMissingError when there is none, IndexMismatchError for one of another format, and
        IndexCorruptError when it is not as it was written.
        """
        generation = self._opened().newest()
        if generation.facts.get("format") != FORMAT:
            raise IndexMismatchError(
                f"{self.vectors} has index format {generation.facts.get('format')!r}, this version reads"
                f" {FORMAT}; {AGAIN}"
            )
        if not all(map(_NAME.fullmatch, generation.segments)):
            raise IndexCorruptError(f"the index names its segments {generation.segments!r}; {AGAIN}")
        return generation

    def check(self, *, thorough: bool = False) -> None:
        """Look through the catalogue, ``thorough`` row by row. Raises as ``current``."""
        self._opened().database.check(thorough=thorough)
        self.current()

    def checked_files(self) -> int:
        """Read the catalogue and every file of the segments in use; return how many there are.

        Raises as ``current``, whatever the times of the files say.
        """
        self.check(thorough=True)
        folders = [self.segment(name) for name in self.current().segments]
        return 1 + sum(len(whole(folder, thorough=True)["files"]) for folder in folders)

    def forget(self) -> None:
        """Delete what a database elsewhere knows of this index. Raises QAIndexError."""
        if self._url:
            try:
                self._opened().forget()
            except IndexMissingError:
                return

    def _opened(self, *, create: bool = False) -> "Ledger":
        from qa.ledger import Database, Ledger

        if self._ledger is None:
            place = self._place(create=create) if self._url else _OWN
            self._ledger = Ledger(Database(self._url or (self.vectors / _FILE).absolute()), place)
        if not create and (self.vectors / _FORMER).exists() and not self._ledger.database.exists:
            raise IndexMismatchError(f"{self.vectors} has an index of a former version; {AGAIN}")
        return self._ledger

    def _place(self, *, create: bool) -> str:
        """The name of this index in a database of several."""
        path = self.vectors / _ID
        try:
            if create and not path.exists():
                replace(path, secrets.token_hex(16))
            place = path.read_text(encoding="ascii").strip()
        except FileNotFoundError as exc:
            raise IndexMissingError(f"{self.vectors} holds no index; {AGAIN}") from exc
        except (OSError, UnicodeDecodeError) as exc:
            raise IndexCorruptError(f"{path} cannot be read; delete it, then {AGAIN}") from exc
        if not _PLACE.fullmatch(place):
            raise IndexCorruptError(f"{path} is not what was written; delete it, then {AGAIN}")
        return place

    def _stamps(self) -> list[Stamp]:
        """Those of the catalogue's file and its log; none while a change could leave them as they are."""
        found: list[Stamp] = []
        for end in ("", "-wal"):
            try:
                stamp = stamp_of(self.vectors / f"{_FILE}{end}")
            except OSError:  # there is none
                stamp = []
            if stamp is None:
                return []
            found.append(stamp)
        return found if found[0] else []

    def _published(self, ledger: "Ledger", version: str, change: "Change", earlier: int) -> set[str]:
        try:
            return ledger.publish(version, change, earlier=earlier)
        except IndexMissingError:  # there are no tables yet
            ledger.database.create()
            return ledger.publish(version, change, earlier=earlier)

    def _clean(self, needed: set[str]) -> None:
        for path in _ours(self.vectors / _SEGMENTS):
            if path.name not in needed:
                discard(path)
        for path in _ours(self.vectors):  # generations of former formats
            discard(path)
        for path in self.vectors.glob(f"{_FORMER}*"):
            path.unlink(missing_ok=True)

    def _unwritable(self, exc: OSError) -> QAIndexError:
        return QAIndexError(f"{self.vectors} cannot be written ({exc.strerror}); name another with --vectors")


def discard(folder: Path) -> None:
    """Remove a segment."""
    shutil.rmtree(folder, ignore_errors=True)


def _new_name() -> str:
    now = datetime.datetime.now(datetime.UTC)  # names are in the order of time
    return f"{now:%Y%m%dT%H%M%S}-{now.microsecond:05x}{secrets.token_hex(2)[1:]}"


def _ours(folder: Path) -> list[Path]:
    """The folders that are named as segments, oldest first: nothing else is ours to remove."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_dir())
