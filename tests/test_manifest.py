"""A folder that was sealed is read as it was written; anything else is told, with what to run."""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa import manifest
from qa.errors import IndexCorruptError, IndexMismatchError, QAIndexError

FILES = {
    "documents.jsonl": "水厂年报".encode() * 9,
    "empty/none.txt": b"",
    "sentences/index.faiss": bytes(range(64)),
}
LONG_AGO = 1_700_000_000


def write_files(folder: Path, written: float = LONG_AGO) -> None:
    for name, data in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes(data)
        os.utime(folder / name, (written, written))


def files_of(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json")


def change_and_keep_the_time(path: Path) -> None:
    """Flip a bit of a file in a way that its size and modification time do not tell."""
    modified, written = path.stat().st_mtime_ns, path.read_bytes()
    path.write_bytes(bytes([written[0] ^ 1]) + written[1:])
    os.utime(path, ns=(modified, modified))


def sealed(folder: Path, *, written: float = LONG_AGO) -> Path:
    write_files(folder, written)
    manifest.seal(folder, {"encoder": "hashing"})
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sealed(tmp_path / "索引")


def test_what_is_sealed_is_as_it_was_written(folder: Path) -> None:
    assert manifest.whole(folder)["encoder"] == "hashing"
    assert {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_of(folder)} == FILES


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_single_flipped_bit_is_told(folder: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path in files_of(folder) if path.stat().st_size]))
    written = path.read_bytes()
    at, bit = data.draw(st.integers(0, len(written) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(written[:at] + bytes([written[at] ^ 1 << bit]) + written[at + 1 :])
    try:
        with pytest.raises(IndexCorruptError, match="run: qa index"):
            manifest.whole(folder)
    finally:
        path.write_bytes(written)
    assert manifest.whole(folder)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
def test_a_flipped_bit_of_the_manifest_is_an_index_error_or_harmless(
    folder: Path, data: st.DataObject
) -> None:
    path = folder / "manifest.json"
    written = path.read_bytes()
    at, bit = data.draw(st.integers(0, len(written) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(written[:at] + bytes([written[at] ^ 1 << bit]) + written[at + 1 :])
    told = ""
    try:
        assert manifest.whole(folder)["format"] == manifest.FORMAT
    except QAIndexError as exc:
        told = str(exc)
    finally:
        path.write_bytes(written)
    assert not told or "run: qa index" in told


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
@pytest.mark.parametrize("harm", ["missing", "cut", "longer", "folder"])
def test_a_file_that_is_missing_or_of_another_length_is_told(name: str, harm: str, folder: Path) -> None:
    path = folder / name
    written = path.read_bytes()
    path.unlink()
    if harm == "folder":
        path.mkdir()
    elif harm != "missing":
        path.write_bytes(written[:-1] if harm == "cut" and written else written + b"0")
    with pytest.raises(IndexCorruptError, match="run: qa index"):
        manifest.whole(folder)


@pytest.mark.parametrize(
    ("found", "error"),
    [
        ({"format": manifest.FORMAT + 1, "files": {}}, IndexMismatchError),
        ({"format": 1, "files": {"documents.jsonl": ""}}, IndexMismatchError),
        ({"files": {}}, IndexMismatchError),
        ({"format": manifest.FORMAT}, IndexCorruptError),
        ({"format": manifest.FORMAT, "files": {}, "stamps": []}, IndexCorruptError),
        ([], IndexCorruptError),
        ("foreign", IndexCorruptError),
    ],
)
def test_a_foreign_manifest_is_told(found: object, error: type[QAIndexError], folder: Path) -> None:
    (folder / "manifest.json").write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(error, match="run: qa index"):
        manifest.whole(folder)


def test_a_file_whose_size_and_time_are_as_written_is_trusted_unless_asked(folder: Path) -> None:
    change_and_keep_the_time(folder / "documents.jsonl")
    assert manifest.whole(folder)
    with pytest.raises(IndexCorruptError, match="not what was written"):
        manifest.whole(folder, thorough=True)


def test_a_change_right_after_writing_is_told_whatever_the_time_says(tmp_path: Path) -> None:
    folder = sealed(tmp_path / "新", written=time.time())
    change_and_keep_the_time(folder / "documents.jsonl")
    with pytest.raises(IndexCorruptError, match="not what was written"):
        manifest.whole(folder)


@pytest.mark.parametrize("damaged", [False, True])
def test_a_copied_index_is_looked_through_until_it_is_known_to_be_whole(damaged: bool, folder: Path) -> None:
    built = manifest.read_manifest(folder)
    write_files(folder, LONG_AGO + 60)
    if damaged:
        change_and_keep_the_time(folder / "documents.jsonl")
        for _ in range(2):
            with pytest.raises(IndexCorruptError, match="not what was written"):
                manifest.whole(folder)
        return
    assert manifest.whole(folder)
    refreshed = manifest.read_manifest(folder)
    assert {modified for _, modified in refreshed["stamps"].values()} == {(LONG_AGO + 60) * 10**9}
    assert {**refreshed, "stamps": {}} == {**built, "stamps": {}}
    assert {path.name for path in folder.iterdir() if path.is_file()} == {"documents.jsonl", "manifest.json"}
    change_and_keep_the_time(folder / "documents.jsonl")
    assert manifest.whole(folder)


def test_an_index_that_cannot_be_written_to_is_read_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(folder, LONG_AGO + 60)

    def refuse(path: Path, text: str) -> None:
        raise PermissionError(f"{path} is on a disk that is only read")

    monkeypatch.setattr(manifest, "replace", refuse)
    assert manifest.whole(folder)["encoder"] == "hashing"
