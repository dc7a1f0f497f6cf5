"""What was published is what is read; anything else is told, with what to run."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa import manifest
from qa.catalog import Catalog, discard
from qa.errors import (
    IndexBusyError,
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    QAIndexError,
)
from qa.files import FileState
from qa.ledger import Change
from qa.types import Skipped
from tests.test_manifest import FILES, change_and_keep_the_time, write_files

ONE = FileState("水务/年报.txt", 12, 7, "ab", '{"a": 1}', ("水务/年报.txt",))
OTHER = FileState("表.jsonl", 9, 0, "cd", "", ("表.jsonl#1", "表.jsonl#3"), (Skipped("表.jsonl#2", "空"),))
ODD = FileState("\udcc4\udcea\\报\0.txt", 0, 0, "", skipped=(Skipped("?.txt", "not UTF-8"),))
NONE = FileState("没有.txt", -1, 0, "", skipped=(Skipped("没有.txt", "it is not there"),))


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    catalog = Catalog(tmp_path / "索引")
    catalog.publish(Change({"encoder": "hashing"}, [], files=[ONE, OTHER, ODD, NONE]))
    return catalog


def segment(catalog: Catalog) -> Path:
    folder = catalog.new_segment()
    write_files(folder)
    manifest.seal(folder, {"documents": 1})
    return folder


def database(catalog: Catalog) -> Path:
    return catalog.vectors / "catalog.sqlite"


def test_what_is_published_is_in_use(catalog: Catalog) -> None:
    found = Catalog(catalog.vectors).current()
    assert (found.facts["encoder"], found.segments, found.removed) == ("hashing", (), {})
    assert found.version == catalog.version()
    assert list(found.files.all()) == sorted([ONE, OTHER, ODD, NONE], key=lambda file: file.path)


def test_the_database_is_asked_again_when_its_files_have_changed(catalog: Catalog) -> None:
    path, long_ago = database(catalog), 1_600_000_000
    held = path.read_bytes()
    os.utime(path, (long_ago, long_ago))
    before = catalog.version()
    path.write_bytes(bytes(len(held)))
    os.utime(path, (long_ago, long_ago))
    assert catalog.version() == before
    path.write_bytes(held)
    os.utime(path, (long_ago, long_ago))
    for _ in range(3):
        published = Catalog(catalog.vectors).publish(Change({}, []))
        assert catalog.version() == published != before


def test_files_are_found_by_what_is_known_of_them(catalog: Catalog) -> None:
    files = catalog.current().files
    assert files.of("表.jsonl#3") == OTHER
    assert files.of(ONE.path) == ONE
    assert files.of("表.jsonl#2") is None
    assert files.paths() == {ONE.path, OTHER.path, ODD.path}
    assert list(files.among([ODD.path])) == [ODD]
    assert list(files.among(["无.txt"], ["cd"])) == [OTHER]
    assert list(files.among([])) == []
    assert {one.doc_id for one in files.skipped()} == {"表.jsonl#2", "?.txt", "没有.txt"}


def test_nothing_has_been_built(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "没有"):
        with pytest.raises(IndexMissingError, match="run: qa index"):
            Catalog(folder).current()
    assert list(tmp_path.iterdir()) == []


def test_a_change_writes_what_it_changes_and_older_readers_see_what_they_saw(catalog: Catalog) -> None:
    first = catalog.current()
    again = FileState(ONE.path, 13, 8, "ef", "", (ONE.path,))
    catalog.publish(Change({}, [], files=[again], gone=[OTHER.path]))
    second = catalog.current()
    assert second.files.of(ONE.path) == again
    assert second.files.of("表.jsonl#1") is None
    assert set(second.files.all()) == {again, ODD, NONE}
    assert set(first.files.all()) == {ONE, OTHER, ODD, NONE}
    assert first.files.of("表.jsonl#1") == OTHER
    with closing(sqlite3.connect(database(catalog))) as rows:
        (count,) = rows.execute("SELECT count(*) FROM qingwen10_files").fetchone()
    assert count == 5
    catalog.publish(Change({}, [], files=[ONE], anew=True))
    assert list(catalog.current().files.all()) == [ONE]


def test_removed_documents_are_added_up_and_go_with_their_segment(catalog: Catalog) -> None:
    one, other = segment(catalog).name, segment(catalog).name
    catalog.publish(Change({}, [one, other], removed={one: [3]}))
    first = catalog.current()
    catalog.publish(Change({}, [one, other], removed={one: [3, 1], other: [0]}))
    assert catalog.current().removed == {one: {1, 3}, other: {0}}
    assert first.removed == {one: {3}}
    catalog.publish(Change({}, [other]))
    assert catalog.current().removed == {other: {0}}
    assert catalog.current().segments == (other,)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
def test_a_flipped_bit_of_the_catalogue_is_told_or_harmless(catalog: Catalog, data: st.DataObject) -> None:
    path, version = database(catalog), catalog.version()
    written = path.read_bytes()
    at, bit = data.draw(st.integers(0, len(written) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(written[:at] + bytes([written[at] ^ 1 << bit]) + written[at + 1 :])
    try:
        catalog.check(thorough=True)
        found = catalog.current()
        assert (found.facts["encoder"], found.segments, found.removed) == ("hashing", (), {})
    except QAIndexError:
        pass
    finally:
        path.write_bytes(written)
    assert catalog.version() == version


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def filled(path: Path) -> None:
    path.write_bytes(b"\xff" * 20_000)


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (Path.unlink, IndexMissingError),
        (cut, IndexCorruptError),
        (filled, IndexCorruptError),
        (lambda path: path.write_bytes(b""), IndexMissingError),
    ],
    ids=["deleted", "cut", "garbage", "emptied"],
)
def test_a_damaged_catalogue_is_told_and_begun_anew(
    harm: Callable[[Path], None], error: type[QAIndexError], catalog: Catalog
) -> None:
    harm(database(catalog))
    with pytest.raises(error, match="run: qa index"):
        catalog.check()
    catalog.publish(Change({}, [], files=[ONE], anew=True))
    assert list(Catalog(catalog.vectors).current().files.all()) == [ONE]
    catalog.check()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE qingwen10_generations SET facts = replace(facts, 'hashing', 'hushing')",
        "UPDATE qingwen10_generations SET number = number + 10",
        "UPDATE qingwen10_removed SET document = document + 1",
        "DELETE FROM qingwen10_removed",
        "DELETE FROM qingwen10_segments",
        "UPDATE qingwen10_segments SET name = '..'",
        "DROP TABLE qingwen10_segments",
        "ALTER TABLE qingwen10_removed RENAME COLUMN document TO documents",
    ],
)
def test_a_row_that_was_not_written_here_is_told(change: str, catalog: Catalog) -> None:
    name = segment(catalog).name
    catalog.publish(Change({"encoder": "hashing"}, [name], removed={name: [2]}))
    with closing(sqlite3.connect(database(catalog))) as rows, rows:
        rows.execute(change)
    with pytest.raises((IndexCorruptError, IndexMissingError), match="run: qa index"):
        catalog.current()


def test_an_index_of_a_former_format_is_told_and_goes(tmp_path: Path) -> None:
    former = tmp_path / "20200101T000000-0123abcd"
    former.mkdir()
    (former / "manifest.json").write_text('{"format": 9}', encoding="utf-8")
    (tmp_path / "CURRENT").write_text(former.name, encoding="utf-8")
    catalog = Catalog(tmp_path)
    with pytest.raises(IndexMismatchError, match="run: qa index"):
        catalog.version()
    catalog.publish(Change({}, [], anew=True))
    assert {path.name for path in tmp_path.iterdir()} == {"catalog.sqlite"}
    assert catalog.current().version == catalog.version()


def test_what_was_abandoned_goes_at_the_next_publication(catalog: Catalog) -> None:
    abandoned, other = catalog.new_segment(), catalog.vectors / "图片"
    other.mkdir()
    catalog.publish(Change({}, []))
    assert not abandoned.exists()
    assert other.exists()


def test_a_discarded_segment_is_gone(catalog: Catalog) -> None:
    folder = catalog.new_segment()
    discard(folder)
    discard(folder)
    assert not folder.exists()
    assert catalog.current()


def test_a_generation_is_as_whole_as_its_segments(catalog: Catalog) -> None:
    one, other = segment(catalog), segment(catalog)
    catalog.publish(Change({}, [one.name, other.name]))
    assert catalog.current().segments == (one.name, other.name)
    assert catalog.segment(other.name) == other
    assert catalog.checked_files() == 1 + 2 * len(FILES)
    change_and_keep_the_time(other / "documents.jsonl")
    with pytest.raises(IndexCorruptError, match="not what was written"):
        catalog.checked_files()
    shutil.rmtree(one)
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        catalog.checked_files()


def test_segments_go_when_no_generation_that_is_kept_names_them(catalog: Catalog) -> None:
    old, shared, half = segment(catalog), segment(catalog), catalog.new_segment()
    for names in ([old.name, shared.name], [shared.name], [shared.name]):
        assert old.exists()
        catalog.publish(Change({}, names))
        assert not half.exists()
    assert not old.exists()
    assert shared.exists()


def test_nothing_of_what_is_purged_stays_in_the_catalogue(catalog: Catalog) -> None:
    kept = Catalog(catalog.vectors).current()
    catalog.publish(Change({}, [], gone=[ONE.path]), earlier=0)
    assert kept.files.of(ONE.path) is None
    left = b"".join(path.read_bytes() for path in catalog.vectors.iterdir() if path.is_file())
    assert ONE.path.encode() not in left
    assert OTHER.path.encode() in left


def test_only_one_writes_and_who_waits_too_long_is_told(catalog: Catalog) -> None:
    with (
        catalog.writing(),
        pytest.raises(IndexBusyError, match="another process is writing"),
        Catalog(catalog.vectors).writing(wait=0.05),
    ):
        pytest.fail("two write")
    with catalog.writing(wait=0.05):
        pass


def test_segments_never_share_a_folder(catalog: Catalog) -> None:
    assert len({catalog.new_segment() for _ in range(20)}) == 20


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(QAIndexError, match="cannot be written"):
        Catalog(tmp_path / "file").new_segment()
    with pytest.raises(QAIndexError, match="cannot be"):
        Catalog(tmp_path / "file").publish(Change({}, []))


def test_only_segments_and_former_generations_are_removed(catalog: Catalog) -> None:
    vectors = catalog.vectors
    mine = [
        vectors / "AThesis-draft" / "a.doc",
        vectors / "ZPwa" / "manifest.json",
        vectors / "20200101T000000-x",
        vectors / "segments" / "mine" / "a.doc",
    ]
    for path in mine:
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("{}", encoding="utf-8")
        os.utime(path.parent, (0, 0))
    abandoned = vectors / "20200101T000000-0123abcd"
    abandoned.mkdir()
    catalog.publish(Change({}, []))
    assert all(path.exists() for path in mine)
    assert not abandoned.exists()
