"""What lies on disk: a generation names its segments, its manifest is written last, a pointer is switched.

::

    vectors/
    ├── CURRENT                     the name of the generation in use, replaced atomically
    ├── .lock                       held by the one process that writes
    ├── 20260101T120000-1a2b3c4d/   a generation
    │   ├── …                       which documents of its segments are gone, what the folder held
    │   └── manifest.json           versions, settings, segments, and of every file its hash and its stamp
    └── segments/
        └── 20260101T115959-5e6f7a8b/   a segment: some documents and their indexes, never changed
            ├── …                   what the indexes and the records wrote
            └── manifest.json       as above

Generations share the segments that did not change: to add a document takes a segment of one document. A
generation or segment that was not finished is never pointed at, and goes with the next publication.
"""

import datetime
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from qa.errors import (
    IndexBusyError,
    IndexCorruptError,
    IndexMissingError,
    QAIndexError,
)
from qa.manifest import AGAIN, is_sealed, read_manifest, replace, seal, whole

_POINTER, _SEGMENTS, _LOCK = "CURRENT", "segments", ".lock"
_NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")


@contextmanager
def writing(vectors: Path, *, wait: float = 60) -> Iterator[None]:
    """Hold the right to write below ``vectors``; only one process has it, and only one thread of it.

    Raises IndexBusyError when another has it for ``wait`` seconds, QAIndexError.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(vectors / _LOCK)
    try:
        vectors.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait)
    except Timeout as exc:
        raise IndexBusyError(
            f"another process is writing to {vectors}; wait until it is done, or name another with --vectors"
            " / 另一个进程正在写索引,请稍后再试"
        ) from exc
    except OSError as exc:
        raise _unwritable(vectors, exc) from exc
    with lock.acquire():
        lock.release()  # the first of two
        yield


def new_generation(vectors: Path) -> Path:
    """Make an empty folder below ``vectors`` for a generation to be written into. Raises QAIndexError."""
    return _new_folder(vectors)


def new_segment(vectors: Path) -> Path:
    """Make an empty folder for a segment to be written into. Raises QAIndexError."""
    return _new_folder(vectors / _SEGMENTS)


def segment_folder(vectors: Path, name: str) -> Path:
    """Where the segment of this name lies."""
    return vectors / _SEGMENTS / name


def _new_folder(vectors: Path) -> Path:
    now = datetime.datetime.now(datetime.UTC)
    name = f"{now:%Y%m%dT%H%M%S}-{now.microsecond:05x}{secrets.token_hex(2)[1:]}"  # in the order of time
    folder = vectors / name
    try:
        folder.mkdir(parents=True)
    except OSError as exc:
        raise _unwritable(vectors, exc) from exc
    return folder


def _unwritable(vectors: Path, exc: OSError) -> QAIndexError:
    return QAIndexError(f"{vectors} cannot be written ({exc.strerror}); name another with --vectors")


def publish(
    folder: Path, facts: Mapping[str, Any], segments: Sequence[str] = (), *, earlier: int = 1
) -> None:
    """Seal a generation, switch the pointer to it, and remove what no generation that is kept needs.

    Call it while ``writing``. As many ``earlier`` generations are kept, for processes that are about to
    open one; they look again when it is gone.
    """
    seal(folder, {**facts, "segments": list(segments)})
    vectors = folder.parent
    replace(vectors / _POINTER, folder.name)
    others = [path for path in _ours(vectors) if path != folder]
    whole_ones = [path for path in others if is_sealed(path)]
    kept = whole_ones[len(whole_ones) - earlier :] if earlier else []
    for path in set(others) - set(kept):
        discard(path)
    needed = {*segments}
    for path in kept:
        with suppress(QAIndexError):
            needed.update(segments_of(read_manifest(path)))
    for path in _ours(vectors / _SEGMENTS):
        if path.name not in needed:
            discard(path)
    for stray in vectors.glob(f"{_POINTER}.*"):  # of a process that was ended while it switched
        stray.unlink(missing_ok=True)


def _ours(folder: Path) -> list[Path]:
    """The folders that are named as generations or segments, oldest first: nothing else is ours to remove."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_dir())


def discard(folder: Path) -> None:
    """Remove a generation or segment."""
    shutil.rmtree(folder, ignore_errors=True)


def current(vectors: Path) -> tuple[Path, Mapping[str, Any]]:
    """Return the folder and the manifest of the generation in use, every file of it as it was written.

    Those of its segments are not looked at. Raises IndexCorruptError when a file is missing or is not what
    was written, and as ``manifest_of``.
    """
    folder = _pointed_at(vectors)
    return folder, whole(folder)


def checked_files(vectors: Path) -> int:
    """Read every file of the generation in use and of its segments; return how many there are.

    Raises as ``current``, whatever the times of the files say.
    """
    folder = _pointed_at(vectors)
    manifest = whole(folder, thorough=True)
    folders = [segment_folder(vectors, name) for name in segments_of(manifest)]
    return sum(len(one["files"]) for one in (manifest, *(whole(one, thorough=True) for one in folders)))


def segments_of(manifest: Mapping[str, Any]) -> list[str]:
    """Return the names of a generation's segments. Raises IndexCorruptError when they are none."""
    names = manifest.get("segments")
    if not isinstance(names, list) or not all(
        isinstance(name, str) and _NAME.fullmatch(name) for name in names
    ):
        raise IndexCorruptError(f"the index names its segments {names!r}; {AGAIN}")
    return names


def manifest_of(vectors: Path) -> Mapping[str, Any]:
    """Return the manifest of the generation in use without looking at its files.

    Raises IndexMissingError when there is none, IndexMismatchError for another format, and
    IndexCorruptError when it cannot be read.
    """
    return read_manifest(_pointed_at(vectors))


def version_of(vectors: Path) -> str:
    """Return the name of the generation in use. Raises IndexMissingError."""
    try:
        return (vectors / _POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise IndexMissingError(f"{vectors} holds no index; {AGAIN}") from exc


def _pointed_at(vectors: Path) -> Path:
    name = version_of(vectors)
    folder = vectors / name
    if folder not in _ours(vectors):
        raise IndexCorruptError(f"{vectors} points at {name!r}, which is not there; {AGAIN}")
    return folder
