"""The tables. A row holds from generation ``since`` on, and before generation ``until`` where that is set.

Their names tell the format: a program of another version sees none of them. ``place`` is whose rows they
are, where several indexes are kept in one database.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    or_,
)

from qa.manifest import FORMAT

PREFIX = f"qingwen{FORMAT}_"
METADATA = MetaData()
_UNSAFE = re.compile(r"[\\\0\ud800-\udfff]")
_ESCAPED = re.compile(r"\\([0-9a-f]{4})")


class Words(TypeDecorator[str]):
    r"""Any string of Python: what no database takes (half a surrogate pair, NUL) is written as ``\xxxx``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Escape."""
        return value and _UNSAFE.sub(lambda found: f"\\{ord(found[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Undo it."""
        return value and _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


def _key(name: str, kind: type[Words | Integer]) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _place() -> Column[str]:
    return Column("place", String(64), primary_key=True)


def _until() -> Column[int]:
    return Column("until", Integer)


GENERATIONS = Table(
    f"{PREFIX}generations",
    METADATA,
    _place(),
    _key("number", Integer),
    Column("version", String(64), nullable=False),
    Column("facts", Words, nullable=False),
    Column("gone", BigInteger, nullable=False),
    Column("proof", String(64), nullable=False),
)
SEGMENTS = Table(
    f"{PREFIX}segments", METADATA, _place(), _key("name", Words), _key("since", Integer), _until()
)
REMOVED = Table(
    f"{PREFIX}removed",
    METADATA,
    _place(),
    _key("segment", Words),
    _key("document", Integer),
    Column("since", Integer, nullable=False),
)
FILES = Table(
    f"{PREFIX}files",
    METADATA,
    _place(),
    _key("path", Words),
    _key("since", Integer),
    _until(),
    Column("size", BigInteger, nullable=False),
    Column("modified", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("fields", Words, nullable=False),
    Column("same_as", Words, nullable=False),
)
DOCUMENTS = Table(
    f"{PREFIX}documents",
    METADATA,
    _place(),
    _key("path", Words),
    _key("since", Integer),
    _key("at", Integer),
    _until(),
    Column("doc_id", Words, nullable=False),
)
SKIPPED = Table(
    f"{PREFIX}skipped",
    METADATA,
    _place(),
    _key("path", Words),
    _key("since", Integer),
    _key("at", Integer),
    _until(),
    Column("doc_id", Words, nullable=False),
    Column("reason", Words, nullable=False),
)
OF_FILES = (FILES, DOCUMENTS, SKIPPED)
"""Every table that has rows of a file, all with its ``path``, ``since`` and ``until``."""

Index(f"{PREFIX}by_digest", FILES.c.place, FILES.c.digest)
Index(f"{PREFIX}by_name", DOCUMENTS.c.place, DOCUMENTS.c.doc_id)
for _table in (SEGMENTS, *OF_FILES):
    Index(f"{_table.name}_until", _table.c.place, _table.c.until)


def held_at(table: Table, place: str, number: int) -> ColumnElement[bool]:
    """Whether a row is of generation ``number`` of ``place``."""
    until = table.c.until
    return (table.c.place == place) & (table.c.since <= number) & or_(until.is_(None), until > number)


def insert(rows: Connection, table: Table, place: str, values: Iterable[Mapping[str, Any]]) -> None:
    """Add rows of ``place``."""
    made = [{"place": place, **value} for value in values]
    if made:
        rows.execute(table.insert(), made)
