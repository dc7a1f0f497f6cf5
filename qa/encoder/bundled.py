"""Keeps the bundled model, decoded once, in the user's cache folder.

The folder is written beside its final place and renamed, so it is either absent or complete.
``checked.json`` in it lists the SHA-256, size and modification time of every file: a file whose size
and time are as written is trusted, any other is hashed, and one wrong hash means decoding again.
"""

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from qa.encoder.layout import write_folder
from qa.encoder.weights import find_packed, read_packed
from qa.errors import EncoderError

LAYOUT_VERSION = 1
CHECKED = "checked.json"

log = logging.getLogger(__name__)


def prepare_bundled(cache: Path, *, source: Path | None = None) -> Path:
    """The folder of the decoded model below ``cache``, decoded now if it is absent or damaged.

    Two processes may call this at the same time: one decodes, the other waits for it. ``source`` is
    the packed file (default: the one of the installed wheel). Raises EncoderError.
    """
    from filelock import FileLock

    source = source or find_packed()
    try:
        digest = _sha256(source)
        folder = cache / f"multilingual-e5-small-{digest[:12]}-v{LAYOUT_VERSION}"
        if _intact(folder):
            return folder
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / "lock"):
            if not _intact(folder):
                _decode(source, folder)
    except OSError as exc:
        raise EncoderError(
            f"the bundled model cannot be prepared in {cache}: {exc}; it needs 500 MB there: "
            "make room, or set QA_CACHE to a folder that can be written"
        ) from exc
    return folder


def _decode(source: Path, folder: Path) -> None:
    log.info("decoding %s into %s", source.name, folder)
    model = read_packed(source)
    for leftover in folder.parent.glob("decoding-*"):  # of a process that was killed: we hold the lock
        shutil.rmtree(leftover, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix="decoding-", dir=folder.parent))
    try:
        fresh.chmod(0o755)
        write_folder(model, fresh)
        _write_checked(fresh, {path: _sha256(fresh / path) for path in _files(fresh)})
        if folder.exists():
            log.warning("%s was damaged and is replaced", folder)
            shutil.rmtree(folder)
        fresh.replace(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _intact(folder: Path) -> bool:
    """Whether every file that was written is there and unchanged."""
    try:
        checked = json.loads((folder / CHECKED).read_text(encoding="utf-8"))
        if not checked:
            return False
        if _stamps(folder, checked) == checked:
            return True
        hashes = {path: entry["sha256"] for path, entry in checked.items()}
        intact = all(_sha256(folder / path) == hashes[path] for path in hashes)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False
    if intact:
        _try_write_checked(folder, hashes)
    return intact


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


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
