"""What was published is what is read; anything else is told, with what to run."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa import catalog
from qa import manifest as manifest_file
from qa.errors import (
    IndexBusyError,
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    QAIndexError,
)

FILES = {
    "documents.jsonl": "水厂年报".encode() * 9,
    "empty/none.txt": b"",
    "sentences/index.faiss": bytes(range(64)),
}
LONG_AGO = 1_700_000_000


def generation(vectors: Path, *, written: float = LONG_AGO, **facts: str) -> Path:
    folder = catalog.new_generation(vectors)
    write_files(folder, written)
    catalog.publish(folder, facts)
    return folder


def write_files(folder: Path, written: float = LONG_AGO) -> None:
    for name, data in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        os.utime(folder / name, (written, written))


def files_of(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json")


def change_and_keep_the_time(path: Path) -> None:
    """Flip a bit of a file in a way that its size and modification time do not tell."""
    modified, written = path.stat().st_mtime_ns, path.read_bytes()
    path.write_bytes(bytes([written[0] ^ 1]) + written[1:])
    os.utime(path, ns=(modified, modified))


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    generation(tmp_path / "索引", encoder="hashing")
    return tmp_path / "索引"


def in_use(vectors: Path) -> Path:
    return vectors / (vectors / "CURRENT").read_text(encoding="utf-8")


def test_what_is_published_is_in_use(vectors: Path) -> None:
    folder, manifest = catalog.current(vectors)
    assert folder == in_use(vectors)
    assert manifest["encoder"] == "hashing"
    assert {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_of(folder)} == FILES


def test_nothing_has_been_built(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "没有"):
        with pytest.raises(IndexMissingError, match="run: qa index"):
            catalog.current(folder)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_single_flipped_bit_is_told(vectors: Path, data: st.DataObject) -> None:
    folder = in_use(vectors)
    path = data.draw(st.sampled_from([path for path in files_of(folder) if path.stat().st_size]))
    written = path.read_bytes()
    at, bit = data.draw(st.integers(0, len(written) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(written[:at] + bytes([written[at] ^ 1 << bit]) + written[at + 1 :])
    try:
        with pytest.raises(IndexCorruptError, match="run: qa index"):
            catalog.current(vectors)
    finally:
        path.write_bytes(written)
    assert catalog.current(vectors)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
def test_a_flipped_bit_of_the_manifest_is_an_index_error_or_harmless(
    vectors: Path, data: st.DataObject
) -> None:
    path = in_use(vectors) / "manifest.json"
    written = path.read_bytes()
    at, bit = data.draw(st.integers(0, len(written) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(written[:at] + bytes([written[at] ^ 1 << bit]) + written[at + 1 :])
    told = ""
    try:
        assert catalog.current(vectors)[0] == in_use(vectors)
    except QAIndexError as exc:
        told = str(exc)
    finally:
        path.write_bytes(written)
    assert not told or "run: qa index" in told


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
@pytest.mark.parametrize("harm", ["missing", "cut", "longer", "folder"])
def test_a_file_that_is_missing_or_of_another_length_is_told(name: str, harm: str, vectors: Path) -> None:
    path = in_use(vectors) / name
    written = path.read_bytes()
    path.unlink()
    if harm == "folder":
        path.mkdir()
    elif harm != "missing":
        path.write_bytes(written[:-1] if harm == "cut" and written else written + b"0")
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        catalog.current(vectors)


@pytest.mark.parametrize(
    "pointer",
    ["", "没有", "..", ".", "../索引", "/", "x" * 300, "a\0b", "\n"],
    ids=lambda name: repr(name)[:12],
)
def test_a_pointer_to_what_is_no_generation_is_told(pointer: str, vectors: Path) -> None:
    shutil.copy(in_use(vectors) / "manifest.json", vectors.parent)  # so that `..` would look like one
    (vectors / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        catalog.current(vectors)


def test_a_pointer_that_is_not_text(vectors: Path) -> None:
    (vectors / "CURRENT").write_bytes(b"\xff\xff")
    with pytest.raises(QAIndexError, match="run: qa index"):
        catalog.current(vectors)


@pytest.mark.parametrize(
    ("manifest", "error"),
    [
        ({"format": manifest_file.FORMAT + 1, "files": {}}, IndexMismatchError),
        ({"format": 1, "files": {"documents.jsonl": ""}}, IndexMismatchError),
        ({"files": {}}, IndexMismatchError),
        ({"format": manifest_file.FORMAT}, IndexCorruptError),
        ({"format": manifest_file.FORMAT, "files": {}, "stamps": []}, IndexCorruptError),
        ([], IndexCorruptError),
        ("foreign", IndexCorruptError),
    ],
)
def test_a_foreign_manifest_is_told(manifest: object, error: type[QAIndexError], vectors: Path) -> None:
    (in_use(vectors) / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(error, match="run: qa index"):
        catalog.current(vectors)


def test_a_generation_without_a_manifest_is_not_in_use(vectors: Path) -> None:
    half = catalog.new_generation(vectors)
    write_files(half)
    assert catalog.current(vectors)[0] != half
    (vectors / "CURRENT").write_text(half.name, encoding="utf-8")
    with pytest.raises(IndexCorruptError, match="was not finished"):
        catalog.current(vectors)


def test_a_file_whose_size_and_time_are_as_written_is_trusted_unless_asked(vectors: Path) -> None:
    assert catalog.checked_files(vectors) == len(FILES)
    change_and_keep_the_time(in_use(vectors) / "documents.jsonl")
    assert catalog.current(vectors)
    with pytest.raises(IndexCorruptError, match="not what was written"):
        catalog.checked_files(vectors)


def test_a_change_right_after_writing_is_told_whatever_the_time_says(tmp_path: Path) -> None:
    change_and_keep_the_time(generation(tmp_path, written=time.time()) / "documents.jsonl")
    with pytest.raises(IndexCorruptError, match="not what was written"):
        catalog.current(tmp_path)


@pytest.mark.parametrize("damaged", [False, True])
def test_a_copied_index_is_looked_through_until_it_is_known_to_be_whole(damaged: bool, vectors: Path) -> None:
    built, folder = catalog.manifest_of(vectors), in_use(vectors)
    write_files(folder, LONG_AGO + 60)
    if damaged:
        change_and_keep_the_time(folder / "documents.jsonl")
        for _ in range(2):
            with pytest.raises(IndexCorruptError, match="not what was written"):
                catalog.current(vectors)
        return
    assert catalog.current(vectors)
    refreshed = catalog.manifest_of(vectors)
    assert {modified for _, modified in refreshed["stamps"].values()} == {(LONG_AGO + 60) * 10**9}
    assert {**refreshed, "stamps": {}} == {**built, "stamps": {}}
    assert {path.name for path in folder.iterdir() if path.is_file()} == {"documents.jsonl", "manifest.json"}
    change_and_keep_the_time(folder / "documents.jsonl")
    assert catalog.current(vectors)


def test_an_index_that_cannot_be_written_to_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(generation(tmp_path), LONG_AGO + 60)

    def refuse(path: Path, text: str) -> None:
        raise PermissionError(f"{path} is on a disk that is only read")

    monkeypatch.setattr(manifest_file, "replace", refuse)
    assert catalog.current(tmp_path)[0] == in_use(tmp_path)


def test_the_newest_is_in_use_and_old_ones_go(vectors: Path) -> None:
    folders = [in_use(vectors)] + [generation(vectors, encoder=str(n)) for n in range(3)]
    assert catalog.current(vectors)[0] == folders[-1]
    left = {path for path in vectors.iterdir() if path.is_dir()}
    assert folders[-1] in left
    assert len(left) == 2
    assert {path.name for path in vectors.iterdir() if path.is_file()} == {"CURRENT"}


def test_a_discarded_generation_is_gone(vectors: Path) -> None:
    folder = catalog.new_generation(vectors)
    catalog.discard(folder)
    catalog.discard(folder)
    assert not folder.exists()
    assert catalog.current(vectors)


def test_what_was_abandoned_goes_at_the_next_publication(vectors: Path) -> None:
    abandoned, other = catalog.new_generation(vectors), vectors / "图片"
    complete, stray = in_use(vectors), vectors / "CURRENT.0123abcd"
    other.mkdir()
    stray.write_text("", encoding="utf-8")
    generation(vectors)
    assert complete.exists()
    assert not abandoned.exists()
    assert not stray.exists()
    assert other.exists()


def segment(vectors: Path) -> Path:
    folder = catalog.new_segment(vectors)
    write_files(folder)
    manifest_file.seal(folder, {"documents": 1})
    return folder


def test_a_generation_is_as_whole_as_its_segments(vectors: Path) -> None:
    one, other = segment(vectors), segment(vectors)
    folder = catalog.new_generation(vectors)
    catalog.publish(folder, {}, [one.name, other.name])
    assert catalog.segments_of(catalog.current(vectors)[1]) == [one.name, other.name]
    assert catalog.segment_folder(vectors, other.name) == other
    assert catalog.checked_files(vectors) == 2 * len(FILES)
    change_and_keep_the_time(other / "documents.jsonl")
    with pytest.raises(IndexCorruptError, match="not what was written"):
        catalog.checked_files(vectors)
    shutil.rmtree(one)
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        catalog.checked_files(vectors)


def test_segments_go_when_no_generation_that_is_kept_names_them(vectors: Path) -> None:
    old, shared, half = segment(vectors), segment(vectors), catalog.new_segment(vectors)
    for names in ([old.name, shared.name], [shared.name], [shared.name]):
        assert old.exists()
        last = catalog.new_generation(vectors)
        write_files(last)
        catalog.publish(last, {}, names)
        assert not half.exists()
    assert not old.exists()
    assert shared.exists()
    assert catalog.current(vectors)[0] == last == vectors / catalog.version_of(vectors)


@pytest.mark.parametrize("names", [None, "x", [1], ["../x"], [".."], {"a": 1}])
def test_segments_that_are_no_names_are_told(names: object, vectors: Path) -> None:
    path = in_use(vectors) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "segments": names}), encoding="utf-8")
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        catalog.checked_files(vectors)


def test_only_one_writes_and_who_waits_too_long_is_told(vectors: Path) -> None:
    with (
        catalog.writing(vectors),
        pytest.raises(IndexBusyError, match="another process is writing"),
        catalog.writing(vectors, wait=0.05),
    ):
        pytest.fail("two write")
    with catalog.writing(vectors, wait=0.05):
        pass


def test_generations_never_share_a_folder(tmp_path: Path) -> None:
    assert len({catalog.new_generation(tmp_path) for _ in range(20)}) == 20


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(QAIndexError, match="cannot be written"):
        catalog.new_generation(tmp_path / "file")


def test_only_generations_are_removed(vectors: Path) -> None:
    mine = [
        vectors / "AThesis-draft" / "a.doc",
        vectors / "ZPwa" / "manifest.json",
        vectors / "20200101T000000-x",
    ]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}", encoding="utf-8")
        os.utime(path.parent, (0, 0))
    abandoned = vectors / "20200101T000000-0123abcd"
    abandoned.mkdir()
    os.utime(abandoned, (0, 0))
    first = in_use(vectors)
    second, third = generation(vectors), generation(vectors)
    assert all(path.exists() for path in mine)
    assert not abandoned.exists()
    assert third.exists()
    assert sum(path.exists() for path in (first, second)) == 1
