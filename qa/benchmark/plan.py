"""What one run of a benchmark is about, and where it keeps its indexes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.config import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """One corpus and its index, below ``folder``; ``passages`` 0 stands for the source as it is.

    With ``recombined`` the vectors are put together from those of clauses (see ``RecombinedEncoder``).
    """

    folder: Path
    source: Path
    beir: Path | None
    passages: int
    recombined: bool

    @property
    def vectors(self) -> Path:
        """The folder of the index."""
        return self.folder / "vectors"

    @property
    def documents(self) -> Path:
        """The folder that the index is of: the real one, or an empty one that stands for made-up texts."""
        return self.source if self.beir is None and not self.passages else self.folder / "documents"

    def settings(self, settings: Settings) -> Settings:
        """Those that open this index."""
        return settings.model_copy(update={"folder": self.documents, "vectors": self.vectors})

    def to_json(self) -> dict[str, Any]:
        """What ``of_json`` makes the same place from."""
        return {
            "folder": str(self.folder),
            "source": str(self.source),
            "beir": None if self.beir is None else str(self.beir),
            "passages": self.passages,
            "recombined": self.recombined,
        }

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> "Place":
        """The inverse of ``to_json``."""
        beir = values["beir"]
        return cls(
            Path(values["folder"]),
            Path(values["source"]),
            None if beir is None else Path(beir),
            values["passages"],
            values["recombined"],
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """``sizes`` in passages, none for the source as it is; ``work`` is where everything is kept."""

    settings: Settings
    work: Path
    beir: Path | None = None
    sizes: tuple[int, ...] = ()
    encode_up_to: int = 10_000
    questions: int = 200

    def places(self) -> list[Place]:
        """One for each size, smallest first."""
        return [self._place(size) for size in sorted(set(self.sizes)) or [0]]

    def _place(self, size: int) -> Place:
        recombined = size > self.encode_up_to
        kind = f"{size}-{'recombined' if recombined else 'encoded'}" if size else "whole"
        beir = None if self.beir is None else self.beir.resolve()
        return Place(
            self.work.resolve() / kind, self.settings.folder.resolve(), beir, size, recombined=recombined
        )
