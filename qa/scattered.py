"""A file that is read a little at a time, from all over it."""

import os
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from weakref import finalize


class ScatteredFile:
    """Bytes of a file, read when they are wanted; closed with its last use. Safe to use from many threads.

    Around every page of a mapped file that is touched Linux maps 64 kB and more, which takes longer than
    reading what is wanted and counts as memory of this process. ``far_apart`` says that places
    that are read one after the other lie far apart.
    """

    def __init__(self, path: Path, *, far_apart: bool = False) -> None:
        """Raises OSError."""
        self._path = path
        self._file = path.open("rb", buffering=0)
        finalize(self, self._file.close)
        self.size = os.fstat(self._file.fileno()).st_size
        """Bytes in the file when it was opened."""
        self._lock = Lock()
        if far_apart and hasattr(os, "posix_fadvise"):
            # reading ahead would fetch 128 kB for each place
            os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_RANDOM)

    def read(self, places: Iterable[int], size: int) -> bytes:
        """The ``size`` bytes from each of ``places`` on, together. Raises OSError if the file ends before."""
        number = self._file.fileno()
        if hasattr(os, "pread"):
            found = [os.pread(number, size, place) for place in places]
        else:
            with self._lock:
                found = [self._after(place, size) for place in places]
        if any(len(read) != size for read in found):
            raise OSError(f"{self._path} is not as long as it was")
        return b"".join(found)

    def _after(self, place: int, size: int) -> bytes:
        self._file.seek(place)
        return self._file.read(size)
