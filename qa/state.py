"""What a generation knows beside its segments."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from qa.corpus import FileState
from qa.errors import IndexCorruptError
from qa.types import Skipped

_STATE = "state.json"


@dataclass(frozen=True, slots=True)
class State:
    """The removed documents by segment, the files that were read, and what was skipped."""

    removed: Mapping[str, Sequence[int]] = field(default_factory=dict)
    files: tuple[FileState, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def save(self, folder: Path) -> None:
        """Write it into the folder of a generation. Raises OSError."""
        values = {
            "removed": {name: sorted(numbers) for name, numbers in self.removed.items()},
            "files": [astuple(file) for file in self.files],
            "skipped": [astuple(file) for file in self.skipped],
        }
        (folder / _STATE).write_bytes(json.dumps(values, ensure_ascii=True).encode())

    @classmethod
    def load(cls, folder: Path) -> "State":
        """Read what ``save`` wrote. Raises IndexCorruptError."""
        try:
            values = json.loads((folder / _STATE).read_bytes())
            return cls(
                {str(name): list(map(int, numbers)) for name, numbers in values["removed"].items()},
                tuple(_file(*row) for row in values["files"]),
                tuple(Skipped(*row) for row in values["skipped"]),
            )
        except (OSError, ValueError, TypeError, LookupError, AttributeError) as exc:
            raise IndexCorruptError(f"{folder / _STATE} cannot be read; run: qa index") from exc


def _file(*row: Any) -> FileState:  # noqa: ANN401 - values of JSON
    path, size, modified, digest, fields, documents, skipped, same_as = row
    told = tuple(Skipped(*file) for file in skipped)
    return FileState(path, size, modified, digest, fields, tuple(documents), told, same_as)
