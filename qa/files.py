"""What is known of the files of a folder since they were read."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.types import Skipped


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was read: ``documents`` are the names of what it gave, ``skipped`` what it did not give.

    ``size`` in bytes, ``modified`` in nanoseconds (0 when it cannot be trusted yet), ``digest`` of its
    bytes, if they could be read, ``fields`` what ``documents.toml`` says of it, ``same_as`` the name of a
    file with the same. A ``size`` below 0 is of what is no file, of which something is to be told all the
    same: a folder that cannot be listed, a name in ``documents.toml`` that nothing has.
    """

    path: str
    size: int
    modified: int
    digest: str
    fields: str = ""
    documents: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    same_as: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it was there when the folder was listed."""
        return self.size >= 0


class Files(Protocol):
    """The files of one generation. Every method raises QAIndexError."""

    def all(self) -> Sequence[FileState]:
        """All of them, in the order of ``path``."""

    def among(self, paths: Collection[str], digests: Collection[str] = ()) -> Sequence[FileState]:
        """Those of these paths or with these digests."""

    def of(self, doc_id: str) -> FileState | None:
        """The file that a document was read from, None for one that was not read from a file."""

    def paths(self) -> set[str]:
        """The names of all of them that are files."""

    def skipped(self) -> Sequence[Skipped]:
        """What was not indexed, in the order of ``path``."""


def there(files: Iterable[FileState]) -> dict[str, FileState]:
    """Those that are files, by ``path``."""
    return {file.path: file for file in files if file.is_file}
