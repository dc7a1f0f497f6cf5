"""What a folder that was written once holds: facts, and of every file its hash and its stamp.

A stamp is size and modification time. A file whose stamp is as written is trusted, any other is hashed:
reading all of a large index at every start would take longer than anything else there.
"""

import datetime
import hashlib
import json
import logging
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qa.errors import IndexCorruptError, IndexMismatchError

FORMAT = 10
"""Raised when what the version before wrote can no longer be read."""
AGAIN = "run: qa index"

_MANIFEST = "manifest.json"
_COARSEST = 2
"""Seconds: the steps of modification times on FAT. A change within them may leave the time as it was."""

Stamp = list[int]
"""Size in bytes and modification time in nanoseconds, as JSON gives them back."""

log = logging.getLogger(__name__)


def is_sealed(folder: Path) -> bool:
    """Whether the folder was finished."""
    return (folder / _MANIFEST).is_file()


def seal(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write the manifest of a complete segment or generation."""
    names = [path.relative_to(folder).as_posix() for path in _files(folder)]
    proofs = {name: (stamp_of(folder / name), _hash(folder / name)) for name in names}
    built = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    files = {name: digest for name, (_, digest) in proofs.items()}
    stamps = {name: stamp for name, (stamp, _) in proofs.items() if stamp}
    _write_manifest(folder, {"format": FORMAT, "built": built, **facts, "files": files, "stamps": stamps})


def whole(folder: Path, *, thorough: bool = False) -> Mapping[str, Any]:
    """Return the manifest of a generation or segment, every file of it as it was written.

    ``thorough`` hashes every file, whatever its stamp. Raises IndexCorruptError, IndexMismatchError.
    """
    manifest = read_manifest(folder)
    stamps = {}
    for name, digest in manifest["files"].items():
        path = folder / name
        try:
            stamps[name] = stamp_of(path)
            trusted = stamps[name] and stamps[name] == manifest["stamps"].get(name) and not thorough
            same = trusted or _hash(path) == digest
        except (OSError, ValueError) as exc:
            raise IndexCorruptError(f"{path} is missing or cannot be read; {AGAIN}") from exc
        if not same:
            # whoever opens it next shall see it, too
            distrusted = {key: stamp for key, stamp in manifest["stamps"].items() if key != name}
            _try_write_manifest(folder, {**manifest, "stamps": distrusted})
            raise IndexCorruptError(f"{path} is not what was written (cut short or changed); {AGAIN}")
    stamps = {name: stamp for name, stamp in stamps.items() if stamp}
    if stamps != manifest["stamps"]:
        _try_write_manifest(folder, {**manifest, "stamps": stamps})
    return manifest


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """Return the manifest without looking at the files. Raises IndexCorruptError, IndexMismatchError."""
    path = folder / _MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise IndexCorruptError(f"{path} cannot be read: the index was not finished; {AGAIN}") from exc
    if not isinstance(manifest, dict):
        raise IndexCorruptError(f"{path} is not the manifest of an index; {AGAIN}")
    if manifest.get("format") != FORMAT:
        raise IndexMismatchError(
            f"{folder} has index format {manifest.get('format')!r}, this version reads {FORMAT}; {AGAIN}"
        )
    if not all(isinstance(manifest.get(part), dict) for part in ("files", "stamps")):
        raise IndexCorruptError(f"{path} is not the manifest of an index; {AGAIN}")
    return manifest


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    replace(folder / _MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


def _try_write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Remember new times (the folder was copied); where nothing can be written, it is hashed next time."""
    try:
        _write_manifest(folder, manifest)
    except OSError as exc:
        log.debug("%s cannot be refreshed: %s", folder / _MANIFEST, exc)


def replace(path: Path, text: str) -> None:
    """Write a file that is there as a whole or as it was before."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _MANIFEST)


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a file, or None while one more change could leave it as it is."""
    now = time.time_ns()
    stat = path.stat()
    settled = stat.st_mtime_ns < now - _COARSEST * 1_000_000_000
    return [stat.st_size, stat.st_mtime_ns] if settled else None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
