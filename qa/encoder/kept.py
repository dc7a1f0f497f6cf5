"""Folders in the user's cache that are either absent or complete, made once.

A folder is written beside its final place and renamed. ``checked.json`` in it lists the SHA-256, size
and modification time of every file: a file whose size and time are as written is trusted, any other
is hashed, and one wrong hash means making the folder again.
"""

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

CHECKED = "checked.json"

log = logging.getLogger(__name__)


def keep(cache: Path, name: str, write: Callable[[Path], None]) -> Path:
    """The folder ``name`` below ``cache``, filled by ``write`` now if it is absent or damaged.

    Two processes may call this at the same time: one writes, the other waits for it. Raises OSError
    when the disk refuses, and whatever ``write`` raises.
    """
    from filelock import FileLock

    folder = cache / name
    if intact(folder):
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / f"{name}.lock"):
        if not intact(folder):
            _make(folder, write)
    return folder


def _make(folder: Path, write: Callable[[Path], None]) -> None:
    log.info("making %s", folder)
    # What a killed process left: we hold the lock, so nobody is writing there.
    for leftover in folder.parent.glob(f"making-{folder.name}-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=f"making-{folder.name}-", dir=folder.parent))
    try:
        fresh.chmod(0o755)
        write(fresh)
        _write_checked(fresh, {path: sha256(fresh / path) for path in _files(fresh)})
        if folder.exists():
            log.warning("%s was damaged and is replaced", folder)
            shutil.rmtree(folder)
        fresh.replace(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def intact(folder: Path) -> bool:
    """Whether every file that was written is there and unchanged."""
    try:
        checked = json.loads((folder / CHECKED).read_text(encoding="utf-8"))
        if not checked:
            return False
        if _stamps(folder, checked) == checked:
            return True
        hashes = {path: entry["sha256"] for path, entry in checked.items()}
        unchanged = all(sha256(folder / path) == hashes[path] for path in hashes)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False
    if unchanged:
        _try_write_checked(folder, hashes)
    return unchanged


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _stamps(folder: Path, hashes: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    """What ``checked.json`` would say if every file still had the hash it says."""
    stamps: dict[str, dict[str, object]] = {}
    for path, entry in hashes.items():
        stat = (folder / path).stat()
        stamps[path] = {"sha256": entry["sha256"], "bytes": stat.st_size, "modified_ns": stat.st_mtime_ns}
    return stamps


def _write_checked(folder: Path, hashes: Mapping[str, str]) -> None:
    stamps = _stamps(folder, {path: {"sha256": digest} for path, digest in hashes.items()})
    fresh = folder / f"{CHECKED}.new"
    fresh.write_text(json.dumps(stamps, indent=2) + "\n", encoding="utf-8")
    fresh.replace(folder / CHECKED)


def _try_write_checked(folder: Path, hashes: Mapping[str, str]) -> None:
    """Remember new times (the folder was copied); a read-only cache is hashed again next time."""
    try:
        _write_checked(folder, hashes)
    except OSError as exc:
        log.debug("%s cannot be refreshed: %s", folder / CHECKED, exc)


def sha256(path: Path) -> str:
    """Hex digest of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
