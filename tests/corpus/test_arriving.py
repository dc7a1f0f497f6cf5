"""Files arrive under names that every system can have, as a whole, and all of them or none."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from qa.corpus import Arrivals, checked_name, file_of
from qa.errors import InvalidInputError, NotFoundError


def put(folder: Path, files: Sequence[tuple[str, bytes]], *, replace: bool = False) -> list[str]:
    """Put files into a folder, with what they replace kept beside it."""
    arrivals = Arrivals(folder, folder.parent / "kept")
    names = arrivals.put("job", files, replace=replace)
    arrivals.settle("job")
    return names


WATER = "东岭水厂日供水20万吨。".encode()


@pytest.mark.parametrize("name", ["年报.txt", "a b.TXT", "2024年(1).txt", "e\u0301.txt"])
def test_a_name_that_can_be_had(name: str, tmp_path: Path) -> None:
    (written,) = put(tmp_path, [(name, WATER)])
    assert (tmp_path / written).read_bytes() == WATER
    assert [path.name for path in tmp_path.iterdir()] == [written]


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".txt",
        ".",
        "..",
        "../a.txt",
        "/etc/a.txt",
        "a/b.txt",
        "a\\b.txt",
        "C:a.txt",
        "a\0.txt",
        "a\n.txt",
        " a.txt",
        "a.txt.",
        "con.txt",
        "COM1.txt",
        "lpt9.x.txt",
        "nul.txt",
        "年" * 67 + ".txt",
        "a\u202etxt.exe.txt",
        "a\u200b.txt",
        "\ud800.txt",
        "\ue000.txt",
        "a.exe",
        "a",
    ],
    ids=lambda name: ascii(name)[:16],
)
def test_a_name_that_cannot_is_told_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError) as told:
        put(tmp_path / "夹", [("好.txt", WATER), (name, WATER)])
    str(told.value).encode()
    assert "\u202e" not in str(told.value)
    assert not (tmp_path / "夹").exists()


def test_all_or_none(tmp_path: Path) -> None:
    put(tmp_path, [("旧.txt", WATER)])
    for files in ([("新.txt", WATER), ("旧.txt", b"other")], [("新.txt", b"")], [("新.txt", WATER)] * 2, []):
        with pytest.raises(InvalidInputError):
            put(tmp_path, files)
    assert [path.name for path in tmp_path.iterdir()] == ["旧.txt"]
    assert put(tmp_path, [("旧.txt", WATER)]) == ["旧.txt"]
    assert put(tmp_path, [("旧.txt", b"other")], replace=True) == ["旧.txt"]
    assert (tmp_path / "旧.txt").read_bytes() == b"other"


def test_a_folder_of_that_name_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "夹.txt").mkdir()
    with pytest.raises(InvalidInputError, match="there already"):
        put(tmp_path, [("夹.txt", WATER)], replace=True)


def test_a_file_is_found_by_its_path_below_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "夹"
    (folder / "下").mkdir(parents=True)
    (folder / "下" / "年报.txt").write_bytes(WATER)
    (tmp_path / "外.txt").write_bytes(WATER)
    assert file_of(folder, "下/年报.txt") == folder / "下" / "年报.txt"
    names = [
        "没有.txt",
        "",
        "下",
        "../外.txt",
        "下/../../外.txt",
        str(tmp_path / "外.txt"),
        "a\0b",
        "年" * 500,
    ]
    if os.name == "posix":
        (folder / "链.txt").symlink_to(tmp_path / "外.txt")
        names.append("链.txt")
    for name in names:
        with pytest.raises(NotFoundError, match="no file"):
            file_of(folder, name)


def test_a_name_is_composed() -> None:
    assert checked_name("e\u0301.txt") == "\u00e9.txt"
