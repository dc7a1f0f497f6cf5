"""Files that are put into a folder, and taken out of it, by those who only know their names."""

import os
import re
import secrets
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from qa.corpus.readers import suffix_of, unconverted
from qa.errors import InvalidInputError, NotFoundError

LONGEST_NAME = 200
"""Bytes of a file's name in UTF-8; most file systems take 255, and other names are made of it."""

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
"""Names that Windows gives to devices, with whatever suffix."""
_RESERVED = frozenset('<>:"/\\|?*')


def checked_folder_name(name: str) -> str:
    """Return ``name`` if a folder can have it on every system. Raises InvalidInputError."""
    wrong = _wrong_with(name) or (name != unicodedata.normalize("NFC", name) and "is not composed (NFC)")
    if wrong:
        raise InvalidInputError(f"{name[:80]!a} {wrong}; take another name / 名字不可用,请换一个")
    return name


def checked_name(name: str) -> str:
    """Return ``name`` if a file can have it on every system, composed (NFC). Raises InvalidInputError.

    It is one name, not a path: no separators, no leading dot, no characters that cannot be seen.
    """
    composed = unicodedata.normalize("NFC", name)
    wrong = _wrong_with(composed)
    if wrong:
        shown = ascii(name[:80])
        raise InvalidInputError(f"{shown} {wrong}; give the file another name / 文件名不可用,请改名")
    suffix = suffix_of(Path(composed))
    if not suffix:
        raise InvalidInputError(f"{composed} is of no format that is read here / 不支持这种格式的文件")
    if reason := unconverted(suffix):
        raise InvalidInputError(reason)
    return composed


def _wrong_with(name: str) -> str:
    if not name or name != name.strip() or name.endswith("."):
        return "is empty, or begins or ends with a blank, or ends with a dot"
    if name.startswith("."):
        return "begins with a dot"
    if _RESERVED.intersection(name):
        return "holds a character that names cannot have everywhere"
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for character in name):
        return "holds characters that cannot be seen"
    if len(name.encode("utf-8")) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} bytes"
    return "is the name of a device on Windows" if _DEVICES.match(name) else ""


def put(folder: Path, files: Sequence[tuple[str, bytes]], *, replace: bool = False) -> list[str]:
    """Write files, by name and bytes, each as a whole; return their names. Equal bytes are no change.

    Nothing is written unless all can be: raises InvalidInputError for a name as ``checked_name`` does, for
    two of one name or none at all, for no bytes, and when other bytes have the name and ``replace`` is not
    set. Raises OSError.
    """
    named = {checked_name(name): data for name, data in files}
    if not files or len(named) < len(files):
        raise InvalidInputError("send at least one file, each under a name of its own / 请上传文件,不要重名")
    fresh = {name: data for name, data in named.items() if _is_new(folder / name, data, replace=replace)}
    for name, data in fresh.items():
        write(folder / name, data)
    return list(named)


def _is_new(path: Path, data: bytes, *, replace: bool) -> bool:
    if not data:
        raise InvalidInputError(f"{path.name} is empty; put text in it / 文件是空的")
    if path.is_file() and path.read_bytes() == data:
        return False
    if path.exists() and not (replace and path.is_file()):
        raise InvalidInputError(
            f"{path.name} is there already with other content; give it another name, or say replace=true"
            " / 已有同名文件,内容不同;请改名,或加 replace=true"
        )
    return True


def write(path: Path, data: bytes) -> None:
    """Write a file that is there as a whole or as it was before, whenever power fails. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{secrets.token_hex(8)}.arriving")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def file_of(folder: Path, name: str) -> Path:
    """Return the file of a document by its path below ``folder``. Raises NotFoundError.

    The path is that of a file inside the folder, also when links are followed.
    """
    parts = PurePosixPath(name).parts
    path = folder.joinpath(*parts)
    usable = parts and not PurePosixPath(name).is_absolute() and ".." not in parts and "\0" not in name
    with suppress(OSError, ValueError):  # a name that is too long, or that cannot be one
        if usable and path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    raise NotFoundError(f"there is no file {name[:80]!r} in the folder / 文件夹里没有这份文件")
