"""The file of a document as it was read, or a reason."""

import hashlib
import os
from pathlib import Path

import pytest

from qa.corpus import read_original
from qa.errors import NotFoundError

WATER = "水很干净。".encode("gb18030")
DIGEST = hashlib.sha256(WATER).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    below = tmp_path / "镜湖" / "水务"
    below.mkdir(parents=True)
    (below / "年报.txt").write_bytes(WATER)
    return below.parent


def test_the_bytes_are_as_they_are(folder: Path) -> None:
    assert read_original(folder, "水务/年报.txt", DIGEST) == WATER


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "又.txt").symlink_to(folder / "水务" / "年报.txt")
    assert read_original(folder, "又.txt", DIGEST) == WATER


def test_gone_changed_or_elsewhere(folder: Path) -> None:
    outside = folder.parent / "外面.txt"
    outside.write_bytes(WATER)
    (folder / "出.txt").symlink_to(outside)
    (folder / "圈.txt").symlink_to("圈.txt")
    (folder / "改.txt").write_text("新", encoding="utf-8")
    names = ["没有.txt", "水务", "出.txt", "../外面.txt", str(outside), "圈.txt", "a\0b"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "管.txt")
        names.append("管.txt")
    for name in names:
        with pytest.raises(NotFoundError, match="is gone or cannot be read"):
            read_original(folder, name, DIGEST)
    with pytest.raises(NotFoundError, match="changed after it was indexed"):
        read_original(folder, "改.txt", DIGEST)
