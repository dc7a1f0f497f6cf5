"""Reading a file a little at a time."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.scattered import ScatteredFile

BYTES = bytes(range(256)) * 64


@pytest.fixture(params=["pread", "seek"])
def path(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if request.param == "seek":
        monkeypatch.delattr(os, "pread", raising=False)
    path = tmp_path / "bytes"
    path.write_bytes(BYTES)
    return path


def test_places_are_read_in_the_order_asked_for(path: Path) -> None:
    file = ScatteredFile(path, far_apart=True)
    assert file.size == len(BYTES)
    assert file.read([512 + 7, 0, len(BYTES) - 2], 2) == b"\x07\x08\x00\x01\xfe\xff"
    assert file.read([], 2) == file.read([5], 0) == b""


def test_threads_do_not_disturb_each_other(path: Path) -> None:
    file = ScatteredFile(path)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda at: file.read([at], 100), range(4000)))
    assert found == [BYTES[at : at + 100] for at in range(4000)]


def test_a_file_that_was_cut_short_is_told(path: Path) -> None:
    file = ScatteredFile(path)
    os.truncate(path, 1000)
    assert file.read([900], 100) == BYTES[900:1000]
    with pytest.raises(OSError, match="not as long as it was"):
        file.read([0, 901], 100)


@pytest.mark.filterwarnings("error")
def test_it_is_closed_with_its_last_use(path: Path, recwarn: pytest.WarningsRecorder) -> None:
    file = ScatteredFile(path)
    number = file._file.fileno()
    del file
    assert not recwarn.list
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(number)
