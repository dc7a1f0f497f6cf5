"""A catalogue may be in another database, beside those of other indexes.

PostgreSQL is tried where TEST_POSTGRES_URL is the URL of an empty database.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from qa.catalog import Catalog
from qa.errors import IndexCorruptError, IndexMissingError, QAIndexError
from qa.files import FileState
from qa.ledger import Change, Database
from qa.ledger.tables import METADATA
from qa.types import Skipped

FILE = FileState("镜湖\\公报.txt", 2**40, 2**62, "ab", "{}", ("镜湖\\公报.txt",), (Skipped("第\0页", "空"),))


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/全部.sqlite"
        return
    server = os.environ.get("TEST_POSTGRES_URL", "")
    if not server:
        pytest.skip("TEST_POSTGRES_URL names no database")
    yield server
    database = Database(server)
    METADATA.drop_all(database._engine)
    database._engine.dispose()


def test_two_indexes_in_one_database_do_not_mix(url: str, tmp_path: Path) -> None:
    one, other = (Catalog(tmp_path / name, url) for name in ("甲", "乙"))
    with pytest.raises(IndexMissingError, match="run: qa index"):
        one.version()
    with one.writing():
        one.publish(Change({"encoder": "hashing"}, ["20260101T000000-0123abcd"], files=[FILE]))
    with pytest.raises(IndexMissingError, match="run: qa index"):
        other.version()
    with other.writing():
        other.publish(Change({}, []))
    name = "20260101T000000-0123abcd"
    with one.writing():
        one.publish(Change({}, [name], removed={name: [5]}, files=[FileState("新.txt", 1, 1, "cd")]))
    again = Catalog(tmp_path / "甲", url).current()
    assert (again.version, again.segments) == (one.version(), (name,))
    assert again.removed == {name: {5}}
    assert {file.path for file in again.files.all()} == {FILE.path, "新.txt"}
    assert again.files.of(FILE.path) == FILE
    assert list(again.files.among([], ["ab"])) == [FILE]
    assert list(again.files.skipped()) == list(FILE.skipped)
    assert again.files.paths() == {FILE.path, "新.txt"}
    assert not other.current().files.all()
    one.check(thorough=True)
    one.forget()
    with pytest.raises(IndexMissingError, match="run: qa index"):
        one.version()
    assert other.version()
    assert not (tmp_path / "甲" / "catalog.sqlite").exists()


def test_what_fails_in_the_middle_changes_nothing(url: str, tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, url)
    with catalog.writing():
        catalog.publish(Change({}, [], files=[FILE]))
        before = catalog.current()
        with pytest.raises(QAIndexError, match="damaged"):
            catalog.publish(Change({}, [], files=[FileState("甲.txt", 1, 1, ""), FILE, FILE]))
    assert catalog.version() == before.version
    assert list(catalog.current().files.all()) == [FILE]


def test_the_tables_are_what_postgresql_understands() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in METADATA.sorted_tables]
    made += [
        str(CreateIndex(one).compile(dialect=dialect))
        for table in METADATA.sorted_tables
        for one in table.indexes
    ]
    assert len(made) == 6 + 6
    assert all(" SERIAL" not in statement for statement in made)


@pytest.mark.parametrize(
    "url", ["x", "sqlite://", "sqlite:///:memory:", "nothing://host/name", "postgresql+nothing://h/n", "://"]
)
def test_what_is_no_database_is_told(url: str, tmp_path: Path) -> None:
    with pytest.raises(QAIndexError, match="QA_CATALOG"):
        Catalog(tmp_path, url).publish(Change({}, []))


def test_a_password_is_in_no_message(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, "postgresql+pg8000://user:geheim@127.0.0.1:1/name")
    with pytest.raises(QAIndexError) as told:
        catalog.publish(Change({}, []))
    assert "geheim" not in str(told.value)


def test_a_name_of_the_index_that_is_none_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/全部.sqlite"
    Catalog(tmp_path, url).publish(Change({}, []))
    (tmp_path / "catalog.id").write_text("x", encoding="utf-8")
    with pytest.raises(IndexCorruptError, match="delete it"):
        Catalog(tmp_path, url).version()
