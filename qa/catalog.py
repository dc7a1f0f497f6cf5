"""What lies on disk: one generation is one folder, its manifest is written last, a pointer is switched.

::

    vectors/
    ├── CURRENT                     the name of the generation in use, replaced atomically
    └── 20260101T120000-1a2b3c4d/
        ├── …                       what the indexes and the records wrote
        └── manifest.json           versions, settings, and of every file above its hash and its stamp

A stamp is size and modification time. A file whose stamp is as written is trusted, any other is hashed:
reading all of a large generation at every start would take longer than anything else there.
"""

import datetime
import hashlib
import json
import logging
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qa.errors import IndexCorruptError, IndexMismatchError, IndexMissingError, QAIndexError

FORMAT = 6
"""Raised when a generation of the version before can no longer be read."""

_POINTER, _MANIFEST = "CURRENT", "manifest.json"
_AGAIN = "run: qa index"
_NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")
_KEPT = 2
_ABANDONED = 3600
"""Seconds after which a generation without a manifest is one whose writer was ended."""
_COARSEST = 2
"""Seconds: the steps of modification times on FAT. A change within them may leave the time as it was."""

Stamp = list[int]
"""Size in bytes and modification time in nanoseconds, as JSON gives them back."""

log = logging.getLogger(__name__)


def new_generation(vectors: Path) -> Path:
    """Make an empty folder below ``vectors`` for a generation to be written into. Raises QAIndexError."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S")
    folder = vectors / f"{now}-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True)
    except OSError as exc:
        raise QAIndexError(
            f"{vectors} cannot be written ({exc.strerror}); name another with --vectors"
        ) from exc
    return folder


def publish(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write the manifest of a complete generation, switch the pointer to it, remove old generations."""
    names = [path.relative_to(folder).as_posix() for path in _files(folder)]
    proofs = {name: (_stamp(folder / name), _hash(folder / name)) for name in names}
    built = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    files = {name: digest for name, (_, digest) in proofs.items()}
    stamps = {name: stamp for name, (stamp, _) in proofs.items() if stamp}
    _write_manifest(folder, {"format": FORMAT, "built": built, **facts, "files": files, "stamps": stamps})
    _replace(folder.parent / _POINTER, folder.name)
    others = [path for path in _generations(folder.parent) if path != folder]
    complete = [path for path in others if (path / _MANIFEST).is_file()]
    for path in complete[: -(_KEPT - 1)]:
        discard(path)
    for path in set(others) - set(complete):
        if time.time() - path.stat().st_mtime > _ABANDONED:
            discard(path)


def _generations(vectors: Path) -> list[Path]:
    """The folders that are named as generations, oldest first: nothing else is ours to remove."""
    return sorted(path for path in vectors.iterdir() if _NAME.fullmatch(path.name) and path.is_dir())


def discard(folder: Path) -> None:
    """Remove a generation that was not finished."""
    shutil.rmtree(folder, ignore_errors=True)


def current(vectors: Path, *, thorough: bool = False) -> tuple[Path, Mapping[str, Any]]:
    """Return the folder and the manifest of the generation in use, every file of it as it was written.

    ``thorough`` hashes every file, whatever its stamp. Raises IndexCorruptError when a file is missing
    or is not what was written, and as ``manifest_of``.
    """
    folder = _pointed_at(vectors)
    manifest = _read_manifest(folder)
    stamps = {}
    for name, digest in manifest["files"].items():
        path = folder / name
        try:
            stamps[name] = _stamp(path)
            trusted = stamps[name] and stamps[name] == manifest["stamps"].get(name) and not thorough
            whole = trusted or _hash(path) == digest
        except (OSError, ValueError) as exc:
            raise IndexCorruptError(f"{path} is missing or cannot be read; {_AGAIN}") from exc
        if not whole:
            raise IndexCorruptError(f"{path} is not what was written (cut short or changed); {_AGAIN}")
    stamps = {name: stamp for name, stamp in stamps.items() if stamp}
    if stamps != manifest["stamps"]:
        _try_write_manifest(folder, {**manifest, "stamps": stamps})
    return folder, manifest


def manifest_of(vectors: Path) -> Mapping[str, Any]:
    """Return the manifest of the generation in use without looking at its files.

    Raises IndexMissingError when there is none, IndexMismatchError for another format, and
    IndexCorruptError when it cannot be read.
    """
    return _read_manifest(_pointed_at(vectors))


def _pointed_at(vectors: Path) -> Path:
    try:
        name = (vectors / _POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise IndexMissingError(f"{vectors} holds no index; {_AGAIN}") from exc
    folder = vectors / name
    if folder not in _generations(vectors):
        raise IndexCorruptError(f"{vectors} points at {name!r}, which is not there; {_AGAIN}")
    return folder


def _read_manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / _MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise IndexCorruptError(f"{path} cannot be read: the index was not finished; {_AGAIN}") from exc
    if not isinstance(manifest, dict):
        raise IndexCorruptError(f"{path} is not the manifest of an index; {_AGAIN}")
    if manifest.get("format") != FORMAT:
        raise IndexMismatchError(
            f"{folder} has index format {manifest.get('format')!r}, this version reads {FORMAT}; {_AGAIN}"
        )
    if not all(isinstance(manifest.get(part), dict) for part in ("files", "stamps")):
        raise IndexCorruptError(f"{path} is not the manifest of an index; {_AGAIN}")
    return manifest


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    _replace(folder / _MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


def _try_write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Remember new times (the folder was copied); where nothing can be written, it is hashed next time."""
    try:
        _write_manifest(folder, manifest)
    except OSError as exc:
        log.debug("%s cannot be refreshed: %s", folder / _MANIFEST, exc)


def _replace(path: Path, text: str) -> None:
    """Write a file that is there as a whole or as it was before."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _MANIFEST)


def _stamp(path: Path) -> Stamp | None:
    """Return the stamp of a file, or None while one more change could leave it as it is."""
    now = time.time_ns()
    stat = path.stat()
    settled = stat.st_mtime_ns < now - _COARSEST * 1_000_000_000
    return [stat.st_size, stat.st_mtime_ns] if settled else None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
