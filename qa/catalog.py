"""What lies on disk: one generation is one folder, its manifest is written last, a pointer is switched.

::

    vectors/
    ├── CURRENT                     the name of the generation in use, replaced atomically
    └── 20260101T120000-1a2b3c4d/
        ├── documents.jsonl         documents with their text and sections
        ├── passages.jsonl          passages by position
        ├── …                       whatever the indexes wrote
        └── manifest.json           versions, settings, and a hash of every file above
"""

import dataclasses
import datetime
import hashlib
import json
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.errors import IndexCorruptError, IndexMismatchError, IndexMissingError, QAIndexError
from qa.types import Document, Passage, Section, Skipped

FORMAT = 1
"""Raised when a generation of the version before can no longer be read."""

_POINTER, _MANIFEST = "CURRENT", "manifest.json"
_DOCUMENTS, _PASSAGES = "documents.jsonl", "passages.jsonl"
_AGAIN = "run: qa index"
_NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")
_KEPT = 2
_ABANDONED = 3600
"""Seconds after which a generation without a manifest is one whose writer was ended."""


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
    files = {path.relative_to(folder).as_posix(): _hash(path) for path in _files(folder)}
    built = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    manifest = {"format": FORMAT, "built": built, **facts, "files": files}
    (folder / _MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    pointer = folder.parent / f"{_POINTER}.{folder.name}"
    pointer.write_text(folder.name, encoding="utf-8")
    pointer.replace(folder.parent / _POINTER)
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


def current(vectors: Path) -> tuple[Path, Mapping[str, Any]]:
    """Return the folder and the manifest of the generation in use, every file of it proven whole.

    Raises IndexCorruptError when a file is missing or is not what was written, and as ``manifest_of``.
    """
    folder = _pointed_at(vectors)
    manifest = _read_manifest(folder)
    for relative, written in manifest["files"].items():
        path = folder / relative
        if not path.is_file():
            raise IndexCorruptError(f"{path} is missing; {_AGAIN}")
        if _hash(path) != written:
            raise IndexCorruptError(f"{path} is not what was written (cut short or changed); {_AGAIN}")
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
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise IndexCorruptError(f"{path} is not the manifest of an index; {_AGAIN}")
    if manifest.get("format") != FORMAT:
        raise IndexMismatchError(
            f"{folder} has index format {manifest.get('format')!r}, this version reads {FORMAT}; {_AGAIN}"
        )
    return manifest


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _MANIFEST)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def save_records(
    folder: Path, documents: Sequence[Document], passages: Sequence[Passage], skipped: Sequence[Skipped]
) -> None:
    """Write documents, passages (without their text, which the documents hold) and skipped files."""
    _write(folder / _DOCUMENTS, (dataclasses.asdict(document) for document in documents))
    rows = ({k: v for k, v in dataclasses.asdict(passage).items() if k != "text"} for passage in passages)
    _write(folder / _PASSAGES, rows)
    _write(folder / "skipped.jsonl", (dataclasses.asdict(file) for file in skipped))


def load_records(
    folder: Path,
) -> tuple[tuple[Document, ...], tuple[Passage, ...], tuple[Skipped, ...]]:
    """Read what ``save_records`` wrote. Raises IndexCorruptError."""
    try:
        documents = tuple(_document(row) for row in _read(folder / _DOCUMENTS))
        texts = {document.doc_id: document.text for document in documents}
        passages = tuple(_passage(row, texts) for row in _read(folder / _PASSAGES))
        skipped = tuple(Skipped(**row) for row in _read(folder / "skipped.jsonl"))
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise IndexCorruptError(f"{folder} holds records that cannot be read; {_AGAIN}") from exc
    return documents, passages, skipped


def _document(row: dict[str, Any]) -> Document:
    return Document(**{**row, "sections": tuple(Section(**section) for section in row["sections"])})


def _passage(row: dict[str, Any], texts: Mapping[str, str]) -> Passage:
    text = texts[row["doc_id"]][row["start"] : row["end"]]
    return Passage(**{**row, "text": text, "sentences": tuple((a, b) for a, b in row["sentences"])})


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]
