"""What has changed in a folder since it was read: only that is read again."""

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from qa.corpus.folder import existing, files, largest, named, read_file, summarised
from qa.corpus.metadata import CATALOGUE, read_catalogue
from qa.corpus.readers import suffix_of
from qa.corpus.worker import Worker
from qa.files import Files, FileState, there
from qa.protocols import OnProgress
from qa.types import Document, Progress, Skipped

_COARSEST = 2_000_000_000
"""Nanoseconds: the steps of modification times on FAT. A change within them may leave the time as it was."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents of a folder, in the order of its files, and the files that could not become one.

    Of a folder that was read before, ``documents`` are those that are new or changed and ``removed`` the
    names of those that are gone; ``skipped`` and ``files`` are all that were looked at, and ``before`` what
    was known of these.
    """

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]
    files: tuple[FileState, ...] = ()
    removed: tuple[str, ...] = ()
    before: Mapping[str, FileState] = field(default_factory=dict)

    @property
    def changed(self) -> list[FileState]:
        """The files that are new or not as they were."""
        return [file for file in self.files if self.before.get(file.path) != file]

    @property
    def gone(self) -> list[str]:
        """The paths of those that are no longer there."""
        return sorted(self.before.keys() - {file.path for file in self.files})


def read_folder(folder: Path) -> Corpus:
    """Read every document below ``folder``. A bad file is reported and the others are read.

    Raises CorpusError when ``folder`` is not one, or its ``documents.toml`` is wrong.
    """
    return Comparison(folder).read()


class Comparison:
    """The files below a folder, beside those of ``before``: a file of the same size and time is not opened.

    With ``names``, the folder is not listed: only these files of it are looked at, and ``before`` is no more
    than what is known of them. Raises CorpusError when ``folder`` is not one or cannot be listed, or its
    ``documents.toml`` is wrong.
    """

    def __init__(
        self, folder: Path, before: Iterable[FileState] = (), *, names: Collection[str] | None = None
    ) -> None:
        self._folder, self._known = folder, {state.path: state for state in before}
        self._before, self._names = there(self._known.values()), names
        self._catalogue = read_catalogue(existing(folder))
        found, self._closed = files(folder) if names is None else (named(folder, names), [])
        self._paths = dict(found)
        rows = _rows_by_file(self._catalogue)
        self._states = {
            name: _looked_at(path, FileState(name, 0, 0, "", rows.get(name, "")), self._before.get(name))
            for name, path in self._paths.items()
        }
        self._fresh = [name for name, state in self._states.items() if not self._stands(state)]

    @classmethod
    def of(cls, folder: Path, known: Files, names: Collection[str]) -> "Comparison":
        """Compare these files, and those that have or had the same content: one may stand for another."""
        wanted = set(names)
        before = known.among(wanted)
        while True:
            compared = cls(folder, before, names=wanted)
            contents = {state.digest for state in (*before, *compared._states.values()) if state.digest}
            before = known.among(wanted, contents)
            if wanted.issuperset(state.path for state in before):
                return compared
            wanted.update(state.path for state in before)

    @property
    def differs(self) -> bool:
        """Whether anything is to be read, or gone."""
        return bool(self._fresh) or self._before.keys() != self._states.keys()

    def read(self, on_progress: OnProgress | None = None) -> Corpus:
        """Read what is new; one with the bytes of another file is told as the same."""
        added, states = list[Document](), dict(self._states)
        kept = states.keys() - self._fresh
        first = {_identity(states[name]): name for name in kept if states[name].documents}
        with Worker() as worker:
            for done, name in enumerate(self._fresh, start=1):
                state = replace(states[name], documents=(), skipped=(), same_as="")
                same = first.get(_identity(state)) if state.digest else None
                states[name] = _same(state, same) if same else self._read(worker, state, added)
                if states[name].documents:
                    first[_identity(state)] = name
                if on_progress:
                    on_progress(Progress("read", done, len(self._fresh)))
        now = {doc_id for state in states.values() for doc_id in state.documents}
        before = (doc_id for state in self._before.values() for doc_id in state.documents)
        removed = tuple(doc_id for doc_id in before if doc_id not in now)
        closed = [_told(file.doc_id, file.reason) for file in self._closed]
        told = [*closed, *states.values(), *self._missing(now)]
        skipped = summarised(chain.from_iterable(state.skipped for state in told))
        return Corpus(tuple(added), tuple(skipped), tuple(told), removed, self._known)

    def _missing(self, now: Collection[str]) -> Iterator[FileState]:
        """Names in ``documents.toml`` that nothing has."""
        for name in self._catalogue:
            asked = self._names is None or name in self._names
            if asked and name not in now and name not in self._paths:
                yield _told(name, f"{CATALOGUE} names it, but it is not there")

    def _stands(self, state: FileState) -> bool:
        """Whether a file is as it was read, and so is the one whose content it shares."""
        before = self._before.get(state.path)
        if not before or _identity(state) != _identity(before):
            return False
        if not state.digest:  # it could not be read, and nobody has touched it since
            return bool(state.modified) and (state.size, state.modified) == (before.size, before.modified)
        same = self._states.get(state.same_as)
        return not state.same_as or (same is not None and _identity(same) == _identity(state))

    def _read(self, worker: Worker, state: FileState, added: list[Document]) -> FileState:
        documents, skipped = read_file(worker, self._folder, self._paths[state.path], self._catalogue)
        added.extend(documents)
        names = tuple(document.doc_id for document in documents)
        return replace(state, documents=names, skipped=tuple(skipped))


def _looked_at(path: Path, new: FileState, before: FileState | None) -> FileState:
    """The state of a file: as ``before`` if its bytes and fields are, else ``new`` with size and digest."""
    try:
        stat = path.stat() if path.exists() else path.lstat()  # a link that leads nowhere is itself
    except (OSError, RuntimeError):
        return new  # reading it tells why
    changed = max(stat.st_mtime_ns, stat.st_ctime_ns)  # the second when it may be read that could not
    modified = changed if changed < time.time_ns() - _COARSEST else 0
    if before and modified and (before.size, before.modified) == (stat.st_size, modified):
        digest = before.digest
    else:
        digest = _digest(path) if stat.st_size <= largest(path) else ""
    same = before and _identity(before) == _identity(replace(new, digest=digest))
    state = before if before and same else replace(new, digest=digest)
    return replace(state, size=stat.st_size, modified=modified)


def _digest(path: Path) -> str:
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _rows_by_file(catalogue: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """What ``documents.toml`` says of the documents of each file, as text."""
    rows: defaultdict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for name, row in catalogue.items():
        for file in {name, name.rpartition("#")[0]}:
            rows[file][name] = row
    return {file: json.dumps(named, sort_keys=True) for file, named in rows.items()}


def _identity(state: FileState) -> tuple[str, str, str]:
    """What makes two files one document; the same bytes can be read in two ways."""
    return state.digest, state.fields, suffix_of(Path(state.path))


def _same(state: FileState, name: str) -> FileState:
    reason = f"the same content as {name}, which is indexed / 与 {name} 内容相同,只收一次"
    return replace(state, same_as=name, skipped=(Skipped(_shown(state.path), reason),))


def _told(name: str, reason: str) -> FileState:
    """What is to be told of something that is no file."""
    return FileState(name, -1, 0, "", skipped=(Skipped(name, reason),))


def _shown(path: str) -> str:
    return path.encode("utf-8", "replace").decode()
