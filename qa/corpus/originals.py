"""The files that documents were read from, as they are now."""

import datetime
import os
import stat
from pathlib import Path

from qa.corpus.reading import LARGEST_FILE
from qa.errors import NotFoundError

_COARSEST = 2.0
"""Seconds: the steps of modification times on some file systems, and the built time's own."""


def read_original(folder: Path, doc_id: str, *, built: str) -> bytes:
    """The bytes of the file below ``folder`` that ``doc_id`` names.

    Raises NotFoundError when it is gone, was written after the index was ``built`` (ISO 8601), leads out of
    the folder, or is no regular file or larger than any that is read.
    """
    try:
        path = (folder / doc_id).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            raise NotFoundError(
                f"{doc_id} 现在指向文件夹之外。{doc_id} now leads out of the folder; put a copy there instead"
            )
        # the path holds no links now: one that is put there in between is not followed
        flags = (
            os.O_RDONLY
            | getattr(os, "O_NOFOLLOW", 0)
            | getattr(os, "O_NONBLOCK", 0)
            | getattr(os, "O_BINARY", 0)
        )
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - of a descriptor
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE:
                raise NotFoundError(
                    f"{doc_id} 不再是可读的文件。{doc_id} is no readable file any more; run: qa index"
                )
            if status.st_mtime > datetime.datetime.fromisoformat(built).timestamp() + _COARSEST:
                raise NotFoundError(
                    f"{doc_id} 在建立索引之后改动过。{doc_id} was changed after it was indexed; run: qa index"
                )
            return file.read(LARGEST_FILE)
    except (OSError, RuntimeError, ValueError) as exc:
        raise NotFoundError(
            f"{doc_id} 的原文件不在了。The file of {doc_id} is gone or cannot be read; run: qa index"
        ) from exc
