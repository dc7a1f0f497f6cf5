"""An upload can be taken back until it is indexed, also after a crash at any of its steps."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.corpus import Arrivals

OLD, NEW = "东岭水厂日供水20万吨。".encode(), "东岭水厂日供水35万吨。".encode()
FILES = [("旧.txt", NEW), ("新.txt", NEW)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "文件"
    made.mkdir()
    (made / "旧.txt").write_bytes(OLD)
    return made


@pytest.fixture
def arrivals(folder: Path, tmp_path: Path) -> Arrivals:
    return Arrivals(folder, tmp_path / "kept")


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def kept(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.parent.rglob("kept/**/*") if path.is_file())


def test_what_was_replaced_comes_back(arrivals: Arrivals, folder: Path) -> None:
    arrivals.put("甲", FILES, replace=True)
    assert held(folder) == dict(FILES)
    assert OLD in kept(folder)
    assert {one.name for one in arrivals.take_back("甲")} == {"旧.txt", "新.txt"}
    assert held(folder) == {"旧.txt": OLD}
    assert (arrivals.take_back("甲"), kept(folder)) == ([], b"")


def test_nothing_is_kept_of_what_is_indexed(arrivals: Arrivals, folder: Path) -> None:
    arrivals.put("甲", FILES, replace=True)
    arrivals.settle("甲")
    assert (arrivals.take_back("甲"), kept(folder)) == ([], b"")
    assert held(folder) == dict(FILES)


def test_equal_bytes_are_no_change_to_take_back(arrivals: Arrivals, folder: Path) -> None:
    assert arrivals.put("甲", [("旧.txt", OLD)]) == ["旧.txt"]
    assert arrivals.take_back("甲") == []
    assert held(folder) == {"旧.txt": OLD}


def test_what_was_changed_or_removed_since_stays_so(arrivals: Arrivals, folder: Path) -> None:
    arrivals.put("甲", FILES, replace=True)
    (folder / "旧.txt").write_bytes(b"later")
    (folder / "新.txt").unlink()
    assert arrivals.take_back("甲") == []
    assert held(folder) == {"旧.txt": b"later"}


def test_no_copy_is_kept_of_what_was_removed(arrivals: Arrivals, folder: Path) -> None:
    arrivals.put("甲", FILES, replace=True)
    (folder / "旧.txt").unlink()
    arrivals.forget("旧.txt")
    assert OLD not in kept(folder)
    arrivals.take_back("甲")
    assert held(folder) == {}


def test_all_or_none_when_one_cannot_be_written(arrivals: Arrivals, folder: Path) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            arrivals.put("甲", [*FILES, ("大.txt", 9999 * b"a")], replace=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert held(folder) == {"旧.txt": OLD}
    assert kept(folder) == b""


def stopped_before_writing(kept: Path) -> None:
    (kept / "甲").rename(kept / "甲.fresh")


def stopped_while_taking_back(kept: Path) -> None:
    (kept / "甲").rename(kept / "甲.back")


@pytest.mark.parametrize(
    ("crash", "known", "left", "stopped"),
    [
        (lambda kept: None, "", {"旧.txt": OLD}, set()),  # nobody was told of the job
        (lambda kept: None, "running", dict(FILES), set()),  # it goes on
        (lambda kept: None, "ended", dict(FILES), set()),
        (stopped_before_writing, "", dict(FILES), set()),
        (stopped_while_taking_back, "running", {"旧.txt": OLD}, {"甲"}),
        (stopped_while_taking_back, "ended", {"旧.txt": OLD}, set()),
    ],
)
def test_after_a_crash(
    crash: Callable[[Path], None], known: str, left: dict[str, bytes], stopped: set[str], folder: Path
) -> None:
    place = folder.parent / "kept"
    Arrivals(folder, place).put("甲", FILES, replace=True)
    crash(place)
    jobs = [["甲"] if known == state else [] for state in ("running", "ended")]
    assert Arrivals(folder, place).recover(*jobs)[0] == stopped
    assert held(folder) == left
    Arrivals(folder, place).recover(*jobs)
    assert held(folder) == left
    assert (OLD in kept(folder)) == (known == "running" and not stopped)


def test_what_never_arrived_is_taken_away(arrivals: Arrivals, folder: Path) -> None:
    for name, age in ((".1.arriving", 10**5), (".2.arriving", 0)):
        (folder / name).write_bytes(NEW)
        moment = (folder / name).stat().st_mtime - age
        os.utime(folder / name, (moment, moment))
    arrivals.recover([], [])
    assert set(held(folder)) == {"旧.txt", ".2.arriving"}
