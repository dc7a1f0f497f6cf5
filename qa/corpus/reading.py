"""What a reader gives, and the bytes that it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qa.errors import CorpusError
from qa.types import Annotation


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader saw: ``text``, and beside it spans of ``text``, outermost first.

    ``title``, ``date`` (ISO 8601) and ``source`` are what the file states apart from its text, else empty.
    ``notes`` say, in words for a person, what of the file is not in ``text``.
    """

    text: str
    annotations: tuple[Annotation, ...] = ()
    title: str = ""
    date: str = ""
    source: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()


Reader = Callable[[bytes], Read]
"""Raises CorpusError with a reason for a person."""


def bytes_of(path: Path, largest: int) -> bytes:
    """Return the bytes of a regular file, at most ``largest`` of them. Raises CorpusError."""
    try:
        if path.exists() and not path.is_file():
            raise CorpusError("this is not a regular file; put a copy of its text there instead")
        size = path.stat().st_size
        if size > largest:
            raise CorpusError(
                f"the file has {size:,} bytes, the most is {largest:,}; split it / 文件过大,请拆分"
            )
        if size == 0:
            raise CorpusError("the file is empty; put text in it or remove it / 文件是空的")
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as exc:
        raise CorpusError(f"the file cannot be read ({exc.strerror}); check its permissions") from exc
    if len(data) > largest:
        raise CorpusError("the file grew while it was read; index again when it is complete")
    return data
