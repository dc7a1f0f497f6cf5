"""From bytes to text, without changing a character."""

import re
from dataclasses import dataclass
from pathlib import Path

from qa.errors import CorpusError
from qa.types import Annotation


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader made of a file; fields that the file does not state are empty.

    ``notes`` say, in words for a person, what of the file is not in ``text``.
    """

    text: str
    annotations: tuple[Annotation, ...] = ()
    title: str = ""
    date: str = ""
    source: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()


LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; a larger text file is more likely a mistake than a document."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> str:
    """Decode UTF-8 or GB18030; line ends and a byte-order mark stay as they are.

    Raises CorpusError when ``data`` is empty, in neither encoding, or not text.
    """
    if not data.strip():
        raise CorpusError("the file is empty; put text in it or remove it")
    if b"\x00" in data:
        raise CorpusError("the file holds NUL bytes, so it is not UTF-8 or GB18030 text; save it as UTF-8")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.replace("\ufeff", "").strip():
            raise CorpusError("the file holds only blanks; put text in it or remove it")
        if len(_CONTROL.findall(text)) > len(text) / 100:
            raise CorpusError("the file is mostly control characters, so it is not text; save it as UTF-8")
        return text
    raise CorpusError("the file is neither UTF-8 nor GB18030; save it as UTF-8")


def read_text(path: Path) -> str:
    """Return the text of a file. Raises CorpusError with a reason for a person."""
    try:
        if path.exists() and not path.is_file():
            raise CorpusError("this is not a regular file; put a copy of its text there instead")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise CorpusError(f"the file has {size:,} bytes, the most is {LARGEST_FILE:,}; split it")
        return decode(path.read_bytes())
    except OSError as exc:
        raise CorpusError(f"the file cannot be read ({exc.strerror}); check its permissions") from exc
