"""Uploads that can be taken back: what they replaced is kept until they are indexed.

::

    kept/JOB.fresh/      being written: no file of the folder was touched yet
    kept/JOB/            the upload began: arrived.json, and of each file that was replaced a copy
    kept/JOB.back/       it is being taken back
    kept/JOB.gone/       it is indexed or was taken back

Each step is one renaming, so that after a crash it is known what is to be done.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from qa.corpus.arriving import fresh_of, write

_LIST = "arrived.json"
_FRESH, _BACK, _GONE = ".fresh", ".back", ".gone"
_LEFT = "*.arriving"
_SOON = 3600
"""Seconds after which a file that is still arriving never will."""


class Arrived(NamedTuple):
    """A file that came: its name, the SHA-256 of its bytes, and the copy of what it replaced, if it did."""

    name: str
    digest: str
    copy: str


class Arrivals:
    """Puts files into ``folder`` and can take them back; copies are kept below ``kept``, job by job."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self._folder, self._kept = folder, kept

    def put(self, job_id: str, files: Sequence[tuple[str, bytes]], *, replace: bool = False) -> list[str]:
        """Write files, by name and bytes, all of them or none; return their names.

        Raises InvalidInputError as ``fresh_of`` does, OSError.
        """
        fresh = fresh_of(self._folder, files, replace=replace)
        if fresh.data:
            self._keep(job_id, fresh.data)
            try:
                for name, data in fresh.data.items():
                    write(self._folder / name, data)
            except BaseException:
                self.take_back(job_id)
                raise
        return fresh.names

    def _keep(self, job_id: str, data: dict[str, bytes]) -> None:
        place = self._kept / f"{job_id}{_FRESH}"
        place.mkdir(parents=True)
        arrived = []
        for number, (name, brought) in enumerate(data.items()):
            there = (self._folder / name).is_file()
            if there:
                write(place / str(number), (self._folder / name).read_bytes())
            arrived.append(Arrived(name, hashlib.sha256(brought).hexdigest(), str(number) if there else ""))
        write(place / _LIST, json.dumps(arrived).encode())
        place.rename(self._kept / job_id)

    def settle(self, job_id: str) -> None:
        """Forget what an upload replaced: it is indexed."""
        self._drop(self._kept / job_id)

    def take_back(self, job_id: str) -> list[Arrived]:
        """Put back what an upload replaced and take away what else it brought; return what was undone.

        A file that was changed since is left as it is. Raises OSError.
        """
        began = self._kept / job_id
        if not began.is_dir():
            return []
        return self._undone(began.rename(self._kept / f"{job_id}{_BACK}"))

    def _undone(self, place: Path) -> list[Arrived]:
        undone = []
        for one in _list(place):
            path = self._folder / one.name
            if _digest(path) != one.digest:
                continue
            if one.copy:
                write(path, (place / one.copy).read_bytes())
            else:
                path.unlink()
            undone.append(one)
        self._drop(place)
        return undone

    def forget(self, name: str) -> None:
        """Keep no copy of a file any more: it was removed."""
        for place in self._places():
            arrived = _list(place)
            if any(one.name == name and one.copy for one in arrived):
                left = [one._replace(copy="") if one.name == name else one for one in arrived]
                write(place / _LIST, json.dumps(left).encode())
                for one in arrived:
                    if one.name == name and one.copy:
                        (place / one.copy).unlink(missing_ok=True)

    def recover(self, running: Collection[str], ended: Collection[str]) -> tuple[set[str], list[Arrived]]:
        """After a crash: take back uploads that nobody was told of, and what was being taken back.

        ``running`` and ``ended`` are the jobs that are known. Return the jobs among ``running`` that were
        being taken back, and what was undone. Raises OSError.
        """
        stopped, undone = set[str](), list[Arrived]()
        for place in self._places():
            job_id = place.stem
            if place.suffix == _BACK:
                stopped.add(job_id)
                undone += self._undone(place)
            elif place.suffix or job_id in ended:
                self._drop(place)
            elif job_id not in running:
                undone += self.take_back(job_id)
        for path in self._folder.glob(_LEFT):  # of a process that was ended while it wrote
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - _SOON:
                    path.unlink()
        return stopped.intersection(running), undone

    def _places(self) -> Iterator[Path]:
        return iter(sorted(self._kept.iterdir()) if self._kept.is_dir() else ())

    def _drop(self, place: Path) -> None:
        with suppress(FileNotFoundError):
            gone = place if place.suffix == _GONE else place.rename(self._kept / f"{place.stem}{_GONE}")
            shutil.rmtree(gone, ignore_errors=True)


def _list(place: Path) -> list[Arrived]:
    with suppress(OSError, ValueError, TypeError):
        return [Arrived(*one) for one in json.loads((place / _LIST).read_bytes())]
    return []


def _digest(path: Path) -> str:
    with suppress(OSError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return ""
