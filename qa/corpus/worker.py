"""A process that reads files for this one, within limits of time and memory; it is started when needed."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from qa.corpus.child import received
from qa.corpus.pdf_rules import Box
from qa.corpus.reading import Read
from qa.errors import CorpusError, NotFoundError

PATIENCE = 120
"""Seconds that one file may take."""
MEMORY = 3 * 1024**3
"""Bytes of address space of the process, where the system can bound it."""
_ENOUGH = 1024**3
"""Bytes of memory after which a process is replaced by a fresh one."""
_LONGEST_REPLY = 1024**3
_CHILD = "from qa.corpus.child import main; main()"
_FEW_THREADS = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "MKL", "OPENBLAS")}
"""Each thread of such a library takes address space, and none is needed to read a file."""

_Line = dict[str, Any]
_T = TypeVar("_T")


class Worker:
    """Reads one file at a time; a context manager that leaves no process behind."""

    def __init__(self, *, patience: float = PATIENCE, memory: int = MEMORY) -> None:
        self._patience, self._memory = patience, memory
        self._process: subprocess.Popen[bytes] | None = None
        self.peak = 0
        """Bytes: the most memory that any process of this worker held."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @property
    def running(self) -> bool:
        """Whether a process was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def read(self, suffix: str, data: bytes) -> list[tuple[str, Read | str]]:
        """Return the documents in a file, as ``read_parts`` does. Raises CorpusError.

        A file that takes too long or too much memory, or ends the process, is told as such.
        """
        return self._asked({"suffix": suffix}, data, _part)

    def draw(self, data: bytes, page: int, scale: float, *, boxes: Sequence[Box] = ()) -> bytes:
        """Return a page of a PDF as ``page_image`` does. Raises NotFoundError, CorpusError."""
        (picture,) = self._asked({"page": page, "scale": scale, "boxes": boxes}, data, _picture)
        return picture

    def _asked(self, request: _Line, data: bytes, made: Callable[[_Line], _T]) -> list[_T]:
        """Send a request, return what is made of its replies, and end a process that takes too long."""
        process = self._started()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._patience, stop)
        timer.start()
        try:
            _send(process, request, data)
            return self._replies(process, made)
        except (OSError, EOFError, ValueError) as exc:
            self.end()
            if late.is_set():
                raise CorpusError(
                    f"the file was not read within {self._patience:g} seconds; split it / 读取超时,请拆分文件"
                ) from exc
            raise CorpusError(
                f"reading the file ended the reader (exit status {process.returncode}); save it again"
                " / 读取该文件时出错,请重新另存"
            ) from exc
        finally:
            timer.cancel()

    def _replies(self, process: subprocess.Popen[bytes], made: Callable[[_Line], _T]) -> list[_T]:
        replies: list[_T] = []
        while "end" not in (reply := _reply(process)):
            replies.append(made(reply))
        self.peak = max(self.peak, reply["peak"])
        if reply["end"].get("exhausted") or reply["peak"] > _ENOUGH:
            self.end()
        if "missing" in reply["end"]:
            raise NotFoundError(reply["end"]["missing"])
        if "reason" in reply["end"]:
            raise CorpusError(reply["end"]["reason"])
        return replies

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            home = str(Path(__file__).parents[2])
            path = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our own program
                [sys.executable, "-c", _CHILD, str(self._memory)],
                env={**os.environ, **_FEW_THREADS, "PYTHONPATH": path, "PYTHONUTF8": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def end(self) -> None:
        """End the process, if there is one; the next request starts another."""
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(OSError):
                self._process.communicate()
            self._process = None


def _send(process: subprocess.Popen[bytes], request: _Line, data: bytes) -> None:
    assert process.stdin  # noqa: S101 - a pipe
    process.stdin.write(json.dumps({**request, "size": len(data)}).encode() + b"\n")
    process.stdin.write(data)
    process.stdin.flush()


def _part(reply: _Line) -> tuple[str, Read | str]:
    return reply["name"], received(reply) if "read" in reply else str(reply["reason"])


def _picture(reply: _Line) -> bytes:
    return bytes(reply["picture"])


def _reply(process: subprocess.Popen[bytes]) -> _Line:
    assert process.stdout  # noqa: S101 - a pipe
    line = process.stdout.readline(_LONGEST_REPLY)
    if not line.endswith(b"\n"):
        raise EOFError("the process ended before it replied")
    reply: _Line = json.loads(line)
    if "size" in reply:
        reply["picture"] = process.stdout.read(reply["size"])
    return reply
