"""The files that documents were read from, as they were read."""

import hashlib
from pathlib import Path

from qa.corpus.arriving import file_of
from qa.corpus.folder import largest
from qa.errors import NotFoundError


def read_original(folder: Path, path: str, digest: str) -> bytes:
    """Return the bytes of the file at ``path`` below ``folder``, whose SHA-256 is ``digest``.

    Raises NotFoundError when it is gone, leads out of the folder, or is not what was read.
    """
    gone = f"{path} 的原文件不在了。The file of {path} is gone or cannot be read; run: qa index"
    try:
        file = file_of(folder, path)
        with file.open("rb") as opened:
            data = opened.read(largest(file) + 1)
    except (OSError, NotFoundError) as exc:
        raise NotFoundError(gone) from exc
    if hashlib.sha256(data).hexdigest() != digest:
        raise NotFoundError(
            f"{path} 在建立索引之后改动过。{path} was changed after it was indexed; run: qa index"
        )
    return data
