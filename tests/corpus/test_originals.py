"""The file of a document as it was indexed, or a reason."""

import datetime
import os
from pathlib import Path

import pytest

from qa.corpus import read_original
from qa.errors import NotFoundError

BUILT = "2024-03-01T08:00:00+00:00"
BEFORE = datetime.datetime.fromisoformat(BUILT).timestamp() - 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    below = tmp_path / "镜湖" / "水务"
    below.mkdir(parents=True)
    (below / "年报.txt").write_bytes("水很干净。".encode("gb18030"))
    os.utime(below / "年报.txt", (BEFORE, BEFORE))
    return below.parent


def test_the_bytes_are_as_they_are(folder: Path) -> None:
    assert read_original(folder, "水务/年报.txt", built=BUILT) == "水很干净。".encode("gb18030")


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "又.txt").symlink_to(folder / "水务" / "年报.txt")
    assert read_original(folder, "又.txt", built=BUILT)


def test_gone_changed_or_elsewhere(folder: Path) -> None:
    outside = folder.parent / "外面.txt"
    outside.write_text("秘密", encoding="utf-8")
    (folder / "出.txt").symlink_to(outside)
    (folder / "圈.txt").symlink_to("圈.txt")
    (folder / "改.txt").write_text("新", encoding="utf-8")
    for doc_id, reason in (
        ("没有.txt", "gone"),
        ("水务", "readable|gone"),
        ("出.txt", "out of the folder"),
        ("../外面.txt", "out of the folder"),
        (str(outside), "out of the folder"),
        ("圈.txt", "gone"),
        ("a\0b", "gone"),
        ("改.txt", "changed after"),
    ):
        with pytest.raises(NotFoundError, match=reason):
            read_original(folder, doc_id, built=BUILT)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX")
def test_a_pipe_does_not_wait(folder: Path) -> None:
    os.mkfifo(folder / "管.txt")
    with pytest.raises(NotFoundError, match="readable"):
        read_original(folder, "管.txt", built=BUILT)
