"""Named sets of documents beside the first one: each has a folder and an index of its own.

::

    vectors/collections/NAME/files/      its documents
    vectors/collections/NAME/index/      its index
"""

import shutil
import threading
from pathlib import Path

from qa.catalog import Catalog
from qa.config import Settings
from qa.corpus import checked_folder_name
from qa.errors import InvalidInputError, NotFoundError, QAIndexError
from qa.service import Service

MOST = 1000
"""Collections of one shelf."""


def placed(settings: Settings, name: str) -> Settings:
    """Return the settings of a collection. Raises InvalidInputError for a name that none can have."""
    base = settings.vectors / "collections" / checked_folder_name(name)
    return settings.model_copy(
        update={"collection": name, "folder": base / "files", "vectors": base / "index"}
    )


class Shelf:
    """The collections beside a first service, which share its encoders. Safe to use from many threads."""

    def __init__(self, first: Service) -> None:
        self.first = first
        self._opened: dict[str, Service] = {}
        self._lock = threading.Lock()

    @property
    def _base(self) -> Path:
        return self.first.settings.vectors / "collections"

    def names(self) -> list[str]:
        """The names of all collections, in order; the first service has none."""
        return sorted(filter(self._is_whole, self._listed()))

    def _listed(self) -> list[str]:
        return [path.name for path in self._base.iterdir()] if self._base.is_dir() else []

    def _is_whole(self, name: str) -> bool:
        """Whether what is listed is a collection; a dot begins what is left of one that was removed."""
        return not name.startswith(".") and (self._base / name / "files").is_dir()

    def service(self, name: str) -> Service:
        """The service of a collection, its index made what its folder is; the first for an empty name.

        Raises NotFoundError, and what ``Service.prepare`` raises.
        """
        if not name:
            return self.first
        with self._lock:
            self._check(name)  # another process may have removed it
            if name not in self._opened:
                self._opened[name] = self._prepared(name)
            return self._opened[name]

    def create(self, name: str) -> Service:
        """Make an empty collection and open it. Raises InvalidInputError for a bad or taken name."""
        checked_folder_name(name)
        with self._lock:
            names = self.names()
            if name in names or len(names) >= MOST:
                raise InvalidInputError(
                    f"there is a collection {name!r} already, or {MOST} in all; take another / 已有同名文件集"
                )
            try:
                # what was being done when another process removed one of that name may have left something
                shutil.rmtree(self._base / name, ignore_errors=True)
                (self._base / name / "files").mkdir(parents=True)
            except OSError as exc:
                raise QAIndexError(f"{self._base} cannot be written ({exc.strerror})") from exc
            self._opened[name] = self._prepared(name)
            return self._opened[name]

    def remove(self, name: str) -> None:
        """Delete a collection with its documents, its index, and the turns that quote it.

        Raises NotFoundError, QAIndexError, TranscriptError.
        """
        with self._lock:
            self._check(name)
            _stop(self._opened.pop(name, None))
            Catalog(placed(self.first.settings, name).vectors, self.first.settings.catalog).forget()
            gone = self._base / f".{name}.removed"
            try:
                shutil.rmtree(gone, ignore_errors=True)  # of a removal that was interrupted
                (self._base / name).rename(gone)  # at once: nothing is left half removed under its name
                shutil.rmtree(gone)
            except OSError as exc:
                raise QAIndexError(f"{name} cannot be deleted ({exc.strerror})") from exc
            self.first.transcripts.sift(lambda _: False, collection=name)

    def _check(self, name: str) -> None:
        if not (name in self._listed() and self._is_whole(name)):
            self._opened.pop(name, None)
            raise NotFoundError(
                f"there is no collection {name[:80]!r}; see qa collections list, GET /v1/collections"
                " / 没有这个文件集"
            )

    def _prepared(self, name: str) -> Service:
        service = Service(placed(self.first.settings, name), load=lambda _: self.first.encoders())
        service.begin()
        service.prepare()
        return service


def _stop(service: Service | None) -> None:
    """Stop what is being done with a collection, so that nothing is written where it was."""
    if service is None:
        return
    service.evaluations.cancel()
    for job in service.jobs():
        service.cancel(job.job_id)
