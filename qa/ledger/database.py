"""A database by its URL; what is special about SQLite is all in here.

SQLite writes ahead (WAL), so that who reads and who writes do not wait for each other. On a network share it
cannot, says so, and keeps its rollback journal. A connection is opened for each use: no file stays open that
someone is about to delete.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError

from qa.errors import IndexBusyError, IndexCorruptError, IndexMissingError, QAIndexError
from qa.ledger.tables import METADATA
from qa.manifest import AGAIN

PATIENCE = 30
"""Seconds to wait for another process that is in the middle of a transaction."""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ")
_NO_TABLE, _NO_COLUMN = ("no such table", "42P01"), ("no such column", "has no column", "42703")


class Database:
    """A database that may not be there yet. Safe to use from many threads."""

    def __init__(self, where: str | Path) -> None:
        """``where`` is a URL, or the path of an SQLite file. Raises QAIndexError when it cannot be used."""
        try:
            self._url = (
                URL.create("sqlite", database=str(where)) if isinstance(where, Path) else make_url(where)
            )
            self.path = _file_of(self._url)
            self._engine = _engine(self._url, self.path)
        except (ArgumentError, SQLAlchemyError, ImportError, ValueError) as exc:
            raise QAIndexError(
                f"QA_CATALOG names no database that can be used ({_said(exc)}); give a URL such as"
                " postgresql+pg8000://user@host/name, and install its driver: pip install qingwen[postgres]"
                " / QA_CATALOG 不是可用的数据库地址"
            ) from exc

    @property
    def name(self) -> str:
        """The URL without its password, or the path of the file."""
        return str(self.path) if self.path else self._url.render_as_string(hide_password=True)

    @property
    def exists(self) -> bool:
        """Whether there may be something: of another than SQLite only a query tells."""
        return self.path is None or self.path.exists()

    @contextmanager
    def transaction(self, *, writes: bool = False) -> Iterator[Connection]:
        """Give a connection; all that is read with it is of one moment, all that it ``writes`` holds or none.

        Raises IndexMissingError where the tables are not there, IndexCorruptError where they cannot be
        read, IndexBusyError, QAIndexError.
        """
        if self.path and not self.path.exists():
            where = f"{self.path.parent} holds no index ({self.path.name} is not there)"
            raise IndexMissingError(f"{where}; {AGAIN}")
        engine = self._engine.execution_options(writes=writes)
        with self._told(), engine.begin() as connection:
            yield connection

    def create(self) -> None:
        """Make the tables where there are none. Raises as ``transaction``."""
        with self._told():
            if self.path:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with closing(_connected(self.path)) as connection:  # where it cannot be, it stays as it was
                    connection.execute("PRAGMA journal_mode = WAL")
            METADATA.create_all(self._engine)

    def discard(self) -> None:
        """Delete what is damaged, of SQLite the file. Raises QAIndexError."""
        if not self.path:
            raise QAIndexError(f"the tables of {self.name} are damaged; look at that database / 数据库损坏")
        for end in ("-wal", "-shm", ""):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    def wipe(self) -> None:
        """Leave nothing on the disk of rows that were deleted, as far as a database can be told so."""
        if self.path:
            with self._told(), closing(_connected(self.path)) as connection:
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def check(self, *, thorough: bool = False) -> None:
        """Let it look at itself, and with ``thorough`` read every row.

        Raises IndexCorruptError when it is damaged, and as ``transaction``.
        """
        with self.transaction() as connection:
            if self.path:
                found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
                if found != "ok":
                    raise IndexCorruptError(f"{self.path} is damaged ({found}); {AGAIN}")
            for table in METADATA.sorted_tables if thorough else ():
                for _ in connection.execute(table.select()):
                    pass

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError as exc:  # a row that should not be there is
            raise IndexCorruptError(f"{self.name} is damaged ({_said(exc.orig or exc)}); {AGAIN}") from exc
        except DBAPIError as exc:
            raise self._error(exc.orig or exc) from exc
        except sqlite3.Error as exc:
            raise self._error(exc) from exc
        except (SQLAlchemyError, ImportError) as exc:
            raise QAIndexError(f"{self.name} cannot be used ({_said(exc)})") from exc
        except (ValueError, TypeError, LookupError) as exc:  # values that nobody wrote
            raise IndexCorruptError(f"{self.name} is damaged ({_said(exc)}); {AGAIN}") from exc

    def _error(self, exc: BaseException) -> QAIndexError:
        said = _said(exc)
        code = f"{getattr(exc, 'sqlite_errorname', '')}{getattr(exc, 'sqlstate', None) or ''}"
        if any(part in said or part == code for part in _NO_TABLE):
            return IndexMissingError(f"{self.name} holds no index of this version; {AGAIN}")
        damaged = code.startswith(_DAMAGED) or "Could not decode" in said
        if damaged or any(part in said or part == code for part in _NO_COLUMN):
            return IndexCorruptError(f"{self.name} is damaged ({said}); {AGAIN}")
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return IndexBusyError(f"another process is writing to {self.name}; try again / 请稍后再试")
        return QAIndexError(
            f"{self.name} cannot be read or written ({said}); look at it / 目录数据库无法使用"
        )


def _file_of(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:" or url.query:
        raise ValueError("SQLite needs the path of a file, and no options")
    return Path(url.database).absolute()


@lru_cache(maxsize=256)
def _engine(url: URL, path: Path | None) -> Engine:
    if path is None:
        return create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    engine = create_engine("sqlite://", creator=lambda: _connected(path), poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", True)
        if writes:
            connection.exec_driver_sql("PRAGMA synchronous = FULL")
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _connected(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as exc:
        left = path.with_name(f"{path.name}-wal")
        if exc.sqlite_errorname not in {"SQLITE_CANTOPEN", "SQLITE_READONLY"} or left.exists():
            raise
        # on a disk that is only read nobody writes, and no file can be made to agree with those who do
        uri = f"file:{quote(str(path))}?immutable=1"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    return connection


def _said(exc: BaseException) -> str:
    return str(exc).partition("\n")[0] or type(exc).__name__
